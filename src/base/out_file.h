/* Files handed out: written beside their places and moved there when whole, several of them all or
 * none, so that a full disk or a pulled plug leaves the old ones. */
#ifndef XINFENG_BASE_OUT_FILE_H
#define XINFENG_BASE_OUT_FILE_H

#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>

/* A file on its way. Zeroed before out_file_begin. Paths are on the heap, owned. */
struct out_file {
    char *path; /* where it belongs */
    char *part; /* where it is written */
    char *old;  /* where an earlier file of that name waits until all went well */
    bool begun; /* part exists */
    bool moved; /* path is the new file */
    bool kept;  /* old exists */
};

/* Makes an empty file to be written at file->part, in a folder that exists. RESULT_NOT_FOUND when
 * there is no such folder, RESULT_REFUSED without the right to write there, RESULT_NO_SPACE,
 * RESULT_IO; each says what to do. */
enum result out_file_begin(struct out_file *file, const char *folder, const char *name,
                           struct error *error);

/* Brings what was written to file->part safely to the disk. */
enum result out_file_settle(struct out_file *file, struct error *error);

/* The result and sentence for errno right after a write to file->part failed. */
enum result out_file_failed(const struct out_file *file, struct error *error);

/* Begins, writes and settles at once. */
enum result out_file_write(struct out_file *file, const char *folder, const char *name,
                           const void *data, size_t length, struct error *error);

/* Makes one file at a path: `write` is given the place beside it that it writes at, and the folder.
 * The file appears whole, or not at all. */
enum result out_file_make(const char *path,
                          enum result (*write)(void *context, const char *part, const char *folder,
                                               struct error *error),
                          void *context, struct error *error);

/* Moves settled files of one folder to their places. When one cannot be moved, those before it are
 * taken back. */
enum result out_file_move_all(struct out_file *files, size_t count, struct error *error);

/* Undoes out_file_move_all: the earlier files stand again. */
void out_file_take_back_all(struct out_file *files, size_t count);

/* Removes what is left beside the place and frees the paths. */
void out_file_end(struct out_file *file);

#endif
