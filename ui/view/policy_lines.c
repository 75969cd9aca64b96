#include "ui/view/policy_lines.h"

#include "base/gettext.h"
#include "policy/policy_layout.h"
#include "policy/policy_reach.h"
#include "registry/initials.h"
#include "ui/view/show.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- building ---------------------------------------------------------------------------------
 */

/* The lines being made. */
struct building {
    struct policy_lines *lines;
    const struct policy *policy;
    const struct policy_folds *folds;
    const char *find;
};

static void add(struct building *building, enum policy_line_kind kind, size_t index, size_t count) {
    building->lines->items[building->lines->count++] = (struct policy_line){kind, index, count};
}

/* True when an entry is to be seen: by its name, its code, or the initials of its name. */
static bool matches(const struct building *building, const char *code, const char *name) {
    struct buffer initials = BUFFER_INIT;
    if (building->find == NULL) {
        return true;
    }
    initials_append(&initials, name);
    bool found = strcasestr(name, building->find) != NULL ||
                 strcasestr(code, building->find) != NULL ||
                 strcasestr(buffer_text(&initials), building->find) != NULL;
    buffer_free(&initials);
    return found;
}

static bool indicator_matches(const struct building *building, size_t index) {
    const struct policy_indicator *one = &building->policy->indicators[index];
    return matches(building, one->code, one->name) ||
           (one->group != NULL && matches(building, "", one->group));
}

static bool same_group(const struct policy_indicator *one, const struct policy_indicator *other) {
    return one->dimension == other->dimension && one->group != NULL && other->group != NULL &&
           strcmp(one->group, other->group) == 0;
}

/* The first indicator of the group of one; itself when it has none. */
static size_t group_of(const struct policy *policy, size_t index) {
    size_t first = 0;
    while (first < index && !same_group(&policy->indicators[first], &policy->indicators[index])) {
        first++;
    }
    return first;
}

static bool folded(const struct building *building, bool fold) {
    return fold && building->find == NULL;
}

static void add_group(struct building *building, size_t first) {
    const struct policy *policy = building->policy;
    size_t count = 0;
    for (size_t i = first; i < policy->indicator_count; i++) {
        count += group_of(policy, i) == first && indicator_matches(building, i);
    }
    if (count == 0) {
        return;
    }
    if (policy->indicators[first].group != NULL) {
        add(building, POLICY_LINE_GROUP, first, count);
        if (folded(building, building->folds->groups[first])) {
            return;
        }
    }
    for (size_t i = first; i < policy->indicator_count; i++) {
        if (group_of(policy, i) == first && indicator_matches(building, i)) {
            add(building, POLICY_LINE_INDICATOR, i, 0);
        }
    }
}

static void add_dimension(struct building *building, size_t dimension) {
    const struct policy *policy = building->policy;
    size_t count = 0;
    for (size_t i = 0; i < policy->indicator_count; i++) {
        count += policy->indicators[i].dimension == dimension && indicator_matches(building, i);
    }
    if (count == 0 && building->find != NULL) {
        return;
    }
    add(building, POLICY_LINE_DIMENSION, dimension, count);
    for (size_t i = 0;
         !folded(building, building->folds->dimensions[dimension]) && i < policy->indicator_count;
         i++) {
        if (policy->indicators[i].dimension == dimension && group_of(policy, i) == i) {
            add_group(building, i);
        }
    }
}

static void add_directs(struct building *building) {
    const struct policy *policy = building->policy;
    size_t count = 0;
    for (size_t i = 0; i < policy->direct_count; i++) {
        count += matches(building, policy->direct[i].code, policy->direct[i].name);
    }
    if (count == 0) {
        return;
    }
    add(building, POLICY_LINE_DIRECTS, 0, count);
    for (size_t i = 0; !folded(building, building->folds->directs) && i < policy->direct_count;
         i++) {
        if (matches(building, policy->direct[i].code, policy->direct[i].name)) {
            add(building, POLICY_LINE_DIRECT, i, 0);
        }
    }
}

