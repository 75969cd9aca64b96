#include "report/plan_export.h"

#include "base/digest.h"
#include "base/gettext.h"
#include "base/out_file.h"
#include "guard/journal.h"
#include "report/ceremony_sheet.h"
#include "report/check_forms.h"
#include "report/commitment_sheet.h"
#include "report/plan_material.h"
#include "report/plan_workbook.h"
#include "report/public_list.h"
#include "report/team_tasks.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* What is being handed out, and where. */
struct outlet {
    struct store *store;
    const struct actor *actor;
    enum plan_export_set set;
    const char *title; /* for the public; NULL: the plan's */
    const char *folder;
    const struct progress *progress;
    struct arena *arena;
    struct plan plan;
    struct plan_material *material; /* NULL where the set has no file of the draw */
    struct public_paper paper;      /* not loaded where outward is false */
    bool outward;
    struct out_file files[PLAN_EXPORT_MOST];
    size_t count;
};

/* ---- the files ------------------------------------------------------------------------------- */

static enum result write_workbook(struct outlet *outlet, const char *part, struct error *error) {
    return plan_workbook_write(outlet->store, outlet->actor, outlet->material, part, outlet->folder,
                               outlet->progress, error);
}

static const char *record_text(const struct outlet *outlet, size_t *length) {
    *length = strlen(outlet->material->record_text);
    return outlet->material->record_text;
}

static const char *frame_text(const struct outlet *outlet, size_t *length) {
    return draw_frame_text(outlet->material->frame, length);
}

static const char *teams_text(const struct outlet *outlet, size_t *length) {
    *length = strlen(outlet->material->teams_text);
    return outlet->material->teams_text;
}

static bool has_teams(const struct outlet *outlet) {
    return outlet->material->teams_text != NULL;
}

static enum result write_commitment(struct outlet *outlet, const char *part, struct error *error) {
    return commitment_sheet_write(&outlet->paper, part, outlet->folder, error);
}

static enum result write_ceremony(struct outlet *outlet, const char *part, struct error *error) {
    return ceremony_sheet_write(&outlet->paper, part, outlet->folder, error);
}

static enum result write_list(struct outlet *outlet, const char *part, struct error *error) {
    return public_list_write(&outlet->paper, part, outlet->folder, error);
}

static enum result write_notice(struct outlet *outlet, const char *part, struct error *error) {
    return public_notice_write(&outlet->paper, part, outlet->folder, error);
}

static enum result write_tasks(struct outlet *outlet, const char *part, struct error *error) {
    return team_tasks_write(outlet->store, outlet->actor, outlet->material, part, outlet->folder,
                            error);
}

static enum result write_forms(struct outlet *outlet, const char *part, struct error *error) {
    return check_forms_write(outlet->store, outlet->actor, outlet->material, part, outlet->folder,
                             error);
}

static enum result write_return(struct outlet *outlet, const char *part, struct error *error) {
    return return_sheet_write(outlet->store, outlet->actor, outlet->material, part, outlet->folder,
                              error);
}

/* A void plan sends nobody. */
static bool goes_on(const struct outlet *outlet) {
    return outlet->plan.state != PLAN_VOID;
}

static bool has_tasks(const struct outlet *outlet) {
    return goes_on(outlet) && has_teams(outlet);
}

static bool has_results(const struct outlet *outlet) {
    return outlet->paper.row_count > 0;
}

/* A file: behind the plan's number, the set it belongs to, whether it goes to the public, when it
 * is there (NULL: always), and either a workbook or a text. */
