#include "plan/outcome.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "base/text.h"
#include "guard/journal.h"
#include "plan/outcome_rule.h"
#include "registry/inspection.h"
#include "registry/inspection_code.h"
#include "score/period.h"
#include "score/result.h"
#include "store/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The department a result comes from where its plan names none. */
#define SOURCE "抽查检查"

/* One change to a result. */
struct change_of {
    struct store *store;
    const struct actor *actor;
    struct arena *arena;
    struct plan plan;
    struct outcome_unit unit;
    const char *matter; /* as the plan spells it; NULL: none */
    int64_t record;     /* 0: there is no result */
    date completed_on;
    const char *follow_up; /* of the result that stands */
    char *before;          /* JSON of the result; owned */
};

/* ---- what stands ----------------------------------------------------------------------------- */

#define DAY(column)                                                                                \
    "substr(" #column ", 1, 4) || '-' || substr(" #column ", 5, 2) || '-' || substr(" #column      \
    ", 7, 2)"

/* The result that stands, with what followed, as JSON on the heap; NULL when there is none. */
static enum result told_text(const struct change_of *change, char **text, struct error *error) {
    return store_fetch_text(
        change->store,
        "SELECT json_object('uscc', ?4, 'matter', r.matter, 'result', r.result, "
        "'completed_on', " DAY(
            r.completed_on) ", 'method', r.method, 'follow_up', r.follow_up, 'inspectors', "
                            "r.inspectors, 'note', r.note, 'followed_on', " DAY(
                                f.done_on) ", 'followed_document', "
                                           "f.document, 'followed_outcome', f.outcome) FROM "
                                           "inspection_result r LEFT JOIN "
                                           "plan_follow_up f ON f.result = r.id WHERE r.enterprise "
                                           "= ?1 AND r.task = ?2 AND r.matter "
                                           "IS ?3",
        VALUES(value_int(change->unit.enterprise), value_text(change->plan.number),
               value_text(change->matter), value_text(change->unit.unit)),
        text, error);
}

/* Finds the record of the unit and matter. */
static enum result find_record(struct change_of *change, struct error *error) {
    struct statement *rows = NULL;
    bool row = false;
    enum result code =
        store_query(&rows, change->store,
                    "SELECT id, completed_on, follow_up FROM inspection_result "
                    "WHERE enterprise = ? AND task = ? AND matter IS ?",
                    VALUES(value_int(change->unit.enterprise), value_text(change->plan.number),
                           value_text(change->matter)),
                    error);
    if (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
    }
    if (code == RESULT_OK && row) {
        change->record = statement_int(rows, 0);
        change->completed_on = statement_date(rows, 1);
        change->follow_up = arena_strdup(change->arena, statement_text(rows, 2));
    }
    statement_free(rows);
    return code == RESULT_OK && arena_failed(change->arena) ? error_no_memory(error) : code;
}

static enum result load_standing(const struct change_of *change, struct outcome_standing *standing,
                                 struct error *error) {
    struct statement *rows = NULL;
    struct period period;
    bool row = false;
    *standing = (struct outcome_standing){.risk_class = CLASS_COUNT};
    enum result code = period_latest(change->store, &period, error);
    if (code == RESULT_OK) {
        code =
            store_query(&rows, change->store, "SELECT final_class, total FROM result WHERE id = ?",
                        VALUES(value_int(result_id(period.id, change->unit.enterprise))), error);
    }
    if (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
    }
    if (code == RESULT_OK && row) {
        standing->risk_class = risk_class_find(statement_text(rows, 0));
        standing->centipoints = statement_int(rows, 1);
    }
    statement_free(rows);
    return code;
}

/* Where nobody says the matter, it is that of the only result there is. */
static enum result only_matter(struct change_of *change, struct error *error) {
    char *matter = NULL;
    enum result code = store_fetch_text(
        change->store,
        "SELECT min(matter) FROM inspection_result WHERE "
        "enterprise = ? AND task = ? HAVING count(*) = 1",
        VALUES(value_int(change->unit.enterprise), value_text(change->plan.number)), &matter,
        error);
    change->matter = arena_strdup(change->arena, matter);
    free(matter);
    return code == RESULT_OK && arena_failed(change->arena) ? error_no_memory(error) : code;
}

/* Loads the plan and its unit, and the matter that is meant. */
static enum result load(struct change_of *change, int64_t id, const char *unit, const char *matter,
                        struct error *error) {
    change->arena = arena_new();
    if (change->arena == NULL) {
        return error_no_memory(error);
    }
    enum result code = plan_load(change->store, id, change->arena, &change->plan, error);
    if (code == RESULT_OK) {
        code = outcome_rule_unit(change->store, &change->plan, unit, change->arena, &change->unit,
                                 error);
    }
    change->matter = text_blank(matter) ? NULL : matter;
    if (code == RESULT_OK) {
        code = outcome_rule_matter(change->store, &change->plan, change->arena, &change->matter,
                                   error);
    }
    return code == RESULT_OK && change->matter == NULL ? only_matter(change, error) : code;
}

