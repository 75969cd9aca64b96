#include "ui/kit/screen.h"

#include "base/gettext.h"
#include "base/text.h"
#include "ui/kit/help.h"
#include "ui/kit/prompt.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KIT_ACTIONS = 5 };

/* The views of a desk, the root first. */
struct desk_stack {
    struct view **views;
    size_t count;
    size_t capacity;
};

struct screen {
    const struct application *application;
    struct desk_stack stacks[SCREEN_DESKS];
    size_t desk;
    bool quitting;
    char *message; /* owned; NULL: none */
    enum message_level level;
    struct action actions[SCREEN_DESKS + KIT_ACTIONS + 1]; /* the kit's own and a key a desk */
};

static const struct action kit_actions[KIT_ACTIONS] = {
    {ACTION_BACK, "back", N_("go back to where I was"), N_("back"), {PRESS_ESCAPE}, ACTION_SHOWN},
    {ACTION_HELP,
     "help",
     N_("show what can be pressed here"),
     N_("help"),
     {'?', PRESS_FUNCTION(12)},
     ACTION_IN_HELP},
    {ACTION_PALETTE,
     "palette",
     N_("find an action by its name"),
     N_("actions"),
     {':', PRESS_CONTROL('p')},
     ACTION_IN_HELP | ACTION_IN_FOOTER},
    {ACTION_REPAINT,
     "repaint",
     N_("paint the screen anew"),
     N_("repaint"),
     {PRESS_CONTROL('l')},
     ACTION_LISTED},
    {ACTION_QUIT,
     "quit",
     N_("leave the program"),
     N_("quit"),
     {'q', PRESS_CONTROL('c')},
     ACTION_LISTED},
};

/* ---- the stack ------------------------------------------------------------------------------- */

static struct view *top_view(const struct screen *screen) {
    const struct desk_stack *stack = &screen->stacks[screen->desk];
    return stack->count == 0 ? NULL : stack->views[stack->count - 1];
}

static struct keymap current_keymap(const struct screen *screen) {
    struct keymap keymap = {{NULL}};
    const struct view *view = top_view(screen);
    if (view != NULL) {
        memcpy(keymap.tables, view->ops->actions, sizeof view->ops->actions);
    }
    keymap.tables[VIEW_TABLES] = screen->application->actions;
    keymap.tables[VIEW_TABLES + 1] = screen->actions;
    return keymap;
}

static bool stack_reserve(struct desk_stack *stack) {
    if (stack->count < stack->capacity) {
        return true;
    }
    size_t capacity = stack->capacity == 0 ? 8 : stack->capacity * 2;
    struct view **views = realloc(stack->views, capacity * sizeof(struct view *));
    if (views == NULL) {
        return false;
    }
    stack->views = views;
    stack->capacity = capacity;
    return true;
}

static enum result open_view(struct screen *screen, size_t desk, const struct view_ops *ops,
                             const void *argument, struct error *error) {
    struct desk_stack *stack = &screen->stacks[desk];
    struct view *view = calloc(1, sizeof *view);
    if (view == NULL || !stack_reserve(stack)) {
        free(view);
        return error_no_memory(error);
    }
    view->ops = ops;
    view->screen = screen;
    enum result code = RESULT_OK;
    if (ops->open != NULL) {
        code = ops->open(view, argument, error);
    }
    if (code != RESULT_OK) {
        free(view);
        return code;
    }
    stack->views[stack->count++] = view;
    return RESULT_OK;
}

static void close_view(struct view *view) {
    if (view->ops->close != NULL) {
        view->ops->close(view);
    }
    free(view);
}

static void resume_top(struct screen *screen) {
    struct view *view = top_view(screen);
    if (view != NULL && view->ops->resume != NULL) {
        view->ops->resume(view);
    }
}

