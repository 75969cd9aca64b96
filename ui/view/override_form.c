#include "ui/view/views.h"

#include "base/gettext.h"
#include "registry/fact_type.h"
#include "ui/kit/form.h"
#include "ui/kit/prompt.h"
#include "ui/view/show.h"
#include "ui/view/workstation.h"

#include <stdio.h>
#include <stdlib.h>

enum { FIELD_WHAT, FIELD_REASON, FIELD_DOCUMENT, FIELD_BASIS, FIELD_UNTIL, FIELD_COUNT };

static const char *const class_choices[] = {N_("A low risk"), N_("B moderate risk"),
                                            N_("C fairly high risk"), N_("D high risk"), NULL};

/* The grounds of article 10, in the order of enum fact_status from 1. */
static const char *const ground_choices[] = {N_("revoked or confirmed unlawful"),
                                             N_("changed"),
                                             N_("erroneous by the source's own word"),
                                             N_("disputed by the source"),
                                             N_("excluded by law"),
                                             NULL};

static const struct field class_fields[] = {
    [FIELD_WHAT] = {.label = N_("Class"), .kind = FIELD_CHOICE, .choices = class_choices},
    [FIELD_REASON] = {.label = N_("Reason"), .kind = FIELD_TEXT, .required = true},
    [FIELD_DOCUMENT] = {.label = N_("Document number"), .kind = FIELD_TEXT, .required = true},
    [FIELD_BASIS] = {.label = N_("Legal basis"), .kind = FIELD_TEXT},
    [FIELD_UNTIL] = {.label = N_("Valid until"),
                     .hint = N_("the first day it no longer holds; empty: no end"),
                     .kind = FIELD_DATE},
};

static const struct field fact_fields[] = {
    [FIELD_WHAT] = {.label = N_("Ground (article 10)"),
                    .kind = FIELD_CHOICE,
                    .choices = ground_choices},
    [FIELD_REASON] = {.label = N_("Reason"), .kind = FIELD_TEXT, .required = true},
    [FIELD_DOCUMENT] = {.label = N_("Document number"), .kind = FIELD_TEXT, .required = true},
    [FIELD_BASIS] = {.label = N_("Legal basis"), .kind = FIELD_TEXT},
    [FIELD_UNTIL] = {.label = N_("Valid until"),
                     .hint = N_("the first day it no longer holds; empty: no end"),
                     .kind = FIELD_DATE},
};

struct override_form {
    struct workstation *workstation;
    const struct explanation *explanation; /* the page below owns it */
    int64_t fact;
    struct form *form;
    bool previewed;
    struct score preview;
};

/* What the form says, as a proposal; texts are the form's. */
static struct override proposal_of(const struct override_form *form) {
    bool sets = form->fact == 0;
    size_t what = form_choice(form->form, FIELD_WHAT);
    const char *basis = form_text(form->form, FIELD_BASIS);
    return (struct override){
        .kind = sets ? OVERRIDE_SET_CLASS : OVERRIDE_EXCLUDE_FACT,
        .enterprise = form->explanation->enterprise.id,
        .fact = form->fact,
        .risk_class = sets ? (enum risk_class)what : CLASS_COUNT,
        .fact_status = sets ? -1 : (int)what + 1,
        .reason = form_text(form->form, FIELD_REASON),
        .basis = basis[0] == '\0' ? NULL : basis,
        .document = form_text(form->form, FIELD_DOCUMENT),
        .valid_to = form_date(form->form, FIELD_UNTIL),
    };
}

static void preview(struct view *view) {
    struct override_form *form = view->data;
    struct override proposal = proposal_of(form);
    struct error error = ERROR_INIT;
    form->previewed = explanation_preview(form->workstation->store, form->explanation, &proposal,
                                          &form->preview, &error) == RESULT_OK;
    if (!form->previewed) {
        screen_error(view->screen, &error);
    }
}

static void close_view(struct view *view) {
    struct override_form *form = view->data;
    form_free(form->form);
    free(form);
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    const struct override_argument *given = argument;
    struct override_form *form = calloc(1, sizeof(*form));
    if (form == NULL) {
        return error_no_memory(error);
    }
    form->workstation = workstation_of(view);
    form->explanation = given->explanation;
    form->fact = given->fact;
    form->form = form_new(form->fact == 0 ? class_fields : fact_fields, FIELD_COUNT, form);
    if (form->form == NULL) {
        free(form);
        return error_no_memory(error);
    }
    if (form->fact == 0) {
        form_set_choice(form->form, FIELD_WHAT, (size_t)form->explanation->result.final_class);
    }
    view->data = form;
    preview(view);
    return RESULT_OK;
}

