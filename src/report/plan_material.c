#include "report/plan_material.h"

#include "base/gettext.h"
#include "guard/journal.h"
#include "plan/ceiling.h"
#include "plan/drawn.h"
#include "plan/teams_record.h"
#include "policy/policy_store.h"
#include "report/plan_words.h"
#include "score/period.h"

#include <stdlib.h>
#include <string.h>

/* The steps shown, in the order of a plan's life, and what the journal calls them. */
static const struct {
    const char *action;
    const char *name;
} known_steps[] = {
    {"plan.create", N_("Drafted")},
    {"plan.freeze", N_("Frame frozen")},
    {"plan.commit", N_("Digests committed")},
    {"plan.seed", N_("Seed entered")},
    {"plan.draw", N_("Drawn")},
    {"plan.approve", N_("Approved and locked")},
    {"plan.void", N_("Voided")},
};

#define KNOWN_STEPS (sizeof(known_steps) / sizeof(known_steps[0]))

/* Entries a plan may have besides its steps (changes of the draft, exports); older ones than that
 * are not looked at. */
#define JOURNAL_MOST 10000

struct gathering {
    struct arena *arena;
    struct plan_step found[KNOWN_STEPS];
};

/* Journal entries come newest first: the newest of each kind is the step that stands. */
static bool take_entry(void *context, const struct journal_row *row) {
    struct gathering *gathering = context;
    for (size_t i = 0; i < KNOWN_STEPS; i++) {
        if (strcmp(row->entry.action, known_steps[i].action) == 0 &&
            gathering->found[i].name == NULL) {
            gathering->found[i] = (struct plan_step){
                .name = _(known_steps[i].name),
                .who = arena_strdup(gathering->arena, row->actor),
                .at = plan_words_moment(row->at, gathering->arena),
            };
        }
    }
    return true;
}

static enum result load_steps(struct plan_material *material, struct store *store,
                              struct error *error) {
    _Static_assert(KNOWN_STEPS <= PLAN_MOST_STEPS, "room for every step");
    struct gathering gathering = {.arena = material->arena};
    const char *subject = arena_printf(material->arena, "plan:%s", material->plan.number);
    enum result code =
        subject == NULL ? error_no_memory(error)
                        : journal_read(store, subject, JOURNAL_MOST, take_entry, &gathering, error);
    for (size_t i = 0; code == RESULT_OK && i < KNOWN_STEPS; i++) {
        if (gathering.found[i].name != NULL) {
            material->steps[material->step_count++] = gathering.found[i];
        }
    }
    return code;
}

static enum result load_policy(struct plan_material *material, struct store *store,
                               struct error *error) {
    struct period period;
    enum result code = period_load(store, material->plan.period, &period, error);
    return code == RESULT_OK ? policy_store_load(store, period.policy, &material->policy, error)
                             : code;
}

static enum result check_drawn(const struct plan *plan, struct error *error) {
    if (plan->drawn_at != NULL) {
        return RESULT_OK;
    }
    if (plan->state == PLAN_VOID) {
        return error_set(error, RESULT_REFUSED,
                         _("Plan %s was voided before anything was drawn; there is nothing to "
                           "export."),
                         plan->number);
    }
    return error_set(error, RESULT_REFUSED, _("Plan %s is not drawn yet; draw it first."),
                     plan->number);
}

static enum result name_files(struct plan_material *material, struct error *error) {
    const char *number = material->plan.number;
    material->workbook_file = arena_printf(material->arena, "%s.xlsx", number);
    material->record_file = arena_printf(material->arena, "%s.draw.json", number);
    material->teams_file = arena_printf(material->arena, "%s.teams.json", number);
    material->frame_file = arena_printf(material->arena, "%s.frame.tsv", number);
    bool named = material->workbook_file != NULL && material->record_file != NULL &&
                 material->teams_file != NULL && material->frame_file != NULL;
    return named ? RESULT_OK : error_no_memory(error);
}

static void count_classes(struct plan_material *material) {
    for (size_t i = 0; i < material->record->stratum_count; i++) {
        const struct draw_record_stratum *stratum = &material->record->strata[i];
        char letter[2] = {stratum->risk_class, '\0'};
        enum risk_class risk_class = risk_class_find(letter);
        if (risk_class < CLASS_COUNT) {
            material->population[risk_class] += (int64_t)stratum->population;
            material->drawn[risk_class] += (int64_t)stratum->drawn;
        }
    }
}

static enum result load_methods(struct plan_material *material, struct store *store,
                                struct error *error) {
    struct plan_ceiling ceiling;
    enum result code = ceiling_load(store, &material->plan.scope, material->arena, &ceiling, error);
    for (int i = 0; code == RESULT_OK && i < CLASS_COUNT; i++) {
        material->methods[i] =
            ceiling_methods(&ceiling, material->policy->measures[i].method, material->arena);
    }
    return code;
}

static enum result load_draw(struct plan_material *material, struct store *store,
                             struct error *error) {
    enum result code = drawn_load_frame(store, &material->plan, &material->frame, error);
    if (code == RESULT_OK) {
        code = drawn_record(store, &material->plan, material->frame, material->frame_file,
                            &material->record, error);
    }
    if (code == RESULT_OK) {
        count_classes(material);
        code = draw_record_write(&material->record_text, material->record, error);
    }
    return code == RESULT_OK ? teams_record(store, &material->plan, material->frame,
                                            material->frame_file, &material->teams_text, error)
                             : code;
}

static enum result load(struct plan_material *material, struct store *store, int64_t plan,
                        struct error *error) {
    enum result code = plan_load(store, plan, material->arena, &material->plan, error);
    if (code == RESULT_OK) {
        code = check_drawn(&material->plan, error);
    }
    if (code == RESULT_OK) {
        code = name_files(material, error);
    }
    if (code == RESULT_OK) {
        code = load_policy(material, store, error);
    }
    if (code == RESULT_OK) {
        code = load_methods(material, store, error);
    }
    if (code == RESULT_OK) {
        code = load_draw(material, store, error);
    }
    return code == RESULT_OK ? load_steps(material, store, error) : code;
}

enum result plan_material_load(struct plan_material **material, struct store *store, int64_t plan,
                               struct error *error) {
    *material = NULL;
    struct plan_material *made = calloc(1, sizeof(*made));
    if (made == NULL || (made->arena = arena_new()) == NULL) {
        free(made);
        return error_no_memory(error);
    }
    made->bureau = _("Market Regulation Bureau");
    enum result code = load(made, store, plan, error);
    if (code != RESULT_OK) {
        plan_material_free(made);
        return code;
    }
    *material = made;
    return RESULT_OK;
}

void plan_material_free(struct plan_material *material) {
    if (material == NULL) {
        return;
    }
    free(material->record_text);
    free(material->teams_text);
    draw_record_free(material->record);
    draw_frame_free(material->frame);
    policy_free(material->policy);
    arena_free(material->arena);
    free(material);
}