/* Takes a view out of the present desk; the root goes only with the screen. */
static void remove_view(struct screen *screen, struct view *view) {
    struct desk_stack *stack = &screen->stacks[screen->desk];
    for (size_t i = 1; i < stack->count; i++) {
        if (stack->views[i] == view) {
            bool was_top = i == stack->count - 1;
            memmove(stack->views + i, stack->views + i + 1,
                    (stack->count - i - 1) * sizeof(struct view *));
            stack->count--;
            close_view(view);
            if (was_top) {
                resume_top(screen);
            }
            return;
        }
    }
}

static bool may_leave(struct screen *screen, struct view *view) {
    const char *what = NULL;
    if (view->ops->unsaved == NULL || !view->ops->unsaved(view, &what)) {
        return true;
    }
    if (what == NULL) {
        what = _("What you typed here has not been kept and will be lost. Leave all the same?");
    }
    return prompt_confirm(screen, what);
}

enum result screen_push(struct screen *screen, const struct view_ops *ops, const void *argument) {
    struct error error = ERROR_INIT;
    enum result code = open_view(screen, screen->desk, ops, argument, &error);
    screen_error(screen, &error);
    return code;
}

void screen_choose_desk(struct screen *screen, size_t desk) {
    const struct application *application = screen->application;
    if (desk >= application->desk_count || desk == screen->desk) {
        return;
    }
    if (screen->stacks[desk].count == 0) {
        struct error error = ERROR_INIT;
        enum result code = open_view(screen, desk, application->desks[desk].ops,
                                     application->desks[desk].argument, &error);
        screen_error(screen, &error);
        if (code == RESULT_OK) {
            screen->desk = desk;
        }
        return;
    }
    screen->desk = desk;
    resume_top(screen);
}

/* One step back: to the view below, from a root to the first desk. */
static void go_back(struct screen *screen) {
    struct view *view = top_view(screen);
    if (screen->stacks[screen->desk].count > 1) {
        if (may_leave(screen, view)) {
            remove_view(screen, view);
        }
    } else if (screen->desk != 0) {
        screen_choose_desk(screen, 0);
    } else {
        screen_message(screen, MESSAGE_INFO, "%s",
                       _("This is the first page; q leaves the program."));
    }
}

void screen_quit(struct screen *screen) {
    for (size_t desk = 0; desk < screen->application->desk_count; desk++) {
        const struct desk_stack *stack = &screen->stacks[desk];
        for (size_t i = 0; i < stack->count; i++) {
            if (!may_leave(screen, stack->views[i])) {
                return;
            }
        }
    }
    screen->quitting = true;
}

void *screen_context(const struct screen *screen) {
    return screen->application->context;
}

/* ---- messages -------------------------------------------------------------------------------- */

void screen_message(struct screen *screen, enum message_level level, const char *format, ...) {
    char *text = NULL;
    va_list args;
    va_start(args, format);
    if (vasprintf(&text, format, args) < 0) {
        text = NULL;
    }
    va_end(args);
    free(screen->message);
    screen->message = text;
    screen->level = level;
}

void screen_error(struct screen *screen, struct error *error) {
    if (error->code != RESULT_OK) {
        enum message_level level =
            error->code == RESULT_CANCELLED ? MESSAGE_WARNING : MESSAGE_ERROR;
        screen_message(screen, level, "%s", error_sentence(error));
    }
    error_clear(error);
}

/* ---- the frame ------------------------------------------------------------------------------- */

/* Paints two texts at the ends of a row. Room for the right one comes first when it leaves the
 * left one half of the row. */
static void paint_ends(struct region line, int role, const char *left, const char *right) {
    int wanted = text_width(right);
    int given = wanted > 0 && wanted + 2 <= line.columns / 2 + 2 ? wanted + 1 : 0;
    paint_text(line.row, line.column, line.columns, role, "", ALIGN_LEFT);
    paint_cell(line.row, line.column + 1, line.columns - given - 2, role, left, ALIGN_LEFT);
    paint_text(line.row, line.column + line.columns - given, given - 1, role, right, ALIGN_LEFT);
}

