/* Takes mapped rows into the registry, one after the other, and keeps the batch's books. */
#ifndef XINFENG_INTAKE_LOADER_H
#define XINFENG_INTAKE_LOADER_H

#include "intake/batch.h"
#include "intake/mapper.h"

struct loader;

/* Begins a batch; call inside the import's transaction. The head's texts and the counts are
 * borrowed. Free with loader_free. */
enum result loader_new(struct loader **loader, struct store *store, enum import_kind kind,
                       bool create_missing, const struct batch_head *head,
                       struct batch_counts *counts, struct error *error);

/* Sets who is asked about rows on inspections; borrowed. */
void loader_set_judge(struct loader *loader, const struct import_judge *judge);

/* Takes one row in. *rejected tells that it cannot be, with reason and sentence in mapped; then
 * nothing of it is in the registry. Any result but RESULT_OK ends the whole import. */
enum result loader_take(struct loader *loader, struct mapped *mapped, int64_t line,
                        struct arena *arena, bool *rejected, struct error *error);

/* Keeps a rejected row with its text. */
enum result loader_reject(struct loader *loader, const struct mapped *mapped, int64_t line,
                          const char *text, struct error *error);

/* The id of the batch. */
int64_t loader_batch(const struct loader *loader);

/* Notes enterprises that rows changed which came in another way than by loader_take. */
enum result loader_note_changed(struct loader *loader, const int64_t *enterprises, size_t count,
                                struct error *error);

/* Hands over the enterprises that rows changed, ids in rising order, each once: *changed is freed
 * with free. */
enum result loader_changed(struct loader *loader, int64_t **changed, size_t *count,
                           struct error *error);

/* Writes the counts, the file's SHA-256 in hexadecimal, and the journal entry. */
enum result loader_end(struct loader *loader, const char *digest, struct error *error);

/* NULL is harmless. */
void loader_free(struct loader *loader);

#endif
