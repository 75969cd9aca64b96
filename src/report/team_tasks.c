#include "report/team_tasks.h"

#include "base/gettext.h"
#include "registry/division.h"
#include "report/class_style.h"
#include "report/form_units.h"
#include "report/plan_words.h"

#include <stdlib.h>
#include <string.h>

static const struct sheet_column overview_columns[] = {
    {N_("Serial"), 6, 6, SHEET_ORDINAL},
    {N_("Inspectors"), 36, 36, SHEET_TEXT},
    {N_("Objects drawn (households)"), 14, 14, SHEET_NUMBER},
    {N_("Divisions"), 60, 60, SHEET_TEXT},
};
static const struct sheet_column columns[] = {
    {N_("Serial"), 5, 5, SHEET_ORDINAL},
    {N_("Enterprise"), 24, 24, SHEET_TEXT},
    {N_("USCC / registration no."), 20, 20, SHEET_CODE},
    {N_("Risk class"), 5, 5, SHEET_CLASS_A},
    {N_("Division"), 12, 12, SHEET_CENTRE},
    {N_("Domicile"), 23, 23, SHEET_TEXT},
    {N_("Telephone"), 13, 13, SHEET_CODE},
    {N_("Methods of inspection"), 11, 11, SHEET_TEXT},
    {N_("Visited on"), 9, 9, SHEET_DATE},
    {N_("Remarks"), 8, 8, SHEET_TEXT},
};

/* Hundredths of their size at which these columns fill a page on its side. */
#define TASKS_PERCENT 70

#define OVERVIEW_COLUMNS (sizeof(overview_columns) / sizeof(overview_columns[0]))
#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

static const char *text_or_none(const char *text) {
    return text == NULL ? "" : text;
}

/* By team, then region and address. */
static int compare(const void *left, const void *right) {
    const struct form_unit *one = left;
    const struct form_unit *other = right;
    int order = strcmp(text_or_none(one->team), text_or_none(other->team));
    if (order == 0) {
        order = strcmp(text_or_none(one->drawn.region), text_or_none(other->drawn.region));
    }
    if (order == 0) {
        order = strcmp(text_or_none(one->drawn.address), text_or_none(other->drawn.address));
    }
    return order != 0
               ? order
               : (one->drawn.place > other->drawn.place) - (one->drawn.place < other->drawn.place);
}

/* The end of the team that begins at a place. */
static size_t team_end(const struct form_units *units, size_t first) {
    size_t end = first + 1;
    while (end < units->count && strcmp(text_or_none(units->items[end].team),
                                        text_or_none(units->items[first].team)) == 0) {
        end++;
    }
    return end;
}

/* The divisions of a team's households, each once; they come in order. */
static const char *divisions_of(const struct form_units *units, size_t first, size_t end,
                                struct arena *arena) {
    const char *text = "";
    const char *last = NULL;
    for (size_t i = first; i < end; i++) {
        const char *label = division_label(text_or_none(units->items[i].drawn.region));
        if (last == NULL || strcmp(last, label) != 0) {
            text = arena_printf(arena, "%s%s%s", text, last == NULL ? "" : _(", "), label);
            last = arena_strdup(arena, label);
        }
        if (text == NULL || last == NULL) {
            return "";
        }
    }
    return text;
}

static void put_overview(struct sheet *sheet, const struct plan_material *material,
                         const struct form_units *units) {
    struct arena *arena = material->arena;
    size_t serial = 0;
    sheet_set_columns(sheet, overview_columns, OVERVIEW_COLUMNS);
    sheet_settle(sheet);
    sheet_line(sheet, SHEET_TITLE,
               arena_printf(arena, _("%s: tasks by team"), material->plan.title));
    sheet_line(sheet, SHEET_SUBTITLE,
               arena_printf(arena, _("Plan no. %s    Issued by: %s    Time of inspection: %s"),
                            material->plan.number, material->bureau,
                            plan_words_dates(&material->plan.scope, arena)));
    sheet_header(sheet);
    sheet_freeze(sheet, 0);
    for (size_t first = 0; first < units->count; first = team_end(units, first)) {
        size_t end = team_end(units, first);
        SHEET_PUT(sheet, sheet_number(SHEET_ORDINAL, (double)++serial),
                  sheet_text(SHEET_TEXT, units->items[first].team),
                  sheet_number(SHEET_NUMBER, (double)(end - first)),
                  sheet_text(SHEET_TEXT, divisions_of(units, first, end, arena)));
    }
}

