#include "policy/policy_life.h"

#include "base/gettext.h"
#include "guard/journal.h"
#include "store/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Writes what happened to a version; before and after are digests, or NULL. */
static enum result note(struct store *store, const struct actor *actor, const char *action,
                        const char *policy, const char *version, const char *before,
                        const char *after, struct error *error) {
    char *subject = NULL;
    char *texts[2] = {NULL, NULL};
    const char *digests[2] = {before, after};
    bool whole = asprintf(&subject, "policy:%s", policy) >= 0;
    for (int i = 0; i < 2 && whole; i++) {
        whole = digests[i] == NULL || asprintf(&texts[i], "{\"digest\":\"%s\"}", digests[i]) >= 0;
    }
    struct journal_entry entry = {.action = action,
                                  .subject = subject,
                                  .reason = version,
                                  .before = texts[0],
                                  .after = texts[1]};
    enum result code = whole ? journal_write(store, actor, &entry, error) : error_no_memory(error);
    free(subject);
    free(texts[0]);
    free(texts[1]);
    return code;
}

static enum result note_version(struct store *store, const struct actor *actor, const char *action,
                                const struct policy_version *version, struct error *error) {
    return note(store, actor, action, version->code, version->version, NULL, version->digest,
                error);
}

/* ---- drafts ---------------------------------------------------------------------------------- */

/* Finds the version a policy has in the database, if any; its id 0 otherwise. */
static enum result find_same(struct store *store, const struct policy *policy, struct arena *arena,
                             struct policy_version *there, struct error *error) {
    int64_t id = 0;
    *there = (struct policy_version){0};
    enum result code = store_fetch_int(
        store, "SELECT id FROM policy WHERE code = ? AND version = ?",
        VALUES(value_text(policy->code), value_text(policy->version)), 0, &id, error);
    return code == RESULT_OK && id != 0 ? policy_store_version(store, id, arena, there, error)
                                        : code;
}

static enum result refuse_version(const struct policy *policy, struct error *error) {
    return error_set(error, RESULT_REFUSED,
                     _("Version %s of policy %s exists already; give the new one another "
                       "version."),
                     policy->version, policy->code);
}

static enum result write_draft(struct store *store, const struct policy *policy,
                               const struct policy_version *there, const struct actor *actor,
                               int64_t *id, struct error *error) {
    char at[CLOCK_TEXT_SIZE];
    clock_now(&actor->clock, at);
    enum result code =
        there->id != 0
            ? store_execute(
                  store,
                  "UPDATE policy SET name = ?2, document = ?3, digest = ?4, field = ?5, made_by = "
                  "?6, made_at = ?7, proposed_by = NULL, proposed_at = NULL WHERE id = ?1",
                  VALUES(value_int(there->id), value_text(policy->name),
                         value_text(policy->canonical), value_text(policy->digest),
                         value_text(policy->field), value_text(actor->name), value_text(at)),
                  error)
            : store_execute(
                  store,
                  "INSERT INTO policy (code, version, name, state, document, digest, field, "
                  "made_by, made_at) VALUES (?, ?, ?, 'draft', ?, ?, ?, ?, ?)",
                  VALUES(value_text(policy->code), value_text(policy->version),
                         value_text(policy->name), value_text(policy->canonical),
                         value_text(policy->digest), value_text(policy->field),
                         value_text(actor->name), value_text(at)),
                  error);
    *id = there->id != 0 ? there->id : store_last_id(store);
    return code;
}

/* Keeps a draft; anew: its version must not stand already, not even as a draft. */
static enum result save_draft(struct store *store, const struct policy *policy, bool anew,
                              const struct actor *actor, int64_t *id, struct error *error) {
    struct arena *arena = arena_new();
    struct policy_version there;
    enum result code = arena == NULL ? error_no_memory(error) : store_begin(store, error);
    if (code != RESULT_OK) {
        arena_free(arena);
        return code;
    }
    code = find_same(store, policy, arena, &there, error);
    if (code == RESULT_OK && there.id != 0 && (anew || strcmp(there.state, "draft") != 0)) {
        code = refuse_version(policy, error);
    }
    if (code == RESULT_OK) {
        code = write_draft(store, policy, &there, actor, id, error);
    }
    if (code == RESULT_OK) {
        code = note(store, actor, "policy.draft", policy->code, policy->version,
                    there.id == 0 ? NULL : there.digest, policy->digest, error);
    }
    code = store_finish(store, code, error);
    arena_free(arena);
    return code;
}

