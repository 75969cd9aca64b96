#include "intake/bulk_way.h"

#include "base/text.h"
#include "intake/quick_fact.h"
#include "registry/fact_bulk.h"

#include <stdlib.h>
#include <string.h>

/* Rows that are looked up together. */
#define WAITING_MAX 24

/* A row that waits until it is looked up. */
struct waiting {
    struct quick_fact_row row;
    bool read; /* row holds it; else the mapper is to read it */
    struct csv_kept kept;
    struct directory_entry entry;
};

/* What a worker has of its own. */
struct own {
    struct fact_lane *lane;
    struct quick_fact *quick;
    struct waiting waiting[WAITING_MAX];
    size_t waiting_count;
};

/* ---- one row -------------------------------------------------------------------------------- */

/* Leaves a row, and with it all later ones of the enterprise that its code belongs to. */
static enum result leave_of(struct worker *worker, const struct mapped *mapped) {
    const struct own *own = worker->own;
    struct directory_entry entry;
    enum result code = bulk_leave(worker);
    bool known = mapped->tier == TIER_USCC && mapped->reason == REASON_NONE &&
                 mapped->uscc[0] != '\0' &&
                 directory_find(worker->bulk->directory, mapped->uscc, &entry);
    return code == RESULT_OK && known
               ? fact_lane_hold(own->lane, entry.id, worker->piece.row.line, &worker->error)
               : code;
}

static enum result add(struct worker *worker, const struct directory_entry *entry,
                       const struct fact *fact, const char *record, bool *added) {
    const struct own *own = worker->own;
    struct save_place place = {worker->piece.row.line, worker->piece.offset};
    enum result code =
        fact_lane_add(own->lane, entry->id, fact, record, place, added, &worker->error);
    worker->read += *added;
    return code;
}

static bool same_name(const struct mapped *mapped, const struct directory_entry *entry) {
    char *name = mapped->key == NULL ? NULL : strndup(entry->name, entry->name_length);
    char *key = name == NULL ? NULL : text_name_key(name);
    bool same = mapped->key == NULL || (key != NULL && strcmp(key, mapped->key) == 0);
    free(name);
    free(key);
    return same;
}

/* A row that needs the mapper: taken when nothing is to be said of it. */
static enum result take_mapped(struct worker *worker) {
    const struct bulk *bulk = worker->bulk;
    const struct row *row = &worker->piece.row;
    struct directory_entry entry;
    struct mapped mapped;
    bool added = false;
    arena_reset(worker->scratch);
    enum result code =
        mapper_read_subject(bulk->file->binding, row, worker->scratch, &mapped, &worker->error);
    bool plain = code == RESULT_OK && mapped.reason == REASON_NONE && mapped.uscc[0] != '\0' &&
                 !mapped.code_mended && !mapped.two_codes &&
                 directory_find(bulk->directory, mapped.uscc, &entry) && same_name(&mapped, &entry);
    if (plain) {
        code = mapper_read_rest(bulk->file->binding, row, bulk->file->as_of, worker->scratch,
                                &mapped, &worker->error);
    }
    if (code == RESULT_OK && plain && mapped.reason == REASON_NONE && !mapped.amount_unclear) {
        code = add(worker, &entry, &mapped.fact, mapped.record, &added);
    }
    return code == RESULT_OK && !added ? leave_of(worker, &mapped) : code;
}

/* Takes the rows that wait: by now the memory that looking them up needs is there. */
static enum result take_waiting(struct worker *worker) {
    struct own *own = worker->own;
    enum result code = RESULT_OK;
    for (size_t i = 0; i < own->waiting_count; i++) {
        struct waiting *waiting = &own->waiting[i];
        waiting->read = waiting->read &&
                        directory_find(worker->bulk->directory, waiting->row.uscc, &waiting->entry);
        if (waiting->read) {
            directory_prefetch_name(&waiting->entry);
        }
    }
    for (size_t i = 0; code == RESULT_OK && i < own->waiting_count; i++) {
        const struct waiting *waiting = &own->waiting[i];
        const struct quick_fact_row *row = &waiting->row;
        bool added = false;
        csv_piece_return(&worker->piece, &waiting->kept);
        if (waiting->read && (row->name == NULL ||
                              (row->name_length == waiting->entry.name_length &&
                               memcmp(row->name, waiting->entry.name, row->name_length) == 0))) {
            code = add(worker, &waiting->entry, &row->fact, row->record, &added);
        }
        if (code == RESULT_OK && !added) {
            code = take_mapped(worker);
        }
    }
    own->waiting_count = 0;
    csv_piece_forget(&worker->piece);
    return code;
}

/* Reads a row, and takes it with some others. */
static enum result take_row(struct worker *worker) {
    struct own *own = worker->own;
    struct waiting *waiting = &own->waiting[own->waiting_count++];
    enum result code =
        quick_fact_read(own->quick, &worker->piece, &waiting->row, &waiting->read, &worker->error);
    waiting->kept = csv_piece_keep(&worker->piece);
    if (waiting->read) {
        directory_prefetch(worker->bulk->directory, waiting->row.uscc);
    }
    return code == RESULT_OK && own->waiting_count == WAITING_MAX ? take_waiting(worker) : code;
}

/* ---- the file ------------------------------------------------------------------------------- */

static enum result start(struct bulk *bulk, bool *ready, struct error *error) {
    struct fact_bulk *facts = NULL;
    enum result code = RESULT_OK;
    if (directory_count(bulk->directory) > 0) {
        code = fact_bulk_new(&facts, bulk->loader->store, &bulk->loader->origin,
                             directory_first(bulk->directory), directory_last(bulk->directory),
                             bulk->file->size, error);
    }
    bulk->own = facts;
    *ready = facts != NULL;
    return code;
}

static enum result start_worker(struct worker *worker, bool *ready, struct error *error) {
    struct own *own = calloc(1, sizeof(*own));
    worker->own = own;
    if (own == NULL || (own->lane = fact_bulk_lane(worker->bulk->own)) == NULL) {
        return error_no_memory(error);
    }
    enum result code =
        quick_fact_new(&own->quick, worker->bulk->file->binding, worker->bulk->arena, error);
    *ready = own->quick != NULL;
    return code;
}

static enum result write_facts(struct bulk *bulk, const struct progress *progress,
                               struct places *left, struct error *error) {
    struct fact_bulk_sum sum;
    enum result code = fact_bulk_write(bulk->own, progress, &sum, error);
    if (code != RESULT_OK) {
        return code;
    }
    bulk->loader->counts->inserted += sum.inserted;
    code = places_add(left, sum.left, sum.left_count)
               ? loader_note_changed(bulk->loader, sum.enterprises, sum.enterprise_count, error)
               : error_no_memory(error);
    fact_bulk_sum_free(&sum);
    return code;
}

static void clear_worker(struct worker *worker) {
    struct own *own = worker->own;
    if (own != NULL) {
        quick_fact_free(own->quick);
        free(own);
    }
}

static void clear(struct bulk *bulk) {
    fact_bulk_free(bulk->own);
}

const struct bulk_way bulk_way_facts = {
    .start = start,
    .start_worker = start_worker,
    .take_row = take_row,
    .end_piece = take_waiting,
    .write = write_facts,
    .clear_worker = clear_worker,
    .clear = clear,
};
