#include "ui/kit/terminal.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "ui/kit/restore.h"
#include "ui/kit/theme.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <time.h>
#include <unistd.h>

/* In milliseconds: how long a paste that has begun may pause, how long Esc waits for the rest of a
 * key, and from when on work counts as long. */
enum { PASTE_PATIENCE = 1000, ESCAPE_DELAY = 25, LONG_WORK = 200 };

enum { PASTE_LIMIT = 64 * 1024 };

/* Key numbers curses is taught for the brackets around a paste. */
enum { KEY_PASTE_BEGIN = KEY_MAX + 1, KEY_PASTE_END };

static struct {
    SCREEN *screen; /* NULL while the terminal is not taken */
    int error_fd;   /* the real fd 2 meanwhile */
    bool mouse;
    struct buffer text; /* of the last event */
    wint_t pending;     /* a key read too far, with its kind */
    int pending_kind;   /* ERR: none */
    int last_key;       /* of the last event; PRESS_NONE when it was no key */
    int64_t answered;   /* when the last event was given out */
} terminal = {.error_fd = -1, .pending_kind = ERR};

void terminal_set_locale(void) {
    if (setlocale(LC_ALL, "") == NULL || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
        setlocale(LC_ALL, "C.UTF-8");
    }
}

/* ---- taking and giving back ------------------------------------------------------------------ */

static enum result check_terminal(struct error *error) {
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("The workstation needs a terminal; give a command instead "
                           "(see --help), or start it without redirection."));
    }
    const char *name = getenv("TERM");
    if (name == NULL || name[0] == '\0' || strcmp(name, "dumb") == 0) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("This terminal cannot place its cursor (TERM is not set or \"dumb\"); "
                           "set TERM, for instance to xterm-256color."));
    }
    int known = 0;
    if (setupterm(name, STDOUT_FILENO, &known) != OK || cursor_address == NULL) {
        return error_set(error, RESULT_USAGE,
                         _("The terminal type \"%s\" is unknown or cannot place its cursor; set "
                           "TERM, for instance to xterm-256color."),
                         name);
    }
    del_curterm(cur_term);
    return RESULT_OK;
}

/* Points fd 2 away from the screen. */
static void redirect_errors(const char *log) {
    int target = -1;
    if (log != NULL) {
        target = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    }
    if (target < 0) {
        target = open("/dev/null", O_WRONLY | O_CLOEXEC);
    }
    terminal.error_fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (target >= 0) {
        dup2(target, STDERR_FILENO);
        close(target);
    }
}

static void return_errors(void) {
    if (terminal.error_fd >= 0) {
        dup2(terminal.error_fd, STDERR_FILENO);
        close(terminal.error_fd);
        terminal.error_fd = -1;
    }
}

static void write_terminal(const char *text) {
    size_t left = strlen(text);
    while (left > 0) {
        ssize_t written = write(STDOUT_FILENO, text, left);
        if (written < 0) {
            if (errno != EINTR) {
                return;
            }
            continue;
        }
        text += written;
        left -= (size_t)written;
    }
}

static void set_modes(void) {
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    if (getenv("ESCDELAY") == NULL) {
        set_escdelay(ESCAPE_DELAY);
    }
    define_key("\033[200~", KEY_PASTE_BEGIN);
    define_key("\033[201~", KEY_PASTE_END);
    if (terminal.mouse) {
        mousemask(BUTTON1_CLICKED | BUTTON1_PRESSED | BUTTON1_DOUBLE_CLICKED | BUTTON4_PRESSED |
                      BUTTON5_PRESSED,
                  NULL);
        mouseinterval(0); /* a press is answered at once */
    }
    curs_set(0);
}

