#include "ui/view/views.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "plan/annual.h"
#include "ui/kit/form.h"
#include "ui/view/workstation.h"

#include <stdlib.h>

enum {
    FIELD_TITLE,
    FIELD_RATES,
    FIELD_BATCHES,
    FIELD_FIRST,
    FIELD_LAST,
    FIELD_REGION,
    FIELD_INDUSTRY,
    FIELD_MATTER,
    FIELD_DEPARTMENT,
    FIELD_PARTNERS,
    FIELD_CAP,
    FIELD_COUNT
};

static const char *const batch_choices[] = {N_("one each month"), N_("one each quarter"), NULL};

static enum result check_rates(void *context, const struct form *form, size_t field,
                               struct error *error) {
    struct annual_share shares[CLASS_COUNT];
    (void)context;
    return annual_shares_parse(form_text(form, field), shares, error);
}

static const struct field fields[FIELD_COUNT] = {
    [FIELD_TITLE] = {.label = N_("Title"), .kind = FIELD_TEXT, .required = true},
    [FIELD_RATES] = {.label = N_("Rates"),
                     .hint = N_("the rate of each class, and behind x how often a year"),
                     .kind = FIELD_TEXT,
                     .required = true,
                     .check = check_rates},
    [FIELD_BATCHES] = {.label = N_("Batches"), .kind = FIELD_CHOICE, .choices = batch_choices},
    [FIELD_FIRST] = {.label = N_("First month"),
                     .hint = N_("from 1 to 12"),
                     .kind = FIELD_NUMBER,
                     .required = true},
    [FIELD_LAST] = {.label = N_("Last month"),
                    .hint = N_("from 1 to 12"),
                    .kind = FIELD_NUMBER,
                    .required = true},
    [FIELD_REGION] = {.label = N_("Region"),
                      .hint = N_("division code or its beginning; empty: all"),
                      .kind = FIELD_TEXT},
    [FIELD_INDUSTRY] = {.label = N_("Industry"),
                        .hint = N_("GB/T 4754 code or its beginning; empty: all"),
                        .kind = FIELD_TEXT},
    [FIELD_MATTER] = {.label = N_("Matter"),
                      .hint = N_("what is inspected, as it stands in the plan"),
                      .kind = FIELD_TEXT},
    [FIELD_DEPARTMENT] = {.label = N_("Department"), .kind = FIELD_TEXT},
    [FIELD_PARTNERS] = {.label = N_("Supporting bodies"), .kind = FIELD_TEXT},
    [FIELD_CAP] = {.label = N_("Cap a year"),
                   .hint = N_("visits an enterprise may get; empty: what the policy says"),
                   .kind = FIELD_NUMBER},
};

struct task_form {
    struct workstation *workstation;
    int64_t annual;
    struct form *form;
};

/* The rates of the policy, as they are typed. */
static void set_rates(struct task_form *task) {
    struct annual_share shares[CLASS_COUNT];
    struct buffer text = BUFFER_INIT;
    annual_default_shares(task->workstation->policy, shares);
    for (int i = 0; i < CLASS_COUNT; i++) {
        char share[ANNUAL_SHARE_TEXT_SIZE];
        buffer_printf(&text, "%s%s=%s", i == 0 ? "" : ",", risk_class_letter((enum risk_class)i),
                      annual_share_format(&shares[i], share));
    }
    form_set_text(task->form, FIELD_RATES, buffer_text(&text));
    buffer_free(&text);
}

static void close_view(struct view *view) {
    struct task_form *task = view->data;
    form_free(task->form);
    free(task);
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    const struct annual *annual = argument;
    if (annual->state != ANNUAL_DRAFT) {
        return error_set(error, RESULT_REFUSED, "%s",
                         _("Only a draft takes further tasks; make another annual plan."));
    }
    struct task_form *task = calloc(1, sizeof(*task));
    if (task == NULL || (task->form = form_new(fields, FIELD_COUNT, task)) == NULL) {
        free(task);
        return error_no_memory(error);
    }
    task->workstation = workstation_of(view);
    task->annual = annual->id;
    view->data = task;
    form_set_text(task->form, FIELD_FIRST, "1");
    form_set_text(task->form, FIELD_LAST, "12");
    set_rates(task);
    return RESULT_OK;
}

static void paint(struct view *view, struct region body) {
    struct task_form *task = view->data;
    form_paint(task->form, body);
}

static const char *or_null(const char *text) {
    return text[0] == '\0' ? NULL : text;
}

/* A month as typed; 0, which is none, when it is out of the year. */
static int month_of(const struct form *form, size_t field) {
    int64_t month = form_number(form, field);
    return month >= 1 && month <= ANNUAL_MONTHS ? (int)month : 0;
}

static enum view_response submit(struct view *view) {
    struct task_form *task = view->data;
    const struct form *form = task->form;
    struct annual_task made = {
        .title = form_text(form, FIELD_TITLE),
        .matter = or_null(form_text(form, FIELD_MATTER)),
        .region = or_null(form_text(form, FIELD_REGION)),
        .industry = or_null(form_text(form, FIELD_INDUSTRY)),
        .department = or_null(form_text(form, FIELD_DEPARTMENT)),
        .partners = or_null(form_text(form, FIELD_PARTNERS)),
        .quarterly = form_choice(form, FIELD_BATCHES) == 1,
        .first_month = month_of(form, FIELD_FIRST),
        .last_month = month_of(form, FIELD_LAST),
        .cap = form_number(form, FIELD_CAP),
    };
    struct error error = ERROR_INIT;
    int64_t place = 0;
    enum result code = annual_shares_parse(form_text(form, FIELD_RATES), made.shares, &error);
    if (code == RESULT_OK) {
        code = annual_task_add(task->workstation->store, &task->workstation->actor, task->annual,
                               &made, &place, &error);
    }
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
        return VIEW_HANDLED;
    }
    form_keep(task->form);
    return VIEW_DONE;
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct task_form *task = view->data;
    enum form_response response = form_handle(task->form, view->screen, event, action);
    if (response == FORM_SUBMITTED) {
        return submit(view);
    }
    return response == FORM_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static bool unsaved(struct view *view, const char **what) {
    const struct task_form *task = view->data;
    *what = _("Leave without keeping the task? What was typed is lost.");
    return form_changed(task->form);
}

const struct view_ops annual_task_view = {
    .title = N_("Task"),
    .actions = {form_actions, NULL},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .unsaved = unsaved,
    .close = close_view,
};