enum result policy_draft_save(struct store *store, const struct policy *policy,
                              const struct actor *actor, int64_t *id, struct error *error) {
    return save_draft(store, policy, false, actor, id, error);
}

enum result policy_draft_begin(struct store *store, const struct policy *policy,
                               const struct actor *actor, int64_t *id, struct error *error) {
    return save_draft(store, policy, true, actor, id, error);
}

/* The draft must stand as it was looked at. */
static enum result check_unchanged(const struct policy_version *version, const char *digest,
                                   struct error *error) {
    if (strcmp(version->state, "draft") != 0) {
        return error_set(error, RESULT_REFUSED,
                         _("Version %s of policy %s is no draft; only drafts are changed."),
                         version->version, version->code);
    }
    if (strcmp(version->digest, digest) != 0) {
        return error_set(error, RESULT_REFUSED,
                         _("%s changed the draft meanwhile; it is shown as it stands now, change "
                           "it once more."),
                         version->made_by == NULL ? "?" : version->made_by);
    }
    return RESULT_OK;
}

enum result policy_draft_change(struct store *store, int64_t id, const char *digest,
                                const struct policy *policy, const struct actor *actor,
                                struct error *error) {
    struct arena *arena = arena_new();
    struct policy_version version;
    int64_t saved = 0;
    enum result code = arena == NULL ? error_no_memory(error) : store_begin(store, error);
    if (code != RESULT_OK) {
        arena_free(arena);
        return code;
    }
    code = policy_store_version(store, id, arena, &version, error);
    if (code == RESULT_OK) {
        code = check_unchanged(&version, digest, error);
    }
    if (code == RESULT_OK) {
        code = policy_draft_save(store, policy, actor, &saved, error);
    }
    code = store_finish(store, code, error);
    arena_free(arena);
    return code;
}

enum result policy_draft_propose(struct store *store, int64_t id, const struct actor *actor,
                                 struct error *error) {
    struct arena *arena = arena_new();
    struct policy_version version;
    char at[CLOCK_TEXT_SIZE];
    clock_now(&actor->clock, at);
    enum result code = arena == NULL ? error_no_memory(error) : store_begin(store, error);
    if (code != RESULT_OK) {
        arena_free(arena);
        return code;
    }
    code = policy_store_version(store, id, arena, &version, error);
    if (code == RESULT_OK && strcmp(version.state, "draft") != 0) {
        code = error_set(error, RESULT_REFUSED,
                         _("Version %s of policy %s is no draft; only drafts are proposed."),
                         version.version, version.code);
    }
    if (code == RESULT_OK) {
        code = store_execute(store,
                             "UPDATE policy SET proposed_by = ?2, proposed_at = ?3 WHERE id = ?1",
                             VALUES(value_int(id), value_text(actor->name), value_text(at)), error);
    }
    if (code == RESULT_OK) {
        code = note_version(store, actor, "policy.propose", &version, error);
    }
    code = store_finish(store, code, error);
    arena_free(arena);
    return code;
}

/* ---- in force -------------------------------------------------------------------------------- */

static enum result retire(struct store *store, const struct actor *actor, int64_t id,
                          struct arena *arena, struct error *error) {
    struct policy_version version;
    enum result code = policy_store_version(store, id, arena, &version, error);
    if (code == RESULT_OK) {
        code = store_execute(store,
                             "UPDATE policy SET state = 'retired', retired_on = ?2 WHERE id = ?1",
                             VALUES(value_int(id), value_date(clock_today(&actor->clock))), error);
    }
    if (code == RESULT_OK) {
        code = note_version(store, actor, "policy.retire", &version, error);
    }
    return code;
}

/* Retires the published version of the same code. */
static enum result retire_same(struct store *store, const struct policy *policy,
                               const struct actor *actor, struct arena *arena,
                               struct error *error) {
    int64_t id = 0;
    enum result code =
        store_fetch_int(store, "SELECT id FROM policy WHERE code = ? AND state = 'published'",
                        VALUES(value_text(policy->code)), 0, &id, error);
    return code == RESULT_OK && id != 0 ? retire(store, actor, id, arena, error) : code;
}

