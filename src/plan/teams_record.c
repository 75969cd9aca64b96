#include "plan/teams_record.h"

#include "base/gettext.h"
#include "draw/team_record.h"
#include "plan/staff.h"
#include "plan/teams.h"
#include "store/statement.h"

#include <string.h>

/* What a record is made of. */
struct material {
    struct store *store;
    const struct plan *plan;
    struct arena *arena;
    struct draw_team_source source;
};

static enum result load_changes(struct material *material, struct error *error) {
    struct statement *rows = NULL;
    int64_t most = 0;
    bool row = true;
    size_t count = 0;
    struct draw_team_change *changes = NULL;
    const struct value values[] = {value_int(material->plan->id)};
    enum result code =
        store_fetch_int(material->store, "SELECT count(*) FROM plan_team_change WHERE plan = ?",
                        values, 1, 0, &most, error);
    if (code == RESULT_OK) {
        changes = arena_alloc(material->arena, ((size_t)most + 1) * sizeof(*changes));
        code = changes == NULL
                   ? error_no_memory(error)
                   : store_query(&rows, material->store,
                                 "SELECT unit, leaves, comes, chosen = 'person', reason FROM "
                                 "plan_team_change WHERE plan = ? ORDER BY serial",
                                 values, 1, error);
    }
    while (code == RESULT_OK && (int64_t)count < most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        changes[count++] = (struct draw_team_change){
            .unit = arena_strdup(material->arena, statement_string(rows, 0)),
            .leaves = arena_strdup(material->arena, statement_text(rows, 1)),
            .comes = arena_strdup(material->arena, statement_text(rows, 2)),
            .by_person = statement_int(rows, 3) != 0,
            .reason = arena_strdup(material->arena, statement_string(rows, 4)),
        };
    }
    statement_free(rows);
    material->source.changes = changes;
    material->source.change_count = count;
    return code == RESULT_OK && arena_failed(material->arena) ? error_no_memory(error) : code;
}

/* The units that had a team from the draw on: those with a team whose coming in is no change. */
static enum result load_units(struct material *material, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    size_t most = (size_t)material->plan->drawn;
    const char **units = arena_alloc(material->arena, (most + 1) * sizeof(*units));
    enum result code =
        units == NULL
            ? error_no_memory(error)
            : store_query(&rows, material->store,
                          "SELECT DISTINCT unit FROM plan_member m WHERE plan = ? AND NOT EXISTS "
                          "(SELECT 1 FROM plan_team_change c WHERE c.plan = m.plan AND c.unit = "
                          "m.unit AND c.leaves IS NULL)",
                          VALUES(value_int(material->plan->id)), error);
    while (code == RESULT_OK && material->source.unit_count < most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        units[material->source.unit_count++] =
            arena_strdup(material->arena, statement_string(rows, 0));
    }
    statement_free(rows);
    material->source.units = units;
    return code == RESULT_OK && arena_failed(material->arena) ? error_no_memory(error) : code;
}

/* Compares one team with the one that is kept. */
static enum result check_entry(const struct material *material, const struct draw_team_entry *entry,
                               uint32_t size, struct error *error) {
    uint32_t members[TEAM_SIZE_MOST];
    uint32_t count = 0;
    enum result code = teams_members(material->store, material->plan->id, entry->unit,
                                     material->source.roster, members, &count, error);
    if (code == RESULT_OK &&
        (count != size || memcmp(members, entry->team, size * sizeof(*members)) != 0)) {
        code = error_set(error, RESULT_DAMAGED,
                         _("The team kept for %s in plan %s is not the one that its draw and the "
                           "changes give. Keep the file and tell the administrator."),
                         entry->unit, material->plan->number);
    }
    return code;
}

/* True when a later change touches the unit. */
static bool changed_later(const struct draw_team_history *history, const char *unit, size_t from) {
    for (size_t i = from; i < history->changed_count; i++) {
        if (strcmp(history->changed[i].unit, unit) == 0) {
            return true;
        }
    }
    return false;
}

static enum result check_kept(const struct material *material, struct error *error) {
    struct draw_team_history history;
    enum result code = draw_team_replay(&material->source, material->arena, &history, error);
    if (code == RESULT_MISMATCH) {
        code = error_set(error, RESULT_DAMAGED, "%s", error_sentence(error));
    }
    for (size_t i = 0; code == RESULT_OK && i < history.assigned_count; i++) {
        if (!changed_later(&history, history.assigned[i].unit, 0)) {
            code = check_entry(material, &history.assigned[i], history.size, error);
        }
    }
    for (size_t i = 0; code == RESULT_OK && i < history.changed_count; i++) {
        if (!changed_later(&history, history.changed[i].unit, i + 1)) {
            code = check_entry(material, &history.changed[i], history.size, error);
        }
    }
    return code;
}

static enum result make(struct material *material, const char *frame_file, char **text,
                        struct error *error) {
    enum result code = load_changes(material, error);
    if (code == RESULT_OK) {
        code = load_units(material, error);
    }
    if (code == RESULT_OK && material->source.unit_count > 0) {
        code = check_kept(material, error);
    }
    return code == RESULT_OK && material->source.unit_count > 0
               ? draw_team_record_write(text, &material->source, material->plan->number, frame_file,
                                        error)
               : code;
}

enum result teams_record(struct store *store, const struct plan *plan,
                         const struct draw_frame *frame, const char *frame_file, char **text,
                         struct error *error) {
    struct draw_roster *roster = NULL;
    *text = NULL;
    if (plan->roster_digest == NULL) {
        return RESULT_OK;
    }
    struct material material = {.store = store, .plan = plan, .arena = arena_new()};
    enum result code =
        material.arena == NULL ? error_no_memory(error) : staff_load(store, plan, &roster, error);
    if (code == RESULT_OK) {
        material.source.frame = frame;
        material.source.roster = roster;
        material.source.draw_id = plan->draw_id;
        material.source.seed = plan->seed;
        code = make(&material, frame_file, text, error);
    }
    draw_roster_free(roster);
    arena_free(material.arena);
    return code;
}
