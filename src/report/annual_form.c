#include "report/annual_form.h"

#include "base/gettext.h"
#include "report/county_form.h"
#include "report/plan_words.h"
#include "score/period.h"

#include <stdio.h>
#include <string.h>

/* Widths of the columns of the county form, in characters. */
static const int widths[COUNTY_COLUMNS] = {4, 15, 14, 13, 9, 21, 10, 37, 12, 12, 12, 10, 10};

/* ---- words ------------------------------------------------------------------------------------
 */

static const char *words_state(const struct annual *annual, struct arena *arena) {
    switch (annual->state) {
    case ANNUAL_DRAFT:
        return _("DRAFT. Not published; no ground for an inspection.");
    case ANNUAL_PUBLISHED:
        return arena_printf(arena, _("PUBLISHED by %s, %s."), annual->published_by,
                            plan_words_moment(annual->published_at, arena));
    case ANNUAL_VOID:
        break;
    }
    return arena_printf(arena, _("VOID. This plan must not be used. Reason: %s"),
                        annual->void_reason);
}

static const char *words_scope(const struct annual_task *task, struct arena *arena) {
    const struct plan_scope scope = {.region = task->region, .industry = task->industry};
    return plan_words_scope(&scope, arena);
}

/* Base and rate of each class, a line each. */
static const char *words_base(const struct annual_task *task, struct arena *arena) {
    int64_t base = 0;
    for (int i = 0; i < CLASS_COUNT; i++) {
        base += task->base[i];
    }
    const char *words = arena_printf(arena, _("base %s"), plan_words_count(base, arena));
    for (int i = 0; i < CLASS_COUNT && words != NULL; i++) {
        const struct annual_share *share = &task->shares[i];
        /* TRANSLATORS: class, households, rate, times a year. */
        words = arena_printf(arena, _("%s\n%s: %s, %s, %lld a year"), words,
                             risk_class_letter((enum risk_class)i),
                             plan_words_count(task->base[i], arena),
                             plan_words_rate(share->rate, arena), (long long)share->times);
    }
    return words;
}

/* The requirement of each class, as the policy says it. */
static const char *words_requirements(const struct policy *policy, struct arena *arena) {
    const char *words = "";
    for (int i = 0; i < CLASS_COUNT && words != NULL; i++) {
        words = arena_printf(arena, _("%s%sClass %s: %s Methods: %s."), words, i == 0 ? "" : "\n",
                             risk_class_letter((enum risk_class)i), policy->measures[i].text,
                             policy->measures[i].method);
    }
    return words;
}

static const char *words_time(const struct annual *annual, const struct annual_task *task,
                              struct arena *arena) {
    return arena_printf(arena,
                        task->quarterly ? _("%d-%02d to %d-%02d, a batch each quarter")
                                        : _("%d-%02d to %d-%02d, a batch each month"),
                        annual->year, task->first_month, annual->year, task->last_month);
}

/* ---- the form ---------------------------------------------------------------------------------
 */

static void put_head(struct sheet *sheet, const struct annual_material *material) {
    const struct annual *annual = material->annual;
    struct arena *arena = material->arena;
    char period[PERIOD_TEXT_SIZE] = "";
    if (annual->task_count > 0) {
        period_format(annual->tasks[0].base_period, period);
    }
    sheet_line(sheet, SHEET_TITLE, annual->title);
    sheet_line(sheet, SHEET_SUBTITLE,
               arena_printf(arena,
                            _("Issued by: %s    Year: %d    Classes of period: %s    Policy: %s %s "
                              "   Unit: households"),
                            material->bureau, annual->year, period, material->policy->name,
                            material->policy->version));
    sheet_line(sheet, SHEET_BANNER, words_state(annual, arena));
    sheet_gap(sheet, 6);
}

