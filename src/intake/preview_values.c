#include "base/gettext.h"
#include "intake/cell.h"
#include "intake/preview_state.h"

#include <string.h>

/* A column being read, alone: bound to its field as the profile binds it. */
struct column_reading {
    const struct preview *preview;
    size_t column;
    struct binding binding; /* of the one field */
    struct bound_field field;
    struct arena *arena;
    struct preview_value *all; /* every different text */
    size_t count;
    struct error *error;
};

/* ---- binding one column -----------------------------------------------------------------------
 */

/* Keeps of the profile's binding of the field what concerns this column. */
static bool bind_by_profile(struct column_reading *reading, int field) {
    const struct understanding *understanding = &reading->preview->understanding;
    const struct bound_field *bound =
        understanding->profile == NULL ? NULL : binding_field(&understanding->binding, field);
    for (size_t i = 0; bound != NULL && i < bound->column_count; i++) {
        if (bound->columns[i] == reading->column) {
            reading->binding = understanding->binding;
            reading->field = *bound;
            reading->field.columns = &bound->columns[i];
            reading->field.units = &bound->units[i];
            reading->field.column_count = 1;
            return true;
        }
    }
    return false;
}

/* Else, where no profile reads it yet, for something is missing or the guess is not sure enough to
 * be used, as a profile of nothing else would. */
static enum result bind(struct column_reading *reading, int field) {
    enum result code = RESULT_OK;
    if (field >= 0 && !bind_by_profile(reading, field)) {
        code = preview_bind_alone(reading->preview, reading->column, field, reading->arena,
                                  &reading->binding, reading->error);
        if (code == RESULT_OK && reading->binding.field_count == 1) {
            reading->field = reading->binding.fields[0];
        }
    }
    reading->binding.fields = &reading->field;
    reading->binding.field_count = 1;
    return code;
}

/* ---- reading one cell -------------------------------------------------------------------------
 */

/* Names and codes, which say who a row speaks of. What else the row lacks for that is no matter of
 * this column. */
static enum result read_subject(struct column_reading *reading, const struct row *row,
                                struct preview_value *value) {
    struct mapped mapped;
    enum result code =
        mapper_read_subject(&reading->binding, row, reading->arena, &mapped, reading->error);
    if (code != RESULT_OK) {
        return code;
    }
    const char *found = value->shape == SHAPE_NAME ? mapped.name
                        : mapped.uscc[0] != '\0'   ? arena_strdup(reading->arena, mapped.uscc)
                        : mapped.number[0] != '\0' ? arena_strdup(reading->arena, mapped.number)
                                                   : NULL;
    value->read = found;
    value->fate = found == NULL ? VALUE_NOTHING : VALUE_READ;
    if (mapped.reason == REASON_person || mapped.reason == REASON_encoding) {
        value->fate = VALUE_UNREAD;
        value->remark = mapped.wrong != NULL ? mapped.wrong : mapped.sentence;
    } else if (mapped.bad_code != NULL) {
        value->remark = _("is no code: its length or its check character does not fit");
    } else if (mapped.code_mended) {
        value->remark = remark_title(REMARK_code_mended);
    }
    return RESULT_OK;
}

/* What the kind says of the cell: it may refuse what its shape alone allows. */
static enum result judge(struct column_reading *reading, const struct row *row,
                         struct preview_value *value) {
    struct mapped mapped = {.reason = REASON_NONE};
    struct cell_reader reader = {&reading->binding, row, reading->arena, &mapped, reading->error};
    enum result code = kind_of(reading->binding.profile->kind)->read(&reader, DATE_NONE);
    if (code == RESULT_OK && mapped.wrong != NULL) {
        value->fate = VALUE_UNREAD;
        value->remark = mapped.wrong;
    }
    return code;
}

static enum result read_other(struct column_reading *reading, const struct row *row,
                              struct preview_value *value) {
    struct mapped mapped = {.reason = REASON_NONE};
    struct cell_reader reader = {&reading->binding, row, reading->arena, &mapped, reading->error};
    struct cell cell;
    struct reading made;
    enum result code = cell_read(&reader, &reading->field, &cell, &made);
    if (code != RESULT_OK) {
        return code;
    }
    value->number = made.number;
    value->read = made.text;
    value->fate = made.parse == PARSE_OK ? VALUE_READ : VALUE_NOTHING;
    if (made.parse == PARSE_BAD || made.parse == PARSE_FOREIGN) {
        value->remark = _("no amount of yuan can be told from it; the row comes in without");
    }
    return judge(reading, row, value);
}

static enum result read_value(struct column_reading *reading, const struct row *row,
                              struct preview_value *value) {
    if (reading->field.field == NULL) {
        return RESULT_OK; /* a column that is not read */
    }
    value->shape = reading->field.field->field.shape;
    return value->shape == SHAPE_NAME || value->shape == SHAPE_CODE
               ? read_subject(reading, row, value)
               : read_other(reading, row, value);
}

/* ---- the column -------------------------------------------------------------------------------
 */

/* Counts a cell under its text, which is read when it comes for the first time. */
static enum result take_cell(struct column_reading *reading, const struct row *row,
                             struct preview_reading *result) {
    const char *text = row_cell(row, reading->column);
    size_t place = 0;
    result->rows++;
    if (text[0] == '\0') {
        result->blank++;
        return RESULT_OK;
    }
    while (place < reading->count && strcmp(reading->all[place].text, text) != 0) {
        place++;
    }
    struct preview_value *value = &reading->all[place];
    enum result code = RESULT_OK;
    if (place == reading->count) {
        *value = (struct preview_value){.text = text, .line = row->line, .fate = VALUE_NOTHING};
        code = read_value(reading, row, value);
        reading->count++;
    }
    value->times++;
    result->unread += value->fate == VALUE_UNREAD;
    return code;
}

/* How much a person has to look at a value: what cannot be read first, then what there is to be
 * said of. */
static int urgency(const struct preview_value *value) {
    return value->fate == VALUE_UNREAD ? 0 : value->remark != NULL ? 1 : 2;
}

static void choose_values(const struct column_reading *reading, struct preview_reading *result) {
    for (int turn = 0; turn <= 2; turn++) {
        for (size_t i = 0; i < reading->count && result->count < PREVIEW_READ; i++) {
            if (urgency(&reading->all[i]) == turn) {
                result->values[result->count++] = reading->all[i];
            }
        }
    }
    result->different = reading->count;
}

enum result preview_read(const struct preview *preview, size_t column, struct arena *arena,
                         struct preview_reading *result, struct error *error) {
    const struct sample *sample = &preview->sample;
    size_t header = preview->understanding.header.index;
    struct column_reading reading = {
        .preview = preview,
        .column = column,
        .arena = arena,
        .error = error,
        .all = arena_alloc(arena, (sample->count + 1) * sizeof(*reading.all))};
    *result = (struct preview_reading){.whole = sample->whole};
    enum result code = reading.all == NULL
                           ? error_no_memory(error)
                           : bind(&reading, preview->understanding.guess.columns[column].field);
    for (size_t i = header + 1; code == RESULT_OK && i < sample->count; i++) {
        if (!preview->aside[i]) {
            code = take_cell(&reading, &sample->rows[i], result);
        }
    }
    choose_values(&reading, result);
    return code;
}