enum result terminal_start(const struct terminal_options *options, struct error *error) {
    static bool registered;
    enum result code = check_terminal(error);
    if (code != RESULT_OK) {
        return code;
    }
    if (!registered && atexit(terminal_stop) != 0) {
        return error_no_memory(error);
    }
    registered = true;
    restore_remember(options->mouse);
    terminal.screen = newterm(NULL, stdout, stdin);
    if (terminal.screen == NULL) {
        restore_forget();
        return error_set(error, RESULT_USAGE, "%s",
                         _("The terminal cannot be used; set TERM, for instance to "
                           "xterm-256color."));
    }
    terminal.mouse = options->mouse;
    set_modes();
    const char *no_color = getenv("NO_COLOR");
    theme_start(options->monochrome || (no_color != NULL && no_color[0] != '\0'));
    redirect_errors(options->error_log);
    restore_on_signals(terminal.error_fd);
    write_terminal("\033[?2004h");
    return RESULT_OK;
}

void terminal_stop(void) {
    if (terminal.screen == NULL) {
        return;
    }
    write_terminal("\033[?2004l");
    curs_set(1);
    endwin();
    restore_forget();
    delscreen(terminal.screen);
    terminal.screen = NULL;
    terminal.pending_kind = ERR;
    return_errors();
    buffer_free(&terminal.text);
}

bool terminal_started(void) {
    return terminal.screen != NULL;
}

int64_t terminal_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void terminal_beep(void) {
    beep();
}

/* ---- reading --------------------------------------------------------------------------------- */

/* One key of curses, waiting at most timeout milliseconds. ERR when nothing came. */
static int next_wide(int timeout, wint_t *wide) {
    if (terminal.pending_kind != ERR) {
        int kind = terminal.pending_kind;
        *wide = terminal.pending;
        terminal.pending_kind = ERR;
        return kind;
    }
    wtimeout(stdscr, timeout);
    return get_wch(wide);
}

static void unread_wide(int kind, wint_t wide) {
    terminal.pending_kind = kind;
    terminal.pending = wide;
}

static void append_wide(wint_t wide) {
    char bytes[MB_LEN_MAX + 1];
    mbstate_t state = {0};
    size_t length = wcrtomb(bytes, (wchar_t)wide, &state);
    if (length != (size_t)-1) {
        buffer_append(&terminal.text, bytes, length);
    }
}

/* Everything up to the end of a paste. What is beyond the limit is read and dropped, so that it
 * does not arrive as commands. */
static struct event read_paste(void) {
    wint_t wide;
    int kind;
    while ((kind = next_wide(PASTE_PATIENCE, &wide)) != ERR) {
        if (kind == KEY_CODE_YES) {
            if (wide == KEY_PASTE_END) {
                break;
            }
            if (wide == KEY_ENTER) {
                buffer_append_char(&terminal.text, '\n');
            }
        } else if (terminal.text.length < PASTE_LIMIT) {
            append_wide(wide);
        }
    }
    return (struct event){.type = EVENT_TEXT, .text = buffer_text(&terminal.text)};
}

static struct event read_mouse(void) {
    MEVENT mouse;
    struct event event = {.type = EVENT_MOUSE, .text = ""};
    if (getmouse(&mouse) != OK) {
        event.type = EVENT_TICK;
        return event;
    }
    event.row = mouse.y;
    event.column = mouse.x;
    if ((mouse.bstate & BUTTON4_PRESSED) != 0) {
        event.mouse = MOUSE_WHEEL_UP;
    } else if ((mouse.bstate & BUTTON5_PRESSED) != 0) {
        event.mouse = MOUSE_WHEEL_DOWN;
    } else {
        event.mouse =
            (mouse.bstate & BUTTON1_DOUBLE_CLICKED) != 0 ? MOUSE_DOUBLE_CLICK : MOUSE_CLICK;
    }
    return event;
}

