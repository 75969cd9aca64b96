#include "ui/view/rejects_out.h"

#include "base/gettext.h"
#include "intake/batch_names.h"
#include "intake/mapping.h"
#include "intake/rejects.h"
#include "plan/plan_import.h"
#include "ui/kit/progress_bar.h"
#include "ui/kit/prompt.h"
#include "ui/view/save_path.h"
#include "ui/view/show.h"
#include "ui/view/views.h"
#include "ui/view/workstation.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Where rejected rows were saved last, kept while the program runs. */
static struct {
    int64_t batch;
    char *path;
} saved;

/* ---- out --------------------------------------------------------------------------------------
 */

static const char *const endings[] = {".xlsx", ".csv", NULL};

/* The rows being saved. */
struct saving {
    struct store *store;
    int64_t batch;
    enum rejects_part part;
    int64_t *rows;
};

static enum result write_rows(void *context, const char *path, struct error *error) {
    const struct saving *saving = context;
    return rejects_write(saving->store, saving->batch, saving->part, path, saving->rows, error);
}

/* "penalties.rejects" for "penalties.csv", in the arena; NULL when memory is short. */
static const char *stem_of(const struct batch_entry *entry, struct arena *arena) {
    const char *dot = strrchr(entry->file, '.');
    int stem =
        dot == NULL || dot == entry->file ? (int)strlen(entry->file) : (int)(dot - entry->file);
    return arena_printf(arena, "%.*s.rejects", stem, entry->file);
}

/* Asks for a place until the rows are written; the path in the arena, or NULL when it was given up.
 * above is what to say over the question at first, or NULL. */
static const char *save(struct view *view, const struct batch_entry *entry, enum rejects_part part,
                        const char *above, struct arena *arena, int64_t *rows) {
    struct saving saving = {workstation_of(view)->store, entry->id, part, rows};
    const struct save_path place = {.label = _("Save as (.xlsx or .csv):"),
                                    .above = above,
                                    .stem = stem_of(entry, arena),
                                    .endings = endings,
                                    .write = write_rows,
                                    .context = &saving};
    const char *path = place.stem == NULL ? NULL : save_path_ask(view, &place, arena);
    if (path != NULL) {
        free(saved.path);
        saved.path = strdup(path);
        saved.batch = entry->id;
    }
    return path;
}

/* True when the intake rejected rows; else that is said. */
static bool any_rejected(struct view *view, const struct batch_entry *entry) {
    if (entry->rejected == 0) {
        screen_message(view->screen, MESSAGE_INFO, "%s", _("No row was rejected."));
    }
    return entry->rejected > 0;
}

void rejects_out_save(struct view *view, const struct batch_entry *entry) {
    struct arena *arena = arena_new();
    int64_t rows = 0;
    if (arena == NULL || !any_rejected(view, entry)) {
        arena_free(arena);
        return;
    }
    const char *path = save(view, entry, REJECTS_ALL, NULL, arena, &rows);
    if (path != NULL) {
        struct buffer text = BUFFER_INIT;
        char number[SHOW_POINTS_SIZE];
        buffer_printf(&text,
                      _("%s\n\n%s rows, each with its reason. Mend them there, save the file, and "
                        "press r on this page: it opens with the kind and source of this intake."),
                      path, show_number(rows, number));
        prompt_notice(view->screen, _("The rejected rows are saved"), buffer_text(&text));
        buffer_free(&text);
    }
    arena_free(arena);
}

/* ---- in again ---------------------------------------------------------------------------------
 */

static void open_again(struct view *view, const struct batch_entry *entry, enum rejects_part part,
                       const char *path) {
    const struct intake_again again = {.path = path,
                                       .kind = entry->kind,
                                       .source = entry->source,
                                       .waiting_of = part == REJECTS_WAITING ? entry->id : 0};
    screen_push(view->screen, &intake_again_view, &again);
}

void rejects_out_take_again(struct view *view, const struct batch_entry *entry) {
    if (!any_rejected(view, entry)) {
        return;
    }
    if (saved.path != NULL && saved.batch == entry->id && access(saved.path, F_OK) == 0) {
        open_again(view, entry, REJECTS_ALL, saved.path);
        return;
    }
    struct arena *arena = arena_new();
    const struct save_path place = {.stem = arena == NULL ? NULL : stem_of(entry, arena),
                                    .endings = endings};
    const char *folder = arena == NULL ? NULL : save_path_folder(arena);
    if (folder == NULL || place.stem == NULL) {
        arena_free(arena);
        return;
    }
    const struct prompt prompt = {
        .label = _("The mended file:"),
        .initial = arena_printf(arena, "%s/%s%s", folder, place.stem, endings[0])};
    char *typed = prompt_text(view->screen, &prompt);
    const char *path = typed == NULL ? NULL : save_path_whole(&place, typed, arena);
    if (path != NULL) {
        open_again(view, entry, REJECTS_ALL, path);
    }
    free(typed);
    arena_free(arena);
}

/* The rows whose columns a person has to look at again: by way of a file. */
static void take_by_file(struct view *view, const struct batch_entry *entry) {
    struct arena *arena = arena_new();
    if (arena == NULL) {
        return;
    }
    const char *path =
        save(view, entry, REJECTS_WAITING,
             _("The columns of this file were guessed. The rows that wait go into a file; look at "
               "its columns and press i to take it in."),
             arena, NULL);
    if (path != NULL) {
        open_again(view, entry, REJECTS_WAITING, path);
    }
    arena_free(arena);
}

void rejects_out_take_waiting(struct view *view, const struct batch_entry *entry) {
    struct workstation *workstation = workstation_of(view);
    struct error error = ERROR_INIT;
    struct batch_names_left left = {0};
    struct import_report report;
    struct progress_bar bar;
    enum result code = batch_names_count(workstation->store, entry->id, &left, &error);
    if (code == RESULT_OK && left.waiting > 0 && strcmp(entry->profile, MAPPING_GUESSED) == 0) {
        take_by_file(view, entry);
        return;
    }
    if (code == RESULT_OK) {
        progress_bar_start(&bar, view->screen, _("Taking the rows in that waited"), _("bytes"));
        code = plan_import_waiting(workstation->store, entry->id, &workstation->actor, &report,
                                   &bar.progress, &error);
        progress_bar_finish(&bar);
    }
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
        return;
    }
    if (workstation_refresh(workstation, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    }
    screen_push(view->screen, &batch_view, &report.batch);
    screen_message(view->screen, MESSAGE_INFO,
                   _("Taken in: %lld inserted, %lld updated, %lld unchanged, %lld rejected."),
                   (long long)report.counts.inserted, (long long)report.counts.updated,
                   (long long)report.counts.unchanged, (long long)report.counts.rejected);
    import_report_free(&report);
}
