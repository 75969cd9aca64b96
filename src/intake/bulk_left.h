/* The rows that the short way leaves, by their places in the file. Shared by the files of bulk. */
#ifndef XINFENG_INTAKE_BULK_LEFT_H
#define XINFENG_INTAKE_BULK_LEFT_H

#include "intake/bulk.h"
#include "registry/fact_bulk.h"

/* A list of places that grows. */
struct places {
    struct save_place *items;
    size_t count;
    size_t capacity;
};

/* Adds count places; false when memory is short. */
bool places_add(struct places *places, const struct save_place *items, size_t count);

/* Makes the rows left of the places, which it sorts and takes over; releases them when it fails. */
enum result bulk_left_new(struct bulk_left **left, const struct bulk_file *file,
                          struct places *places, struct error *error);

#endif
