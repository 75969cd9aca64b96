/* The lines of an enterprise's score page: dimensions, under each its indicators, under an opened
 * indicator the very facts that count. */
#ifndef XINFENG_UI_VIEW_SCORE_LINES_H
#define XINFENG_UI_VIEW_SCORE_LINES_H

#include "score/professional_standing.h"
#include "ui/kit/paint.h"

enum score_line_kind {
    SCORE_LINE_DIMENSION,
    SCORE_LINE_INDICATOR,
    SCORE_LINE_FACT,
    SCORE_LINE_RELATED, /* a related enterprise that counts */
    SCORE_LINE_WAY,     /* a fact of the way down */
    SCORE_LINE_TEXT,    /* a sentence */
    SCORE_LINE_GRADE,   /* the same, of a professional grade: its place among the standings */
    SCORE_LINE_BLANK,
};

struct score_line {
    enum score_line_kind kind;
    size_t dimension;
    size_t indicator; /* index among the result's indicators */
    size_t place;     /* of the fact or enterprise in the indicator's list, or in the way */
    const char *text;
};

/* All lines of a page; texts live in the arena that was handed in. */
struct score_lines {
    struct score_line *items;
    size_t count;
};

/* What the lines are made of. */
struct score_page {
    const struct explanation *explanation;
    const struct professional_standing *standings; /* grades in professional fields */
    size_t standing_count;
    const bool *opened; /* a flag for each of the result's indicators: show its facts */
};

/* Builds the lines. */
enum result score_lines_build(struct score_lines *lines, const struct score_page *page,
                              struct arena *arena, struct error *error);

/* Paints one line into a row. */
void score_line_paint(const struct score_line *line, const struct explanation *explanation,
                      const bool *opened, struct region row, int on_cursor);

/* The fact a line stands for; 0 when it is none. */
int64_t score_line_fact(const struct score_line *line, const struct explanation *explanation);

/* Paints the head of an enterprise: class, score, what decided, distance to the bounds. Takes its
 * rows off the top of the region. */
void score_head_paint(const struct explanation *explanation, struct region *region);

#endif
