#include "report/plan_form.h"

#include "base/gettext.h"
#include "report/plan_words.h"
#include "score/period.h"

#include <string.h>

enum column {
    COLUMN_SERIAL,
    COLUMN_TASK,
    COLUMN_MATTER,
    COLUMN_SCOPE,
    COLUMN_TARGETING,
    COLUMN_BASE,
    COLUMN_DRAWN,
    COLUMN_REQUIREMENT,
    COLUMN_TIME,
    COLUMN_BODY,
    COLUMN_PARTNERS,
    COLUMN_OFFICE,
    COLUMN_REMARKS,
    COLUMN_COUNT
};

/* The columns of the county plan sheet. Their widths are fixed, as the form has to fill a page. */
static const struct sheet_column columns[COLUMN_COUNT] = {
    [COLUMN_SERIAL] = {N_("Serial"), 5, 5, SHEET_ORDINAL},
    [COLUMN_TASK] = {N_("Inspection task"), 18, 18, SHEET_TEXT},
    [COLUMN_MATTER] = {N_("Matters inspected"), 14, 14, SHEET_TEXT},
    [COLUMN_SCOPE] = {N_("Range of objects"), 18, 18, SHEET_TEXT},
    [COLUMN_TARGETING] = {N_("Category (targeted/untargeted)"), 8, 8, SHEET_CENTRE},
    [COLUMN_BASE] = {N_("Base and rate"), 15, 15, SHEET_TEXT},
    [COLUMN_DRAWN] = {N_("Objects drawn (households)"), 9, 9, SHEET_NUMBER},
    [COLUMN_REQUIREMENT] = {N_("Requirements of credit-risk-based supervision"), 46, 46,
                            SHEET_TEXT},
    [COLUMN_TIME] = {N_("Time of inspection"), 13, 13, SHEET_CENTRE},
    [COLUMN_BODY] = {N_("Inspecting body"), 13, 13, SHEET_CENTRE},
    [COLUMN_PARTNERS] = {N_("Supporting bodies"), 10, 10, SHEET_CENTRE},
    [COLUMN_OFFICE] = {N_("Office in charge"), 12, 12, SHEET_CENTRE},
    [COLUMN_REMARKS] = {N_("Remarks"), 12, 12, SHEET_CENTRE},
};

/* The facts under the table: a label over two columns, a value over five. */
#define LABEL_SPAN 2
#define VALUE_SPAN (COLUMN_REQUIREMENT - LABEL_SPAN)

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
    return arena_printf(material->arena, _("%s Methods: %s. At most %lld times a year."),
                        measure->text, measure->method, (long long)measure->times);
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
        sheet_text(SHEET_CENTRE, material->bureau), sheet_blank(SHEET_CENTRE),
        sheet_text(SHEET_CENTRE, plan->scope.department),
        sheet_text(SHEET_CENTRE, whole ? _("all taken") : NULL));
}

static void put_total(struct sheet *sheet, const struct plan_material *material,
                      uint32_t first_row) {
    struct arena *arena = material->arena;
    const char *base = arena_printf(
        arena, _("base %s"), plan_words_count((int64_t)draw_frame_count(material->frame), arena));
    SHEET_PUT(sheet, sheet_wide(sheet_text(SHEET_TOTAL, _("Total")), COLUMN_BASE),
              sheet_text(SHEET_TOTAL, base),
              sheet_sum(SHEET_TOTAL_NUMBER, first_row, sheet_row(sheet) - 1,
                        (double)material->record->unit_count),
              sheet_wide(sheet_blank(SHEET_TOTAL), COLUMN_COUNT - COLUMN_REQUIREMENT));
}

/* A fact of the draw; the width of a digest is what its style has to fit. */
struct fact {
    const char *label;
    enum sheet_style style;
    const char *value;
};

/* Puts a fact beside a step of the plan's life; either may have come to its end. */
static void put_fact(struct sheet *sheet, const struct fact *fact, const struct plan_step *step,
                     struct arena *arena) {
    const char *said =
        step == NULL ? NULL : arena_printf(arena, "%s  %s  %s", step->at, step->name, step->who);
    SHEET_PUT(sheet, sheet_wide(sheet_text(SHEET_LABEL, fact == NULL ? NULL : fact->label), 2),
              sheet_wide(sheet_text(fact == NULL ? SHEET_TEXT : fact->style,
                                    fact == NULL ? NULL : fact->value),
                         VALUE_SPAN),
              sheet_text(SHEET_TEXT, said));
}

static void put_facts(struct sheet *sheet, const struct plan_material *material) {
    const struct draw_record *record = material->record;
    struct arena *arena = material->arena;
    const struct fact facts[] = {
        {_("Draw id"), SHEET_DIGEST, record->draw_id},
        {_("Public seed"), SHEET_DIGEST, record->seed},
        {_("Source of the seed"), SHEET_TEXT, record->seed_source},
        {_("Frame digest"), SHEET_DIGEST, record->frame_digest},
        {_("Measures digest"), SHEET_DIGEST, record->measures_digest},
        {_("Record digest"), SHEET_DIGEST, record->record_digest},
        {_("Allocation"), SHEET_TEXT, plan_words_allocation(&record->measures, arena)},
        {_("Left out before the draw"), SHEET_TEXT, plan_words_excluded(record, arena)},
    };
    size_t count = sizeof(facts) / sizeof(facts[0]);
    SHEET_PUT(sheet,
              sheet_wide(sheet_text(SHEET_HEADER, _("Facts of the draw")), COLUMN_REQUIREMENT),
              sheet_text(SHEET_HEADER, _("Steps taken")));
    for (size_t i = 0; i < count || i < material->step_count; i++) {
        put_fact(sheet, i < count ? &facts[i] : NULL,
                 i < material->step_count ? &material->steps[i] : NULL, arena);
    }
}

static void put_signatures(struct sheet *sheet, const struct plan_material *material) {
    const struct plan *plan = &material->plan;
    struct arena *arena = material->arena;
    const char *approved = plan->approved_by == NULL ? "________________" : plan->approved_by;
    const char *day =
        plan->approved_at == NULL ? "____-__-__" : arena_printf(arena, "%.10s", plan->approved_at);
    sheet_gap(sheet, 14);
    SHEET_PUT(
        sheet,
        sheet_wide(
            sheet_text(SHEET_SIGNATURE, arena_printf(arena, _("Drawn up by: %s    Date: %.10s"),
                                                     plan->created_by, plan->created_at)),
            COLUMN_DRAWN + 1),
        sheet_text(SHEET_SIGNATURE,
                   arena_printf(arena, _("Reviewed by: %s    Date: %s"), approved, day)),
        sheet_wide(sheet_text(SHEET_SIGNATURE, arena_printf(arena, _("Approved by: %s    Date: %s"),
                                                            "________________", "____-__-__")),
                   COLUMN_COUNT - COLUMN_TIME));
}

void plan_form_put(struct sheet *sheet, const struct plan_material *material) {
    sheet_set_columns(sheet, columns, COLUMN_COUNT);
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
    uint32_t facts = sheet_row(sheet);
    put_facts(sheet, material);
    struct sheet_chart chart = {
        .title = _("Objects drawn, by risk class"),
        .category_title = NULL,
        .value_title = _("Objects drawn"),
        .first_row = first,
        .last_row = first + CLASS_COUNT - 1,
        .category_column = COLUMN_SERIAL,
        .value_column = COLUMN_DRAWN,
        .width = 440,
        .height = 210,
    };
    sheet_insert_chart(sheet, facts, COLUMN_TIME, &chart);
    put_signatures(sheet, material);
}
