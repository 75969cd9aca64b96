#include "intake/mapper.h"

#include "base/gettext.h"
#include "base/text.h"
#include "intake/cell.h"
#include "registry/fact_type.h"

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
static enum result read_code(struct cell_reader *reader, const char *text) {
    struct mapped *mapped = reader->mapped;
    struct code code = value_code_parse(text);
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
                code = read_code(&reader, row_cell(row, bound->columns[j]));
            }
        }
    }
    return code == RESULT_OK ? judge_subject(&reader) : code;
}

/* ---- what ------------------------------------------------------------------------------------ */

/* Puts what a field came to, if it came to anything, in its place. */
typedef enum result place_reading(struct cell_reader *reader, const struct bound_field *bound,
                                  const struct cell *cell, const struct reading *reading);

/* Reads every field but those that say who it is about. */
static enum result read_fields(struct cell_reader *reader, place_reading *place) {
    const struct binding *binding = reader->binding;
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < binding->field_count; i++) {
        const struct bound_field *bound = &binding->fields[i];
        enum field_shape shape = bound->field->field.shape;
        struct cell cell;
        struct reading reading;
        if (shape == SHAPE_NAME || shape == SHAPE_CODE) {
            continue;
        }
        code = cell_read(reader, bound, &cell, &reading);
        if (code == RESULT_OK && reading.parse != PARSE_NONE) {
            code = place(reader, bound, &cell, &reading);
        }
    }
    return code;
}

/* ---- facts ----------------------------------------------------------------------------------- */

static enum result place_word(struct cell_reader *reader, int index, const struct cell *cell,
                              const char *word) {
    struct mapped *mapped = reader->mapped;
    int number = index == FACT_FIELD_TYPE ? fact_type_find(word) : fact_status_find(word);
    if (number < 0 || (index == FACT_FIELD_TYPE && number == 0)) {
        return cell_refuse(reader, REASON_unknown_word, cell,
                           _("is a word that the profile does not know; add it to the profile"));
    }
    if (index == FACT_FIELD_TYPE) {
        mapped->fact.type = number;
    } else {
        mapped->fact.status = number;
        mapped->status_given = true;
    }
    return RESULT_OK;
}

/* Puts what a field came to in its place. An amount that its sentence does not make clear, or that
 * is none of yuan, stays unknown. */
static enum result place_fact(struct cell_reader *reader, const struct bound_field *bound,
                              const struct cell *cell, const struct reading *reading) {
    struct fact *fact = &reader->mapped->fact;
    if (reading->parse == PARSE_BAD && !bound->field->sentence) {
        return cell_refuse(reader, REASON_bad_value, cell,
                           cell_expectation(bound->field->field.shape));
    }
    if (reading->parse != PARSE_OK) {
        reader->mapped->amount_unclear |= reading->parse == PARSE_BAD;
        return RESULT_OK;
    }
    switch (bound->field->index) {
    case FACT_FIELD_TYPE:
    case FACT_FIELD_STATUS:
        return place_word(reader, bound->field->index, cell, reading->text);
    case FACT_FIELD_OCCURRED_ON:
        fact->occurred_on = (date)reading->number;
        break;
    case FACT_FIELD_ENDED_ON:
        fact->ended_on = (date)reading->number;
        break;
    case FACT_FIELD_AMOUNT:
        fact->amount = reading->number;
        break;
    case FACT_FIELD_LEVEL:
        if (reading->number < 0 || reading->number > 9) {
            return cell_refuse(reader, REASON_bad_value, cell, _("is no level from 0 to 9"));
        }
        fact->level = (int32_t)reading->number;
        break;
    case FACT_FIELD_DOCUMENT:
        fact->document = reading->text;
        break;
    case FACT_FIELD_TITLE:
        fact->title = reading->text;
        break;
    case FACT_FIELD_AGENCY:
        fact->agency = reading->text;
        break;
    default:
        reader->mapped->record = reading->text;
        break;
    }
    return RESULT_OK;
}

/* A day that stands in must not be part of what the fact is known by: without a number or key of
 * its own, the fact is known by all that it says besides the day. */
static enum result assume_day(struct cell_reader *reader, date as_of) {
    struct mapped *mapped = reader->mapped;
    struct fact *fact = &mapped->fact;
    fact->occurred_on = as_of;
    mapped->day_assumed = true;
    if (fact->document != NULL || mapped->record != NULL) {
        return RESULT_OK;
    }
    mapped->record = arena_printf(
        reader->arena, "undated\n%lld\n%d\n%s\n%s", (long long)fact->amount, (int)fact->level,
        fact->title == NULL ? "" : fact->title, fact->agency == NULL ? "" : fact->agency);
    return mapped->record == NULL ? cell_no_memory(reader) : RESULT_OK;
}

