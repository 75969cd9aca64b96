/* The parts of a workbook: a zip archive of XML documents, which may come from anywhere and are
 * trusted in nothing. A part is read as a stream against a grammar: the elements that are looked
 * for and where they may stand. Memory does not grow with the size of a part. */
#ifndef XINFENG_BOOK_PART_H
#define XINFENG_BOOK_PART_H

#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>

/* An opened archive. */
struct book_parts;

/* Places in a part besides those that a grammar names, which are above 0. */
#define BOOK_PART_START 0
#define BOOK_PART_PASSED (-1) /* an element passed over with all it holds */

/* The longest text of one element in bytes: a cell holds 32,767 UTF-16 units at most. */
#define BOOK_PART_MOST_TEXT 131072

/* An element that may stand at a place. Elements of other namespaces than the grammar's have no
 * name: only an element without a name matches them. */
struct book_element {
    int parent;       /* the place it stands at */
    const char *name; /* NULL: any other element; after those with names */
    int place;        /* the place inside it */
    bool text;        /* its text is wanted */
};

/* What a part may be made of. What no element matches is a fault. */
struct book_grammar {
    const char *const *namespaces; /* ended by NULL */
    const struct book_element *elements;
    size_t count;
};

/* Who reads a part; either function may be NULL. A failure ends the reading. */
struct book_part_reader {
    void *context;
    /* Attributes are names and values in turn, ended by NULL; a name in a
     * namespace has that and a blank before it. */
    enum result (*begin)(void *context, int place, const char *const *attributes,
                         struct error *error);
    /* text is "" unless wanted; it is the reader's to change until the call returns. */
    enum result (*end)(void *context, int place, char *text, size_t length, struct error *error);
};

/* Opens the archive at path. RESULT_INVALID when it is none, or holds two parts of one name (of
 * which programs show different ones); as error_from_errno when it cannot be opened. */
enum result book_parts_open(struct book_parts **parts, const char *path, struct error *error);

/* NULL is harmless. */
void book_parts_close(struct book_parts *parts);

/* The path it was opened at. */
const char *book_parts_path(const struct book_parts *parts);

/* True when there is a part of this name; case does not matter, as in the format. */
bool book_parts_have(const struct book_parts *parts, const char *name);

/* Reads a part to its end. RESULT_INVALID, naming the part and the line, when it is missing,
 * damaged, encrypted, breaks the grammar, carries a document type (no entities, so none that
 * multiply) or unpacks to more than any workbook needs. */
enum result book_part_read(struct book_parts *parts, const char *name,
                           const struct book_grammar *grammar,
                           const struct book_part_reader *reader, struct error *error);

/* The sentence for a part that is well-formed but says what no workbook says; RESULT_INVALID. For
 * readers, which know the part they are in. */
enum result book_part_fault(const struct book_parts *parts, const char *name, struct error *error);

/* The value of an attribute, or NULL. */
const char *book_part_attribute(const char *const *attributes, const char *name);

#endif
