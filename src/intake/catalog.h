/* The profiles carried in the program, and choosing the one a file asks for. */
#ifndef XINFENG_INTAKE_CATALOG_H
#define XINFENG_INTAKE_CATALOG_H

#include "intake/binding.h"
#include "intake/sample.h"
#include "store/store.h"

/* True for a word that names a profile's file: it has a slash, or ends in .json. */
bool catalog_is_path(const char *word);

/* How many profiles the program carries. */
size_t catalog_count(void);

/* Reads the carried profile of an index; free with profile_free. */
enum result catalog_read(size_t index, struct profile **profile, struct error *error);

/* The name of the carried profile of an index. */
const char *catalog_name(size_t index);

/* The document of a carried profile by its name; NULL when there is none. Static. */
const char *catalog_document(const char *name);

/* True for the profile of a kind's own name: it knows the general headers of the kind. */
bool catalog_general(const char *name);

/* The document of a kind's general profile; NULL when there is none. Static. */
const char *catalog_general_document(enum import_kind kind);

/* The profile of a name that the program carries or a person saved, or in a file (a word with a
 * slash or an ending .json is a path). RESULT_NOT_FOUND lists the names of the kind; RESULT_USAGE
 * when the profile is for another kind. Free with profile_free. */
enum result catalog_open(struct store *store, const char *name_or_path, enum import_kind kind,
                         struct profile **profile, struct error *error);

/* Binds a profile to the header row among the first of a file, or refuses it with the columns that
 * it lacks. The binding lives in the arena. */
enum result catalog_bind(const struct sample *sample, const char *label,
                         const struct profile *profile, struct binding *binding,
                         struct arena *arena, struct error *error);

/* Chooses the profile that fits the first rows of a file best: all its required columns are there,
 * and it reads most of the file's; one that a person saved goes before one that the program
 * carries, and a particular one before a general one. *profile (free with profile_free) is NULL
 * when none fits. Several as good are RESULT_USAGE with their names. The binding lives in the
 * arena. */
enum result catalog_choose(struct store *store, const struct sample *sample, const char *label,
                           enum import_kind kind, struct profile **profile, struct binding *binding,
                           struct arena *arena, struct error *error);

#endif
