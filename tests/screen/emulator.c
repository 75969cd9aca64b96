#include "screen/emulator.h"

#include "unit/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/* Milliseconds: how long quiet makes an end, and after how long a test gives up. */
enum { QUIET = 10, PATIENCE = 20000 };

struct emulator {
    VTerm *terminal;
    VTermScreen *screen;
    int master;
    pid_t pid;   /* 0 once it was waited for */
    int status;  /* of the ended program */
    bool closed; /* no more output will come */
    bool alternate;
    bool cursor_shown;
    int rows;
    int columns;
    char *text; /* of emulator_row and emulator_text_at */
};

/* ---- what the terminal says ------------------------------------------------------------------ */

static int take_property(VTermProp property, VTermValue *value, void *user) {
    struct emulator *emulator = user;
    if (property == VTERM_PROP_ALTSCREEN) {
        emulator->alternate = value->boolean != 0;
    } else if (property == VTERM_PROP_CURSORVISIBLE) {
        emulator->cursor_shown = value->boolean != 0;
    }
    return 1;
}

static void send_bytes(const char *bytes, size_t length, void *user) {
    struct emulator *emulator = user;
    while (length > 0) {
        ssize_t written = write(emulator->master, bytes, length);
        if (written < 0 && errno != EINTR) {
            return; /* the program is gone; the test will see that */
        }
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        }
    }
}

static int64_t milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Takes in what comes within timeout milliseconds; false when nothing did. */
static bool pump(struct emulator *emulator, int timeout) {
    struct pollfd wait = {.fd = emulator->master, .events = POLLIN};
    char bytes[16384];
    if (emulator->closed || poll(&wait, 1, timeout) <= 0) {
        return false;
    }
    ssize_t length = read(emulator->master, bytes, sizeof bytes);
    if (length <= 0) {
        emulator->closed = true; /* EIO: the last writer is gone */
        return false;
    }
    vterm_input_write(emulator->terminal, bytes, (size_t)length);
    return true;
}

/* True when the program has read every key and sleeps, so that nothing more is to come from it
 * before the next key. */
static bool is_idle(const struct emulator *emulator) {
    char path[64];
    char state = 'S';
    int unread = 0;
    int slave = open(ptsname(emulator->master), O_RDWR | O_NOCTTY);
    if (slave >= 0) {
        ioctl(slave, FIONREAD, &unread);
        close(slave);
    }
    snprintf(path, sizeof path, "/proc/%d/stat", (int)emulator->pid);
    FILE *file = fopen(path, "r");
    if (file != NULL) {
        if (fscanf(file, "%*d (%*[^)]) %c", &state) != 1) {
            state = 'S';
        }
        fclose(file);
    }
    return unread == 0 && state != 'R' && state != 'D';
}

void emulator_settle(struct emulator *emulator) {
    int64_t end = milliseconds() + PATIENCE;
    while (!emulator->closed && milliseconds() < end) {
        if (!pump(emulator, QUIET) && is_idle(emulator)) {
            return;
        }
    }
}

/* ---- starting and ending --------------------------------------------------------------------- */

static void run_child(const struct emulator_options *options) {
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    unsetenv("NO_COLOR");
    unsetenv("COLUMNS");
    unsetenv("LINES");
    for (size_t i = 0; options->environment != NULL && options->environment[i] != NULL; i++) {
        char name[256];
        snprintf(name, sizeof name, "%s", options->environment[i]);
        char *value = strchr(name, '=');
        if (value == NULL) {
            unsetenv(name);
        } else {
            *value = '\0';
            setenv(name, value + 1, 1);
        }
    }
    char *arguments[16] = {0};
    for (size_t i = 0; i < 15 && options->arguments[i] != NULL; i++) {
        arguments[i] = strdup(options->arguments[i]);
    }
    execv(arguments[0], arguments);
    perror(arguments[0]);
    _exit(127);
}

