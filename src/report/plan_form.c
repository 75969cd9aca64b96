#include "report/plan_form.h"

#include "base/gettext.h"
#include "report/class_style.h"
#include "report/county_form.h"
#include "report/plan_words.h"
#include "score/period.h"

#include <string.h>

/* Widths of the columns of the county form, in characters. */
static const int widths[COUNTY_COLUMNS] = {4, 15, 14, 15, 9, 13, 10, 37, 14, 12, 10, 9, 8};

/* Under the table: the facts of the draw on the left, a label over two columns and a value over
 * five; the chart under the requirements; the classes and the steps on the right. */
#define LABEL_SPAN 2
#define VALUE_SPAN (COUNTY_REQUIREMENT - LABEL_SPAN)
#define WHEN_SPAN (COUNTY_COLUMNS - COUNTY_PARTNERS)
#define SHARE_SPAN (COUNTY_COLUMNS - COUNTY_OFFICE)

static void put_head(struct sheet *sheet, const struct plan_material *material) {
    struct arena *arena = material->arena;
    char period[PERIOD_TEXT_SIZE];
    sheet_line(sheet, SHEET_TITLE, material->plan.title);
    sheet_line(sheet, SHEET_SUBTITLE,
               arena_printf(arena,
                            _("Plan no. %s    Issued by: %s    Classes of period: %s    "
                              "Policy: %s %s    Unit: households"),
                            material->plan.number, material->bureau,
                            period_format(material->plan.period, period), material->policy->name,
                            material->policy->version));
    sheet_line(sheet, SHEET_BANNER, plan_words_state(&material->plan, arena));
    sheet_gap(sheet, 6);
}

/* The requirement of a class: what the policy says, how it is checked and how often at most. */
static const char *requirement(const struct plan_material *material, enum risk_class risk_class) {
    const struct policy_measure *measure = &material->policy->measures[risk_class];
    int64_t cap = material->plan.scope.limits.caps[risk_class];
    int64_t most = cap > 0 ? cap : measure->times;
    return arena_printf(material->arena, _("%s Methods: %s. At most %lld a year."), measure->text,
                        material->methods[risk_class], (long long)most);
}

static void put_class(struct sheet *sheet, const struct plan_material *material,
                      enum risk_class risk_class) {
    struct arena *arena = material->arena;
    const struct plan *plan = &material->plan;
    int64_t population = material->population[risk_class];
    int64_t drawn = material->drawn[risk_class];
    const char *letter = risk_class_letter(risk_class);
    bool whole = population > 0 && drawn == population;
    SHEET_PUT(
        sheet, sheet_number(SHEET_ORDINAL, (int)risk_class + 1),
        sheet_text(SHEET_TEXT, arena_printf(arena, _("%s (class %s)"), plan->title, letter)),
        sheet_text(SHEET_TEXT, plan->scope.matter),
        sheet_text(SHEET_TEXT, arena_printf(arena, _("%s; enterprises of class %s (%s)"),
                                            plan_words_scope(&plan->scope, arena), letter,
                                            risk_class_name(risk_class))),
        sheet_text(SHEET_CENTRE, plan_words_targeting(&plan->scope)),
        sheet_text(SHEET_TEXT, plan_words_measure(&plan->measures, letter[0], population, arena)),
        sheet_number(SHEET_NUMBER, (double)drawn),
        sheet_text(SHEET_TEXT, requirement(material, risk_class)),
        sheet_text(SHEET_CENTRE, plan_words_dates(&plan->scope, arena)),
        sheet_text(SHEET_CENTRE, material->bureau), sheet_text(SHEET_CENTRE, plan->scope.partners),
        sheet_text(SHEET_CENTRE, plan->scope.department),
        sheet_text(SHEET_CENTRE, whole ? _("all taken") : NULL));
}

