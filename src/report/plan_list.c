#include "report/plan_list.h"

#include "base/gettext.h"
#include "plan/drawn.h"
#include "plan/teams.h"
#include "registry/division.h"
#include "report/class_style.h"
#include "report/plan_words.h"

#include <stdlib.h>
#include <string.h>

#define PAGE_UNITS 1000

static const struct sheet_column columns[PLAN_LIST_COLUMNS] = {
    [PLAN_LIST_SERIAL] = {N_("Serial"), 6, 8, SHEET_ORDINAL},
    [PLAN_LIST_NAME] = {N_("Enterprise"), 16, 34, SHEET_TEXT},
    [PLAN_LIST_CODE] = {N_("USCC / registration no."), 18, 22, SHEET_CODE},
    [PLAN_LIST_CLASS] = {N_("Risk class"), 6, 6, SHEET_CLASS_A},
    [PLAN_LIST_REGION] = {N_("Division"), 10, 18, SHEET_CENTRE},
    [PLAN_LIST_STRATUM] = {N_("Stratum"), 10, 20, SHEET_CENTRE},
    [PLAN_LIST_HOW] = {N_("Way of drawing"), 8, 10, SHEET_CENTRE},
    [PLAN_LIST_RANK] = {N_("Rank in stratum"), 6, 8, SHEET_ORDINAL},
    [PLAN_LIST_METHOD] = {N_("Methods of inspection"), 12, 18, SHEET_TEXT},
    [PLAN_LIST_REQUIREMENT] = {N_("Supervision requirement"), 16, 38, SHEET_TEXT},
    [PLAN_LIST_ADDRESS] = {N_("Domicile"), 14, 30, SHEET_TEXT},
    [PLAN_LIST_PHONE] = {N_("Telephone"), 12, 14, SHEET_CODE},
    [PLAN_LIST_TEAM] = {N_("Inspectors"), 10, 20, SHEET_TEXT},
    [PLAN_LIST_REMARKS] = {N_("Remarks"), 10, 16, SHEET_TEXT},
};

/* What goes over the units. */
struct list {
    struct sheet *sheet;
    const struct plan_material *material;
    const char **strata; /* words for each of the record's strata */
    size_t stratum;      /* of the unit at hand: units come in the order of the strata */
    const char **teams;  /* names of the teams of the page at hand; NULL: there are none */
    int64_t first;       /* place of its first unit */
    struct drawn_contact *contacts;
    size_t contact_count;
};

/* What is to be said of a unit besides: that another stands in for it, or it for another. */
static const char *remark(const struct list *list, const struct drawn_unit *unit) {
    struct arena *arena = list->material->arena;
    if (unit->replaced_by != NULL) {
        return arena_printf(arena, _("replaced by %s: %s"), unit->replaced_by, unit->extra_reason);
    }
    if (unit->replaces != NULL) {
        return arena_printf(arena, _("in place of %s: %s"), unit->replaces, unit->extra_reason);
    }
    return unit->extra_reason != NULL ? unit->extra_reason
           : unit->stub               ? _("registration to be completed")
                                      : NULL;
}

static const char *region_of(const struct drawn_unit *unit) {
    return unit->region == NULL || unit->region[0] == '\0' ? NULL : division_label(unit->region);
}

/* The words for the stratum of a unit. */
static const char *stratum_of(struct list *list, const struct drawn_unit *unit) {
    const struct draw_record *record = list->material->record;
    while (list->stratum + 1 < record->stratum_count &&
           strcmp(record->strata[list->stratum].code, unit->stratum) != 0) {
        list->stratum++;
    }
    return list->strata[list->stratum];
}

static const char *team_of(const struct list *list, const struct drawn_unit *unit) {
    return list->teams == NULL ? NULL : list->teams[unit->place - list->first];
}

/* The way a unit came into the plan, from the record's word for it. */
static const char *way_of(const char *word) {
    for (int i = DRAW_METHOD_RANDOM; i <= DRAW_METHOD_EXTENSION; i++) {
        if (strcmp(word, draw_method_name((enum draw_method)i)) == 0) {
            return plan_words_method((enum draw_method)i);
        }
    }
    return word;
}

/* The room that names, codes and what follows from class and stratum take. */
static void measure_record(struct list *list) {
    const struct draw_record *record = list->material->record;
    for (size_t i = 0; i < record->unit_count; i++) {
        sheet_measure(list->sheet, PLAN_LIST_NAME, record->units[i].name);
        sheet_measure(list->sheet, PLAN_LIST_CODE, record->units[i].id);
    }
    for (size_t i = 0; i < record->stratum_count; i++) {
        sheet_measure(list->sheet, PLAN_LIST_STRATUM, list->strata[i]);
    }
    for (int i = 0; i < CLASS_COUNT; i++) {
        const struct policy_measure *measure = &list->material->policy->measures[i];
        sheet_measure(list->sheet, PLAN_LIST_METHOD, list->material->methods[i]);
        sheet_measure(list->sheet, PLAN_LIST_REQUIREMENT, measure->text);
    }
}

/* The room that what the registry says takes. */
static void measure_contacts(struct list *list) {
    for (size_t i = 0; i < list->contact_count; i++) {
        struct drawn_unit unit = {.enterprise = list->contacts[i].enterprise};
        drawn_fill_contact(&unit, &list->contacts[i], 1);
        sheet_measure(list->sheet, PLAN_LIST_REGION, region_of(&unit));
        sheet_measure(list->sheet, PLAN_LIST_ADDRESS, unit.address);
        sheet_measure(list->sheet, PLAN_LIST_PHONE, unit.phone);
        sheet_measure(list->sheet, PLAN_LIST_REMARKS, remark(list, &unit));
    }
}

