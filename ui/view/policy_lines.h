/* The lines of a policy's page: the general part, dimensions, under each its second-level and
 * third-level indicators, then direct rules and measures. */
#ifndef XINFENG_UI_VIEW_POLICY_LINES_H
#define XINFENG_UI_VIEW_POLICY_LINES_H

#include "base/arena.h"
#include "policy/policy.h"
#include "policy/policy_value.h"
#include "ui/kit/paint.h"

enum policy_line_kind {
    POLICY_LINE_GENERAL,
    POLICY_LINE_DIMENSION, /* folds */
    POLICY_LINE_GROUP,     /* folds */
    POLICY_LINE_INDICATOR,
    POLICY_LINE_DIRECTS, /* heading of the direct rules; folds */
    POLICY_LINE_DIRECT,
    POLICY_LINE_MEASURES, /* heading of the measures; folds */
    POLICY_LINE_MEASURE,
};

/* A line. index: the dimension, indicator, rule or class; of a group its first indicator. */
struct policy_line {
    enum policy_line_kind kind;
    size_t index;
    size_t count; /* indicators or rules below it */
};

/* What is folded; shared by all loads of a page. */
struct policy_folds {
    bool dimensions[POLICY_MOST_DIMENSIONS];
    bool groups[POLICY_MOST_INDICATORS]; /* by the group's first indicator */
    bool directs;
    bool measures;
};

struct policy_lines {
    struct policy_line *items;
    size_t count;
};

/* Builds the lines. find NULL: all that is not folded; else the indicators and rules that have it
 * in name or code, or as pinyin initials, with what they stand under, whatever is folded. */
enum result policy_lines_build(struct policy_lines *lines, const struct policy *policy,
                               const struct policy_folds *folds, const char *find,
                               struct arena *arena, struct error *error);

/* Where the line folds; NULL for one that does not. */
bool *policy_line_fold(const struct policy_line *line, struct policy_folds *folds);

/* The part of the policy that a line stands for; false for headings and groups. */
bool policy_line_part(const struct policy_line *line, struct policy_part *part);

/* Paints the titles of the columns, and one line. */
void policy_titles_paint(struct region row);
void policy_line_paint(const struct policy_line *line, const struct policy *policy,
                       const struct policy_folds *folds, struct region row, int on_cursor);

#endif