struct emulator *emulator_start(const struct emulator_options *options) {
    static const VTermScreenCallbacks callbacks = {.settermprop = take_property};
    struct emulator *emulator = calloc(1, sizeof *emulator);
    assert_non_null(emulator);
    emulator->rows = options->rows;
    emulator->columns = options->columns;
    emulator->cursor_shown = true;
    emulator->terminal = vterm_new(options->rows, options->columns);
    assert_non_null(emulator->terminal);
    vterm_set_utf8(emulator->terminal, 1);
    vterm_output_set_callback(emulator->terminal, send_bytes, emulator);
    emulator->screen = vterm_obtain_screen(emulator->terminal);
    vterm_screen_set_callbacks(emulator->screen, &callbacks, emulator);
    vterm_screen_enable_altscreen(emulator->screen, 1);
    vterm_screen_reset(emulator->screen, 1);
    struct winsize size = {.ws_row = (unsigned short)options->rows,
                           .ws_col = (unsigned short)options->columns};
    emulator->pid = forkpty(&emulator->master, NULL, NULL, &size);
    assert_true(emulator->pid >= 0);
    if (emulator->pid == 0) {
        run_child(options);
    }
    fcntl(emulator->master, F_SETFD, FD_CLOEXEC);
    return emulator;
}

int emulator_wait(struct emulator *emulator) {
    int64_t end = milliseconds() + PATIENCE;
    while (emulator->pid != 0) {
        pump(emulator, QUIET);
        if (waitpid(emulator->pid, &emulator->status, WNOHANG) == emulator->pid) {
            emulator->pid = 0;
        } else if (milliseconds() > end) {
            emulator_dump(emulator);
            fail_msg("%s", "the program does not end");
        } else if (emulator->closed) {
            usleep(1000);
        }
    }
    while (pump(emulator, 0)) { /* its last words */
    }
    return emulator->status;
}

void emulator_free(struct emulator *emulator) {
    if (emulator == NULL) {
        return;
    }
    if (emulator->pid != 0) {
        kill(emulator->pid, SIGKILL);
        waitpid(emulator->pid, NULL, 0);
    }
    close(emulator->master);
    vterm_free(emulator->terminal);
    free(emulator->text);
    free(emulator);
}

void emulator_signal(struct emulator *emulator, int number) {
    kill(emulator->pid, number);
}

/* ---- the person's side ----------------------------------------------------------------------- */

void emulator_type(struct emulator *emulator, const char *text) {
    send_bytes(text, strlen(text), emulator);
    emulator_settle(emulator);
}

void emulator_press(struct emulator *emulator, VTermKey key) {
    emulator_press_times(emulator, key, 1);
}

void emulator_press_times(struct emulator *emulator, VTermKey key, int times) {
    for (int i = 0; i < times; i++) {
        vterm_keyboard_key(emulator->terminal, key, VTERM_MOD_NONE);
    }
    emulator_settle(emulator);
}

void emulator_paste(struct emulator *emulator, const char *text) {
    vterm_keyboard_start_paste(emulator->terminal);
    send_bytes(text, strlen(text), emulator);
    vterm_keyboard_end_paste(emulator->terminal);
    emulator_settle(emulator);
}

void emulator_click(struct emulator *emulator, int row, int column) {
    vterm_mouse_move(emulator->terminal, row, column, VTERM_MOD_NONE);
    vterm_mouse_button(emulator->terminal, 1, true, VTERM_MOD_NONE);
    vterm_mouse_button(emulator->terminal, 1, false, VTERM_MOD_NONE);
    emulator_settle(emulator);
}

void emulator_resize(struct emulator *emulator, int rows, int columns) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    emulator->rows = rows;
    emulator->columns = columns;
    vterm_set_size(emulator->terminal, rows, columns);
    ioctl(emulator->master, TIOCSWINSZ, &size); /* the kernel sends SIGWINCH */
    emulator_settle(emulator);
}

/* ---- the picture ----------------------------------------------------------------------------- */

VTermScreenCell emulator_cell(struct emulator *emulator, int row, int column) {
    VTermScreenCell cell;
    memset(&cell, 0, sizeof cell);
    vterm_screen_get_cell(emulator->screen, (VTermPos){row, column}, &cell);
    return cell;
}

