#include "policy/policy_book.h"

#include "base/gettext.h"
#include "base/out_file.h"
#include "base/text.h"
#include "book/sheet.h"
#include "policy/policy_cell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Rows below the last in which words are offered too: for what people add. */
#define ROOM_ROWS 200

/* Indicators whose columns stay in sight. */
#define FROZEN_COLUMNS 2

/* A policy being written. */
struct writing {
    const struct policy *policy;
    date today;
    struct book *book;
    json_t *document;
    struct policy_cells cells;
};

static enum sheet_style style_of(const struct policy_column *column) {
    switch (column->shape) {
    case POLICY_SHAPE_NUMBER:
        return SHEET_ORDINAL;
    case POLICY_SHAPE_YUAN:
        return SHEET_POINTS;
    case POLICY_SHAPE_WORD:
    case POLICY_SHAPE_DIMENSION:
        return SHEET_CENTRE;
    case POLICY_SHAPE_RATE:
        return SHEET_CODE;
    case POLICY_SHAPE_TEXT:
        return column->key == NULL || strcmp(column->key, "code") == 0 ? SHEET_CODE : SHEET_TEXT;
    default:
        return SHEET_TEXT;
    }
}

/* A cell of a text that the layout made; numbers are numbers. */
static struct sheet_cell cell_of(enum sheet_style style, const char *text) {
    bool number = (style == SHEET_ORDINAL || style == SHEET_POINTS) && text[0] != '\0' &&
                  text[strspn(text, "-0123456789.")] == '\0';
    return number ? sheet_number(style, strtod(text, NULL)) : sheet_text(style, text);
}

/* A sheet of the layout with its header; one column a column. */
static struct sheet *begin_sheet(struct writing *writing, enum policy_sheet number) {
    size_t count = 0;
    const struct policy_column *columns = policy_sheet_columns(number, &count);
    struct sheet_column looks[SHEET_MOST_COLUMNS];
    struct sheet *sheet = book_add_sheet(writing->book, policy_sheet_name(number));
    for (size_t i = 0; i < count; i++) {
        looks[i] = (struct sheet_column){.title = columns[i].title,
                                         .least = columns[i].width < 16 ? columns[i].width : 16,
                                         .most = columns[i].width,
                                         .style = style_of(&columns[i])};
    }
    sheet_set_columns(sheet, looks, count);
    return sheet;
}

/* Ends measuring and puts the header, which stays in sight. */
static void settle_sheet(struct sheet *sheet, size_t frozen) {
    sheet_settle(sheet);
    sheet_header(sheet);
    sheet_freeze(sheet, frozen);
}

/* Offers the words of a column for so many rows from here on. Lists are not offered: a cell may
 * hold several words. */
static void offer(struct sheet *sheet, size_t index, const struct policy_column *column,
                  uint32_t rows) {
    if (column->shape == POLICY_SHAPE_DIMENSION) {
        sheet_offer(sheet, index, rows, policy_sheet_name(POLICY_SHEET_DIMENSIONS), 1,
                    POLICY_MOST_DIMENSIONS);
    } else if (column->shape == POLICY_SHAPE_WORD) {
        sheet_offer(sheet, index, rows, POLICY_WORDS_SHEET, 2 * (column->words - 1u),
                    policy_words_count(column->words));
    } else if (column->shape == POLICY_SHAPE_WORDS) {
        sheet_suggest(sheet, index, rows, POLICY_WORDS_SHEET, 2 * (column->words - 1u),
                      policy_words_count(column->words));
    }
}

static void offer_all(struct sheet *sheet, enum policy_sheet number, size_t rows) {
    size_t count = 0;
    const struct policy_column *columns = policy_sheet_columns(number, &count);
    for (size_t i = 0; i < count; i++) {
        offer(sheet, i, &columns[i], (uint32_t)rows);
    }
}

/* ---- sheets ---------------------------------------------------------------------------------- */

static void put_general(struct writing *writing) {
    static const struct sheet_column looks[] = {{"项目", 14, 14, SHEET_LABEL},
                                                {"内容", 70, 70, SHEET_TEXT},
                                                {"怎样填写", 46, 46, SHEET_TEXT}};
    size_t count = 0;
    const struct policy_column *rows = policy_sheet_columns(POLICY_SHEET_GENERAL, &count);
    struct sheet *sheet = book_add_sheet(writing->book, policy_sheet_name(POLICY_SHEET_GENERAL));
    sheet_set_columns(sheet, looks, 3);
    settle_sheet(sheet, 1);
    for (size_t i = 0; i < count; i++) {
        const char *text = policy_cell_text(&writing->cells, &rows[i],
                                            policy_way_get(writing->document, rows[i].key));
        bool number = rows[i].shape == POLICY_SHAPE_NUMBER;
        bool code = rows[i].shape == POLICY_SHAPE_TEXTS || strcmp(rows[i].key, "code") == 0 ||
                    strcmp(rows[i].key, "version") == 0;
        offer(sheet, 1, &rows[i], 0);
        SHEET_PUT(sheet, sheet_text(SHEET_LABEL, rows[i].title),
                  cell_of(number ? SHEET_ORDINAL
                          : code ? SHEET_CODE
                                 : SHEET_TEXT,
                          text),
                  sheet_text(SHEET_TEXT, _(rows[i].hint)));
    }
}

