#include "book/sheet_look.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

/* The faces of official documents: every Chinese Windows and WPS has them, others replace them. */
#define FACE_TITLE "黑体"
#define FACE_TEXT "宋体"
#define FACE_EQUAL "Consolas"

#define INK 0x1F1F1F
#define SOLID(colour) .pattern = LXW_PATTERN_SOLID, .back = (colour)
#define FRAMED .border = LXW_BORDER_THIN, .vertical = LXW_ALIGN_VERTICAL_CENTER
#define FINE FRAMED, .size = 9, .tight = true
#define FAINT 0x404040
#define CLASS_CELL FRAMED, .font = FACE_TITLE, .size = 10, .align = LXW_ALIGN_CENTER

/* The classes are told apart without colour: D strong and framed, C bold on stripes, B shaded, A
 * plain. */
static const struct sheet_look looks[SHEET_STYLE_COUNT] = {
    [SHEET_TITLE] = {FACE_TITLE, 18, .align = LXW_ALIGN_CENTER, .ink = INK, .wrap = true,
                     .vertical = LXW_ALIGN_VERTICAL_CENTER},
    [SHEET_SUBTITLE] = {FACE_TEXT, 10.5, .align = LXW_ALIGN_CENTER, .ink = INK,
                        .vertical = LXW_ALIGN_VERTICAL_CENTER, .wrap = true},
    [SHEET_BANNER] = {FACE_TITLE, 11, .align = LXW_ALIGN_CENTER, .ink = INK, .bold = true,
                      .vertical = LXW_ALIGN_VERTICAL_CENTER, .border = LXW_BORDER_MEDIUM,
                      .wrap = true},
    [SHEET_SECTION] = {FACE_TITLE, 12, .align = LXW_ALIGN_LEFT, .ink = INK, .bold = true,
                       .vertical = LXW_ALIGN_VERTICAL_CENTER},
    [SHEET_PARAGRAPH] = {FACE_TEXT, 10.5, .align = LXW_ALIGN_LEFT, .ink = INK, .wrap = true,
                         .vertical = LXW_ALIGN_VERTICAL_CENTER},
    [SHEET_SMALL] = {FACE_TEXT, 9, .align = LXW_ALIGN_LEFT, .ink = 0x404040, .wrap = true,
                     .vertical = LXW_ALIGN_VERTICAL_CENTER},
    [SHEET_SIGNATURE] = {FACE_TEXT, 11, .align = LXW_ALIGN_LEFT, .ink = INK,
                         .vertical = LXW_ALIGN_VERTICAL_BOTTOM},
    [SHEET_HEADER] = {FRAMED, .ink = INK, .font = FACE_TITLE, .size = 10, .align = LXW_ALIGN_CENTER,
                      .bold = true, .wrap = true, SOLID(0xD9E1F2)},
    [SHEET_LABEL] = {FRAMED, .ink = INK, .font = FACE_TITLE, .size = 10, .align = LXW_ALIGN_CENTER,
                     .wrap = true, SOLID(0xEDEDED)},
    [SHEET_TEXT] = {FRAMED, .ink = INK, .font = FACE_TEXT, .size = 10, .align = LXW_ALIGN_LEFT,
                    .wrap = true},
    [SHEET_CENTRE] = {FRAMED, .ink = INK, .font = FACE_TEXT, .size = 10, .align = LXW_ALIGN_CENTER,
                      .wrap = true},
    [SHEET_CODE] = {FRAMED, .ink = INK, .font = FACE_TEXT, .size = 10, .align = LXW_ALIGN_LEFT,
                    .number_format = "@"},
    [SHEET_DIGEST] = {FRAMED, .ink = INK, .font = FACE_EQUAL, .size = 9, .align = LXW_ALIGN_LEFT,
                      .wrap = true, .number_format = "@"},
    [SHEET_NUMBER] = {FRAMED, .ink = INK, .font = FACE_TEXT, .size = 10, .align = LXW_ALIGN_RIGHT,
                      .number_format = "#,##0"},
    [SHEET_ORDINAL] = {FRAMED, .ink = INK, .font = FACE_TEXT, .size = 10, .align = LXW_ALIGN_CENTER,
                       .number_format = "0"},
    [SHEET_POINTS] = {FRAMED, .ink = INK, .font = FACE_TEXT, .size = 10, .align = LXW_ALIGN_RIGHT,
                      .number_format = "0.00"},
    [SHEET_PERCENT] = {FRAMED, .ink = INK, .font = FACE_TEXT, .size = 10, .align = LXW_ALIGN_RIGHT,
                       .number_format = "0.00%"},
    [SHEET_DATE] = {FRAMED, .ink = INK, .font = FACE_TEXT, .size = 10, .align = LXW_ALIGN_CENTER,
                    .number_format = "yyyy-mm-dd"},
    [SHEET_TOTAL] = {FRAMED, .ink = INK, .font = FACE_TITLE, .size = 10, .align = LXW_ALIGN_CENTER,
                     .bold = true, .wrap = true, SOLID(0xF2F2F2)},
    [SHEET_TOTAL_NUMBER] = {FRAMED, .ink = INK, .font = FACE_TITLE, .size = 10,
                            .align = LXW_ALIGN_RIGHT, .bold = true, .number_format = "#,##0",
                            SOLID(0xF2F2F2)},
    [SHEET_TOTAL_PERCENT] = {FRAMED, .ink = INK, .font = FACE_TITLE, .size = 10,
                             .align = LXW_ALIGN_RIGHT, .bold = true, .number_format = "0.00%",
                             SOLID(0xF2F2F2)},
    [SHEET_FIGURE] = {FRAMED, .ink = INK, .font = FACE_TITLE, .size = 16, .align = LXW_ALIGN_CENTER,
                      .bold = true, .number_format = "0.00"},
    [SHEET_FINE] = {FINE, .ink = FAINT, .font = FACE_TEXT, .align = LXW_ALIGN_LEFT, .wrap = true},
    [SHEET_FINE_CENTRE] = {FINE, .ink = FAINT, .font = FACE_TEXT, .align = LXW_ALIGN_CENTER,
                           .wrap = true},
    [SHEET_FINE_DATE] = {FINE, .ink = FAINT, .font = FACE_TEXT, .align = LXW_ALIGN_CENTER,
                         .number_format = "yyyy-mm-dd"},
    [SHEET_FINE_POINTS] = {FINE, .ink = FAINT, .font = FACE_TEXT, .align = LXW_ALIGN_RIGHT,
                           .number_format = "0.00"},
    [SHEET_FINE_STRONG] = {FINE, .ink = INK, .font = FACE_TITLE, .align = LXW_ALIGN_LEFT,
                           .wrap = true},
    [SHEET_FINE_STRONG_POINTS] = {FINE, .ink = INK, .font = FACE_TITLE, .align = LXW_ALIGN_RIGHT,
                                  .number_format = "0.00"},
    [SHEET_GROUP] = {FINE, .ink = INK, .font = FACE_TITLE, .align = LXW_ALIGN_LEFT, .bold = true,
                     .wrap = true, SOLID(0xE7E6E6)},
    [SHEET_GROUP_POINTS] = {FINE, .ink = INK, .font = FACE_TITLE, .align = LXW_ALIGN_RIGHT,
                            .bold = true, .number_format = "0.00", SOLID(0xE7E6E6)},
    [SHEET_BAR] = {FINE, .ink = INK, .font = FACE_TEXT, .align = LXW_ALIGN_LEFT,
                   .number_format = "0.00"},
    [SHEET_DIGITS] = {FRAMED, .ink = INK, .font = FACE_EQUAL, .size = 54, .align = LXW_ALIGN_CENTER,
                      .bold = true, .number_format = "@"},
    [SHEET_DIGEST_LARGE] = {FRAMED, .ink = INK, .font = FACE_EQUAL, .size = 24,
                            .align = LXW_ALIGN_CENTER, .number_format = "@"},
    [SHEET_LARGE] = {FRAMED, .ink = INK, .font = FACE_TITLE, .size = 14, .align = LXW_ALIGN_CENTER,
                     .wrap = true, .number_format = "@"},
    [SHEET_CLASS_A] = {CLASS_CELL, .ink = INK},
    [SHEET_CLASS_B] = {CLASS_CELL, .ink = INK, SOLID(0xDDEBF7)},
    [SHEET_CLASS_C] = {CLASS_CELL, .ink = INK, .bold = true, .pattern = LXW_PATTERN_LIGHT_UP,
                       .back = 0xFFF2CC, .strokes = 0xE0A800},
    [SHEET_CLASS_D] = {.border = LXW_BORDER_MEDIUM,
                       .vertical = LXW_ALIGN_VERTICAL_CENTER,
                       .font = FACE_TITLE,
                       .size = 10.5,
                       .align = LXW_ALIGN_CENTER,
                       .ink = INK,
                       .bold = true,
                       SOLID(0xF4B6A6)},
};

