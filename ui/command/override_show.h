/* How the command `override` shows overrides. */
#ifndef XINFENG_UI_COMMAND_OVERRIDE_SHOW_H
#define XINFENG_UI_COMMAND_OVERRIDE_SHOW_H

#include "base/arena.h"
#include "ui/command/command.h"

/* One line, or a JSON object: what stands after a step. */
enum result override_show_short(struct session *session, int64_t id, struct arena *arena,
                                struct error *error);

/* The verbs list, show and attachments. */
enum result override_show_list(struct session *session, const struct arguments *arguments,
                               struct arena *arena, struct error *error);
enum result override_show_whole(struct session *session, const struct arguments *arguments,
                                struct arena *arena, struct error *error);
enum result override_show_attachments(struct session *session, const struct arguments *arguments,
                                      struct arena *arena, struct error *error);

#endif
