#include "registry/inspection.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "registry/change.h"
#include "registry/fact_type.h"
#include "registry/inspection_code.h"
#include "store/statement.h"

#include <stdio.h>
#include <stdlib.h>

/* Tells the fact in a status. */
static enum result tell(struct fact_writer *facts, const struct record_value *values,
                        enum fact_status status, const struct save_origin *origin,
                        enum save_outcome *told, struct error *error) {
    const char *matter = values[INSPECTION_RESULT_matter].text;
    struct buffer key = BUFFER_INIT;
    struct fact fact =
        fact_make(FACT_TYPE_inspection, (date)values[INSPECTION_RESULT_completed_on].number);
    fact.status = (int32_t)status;
    fact.level = inspection_level(values[INSPECTION_RESULT_result].text);
    fact.title = values[INSPECTION_RESULT_result].text;
    buffer_printf(&key, "%s/%s", values[INSPECTION_RESULT_task].text, matter == NULL ? "" : matter);
    enum result code = key.failed
                           ? error_no_memory(error)
                           : fact_writer_save(facts, values[INSPECTION_RESULT_enterprise].number,
                                              &fact, buffer_text(&key), origin, told, error);
    buffer_free(&key);
    return code;
}

enum result inspection_tell(struct fact_writer *facts, const struct record_value *values,
                            const struct save_origin *origin, enum save_outcome *told,
                            struct error *error) {
    return tell(facts, values, FACT_STATUS_valid, origin, told, error);
}

enum result inspection_save(struct store *store, const struct record_value *values,
                            const struct save_origin *origin, enum save_outcome *outcome,
                            int64_t *id, struct error *error) {
    struct record_writer *records = NULL;
    struct fact_writer *facts = NULL;
    enum save_outcome told = SAVE_UNCHANGED;
    enum result code = record_writer_new(&records, store, RECORD_INSPECTION_RESULT, error);
    if (code == RESULT_OK) {
        code = fact_writer_new(&facts, store, error);
    }
    if (code == RESULT_OK) {
        code = record_writer_correct(records, values, origin, outcome, id, error);
    }
    if (code == RESULT_OK) {
        code = inspection_tell(facts, values, origin, &told, error);
    }
    if (code == RESULT_OK && *outcome == SAVE_UNCHANGED && told != SAVE_UNCHANGED) {
        *outcome = SAVE_UPDATED;
    }
    record_writer_free(records);
    fact_writer_free(facts);
    return code;
}

/* Loads a record into values; texts live in the arena. */
static enum result load(struct store *store, int64_t id, struct arena *arena,
                        struct record_value *values, struct error *error) {
#define LOADED_COLUMN(name, type) #name ", "
    struct statement *row = NULL;
    bool there = false;
    enum result code = store_query(
        &row, store,
        "SELECT " INSPECTION_RESULT_COLUMNS(LOADED_COLUMN) "id FROM inspection_result WHERE id = ?",
        VALUES(value_int(id)), error);
#undef LOADED_COLUMN
    if (code == RESULT_OK) {
        code = statement_step(row, &there, error);
    }
    if (code == RESULT_OK && !there) {
        code = error_set(error, RESULT_NOT_FOUND, _("There is no result %lld of an inspection."),
                         (long long)id);
    }
    for (int i = 0; code == RESULT_OK && i < INSPECTION_RESULT_COLUMN_COUNT; i++) {
        bool text = record_column_type(RECORD_INSPECTION_RESULT, (size_t)i) == RECORD_TEXT;
        values[i] = text ? (struct record_value){arena_strdup(arena, statement_text(row, i)),
                                                 RECORD_UNKNOWN}
                         : (struct record_value){NULL, statement_int(row, i)};
    }
    statement_free(row);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

/* All that a record says, as JSON on the heap; NULL when memory is short. */
static char *said_text(const struct record_value *values) {
    json_t *said = json_object();
    for (size_t i = 0; i < INSPECTION_RESULT_COLUMN_COUNT; i++) {
        enum record_type type = record_column_type(RECORD_INSPECTION_RESULT, i);
        json_object_set_new(said, record_column_name(RECORD_INSPECTION_RESULT, i),
                            type == RECORD_TEXT   ? change_text(values[i].text)
                            : type == RECORD_DATE ? change_date((date)values[i].number)
                                                  : json_integer(values[i].number));
    }
    char *text = said == NULL ? NULL : json_dumps(said, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(said);
    return text;
}

/* Removes the record and journals all that it said. */
static enum result remove_record(struct store *store, int64_t id, const struct record_value *values,
                                 const char *reason, const struct save_origin *origin,
                                 struct error *error) {
    char subject[64];
    char *before = said_text(values);
    snprintf(subject, sizeof(subject), "inspection_result:%lld", (long long)id);
    struct journal_entry entry = {.action = "inspection_result.withdraw",
                                  .subject = subject,
                                  .reason = reason,
                                  .before = before};
    enum result code = before == NULL
                           ? error_no_memory(error)
                           : store_execute(store, "DELETE FROM inspection_result WHERE id = ?",
                                           VALUES(value_int(id)), error);
    if (code == RESULT_OK) {
        code = journal_write(store, origin->actor, &entry, error);
    }
    free(before);
    return code;
}

enum result inspection_withdraw(struct store *store, int64_t id, const char *reason,
                                const struct save_origin *origin, struct error *error) {
    struct record_value values[INSPECTION_RESULT_COLUMN_COUNT];
    struct fact_writer *facts = NULL;
    enum save_outcome told = SAVE_UNCHANGED;
    struct arena *arena = arena_new();
    enum result code =
        arena == NULL ? error_no_memory(error) : load(store, id, arena, values, error);
    if (code == RESULT_OK) {
        code = remove_record(store, id, values, reason, origin, error);
    }
    if (code == RESULT_OK) {
        code = fact_writer_new(&facts, store, error);
    }
    if (code == RESULT_OK) {
        code = tell(facts, values, FACT_STATUS_erroneous, origin, &told, error);
    }
    fact_writer_free(facts);
    arena_free(arena);
    return code;
}
