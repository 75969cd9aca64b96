#include "intake/profile_store.h"

#include "base/file.h"
#include "base/gettext.h"
#include "intake/catalog.h"
#include "ui/command/output.h"
#include "ui/command/verb.h"

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

static enum result list(struct session *session, const struct arguments *arguments,
                        struct arena *arena, struct error *error) {
    (void)arguments;
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

static enum result read_name(const struct arguments *arguments, const char **name,
                             struct error *error) {
    return argument_word(arguments, 1, _("The name of the profile"), name, error);
}

static enum result show(struct session *session, const struct arguments *arguments,
                        struct arena *arena, struct error *error) {
    const char *name = NULL;
    char *document = NULL;
    (void)arena;
    enum result code = read_name(arguments, &name, error);
    if (code == RESULT_OK) {
        code = profile_store_document(session->store, name, &document, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    const char *text = document != NULL ? document : catalog_document(name);
    if (text == NULL) {
        code = error_set(error, RESULT_NOT_FOUND,
                         _("There is no profile \"%s\"; see \"xinfeng profile list\"."), name);
    }
    if (text != NULL) {
        output_line("%s", text);
    }
    free(document);
    return code;
}

static enum result save(struct session *session, const struct arguments *arguments,
                        struct arena *arena, struct error *error) {
    const char *path = NULL;
    char *document = NULL;
    (void)arena;
    enum result code = argument_word(arguments, 1, _("The file with the profile"), &path, error);
    if (code == RESULT_OK) {
        code = file_read(path, &document, error);
    }
    if (code == RESULT_OK) {
        code = profile_store_save(session->store, &session->actor, document, error);
    }
    free(document);
    if (code == RESULT_OK && !session->quiet) {
        output_line(_("The profile is saved."));
    }
    return code;
}

static enum result remove_saved(struct session *session, const struct arguments *arguments,
                                struct arena *arena, struct error *error) {
    const char *name = NULL;
    (void)arena;
    enum result code = read_name(arguments, &name, error);
    return code == RESULT_OK ? profile_store_remove(session->store, &session->actor, name, error)
                             : code;
}

static const struct verb verbs[] = {
    {"list", list}, {"show", show}, {"save", save}, {"remove", remove_saved}, {NULL, NULL}};

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    return verb_run(session, arguments, "profile", verbs, error);
}

const struct command command_profile = {
    .name = "profile",
    .usage = "list | show NAME | save FILE | remove NAME",
    .summary = N_("mapping profiles: how columns become fields"),
    .options = NULL,
    .run = run,
};
