/* What the short ways of facts and of enterprises share. Shared by the files of bulk. */
#ifndef XINFENG_INTAKE_BULK_WAY_H
#define XINFENG_INTAKE_BULK_WAY_H

#include "intake/bulk_left.h"
#include "intake/csv_pieces.h"
#include "intake/taking.h"
#include "registry/directory.h"

/* Threads that read, the caller's among them. */
#define BULK_WORKERS 2

struct worker;
struct bulk;

/* How one kind of file goes. */
struct bulk_way {
    /* Makes ready; *ready is false when the file cannot go this way. */
    enum result (*start)(struct bulk *bulk, bool *ready, struct error *error);
    enum result (*start_worker)(struct worker *worker, bool *ready, struct error *error);
    /* Takes the row that stands in worker->piece, or leaves it. */
    enum result (*take_row)(struct worker *worker);
    /* Does what waits; the rows of the piece go after that. May be NULL. */
    enum result (*end_piece)(struct worker *worker);
    /* Writes, when all is read: counts what was written, notes whom it changed, and adds the rows
     * that were added and are to be left after all. */
    enum result (*write)(struct bulk *bulk, const struct progress *progress, struct places *left,
                         struct error *error);
    void (*clear_worker)(struct worker *worker);
    void (*clear)(struct bulk *bulk);
};

extern const struct bulk_way bulk_way_facts;
extern const struct bulk_way bulk_way_enterprises;

/* One file on its way. */
struct bulk {
    const struct bulk_way *way;
    const struct bulk_file *file;
    struct loader *loader;
    struct directory *directory;
    struct arena *arena; /* what the workers' plans are made of */
    void *own;           /* the way's */
};

/* One thread that reads. */
struct worker {
    struct bulk *bulk;
    struct csv_piece piece;
    struct arena *scratch;
    void *own; /* the way's */
    struct places left;
    int64_t read;    /* rows taken */
    int64_t skipped; /* rows that are no data */
    bool given_up;
    enum result code;
    struct error error;
};

/* Puts the row that stands with those that are left. */
enum result bulk_leave(struct worker *worker);

#endif
