#include "ui/command/plan_statistics.h"

#include "base/gettext.h"
#include "report/statistics_sheet.h"
#include "ui/command/output.h"

static json_t *estimate_json(const struct estimate *estimate) {
    return estimate->known ? json_pack("{s:f, s:f, s:f}", "share", estimate->share, "low",
                                       estimate->low, "high", estimate->high)
                           : json_null();
}

static json_t *row_json(const struct statistics_row *row) {
    const struct estimate estimate = estimate_share(row->found, row->checked);
    return json_pack("{s:s, s:I, s:I, s:I, s:I, s:o}", "name", row->name, "plans",
                     (json_int_t)row->plans, "drawn", (json_int_t)row->drawn, "checked",
                     (json_int_t)row->checked, "found", (json_int_t)row->found, "problems",
                     estimate_json(&estimate));
}

static json_t *rows_json(const struct statistics_row *rows, size_t count) {
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(array, row_json(&rows[i]));
    }
    return array;
}

static void print_rows(const struct statistics_row *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        char numbers[96];
        snprintf(numbers, sizeof(numbers), "%lld/%lld/%lld/%lld", (long long)rows[i].plans,
                 (long long)rows[i].drawn, (long long)rows[i].checked, (long long)rows[i].found);
        output_cell(numbers, 24);
        output_cell(rows[i].name[0] == '\0' ? _("none named") : rows[i].name, 0);
        output_end();
    }
}

enum result plan_statistics(struct session *session, const struct arguments *arguments,
                            struct arena *arena, struct error *error) {
    struct statistics statistics;
    date today = clock_today(&session->actor.clock);
    date from = DATE_NONE;
    date to = DATE_NONE;
    const char *path = argument_text(arguments, "file");
    enum result code =
        argument_date(arguments, "from", date_make(date_year(today), 1, 1), &from, error);
    if (code == RESULT_OK) {
        code = argument_date(arguments, "to", today, &to, error);
    }
    if (code == RESULT_OK) {
        code = statistics_load(session->store, from, to, arena, &statistics, error);
    }
    if (code == RESULT_OK && path != NULL) {
        code = statistics_sheet_write(&statistics, from, to, &session->actor, path, error);
    }
    if (code == RESULT_OK && session->json) {
        return output_json(
            json_pack("{s:o, s:o, s:o, s:o, s:o}", "all", row_json(&statistics.all), "classes",
                      rows_json(statistics.classes, CLASS_COUNT), "matters",
                      rows_json(statistics.matters, statistics.matter_count), "departments",
                      rows_json(statistics.departments, statistics.department_count), "estimate",
                      estimate_json(&statistics.estimate)),
            error);
    }
    if (code == RESULT_OK && !session->quiet) {
        output_line("%s", _("plans/drawn/with a result/problems"));
        print_rows(statistics.classes, CLASS_COUNT);
        print_rows(statistics.matters, statistics.matter_count);
        print_rows(statistics.departments, statistics.department_count);
        if (path != NULL) {
            output_line("%s", path);
        }
    }
    return code;
}