static size_t put_utf8(char *out, uint32_t point) {
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    size_t length = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    static const unsigned leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length; i-- > 1;) {
        out[i] = (char)(0x80 | (point & 0x3F));
        point >>= 6;
    }
    out[0] = (char)(leads[length] | point);
    return length;
}

const char *emulator_text_at(struct emulator *emulator, int row, int column, int width) {
    size_t room = (size_t)width * VTERM_MAX_CHARS_PER_CELL * 4 + 1;
    char *text = realloc(emulator->text, room);
    assert_non_null(text);
    emulator->text = text;
    size_t length = 0;
    for (int i = column; i < column + width && i < emulator->columns; i++) {
        VTermScreenCell cell = emulator_cell(emulator, row, i);
        if (cell.chars[0] == (uint32_t)-1 || i + cell.width > column + width) {
            continue;
        }
        if (cell.chars[0] == 0) {
            text[length++] = ' ';
        }
        for (int k = 0; k < VTERM_MAX_CHARS_PER_CELL && cell.chars[k] != 0; k++) {
            length += put_utf8(text + length, cell.chars[k]);
        }
    }
    text[length] = '\0';
    return text;
}

const char *emulator_row(struct emulator *emulator, int row) {
    emulator_text_at(emulator, row, 0, emulator->columns);
    size_t length = strlen(emulator->text);
    while (length > 0 && emulator->text[length - 1] == ' ') {
        emulator->text[--length] = '\0';
    }
    return emulator->text;
}

bool emulator_find(struct emulator *emulator, const char *text, int *row, int *column) {
    for (int i = 0; i < emulator->rows; i++) {
        const char *line = emulator_text_at(emulator, i, 0, emulator->columns);
        const char *found = strstr(line, text);
        if (found == NULL) {
            continue;
        }
        size_t offset = (size_t)(found - line);
        /* The column is where as many bytes of text lie before. */
        int at = 0;
        while (at < emulator->columns && strlen(emulator_text_at(emulator, i, 0, at)) < offset) {
            at++;
        }
        while (at < emulator->columns && emulator_cell(emulator, i, at).chars[0] == (uint32_t)-1) {
            at++;
        }
        if (row != NULL) {
            *row = i;
        }
        if (column != NULL) {
            *column = at;
        }
        return true;
    }
    return false;
}

static void expect(struct emulator *emulator, const char *text, bool present) {
    int64_t end = milliseconds() + PATIENCE;
    while (emulator_find(emulator, text, NULL, NULL) != present) {
        bool more = pump(emulator, QUIET);
        if (!more && (emulator->closed || milliseconds() > end)) {
            emulator_dump(emulator);
            fail_msg("\"%s\" never %s", text, present ? "came" : "went");
        }
    }
    emulator_settle(emulator);
}

void emulator_expect(struct emulator *emulator, const char *text) {
    expect(emulator, text, true);
}

void emulator_expect_gone(struct emulator *emulator, const char *text) {
    expect(emulator, text, false);
}

bool emulator_cursor(struct emulator *emulator, int *row, int *column) {
    VTermPos place;
    vterm_state_get_cursorpos(vterm_obtain_state(emulator->terminal), &place);
    *row = place.row;
    *column = place.col;
    return emulator->cursor_shown;
}

bool emulator_alternate(struct emulator *emulator) {
    return emulator->alternate;
}

bool emulator_cooked(struct emulator *emulator) {
    struct termios modes;
    return tcgetattr(emulator->master, &modes) == 0 && (modes.c_lflag & ECHO) != 0 &&
           (modes.c_lflag & ICANON) != 0 && (modes.c_lflag & ISIG) != 0;
}

bool emulator_coloured(struct emulator *emulator) {
    for (int row = 0; row < emulator->rows; row++) {
        for (int column = 0; column < emulator->columns; column++) {
            VTermScreenCell cell = emulator_cell(emulator, row, column);
            if (!VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg)) {
                return true;
            }
        }
    }
    return false;
}

void emulator_dump(struct emulator *emulator) {
    for (int row = 0; row < emulator->rows; row++) {
        print_message("# %2d|%s|\n", row, emulator_text_at(emulator, row, 0, emulator->columns));
    }
}
