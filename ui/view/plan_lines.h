/* The lines of a plan's page, from top to bottom as it fills. */
#ifndef XINFENG_UI_VIEW_PLAN_LINES_H
#define XINFENG_UI_VIEW_PLAN_LINES_H

#include "plan/ceiling.h"
#include "plan/drawn.h"
#include "plan/outcome_list.h"
#include "plan/plan.h"
#include "plan/scope.h"
#include "plan/teams.h"
#include "ui/kit/paint.h"

enum plan_line_kind {
    PLAN_LINE_HEADING,
    PLAN_LINE_MEASURES, /* heading of the columns of PLAN_LINE_CLASS */
    PLAN_LINE_PAIR,     /* label and text */
    PLAN_LINE_CLASS,    /* measures of a class, and how many it has and gives */
    PLAN_LINE_UNIT,     /* a drawn unit */
    PLAN_LINE_BLANK,
};

struct plan_line {
    enum plan_line_kind kind;
    const char *label;
    const char *text;
    size_t place; /* class, or unit */
};

/* A plan with all that its page shows; everything lives in the arena. */
struct plan_page {
    struct arena *arena;
    struct plan plan;
    struct plan_counts counts; /* of the scope today, while a draft; else as frozen */
    const char *previous;      /* number of the plan frozen before over this scope; NULL */
    struct plan_counts before; /* its counts */
    struct plan_ceiling ceiling;
    int64_t drawn[CLASS_COUNT];
    struct drawn_unit *units;
    size_t unit_count;
    struct outcome_sum results;
    const char **teams; /* the names of each unit's team; NULL while there are no teams */
    struct plan_line *lines;
    size_t line_count;
    size_t line_room;
    size_t proof; /* the line where digests begin, or line_count */
    bool narrow;  /* digests stand in two lines */
};

/* Loads a plan as it is on a day and makes its lines. The page's arena must be there; it is reset
 * first. */
enum result plan_page_load(struct plan_page *page, struct store *store, int64_t id, date today,
                           struct error *error);

/* Fits the lines to a width: digests are never cut, so they take two lines where one is too short.
 * True when the lines are others than before; those after page->proof then stand elsewhere. */
bool plan_page_fit(struct plan_page *page, int columns);

/* True for lines with nothing to stop at: headings and blanks. */
bool plan_line_passed_over(const struct plan_page *page, size_t line);

/* Paints one line. */
void plan_line_paint(const struct plan_page *page, size_t line, struct region row, int on_cursor);

#endif
