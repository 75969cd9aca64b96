#include "ui/view/plan_later.h"

#include "base/gettext.h"
#include "plan/extra.h"
#include "plan/team_change.h"
#include "ui/kit/prompt.h"

#include <inttypes.h>
#include <stdlib.h>

static char *ask(struct screen *screen, const char *label) {
    const struct prompt prompt = {.label = label};
    return prompt_text(screen, &prompt);
}

bool unit_replace(struct screen *screen, struct workstation *workstation, const struct plan *plan,
                  const struct drawn_unit *unit) {
    struct error error = ERROR_INIT;
    char *reason = ask(screen, _("Why it cannot be checked (the next ticket comes in):"));
    if (reason == NULL) {
        return false;
    }
    enum result code =
        plan_replace(workstation->store, &workstation->actor, plan->id, unit->unit, reason, &error);
    free(reason);
    if (code != RESULT_OK) {
        screen_error(screen, &error);
        return false;
    }
    screen_message(screen, MESSAGE_INFO,
                   _("%s is marked; the next of its stratum by ticket came in for it."),
                   unit->name);
    return true;
}

/* Lets one of the unit's team be chosen; a staff number in the arena, NULL when none was. */
static const char *choose_member(struct screen *screen, struct workstation *workstation,
                                 const struct plan *plan, const struct drawn_unit *unit,
                                 struct arena *arena, struct error *error) {
    struct team_member *members = NULL;
    const char *names[TEAM_SIZE_MOST];
    size_t count = 0;
    enum result code = teams_load(workstation->store, plan, unit->place, unit->place, arena,
                                  &members, &count, error);
    if (code == RESULT_OK && count == 0) {
        error_set(error, RESULT_REFUSED, _("Plan %s has no teams yet; assign them first."),
                  plan->number);
    }
    for (size_t i = 0; i < count && i < TEAM_SIZE_MOST; i++) {
        names[i] = members[i].name;
    }
    int chosen = code == RESULT_OK && count > 0
                     ? prompt_choose(screen, _("Who cannot go"), names, count, 0)
                     : -1;
    return chosen < 0 ? NULL : members[chosen].number;
}

static bool swap(struct screen *screen, struct workstation *workstation, const struct plan *plan,
                 struct team_swap *swap, struct error *error) {
    int64_t changed = 0;
    char *comes =
        ask(screen, _("Who goes instead (staff number or name; empty: the next by the rule):"));
    char *reason = comes == NULL ? NULL : ask(screen, _("Why the inspector is swapped:"));
    bool given = reason != NULL;
    if (given) {
        swap->comes = comes[0] == '\0' ? NULL : comes;
        swap->reason = reason;
        plan_swap(workstation->store, &workstation->actor, plan->id, swap, &changed, error);
    }
    free(comes);
    free(reason);
    return given && changed > 0;
}

bool unit_swap(struct screen *screen, struct workstation *workstation, const struct plan *plan,
               const struct drawn_unit *unit) {
    struct error error = ERROR_INIT;
    struct arena *arena = arena_new();
    struct team_swap wanted = {.unit = unit->unit};
    bool done = false;
    wanted.leaves =
        arena == NULL ? NULL : choose_member(screen, workstation, plan, unit, arena, &error);
    if (wanted.leaves != NULL) {
        done = swap(screen, workstation, plan, &wanted, &error);
    }
    arena_free(arena);
    if (error.code != RESULT_OK) {
        screen_error(screen, &error);
    } else if (done) {
        screen_message(screen, MESSAGE_INFO, _("The team of %s is changed."), unit->name);
    }
    return done;
}

bool plan_draw_more(struct screen *screen, struct workstation *workstation,
                    const struct plan *plan) {
    struct error error = ERROR_INIT;
    struct draw_extension extension = {0};
    char *number = ask(screen, _("How many households more (by the measures of the plan):"));
    char *reason = number == NULL ? NULL : ask(screen, _("Why more are drawn:"));
    bool done = false;
    if (reason != NULL) {
        extension.by = strtoull(number, NULL, 10);
        done = plan_extend(workstation->store, &workstation->actor, plan->id, &extension, reason,
                           &error) == RESULT_OK;
    }
    free(number);
    free(reason);
    if (error.code != RESULT_OK) {
        screen_error(screen, &error);
    } else if (done) {
        screen_message(screen, MESSAGE_INFO,
                       plan->state == PLAN_LOCKED
                           ? _("%" PRIu64 " more are drawn; the plan has to be approved again.")
                           : _("%" PRIu64 " more are drawn, the next ones by ticket."),
                       extension.by);
    }
    return done;
}
