/* The verbs of a command: "batch undo", "match decide". */
#ifndef XINFENG_UI_COMMAND_VERB_H
#define XINFENG_UI_COMMAND_VERB_H

#include "base/arena.h"
#include "ui/command/command.h"

/* One verb. What it loads may live in the arena until it is done. */
struct verb {
    const char *name; /* NULL ends a table */
    enum result (*run)(struct session *session, const struct arguments *arguments,
                       struct arena *arena, struct error *error);
};

/* Opens the session's database and runs the verb that the first word names; RESULT_USAGE naming the
 * verbs there are when it names none, or is missing. command is the command's own name. */
enum result verb_run(struct session *session, const struct arguments *arguments,
                     const char *command, const struct verb *verbs, struct error *error);

#endif
