#include "ui/view/history_lines.h"

#include "base/gettext.h"
#include "ui/view/show.h"

#include <stdio.h>
#include <string.h>

enum { PERIOD = 0, STATE = 8, CLASS = 16, POINTS = 20, CHANGE = 29, BAR = 39, DECIDED = 52 };

#define BAR_COLUMNS 12
#define DECIDED_COLUMNS 12

/* What the cells up to the changed indicators take; those come where there is room. */
#define CHANGES (DECIDED + DECIDED_COLUMNS + 1)

void history_titles_paint(struct region row) {
    static const struct {
        const char *title;
        int column;
        int width;
        enum align align;
    } titles[] = {
        {N_("Period"), PERIOD, 7, ALIGN_LEFT},
        {N_("State"), STATE, 7, ALIGN_LEFT},
        {N_("Cl."), CLASS, 4, ALIGN_LEFT},
        {N_("Points"), POINTS, 8, ALIGN_RIGHT},
        {N_("Points +/-"), CHANGE, 9, ALIGN_RIGHT},
        {N_("Decided by"), DECIDED, DECIDED_COLUMNS, ALIGN_LEFT},
    };
    for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++) {
        paint_text(row.row, row.column + titles[i].column, titles[i].width, ROLE_HEADER,
                   _(titles[i].title), titles[i].align);
    }
    paint_text(row.row, row.column + CHANGES, row.columns - CHANGES, ROLE_HEADER,
               _("What changed most"), ALIGN_LEFT);
}

static const char *decision_text(const struct history_row *line, char text[64]) {
    text[0] = '\0';
    if (line->decision == DECIDED_BY_DIRECT) {
        snprintf(text, 64, _("rule %s"), line->rule == NULL ? "" : line->rule);
    } else if (line->decision == DECIDED_BY_OVERRIDE) {
        snprintf(text, 64, _("override %lld"), (long long)line->override_id);
    } else {
        snprintf(text, 64, "%s", _("score"));
    }
    return text;
}

static void paint_changes(const struct history_row *line, struct region row, int on_cursor) {
    char text[512] = "";
    size_t length = 0;
    if (line->other_policy) {
        length = (size_t)snprintf(text, sizeof(text), _("policy %s  "), line->policy_version);
    }
    for (size_t i = 0; i < line->change_count && length < sizeof(text); i++) {
        const struct history_change *one = &line->changes[i];
        char points[SHOW_POINTS_SIZE];
        length += (size_t)snprintf(text + length, sizeof(text) - length, "%s %s%s  ",
                                   row.columns - CHANGES < 40 ? one->code : one->name,
                                   one->after > one->before ? "+" : "",
                                   show_points(one->after - one->before, points));
    }
    paint_cell(row.row, row.column + CHANGES, row.columns - CHANGES, ROLE_DIM | on_cursor, text,
               ALIGN_LEFT);
}

void history_line_paint(const struct history_row *line, int64_t maximum, struct region row,
                        int on_cursor) {
    char text[64];
    char points[SHOW_POINTS_SIZE];
    int role = (int)show_class_role(line->final_class) | on_cursor;
    paint_text(row.row, row.column + PERIOD, 7, ROLE_TEXT | on_cursor,
               period_format(line->period, text), ALIGN_LEFT);
    paint_text(row.row, row.column + STATE, 7, ROLE_DIM | on_cursor,
               line->closed ? _("period closed") : _("period open"), ALIGN_LEFT);
    paint_text(row.row, row.column + CLASS, 2, role, risk_class_letter(line->final_class),
               ALIGN_LEFT);
    paint_text(row.row, row.column + POINTS, 8, ROLE_TEXT | on_cursor,
               show_points(line->total, points), ALIGN_RIGHT);
    if (!line->first) {
        snprintf(text, sizeof(text), "%s%s", line->change > 0 ? "+" : "",
                 show_points(line->change, points));
        paint_text(row.row, row.column + CHANGE, 9, ROLE_TEXT | on_cursor, text, ALIGN_RIGHT);
    }
    paint_bar(row.row, row.column + BAR, BAR_COLUMNS, role, line->total, maximum, -1);
    paint_cell(row.row, row.column + DECIDED, DECIDED_COLUMNS, ROLE_TEXT | on_cursor,
               decision_text(line, text), ALIGN_LEFT);
    paint_changes(line, row, on_cursor);
}