/* What is proposed about what: the enterprise, or one fact of it. */
static void paint_subject(const struct override_form *form, struct region *body) {
    struct region row = region_take_top(body, 1);
    const struct fact *fact = explanation_fact(form->explanation, form->fact);
    if (fact == NULL) {
        paint_text(row.row, row.column, row.columns, ROLE_STRONG,
                   _("Propose to set the class; another person approves it."), ALIGN_LEFT);
    } else {
        char day[DATE_TEXT_SIZE];
        paint_printf(row.row, row.column, row.columns, ROLE_STRONG,
                     _("Propose to exclude: %s %s %s"), date_format(fact->occurred_on, day),
                     fact_type_name(fact->type), fact->document == NULL ? "" : fact->document);
    }
}

/* The score now and as it would be. */
static void paint_effect(const struct override_form *form, struct region *body) {
    const struct result_row *now = &form->explanation->result;
    struct region row = region_take_top(body, 1);
    char before[SHOW_POINTS_SIZE];
    char after[SHOW_POINTS_SIZE];
    char text[256];
    snprintf(text, sizeof(text), _("Now %s, class %s   ->   "), show_points(now->total, before),
             risk_class_letter(now->final_class));
    int taken = paint_piece(row.row, row.column, row.columns, ROLE_TEXT, text);
    if (form->previewed) {
        snprintf(text, sizeof(text), _("once approved %s, class %s"),
                 show_points(form->preview.total, after),
                 risk_class_letter(form->preview.final_class));
        paint_piece(row.row, row.column + taken, row.columns - taken,
                    (int)show_class_role(form->preview.final_class), text);
    }
    if (form->previewed && form->preview.decision == DECIDED_BY_DIRECT) {
        row = region_take_top(body, 1);
        paint_text(row.row, row.column, row.columns, ROLE_WARNING,
                   _("A direct rule is in force: it keeps class D whatever a person sets."),
                   ALIGN_LEFT);
    }
}

static void paint(struct view *view, struct region body) {
    struct override_form *form = view->data;
    paint_subject(form, &body);
    paint_effect(form, &body);
    region_take_top(&body, 1);
    form_paint(form->form, body);
}

static enum view_response submit(struct view *view) {
    struct override_form *form = view->data;
    struct override proposal = proposal_of(form);
    struct error error = ERROR_INIT;
    char points[SHOW_POINTS_SIZE];
    char question[512];
    int64_t id = 0;
    preview(view);
    snprintf(
        question, sizeof(question),
        _("Propose this for %s? Once another person approves it, the score is %s and the class "
          "%s."),
        form->explanation->enterprise.name, show_points(form->preview.total, points),
        risk_class_letter(form->preview.final_class));
    if (!form->previewed || !prompt_confirm(view->screen, question)) {
        return VIEW_HANDLED;
    }
    if (override_propose(form->workstation->store, &form->workstation->actor, &proposal, &id,
                         &error) != RESULT_OK) {
        screen_error(view->screen, &error);
        return VIEW_HANDLED;
    }
    form_keep(form->form);
    screen_message(view->screen, MESSAGE_INFO,
                   _("Override %lld is proposed; another person approves it at desk 4 (u changes "
                     "the person)."),
                   (long long)id);
    return VIEW_DONE;
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct override_form *form = view->data;
    switch (form_handle(form->form, view->screen, event, action)) {
    case FORM_SUBMITTED:
        return submit(view);
    case FORM_CHANGED:
        if (form_focus(form->form) == FIELD_WHAT) {
            preview(view);
        }
        return VIEW_HANDLED;
    case FORM_HANDLED:
        return VIEW_HANDLED;
    case FORM_IGNORED:
        break;
    }
    return VIEW_IGNORED;
}

static bool unsaved(struct view *view, const char **what) {
    const struct override_form *form = view->data;
    *what = _("Leave without proposing? What was typed is lost.");
    return form_changed(form->form);
}

const struct view_ops override_form_view = {
    .title = N_("Override"),
    .actions = {form_actions, NULL},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .unsaved = unsaved,
    .close = close_view,
};
