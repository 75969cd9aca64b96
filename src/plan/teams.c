#include "plan/teams.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "draw/team_next.h"
#include "plan/drawn.h"
#include "plan/plan_row.h"
#include "plan/staff.h"
#include "store/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many units or inspectors a sentence names. */
#define NAMED 3

/* A drawn unit in the order of tickets. */
struct ticketed {
    const char *ticket;
    const char *name;
    struct draw_team_unit unit;
};

/* What assigning holds. */
struct assigning {
    const struct plan *plan;
    struct draw_frame *frame;
    struct draw_roster *roster;
    struct ticketed *units;
    struct draw_team_unit *asked;
    size_t count;
    struct team_result teams;
    struct arena *arena;
};

static int compare(const void *left, const void *right) {
    const struct ticketed *one = left;
    const struct ticketed *other = right;
    int order = strcmp(one->ticket, other->ticket);
    return order != 0 ? order : strcmp(one->unit.id, other->unit.id);
}

/* Loads the drawn units with their regions in the frame, in the order of their tickets. */
static enum result load_units(struct assigning *assigning, struct store *store,
                              struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    size_t most = (size_t)assigning->plan->drawn;
    assigning->units = calloc(most + 1, sizeof(*assigning->units));
    assigning->asked = calloc(most + 1, sizeof(*assigning->asked));
    enum result code =
        assigning->units == NULL || assigning->asked == NULL
            ? error_no_memory(error)
            : store_query(&rows, store, "SELECT unit, ticket, name FROM plan_unit WHERE plan = ?",
                          VALUES(value_int(assigning->plan->id)), error);
    while (code == RESULT_OK && assigning->count < most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        const struct draw_unit *unit = draw_frame_find(assigning->frame, statement_string(rows, 0));
        assigning->units[assigning->count++] =
            (struct ticketed){.unit = {.id = unit == NULL ? "" : unit->id,
                                       .region = unit == NULL ? "" : unit->region},
                              .ticket = arena_strdup(assigning->arena, statement_string(rows, 1)),
                              .name = arena_strdup(assigning->arena, statement_string(rows, 2))};
    }
    statement_free(rows);
    if (code == RESULT_OK && arena_failed(assigning->arena)) {
        code = error_no_memory(error);
    }
    if (code == RESULT_OK) {
        qsort(assigning->units, assigning->count, sizeof(*assigning->units), compare);
    }
    for (size_t i = 0; code == RESULT_OK && i < assigning->count; i++) {
        assigning->asked[i] = assigning->units[i].unit;
    }
    return code;
}

/* "甲、乙、丙" of the first few of a block. */
static void name_some(struct buffer *text, const struct assigning *assigning,
                      const uint32_t *numbers, size_t count, bool units) {
    for (size_t i = 0; i < count && i < NAMED; i++) {
        buffer_append_text(text, i == 0 ? "" : _(", "));
        buffer_append_text(text, units
                                     ? assigning->units[numbers[i]].name
                                     : draw_roster_inspectors(assigning->roster)[numbers[i]].name);
    }
    if (count > NAMED) {
        buffer_append_text(text, " ...");
    }
}

/* The sentence for a plan that cannot have teams. */
static enum result refuse(const struct assigning *assigning, struct error *error) {
    const struct team_block *block = &assigning->teams.block;
    const struct draw_team_rule *rule = draw_roster_rule(assigning->roster);
    struct buffer units = BUFFER_INIT;
    struct buffer inspectors = BUFFER_INIT;
    name_some(&units, assigning, block->units, block->unit_count, true);
    name_some(&inspectors, assigning, block->inspectors, block->inspector_count, false);
    enum result code =
        block->inspector_count == 0
            ? error_set(error, RESULT_REFUSED,
                        _("No teams can be made: nobody of the roster may go to %zu of the units "
                          "(%s)."),
                        block->unit_count, buffer_text(&units))
            : error_set(
                  error, RESULT_REFUSED,
                  rule->expert
                      ? _("No teams can be made: to %zu of the units (%s) only %zu inspectors "
                          "may go (%s), too few for teams of %u with an expert.")
                      : _("No teams can be made: to %zu of the units (%s) only %zu inspectors "
                          "may go (%s), too few for teams of %u."),
                  block->unit_count, buffer_text(&units), block->inspector_count,
                  buffer_text(&inspectors), rule->size);
    buffer_free(&units);
    buffer_free(&inspectors);
    return code;
}

