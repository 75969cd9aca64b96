#include "ui/kit/paint.h"

#include "base/text.h"

#include <curses.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* Code points one cell holds: a base and what stands over and under it. */
enum { CELL_POINTS = CCHARW_MAX };

/* Where the cursor shows at the end of the picture; row -1: nowhere. */
static struct {
    int row;
    int column;
} cursor = {-1, 0};

/* ---- regions --------------------------------------------------------------------------------- */

struct region paint_screen(void) {
    return (struct region){0, 0, LINES, COLS};
}

static int clamp(int value, int most) {
    if (value < 0) {
        return 0;
    }
    return value > most ? most : value;
}

struct region region_take_top(struct region *region, int count) {
    count = clamp(count, region->rows);
    struct region taken = {region->row, region->column, count, region->columns};
    region->row += count;
    region->rows -= count;
    return taken;
}

struct region region_take_bottom(struct region *region, int count) {
    count = clamp(count, region->rows);
    region->rows -= count;
    return (struct region){region->row + region->rows, region->column, count, region->columns};
}

struct region region_take_right(struct region *region, int count) {
    count = clamp(count, region->columns);
    region->columns -= count;
    return (struct region){region->row, region->column + region->columns, region->rows, count};
}

/* ---- the picture ----------------------------------------------------------------------------- */

void paint_begin(void) {
    cursor.row = -1;
    erase();
}

void paint_finish(void) {
    bool shown = cursor.row >= 0 && cursor.row < LINES && cursor.column < COLS;
    curs_set(shown ? 1 : 0);
    if (shown) {
        move(cursor.row, cursor.column);
    } else {
        move(0, 0);
    }
    refresh();
}

void paint_forget(void) {
    clearok(curscr, TRUE);
}

void paint_cursor(int row, int column) {
    cursor.row = row;
    cursor.column = column < 0 ? 0 : column;
}

/* ---- cells ----------------------------------------------------------------------------------- */

/* The columns from column on that lie on the screen; 0 when the row does not. */
static int visible_width(int row, int column, int width) {
    if (row < 0 || row >= LINES || column < 0 || column >= COLS || width <= 0) {
        return 0;
    }
    return width > COLS - column ? COLS - column : width;
}

static void put_cell(int row, int column, struct style style, const wchar_t *points) {
    cchar_t cell;
    if (setcchar(&cell, points, style.attributes, style.pair, NULL) == OK) {
        mvadd_wch(row, column, &cell);
    }
}

static void put_blanks(int row, int column, int width, struct style style) {
    for (int i = 0; i < width; i++) {
        put_cell(row, column + i, style, L" ");
    }
}

/* Takes a grapheme apart into what one cell holds: its base and its combining marks. Joiners and
 * selectors are left out, for they make terminals disagree about widths. False when curses would
 * not give it exactly width columns. */
static bool grapheme_points(const char *text, size_t length, int width,
                            wchar_t points[static CELL_POINTS + 1]) {
    mbstate_t state = {0};
    int count = 0;
    while (length > 0 && count < CELL_POINTS) {
        wchar_t point;
        size_t step = mbrtowc(&point, text, length, &state);
        if (step == 0 || step > length) {
            return false;
        }
        text += step;
        length -= step;
        int columns = wcwidth(point);
        if (count == 0 ? columns != width : columns != 0) {
            if (count == 0) {
                return false;
            }
            continue;
        }
        bool invisible =
            (point >= 0x200B && point <= 0x200F) || (point >= 0xFE00 && point <= 0xFE0F);
        if (!invisible) {
            points[count++] = point;
        }
    }
    points[count] = L'\0';
    return count > 0;
}

/* Paints one grapheme of so many columns. */
static void put_grapheme(int row, int column, int width, struct style style, const char *text,
                         size_t length) {
    wchar_t points[CELL_POINTS + 1];
    if (width > 0 && !grapheme_points(text, length, width, points)) {
        put_cell(row, column, style, L"?");
        put_blanks(row, column + 1, width - 1, style);
    } else if (width > 0) {
        put_cell(row, column, style, points);
    }
}

/* Paints length bytes, known to fit. */
static void put_text(int row, int column, struct style style, const char *text, size_t length) {
    while (length > 0) {
        int width;
        size_t step = text_next_grapheme(text, length, &width);
        put_grapheme(row, column, width, style, text, step);
        column += width;
        text += step;
        length -= step;
    }
}

static void paint_aligned(int row, int column, int width, int role, const char *text, size_t length,
                          enum align align) {
    width = visible_width(row, column, width);
    if (width == 0) {
        return;
    }
    struct style style = theme_style(role);
    int used;
    size_t fitting = text_fit(text, length, width, &used);
    int before = 0;
    if (align != ALIGN_LEFT) {
        before = align == ALIGN_RIGHT ? width - used : (width - used) / 2;
    }
    put_blanks(row, column, before, style);
    put_text(row, column + before, style, text, fitting);
    put_blanks(row, column + before + used, width - before - used, style);
}

/* ---- what painters use ----------------------------------------------------------------------- */

