/* The formats of a handing over; report/handover chooses one by the file's ending. */
#ifndef XINFENG_REPORT_HANDOVER_FORMAT_H
#define XINFENG_REPORT_HANDOVER_FORMAT_H

#include "base/out_file.h"
#include "guard/actor.h"
#include "intake/handover_layout.h"
#include "policy/policy.h"
#include "score/period.h"

/* What is known before the first row. Borrowed until the file is ended. */
struct handover_head {
    const struct out_file *file; /* to be written at its part */
    const char *folder;          /* for files on the way */
    const char *name;            /* of the file, for sentences */
    const struct actor *actor;
    const struct period *period;
    const struct policy_set *policies; /* that the period was run under */
    int64_t previous;                  /* period whose classes are told beside; 0: none */
    int64_t rows;
    struct handover_seal seal; /* all but the digest */
};

/* What a format does. */
struct handover_format {
    const char *ending; /* of the file's name: "csv" */
    const char *name;   /* "CSV" */
    int64_t most_rows;  /* that one file can hold; 0: any number */
    enum result (*begin)(void **writer, const struct handover_head *head, struct error *error);
    enum result (*row)(void *writer, const struct handover_row *row, struct error *error);
    /* Writes what stands behind the rows and frees the writer, whatever the result. seal NULL:
     * nothing is written, the file is given up. */
    enum result (*end)(void *writer, const struct handover_seal *seal, struct error *error);
};

extern const struct handover_format handover_csv;
extern const struct handover_format handover_jsonl;
extern const struct handover_format handover_xlsx;

#endif