const struct sheet_look *sheet_look_of(enum sheet_style style) {
    return &looks[style];
}

lxw_format *sheet_look_format(lxw_workbook *workbook, const struct sheet_look *look) {
    lxw_format *format = workbook_add_format(workbook);
    if (format == NULL) {
        return NULL;
    }
    format_set_font_name(format, look->font);
    format_set_font_size(format, look->size);
    format_set_font_color(format, look->ink);
    format_set_align(format, look->align);
    format_set_align(format, look->vertical);
    format_set_border(format, look->border);
    if (look->bold) {
        format_set_bold(format);
    }
    if (look->align == LXW_ALIGN_RIGHT) {
        format_set_indent(format, 1); /* off the border */
    }
    if (look->wrap) {
        format_set_text_wrap(format);
    }
    if (look->number_format != NULL) {
        format_set_num_format(format, look->number_format);
    }
    if (look->pattern != LXW_PATTERN_NONE) {
        format_set_pattern(format, look->pattern);
        format_set_bg_color(format, look->back);
    }
    if (look->pattern > LXW_PATTERN_SOLID) {
        format_set_fg_color(format, look->strokes);
    }
    return format;
}

/* The library counts widths in digits of Calibri 11, 7 pixels each and 5 of padding; a column of
 * text at 10 points takes 6.7 pixels, a little more where the face is replaced. */
