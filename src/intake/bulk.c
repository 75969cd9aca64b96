#include "intake/bulk.h"

#include "intake/bulk_way.h"
#include "intake/row_kind.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

/* More rows than these are not left one by one: then the loader reads the file itself. */
#define LEFT_MAX ((size_t)4 << 20)

/* Of a hundred parts of the work, how many reading is. */
#define READING_SHARE 60

/* What the workers read from, together. */
struct reading {
    struct csv_pieces *pieces;
    const struct progress *progress;
    struct worker workers[BULK_WORKERS];
    atomic_bool stopped; /* something went wrong, the person wants it, or the file is unsound */
};

/* One worker and what it reads from. */
struct thread {
    struct reading *reading;
    struct worker *worker;
    bool main; /* the caller's own, which tells progress */
};

enum result bulk_leave(struct worker *worker) {
    struct save_place place = {worker->piece.row.line, worker->piece.offset};
    if (worker->left.count >= LEFT_MAX) {
        worker->given_up = true;
        return RESULT_OK;
    }
    return places_add(&worker->left, &place, 1) ? RESULT_OK : error_no_memory(&worker->error);
}

/* ---- pieces --------------------------------------------------------------------------------- */

/* The rows of one piece. The header is in the first; the rows right under it may be no data. */
static enum result take_piece(struct worker *worker) {
    const struct bulk_file *file = worker->bulk->file;
    const struct bulk_way *way = worker->bulk->way;
    bool first = worker->piece.start == file->mark;
    bool header = !first;
    size_t under = first ? 0 : ROW_KIND_UNDER;
    bool more = true;
    enum result code = RESULT_OK;
    while (code == RESULT_OK && !worker->given_up) {
        code = csv_piece_next(&worker->piece, &more, &worker->error);
        if (code != RESULT_OK || !more) {
            break;
        }
        int64_t line = worker->piece.row.line;
        if (line <= file->binding->line) {
            header = header || line == file->binding->line;
        } else if (under < ROW_KIND_UNDER) {
            under++;
            bool data = row_kind_of(file->binding, &worker->piece.row, (int64_t)under) == ROW_DATA;
            worker->skipped += !data;
            code = data ? way->take_row(worker) : RESULT_OK;
        } else {
            code = way->take_row(worker);
        }
    }
    worker->given_up = worker->given_up || worker->piece.unsound || !header;
    return code == RESULT_OK && !worker->given_up && way->end_piece != NULL ? way->end_piece(worker)
                                                                            : code;
}

static enum result tell_progress(const struct thread *thread) {
    const struct reading *reading = thread->reading;
    return thread->main ? progress_step(reading->progress,
                                        csv_pieces_position(reading->pieces) / 100 * READING_SHARE,
                                        thread->worker->bulk->file->size, &thread->worker->error)
                        : RESULT_OK;
}

static void *work(void *context) {
    const struct thread *thread = context;
    struct reading *reading = thread->reading;
    struct worker *worker = thread->worker;
    bool more = true;
    while (worker->code == RESULT_OK && !worker->given_up && more &&
           !atomic_load(&reading->stopped)) {
        worker->code = tell_progress(thread);
        if (worker->code == RESULT_OK) {
            worker->code = csv_pieces_next(reading->pieces, &worker->piece, &more, &worker->error);
        }
        if (worker->code == RESULT_OK && more) {
            worker->code = take_piece(worker);
        }
    }
    if (worker->code != RESULT_OK || worker->given_up) {
        atomic_store(&reading->stopped, true);
    }
    return NULL;
}

/* Reads with all workers; the first error stands. *sound is false when the file is not for this. */
static enum result read_pieces(struct reading *reading, bool *sound, struct error *error) {
    struct thread threads[BULK_WORKERS];
    pthread_t handles[BULK_WORKERS];
    bool started[BULK_WORKERS] = {false};
    for (size_t i = 0; i < BULK_WORKERS; i++) {
        threads[i] = (struct thread){reading, &reading->workers[i], i == 0};
        /* Without the thread the others do its part. */
        started[i] = i > 0 && pthread_create(&handles[i], NULL, work, &threads[i]) == 0;
    }
    work(&threads[0]);
    enum result code = RESULT_OK;
    *sound = true;
    for (size_t i = 0; i < BULK_WORKERS; i++) {
        if (started[i]) {
            pthread_join(handles[i], NULL);
        }
        const struct worker *worker = &reading->workers[i];
        *sound = *sound && !worker->given_up;
        if (code == RESULT_OK && worker->code != RESULT_OK) {
            code = worker->code;
            error_set(error, code, "%s", error_sentence(&worker->error));
        }
    }
    return code;
}

