#include "draw/verify.h"
#include "base/file.h"
#include "base/gettext.h"
#include "draw/record_parse.h"
#include "draw/team_record.h"
#include "report/plan_verify.h"
#include "ui/command/command.h"
#include "ui/command/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is verified: the records of a draw and of its teams, and the workbook that carries them. */
struct proof {
    const char *path;
    struct book_reader *book; /* NULL when path is a record's own file */
    char *text;               /* the record of the draw; NULL when path is that of the teams */
    struct draw_record *record;
    char *teams; /* the record of the teams; NULL when there is none */
    const char *frame_file;
    struct arena *arena;
};

/* True when the file begins as a zip archive does, whatever its name. */
static enum result is_workbook(const char *path, bool *workbook, struct error *error) {
    char start[2] = "";
    FILE *file = fopen(path, "rbe");
    if (file == NULL) {
        return error_from_errno(error, _("open"), path);
    }
    size_t length = fread(start, 1, sizeof(start), file);
    *workbook = length == sizeof(start) && memcmp(start, "PK", sizeof(start)) == 0;
    fclose(file);
    return RESULT_OK;
}

static enum result take_from_workbook(struct proof *proof, struct error *error) {
    enum result code = book_reader_open(&proof->book, proof->path, error);
    if (code == RESULT_OK) {
        code = plan_verify_take_record(proof->book, &proof->text, error);
    }
    return code == RESULT_OK ? plan_verify_take_teams(proof->book, &proof->teams, error) : code;
}

/* Reads the records, wherever they lie. */
static enum result take_records(struct proof *proof, struct error *error) {
    struct draw_team_record_head head = {0};
    bool workbook = false;
    enum result code = is_workbook(proof->path, &workbook, error);
    if (code == RESULT_OK && workbook) {
        code = take_from_workbook(proof, error);
    } else if (code == RESULT_OK) {
        code = file_read(proof->path, &proof->text, error);
    }
    if (code == RESULT_OK && !workbook &&
        strstr(proof->text, "\"" DRAW_TEAM_RECORD_FORMAT "\"") != NULL) {
        proof->teams = proof->text;
        proof->text = NULL;
        code = draw_team_record_read_head(proof->teams, strlen(proof->teams), proof->arena, &head,
                                          error);
        proof->frame_file = head.frame_file;
    } else if (code == RESULT_OK) {
        code = draw_record_parse(&proof->record, proof->text, strlen(proof->text), error);
        proof->frame_file = code == RESULT_OK ? proof->record->frame_file : NULL;
    }
    return code;
}

/* Reads the frame: as given, or the file that the record names, beside what is verified. */
static enum result read_frame(const struct proof *proof, const char *given, char **frame,
                              struct error *error) {
    if (given != NULL) {
        return file_read(given, frame, error);
    }
    const char *slash = strrchr(proof->path, '/');
    int folder = slash == NULL ? 0 : (int)(slash - proof->path) + 1;
    char *path = NULL;
    if (asprintf(&path, "%.*s%s", folder, proof->path, proof->frame_file) < 0) {
        return error_no_memory(error);
    }
    enum result code = file_read(path, frame, error);
    if (code == RESULT_NOT_FOUND) {
        code = error_set(error, code,
                         _("The frame %s is not beside %s; put it there, or name it with --frame "
                           "FILE."),
                         proof->frame_file, proof->path);
    }
    free(path);
    return code;
}

static enum result verify(struct proof *proof, const char *given, struct error *error) {
    char *frame = NULL;
    enum result code = take_records(proof, error);
    if (code == RESULT_OK) {
        code = read_frame(proof, given, &frame, error);
    }
    if (code == RESULT_OK && proof->text != NULL) {
        code = draw_verify_text(proof->text, strlen(proof->text), frame, strlen(frame), error);
    }
    if (code == RESULT_OK && proof->teams != NULL) {
        code = draw_team_record_verify(proof->teams, strlen(proof->teams), frame, strlen(frame),
                                       proof->record, error);
    }
    if (code == RESULT_OK && proof->book != NULL) {
        code = plan_verify_sheets(proof->book, proof->record, error);
    }
    free(frame);
    /* What cannot be read does not verify either: the same exit for a script. */
    return code == RESULT_INVALID ? (error->code = RESULT_MISMATCH) : code;
}

static void say_it_holds(const struct proof *proof) {
    if (proof->text == NULL) {
        output_line(_("%s holds: teams computed again from frame, roster and seed, nothing "
                      "differs."),
                    proof->path);
        return;
    }
    if (proof->book == NULL) {
        output_line(_("%s holds: computed again from frame, measures and seed, nothing differs."),
                    proof->path);
        return;
    }
    size_t list = 0;
    size_t strata = 0;
    size_t count = 0;
    const struct book_reader_sheet *sheets = book_reader_sheets(proof->book, &count);
    if (plan_verify_find_sheets(proof->book, &list, &strata, NULL) == RESULT_OK) {
        output_line(_("%s holds: computed again from frame, measures and seed, nothing differs, "
                      "and the sheets %s and %s show what was drawn."),
                    proof->path, sheets[list].name, sheets[strata].name);
    }
    if (proof->teams != NULL) {
        output_line("%s", _("The teams follow from the roster and the seed as well."));
    }
}

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    struct proof proof = {.arena = arena_new()};
    enum result code =
        proof.arena == NULL
            ? error_no_memory(error)
            : argument_word(arguments, 0,
                            _("The plan workbook or a record (*.draw.json, *.teams.json)"),
                            &proof.path, error);
    if (code == RESULT_OK) {
        code = verify(&proof, argument_text(arguments, "frame"), error);
    }
    if (session->json && (code == RESULT_OK || code == RESULT_MISMATCH)) {
        enum result printed = output_json(
            json_pack("{s:b, s:o}", "holds", code == RESULT_OK, "difference",
                      code == RESULT_OK ? json_null() : json_string(error_sentence(error))),
            NULL);
        code = printed == RESULT_OK ? code : printed;
    } else if (code == RESULT_OK && !session->quiet) {
        say_it_holds(&proof);
    }
    draw_record_free(proof.record);
    book_reader_close(proof.book);
    free(proof.text);
    free(proof.teams);
    arena_free(proof.arena);
    return code;
}

static const struct option options[] = {
    {"frame", "FILE", N_("the frame; the file the record names when not given")},
    {NULL, NULL, NULL}};

const struct command command_verify = {
    .name = "verify",
    .usage = "WORKBOOK.xlsx|RECORD.draw.json|RECORD.teams.json [--frame FILE]",
    .summary = N_("compute a draw again and name the first difference"),
    .options = options,
    .run = run,
};
