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
    struct record_writer *records;    /* for kinds of records; else NULL */
    const struct import_judge *judge; /* of rows about inspections; or NULL */
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

/* Judges the enterprise that was found for a row, of a kind that rests on one: refuses the row when
 * none can be told, or when the registry does not have it and it may not be entered. */
enum result taking_judge_subject(struct taking *taking);

/* Sees to the enterprise of a row that stands: enters it as a stub when the registry does not have
 * it, keeps the registration number by which the row names one found by its name. */
enum result taking_settle_subject(struct taking *taking);

/* True unless both are known and differ. */
bool taking_same_text(const char *left, const char *right);

#endif
