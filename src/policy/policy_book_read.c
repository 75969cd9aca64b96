#include "policy/policy_book.h"

#include "base/gettext.h"
#include "base/text.h"
#include "book/read.h"
#include "policy/policy_book_place.h"
#include "policy/policy_cell.h"

#include <stdlib.h>
#include <string.h>

/* Rows from the top among which the header is looked for: people put titles above tables. */
#define HEADER_ROWS 10

/* Columns of the general sheet. */
#define GENERAL_TITLE 0
#define GENERAL_VALUE 1

/* A workbook being read. */
struct reading {
    struct arena *arena;
    json_t *document;
    json_t *dictionary;
    struct policy_cells cells;
    struct policy_places places;
    struct policy_faults *faults;
    enum policy_sheet sheet;
    bool header; /* of the sheet at hand was found */
    uint32_t seen;
};

static void fault_at(struct reading *reading, uint32_t row, uint32_t column, const char *sentence) {
    policy_fault_add(reading->faults,
                     policy_place_cell(&reading->places, reading->sheet, row, column), sentence);
}

/* Titles are compared without blanks, and whatever the width of their brackets. */
static bool same_title(const char *first, const char *second) {
    char *left = text_name_key(first);
    char *right = text_name_key(second);
    bool same = left != NULL && right != NULL && strcmp(left, right) == 0;
    free(left);
    free(right);
    return same;
}

/* Takes a row for the header when it has the titles of the sheet's first two columns. */
static void take_header(struct reading *reading, const struct book_reader_row *row) {
    size_t count = 0;
    size_t found = 0;
    const struct policy_column *columns = policy_sheet_columns(reading->sheet, &count);
    uint32_t *places = reading->places.columns[reading->sheet];
    for (size_t i = 0; i < count; i++) {
        places[i] = POLICY_NO_COLUMN;
        for (size_t j = 0; j < row->count && places[i] == POLICY_NO_COLUMN; j++) {
            if (same_title(row->cells[j].text, columns[i].title)) {
                places[i] = row->cells[j].column;
                found++;
            }
        }
    }
    reading->header = found > 1;
    for (size_t i = 0; reading->header && i < count; i++) {
        if (places[i] == POLICY_NO_COLUMN && columns[i].shape != POLICY_SHAPE_SHOWN) {
            const char *sentence =
                arena_printf(reading->arena, _("The column \"%s\" is missing."), columns[i].title);
            fault_at(reading, row->row, 0, sentence == NULL ? "" : sentence);
        }
    }
}

/* The text of the layout's column number index in a row; "" when empty. */
static const char *text_in(const struct reading *reading, const struct book_reader_row *row,
                           size_t index) {
    uint32_t column = reading->places.columns[reading->sheet][index];
    const struct book_reader_cell *cell =
        column == POLICY_NO_COLUMN ? NULL : book_reader_cell(row, column);
    return cell == NULL || text_blank(cell->text) ? "" : cell->text;
}

/* True when nothing but what is only shown stands in the row. */
static bool empty_row(const struct reading *reading, const struct book_reader_row *row) {
    size_t count = 0;
    const struct policy_column *columns = policy_sheet_columns(reading->sheet, &count);
    for (size_t i = 0; i < count; i++) {
        if (columns[i].shape != POLICY_SHAPE_SHOWN && text_in(reading, row, i)[0] != '\0') {
            return false;
        }
    }
    return true;
}

/* The value of a cell, or NULL when it is empty or wrong, which is noted. */
static json_t *value_at(struct reading *reading, const struct policy_column *column,
                        const char *text, uint32_t row, uint32_t place) {
    const char *wrong = NULL;
    if (text[0] == '\0') {
        return NULL;
    }
    json_t *value = policy_cell_value(&reading->cells, column, text, &wrong);
    if (wrong != NULL) {
        fault_at(reading, row, place, wrong);
    }
    return value;
}