/* A sheet with one object of a list a row. */
static void put_list(struct writing *writing, enum policy_sheet number, const char *key) {
    size_t count = 0;
    const struct policy_column *columns = policy_sheet_columns(number, &count);
    json_t *list = json_object_get(writing->document, key);
    size_t rows = json_array_size(list);
    struct sheet *sheet = begin_sheet(writing, number);
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < count; j++) {
            json_t *value = policy_way_get(json_array_get(list, i), columns[j].key);
            sheet_measure(sheet, j, policy_cell_text(&writing->cells, &columns[j], value));
        }
    }
    settle_sheet(sheet, FROZEN_COLUMNS);
    offer_all(sheet, number, rows + ROOM_ROWS);
    for (size_t i = 0; i < rows; i++) {
        struct sheet_cell cells[SHEET_MOST_COLUMNS];
        for (size_t j = 0; j < count; j++) {
            json_t *value = policy_way_get(json_array_get(list, i), columns[j].key);
            cells[j] = cell_of(style_of(&columns[j]),
                               policy_cell_text(&writing->cells, &columns[j], value));
        }
        sheet_put(sheet, cells, count);
    }
    if (rows > 0) {
        sheet_filter(sheet, 0, sheet_row(sheet) - 1);
    }
    if (number == POLICY_SHEET_INDICATORS) {
        sheet_spread(sheet, 3, FROZEN_COLUMNS);
    }
}

/* One row of the sheet of bands; of what is NULL the cell stays empty. */
static void put_band(struct writing *writing, struct sheet *sheet, json_t *indicator, size_t what,
                     const json_t *values[static POLICY_BAND_PERCENT + 1]) {
    size_t count = 0;
    const struct policy_column *columns = policy_sheet_columns(POLICY_SHEET_BANDS, &count);
    struct sheet_cell cells[SHEET_MOST_COLUMNS];
    for (size_t i = 0; i < count; i++) {
        cells[i] = cell_of(style_of(&columns[i]),
                           policy_cell_text(&writing->cells, &columns[i], values[i]));
    }
    const char *code = json_string_value(values[POLICY_BAND_CODE]);
    const char *attribute = json_string_value(json_object_get(indicator, "attribute"));
    cells[POLICY_BAND_OWNER].kind = SHEET_IS_TEXT;
    cells[POLICY_BAND_OWNER].text = json_string_value(json_object_get(indicator, "code"));
    cells[POLICY_BAND_NAME] =
        sheet_text(SHEET_TEXT, json_string_value(json_object_get(indicator, "name")));
    cells[POLICY_BAND_WHAT] = sheet_text(SHEET_CENTRE, policy_words_word(POLICY_WORDS_BAND, what));
    cells[POLICY_BAND_MEANING] =
        sheet_text(SHEET_TEXT, code == NULL ? "" : policy_code_meaning(attribute, code));
    sheet_put(sheet, cells, count);
}

/* The rows of one indicator: its bands, its codes, its decay. */
static void put_bands_of(struct writing *writing, struct sheet *sheet, json_t *indicator) {
    json_t *bands = json_object_get(indicator, "bands");
    json_t *codes = json_object_get(indicator, "codes");
    json_t *decay = json_object_get(indicator, "decay");
    const char *code;
    json_t *points;
    for (size_t i = 0; i < json_array_size(bands); i++) {
        json_t *band = json_array_get(bands, i);
        put_band(writing, sheet, indicator, POLICY_BAND_IS_BAND,
                 (const json_t * [POLICY_BAND_PERCENT + 1]){
                     [POLICY_BAND_FROM] = json_object_get(band, "from"),
                     [POLICY_BAND_TO] = json_object_get(band, "to"),
                     [POLICY_BAND_POINTS] = json_object_get(band, "points")});
    }
    json_object_foreach(codes, code, points) {
        json_t *text = json_string(code);
        put_band(writing, sheet, indicator, POLICY_BAND_IS_CODE,
                 (const json_t * [POLICY_BAND_PERCENT + 1]){
                     [POLICY_BAND_CODE] = text, [POLICY_BAND_POINTS] = points});
        json_decref(text);
    }
    for (size_t i = 0; i < json_array_size(decay); i++) {
        json_t *step = json_array_get(decay, i);
        put_band(writing, sheet, indicator, POLICY_BAND_IS_STEP,
                 (const json_t *
                  [POLICY_BAND_PERCENT + 1]){[POLICY_BAND_TO] = json_array_get(step, 0),
                                             [POLICY_BAND_PERCENT] = json_array_get(step, 1)});
    }
}

