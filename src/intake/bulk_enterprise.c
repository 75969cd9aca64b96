#include "intake/bulk_way.h"

#include "registry/enterprise_bulk.h"

#include <stdlib.h>

/* Leaves a row. One that gives a code may enter or name an enterprise; without a code, no row of
 * the first pass enters one. */
static enum result leave_of(struct worker *worker, const struct mapped *mapped) {
    struct save_place place = {worker->piece.row.line, worker->piece.offset};
    enum result code = bulk_leave(worker);
    bool coded = mapped->reason == REASON_NONE && mapped->uscc[0] != '\0';
    return code == RESULT_OK && coded ? enterprise_lane_note(worker->own, mapped->uscc,
                                                             mapped->number, place, &worker->error)
                                      : code;
}

/* A row is taken when nothing is to be said of it; whether its codes are new is seen later. */
static enum result take_row(struct worker *worker) {
    const struct bulk_file *file = worker->bulk->file;
    struct save_place place = {worker->piece.row.line, worker->piece.offset};
    struct mapped mapped;
    bool added = false;
    arena_reset(worker->scratch);
    enum result code = mapper_read_subject(file->binding, &worker->piece.row, worker->scratch,
                                           &mapped, &worker->error);
    bool plain = code == RESULT_OK && mapped.reason == REASON_NONE && mapped.uscc[0] != '\0' &&
                 mapped.name != NULL && !mapped.code_mended && !mapped.two_codes;
    if (plain) {
        code = mapper_read_rest(file->binding, &worker->piece.row, file->as_of, worker->scratch,
                                &mapped, &worker->error);
    }
    if (code == RESULT_OK && plain && mapped.reason == REASON_NONE) {
        code = enterprise_lane_add(worker->own, &mapped.enterprise, mapped.key, place, &added,
                                   &worker->error);
        worker->read += added;
    }
    return code == RESULT_OK && !added ? leave_of(worker, &mapped) : code;
}

static enum result start(struct bulk *bulk, bool *ready, struct error *error) {
    struct enterprise_bulk *enterprises = NULL;
    enum result code = enterprise_bulk_new(&enterprises, bulk->loader->store, &bulk->loader->origin,
                                           bulk->directory, bulk->file->size, error);
    bulk->own = enterprises;
    *ready = enterprises != NULL;
    return code;
}

static enum result start_worker(struct worker *worker, bool *ready, struct error *error) {
    worker->own = enterprise_bulk_lane(worker->bulk->own);
    *ready = worker->own != NULL;
    return *ready ? RESULT_OK : error_no_memory(error);
}

static enum result write_enterprises(struct bulk *bulk, const struct progress *progress,
                                     struct places *left, struct error *error) {
    struct enterprise_bulk_sum sum;
    enum result code = enterprise_bulk_write(bulk->own, progress, &sum, error);
    if (code != RESULT_OK) {
        return code;
    }
    bulk->loader->counts->inserted += sum.inserted;
    code = places_add(left, sum.left, sum.left_count) ? RESULT_OK : error_no_memory(error);
    for (int64_t i = 0; code == RESULT_OK && i < sum.inserted; i++) {
        int64_t id = sum.first + i;
        code = loader_note_changed(bulk->loader, &id, 1, error);
    }
    free(sum.left);
    return code;
}

static void clear_worker(struct worker *worker) {
    (void)worker; /* the lane ends with the bulk */
}

static void clear(struct bulk *bulk) {
    enterprise_bulk_free(bulk->own);
}

const struct bulk_way bulk_way_enterprises = {
    .start = start,
    .start_worker = start_worker,
    .take_row = take_row,
    .write = write_enterprises,
    .clear_worker = clear_worker,
    .clear = clear,
};
