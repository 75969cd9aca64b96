/* Compound files ([MS-CFB]): small file systems, in which workbooks before 2007 lie and workbooks
 * with a password. They may come from anywhere and are trusted in nothing. Memory is a hundredth of
 * the file. */
#ifndef XINFENG_BOOK_OLE_H
#define XINFENG_BOOK_OLE_H

#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An opened compound file. */
struct book_ole;

/* A stream in it that is read. */
struct book_ole_stream;

/* Opens the file at path. RESULT_INVALID when it is damaged or larger than any workbook; as
 * error_from_errno when it cannot be opened. Close with book_ole_close. */
enum result book_ole_open(struct book_ole **ole, const char *path, struct error *error);

/* The path it was opened at. */
const char *book_ole_path(const struct book_ole *ole);

/* True when there is a stream or folder of this name (ASCII) at the top. */
bool book_ole_have(const struct book_ole *ole, const char *name);

/* Opens the stream of this name at the top, which there must be. The file has to live on. Free with
 * book_ole_stream_free. */
enum result book_ole_stream_open(struct book_ole_stream **stream, struct book_ole *ole,
                                 const char *name, struct error *error);

/* Its length in bytes. */
uint64_t book_ole_stream_size(const struct book_ole_stream *stream);

/* Reads length bytes from a place on. RESULT_INVALID when there are not so many. */
enum result book_ole_stream_read(struct book_ole_stream *stream, uint64_t at, void *bytes,
                                 size_t length, struct error *error);

/* The sentence for a compound file that is damaged; RESULT_INVALID. */
enum result book_ole_damaged(const struct book_ole *ole, struct error *error);

/* NULL is harmless. */
void book_ole_stream_free(struct book_ole_stream *stream);
void book_ole_close(struct book_ole *ole);

/* Little-endian numbers. */
uint32_t book_number2(const unsigned char *at);
uint32_t book_number4(const unsigned char *at);

#endif
