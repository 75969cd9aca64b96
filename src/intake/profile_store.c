#include "intake/profile_store.h"

#include "base/gettext.h"
#include "guard/journal.h"
#include "intake/catalog.h"
#include "intake/mapping.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

static enum result write_journal(struct store *store, const struct actor *actor, const char *action,
                                 const char *name, const char *before, const char *after,
                                 struct error *error) {
    struct buffer subject = BUFFER_INIT;
    buffer_printf(&subject, "profile:%s", name);
    struct journal_entry entry = {
        .action = action, .subject = buffer_text(&subject), .before = before, .after = after};
    enum result code =
        subject.failed ? error_no_memory(error) : journal_write(store, actor, &entry, error);
    buffer_free(&subject);
    return code;
}

/* Names that mean something else already. */
static enum result check_name(const char *name, struct error *error) {
    bool taken = catalog_general(name) || strcmp(name, MAPPING_GUESSED) == 0;
    for (size_t i = 0; !taken && i < catalog_count(); i++) {
        taken = strcmp(catalog_name(i), name) == 0;
    }
    return taken ? error_set(error, RESULT_REFUSED,
                             _("The program itself has a profile called %s; choose another name."),
                             name)
                 : RESULT_OK;
}

static enum result save(struct store *store, const struct actor *actor,
                        const struct profile *profile, const char *document, struct error *error) {
    char *before = NULL;
    char at[CLOCK_TEXT_SIZE];
    clock_now(&actor->clock, at);
    enum result code = profile_store_document(store, profile->name, &before, error);
    if (code == RESULT_OK) {
        code = store_execute(
            store,
            "INSERT INTO profile (name, kind, document, actor, at) VALUES (?1, ?2, ?3, ?4, ?5)"
            " ON CONFLICT (name) DO UPDATE SET kind = ?2, document = ?3, actor = ?4, at = ?5",
            VALUES(value_text(profile->name), value_text(kind_of(profile->kind)->code),
                   value_text(document), value_text(actor->name), value_text(at)),
            error);
    }
    if (code == RESULT_OK) {
        code = write_journal(store, actor, "profile.save", profile->name, before, document, error);
    }
    free(before);
    return code;
}

enum result profile_store_save(struct store *store, const struct actor *actor, const char *document,
                               struct error *error) {
    struct profile *profile = NULL;
    enum result code = profile_parse(&profile, document, _("profile"), error);
    if (code == RESULT_OK) {
        code = check_name(profile->name, error);
    }
    if (code == RESULT_OK) {
        code = store_begin(store, error);
        if (code == RESULT_OK) {
            code = store_finish(store, save(store, actor, profile, document, error), error);
        }
    }
    profile_free(profile);
    return code;
}

static enum result remove_one(struct store *store, const struct actor *actor, const char *name,
                              struct error *error) {
    char *before = NULL;
    enum result code = profile_store_document(store, name, &before, error);
    if (code == RESULT_OK && before == NULL) {
        code =
            error_set(error, RESULT_NOT_FOUND,
                      _("There is no saved profile \"%s\"; see \"xinfeng profile list\"."), name);
    }
    if (code == RESULT_OK) {
        code = store_execute(store, "DELETE FROM profile WHERE name = ?", VALUES(value_text(name)),
                             error);
    }
    if (code == RESULT_OK) {
        code = write_journal(store, actor, "profile.remove", name, before, NULL, error);
    }
    free(before);
    return code;
}

enum result profile_store_remove(struct store *store, const struct actor *actor, const char *name,
                                 struct error *error) {
    enum result code = store_begin(store, error);
    return code == RESULT_OK ? store_finish(store, remove_one(store, actor, name, error), error)
                             : code;
}

enum result profile_store_document(struct store *store, const char *name, char **document,
                                   struct error *error) {
    return store_fetch_text(store, "SELECT document FROM profile WHERE name = ?",
                            VALUES(value_text(name)), document, error);
}

enum result profile_store_load(struct store *store, const char *name, struct profile **profile,
                               struct error *error) {
    char *document = NULL;
    *profile = NULL;
    enum result code = profile_store_document(store, name, &document, error);
    if (code == RESULT_OK && document != NULL) {
        code = profile_parse(profile, document, name, error);
    }
    free(document);
    return code;
}

enum result profile_store_load_all(struct store *store, enum import_kind kind,
                                   struct profile ***profiles, size_t *count, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    *profiles = NULL;
    *count = 0;
    enum result code =
        store_query(&rows, store, "SELECT name, document FROM profile WHERE kind = ? ORDER BY name",
                    VALUES(value_text(kind_of(kind)->code)), error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        struct profile **more = realloc(*profiles, (*count + 1) * sizeof(*more));
        if (more == NULL) {
            code = error_no_memory(error);
            break;
        }
        *profiles = more;
        code = profile_parse(&more[*count], statement_string(rows, 1), statement_string(rows, 0),
                             error);
        *count += code == RESULT_OK;
    }
    statement_free(rows);
    return code;
}

enum result profile_store_list(struct store *store, struct arena *arena,
                               struct saved_profile **profiles, size_t *count,
                               struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    int64_t total = 0;
    *count = 0;
    enum result code =
        store_fetch_int(store, "SELECT count(*) FROM profile", NO_VALUES, 0, &total, error);
    *profiles = arena_alloc(arena, ((size_t)total + 1) * sizeof(**profiles));
    if (code == RESULT_OK) {
        code = *profiles == NULL
                   ? error_no_memory(error)
                   : store_query(&rows, store,
                                 "SELECT name, kind, actor, at, used, used_at FROM profile"
                                 " ORDER BY name LIMIT ?",
                                 VALUES(value_int(total)), error);
    }
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        (*profiles)[(*count)++] = (struct saved_profile){
            .name = arena_strdup(arena, statement_string(rows, 0)),
            .kind = arena_strdup(arena, statement_string(rows, 1)),
            .actor = arena_strdup(arena, statement_string(rows, 2)),
            .at = arena_strdup(arena, statement_string(rows, 3)),
            .used = statement_int(rows, 4),
            .used_at = arena_strdup(arena, statement_text(rows, 5)),
        };
    }
    statement_free(rows);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

enum result profile_store_names(struct store *store, enum import_kind kind, struct buffer *names,
                                struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code =
        store_query(&rows, store, "SELECT name FROM profile WHERE kind = ? ORDER BY name",
                    VALUES(value_text(kind_of(kind)->code)), error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        buffer_printf(names, "%s%s", names->length == 0 ? "" : ", ", statement_string(rows, 0));
    }
    statement_free(rows);
    return code;
}

enum result profile_store_note_use(struct store *store, const struct actor *actor, const char *name,
                                   struct error *error) {
    char at[CLOCK_TEXT_SIZE];
    clock_now(&actor->clock, at);
    return store_execute(store, "UPDATE profile SET used = used + 1, used_at = ? WHERE name = ?",
                         VALUES(value_text(at), value_text(name)), error);
}
