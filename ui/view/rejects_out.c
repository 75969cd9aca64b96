#include "ui/view/rejects_out.h"

#include "base/gettext.h"
#include "base/text.h"
#include "intake/batch_names.h"
#include "intake/mapping.h"
#include "intake/rejects.h"
#include "score/import_waiting.h"
#include "ui/kit/progress_bar.h"
#include "ui/kit/prompt.h"
#include "ui/view/show.h"
#include "ui/view/views.h"
#include "ui/view/workstation.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where rejected rows were saved last, kept while the program runs. */
static struct {
    int64_t batch;
    char *path;
} saved;

/* ---- places -----------------------------------------------------------------------------------
 */

/* "penalties.rejects.xlsx" for "penalties.csv", in the arena. */
static const char *default_name(const struct batch_entry *entry, const char *number,
                                struct arena *arena) {
    const char *dot = strrchr(entry->file, '.');
    int stem =
        dot == NULL || dot == entry->file ? (int)strlen(entry->file) : (int)(dot - entry->file);
    return arena_printf(arena, "%.*s.rejects%s.xlsx", stem, entry->file, number);
}

/* The folder at hand when it can be written to, else the person's own. */
static const char *default_folder(struct arena *arena) {
    const char *home = getenv("HOME");
    char *here = realpath(".", NULL);
    const char *folder = here != NULL && (home == NULL || access(here, W_OK) == 0) ? here
                         : home != NULL                                            ? home
                                                                                   : "/";
    const char *kept = arena_strdup(arena, folder);
    free(here);
    return kept;
}

/* A place where nothing stands yet, in the arena; NULL when memory is short. */
static const char *free_path(const struct batch_entry *entry, struct arena *arena) {
    const char *folder = default_folder(arena);
    const char *path = NULL;
    for (int number = 1; number < 100; number++) {
        char text[8] = "";
        if (number > 1) {
            snprintf(text, sizeof(text), "-%d", number);
        }
        const char *name = default_name(entry, text, arena);
        path = folder == NULL || name == NULL ? NULL : arena_printf(arena, "%s/%s", folder, name);
        if (path == NULL || access(path, F_OK) != 0) {
            break;
        }
    }
    return path;
}

/* What was typed as a path from the root on: ~ is home, a folder gets the usual name, a name
 * without an ending that is known gets that of a workbook. In the arena. */
static const char *whole_path(const char *typed, const struct batch_entry *entry,
                              struct arena *arena) {
    const char *home = getenv("HOME");
    const char *path = NULL;
    struct stat status;
    if (typed[0] == '~' && (typed[1] == '/' || typed[1] == '\0') && home != NULL) {
        path = arena_printf(arena, "%s%s", home, typed + 1);
    } else if (typed[0] != '/') {
        char *here = realpath(".", NULL);
        path = arena_printf(arena, "%s/%s", here == NULL ? "." : here, typed);
        free(here);
    } else {
        path = arena_strdup(arena, typed);
    }
    if (path != NULL && stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        const char *name = default_name(entry, "", arena);
        return name == NULL ? NULL
                            : arena_printf(arena, "%s%s%s", path,
                                           path[strlen(path) - 1] == '/' ? "" : "/", name);
    }
    const char *dot = path == NULL ? NULL : strrchr(path, '.');
    bool known = dot != NULL && (strcasecmp(dot, ".csv") == 0 || strcasecmp(dot, ".xlsx") == 0);
    return known || path == NULL ? path : arena_printf(arena, "%s.xlsx", path);
}

/* ---- out --------------------------------------------------------------------------------------
 */

/* Writes the rows unless something stands there. */
static enum result write_new(struct store *store, int64_t batch, enum rejects_part part,
                             const char *path, int64_t *rows, struct error *error) {
    if (access(path, F_OK) == 0) {
        return error_set(error, RESULT_REFUSED,
                         _("%s stands there already, and nothing is written over it; name another "
                           "file."),
                         path);
    }
    return rejects_write(store, batch, part, path, rows, error);
}

/* Asks for a place until the rows are written; the path in the arena, or NULL when it was given up.
 * above is what to say over the question at first, or NULL. */
static const char *save(struct view *view, const struct batch_entry *entry, enum rejects_part part,
                        const char *above, struct arena *arena, int64_t *rows) {
    struct error error = ERROR_INIT;
    const char *path = free_path(entry, arena);
    for (;;) {
        const struct prompt prompt = {.label = _("Save as (.xlsx or .csv):"),
                                      .initial = path,
                                      .above =
                                          error.sentence == NULL ? above : error_sentence(&error)};
        char *typed = prompt_text(view->screen, &prompt);
        error_clear(&error);
        if (typed == NULL || text_blank(typed)) {
            free(typed);
            return NULL;
        }
        path = whole_path(typed, entry, arena);
        free(typed);
        enum result code = path == NULL ? error_no_memory(&error)
                                        : write_new(workstation_of(view)->store, entry->id, part,
                                                    path, rows, &error);
        if (code == RESULT_OK) {
            free(saved.path);
            saved.path = strdup(path);
            saved.batch = entry->id;
            return path;
        }
    }
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
    const char *folder = arena == NULL ? NULL : default_folder(arena);
    const char *name = arena == NULL ? NULL : default_name(entry, "", arena);
    if (folder == NULL || name == NULL) {
        arena_free(arena);
        return;
    }
    const struct prompt prompt = {.label = _("The mended file:"),
                                  .initial = arena_printf(arena, "%s/%s", folder, name)};
    char *typed = prompt_text(view->screen, &prompt);
    const char *path = typed == NULL ? NULL : whole_path(typed, entry, arena);
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
        code = import_waiting(workstation->store, entry->id, &workstation->actor, &report,
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
