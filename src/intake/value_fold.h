/* What every reader of a cell does first: folding, and telling a cell that says nothing. Pure
 * functions, no memory of their own. */
#ifndef XINFENG_INTAKE_VALUE_FOLD_H
#define XINFENG_INTAKE_VALUE_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What reading a cell gave. */
enum parse {
    PARSE_OK,
    PARSE_NONE,    /* blank, or a way of saying nothing: / 无 不详 N/A - ... */
    PARSE_BAD,     /* something, but not this */
    PARSE_FOREIGN, /* an amount, but not of yuan */
};

/* The room that short values (days, numbers, codes) are folded in; longer cells are none. */
#define VALUE_SIZE 256

/* Folds a cell for reading: every character to its compatible form (NFKC, text_compatible), so
 * full-width letters, digits and signs become ASCII; blanks at the ends go, white space of every
 * kind becomes one blank, characters that are not seen (zero-width blanks, marks of direction) go.
 * false when it does not fit in size bytes. */
bool value_fold(const char *cell, char *text, size_t size);

/* True when a folded text says that there is nothing: "", "/", "无", "不详", "N/A", "-", "*",
 * "(空白)", "#REF!" ... It is the whole text that says so; a text that only starts so is none. */
bool value_is_nothing(const char *folded);

/* A text as written, ends trimmed and line breaks turned to blanks, what is not seen taken out, in
 * place; false when it says that there is nothing. */
bool value_text_trim(char *text);

/* A name: value_text_trim, and question marks and stops that a conversion left at its end go. */
bool value_name_trim(char *text);

/* Reads a whole number and moves *text behind it: digits, or groups of three or of four digits set
 * off by commas (1,234,567 and 123,4567). A comma before anything else ends the number. Gives how
 * many digits there are, 0 when there is no number, -1 when there are more than most (18 at most).
 */
int value_read_whole(const char **text, int most, int64_t *value);

#endif
