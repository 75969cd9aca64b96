/* Questions to the person: a line at the bottom, yes or no, a list, a notice. Each runs until it is
 * answered; a resize keeps what was typed. Lists and notices take the whole body, full width, so
 * that Chinese text is not cut. */
#ifndef XINFENG_UI_KIT_PROMPT_H
#define XINFENG_UI_KIT_PROMPT_H

#include "ui/kit/screen.h"

/* A question for a line of text. */
struct prompt {
    const char *label;   /* translated */
    const char *initial; /* what stands there first; NULL: nothing */
    bool secret;         /* shown as '*' */
    const char *above;   /* translated text in the rows over the line; NULL: none */
    const char *footer;  /* translated: the keys; NULL: those of every line */

    /* Called at each change, for a search that follows the typing; may be NULL. */
    void (*changed)(void *context, const char *text);

    /* Called with a key that the line has no use for, such as Tab, Up and Down: a text on the heap
     * takes the place of what was typed, NULL leaves it. May be NULL. */
    char *(*key)(void *context, int key, const char *text);
    void *context;
};

/* Asks for a line in the status row. Heap string, free with free; NULL after Esc. */
char *prompt_text(struct screen *screen, const struct prompt *prompt);

/* Asks yes or no. consequence is a translated sentence that names what will happen. Only 'y' or
 * Enter on "yes" agrees; Esc, 'n' and anything else do not. */
bool prompt_confirm(struct screen *screen, const char *consequence);

/* Lets one of count translated items be chosen, typing narrows the list. Its place, or -1 after
 * Esc. */
int prompt_choose(struct screen *screen, const char *title, const char *const *items, size_t count,
                  size_t initial);

/* Lets any of count (at most 64) translated items be marked with Space. False after Esc: *flags is
 * unchanged then. */
bool prompt_mark(struct screen *screen, const char *title, const char *const *items, size_t count,
                 uint64_t *flags);

/* Shows a long text, scrolled with the arrows, until Enter or Esc. */
void prompt_notice(struct screen *screen, const char *title, const char *text);

/* The same for a text that Enter goes on from and Esc back: true after Enter. keys is what the
 * footer says of the two, translated. */
bool prompt_offer(struct screen *screen, const char *title, const char *text, const char *keys);

#endif
