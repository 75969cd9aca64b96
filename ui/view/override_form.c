#include "ui/view/views.h"

#include "base/gettext.h"
#include "base/text.h"
#include "intake/value_money.h"
#include "registry/fact_type.h"
#include "ui/kit/form.h"
#include "ui/kit/prompt.h"
#include "ui/view/override_steps.h"
#include "ui/view/show.h"
#include "ui/view/workstation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first field, and for a part the second, are the kind's own; these follow. */
enum { FIELD_REASON, FIELD_DOCUMENT, FIELD_BASIS, FIELD_UNTIL, FIELD_FROM, FIELD_ATTACH, COMMON };

#define MOST_OWN 2
#define MOST_RULES 32

static const char *const class_choices[] = {N_("A low risk"), N_("B moderate risk"),
                                            N_("C fairly high risk"), N_("D high risk"), NULL};

/* The grounds of article 10, in the order of enum fact_status from 1. */
static const char *const ground_choices[] = {N_("revoked or confirmed unlawful"),
                                             N_("changed"),
                                             N_("erroneous by the source's own word"),
                                             N_("disputed by the source"),
                                             N_("excluded by law"),
                                             NULL};

/* What is new, in the order of enum override_novelty from 1. */
static const char *const novelty_choices[] = {N_("new technology"), N_("new industry"),
                                              N_("new form of business"),
                                              N_("new model of business"), NULL};

static enum result check_amount(void *context, const struct form *form, size_t field,
                                struct error *error) {
    int64_t fen = 0;
    const char *text = form_text(form, field);
    (void)context;
    return text[0] == '\0' || value_money_parse(text, MONEY_YUAN, &fen) == PARSE_OK
               ? RESULT_OK
               : error_set(error, RESULT_INVALID, "%s",
                           _("Type an amount of yuan, for instance 20000.00."));
}

static enum result check_attach(void *context, const struct form *form, size_t field,
                                struct error *error);

/* How each kind of form begins. */
static const struct {
    const char *heading;
    struct field own[MOST_OWN];
    size_t own_count;
    bool ends; /* it needs the day on which it ends */
} shapes[] = {
    [FORM_SET_CLASS] = {N_("Propose to set the class; another person approves it."),
                        {{.label = N_("Class"), .kind = FIELD_CHOICE, .choices = class_choices}},
                        1,
                        false},
    [FORM_EXCLUDE_FACT] =
        {N_("Propose to exclude: %s %s %s"),
         {{.label = N_("Ground (article 10)"), .kind = FIELD_CHOICE, .choices = ground_choices}},
         1,
         false},
    [FORM_REVOKE_PART] = {N_("Propose that a part is revoked: %s %s %s"),
                          {{.label = N_("Amount left (yuan)"),
                            .hint = N_("what remains of the amount; empty: all of it"),
                            .kind = FIELD_TEXT,
                            .check = check_amount},
                           {.label = N_("Level left"),
                            .hint = N_("what remains of the level; empty: all of it"),
                            .kind = FIELD_NUMBER}},
                          2,
                          false},
    [FORM_CONFIRM_RULE] = {N_("Propose to confirm a direct rule (article 11); another person "
                              "approves it."),
                           {{.label = N_("Direct rule"), .kind = FIELD_CHOICE}},
                           1,
                           false},
    [FORM_WAIVE_RULE] = {N_("Propose to waive a direct rule for a time; another person approves "
                            "it."),
                         {{.label = N_("Direct rule"), .kind = FIELD_CHOICE}},
                         1,
                         true},
    [FORM_OBSERVE] =
        {N_("Propose an observation period (article 19); another person approves "
            "it."),
         {{.label = N_("What is new"), .kind = FIELD_CHOICE, .choices = novelty_choices}},
         1,
         true},
};

static const struct field common_fields[COMMON] = {
    [FIELD_REASON] = {.label = N_("Reason"), .kind = FIELD_TEXT, .required = true},
    [FIELD_DOCUMENT] = {.label = N_("Document number"), .kind = FIELD_TEXT, .required = true},
    [FIELD_BASIS] = {.label = N_("Legal basis"), .kind = FIELD_TEXT},
    [FIELD_UNTIL] = {.label = N_("Valid until"),
                     .hint = N_("the first day it no longer holds; empty: no end"),
                     .kind = FIELD_DATE},
    [FIELD_FROM] = {.label = N_("Valid from"),
                    .hint = N_("the first day it holds; empty: today"),
                    .kind = FIELD_DATE},
    [FIELD_ATTACH] = {.label = N_("Attachments"),
                      .hint = N_("files, several apart by ';': name and SHA-256 are kept"),
                      .kind = FIELD_TEXT,
                      .check = check_attach},
};

