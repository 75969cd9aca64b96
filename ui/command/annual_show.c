#include "ui/command/annual_show.h"

#include "base/gettext.h"
#include "plan/annual_outlook.h"
#include "plan/measures_text.h"
#include "score/period.h"
#include "ui/command/output.h"

#include <stdio.h>
#include <string.h>

#define MONTH_COLUMNS 5
#define CLASS_COLUMNS 9

typedef enum result show_function(struct session *session, const struct annual *annual,
                                  struct error *error);

static enum result with_annual(struct session *session, int64_t id, show_function *show,
                               struct error *error) {
    struct arena *arena = arena_new();
    struct annual annual;
    enum result code = arena == NULL ? error_no_memory(error)
                                     : annual_load(session->store, id, arena, &annual, error);
    if (code == RESULT_OK) {
        code = show(session, &annual, error);
    }
    arena_free(arena);
    return code;
}

/* ---- the plan ---------------------------------------------------------------------------------
 */

static int64_t planned_of(const struct annual *annual) {
    int64_t sum = 0;
    for (size_t i = 0; i < annual->task_count; i++) {
        sum += annual_task_planned(&annual->tasks[i]);
    }
    return sum;
}

static json_t *head_json(const struct annual *annual) {
    return json_pack("{s:I, s:i, s:s, s:s, s:I, s:I, s:I, s:o, s:o, s:o}", "id",
                     (json_int_t)annual->id, "year", annual->year, "title", annual->title, "state",
                     annual_state_code(annual->state), "tasks", (json_int_t)annual->task_count,
                     "planned", (json_int_t)planned_of(annual), "inspectors",
                     (json_int_t)annual->inspectors, "created_by", output_text(annual->created_by),
                     "published_by", output_text(annual->published_by), "void_reason",
                     output_text(annual->void_reason));
}

static void print_head(const struct annual *annual) {
    output_line(_("Annual plan %lld, %d: %s; %s; %zu tasks, %lld visits planned."),
                (long long)annual->id, annual->year, annual->title,
                annual_state_name(annual->state), annual->task_count,
                (long long)planned_of(annual));
}

static enum result show_short(struct session *session, const struct annual *annual,
                              struct error *error) {
    if (session->json) {
        return output_json(head_json(annual), error);
    }
    if (!session->quiet) {
        print_head(annual);
    }
    return RESULT_OK;
}

enum result annual_show_short(struct session *session, int64_t id, struct error *error) {
    return with_annual(session, id, show_short, error);
}

static json_t *numbers_json(const int64_t *numbers) {
    json_t *json = json_object();
    for (int i = 0; i < CLASS_COUNT; i++) {
        json_object_set_new(json, risk_class_letter((enum risk_class)i), json_integer(numbers[i]));
    }
    return json;
}

static json_t *rate_json(struct draw_rate rate) {
    return rate.den == 0
               ? json_null()
               : json_pack("{s:I, s:I}", "num", (json_int_t)rate.num, "den", (json_int_t)rate.den);
}

static json_t *shares_json(const struct annual_task *task) {
    json_t *json = json_object();
    for (int i = 0; i < CLASS_COUNT; i++) {
        json_object_set_new(json, risk_class_letter((enum risk_class)i),
                            json_pack("{s:o, s:I}", "rate", rate_json(task->shares[i].rate),
                                      "times", (json_int_t)task->shares[i].times));
    }
    return json;
}

static json_t *batch_json(const struct annual_batch *batch) {
    return json_pack("{s:i, s:i, s:I, s:o, s:I, s:o, s:o, s:I}", "first_month", batch->first_month,
                     "last_month", batch->last_month, "working_days", (json_int_t)batch->weight,
                     "planned_by_class", numbers_json(batch->planned), "planned",
                     (json_int_t)annual_batch_planned(batch), "plan",
                     batch->plan == 0 ? json_null() : json_integer(batch->plan), "number",
                     output_text(batch->plan_number), "drawn", (json_int_t)batch->drawn);
}

static json_t *task_json(const struct annual_task *task) {
    char period[PERIOD_TEXT_SIZE];
    json_t *batches = json_array();
    for (size_t i = 0; i < task->batch_count; i++) {
        json_array_append_new(batches, batch_json(&task->batches[i]));
    }
    return json_pack(
        "{s:I, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:i, s:i, s:I, s:s, s:o, s:I, "
        "s:o}",
        "task", (json_int_t)task->place, "title", task->title, "matter", output_text(task->matter),
        "region", output_text(task->region), "industry", output_text(task->industry), "department",
        output_text(task->department), "partners", output_text(task->partners), "shares",
        shares_json(task), "batches_by", task->quarterly ? "quarter" : "month", "first_month",
        task->first_month, "last_month", task->last_month, "cap", (json_int_t)task->cap,
        "base_period", period_format(task->base_period, period), "base", numbers_json(task->base),
        "planned", (json_int_t)annual_task_planned(task), "batches", batches);
}

