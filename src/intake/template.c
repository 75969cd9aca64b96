#include "intake/template.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/gettext.h"
#include "base/out_file.h"
#include "book/sheet.h"
#include "intake/catalog.h"

#include <stdio.h>
#include <string.h>

/* Rows below the example that the lists of words are offered in. */
#define LISTED_ROWS 20000

/* The first cell of the example row: intake passes over what says so (intake/row_kind.h). */
#define EXAMPLE_MARK "示例（请删除）"

/* The sheet with the words, out of sight. Its name stands in formulas, so it is not translated. */
#define WORDS_SHEET "选项"

/* What is known of one column of the template. */
struct column {
    const struct profile_field *field;
    const char *header;
    const char **words; /* that may stand in it; none: anything */
    size_t word_count;
    bool needed;
};

struct template {
    struct arena *arena;
    enum import_kind kind;
    date today;
    const struct profile *profile;
    struct column columns[SHEET_MOST_COLUMNS];
    struct sheet_column looks[SHEET_MOST_COLUMNS];
    size_t count;
};

/* ---- what the profile says --------------------------------------------------------------------
 */

/* The words that a person writes: of those with one meaning the first, and no codes of ours. */
static bool add_words(struct template *template, struct column *column) {
    const struct profile_words *map = &column->field->map;
    column->words = arena_alloc(template->arena, (map->count + 1) * sizeof(*column->words));
    if (column->words == NULL) {
        return false;
    }
    for (size_t i = 0; i < map->count; i++) {
        bool known = (unsigned char)map->items[i].from[0] < 0x80;
        for (size_t j = 0; !known && j < i; j++) {
            known = strcmp(map->items[j].to, map->items[i].to) == 0 &&
                    (unsigned char)map->items[j].from[0] >= 0x80;
        }
        if (!known) {
            column->words[column->word_count++] = map->items[i].from;
        }
    }
    return true;
}

/* The columns in the order of the kind's fields. */
static bool gather(struct template *template) {
    const struct kind *kind = kind_of(template->kind);
    for (size_t i = 0; i < kind->field_count && template->count < SHEET_MOST_COLUMNS; i++) {
        const struct profile_field *field = profile_field_at(template->profile, (int)i);
        if (field == NULL || field->column.count == 0) {
            continue;
        }
        struct column *column = &template->columns[template->count];
        column->field = field;
        column->header = field->column.items[0].text;
        column->needed = field->required || (kind->needed >> i & 1) != 0;
        bool doubled = false; /* two fields may read one column: type and kind of entity */
        for (size_t j = 0; j < template->count; j++) {
            doubled = doubled || strcmp(template->columns[j].header, column->header) == 0;
        }
        if (doubled) {
            *column = (struct column){0};
            continue;
        }
        if (!add_words(template, column)) {
            return false;
        }
        template->looks[template->count++] = (struct sheet_column){
            .title = column->header, .least = 12, .most = 40, .style = SHEET_CODE};
    }
    return true;
}

/* What stands in the example row. */
static const char *example_of(const struct column *column) {
    if (column->word_count > 0) {
        return column->words[0];
    }
    switch (column->field->field.shape) {
    case SHAPE_DATE:
    case SHAPE_TERM_END:
        return "2026-01-31";
    case SHAPE_MONEY:
        return "100";
    case SHAPE_INTEGER:
        return "3";
    case SHAPE_RATE:
        return "5%";
    case SHAPE_TIMES:
        return "2";
    case SHAPE_FLAG:
        return "是";
    case SHAPE_REGION:
        return "652323";
    case SHAPE_INDUSTRY:
        return "5211";
    case SHAPE_CODE:
        return strcmp(column->field->field.name, "uscc") == 0 ? "18 位代码" : "15 位注册号";
    case SHAPE_NAME:
        return "某某有限公司";
    case SHAPE_TEXT:
    case SHAPE_WORD:
        break;
    }
    return "";
}

/* How a column is to be filled in. */
static const char *form_of(const struct column *column) {
    if (column->word_count > 0) {
        return _("one of the words in the list");
    }
    switch (column->field->field.shape) {
    case SHAPE_DATE:
        return _("a day, like 2026-01-31");
    case SHAPE_TERM_END:
        return _("a day, like 2026-01-31, or the word for a term without end");
    case SHAPE_MONEY:
        return _("a number in the unit of the header, yuan where it names none");
    case SHAPE_INTEGER:
        return _("a whole number");
    case SHAPE_RATE:
        return _("a share, like 5%");
    case SHAPE_TIMES:
        return _("a number of times a year");
    case SHAPE_FLAG:
        return _("yes or no, in Chinese");
    case SHAPE_REGION:
        return _("a division code of 6 or 9 digits");
    case SHAPE_INDUSTRY:
        return _("a code of GB/T 4754");
    case SHAPE_CODE:
        return _("a code as on the licence, as text");
    case SHAPE_NAME:
        return _("the name as on the licence");
    case SHAPE_TEXT:
    case SHAPE_WORD:
        break;
    }
    return _("text");
}