/* ---- all of it ------------------------------------------------------------------------------ */

/* Progress of writing as the last part of the whole. */
struct share {
    const struct progress *progress;
    uint64_t size;
};

static bool report_share(void *context, uint64_t done, uint64_t total) {
    const struct share *share = context;
    uint64_t part = share->size / 100 * (100 - READING_SHARE);
    uint64_t place = total == 0 ? 0 : part / total * done;
    return share->progress == NULL ||
           share->progress->report(share->progress->context,
                                   share->size / 100 * READING_SHARE + place, share->size);
}

/* Writes what was read, and gathers what is left. */
static enum result write_read(struct bulk *bulk, struct reading *reading, struct bulk_left **left,
                              struct error *error) {
    struct share share = {reading->progress, bulk->file->size};
    struct progress progress = {report_share, &share};
    struct places places = {0};
    enum result code = bulk->way->write(bulk, &progress, &places, error);
    int64_t read = -(int64_t)places.count;
    bool fits = true;
    for (size_t i = 0; code == RESULT_OK && fits && i < BULK_WORKERS; i++) {
        const struct worker *worker = &reading->workers[i];
        read += worker->read;
        bulk->loader->counts->skipped += worker->skipped;
        fits = places_add(&places, worker->left.items, worker->left.count);
    }
    if (code != RESULT_OK || !fits) {
        free(places.items);
        return code == RESULT_OK ? error_no_memory(error) : code;
    }
    bulk->loader->counts->read += read;
    return bulk_left_new(left, bulk->file, &places, error);
}

static enum result start_worker(struct worker *worker, struct bulk *bulk, bool *ready,
                                struct error *error) {
    worker->bulk = bulk;
    worker->scratch = arena_new();
    return worker->scratch == NULL ? error_no_memory(error)
                                   : bulk->way->start_worker(worker, ready, error);
}

static void clear_worker(struct worker *worker) {
    if (worker->bulk != NULL) {
        worker->bulk->way->clear_worker(worker);
    }
    csv_piece_free(&worker->piece);
    arena_free(worker->scratch);
    free(worker->left.items);
    error_clear(&worker->error);
}

static enum result read_and_write(struct bulk *bulk, const struct progress *progress,
                                  struct bulk_left **left, struct error *error) {
    struct reading *reading = calloc(1, sizeof(*reading));
    if (reading == NULL) {
        return error_no_memory(error);
    }
    const struct bulk_file *file = bulk->file;
    reading->progress = progress;
    bool ready = true;
    enum result code = csv_pieces_new(&reading->pieces, file->path, file->size, file->mark,
                                      file->delimiter, error);
    for (size_t i = 0; code == RESULT_OK && ready && i < BULK_WORKERS; i++) {
        code = start_worker(&reading->workers[i], bulk, &ready, error);
    }
    if (code == RESULT_OK && ready) {
        code = read_pieces(reading, &ready, error);
    }
    if (code == RESULT_OK && ready) {
        code = write_read(bulk, reading, left, error);
    }
    for (size_t i = 0; i < BULK_WORKERS; i++) {
        clear_worker(&reading->workers[i]);
    }
    csv_pieces_free(reading->pieces);
    free(reading);
    return code;
}

enum result bulk_take(struct loader *loader, const struct bulk_file *file,
                      const struct progress *progress, struct bulk_left **left,
                      struct error *error) {
    *left = NULL;
    struct bulk bulk = {.file = file, .loader = loader};
    bulk.way = loader->kind == &kind_facts         ? &bulk_way_facts
               : loader->kind == &kind_enterprises ? &bulk_way_enterprises
                                                   : NULL;
    if (bulk.way == NULL) {
        return RESULT_OK;
    }
    bool ready = false;
    bulk.arena = arena_new();
    enum result code = bulk.arena == NULL ? error_no_memory(error)
                                          : directory_new(&bulk.directory, loader->store, error);
    if (code == RESULT_OK) {
        code = bulk.way->start(&bulk, &ready, error);
    }
    if (code == RESULT_OK && ready) {
        code = read_and_write(&bulk, progress, left, error);
    }
    bulk.way->clear(&bulk);
    directory_free(bulk.directory);
    arena_free(bulk.arena);
    return code;
}