static void put_unit(struct sheet *sheet, const struct plan_material *material,
                     const struct form_unit *unit, size_t serial) {
    const struct drawn_unit *drawn = &unit->drawn;
    SHEET_PUT(sheet, sheet_number(SHEET_ORDINAL, (double)serial),
              sheet_text(SHEET_TEXT, drawn->name), sheet_text(SHEET_CODE, drawn->unit),
              sheet_text(class_style(drawn->risk_class), risk_class_letter(drawn->risk_class)),
              sheet_text(SHEET_CENTRE, division_label(text_or_none(drawn->region))),
              sheet_text(SHEET_TEXT, drawn->address), sheet_text(SHEET_CODE, drawn->phone),
              sheet_text(SHEET_TEXT, material->methods[drawn->risk_class]), sheet_blank(SHEET_DATE),
              sheet_blank(SHEET_TEXT));
}

/* A team on pages of its own. */
static void put_team(struct sheet *sheet, const struct plan_material *material,
                     const struct form_units *units, size_t first, size_t end) {
    struct arena *arena = material->arena;
    if (first > 0) {
        sheet_break(sheet);
    }
    sheet_line(sheet, SHEET_TITLE, _("Inspection tasks"));
    sheet_line(sheet, SHEET_SUBTITLE,
               arena_printf(arena, _("Inspectors: %s    Task number: %s    Households: %zu"),
                            text_or_none(units->items[first].team), material->plan.number,
                            end - first));
    sheet_line(sheet, SHEET_SMALL,
               arena_printf(arena, _("Inspection task: %s. Matters inspected: %s."),
                            material->plan.title,
                            material->plan.scope.matter == NULL ? _("none named")
                                                                : material->plan.scope.matter));
    sheet_header(sheet);
    for (size_t i = first; i < end; i++) {
        put_unit(sheet, material, &units->items[i], i - first + 1);
    }
}

static void put_tasks(struct book *book, const struct plan_material *material,
                      const struct form_units *units) {
    struct sheet *sheet = NULL;
    size_t teams = 0;
    for (size_t first = 0; first < units->count; first = team_end(units, first)) {
        if (teams++ % SHEET_MOST_BREAKS == 0) {
            const char *name = _("Tasks by team");
            sheet =
                book_add_sheet(book, sheet == NULL ? name
                                                   : arena_printf(material->arena, "%s %zu", name,
                                                                  teams / SHEET_MOST_BREAKS + 1));
            sheet_set_columns(sheet, columns, COLUMNS);
            sheet_settle(sheet);
            sheet_paged(sheet, TASKS_PERCENT);
        }
        put_team(sheet, material, units, first, team_end(units, first));
    }
}

enum result team_tasks_write(struct store *store, const struct actor *actor,
                             const struct plan_material *material, const char *path,
                             const char *folder, struct error *error) {
    struct form_units units;
    struct book *book = NULL;
    enum result code = form_units_load(&units, store, material, error);
    if (code == RESULT_OK) {
        qsort(units.items, units.count, sizeof(*units.items), compare);
        code = form_book(&book, actor, material, _("Tasks by team"), false, path, folder, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    put_overview(book_add_sheet(book, _("Teams")), material, &units);
    put_tasks(book, material, &units);
    return form_close(book, material, code, error);
}
