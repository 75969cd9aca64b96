#include "registry/record.h"

#include "base/gettext.h"
#include "ui/command/command.h"
#include "ui/command/output.h"

#include <stdlib.h>
#include <string.h>

/* What a person calls the tables. */
static const struct {
    const char *word;
    enum record_table table;
} words[] = {{"inspectors", RECORD_INSPECTOR}, {"recusals", RECORD_RECUSAL},
             {"matters", RECORD_MATTER},       {"grades", RECORD_GRADE},
             {"relations", RECORD_RELATION},   {"results", RECORD_INSPECTION_RESULT}};

/* One record as a line: its values, without what is not known. */
static void print_record(const json_t *record) {
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)record, key, value) {
        if (json_is_string(value)) {
            output_cell(json_string_value(value), 10);
        } else if (json_is_integer(value) && strcmp(key, "id") != 0) {
            char text[24];
            snprintf(text, sizeof(text), "%lld", (long long)json_integer_value(value));
            output_cell(text, 6);
        }
    }
    output_end();
}

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    const char *word = NULL;
    int64_t limit = 0;
    size_t place = 0;
    json_t *records = NULL;
    enum result code = argument_word(
        arguments, 0, _("The library (inspectors, recusals, matters, grades, relations, results)"),
        &word, error);
    while (code == RESULT_OK && place < sizeof(words) / sizeof(words[0]) &&
           strcmp(words[place].word, word) != 0) {
        place++;
    }
    if (code == RESULT_OK && place == sizeof(words) / sizeof(words[0])) {
        code = error_set(error, RESULT_USAGE,
                         _("\"library %s\" is not known; it is inspectors, recusals, matters, "
                           "grades, relations or results."),
                         word);
    }
    if (code == RESULT_OK) {
        code = argument_number(arguments, "limit", 1, 10000000, 100, &limit, error);
    }
    if (code == RESULT_OK) {
        code = session_store(session, error);
    }
    if (code == RESULT_OK) {
        code = record_list(session->store, words[place].table, 0, limit, &records, error);
    }
    if (code == RESULT_OK && session->json) {
        return output_json(records, error);
    }
    for (size_t i = 0; code == RESULT_OK && i < json_array_size(records); i++) {
        print_record(json_array_get(records, i));
    }
    json_decref(records);
    return code;
}

static const struct option options[] = {
    {"limit", "N", N_("at most so many rows; 100 when not given")}, {NULL, NULL, NULL}};

const struct command command_library = {
    .name = "library",
    .usage = "inspectors | recusals | matters | grades | relations | results [--limit N]",
    .summary = N_("inspectors, matters and the other libraries"),
    .options = options,
    .run = run,
};
