/* The short way into the registry for the rows of a large file that leave no doubt, nearly all of
 * them as a rule. Two threads read them; what is new is written in one go. All other rows are left
 * to the loader, and what comes of the file is what would come of it if the loader took every row:
 *
 * - A fact is taken when its row is read without a remark, its code is one the registry knows, and
 *   the name beside it is the one the registry has.
 * - A row that is left stands for all later ones of its enterprise: they are left too, so that the
 *   facts of an enterprise keep their order.
 * - So is every row that tells a fact the registry, or an earlier row, tells already. */
#ifndef XINFENG_INTAKE_BULK_H
#define XINFENG_INTAKE_BULK_H

#include "base/progress.h"
#include "intake/loader.h"

/* The file, as it was found. Borrowed. */
struct bulk_file {
    const char *path;
    uint64_t size;
    size_t mark; /* bytes of its byte order mark */
    char delimiter;
    const struct binding *binding;
    date as_of;
};

/* The rows that are left. */
struct bulk_left;

/* Takes rows of a file of facts in, and counts them in the loader's counts. *left is NULL when none
 * could be taken so, and the whole file is the loader's; else free it with bulk_left_free. Call
 * before the loader has taken any row. */
enum result bulk_take(struct loader *loader, const struct bulk_file *file,
                      const struct progress *progress, struct bulk_left **left,
                      struct error *error);

/* The rows left, from the first on, as if they were all there is. The source goes before them. */
enum result bulk_left_open(struct bulk_left *left, struct row_source **source, struct error *error);

/* NULL is harmless. */
void bulk_left_free(struct bulk_left *left);

#endif
