/* The screen: the frame around every view, the stack of views of each desk, and the main loop. */
#ifndef XINFENG_UI_KIT_SCREEN_H
#define XINFENG_UI_KIT_SCREEN_H

#include "ui/kit/view.h"

/* The kit's own actions, in force everywhere below a view's. */
enum screen_action {
    ACTION_BACK = ACTION_KIT_FIRST,
    ACTION_HELP,
    ACTION_PALETTE,
    ACTION_REPAINT,
    ACTION_QUIT,
    ACTION_DESK_FIRST = ACTION_KIT_FIRST + 100 /* + the desk's place */
};

#define SCREEN_DESKS 9

/* A desk: a root view reached by its number. */
struct desk {
    const char *title;          /* N_(): the tab's word */
    const char *name;           /* stable English word for the palette */
    const struct view_ops *ops; /* its first view, opened when the desk is first chosen */
    const void *argument;       /* handed to open */
};

/* The application the screen shows. Everything is borrowed for the run. */
struct application {
    void *context;            /* the application's own; views reach it by screen_context */
    const struct desk *desks; /* at most SCREEN_DESKS */
    size_t desk_count;

    /* Actions in force everywhere (NULL: none), and what carries them out. */
    const struct action *actions;
    enum view_response (*act)(struct screen *screen, void *context, int action);

    /* Writes the title line: bureau, period and policy on the left, actor and today on the right.
     */
    void (*header)(void *context, struct buffer *left, struct buffer *right);

    /* True when query finds text, for the palette (by pinyin, say). NULL: as a part of it. */
    bool (*match)(void *context, const char *text, const char *query);

    int tick; /* milliseconds between EVENT_TICKs to the top view; 0: none */
};

/* How loud a message is. */
enum message_level { MESSAGE_INFO, MESSAGE_WARNING, MESSAGE_ERROR };

/* Shows the application until it is left. The terminal must have been started. RESULT_OK after an
 * ordinary end; otherwise the first view could not open. */
enum result screen_run(const struct application *application, struct error *error);

/* The application's context. */
void *screen_context(const struct screen *screen);

/* Opens a view over the present one. On failure the message line says why. */
enum result screen_push(struct screen *screen, const struct view_ops *ops, const void *argument);

/* Chooses a desk by its place from 0, as its number key would; its views stand as they were
 * left. */
void screen_choose_desk(struct screen *screen, size_t desk);

/* Leaves the program when the present event has been handled, asking first when something is
 * unsaved. */
void screen_quit(struct screen *screen);

/* Shows a sentence in the status line until the next key. */
void screen_message(struct screen *screen, enum message_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Shows an error's sentence and clears the error. */
void screen_error(struct screen *screen, struct error *error);

/* Paints the frame with an empty body (without paint_finish), for what takes the body over for a
 * while. Gives the body; *status_row and *footer_row, when not NULL, are the rows below it, or -1
 * when the screen is too low for them. */
struct region screen_paint_frame(struct screen *screen, int *status_row, int *footer_row);

/* As screen_paint_frame, with the top view in the body: what a prompt lays its line over. */
struct region screen_paint(struct screen *screen, int *status_row, int *footer_row);

#endif