/* Marks the general policies by which nobody is scored any more, those asked first standing first.
 */
static void mark_covered(struct policy *const *policies, size_t count, bool *covered) {
    uint32_t kinds = 0;
    for (size_t i = 0; i < count; i++) {
        const struct policy *one = policies[i];
        covered[i] = (one->kinds & ~kinds) == 0;
        if (!covered[i] && one->region_count == 0 && one->industry_count == 0) {
            kinds |= one->kinds;
        }
    }
}

/* Retires general policies by which nobody is scored any more. */
static enum result retire_covered(struct store *store, const struct actor *actor,
                                  struct arena *arena, struct error *error) {
    struct policy_set set;
    bool covered[POLICY_SET_MOST];
    enum result code = policy_set_in_force(store, &set, error);
    mark_covered(set.policies, set.count, covered);
    for (size_t i = 0; code == RESULT_OK && i < set.count; i++) {
        if (covered[i]) {
            code = retire(store, actor, set.ids[i], arena, error);
        }
    }
    policy_set_free(&set);
    return code;
}

enum result policy_draft_displaces(struct store *store, struct policy *policy, struct arena *arena,
                                   struct policy_version **versions, size_t *count,
                                   struct error *error) {
    struct policy_set set;
    struct policy *then[POLICY_SET_MOST + 1] = {policy};
    int64_t ids[POLICY_SET_MOST + 1] = {0};
    bool covered[POLICY_SET_MOST + 1] = {false};
    size_t general = 1;
    enum result code = policy_set_in_force(store, &set, error);
    *count = 0;
    *versions = arena_alloc(arena, (POLICY_SET_MOST + 1) * sizeof(**versions));
    if (*versions == NULL) {
        code = error_no_memory(error);
    }
    for (size_t i = 0; code == RESULT_OK && i < set.count && policy->field == NULL; i++) {
        if (strcmp(set.policies[i]->code, policy->code) != 0) {
            ids[general] = set.ids[i];
            then[general++] = set.policies[i];
        }
    }
    mark_covered(then, general, covered);
    for (size_t i = 1; code == RESULT_OK && i < general; i++) {
        if (covered[i]) {
            code = policy_store_version(store, ids[i], arena, &(*versions)[*count], error);
            *count += code == RESULT_OK;
        }
    }
    policy_set_free(&set);
    return code;
}

/* Writes a row as published; id 0: a new one. */
static enum result write_published(struct store *store, int64_t id, const struct policy *policy,
                                   const struct actor *actor, struct error *error) {
    char at[CLOCK_TEXT_SIZE];
    clock_now(&actor->clock, at);
    struct value today = value_date(clock_today(&actor->clock));
    return id != 0
               ? store_execute(
                     store,
                     "UPDATE policy SET state = 'published', published_on = ?2, published_by = "
                     "?3, published_at = ?4, publication = (SELECT coalesce(max(publication), "
                     "0) + 1 FROM policy) WHERE id = ?1",
                     VALUES(value_int(id), today, value_text(actor->name), value_text(at)), error)
               : store_execute(
                     store,
                     "INSERT INTO policy (code, version, name, state, document, digest, field, "
                     "published_on, published_by, published_at, publication) VALUES (?, ?, ?, "
                     "'published', ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(publication), 0) + 1 "
                     "FROM policy))",
                     VALUES(value_text(policy->code), value_text(policy->version),
                            value_text(policy->name), value_text(policy->canonical),
                            value_text(policy->digest), value_text(policy->field), today,
                            value_text(actor->name), value_text(at)),
                     error);
}

/* Publishes inside a transaction. */
static enum result bring_into_force(struct store *store, int64_t id, const struct policy *policy,
                                    const struct actor *actor, struct arena *arena,
                                    struct error *error) {
    enum result code = retire_same(store, policy, actor, arena, error);
    if (code == RESULT_OK) {
        code = write_published(store, id, policy, actor, error);
    }
    if (code == RESULT_OK) {
        code = note(store, actor, "policy.publish", policy->code, policy->version, NULL,
                    policy->digest, error);
    }
    return code == RESULT_OK ? retire_covered(store, actor, arena, error) : code;
}