void paint_text(int row, int column, int width, int role, const char *text, enum align align) {
    paint_aligned(row, column, width, role, text, strlen(text), align);
}

void paint_cell(int row, int column, int width, int role, const char *text, enum align align) {
    size_t length = strlen(text);
    if (width > 1 && text_fit(text, length, width, NULL) < length) {
        paint_aligned(row, column, width - 1, role, text, length, ALIGN_LEFT);
        paint_aligned(row, column + width - 1, 1, role, "~", 1, ALIGN_LEFT);
        return;
    }
    paint_aligned(row, column, width, role, text, length, align);
}

void paint_printf(int row, int column, int width, int role, const char *format, ...) {
    char *text = NULL;
    va_list args;
    va_start(args, format);
    int length = vasprintf(&text, format, args);
    va_end(args);
    if (length < 0) {
        paint_text(row, column, width, role, "?", ALIGN_LEFT);
        return;
    }
    paint_text(row, column, width, role, text, ALIGN_LEFT);
    free(text);
}

int paint_piece(int row, int column, int width, int role, const char *text) {
    int used;
    size_t fitting = text_fit(text, strlen(text), visible_width(row, column, width), &used);
    paint_aligned(row, column, used, role, text, fitting, ALIGN_LEFT);
    return used;
}

/* The bytes of the next line of a paragraph; *skip is what follows it and is not painted. */
static size_t next_line(const char *text, int columns, size_t *skip) {
    size_t length = strcspn(text, "\n");
    size_t fitting = text_fit(text, length, columns, NULL);
    *skip = 0;
    if (fitting == length) {
        *skip = text[length] == '\n' ? 1 : 0;
        return length;
    }
    if (fitting == 0) { /* not even one grapheme: go on, or it would never end */
        return text_next_grapheme(text, length, NULL);
    }
    /* Chinese breaks anywhere; a Latin word is kept whole when a blank is near. */
    for (size_t i = fitting; i > 0 && (unsigned char)text[i] < 0x80; i--) {
        if (text[i] == ' ') {
            *skip = 1;
            return i;
        }
        if ((unsigned char)text[i - 1] >= 0x80) {
            return i;
        }
    }
    return fitting;
}

int paint_paragraph(struct region region, int role, const char *text, int skip) {
    int lines = 0;
    if (region.columns <= 0) {
        return 0;
    }
    while (*text != '\0') {
        size_t rest;
        size_t length = next_line(text, region.columns, &rest);
        int row = lines - skip;
        if (row >= 0 && row < region.rows) {
            paint_aligned(region.row + row, region.column, region.columns, role, text, length,
                          ALIGN_LEFT);
        }
        text += length + rest;
        lines++;
    }
    return lines;
}

void paint_fill(struct region region, int role) {
    for (int i = 0; i < region.rows; i++) {
        paint_text(region.row + i, region.column, region.columns, role, "", ALIGN_LEFT);
    }
}

static void paint_repeated(int row, int column, int width, struct style style,
                           const wchar_t *glyph) {
    width = visible_width(row, column, width);
    for (int i = 0; i < width; i++) {
        put_cell(row, column + i, style, glyph);
    }
}

void paint_rule(int row, int column, int width, int role) {
    paint_repeated(row, column, width, theme_style(role), L"-");
}

void paint_divider(int row, int column, int rows, int role) {
    for (int i = 0; i < rows; i++) {
        paint_repeated(row + i, column, 1, theme_style(role), L"|");
    }
}

void paint_heading(struct region *region, const char *text) {
    if (region->rows <= 2) {
        return;
    }
    struct region line = region_take_top(region, 1);
    paint_text(line.row, line.column, 1, ROLE_HEADER, "", ALIGN_LEFT);
    paint_cell(line.row, line.column + 1, line.columns - 1, ROLE_HEADER, text, ALIGN_LEFT);
}

/* value of maximum in cells, without overflow for any amounts of money. */
static int bar_cells(int64_t value, int64_t maximum, int width) {
    double share = (double)value / (double)maximum * width;
    return clamp((int)(share + 0.5), width);
}

void paint_bar(int row, int column, int width, int role, int64_t value, int64_t maximum,
               int64_t cap) {
    if (width <= 0) {
        return;
    }
    int filled = 0;
    if (maximum > 0 && value > 0) {
        value = value > maximum ? maximum : value;
        filled = bar_cells(value, maximum, width);
        if (filled == 0) {
            filled = 1;
        } else if (filled == width && value < maximum && width > 1) {
            filled = width - 1;
        }
    }
    paint_repeated(row, column, filled, theme_bar_style(role), L"#");
    paint_repeated(row, column + filled, width - filled,
                   theme_style(ROLE_BAR_EMPTY | (role & ROLE_ON_CURSOR)), L".");
    if (cap >= 0 && maximum > 0 && cap < maximum) {
        paint_repeated(row, column + clamp(bar_cells(cap, maximum, width), width - 1), 1,
                       theme_style(ROLE_STRONG | (role & ROLE_ON_CURSOR)), L"|");
    }
}