static void paint_header(const struct screen *screen, struct region line) {
    struct buffer left = BUFFER_INIT;
    struct buffer right = BUFFER_INIT;
    const struct application *application = screen->application;
    if (application->header != NULL) {
        application->header(application->context, &left, &right);
    }
    if (line.rows > 0) {
        paint_ends(line, ROLE_TITLE, buffer_text(&left), buffer_text(&right));
    }
    buffer_free(&left);
    buffer_free(&right);
}

/* The columns of a desk's tab, blanks around it included. */
static int tab_width(const struct application *application, size_t desk) {
    return 1 + 1 + text_width(_(application->desks[desk].title)) + 1;
}

static void paint_tabs(const struct screen *screen, struct region line) {
    const struct application *application = screen->application;
    int column = line.column;
    int end = line.column + line.columns;
    for (size_t i = 0; line.rows > 0 && i < application->desk_count; i++) {
        int width = tab_width(application, i);
        int role = i == screen->desk ? ROLE_DESK_CURRENT : ROLE_DESK;
        paint_printf(line.row, column, column + width > end ? end - column : width, role, " %zu%s",
                     i + 1, _(application->desks[i].title));
        column += width;
    }
    const char *help = _(kit_actions[ACTION_HELP - ACTION_BACK].label);
    int width = 1 + text_width(help);
    if (line.rows > 0 && end - column > width + 1) {
        paint_piece(line.row, end - width - 1, 1, ROLE_KEY, "?");
        paint_piece(line.row, end - width, width - 1, ROLE_LABEL, help);
    }
}

/* The upper ruler carries the trail: which views are open on this desk. */
static void paint_trail(const struct screen *screen, struct region line) {
    const struct desk_stack *stack = &screen->stacks[screen->desk];
    struct buffer trail = BUFFER_INIT;
    for (size_t i = 0; i < stack->count; i++) {
        const struct view *view = stack->views[i];
        buffer_append_text(&trail, i == 0 ? " " : " > ");
        if (view->ops->name != NULL) {
            view->ops->name(view, &trail);
        } else {
            buffer_append_text(&trail, _(view->ops->title));
        }
    }
    buffer_append_char(&trail, ' ');
    if (line.rows > 0) {
        paint_rule(line.row, line.column, line.columns, ROLE_CHROME);
        paint_piece(line.row, line.column + 1, line.columns - 2, ROLE_STRONG, buffer_text(&trail));
    }
    buffer_free(&trail);
}

/* A message that one row cannot hold takes rows above it, up to half of the screen. */
static void paint_message(const struct screen *screen, struct region line) {
    static const enum role roles[] = {ROLE_MESSAGE, ROLE_MESSAGE_WARNING, ROLE_MESSAGE_ERROR};
    int role = (int)roles[screen->level];
    struct region text = {0, line.column + 1, 0, line.columns - 2};
    int most = line.row / 2 + 1;
    int lines = paint_paragraph(text, role, screen->message, 0);
    if (lines <= 1) {
        paint_ends(line, role, screen->message, "");
        return;
    }
    text.rows = lines > most ? most : lines;
    text.row = line.row - text.rows + 1;
    paint_fill((struct region){text.row, line.column, text.rows, line.columns}, role);
    paint_paragraph(text, role, screen->message, 0);
}

static void paint_status(const struct screen *screen, struct region line) {
    struct view *view = top_view(screen);
    if (line.rows == 0) {
        return;
    }
    if (screen->message != NULL) {
        paint_message(screen, line);
        return;
    }
    struct buffer left = BUFFER_INIT;
    struct buffer right = BUFFER_INIT;
    if (view != NULL && view->ops->status != NULL) {
        view->ops->status(view, &left, &right);
    }
    paint_ends(line, ROLE_STATUS, buffer_text(&left), buffer_text(&right));
    buffer_free(&left);
    buffer_free(&right);
}

/* How the rows are shared out: the lower the screen, the fewer of them the frame takes. */
struct layout {
    struct region header, tabs, upper, body, lower, status, footer;
};