/* The draft must have been proposed, by another person than publishes it. */
static enum result check_proposed(const struct policy_version *version, const struct actor *actor,
                                  struct error *error) {
    if (strcmp(version->state, "draft") != 0) {
        return error_set(error, RESULT_REFUSED,
                         _("Version %s of policy %s is no draft; only drafts are published."),
                         version->version, version->code);
    }
    if (version->proposed_by == NULL) {
        return error_set(error, RESULT_REFUSED,
                         _("Nobody proposed version %s of policy %s yet; one person proposes it "
                           "with \"xinfeng policy propose %s@%s\", another publishes it."),
                         version->version, version->code, version->code, version->version);
    }
    return actor_check_other(actor, version->proposed_by, _("This version"), error);
}

enum result policy_draft_publish(struct store *store, int64_t id, const struct actor *actor,
                                 struct error *error) {
    struct arena *arena = arena_new();
    struct policy_version version;
    struct policy *policy = NULL;
    enum result code = arena == NULL ? error_no_memory(error) : store_begin(store, error);
    if (code != RESULT_OK) {
        arena_free(arena);
        return code;
    }
    code = policy_store_version(store, id, arena, &version, error);
    if (code == RESULT_OK) {
        code = check_proposed(&version, actor, error);
    }
    if (code == RESULT_OK) {
        code = policy_store_load(store, id, &policy, error);
    }
    if (code == RESULT_OK) {
        code = bring_into_force(store, id, policy, actor, arena, error);
    }
    code = store_finish(store, code, error);
    policy_free(policy);
    arena_free(arena);
    return code;
}

enum result policy_store_publish(struct store *store, const char *text, const char *origin,
                                 const struct actor *actor, struct error *error) {
    struct policy *policy = NULL;
    struct policy_version there;
    struct arena *arena = arena_new();
    enum result code =
        arena == NULL ? error_no_memory(error) : policy_parse(&policy, text, origin, error);
    if (code == RESULT_OK) {
        code = store_begin(store, error);
        if (code == RESULT_OK) {
            code = find_same(store, policy, arena, &there, error);
            if (code == RESULT_OK && there.id != 0) {
                code = refuse_version(policy, error);
            }
            if (code == RESULT_OK) {
                code = bring_into_force(store, 0, policy, actor, arena, error);
            }
            code = store_finish(store, code, error);
        }
    }
    policy_free(policy);
    arena_free(arena);
    return code;
}

/* ---- out of force ---------------------------------------------------------------------------- */

/* Refuses to leave a kind of entity, which the version scores, to nobody. */
static enum result check_covered(struct store *store, const struct policy_version *version,
                                 struct error *error) {
    struct policy_set set;
    uint32_t kinds = 0;
    uint32_t covered = 0;
    enum result code = policy_set_in_force(store, &set, error);
    for (size_t i = 0; code == RESULT_OK && i < set.count; i++) {
        const struct policy *one = set.policies[i];
        if (set.ids[i] == version->id) {
            kinds = one->kinds;
        } else if (one->region_count == 0 && one->industry_count == 0) {
            covered |= one->kinds;
        }
    }
    policy_set_free(&set);
    if (code == RESULT_OK && (kinds & ~covered) != 0) {
        code = error_set(error, RESULT_REFUSED,
                         _("Version %s of policy %s scores enterprises that no other general "
                           "policy would; publish another version in its place."),
                         version->version, version->code);
    }
    return code;
}

enum result policy_retire(struct store *store, int64_t id, const struct actor *actor,
                          struct error *error) {
    struct arena *arena = arena_new();
    struct policy_version version;
    enum result code = arena == NULL ? error_no_memory(error) : store_begin(store, error);
    if (code != RESULT_OK) {
        arena_free(arena);
        return code;
    }
    code = policy_store_version(store, id, arena, &version, error);
    if (code == RESULT_OK && strcmp(version.state, "published") != 0) {
        code = error_set(error, RESULT_REFUSED,
                         _("Version %s of policy %s is not in force; only versions in force are "
                           "retired."),
                         version.version, version.code);
    }
    if (code == RESULT_OK) {
        code = check_covered(store, &version, error);
    }
    if (code == RESULT_OK) {
        code = retire(store, actor, id, arena, error);
    }
    code = store_finish(store, code, error);
    arena_free(arena);
    return code;
}