/* Journals a change of the plan's results with what stood before and stands after. */
static enum result journal(const struct change_of *change, const char *action, const char *reason,
                           const char *before, struct error *error) {
    char subject[64];
    char *after = NULL;
    snprintf(subject, sizeof(subject), "plan:%s", change->plan.number);
    enum result code = told_text(change, &after, error);
    if (code == RESULT_OK && after == NULL) { /* taken back: whose it was */
        code = store_fetch_text(change->store, "SELECT json_object('uscc', ?)",
                                VALUES(value_text(change->unit.unit)), &after, error);
    }
    if (code == RESULT_OK) {
        struct journal_entry entry = {.action = action,
                                      .subject = subject,
                                      .reason = reason,
                                      .before = before,
                                      .after = after};
        code = journal_write(change->store, change->actor, &entry, error);
    }
    free(after);
    return code;
}

static void clear(struct change_of *change) {
    free(change->before);
    arena_free(change->arena);
}

static struct save_origin origin_of(const struct change_of *change) {
    const char *department = change->plan.scope.department;
    return (struct save_origin){.actor = change->actor,
                                .source = text_blank(department) ? SOURCE : department};
}

/* ---- entering -------------------------------------------------------------------------------- */

static enum result check_said(const struct outcome_entry *entry, struct error *error) {
    const struct {
        bool missing;
        const char *sentence;
    } needed[] = {
        {text_blank(entry->result), _("Say what the inspection found: the result is missing.")},
        {text_blank(entry->method), _("Say how it was inspected: the method is missing.")},
        {entry->completed_on == DATE_NONE,
         _("Say when the inspection was completed: the day is missing.")},
        {text_blank(entry->follow_up), _("Say what follows: the follow-up is missing.")},
    };
    for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
        if (needed[i].missing) {
            return error_set(error, RESULT_USAGE, "%s", needed[i].sentence);
        }
    }
    return RESULT_OK;
}

static struct record_value text_value(const char *text) {
    return (struct record_value){text_blank(text) ? NULL : text, RECORD_UNKNOWN};
}

static void fill_values(const struct change_of *change, const struct outcome_entry *entry,
                        struct record_value *values) {
    values[INSPECTION_RESULT_enterprise] = (struct record_value){NULL, change->unit.enterprise};
    values[INSPECTION_RESULT_completed_on] = (struct record_value){NULL, entry->completed_on};
    values[INSPECTION_RESULT_task] = text_value(change->plan.number);
    values[INSPECTION_RESULT_matter] = text_value(change->matter);
    values[INSPECTION_RESULT_inspectors] = text_value(entry->inspectors);
    values[INSPECTION_RESULT_method] = text_value(entry->method);
    values[INSPECTION_RESULT_result] = text_value(entry->result);
    values[INSPECTION_RESULT_follow_up] = text_value(entry->follow_up);
    values[INSPECTION_RESULT_note] = text_value(entry->note);
}

/* True when what happened on a day bears on the newest period. */
static enum result load_counted(const struct change_of *change, date day, bool *counted,
                                struct error *error) {
    struct period period;
    enum result code = period_latest(change->store, &period, error);
    *counted = code == RESULT_OK && period.id != 0 && !period.closed && period_of(day) <= period.id;
    return code;
}

/* Scores the enterprise anew, where anything changed, and journals that. */
static enum result settle(const struct change_of *change, const char *action, const char *reason,
                          struct outcome_effect *effect, struct error *error) {
    enum result code =
        period_rescore(change->store, change->actor, &change->unit.enterprise, 1, error);
    if (code == RESULT_OK) {
        code = load_standing(change, &effect->after, error);
    }
    return code == RESULT_OK ? journal(change, action, reason, change->before, error) : code;
}

static enum result enter(struct change_of *change, const struct outcome_entry *entry,
                         struct outcome_effect *effect, struct error *error) {
    struct record_value values[INSPECTION_RESULT_COLUMN_COUNT];
    const struct save_origin origin = origin_of(change);
    int64_t record = 0;
    fill_values(change, entry, values);
    enum result code =
        outcome_rule_check(change->store, &change->plan, clock_today(&change->actor->clock), values,
                           change->arena, error);
    if (code == RESULT_OK) {
        change->matter = values[INSPECTION_RESULT_matter].text;
        code = told_text(change, &change->before, error);
    }
    if (code == RESULT_OK) {
        code = load_standing(change, &effect->before, error);
    }
    if (code == RESULT_OK) {
        code = inspection_save(change->store, values, &origin, &effect->saved, &record, error);
    }
    effect->after = effect->before;
    if (code == RESULT_OK) {
        code = load_counted(change, entry->completed_on, &effect->counted, error);
    }
    return code == RESULT_OK && effect->saved != SAVE_UNCHANGED
               ? settle(change, "plan.result", NULL, effect, error)
               : code;
}

