#include "plan/close.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "base/text.h"
#include "plan/outcome_list.h"
#include "plan/outcome_rule.h"
#include "plan/plan_row.h"
#include "store/statement.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many units a sentence names. */
#define NAMED 3

/* ---- publishing ------------------------------------------------------------------------------ */

static enum result check_publication(const struct plan *plan, date on, date today,
                                     struct error *error) {
    char text[DATE_TEXT_SIZE];
    char limit[DATE_TEXT_SIZE];
    if (plan->state != PLAN_CLOSED) {
        enum result code = outcome_rule_state(plan, error);
        if (code != RESULT_OK) {
            return code;
        }
    }
    return on > today ? error_set(error, RESULT_USAGE,
                                  _("The notice would come out on %s, after today, %s; note it "
                                    "when it is out."),
                                  date_format(on, text), date_format(today, limit))
                      : RESULT_OK;
}

static enum result publish(struct store *store, const struct actor *actor, const struct plan *plan,
                           date on, int64_t *count, struct error *error) {
    char at[CLOCK_TEXT_SIZE];
    char day[DATE_TEXT_SIZE];
    char after[96];
    enum result code = check_publication(plan, on, clock_today(&actor->clock), error);
    if (code == RESULT_OK) {
        code = store_execute(
            store,
            "INSERT INTO plan_published (result, published_on, actor, at) SELECT r.id, ?3, ?4, ?5 "
            "FROM plan_unit u JOIN inspection_result r ON r.enterprise = u.enterprise AND r.task = "
            "?2 WHERE u.plan = ?1 AND r.completed_on <= ?3 AND (?6 IS NULL OR r.matter = ?6) AND "
            "r.id NOT IN (SELECT result FROM plan_published)",
            VALUES(value_int(plan->id), value_text(plan->number), value_date(on),
                   value_text(actor->name), value_text(clock_now(&actor->clock, at)),
                   value_text(plan_sole_matter(plan))),
            error);
        *count = store_changes(store);
    }
    date_format(on, day);
    if (code == RESULT_OK && *count == 0) {
        code = error_set(error, RESULT_REFUSED,
                         _("No result of plan %s that was completed by %s waits to be made "
                           "public."),
                         plan->number, day);
    }
    snprintf(after, sizeof(after), "{\"published_on\":\"%s\",\"results\":%lld}", day,
             (long long)*count);
    return code == RESULT_OK
               ? plan_journal(store, actor, "plan.publish", plan->number, NULL, after, error)
               : code;
}

enum result plan_publish(struct store *store, const struct actor *actor, int64_t id, date on,
                         int64_t *count, struct error *error) {
    struct plan plan;
    *count = 0;
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct arena *arena = arena_new();
    code = arena == NULL ? error_no_memory(error) : plan_load(store, id, arena, &plan, error);
    if (code == RESULT_OK) {
        code = publish(store, actor, &plan, on, count, error);
    }
    arena_free(arena);
    return store_finish(store, code, error);
}

/* ---- closing --------------------------------------------------------------------------------- */

/* What closing holds. */
struct closing {
    struct store *store;
    struct arena *arena;
    struct plan plan;
    const char *reason; /* for all; NULL: none */
    struct outcome *missing;
    size_t count;
};

/* Gives the reasons of single units to those that are missing. */
static enum result place_reasons(struct closing *closing, const struct plan_missing *given,
                                 size_t count, struct error *error) {
    for (size_t i = 0; i < count; i++) {
        struct outcome_unit unit;
        size_t at = 0;
        enum result code = outcome_rule_unit(closing->store, &closing->plan, given[i].unit,
                                             closing->arena, &unit, error);
        if (code != RESULT_OK) {
            return code;
        }
        while (at < closing->count && closing->missing[at].place != unit.place) {
            at++;
        }
        if (at == closing->count) {
            return error_set(error, RESULT_REFUSED,
                             _("%s has its result; a reason is only for one that is missing."),
                             unit.name);
        }
        if (text_blank(given[i].reason)) {
            return error_set(error, RESULT_USAGE, _("Give the reason why %s has no result."),
                             unit.name);
        }
        closing->missing[at].missing_reason = given[i].reason;
    }
    return RESULT_OK;
}