enum result policy_lines_build(struct policy_lines *lines, const struct policy *policy,
                               const struct policy_folds *folds, const char *find,
                               struct arena *arena, struct error *error) {
    size_t most = 3 + policy->dimension_count + 2 * policy->indicator_count + policy->direct_count +
                  CLASS_COUNT;
    struct building building = {lines, policy, folds, find};
    lines->count = 0;
    lines->items = arena_alloc(arena, most * sizeof(*lines->items));
    if (lines->items == NULL) {
        return error_no_memory(error);
    }
    if (find == NULL) {
        add(&building, POLICY_LINE_GENERAL, 0, 0);
    }
    for (size_t i = 0; i < policy->dimension_count; i++) {
        add_dimension(&building, i);
    }
    add_directs(&building);
    if (find == NULL) {
        add(&building, POLICY_LINE_MEASURES, 0, CLASS_COUNT);
        for (size_t i = 0; !folds->measures && i < CLASS_COUNT; i++) {
            add(&building, POLICY_LINE_MEASURE, i, 0);
        }
    }
    return RESULT_OK;
}

bool *policy_line_fold(const struct policy_line *line, struct policy_folds *folds) {
    return line->kind == POLICY_LINE_DIMENSION  ? &folds->dimensions[line->index]
           : line->kind == POLICY_LINE_GROUP    ? &folds->groups[line->index]
           : line->kind == POLICY_LINE_DIRECTS  ? &folds->directs
           : line->kind == POLICY_LINE_MEASURES ? &folds->measures
                                                : NULL;
}

bool policy_line_part(const struct policy_line *line, struct policy_part *part) {
    static const enum policy_sheet sheets[] = {[POLICY_LINE_GENERAL] = POLICY_SHEET_GENERAL,
                                               [POLICY_LINE_DIMENSION] = POLICY_SHEET_DIMENSIONS,
                                               [POLICY_LINE_GROUP] = POLICY_SHEET_COUNT,
                                               [POLICY_LINE_INDICATOR] = POLICY_SHEET_INDICATORS,
                                               [POLICY_LINE_DIRECTS] = POLICY_SHEET_COUNT,
                                               [POLICY_LINE_DIRECT] = POLICY_SHEET_DIRECT,
                                               [POLICY_LINE_MEASURES] = POLICY_SHEET_COUNT,
                                               [POLICY_LINE_MEASURE] = POLICY_SHEET_MEASURES};
    *part = (struct policy_part){sheets[line->kind], line->index};
    return part->sheet != POLICY_SHEET_COUNT;
}

/* ---- painting ---------------------------------------------------------------------------------
 */

/* Columns behind the name: kind, points, cap, share of the maximum. */
enum { KIND = 12, POINTS = 12, CAP = 7, SHARE = 7, BEHIND = KIND + POINTS + CAP + SHARE + 4 };

/* Columns of the name; where the screen is too narrow for all, the others go. */
static int name_width(struct region row) {
    return row.columns - BEHIND > 20 ? row.columns - BEHIND : row.columns;
}

static void paint_behind(struct region row, int role, const char *kind, const char *points,
                         const char *cap, const char *share) {
    int at = row.column + name_width(row) + 1;
    if (name_width(row) == row.columns) {
        return;
    }
    paint_cell(row.row, at, KIND, role, kind, ALIGN_LEFT);
    paint_text(row.row, at + KIND + 1, POINTS, role, points, ALIGN_RIGHT);
    paint_text(row.row, at + KIND + POINTS + 2, CAP, role, cap, ALIGN_RIGHT);
    paint_text(row.row, at + KIND + POINTS + CAP + 3, SHARE, role, share, ALIGN_RIGHT);
}

