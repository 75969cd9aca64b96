/* A row on its way into the registry: what the kinds of file share when they take one in. Not for
 * other folders. */
#ifndef XINFENG_INTAKE_TAKING_H
#define XINFENG_INTAKE_TAKING_H

#include "intake/loader.h"
#include "intake/match.h"
#include "intake/seen.h"

/* The loader as the kinds see it. */
struct loader {
    struct store *store;
    const struct kind *kind;
    bool create_missing;
    struct batch *batch;
    struct batch_counts *counts;
    struct save_origin origin; /* its line is that of the row being taken */
    struct enterprise_writer *enterprises;
    struct fact_writer *facts;
    struct handed_class_writer *handed;
    struct matcher *matcher;
    struct seen seen; /* rows of the registry that this file touched, by the kind's own ids */
    int64_t *changed; /* ids of enterprises, as they came */
    size_t changed_count;
    size_t changed_capacity;
};

/* One row. */
struct taking {
    struct loader *loader;
    struct mapped *mapped;
    struct match match;
    int64_t line;
    struct arena *arena;
    struct error *error;
    bool stub; /* an enterprise was entered for it */
};

/* Refuses the row; RESULT_NO_MEMORY when the sentence is NULL. */
enum result taking_refuse(struct taking *taking, enum reason reason, const char *sentence);

/* Turns RESULT_INVALID, a rule of the registry broken, into a refused row; any other result is
 * handed through and ends the import. */
enum result taking_sort_failure(struct taking *taking, enum result code);

/* Counts a row that is in now, keeps its remarks, and remembers which row of the registry it
 * touched and which enterprise it changed (0: none). */
enum result taking_count(struct taking *taking, enum save_outcome outcome, int64_t id,
                         int64_t enterprise);

/* For a row whose code the registry does not know: refuses it, unless its enterprise may be entered
 * as a stub. */
enum result taking_check_missing(struct taking *taking);

/* Enters the enterprise that the row names and the registry does not have. */
enum result taking_enter_stub(struct taking *taking);

/* Keeps the registration number by which the row names an enterprise found by its name. */
enum result taking_keep_number(struct taking *taking);

/* True unless both are known and differ. */
bool taking_same_text(const char *left, const char *right);

#endif