static int key_from_code(wint_t code) {
    static const struct {
        wint_t code;
        int key;
    } keys[] = {
        {KEY_ENTER, PRESS_ENTER},     {KEY_BTAB, PRESS_BACK_TAB}, {KEY_BACKSPACE, PRESS_BACKSPACE},
        {KEY_DC, PRESS_DELETE},       {KEY_IC, PRESS_INSERT},     {KEY_UP, PRESS_UP},
        {KEY_DOWN, PRESS_DOWN},       {KEY_LEFT, PRESS_LEFT},     {KEY_RIGHT, PRESS_RIGHT},
        {KEY_HOME, PRESS_HOME},       {KEY_END, PRESS_END},       {KEY_PPAGE, PRESS_PAGE_UP},
        {KEY_NPAGE, PRESS_PAGE_DOWN}, {KEY_A1, PRESS_HOME},       {KEY_C1, PRESS_END},
        {KEY_A3, PRESS_PAGE_UP},      {KEY_C3, PRESS_PAGE_DOWN},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (keys[i].code == code) {
            return keys[i].key;
        }
    }
    if (code >= KEY_F(1) && code <= KEY_F(12)) {
        return PRESS_FUNCTION((int)(code - KEY_F0));
    }
    return PRESS_NONE;
}

static int key_from_control(wint_t wide) {
    switch (wide) {
    case '\r':
    case '\n':
        return PRESS_ENTER;
    case '\t':
        return PRESS_TAB;
    case 27:
        return PRESS_ESCAPE;
    case 8:
    case 127:
        return PRESS_BACKSPACE;
    default:
        return wide >= 1 && wide <= 26 ? PRESS_CONTROL((int)wide - 1 + 'a') : PRESS_NONE;
    }
}

/* An input method commits several characters in one write: they are one text, not so many keys.
 * ASCII keys stay keys, however fast they come. */
static struct event read_characters(wint_t first) {
    append_wide(first);
    struct event event = {.type = EVENT_KEY, .key = (int)first};
    wint_t wide;
    int kind = ERR;
    while (first >= 0x80 && (kind = next_wide(0, &wide)) == OK && wide >= 0xA0) {
        append_wide(wide);
        event.type = EVENT_TEXT;
        event.key = PRESS_NONE;
        kind = ERR;
    }
    if (kind != ERR) {
        unread_wide(kind, wide);
    }
    event.text = buffer_text(&terminal.text);
    return event;
}

static int key_of(int kind, wint_t wide) {
    if (kind == KEY_CODE_YES) {
        return key_from_code(wide);
    }
    return wide >= ' ' && wide != 127 ? (int)wide : key_from_control(wide);
}

/* Curses gives the same answer when time is up, on a signal, on bytes that are no character, and
 * when there is no terminal any more. */
static bool terminal_gone(void) {
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&input, 1, 0) > 0 && (input.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

static struct event read_event(int timeout) {
    wint_t wide = 0;
    buffer_reset(&terminal.text);
    int kind = next_wide(timeout, &wide);
    if (kind == ERR) {
        bool gone = terminal_gone();
        return (struct event){.type = gone ? EVENT_HANGUP : EVENT_TICK, .text = ""};
    }
    if (kind == OK && wide >= ' ' && wide != 127) {
        return read_characters(wide);
    }
    if (kind == KEY_CODE_YES && wide == KEY_PASTE_BEGIN) {
        return read_paste();
    }
    if (kind == KEY_CODE_YES && wide == KEY_MOUSE) {
        return read_mouse();
    }
    if (kind == KEY_CODE_YES && wide == KEY_RESIZE) {
        return (struct event){.type = EVENT_RESIZE, .text = ""};
    }
    int key = key_of(kind, wide);
    return (struct event){
        .type = key == PRESS_NONE ? EVENT_TICK : EVENT_KEY, .key = key, .text = ""};
}

static void drop_repeats(void) {
    wint_t wide;
    int kind;
    if (terminal.last_key == PRESS_NONE || terminal_clock() - terminal.answered < LONG_WORK) {
        return;
    }
    while ((kind = next_wide(0, &wide)) != ERR) {
        if (key_of(kind, wide) != terminal.last_key) {
            unread_wide(kind, wide);
            return;
        }
    }
}

struct event terminal_read(int timeout) {
    drop_repeats();
    struct event event = read_event(timeout);
    terminal.last_key = event.key;
    terminal.answered = terminal_clock();
    return event;
}
