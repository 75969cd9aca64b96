#include "ui/kit/restore.h"

#include <curses.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

enum { SEQUENCE_SIZE = 512, STACK_SIZE = 64 * 1024 };

static const int signals[] = {SIGHUP,  SIGINT,  SIGTERM, SIGQUIT, SIGPIPE,
                              SIGSEGV, SIGABRT, SIGBUS,  SIGFPE,  SIGILL};
#define SIGNAL_COUNT (sizeof signals / sizeof signals[0])

static struct {
    struct termios modes;
    bool have_modes;
    char sequence[SEQUENCE_SIZE]; /* what the terminal must hear */
    size_t length;
    int error_fd;
    pid_t owner; /* a forked child must not touch the terminal */
    struct sigaction previous[SIGNAL_COUNT];
    bool armed;
} kept = {.error_fd = -1};

/* A handler of its own stack survives a stack overflow. */
static char handler_stack[STACK_SIZE];

static void add_bytes(const char *text) {
    size_t length = strlen(text);
    if (kept.length + length <= sizeof kept.sequence) {
        memcpy(kept.sequence + kept.length, text, length);
        kept.length += length;
    }
}

/* Adds a terminfo string without its padding ("$<5>"), which write cannot wait for. */
static void add_capability(const char *name) {
    const char *text = tigetstr(name);
    if (text == NULL || text == (const char *)-1) {
        return;
    }
    while (*text != '\0' && kept.length < sizeof kept.sequence) {
        const char *padding = strncmp(text, "$<", 2) == 0 ? strchr(text, '>') : NULL;
        if (padding != NULL) {
            text = padding + 1;
            continue;
        }
        kept.sequence[kept.length++] = *text++;
    }
}

void restore_remember(bool mouse) {
    kept.have_modes = tcgetattr(STDIN_FILENO, &kept.modes) == 0;
    kept.length = 0;
    int known;
    if (setupterm(NULL, STDOUT_FILENO, &known) == OK) {
        if (mouse) {
            add_bytes("\033[?1000l\033[?1006l");
        }
        add_bytes("\033[?2004l");
        add_capability("sgr0");
        add_capability("op");
        add_capability("rmkx");
        add_capability("rmcup");
        add_capability("cnorm");
        del_curterm(cur_term);
    }
}

/* Ends the program by the signal, after the terminal is whole again. Only calls that are safe in a
 * handler. */
static void restore_and_die(int number) {
    int error = errno;
    if (getpid() == kept.owner) {
        const char *text = kept.sequence;
        size_t left = kept.length;
        while (left > 0) {
            ssize_t written = write(STDOUT_FILENO, text, left);
            if (written <= 0) {
                break;
            }
            text += written;
            left -= (size_t)written;
        }
        if (kept.have_modes) {
            tcsetattr(STDIN_FILENO, TCSANOW, &kept.modes);
        }
        if (kept.error_fd >= 0) {
            dup2(kept.error_fd, STDERR_FILENO);
        }
    }
    errno = error;
    /* SA_RESETHAND has put the default back; the signal comes again when the handler returns. */
    raise(number);
}

void restore_on_signals(int error_fd) {
    kept.error_fd = error_fd;
    kept.owner = getpid();
    stack_t stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};
    int on_stack = sigaltstack(&stack, NULL) == 0 ? SA_ONSTACK : 0;
    struct sigaction action = {.sa_handler = restore_and_die,
                               .sa_flags = (int)SA_RESETHAND | on_stack};
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < SIGNAL_COUNT; i++) {
        sigaction(signals[i], &action, &kept.previous[i]);
    }
    kept.armed = true;
}

void restore_forget(void) {
    if (!kept.armed) {
        return;
    }
    for (size_t i = 0; i < SIGNAL_COUNT; i++) {
        sigaction(signals[i], &kept.previous[i], NULL);
    }
    kept.armed = false;
    kept.error_fd = -1;
}