void policy_titles_paint(struct region row) {
    paint_cell(row.row, row.column, name_width(row), ROLE_HEADER, _("Dimension and indicator"),
               ALIGN_LEFT);
    paint_behind(row, ROLE_HEADER, _("Kind"), _("Points"), _("Cap"), _("Weight"));
}

/* A number of points, or nothing where there is no cap. */
static const char *cap_text(int64_t cap, char text[SHOW_POINTS_SIZE]) {
    text[0] = '\0';
    return cap == POLICY_NO_CAP ? text : show_number(cap, text);
}

/* Points as a share of the maximum; nothing where there is no end. */
static const char *share_text(const struct policy *policy, int64_t points,
                              char text[SHOW_POINTS_SIZE]) {
    text[0] = '\0';
    if (points != POLICY_NO_CAP) {
        int64_t tenths = (points * 2000 + policy->maximum) / (2 * policy->maximum);
        snprintf(text, SHOW_POINTS_SIZE, "%" PRId64 ".%" PRId64 "%%", tenths / 10, tenths % 10);
    }
    return text;
}

/* The mark of a line that folds. */
static int paint_mark(struct region row, int indent, bool fold, int on_cursor) {
    paint_text(row.row, row.column, indent, ROLE_TEXT | on_cursor, "", ALIGN_LEFT);
    paint_text(row.row, row.column + indent, 2, ROLE_KEY | on_cursor, fold ? "+" : "-", ALIGN_LEFT);
    return indent + 2;
}

/* Name and number of a line that folds. */
static void paint_head(struct region row, int used, const char *name, size_t count, int role,
                       int on_cursor) {
    char number[64];
    int width = name_width(row);
    used += paint_piece(row.row, row.column + used, width - used, role | on_cursor, name);
    snprintf(number, sizeof(number), "  %zu", count);
    paint_piece(row.row, row.column + used, width - used, ROLE_DIM | on_cursor, number);
}

static void paint_general(const struct policy *policy, struct region row, int on_cursor) {
    char text[160];
    int used = paint_piece(row.row, row.column, row.columns, ROLE_STRONG | on_cursor,
                           policy_sheet_name(POLICY_SHEET_GENERAL));
    snprintf(text, sizeof(text),
             _("  maximum %lld   A from %lld   B from %lld   C from %lld   D from %lld"),
             (long long)policy->maximum, (long long)policy->bounds[CLASS_A],
             (long long)policy->bounds[CLASS_B], (long long)policy->bounds[CLASS_C],
             (long long)policy->bounds[CLASS_D]);
    paint_piece(row.row, row.column + used, row.columns - used, ROLE_TEXT | on_cursor, text);
}

static void paint_dimension(const struct policy_line *line, const struct policy *policy, bool fold,
                            struct region row, int on_cursor) {
    const struct policy_dimension *dimension = &policy->dimensions[line->index];
    char cap[SHOW_POINTS_SIZE];
    char share[SHOW_POINTS_SIZE];
    paint_head(row, paint_mark(row, 0, fold, on_cursor), dimension->name, line->count, ROLE_STRONG,
               on_cursor);
    paint_behind(row, ROLE_STRONG | on_cursor, "", "", cap_text(dimension->cap, cap),
                 share_text(policy, dimension->cap, share));
}

