/* The enterprises whose class changes between two states, as a file: CSV or workbook. */
#ifndef XINFENG_REPORT_SIMULATION_FILE_H
#define XINFENG_REPORT_SIMULATION_FILE_H

#include "guard/actor.h"
#include "score/simulate.h"

/* What a list is about. All texts are translated and borrowed until the file is closed. */
struct simulation_wording {
    const char *title;   /* of the document */
    const char *heading; /* what both states are */
    const char *keywords;
    const char *verification; /* a digest, or "" */
    const char *corner;       /* of the matrix: which state goes down, which across */
    const char *classes[2];   /* titles of the columns */
    const char *points[2];
    const char *decided[2]; /* NULL: the list does not say what decided */
};

/* A list being written. */
struct simulation_file;

/* Begins a list at path, in the format of its ending; it appears there when it is closed well.
 * RESULT_USAGE for an ending other than .csv and .xlsx. End it with simulation_file_close in any
 * case, also when this failed. */
enum result simulation_file_open(struct simulation_file **file,
                                 const struct simulation_wording *about, const struct actor *actor,
                                 const char *path, struct error *error);

/* Adds an enterprise; decided are two texts, or NULL where the list has no such columns.
 * RESULT_REFUSED when a sheet cannot hold so many. */
enum result simulation_file_add(struct simulation_file *file, const struct simulation_row *row,
                                const char *const *decided, struct error *error);

/* Ends the list and releases it. code is what the work before came to: after a failure no file
 * appears. Gives the first failure. A workbook gets the matrix too. NULL is harmless. */
enum result simulation_file_close(struct simulation_file *file, const struct simulation *simulation,
                                  enum result code, struct error *error);

/* As simulate_policy, and writes whom it moves, with both totals and classes, to path by its
 * ending. The file appears whole or not at all. */
enum result simulation_file_write(struct store *store, struct policy *policy,
                                  const struct actor *actor, int64_t period, const char *path,
                                  const struct progress *progress, struct simulation *simulation,
                                  struct error *error);

#endif
