#include "intake/mapper.h"

#include "base/gettext.h"
#include "base/text.h"
#include "intake/value.h"
#include "intake/value_money.h"
#include "registry/fact_type.h"
#include "registry/industry.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Columns of a cell quoted in a sentence. */
#define QUOTE_COLUMNS 40

/* What the functions below share while one row is read. */
struct reader {
    const struct binding *binding;
    const struct row *row;
    struct arena *arena;
    struct mapped *mapped;
    struct error *error;
};

/* The cell that fills a field: the first that is not blank, with its column. */
struct cell {
    const char *text; /* NULL: nothing there */
    const char *header;
    int64_t unit;
    const char *currency; /* the money's name from a column of its own, or NULL */
};

const char *mapper_shorten(struct arena *arena, const char *cell) {
    size_t length = strlen(cell);
    size_t fit = text_fit(cell, length, QUOTE_COLUMNS, NULL);
    return arena_printf(arena, "%.*s%s", (int)fit, cell, fit < length ? "..." : "");
}

static enum result no_memory(struct reader *reader) {
    return error_no_memory(reader->error);
}

/* Marks the row as one that cannot be taken in; the first reason stands. */
static enum result refuse(struct reader *reader, enum reason reason, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static enum result refuse(struct reader *reader, enum reason reason, const char *format, ...) {
    if (reader->mapped->reason != REASON_NONE) {
        return RESULT_OK;
    }
    va_list args;
    va_list again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *sentence = length < 0 ? NULL : arena_alloc(reader->arena, (size_t)length + 1);
    if (sentence != NULL) {
        vsnprintf(sentence, (size_t)length + 1, format, again);
    }
    va_end(again);
    reader->mapped->reason = reason;
    reader->mapped->sentence = sentence;
    return sentence == NULL ? no_memory(reader) : RESULT_OK;
}

/* Refuses a cell that is not of its field's shape. */
static enum result refuse_cell(struct reader *reader, enum reason reason, const struct cell *cell,
                               const char *what) {
    const char *quoted = mapper_shorten(reader->arena, cell->text);
    if (quoted == NULL) {
        return no_memory(reader);
    }
    return refuse(reader, reason, _("Column %s: \"%s\" %s."), cell->header, quoted, what);
}

static bool is_broken(const char *text) {
    return strstr(text, "\xEF\xBF\xBD") != NULL;
}

/* True when a cell holds nothing, in whatever way it says so. */
static bool is_blank(const char *text) {
    char folded[VALUE_SIZE];
    return value_fold(text, folded, sizeof(folded)) && value_is_nothing(folded);
}

/* Finds the cell of a field. */
static enum result find_cell(struct reader *reader, const struct bound_field *bound,
                             struct cell *cell) {
    *cell = (struct cell){.text = bound->field->constant,
                          .header = bound->field->field.name,
                          .unit = bound->field->unit == 0 ? MONEY_YUAN : bound->field->unit};
    for (size_t i = 0; i < bound->column_count; i++) {
        const char *text = row_cell(reader->row, bound->columns[i]);
        if (is_blank(text)) {
            continue;
        }
        cell->text = text;
        cell->header = reader->binding->headers[bound->columns[i]];
        cell->unit = bound->units[i];
        break;
    }
    if (bound->currency_count > 0 && !is_blank(row_cell(reader->row, bound->currencies[0]))) {
        cell->currency = row_cell(reader->row, bound->currencies[0]);
    }
    if (cell->text != NULL && is_broken(cell->text)) {
        return refuse_cell(reader, REASON_encoding, cell,
                           _("holds characters that cannot be read; type them anew"));
    }
    return RESULT_OK;
}

/* ---- who ------------------------------------------------------------------------------------ */

/* Reads one cell of a code column into the subject. */
static void read_code(struct mapped *mapped, const char *text) {
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
        mapped->bad_code = mapped->bad_code == NULL ? text : mapped->bad_code;
        break;
    case CODE_NONE:
        break;
    }
    mapped->code_mended = mapped->code_mended || code.mended;
}

