#include "ui/command/plan_papers.h"

#include "base/file.h"
#include "base/gettext.h"
#include "report/plan_export.h"
#include "ui/command/output.h"

static enum result tell(const struct session *session, const struct plan_export *export,
                        struct error *error) {
    json_t *files = session->json ? json_array() : NULL;
    for (size_t i = 0; i < export->count; i++) {
        if (session->json) {
            json_array_append_new(files, json_string(export->files[i]));
        } else if (!session->quiet) {
            output_line("%s", export->files[i]);
        }
    }
    return session->json ? output_json(json_pack("{s:o}", "files", files), error) : RESULT_OK;
}

static enum result write_set(struct session *session, const struct arguments *arguments, int64_t id,
                             enum plan_export_set set, struct error *error) {
    const char *folder = argument_text(arguments, "dir");
    const char *title = argument_text(arguments, "title");
    struct plan_export export = {{NULL}, 0};
    folder = folder == NULL ? "." : folder;
    if (set == PLAN_EXPORT_DRAW && title != NULL) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("--title is for what goes to the public; export writes that with "
                           "--whole."));
    }
    enum result code = file_make_folder(folder, error);
    if (code == RESULT_OK) {
        code = plan_export_set_write(session->store, &session->actor, id, set, title, folder, NULL,
                                     &export, error);
    }
    if (code == RESULT_OK) {
        code = tell(session, &export, error);
    }
    plan_export_clear(&export);
    return code;
}

enum result plan_papers_export(struct session *session, const struct arguments *arguments,
                               int64_t id, struct error *error) {
    bool whole = argument_flag(arguments, "whole");
    return write_set(session, arguments, id, whole ? PLAN_EXPORT_WHOLE : PLAN_EXPORT_DRAW, error);
}

enum result plan_papers_commitment(struct session *session, const struct arguments *arguments,
                                   int64_t id, struct error *error) {
    return write_set(session, arguments, id, PLAN_EXPORT_COMMITMENT, error);
}

enum result plan_papers_ceremony(struct session *session, const struct arguments *arguments,
                                 int64_t id, struct error *error) {
    return write_set(session, arguments, id, PLAN_EXPORT_CEREMONY, error);
}

enum result plan_papers_forms(struct session *session, const struct arguments *arguments,
                              int64_t id, struct error *error) {
    return write_set(session, arguments, id, PLAN_EXPORT_FORMS, error);
}

enum result plan_papers_notice(struct session *session, const struct arguments *arguments,
                               int64_t id, struct error *error) {
    return write_set(session, arguments, id, PLAN_EXPORT_NOTICE, error);
}

void plan_papers_hint(const struct session *session, const char *word) {
    if (!session->json && !session->quiet) {
        output_line(_("The sheet to be published now: xinfeng plan commitment %s --dir FOLDER"),
                    word);
    }
}