static struct layout lay_out(void) {
    struct layout layout;
    struct region rest = paint_screen();
    bool whole = rest.rows >= 10;
    layout.header = region_take_top(&rest, rest.rows >= 4);
    layout.tabs = region_take_top(&rest, whole);
    layout.upper = region_take_top(&rest, whole);
    layout.footer = region_take_bottom(&rest, rest.rows >= 4);
    layout.status = region_take_bottom(&rest, rest.rows >= 2);
    layout.lower = region_take_bottom(&rest, whole);
    layout.body = rest;
    return layout;
}

/* Paints everything around the body and tells the rows below it. */
static void paint_frame(const struct screen *screen, const struct layout *layout, int *status_row,
                        int *footer_row) {
    struct keymap keymap = current_keymap(screen);
    paint_header(screen, layout->header);
    paint_tabs(screen, layout->tabs);
    paint_trail(screen, layout->upper);
    if (layout->lower.rows > 0) {
        paint_rule(layout->lower.row, layout->lower.column, layout->lower.columns, ROLE_CHROME);
    }
    paint_status(screen, layout->status);
    if (layout->footer.rows > 0) {
        keymap_paint_footer(&keymap, layout->footer.row, layout->footer.column,
                            layout->footer.columns);
    }
    if (status_row != NULL) {
        *status_row = layout->status.rows > 0 ? layout->status.row : -1;
    }
    if (footer_row != NULL) {
        *footer_row = layout->footer.rows > 0 ? layout->footer.row : -1;
    }
}

struct region screen_paint_frame(struct screen *screen, int *status_row, int *footer_row) {
    struct layout layout = lay_out();
    paint_begin();
    paint_frame(screen, &layout, status_row, footer_row);
    return layout.body;
}

struct region screen_paint(struct screen *screen, int *status_row, int *footer_row) {
    struct layout layout = lay_out();
    struct view *view = top_view(screen);
    paint_begin();
    /* The view first: what it finds out in painting, the status line can tell at once. */
    if (view != NULL) {
        view->ops->paint(view, layout.body);
    }
    paint_frame(screen, &layout, status_row, footer_row);
    return layout.body;
}

/* ---- events ---------------------------------------------------------------------------------- */

static void open_help(struct screen *screen, bool palette);

/* Carries out what the view left to the screen. */
static void act(struct screen *screen, int action) {
    const struct application *application = screen->application;
    if (action == ACTION_NONE) {
        return;
    }
    if (action >= ACTION_DESK_FIRST && action < ACTION_DESK_FIRST + SCREEN_DESKS) {
        screen_choose_desk(screen, (size_t)(action - ACTION_DESK_FIRST));
        return;
    }
    switch (action) {
    case ACTION_BACK:
        go_back(screen);
        break;
    case ACTION_HELP:
    case ACTION_PALETTE:
        open_help(screen, action == ACTION_PALETTE);
        break;
    case ACTION_REPAINT:
        paint_forget();
        break;
    case ACTION_QUIT:
        screen_quit(screen);
        break;
    default:
        if (application->act != NULL) {
            application->act(screen, application->context, action);
        }
        break;
    }
}

/* Offers an event to the view, then to the screen. */
static void dispatch(struct screen *screen, const struct event *event, int action) {
    struct view *view = top_view(screen);
    enum view_response response = VIEW_IGNORED;
    if (view != NULL && view->ops->handle != NULL) {
        response = view->ops->handle(view, event, action);
    }
    if (response == VIEW_DONE) {
        if (screen->stacks[screen->desk].views[0] == view) {
            go_back(screen);
        } else {
            remove_view(screen, view);
        }
    } else if (response == VIEW_IGNORED) {
        act(screen, action);
    }
}

/* Does an action that has no key of its own just now: chosen in the palette or by the mouse. */
static void dispatch_action(struct screen *screen, int action) {
    struct event event = {.type = EVENT_KEY, .key = PRESS_NONE, .text = ""};
    if (action != ACTION_NONE) {
        dispatch(screen, &event, action);
    }
}

