#include "intake/match_decision.h"

#include "base/gettext.h"
#include "base/text.h"
#include "guard/journal.h"
#include "store/statement.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static enum result write_journal(struct store *store, const struct actor *actor, const char *action,
                                 int64_t id, const struct match_subject *subject,
                                 int64_t enterprise, const char *reason, struct error *error) {
    json_t *json =
        json_pack("{s:s, s:s, s:o}", "name", subject->name, "code", subject->code, "enterprise",
                  enterprise == 0 ? json_null() : json_integer(enterprise));
    char *after = json == NULL ? NULL : json_dumps(json, JSON_COMPACT);
    json_decref(json);
    if (after == NULL) {
        return error_no_memory(error);
    }
    char about[40];
    snprintf(about, sizeof(about), "match:%lld", (long long)id);
    struct journal_entry entry = {
        .action = action, .subject = about, .reason = reason, .after = after};
    enum result code = journal_write(store, actor, &entry, error);
    free(after);
    return code;
}

/* The decision that one about the same subject takes the place of goes out of force. */
static enum result replace(struct store *store, const struct actor *actor, const char *key,
                           const char *subject_code, const char *at, struct error *error) {
    return store_execute(
        store,
        "UPDATE match_decision SET withdrawn_by = ?, withdrawn_at = ?"
        " WHERE name_key = ? AND code = ? AND withdrawn_at IS NULL",
        VALUES(value_text(actor->name), value_text(at), value_text(key), value_text(subject_code)),
        error);
}

static enum result write_decision(struct store *store, const struct actor *actor,
                                  const struct match_subject *subject, const char *key,
                                  int64_t enterprise, const char *reason, int64_t *id,
                                  struct error *error) {
    char at[CLOCK_TEXT_SIZE];
    clock_now(&actor->clock, at);
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    code = replace(store, actor, key, subject->code, at, error);
    if (code == RESULT_OK) {
        code = store_execute(
            store,
            "INSERT INTO match_decision (name_key, code, name, enterprise, reason, actor, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            VALUES(value_text(key), value_text(subject->code), value_text(subject->name),
                   enterprise == 0 ? value_null() : value_int(enterprise), value_text(reason),
                   value_text(actor->name), value_text(at)),
            error);
    }
    int64_t made = store_last_id(store);
    if (code == RESULT_OK) {
        code =
            write_journal(store, actor, "match.decide", made, subject, enterprise, reason, error);
    }
    if (id != NULL) {
        *id = made;
    }
    return store_finish(store, code, error);
}

enum result match_decide(struct store *store, const struct actor *actor,
                         const struct match_subject *subject, int64_t enterprise,
                         const char *reason, int64_t *id, struct error *error) {
    if (text_blank(subject->name)) {
        return error_set(error, RESULT_INVALID, "%s",
                         _("The row gives no name, and nothing can be decided about it; mend it in "
                           "the file."));
    }
    if (text_blank(reason)) {
        return error_set(error, RESULT_INVALID, "%s",
                         _("A decision needs a reason; say how you know which one is meant."));
    }
    char *key = text_name_key(subject->name);
    if (key == NULL) {
        return error_no_memory(error);
    }
    enum result code = write_decision(store, actor, subject, key, enterprise, reason, id, error);
    free(key);
    return code;
}

static enum result withdraw(struct store *store, const struct actor *actor,
                            const struct match_decision *decision, struct error *error) {
    char at[CLOCK_TEXT_SIZE];
    clock_now(&actor->clock, at);
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    code = store_execute(
        store, "UPDATE match_decision SET withdrawn_by = ?, withdrawn_at = ? WHERE id = ?",
        VALUES(value_text(actor->name), value_text(at), value_int(decision->id)), error);
    if (code == RESULT_OK) {
        code = write_journal(store, actor, "match.withdraw", decision->id, &decision->subject,
                             decision->enterprise, NULL, error);
    }
    return store_finish(store, code, error);
}

enum result match_withdraw(struct store *store, const struct actor *actor, int64_t id,
                           struct error *error) {
    struct arena *arena = arena_new();
    struct match_decision *found = NULL;
    size_t count = 0;
    enum result code = arena == NULL
                           ? error_no_memory(error)
                           : match_decision_list(store, id + 1, 1, arena, &found, &count, error);
    if (code == RESULT_OK && (count == 0 || found->id != id)) {
        code = error_set(error, RESULT_NOT_FOUND,
                         _("There is no decision number %lld; see \"xinfeng match list\"."),
                         (long long)id);
    } else if (code == RESULT_OK && found->withdrawn_at != NULL) {
        code = error_set(error, RESULT_REFUSED, _("Decision %lld was withdrawn already, at %s."),
                         (long long)id, found->withdrawn_at);
    } else if (code == RESULT_OK) {
        code = withdraw(store, actor, found, error);
    }
    arena_free(arena);
    return code;
}

enum result match_decision_list(struct store *store, int64_t before, size_t most,
                                struct arena *arena, struct match_decision **decisions,
                                size_t *count, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    *count = 0;
    *decisions = arena_alloc(arena, (most + 1) * sizeof(**decisions));
    enum result code =
        *decisions == NULL
            ? error_no_memory(error)
            : store_query(
                  &rows, store,
                  "SELECT d.id, d.name, d.code, d.enterprise, e.uscc, e.name, d.reason, "
                  "d.actor, d.at, d.withdrawn_at FROM match_decision d"
                  " LEFT JOIN enterprise e ON e.id = d.enterprise"
                  " WHERE d.id < ? ORDER BY d.id DESC LIMIT ?",
                  VALUES(value_int(before == 0 ? INT64_MAX : before), value_int((int64_t)most)),
                  error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        (*decisions)[(*count)++] = (struct match_decision){
            .id = statement_int(rows, 0),
            .subject = {arena_strdup(arena, statement_string(rows, 1)),
                        arena_strdup(arena, statement_string(rows, 2))},
            .enterprise = statement_int(rows, 3),
            .uscc = arena_strdup(arena, statement_text(rows, 4)),
            .enterprise_name = arena_strdup(arena, statement_text(rows, 5)),
            .reason = arena_strdup(arena, statement_string(rows, 6)),
            .actor = arena_strdup(arena, statement_string(rows, 7)),
            .at = arena_strdup(arena, statement_string(rows, 8)),
            .withdrawn_at = arena_strdup(arena, statement_text(rows, 9)),
        };
    }
    statement_free(rows);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}