enum result outcome_enter(struct store *store, const struct actor *actor, int64_t id,
                          const struct outcome_entry *entry, struct outcome_effect *effect,
                          struct error *error) {
    struct change_of change = {.store = store, .actor = actor};
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    code = load(&change, id, entry->unit, entry->matter, error);
    if (code == RESULT_OK) {
        code = check_said(entry, error);
    }
    if (code == RESULT_OK) {
        *effect = (struct outcome_effect){.enterprise = change.unit.enterprise};
        code = enter(&change, entry, effect, error);
    }
    clear(&change);
    return store_finish(store, code, error);
}

/* ---- taking back ----------------------------------------------------------------------------- */

/* Finds the result of the change; RESULT_NOT_FOUND when there is none. */
static enum result expect_record(struct change_of *change, struct error *error) {
    enum result code = find_record(change, error);
    if (code == RESULT_OK && change->record == 0) {
        code = error_set(error, RESULT_NOT_FOUND, _("Plan %s has no result of %s."),
                         change->plan.number, change->unit.name);
    }
    return code == RESULT_OK ? told_text(change, &change->before, error) : code;
}

static enum result take_back(struct change_of *change, const char *reason,
                             struct outcome_effect *effect, struct error *error) {
    const struct save_origin origin = origin_of(change);
    enum result code = outcome_rule_state(&change->plan, error);
    if (code == RESULT_OK && text_blank(reason)) {
        code = error_set(error, RESULT_USAGE, "%s",
                         _("Give the reason why the result is taken back."));
    }
    if (code == RESULT_OK) {
        code = expect_record(change, error);
    }
    if (code == RESULT_OK) {
        code = load_standing(change, &effect->before, error);
    }
    if (code == RESULT_OK) {
        code = inspection_withdraw(change->store, change->record, reason, &origin, error);
    }
    effect->saved = SAVE_UPDATED;
    if (code == RESULT_OK) {
        code = load_counted(change, change->completed_on, &effect->counted, error);
    }
    return code == RESULT_OK ? settle(change, "plan.result_withdraw", reason, effect, error) : code;
}

enum result outcome_withdraw(struct store *store, const struct actor *actor, int64_t id,
                             const char *unit, const char *matter, const char *reason,
                             struct outcome_effect *effect, struct error *error) {
    struct change_of change = {.store = store, .actor = actor};
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    code = load(&change, id, unit, matter, error);
    if (code == RESULT_OK) {
        *effect = (struct outcome_effect){.enterprise = change.unit.enterprise};
        code = take_back(&change, reason, effect, error);
    }
    clear(&change);
    return store_finish(store, code, error);
}

/* ---- following up ---------------------------------------------------------------------------- */

static enum result check_follow_up(const struct change_of *change,
                                   const struct outcome_follow_up *follow_up, struct error *error) {
    char text[DATE_TEXT_SIZE];
    char limit[DATE_TEXT_SIZE];
    date today = clock_today(&change->actor->clock);
    if (inspection_code_find(INSPECTION_FOLLOW_UPS, change->follow_up) ==
        INSPECTION_FOLLOW_UP_IS_none) {
        return error_set(error, RESULT_REFUSED,
                         _("Nothing is to follow the inspection of %s; its case is closed."),
                         change->unit.name);
    }
    if (text_blank(follow_up->outcome)) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("Say what came of it: the outcome is missing."));
    }
    if (follow_up->done_on > today || follow_up->done_on < change->completed_on) {
        return error_set(error, RESULT_USAGE,
                         _("It was followed up from %s, the day of the inspection, to %s, today; "
                           "correct the date."),
                         date_format(change->completed_on, text), date_format(today, limit));
    }
    return RESULT_OK;
}

static enum result follow(struct change_of *change, const struct outcome_follow_up *follow_up,
                          struct error *error) {
    char at[CLOCK_TEXT_SIZE];
    enum result code = RESULT_OK;
    if (change->plan.state != PLAN_CLOSED) {
        code = outcome_rule_state(&change->plan, error);
    }
    if (code == RESULT_OK) {
        code = expect_record(change, error);
    }
    if (code == RESULT_OK) {
        code = check_follow_up(change, follow_up, error);
    }
    if (code == RESULT_OK) {
        code = store_execute(
            change->store,
            "INSERT INTO plan_follow_up (result, done_on, document, outcome, actor, at) VALUES "
            "(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (result) DO UPDATE SET done_on = ?2, document = "
            "?3, outcome = ?4, actor = ?5, at = ?6",
            VALUES(value_int(change->record), value_date(follow_up->done_on),
                   value_text(text_blank(follow_up->document) ? NULL : follow_up->document),
                   value_text(follow_up->outcome), value_text(change->actor->name),
                   value_text(clock_now(&change->actor->clock, at))),
            error);
    }
    return code == RESULT_OK ? journal(change, "plan.follow_up", NULL, change->before, error)
                             : code;
}

enum result outcome_follow(struct store *store, const struct actor *actor, int64_t id,
                           const char *unit, const char *matter,
                           const struct outcome_follow_up *follow_up, struct error *error) {
    struct change_of change = {.store = store, .actor = actor};
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    code = load(&change, id, unit, matter, error);
    if (code == RESULT_OK) {
        code = follow(&change, follow_up, error);
    }
    clear(&change);
    return store_finish(store, code, error);
}