static void open_help(struct screen *screen, bool palette) {
    struct keymap keymap = current_keymap(screen);
    const struct view *view = top_view(screen);
    if (palette) {
        dispatch_action(screen, help_palette(screen, &keymap, screen->application->match,
                                             screen->application->context));
    } else {
        help_show(screen, view == NULL ? "" : _(view->ops->title), &keymap);
    }
}

static void handle_mouse(struct screen *screen, const struct event *event) {
    struct layout layout = lay_out();
    const struct application *application = screen->application;
    bool click = event->mouse == MOUSE_CLICK || event->mouse == MOUSE_DOUBLE_CLICK;
    if (click && layout.tabs.rows > 0 && event->row == layout.tabs.row) {
        int end = 0;
        for (size_t i = 0; i < application->desk_count; i++) {
            end += tab_width(application, i);
            if (event->column < end) {
                screen_choose_desk(screen, i);
                return;
            }
        }
        dispatch_action(screen, ACTION_HELP);
    } else if (click && layout.footer.rows > 0 && event->row == layout.footer.row) {
        struct keymap keymap = current_keymap(screen);
        const struct action *action =
            keymap_at_footer(&keymap, layout.footer.columns, event->column);
        dispatch_action(screen, action == NULL ? ACTION_NONE : action->id);
    } else {
        dispatch(screen, event, ACTION_NONE);
    }
}

static void handle_key(struct screen *screen, const struct event *event) {
    struct keymap keymap = current_keymap(screen);
    const struct action *action = keymap_find(&keymap, event->key);
    dispatch(screen, event, action == NULL ? ACTION_NONE : action->id);
}

static void handle_event(struct screen *screen, const struct event *event) {
    if (event->type == EVENT_KEY || event->type == EVENT_TEXT || event->type == EVENT_MOUSE) {
        free(screen->message);
        screen->message = NULL;
    }
    switch (event->type) {
    case EVENT_KEY:
        handle_key(screen, event);
        break;
    case EVENT_MOUSE:
        handle_mouse(screen, event);
        break;
    case EVENT_TEXT:
    case EVENT_TICK:
        dispatch(screen, event, ACTION_NONE);
        break;
    case EVENT_HANGUP:
        screen->quitting = true;
        break;
    case EVENT_RESIZE:
        break; /* the next picture has the new size */
    }
}

/* ---- the run --------------------------------------------------------------------------------- */

/* The kit's own table of actions: a key a desk, then the rest. */
static void gather_actions(struct screen *screen) {
    const struct application *application = screen->application;
    size_t count = 0;
    for (size_t i = 0; i < application->desk_count && i < SCREEN_DESKS; i++) {
        screen->actions[count++] = (struct action){ACTION_DESK_FIRST + (int)i,
                                                   application->desks[i].name,
                                                   application->desks[i].title,
                                                   application->desks[i].title,
                                                   {'1' + (int)i, PRESS_FUNCTION((int)i + 1)},
                                                   ACTION_LISTED};
    }
    memcpy(screen->actions + count, kit_actions, sizeof kit_actions);
}

static void close_all(struct screen *screen) {
    for (size_t desk = 0; desk < SCREEN_DESKS; desk++) {
        struct desk_stack *stack = &screen->stacks[desk];
        while (stack->count > 0) {
            close_view(stack->views[--stack->count]);
        }
        free(stack->views);
    }
    free(screen->message);
    free(screen);
}

enum result screen_run(const struct application *application, struct error *error) {
    struct screen *screen = calloc(1, sizeof *screen);
    if (screen == NULL) {
        return error_no_memory(error);
    }
    screen->application = application;
    gather_actions(screen);
    enum result code =
        open_view(screen, 0, application->desks[0].ops, application->desks[0].argument, error);
    while (code == RESULT_OK && !screen->quitting) {
        screen_paint(screen, NULL, NULL);
        paint_finish();
        struct event event = terminal_read(application->tick > 0 ? application->tick : -1);
        handle_event(screen, &event);
    }
    close_all(screen);
    return code;
}
