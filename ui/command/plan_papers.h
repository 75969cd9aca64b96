/* The verbs of `plan` that write files. */
#ifndef XINFENG_UI_COMMAND_PLAN_PAPERS_H
#define XINFENG_UI_COMMAND_PLAN_PAPERS_H

#include "ui/command/command.h"

/* Write the files of a set into --dir: the draw's (with --whole: all there are), the commitment,
 * the sheet for the ceremony, the papers of the teams, the lists for the public. */
enum result plan_papers_export(struct session *session, const struct arguments *arguments,
                               int64_t id, struct error *error);
enum result plan_papers_commitment(struct session *session, const struct arguments *arguments,
                                   int64_t id, struct error *error);
enum result plan_papers_ceremony(struct session *session, const struct arguments *arguments,
                                 int64_t id, struct error *error);
enum result plan_papers_forms(struct session *session, const struct arguments *arguments,
                              int64_t id, struct error *error);
enum result plan_papers_notice(struct session *session, const struct arguments *arguments,
                               int64_t id, struct error *error);

/* Says behind `plan commit` which sheet is to be published now. */
void plan_papers_hint(const struct session *session, const char *word);

#endif
