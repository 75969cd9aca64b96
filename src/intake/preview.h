/* What is understood of a file before any of it is taken in: for a screen or a command to show, and
 * for a person to correct. Nothing in the database changes. */
#ifndef XINFENG_INTAKE_PREVIEW_H
#define XINFENG_INTAKE_PREVIEW_H

#include "guard/actor.h"
#include "intake/guess_why.h"
#include "intake/kind.h"
#include "intake/row_sheet.h"
#include "intake/said.h"
#include "store/store.h"

/* Values shown of a column. */
#define PREVIEW_VALUES 5

/* What to look at. Texts are borrowed. */
struct preview_request {
    const char *path;
    const char *sheet;     /* NULL: the one that looks like data */
    enum import_kind kind; /* IMPORT_KIND_COUNT: the one that explains the file best */
    struct said said;
};

/* A row above or among the data that is none. Texts live as long as the preview. */
struct preview_skip {
    int64_t line;
    const char *text; /* its first cell */
    const char *why;  /* translated */
};

/* What is understood of one column. */
struct preview_column {
    const char *header; /* as written */
    int field;          /* of the kind; -1: none */
    int confidence;     /* 0 to 100 */
    enum guess_why why;
    bool also; /* another column fills the field; this one where that is blank */
};

/* A file looked at. */
struct preview;

/* Looks at a file. RESULT_INVALID, RESULT_NOT_FOUND ... when it cannot be read or understood at
 * all. Free with preview_free. */
enum result preview_open(struct preview **preview, struct store *store,
                         const struct preview_request *request, struct error *error);

/* Of the file: format ("XLSX"), encoding (or NULL), sheets (0: it has none) and which one is read.
 */
const char *preview_format(const struct preview *preview);
const char *preview_encoding(const struct preview *preview);
const struct row_sheet *preview_sheets(const struct preview *preview, size_t *count);
size_t preview_sheet(const struct preview *preview);

/* The kind, and how sure it is (100: a person said so). */
enum import_kind preview_kind(const struct preview *preview);
int preview_kind_confidence(const struct preview *preview);

/* The type of all facts (its code), with how sure it is; NULL: a column says it, or it is missing.
 */
const char *preview_type(const struct preview *preview, int *confidence);

/* The line of the header, and the rows passed over that were met while looking. */
int64_t preview_header_line(const struct preview *preview);
const struct preview_skip *preview_skips(const struct preview *preview, size_t *count);

/* The columns, what was understood of them, and up to PREVIEW_VALUES different values of each. */
size_t preview_columns(const struct preview *preview);
struct preview_column preview_column(const struct preview *preview, size_t column);
const char *const *preview_values(const struct preview *preview, size_t column, size_t *count);

/* The name of the profile the file is taken in by; NULL: it was guessed. */
const char *preview_profile_name(const struct preview *preview);

/* What has to be said before the file can be taken in, a sentence; NULL: nothing. */
const char *preview_missing(const struct preview *preview);

/* A person's corrections. The profile is made anew. field -1: the column is not read. */
enum result preview_assign(struct preview *preview, size_t column, int field, struct error *error);
enum result preview_set_type(struct preview *preview, const char *type, struct error *error);

/* Lets rows without a day speak of the day of the whole file, and tells whether they do. */
enum result preview_set_day(struct preview *preview, bool whole_file, struct error *error);
bool preview_day(const struct preview *preview);

/* True when a person corrected anything that is not saved as a profile yet. */
bool preview_changed(const struct preview *preview);

/* Saves the mapping as a profile of that name. */
enum result preview_save(struct preview *preview, struct store *store, const struct actor *actor,
                         const char *name, struct error *error);

/* What a person said in all, for import_request.said: it lives as long as the preview and until its
 * next correction. */
enum result preview_said(struct preview *preview, struct said *said, struct error *error);

/* NULL is harmless. */
void preview_free(struct preview *preview);

#endif
