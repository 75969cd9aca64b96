#include "ui/view/views.h"

#include "base/gettext.h"
#include "draw/team.h"
#include "plan/measures_text.h"
#include "plan/scope.h"
#include "ui/kit/form.h"
#include "ui/view/show.h"
#include "ui/view/workstation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Most inspections a year that a form takes. */
#define CAP_MOST 366

enum {
    FIELD_TITLE,
    FIELD_RATE_A,
    FIELD_RATE_D = FIELD_RATE_A + CLASS_COUNT - 1,
    FIELD_ROUNDING,
    FIELD_REGION,
    FIELD_INDUSTRY,
    FIELD_MATTER,
    FIELD_DEPARTMENT,
    FIELD_PARTNERS,
    FIELD_FROM,
    FIELD_TO,
    FIELD_TEAM_SIZE,
    FIELD_EXPERT,
    FIELD_CAP,
    FIELD_COUNT
};

static const char *const no_or_yes[] = {N_("no"), N_("yes"), NULL};

static const char *const roundings[] = {N_("unbiased (by ticket)"), N_("up (not less than)"), NULL};

static enum result check_rate(void *context, const struct form *form, size_t field,
                              struct error *error) {
    (void)context;
    struct draw_rate rate;
    return rate_parse(form_text(form, field), &rate, error);
}

/* The number in a field, or `absent` where it is empty; -1 when it is none from 1 to most. */
static int64_t number_in(const struct form *form, size_t field, int64_t absent, int64_t most) {
    const char *text = form_text(form, field);
    char *end = NULL;
    int64_t number = strtoll(text, &end, 10);
    return text[0] == '\0' ? absent : *end == '\0' && number >= 1 && number <= most ? number : -1;
}

static enum result check_team_size(void *context, const struct form *form, size_t field,
                                   struct error *error) {
    (void)context;
    return number_in(form, field, PLAN_TEAM_SIZE, TEAM_SIZE_MOST) > 0
               ? RESULT_OK
               : error_set(error, RESULT_USAGE, _("\"%s\" is no size of a team; from 1 to %d."),
                           form_text(form, field), TEAM_SIZE_MOST);
}

static enum result check_cap(void *context, const struct form *form, size_t field,
                             struct error *error) {
    (void)context;
    return number_in(form, field, 0, CAP_MOST) >= 0
               ? RESULT_OK
               : error_set(error, RESULT_USAGE,
                           _("\"%s\" is no number of inspections; from 1 to %d, or empty for "
                             "what the policy says."),
                           form_text(form, field), CAP_MOST);
}

#define RATE_FIELD(text)                                                                           \
    {                                                                                              \
        .label = text, .hint = N_("like 5%, 0.5% or 1/3"), .kind = FIELD_TEXT, .required = true,   \
        .check = check_rate                                                                        \
    }

static const struct field fields[] = {
    [FIELD_TITLE] = {.label = N_("Title"), .kind = FIELD_TEXT, .required = true},
    [FIELD_RATE_A] = RATE_FIELD(N_("Rate of class A")),
    [FIELD_RATE_A + 1] = RATE_FIELD(N_("Rate of class B")),
    [FIELD_RATE_A + 2] = RATE_FIELD(N_("Rate of class C")),
    [FIELD_RATE_D] = RATE_FIELD(N_("Rate of class D")),
    [FIELD_ROUNDING] = {.label = N_("Rounding"), .kind = FIELD_CHOICE, .choices = roundings},
    [FIELD_REGION] = {.label = N_("Region"),
                      .hint = N_("division code or its beginning; empty: all"),
                      .kind = FIELD_TEXT},
    [FIELD_INDUSTRY] = {.label = N_("Industry"),
                        .hint = N_("GB/T 4754 code or its beginning; empty: all"),
                        .kind = FIELD_TEXT},
    [FIELD_MATTER] = {.label = N_("Matter"),
                      .hint = N_("codes or titles of the library, or free words"),
                      .kind = FIELD_TEXT},
    [FIELD_DEPARTMENT] = {.label = N_("Department"), .kind = FIELD_TEXT},
    [FIELD_PARTNERS] = {.label = N_("Partners"),
                        .hint = N_("bodies that take part"),
                        .kind = FIELD_TEXT},
    [FIELD_FROM] = {.label = N_("Inspected from"), .kind = FIELD_DATE},
    [FIELD_TO] = {.label = N_("Inspected to"), .kind = FIELD_DATE},
    [FIELD_TEAM_SIZE] = {.label = N_("Team size"),
                         .hint = N_("inspectors for each household"),
                         .kind = FIELD_TEXT,
                         .check = check_team_size},
    [FIELD_EXPERT] = {.label = N_("With an expert"), .kind = FIELD_CHOICE, .choices = no_or_yes},
    [FIELD_CAP] = {.label = N_("Most a year"),
                   .hint = N_("inspections of one household; empty: as the policy says"),
                   .kind = FIELD_TEXT,
                   .check = check_cap},
};

