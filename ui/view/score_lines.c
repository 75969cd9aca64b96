#include "ui/view/score_lines.h"

#include "base/gettext.h"
#include "registry/fact_type.h"
#include "report/explanation_words.h"
#include "report/professional_words.h"
#include "ui/view/fact_notice.h"
#include "ui/view/show.h"

#include <inttypes.h>
#include <stdio.h>

/* Room for every line there can be. */
static size_t most_lines(const struct explanation *explanation) {
    size_t most = explanation->policy->dimension_count * 2 + explanation->way_count + 8;
    for (size_t i = 0; i < explanation->result.indicator_count; i++) {
        most += 1 + explanation->result.indicators[i].fact_count +
                explanation->result.indicators[i].related_count;
    }
    return most;
}

static void add(struct score_lines *lines, struct score_line line) {
    lines->items[lines->count++] = line;
}

static void add_dimension(struct score_lines *lines, const struct explanation *explanation,
                          size_t dimension, const bool *opened) {
    add(lines, (struct score_line){.kind = SCORE_LINE_DIMENSION, .dimension = dimension});
    for (size_t i = 0; i < explanation->result.indicator_count; i++) {
        const struct result_indicator *one = &explanation->result.indicators[i];
        if (explanation->policy->indicators[one->indicator].dimension != dimension) {
            continue;
        }
        add(lines, (struct score_line){.kind = SCORE_LINE_INDICATOR, .indicator = i});
        for (size_t place = 0; opened[i] && place < one->fact_count; place++) {
            add(lines,
                (struct score_line){.kind = SCORE_LINE_FACT, .indicator = i, .place = place});
        }
        for (size_t place = 0; opened[i] && place < one->related_count; place++) {
            add(lines,
                (struct score_line){.kind = SCORE_LINE_RELATED, .indicator = i, .place = place});
        }
    }
}

/* How the class would come down, in words and with the facts. */
static void add_way(struct score_lines *lines, const struct explanation *explanation,
                    struct arena *arena) {
    const char *text = explanation_words_way(explanation, arena);
    add(lines, (struct score_line){.kind = SCORE_LINE_BLANK});
    add(lines, (struct score_line){.kind = SCORE_LINE_TEXT, .text = text});
    for (size_t i = 0; i < explanation->way_count; i++) {
        add(lines, (struct score_line){.kind = SCORE_LINE_WAY, .place = i});
    }
}

/* Professional grades stand apart: they are no part of the sum. */
static void add_grades(struct score_lines *lines, const struct score_page *page,
                       struct arena *arena) {
    for (size_t i = 0; i < page->standing_count; i++) {
        const char *text = arena_printf(arena, _("Professional grade in %s"),
                                        professional_words(&page->standings[i], arena));
        if (i == 0) {
            add(lines, (struct score_line){.kind = SCORE_LINE_BLANK});
        }
        add(lines, (struct score_line){
                       .kind = SCORE_LINE_GRADE, .place = i, .text = text == NULL ? "" : text});
    }
}

enum result score_lines_build(struct score_lines *lines, const struct score_page *page,
                              struct arena *arena, struct error *error) {
    const struct explanation *explanation = page->explanation;
    size_t most = most_lines(explanation) + page->standing_count + 1;
    lines->count = 0;
    lines->items = arena_alloc(arena, most * sizeof(*lines->items));
    if (lines->items == NULL) {
        return error_no_memory(error);
    }
    for (size_t i = 0; i < explanation->policy->dimension_count; i++) {
        add_dimension(lines, explanation, i, page->opened);
    }
    add_way(lines, explanation, arena);
    add_grades(lines, page, arena);
    return RESULT_OK;
}

