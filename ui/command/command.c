#include "ui/command/command.h"

#include "score/override.h"

#include <string.h>

const struct command *const commands[] = {
    &command_init,  &command_sample,  &command_preview,  &command_import,      &command_profile,
    &command_batch, &command_library, &command_match,    &command_enterprises, &command_show,
    &command_score, &command_classes, &command_handover, &command_policy,      &command_override,
    &command_plan,  &command_annual,  &command_verify,   &command_journal,     &command_doctor,
    NULL,
};

const struct command *command_find(const char *name) {
    for (size_t i = 0; commands[i] != NULL; i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            return commands[i];
        }
    }
    return NULL;
}

enum result session_store(struct session *session, struct error *error) {
    if (session->store != NULL) {
        return RESULT_OK;
    }
    return store_open(&session->store, session->database, STORE_OPEN, error);
}

enum result session_today(struct session *session, struct error *error) {
    enum result code = session_store(session, error);
    return code == RESULT_OK ? override_catch_up(session->store, &session->actor.clock, NULL, error)
                             : code;
}
