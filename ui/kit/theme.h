/* Colours as roles: who paints says what a text is, the theme says how that looks. Every role also
 * has a monochrome look (bold, reverse, underline), taken when the terminal has no colours or
 * NO_COLOR is set. GREY is a grey that can be read on dark and on light ground where there are 256
 * colours, and the attribute (A_DIM, which not every terminal knows) where there are fewer. A class
 * is always shown by its letter too. */
#ifndef XINFENG_UI_KIT_THEME_H
#define XINFENG_UI_KIT_THEME_H

#include <stdbool.h>

/* What a text is: name, foreground, background, colour attributes, monochrome attributes. */
#define ROLE_TABLE(X)                                                                              \
    X(TEXT, DEFAULT, DEFAULT, A_NORMAL, A_NORMAL)                                                  \
    X(DIM, GREY, DEFAULT, A_DIM, A_NORMAL)                                                         \
    X(STRONG, DEFAULT, DEFAULT, A_BOLD, A_BOLD)                                                    \
    X(CHROME, CYAN, DEFAULT, A_NORMAL, A_NORMAL)                                                   \
    X(TITLE, WHITE, BLUE, A_BOLD, A_REVERSE)                                                       \
    X(DESK, DEFAULT, DEFAULT, A_NORMAL, A_NORMAL)                                                  \
    X(DESK_CURRENT, CYAN, DEFAULT, A_BOLD | A_REVERSE, A_BOLD | A_REVERSE)                         \
    X(HEADER, CYAN, DEFAULT, A_BOLD, A_BOLD | A_UNDERLINE)                                         \
    X(SELECTED, BLACK, CYAN, A_NORMAL, A_REVERSE)                                                  \
    X(KEY, YELLOW, DEFAULT, A_BOLD, A_BOLD)                                                        \
    X(LABEL, DEFAULT, DEFAULT, A_NORMAL, A_NORMAL)                                                 \
    X(STATUS, CYAN, DEFAULT, A_NORMAL, A_NORMAL)                                                   \
    X(GOOD, GREEN, DEFAULT, A_NORMAL, A_NORMAL)                                                    \
    X(WARNING, YELLOW, DEFAULT, A_BOLD, A_BOLD)                                                    \
    X(BAD, RED, DEFAULT, A_BOLD, A_BOLD | A_UNDERLINE)                                             \
    X(CLASS_A, GREEN, DEFAULT, A_NORMAL, A_NORMAL)                                                 \
    X(CLASS_B, BLUE, DEFAULT, A_BOLD, A_NORMAL)                                                    \
    X(CLASS_C, YELLOW, DEFAULT, A_BOLD, A_BOLD)                                                    \
    X(CLASS_D, RED, DEFAULT, A_BOLD, A_BOLD | A_UNDERLINE)                                         \
    X(BAR_FILLED, BLUE, DEFAULT, A_NORMAL, A_BOLD)                                                 \
    X(BAR_EMPTY, GREY, DEFAULT, A_DIM, A_NORMAL)                                                   \
    X(INPUT, DEFAULT, DEFAULT, A_UNDERLINE, A_UNDERLINE)                                           \
    X(INPUT_FOCUSED, WHITE, BLUE, A_BOLD, A_REVERSE)                                               \
    X(MESSAGE, GREEN, DEFAULT, A_BOLD, A_BOLD)                                                     \
    X(MESSAGE_WARNING, YELLOW, DEFAULT, A_BOLD, A_BOLD)                                            \
    X(MESSAGE_ERROR, WHITE, RED, A_BOLD, A_BOLD | A_REVERSE)

enum role {
#define ROLE_ENUM(name, foreground, background, colour, mono) ROLE_##name,
    ROLE_TABLE(ROLE_ENUM)
#undef ROLE_ENUM
        ROLE_COUNT,
    ROLE_ON_CURSOR = 0x100 /* or-ed to a role: the same, on the row the cursor is on */
};

/* How curses shows a role. */
struct style {
    unsigned attributes; /* A_* without a colour */
    short pair;          /* colour pair; 0 in monochrome */
};

/* Chooses the scheme; called by terminal_start once curses runs. */
void theme_start(bool monochrome);

/* True when no colour is used. */
bool theme_monochrome(void);

/* The look of a role, with or without ROLE_ON_CURSOR. */
struct style theme_style(int role);

/* The look of the filled part of a bar in a role: a block of the role's colour, its glyph as good
 * as unseen; the role's own look where there are too few colours for that. */
struct style theme_bar_style(int role);

/* The role of a class letter 'A' .. 'D'; ROLE_TEXT for anything else. */
enum role theme_class_role(char letter);

#endif
