/* What a preview holds, for the files that make it up. Not for others. */
#ifndef XINFENG_INTAKE_PREVIEW_STATE_H
#define XINFENG_INTAKE_PREVIEW_STATE_H

#include "intake/preview.h"
#include "intake/understand.h"

struct preview {
    struct arena *arena;
    const char *path;
    const char *label;
    const char *name; /* of file and sheet */
    const char *format;
    const char *encoding;
    struct row_sheet *sheets;
    size_t sheet_count;
    size_t sheet;
    struct sample sample;
    struct understanding understanding;
    int kind_confidence;
    struct preview_skip skips[PREVIEW_SKIPS];
    size_t skip_count;
    struct binding judging; /* what tells rows passed over from data */
    bool *aside;            /* for each row of the sample: it is passed over */
    int64_t skip_total;     /* with those that found no room */
    bool skips_whole;       /* of the whole file, not only of its first rows */
    bool *said;             /* for each column: a person spoke */
    bool type_said;
    const char *profile; /* asked for, or NULL */
    bool changed;
};

/* Binds one column to a field (negative: nothing to none), as a profile of nothing else would:
 * where no profile stands yet. Everything lives in the arena. */
enum result preview_bind_alone(const struct preview *preview, size_t column, int field,
                               struct arena *arena, struct binding *binding, struct error *error);

/* Notes the rows passed over among the first ones, anew. */
enum result preview_note_skips(struct preview *preview, struct error *error);

#endif