static double unit_of(const struct sheet_look *look) {
    return look->size / 10 * (look->bold ? 1.06 : 1.02);
}

double sheet_look_width(const struct sheet_look *look, int columns) {
    return columns * unit_of(look) + 1.4;
}

int sheet_look_capacity(const struct sheet_look *look, double width) {
    double columns = floor((width - 0.8) / unit_of(look));
    return columns < 2 ? 2 : (int)columns;
}

/* Bytes of the first line of a paragraph. */
static size_t line_length(const char *text, size_t length, int columns) {
    size_t fit = text_fit(text, length, columns, NULL);
    if (fit == length) {
        return length;
    }
    if (fit == 0) {
        return text_next_grapheme(text, length, NULL);
    }
    for (size_t at = fit; at > fit / 2; at--) {
        if (text[at] == ' ') {
            return at + 1;
        }
    }
    return fit;
}

int sheet_look_lines(const char *text, int columns) {
    int lines = 0;
    for (;;) {
        size_t length = strcspn(text, "\n");
        size_t done = 0;
        do {
            done += line_length(text + done, length - done, columns);
            lines++;
        } while (done < length);
        if (text[length] == '\0') {
            return lines;
        }
        text += length + 1;
    }
}

double sheet_look_height(const struct sheet_look *look, int lines) {
    return lines * look->size * 1.4 + (look->tight ? 3 : 6);
}