static enum result read_name(struct reader *reader, const struct bound_field *bound) {
    struct mapped *mapped = reader->mapped;
    struct cell cell;
    enum result code = find_cell(reader, bound, &cell);
    if (code != RESULT_OK || cell.text == NULL) {
        return code;
    }
    char *name = arena_strdup(reader->arena, cell.text);
    if (name == NULL) {
        return no_memory(reader);
    }
    if (!value_name_trim(name)) {
        return RESULT_OK;
    }
    char *key = text_name_key(name);
    mapped->name = name;
    mapped->key = key == NULL ? NULL : arena_strdup(reader->arena, key);
    free(key);
    if (mapped->key == NULL) {
        return no_memory(reader);
    }
    if (strchr(mapped->key, '*') != NULL) {
        return refuse(reader, REASON_person,
                      _("\"%s\" is the hidden name of a person; only enterprises are kept."), name);
    }
    return RESULT_OK;
}

/* More cells than the header has columns: a stray delimiter has shifted what follows. */
static enum result check_width(struct reader *reader) {
    if (reader->row->count <= reader->binding->width) {
        return RESULT_OK;
    }
    return refuse(reader, REASON_columns,
                  _("The row has %zu cells and the header %zu; a delimiter stands where none "
                    "belongs, or a quotation mark is missing."),
                  reader->row->count, reader->binding->width);
}

static enum result judge_subject(struct reader *reader) {
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
        return refuse(reader, REASON_no_subject, "%s",
                      _("The row gives neither a code nor a name; say which enterprise it is."));
    }
    const char *quoted = mapper_shorten(reader->arena, bad);
    if (quoted == NULL) {
        return no_memory(reader);
    }
    return refuse(reader, REASON_no_subject,
                  _("\"%s\" is no code and the row gives no name; say which enterprise it is."),
                  quoted);
}

enum result mapper_read_subject(const struct binding *binding, const struct row *row,
                                struct arena *arena, struct mapped *mapped, struct error *error) {
    struct reader reader = {binding, row, arena, mapped, error};
    memset(mapped, 0, sizeof(*mapped));
    enum result code = check_width(&reader);
    for (size_t i = 0; code == RESULT_OK && i < binding->field_count; i++) {
        const struct bound_field *bound = &binding->fields[i];
        if (bound->field->field.shape == SHAPE_NAME) {
            code = read_name(&reader, bound);
        } else if (bound->field->field.shape == SHAPE_CODE) {
            for (size_t j = 0; j < bound->column_count; j++) {
                read_code(mapped, row_cell(row, bound->columns[j]));
            }
        }
    }
    return code == RESULT_OK ? judge_subject(&reader) : code;
}

/* ---- what ----------------------------------------------------------------------------------- */

/* Looks a cell up in the field's map and parts; *word is NULL when neither knows it. */
static enum result look_up(struct reader *reader, const struct profile_field *field,
                           const char *text, const char **word) {
    size_t size = strlen(text) + 3;
    char *folded = arena_alloc(reader->arena, size);
    *word = field->fallback;
    if (folded == NULL) {
        return no_memory(reader);
    }
    if (!value_fold(text, folded, size)) {
        return RESULT_OK;
    }
    for (size_t i = 0; i < field->map.count; i++) {
        if (strcmp(field->map.items[i].from, folded) == 0) {
            *word = field->map.items[i].to;
            return RESULT_OK;
        }
    }
    for (size_t i = 0; i < field->contains.count; i++) {
        if (strstr(folded, field->contains.items[i].from) != NULL) {
            *word = field->contains.items[i].to;
            return RESULT_OK;
        }
    }
    return RESULT_OK;
}

/* Puts a cell through the field's map. A word that no part of a text says is just not known; a
 * word missing in a map of whole cells is refused, since it may mean anything. */
