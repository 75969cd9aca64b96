#include "plan/extra.h"

#include "base/gettext.h"
#include "base/text.h"
#include "plan/drawn.h"
#include "plan/plan_row.h"
#include "plan/team_change.h"
#include "store/statement.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* What drawing more holds. */
struct more {
    struct store *store;
    const struct actor *actor;
    const char *reason;
    const char *replaces; /* NULL for an extension */
    struct arena *arena;
    struct plan plan;
    struct draw_frame *frame;
    struct draw_extra *extras; /* of earlier times, and behind them the new ones */
    size_t extra_count;
    struct draw_result *result;
    const char **added; /* ids of the units that came in */
    size_t added_count;
};

static enum result begin(struct more *more, int64_t id, struct error *error) {
    if (text_blank(more->reason)) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("Give the reason why more is drawn; it goes into the plan's record."));
    }
    more->arena = arena_new();
    enum result code = more->arena == NULL
                           ? error_no_memory(error)
                           : plan_load(more->store, id, more->arena, &more->plan, error);
    if (code == RESULT_OK && more->plan.state != PLAN_DRAWN && more->plan.state != PLAN_LOCKED) {
        code = error_set(error, RESULT_REFUSED,
                         _("Plan %s is %s; more is drawn for a plan that is drawn and not closed "
                           "yet. Nothing was changed."),
                         more->plan.number, plan_state_name(more->plan.state));
    }
    if (code == RESULT_OK) {
        code = drawn_load_frame(more->store, &more->plan, &more->frame, error);
    }
    return code == RESULT_OK ? drawn_extras(more->store, more->plan.id, more->arena, &more->extras,
                                            &more->extra_count, error)
                             : code;
}

/* Draws with the extras there are. */
static enum result run(struct more *more, struct error *error) {
    struct draw_request request = {
        .frame = more->frame,
        .measures = &more->plan.measures,
        .draw_id = more->plan.draw_id,
        .seed = more->plan.seed,
        .extras = more->extras,
        .extra_count = more->extra_count,
    };
    draw_result_free(more->result);
    more->result = NULL;
    return draw_run(&more->result, &request, error);
}

/* Room for `by` extras behind those there are. */
static enum result make_room(struct more *more, uint64_t by, struct error *error) {
    struct draw_extra *extras =
        arena_alloc(more->arena, (more->extra_count + by) * sizeof(*extras));
    more->added = arena_alloc(more->arena, by * sizeof(*more->added));
    if (extras == NULL || more->added == NULL) {
        return error_no_memory(error);
    }
    memcpy(extras, more->extras, more->extra_count * sizeof(*extras));
    more->extras = extras;
    return RESULT_OK;
}

static enum result note(struct more *more, const char *unit, struct error *error) {
    char at[CLOCK_TEXT_SIZE];
    return store_execute(more->store,
                         "INSERT INTO plan_extra (plan, unit, replaces, reason, actor, at) VALUES "
                         "(?, ?, ?, ?, ?, ?)",
                         VALUES(value_int(more->plan.id), value_text(unit),
                                value_text(more->replaces), value_text(more->reason),
                                value_text(more->actor->name),
                                value_text(clock_now(&more->actor->clock, at))),
                         error);
}

static enum result journal(struct more *more, struct error *error) {
    json_t *units = json_array();
    for (size_t i = 0; i < more->added_count; i++) {
        json_array_append_new(units, json_string(more->added[i]));
    }
    json_t *json = json_pack("{s:s*, s:o}", "replaces", more->replaces, "units", units);
    char *after = json == NULL ? NULL : json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(json);
    enum result code = after == NULL
                           ? error_no_memory(error)
                           : plan_journal(more->store, more->actor,
                                          more->replaces == NULL ? "plan.extend" : "plan.replace",
                                          more->plan.number, more->reason, after, error);
    free(after);
    return code;
}

/* Keeps the units that came in, with teams where the others have theirs. */
static enum result keep(struct more *more, struct error *error) {
    enum result code = drawn_keep_more(more->store, more->plan.id, more->frame, more->result,
                                       more->arena, more->added, &more->added_count, error);
    for (size_t i = 0; code == RESULT_OK && i < more->added_count; i++) {
        code = note(more, more->added[i], error);
    }
    if (code == RESULT_OK) {
        code = store_execute(
            more->store, "UPDATE plan SET drawn = drawn + ? WHERE id = ?",
            VALUES(value_int((int64_t)more->added_count), value_int(more->plan.id)), error);
    }
    if (code == RESULT_OK) {
        code = team_change_add(more->store, more->actor, &more->plan, more->frame, more->added,
                               more->added_count, more->reason, error);
    }
    return code == RESULT_OK ? journal(more, error) : code;
}

