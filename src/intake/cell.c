#include "intake/cell.h"

#include "base/gettext.h"
#include "base/text.h"
#include "intake/quick_cell.h"
#include "intake/value_money.h"
#include "registry/division.h"
#include "registry/industry.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Columns of a cell quoted in a sentence. */
#define QUOTE_COLUMNS 40

const char *cell_shorten(struct arena *arena, const char *cell) {
    if (cell == NULL) {
        return NULL;
    }
    size_t length = strlen(cell);
    size_t fit = text_fit(cell, length, QUOTE_COLUMNS, NULL);
    return arena_printf(arena, "%.*s%s", (int)fit, cell, fit < length ? "..." : "");
}

enum result cell_no_memory(struct cell_reader *reader) {
    return error_no_memory(reader->error);
}

enum result cell_refuse_row(struct cell_reader *reader, enum reason reason, const char *format,
                            ...) {
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
    return sentence == NULL ? cell_no_memory(reader) : RESULT_OK;
}

/* Refuses a cell that is not of its field's shape. */
enum result cell_refuse(struct cell_reader *reader, enum reason reason, const struct cell *cell,
                        const char *what) {
    const char *quoted = cell_shorten(reader->arena, cell->text);
    if (quoted == NULL) {
        return cell_no_memory(reader);
    }
    if (reader->mapped->reason == REASON_NONE) {
        reader->mapped->wrong = what;
    }
    return cell_refuse_row(reader, reason, _("Column %s: \"%s\" %s."), cell->header, quoted, what);
}

static bool is_broken(const char *text) {
    return strstr(text, "\xEF\xBF\xBD") != NULL;
}

/* True when a cell holds nothing, in whatever way it says so. */
static bool is_blank(const char *text) {
    char folded[VALUE_SIZE];
    return text[0] == '\0' ||
           (!quick_cell_speaks(text, strlen(text)) && value_fold(text, folded, sizeof(folded)) &&
            value_is_nothing(folded));
}

/* Finds the cell of a field. */
enum result cell_find(struct cell_reader *reader, const struct bound_field *bound,
                      struct cell *cell) {
    *cell = (struct cell){.text = bound->field->constant,
                          .header = bound->field->field.name,
                          .unit = bound->field->unit == 0 ? MONEY_YUAN : bound->field->unit};
    bool cut = false;
    for (size_t i = 0; i < bound->column_count; i++) {
        const char *text = row_cell(reader->row, bound->columns[i]);
        if (is_blank(text)) {
            continue;
        }
        cut = row_cell_cut(reader->row, bound->columns[i]);
        cell->text = text;
        cell->header = reader->binding->headers[bound->columns[i]];
        cell->unit = bound->units[i];
        break;
    }
    if (bound->currency_count > 0 && !is_blank(row_cell(reader->row, bound->currencies[0]))) {
        cell->currency = row_cell(reader->row, bound->currencies[0]);
    }
    if (cell->text != NULL && is_broken(cell->text)) {
        return cell_refuse(reader, REASON_encoding, cell,
                           _("holds characters that cannot be read; type them anew"));
    }
    if (cut) {
        return cell_refuse(reader, REASON_bad_value, cell,
                           _("is a number of more than 15 digits, of which the workbook has lost "
                             "the last; make the cell text and type it anew"));
    }
    return RESULT_OK;
}
/* Looks a cell up in the field's map and parts; *word is NULL when neither knows it. */
static enum result look_up(struct cell_reader *reader, const struct profile_field *field,
                           const char *text, const char **word) {
    size_t size = strlen(text) + 3;
    char *folded = arena_alloc(reader->arena, size);
    *word = field->fallback;
    if (folded == NULL) {
        return cell_no_memory(reader);
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
static enum result translate(struct cell_reader *reader, const struct profile_field *field,
                             struct cell *cell) {
    if (cell->text == NULL || cell->text == field->constant ||
        field->map.count + field->contains.count == 0) {
        return RESULT_OK;
    }
    const char *word = NULL;
    enum result code = look_up(reader, field, cell->text, &word);
    if (code == RESULT_OK && word == NULL && field->map.count > 0) {
        return cell_refuse(reader, REASON_unknown_word, cell,
                           _("is a word that the profile does not know; add it to the profile"));
    }
    cell->text = word;
    return code;
}

static void read_region(const char *text, struct reading *reading, struct arena *arena) {
    size_t digits = strspn(text, "0123456789");
    reading->parse = PARSE_NONE;
    if (digits == 6 || digits == 9 || digits == 12) {
        char written[DIVISION_SIZE];
        char today[DIVISION_SIZE];
        snprintf(written, sizeof(written), "%.*s", digits == 6 ? 6 : 9, text);
        division_today(written, today);
        reading->text = arena_strdup(arena, today);
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
    if (full == NULL && length > 0) {
        full = industry_find(code);
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
static enum result read_shape(struct cell_reader *reader, const struct profile_field *field,
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
    case SHAPE_RATE:
        reading->parse = value_rate_parse(cell->text, &reading->number);
        break;
    case SHAPE_TIMES:
        reading->parse = value_times_parse(cell->text, &reading->number);
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
            return cell_no_memory(reader);
        }
        reading->parse = value_text_trim(text) ? PARSE_OK : PARSE_NONE;
        reading->text = text;
        break;
    }
    }
    return RESULT_OK;
}

/* What a cell of a shape should have been. */
const char *cell_expectation(enum field_shape shape) {
    switch (shape) {
    case SHAPE_DATE:
    case SHAPE_TERM_END:
        return _("is no day that can be read without doubt; write it as 2026-10-31");
    case SHAPE_MONEY:
        return _("is no amount of yuan; write a number, such as 2000 or 0.2 (in 10,000 yuan where "
                 "the column says so)");
    case SHAPE_INTEGER:
        return _("is no whole number");
    case SHAPE_RATE:
        return _("is no share; write it as 5%");
    case SHAPE_TIMES:
        return _("is no number of times; write it as 2");
    case SHAPE_FLAG:
        return _("must be yes or no (是 or 否)");
    default:
        return _("cannot be read");
    }
}

/* Finds, translates and reads the cell of a field; PARSE_NONE when there is nothing. */
enum result cell_read(struct cell_reader *reader, const struct bound_field *bound,
                      struct cell *cell, struct reading *reading) {
    *reading = (struct reading){.parse = PARSE_NONE};
    enum result code = cell_find(reader, bound, cell);
    if (code == RESULT_OK && reader->mapped->reason == REASON_NONE) {
        code = translate(reader, bound->field, cell);
    }
    if (code != RESULT_OK || cell->text == NULL || reader->mapped->reason != REASON_NONE) {
        return code;
    }
    return read_shape(reader, bound->field, cell, reading);
}

enum result cell_read_fields(struct cell_reader *reader, cell_placer *place) {
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
