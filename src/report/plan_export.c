#include "report/plan_export.h"

#include "base/digest.h"
#include "base/gettext.h"
#include "base/out_file.h"
#include "guard/journal.h"
#include "report/plan_material.h"
#include "report/plan_workbook.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* The files on their way. */
struct files {
    struct out_file files[PLAN_EXPORT_FILES];
    size_t count;
};

/* Writes the contents of the files beside their places. */
static enum result write_files(struct store *store, const struct actor *actor,
                               const struct plan_material *material, const char *folder,
                               const struct progress *progress, struct files *out,
                               struct error *error) {
    struct out_file *files = out->files;
    size_t frame_length = 0;
    const char *frame = draw_frame_text(material->frame, &frame_length);
    enum result code = out_file_begin(&files[0], folder, material->workbook_file, error);
    if (code == RESULT_OK) {
        code = plan_workbook_write(store, actor, material, files[0].part, folder, progress, error);
    }
    if (code == RESULT_OK) {
        code = out_file_settle(&files[0], error);
    }
    if (code == RESULT_OK) {
        code = out_file_write(&files[1], folder, material->record_file, material->record_text,
                              strlen(material->record_text), error);
    }
    if (code == RESULT_OK) {
        code = out_file_write(&files[2], folder, material->frame_file, frame, frame_length, error);
    }
    out->count = 3;
    if (code == RESULT_OK && material->teams_text != NULL) {
        out->count = 4;
        code = out_file_write(&files[3], folder, material->teams_file, material->teams_text,
                              strlen(material->teams_text), error);
    }
    return code;
}

/* {"files": {name: digest}}, on the heap. */
static enum result describe(const struct files *out, char **text, struct error *error) {
    json_t *digests = json_object();
    enum result code = digests == NULL ? error_no_memory(error) : RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < out->count; i++) {
        char hex[DIGEST_HEX_SIZE];
        code = digest_file_hex(out->files[i].part, NULL, hex, error);
        if (code == RESULT_OK) {
            json_object_set_new(digests, strrchr(out->files[i].path, '/') + 1, json_string(hex));
        }
    }
    json_t *json = json_pack("{s:o}", "files", digests);
    *text =
        json == NULL || code != RESULT_OK ? NULL : json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(json);
    return code == RESULT_OK && *text == NULL ? error_no_memory(error) : code;
}

/* The journal entry and the moving of the files stand or fall together. */
static enum result hand_out(struct store *store, const struct actor *actor,
                            const struct plan_material *material, struct files *out,
                            struct error *error) {
    char *after = NULL;
    enum result code = describe(out, &after, error);
    if (code == RESULT_OK) {
        code = store_begin(store, error);
    }
    if (code != RESULT_OK) {
        free(after);
        return code;
    }
    char subject[64];
    snprintf(subject, sizeof(subject), "plan:%s", material->plan.number);
    struct journal_entry entry = {.action = "plan.export", .subject = subject, .after = after};
    code = journal_write(store, actor, &entry, error);
    if (code == RESULT_OK) {
        code = out_file_move_all(out->files, out->count, error);
    }
    code = store_finish(store, code, error);
    free(after);
    if (code != RESULT_OK) {
        out_file_take_back_all(out->files, out->count);
    }
    return code;
}

static enum result export_to(struct store *store, const struct actor *actor, int64_t plan,
                             const char *folder, const struct progress *progress, struct files *out,
                             struct error *error) {
    struct plan_material *material = NULL;
    enum result code = store_begin_read(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    code = plan_material_load(&material, store, plan, error);
    if (code == RESULT_OK) {
        code = write_files(store, actor, material, folder, progress, out, error);
    }
    code = store_finish(store, code, error);
    if (code == RESULT_OK) {
        code = hand_out(store, actor, material, out, error);
    }
    plan_material_free(material);
    return code;
}

enum result plan_export_write(struct store *store, const struct actor *actor, int64_t plan,
                              const char *folder, const struct progress *progress,
                              struct plan_export *export, struct error *error) {
    struct files out = {0};
    *export = (struct plan_export){0};
    enum result code = export_to(store, actor, plan, folder, progress, &out, error);
    for (size_t i = 0; i < PLAN_EXPORT_FILES; i++) {
        if (code == RESULT_OK && i < out.count) {
            export->files[export->count++] = out.files[i].path;
            out.files[i].path = NULL;
        }
        out_file_end(&out.files[i]);
    }
    return code;
}

void plan_export_clear(struct plan_export *export) {
    for (int i = 0; i < PLAN_EXPORT_FILES; i++) {
        free(export->files[i]);
    }
    *export = (struct plan_export){0};
}
