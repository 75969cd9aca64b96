#include "screen/svg.h"

#include "base/text.h"

#include <stdint.h>
#include <string.h>

/* Tenths of a pixel of a cell and of what lies around the cells. */
enum {
    CELL_WIDTH = 90,
    CELL_HEIGHT = 210,
    FONT = 150,      /* its Latin letters are a cell wide */
    WIDE_FONT = 160, /* and its Han characters nearly two */
    BASELINE = 154,
    MARGIN = 160,
    BAR = 380
};

static const char ground[] = "#12161d";
static const char text_colour[] = "#c9d1d9";

/* The sixteen colours of the terminal, chosen for a dark ground. */
static const char *const palette[16] = {
    "#12161d", "#f2727f", "#7ecb8f", "#e5c07b", "#6cb2f5", "#c792ea", "#4fb8c4", "#e6edf3",
    "#6e7681", "#ff8791", "#98e0a8", "#f0d08f", "#8cc5ff", "#d7a9f5", "#74d3dd", "#ffffff"};

/* A deeper blue to write on. */
static const char blue_ground[] = "#1d4f8c";

/* What a run of cells has in common. */
struct look {
    char fore[8];
    char back[8];
    bool bold;
    bool underline;
    bool wide;
};

/* A colour as "#rrggbb"; bright colours of the palette where the program asks for bold. */
static void colour_text(VTermColor colour, const char *otherwise, bool is_default, char text[8]) {
    if (is_default) {
        snprintf(text, 8, "%s", otherwise);
    } else if (VTERM_COLOR_IS_INDEXED(&colour) && colour.indexed.idx < 16) {
        snprintf(text, 8, "%s", palette[colour.indexed.idx]);
    } else if (VTERM_COLOR_IS_INDEXED(&colour) && colour.indexed.idx >= 232) {
        int grey = 8 + 10 * (colour.indexed.idx - 232);
        snprintf(text, 8, "#%02x%02x%02x", grey, grey, grey);
    } else if (VTERM_COLOR_IS_RGB(&colour)) {
        snprintf(text, 8, "#%02x%02x%02x", colour.rgb.red, colour.rgb.green, colour.rgb.blue);
    } else {
        snprintf(text, 8, "%s", otherwise);
    }
}

static struct look look_of(const VTermScreenCell *cell) {
    struct look look = {.bold = cell->attrs.bold,
                        .underline = cell->attrs.underline != 0,
                        .wide = cell->width == 2};
    char fore[8];
    char back[8];
    colour_text(cell->fg, text_colour, VTERM_COLOR_IS_DEFAULT_FG(&cell->fg), fore);
    colour_text(cell->bg, ground, VTERM_COLOR_IS_DEFAULT_BG(&cell->bg), back);
    if (strcmp(back, palette[4]) == 0 && strcmp(fore, back) != 0) {
        snprintf(back, sizeof back, "%s", blue_ground);
    }
    memcpy(look.fore, cell->attrs.reverse ? back : fore, 8);
    memcpy(look.back, cell->attrs.reverse ? fore : back, 8);
    return look;
}

static bool same_look(const struct look *one, const struct look *other) {
    return strcmp(one->fore, other->fore) == 0 && strcmp(one->back, other->back) == 0 &&
           one->bold == other->bold && one->underline == other->underline &&
           one->wide == other->wide;
}

static void put_tenths(FILE *file, int tenths) {
    if (tenths % 10 == 0) {
        fprintf(file, "%d", tenths / 10);
    } else {
        fprintf(file, "%d.%d", tenths / 10, tenths % 10);
    }
}

static void put_escaped(FILE *file, const char *text) {
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '&':
            fputs("&amp;", file);
            break;
        case '<':
            fputs("&lt;", file);
            break;
        case '>':
            fputs("&gt;", file);
            break;
        default:
            fputc(*text, file);
        }
    }
}

static int left_of(int column) {
    return MARGIN + column * CELL_WIDTH;
}

static int top_of(int row) {
    return BAR + row * CELL_HEIGHT;
}

static void put_ground(FILE *file, const char *colour, int row, int column, int width) {
    if (strcmp(colour, ground) == 0) {
        return;
    }
    fputs("<rect x=\"", file);
    put_tenths(file, left_of(column));
    fputs("\" y=\"", file);
    put_tenths(file, top_of(row));
    fputs("\" width=\"", file);
    put_tenths(file, width * CELL_WIDTH);
    fprintf(file, "\" height=\"%d\" fill=\"%s\"/>\n", CELL_HEIGHT / 10, colour);
}

