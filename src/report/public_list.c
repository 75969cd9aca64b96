#include "report/public_list.h"

#include "base/gettext.h"
#include "report/plan_words.h"

/* Columns: those of the platform for publication. */
static const struct sheet_column list_columns[] = {
    {N_("Serial"), 6, 6, SHEET_ORDINAL},
    {N_("Name"), 52, 52, SHEET_TEXT},
    {N_("Unified social credit code"), 22, 22, SHEET_CODE},
    {N_("Remarks"), 14, 14, SHEET_TEXT},
};
static const struct sheet_column notice_columns[] = {
    {N_("Serial"), 6, 6, SHEET_ORDINAL},
    {N_("Name"), 44, 44, SHEET_TEXT},
    {N_("Unified social credit code"), 22, 22, SHEET_CODE},
    {N_("Completed on"), 13, 13, SHEET_DATE},
    {N_("Result of the inspection"), 34, 34, SHEET_TEXT},
    {N_("Remarks"), 22, 22, SHEET_TEXT},
};

#define LIST_COLUMNS (sizeof(list_columns) / sizeof(list_columns[0]))
#define NOTICE_COLUMNS (sizeof(notice_columns) / sizeof(notice_columns[0]))

static void put_head(struct sheet *sheet, const struct public_paper *paper, const char *kind) {
    struct arena *arena = paper->arena;
    sheet_line(sheet, SHEET_TITLE, kind);
    sheet_line(sheet, SHEET_PARAGRAPH,
               arena_printf(arena, _("Task number: %s        Inspection task: %s"),
                            paper->plan.number, paper->title));
    sheet_line(sheet, SHEET_PARAGRAPH,
               arena_printf(arena, _("Kind of inspection: %s        Inspecting body: %s"),
                            plan_words_targeting(&paper->plan.scope), paper->bureau));
    if (paper->plan.state == PLAN_DRAWN) {
        sheet_line(sheet, SHEET_BANNER, _("NOT APPROVED YET: may still be made void"));
    }
}

enum result public_list_write(const struct public_paper *paper, const char *path,
                              const char *folder, struct error *error) {
    const char *kind = _("Public list of enterprises drawn");
    struct book *book = NULL;
    enum result code = public_paper_book(paper, kind, path, folder, &book, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct sheet *sheet = book_add_sheet(book, _("Enterprises drawn"));
    sheet_set_columns(sheet, list_columns, LIST_COLUMNS);
    sheet_settle(sheet);
    sheet_portrait(sheet);
    put_head(sheet, paper, kind);
    sheet_header(sheet);
    sheet_freeze(sheet, 0);
    for (size_t i = 0; i < paper->unit_count; i++) {
        SHEET_PUT(sheet, sheet_number(SHEET_ORDINAL, (double)i + 1),
                  sheet_text(SHEET_TEXT, paper->units[i].name),
                  sheet_text(SHEET_CODE, paper->units[i].unit), sheet_blank(SHEET_TEXT));
    }
    sheet_line(sheet, SHEET_SMALL,
               arena_printf(paper->arena,
                            _("%s enterprises, in the order of their codes. Draw %s, frame digest "
                              "%s."),
                            plan_words_count((int64_t)paper->unit_count, paper->arena),
                            paper->plan.draw_id, paper->plan.frame_digest));
    return public_paper_close(paper, book, error);
}

static void put_result(struct sheet *sheet, const struct announced_result *row, size_t serial) {
    SHEET_PUT(sheet, sheet_number(SHEET_ORDINAL, (double)serial), sheet_text(SHEET_TEXT, row->name),
              sheet_text(SHEET_CODE, row->unit), sheet_day(SHEET_DATE, row->completed_on),
              sheet_text(SHEET_TEXT, row->result), sheet_text(SHEET_TEXT, row->matter));
}

enum result public_notice_write(const struct public_paper *paper, const char *path,
                                const char *folder, struct error *error) {
    const char *kind = _("Public notice of results");
    size_t waiting = paper->unit_count - paper->checked;
    struct book *book = NULL;
    enum result code = public_paper_book(paper, kind, path, folder, &book, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct sheet *sheet = book_add_sheet(book, _("Results"));
    sheet_set_columns(sheet, notice_columns, NOTICE_COLUMNS);
    sheet_settle(sheet);
    put_head(sheet, paper, kind);
    sheet_header(sheet);
    sheet_freeze(sheet, 0);
    for (size_t i = 0; i < paper->row_count; i++) {
        put_result(sheet, &paper->rows[i], i + 1);
    }
    if (waiting > 0) {
        sheet_line(sheet, SHEET_SMALL,
                   arena_printf(paper->arena,
                                _("The results of %s more enterprises are still to be published."),
                                plan_words_count((int64_t)waiting, paper->arena)));
    }
    return public_paper_close(paper, book, error);
}