static json_t *value_in(struct reading *reading, const struct book_reader_row *row, size_t index) {
    size_t count = 0;
    const struct policy_column *columns = policy_sheet_columns(reading->sheet, &count);
    return value_at(reading, &columns[index], text_in(reading, row, index), row->row,
                    reading->places.columns[reading->sheet][index]);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static enum result take_general(struct reading *reading, const struct book_reader_row *row,
                                struct error *error) {
    size_t count = 0;
    const struct policy_column *items = policy_sheet_columns(POLICY_SHEET_GENERAL, &count);
    const struct book_reader_cell *title = book_reader_cell(row, GENERAL_TITLE);
    const struct book_reader_cell *cell = book_reader_cell(row, GENERAL_VALUE);
    for (size_t i = 0; title != NULL && i < count; i++) {
        if (!same_title(title->text, items[i].title)) {
            continue;
        }
        const char *path = arena_printf(reading->arena, ".%s", items[i].key);
        const char *text = cell == NULL || text_blank(cell->text) ? "" : cell->text;
        json_t *value = value_at(reading, &items[i], text, row->row, GENERAL_VALUE);
        bool whole = value == NULL || policy_way_set(reading->document, items[i].key, value);
        if (path == NULL || !whole ||
            !policy_place_add(&reading->places, path, POLICY_SHEET_GENERAL, row->row)) {
            return error_no_memory(error);
        }
    }
    return RESULT_OK;
}

/* Whether an indicator has bands or codes, by its kind; they are there even where none is. */
static const char *list_of(json_t *indicator) {
    const char *kind = json_string_value(json_object_get(indicator, "kind"));
    const char *attribute = json_string_value(json_object_get(indicator, "attribute"));
    if (kind == NULL || strcmp(kind, "present") == 0 ||
        (strcmp(kind, "event") == 0 && json_object_get(indicator, "by") == NULL)) {
        return NULL;
    }
    bool codes = strcmp(kind, "attribute") == 0 && attribute != NULL &&
                 (strcmp(attribute, "kind") == 0 || strcmp(attribute, "status") == 0 ||
                  strcmp(attribute, "industry") == 0);
    return codes ? "codes" : "bands";
}

static enum result take_listed(struct reading *reading, const struct book_reader_row *row,
                               const char *key, struct error *error) {
    size_t count = 0;
    const struct policy_column *columns = policy_sheet_columns(reading->sheet, &count);
    json_t *list = json_object_get(reading->document, key);
    json_t *object = json_object();
    const char *path = arena_printf(reading->arena, ".%s[%zu]", key, json_array_size(list));
    bool whole = object != NULL && path != NULL;
    for (size_t i = 0; whole && i < count; i++) {
        json_t *value = value_in(reading, row, i);
        whole = value == NULL || policy_way_set(object, columns[i].key, value);
    }
    const char *needed = reading->sheet == POLICY_SHEET_INDICATORS ? list_of(object) : NULL;
    if (whole && needed != NULL) {
        whole =
            json_object_set_new(object, needed,
                                strcmp(needed, "codes") == 0 ? json_object() : json_array()) == 0;
    }
    whole = json_array_append_new(list, object) == 0 && whole;
    whole = whole && policy_place_add(&reading->places, path, reading->sheet, row->row);
    return whole ? RESULT_OK : error_no_memory(error);
}

/* The indicator of a code, and its number; NULL when there is none. */
static json_t *find_indicator(const struct reading *reading, const char *code, size_t *number) {
    json_t *list = json_object_get(reading->document, "indicators");
    for (*number = 0; *number < json_array_size(list); (*number)++) {
        json_t *one = json_array_get(list, *number);
        const char *other = json_string_value(json_object_get(one, "code"));
        if (other != NULL && strcmp(other, code) == 0) {
            return one;
        }
    }
    return NULL;
}

/* What a row of the sheet of bands is: what it says, else what it looks like. */
static size_t what_is(struct reading *reading, const struct book_reader_row *row) {
    json_t *word = value_in(reading, row, POLICY_BAND_WHAT);
    const char *code = json_string_value(word);
    size_t what = text_in(reading, row, POLICY_BAND_PERCENT)[0] != '\0' ? POLICY_BAND_IS_STEP
                  : text_in(reading, row, POLICY_BAND_CODE)[0] != '\0'  ? POLICY_BAND_IS_CODE
                                                                        : POLICY_BAND_IS_BAND;
    for (size_t i = 0; code != NULL && i < policy_words_count(POLICY_WORDS_BAND); i++) {
        what = strcmp(policy_words_code(POLICY_WORDS_BAND, i), code) == 0 ? i : what;
    }
    json_decref(word);
    return what;
}

/* Notes cells that have no meaning in a row of this sort. */
static void check_unused(struct reading *reading, const struct book_reader_row *row, size_t what) {
    static const bool used[][POLICY_BAND_PERCENT + 1] = {
        [POLICY_BAND_IS_BAND] =
            {[POLICY_BAND_FROM] = true, [POLICY_BAND_TO] = true, [POLICY_BAND_POINTS] = true},
        [POLICY_BAND_IS_CODE] = {[POLICY_BAND_CODE] = true, [POLICY_BAND_POINTS] = true},
        [POLICY_BAND_IS_STEP] = {[POLICY_BAND_TO] = true, [POLICY_BAND_PERCENT] = true},
    };
    for (size_t i = POLICY_BAND_FROM; i <= POLICY_BAND_PERCENT; i++) {
        if (i != POLICY_BAND_MEANING && !used[what][i] && text_in(reading, row, i)[0] != '\0') {
            const char *sentence =
                arena_printf(reading->arena, _("A row \"%s\" has nothing here; empty the cell."),
                             policy_words_word(POLICY_WORDS_BAND, what));
            fault_at(reading, row->row, reading->places.columns[POLICY_SHEET_BANDS][i],
                     sentence == NULL ? "" : sentence);
        }
    }
}

/* The array, or object, of an indicator under a key, made where it is not. */
static json_t *inner(json_t *indicator, const char *key, json_t *fresh) {
    json_t *there = json_object_get(indicator, key);
    if (there != NULL) {
        json_decref(fresh);
        return there;
    }
    json_object_set_new(indicator, key, fresh);
    return json_object_get(indicator, key);
}

/* Adds the row's value to its indicator; path tells where it went. False when memory is short. */
static bool add_band(struct reading *reading, const struct book_reader_row *row, size_t what,
                     json_t *indicator, size_t number, const char **path) {
    static const char *const keys[] = {"bands", "codes", "decay"};
    json_t *list =
        inner(indicator, keys[what], what == POLICY_BAND_IS_CODE ? json_object() : json_array());
    if (what == POLICY_BAND_IS_CODE) {
        const char *code = arena_strdup(reading->arena, text_in(reading, row, POLICY_BAND_CODE));
        json_t *points = value_in(reading, row, POLICY_BAND_POINTS);
        *path = arena_printf(reading->arena, ".indicators[%zu].codes.%s", number,
                             code == NULL ? "" : code);
        if (json_object_get(list, code) != NULL) {
            fault_at(reading, row->row,
                     reading->places.columns[POLICY_SHEET_BANDS][POLICY_BAND_CODE],
                     _("The indicator has this code already."));
        }
        return json_object_set_new(list, code, points == NULL ? json_null() : points) == 0;
    }
    *path = arena_printf(reading->arena, ".indicators[%zu].%s[%zu]", number, keys[what],
                         json_array_size(list));
    json_t *to = value_in(reading, row, POLICY_BAND_TO);
    if (what == POLICY_BAND_IS_STEP) {
        json_t *percent = value_in(reading, row, POLICY_BAND_PERCENT);
        json_t *step = json_pack("[o, o]", to == NULL ? json_null() : to,
                                 percent == NULL ? json_null() : percent);
        return json_array_append_new(list, step) == 0;
    }
    json_t *band = json_object();
    json_t *from = value_in(reading, row, POLICY_BAND_FROM);
    json_t *points = value_in(reading, row, POLICY_BAND_POINTS);
    bool whole = (from == NULL || json_object_set_new(band, "from", from) == 0) &&
                 (to == NULL || json_object_set_new(band, "to", to) == 0) &&
                 (points == NULL || json_object_set_new(band, "points", points) == 0);
    return json_array_append_new(list, band) == 0 && whole;
}

static enum result take_band(struct reading *reading, const struct book_reader_row *row,
                             struct error *error) {
    size_t number = 0;
    const char *code = text_in(reading, row, POLICY_BAND_OWNER);
    json_t *indicator = find_indicator(reading, code, &number);
    if (indicator == NULL) {
        const char *sentence =
            arena_printf(reading->arena, _("There is no indicator \"%s\" in the sheet \"%s\"."),
                         code, policy_sheet_name(POLICY_SHEET_INDICATORS));
        fault_at(reading, row->row, reading->places.columns[POLICY_SHEET_BANDS][0],
                 sentence == NULL ? "" : sentence);
        return RESULT_OK;
    }
    const char *path = NULL;
    size_t what = what_is(reading, row);
    check_unused(reading, row, what);
    bool whole = add_band(reading, row, what, indicator, number, &path) && path != NULL &&
                 policy_place_add(&reading->places, path, POLICY_SHEET_BANDS, row->row);
    return whole ? RESULT_OK : error_no_memory(error);
}

static enum result take_measure(struct reading *reading, const struct book_reader_row *row,
                                struct error *error) {
    size_t count = 0;
    const struct policy_column *columns = policy_sheet_columns(POLICY_SHEET_MEASURES, &count);
    json_t *letter = value_in(reading, row, POLICY_MEASURE_CLASS);
    if (letter == NULL) {
        if (text_in(reading, row, POLICY_MEASURE_CLASS)[0] == '\0') {
            fault_at(reading, row->row,
                     reading->places.columns[POLICY_SHEET_MEASURES][POLICY_MEASURE_CLASS],
                     _("Give the class: A, B, C or D."));
        }
        return RESULT_OK;
    }
    json_t *measures = json_object_get(reading->document, "measures");
    json_t *object = json_object();
    const char *path = arena_printf(reading->arena, ".measures.%s", json_string_value(letter));
    bool whole = object != NULL && path != NULL;
    if (json_object_get(measures, json_string_value(letter)) != NULL) {
        fault_at(reading, row->row,
                 reading->places.columns[POLICY_SHEET_MEASURES][POLICY_MEASURE_CLASS],
                 _("The class stands in a row above already."));
    }
    for (size_t i = POLICY_MEASURE_CLASS + 1; whole && i < count; i++) {
        json_t *value = value_in(reading, row, i);
        whole = value == NULL || policy_way_set(object, columns[i].key, value);
    }
    whole = json_object_set_new(measures, json_string_value(letter), object) == 0 && whole;
    json_decref(letter);
    whole = whole && policy_place_add(&reading->places, path, POLICY_SHEET_MEASURES, row->row);
    return whole ? RESULT_OK : error_no_memory(error);
}

static enum result take_row(void *context, const struct book_reader_row *row, struct error *error) {
    struct reading *reading = context;
    if (reading->sheet == POLICY_SHEET_GENERAL) {
        return take_general(reading, row, error);
    }
    if (!reading->header) {
        if (reading->seen++ < HEADER_ROWS) {
            take_header(reading, row);
        }
        return RESULT_OK;
    }
    if (empty_row(reading, row)) {
        return RESULT_OK;
    }
    switch (reading->sheet) {
    case POLICY_SHEET_DIMENSIONS:
        return take_listed(reading, row, "dimensions", error);
    case POLICY_SHEET_INDICATORS:
        return take_listed(reading, row, "indicators", error);
    case POLICY_SHEET_BANDS:
        return take_band(reading, row, error);
    case POLICY_SHEET_DIRECT:
        return take_listed(reading, row, "direct", error);
    default:
        return take_measure(reading, row, error);
    }
}

/* ---- the workbook ---------------------------------------------------------------------------- */

/* Takes a row of words and codes into the dictionary; the first row names the lists. */
static enum result take_words(void *context, const struct book_reader_row *row,
                              struct error *error) {
    struct reading *reading = context;
    (void)error;
    for (size_t i = 0; i < row->count; i++) {
        const struct book_reader_cell *word = &row->cells[i];
        const struct book_reader_cell *code = book_reader_cell(row, word->column + 1);
        const char *title = word->column / 2 + 1 < POLICY_WORDS_COUNT
                                ? policy_words_title((enum policy_words)(word->column / 2 + 1))
                                : NULL;
        if (word->column % 2 == 0 && code != NULL && title != NULL && row->row > 0) {
            json_t *list = inner(reading->dictionary, title, json_object());
            json_object_set_new(list, word->text, json_string(code->text));
        }
    }
    return RESULT_OK;
}

static enum result read_sheet(struct reading *reading, struct book_reader *reader,
                              enum policy_sheet number, struct error *error) {
    const char *name = policy_sheet_name(number);
    size_t sheet = book_reader_find(reader, name);
    reading->sheet = number;
    reading->header = false;
    reading->seen = 0;
    if (sheet == SIZE_MAX) {
        const char *sentence =
            arena_printf(reading->arena, _("The workbook has no sheet \"%s\"."), name);
        fault_at(reading, 0, 0, sentence == NULL ? "" : sentence);
        return RESULT_OK;
    }
    enum result code = book_reader_rows(reader, sheet, take_row, reading, error);
    if (code == RESULT_OK && number != POLICY_SHEET_GENERAL && !reading->header) {
        fault_at(reading, 0, 0,
                 _("The titles of the columns are missing; take them from a policy that was "
                   "exported."));
    }
    return code;
}

static enum result read_sheets(struct reading *reading, struct book_reader *reader,
                               struct error *error) {
    enum result code = RESULT_OK;
    size_t words = book_reader_find(reader, POLICY_WORDS_SHEET);
    if (words != SIZE_MAX) {
        code = book_reader_rows(reader, words, take_words, reading, error);
    }
    for (int i = 0; code == RESULT_OK && i < POLICY_SHEET_COUNT; i++) {
        code = read_sheet(reading, reader, (enum policy_sheet)i, error);
    }
    return code;
}

/* Checks the document by the rules of policies and tells what is broken by its cells. */
static enum result check_rules(struct reading *reading, const char *path, const char **text,
                               struct policy **policy, struct error *error) {
    struct json_faults broken;
    char *json = json_dumps(reading->document, JSON_INDENT(2));
    *text = json == NULL ? NULL : arena_strdup(reading->arena, json);
    free(json);
    if (*text == NULL) {
        return error_no_memory(error);
    }
    enum result code = policy_check(policy, *text, path, reading->arena, &broken, error);
    for (size_t i = 0; code == RESULT_OK && i < broken.count; i++) {
        policy_place_fault(&reading->places, &broken.items[i], reading->faults);
    }
    reading->faults->more = reading->faults->more || (code == RESULT_OK && broken.more);
    if (reading->faults->count > 0) {
        policy_free(*policy);
        *policy = NULL;
    }
    return code == RESULT_OK && arena_failed(reading->arena) ? error_no_memory(error) : code;
}

enum result policy_book_read(const char *path, struct arena *arena, const char **text,
                             struct policy **policy, struct policy_faults *faults,
                             struct error *error) {
    struct book_reader *reader = NULL;
    json_t *document =
        json_pack("{s:[], s:[], s:[], s:{}}", "dimensions", "indicators", "direct", "measures");
    struct reading reading = {
        .arena = arena,
        .document = document,
        .dictionary = json_object(),
        .places = {.arena = arena},
        .faults = faults,
    };
    reading.cells = (struct policy_cells){.arena = arena,
                                          .dimensions = json_object_get(document, "dimensions"),
                                          .dictionary = reading.dictionary};
    *policy = NULL;
    *text = NULL;
    *faults = (struct policy_faults){0};
    enum result code = document == NULL || reading.dictionary == NULL
                           ? error_no_memory(error)
                           : book_reader_open(&reader, path, error);
    if (code == RESULT_OK) {
        code = read_sheets(&reading, reader, error);
    }
    if (code == RESULT_OK) {
        code = check_rules(&reading, path, text, policy, error);
    }
    book_reader_close(reader);
    json_decref(document);
    json_decref(reading.dictionary);
    return code;
}
