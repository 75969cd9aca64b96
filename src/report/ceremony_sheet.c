#include "report/ceremony_sheet.h"

#include "base/gettext.h"
#include "report/plan_words.h"

#include <stdlib.h>
#include <string.h>

/* Twelve columns: boxes for digits two rows high, or four groups a row. */
#define COLUMNS 12
#define GROUPS 4
#define GROUP_SPAN (COLUMNS / GROUPS)
#define LABEL_SPAN 2
#define SEED_GROUP 5
#define DIGEST_GROUP 8
#define BOX_ROWS 2
#define SHOWN 10
#define SERIAL_SPAN 1
#define NAME_SPAN 7

static void set_columns(struct sheet *sheet) {
    struct sheet_column columns[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++) {
        columns[i] = (struct sheet_column){NULL, 11, 11, SHEET_TEXT};
    }
    sheet_set_columns(sheet, columns, COLUMNS);
    sheet_settle(sheet);
    sheet_fit_page(sheet);
}

static void put(struct sheet *sheet, const char *label, enum sheet_style style, const char *text) {
    SHEET_PUT(sheet, sheet_wide(sheet_text(SHEET_LABEL, label), LABEL_SPAN),
              sheet_wide(sheet_text(style, text), COLUMNS - LABEL_SPAN));
}

/* Puts a text in groups of so many characters, four a row. */
static void put_groups(struct sheet *sheet, const struct public_paper *paper,
                       enum sheet_style style, const char *text, size_t size) {
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        struct sheet_cell cells[GROUPS];
        for (size_t i = 0; i < GROUPS; i++) {
            const char *group = at < length ? arena_strndup(paper->arena, text + at, size) : NULL;
            cells[i] = sheet_wide(sheet_text(style, group), GROUP_SPAN);
            at = at + size < length ? at + size : length;
        }
        sheet_put(sheet, cells, GROUPS);
    }
}

static void put_boxes(struct sheet *sheet) {
    struct sheet_cell cells[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++) {
        cells[i] = sheet_text(SHEET_DIGITS, " ");
    }
    for (int row = 0; row < BOX_ROWS; row++) {
        sheet_put(sheet, cells, COLUMNS);
    }
}

static int by_ticket(const void *left, const void *right) {
    const struct announced_unit *a = left;
    const struct announced_unit *b = right;
    int order = strcmp(a->ticket, b->ticket);
    return order != 0 ? order : strcmp(a->unit, b->unit);
}

/* The first by ticket: an order that the seed alone made. */
static void put_drawn(struct sheet *sheet, const struct public_paper *paper) {
    size_t size = paper->unit_count * sizeof(*paper->units);
    struct announced_unit *units = size == 0 ? NULL : arena_alloc(paper->arena, size);
    if (units == NULL) {
        return;
    }
    memcpy(units, paper->units, size);
    qsort(units, paper->unit_count, sizeof(*units), by_ticket);
    SHEET_PUT(
        sheet, sheet_text(SHEET_HEADER, _("Serial")),
        sheet_wide(sheet_text(SHEET_HEADER, _("Drawn, smallest tickets first: name")), NAME_SPAN),
        sheet_wide(sheet_text(SHEET_HEADER, _("Unified social credit code")),
                   COLUMNS - NAME_SPAN - SERIAL_SPAN));
    for (size_t i = 0; i < paper->unit_count && i < SHOWN; i++) {
        SHEET_PUT(
            sheet, sheet_number(SHEET_ORDINAL, (double)i + 1),
            sheet_wide(sheet_text(SHEET_TEXT, units[i].name), NAME_SPAN),
            sheet_wide(sheet_text(SHEET_CODE, units[i].unit), COLUMNS - NAME_SPAN - SERIAL_SPAN));
    }
}

static void put_signatures(struct sheet *sheet) {
    sheet_gap(sheet, 40);
    sheet_line(sheet, SHEET_SIGNATURE,
               _("Witnesses: ________________    ________________    ________________    Officer: "
                 "________________    Date: ________________"));
}

static void put_seed(struct sheet *sheet, const struct public_paper *paper) {
    const struct plan *plan = &paper->plan;
    if (plan->seed == NULL) {
        sheet_line(sheet, SHEET_SECTION,
                   _("Seed: write each digit into a box as it is drawn, leading zeros too; at "
                     "least 20"));
        put_boxes(sheet);
        put(sheet, _("Source of the seed"), SHEET_LARGE, " ");
        return;
    }
    sheet_line(sheet, SHEET_SECTION,
               arena_printf(paper->arena, _("Seed, %zu digits"), strlen(plan->seed)));
    put_groups(sheet, paper, SHEET_DIGITS, plan->seed, SEED_GROUP);
    put(sheet, _("Source of the seed"), SHEET_LARGE, paper->source);
}

static void put_times(struct sheet *sheet, const struct public_paper *paper) {
    const struct plan *plan = &paper->plan;
    struct arena *arena = paper->arena;
    const char *drawn = plan->drawn_at == NULL
                            ? NULL
                            : arena_printf(arena, _("%s in the frame, %s drawn"),
                                           plan_words_count(plan->population, arena),
                                           plan_words_count((int64_t)paper->unit_count, arena));
    const char *seeded = plan_words_moment(plan->seeded_at, arena);
    SHEET_PUT(sheet, sheet_wide(sheet_text(SHEET_LABEL, _("Committed at")), LABEL_SPAN),
              sheet_wide(sheet_text(SHEET_CENTRE, plan_words_moment(plan->committed_at, arena)), 2),
              sheet_wide(sheet_text(SHEET_LABEL, _("Seed entered at")), LABEL_SPAN),
              sheet_wide(sheet_text(SHEET_CENTRE, seeded), 2),
              sheet_wide(sheet_text(SHEET_LABEL, _("Units")), 1),
              sheet_wide(sheet_text(SHEET_CENTRE, drawn), COLUMNS - 9));
}

enum result ceremony_sheet_write(const struct public_paper *paper, const char *path,
                                 const char *folder, struct error *error) {
    const struct plan *plan = &paper->plan;
    struct book *book = NULL;
    enum result code = public_paper_book(paper, _("Public draw"), path, folder, &book, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct sheet *sheet = book_add_sheet(book, _("Public draw"));
    set_columns(sheet);
    sheet_line(sheet, SHEET_TITLE, paper->title);
    sheet_line(sheet, SHEET_SUBTITLE,
               arena_printf(paper->arena,
                            _("Public draw    Task number: %s    Inspecting body: %s"),
                            plan->number, paper->bureau));
    put(sheet, _("Draw id"), SHEET_LARGE, plan->draw_id);
    put_seed(sheet, paper);
    sheet_line(sheet, SHEET_SECTION, _("Frame digest, fixed before the seed"));
    put_groups(sheet, paper, SHEET_DIGEST_LARGE, plan->frame_digest, DIGEST_GROUP);
    sheet_gap(sheet, 6);
    put_times(sheet, paper);
    put_drawn(sheet, paper);
    put_signatures(sheet);
    return public_paper_close(paper, book, error);
}
