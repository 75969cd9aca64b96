/* `plan result`, `results`, `follow-up`, `publish` and `close`: what came of a plan. */
#ifndef XINFENG_UI_COMMAND_PLAN_RESULT_H
#define XINFENG_UI_COMMAND_PLAN_RESULT_H

#include "plan/outcome_list.h"
#include "ui/command/command.h"

#include <jansson.h>

/* Enters, corrects or (--withdraw) takes back the result of the household that the third word
 * names, and says what became of its class. */
enum result plan_result_enter(struct session *session, const struct arguments *arguments,
                              int64_t id, struct error *error);

/* Lists the households with their results, or only some (--only). */
enum result plan_result_list(struct session *session, const struct arguments *arguments, int64_t id,
                             struct error *error);

/* Says what came of a case. */
enum result plan_result_follow(struct session *session, const struct arguments *arguments,
                               int64_t id, struct error *error);

/* Notes the public notice. */
enum result plan_result_publish(struct session *session, const struct arguments *arguments,
                                int64_t id, struct error *error);

/* Closes the plan. */
enum result plan_result_close(struct session *session, const struct arguments *arguments,
                              int64_t id, struct error *error);

/* How the results of a plan stand: a JSON object (a new reference), and lines for people. */
json_t *plan_result_sum_json(const struct outcome_sum *sum);
void plan_result_sum_print(const struct outcome_sum *sum);

#endif