static void paint_dimension(const struct explanation *explanation, size_t dimension,
                            struct region row, int on_cursor) {
    const struct policy_dimension *from = &explanation->policy->dimensions[dimension];
    int64_t points = explanation->result.dimensions[dimension];
    int64_t before = explanation->before_cap[dimension];
    int64_t cap = from->cap == POLICY_NO_CAP ? -1 : from->cap * 100;
    int64_t full = cap < 0 ? explanation->policy->maximum * 100 : cap;
    char text[SHOW_POINTS_SIZE];
    char cut[SHOW_POINTS_SIZE];
    paint_text(row.row, row.column, 14, ROLE_STRONG | on_cursor, from->name, ALIGN_LEFT);
    paint_text(row.row, row.column + 14, 9, ROLE_STRONG | on_cursor, show_points(points, text),
               ALIGN_RIGHT);
    if (cap >= 0) {
        paint_printf(row.row, row.column + 24, 8, ROLE_DIM | on_cursor, "/ %" PRId64, cap / 100);
    }
    int note = row.columns > 64 ? 24 : 0; /* the same for all, so that bars can be compared */
    if (row.columns > 40) {
        paint_bar(row.row, row.column + 32, row.columns - 34 - note, ROLE_BAR_FILLED | on_cursor,
                  points, full, -1);
    }
    if (note > 0 && before > points) {
        char sentence[96];
        snprintf(sentence, sizeof(sentence), _("cap cut %s"), show_points(before - points, cut));
        paint_text(row.row, row.column + row.columns - note, note, ROLE_WARNING | on_cursor,
                   sentence, ALIGN_LEFT);
    }
}

static void paint_indicator(const struct explanation *explanation, size_t place, bool opened,
                            struct region row, int on_cursor) {
    const struct result_indicator *one = &explanation->result.indicators[place];
    const struct policy_indicator *indicator = &explanation->policy->indicators[one->indicator];
    char value[EXPLANATION_VALUE_SIZE];
    char points[SHOW_POINTS_SIZE];
    char cut[SHOW_POINTS_SIZE];
    int name = row.columns > 100 ? 40 : row.columns - 46;
    name = name < 10 ? 10 : name;
    explanation_words_value(one, indicator, value);
    paint_text(row.row, row.column + 2, 2, ROLE_KEY | on_cursor,
               one->fact_count + one->related_count == 0 ? ""
               : opened                                  ? "-"
                                                         : "+",
               ALIGN_LEFT);
    paint_text(row.row, row.column + 4, 6, ROLE_DIM | on_cursor, indicator->code, ALIGN_LEFT);
    paint_cell(row.row, row.column + 10, name, ROLE_TEXT | on_cursor, indicator->name, ALIGN_LEFT);
    paint_cell(row.row, row.column + 11 + name, 12, ROLE_TEXT | on_cursor, value, ALIGN_RIGHT);
    paint_text(row.row, row.column + 24 + name, 9, ROLE_TEXT | on_cursor,
               show_points(one->centipoints, points), ALIGN_RIGHT);
    if (one->raw != one->centipoints) {
        paint_printf(row.row, row.column + 34 + name, row.columns - 34 - name,
                     ROLE_WARNING | on_cursor, _("of %s"), show_points(one->raw, cut));
    } else {
        paint_text(row.row, row.column + 34 + name, row.columns - 34 - name, ROLE_DIM | on_cursor,
                   indicator->basis, ALIGN_LEFT);
    }
}

/* One fact: day, type, document, and what it gave. */
static void paint_fact(const struct explanation *explanation, int64_t id,
                       const struct result_fact *given, struct region row, int on_cursor) {
    const struct fact *fact = explanation_fact(explanation, id);
    char day[DATE_TEXT_SIZE];
    char points[SHOW_POINTS_SIZE];
    char decay[48] = "";
    if (fact == NULL) {
        return;
    }
    struct buffer part = BUFFER_INIT;
    fact_parts(explanation, id, &part);
    const char *words = part.length > 0          ? buffer_text(&part)
                        : fact->document != NULL ? fact->document
                        : fact->title != NULL    ? fact->title
                                                 : "";
    int type = row.columns < 84 ? 14 : row.columns < 100 ? row.columns - 70 : 30;
    int text = row.columns - 38 - type > 8 ? row.columns - 38 - type : 8;
    paint_text(row.row, row.column + 6, 10, ROLE_DIM | on_cursor,
               date_format(fact->occurred_on, day), ALIGN_LEFT);
    paint_cell(row.row, row.column + 17, type, ROLE_TEXT | on_cursor, fact_type_name(fact->type),
               ALIGN_LEFT);
    paint_cell(row.row, row.column + 18 + type, text, ROLE_TEXT | on_cursor, words, ALIGN_LEFT);
    buffer_free(&part);
    if (given == NULL || given->full == 0) {
        return;
    }
    if (given->percent != 100) {
        snprintf(decay, sizeof(decay), " x%" PRId64 "%%", given->percent);
    }
    paint_text(row.row, row.column + 19 + type + text, 9, ROLE_TEXT | on_cursor,
               show_points(given->centipoints, points), ALIGN_RIGHT);
    paint_text(row.row, row.column + 28 + type + text, row.columns - 28 - type - text,
               ROLE_DIM | on_cursor, decay, ALIGN_LEFT);
}

