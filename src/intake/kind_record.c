#include "intake/kind_record.h"

#include "base/gettext.h"
#include "intake/cell.h"
#include "intake/taking.h"

/* ---- reading a row --------------------------------------------------------------------------- */

static enum result place_value(struct cell_reader *reader, const struct bound_field *bound,
                               const struct cell *cell, const struct reading *reading) {
    const struct kind *kind = kind_of(reader->binding->profile->kind);
    int column = kind->record->columns[bound->field->index];
    if (reading->parse != PARSE_OK) {
        return cell_refuse(reader, REASON_bad_value, cell,
                           cell_expectation(bound->field->field.shape));
    }
    if (column != NO_COLUMN) {
        enum record_type type = record_column_type(kind->record->table, (size_t)column);
        reader->mapped->values[column] = type == RECORD_TEXT
                                             ? (struct record_value){reading->text, RECORD_UNKNOWN}
                                             : (struct record_value){NULL, reading->number};
    } else {
        reader->mapped->record = reading->text; /* the one field that settle sees to */
    }
    return RESULT_OK;
}

/* Refuses a row that lacks what its kind needs. */
static enum result check_needed(struct cell_reader *reader) {
    const struct kind *kind = kind_of(reader->binding->profile->kind);
    for (size_t i = 0; i < kind->field_count; i++) {
        int column = kind->record->columns[i];
        if ((kind->needed >> i & 1) == 0 || column == NO_COLUMN) {
            continue;
        }
        const struct record_value *value = &reader->mapped->values[column];
        if (value->text == NULL && value->number == RECORD_UNKNOWN) {
            return cell_refuse_row(reader, REASON_missing,
                                   _("The row does not say its %s; fill it in."),
                                   _(kind->fields[i].title));
        }
    }
    return RESULT_OK;
}

enum result kind_record_read(struct cell_reader *reader, date as_of) {
    (void)as_of;
    reader->mapped->values =
        arena_alloc(reader->arena, RECORD_MOST_COLUMNS * sizeof(*reader->mapped->values));
    if (reader->mapped->values == NULL) {
        return cell_no_memory(reader);
    }
    for (int i = 0; i < RECORD_MOST_COLUMNS; i++) {
        reader->mapped->values[i] = record_unknown();
    }
    enum result code = cell_read_fields(reader, place_value);
    return code == RESULT_OK && reader->mapped->reason == REASON_NONE ? check_needed(reader) : code;
}

/* ---- taking it in ---------------------------------------------------------------------------- */

static enum result write(struct taking *taking, enum save_outcome *outcome, int64_t *id) {
    const struct kind_record *record = taking->loader->kind->record;
    struct record_value *values = taking->mapped->values;
    enum result code = RESULT_OK;
    if (record->enterprise != NO_COLUMN) {
        code = taking_settle_subject(taking);
        values[record->enterprise].number = taking->match.id;
    }
    if (code == RESULT_OK && record->settle != NULL) {
        code = record->settle(taking);
    }
    if (code == RESULT_OK && taking->mapped->reason == REASON_NONE) {
        code = record_writer_save(taking->loader->records, values, &taking->loader->origin, outcome,
                                  id, taking->error);
    }
    bool saved = code == RESULT_OK && taking->mapped->reason == REASON_NONE;
    return saved && record->after != NULL ? record->after(taking, outcome) : code;
}

/* The row comes in whole or not at all; a second row of the file must not turn what the first one
 * said. */
static enum result save(struct taking *taking, enum save_outcome *outcome, int64_t *id) {
    struct store *store = taking->loader->store;
    enum result code = store_begin(store, taking->error);
    if (code != RESULT_OK) {
        return code;
    }
    code = write(taking, outcome, id);
    if (code == RESULT_OK && taking->mapped->reason != REASON_NONE) {
        store_rollback(store);
        return RESULT_OK;
    }
    int64_t first = code == RESULT_OK ? seen_line(&taking->loader->seen, *id) : 0;
    if (code != RESULT_OK || *outcome != SAVE_UPDATED || first == 0) {
        return store_finish(store, code, taking->error);
    }
    store_rollback(store);
    return taking_refuse(taking, REASON_conflict,
                         arena_printf(taking->arena,
                                      _("Line %lld of this file tells the same thing "
                                        "differently; keep the right row."),
                                      (long long)first));
}

enum result kind_record_take(struct taking *taking) {
    enum save_outcome outcome = SAVE_UNCHANGED;
    int64_t id = 0;
    enum result code = taking->loader->kind->subject ? taking_judge_subject(taking) : RESULT_OK;
    if (code == RESULT_OK && taking->mapped->reason == REASON_NONE) {
        code = taking_sort_failure(taking, save(taking, &outcome, &id));
    }
    if (code != RESULT_OK || taking->mapped->reason != REASON_NONE) {
        return code;
    }
    return taking_count(taking, outcome, id, taking->match.id);
}