static void put_task(struct sheet *sheet, const struct annual_material *material,
                     const struct annual_task *task) {
    struct arena *arena = material->arena;
    const struct plan_scope scope = {.region = task->region, .industry = task->industry};
    const char *remarks =
        task->cap == 0 ? NULL
                       : arena_printf(arena, _("at most %lld visits a year"), (long long)task->cap);
    SHEET_PUT(sheet, sheet_number(SHEET_ORDINAL, (double)task->place),
              sheet_text(SHEET_TEXT, task->title), sheet_text(SHEET_TEXT, task->matter),
              sheet_text(SHEET_TEXT, words_scope(task, arena)),
              sheet_text(SHEET_CENTRE, plan_words_targeting(&scope)),
              sheet_text(SHEET_TEXT, words_base(task, arena)),
              sheet_number(SHEET_NUMBER, (double)annual_task_planned(task)),
              sheet_text(SHEET_TEXT, words_requirements(material->policy, arena)),
              sheet_text(SHEET_CENTRE, words_time(material->annual, task, arena)),
              sheet_text(SHEET_CENTRE, material->bureau), sheet_text(SHEET_CENTRE, task->partners),
              sheet_text(SHEET_CENTRE, task->department), sheet_text(SHEET_CENTRE, remarks));
}

static void put_idle(struct sheet *sheet, size_t serial, const char *office) {
    SHEET_PUT(sheet, sheet_number(SHEET_ORDINAL, (double)serial),
              sheet_wide(sheet_text(SHEET_TEXT, _("no inspection task this year")),
                         COUNTY_DRAWN - COUNTY_TASK),
              sheet_number(SHEET_NUMBER, 0), sheet_blank(SHEET_TEXT), sheet_blank(SHEET_CENTRE),
              sheet_blank(SHEET_CENTRE), sheet_blank(SHEET_CENTRE),
              sheet_text(SHEET_CENTRE, office), sheet_blank(SHEET_CENTRE));
}

static double planned_of(const struct annual *annual) {
    int64_t sum = 0;
    for (size_t i = 0; i < annual->task_count; i++) {
        sum += annual_task_planned(&annual->tasks[i]);
    }
    return (double)sum;
}

#define TO_FILL_IN "____________"

static void put_signatures(struct sheet *sheet, const struct annual_material *material) {
    const struct annual *annual = material->annual;
    struct arena *arena = material->arena;
    bool out = annual->published_by != NULL && annual->published_at != NULL;
    const char *drafted = arena_printf(arena, _("Drawn up by: %s    Date: %.10s"),
                                       annual->created_by, annual->created_at);
    const char *reviewed = arena_printf(arena, _("Reviewed by: %s    Date: %.10s"),
                                        out ? annual->published_by : TO_FILL_IN,
                                        out ? annual->published_at : TO_FILL_IN);
    const char *released =
        arena_printf(arena, _("Approved by: %s    Date: %s"), TO_FILL_IN, TO_FILL_IN);
    sheet_gap(sheet, 14);
    SHEET_PUT(sheet, sheet_wide(sheet_text(SHEET_SIGNATURE, drafted), COUNTY_BASE),
              sheet_wide(sheet_text(SHEET_SIGNATURE, reviewed), COUNTY_TIME - COUNTY_BASE),
              sheet_wide(sheet_text(SHEET_SIGNATURE, released), COUNTY_COLUMNS - COUNTY_TIME));
}

void annual_form_put(struct sheet *sheet, const struct annual_material *material) {
    const struct annual *annual = material->annual;
    county_form_set_columns(sheet, widths);
    sheet_settle(sheet);
    put_head(sheet, material);
    sheet_header(sheet);
    sheet_freeze(sheet, 2);
    uint32_t first = sheet_row(sheet);
    for (size_t i = 0; i < annual->task_count; i++) {
        put_task(sheet, material, &annual->tasks[i]);
    }
    for (size_t i = 0; i < material->idle_count; i++) {
        put_idle(sheet, annual->task_count + i + 1, material->idle_offices[i]);
    }
    if (sheet_row(sheet) > first) {
        SHEET_PUT(sheet, sheet_wide(sheet_text(SHEET_TOTAL, _("Total")), COUNTY_DRAWN),
                  sheet_sum(SHEET_TOTAL_NUMBER, first, sheet_row(sheet) - 1, planned_of(annual)),
                  sheet_wide(sheet_blank(SHEET_TOTAL), COUNTY_COLUMNS - COUNTY_REQUIREMENT));
    }
    sheet_line(sheet, SHEET_SMALL,
               _("Note: numbers are those of the classes when the plan was made; each batch is "
                 "drawn by the classes of its own month, so later numbers follow the classes."));
    put_signatures(sheet, material);
}