static void paint_indicator(const struct policy_indicator *indicator, const struct policy *policy,
                            struct region row, int on_cursor) {
    struct policy_reach reach = policy_indicator_reach(indicator);
    int64_t most = policy->dimensions[indicator->dimension].cap;
    char points[2 * SHOW_POINTS_SIZE];
    char cap[SHOW_POINTS_SIZE];
    char share[SHOW_POINTS_SIZE];
    most = reach.high < most ? reach.high : most;
    snprintf(points, sizeof(points), "%" PRId64 " ~ ", reach.low);
    if (reach.high != POLICY_NO_END) {
        snprintf(points + strlen(points), SHOW_POINTS_SIZE, "%" PRId64, reach.high);
    }
    paint_text(row.row, row.column, 6, ROLE_TEXT | on_cursor, "", ALIGN_LEFT);
    paint_cell(row.row, row.column + 6, 6, ROLE_DIM | on_cursor, indicator->code, ALIGN_LEFT);
    paint_cell(row.row, row.column + 13, name_width(row) - 13, ROLE_TEXT | on_cursor,
               indicator->name, ALIGN_LEFT);
    paint_behind(row, ROLE_TEXT | on_cursor,
                 policy_words_of(POLICY_WORDS_KIND, policy_kind_code(indicator->kind)), points,
                 cap_text(indicator->cap, cap), share_text(policy, most, share));
}

static void paint_direct(const struct policy_direct *rule, struct region row, int on_cursor) {
    int mode = 12;
    int name = row.columns - 12 - mode > 8 ? row.columns - 12 - mode : 8;
    paint_cell(row.row, row.column + 2, 6, ROLE_DIM | on_cursor, rule->code, ALIGN_LEFT);
    paint_cell(row.row, row.column + 9, name, ROLE_TEXT | on_cursor, rule->name, ALIGN_LEFT);
    paint_cell(row.row, row.column + 10 + name, mode, ROLE_TEXT | on_cursor,
               policy_words_of(POLICY_WORDS_MODE, rule->confirm ? "confirm" : "auto"), ALIGN_LEFT);
}

static void paint_measure(const struct policy *policy, size_t index, struct region row,
                          int on_cursor) {
    const struct policy_measure *measure = &policy->measures[index];
    const char *letter = risk_class_letter((enum risk_class)index);
    char text[96];
    snprintf(text, sizeof(text), _("rate %lld/%lld, at most %lld a year   "),
             (long long)measure->rate_num, (long long)measure->rate_den, (long long)measure->times);
    int used = 2 + paint_piece(row.row, row.column + 2, row.columns - 2,
                               (int)theme_class_role(letter[0]) | on_cursor, letter);
    used += 2;
    used +=
        paint_piece(row.row, row.column + used, row.columns - used, ROLE_TEXT | on_cursor, text);
    paint_cell(row.row, row.column + used, row.columns - used, ROLE_DIM | on_cursor,
               measure->method, ALIGN_LEFT);
}

void policy_line_paint(const struct policy_line *line, const struct policy *policy,
                       const struct policy_folds *folds, struct region row, int on_cursor) {
    switch (line->kind) {
    case POLICY_LINE_GENERAL:
        paint_general(policy, row, on_cursor);
        break;
    case POLICY_LINE_DIMENSION:
        paint_dimension(line, policy, folds->dimensions[line->index], row, on_cursor);
        break;
    case POLICY_LINE_GROUP:
        paint_head(row, paint_mark(row, 2, folds->groups[line->index], on_cursor),
                   policy->indicators[line->index].group, line->count, ROLE_TEXT, on_cursor);
        break;
    case POLICY_LINE_INDICATOR:
        paint_indicator(&policy->indicators[line->index], policy, row, on_cursor);
        break;
    case POLICY_LINE_DIRECTS:
        paint_head(row, paint_mark(row, 0, folds->directs, on_cursor),
                   policy_sheet_name(POLICY_SHEET_DIRECT), line->count, ROLE_STRONG, on_cursor);
        break;
    case POLICY_LINE_DIRECT:
        paint_direct(&policy->direct[line->index], row, on_cursor);
        break;
    case POLICY_LINE_MEASURES:
        paint_head(row, paint_mark(row, 0, folds->measures, on_cursor),
                   policy_sheet_name(POLICY_SHEET_MEASURES), line->count, ROLE_STRONG, on_cursor);
        break;
    case POLICY_LINE_MEASURE:
        paint_measure(policy, line->index, row, on_cursor);
        break;
    }
}
