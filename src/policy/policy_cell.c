#include "policy/policy_cell.h"

#include "base/gettext.h"
#include "base/text.h"
#include "registry/enterprise.h"
#include "registry/industry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What stands between the items of a list. Where an item has it itself, each is on its own line. */
#define BETWEEN "、"

/* A text that is there and empty, which an empty cell is not; and a value that is null. */
#define EMPTY_TEXT "（空）"
#define NO_VALUE "无"

/* What every JSON reader keeps exact. */
#define MOST_NUMBER 9007199254740992.0

/* ---- ways ------------------------------------------------------------------------------------ */

/* The first step of a way; the rest behind it, or NULL. */
static const char *first_step(const char *way, char step[static 32]) {
    size_t length = strcspn(way, ".");
    length = length < 31 ? length : 31;
    memcpy(step, way, length);
    step[length] = '\0';
    return way[length] == '.' ? way + length + 1 : NULL;
}

json_t *policy_way_get(json_t *object, const char *way) {
    char step[32];
    const char *rest = first_step(way, step);
    json_t *value = json_object_get(object, step);
    return rest == NULL ? value : policy_way_get(value, rest);
}

bool policy_way_set(json_t *object, const char *way, json_t *value) {
    char step[32];
    const char *rest = first_step(way, step);
    if (rest == NULL) {
        return json_object_set_new(object, step, value) == 0;
    }
    json_t *inner = json_object_get(object, step);
    if (inner == NULL) {
        json_object_set_new(object, step, json_object());
        inner = json_object_get(object, step);
    }
    if (inner == NULL) {
        json_decref(value);
        return false;
    }
    return policy_way_set(inner, rest, value);
}

/* ---- writing --------------------------------------------------------------------------------- */

static const char *kept(const struct policy_cells *cells, struct buffer *buffer) {
    const char *copy = arena_strdup(cells->arena, buffer_text(buffer));
    buffer_free(buffer);
    return copy == NULL ? "" : copy;
}

/* The word of a code; the code itself when it has none. */
static const char *word_of(const struct policy_column *column, const char *code) {
    const char *word =
        column->words == POLICY_WORDS_NONE ? NULL : policy_words_of(column->words, code);
    return word == NULL ? code : word;
}

static const char *list_text(const struct policy_cells *cells, const struct policy_column *column,
                             const json_t *list) {
    struct buffer text = BUFFER_INIT;
    size_t count = json_array_size(list);
    bool lines = false;
    for (size_t i = 0; i < count; i++) {
        const char *item = json_string_value(json_array_get(list, i));
        lines = lines || (item != NULL && strstr(word_of(column, item), BETWEEN) != NULL);
    }
    for (size_t i = 0; i < count; i++) {
        const char *item = json_string_value(json_array_get(list, i));
        buffer_append_text(&text, i == 0 ? "" : lines ? "\n" : BETWEEN);
        buffer_append_text(&text, item == NULL ? "" : word_of(column, item));
    }
    if (lines && count == 1) { /* else the one would be taken for two */
        buffer_append_char(&text, '\n');
    }
    return kept(cells, &text);
}

static const char *dimension_text(const struct policy_cells *cells, const char *code) {
    const char *name = NULL;
    size_t alike = 0;
    for (size_t i = 0; i < json_array_size(cells->dimensions); i++) {
        json_t *one = json_array_get(cells->dimensions, i);
        const char *other = json_string_value(json_object_get(one, "code"));
        if (other != NULL && strcmp(other, code) == 0) {
            name = json_string_value(json_object_get(one, "name"));
        }
    }
    for (size_t i = 0; name != NULL && i < json_array_size(cells->dimensions); i++) {
        json_t *one = json_array_get(cells->dimensions, i);
        const char *texts[] = {json_string_value(json_object_get(one, "code")),
                               json_string_value(json_object_get(one, "name"))};
        for (int j = 0; j < 2; j++) {
            alike += texts[j] != NULL && strcmp(texts[j], name) == 0;
        }
    }
    return alike == 1 ? name : code;
}

static const char *rate_text(const struct policy_cells *cells, const json_t *rate) {
    json_int_t num = json_integer_value(json_object_get(rate, "num"));
    json_int_t den = json_integer_value(json_object_get(rate, "den"));
    const char *text =
        den == 100 ? arena_printf(cells->arena, "%lld%%", (long long)num)
                   : arena_printf(cells->arena, "%lld/%lld", (long long)num, (long long)den);
    return text == NULL ? "" : text;
}

