#include "ui/view/views.h"

#include "base/folder.h"
#include "base/gettext.h"
#include "base/text.h"
#include "ui/kit/prompt.h"
#include "ui/view/list_page.h"
#include "ui/view/show.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FIND = 1, UP, PLACES };

static const struct action actions[] = {
    {FIND, "find-file", N_("narrow the list, or go to a path"), N_("Find"), {'/'}, ACTION_SHOWN},
    {UP,
     "folder-above",
     N_("go to the folder above"),
     N_("Up"),
     {PRESS_BACKSPACE, 'h', PRESS_LEFT},
     ACTION_SHOWN},
    {PLACES, "places", N_("go to a place where files are kept"), N_("Places"), {'p'}, ACTION_SHOWN},
    {0},
};

/* The page: what list_page holds, and where it is. */
struct files {
    struct list_page page; /* first, so that it is the view's data for list_page too */
    char *folder;
    char *filter; /* a part of names, or NULL */
};

/* Where a person chose a file last; kept while the program runs. */
static char *last_folder;

static bool shown(const struct files *files, const struct folder_entry *entry) {
    return files->filter == NULL || strcasestr(entry->name, files->filter) != NULL;
}

static enum result load(struct list_page *page, size_t *count, struct error *error) {
    struct files *files = (struct files *)page;
    struct folder_entry *entries = NULL;
    size_t found = 0;
    *count = 0;
    enum result code = folder_list(files->folder, page->arena, &entries, &found, error);
    for (size_t i = 0; code == RESULT_OK && i < found; i++) {
        if (shown(files, &entries[i])) {
            entries[(*count)++] = entries[i];
        }
    }
    page->items = entries;
    return code;
}

static const struct folder_entry *entry_at(const struct list_page *page, size_t place) {
    return (const struct folder_entry *)page->items + place;
}

/* ---- going about ------------------------------------------------------------------------------
 */

/* Shows a folder; when it cannot be read, stays and says why. */
static void go_to(struct view *view, const char *path) {
    struct files *files = view->data;
    struct error error = ERROR_INIT;
    char *before = files->folder;
    char *filter = files->filter;
    files->folder = realpath(path, NULL);
    files->filter = NULL;
    if (files->folder == NULL) {
        files->folder = strdup(path);
    }
    if (files->folder == NULL || list_page_reload(&files->page, &error) != RESULT_OK) {
        free(files->folder);
        files->folder = before;
        files->filter = filter;
        screen_error(view->screen, &error);
        list_page_resume(view);
        return;
    }
    files->page.outline.cursor = 0;
    files->page.outline.top = 0;
    free(before);
    free(filter);
}

static void go_up(struct view *view) {
    struct files *files = view->data;
    struct arena *arena = arena_new();
    const char *above = arena == NULL ? NULL : folder_above(arena, files->folder);
    if (above != NULL) {
        go_to(view, above);
    }
    arena_free(arena);
}

static void choose_place(struct view *view) {
    struct arena *arena = arena_new();
    struct error error = ERROR_INIT;
    const char **paths = NULL;
    size_t count = 0;
    enum result code =
        arena == NULL ? error_no_memory(&error) : folder_places(arena, &paths, &count, &error);
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
    } else {
        int chosen = prompt_choose(view->screen, _("Places"), paths, count, 0);
        if (chosen >= 0) {
            go_to(view, paths[chosen]);
        }
    }
    arena_free(arena);
}