static json_t *tasks_json(const struct annual *annual) {
    json_t *tasks = json_array();
    for (size_t i = 0; i < annual->task_count; i++) {
        json_array_append_new(tasks, task_json(&annual->tasks[i]));
    }
    return tasks;
}

static void print_task(const struct annual_task *task) {
    output_line(_("Task %lld: %s; months %d to %d, %zu batches; %lld visits planned."),
                (long long)task->place, task->title, task->first_month, task->last_month,
                task->batch_count, (long long)annual_task_planned(task));
    for (int i = 0; i < CLASS_COUNT; i++) {
        char share[ANNUAL_SHARE_TEXT_SIZE];
        int64_t planned = 0;
        for (size_t j = 0; j < task->batch_count; j++) {
            planned += task->batches[j].planned[i];
        }
        output_line("  %s  %s  %lld / %lld", risk_class_letter((enum risk_class)i),
                    annual_share_format(&task->shares[i], share), (long long)planned,
                    (long long)task->base[i]);
    }
}

static enum result show_whole(struct session *session, const struct annual *annual,
                              struct error *error) {
    if (session->json) {
        json_t *whole = head_json(annual);
        json_object_set_new(whole, "tasks", tasks_json(annual));
        return output_json(whole, error);
    }
    print_head(annual);
    for (size_t i = 0; i < annual->task_count; i++) {
        print_task(&annual->tasks[i]);
    }
    return RESULT_OK;
}

enum result annual_show_whole(struct session *session, int64_t id, struct error *error) {
    return with_annual(session, id, show_whole, error);
}

enum result annual_show_list(struct session *session, struct error *error) {
    struct arena *arena = arena_new();
    struct annual *annuals = NULL;
    size_t count = 0;
    enum result code = arena == NULL ? error_no_memory(error)
                                     : annual_list(session->store, arena, &annuals, &count, error);
    if (code == RESULT_OK && session->json) {
        json_t *array = json_array();
        for (size_t i = 0; i < count; i++) {
            json_array_append_new(array, head_json(&annuals[i]));
        }
        code = output_json(array, error);
    } else if (code == RESULT_OK) {
        for (size_t i = 0; i < count; i++) {
            print_head(&annuals[i]);
        }
    }
    arena_free(arena);
    return code;
}

/* ---- the calendar -----------------------------------------------------------------------------
 */

static void print_months(const char *label, const int64_t *numbers) {
    output_cell(label, 24);
    for (int month = 0; month < ANNUAL_MONTHS; month++) {
        char text[24];
        snprintf(text, sizeof(text), "%lld", (long long)numbers[month]);
        output_cell(text, MONTH_COLUMNS);
    }
    output_end();
}

static json_t *months_json(const int64_t *numbers) {
    json_t *json = json_array();
    for (int month = 0; month < ANNUAL_MONTHS; month++) {
        json_array_append_new(json, json_integer(numbers[month]));
    }
    return json;
}

static void print_task_months(const struct annual_task *task) {
    output_cell(task->title, 24);
    for (int month = 1; month <= ANNUAL_MONTHS; month++) {
        char text[48] = "";
        size_t place = annual_task_batch(task, month);
        if (place != SIZE_MAX && task->batches[place].first_month == month) {
            const struct annual_batch *batch = &task->batches[place];
            bool drawn = batch->plan != 0 && batch->plan_state >= PLAN_DRAWN;
            snprintf(text, sizeof(text), "%lld%s",
                     (long long)(drawn ? batch->drawn : annual_batch_planned(batch)),
                     drawn              ? "*"
                     : batch->plan != 0 ? "+"
                                        : "");
        } else if (place != SIZE_MAX) {
            snprintf(text, sizeof(text), "-");
        }
        output_cell(text, MONTH_COLUMNS);
    }
    output_end();
}

static enum result show_calendar(struct session *session, const struct annual *annual,
                                 struct error *error) {
    int64_t planned[ANNUAL_MONTHS];
    int64_t drawn[ANNUAL_MONTHS];
    int64_t months[ANNUAL_MONTHS];
    annual_loads(annual, false, planned);
    annual_loads(annual, true, drawn);
    if (session->json) {
        return output_json(json_pack("{s:I, s:i, s:o, s:o, s:o, s:I}", "id", (json_int_t)annual->id,
                                     "year", annual->year, "tasks", tasks_json(annual), "planned",
                                     months_json(planned), "drawn", months_json(drawn),
                                     "inspectors", (json_int_t)annual->inspectors),
                           error);
    }
    for (int month = 0; month < ANNUAL_MONTHS; month++) {
        months[month] = month + 1;
    }
    print_head(annual);
    print_months(_("Month"), months);
    for (size_t i = 0; i < annual->task_count; i++) {
        print_task_months(&annual->tasks[i]);
    }
    print_months(_("Planned, all tasks"), planned);
    print_months(_("Drawn, all tasks"), drawn);
    output_line(_("%lld inspectors in service. + drafted, * drawn, - the same quarter."),
                (long long)annual->inspectors);
    return RESULT_OK;
}

