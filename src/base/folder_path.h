/* Paths as persons write them: typed, pasted, or dropped on the terminal with the mouse. */
#ifndef XINFENG_BASE_FOLDER_PATH_H
#define XINFENG_BASE_FOLDER_PATH_H

#include "base/folder.h"

/* True when a text can only be meant as a path: it begins with a slash, a tilde, or file://, within
 * the quotation marks of a shell or without. */
bool folder_path_is(const char *text);

/* The absolute path that a text means, in the arena: blanks around it and quotation marks go,
 * file:// addresses are decoded, "~" is the home of who runs the program, and what is not absolute
 * lies in the folder `base`. NULL when memory is short. */
const char *folder_path_read(struct arena *arena, const char *text, const char *base);

/* Where the name at the end of a path begins: behind its last slash. */
size_t folder_path_name(const char *path);

/* Completes the name at the end of a text by what all entries begin with, which are those that its
 * folder holds of such names; a single folder gets its slash. What stands before the name stays as
 * it was written. On the heap; NULL when nothing is to be added, or memory is short. */
char *folder_path_complete(const char *text, const struct folder_entry *const *entries,
                           size_t count);

#endif
