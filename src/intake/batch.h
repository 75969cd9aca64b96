/* A file taken in, the rows it did not take and the remarks on rows it took. Owns the tables
 * batch, reject and remark. */
#ifndef XINFENG_INTAKE_BATCH_H
#define XINFENG_INTAKE_BATCH_H

#include "base/date.h"
#include "guard/actor.h"
#include "intake/reason.h"
#include "store/store.h"

#include <stdint.h>

/* The two columns before the file's own in a file of rejects. */
#define REJECT_LINE_HEADER "行号"
#define REJECT_REASON_HEADER "原因"

/* What a batch is, told when it begins. Texts are borrowed. */
struct batch_head {
    const char *kind;
    const char *file;
    const char *digest; /* SHA-256 of the file, hexadecimal */
    const char *profile;
    const char *source;
    const char *header; /* the header row as CSV, without the two columns of a rejects file */
    date as_of;
    const struct actor *actor;
};

/* What it came to. read = inserted + updated + unchanged + rejected. */
struct batch_counts {
    int64_t read;
    int64_t inserted;
    int64_t updated;
    int64_t unchanged;
    int64_t rejected;
    int64_t stubs; /* enterprises that facts named and the registry did not have */
    int64_t remarks;
    int64_t rejects[REASON_END]; /* by reason */
    int64_t said[REMARK_END];    /* remarks by kind */
};

/* A batch being written. All of this is called inside the import's transaction. */
struct batch;

/* Begins a batch. Free with batch_free. */
enum result batch_begin(struct batch **batch, struct store *store, const struct batch_head *head,
                        struct error *error);

/* The id of the batch. */
int64_t batch_id(const struct batch *batch);

/* Keeps a row that is not taken in: its line, why, the sentence, and the row as CSV. */
enum result batch_reject(struct batch *batch, int64_t line, enum reason reason,
                         const char *sentence, const char *text, struct error *error);

/* Keeps what is to be said of a row that is taken in. */
enum result batch_remark(struct batch *batch, int64_t line, enum remark remark,
                         const char *sentence, struct error *error);

/* Writes the counts and the batch's one journal entry. */
enum result batch_end(struct batch *batch, const struct batch_counts *counts, struct error *error);

/* NULL is harmless. */
void batch_free(struct batch *batch);

/* Writes the rejected rows of a batch, in order of their lines, as CSV for a workbook (UTF-8 with
 * mark): 行号, 原因, then the file's own columns as they were, so that the rows can be mended
 * there and imported again. The file appears whole or not at all. *rows may be NULL. */
enum result batch_write_rejects(struct store *store, int64_t batch, const char *path, int64_t *rows,
                                struct error *error);

#endif
