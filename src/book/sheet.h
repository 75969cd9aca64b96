/* The house style of workbooks: how a sheet of the bureau looks on screen and on paper. The only
 * door to libxlsxwriter; what is handed out says what it wants shown, not how a cell is painted.
 *
 * Sheets are written row by row from the top, in constant memory: rows that were put go to disk
 * and cannot be changed, so a sheet of a million rows needs no more memory than one of ten.
 *
 * The library does not notice when one of its temporary files runs out of room: the sheet would
 * simply end there. So book_close reads back what was written (book/check.h).
 *
 * Failure sticks, as in base/buffer.h: after the first error of the library every call does
 * nothing, and book_close tells. */
#ifndef XINFENG_BOOK_SHEET_H
#define XINFENG_BOOK_SHEET_H

#include "base/date.h"
#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A workbook being written, and a sheet of it. A sheet lives as long as its book. */
struct book;
struct sheet;

#define BOOK_MOST_SHEETS 16
#define SHEET_MOST_COLUMNS 32

/* Rows that a sheet can have, by the format. */
#define SHEET_MOST_ROWS 1048576

/* What a workbook says about itself. Texts are borrowed until book_new returns. */
struct book_facts {
    const char *title;
    const char *subject;
    const char *author;
    const char *company;
    const char *keywords;
    const char *comments;
    const char *heading;      /* left in the head of every page */
    const char *verification; /* left in the foot of every page */
    date created;
    bool outward; /* leaves the house: nothing on it says that it is internal */
};

/* How a cell looks. Everything from SHEET_HEADER on has a border. */
enum sheet_style {
    SHEET_TITLE,
    SHEET_SUBTITLE,
    SHEET_BANNER, /* the state of the document, framed */
    SHEET_SECTION,
    SHEET_PARAGRAPH,
    SHEET_SMALL,     /* notes under a table */
    SHEET_SIGNATURE, /* who signs, on a line */
    SHEET_HEADER,
    SHEET_LABEL,
    SHEET_TEXT,
    SHEET_CENTRE,
    SHEET_CODE,    /* a code: text, also where it is all digits */
    SHEET_DIGEST,  /* equal widths for digests, commands, tickets */
    SHEET_NUMBER,  /* 5,832 */
    SHEET_ORDINAL, /* 5832 */
    SHEET_POINTS,  /* 199.90 */
    SHEET_PERCENT,
    SHEET_DATE,
    SHEET_TOTAL,
    SHEET_TOTAL_NUMBER,
    SHEET_TOTAL_PERCENT,
    SHEET_FIGURE, /* the one large number of a page, 238.50 */
    SHEET_FINE,   /* the small print of dense tables: lines that lie close */
    SHEET_FINE_CENTRE,
    SHEET_FINE_DATE,
    SHEET_FINE_POINTS,
    SHEET_FINE_STRONG,
    SHEET_FINE_STRONG_POINTS,
    SHEET_GROUP, /* the line that leads a group of a dense table, shaded */
    SHEET_GROUP_POINTS,
    SHEET_BAR,    /* a number drawn as a bar */
    SHEET_DIGITS, /* digits that are read out before people */
    SHEET_DIGEST_LARGE,
    SHEET_LARGE,
    SHEET_CLASS_A, /* the letter, and a look that differs without colour too */
    SHEET_CLASS_B,
    SHEET_CLASS_C,
    SHEET_CLASS_D,
    SHEET_STYLE_COUNT
};

/* A column of a table. Widths are columns of text: a Han character takes two. */
struct sheet_column {
    const char *title; /* English msgid, translated when shown */
    int least;
    int most;
    enum sheet_style style; /* what most of its cells have; widths are reckoned by it */
};

/* One cell of a row. Made by the functions below; texts are borrowed until the row is put. */
struct sheet_cell {
    enum {
        SHEET_IS_BLANK,
        SHEET_IS_TEXT,
        SHEET_IS_NUMBER,
        SHEET_IS_DAY,
        SHEET_IS_SUM,
        SHEET_IS_BAR
    } kind;
    enum sheet_style style;
    int span; /* columns covered; 0 as 1 */
    const char *text;
    double number;
    double full; /* what a bar that fills its cell stands for */
    date day;
    uint32_t first_row; /* a sum's rows, from 0 */
    uint32_t last_row;
};

struct sheet_cell sheet_blank(enum sheet_style style);
/* NULL and "" give a blank cell; a text longer than a cell can hold is cut. */
struct sheet_cell sheet_text(enum sheet_style style, const char *text);
struct sheet_cell sheet_number(enum sheet_style style, double number);
/* DATE_NONE gives a blank cell. */
struct sheet_cell sheet_day(enum sheet_style style, date day);
/* The sum of the same column over rows, as a formula that carries its value. */
struct sheet_cell sheet_sum(enum sheet_style style, uint32_t first_row, uint32_t last_row,
                            double value);
