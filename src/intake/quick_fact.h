/* Reading rows of facts that leave no doubt, without looking at each cell from all sides as the
 * mapper must: what is read here, the mapper would read just so; whatever might come to anything
 * else is left to it. */
#ifndef XINFENG_INTAKE_QUICK_FACT_H
#define XINFENG_INTAKE_QUICK_FACT_H

#include "base/uscc.h"
#include "intake/binding.h"
#include "intake/csv_pieces.h"
#include "registry/fact.h"

/* How one thread reads the rows of a file. */
struct quick_fact;

/* A row read. Texts are borrowed from it, or live as long as the reader. */
struct quick_fact_row {
    char uscc[USCC_LENGTH + 1]; /* as written: it is a code when the registry has it */
    const char *name;           /* NULL when blank */
    size_t name_length;
    struct fact fact;
    const char *record;
};

/* Binding and arena outlive the reader. *quick is NULL when the profile asks for what is not read
 * here. Free with quick_fact_free. */
enum result quick_fact_new(struct quick_fact **quick, const struct binding *binding,
                           struct arena *arena, struct error *error);

/* Reads the row that stands; *read is false when the mapper has to. */
enum result quick_fact_read(struct quick_fact *quick, const struct csv_piece *piece,
                            struct quick_fact_row *row, bool *read, struct error *error);

/* NULL is harmless. */
void quick_fact_free(struct quick_fact *quick);

#endif
