/* What is understood of a file before any of it is taken in: for a screen or a command to show, and
 * for a person to correct. Nothing in the database changes. */
#ifndef XINFENG_INTAKE_PREVIEW_H
#define XINFENG_INTAKE_PREVIEW_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/progress.h"
#include "guard/actor.h"
#include "intake/guess_why.h"
#include "intake/kind.h"
#include "intake/row_sheet.h"
#include "intake/said.h"
#include "store/store.h"

/* Values shown of a column. */
#define PREVIEW_VALUES 5

/* Values shown of a column with what they become. */
#define PREVIEW_READ 40

/* Rows passed over that are kept to be shown. */
#define PREVIEW_SKIPS 500

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
    const char *text; /* its cells that hold something */
    const char *why;  /* translated */
};

/* What becomes of a value. */
enum value_fate {
    VALUE_READ,    /* it is read: number or read tell as what */
    VALUE_NOTHING, /* it says nothing, or nothing that is kept; the row comes in without it */
    VALUE_UNREAD,  /* it cannot be read, and the row is rejected */
};

/* One value of a column. */
struct preview_value {
    const char *text; /* as it stands in the file */
    int64_t line;     /* where it stands first */
    size_t times;     /* in how many rows looked at */
    enum value_fate fate;
    enum field_shape shape; /* which of the next two holds what it becomes */
    int64_t number;         /* days, money in fen, whole numbers, flags, rates */
    const char *read;       /* texts, names, codes, words */
    const char *remark;     /* what is to be said of it, translated; NULL: nothing */
};

/* The values of a column in the rows looked at, without those passed over. */
struct preview_reading {
    struct preview_value values[PREVIEW_READ]; /* different ones, the most doubtful first */
    size_t count;
    size_t different; /* values in all */
    size_t rows;
    size_t blank;  /* rows where the column is blank */
    size_t unread; /* rows rejected for it */
    bool whole;    /* the file has no other rows */
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

/* How many rows are passed over, also those that preview_skips has no room for. *whole tells that
 * they are those of the whole file and not only of the rows looked at. */
int64_t preview_skip_total(const struct preview *preview, bool *whole);

/* Reads the file to its end for the rows passed over. When that fails or is stopped, those of the
 * first rows are kept. progress may be NULL. */
enum result preview_read_skips(struct preview *preview, const struct progress *progress,
                               struct error *error);

/* The columns, what was understood of them, and up to PREVIEW_VALUES different values of each. */
size_t preview_columns(const struct preview *preview);
struct preview_column preview_column(const struct preview *preview, size_t column);
const char *const *preview_values(const struct preview *preview, size_t column, size_t *count);

/* The first of them, "" when the column is blank as far as was looked. */
const char *preview_first_value(const struct preview *preview, size_t column);

/* What the values of a column become when the file is taken in. Texts live in the arena or as long
 * as the preview. */
enum result preview_read(const struct preview *preview, size_t column, struct arena *arena,
                         struct preview_reading *reading, struct error *error);

/* The name of the profile the file is taken in by; NULL: it was guessed. */
const char *preview_profile_name(const struct preview *preview);

/* What has to be said before the file can be taken in, a sentence that speaks of commands; NULL:
 * nothing. */
const char *preview_missing(const struct preview *preview);

/* The field that is missing or not sure, for sentences of another place; -1: none, or what is
 * missing is no single field. */
int preview_missing_field(const struct preview *preview);

/* A person's corrections. The profile is made anew. field -1: the column is not read. */
enum result preview_assign(struct preview *preview, size_t column, int field, struct error *error);
enum result preview_set_type(struct preview *preview, const char *type, struct error *error);

/* Lets rows without a day speak of the day of the whole file, and tells whether they do. */
enum result preview_set_day(struct preview *preview, bool whole_file, struct error *error);
bool preview_day(const struct preview *preview);

/* Takes over what a person said of the same file when it was understood otherwise (as another kind,
 * another sheet), as far as it still applies; what does not is named in lost, a part each,
 * separated by ", ". */
enum result preview_adopt(struct preview *preview, const struct preview *former,
                          struct buffer *lost, struct error *error);

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