/* The room that teams and remarks on units drawn later take. */
static enum result measure_teams(struct list *list, struct store *store, struct error *error) {
    const struct plan_material *material = list->material;
    struct arena *page = arena_new();
    enum result code = page == NULL ? error_no_memory(error) : RESULT_OK;
    int64_t count = (int64_t)material->record->unit_count;
    for (int64_t first = 1; code == RESULT_OK && material->teams_text != NULL && first <= count;
         first += PAGE_UNITS) {
        arena_reset(page);
        code = teams_names(store, &material->plan, first, PAGE_UNITS, page, &list->teams, error);
        for (size_t i = 0; code == RESULT_OK && list->teams != NULL && i < PAGE_UNITS; i++) {
            sheet_measure(list->sheet, PLAN_LIST_TEAM, list->teams[i]);
        }
    }
    for (size_t i = 0; i < material->record->unit_count; i++) {
        if (material->record->units[i].method >= DRAW_METHOD_REPLACEMENT) { /* these are long */
            sheet_measure(list->sheet, PLAN_LIST_REMARKS, material->plan.title);
        }
    }
    arena_free(page);
    list->teams = NULL;
    return code;
}

static void put_unit(struct list *list, const struct drawn_unit *unit) {
    const struct policy_measure *measure = &list->material->policy->measures[unit->risk_class];
    SHEET_PUT(list->sheet, sheet_number(SHEET_ORDINAL, (double)unit->place),
              sheet_text(SHEET_TEXT, unit->name), sheet_text(SHEET_CODE, unit->unit),
              sheet_text(class_style(unit->risk_class), risk_class_letter(unit->risk_class)),
              sheet_text(SHEET_CENTRE, region_of(unit)),
              sheet_text(SHEET_CENTRE, stratum_of(list, unit)),
              sheet_text(SHEET_CENTRE, way_of(unit->method)),
              sheet_number(SHEET_ORDINAL, (double)unit->rank),
              sheet_text(SHEET_TEXT, list->material->methods[unit->risk_class]),
              sheet_text(SHEET_TEXT, measure->text), sheet_text(SHEET_TEXT, unit->address),
              sheet_text(SHEET_CODE, unit->phone), sheet_text(SHEET_TEXT, team_of(list, unit)),
              sheet_text(SHEET_TEXT, remark(list, unit)));
}

/* Puts all drawn units, page by page. */
static enum result put_units(struct list *list, struct store *store,
                             const struct progress *progress, struct error *error) {
    uint64_t total = list->material->record->unit_count;
    struct arena *page = arena_new();
    struct drawn_unit *units = calloc(PAGE_UNITS, sizeof(*units));
    size_t count = PAGE_UNITS;
    int64_t after = 0;
    enum result code = page == NULL || units == NULL ? error_no_memory(error) : RESULT_OK;
    list->stratum = 0;
    while (code == RESULT_OK && count == PAGE_UNITS) {
        arena_reset(page);
        code = drawn_load_listed(store, list->material->plan.id, after, page, units, PAGE_UNITS,
                                 &count, error);
        if (code == RESULT_OK && count > 0) {
            list->first = units[0].place;
            code = teams_names(store, &list->material->plan, list->first, count, page, &list->teams,
                               error);
        }
        for (size_t i = 0; code == RESULT_OK && i < count; i++) {
            drawn_fill_contact(&units[i], list->contacts, list->contact_count);
            put_unit(list, &units[i]);
        }
        if (code == RESULT_OK && count > 0) {
            after = units[count - 1].place;
            code = progress_step(progress, (uint64_t)after, total, error);
        }
    }
    arena_free(page);
    free(units);
    return code;
}

static void put_head(struct list *list) {
    const struct plan_material *material = list->material;
    struct arena *arena = material->arena;
    sheet_line(list->sheet, SHEET_TITLE,
               arena_printf(arena, _("%s: enterprises drawn"), material->plan.title));
    sheet_line(list->sheet, SHEET_SUBTITLE,
               arena_printf(arena,
                            _("Plan no. %s    Issued by: %s    %s drawn of %s    State: %s    "
                              "Drawn: %s"),
                            material->plan.number, material->bureau,
                            plan_words_count((int64_t)material->record->unit_count, arena),
                            plan_words_count((int64_t)draw_frame_count(material->frame), arena),
                            plan_state_name(material->plan.state),
                            plan_words_moment(material->plan.drawn_at, arena)));
    sheet_header(list->sheet);
    sheet_freeze(list->sheet, PLAN_LIST_CODE);
}

enum result plan_list_put(struct sheet *sheet, struct store *store,
                          const struct plan_material *material, const struct progress *progress,
                          struct error *error) {
    const struct draw_record *record = material->record;
    struct list list = {.sheet = sheet, .material = material};
    list.strata = arena_alloc(material->arena, (record->stratum_count + 1) * sizeof(*list.strata));
    if (list.strata == NULL) {
        return error_no_memory(error);
    }
    for (size_t i = 0; i < record->stratum_count; i++) {
        list.strata[i] = plan_words_stratum(&record->strata[i], material->arena);
    }
    sheet_set_columns(sheet, columns, PLAN_LIST_COLUMNS);
    enum result code = drawn_load_contacts(store, &material->plan, material->arena, &list.contacts,
                                           &list.contact_count, error);
    measure_record(&list);
    measure_contacts(&list);
    if (code == RESULT_OK) {
        code = measure_teams(&list, store, error);
    }
    if (code == RESULT_OK) {
        sheet_settle(sheet);
        put_head(&list);
        uint32_t header = sheet_row(sheet) - 1;
        code = put_units(&list, store, progress, error);
        sheet_filter(sheet, header, sheet_row(sheet) - 1);
    }
    return code;
}