static void put_bands(struct writing *writing) {
    json_t *list = json_object_get(writing->document, "indicators");
    struct sheet *sheet = begin_sheet(writing, POLICY_SHEET_BANDS);
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *indicator = json_array_get(list, i);
        const char *attribute = json_string_value(json_object_get(indicator, "attribute"));
        const char *code;
        json_t *points;
        sheet_measure(sheet, POLICY_BAND_NAME,
                      json_string_value(json_object_get(indicator, "name")));
        json_object_foreach(json_object_get(indicator, "codes"), code, points) {
            sheet_measure(sheet, POLICY_BAND_MEANING, policy_code_meaning(attribute, code));
        }
    }
    settle_sheet(sheet, FROZEN_COLUMNS);
    offer_all(sheet, POLICY_SHEET_BANDS, 2000);
    for (size_t i = 0; i < json_array_size(list); i++) {
        put_bands_of(writing, sheet, json_array_get(list, i));
    }
    if (sheet_row(sheet) > 1) {
        sheet_filter(sheet, 0, sheet_row(sheet) - 1);
    }
}

static void put_measures(struct writing *writing) {
    size_t count = 0;
    const struct policy_column *columns = policy_sheet_columns(POLICY_SHEET_MEASURES, &count);
    json_t *measures = json_object_get(writing->document, "measures");
    struct sheet *sheet = begin_sheet(writing, POLICY_SHEET_MEASURES);
    for (int i = 0; i < CLASS_COUNT; i++) {
        json_t *one = json_object_get(measures, risk_class_letter((enum risk_class)i));
        for (size_t j = 1; j < count; j++) {
            sheet_measure(sheet, j,
                          policy_cell_text(&writing->cells, &columns[j],
                                           json_object_get(one, columns[j].key)));
        }
    }
    settle_sheet(sheet, 1);
    for (int i = 0; i < CLASS_COUNT; i++) {
        const char *letter = risk_class_letter((enum risk_class)i);
        json_t *one = json_object_get(measures, letter);
        struct sheet_cell cells[SHEET_MOST_COLUMNS];
        cells[0] = sheet_text((enum sheet_style)(SHEET_CLASS_A + i), letter);
        for (size_t j = 1; j < count; j++) {
            cells[j] = cell_of(style_of(&columns[j]),
                               policy_cell_text(&writing->cells, &columns[j],
                                                json_object_get(one, columns[j].key)));
        }
        sheet_put(sheet, cells, count);
    }
}

/* ---- for who fills it in --------------------------------------------------------------------- */

static void put_notes(struct writing *writing) {
    static const struct sheet_column looks[] = {{"工作表", 12, 12, SHEET_LABEL},
                                                {"列", 18, 18, SHEET_LABEL},
                                                {"怎样填写", 90, 90, SHEET_TEXT}};
    struct sheet *sheet = book_add_sheet(writing->book, "填写说明");
    sheet_set_columns(sheet, looks, 3);
    sheet_settle(sheet);
    sheet_line(
        sheet, SHEET_PARAGRAPH,
        _("Change cells, add rows, delete rows; leave the names of the sheets and the titles "
          "of the columns as they are. An empty cell says that there is no such value. Take "
          "the file in with \"xinfeng policy import FILE\"; it becomes a draft, and what is "
          "wrong is told by sheet and cell."));
    sheet_header(sheet);
    sheet_freeze(sheet, 0);
    for (int i = POLICY_SHEET_DIMENSIONS; i < POLICY_SHEET_COUNT; i++) {
        size_t count = 0;
        const struct policy_column *columns = policy_sheet_columns((enum policy_sheet)i, &count);
        for (size_t j = 0; j < count; j++) {
            SHEET_PUT(sheet, sheet_text(SHEET_LABEL, policy_sheet_name((enum policy_sheet)i)),
                      sheet_text(SHEET_LABEL, columns[j].title),
                      sheet_text(SHEET_TEXT, _(columns[j].hint)));
        }
    }
}

