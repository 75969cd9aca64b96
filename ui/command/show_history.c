#include "ui/command/show_history.h"

#include "base/gettext.h"
#include "registry/enterprise.h"
#include "score/history.h"
#include "ui/command/output.h"

#include <stdio.h>

static json_t *changes_json(const struct history_row *row) {
    json_t *all = json_array();
    for (size_t i = 0; i < row->change_count; i++) {
        const struct history_change *one = &row->changes[i];
        json_array_append_new(all, json_pack("{s:s, s:s, s:I, s:I}", "code", one->code, "name",
                                             one->name, "before", (json_int_t)one->before, "after",
                                             (json_int_t)one->after));
    }
    return all;
}

static json_t *row_json(const struct history_row *row) {
    char period[PERIOD_TEXT_SIZE];
    return json_pack(
        "{s:s, s:o, s:b, s:{s:s, s:s, s:s}, s:I, s:s, s:s, s:{s:s, s:o, s:o}, s:o, s:b, s:o}",
        "period", period_format(row->period, period), "day", output_date(row->day), "closed",
        row->closed, "policy", "code", row->policy_code, "version", row->policy_version, "digest",
        row->policy_digest, "centipoints", (json_int_t)row->total, "score_class",
        risk_class_letter(row->score_class), "final_class", risk_class_letter(row->final_class),
        "decided_by", "kind", score_decision_code(row->decision), "rule", output_text(row->rule),
        "id", row->override_id == 0 ? json_null() : json_integer(row->override_id), "change",
        row->first ? json_null() : json_integer(row->change), "other_policy", row->other_policy,
        "changes", changes_json(row));
}

static enum result print_json(const struct enterprise *enterprise, const struct history_row *rows,
                              size_t count, struct error *error) {
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(list, row_json(&rows[i]));
    }
    return output_json(json_pack("{s:o, s:s, s:o}", "uscc", output_text(enterprise->uscc), "name",
                                 enterprise->name, "history", list),
                       error);
}

/* What decided, with what it goes back to. */
static const char *decision_text(const struct history_row *row, char text[64]) {
    switch (row->decision) {
    case DECIDED_BY_DIRECT:
        snprintf(text, 64, _("direct rule %s"), row->rule == NULL ? "" : row->rule);
        break;
    case DECIDED_BY_OVERRIDE:
        snprintf(text, 64, _("override %lld"), (long long)row->override_id);
        break;
    case DECIDED_BY_SCORE:
        snprintf(text, 64, "%s", _("score"));
        break;
    }
    return text;
}

static void print_row(const struct history_row *row) {
    char period[PERIOD_TEXT_SIZE];
    char points[POINTS_TEXT_SIZE];
    char change[POINTS_TEXT_SIZE + 1] = "";
    char text[64];
    char day[DATE_TEXT_SIZE];
    if (!row->first) {
        snprintf(change, sizeof(change), "%s%s", row->change > 0 ? "+" : "",
                 output_points(row->change, points));
    }
    output_cell(period_format(row->period, period), 8);
    output_cell(row->closed ? _("period closed") : _("period open"), 14);
    output_cell(date_format(row->day, day), 10);
    output_cell(risk_class_letter(row->score_class), 8);
    output_cell(risk_class_letter(row->final_class), 6);
    output_cell(output_points(row->total, points), 8);
    output_cell(change, 9);
    output_cell(decision_text(row, text), 16);
    output_cell(row->policy_version, 8);
    output_end();
    for (size_t i = 0; i < row->change_count; i++) {
        char after[POINTS_TEXT_SIZE];
        output_line("         %s %s: %s -> %s", row->changes[i].code, row->changes[i].name,
                    output_points(row->changes[i].before, points),
                    output_points(row->changes[i].after, after));
    }
}

static void print_text(const struct enterprise *enterprise, const struct history_row *rows,
                       size_t count) {
    static const struct {
        const char *title;
        int width;
    } titles[] = {{N_("Period"), 8},     {N_("State"), 14},      {N_("Day"), 10},
                  {N_("By points"), 8},  {N_("Class"), 6},       {N_("Points"), 8},
                  {N_("Points +/-"), 9}, {N_("Decided by"), 16}, {N_("Policy"), 8}};
    output_line("%s  %s", enterprise->name, enterprise->uscc == NULL ? "-" : enterprise->uscc);
    for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++) {
        output_cell(_(titles[i].title), titles[i].width);
    }
    output_end();
    for (size_t i = 0; i < count; i++) {
        print_row(&rows[i]);
    }
    if (count == 0) {
        output_line("%s", _("It has no score in any period yet."));
    }
}

enum result show_history(struct session *session, int64_t id, struct error *error) {
    struct arena *arena = arena_new();
    struct enterprise enterprise;
    struct history_row *rows = NULL;
    size_t count = 0;
    enum result code = arena == NULL
                           ? error_no_memory(error)
                           : enterprise_load(session->store, id, arena, &enterprise, error);
    if (code == RESULT_OK) {
        code = history_load(session->store, id, arena, &rows, &count, error);
    }
    if (code == RESULT_OK && session->json) {
        code = print_json(&enterprise, rows, count, error);
    } else if (code == RESULT_OK) {
        print_text(&enterprise, rows, count);
    }
    arena_free(arena);
    return code;
}