/* Every missing result needs a reason. */
static enum result expect_reasons(const struct closing *closing, struct error *error) {
    struct buffer names = BUFFER_INIT;
    size_t without = 0;
    for (size_t i = 0; i < closing->count && text_blank(closing->reason); i++) {
        if (text_blank(closing->missing[i].missing_reason) && ++without <= NAMED) {
            buffer_printf(&names, "%s%s", without == 1 ? "" : _(", "), closing->missing[i].name);
        }
    }
    enum result code = RESULT_OK;
    if (names.failed) {
        code = error_no_memory(error);
    } else if (without > 0) {
        code = error_set(error, RESULT_REFUSED,
                         _("Plan %s cannot be closed: the results of %zu households are missing "
                           "(%s%s); enter them, or give the reason."),
                         closing->plan.number, without, buffer_text(&names),
                         without > NAMED ? " ..." : "");
    }
    buffer_free(&names);
    return code;
}

/* Keeps a reason with every unit that has no result, and lists them for the journal. */
static enum result keep_reasons(const struct closing *closing, json_t *listed,
                                struct error *error) {
    struct statement *update = NULL;
    enum result code = statement_prepare(
        &update, closing->store,
        "UPDATE plan_unit SET missing_reason = ?3 WHERE plan = ?1 AND place = ?2", error);
    for (size_t i = 0; code == RESULT_OK && i < closing->count; i++) {
        const struct outcome *one = &closing->missing[i];
        const char *reason =
            text_blank(one->missing_reason) ? closing->reason : one->missing_reason;
        code = statement_run(
            update, VALUES(value_int(closing->plan.id), value_int(one->place), value_text(reason)),
            error);
        json_array_append_new(listed, json_pack("{s:s, s:s}", "uscc", one->unit, "reason", reason));
    }
    statement_free(update);
    return code;
}

static enum result keep_closed(const struct closing *closing, const struct actor *actor,
                               struct error *error) {
    char at[CLOCK_TEXT_SIZE];
    json_t *listed = json_array();
    enum result code =
        listed == NULL ? error_no_memory(error) : keep_reasons(closing, listed, error);
    if (code == RESULT_OK) {
        code =
            store_execute(closing->store,
                          "UPDATE plan SET state = 'CLOSED', closed_by = ?, closed_at = ?, "
                          "close_reason = ? WHERE id = ?",
                          VALUES(value_text(actor->name), value_text(clock_now(&actor->clock, at)),
                                 value_text(closing->reason), value_int(closing->plan.id)),
                          error);
    }
    json_t *after = json_pack("{s:I, s:I, s:O}", "units", (json_int_t)closing->plan.drawn,
                              "missing", (json_int_t)closing->count, "reasons", listed);
    char *text = after == NULL ? NULL : json_dumps(after, JSON_COMPACT | JSON_SORT_KEYS);
    if (code == RESULT_OK) {
        code = text == NULL ? error_no_memory(error)
                            : plan_journal(closing->store, actor, "plan.close",
                                           closing->plan.number, closing->reason, text, error);
    }
    free(text);
    json_decref(after);
    json_decref(listed);
    return code;
}

static enum result close_plan(struct closing *closing, const struct actor *actor,
                              const struct plan_missing *missing, size_t count,
                              struct error *error) {
    enum result code = plan_expect(&closing->plan, PLAN_LOCKED, error);
    if (code == RESULT_OK) {
        code = outcome_list(closing->store, &closing->plan, OUTCOMES_MISSING, closing->arena,
                            &closing->missing, &closing->count, error);
    }
    if (code == RESULT_OK) {
        code = place_reasons(closing, missing, count, error);
    }
    if (code == RESULT_OK) {
        code = expect_reasons(closing, error);
    }
    return code == RESULT_OK ? keep_closed(closing, actor, error) : code;
}

enum result plan_close(struct store *store, const struct actor *actor, int64_t id,
                       const char *reason, const struct plan_missing *missing, size_t count,
                       struct error *error) {
    struct closing closing = {.store = store, .reason = text_blank(reason) ? NULL : reason};
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    closing.arena = arena_new();
    code = closing.arena == NULL ? error_no_memory(error)
                                 : plan_load(store, id, closing.arena, &closing.plan, error);
    if (code == RESULT_OK) {
        code = close_plan(&closing, actor, missing, count, error);
    }
    arena_free(closing.arena);
    return store_finish(store, code, error);
}
