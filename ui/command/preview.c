#include "intake/preview.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "ui/command/command.h"
#include "ui/command/output.h"
#include "ui/command/said.h"

#include <stdlib.h>
#include <string.h>

static json_t *column_json(const struct preview *preview, size_t column) {
    struct preview_column guessed = preview_column(preview, column);
    const struct kind *kind = kind_of(preview_kind(preview));
    size_t count = 0;
    const char *const *values = preview_values(preview, column, &count);
    json_t *samples = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(samples, json_string(values[i]));
    }
    return json_pack("{s:s, s:o, s:i, s:s, s:b, s:o}", "header", guessed.header, "field",
                     output_text(guessed.field < 0 ? NULL : kind->fields[guessed.field].name),
                     "confidence", guessed.confidence, "why", guess_why_name(guessed.why), "also",
                     guessed.also, "values", samples);
}

static enum result print_json(const struct preview *preview, struct error *error) {
    int type_confidence = 0;
    const char *type = preview_type(preview, &type_confidence);
    json_t *columns = json_array();
    for (size_t i = 0; i < preview_columns(preview); i++) {
        json_array_append_new(columns, column_json(preview, i));
    }
    size_t count = 0;
    const struct row_sheet *known = preview_sheets(preview, &count);
    json_t *sheets = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(sheets,
                              json_pack("{s:s, s:b, s:b}", "name", known[i].name, "hidden",
                                        known[i].hidden, "read", i == preview_sheet(preview)));
    }
    return output_json(
        json_pack("{s:s, s:o, s:o, s:s, s:i, s:o, s:i, s:I, s:o, s:o, s:o}", "format",
                  preview_format(preview), "encoding", output_text(preview_encoding(preview)),
                  "sheets", sheets, "kind", kind_of(preview_kind(preview))->code, "kind_confidence",
                  preview_kind_confidence(preview), "type", output_text(type), "type_confidence",
                  type_confidence, "header_line", (json_int_t)preview_header_line(preview),
                  "profile", output_text(preview_profile_name(preview)), "missing",
                  output_text(preview_missing(preview)), "columns", columns),
        error);
}

static void print_column(const struct preview *preview, size_t column) {
    struct preview_column guessed = preview_column(preview, column);
    const struct kind *kind = kind_of(preview_kind(preview));
    size_t count = 0;
    const char *const *values = preview_values(preview, column, &count);
    output_cell(guessed.header, 28);
    if (guessed.field < 0) {
        output_cell("-", 34);
        output_cell("", 4);
    } else {
        char sure[8];
        struct buffer field = BUFFER_INIT;
        buffer_printf(&field, "%s (%s)", _(kind->fields[guessed.field].title),
                      kind->fields[guessed.field].name);
        snprintf(sure, sizeof(sure), "%d%%", guessed.confidence);
        output_cell(buffer_text(&field), 34);
        output_cell(sure, 4);
        buffer_free(&field);
    }
    output_cell(guess_why_name(guessed.why), 22);
    output_cell(count == 0 ? "" : values[0], 0);
    output_end();
}

static void print_text(const struct preview *preview) {
    int confidence = 0;
    const char *type = preview_type(preview, &confidence);
    const char *encoding = preview_encoding(preview);
    const char *profile = preview_profile_name(preview);
    output_line("%s%s%s  %s (%d%%)%s%s", preview_format(preview), encoding == NULL ? "" : " ",
                encoding == NULL ? "" : encoding, _(kind_of(preview_kind(preview))->title),
                preview_kind_confidence(preview), type == NULL ? "" : "  ",
                type == NULL ? "" : type);
    output_line(_("Header on line %lld; %s"), (long long)preview_header_line(preview),
                profile == NULL ? _("columns guessed") : profile);
    for (size_t i = 0; i < preview_columns(preview); i++) {
        print_column(preview, i);
    }
    if (preview_missing(preview) != NULL) {
        output_line("%s", preview_missing(preview));
    }
}

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    struct preview_request request = {.kind = IMPORT_KIND_COUNT,
                                      .sheet = argument_text(arguments, "sheet")};
    struct preview *preview = NULL;
    struct said_words words;
    const char *kind = argument_text(arguments, "kind");
    enum result code = argument_word(arguments, 0, _("The file"), &request.path, error);
    if (code == RESULT_OK && kind != NULL) {
        code = said_read_kind(kind, &request.kind, error);
    }
    if (code == RESULT_OK) {
        code = said_read(arguments, &words, &request.said, error);
    }
    if (code == RESULT_OK) {
        code = session_store(session, error);
    }
    if (code == RESULT_OK) {
        code = preview_open(&preview, session->store, &request, error);
    }
    if (code == RESULT_OK && argument_text(arguments, "save") != NULL) {
        code = preview_save(preview, session->store, &session->actor,
                            argument_text(arguments, "save"), error);
    }
    if (code == RESULT_OK && session->json) {
        code = print_json(preview, error);
    } else if (code == RESULT_OK && !session->quiet) {
        print_text(preview);
    }
    preview_free(preview);
    return code;
}

static const struct option options[] = {
    {"kind", "KIND", N_("what the file is about; guessed when not given")},
    {"map", "PROFILE", N_("the mapping profile, by name or file")},
    {"sheet", "NAME", N_("the sheet of a workbook; the one that looks like data when not given")},
    {"column", "HEADER=FIELD", N_("what a column is; may be given several times, - for nothing")},
    {"type", "TYPE", N_("the type of all facts of the file")},
    {"as-of", "DATE", N_("the day a file without days speaks of; today when not given")},
    {"save", "NAME", N_("save the mapping as a profile of this name")},
    {NULL, NULL, NULL}};

const struct command command_preview = {
    .name = "preview",
    .usage = "FILE [--kind KIND] [--map PROFILE] [--sheet NAME] [--column HEADER=FIELD] [--type "
             "TYPE] [--as-of DATE] [--save NAME]",
    .summary = N_("what is understood of a file"),
    .options = options,
    .run = run,
};
