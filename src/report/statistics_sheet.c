#include "report/statistics_sheet.h"

#include "base/gettext.h"
#include "base/out_file.h"
#include "book/sheet.h"
#include "report/class_style.h"

enum { NAME, PLANS, DRAWN, CHECKED, FOUND, SHARE, LOW, HIGH, COLUMNS };

static const struct sheet_column columns[COLUMNS] = {
    [NAME] = {N_("Of what"), 40, 40, SHEET_TEXT},
    [PLANS] = {N_("Plans"), 8, 8, SHEET_NUMBER},
    [DRAWN] = {N_("Objects drawn (households)"), 12, 12, SHEET_NUMBER},
    [CHECKED] = {N_("With a result"), 12, 12, SHEET_NUMBER},
    [FOUND] = {N_("Problems found"), 12, 12, SHEET_NUMBER},
    [SHARE] = {N_("Share of problems"), 12, 12, SHEET_PERCENT},
    [LOW] = {N_("Interval from"), 12, 12, SHEET_PERCENT},
    [HIGH] = {N_("Interval to"), 12, 12, SHEET_PERCENT},
};

/* What writing takes. */
struct writing {
    const struct statistics *statistics;
    const struct actor *actor;
    date from;
    date to;
    struct arena *arena;
};

static struct sheet_cell percent(const struct estimate *estimate, double share) {
    return estimate->known ? sheet_number(SHEET_PERCENT, share) : sheet_blank(SHEET_PERCENT);
}

static void put_row(struct sheet *sheet, enum sheet_style style, const char *name,
                    const struct statistics_row *row) {
    const struct estimate estimate = estimate_share(row->found, row->checked);
    SHEET_PUT(sheet, sheet_text(style, name), sheet_number(SHEET_NUMBER, (double)row->plans),
              sheet_number(SHEET_NUMBER, (double)row->drawn),
              sheet_number(SHEET_NUMBER, (double)row->checked),
              sheet_number(SHEET_NUMBER, (double)row->found), percent(&estimate, estimate.share),
              percent(&estimate, estimate.low), percent(&estimate, estimate.high));
}

static void put_part(struct sheet *sheet, const char *title, const struct statistics_row *rows,
                     size_t count) {
    sheet_gap(sheet, 8);
    sheet_line(sheet, SHEET_SECTION, title);
    sheet_header(sheet);
    for (size_t i = 0; i < count; i++) {
        put_row(sheet, SHEET_TEXT, rows[i].name[0] == '\0' ? _("none named") : rows[i].name,
                &rows[i]);
    }
}

static void put_classes(struct sheet *sheet, const struct statistics *statistics) {
    sheet_gap(sheet, 8);
    sheet_line(sheet, SHEET_SECTION, _("By class"));
    sheet_header(sheet);
    for (int i = 0; i < CLASS_COUNT; i++) {
        put_row(sheet, class_style((enum risk_class)i), risk_class_letter((enum risk_class)i),
                &statistics->classes[i]);
    }
    put_row(sheet, SHEET_TOTAL, _("Total"), &statistics->all);
}

static void put_estimate(struct sheet *sheet, const struct writing *writing) {
    const struct estimate *estimate = &writing->statistics->estimate;
    if (estimate->known) {
        sheet_line(sheet, SHEET_PARAGRAPH,
                   arena_printf(writing->arena,
                                _("Of all households in the strata that were checked, an estimated "
                                  "%.2f %% would show a problem (95 %%: %.2f %% to %.2f %%): each "
                                  "stratum by its number of households, as its chance is known."),
                                100 * estimate->share, 100 * estimate->low, 100 * estimate->high));
    }
    sheet_line(sheet, SHEET_SMALL,
               _("Intervals of shares are Wilson's. Estimate: sum of N x found / checked over the "
                 "strata, by the sum of N; its interval is that of stratified sampling without "
                 "replacement. A household counts as one with a problem when any of its results "
                 "is against it."));
}

static void put_sheet(struct sheet *sheet, const struct writing *writing) {
    const struct statistics *statistics = writing->statistics;
    char from[DATE_TEXT_SIZE];
    char to[DATE_TEXT_SIZE];
    sheet_set_columns(sheet, columns, COLUMNS);
    sheet_settle(sheet);
    sheet_line(sheet, SHEET_TITLE, _("Statistics of inspections"));
    sheet_line(sheet, SHEET_SUBTITLE,
               arena_printf(writing->arena, _("Plans drawn from %s to %s"),
                            date_format(writing->from, from), date_format(writing->to, to)));
    put_classes(sheet, statistics);
    put_estimate(sheet, writing);
    put_part(sheet, _("By matter"), statistics->matters, statistics->matter_count);
    put_part(sheet, _("By department"), statistics->departments, statistics->department_count);
}

static enum result write(void *context, const char *part, const char *folder, struct error *error) {
    struct writing *writing = context;
    struct book *book = NULL;
    const struct book_facts facts = {
        .title = _("Statistics of inspections"),
        .subject = "",
        .author = writing->actor->name,
        .company = _("Market Regulation Bureau"),
        .keywords = "",
        .comments = "",
        .heading = _("Statistics of inspections"),
        .verification = "",
        .created = clock_today(&writing->actor->clock),
    };
    enum result code = book_new(&book, part, folder, &facts, error);
    if (code != RESULT_OK) {
        return code;
    }
    put_sheet(book_add_sheet(book, _("Statistics")), writing);
    code = arena_failed(writing->arena) ? error_no_memory(error) : RESULT_OK;
    enum result closed = book_close(book, code == RESULT_OK ? error : NULL);
    return code == RESULT_OK ? closed : code;
}

enum result statistics_sheet_write(const struct statistics *statistics, date from, date to,
                                   const struct actor *actor, const char *path,
                                   struct error *error) {
    struct writing writing = {statistics, actor, from, to, arena_new()};
    if (writing.arena == NULL) {
        return error_no_memory(error);
    }
    enum result code = out_file_make(path, write, &writing, error);
    arena_free(writing.arena);
    return code;
}