static int cells_of(const VTermScreenCell *cell) {
    return cell->width > 0 ? cell->width : 1;
}

/* The grounds of a row: neighbours of one colour make one rectangle, so that no seam shows. */
static void put_grounds(FILE *file, struct emulator *emulator, int row, int columns) {
    char colour[8] = "";
    int start = 0;
    for (int column = 0; column < columns;) {
        VTermScreenCell cell = emulator_cell(emulator, row, column);
        struct look look = look_of(&cell);
        if (strcmp(look.back, colour) != 0) {
            if (column > start) {
                put_ground(file, colour, row, start, column - start);
            }
            start = column;
            memcpy(colour, look.back, sizeof colour);
        }
        column += cells_of(&cell);
    }
    put_ground(file, colour, row, start, columns - start);
}

/* A run of cells that look alike. Wide glyphs stand in the middle of their two cells. */
static void put_run(FILE *file, struct emulator *emulator, const struct look *look, int row,
                    int column, int width) {
    const char *text = emulator_text_at(emulator, row, column, width);
    if (text[strspn(text, " ")] == '\0' || strcmp(look->fore, look->back) == 0) {
        return; /* a blank, or a block of colour */
    }
    int inset = look->wide ? (2 * CELL_WIDTH - WIDE_FONT) / 2 : 0;
    int step = look->wide ? 2 : 1;
    fputs("<text y=\"", file);
    put_tenths(file, top_of(row) + BASELINE);
    fputs("\" x=\"", file);
    for (int i = 0; i < width; i += step) {
        fputs(i > 0 ? " " : "", file);
        put_tenths(file, left_of(column + i) + inset);
    }
    fprintf(file, "\" fill=\"%s\"%s%s%s>", look->fore, look->wide ? " class=\"w\"" : "",
            look->bold ? " font-weight=\"bold\"" : "",
            look->underline ? " text-decoration=\"underline\"" : "");
    put_escaped(file, text);
    fputs("</text>\n", file);
}

static void put_row(FILE *file, struct emulator *emulator, int row, int columns) {
    int start = 0;
    put_grounds(file, emulator, row, columns);
    while (start < columns) {
        VTermScreenCell cell = emulator_cell(emulator, row, start);
        struct look look = look_of(&cell);
        int end = start + cells_of(&cell);
        while (end < columns) {
            cell = emulator_cell(emulator, row, end);
            struct look next = look_of(&cell);
            if (!same_look(&look, &next)) {
                break;
            }
            end += cells_of(&cell);
        }
        put_run(file, emulator, &look, row, start, end - start);
        start = end;
    }
}

void svg_write(FILE *file, struct emulator *emulator, int rows, int columns, const char *title) {
    int width = (2 * MARGIN + columns * CELL_WIDTH) / 10;
    int height = (BAR + MARGIN + rows * CELL_HEIGHT) / 10;
    static const char *const lights[] = {"#f2727f", "#e5c07b", "#7ecb8f"};
    fprintf(file,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
            "viewBox=\"0 0 %d %d\" role=\"img\">\n<title>",
            width, height, width, height);
    put_escaped(file, title);
    fprintf(file,
            "</title>\n<style>text{white-space:pre}.w{font-size:%dpx;letter-spacing:%dpx}"
            "</style>\n<g font-size=\"%d\" font-family=\"ui-monospace,'Cascadia Mono',"
            "'SF Mono',Menlo,'DejaVu Sans Mono',Consolas,'PingFang SC','Microsoft YaHei',"
            "'Noto Sans CJK SC','Noto Sans Mono CJK SC',monospace\">\n",
            WIDE_FONT / 10, (2 * CELL_WIDTH - WIDE_FONT) / 10, FONT / 10);
    fprintf(file,
            "<rect x=\".5\" y=\".5\" width=\"%d\" height=\"%d\" rx=\"10\" fill=\"%s\" "
            "stroke=\"#30363d\"/>\n",
            width - 1, height - 1, ground);
    for (int i = 0; i < 3; i++) {
        fprintf(file, "<circle cx=\"%d\" cy=\"19\" r=\"6\" fill=\"%s\"/>\n", 22 + 20 * i,
                lights[i]);
    }
    fprintf(file, "<text x=\"%d\" y=\"24\" fill=\"#8b949e\" text-anchor=\"middle\">", width / 2);
    put_escaped(file, title);
    fputs("</text>\n<g xml:space=\"preserve\" shape-rendering=\"crispEdges\">\n", file);
    for (int row = 0; row < rows; row++) {
        put_row(file, emulator, row, columns);
    }
    fputs("</g>\n</g>\n</svg>\n", file);
}
