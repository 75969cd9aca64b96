/* XML documents of workbooks, which may come from anywhere and are trusted in nothing. A document
 * is read as a stream against a grammar: the elements that are looked for and where they may
 * stand. Memory does not grow with the size of a document. */
#ifndef XINFENG_BOOK_XML_H
#define XINFENG_BOOK_XML_H

#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A document being read. */
struct book_xml;

/* Places in a document besides those that a grammar names, which are above 0. */
#define BOOK_XML_START 0
#define BOOK_XML_PASSED (-1) /* an element passed over with all it holds */

/* The longest text of one element in bytes: a cell holds 32,767 UTF-16 units at most. */
#define BOOK_XML_MOST_TEXT 131072

/* An element that may stand at a place. Elements of other namespaces than the grammar's have no
 * name: only an element without a name matches them. */
struct book_element {
    int parent;       /* the place it stands at */
    const char *name; /* NULL: any other element; after those with names */
    int place;        /* the place inside it */
    bool text;        /* its text is wanted */
};

/* What a document may be made of. What no element matches is a fault. */
struct book_grammar {
    const char *const *namespaces; /* ended by NULL */
    const struct book_element *elements;
    size_t count;
};

/* Who reads a document; each function may be NULL. A failure ends the reading. */
struct book_xml_reader {
    void *context;
    /* Attributes are names and values in turn, ended by NULL; a name in a
     * namespace has that and a blank before it. */
    enum result (*begin)(void *context, int place, const char *const *attributes,
                         struct error *error);
    /* text is "" unless wanted; it is the reader's to change until the call returns. Of a text
     * with elements in it, only what stands behind the last of them is given. */
    enum result (*end)(void *context, int place, char *text, size_t length, struct error *error);
    /* Wanted text as it comes, in pieces; end is given "" then. */
    enum result (*text)(void *context, int place, const char *text, size_t length,
                        struct error *error);
};

/* Where the bytes of a document come from. read gives at most room of them, 0 at the end. */
struct book_xml_input {
    void *context;
    enum result (*read)(void *context, char *bytes, size_t room, size_t *length,
                        struct error *error);
    const char *path;     /* the file, for sentences */
    const char *part;     /* the part of it that the document is; NULL: all of it */
    const char *encoding; /* of the bytes, whatever the document says; NULL: as it says */
};

/* Begins a document; grammar, reader and input have to live on, the input's context too. Free with
 * book_xml_free. */
enum result book_xml_new(struct book_xml **xml, const struct book_grammar *grammar,
                         const struct book_xml_reader *reader, const struct book_xml_input *input,
                         struct error *error);

/* Reads on until the reader pauses or the document ends; *more is false then. RESULT_INVALID,
 * naming the document and the line, when it is damaged, breaks the grammar, carries a document type
 * (no entities, so none that multiply), or has tags, texts or depths that no workbook has. */
enum result book_xml_read(struct book_xml *xml, bool *more, struct error *error);

/* For a reader's end: book_xml_read returns when that does. */
void book_xml_pause(struct book_xml *xml);

/* Bytes read so far. */
uint64_t book_xml_position(const struct book_xml *xml);

/* NULL is harmless. */
void book_xml_free(struct book_xml *xml);

/* The sentence for a document that is well-formed but says what no workbook says, and for one that
 * is larger than any; RESULT_INVALID. */
enum result book_xml_fault(const struct book_xml_input *input, struct error *error);
enum result book_xml_too_large(const struct book_xml_input *input, struct error *error);

/* The value of an attribute, or NULL. */
const char *book_xml_attribute(const char *const *attributes, const char *name);

#endif
