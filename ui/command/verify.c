#include "draw/verify.h"
#include "base/file.h"
#include "base/gettext.h"
#include "draw/record_parse.h"
#include "ui/command/command.h"
#include "ui/command/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The frame's path: as given, or the file that the record names, beside the record; on the heap. */
static enum result frame_path(const char *record_path, const char *record_text, const char *given,
                              char **path, struct error *error) {
    *path = NULL;
    if (given != NULL) {
        *path = strdup(given);
        return *path == NULL ? error_no_memory(error) : RESULT_OK;
    }
    struct draw_record *record = NULL;
    enum result code = draw_record_parse(&record, record_text, strlen(record_text), error);
    if (code == RESULT_OK) {
        const char *slash = strrchr(record_path, '/');
        int folder = slash == NULL ? 0 : (int)(slash - record_path) + 1;
        if (asprintf(path, "%.*s%s", folder, record_path, record->frame_file) < 0) {
            *path = NULL;
            code = error_no_memory(error);
        }
    }
    draw_record_free(record);
    return code;
}

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    const char *record_path = NULL;
    char *path = NULL;
    char *record = NULL;
    char *frame = NULL;
    enum result code =
        argument_word(arguments, 0, _("The record (*.draw.json)"), &record_path, error);
    if (code == RESULT_OK) {
        code = file_read(record_path, &record, error);
    }
    if (code == RESULT_OK && strncmp(record, "PK", 2) == 0) {
        code =
            error_set(error, RESULT_USAGE,
                      _("%s is a workbook; name the record (*.draw.json) that was written beside "
                        "it."),
                      record_path);
    }
    if (code == RESULT_OK) {
        code = frame_path(record_path, record, argument_text(arguments, "frame"), &path, error);
    }
    if (code == RESULT_OK) {
        code = file_read(path, &frame, error);
    }
    if (code == RESULT_OK) {
        code = draw_verify_text(record, strlen(record), frame, strlen(frame), error);
    }
    /* A record that cannot be read does not verify either: the same exit for a script. */
    if (code == RESULT_INVALID) {
        code = error->code = RESULT_MISMATCH;
    }
    if (session->json && (code == RESULT_OK || code == RESULT_MISMATCH)) {
        enum result printed = output_json(
            json_pack("{s:b, s:o}", "holds", code == RESULT_OK, "difference",
                      code == RESULT_OK ? json_null() : json_string(error_sentence(error))),
            NULL);
        code = printed == RESULT_OK ? code : printed;
    } else if (code == RESULT_OK && !session->quiet) {
        output_line(_("%s holds: computed again from frame, measures and seed, nothing differs."),
                    record_path);
    }
    free(path);
    free(record);
    free(frame);
    return code;
}

static const struct option options[] = {
    {"frame", "FILE", N_("the frame; the file the record names when not given")},
    {NULL, NULL, NULL}};

const struct command command_verify = {
    .name = "verify",
    .usage = "RECORD.draw.json [--frame FILE]",
    .summary = N_("compute a draw again and name the first difference"),
    .options = options,
    .run = run,
};
