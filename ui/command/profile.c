#include "intake/profile_store.h"

#include "base/file.h"
#include "base/gettext.h"
#include "intake/catalog.h"
#include "ui/command/command.h"
#include "ui/command/output.h"

#include <stdlib.h>
#include <string.h>

/* One line, or one object, of the list. */
static void tell(struct session *session, json_t *array, const char *name, const char *kind,
                 const char *title, const struct saved_profile *saved) {
    if (session->json) {
        json_array_append_new(array,
                              json_pack("{s:s, s:s, s:s, s:b, s:o, s:I}", "name", name, "kind",
                                        kind, "title", title, "saved", saved != NULL, "by",
                                        output_text(saved == NULL ? NULL : saved->actor), "used",
                                        saved == NULL ? (json_int_t)0 : (json_int_t)saved->used));
        return;
    }
    output_cell(name, 34);
    output_cell(kind, 12);
    output_cell(title, 0);
    output_end();
}

static enum result list_carried(struct session *session, json_t *array, struct error *error) {
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < catalog_count(); i++) {
        struct profile *profile = NULL;
        code = catalog_read(i, &profile, error);
        if (code == RESULT_OK) {
            tell(session, array, profile->name, kind_of(profile->kind)->code, profile->title, NULL);
        }
        profile_free(profile);
    }
    return code;
}

static enum result list(struct session *session, struct arena *arena, struct error *error) {
    struct saved_profile *saved = NULL;
    size_t count = 0;
    json_t *array = json_array();
    enum result code = profile_store_list(session->store, arena, &saved, &count, error);
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        tell(session, array, saved[i].name, saved[i].kind, saved[i].at, &saved[i]);
    }
    if (code == RESULT_OK) {
        code = list_carried(session, array, error);
    }
    if (code == RESULT_OK && session->json) {
        return output_json(array, error);
    }
    json_decref(array);
    return code;
}

static enum result show(struct session *session, const char *name, struct error *error) {
    char *document = NULL;
    enum result code = profile_store_document(session->store, name, &document, error);
    const char *text = document != NULL ? document : catalog_document(name);
    if (code == RESULT_OK && text == NULL) {
        code = error_set(error, RESULT_NOT_FOUND,
                         _("There is no profile \"%s\"; see \"xinfeng profile list\"."), name);
    }
    if (code == RESULT_OK) {
        output_line("%s", text);
    }
    free(document);
    return code;
}

static enum result save(struct session *session, const char *path, struct error *error) {
    char *document = NULL;
    enum result code = file_read(path, &document, error);
    if (code == RESULT_OK) {
        code = profile_store_save(session->store, &session->actor, document, error);
    }
    free(document);
    if (code == RESULT_OK && !session->quiet) {
        output_line(_("The profile is saved."));
    }
    return code;
}

static enum result run_verb(struct session *session, const struct arguments *arguments,
                            const char *verb, struct arena *arena, struct error *error) {
    const char *word = NULL;
    if (strcmp(verb, "list") == 0) {
        return list(session, arena, error);
    }
    bool file = strcmp(verb, "save") == 0;
    if (!file && strcmp(verb, "show") != 0 && strcmp(verb, "remove") != 0) {
        return error_set(error, RESULT_USAGE,
                         _("\"profile %s\" is not known; it is list, show, save or remove."), verb);
    }
    enum result code = argument_word(
        arguments, 1, file ? _("The file with the profile") : _("The name of the profile"), &word,
        error);
    if (code != RESULT_OK) {
        return code;
    }
    if (file) {
        return save(session, word, error);
    }
    return strcmp(verb, "show") == 0
               ? show(session, word, error)
               : profile_store_remove(session->store, &session->actor, word, error);
}

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    const char *verb = NULL;
    enum result code =
        argument_word(arguments, 0, _("What to do (list, show, save or remove)"), &verb, error);
    if (code == RESULT_OK) {
        code = session_store(session, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    struct arena *arena = arena_new();
    code =
        arena == NULL ? error_no_memory(error) : run_verb(session, arguments, verb, arena, error);
    arena_free(arena);
    return code;
}

const struct command command_profile = {
    .name = "profile",
    .usage = "list | show NAME | save FILE | remove NAME",
    .summary = N_("mapping profiles: how columns become fields"),
    .options = NULL,
    .run = run,
};
