/* The profiles carried in the program, and choosing the one a file asks for. */
#ifndef XINFENG_INTAKE_CATALOG_H
#define XINFENG_INTAKE_CATALOG_H

#include "intake/binding.h"

/* How many profiles the program carries. */
size_t catalog_count(void);

/* Reads the carried profile of an index; free with profile_free. */
enum result catalog_read(size_t index, struct profile **profile, struct error *error);

/* The profile of a name that the program carries, or in a file (a word with a slash or an ending
 * .json is a path). RESULT_NOT_FOUND lists the names of the kind; RESULT_USAGE when the profile is
 * for another kind. Free with profile_free. */
enum result catalog_open(const char *name_or_path, enum import_kind kind, struct profile **profile,
                         struct error *error);

/* Reads the first rows of a file, finds its header and binds it. A profile given is bound or
 * refused with the columns it lacks. Without one (*profile NULL) the carried profile that fits
 * best is chosen and handed over in *profile (free with profile_free): all its required columns
 * are there, and it reads most of the file's; several as good, or none, are RESULT_USAGE with
 * their names. The binding lives in the arena. */
enum result catalog_bind(struct row_source *source, const char *path, enum import_kind kind,
                         struct profile **profile, struct binding *binding, struct arena *arena,
                         struct error *error);

#endif
