#include "report/plan_strata.h"

#include "base/gettext.h"
#include "registry/division.h"
#include "report/class_style.h"
#include "report/plan_words.h"

static const struct sheet_column columns[PLAN_STRATA_COLUMNS] = {
    [PLAN_STRATA_CODE] = {N_("Stratum code"), 12, 28, SHEET_CODE},
    [PLAN_STRATA_REGION] = {N_("Division"), 12, 30, SHEET_CENTRE},
    [PLAN_STRATA_CLASS] = {N_("Risk class"), 6, 6, SHEET_CLASS_A},
    [PLAN_STRATA_POPULATION] = {N_("Base N"), 9, 11, SHEET_NUMBER},
    [PLAN_STRATA_DRAWN] = {N_("Drawn n"), 9, 11, SHEET_NUMBER},
    [PLAN_STRATA_RATE] = {N_("Rate asked"), 8, 12, SHEET_CENTRE},
    [PLAN_STRATA_FRACTION] = {N_("Chance n/N"), 10, 16, SHEET_CENTRE},
    [PLAN_STRATA_CHANCE] = {N_("Chance in percent"), 9, 11, SHEET_PERCENT},
    [PLAN_STRATA_CERTAIN] = {N_("Taken whole"), 8, 8, SHEET_CENTRE},
    [PLAN_STRATA_CUTOFF] = {N_("Cut-off ticket"), 66, 66, SHEET_DIGEST},
};

static double share(uint64_t part, uint64_t whole) {
    return whole == 0 ? 0 : (double)part / (double)whole;
}

static const char *region_of(const struct draw_record_stratum *stratum) {
    return stratum->region[0] == '\0' ? NULL : division_label(stratum->region);
}

static void measure(struct sheet *sheet, const struct draw_record *record) {
    for (size_t i = 0; i < record->stratum_count; i++) {
        sheet_measure(sheet, PLAN_STRATA_CODE, record->strata[i].code);
        sheet_measure(sheet, PLAN_STRATA_REGION, region_of(&record->strata[i]));
    }
}

static void put_stratum(struct sheet *sheet, const struct draw_record_stratum *stratum,
                        struct arena *arena) {
    char letter[2] = {stratum->risk_class, '\0'};
    enum risk_class risk_class = risk_class_find(letter);
    SHEET_PUT(
        sheet, sheet_text(SHEET_CODE, stratum->code), sheet_text(SHEET_CENTRE, region_of(stratum)),
        sheet_text(risk_class < CLASS_COUNT ? class_style(risk_class) : SHEET_CENTRE, letter),
        sheet_number(SHEET_NUMBER, (double)stratum->population),
        sheet_number(SHEET_NUMBER, (double)stratum->drawn),
        sheet_text(SHEET_CENTRE,
                   stratum->rate.den == 0 ? NULL : plan_words_rate(stratum->rate, arena)),
        sheet_text(SHEET_CENTRE,
                   arena_printf(arena, "%llu/%llu", (unsigned long long)stratum->drawn,
                                (unsigned long long)stratum->population)),
        sheet_number(SHEET_PERCENT, share(stratum->drawn, stratum->population)),
        sheet_text(SHEET_CENTRE, stratum->certain ? _("yes, whole") : NULL),
        sheet_text(SHEET_DIGEST, stratum->drawn == 0 ? _("none drawn") : stratum->cutoff_ticket));
}

static void put_total(struct sheet *sheet, const struct draw_record *record, uint64_t population,
                      uint32_t first_row) {
    uint32_t last_row = sheet_row(sheet) - 1;
    SHEET_PUT(sheet, sheet_wide(sheet_text(SHEET_TOTAL, _("Total")), PLAN_STRATA_POPULATION),
              sheet_sum(SHEET_TOTAL_NUMBER, first_row, last_row, (double)population),
              sheet_sum(SHEET_TOTAL_NUMBER, first_row, last_row, (double)record->unit_count),
              sheet_wide(sheet_blank(SHEET_TOTAL), 2),
              sheet_number(SHEET_TOTAL_PERCENT, share(record->unit_count, population)),
              sheet_wide(sheet_blank(SHEET_TOTAL), 2));
}

void plan_strata_put(struct sheet *sheet, const struct plan_material *material) {
    const struct draw_record *record = material->record;
    struct arena *arena = material->arena;
    sheet_set_columns(sheet, columns, PLAN_STRATA_COLUMNS);
    measure(sheet, record);
    sheet_settle(sheet);
    sheet_line(sheet, SHEET_TITLE,
               arena_printf(arena, _("%s: strata of the draw"), material->plan.title));
    sheet_line(sheet, SHEET_SUBTITLE,
               arena_printf(arena, _("Plan no. %s    Draw id: %s    %s strata    %s"),
                            material->plan.number, record->draw_id,
                            plan_words_count((int64_t)record->stratum_count, arena),
                            plan_words_allocation(&record->measures, arena)));
    sheet_header(sheet);
    sheet_freeze(sheet, PLAN_STRATA_POPULATION);
    uint32_t first = sheet_row(sheet);
    for (size_t i = 0; i < record->stratum_count; i++) {
        put_stratum(sheet, &record->strata[i], arena);
    }
    sheet_filter(sheet, first - 1, sheet_row(sheet) - 1);
    put_total(sheet, record, draw_frame_count(material->frame), first);
    sheet_line(sheet, SHEET_SMALL,
               _("N and n are numbers of enterprises. A unit is drawn when its ticket is not "
                 "greater than the cut-off ticket of its stratum."));
}
