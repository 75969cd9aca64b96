/* Text is UTF-8, measured in terminal columns. All widths in the program come from here. */
#ifndef XINFENG_BASE_TEXT_H
#define XINFENG_BASE_TEXT_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* True when the bytes are well-formed UTF-8. */
bool text_valid_utf8(const char *text, size_t length);

/* One grapheme cluster (what a reader calls a character) at text, at most length bytes.
 * Gives its length in bytes (0 only when length is 0; an ill-formed byte is a cluster of 1) and,
 * in *width when not NULL, its columns: 0, 1 or 2. */
size_t text_next_grapheme(const char *text, size_t length, int *width);

/* True when there is nothing to read: NULL, or only blanks, the full-width blank among them. */
bool text_blank(const char *text);

/* Columns that length bytes take on a terminal. Control characters count as one (painted '?'). */
int text_width_n(const char *text, size_t length);

/* Columns of a NUL-terminated string. */
int text_width(const char *text);

/* Room for any whole number with its thousands parted. */
#define TEXT_NUMBER_SIZE 32

/* A whole number with its thousands parted: "5,832"; returns text. */
const char *text_number(int64_t number, char text[static TEXT_NUMBER_SIZE]);

/* The longest prefix, in bytes and whole graphemes, that fits in columns; its own columns in
 * *width when not NULL. A wide grapheme that would be cut is left out. */
size_t text_fit(const char *text, size_t length, int columns, int *width);

/* NFKC (full-width folded), control characters and runs of white space turned to one blank, ends
 * trimmed. Heap string, free with free; NULL when memory is short or the text is not UTF-8. */
char *text_normalise(const char *text);

/* Room for the compatible form of any one character, and the NUL. */
#define TEXT_COMPATIBLE_SIZE 80

/* Writes the NFKC form of the one character at text: ￥ becomes ¥, the radical ⼀ the numeral 一.
 * Digits that are marks beside a text (², ①, ⑴, ½) stay as they are: folded they would grow into
 * the number they stand beside. An ill-formed byte stays too. Gives the length of the character in
 * bytes, 0 at the end of the text. */
size_t text_compatible(const char *text, char folded[static TEXT_COMPATIBLE_SIZE]);

/* text_normalise with upper-case ASCII, blanks removed and brackets made one kind: what two
 * spellings of one enterprise's name share. Heap string; NULL as text_normalise. */
char *text_name_key(const char *name);

/* The same, added to a buffer, which counts as failed when text_name_key would give NULL. */
void text_append_name_key(struct buffer *buffer, const char *name);

/* True when two spellings are of one name: their keys are the same. */
bool text_same_name(const char *left, const char *right);

#endif
