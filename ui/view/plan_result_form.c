#include "ui/view/views.h"

#include "base/gettext.h"
#include "base/text.h"
#include "plan/outcome.h"
#include "plan/outcome_list.h"
#include "registry/inspection_code.h"
#include "ui/kit/form.h"
#include "ui/view/show.h"
#include "ui/view/workstation.h"

#include <stdio.h>
#include <stdlib.h>

/* Choices of the longest list, and its end. */
#define MOST_CHOICES (INSPECTION_RESULT_CODES + 1)

enum {
    FIELD_RESULT,
    FIELD_METHOD,
    FIELD_COMPLETED,
    FIELD_FOLLOW_UP,
    FIELD_INSPECTORS,
    FIELD_NOTE,
    FIELDS
};

static const struct field fields[FIELDS] = {
    [FIELD_RESULT] = {.label = N_("Result"), .kind = FIELD_CHOICE},
    [FIELD_METHOD] = {.label = N_("Method"), .kind = FIELD_CHOICE},
    [FIELD_COMPLETED] = {.label = N_("Completed on"), .kind = FIELD_DATE, .required = true},
    [FIELD_FOLLOW_UP] = {.label = N_("Follow-up"), .kind = FIELD_CHOICE},
    [FIELD_INSPECTORS] = {.label = N_("Inspectors"),
                          .hint = N_("empty: the team that was assigned"),
                          .kind = FIELD_TEXT},
    [FIELD_NOTE] = {.label = N_("Note"), .kind = FIELD_TEXT},
};

/* The fields that are lists of codes. */
static const struct {
    size_t field;
    enum inspection_list list;
} lists[] = {{FIELD_RESULT, INSPECTION_RESULTS},
             {FIELD_METHOD, INSPECTION_METHODS},
             {FIELD_FOLLOW_UP, INSPECTION_FOLLOW_UPS}};

#define LISTS (sizeof(lists) / sizeof(lists[0]))

struct result_form {
    struct workstation *workstation;
    const struct plan *plan; /* the page below owns plan and outcome */
    const struct outcome *outcome;
    const char *choices[LISTS][MOST_CHOICES];
    struct form *form;
};

static void close_view(struct view *view) {
    struct result_form *form = view->data;
    form_free(form->form);
    free(form);
}

/* Fills the choices of a list and chooses the word that stands. */
static void set_list(struct result_form *form, size_t place, const char *word) {
    size_t count = 0;
    const struct inspection_code *codes = inspection_codes(lists[place].list, &count);
    int chosen = inspection_code_find(lists[place].list, word);
    for (size_t i = 0; i < count; i++) {
        form->choices[place][i] = _(codes[i].name);
    }
    form->choices[place][count] = NULL;
    form_set_choices(form->form, lists[place].field, form->choices[place]);
    form_set_choice(form->form, lists[place].field, chosen < 0 ? 0 : (size_t)chosen);
}

static enum result set_up(struct result_form *form, struct error *error) {
    const struct outcome *one = form->outcome;
    char day[DATE_TEXT_SIZE];
    form->form = form_new(fields, FIELDS, form);
    if (form->form == NULL) {
        return error_no_memory(error);
    }
    const char *const words[LISTS] = {one->result, one->method, one->follow_up};
    for (size_t i = 0; i < LISTS; i++) {
        set_list(form, i, words[i]);
    }
    date completed =
        one->record != 0 ? one->completed_on : clock_today(&form->workstation->actor.clock);
    bool set = form_set_text(form->form, FIELD_COMPLETED, date_format(completed, day));
    set = set && form_set_text(form->form, FIELD_INSPECTORS,
                               one->inspectors == NULL ? "" : one->inspectors);
    set = set && form_set_text(form->form, FIELD_NOTE, one->note == NULL ? "" : one->note);
    return set ? RESULT_OK : error_no_memory(error);
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    const struct plan_result_argument *given = argument;
    struct result_form *form = calloc(1, sizeof(*form));
    if (form == NULL) {
        return error_no_memory(error);
    }
    form->workstation = workstation_of(view);
    form->plan = given->plan;
    form->outcome = given->outcome;
    view->data = form;
    enum result code = set_up(form, error);
    if (code != RESULT_OK) {
        close_view(view);
        view->data = NULL;
    }
    return code;
}