/* Words and codes, a pair of columns a list. */
static void put_words(struct writing *writing) {
    struct sheet_column looks[SHEET_MOST_COLUMNS];
    struct sheet *sheet = book_add_sheet(writing->book, POLICY_WORDS_SHEET);
    size_t count = 0;
    size_t longest = 0;
    for (int i = 1; i < POLICY_WORDS_COUNT; i++) {
        enum policy_words words = (enum policy_words)i;
        looks[count++] = (struct sheet_column){policy_words_title(words), 10, 24, SHEET_CODE};
        looks[count++] = (struct sheet_column){"代码", 8, 22, SHEET_CODE};
        longest = policy_words_count(words) > longest ? policy_words_count(words) : longest;
    }
    sheet_set_columns(sheet, looks, count);
    for (size_t row = 0; row < longest; row++) {
        for (size_t i = 0; i < count; i++) {
            enum policy_words words = (enum policy_words)(i / 2 + 1);
            if (row < policy_words_count(words)) {
                sheet_measure(sheet, i,
                              i % 2 == 0 ? policy_words_word(words, row)
                                         : policy_words_code(words, row));
            }
        }
    }
    settle_sheet(sheet, 0);
    for (size_t row = 0; row < longest; row++) {
        struct sheet_cell cells[SHEET_MOST_COLUMNS];
        for (size_t i = 0; i < count; i++) {
            enum policy_words words = (enum policy_words)(i / 2 + 1);
            bool there = row < policy_words_count(words);
            cells[i] = sheet_text(SHEET_CODE, !there       ? ""
                                              : i % 2 == 0 ? policy_words_word(words, row)
                                                           : policy_words_code(words, row));
        }
        sheet_put(sheet, cells, count);
    }
    sheet_spread(sheet, 2, 1);
}

/* ---- the file -------------------------------------------------------------------------------- */

static enum result write_part(struct writing *writing, const char *part, const char *folder,
                              struct error *error) {
    const struct policy *policy = writing->policy;
    struct arena *arena = writing->cells.arena;
    const char *heading = arena_printf(arena, "%s %s", policy->name, policy->version);
    const char *proof = arena_printf(arena, _("policy %s %s, digest when written %.16s"),
                                     policy->code, policy->version, policy->digest);
    if (heading == NULL || proof == NULL) {
        return error_no_memory(error);
    }
    const struct book_facts facts = {.title = heading,
                                     .subject = policy->name,
                                     .author = _("Xinfeng"),
                                     .company = "",
                                     .keywords = policy->code,
                                     .comments = "",
                                     .heading = heading,
                                     .verification = proof,
                                     .created = writing->today};
    enum result code = book_new(&writing->book, part, folder, &facts, error);
    if (code != RESULT_OK) {
        return code;
    }
    book_set_property(writing->book, "policy digest", policy->digest);
    put_general(writing);
    put_list(writing, POLICY_SHEET_DIMENSIONS, "dimensions");
    put_list(writing, POLICY_SHEET_INDICATORS, "indicators");
    put_bands(writing);
    put_list(writing, POLICY_SHEET_DIRECT, "direct");
    put_measures(writing);
    put_notes(writing);
    put_words(writing);
    return book_close(writing->book, error);
}

/* What was written must come to the same document: a text too long for a cell, or a member that
 * the workbook has no place for, would be lost. */
static enum result check_part(struct arena *arena, const struct policy *policy, const char *part,
                              struct error *error) {
    const char *text = NULL;
    struct policy *again = NULL;
    struct policy_faults faults = {0};
    enum result code = policy_book_read(part, arena, &text, &again, &faults, error);
    if (code == RESULT_OK && (again == NULL || strcmp(again->digest, policy->digest) != 0)) {
        code = error_set(error, RESULT_INVALID,
                         _("Policy %s %s has something that a workbook cannot hold, such as a text "
                           "of more than 32,767 characters; export it to a file ending in .json."),
                         policy->code, policy->version);
    }
    policy_free(again);
    return code;
}

/* Writes at a place and reads it back. */
static enum result write_checked(void *context, const char *part, const char *folder,
                                 struct error *error) {
    struct writing *writing = context;
    enum result code = write_part(writing, part, folder, error);
    return code == RESULT_OK ? check_part(writing->cells.arena, writing->policy, part, error)
                             : code;
}

enum result policy_book_write(const struct policy *policy, const char *path, date today,
                              struct error *error) {
    struct writing writing = {.policy = policy,
                              .today = today,
                              .cells = {.arena = arena_new()},
                              .document = json_loads(policy->canonical, 0, NULL)};
    writing.cells.dimensions = json_object_get(writing.document, "dimensions");
    enum result code = writing.cells.arena == NULL || writing.document == NULL
                           ? error_no_memory(error)
                           : out_file_make(path, write_checked, &writing, error);
    json_decref(writing.document);
    arena_free(writing.cells.arena);
    return code;
}
