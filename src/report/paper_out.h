/* Handing out a workbook about one enterprise: written beside its place, and moved there in the
 * transaction of the journal entry that says who made it, about whom and when. */
#ifndef XINFENG_REPORT_PAPER_OUT_H
#define XINFENG_REPORT_PAPER_OUT_H

#include "base/out_file.h"
#include "guard/actor.h"
#include "registry/enterprise.h"

#include <jansson.h>

/* Where a paper goes: to a file, or under a name of its own into a folder, which is made when it is
 * missing. One of both is NULL. */
struct paper_place {
    const char *file;
    const char *folder;
};

/* A paper on its way. Zeroed before paper_out_begin. */
struct paper_out {
    struct out_file file;
    char *folder; /* for temporary files */
};

/* Begins a paper: RESULT_USAGE when the file does not end in .xlsx, else as out_file_begin. In a
 * folder it is called unit id "-" tail ".xlsx", with no character that a file system minds. */
enum result paper_out_begin(struct paper_out *out, const struct paper_place *place,
                            const struct enterprise *enterprise, const char *tail,
                            struct error *error);

/* Hands out what was written to out->file.part, with a journal entry of this action about the
 * enterprise; after (released) gets the file's name and digest. */
enum result paper_out_hand(struct paper_out *out, struct store *store, const struct actor *actor,
                           const char *action, const struct enterprise *enterprise, json_t *after,
                           struct error *error);

/* Removes what is left beside the place; gives the path (heap) of a paper that was handed out, else
 * NULL. */
char *paper_out_end(struct paper_out *out);

#endif