static void paint(struct view *view, struct region body) {
    struct result_form *form = view->data;
    const struct outcome *one = form->outcome;
    const char *matter = text_blank(one->matter) ? form->plan->scope.matter : one->matter;
    struct region row = region_take_top(&body, 1);
    int taken = paint_piece(row.row, row.column, row.columns, (int)show_class_role(one->risk_class),
                            risk_class_letter(one->risk_class)) +
                1;
    taken += paint_piece(row.row, row.column + taken, row.columns - taken, ROLE_STRONG, one->name);
    paint_piece(row.row, row.column + taken + 2, row.columns - taken - 2, ROLE_DIM, one->unit);
    if (!text_blank(matter)) {
        row = region_take_top(&body, 1);
        paint_printf(row.row, row.column, row.columns, ROLE_TEXT, _("Matter: %s"), matter);
    }
    row = region_take_top(&body, 1);
    if (one->team != NULL) {
        paint_printf(row.row, row.column, row.columns, ROLE_TEXT, _("Team: %s"), one->team);
    }
    region_take_top(&body, 1);
    form_paint(form->form, body);
}

/* ---- entering -------------------------------------------------------------------------------- */

/* The code of the choice that stands in a list. */
static const char *chosen_code(const struct result_form *form, size_t place) {
    size_t count = 0;
    const struct inspection_code *codes = inspection_codes(lists[place].list, &count);
    size_t choice = form_choice(form->form, lists[place].field);
    return choice < count ? codes[choice].code : NULL;
}

/* A result that speaks against the enterprise calls for something: the follow-up moves along while
 * it still says that nothing is needed. */
static void follow_result(struct result_form *form) {
    size_t count = 0;
    const struct inspection_code *codes = inspection_codes(INSPECTION_RESULTS, &count);
    size_t choice = form_choice(form->form, FIELD_RESULT);
    if (choice < count && codes[choice].level > 0 &&
        form_choice(form->form, FIELD_FOLLOW_UP) == INSPECTION_FOLLOW_UP_IS_none) {
        form_set_choice(form->form, FIELD_FOLLOW_UP, INSPECTION_FOLLOW_UP_IS_correction);
    }
}

/* Says what became of the class. */
static void tell(struct screen *screen, const char *name, const struct outcome_effect *effect) {
    char before[SHOW_POINTS_SIZE];
    char after[SHOW_POINTS_SIZE];
    if (effect->saved == SAVE_UNCHANGED) {
        screen_message(screen, MESSAGE_INFO, _("%s: the result stands so already."), name);
    } else if (!effect->counted || effect->after.risk_class == CLASS_COUNT ||
               effect->before.risk_class == CLASS_COUNT) {
        screen_message(screen, MESSAGE_INFO, _("%s: kept; it counts from the next period on."),
                       name);
    } else {
        screen_message(screen, MESSAGE_INFO, _("%s: class %s -> %s, %s -> %s points"), name,
                       risk_class_letter(effect->before.risk_class),
                       risk_class_letter(effect->after.risk_class),
                       show_points(effect->before.centipoints, before),
                       show_points(effect->after.centipoints, after));
    }
}

static enum view_response submit(struct view *view) {
    struct result_form *form = view->data;
    struct workstation *workstation = form->workstation;
    struct outcome_effect effect;
    struct error error = ERROR_INIT;
    const struct outcome_entry entry = {
        .unit = form->outcome->unit,
        .matter = form->outcome->matter,
        .inspectors = form_text(form->form, FIELD_INSPECTORS),
        .completed_on = form_date(form->form, FIELD_COMPLETED),
        .result = chosen_code(form, 0),
        .method = chosen_code(form, 1),
        .follow_up = chosen_code(form, 2),
        .note = form_text(form->form, FIELD_NOTE),
    };
    if (outcome_enter(workstation->store, &workstation->actor, form->plan->id, &entry, &effect,
                      &error) != RESULT_OK) {
        screen_error(view->screen, &error);
        return VIEW_HANDLED;
    }
    form_keep(form->form);
    tell(view->screen, form->outcome->name, &effect);
    return VIEW_DONE;
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct result_form *form = view->data;
    switch (form_handle(form->form, view->screen, event, action)) {
    case FORM_SUBMITTED:
        return submit(view);
    case FORM_CHANGED:
        if (form_focus(form->form) == FIELD_RESULT) {
            follow_result(form);
        }
        return VIEW_HANDLED;
    case FORM_HANDLED:
        return VIEW_HANDLED;
    case FORM_IGNORED:
        break;
    }
    return VIEW_IGNORED;
}

static void name(const struct view *view, struct buffer *buffer) {
    const struct result_form *form = view->data;
    buffer_append_text(buffer, form->outcome->name);
}

static bool unsaved(struct view *view, const char **what) {
    const struct result_form *form = view->data;
    *what = _("Leave without keeping the result? What was typed is lost.");
    return form_changed(form->form);
}

const struct view_ops plan_result_form_view = {
    .title = N_("Result"),
    .actions = {form_actions, NULL},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .name = name,
    .unsaved = unsaved,
    .close = close_view,
};