enum result annual_show_calendar(struct session *session, int64_t id, struct error *error) {
    return with_annual(session, id, show_calendar, error);
}

/* ---- the outlook ------------------------------------------------------------------------------
 */

static json_t *class_json(const struct annual_outlook_class *one, int risk_class) {
    return json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o}", "class",
                     risk_class_letter((enum risk_class)risk_class), "start",
                     (json_int_t)one->start, "now", (json_int_t)one->now, "moved_in",
                     (json_int_t)one->moved_in, "moved_out", (json_int_t)one->moved_out, "planned",
                     (json_int_t)one->planned, "drawn", (json_int_t)one->drawn, "left_thousandths",
                     (json_int_t)one->left, "rate_then", rate_json(one->then), "rate_now",
                     rate_json(one->rate));
}

static json_t *outlook_json(const struct annual_task *task, const struct annual_outlook *outlook) {
    json_t *classes = json_array();
    for (int i = 0; i < CLASS_COUNT; i++) {
        json_array_append_new(classes, class_json(&outlook->classes[i], i));
    }
    return json_pack("{s:I, s:s, s:o, s:I, s:o}", "task", (json_int_t)task->place, "title",
                     task->title, "next_month",
                     outlook->next < task->batch_count
                         ? json_integer(task->batches[outlook->next].first_month)
                         : json_null(),
                     "batches_left", (json_int_t)outlook->left, "classes", classes);
}

static void print_number(int64_t number) {
    char text[24];
    snprintf(text, sizeof(text), "%lld", (long long)number);
    output_cell(text, CLASS_COLUMNS);
}

static void print_rate(struct draw_rate rate) {
    char text[24] = "";
    if (rate.den != 0) {
        uint64_t parts = rate.num * 1000000 / rate.den;
        snprintf(text, sizeof(text), "%llu.%04llu%%", (unsigned long long)(parts / 10000),
                 (unsigned long long)(parts % 10000));
    }
    output_cell(text, CLASS_COLUMNS);
}

static void print_outlook(const struct annual *annual, const struct annual_task *task,
                          const struct annual_outlook *outlook) {
    const char *const titles[] = {_("Class"), _("Start"), _("Now"), _("In"),        _("Out"),
                                  _("Plan"),  _("Drawn"), _("Due"), _("Rate then"), _("Rate now")};
    if (outlook->left > 0) {
        output_line(_("Task %lld: %s; %zu batches left, the next in %d-%02d."),
                    (long long)task->place, task->title, outlook->left, annual->year,
                    task->batches[outlook->next].first_month);
    } else {
        output_line(_("Task %lld: %s; no batch left."), (long long)task->place, task->title);
    }
    for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++) {
        output_cell(titles[i], i == 0 ? 5 : CLASS_COLUMNS);
    }
    output_end();
    for (int i = 0; i < CLASS_COUNT; i++) {
        const struct annual_outlook_class *one = &outlook->classes[i];
        const int64_t numbers[] = {one->start,     one->now,     one->moved_in,
                                   one->moved_out, one->planned, one->drawn};
        char left[32];
        output_cell(risk_class_letter((enum risk_class)i), 5);
        for (size_t j = 0; j < sizeof(numbers) / sizeof(numbers[0]); j++) {
            print_number(numbers[j]);
        }
        snprintf(left, sizeof(left), "%lld.%lld", (long long)(one->left / 1000),
                 (long long)(one->left / 100 % 10));
        output_cell(left, CLASS_COLUMNS);
        print_rate(one->then);
        print_rate(one->rate);
        output_end();
    }
}

static enum result show_outlook(struct session *session, const struct annual *annual,
                                struct error *error) {
    json_t *tasks = session->json ? json_array() : NULL;
    enum result code = RESULT_OK;
    if (!session->json) {
        print_head(annual);
    }
    for (size_t i = 0; code == RESULT_OK && i < annual->task_count; i++) {
        struct annual_outlook outlook;
        code = annual_outlook_load(session->store, annual, &annual->tasks[i], &outlook, error);
        if (code == RESULT_OK && session->json) {
            json_array_append_new(tasks, outlook_json(&annual->tasks[i], &outlook));
        } else if (code == RESULT_OK) {
            print_outlook(annual, &annual->tasks[i], &outlook);
        }
    }
    if (code != RESULT_OK || !session->json) {
        json_decref(tasks);
        return code;
    }
    json_t *whole = head_json(annual);
    json_object_set_new(whole, "tasks", tasks);
    return output_json(whole, error);
}

enum result annual_show_outlook(struct session *session, int64_t id, struct error *error) {
    return with_annual(session, id, show_outlook, error);
}
