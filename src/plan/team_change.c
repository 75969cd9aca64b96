#include "plan/team_change.h"

#include "base/gettext.h"
#include "base/text.h"
#include "draw/team_next.h"
#include "plan/drawn.h"
#include "plan/plan_row.h"
#include "plan/staff.h"
#include "plan/teams.h"
#include "store/statement.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* The teams of a plan while they are changed. */
struct changing {
    struct store *store;
    const struct actor *actor;
    const struct plan *plan;
    const struct draw_frame *frame;
    struct draw_roster *roster;
    uint32_t *loads; /* by inspector of the roster */
    bool teams;      /* there are any */
};

static enum result open_changing(struct changing *changing, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code =
        store_query(&rows, changing->store,
                    "SELECT inspector, count(*) FROM plan_member WHERE plan = ? GROUP BY inspector",
                    VALUES(value_int(changing->plan->id)), error);
    if (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
    }
    changing->teams = code == RESULT_OK && row;
    if (changing->teams) {
        code = staff_load(changing->store, changing->plan, &changing->roster, error);
    }
    if (code == RESULT_OK && changing->teams) {
        changing->loads = calloc(draw_roster_count(changing->roster) + 1, sizeof(uint32_t));
        code = changing->loads == NULL ? error_no_memory(error) : RESULT_OK;
    }
    while (code == RESULT_OK && changing->teams && row) {
        uint32_t inspector = draw_roster_find(changing->roster, statement_string(rows, 0));
        if (inspector != UINT32_MAX) {
            changing->loads[inspector] = (uint32_t)statement_int(rows, 1);
        }
        code = statement_step(rows, &row, error);
    }
    statement_free(rows);
    return code;
}

static void close_changing(struct changing *changing) {
    draw_roster_free(changing->roster);
    free(changing->loads);
}

static const char *number_of(const struct changing *changing, uint32_t inspector) {
    return draw_roster_inspectors(changing->roster)[inspector].id;
}

static enum result note(struct changing *changing, const char *unit, const char *leaves,
                        const char *comes, bool by_person, const char *reason,
                        struct error *error) {
    char at[CLOCK_TEXT_SIZE];
    return store_execute(
        changing->store,
        "INSERT INTO plan_team_change (plan, serial, unit, leaves, comes, chosen, reason, actor, "
        "at) SELECT ?1, ifnull(max(serial), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM "
        "plan_team_change WHERE plan = ?1",
        VALUES(value_int(changing->plan->id), value_text(unit), value_text(leaves),
               value_text(comes), value_text(by_person ? "person" : "rule"), value_text(reason),
               value_text(changing->actor->name),
               value_text(clock_now(&changing->actor->clock, at))),
        error);
}

static struct draw_team_unit unit_of(const struct changing *changing, const char *id) {
    const struct draw_unit *unit = draw_frame_find(changing->frame, id);
    return (struct draw_team_unit){.id = id, .region = unit == NULL ? "" : unit->region};
}

/* ---- a unit that came in --------------------------------------------------------------------- */

static enum result add_one(struct changing *changing, const char *id, const char *reason,
                           struct error *error) {
    const struct plan *plan = changing->plan;
    uint32_t members[TEAM_SIZE_MOST];
    const struct draw_team_gap gap = {.roster = changing->roster,
                                      .unit = unit_of(changing, id),
                                      .loads = changing->loads,
                                      .out = UINT32_MAX};
    enum result code = draw_team_fill(&gap, plan->draw_id, plan->seed, members, 0, error);
    if (code == RESULT_REFUSED) {
        return error_set(error, RESULT_REFUSED,
                         _("Nobody of the roster is left to go to %s, which would come in; nothing "
                           "was drawn."),
                         id);
    }
    for (uint32_t seat = 0; code == RESULT_OK && seat < draw_roster_rule(changing->roster)->size;
         seat++) {
        changing->loads[members[seat]]++;
        code = teams_seat(changing->store, plan->id, id, (int64_t)seat + 1,
                          number_of(changing, members[seat]), error);
    }
    return code == RESULT_OK ? note(changing, id, NULL, NULL, false, reason, error) : code;
}

enum result team_change_add(struct store *store, const struct actor *actor, const struct plan *plan,
                            const struct draw_frame *frame, const char *const *units, size_t count,
                            const char *reason, struct error *error) {
    struct changing changing = {.store = store, .actor = actor, .plan = plan, .frame = frame};
    enum result code = open_changing(&changing, error);
    for (size_t i = 0; code == RESULT_OK && changing.teams && i < count; i++) {
        code = add_one(&changing, units[i], reason, error);
    }
    close_changing(&changing);
    return code;
}

/* ---- a member who cannot go ------------------------------------------------------------------ */

