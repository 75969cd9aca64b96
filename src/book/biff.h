/* The records of a workbook before 2007 ([MS-XLS], and the format of 1995 before it), and the texts
 * in them, which may go on from one record to the next. */
#ifndef XINFENG_BOOK_BIFF_H
#define XINFENG_BOOK_BIFF_H

#include "base/buffer.h"
#include "book/ole.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BOOK_BIFF_BODY 65535

/* A workbook stream that is read record by record. Set stream and ole; zero the rest. */
struct book_biff {
    struct book_ole_stream *stream;
    const struct book_ole *ole;
    bool unicode; /* the texts are; else bytes in code_page */
    unsigned code_page;
    void *converter; /* of that code page, once used */
    uint64_t at;     /* where the next record starts */
    unsigned type;   /* of the record at hand */
    size_t length;   /* of its body */
    size_t place;    /* in the body, of who reads it */
    unsigned char body[BOOK_BIFF_BODY];
};

enum book_biff_type {
    BIFF_EOF = 0x000A,
    BIFF_FORMULA = 0x0006,
    BIFF_DATE_MODE = 0x0022,
    BIFF_FILE_PASS = 0x002F,
    BIFF_CONTINUE = 0x003C,
    BIFF_CODE_PAGE = 0x0042,
    BIFF_BOUND_SHEET = 0x0085,
    BIFF_MULTIPLE_RK = 0x00BD,
    BIFF_RICH_STRING = 0x00D6,
    BIFF_STYLE = 0x00E0,
    BIFF_MERGES = 0x00E5,
    BIFF_STRINGS = 0x00FC,
    BIFF_SHARED_STRING = 0x00FD,
    BIFF_NUMBER = 0x0203,
    BIFF_LABEL = 0x0204,
    BIFF_TRUTH = 0x0205,
    BIFF_STRING = 0x0207,
    BIFF_ARRAY = 0x0221,
    BIFF_DATA_TABLE = 0x0236,
    BIFF_RK = 0x027E,
    BIFF_FORMAT = 0x041E,
    BIFF_SHARED_FORMULA = 0x04BC,
    BIFF_BOF = 0x0809,
};

/* Goes to the next record; RESULT_INVALID when the stream ends before or within it. */
enum result book_biff_next(struct book_biff *biff, struct error *error);

/* The type of the record behind the one at hand; 0 at the end of the stream. */
enum result book_biff_peek(struct book_biff *biff, unsigned *type, struct error *error);

/* Numbers of the body at a place; 0 beyond its end. */
uint32_t book_biff_number2(const struct book_biff *biff, size_t at);
uint32_t book_biff_number4(const struct book_biff *biff, size_t at);
double book_biff_real(const struct book_biff *biff, size_t at);

/* Reads a text of so many characters from `place` on, appending it as UTF-8; the records it goes on
 * in are gone to. */
enum result book_biff_text(struct book_biff *biff, size_t characters, struct buffer *text,
                           struct error *error);

/* Moves `place` on, into following records where the body ends. */
enum result book_biff_pass(struct book_biff *biff, size_t length, struct error *error);

/* Numbers at `place`, which may go on in the next record; they move it on. */
enum result book_biff_take2(struct book_biff *biff, uint32_t *number, struct error *error);

/* Releases what texts needed. */
void book_biff_end(struct book_biff *biff);

#endif