/* ---- the calendar -----------------------------------------------------------------------------
 */

#define CALENDAR_COLUMNS (ANNUAL_MONTHS + 3)

static const struct sheet_column calendar_columns[CALENDAR_COLUMNS] = {
    {N_("Inspection task"), 30, 30, SHEET_TEXT},
    {N_("Office in charge"), 14, 14, SHEET_CENTRE},
    {"1", 8, 8, SHEET_NUMBER},
    {"2", 8, 8, SHEET_NUMBER},
    {"3", 8, 8, SHEET_NUMBER},
    {"4", 8, 8, SHEET_NUMBER},
    {"5", 8, 8, SHEET_NUMBER},
    {"6", 8, 8, SHEET_NUMBER},
    {"7", 8, 8, SHEET_NUMBER},
    {"8", 8, 8, SHEET_NUMBER},
    {"9", 8, 8, SHEET_NUMBER},
    {"10", 8, 8, SHEET_NUMBER},
    {"11", 8, 8, SHEET_NUMBER},
    {"12", 8, 8, SHEET_NUMBER},
    {N_("Whole year"), 10, 10, SHEET_NUMBER},
};

static void put_task_months(struct sheet *sheet, const struct annual_task *task) {
    struct sheet_cell cells[CALENDAR_COLUMNS] = {sheet_text(SHEET_TEXT, task->title),
                                                 sheet_text(SHEET_CENTRE, task->department)};
    for (size_t month = 0; month < ANNUAL_MONTHS; month++) {
        cells[month + 2] = sheet_blank(SHEET_NUMBER);
    }
    for (size_t i = 0; i < task->batch_count; i++) {
        cells[task->batches[i].first_month + 1] =
            sheet_number(SHEET_NUMBER, (double)annual_batch_planned(&task->batches[i]));
    }
    cells[CALENDAR_COLUMNS - 1] = sheet_number(SHEET_NUMBER, (double)annual_task_planned(task));
    sheet_put(sheet, cells, CALENDAR_COLUMNS);
}

static void put_loads(struct sheet *sheet, const char *label, const int64_t *loads,
                      int64_t divisor) {
    struct sheet_cell cells[CALENDAR_COLUMNS] = {sheet_wide(sheet_text(SHEET_TOTAL, label), 2)};
    int64_t sum = 0;
    enum sheet_style style = divisor == 1 ? SHEET_TOTAL_NUMBER : SHEET_POINTS;
    for (size_t month = 0; month < ANNUAL_MONTHS; month++) {
        cells[month + 1] = sheet_number(style, (double)loads[month] / (double)divisor);
        sum += loads[month];
    }
    cells[CALENDAR_COLUMNS - 2] = sheet_number(style, (double)sum / (double)divisor);
    sheet_put(sheet, cells, CALENDAR_COLUMNS - 1);
}

void annual_calendar_put(struct sheet *sheet, const struct annual_material *material) {
    const struct annual *annual = material->annual;
    int64_t loads[ANNUAL_MONTHS];
    annual_loads(annual, false, loads);
    sheet_set_columns(sheet, calendar_columns, CALENDAR_COLUMNS);
    sheet_settle(sheet);
    sheet_line(sheet, SHEET_TITLE,
               arena_printf(material->arena, _("Calendar of batches, %d"), annual->year));
    sheet_gap(sheet, 6);
    sheet_header(sheet);
    sheet_freeze(sheet, 2);
    for (size_t i = 0; i < annual->task_count; i++) {
        put_task_months(sheet, &annual->tasks[i]);
    }
    put_loads(sheet, _("Visits a month"), loads, 1);
    if (annual->inspectors > 0) {
        for (size_t month = 0; month < ANNUAL_MONTHS; month++) {
            loads[month] *= PLAN_TEAM_SIZE;
        }
        put_loads(sheet, _("Visits an inspector"), loads, annual->inspectors);
    }
    sheet_line(sheet, SHEET_SMALL,
               _("Note: a quarterly batch stands in its first month; the visits a month spread it "
                 "over its months. A visit takes two inspectors."));
}