/* A swap on its way. */
struct swapping {
    struct changing changing;
    const struct team_swap *swap;
    uint32_t leaves;
    uint32_t comes; /* UINT32_MAX: the next by the rule */
    struct arena *arena;
};

/* The one of the roster whom a word names, by number or, where nobody has it, by a name that one
 * alone has. */
static enum result find_member(const struct changing *changing, const char *word, uint32_t *found,
                               struct error *error) {
    const struct draw_inspector *inspectors = draw_roster_inspectors(changing->roster);
    size_t same = 0;
    *found = word == NULL ? UINT32_MAX : draw_roster_find(changing->roster, word);
    for (uint32_t i = 0; word != NULL && *found == UINT32_MAX && same < 2 &&
                         i < draw_roster_count(changing->roster);
         i++) {
        if (strcmp(inspectors[i].name, word) == 0) {
            same++;
        }
    }
    for (uint32_t i = 0; same == 1 && *found == UINT32_MAX; i++) {
        *found = strcmp(inspectors[i].name, word) == 0 ? i : UINT32_MAX;
    }
    return *found != UINT32_MAX
               ? RESULT_OK
               : error_set(error, RESULT_USAGE,
                           _("\"%s\" is nobody of the roster frozen with plan %s; give the staff "
                             "number of an inspector of it."),
                           word == NULL ? "" : word, changing->plan->number);
}

/* Changes one team; `found` says whether the member is in it. */
static enum result swap_one(struct swapping *swapping, const char *id, bool *found,
                            struct error *error) {
    struct changing *changing = &swapping->changing;
    const struct plan *plan = changing->plan;
    const struct draw_team_unit unit = unit_of(changing, id);
    uint32_t members[TEAM_SIZE_MOST];
    uint32_t size = 0;
    enum result code =
        teams_members(changing->store, plan->id, id, changing->roster, members, &size, error);
    uint32_t seat = 0;
    while (seat < size && members[seat] != swapping->leaves) {
        seat++;
    }
    *found = seat < size;
    if (code != RESULT_OK || !*found) {
        return code;
    }
    uint32_t team[TEAM_SIZE_MOST];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < size; i++) {
        if (i != seat) {
            team[kept++] = members[i];
        }
    }
    const struct draw_team_gap gap = {.roster = changing->roster,
                                      .unit = unit,
                                      .loads = changing->loads,
                                      .out = swapping->leaves};
    if (swapping->comes == UINT32_MAX) {
        code = draw_team_fill(&gap, plan->draw_id, plan->seed, team, kept, error);
    } else {
        team[kept] = swapping->comes;
        uint32_t most = draw_roster_rule(changing->roster)->load_most;
        bool holds = swapping->comes != swapping->leaves &&
                     draw_team_holds(changing->roster, &unit, team, size) &&
                     (most == 0 || changing->loads[swapping->comes] < most);
        code = holds ? RESULT_OK : RESULT_REFUSED;
    }
    if (code == RESULT_REFUSED) {
        return error_set(
            error, RESULT_REFUSED,
            swapping->comes == UINT32_MAX
                ? _("Nobody else of the roster may go to %s; nothing was changed.")
                : _("This inspector may not take the seat at %s: recused, of another region, in "
                    "the team already, over the load, or an expert would be missing. Nothing was "
                    "changed."),
            id);
    }
    if (code == RESULT_OK) {
        changing->loads[swapping->leaves]--;
        changing->loads[team[kept]]++;
        code = teams_seat(changing->store, plan->id, id, (int64_t)seat + 1,
                          number_of(changing, team[kept]), error);
    }
    return code == RESULT_OK ? note(changing, id, number_of(changing, swapping->leaves),
                                    number_of(changing, team[kept]), swapping->comes != UINT32_MAX,
                                    swapping->swap->reason, error)
                             : code;
}

/* Swaps him in every team of a unit that has no result yet and was not replaced. */
static enum result swap_all(struct swapping *swapping, int64_t *changed, struct error *error) {
    struct changing *changing = &swapping->changing;
    struct statement *rows = NULL;
    bool row = true;
    const char **units = NULL;
    size_t count = 0;
    enum result code = store_query(
        &rows, changing->store,
        "SELECT m.unit FROM plan_member m JOIN plan_unit u ON u.plan = m.plan AND u.unit = m.unit "
        "WHERE m.plan = ?1 AND m.inspector = ?2 AND NOT EXISTS (SELECT 1 FROM inspection_result r "
        "WHERE r.enterprise = u.enterprise AND r.task = ?3) AND NOT EXISTS (SELECT 1 FROM "
        "plan_extra x WHERE x.plan = ?1 AND x.replaces = m.unit) ORDER BY u.ticket, u.unit",
        VALUES(value_int(changing->plan->id), value_text(number_of(changing, swapping->leaves)),
               value_text(changing->plan->number)),
        error);
    units = arena_alloc(swapping->arena,
                        (size_t)(changing->loads[swapping->leaves] + 1) * sizeof(*units));
    while (code == RESULT_OK && units != NULL && count < changing->loads[swapping->leaves]) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        units[count++] = arena_strdup(swapping->arena, statement_string(rows, 0));
    }
    statement_free(rows);
    if (code == RESULT_OK && arena_failed(swapping->arena)) {
        code = error_no_memory(error);
    }
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        bool found = false;
        code = swap_one(swapping, units[i], &found, error);
        *changed += found;
    }
    return code;
}

