#include "registry/change.h"

#include "store/statement.h"

#include <stdlib.h>

enum result change_init(struct change *change, struct error *error) {
    change->before = json_object();
    change->after = json_object();
    if (change->before == NULL || change->after == NULL) {
        change_clear(change);
        return error_no_memory(error);
    }
    return RESULT_OK;
}

void change_note(struct change *change, const char *field, json_t *before, json_t *after) {
    json_object_set_new(change->before, field, before);
    json_object_set_new(change->after, field, after);
}

json_t *change_text(const char *text) {
    return text == NULL ? json_null() : json_string(text);
}

json_t *change_number(int64_t number, int64_t unknown) {
    return number == unknown ? json_null() : json_integer(number);
}

json_t *change_date(date day) {
    char text[DATE_TEXT_SIZE];
    return day == DATE_NONE ? json_null() : json_string(date_format(day, text));
}

date change_day(const json_t *day) {
    return json_is_string(day) ? date_parse(json_string_value(day)) : DATE_NONE;
}

bool change_empty(const struct change *change) {
    return json_object_size(change->after) == 0;
}

/* Keeps what the row held before with the batch that changed it. */
static enum result keep_before(struct store *store, int64_t batch, const struct change_row *row,
                               const char *before, struct error *error) {
    return store_execute(
        store, "INSERT INTO batch_change (batch, tab, item, before) VALUES (?, ?, ?, ?)",
        VALUES(value_int(batch), value_text(row->table), value_int(row->id), value_text(before)),
        error);
}

enum result change_write(const struct change *change, struct store *store,
                         const struct save_origin *origin, const char *action,
                         const struct change_row *row, struct error *error) {
    char *before = json_dumps(change->before, JSON_COMPACT | JSON_SORT_KEYS);
    char *after = json_dumps(change->after, JSON_COMPACT | JSON_SORT_KEYS);
    enum result code = RESULT_OK;
    if (before == NULL || after == NULL) {
        code = error_no_memory(error);
    } else {
        struct journal_entry entry = {
            .action = action, .subject = row->subject, .before = before, .after = after};
        code = journal_write(store, origin->actor, &entry, error);
    }
    if (code == RESULT_OK && origin->batch != 0) {
        code = keep_before(store, origin->batch, row, before, error);
    }
    free(before);
    free(after);
    return code;
}

void change_clear(struct change *change) {
    json_decref(change->before);
    json_decref(change->after);
    change->before = NULL;
    change->after = NULL;
}