static enum result translate(struct reader *reader, const struct profile_field *field,
                             struct cell *cell) {
    if (cell->text == NULL || cell->text == field->constant ||
        field->map.count + field->contains.count == 0) {
        return RESULT_OK;
    }
    const char *word = NULL;
    enum result code = look_up(reader, field, cell->text, &word);
    if (code == RESULT_OK && word == NULL && field->map.count > 0) {
        return refuse_cell(reader, REASON_unknown_word, cell,
                           _("is a word that the profile does not know; add it to the profile"));
    }
    cell->text = word;
    return code;
}

/* What a field came to, before it goes to its place. */
struct reading {
    enum parse parse;
    int64_t number; /* also days */
    const char *text;
};

static void read_region(const char *text, struct reading *reading, struct arena *arena) {
    size_t digits = strspn(text, "0123456789");
    reading->parse = PARSE_NONE;
    if (digits == 6 || digits == 9 || digits == 12) {
        reading->text = arena_printf(arena, "%.*s", digits == 6 ? 6 : 9, text);
        reading->parse = reading->text == NULL ? PARSE_BAD : PARSE_OK;
    }
}

/* F5211, 5211, "F 批发和零售业", "5211 百货零售": the code at the start, when it is one. */
static void read_industry(const char *text, struct reading *reading) {
    char code[8] = "";
    size_t length = 0;
    if (isalpha((unsigned char)*text)) {
        code[length++] = (char)toupper((unsigned char)*text++);
    }
    while (isdigit((unsigned char)*text) && length < sizeof(code) - 1) {
        code[length++] = *text++;
    }
    const char *full = isdigit((unsigned char)code[0]) ? industry_of_digits(code) : NULL;
    reading->parse = PARSE_NONE;
    for (size_t i = 0; full == NULL && length > 0 && i < industry_count(); i++) {
        full = strcmp(industry_code(i), code) == 0 ? industry_code(i) : NULL;
    }
    if (full != NULL) {
        reading->text = full;
        reading->parse = PARSE_OK;
    }
}

static void read_flag(const char *text, struct reading *reading) {
    static const char *const yes[] = {"是", "1", "Y", "YES", "TRUE", "有", "√"};
    static const char *const no[] = {"否", "0", "N", "NO", "FALSE", "×"};
    reading->parse = PARSE_BAD;
    for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
        if (strcasecmp(text, yes[i]) == 0) {
            reading->number = 1;
            reading->parse = PARSE_OK;
        }
    }
    for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++) {
        if (strcasecmp(text, no[i]) == 0) {
            reading->number = 0;
            reading->parse = PARSE_OK;
        }
    }
}

static void read_money(const struct profile_field *field, const struct cell *cell,
                       struct reading *reading) {
    static const char *const yuan[] = {"人民币", "CNY", "RMB", "156", "元"};
    bool domestic = cell->currency == NULL;
    for (size_t i = 0; !domestic && i < sizeof(yuan) / sizeof(yuan[0]); i++) {
        domestic = strstr(cell->currency, yuan[i]) != NULL;
    }
    /* 美元 ends with 元 too. */
    int64_t ignored = 0;
    domestic = domestic && (cell->currency == NULL || value_money_parse(cell->currency, MONEY_YUAN,
                                                                        &ignored) != PARSE_FOREIGN);
    if (!domestic) {
        reading->parse = PARSE_FOREIGN;
    } else if (field->sentence) {
        reading->parse = value_fine_parse(cell->text, cell->unit, &reading->number);
    } else {
        reading->parse = value_money_parse(cell->text, cell->unit, &reading->number);
    }
}

