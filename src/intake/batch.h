/* A file taken in, the rows it did not take and the remarks on rows it took. Owns the tables
 * batch, reject and remark. */
#ifndef XINFENG_INTAKE_BATCH_H
#define XINFENG_INTAKE_BATCH_H

#include "base/date.h"
#include "guard/actor.h"
#include "intake/reason.h"
#include "store/store.h"

#include <stdint.h>

/* What a batch is, told when it begins. Texts are borrowed. */
struct batch_head {
    const char *kind;
    const char *file;
    const char *profile;
    const char *source;
    const char *header;   /* the header row as CSV, without the columns of a rejects file */
    const char *format;   /* "CSV", "XLSX" ... */
    const char *encoding; /* of a text; else NULL */
    const char *sheet;    /* of a workbook; else NULL */
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
    int64_t stubs;   /* enterprises that facts named and the registry did not have */
    int64_t skipped; /* rows that are no data: not among those read */
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

/* A row that is not taken in. Texts are borrowed. */
struct batch_reject {
    int64_t line;
    enum reason reason;
    const char *sentence;
    const char *text; /* the row as CSV */
    const char *name; /* who it speaks of, or NULL */
    const char *code; /* what stood in its code columns and is none, or NULL */
};

/* Keeps a row that is not taken in. */
enum result batch_keep_reject(struct batch *batch, const struct batch_reject *reject,
                              struct error *error);

/* Keeps what is to be said of a row that is taken in. */
enum result batch_remark(struct batch *batch, int64_t line, enum remark remark,
                         const char *sentence, struct error *error);

/* Writes the counts, the file's SHA-256 in hexadecimal, and the batch's one journal entry. */
enum result batch_end(struct batch *batch, const struct batch_counts *counts, const char *digest,
                      struct error *error);

/* Notes that the rows of an earlier batch that waited for a decision about their name, and no
 * others, came in by a batch. Call it inside its transaction. */
enum result batch_note_again(struct store *store, int64_t batch, int64_t earlier,
                             struct error *error);

/* Marks an intake as taken back, with its journal entry; after is what was taken back, as JSON.
 * Call it inside the transaction that does so. RESULT_REFUSED when it was taken back already. */
enum result batch_mark_undone(struct store *store, const struct actor *actor, int64_t batch,
                              const char *reason, const char *after, struct error *error);

/* NULL is harmless. */
void batch_free(struct batch *batch);

#endif
