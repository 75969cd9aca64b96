/* What changed since the newest period was last run, and on whom that bears: a run again on the
 * same day looks at these alone. Enterprises bear on others by what they share with them and by
 * their relations, so those around whoever changed are looked at too. Owns the tables
 * stirred_since, stirred_enterprise and stirred_text; triggers of the schema note what rows held
 * before. */
#ifndef XINFENG_SCORE_STIR_H
#define XINFENG_SCORE_STIR_H

#include "base/date.h"
#include "score/id_list.h"
#include "store/store.h"

/* From one of so many on, and not so few, it is quicker to look at everybody. */
#define STIR_MANY 32
#define STIR_FEW 200

/* Begins to note for a period that was just run; with 0 nothing is noted, and the next run looks at
 * everybody. */
enum result stir_begin(struct store *store, int64_t period, struct error *error);

/* Notes enterprises that changed or were decided about, when anything is noted. So many that a run
 * would look at everybody end the noting. */
enum result stir_note(struct store *store, const struct id_list *of, struct error *error);

/* Gathers on whom what was noted for a period bears on a day, relations reaching so many hops: a
 * settled list. *known is false when nothing was noted for the period by this version of the
 * program, or it bears on so many that all are better looked at. */
enum result stir_gather(struct store *store, int64_t period, date day, int64_t hops,
                        struct id_list *due, bool *known, struct error *error);

#endif