static enum result journal_swap(struct swapping *swapping, int64_t changed, struct error *error) {
    struct changing *changing = &swapping->changing;
    json_t *json =
        json_pack("{s:s*, s:s, s:s*, s:I}", "unit", swapping->swap->unit, "leaves",
                  number_of(changing, swapping->leaves), "comes",
                  swapping->comes == UINT32_MAX ? NULL : number_of(changing, swapping->comes),
                  "teams", (json_int_t)changed);
    char *after = json == NULL ? NULL : json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(json);
    enum result code =
        after == NULL ? error_no_memory(error)
                      : plan_journal(changing->store, changing->actor, "plan.swap",
                                     changing->plan->number, swapping->swap->reason, after, error);
    free(after);
    return code;
}

static enum result check_swap(const struct plan *plan, const struct team_swap *swap,
                              const struct changing *changing, struct error *error) {
    if (text_blank(swap->reason)) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("Give the reason why the inspector is swapped."));
    }
    if (plan->state != PLAN_DRAWN && plan->state != PLAN_LOCKED) {
        return error_set(error, RESULT_REFUSED,
                         _("Plan %s is %s; members are swapped in a plan that is drawn and not "
                           "closed yet. Nothing was changed."),
                         plan->number, plan_state_name(plan->state));
    }
    return changing->teams
               ? RESULT_OK
               : error_set(error, RESULT_REFUSED, _("Plan %s has no teams yet; assign them first."),
                           plan->number);
}

static enum result swap_units(struct swapping *swapping, int64_t *changed, struct error *error) {
    const struct plan *plan = swapping->changing.plan;
    const struct team_swap *swap = swapping->swap;
    struct drawn_unit unit;
    bool found = false;
    if (swap->unit == NULL) {
        return swap_all(swapping, changed, error);
    }
    enum result code =
        drawn_find_unit(swapping->changing.store, plan, swap->unit, swapping->arena, &unit, error);
    if (code == RESULT_OK) {
        code = swap_one(swapping, unit.unit, &found, error);
    }
    *changed = found;
    return code;
}

static enum result swap_members(struct swapping *swapping, struct draw_frame **frame,
                                int64_t *changed, struct error *error) {
    struct changing *changing = &swapping->changing;
    const struct team_swap *swap = swapping->swap;
    enum result code = open_changing(changing, error);
    if (code == RESULT_OK) {
        code = check_swap(changing->plan, swap, changing, error);
    }
    if (code == RESULT_OK) {
        code = drawn_load_frame(changing->store, changing->plan, frame, error);
        changing->frame = *frame;
    }
    if (code == RESULT_OK) {
        code = find_member(changing, swap->leaves, &swapping->leaves, error);
    }
    if (code == RESULT_OK && swap->comes != NULL) {
        code = find_member(changing, swap->comes, &swapping->comes, error);
    }
    if (code == RESULT_OK) {
        code = swap_units(swapping, changed, error);
    }
    if (code == RESULT_OK && *changed == 0) {
        code = error_set(error, RESULT_USAGE,
                         _("%s is in no such team of plan %s that could be changed."), swap->leaves,
                         changing->plan->number);
    }
    return code == RESULT_OK ? journal_swap(swapping, *changed, error) : code;
}

enum result plan_swap(struct store *store, const struct actor *actor, int64_t id,
                      const struct team_swap *swap, int64_t *changed, struct error *error) {
    struct plan plan;
    struct draw_frame *frame = NULL;
    struct swapping swapping = {
        .changing = {.store = store, .actor = actor, .plan = &plan},
        .swap = swap,
        .comes = UINT32_MAX,
    };
    *changed = 0;
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    swapping.arena = arena_new();
    code = swapping.arena == NULL ? error_no_memory(error)
                                  : plan_load(store, id, swapping.arena, &plan, error);
    if (code == RESULT_OK) {
        code = swap_members(&swapping, &frame, changed, error);
    }
    close_changing(&swapping.changing);
    draw_frame_free(frame);
    arena_free(swapping.arena);
    return store_finish(store, code, error);
}
