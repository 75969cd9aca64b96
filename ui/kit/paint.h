/* Painting: the only place that puts text on the screen. Everything is clipped to the screen, so
 * that any size, even 1 x 1, is safe; a text takes exactly the columns it was given; a wide glyph
 * is never split (it is dropped and a blank painted); a control character shows as '?'.
 *
 * A picture is painted whole: paint_begin, the painting, paint_finish. Curses sends only what
 * changed. */
#ifndef XINFENG_UI_KIT_PAINT_H
#define XINFENG_UI_KIT_PAINT_H

#include "ui/kit/theme.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where a text lies in its width. */
enum align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE };

/* A rectangle of the screen, in rows and columns from 0. rows and columns may be 0. */
struct region {
    int row;
    int column;
    int rows;
    int columns;
};

/* The whole screen as it is now. */
struct region paint_screen(void);

/* Cuts count rows (at most all) off the top; region keeps the rest. */
struct region region_take_top(struct region *region, int count);

/* Cuts count rows (at most all) off the bottom; region keeps the rest. */
struct region region_take_bottom(struct region *region, int count);

/* Cuts count columns (at most all) off the right; region keeps the rest. */
struct region region_take_right(struct region *region, int count);

/* Begins a picture: everything blank, the cursor hidden. */
void paint_begin(void);

/* Shows the picture. */
void paint_finish(void);

/* Paints everything again at the next paint_finish, whatever curses believes to be there. */
void paint_forget(void);

/* Paints text into exactly width columns of one row. A NUL ends it; role is an enum role, or-ed
 * with ROLE_ON_CURSOR when it lies under the cursor row. */
void paint_text(int row, int column, int width, int role, const char *text, enum align align);

/* As paint_text, but a text that does not fit ends with '~'. */
void paint_cell(int row, int column, int width, int role, const char *text, enum align align);

/* As paint_text to the left, formatted. */
void paint_printf(int row, int column, int width, int role, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Paints text as wide as it is, at most width columns; returns the columns it took, so that a
 * line can be built from pieces of different roles. */
int paint_piece(int row, int column, int width, int role, const char *text);

/* Paints text over several rows, broken between graphemes (at blanks where there are some, and at
 * every line feed), after leaving out the first skip lines. Returns the number of lines the whole
 * text takes at this width; nothing is painted below the region. */
int paint_paragraph(struct region region, int role, const char *text, int skip);

/* Blanks a region in a role. */
void paint_fill(struct region region, int role);

/* A ruler of ASCII '-'. */
void paint_rule(int row, int column, int width, int role);

/* A divider of ASCII '|', rows high. */
void paint_divider(int row, int column, int rows, int role);

/* Takes the top row of a region for a heading; a region too low for one keeps its rows. */
void paint_heading(struct region *region, const char *text);

/* A bar: value of maximum filled in role ('#', a block of colour where there are colours), the rest
 * '.'; a cap between 0 and maximum is marked '|' (negative: no cap). A value above 0 shows at least
 * one cell, one below maximum leaves one. */
void paint_bar(int row, int column, int width, int role, int64_t value, int64_t maximum,
               int64_t cap);

/* Shows the cursor here when the picture is finished. */
void paint_cursor(int row, int column);

#endif
