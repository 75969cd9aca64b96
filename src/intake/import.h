/* Taking a file in: enterprises or facts, all of it in one transaction. */
#ifndef XINFENG_INTAKE_IMPORT_H
#define XINFENG_INTAKE_IMPORT_H

#include "base/arena.h"
#include "base/progress.h"
#include "guard/actor.h"
#include "intake/batch.h"
#include "intake/kind.h"
#include "intake/said.h"
#include "store/store.h"

#include <stdbool.h>

/* What to take in. Texts are borrowed. */
struct import_request {
    enum import_kind kind;
    const char *path;
    const char *sheet;        /* of a workbook; NULL: the one that looks like data */
    struct said said;         /* profile, columns and type, where a person said so */
    const char *source;       /* the department; NULL: as the profile says, else the file's name */
    date as_of;               /* the day a file without days speaks of; DATE_NONE: today */
    bool create_missing;      /* facts: an enterprise with a code that the registry does not know
                               * is entered as a stub */
    bool dry_run;             /* do everything, keep nothing but the rejects file */
    const char *rejects_path; /* where to write rejected rows, when there are any; NULL: nowhere */
    uint64_t bulk_from; /* a file of so many bytes or more goes the short way of intake/bulk.h, to
                         * the same end; 0: from 8 MiB on */
    const struct import_judge *judge; /* of rows about inspections; NULL: nobody */
    int64_t waiting_of; /* the batch whose rows these are that waited for a decision; 0: none */
    const struct actor *actor;
};

/* What came of it; valid when import_file gave RESULT_OK. Free with import_report_free. */
struct import_report {
    struct batch_counts counts;
    int64_t batch;     /* 0 after a dry run */
    int64_t short_way; /* rows that went the short way of intake/bulk.h */
    char *profile;     /* the name of the profile used */
    char *source;
    bool rejects_written; /* to rejects_path */
    int64_t *changed;     /* the enterprises that rows were taken in for: ids in rising order */
    size_t changed_count;
};

/* Takes a file in. One file is one transaction: an error, a cancel or a crash leaves nothing of it
 * behind. Rows that cannot be taken are rejected one by one, each with its line and a sentence;
 * counts.read = inserted + updated + unchanged + rejected. Importing the same file again changes
 * nothing, on any day. Errors: the file cannot be read, no profile fits, the profile is wrong, the
 * database fails. progress may be NULL. */
enum result import_file(struct store *store, const struct import_request *request,
                        struct import_report *report, const struct progress *progress,
                        struct error *error);

/* Makes the store ready for a file that large, before a change is begun around import_file. */
void import_make_ready(struct store *store, const struct import_request *request);

/* Releases what a report holds. */
void import_report_free(struct import_report *report);

#endif