/* A bar as long as number is of full, dark on white, so that any printer shows it. */
struct sheet_cell sheet_bar(double number, double full);
/* The same cell over more columns. */
struct sheet_cell sheet_wide(struct sheet_cell cell, int span);

/* Starts a workbook at path; temporary files go to folder, so that one file system alone has to
 * have room. Ends with book_close. RESULT_NO_MEMORY. */
enum result book_new(struct book **book, const char *path, const char *folder,
                     const struct book_facts *facts, struct error *error);

/* Adds a sheet, in the order of the tabs: A4 landscape, one page wide, with the internal mark and
 * the verification line on every page (no mark where facts.outward). name has at most 31
 * characters. */
struct sheet *book_add_sheet(struct book *book, const char *name);

/* A text of its own beside the properties that every program shows ("draw id": ...). */
void book_set_property(struct book *book, const char *name, const char *value);

/* Writes the file and frees the book, whatever the result; a half-written file is for the caller
 * to remove. RESULT_NO_SPACE, RESULT_IO or RESULT_NO_MEMORY with a sentence naming the file. */
enum result book_close(struct book *book, struct error *error);

/* Sets the columns of a sheet, which start as wide as their titles allow. */
void sheet_set_columns(struct sheet *sheet, const struct sheet_column *columns, size_t count);

/* Lets a column grow for a text, up to its most. Before sheet_settle. */
void sheet_measure(struct sheet *sheet, size_t column, const char *text);

/* Ends measuring: widths stand, rows can be put. */
void sheet_settle(struct sheet *sheet);

/* The row that is put next, from 0. */
uint32_t sheet_row(const struct sheet *sheet);

/* Puts a row of cells from the first column on, high enough for what wraps. */
void sheet_put(struct sheet *sheet, const struct sheet_cell *cells, size_t count);

/* The height in points that sheet_put would give the row. */
double sheet_height(const struct sheet *sheet, const struct sheet_cell *cells, size_t count);

/* sheet_put with the cells listed. */
#define SHEET_PUT(sheet, ...)                                                                      \
    sheet_put(sheet, (const struct sheet_cell[]){__VA_ARGS__},                                     \
              sizeof((struct sheet_cell[]){__VA_ARGS__}) / sizeof(struct sheet_cell))

/* Puts one text over all columns. */
void sheet_line(struct sheet *sheet, enum sheet_style style, const char *text);

/* Leaves a row of this height, in points, empty. */
void sheet_gap(struct sheet *sheet, double height);

/* Puts the titles of the columns. */
void sheet_header(struct sheet *sheet);

/* From here on: the header is the row put last; it and all above stay in sight, with the first
 * columns, and are repeated on every page. */
void sheet_freeze(struct sheet *sheet, size_t columns);

/* Gives the table from the header row to the last row a filter. */
void sheet_filter(struct sheet *sheet, uint32_t header_row, uint32_t last_row);

/* Offers the words of another sheet where a person types: for a column, from the row put next on,
 * over so many rows. The words stand in a column of that sheet, below its first row. Other words
 * are asked about, not refused. */
void sheet_offer(struct sheet *sheet, size_t column, uint32_t rows, const char *words_sheet,
                 size_t words_column, size_t words);

/* As sheet_offer, for cells that may hold several words: what else is typed is not asked about. */
void sheet_suggest(struct sheet *sheet, size_t column, uint32_t rows, const char *words_sheet,
                   size_t words_column, size_t words);

/* Page breaks that a sheet takes; programs know no more. */
#define SHEET_MOST_BREAKS 1023

/* Prints the sheet at so many hundredths of its size rather than as wide as the paper, so that it
 * has pages of its own making: those that sheet_break begins. Its columns have to fit the paper. */
void sheet_paged(struct sheet *sheet, uint16_t percent);

/* The row put next begins a new page, of a paged sheet. More than SHEET_MOST_BREAKS fail the book.
 */
void sheet_break(struct sheet *sheet);

/* Prints the sheet upright; sheets lie on their side otherwise. */
void sheet_portrait(struct sheet *sheet);

/* Prints the sheet on one single page, for a form whose length is known. */
void sheet_fit_page(struct sheet *sheet);

/* Prints a wide sheet over so many pages side by side, its first columns repeated on each. */
void sheet_spread(struct sheet *sheet, uint16_t pages, size_t columns);

/* Leaves the sheet out of sight until a person asks for it, and off the paper. */
void sheet_hide(struct sheet *sheet);

/* A column chart with one column a row, its look that of the risk classes from A on. */
struct sheet_chart {
    const char *title;
    const char *category_title;
    const char *value_title;
    uint32_t first_row;
    uint32_t last_row;
    size_t category_column;
    size_t value_column;
    size_t left_column; /* where it lies: these columns and the rows from top_row to the last put */
    size_t right_column;
    uint32_t top_row;
};

/* Lays a chart over cells that were put. */
void sheet_insert_chart(struct sheet *sheet, const struct sheet_chart *chart);

#endif