static const struct export_file {
    const char *tail;
    enum plan_export_set set;
    bool outward;
    bool (*there)(const struct outlet *outlet);
    enum result (*write)(struct outlet *outlet, const char *part, struct error *error);
    const char *(*text)(const struct outlet *outlet, size_t *length);
} export_files[] = {
    {".xlsx", PLAN_EXPORT_DRAW, false, NULL, write_workbook, NULL},
    {".draw.json", PLAN_EXPORT_DRAW, false, NULL, NULL, record_text},
    {".frame.tsv", PLAN_EXPORT_DRAW, false, NULL, NULL, frame_text},
    {".teams.json", PLAN_EXPORT_DRAW, false, has_teams, NULL, teams_text},
    {".commitment.xlsx", PLAN_EXPORT_COMMITMENT, true, NULL, write_commitment, NULL},
    {".ceremony.xlsx", PLAN_EXPORT_CEREMONY, true, NULL, write_ceremony, NULL},
    {".public-list.xlsx", PLAN_EXPORT_NOTICE, true, NULL, write_list, NULL},
    {".public-notice.xlsx", PLAN_EXPORT_NOTICE, true, has_results, write_notice, NULL},
    {".tasks.xlsx", PLAN_EXPORT_FORMS, false, has_tasks, write_tasks, NULL},
    {".forms.xlsx", PLAN_EXPORT_FORMS, false, goes_on, write_forms, NULL},
    {".return.xlsx", PLAN_EXPORT_FORMS, false, goes_on, write_return, NULL},
};

_Static_assert(sizeof(export_files) / sizeof(export_files[0]) == PLAN_EXPORT_MOST,
               "room for every file");

/* True when a file is handed out. Of a void plan the whole is what proves its draw. */
static bool wanted(const struct outlet *outlet, const struct export_file *file) {
    bool in_set = outlet->set == file->set || outlet->set == PLAN_EXPORT_WHOLE;
    return in_set && (!file->outward || outlet->outward) &&
           (file->there == NULL || file->there(outlet));
}

static enum result write_file(struct outlet *outlet, const struct export_file *file,
                              struct error *error) {
    struct out_file *out = &outlet->files[outlet->count++];
    const char *name = arena_printf(outlet->arena, "%s%s", outlet->plan.number, file->tail);
    if (name == NULL) {
        return error_no_memory(error);
    }
    if (file->text != NULL) {
        size_t length = 0;
        const char *text = file->text(outlet, &length);
        return out_file_write(out, outlet->folder, name, text, length, error);
    }
    enum result code = out_file_begin(out, outlet->folder, name, error);
    if (code == RESULT_OK) {
        code = file->write(outlet, out->part, error);
    }
    return code == RESULT_OK ? out_file_settle(out, error) : code;
}

/* ---- handing them out ------------------------------------------------------------------------ */

/* {"files": {name: digest}} and the title for the public where one was given, on the heap. */
static enum result describe(const struct outlet *outlet, char **text, struct error *error) {
    json_t *digests = json_object();
    enum result code = digests == NULL ? error_no_memory(error) : RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < outlet->count; i++) {
        char hex[DIGEST_HEX_SIZE];
        code = digest_file_hex(outlet->files[i].part, NULL, hex, error);
        if (code == RESULT_OK) {
            json_object_set_new(digests, strrchr(outlet->files[i].path, '/') + 1, json_string(hex));
        }
    }
    json_t *json = json_pack("{s:o, s:s*}", "files", digests, "title", outlet->title);
    *text =
        json == NULL || code != RESULT_OK ? NULL : json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(json);
    return code == RESULT_OK && *text == NULL ? error_no_memory(error) : code;
}

/* The journal entry and the moving of the files stand or fall together. */
static enum result hand_out(struct outlet *outlet, struct error *error) {
    char *after = NULL;
    enum result code = describe(outlet, &after, error);
    if (code == RESULT_OK) {
        code = store_begin(outlet->store, error);
    }
    if (code != RESULT_OK) {
        free(after);
        return code;
    }
    char subject[64];
    snprintf(subject, sizeof(subject), "plan:%s", outlet->plan.number);
    struct journal_entry entry = {.action = "plan.export", .subject = subject, .after = after};
    code = journal_write(outlet->store, outlet->actor, &entry, error);
    if (code == RESULT_OK) {
        code = out_file_move_all(outlet->files, outlet->count, error);
    }
    code = store_finish(outlet->store, code, error);
    free(after);
    if (code != RESULT_OK) {
        out_file_take_back_all(outlet->files, outlet->count);
    }
    return code;
}