/* ---- sheets ------------------------------------------------------------------------------------
 */

static void put_data(struct template *template, struct book *book) {
    struct sheet_cell cells[SHEET_MOST_COLUMNS];
    struct sheet *sheet = book_add_sheet(book, _(kind_of(template->kind)->title));
    sheet_set_columns(sheet, template->looks, template->count);
    sheet_settle(sheet);
    sheet_header(sheet);
    sheet_freeze(sheet, 1);
    for (size_t i = 0; i < template->count; i++) {
        cells[i] =
            sheet_text(SHEET_CODE, i == 0 ? EXAMPLE_MARK : example_of(&template->columns[i]));
    }
    sheet_put(sheet, cells, template->count);
    for (size_t i = 0; i < template->count; i++) {
        if (template->columns[i].word_count > 0) {
            sheet_offer(sheet, i, LISTED_ROWS, WORDS_SHEET, i, template->columns[i].word_count);
        }
    }
}

static void put_notes(struct template *template, struct book *book) {
    static const struct sheet_column looks[] = {
        {N_("Column"), 16, 30, SHEET_LABEL},
        {N_("Must be there"), 10, 10, SHEET_CENTRE},
        {N_("How to fill it in"), 30, 46, SHEET_TEXT},
        {N_("Words"), 30, 60, SHEET_TEXT},
    };
    struct sheet *sheet = book_add_sheet(book, _("How to fill it in"));
    sheet_set_columns(sheet, looks, 4);
    sheet_measure(sheet, 2, _("a number in the unit of the header, yuan where it names none"));
    sheet_settle(sheet);
    sheet_line(sheet, SHEET_PARAGRAPH, template->profile->note);
    sheet_line(
        sheet, SHEET_PARAGRAPH,
        _("The example row is passed over; it may be left or deleted. Cells are text, so that "
          "codes keep all their digits."));
    sheet_header(sheet);
    for (size_t i = 0; i < template->count; i++) {
        const struct column *column = &template->columns[i];
        struct buffer words = BUFFER_INIT;
        for (size_t j = 0; j < column->word_count; j++) {
            buffer_printf(&words, "%s%s", j == 0 ? "" : "、", column->words[j]);
        }
        SHEET_PUT(sheet, sheet_text(SHEET_LABEL, column->header),
                  sheet_text(SHEET_CENTRE, column->needed ? "是" : ""),
                  sheet_text(SHEET_TEXT, form_of(column)),
                  sheet_text(SHEET_TEXT, buffer_text(&words)));
        buffer_free(&words);
    }
}

/* The words of each column below one another, for the lists to point at. */
static void put_words(struct template *template, struct book *book) {
    struct sheet_cell cells[SHEET_MOST_COLUMNS];
    struct sheet *sheet = book_add_sheet(book, WORDS_SHEET);
    size_t longest = 0;
    sheet_set_columns(sheet, template->looks, template->count);
    sheet_settle(sheet);
    sheet_header(sheet);
    for (size_t i = 0; i < template->count; i++) {
        size_t count = template->columns[i].word_count;
        longest = count > longest ? count : longest;
    }
    for (size_t row = 0; row < longest; row++) {
        for (size_t i = 0; i < template->count; i++) {
            const struct column *column = &template->columns[i];
            cells[i] = sheet_text(SHEET_CODE, row < column->word_count ? column->words[row] : "");
        }
        sheet_put(sheet, cells, template->count);
    }
    sheet_hide(sheet);
}

static enum result write_part(void *context, const char *part, const char *folder,
                              struct error *error) {
    struct template *template = context;
    const struct book_facts facts = {.title = template->profile->title,
                                     .subject = template->profile->title,
                                     .author = _("Xinfeng"),
                                     .company = "",
                                     .keywords = "",
                                     .comments = "",
                                     .heading = template->profile->title,
                                     .verification = "",
                                     .created = template->today};
    struct book *book = NULL;
    enum result code = book_new(&book, part, folder, &facts, error);
    if (code != RESULT_OK) {
        return code;
    }
    put_data(template, book);
    put_notes(template, book);
    put_words(template, book);
    return book_close(book, error);
}

enum result template_write(enum import_kind kind, const char *path, date today,
                           struct error *error) {
    struct profile *profile = NULL;
    struct template template = {.kind = kind, .today = today, .arena = arena_new()};
    enum result code =
        template.arena == NULL
            ? error_no_memory(error)
            : profile_parse(&profile, catalog_general_document(kind), kind_of(kind)->code, error);
    template.profile = profile;
    if (code == RESULT_OK && !gather(&template)) {
        code = error_no_memory(error);
    }
    if (code == RESULT_OK) {
        code = out_file_make(path, write_part, &template, error);
    }
    profile_free(profile);
    arena_free(template.arena);
    return code;
}
