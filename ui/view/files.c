#include "ui/view/views.h"

#include "base/folder_path.h"
#include "base/gettext.h"
#include "base/text.h"
#include "ui/kit/prompt.h"
#include "ui/view/folder_page.h"
#include "ui/view/show.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FIND = 1, PATH, UP, PLACES, CLEAR };

static const struct action actions[] = {
    {FIND,
     "find-file",
     N_("narrow the list by a part of the name or its pinyin initials"),
     N_("Find"),
     {'/'},
     ACTION_SHOWN},
    {UP,
     "folder-above",
     N_("go to the folder above"),
     N_("Up"),
     {PRESS_BACKSPACE, 'h', PRESS_LEFT},
     ACTION_SHOWN},
    {PATH, "path", N_("type or paste a whole path"), N_("Path"), {'o'}, ACTION_SHOWN},
    {PLACES, "places", N_("go to a place where files are kept"), N_("Places"), {'p'}, ACTION_SHOWN},
    {CLEAR, "clear", N_("show all names again"), N_("Clear"), {'x'}, ACTION_LISTED},
    {0},
};

/* Where a person chose a file last; kept while the program runs. */
static char *last_folder;

/* ---- going about ------------------------------------------------------------------------------
 */

/* Says that another folder is shown than the one asked for. */
static void say_elsewhere(struct screen *screen, const char *gone, const char *shown) {
    screen_message(screen, MESSAGE_WARNING,
                   _("%s is gone or may not be read; this is %s, the nearest folder above it."),
                   gone, shown);
}

