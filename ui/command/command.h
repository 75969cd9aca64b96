/* A command of the command line: one file each, closing with its entry. */
#ifndef XINFENG_UI_COMMAND_COMMAND_H
#define XINFENG_UI_COMMAND_COMMAND_H

#include "guard/actor.h"
#include "store/store.h"
#include "ui/command/arguments.h"

/* What a command runs in. */
struct session {
    const char *database; /* path, from --db, $XINFENG_DB or the data folder */
    struct actor actor;
    bool json;
    bool quiet;
    bool partial;        /* set by the command: done, but something was rejected (exit 1) */
    struct store *store; /* opened by session_store; closed by who made the session */
};

struct command {
    const char *name;
    const char *usage;            /* the words behind the name */
    const char *summary;          /* N_(): what it does, one phrase */
    const struct option *options; /* its own; NULL: none */
    enum result (*run)(struct session *session, const struct arguments *arguments,
                       struct error *error);
};

/* Opens the session's database on first use. */
enum result session_store(struct session *session, struct error *error);

/* The same for what reads classes or rests on them: overrides whose day has come are caught up with
 * first (override_catch_up). */
enum result session_today(struct session *session, struct error *error);

/* The command of a name; NULL when there is none. */
const struct command *command_find(const char *name);

/* All commands, ended by NULL, in the order of the help. */
extern const struct command *const commands[];

extern const struct command command_init;
extern const struct command command_sample;
extern const struct command command_import;
extern const struct command command_preview;
extern const struct command command_profile;
extern const struct command command_batch;
extern const struct command command_library;
extern const struct command command_match;
extern const struct command command_enterprises;
extern const struct command command_show;
extern const struct command command_score;
extern const struct command command_classes;
extern const struct command command_handover;
extern const struct command command_policy;
extern const struct command command_override;
extern const struct command command_plan;
extern const struct command command_annual;
extern const struct command command_verify;
extern const struct command command_journal;
extern const struct command command_doctor;

#endif