struct override_form {
    struct workstation *workstation;
    const struct explanation *explanation; /* the page below owns it */
    enum override_form_kind kind;
    int64_t fact;
    struct field fields[MOST_OWN + COMMON];
    size_t own; /* how many fields come before the common ones */
    char rules[MOST_RULES][96];
    const char *rule_choices[MOST_RULES + 1];
    struct form *form;
    struct arena *arena; /* attachments; reset at each reading */
    struct attachment *attachments;
    size_t attachment_count;
    bool previewed;
    struct explanation_effect effect;
};

/* Reads the files that are named, one after another. */
static enum result read_attachments(struct override_form *form, const char *names,
                                    struct error *error) {
    enum result code = RESULT_OK;
    size_t most = 1;
    for (const char *at = names; *at != '\0'; at++) {
        most += *at == ';' ? 1 : 0;
    }
    arena_reset(form->arena);
    form->attachment_count = 0;
    form->attachments = arena_alloc(form->arena, most * sizeof(*form->attachments));
    char *text = arena_strdup(form->arena, names);
    if (form->attachments == NULL || text == NULL) {
        return error_no_memory(error);
    }
    char *rest = text;
    for (char *name = strsep(&rest, ";"); code == RESULT_OK && name != NULL;
         name = strsep(&rest, ";")) {
        name += strspn(name, " ");
        if (!text_blank(name)) {
            code = attachment_read(name, form->arena, &form->attachments[form->attachment_count++],
                                   error);
        }
    }
    return code;
}

static enum result check_attach(void *context, const struct form *form, size_t field,
                                struct error *error) {
    return read_attachments(context, form_text(form, field), error);
}

static const char *common_text(const struct override_form *form, size_t field) {
    return form_text(form->form, form->own + field);
}

/* What remains of the fact of which a part is revoked. */
static void read_part(const struct override_form *form, struct override *proposal) {
    proposal->fact_status = FACT_STATUS_revoked;
    proposal->part = true;
    if (value_money_parse(form_text(form->form, 0), MONEY_YUAN, &proposal->amount_left) !=
        PARSE_OK) {
        proposal->amount_left = FACT_NO_AMOUNT;
    }
    if (form_text(form->form, 1)[0] != '\0') {
        int64_t level = form_number(form->form, 1);
        proposal->level_left = level < 0 || level > INT32_MAX ? -1 : (int32_t)level;
    }
}

/* What the form says, as a proposal; texts are the form's. */
static struct override proposal_of(const struct override_form *form) {
    static const enum score_override_kind kinds[] = {
        [FORM_SET_CLASS] = OVERRIDE_SET_CLASS,      [FORM_EXCLUDE_FACT] = OVERRIDE_EXCLUDE_FACT,
        [FORM_REVOKE_PART] = OVERRIDE_EXCLUDE_FACT, [FORM_CONFIRM_RULE] = OVERRIDE_CONFIRM_DIRECT,
        [FORM_WAIVE_RULE] = OVERRIDE_WAIVE_DIRECT,  [FORM_OBSERVE] = OVERRIDE_OBSERVE,
    };
    const struct policy *policy = form->explanation->policy;
    size_t what = form_choice(form->form, 0);
    const char *basis = common_text(form, FIELD_BASIS);
    struct override proposal = {
        .kind = kinds[form->kind],
        .enterprise = form->explanation->enterprise.id,
        .fact = form->fact,
        .risk_class = form->kind == FORM_SET_CLASS ? (enum risk_class)what : CLASS_COUNT,
        .fact_status = form->kind == FORM_EXCLUDE_FACT ? (int)what + 1 : -1,
        .amount_left = FACT_NO_AMOUNT,
        .level_left = FACT_NO_LEVEL,
        .novelty = form->kind == FORM_OBSERVE ? (enum override_novelty)(what + 1) : NOVELTY_NONE,
        .reason = common_text(form, FIELD_REASON),
        .basis = basis[0] == '\0' ? NULL : basis,
        .document = common_text(form, FIELD_DOCUMENT),
        .valid_to = form_date(form->form, form->own + FIELD_UNTIL),
        .valid_from = form_date(form->form, form->own + FIELD_FROM),
        .attachments = form->attachments,
        .attachment_count = form->attachment_count,
    };
    if ((form->kind == FORM_CONFIRM_RULE || form->kind == FORM_WAIVE_RULE) &&
        what < policy->direct_count) {
        proposal.rule = policy->direct[what].code;
    }
    if (form->kind == FORM_REVOKE_PART) {
        read_part(form, &proposal);
    }
    return proposal;
}

