/* The texts that the cells of a workbook share. */
#ifndef XINFENG_BOOK_STRINGS_H
#define XINFENG_BOOK_STRINGS_H

#include "base/buffer.h"
#include "book/part.h"

#include <stdbool.h>
#include <stddef.h>

/* Namespaces of the documents a workbook is made of: the usual one and that of its strict kind;
 * ended by NULL. */
extern const char *const book_namespaces[];

/* What a text is made of, at a place of a grammar: plain, or in formatted runs, of which the texts
 * are wanted at the place `piece`; reading aids above characters are passed over. The three places
 * have to be the grammar's own. */
#define BOOK_RICH_TEXT(rich, run, piece)                                                           \
    {rich, "t", piece, true}, {rich, "r", run, false}, {rich, "rPh", BOOK_XML_PASSED, false},      \
        {rich, "phoneticPr", BOOK_XML_PASSED, false}, {run, "rPr", BOOK_XML_PASSED, false}, {      \
        run, "t", piece, true                                                                      \
    }

struct book_strings;

/* Reads the part with the shared texts. Free with book_strings_free. RESULT_INVALID as
 * book_part_read, and when there are more of them than is reasonable to hold. */
enum result book_strings_read(struct book_strings **strings, struct book_parts *parts,
                              const char *part, struct error *error);

/* Texts that are put together one by one: an empty collection (NULL when memory is short), the
 * place to append the next text to, and its end. book_strings_end gives false when there are more
 * than is reasonable to hold, or memory is short: book_strings_short tells. */
struct book_strings *book_strings_new(void);
struct buffer *book_strings_text(struct book_strings *strings);
bool book_strings_end(struct book_strings *strings);
bool book_strings_short(const struct book_strings *strings);

/* A text by its number; NULL when there is no such text. */
const char *book_strings_get(const struct book_strings *strings, size_t number);

/* NULL is harmless. */
void book_strings_free(struct book_strings *strings);

#endif