/* Reads the folder again: what was seen there may have changed. */
static void refresh(struct view *view) {
    struct folder_page *page = view->data;
    struct error error = ERROR_INIT;
    bool elsewhere = false;
    char *before = strdup(page->folder);
    if (folder_page_refresh(page, &elsewhere, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    } else if (elsewhere && before != NULL) {
        say_elsewhere(view->screen, before, page->folder);
    }
    free(before);
}

/* Shows a folder; when it cannot be read, stays and says why. */
static bool go_to(struct view *view, const char *path) {
    struct error error = ERROR_INIT;
    char *real = realpath(path, NULL);
    bool shown = folder_page_show(view->data, real == NULL ? path : real, &error) == RESULT_OK;
    free(real);
    if (!shown) {
        refresh(view);
        screen_error(view->screen, &error);
    }
    return shown;
}

/* To the folder above, the cursor on the one that was left. */
static void go_up(struct view *view) {
    struct folder_page *page = view->data;
    struct arena *arena = arena_new();
    const char *above = arena == NULL ? NULL : folder_above(arena, page->folder);
    const char *left =
        arena == NULL ? NULL : arena_strdup(arena, page->folder + folder_path_name(page->folder));
    if (strcmp(page->folder, "/") == 0) {
        screen_message(view->screen, MESSAGE_INFO, "%s",
                       _("This is the topmost folder; p goes to other places."));
    } else if (above != NULL && left != NULL && go_to(view, above)) {
        folder_page_stand_on(page, left);
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

/* Opens the preview of a file; when it is none that can be read, the list stands and is read again,
 * for the file may just have gone. */
static void open_file(struct view *view, const char *path) {
    const struct folder_page *page = view->data;
    struct folder_entry entry;
    struct error error = ERROR_INIT;
    if (folder_look(path, &entry, &error) != RESULT_OK) {
        refresh(view);
        screen_error(view->screen, &error);
        return;
    }
    free(last_folder);
    last_folder = strdup(page->folder);
    screen_push(view->screen, &intake_view, path);
}

/* Enter: into a folder, or on to the preview of a file. */
static void open_entry(struct view *view) {
    const struct folder_page *page = view->data;
    const struct folder_entry *entry = folder_page_current(page);
    char *path = NULL;
    if (entry == NULL || asprintf(&path, "%s%s%s", page->folder,
                                  strcmp(page->folder, "/") == 0 ? "" : "/", entry->name) < 0) {
        return;
    }
    if (entry->folder) {
        go_to(view, path);
    } else {
        open_file(view, path);
    }
    free(path);
}

/* ---- typing -----------------------------------------------------------------------------------
 */

/* A line being typed over the list, which follows it. */
struct typing {
    struct view *view;
    struct folder_mark before;
    struct arena *arena;
    bool path; /* a path is asked for; else a text is one only when it begins like one */
};

static bool is_path(const struct typing *typing, const char *text) {
    return typing->path || folder_path_is(text);
}

/* The folder that a path lies in, in the arena. */
static const char *folder_of(struct arena *arena, const char *path) {
    size_t length = folder_path_name(path);
    return arena_printf(arena, "%.*s", length > 1 ? (int)length - 1 : (int)length, path);
}

/* Shows the folder that the text lies in, of it only the names that begin as the text ends. */
static void follow_path(const struct typing *typing, const char *text) {
    struct folder_page *page = typing->view->data;
    const char *path = folder_path_read(typing->arena, text, typing->before.folder);
    const char *folder = path == NULL ? NULL : folder_of(typing->arena, path);
    if (folder == NULL) {
        return;
    }
    if ((strcmp(folder, page->folder) != 0 || page->entry_count == 0) &&
        folder_page_show(page, folder, NULL) != RESULT_OK) {
        folder_page_blank(page);
        return;
    }
    folder_page_narrow(page, path + folder_path_name(path), NARROW_BEGIN);
}

static void follow(void *context, const char *text) {
    const struct typing *typing = context;
    struct folder_page *page = typing->view->data;
    if (is_path(typing, text)) {
        follow_path(typing, text);
        return;
    }
    bool elsewhere = page->entry_count == 0 || strcmp(page->folder, typing->before.folder) != 0;
    if (!elsewhere || folder_page_show(page, typing->before.folder, NULL) == RESULT_OK) {
        folder_page_narrow(page, text, NARROW_PART);
    }
}

/* Tab completes the name at the end of a path; the arrows move in the list. */
static char *take_key(void *context, int key, const char *text) {
    const struct typing *typing = context;
    struct folder_page *page = typing->view->data;
    if (key == PRESS_TAB) {
        char *completed = !is_path(typing, text) ? NULL
                                                 : folder_path_complete(text, page->page.items,
                                                                        page->page.outline.count);
        if (completed == NULL) {
            terminal_beep();
        }
        return completed;
    }
    static const struct {
        int key;
        int action;
    } moves[] = {{PRESS_UP, ACTION_TABLE_UP},
                 {PRESS_DOWN, ACTION_TABLE_DOWN},
                 {PRESS_PAGE_UP, ACTION_TABLE_PAGE_UP},
                 {PRESS_PAGE_DOWN, ACTION_TABLE_PAGE_DOWN}};
    const struct event event = {.type = EVENT_KEY, .key = key, .text = ""};
    for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++) {
        if (moves[i].key == key) {
            outline_handle(&page->page.outline, &event, moves[i].action);
        }
    }
    return NULL;
}

/* Goes where a path leads: into a folder, or to a file, beside which the list stands then. What is
 * not there but begins the names shown means the one under the cursor. False, with the sentence on
 * the screen, when it leads nowhere. */
static bool go_along(const struct typing *typing, const char *text) {
    struct view *view = typing->view;
    const struct folder_page *page = view->data;
    const char *path = folder_path_read(typing->arena, text, typing->before.folder);
    struct folder_entry entry;
    struct error error = ERROR_INIT;
    if (path == NULL || folder_look(path, &entry, &error) != RESULT_OK) {
        if (path != NULL && page->filter != NULL && page->page.outline.count > 0) {
            error_clear(&error);
            folder_page_narrow(view->data, NULL, NARROW_PART);
            open_entry(view);
            return true;
        }
        screen_error(view->screen, &error);
        return false;
    }
    if (entry.folder) {
        return go_to(view, path);
    }
    const char *folder = folder_of(typing->arena, path);
    if (folder == NULL || !go_to(view, folder)) {
        return false;
    }
    folder_page_stand_on(view->data, entry.name);
    open_file(view, path);
    return true;
}

/* Lets a person type: a part of names, which narrows the list at each key, or a path. */
static void type(struct view *view, const char *initial, bool path) {
    struct folder_page *page = view->data;
    struct typing typing = {
        .view = view, .before = folder_page_mark(page), .arena = arena_new(), .path = path};
    const struct prompt prompt = {
        .label = path ? _("Path:") : _("Part of the name, or a path:"),
        .initial = initial,
        .footer = path ? _(" Enter open  Tab complete the name  Up Down move  Esc as it was")
                       : _(" Enter keep  Up Down move  Esc as it was"),
        .changed = follow,
        .key = take_key,
        .context = &typing};
    if (typing.arena == NULL || typing.before.folder == NULL) {
        struct error error = ERROR_INIT;
        error_no_memory(&error);
        screen_error(view->screen, &error);
    } else {
        follow(&typing, initial);
        char *text = prompt_text(view->screen, &prompt);
        bool kept = text != NULL && (!is_path(&typing, text) || go_along(&typing, text));
        free(text);
        if (!kept && folder_page_return(page, &typing.before, NULL) != RESULT_OK) {
            refresh(view);
        }
    }
    folder_mark_free(&typing.before);
    arena_free(typing.arena);
}

/* Begins with what the names are narrowed by already. */
static void find(struct view *view) {
    const struct folder_page *page = view->data;
    char *initial = strdup(page->filter == NULL ? "" : page->filter);
    if (initial != NULL) {
        type(view, initial, false);
        free(initial);
    }
}

static void type_path(struct view *view) {
    const struct folder_page *page = view->data;
    char *initial = NULL;
    if (asprintf(&initial, "%s%s", page->folder, strcmp(page->folder, "/") == 0 ? "" : "/") >= 0) {
        type(view, initial, true);
        free(initial);
    }
}

/* ---- the view ---------------------------------------------------------------------------------
 */

/* Where choosing begins: where it ended last, else where the program was started. */
static char *first_folder(void) {
    const char *home = getenv("HOME");
    char *folder = last_folder != NULL ? strdup(last_folder) : realpath(".", NULL);
    return folder != NULL ? folder : strdup(home == NULL ? "/" : home);
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    (void)argument;
    bool elsewhere = false;
    char *folder = first_folder();
    enum result code =
        folder == NULL ? error_no_memory(error) : folder_page_open(view, folder, &elsewhere, error);
    if (code == RESULT_OK && elsewhere) {
        const struct folder_page *page = view->data;
        say_elsewhere(view->screen, folder, page->folder);
    }
    free(folder);
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
    const struct folder_entry *entry = folder_page_at(context, place);
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

/* The folder; of a long path the end is what tells folders apart. */
static void paint_folder(struct region row, const char *folder) {
    bool cut = false;
    while (text_width(folder) + cut > row.columns && folder[0] != '\0') {
        folder += text_next_grapheme(folder, strlen(folder), NULL);
        cut = true;
    }
    paint_printf(row.row, row.column, row.columns, ROLE_STRONG, "%s%s", cut ? "~" : "", folder);
}

/* Why nothing is listed. */
static const char *say_empty(const struct folder_page *page) {
    if (page->absent) {
        return _("There is no such folder.");
    }
    return page->entry_count == 0
               ? _("Nothing lies in this folder. Backspace goes to the one above, p to other "
                   "places.")
               : _("No name here holds what was looked for. / changes it, x shows all.");
}

static void paint(struct view *view, struct region body) {
    struct folder_page *page = view->data;
    struct region row = region_take_top(&body, body.rows > 2);
    if (row.rows > 0 && !page->absent) {
        paint_folder(row, page->folder);
    }
    if (page->page.outline.count == 0) {
        paint_paragraph(body, ROLE_DIM, say_empty(page), 0);
        return;
    }
    outline_paint(&page->page.outline, body, paint_line, page);
}

static bool act(struct view *view, int action) {
    struct folder_page *page = view->data;
    switch (action) {
    case FIND:
        find(view);
        return true;
    case PATH:
        type_path(view);
        return true;
    case UP:
        go_up(view);
        return true;
    case PLACES:
        choose_place(view);
        return true;
    case CLEAR:
        folder_page_narrow(page, NULL, NARROW_PART);
        return true;
    default:
        return false;
    }
}

/* A path pasted or dropped, or Chinese typed, with no line open for it: opens one. */
static bool is_written(const struct event *event, int action) {
    return event->type == EVENT_TEXT ||
           (event->type == EVENT_KEY && action == ACTION_NONE && (event->text[0] & 0x80) != 0);
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct folder_page *page = view->data;
    if (is_written(event, action)) {
        char *text = strdup(event->text); /* the event's own goes with the next */
        if (text != NULL) {
            type(view, text, false);
        }
        free(text);
        return VIEW_HANDLED;
    }
    if (act(view, action)) {
        return VIEW_HANDLED;
    }
    enum table_response response = outline_handle(&page->page.outline, event, action);
    if (response == TABLE_ACTIVATED) {
        open_entry(view);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct folder_page *page = view->data;
    if (page->filter != NULL) {
        buffer_printf(left, _("only names with %s  [x shows all]"), page->filter);
        buffer_printf(right, _("%zu of %zu entries"), page->page.outline.count, page->entry_count);
    } else {
        buffer_printf(right, _("%zu entries"), page->page.outline.count);
    }
}

const struct view_ops files_view = {
    .title = N_("Choose a file"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .status = status,
    .resume = refresh,
    .close = folder_page_close,
};