static enum result finish_fact(struct cell_reader *reader, date as_of) {
    struct mapped *mapped = reader->mapped;
    const struct bound_field *day = binding_field(reader->binding, FACT_FIELD_OCCURRED_ON);
    if (mapped->reason != REASON_NONE) {
        return RESULT_OK;
    }
    if (mapped->fact.type == 0) {
        return cell_refuse_row(
            reader, REASON_unknown_word, "%s",
            _("The row does not say what type of fact it is; fill in the type."));
    }
    if (mapped->fact.occurred_on != DATE_NONE) {
        return RESULT_OK;
    }
    if (day != NULL && day->field->as_of) {
        return assume_day(reader, as_of);
    }
    return cell_refuse_row(
        reader, REASON_no_date,
        _("Column %s is blank: without the day it happened a fact cannot be scored; fill "
          "it in."),
        day == NULL || day->column_count == 0 ? "occurred_on"
                                              : reader->binding->headers[day->columns[0]]);
}

static enum result read_fact(struct cell_reader *reader, date as_of) {
    reader->mapped->fact = fact_make(0, DATE_NONE);
    enum result code = read_fields(reader, place_fact);
    return code == RESULT_OK ? finish_fact(reader, as_of) : code;
}

/* ---- enterprises ----------------------------------------------------------------------------- */

static enum result check_word(struct cell_reader *reader, const char *field,
                              const struct cell *cell, const char *word) {
    static const char *const words[] = {"enterprise", "individual", "cooperative", "open",
                                        "changed",    "cancelling", "cancelled",   "revoked",
                                        "moved_out",  "withdrawn"};
    size_t first = strcmp(field, "kind") == 0 ? 0 : 3;
    size_t end = strcmp(field, "kind") == 0 ? 3 : sizeof(words) / sizeof(words[0]);
    for (size_t i = first; i < end; i++) {
        if (strcmp(words[i], word) == 0) {
            return RESULT_OK;
        }
    }
    return cell_refuse(reader, REASON_unknown_word, cell,
                       _("is a word that the profile does not know; add it to the profile"));
}

/* Puts what a field came to in its place. Capital that is no amount of yuan is kept as written. */
static enum result place_enterprise(struct cell_reader *reader, const struct bound_field *bound,
                                    const struct cell *cell, const struct reading *reading) {
    struct enterprise *enterprise = &reader->mapped->enterprise;
    size_t count = 0;
    const struct enterprise_field *field = &enterprise_fields(&count)[bound->field->index];
    char *place = (char *)enterprise + field->offset;
    if (bound->field->field.shape == SHAPE_MONEY && reading->parse != PARSE_OK) {
        enterprise->capital_text =
            cell->currency == NULL
                ? arena_strdup(reader->arena, cell->text)
                : arena_printf(reader->arena, "%s %s", cell->text, cell->currency);
        return enterprise->capital_text == NULL ? cell_no_memory(reader) : RESULT_OK;
    }
    if (reading->parse != PARSE_OK) {
        return cell_refuse(reader, REASON_bad_value, cell,
                           cell_expectation(bound->field->field.shape));
    }
    if (bound->field->field.shape == SHAPE_WORD) {
        enum result code = check_word(reader, field->name, cell, reading->text);
        if (code != RESULT_OK || reader->mapped->reason != REASON_NONE) {
            return code;
        }
    }
    switch (field->type) {
    case ENTERPRISE_FIELD_TEXT:
        *(const char **)(void *)place = reading->text;
        break;
    case ENTERPRISE_FIELD_NUMBER:
        *(int64_t *)(void *)place = reading->number;
        break;
    case ENTERPRISE_FIELD_DATE:
        *(date *)(void *)place = (date)reading->number;
        break;
    }
    return RESULT_OK;
}

static enum result read_enterprise(struct cell_reader *reader) {
    struct mapped *mapped = reader->mapped;
    mapped->enterprise = enterprise_unknown();
    mapped->enterprise.name = mapped->name;
    mapped->enterprise.uscc = mapped->uscc[0] == '\0' ? NULL : mapped->uscc;
    mapped->enterprise.registration_number = mapped->number[0] == '\0' ? NULL : mapped->number;
    return read_fields(reader, place_enterprise);
}

enum result mapper_read_rest(const struct binding *binding, const struct row *row, date as_of,
                             struct arena *arena, struct mapped *mapped, struct error *error) {
    struct cell_reader reader = {binding, row, arena, mapped, error};
    if (mapped->reason != REASON_NONE) {
        return RESULT_OK;
    }
    return binding->profile->kind == IMPORT_FACTS ? read_fact(&reader, as_of)
                                                  : read_enterprise(&reader);
}
