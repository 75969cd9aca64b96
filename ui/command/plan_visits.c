#include "ui/command/plan_visits.h"

#include "base/gettext.h"
#include "plan/visits.h"
#include "registry/division.h"
#include "ui/command/output.h"

static json_t *visit_json(const struct merged_visit *visit) {
    return json_pack("{s:s, s:s, s:s, s:I, s:s, s:s, s:s}", "uscc", visit->unit, "name",
                     visit->name, "region", visit->region, "plans", (json_int_t)visit->plans,
                     "numbers", visit->numbers, "matters", visit->matters, "departments",
                     visit->departments);
}

enum result plan_visits_list(struct session *session, const struct arguments *arguments,
                             struct arena *arena, struct error *error) {
    struct merged_visit *visits = NULL;
    size_t count = 0;
    int64_t saved = 0;
    int64_t year = 0;
    enum result code = argument_number(arguments, "year", 1990, 9999,
                                       date_year(clock_today(&session->actor.clock)), &year, error);
    if (code == RESULT_OK) {
        code = visits_load(session->store, (int)year, arena, &visits, &count, &saved, error);
    }
    json_t *array = json_array();
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        const struct merged_visit *one = &visits[i];
        if (session->json) {
            json_array_append_new(array, visit_json(one));
        } else if (!session->quiet) {
            output_cell(one->unit, 18);
            output_cell(division_label(one->region), 16);
            output_cell(one->numbers, 20);
            output_cell(one->name, 0);
            output_end();
        }
    }
    if (code == RESULT_OK && session->json) {
        return output_json(json_pack("{s:o, s:I}", "visits", array, "saved", (json_int_t)saved),
                           error);
    }
    json_decref(array);
    if (code == RESULT_OK && !session->quiet) {
        output_line(_("%zu enterprises are in several plans; visiting each once spares %lld "
                      "visits."),
                    count, (long long)saved);
    }
    return code;
}