static enum result load(struct outlet *outlet, int64_t plan, struct error *error) {
    bool draw = outlet->set == PLAN_EXPORT_DRAW || outlet->set == PLAN_EXPORT_FORMS ||
                outlet->set == PLAN_EXPORT_WHOLE;
    enum result code = plan_load(outlet->store, plan, outlet->arena, &outlet->plan, error);
    if (code == RESULT_OK && draw) {
        code = plan_material_load(&outlet->material, outlet->store, plan, error);
    }
    outlet->outward = outlet->set != PLAN_EXPORT_DRAW && outlet->set != PLAN_EXPORT_FORMS &&
                      !(outlet->set == PLAN_EXPORT_WHOLE && outlet->plan.state == PLAN_VOID);
    if (code == RESULT_OK && outlet->set == PLAN_EXPORT_FORMS && !goes_on(outlet)) {
        code = error_set(error, RESULT_REFUSED, _("Plan %s is void; nobody is sent by it."),
                         outlet->plan.number);
    }
    if (code == RESULT_OK && outlet->outward) {
        code = public_paper_load(&outlet->paper, outlet->store, outlet->actor, plan, outlet->title,
                                 outlet->arena, error);
    }
    if (code == RESULT_OK && outlet->set == PLAN_EXPORT_NOTICE && outlet->plan.drawn_at == NULL) {
        code = error_set(error, RESULT_REFUSED, _("Plan %s is not drawn yet; draw it first."),
                         outlet->plan.number);
    }
    return code;
}

static enum result export_to(struct outlet *outlet, int64_t plan, struct error *error) {
    enum result code = store_begin_read(outlet->store, error);
    if (code != RESULT_OK) {
        return code;
    }
    code = load(outlet, plan, error);
    for (size_t i = 0; code == RESULT_OK && i < PLAN_EXPORT_MOST; i++) {
        if (wanted(outlet, &export_files[i])) {
            code = write_file(outlet, &export_files[i], error);
        }
    }
    code = store_finish(outlet->store, code, error);
    return code == RESULT_OK ? hand_out(outlet, error) : code;
}

enum result plan_export_set_write(struct store *store, const struct actor *actor, int64_t plan,
                                  enum plan_export_set set, const char *title, const char *folder,
                                  const struct progress *progress, struct plan_export *export,
                                  struct error *error) {
    struct outlet outlet = {.store = store,
                            .actor = actor,
                            .set = set,
                            .title = title,
                            .folder = folder,
                            .progress = progress,
                            .arena = arena_new()};
    *export = (struct plan_export){0};
    enum result code =
        outlet.arena == NULL ? error_no_memory(error) : export_to(&outlet, plan, error);
    for (size_t i = 0; i < outlet.count; i++) {
        if (code == RESULT_OK) {
            export->files[export->count++] = outlet.files[i].path;
            outlet.files[i].path = NULL;
        }
        out_file_end(&outlet.files[i]);
    }
    plan_material_free(outlet.material);
    arena_free(outlet.arena);
    return code;
}

enum result plan_export_write(struct store *store, const struct actor *actor, int64_t plan,
                              const char *folder, const struct progress *progress,
                              struct plan_export *export, struct error *error) {
    return plan_export_set_write(store, actor, plan, PLAN_EXPORT_DRAW, NULL, folder, progress,
                                 export, error);
}

void plan_export_clear(struct plan_export *export) {
    for (size_t i = 0; i < export->count; i++) {
        free(export->files[i]);
    }
    *export = (struct plan_export){0};
}