struct plan_form {
    struct workstation *workstation;
    int64_t plan;           /* the draft that is changed; 0: a new one */
    struct plan_scope kept; /* of the draft: what it has beyond the fields stays */
    struct arena *arena;    /* for its texts */
    struct form *form;
    struct plan_counts counts;
    char *counted_region; /* what the counts are of */
    char *counted_industry;
};

static const char *or_null(const char *text) {
    return text[0] == '\0' ? NULL : text;
}

static struct plan_scope scope_of(const struct plan_form *form) {
    struct plan_scope scope = form->kept;
    int64_t cap = number_in(form->form, FIELD_CAP, 0, CAP_MOST);
    scope.region = or_null(form_text(form->form, FIELD_REGION));
    scope.industry = or_null(form_text(form->form, FIELD_INDUSTRY));
    scope.matter = or_null(form_text(form->form, FIELD_MATTER));
    scope.department = or_null(form_text(form->form, FIELD_DEPARTMENT));
    scope.partners = or_null(form_text(form->form, FIELD_PARTNERS));
    scope.from = form_date(form->form, FIELD_FROM);
    scope.to = form_date(form->form, FIELD_TO);
    scope.team_size = number_in(form->form, FIELD_TEAM_SIZE, PLAN_TEAM_SIZE, TEAM_SIZE_MOST);
    scope.expert = form_choice(form->form, FIELD_EXPERT) == 1;
    scope.cap = cap < 0 ? 0 : cap;
    return scope;
}

