/* The parts of a workbook: a zip archive of XML documents, which may come from anywhere and are
 * trusted in nothing. Memory does not grow with the size of a part. */
#ifndef XINFENG_BOOK_PART_H
#define XINFENG_BOOK_PART_H

#include "base/result.h"
#include "book/xml.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An opened archive. */
struct book_parts;

/* A part that is being unpacked. */
struct book_part;

/* Opens the archive at path. RESULT_INVALID when it is none, or holds two parts of one name (of
 * which programs show different ones); as error_from_errno when it cannot be opened. */
enum result book_parts_open(struct book_parts **parts, const char *path, struct error *error);

/* NULL is harmless. */
void book_parts_close(struct book_parts *parts);

/* The path it was opened at. */
const char *book_parts_path(const struct book_parts *parts);

/* True when there is a part of this name; case does not matter, as in the format. */
bool book_parts_have(const struct book_parts *parts, const char *name);

/* Begins to unpack a part; parts and name have to live on. RESULT_INVALID when it is missing,
 * encrypted, or says to unpack to more than any workbook needs. Close with book_part_close. */
enum result book_part_open(struct book_part **part, const struct book_parts *parts,
                           const char *name, struct error *error);

/* Gives the next bytes, at most room; *length is 0 at the end. RESULT_INVALID when the part is
 * damaged or unpacks to more than any workbook needs. */
enum result book_part_take(struct book_part *part, char *bytes, size_t room, size_t *length,
                           struct error *error);

/* Bytes it says to unpack to. */
uint64_t book_part_size(const struct book_part *part);

/* The part as the input of a document; it has to live on. */
struct book_xml_input book_part_input(struct book_part *part);

/* NULL is harmless. */
void book_part_close(struct book_part *part);

/* Reads a part to its end. RESULT_INVALID as book_part_open, book_part_take and book_xml_read. */
enum result book_part_read(struct book_parts *parts, const char *name,
                           const struct book_grammar *grammar, const struct book_xml_reader *reader,
                           struct error *error);

/* The sentences of book_xml_fault and book_xml_too_large for a part, for its readers. */
enum result book_part_fault(const struct book_parts *parts, const char *name, struct error *error);
enum result book_part_too_large(const struct book_parts *parts, const char *name,
                                struct error *error);

#endif