/* Reads a cell by the field's shape. */
static enum result read_shape(struct reader *reader, const struct profile_field *field,
                              const struct cell *cell, struct reading *reading) {
    char folded[VALUE_SIZE];
    bool fits = value_fold(cell->text, folded, sizeof(folded));
    date day = DATE_NONE;
    reading->parse = PARSE_BAD;
    switch (field->field.shape) {
    case SHAPE_DATE:
        reading->parse = value_date_parse(cell->text, field->day_first, &day);
        reading->number = day;
        break;
    case SHAPE_TERM_END:
        reading->parse = value_term_end_parse(cell->text, field->day_first, &day);
        reading->number = day;
        break;
    case SHAPE_MONEY:
        read_money(field, cell, reading);
        break;
    case SHAPE_INTEGER:
        reading->parse = value_integer_parse(cell->text, &reading->number);
        break;
    case SHAPE_FLAG:
        if (fits) {
            read_flag(folded, reading);
        }
        break;
    case SHAPE_REGION:
        if (fits) {
            read_region(folded, reading, reader->arena);
        }
        break;
    case SHAPE_INDUSTRY:
        if (fits) {
            read_industry(folded, reading);
        }
        break;
    case SHAPE_TEXT:
    case SHAPE_WORD:
    case SHAPE_NAME:
    case SHAPE_CODE: {
        char *text = arena_strdup(reader->arena, cell->text);
        if (text == NULL) {
            return no_memory(reader);
        }
        reading->parse = value_text_trim(text) ? PARSE_OK : PARSE_NONE;
        reading->text = text;
        break;
    }
    }
    return RESULT_OK;
}

/* What a cell of a shape should have been. */
static const char *expectation(enum field_shape shape) {
    switch (shape) {
    case SHAPE_DATE:
    case SHAPE_TERM_END:
        return _("is no day that can be read without doubt; write it as 2026-10-31");
    case SHAPE_MONEY:
        return _("is no amount of yuan; write a number, such as 2000 or 0.2 (in 10,000 yuan where "
                 "the column says so)");
    case SHAPE_INTEGER:
        return _("is no whole number");
    case SHAPE_FLAG:
        return _("must be yes or no (是 or 否)");
    default:
        return _("cannot be read");
    }
}

/* Finds, translates and reads the cell of a field; PARSE_NONE when there is nothing. */
static enum result read_field(struct reader *reader, const struct bound_field *bound,
                              struct cell *cell, struct reading *reading) {
    *reading = (struct reading){.parse = PARSE_NONE};
    enum result code = find_cell(reader, bound, cell);
    if (code == RESULT_OK && reader->mapped->reason == REASON_NONE) {
        code = translate(reader, bound->field, cell);
    }
    if (code != RESULT_OK || cell->text == NULL || reader->mapped->reason != REASON_NONE) {
        return code;
    }
    return read_shape(reader, bound->field, cell, reading);
}

/* ---- facts ----------------------------------------------------------------------------------- */

