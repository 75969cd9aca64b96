/* What the files of the command "policy" share. */
#ifndef XINFENG_UI_COMMAND_POLICY_H
#define XINFENG_UI_COMMAND_POLICY_H

#include "policy/policy_document.h"
#include "policy/policy_store.h"
#include "ui/command/command.h"

/* The policy that a word names: a file there is or one ending in .json or .xlsx, else a version in
 * the database (CODE or CODE@VERSION). Free with policy_free before the arena. */
enum result policy_word_load(struct session *session, const char *word, struct arena *arena,
                             struct policy **policy, struct error *error);

/* Reads a file; tells what is wrong with it, all of it on standard output where it is more than one
 * sentence, and then gives RESULT_INVALID. */
enum result policy_file_read(struct session *session, const char *path, struct arena *arena,
                             struct policy_document *document, struct error *error);

#endif