static void clear(struct more *more) {
    draw_result_free(more->result);
    draw_frame_free(more->frame);
    arena_free(more->arena);
}

static enum result extend(struct more *more, const struct draw_extension *extension,
                          struct error *error) {
    enum result code = run(more, error);
    if (code == RESULT_OK &&
        (extension->by == 0 || extension->by > draw_frame_count(more->frame))) {
        code = error_set(error, RESULT_USAGE,
                         _("Give how many units more are drawn, from 1 to the %zu of the frame."),
                         draw_frame_count(more->frame));
    }
    if (code == RESULT_OK) {
        code = make_room(more, extension->by, error);
    }
    if (code == RESULT_OK) {
        code = draw_extend(more->result, &more->plan.measures, extension,
                           more->extras + more->extra_count, error);
    }
    for (size_t i = 0; code == RESULT_OK && i < extension->by; i++) {
        struct draw_extra *extra = &more->extras[more->extra_count++];
        extra->stratum = arena_strdup(more->arena, extra->stratum); /* outlives this result */
    }
    if (code == RESULT_OK) {
        code = arena_failed(more->arena) ? error_no_memory(error) : run(more, error);
    }
    if (code == RESULT_OK) {
        code = keep(more, error);
    }
    return code == RESULT_OK && more->plan.state == PLAN_LOCKED
               ? store_execute(more->store,
                               "UPDATE plan SET state = 'DRAWN', approved_by = NULL, approved_at = "
                               "NULL WHERE id = ?",
                               VALUES(value_int(more->plan.id)), error)
               : code;
}

enum result plan_extend(struct store *store, const struct actor *actor, int64_t id,
                        const struct draw_extension *extension, const char *reason,
                        struct error *error) {
    struct more more = {.store = store, .actor = actor, .reason = reason};
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    code = begin(&more, id, error);
    if (code == RESULT_OK) {
        code = extend(&more, extension, error);
    }
    clear(&more);
    return store_finish(store, code, error);
}

/* Refuses a unit that is settled: replaced before, or with a result. */
static enum result check_open(struct more *more, const struct drawn_unit *unit,
                              struct error *error) {
    int64_t results = 0;
    if (unit->replaced_by != NULL) {
        return error_set(error, RESULT_REFUSED, _("%s was replaced before, by %s."), unit->name,
                         unit->replaced_by);
    }
    enum result code = store_fetch_int(
        more->store, "SELECT count(*) FROM inspection_result WHERE enterprise = ? AND task = ?",
        VALUES(value_int(unit->enterprise), value_text(more->plan.number)), 0, &results, error);
    if (code == RESULT_OK && results > 0) {
        code = error_set(error, RESULT_REFUSED,
                         _("%s has a result in plan %s and cannot be replaced."), unit->name,
                         more->plan.number);
    }
    return code;
}

static enum result replace(struct more *more, const char *word, struct error *error) {
    struct drawn_unit unit;
    enum result code = drawn_find_unit(more->store, &more->plan, word, more->arena, &unit, error);
    if (code == RESULT_OK) {
        code = check_open(more, &unit, error);
    }
    if (code == RESULT_OK) {
        code = make_room(more, 1, error);
    }
    if (code == RESULT_OK) {
        more->replaces = unit.unit;
        more->extras[more->extra_count++] =
            (struct draw_extra){unit.stratum, DRAW_METHOD_REPLACEMENT};
        code = run(more, error);
    }
    return code == RESULT_OK ? keep(more, error) : code;
}

enum result plan_replace(struct store *store, const struct actor *actor, int64_t id,
                         const char *unit, const char *reason, struct error *error) {
    struct more more = {.store = store, .actor = actor, .reason = reason};
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    code = begin(&more, id, error);
    if (code == RESULT_OK) {
        code = replace(&more, unit, error);
    }
    clear(&more);
    return store_finish(store, code, error);
}