/* Counts the scope anew when it is another one than was counted last. */
static void count_scope(struct view *view) {
    struct plan_form *form = view->data;
    const char *region = form_text(form->form, FIELD_REGION);
    const char *industry = form_text(form->form, FIELD_INDUSTRY);
    if (form->counted_region != NULL && form->counted_industry != NULL &&
        strcmp(form->counted_region, region) == 0 &&
        strcmp(form->counted_industry, industry) == 0) {
        return;
    }
    struct plan_scope scope = scope_of(form);
    struct error error = ERROR_INIT;
    free(form->counted_region);
    free(form->counted_industry);
    form->counted_region = strdup(region);
    form->counted_industry = strdup(industry);
    if (plan_scope_count(form->workstation->store, form->workstation->period.id, &scope,
                         clock_today(&form->workstation->actor.clock), &form->counts,
                         &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    }
}

/* "2026年第四季度..." by the day: what a plan of this time is usually called. */
static void set_default_title(struct plan_form *form) {
    static const char *const quarters[] = {N_("first quarter"), N_("second quarter"),
                                           N_("third quarter"), N_("fourth quarter")};
    date today = clock_today(&form->workstation->actor.clock);
    char title[128];
    snprintf(title, sizeof(title), _("Double-random inspection, %s of %d"),
             _(quarters[(date_month(today) - 1) / 3]), date_year(today));
    form_set_text(form->form, FIELD_TITLE, title);
}

static void set_rates(struct plan_form *form, const struct draw_measures *measures) {
    for (size_t i = 0; i < measures->rule_count && i < CLASS_COUNT; i++) {
        char text[RATE_TEXT_SIZE];
        form_set_text(form->form, FIELD_RATE_A + i, rate_format(measures->rules[i].rate, text));
    }
    form_set_choice(form->form, FIELD_ROUNDING, measures->rounding == DRAW_ROUNDING_CEIL ? 1 : 0);
}

static void set_number(struct plan_form *form, size_t field, int64_t number) {
    char text[24] = "";
    if (number > 0) {
        snprintf(text, sizeof(text), "%lld", (long long)number);
    }
    form_set_text(form->form, field, text);
}

static void set_text(struct plan_form *form, size_t field, const char *text) {
    form_set_text(form->form, field, text == NULL ? "" : text);
}

/* Fills the form from a draft that is to be changed. */
static enum result set_draft(struct plan_form *form, int64_t id, struct error *error) {
    struct plan plan;
    enum result code = plan_load(form->workstation->store, id, form->arena, &plan, error);
    if (code == RESULT_OK &&
        (plan.measures.mode != DRAW_MODE_RATE || plan.measures.rule_count != CLASS_COUNT)) {
        code = error_set(error, RESULT_REFUSED, "%s",
                         _("This plan draws a fixed total, or by grades; change it with \"xinfeng "
                           "plan measures\"."));
    }
    if (code == RESULT_OK) {
        char from[DATE_TEXT_SIZE];
        char to[DATE_TEXT_SIZE];
        const struct plan_scope *scope = &plan.scope;
        form->kept = plan.scope;
        set_text(form, FIELD_TITLE, plan.title);
        set_text(form, FIELD_REGION, scope->region);
        set_text(form, FIELD_INDUSTRY, scope->industry);
        set_text(form, FIELD_MATTER, scope->matter);
        set_text(form, FIELD_DEPARTMENT, scope->department);
        set_text(form, FIELD_PARTNERS, scope->partners);
        set_text(form, FIELD_FROM, date_format(scope->from, from));
        set_text(form, FIELD_TO, date_format(scope->to, to));
        set_number(form, FIELD_TEAM_SIZE, scope->team_size);
        form_set_choice(form->form, FIELD_EXPERT, scope->expert ? 1 : 0);
        set_number(form, FIELD_CAP, scope->cap);
        set_rates(form, &plan.measures);
        form->plan = id;
    }
    return code;
}

static void close_view(struct view *view) {
    struct plan_form *form = view->data;
    form_free(form->form);
    free(form->counted_region);
    free(form->counted_industry);
    arena_free(form->arena);
    free(form);
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    struct workstation *workstation = workstation_of(view);
    if (workstation->period.id == 0) {
        return error_set(error, RESULT_REFUSED, "%s",
                         _("Score a period first (R): a plan draws by the classes of the newest "
                           "period."));
    }
    struct plan_form *form = calloc(1, sizeof(*form));
    if (form == NULL || (form->form = form_new(fields, FIELD_COUNT, form)) == NULL) {
        free(form);
        return error_no_memory(error);
    }
    form->workstation = workstation;
    form->arena = arena_new();
    view->data = form;
    enum result code = form->arena == NULL ? error_no_memory(error) : RESULT_OK;
    if (code == RESULT_OK && argument != NULL) {
        code = set_draft(form, *(const int64_t *)argument, error);
    } else if (code == RESULT_OK) {
        struct draw_rule rules[CLASS_COUNT];
        struct draw_measures measures = plan_default_measures(workstation->policy, rules);
        set_default_title(form);
        set_rates(form, &measures);
        set_number(form, FIELD_TEAM_SIZE, PLAN_TEAM_SIZE);
    }
    if (code != RESULT_OK) {
        close_view(view);
        view->data = NULL;
        return code;
    }
    count_scope(view);
    return RESULT_OK;
}

/* One class: how many there are, the rate, and how many that draws on average. */
static void paint_class(const struct plan_form *form, int risk_class, struct region row) {
    struct draw_rate rate;
    char number[SHOW_POINTS_SIZE];
    char drawn[SHOW_POINTS_SIZE];
    const char *typed = form_text(form->form, (size_t)(FIELD_RATE_A + risk_class));
    int64_t population = form->counts.classes[risk_class];
    paint_text(row.row, row.column, 2, (int)show_class_role((enum risk_class)risk_class),
               risk_class_letter((enum risk_class)risk_class), ALIGN_LEFT);
    paint_text(row.row, row.column + 2, 12, ROLE_TEXT, show_number(population, number),
               ALIGN_RIGHT);
    paint_cell(row.row, row.column + 15, 9, ROLE_TEXT, typed, ALIGN_RIGHT);
    struct error error = ERROR_INIT;
    if (rate_parse(typed, &rate, &error) == RESULT_OK) {
        uint64_t tenths = (uint64_t)population * 10 * rate.num / rate.den;
        snprintf(drawn, sizeof(drawn), "%llu.%llu", (unsigned long long)(tenths / 10),
                 (unsigned long long)(tenths % 10));
        paint_text(row.row, row.column + 25, 12, ROLE_STRONG, drawn, ALIGN_RIGHT);
    }
    error_clear(&error);
}

static void paint_counts(const struct plan_form *form, struct region *body) {
    int64_t excluded = 0;
    char number[SHOW_POINTS_SIZE];
    struct region row = region_take_top(body, 1);
    paint_text(row.row, row.column, 14, ROLE_HEADER, _("Class, households"), ALIGN_RIGHT);
    paint_text(row.row, row.column + 15, 9, ROLE_HEADER, _("Rate"), ALIGN_RIGHT);
    paint_text(row.row, row.column + 25, 12, ROLE_HEADER, _("Drawn, mean"), ALIGN_RIGHT);
    for (int i = 0; i < CLASS_COUNT; i++) {
        paint_class(form, i, region_take_top(body, 1));
    }
    for (int i = 0; i < PLAN_EXCLUSION_COUNT; i++) {
        excluded += form->counts.excluded[i];
    }
    row = region_take_top(body, 1);
    paint_printf(row.row, row.column, row.columns, ROLE_DIM, _("Left out: %s"),
                 show_number(excluded, number));
}

static void paint(struct view *view, struct region body) {
    struct plan_form *form = view->data;
    if (body.rows >= 12) {
        paint_counts(form, &body);
    }
    form_paint(form->form, body);
}

static enum view_response submit(struct view *view) {
    struct plan_form *form = view->data;
    struct store *store = form->workstation->store;
    const struct actor *actor = &form->workstation->actor;
    struct plan_scope scope = scope_of(form);
    struct draw_rule rules[CLASS_COUNT];
    struct draw_measures measures = plan_default_measures(form->workstation->policy, rules);
    struct error error = ERROR_INIT;
    const char *title = form_text(form->form, FIELD_TITLE);
    int64_t id = form->plan;
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < CLASS_COUNT; i++) {
        code = rate_parse(form_text(form->form, FIELD_RATE_A + i), &rules[i].rate, &error);
    }
    measures.rounding =
        form_choice(form->form, FIELD_ROUNDING) == 1 ? DRAW_ROUNDING_CEIL : DRAW_ROUNDING_UNBIASED;
    if (code == RESULT_OK) {
        code = id == 0 ? plan_create(store, actor, title, &scope, &measures, &id, &error)
                       : plan_change(store, actor, id, title, &scope, &measures, &error);
    }
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
        return VIEW_HANDLED;
    }
    form_keep(form->form);
    if (form->plan == 0) {
        screen_push(view->screen, &plan_view, &id); /* takes the form's place, which ends */
    }
    return VIEW_DONE;
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct plan_form *form = view->data;
    size_t before = form_focus(form->form);
    enum form_response response = form_handle(form->form, view->screen, event, action);
    if (response == FORM_SUBMITTED) {
        return submit(view);
    }
    if (form_focus(form->form) != before) {
        count_scope(view);
    }
    return response == FORM_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static bool unsaved(struct view *view, const char **what) {
    const struct plan_form *form = view->data;
    *what = _("Leave without keeping the plan? What was typed is lost.");
    return form_changed(form->form);
}

const struct view_ops plan_form_view = {
    .title = N_("Plan draft"),
    .actions = {form_actions, NULL},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .unsaved = unsaved,
    .close = close_view,
};