static enum result keep_members(const struct assigning *assigning, struct store *store,
                                struct error *error) {
    const struct draw_inspector *inspectors = draw_roster_inspectors(assigning->roster);
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < assigning->count; i++) {
        size_t first = assigning->teams.starts[i];
        for (size_t seat = first; code == RESULT_OK && seat < assigning->teams.starts[i + 1];
             seat++) {
            code = teams_seat(store, assigning->plan->id, assigning->units[i].unit.id,
                              (int64_t)(seat - first) + 1,
                              inspectors[assigning->teams.members[seat]].id, error);
        }
    }
    return code;
}

static enum result assign(struct assigning *assigning, struct store *store,
                          const struct actor *actor, const struct progress *progress,
                          struct error *error) {
    const struct plan *plan = assigning->plan;
    int64_t members = 0;
    enum result code = plan_expect(plan, PLAN_DRAWN, error);
    if (code == RESULT_OK) {
        code = store_fetch_int(store, "SELECT count(*) FROM plan_member WHERE plan = ?",
                               VALUES(value_int(plan->id)), 0, &members, error);
    }
    if (code == RESULT_OK && members > 0) {
        code = error_set(error, RESULT_REFUSED, _("Plan %s has its teams already."), plan->number);
    }
    if (code == RESULT_OK) {
        code = staff_load(store, plan, &assigning->roster, error);
    }
    if (code == RESULT_OK) {
        code = drawn_load_frame(store, plan, &assigning->frame, error);
    }
    if (code == RESULT_OK) {
        code = load_units(assigning, store, error);
    }
    if (code == RESULT_OK) {
        code = draw_teams(assigning->roster, assigning->asked, assigning->count, plan->draw_id,
                          plan->seed, progress, &assigning->teams, error);
        code = code == RESULT_REFUSED ? refuse(assigning, error) : code;
    }
    if (code == RESULT_OK) {
        code = keep_members(assigning, store, error);
    }
    if (code == RESULT_OK) {
        char after[96];
        snprintf(after, sizeof(after), "{\"inspectors\":%zu,\"load\":%u,\"units\":%zu}",
                 draw_roster_count(assigning->roster), assigning->teams.load, assigning->count);
        code = plan_journal(store, actor, "plan.team", plan->number, NULL, after, error);
    }
    return code;
}

enum result plan_team(struct store *store, const struct actor *actor, int64_t id,
                      const struct progress *progress, struct error *error) {
    struct plan plan;
    struct assigning assigning = {.plan = &plan};
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    assigning.arena = arena_new();
    code = assigning.arena == NULL ? error_no_memory(error)
                                   : plan_load(store, id, assigning.arena, &plan, error);
    if (code == RESULT_OK) {
        code = assign(&assigning, store, actor, progress, error);
    }
    team_result_clear(&assigning.teams);
    draw_frame_free(assigning.frame);
    draw_roster_free(assigning.roster);
    free(assigning.units);
    free(assigning.asked);
    arena_free(assigning.arena);
    return store_finish(store, code, error);
}

/* ---- seats ----------------------------------------------------------------------------------- */

enum result teams_seat(struct store *store, int64_t plan, const char *unit, int64_t seat,
                       const char *inspector, struct error *error) {
    return store_execute(
        store,
        "INSERT INTO plan_member (plan, unit, seat, inspector) VALUES (?, ?, ?, "
        "?) ON CONFLICT (plan, unit, seat) DO UPDATE SET inspector = "
        "excluded.inspector",
        VALUES(value_int(plan), value_text(unit), value_int(seat), value_text(inspector)), error);
}