void score_line_paint(const struct score_line *line, const struct explanation *explanation,
                      const bool *opened, struct region row, int on_cursor) {
    switch (line->kind) {
    case SCORE_LINE_DIMENSION:
        paint_dimension(explanation, line->dimension, row, on_cursor);
        break;
    case SCORE_LINE_INDICATOR:
        paint_indicator(explanation, line->indicator, opened[line->indicator], row, on_cursor);
        break;
    case SCORE_LINE_FACT: {
        const struct result_fact *given =
            &explanation->result.indicators[line->indicator].facts[line->place];
        paint_fact(explanation, given->fact, given, row, on_cursor);
        break;
    }
    case SCORE_LINE_RELATED: {
        const struct explanation_related *related = explanation_related(
            explanation, explanation->result.indicators[line->indicator].related[line->place]);
        paint_cell(row.row, row.column + 6, row.columns - 6, ROLE_TEXT | on_cursor,
                   related == NULL ? "" : related->name, ALIGN_LEFT);
        break;
    }
    case SCORE_LINE_WAY:
        paint_fact(explanation, explanation->way[line->place], NULL, row, on_cursor);
        break;
    case SCORE_LINE_TEXT:
    case SCORE_LINE_GRADE:
        paint_cell(row.row, row.column, row.columns, ROLE_HEADER | on_cursor, line->text,
                   ALIGN_LEFT);
        break;
    case SCORE_LINE_BLANK:
        break;
    }
}

int64_t score_line_fact(const struct score_line *line, const struct explanation *explanation) {
    if (line->kind == SCORE_LINE_FACT) {
        return explanation->result.indicators[line->indicator].facts[line->place].fact;
    }
    return line->kind == SCORE_LINE_WAY ? explanation->way[line->place] : 0;
}

void score_head_paint(const struct explanation *explanation, struct region *region) {
    const struct result_row *result = &explanation->result;
    char text[EXPLANATION_DECISION_SIZE];
    char points[SHOW_POINTS_SIZE];
    char one[SHOW_POINTS_SIZE];
    char two[SHOW_POINTS_SIZE];
    int64_t below = 0;
    int64_t above = 0;
    struct region row = region_take_top(region, 1);
    int role = (int)show_class_role(result->final_class);
    snprintf(text, sizeof(text), _("Class %s %s   score %s"),
             risk_class_letter(result->final_class), risk_class_name(result->final_class),
             show_points(result->total, points));
    int taken = paint_piece(row.row, row.column, row.columns, role, text);
    explanation_bounds(explanation, &below, &above);
    if (above >= 0) {
        snprintf(text, sizeof(text), _("   %s above the lower bound of %s, %s below that of %s"),
                 show_points(below, one), risk_class_letter(result->score_class),
                 show_points(above, two),
                 risk_class_letter((enum risk_class)(result->score_class + 1)));
    } else {
        snprintf(text, sizeof(text), _("   %s above the lower bound of D"),
                 show_points(below, one));
    }
    paint_piece(row.row, row.column + taken, row.columns - taken, ROLE_DIM, text);
    explanation_words_decision(explanation, text);
    if (text[0] != '\0') {
        row = region_take_top(region, 1);
        paint_text(row.row, row.column, row.columns, ROLE_WARNING, text, ALIGN_LEFT);
    }
}
