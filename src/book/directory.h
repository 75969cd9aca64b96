/* What a workbook (.xlsx) holds: its sheets and the parts they are in. */
#ifndef XINFENG_BOOK_DIRECTORY_H
#define XINFENG_BOOK_DIRECTORY_H

#include "book/part.h"
#include "book/read.h"

#include <stdbool.h>
#include <stddef.h>

/* An opened workbook. */
struct book_directory;

/* Opens a workbook and reads its directory. RESULT_INVALID with a sentence when the file is no
 * workbook, or one that is damaged, encrypted or built to harm (book/part.h). Close with
 * book_directory_close. */
enum result book_directory_open(struct book_directory **directory, const char *path,
                                struct error *error);

/* NULL is harmless. */
void book_directory_close(struct book_directory *directory);

/* The archive, owned by the directory. */
struct book_parts *book_directory_parts(const struct book_directory *directory);

/* The sheets in the order of their tabs. */
const struct book_reader_sheet *book_directory_sheets(const struct book_directory *directory,
                                                      size_t *count);

/* The number of the sheet of this name, from 0; SIZE_MAX when there is none. */
size_t book_directory_find(const struct book_directory *directory, const char *name);

/* The part a sheet is in; NULL for one that is no table (a chart). */
const char *book_directory_sheet_part(const struct book_directory *directory, size_t sheet);

/* The sentence for such a sheet; RESULT_INVALID. */
enum result book_directory_no_table(const struct book_directory *directory, size_t sheet,
                                    struct error *error);

/* The first part of a type, "sharedStrings" or "styles"; NULL when there is none. */
const char *book_directory_part(const struct book_directory *directory, const char *type);

/* True when days are counted from 1904 instead of 1900. */
bool book_directory_from_1904(const struct book_directory *directory);

#endif
