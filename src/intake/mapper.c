#include "intake/mapper.h"

#include "base/gettext.h"
#include "base/text.h"
#include "intake/cell.h"

#include <stdlib.h>
#include <string.h>

/* ---- who ------------------------------------------------------------------------------------ */

/* What a sentence may show of a cell that is no code: people are registered by their identity
 * number, of which only the division at its start is shown (O15). */
static const char *show_code(struct arena *arena, const char *text) {
    text += strspn(text, " \t");
    bool person = strspn(text, "0123456789") >= 14 && text[0] != '9';
    return person ? arena_printf(arena, "%.6s************", text) : cell_shorten(arena, text);
}

/* Reads one cell of a code column into the subject. */
static enum result read_code(struct cell_reader *reader, size_t column) {
    struct mapped *mapped = reader->mapped;
    const char *text = row_cell(reader->row, column);
    struct code code = {.kind =
                            CODE_BAD}; /* a number whose last digits are lost may look like one */
    if (!row_cell_cut(reader->row, column)) {
        code = value_code_parse(text);
    }
    switch (code.kind) {
    case CODE_USCC:
        if (mapped->uscc[0] == '\0') {
            memcpy(mapped->uscc, code.text, sizeof(mapped->uscc));
        } else if (strcmp(mapped->uscc, code.text) != 0) {
            mapped->two_codes = true;
        }
        break;
    case CODE_NUMBER:
        if (mapped->number[0] == '\0') {
            memcpy(mapped->number, code.text, sizeof(mapped->number));
        }
        break;
    case CODE_BAD:
        if (mapped->bad_code == NULL) {
            mapped->bad_code = show_code(reader->arena, text);
        }
        if (mapped->bad_code == NULL) {
            return cell_no_memory(reader);
        }
        break;
    case CODE_NONE:
        break;
    }
    mapped->code_mended = mapped->code_mended || code.mended;
    return RESULT_OK;
}

static enum result read_name(struct cell_reader *reader, const struct bound_field *bound) {
    struct mapped *mapped = reader->mapped;
    struct cell cell;
    enum result code = cell_find(reader, bound, &cell);
    if (code != RESULT_OK || cell.text == NULL) {
        return code;
    }
    char *name = arena_strdup(reader->arena, cell.text);
    if (name == NULL) {
        return cell_no_memory(reader);
    }
    if (!value_name_trim(name)) {
        return RESULT_OK;
    }
    char *key = text_name_key(name);
    mapped->name = name;
    mapped->key = key == NULL ? NULL : arena_strdup(reader->arena, key);
    free(key);
    if (mapped->key == NULL) {
        return cell_no_memory(reader);
    }
    if (strchr(mapped->key, '*') != NULL) {
        return cell_refuse_row(
            reader, REASON_person,
            _("\"%s\" is the hidden name of a person; only enterprises are kept."), name);
    }
    return RESULT_OK;
}

/* More cells than the header has columns: a stray delimiter has shifted what follows. */
static enum result check_width(struct cell_reader *reader) {
    if (reader->row->count <= reader->binding->width) {
        return RESULT_OK;
    }
    return cell_refuse_row(
        reader, REASON_columns,
        _("The row has %zu cells and the header %zu; a delimiter stands where none "
          "belongs, or a quotation mark is missing."),
        reader->row->count, reader->binding->width);
}

static enum result judge_subject(struct cell_reader *reader) {
    struct mapped *mapped = reader->mapped;
    const char *bad = mapped->bad_code;
    mapped->tier = TIER_USCC;
    if (!kind_of(reader->binding->profile->kind)->subject) {
        return RESULT_OK;
    }
    if (mapped->reason != REASON_NONE || mapped->uscc[0] != '\0') {
        return RESULT_OK;
    }
    if (mapped->number[0] != '\0') {
        mapped->tier = TIER_NUMBER;
        return RESULT_OK;
    }
    if (mapped->name != NULL) {
        mapped->tier = reader->binding->profile->has_codes ? TIER_NAME : TIER_USCC;
        return RESULT_OK;
    }
    if (bad == NULL) {
        return cell_refuse_row(
            reader, REASON_no_subject, "%s",
            _("The row gives neither a code nor a name; say which enterprise it is."));
    }
    return cell_refuse_row(
        reader, REASON_no_subject,
        _("\"%s\" is no code and the row gives no name; say which enterprise it is."), bad);
}

enum result mapper_read_subject(const struct binding *binding, const struct row *row,
                                struct arena *arena, struct mapped *mapped, struct error *error) {
    struct cell_reader reader = {binding, row, arena, mapped, error};
    memset(mapped, 0, sizeof(*mapped));
    enum result code = check_width(&reader);
    for (size_t i = 0; code == RESULT_OK && i < binding->field_count; i++) {
        const struct bound_field *bound = &binding->fields[i];
        if (bound->field->field.shape == SHAPE_NAME) {
            code = read_name(&reader, bound);
        } else if (bound->field->field.shape == SHAPE_CODE) {
            for (size_t j = 0; code == RESULT_OK && j < bound->column_count; j++) {
                code = read_code(&reader, bound->columns[j]);
            }
        }
    }
    return code == RESULT_OK ? judge_subject(&reader) : code;
}

/* ---- what ------------------------------------------------------------------------------------ */

enum result mapper_read_rest(const struct binding *binding, const struct row *row, date as_of,
                             struct arena *arena, struct mapped *mapped, struct error *error) {
    struct cell_reader reader = {binding, row, arena, mapped, error};
    return mapped->reason == REASON_NONE ? kind_of(binding->profile->kind)->read(&reader, as_of)
                                         : RESULT_OK;
}