static const char *number_text(const struct policy_cells *cells, const json_t *value, bool yuan) {
    long long number = json_integer_value(value);
    const char *text = !yuan || number % 100 == 0
                           ? arena_printf(cells->arena, "%lld", yuan ? number / 100 : number)
                           : arena_printf(cells->arena, "%s%lld.%02lld", number < 0 ? "-" : "",
                                          llabs(number) / 100, llabs(number) % 100);
    return text == NULL ? "" : text;
}

const char *policy_cell_text(const struct policy_cells *cells, const struct policy_column *column,
                             const json_t *value) {
    const char *text = json_string_value(value);
    if (value == NULL || json_is_null(value)) {
        return value == NULL ? "" : NO_VALUE;
    }
    switch (column->shape) {
    case POLICY_SHAPE_TEXT:
        return text == NULL ? "" : text[0] == '\0' ? EMPTY_TEXT : text;
    case POLICY_SHAPE_WORD:
        return text == NULL ? "" : word_of(column, text);
    case POLICY_SHAPE_DIMENSION:
        return text == NULL ? "" : dimension_text(cells, text);
    case POLICY_SHAPE_WORDS:
    case POLICY_SHAPE_TEXTS:
        return list_text(cells, column, value);
    case POLICY_SHAPE_RATE:
        return rate_text(cells, value);
    case POLICY_SHAPE_NUMBER:
    case POLICY_SHAPE_YUAN:
        return number_text(cells, value, column->shape == POLICY_SHAPE_YUAN);
    case POLICY_SHAPE_SHOWN:
        break;
    }
    return "";
}

const char *policy_item_name(struct arena *arena, const char *list, const char *code,
                             const json_t *item) {
    if (strcmp(list, "codes") == 0) {
        return code;
    }
    if (strcmp(list, "decay") == 0) {
        return arena_printf(arena, _("below %lld months"),
                            (long long)json_integer_value(json_array_get(item, 0)));
    }
    const json_t *from = json_object_get(item, "from");
    const json_t *to = json_object_get(item, "to");
    long long ends[2] = {json_integer_value(from), json_integer_value(to)};
    if (!json_is_integer(from) || !json_is_integer(to)) {
        return !json_is_integer(from) && !json_is_integer(to) ? arena_strdup(arena, "*")
               : json_is_integer(from) ? arena_printf(arena, "%lld ~", ends[0])
                                       : arena_printf(arena, "~ %lld", ends[1]);
    }
    return arena_printf(arena, "%lld ~ %lld", ends[0], ends[1]);
}

const char *policy_code_meaning(const char *attribute, const char *code) {
    const char *name = NULL;
    if (attribute != NULL && strcmp(attribute, "industry") == 0) {
        name = industry_name(code);
    } else if (attribute != NULL && strcmp(attribute, "status") == 0) {
        name = enterprise_status_name(code);
    } else if (attribute != NULL && strcmp(attribute, "kind") == 0) {
        name = enterprise_kind_name(code);
    }
    return name == NULL || strcmp(name, code) == 0 ? "" : name;
}

/* ---- reading --------------------------------------------------------------------------------- */

/* A number as programs write it, in hundredths; false when it is none, or has more digits behind
 * the point than two. */
static bool read_hundredths(const char *text, double *hundredths) {
    char *end = NULL;
    double number = strtod(text, &end);
    double scaled = number * 100;
    *hundredths = round(scaled);
    return text[strspn(text, "+-0123456789.eE")] == '\0' && end != text && *end == '\0' &&
           fabs(scaled) <= MOST_NUMBER && fabs(scaled - *hundredths) < 1e-6 * fmax(1, fabs(number));
}

static json_t *read_number(const struct policy_cells *cells, const char *text, bool yuan,
                           const char **wrong) {
    double hundredths = 0;
    bool good = read_hundredths(text, &hundredths);
    json_int_t fen = good ? (json_int_t)hundredths : 0;
    if (good && (yuan || fen % 100 == 0)) {
        return json_integer(yuan ? fen : fen / 100);
    }
    *wrong = arena_printf(cells->arena,
                          yuan ? _("\"%s\" is no amount in yuan with at most two decimals.")
                               : _("\"%s\" is no whole number."),
                          text);
    return NULL;
}

