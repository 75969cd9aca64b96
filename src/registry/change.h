/* What a save changes: the fields before and after, as JSON for the journal. */
#ifndef XINFENG_REGISTRY_CHANGE_H
#define XINFENG_REGISTRY_CHANGE_H

#include "guard/journal.h"
#include "registry/save.h"

#include <jansson.h>

struct change {
    json_t *before;
    json_t *after;
};

/* An empty change; RESULT_NO_MEMORY when memory is short. Release with change_clear. */
enum result change_init(struct change *change, struct error *error);

/* Notes one field; values are SQL NULL as NULL. The references are taken over. */
void change_note(struct change *change, const char *field, json_t *before, json_t *after);

/* JSON of a text (NULL: null), of a number (unknown: null) and of a day (DATE_NONE: null). */
json_t *change_text(const char *text);
json_t *change_number(int64_t number, int64_t unknown);
json_t *change_date(date day);

/* The day that change_date wrote. */
date change_day(const json_t *day);

/* True when nothing was noted. */
bool change_empty(const struct change *change);

/* A row of the registry that changed. */
struct change_row {
    const char *table;
    int64_t id;
    const char *subject; /* as the journal names it */
};

/* Writes the change to the journal and, when a batch made it, beside the batch, so that it can be
 * taken back. */
enum result change_write(const struct change *change, struct store *store,
                         const struct save_origin *origin, const char *action,
                         const struct change_row *row, struct error *error);

void change_clear(struct change *change);

#endif