static enum result place_word(struct reader *reader, int index, const struct cell *cell,
                              const char *word) {
    struct mapped *mapped = reader->mapped;
    int number = index == FACT_FIELD_TYPE ? fact_type_find(word) : fact_status_find(word);
    if (number < 0 || (index == FACT_FIELD_TYPE && number == 0)) {
        return refuse_cell(reader, REASON_unknown_word, cell,
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

/* Puts what a field came to in its place. */
static enum result place_fact(struct reader *reader, int index, const struct cell *cell,
                              const struct reading *reading) {
    struct fact *fact = &reader->mapped->fact;
    switch (index) {
    case FACT_FIELD_TYPE:
    case FACT_FIELD_STATUS:
        return place_word(reader, index, cell, reading->text);
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
            return refuse_cell(reader, REASON_bad_value, cell, _("is no level from 0 to 9"));
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
static enum result assume_day(struct reader *reader, date as_of) {
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
    return mapped->record == NULL ? no_memory(reader) : RESULT_OK;
}

static enum result finish_fact(struct reader *reader, date as_of) {
    struct mapped *mapped = reader->mapped;
    const struct bound_field *day = binding_field(reader->binding, FACT_FIELD_OCCURRED_ON);
    if (mapped->reason != REASON_NONE) {
        return RESULT_OK;
    }
    if (mapped->fact.type == 0) {
        return refuse(reader, REASON_unknown_word, "%s",
                      _("The row does not say what type of fact it is; fill in the type."));
    }
    if (mapped->fact.occurred_on != DATE_NONE) {
        return RESULT_OK;
    }
    if (day != NULL && day->field->as_of) {
        return assume_day(reader, as_of);
    }
    return refuse(reader, REASON_no_date,
                  _("Column %s is blank: without the day it happened a fact cannot be scored; fill "
                    "it in."),
                  day == NULL || day->column_count == 0
                      ? "occurred_on"
                      : reader->binding->headers[day->columns[0]]);
}

static enum result read_fact(struct reader *reader, date as_of) {
    struct mapped *mapped = reader->mapped;
    const struct binding *binding = reader->binding;
    mapped->fact = fact_make(0, DATE_NONE);
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < binding->field_count; i++) {
        const struct bound_field *bound = &binding->fields[i];
        enum field_shape shape = bound->field->field.shape;
        struct cell cell;
        struct reading reading;
        if (shape == SHAPE_NAME || shape == SHAPE_CODE) {
            continue;
        }
        code = read_field(reader, bound, &cell, &reading);
        if (code == RESULT_OK && reading.parse == PARSE_OK) {
            code = place_fact(reader, bound->field->index, &cell, &reading);
        } else if (code == RESULT_OK && reading.parse == PARSE_BAD) {
            code = refuse_cell(reader, REASON_bad_value, &cell, expectation(shape));
        }
    }
    return code == RESULT_OK ? finish_fact(reader, as_of) : code;
}

/* ---- enterprises ----------------------------------------------------------------------------- */

static enum result check_word(struct reader *reader, const char *field, const struct cell *cell,
                              const char *word) {
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
    return refuse_cell(reader, REASON_unknown_word, cell,
                       _("is a word that the profile does not know; add it to the profile"));
}

/* Puts what a field came to in its place. Capital that is no amount of yuan is kept as written. */
static enum result place_enterprise(struct reader *reader, const struct bound_field *bound,
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
        return enterprise->capital_text == NULL ? no_memory(reader) : RESULT_OK;
    }
    if (reading->parse != PARSE_OK) {
        return refuse_cell(reader, REASON_bad_value, cell, expectation(bound->field->field.shape));
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

static enum result read_enterprise(struct reader *reader) {
    struct mapped *mapped = reader->mapped;
    const struct binding *binding = reader->binding;
    mapped->enterprise = enterprise_unknown();
    mapped->enterprise.name = mapped->name;
    mapped->enterprise.uscc = mapped->uscc[0] == '\0' ? NULL : mapped->uscc;
    mapped->enterprise.registration_number = mapped->number[0] == '\0' ? NULL : mapped->number;
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < binding->field_count; i++) {
        const struct bound_field *bound = &binding->fields[i];
        enum field_shape shape = bound->field->field.shape;
        struct cell cell;
        struct reading reading;
        if (shape == SHAPE_NAME || shape == SHAPE_CODE) {
            continue;
        }
        code = read_field(reader, bound, &cell, &reading);
        if (code == RESULT_OK && reading.parse != PARSE_NONE) {
            code = place_enterprise(reader, bound, &cell, &reading);
        }
    }
    return code;
}

enum result mapper_read_rest(const struct binding *binding, const struct row *row, date as_of,
                             struct arena *arena, struct mapped *mapped, struct error *error) {
    struct reader reader = {binding, row, arena, mapped, error};
    if (mapped->reason != REASON_NONE) {
        return RESULT_OK;
    }
    return binding->profile->kind == IMPORT_FACTS ? read_fact(&reader, as_of)
                                                  : read_enterprise(&reader);
}