/* "5%", "1/5", or the number that programs make of the first. */
static json_t *read_rate(const struct policy_cells *cells, const char *text, const char **wrong) {
    long long num = 0;
    long long den = 0;
    char behind = '\0';
    double number = 0;
    if (sscanf(text, "%lld/%lld%c", &num, &den, &behind) == 2 ||
        (sscanf(text, "%lld%c%c", &num, &behind, &behind) == 2 && behind == '%')) {
        den = den == 0 ? 100 : den;
        return json_pack("{s:I, s:I}", "num", (json_int_t)num, "den", (json_int_t)den);
    }
    if (sscanf(text, "%lf%c", &number, &behind) == 1 && number >= 0 && number <= 1 &&
        fabs(number * 100 - round(number * 100)) < 1e-9) {
        return json_pack("{s:I, s:I}", "num", (json_int_t)round(number * 100), "den",
                         (json_int_t)100);
    }
    *wrong = arena_printf(cells->arena, _("\"%s\" is no share; write it like 5%% or 1/5."), text);
    return NULL;
}

/* The code of a word: the program's own, else the workbook's. */
static const char *find_code(const struct policy_cells *cells, const struct policy_column *column,
                             const char *word) {
    const char *code = policy_words_find(column->words, word);
    if (code == NULL && cells->dictionary != NULL) {
        const json_t *list = json_object_get(cells->dictionary, policy_words_title(column->words));
        code = json_string_value(json_object_get(list, word));
    }
    return code;
}

static json_t *read_word(const struct policy_cells *cells, const struct policy_column *column,
                         const char *word, const char **wrong) {
    const char *code = find_code(cells, column, word);
    if (code == NULL) {
        *wrong = arena_printf(cells->arena,
                              _("\"%s\" is not known here; the words are in the column \"%s\" of "
                                "the sheet \"%s\"."),
                              word, policy_words_title(column->words), POLICY_WORDS_SHEET);
        return NULL;
    }
    return json_string(code);
}

static json_t *read_list(const struct policy_cells *cells, const struct policy_column *column,
                         const char *text, const char **wrong) {
    const char *between = strchr(text, '\n') != NULL ? "\n" : BETWEEN;
    json_t *list = json_array();
    for (const char *at = text; *at != '\0' && *wrong == NULL;) {
        const char *end = strstr(at, between);
        size_t length = end == NULL ? strlen(at) : (size_t)(end - at);
        const char *item = arena_printf(cells->arena, "%.*s", (int)length, at);
        if (item == NULL) {
            break;
        }
        if (!text_blank(item)) {
            json_array_append_new(list, column->shape == POLICY_SHAPE_TEXTS
                                            ? json_string(item)
                                            : read_word(cells, column, item, wrong));
        }
        at += length + (end == NULL ? 0 : strlen(between));
    }
    if (*wrong != NULL) {
        json_decref(list);
        return NULL;
    }
    return list;
}

/* A dimension by its code, else by its name. */
static json_t *read_dimension(const struct policy_cells *cells, const char *text,
                              const char **wrong) {
    static const char *const keys[] = {"code", "name"};
    for (int key = 0; key < 2; key++) {
        for (size_t i = 0; i < json_array_size(cells->dimensions); i++) {
            json_t *one = json_array_get(cells->dimensions, i);
            const char *known = json_string_value(json_object_get(one, keys[key]));
            const char *code = json_string_value(json_object_get(one, "code"));
            if (known != NULL && code != NULL && strcmp(known, text) == 0) {
                return json_string(code);
            }
        }
    }
    *wrong = arena_printf(cells->arena, _("There is no dimension \"%s\" in this policy."), text);
    return NULL;
}

/* All but texts may be written in full width, with blanks at the ends. */
static json_t *read_folded(const struct policy_cells *cells, const struct policy_column *column,
                           const char *text, const char **wrong) {
    char *folded = text_normalise(text);
    const char *plain = folded == NULL ? text : arena_strdup(cells->arena, folded);
    free(folded);
    if (plain == NULL) {
        return NULL;
    }
    return column->shape == POLICY_SHAPE_RATE
               ? read_rate(cells, plain, wrong)
               : read_number(cells, plain, column->shape == POLICY_SHAPE_YUAN, wrong);
}

json_t *policy_cell_value(const struct policy_cells *cells, const struct policy_column *column,
                          const char *text, const char **wrong) {
    *wrong = NULL;
    if (column->shape == POLICY_SHAPE_TEXT) {
        return json_string(strcmp(text, EMPTY_TEXT) == 0 ? "" : text);
    }
    if (strcmp(text, NO_VALUE) == 0) {
        return json_null();
    }
    switch (column->shape) {
    case POLICY_SHAPE_WORD:
        return read_word(cells, column, text, wrong);
    case POLICY_SHAPE_WORDS:
    case POLICY_SHAPE_TEXTS:
        return read_list(cells, column, text, wrong);
    case POLICY_SHAPE_DIMENSION:
        return read_dimension(cells, text, wrong);
    default:
        return read_folded(cells, column, text, wrong);
    }
}