static void put_total(struct sheet *sheet, const struct plan_material *material,
                      uint32_t first_row) {
    struct arena *arena = material->arena;
    const char *base = arena_printf(
        arena, _("base %s"), plan_words_count((int64_t)draw_frame_count(material->frame), arena));
    SHEET_PUT(sheet, sheet_wide(sheet_text(SHEET_TOTAL, _("Total")), COUNTY_BASE),
              sheet_text(SHEET_TOTAL, base),
              sheet_sum(SHEET_TOTAL_NUMBER, first_row, sheet_row(sheet) - 1,
                        (double)material->record->unit_count),
              sheet_wide(sheet_blank(SHEET_TOTAL), COUNTY_COLUMNS - COUNTY_REQUIREMENT));
}

/* A fact of the draw. */
struct fact {
    const char *label;
    enum sheet_style style;
    const char *value;
};

#define FACT_COUNT 11

static void gather_facts(const struct plan_material *material, struct fact facts[FACT_COUNT]) {
    const struct draw_record *record = material->record;
    struct arena *arena = material->arena;
    const char *counts =
        arena_printf(arena, _("%s in the frame, %s drawn"),
                     plan_words_count((int64_t)draw_frame_count(material->frame), arena),
                     plan_words_count((int64_t)record->unit_count, arena));
    const struct fact all[FACT_COUNT] = {
        {_("Draw id"), SHEET_DIGEST, record->draw_id},
        {_("Public seed"), SHEET_DIGEST, record->seed},
        {_("Source of the seed"), SHEET_TEXT, record->seed_source},
        {_("Allocation"), SHEET_TEXT, plan_words_allocation(&record->measures, arena)},
        {_("Units"), SHEET_TEXT, counts},
        {_("Left out before the draw"), SHEET_TEXT, plan_words_excluded(record, arena)},
        {_("Frame digest"), SHEET_DIGEST, record->frame_digest},
        {_("Measures digest"), SHEET_DIGEST, record->measures_digest},
        {_("Record digest"), SHEET_DIGEST, record->record_digest},
        {_("Policy digest"), SHEET_DIGEST, material->policy->digest},
        {_("Proof"), SHEET_TEXT,
         arena_printf(arena, _("sheet \"%s\"; %s; %s"), _("Verification"), material->record_file,
                      material->frame_file)},
    };
    memcpy(facts, all, sizeof(all));
}

/* A row of the block under the table: a fact, room for the chart, and cells on the right. */
static void put_beside(struct sheet *sheet, const struct fact *fact, const struct sheet_cell *right,
                       size_t count) {
    struct sheet_cell cells[COUNTY_COLUMNS] = {
        sheet_wide(sheet_text(SHEET_LABEL, fact->label), LABEL_SPAN),
        sheet_wide(sheet_text(fact->style, fact->value), VALUE_SPAN),
        sheet_blank(SHEET_SMALL),
    };
    memcpy(&cells[3], right, count * sizeof(*right));
    sheet_put(sheet, cells, 3 + count);
}

#define PUT_BESIDE(sheet, fact, ...)                                                               \
    put_beside(sheet, fact, (const struct sheet_cell[]){__VA_ARGS__},                              \
               sizeof((struct sheet_cell[]){__VA_ARGS__}) / sizeof(struct sheet_cell))

static void put_class_count(struct sheet *sheet, const struct plan_material *material,
                            const struct fact *fact, enum risk_class risk_class) {
    double population = (double)material->population[risk_class];
    double drawn = (double)material->drawn[risk_class];
    PUT_BESIDE(sheet, fact, sheet_text(class_style(risk_class), risk_class_letter(risk_class)),
               sheet_number(SHEET_NUMBER, population), sheet_number(SHEET_NUMBER, drawn),
               sheet_wide(sheet_number(SHEET_PERCENT, population > 0 ? drawn / population : 0),
                          SHARE_SPAN));
}

static void put_step(struct sheet *sheet, const struct fact *fact, const struct plan_step *step) {
    PUT_BESIDE(sheet, fact, sheet_text(SHEET_CENTRE, step->name),
               sheet_text(SHEET_CENTRE, step->who),
               sheet_wide(sheet_text(SHEET_CENTRE, step->at), WHEN_SPAN));
}

