/* What ties the firms of the sample county together: legal representatives, shareholders, officers,
 * branches, investments, shared addresses and agents. */
#ifndef XINFENG_SAMPLE_TIES_H
#define XINFENG_SAMPLE_TIES_H

#include "registry/record.h"
#include "sample-db/firm.h"

/* No firm has more. */
#define SAMPLE_MOST_TIES 8

/* The relations of one firm, as registry/record keeps them; texts in the arena, or static. */
struct sample_ties {
    struct record_value items[SAMPLE_MOST_TIES][RELATION_COLUMN_COUNT];
    size_t count;
};

/* The firms made last, whom later ones are tied to. */
struct sample_neighbours;

/* Free with sample_neighbours_free; NULL when memory is short. */
struct sample_neighbours *sample_neighbours_new(void);

/* Makes the ties of firm number index, which bears its id, and counts it among the neighbours. */
enum result sample_ties_make(struct sample_ties *ties, struct sample_neighbours *neighbours,
                             const struct sample_setting *setting, uint32_t index,
                             const struct sample_firm *firm, struct arena *arena,
                             struct error *error);

/* NULL is harmless. */
void sample_neighbours_free(struct sample_neighbours *neighbours);

#endif
