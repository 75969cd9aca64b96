#include "plan/library.h"
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

/* True for the tables whose entries may not hold. */
static bool has_standing(enum record_table table) {
    return table == RECORD_INSPECTOR || table == RECORD_MATTER;
}

/* Adds to each record whether it holds today: null, or why not. */
static enum result add_standing(struct session *session, enum record_table table, json_t *records,
                                struct library_sum *sum, struct arena *arena, struct error *error) {
    struct library_entry *entries = NULL;
    size_t count = 0;
    enum result code = library_load(session->store, table, clock_today(&session->actor.clock),
                                    arena, &entries, &count, sum, error);
    json_t *standing = json_object();
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        json_object_set_new(standing, entries[i].key,
                            entries[i].standing == NULL ? json_null()
                                                        : json_string(entries[i].standing));
    }
    for (size_t i = 0; code == RESULT_OK && i < json_array_size(records); i++) {
        json_t *record = json_array_get(records, i);
        const char *key = json_string_value(
            json_object_get(record, table == RECORD_INSPECTOR ? "number" : "code"));
        json_object_set(record, "standing", json_object_get(standing, key == NULL ? "" : key));
    }
    json_decref(standing);
    return code;
}

static enum result list(struct session *session, enum record_table table, int64_t limit,
                        struct error *error) {
    struct library_sum sum = {0};
    json_t *records = NULL;
    struct arena *arena = arena_new();
    enum result code = arena == NULL
                           ? error_no_memory(error)
                           : record_list(session->store, table, 0, limit, &records, error);
    if (code == RESULT_OK && has_standing(table)) {
        code = add_standing(session, table, records, &sum, arena, error);
    }
    if (code == RESULT_OK && session->json) {
        arena_free(arena);
        return output_json(records, error);
    }
    for (size_t i = 0; code == RESULT_OK && i < json_array_size(records); i++) {
        print_record(json_array_get(records, i));
    }
    if (code == RESULT_OK && has_standing(table) && !session->quiet) {
        output_line(_("%lld in the library, %lld hold. %s"), (long long)sum.all,
                    (long long)sum.holding, sum.reasons);
    }
    json_decref(records);
    arena_free(arena);
    return code;
}

/* `set inspector NUMBER COLUMN=VALUE ...`: a new entry, or another value of one. */
static enum result set(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    struct record_value values[RECORD_MOST_COLUMNS];
    const char *word = NULL;
    const char *key = NULL;
    enum save_outcome outcome = SAVE_UNCHANGED;
    bool found = false;
    struct arena *arena = arena_new();
    enum result code = arena == NULL ? error_no_memory(error)
                                     : argument_word(arguments, 1,
                                                     _("What to set (inspector or "
                                                       "matter)"),
                                                     &word, error);
    enum record_table table = code == RESULT_OK ? record_table_find(word) : RECORD_TABLE_COUNT;
    if (code == RESULT_OK && !has_standing(table)) {
        code = error_set(error, RESULT_USAGE,
                         _("\"library set %s\" is not known; it is inspector or matter."), word);
    }
    if (code == RESULT_OK) {
        code = argument_word(arguments, 2, _("The staff number, or the code"), &key, error);
    }
    if (code == RESULT_OK) {
        code = library_read(session->store, table, key, arena, values, &found, error);
    }
    if (code == RESULT_OK && !found) {
        code = library_set(table, table == RECORD_INSPECTOR ? "number" : "code", key, arena, values,
                           error);
    }
    for (size_t i = 3; code == RESULT_OK && i < arguments->word_count; i++) {
        const char *equals = strchr(arguments->words[i], '=');
        if (equals == NULL) {
            code = error_set(error, RESULT_USAGE, _("\"%s\" sets nothing; write COLUMN=VALUE."),
                             arguments->words[i]);
            break;
        }
        const char *column =
            arena_strndup(arena, arguments->words[i], (size_t)(equals - arguments->words[i]));
        code = column == NULL ? error_no_memory(error)
                              : library_set(table, column, equals + 1, arena, values, error);
    }
    if (code == RESULT_OK) {
        code = library_save(session->store, &session->actor, table, values, false, &outcome, error);
    }
    arena_free(arena);
    return code;
}

/* `recuse NUMBER ENTERPRISE --reason TEXT --until DATE`. */
static enum result recuse(struct session *session, const struct arguments *arguments,
                          struct error *error) {
    const char *inspector = NULL;
    const char *enterprise = NULL;
    date until = DATE_NONE;
    enum result code =
        argument_word(arguments, 1, _("The inspector's staff number or name"), &inspector, error);
    if (code == RESULT_OK) {
        code = argument_word(arguments, 2, _("The enterprise"), &enterprise, error);
    }
    if (code == RESULT_OK) {
        code = argument_date(arguments, "until", DATE_NONE, &until, error);
    }
    return code == RESULT_OK
               ? library_recuse(session->store, &session->actor, inspector, enterprise,
                                argument_text(arguments, "reason"), until, error)
               : code;
}

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    const char *word = NULL;
    int64_t limit = 0;
    size_t place = 0;
    enum result code = argument_word(
        arguments, 0, _("The library (inspectors, recusals, matters, grades, relations, results)"),
        &word, error);
    if (code == RESULT_OK) {
        code = session_store(session, error);
    }
    if (code == RESULT_OK && strcmp(word, "set") == 0) {
        return set(session, arguments, error);
    }
    if (code == RESULT_OK && strcmp(word, "recuse") == 0) {
        return recuse(session, arguments, error);
    }
    while (code == RESULT_OK && place < sizeof(words) / sizeof(words[0]) &&
           strcmp(words[place].word, word) != 0) {
        place++;
    }
    if (code == RESULT_OK && place == sizeof(words) / sizeof(words[0])) {
        code = error_set(error, RESULT_USAGE,
                         _("\"library %s\" is not known; it is inspectors, recusals, matters, "
                           "grades, relations, results, set or recuse."),
                         word);
    }
    if (code == RESULT_OK) {
        code = argument_number(arguments, "limit", 1, 10000000, 100, &limit, error);
    }
    return code == RESULT_OK ? list(session, words[place].table, limit, error) : code;
}

static const struct option options[] = {
    {"limit", "N", N_("at most so many rows; 100 when not given")},
    {"reason", "TEXT", N_("recuse: why")},
    {"until", "DATE", N_("recuse: the last day of it; for good when not given")},
    {NULL, NULL, NULL}};

const struct command command_library = {
    .name = "library",
    .usage = "inspectors | recusals | matters | grades | relations | results [--limit N] | "
             "set inspector|matter KEY COLUMN=VALUE ... | recuse NUMBER ENTERPRISE",
    .summary = N_("inspectors, matters and the other libraries"),
    .options = options,
    .run = run,
};