static void preview(struct view *view) {
    struct override_form *form = view->data;
    struct override proposal = proposal_of(form);
    struct error error = ERROR_INIT;
    form->previewed = explanation_preview(form->workstation->store, form->explanation,
                                          &form->workstation->actor.clock, &proposal, &form->effect,
                                          &error) == RESULT_OK;
    if (!form->previewed) {
        screen_error(view->screen, &error);
    }
}

/* ---- opening and closing --------------------------------------------------------------------- */

static void close_view(struct view *view) {
    struct override_form *form = view->data;
    form_free(form->form);
    arena_free(form->arena);
    free(form);
}

/* Lists the rules of the policy, and chooses the one that decides, or waits to be confirmed. */
static void list_rules(struct override_form *form) {
    const struct policy *policy = form->explanation->policy;
    const struct result_row *result = &form->explanation->result;
    size_t chosen = 0;
    size_t count = policy->direct_count < MOST_RULES ? policy->direct_count : MOST_RULES;
    for (size_t i = count; i-- > 0;) {
        bool decides = result->rule != NULL && strcmp(policy->direct[i].code, result->rule) == 0;
        snprintf(form->rules[i], sizeof(form->rules[i]), "%s %s", policy->direct[i].code,
                 policy->direct[i].name);
        form->rule_choices[i] = form->rules[i];
        if (form->kind == FORM_WAIVE_RULE ? decides : policy->direct[i].confirm) {
            chosen = i;
        }
    }
    form_set_choices(form->form, 0, form->rule_choices);
    form_set_choice(form->form, 0, chosen);
}

static enum result set_up(struct override_form *form, struct error *error) {
    form->own = shapes[form->kind].own_count;
    memcpy(form->fields, shapes[form->kind].own, form->own * sizeof(struct field));
    memcpy(form->fields + form->own, common_fields, sizeof(common_fields));
    if (shapes[form->kind].ends) {
        form->fields[form->own + FIELD_UNTIL].required = true;
        form->fields[form->own + FIELD_UNTIL].hint = N_("the first day it no longer holds");
    }
    form->arena = arena_new();
    form->form = form_new(form->fields, form->own + COMMON, form);
    if (form->form == NULL || form->arena == NULL) {
        return error_no_memory(error);
    }
    if (form->kind == FORM_SET_CLASS) {
        form_set_choice(form->form, 0, (size_t)form->explanation->result.final_class);
    } else if (form->kind == FORM_CONFIRM_RULE || form->kind == FORM_WAIVE_RULE) {
        list_rules(form);
    }
    return RESULT_OK;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    const struct override_argument *given = argument;
    struct override_form *form = calloc(1, sizeof(*form));
    if (form == NULL) {
        return error_no_memory(error);
    }
    form->workstation = workstation_of(view);
    form->explanation = given->explanation;
    form->kind = given->kind;
    form->fact = given->fact;
    view->data = form;
    enum result code = set_up(form, error);
    if (code != RESULT_OK) {
        close_view(view);
        view->data = NULL;
        return code;
    }
    preview(view);
    return RESULT_OK;
}

/* ---- painting -------------------------------------------------------------------------------- */

/* What stands of the fact of which a part is to be revoked. */
static void paint_standing(const struct override_form *form, const struct fact *fact,
                           struct region *body) {
    const struct fact left = explanation_fact_left(form->explanation, fact);
    struct region row = region_take_top(body, 1);
    char yuan[SHOW_YUAN_SIZE] = "-";
    char level[SHOW_POINTS_SIZE] = "-";
    if (left.amount != FACT_NO_AMOUNT) {
        show_yuan(left.amount, yuan);
    }
    if (left.level != FACT_NO_LEVEL) {
        show_number(left.level, level);
    }
    paint_printf(row.row, row.column, row.columns, ROLE_TEXT,
                 _("It stands with amount %s yuan, level %s."), yuan, level);
}