/* A whole path goes there; anything else is a part of names. */
static void find(struct view *view) {
    struct files *files = view->data;
    struct prompt prompt = {.label = _("Part of the name, or a path:"), .initial = files->filter};
    char *text = prompt_text(view->screen, &prompt);
    if (text == NULL) {
        return;
    }
    struct error error = ERROR_INIT;
    if (text[0] == '/' || text[0] == '~') {
        const char *home = getenv("HOME");
        char *path = NULL;
        if (text[0] == '~' && home != NULL && asprintf(&path, "%s%s", home, text + 1) >= 0) {
            free(text);
            text = path;
        }
        struct arena *arena = arena_new();
        struct folder_entry *entries = NULL;
        size_t count = 0;
        bool folder =
            arena != NULL && folder_list(text, arena, &entries, &count, NULL) == RESULT_OK;
        arena_free(arena);
        if (folder) {
            go_to(view, text);
        } else {
            screen_push(view->screen, &intake_view, text);
        }
        free(text);
        return;
    }
    free(files->filter);
    files->filter = text_blank(text) ? NULL : strdup(text);
    free(text);
    if (list_page_reload(&files->page, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    }
    files->page.outline.cursor = 0;
}

/* Enter: into a folder, or on to the preview of a file. */
static void open_entry(struct view *view) {
    struct files *files = view->data;
    size_t place = 0;
    if (!list_page_current(&files->page, &place)) {
        return;
    }
    const struct folder_entry *entry = entry_at(&files->page, place);
    char *path = NULL;
    if (asprintf(&path, "%s%s%s", files->folder, strcmp(files->folder, "/") == 0 ? "" : "/",
                 entry->name) < 0) {
        return;
    }
    if (entry->folder) {
        go_to(view, path);
    } else {
        free(last_folder);
        last_folder = strdup(files->folder);
        screen_push(view->screen, &intake_view, path);
    }
    free(path);
}

/* ---- the view ---------------------------------------------------------------------------------
 */

static void close_view(struct view *view) {
    struct files *files = view->data;
    free(files->folder);
    free(files->filter);
    list_page_close(view);
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    (void)argument;
    struct files *files = calloc(1, sizeof(*files));
    if (files == NULL) {
        return error_no_memory(error);
    }
    files->folder = last_folder != NULL ? strdup(last_folder) : realpath(".", NULL);
    if (files->folder == NULL) {
        files->folder = strdup("/");
    }
    enum result code = files->folder == NULL ? error_no_memory(error)
                                             : list_page_start(view, &files->page, load, error);
    if (code != RESULT_OK) {
        free(files->folder);
        free(files);
        view->data = NULL;
    }
    return code;
}

/* "1.2 MB": short enough for a column. */
static const char *size_text(int64_t bytes, char text[static SHOW_POINTS_SIZE]) {
    static const char *const units[] = {"B", "KB", "MB", "GB", "TB"};
    double size = (double)bytes;
    size_t unit = 0;
    while (size >= 1000 && unit < 4) {
        size /= 1000;
        unit++;
    }
    snprintf(text, SHOW_POINTS_SIZE, unit == 0 || size >= 100 ? "%.0f %s" : "%.1f %s", size,
             units[unit]);
    return text;
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct folder_entry *entry = entry_at(context, place);
    char size[SHOW_POINTS_SIZE];
    char when[32] = "";
    struct tm local;
    time_t changed = (time_t)entry->changed;
    int width = row.columns > 50 ? row.columns - 30 : row.columns;
    int role = entry->folder ? ROLE_KEY : entry->likely ? ROLE_TEXT : ROLE_DIM;
    if (localtime_r(&changed, &local) != NULL) {
        strftime(when, sizeof(when), "%Y-%m-%d %H:%M", &local);
    }
    int taken = paint_piece(row.row, row.column, width - 1, role | on_cursor, entry->name);
    if (entry->folder) {
        paint_piece(row.row, row.column + taken, width - taken, role | on_cursor, "/");
    }
    if (width < row.columns) {
        paint_text(row.row, row.column + width, 10, ROLE_DIM | on_cursor,
                   entry->folder ? "" : size_text(entry->size, size), ALIGN_RIGHT);
        paint_text(row.row, row.column + width + 12, 18, ROLE_DIM | on_cursor, when, ALIGN_LEFT);
    }
}

static void paint(struct view *view, struct region body) {
    struct files *files = view->data;
    struct region row = region_take_top(&body, body.rows > 2);
    if (row.rows > 0) {
        paint_cell(row.row, row.column, row.columns, ROLE_STRONG, files->folder, ALIGN_LEFT);
    }
    if (files->page.outline.count == 0) {
        paint_paragraph(
            body, ROLE_DIM,
            files->filter == NULL
                ? _("Nothing lies in this folder. Backspace goes to the one above, p to "
                    "other places.")
                : _("No name here holds what was looked for. / changes it."),
            0);
        return;
    }
    outline_paint(&files->page.outline, body, paint_line, &files->page);
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct files *files = view->data;
    switch (action) {
    case FIND:
        find(view);
        return VIEW_HANDLED;
    case UP:
        go_up(view);
        return VIEW_HANDLED;
    case PLACES:
        choose_place(view);
        return VIEW_HANDLED;
    default:
        break;
    }
    enum table_response response = outline_handle(&files->page.outline, event, action);
    if (response == TABLE_ACTIVATED) {
        open_entry(view);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct files *files = view->data;
    if (files->filter != NULL) {
        buffer_printf(left, _("only names with %s (/ and Enter shows all)"), files->filter);
    }
    buffer_printf(right, _("%zu entries"), files->page.outline.count);
}

const struct view_ops files_view = {
    .title = N_("Choose a file"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .status = status,
    .resume = list_page_resume,
    .close = close_view,
};