static void put_facts(struct sheet *sheet, const struct plan_material *material) {
    static const struct fact no_fact = {NULL, SHEET_TEXT, NULL};
    static const struct plan_step no_step = {NULL, NULL, NULL};
    struct fact facts[FACT_COUNT];
    size_t fact = 0;
    gather_facts(material, facts);
    SHEET_PUT(sheet,
              sheet_wide(sheet_text(SHEET_HEADER, _("Facts of the draw")), COUNTY_REQUIREMENT),
              sheet_blank(SHEET_SMALL), sheet_text(SHEET_HEADER, _("Risk class")),
              sheet_text(SHEET_HEADER, _("Base N")), sheet_text(SHEET_HEADER, _("Drawn n")),
              sheet_wide(sheet_text(SHEET_HEADER, _("Share drawn")), SHARE_SPAN));
    for (int i = 0; i < CLASS_COUNT; i++) {
        put_class_count(sheet, material, &facts[fact++], (enum risk_class)i);
    }
    PUT_BESIDE(sheet, &facts[fact++], sheet_text(SHEET_HEADER, _("Steps taken")),
               sheet_text(SHEET_HEADER, _("Person")),
               sheet_wide(sheet_text(SHEET_HEADER, _("Time")), WHEN_SPAN));
    for (size_t i = 0; i < material->step_count || fact < FACT_COUNT; i++) {
        put_step(sheet, fact < FACT_COUNT ? &facts[fact++] : &no_fact,
                 i < material->step_count ? &material->steps[i] : &no_step);
    }
}

/* Puts the facts, and over the room they leave the chart of the classes beside them. */
static void put_block(struct sheet *sheet, const struct plan_material *material) {
    struct sheet_chart chart = {
        .title = _("Objects drawn, by risk class"),
        .value_title = _("Objects drawn"),
        .first_row = sheet_row(sheet) + 1,
        .last_row = sheet_row(sheet) + CLASS_COUNT,
        .category_column = COUNTY_TIME,
        .value_column = COUNTY_PARTNERS,
        .left_column = COUNTY_REQUIREMENT,
        .right_column = COUNTY_REQUIREMENT,
        .top_row = sheet_row(sheet),
    };
    put_facts(sheet, material);
    sheet_insert_chart(sheet, &chart);
}

/* A place for a name or a date that a hand fills in. */
#define TO_FILL_IN "____________"

static void put_signatures(struct sheet *sheet, const struct plan_material *material) {
    const struct plan *plan = &material->plan;
    struct arena *arena = material->arena;
    bool approved = plan->approved_by != NULL && plan->approved_at != NULL;
    const char *drafted = arena_printf(arena, _("Drawn up by: %s    Date: %.10s"), plan->created_by,
                                       plan->created_at);
    const char *reviewed = arena_printf(arena, _("Reviewed by: %s    Date: %.10s"),
                                        approved ? plan->approved_by : TO_FILL_IN,
                                        approved ? plan->approved_at : TO_FILL_IN);
    const char *released =
        arena_printf(arena, _("Approved by: %s    Date: %s"), TO_FILL_IN, TO_FILL_IN);
    sheet_gap(sheet, 14);
    SHEET_PUT(sheet, sheet_wide(sheet_text(SHEET_SIGNATURE, drafted), COUNTY_BASE),
              sheet_wide(sheet_text(SHEET_SIGNATURE, reviewed), COUNTY_TIME - COUNTY_BASE),
              sheet_wide(sheet_text(SHEET_SIGNATURE, released), COUNTY_COLUMNS - COUNTY_TIME));
}

void plan_form_put(struct sheet *sheet, const struct plan_material *material) {
    county_form_set_columns(sheet, widths);
    sheet_settle(sheet);
    sheet_fit_page(sheet);
    put_head(sheet, material);
    sheet_header(sheet);
    uint32_t first = sheet_row(sheet);
    for (int i = 0; i < CLASS_COUNT; i++) {
        put_class(sheet, material, (enum risk_class)i);
    }
    put_total(sheet, material, first);
    sheet_line(sheet, SHEET_SMALL,
               _("Note: every unit of a stratum has the same known chance of being drawn; the seed "
                 "was fixed after the frame and the measures. See the sheet on verification."));
    sheet_gap(sheet, 6);
    put_block(sheet, material);
    put_signatures(sheet, material);
}