enum result teams_members(struct store *store, int64_t plan, const char *unit,
                          const struct draw_roster *roster, uint32_t members[static TEAM_SIZE_MOST],
                          uint32_t *count, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    *count = 0;
    enum result code = store_query(
        &rows, store, "SELECT inspector FROM plan_member WHERE plan = ? AND unit = ? ORDER BY seat",
        VALUES(value_int(plan), value_text(unit)), error);
    while (code == RESULT_OK && *count < TEAM_SIZE_MOST) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        members[(*count)++] = draw_roster_find(roster, statement_string(rows, 0));
    }
    statement_free(rows);
    return code;
}

/* ---- loading --------------------------------------------------------------------------------- */

static const char *name_of(const struct draw_roster *roster, const char *number,
                           struct arena *arena) {
    const struct draw_inspector *inspectors = draw_roster_inspectors(roster);
    for (size_t i = 0; i < draw_roster_count(roster); i++) {
        if (strcmp(inspectors[i].id, number) == 0) {
            return arena_strdup(arena, inspectors[i].name);
        }
    }
    return "";
}

static enum result read_members(struct statement *rows, const struct draw_roster *roster,
                                struct arena *arena, struct team_member *members, size_t most,
                                size_t *count, struct error *error) {
    bool row = true;
    enum result code = RESULT_OK;
    while (code == RESULT_OK && *count < most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        members[(*count)++] =
            (struct team_member){.place = statement_int(rows, 0),
                                 .number = arena_strdup(arena, statement_string(rows, 1)),
                                 .name = name_of(roster, statement_string(rows, 1), arena)};
    }
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

enum result teams_load(struct store *store, const struct plan *plan, int64_t first, int64_t last,
                       struct arena *arena, struct team_member **members, size_t *count,
                       struct error *error) {
    struct statement *rows = NULL;
    struct draw_roster *roster = NULL;
    int64_t most = 0;
    *members = NULL;
    *count = 0;
    const struct value values[] = {value_int(plan->id), value_int(first), value_int(last)};
    enum result code = store_fetch_int(store,
                                       "SELECT count(*) FROM plan_unit u JOIN plan_member m ON "
                                       "m.plan = u.plan AND m.unit = u.unit "
                                       "WHERE u.plan = ? AND u.place BETWEEN ? AND ?",
                                       values, 3, 0, &most, error);
    if (code != RESULT_OK || most == 0) {
        return code;
    }
    *members = arena_alloc(arena, (size_t)most * sizeof(**members));
    code = *members == NULL ? error_no_memory(error) : staff_load(store, plan, &roster, error);
    if (code == RESULT_OK) {
        code = store_query(&rows, store,
                           "SELECT u.place, m.inspector FROM plan_unit u JOIN plan_member m ON "
                           "m.plan = u.plan AND m.unit = u.unit WHERE u.plan = ? AND u.place "
                           "BETWEEN ? AND ? ORDER BY u.place, m.seat",
                           values, 3, error);
    }
    if (code == RESULT_OK) {
        code = read_members(rows, roster, arena, *members, (size_t)most, count, error);
    }
    statement_free(rows);
    draw_roster_free(roster);
    return code;
}

enum result teams_names(struct store *store, const struct plan *plan, int64_t first, size_t count,
                        struct arena *arena, const char ***names, struct error *error) {
    struct team_member *members = NULL;
    size_t member_count = 0;
    *names = NULL;
    enum result code = teams_load(store, plan, first, first + (int64_t)count - 1, arena, &members,
                                  &member_count, error);
    if (code != RESULT_OK || member_count == 0) {
        return code;
    }
    *names = arena_alloc(arena, count * sizeof(**names));
    for (size_t i = 0; *names != NULL && i < member_count; i++) {
        const char **team = &(*names)[members[i].place - first];
        *team = *team == NULL ? members[i].name
                              : arena_printf(arena, "%s%s%s", *team, _(", "), members[i].name);
    }
    return arena_failed(arena) ? error_no_memory(error) : RESULT_OK;
}
