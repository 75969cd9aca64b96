/* Mapping profiles that persons saved: offered again when a file with such columns comes. Owns the
 * table profile. */
#ifndef XINFENG_INTAKE_PROFILE_STORE_H
#define XINFENG_INTAKE_PROFILE_STORE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "guard/actor.h"
#include "intake/profile.h"
#include "store/store.h"

/* One saved profile. Texts live in the arena. */
struct saved_profile {
    const char *name;
    const char *kind;
    const char *actor;
    const char *at;
    int64_t used;        /* how often files were taken in by it */
    const char *used_at; /* or NULL */
};

/* Saves a profile, in place of one of its name. The name stands in the document. RESULT_INVALID
 * when the document breaks its rules, RESULT_REFUSED for a name that the program itself uses. */
enum result profile_store_save(struct store *store, const struct actor *actor, const char *document,
                               struct error *error);

/* Removes one. RESULT_NOT_FOUND when there is none of the name. */
enum result profile_store_remove(struct store *store, const struct actor *actor, const char *name,
                                 struct error *error);

/* Loads one; *profile is NULL when there is none of the name. Free with profile_free. */
enum result profile_store_load(struct store *store, const char *name, struct profile **profile,
                               struct error *error);

/* Its document, on the heap (free); NULL when there is none of the name. */
enum result profile_store_document(struct store *store, const char *name, char **document,
                                   struct error *error);

/* Loads all of a kind, in order of name: *profiles on the heap (free), each freed with
 * profile_free. */
enum result profile_store_load_all(struct store *store, enum import_kind kind,
                                   struct profile ***profiles, size_t *count, struct error *error);

/* Lists all, in order of name. */
enum result profile_store_list(struct store *store, struct arena *arena,
                               struct saved_profile **profiles, size_t *count, struct error *error);

/* Appends the names of a kind, with commas between them. */
enum result profile_store_names(struct store *store, enum import_kind kind, struct buffer *names,
                                struct error *error);

/* Counts a use, if there is a saved profile of the name. Call it inside the intake's transaction,
 * whose journal entry names the profile. */
enum result profile_store_note_use(struct store *store, const struct actor *actor, const char *name,
                                   struct error *error);

#endif