/* What is proposed about what: the enterprise, or one fact of it. */
static void paint_subject(const struct override_form *form, struct region *body) {
    struct region row = region_take_top(body, 1);
    const struct fact *fact = explanation_fact(form->explanation, form->fact);
    const char *heading = _(shapes[form->kind].heading);
    if (fact == NULL) {
        paint_text(row.row, row.column, row.columns, ROLE_STRONG, heading, ALIGN_LEFT);
        return;
    }
    char day[DATE_TEXT_SIZE];
    char text[256];
    if (form->kind == FORM_REVOKE_PART) {
        snprintf(text, sizeof(text), _("Propose that a part is revoked: %s %s %s"),
                 date_format(fact->occurred_on, day), fact_type_name(fact->type),
                 fact->document == NULL ? "" : fact->document);
    } else {
        snprintf(text, sizeof(text), _("Propose to exclude: %s %s %s"),
                 date_format(fact->occurred_on, day), fact_type_name(fact->type),
                 fact->document == NULL ? "" : fact->document);
    }
    paint_cell(row.row, row.column, row.columns, ROLE_STRONG, text, ALIGN_LEFT);
    if (form->kind == FORM_REVOKE_PART) {
        paint_standing(form, fact, body);
    }
}

static void paint_score(struct region *body, const char *label, const struct score *score,
                        const struct policy *policy) {
    struct region row = region_take_top(body, 1);
    struct buffer text = BUFFER_INIT;
    override_effect_text(score, policy, &text);
    int taken = paint_piece(row.row, row.column, row.columns, ROLE_TEXT, label);
    paint_piece(row.row, row.column + taken, row.columns - taken,
                (int)show_class_role(score->final_class), buffer_text(&text));
    buffer_free(&text);
}

/* The score and what decides the class, now and as they would be. */
static void paint_effect(const struct override_form *form, struct region *body) {
    const struct policy *policy = form->explanation->policy;
    const char *remark = NULL;
    if (!form->previewed) {
        return;
    }
    paint_score(body, _("Now "), &form->effect.before, policy);
    paint_score(body, _("Once approved "), &form->effect.after, policy);
    if (form->kind == FORM_OBSERVE) {
        remark = _("It leaves score and class, and bears on which inspections are planned.");
    } else if (form->kind == FORM_SET_CLASS && form->effect.after.decision == DECIDED_BY_DIRECT) {
        remark = _("A direct rule is in force: it keeps class D whatever a person sets.");
    }
    if (remark != NULL) {
        struct region row = region_take_top(body, 1);
        paint_text(row.row, row.column, row.columns, ROLE_WARNING, remark, ALIGN_LEFT);
    }
}

static void paint(struct view *view, struct region body) {
    struct override_form *form = view->data;
    paint_subject(form, &body);
    paint_effect(form, &body);
    region_take_top(&body, 1);
    form_paint(form->form, body);
}

/* ---- proposing ------------------------------------------------------------------------------- */

/* Asks for consent, naming the effect. */
static bool agree(struct view *view) {
    const struct override_form *form = view->data;
    char points[SHOW_POINTS_SIZE];
    char question[512];
    snprintf(
        question, sizeof(question),
        _("Propose this for %s? Once another person approves it, the score is %s and the class "
          "%s."),
        form->explanation->enterprise.name, show_points(form->effect.after.total, points),
        risk_class_letter(form->effect.after.final_class));
    return prompt_confirm(view->screen, question);
}

static enum view_response submit(struct view *view) {
    struct override_form *form = view->data;
    struct workstation *workstation = form->workstation;
    struct override proposal = proposal_of(form);
    struct error error = ERROR_INIT;
    int64_t id = 0;
    enum result code = override_check(workstation->store, clock_today(&workstation->actor.clock),
                                      &proposal, &error);
    if (code == RESULT_OK) {
        preview(view);
        if (!form->previewed || !agree(view)) {
            return VIEW_HANDLED;
        }
        code = override_propose(workstation->store, &workstation->actor, &proposal, &id, &error);
    }
    if (code != RESULT_OK) {
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
        if (form_focus(form->form) < form->own) {
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
