/* The emergency exit: gives the terminal back when a signal ends the program, with nothing but
 * what a signal handler may call. */
#ifndef XINFENG_UI_KIT_RESTORE_H
#define XINFENG_UI_KIT_RESTORE_H

#include <stdbool.h>

/* Remembers how the terminal is now and what brings it back. Called before curses changes it, with
 * the terminal type already known to be good. */
void restore_remember(bool mouse);

/* From now on every signal that ends the program, wanted or by a fault, first restores the
 * terminal and fd 2 (from error_fd), then ends the program as it would have. */
void restore_on_signals(int error_fd);

/* The terminal was given back in good order: signals do what they did before. */
void restore_forget(void);

#endif
