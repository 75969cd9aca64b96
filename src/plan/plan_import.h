/* Taking files in with a say for plans: a result that names a plan has to be one that could be
 * entered (plan/outcome.h), else its row is rejected. */
#ifndef XINFENG_PLAN_PLAN_IMPORT_H
#define XINFENG_PLAN_PLAN_IMPORT_H

#include "score/import_score.h"
#include "score/import_waiting.h"

/* import_and_score; rows of results whose task is the number of a plan are judged by that plan.
 * Other tasks are taken as they are. The request's own judge is not asked. */
enum result plan_import(struct store *store, const struct import_request *request,
                        struct import_report *report, const struct progress *progress,
                        struct error *error);

/* import_waiting in the same way. */
enum result plan_import_waiting(struct store *store, int64_t batch, const struct actor *actor,
                                struct import_report *report, const struct progress *progress,
                                struct error *error);

#endif
