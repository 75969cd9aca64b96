#include "ui/view/override_steps.h"

#include "base/gettext.h"
#include "base/text.h"
#include "score/override_text.h"
#include "ui/kit/prompt.h"
#include "ui/view/show.h"
#include "ui/view/workstation.h"

#include <stdlib.h>

int override_role(const struct override *override, date today) {
    if (override->state == OVERRIDE_PROPOSED) {
        return ROLE_WARNING;
    }
    return override->state == OVERRIDE_APPROVED && override_holds(override, today) ? ROLE_TEXT
                                                                                   : ROLE_DIM;
}

void override_effect_text(const struct score *score, const struct policy *policy,
                          struct buffer *text) {
    char points[SHOW_POINTS_SIZE];
    buffer_printf(text, _("%s, class %s: "), show_points(score->total, points),
                  risk_class_letter(score->final_class));
    override_text_decision(score, policy, text);
}

/* ---- steps ----------------------------------------------------------------------------------- */

/* Says what came of a step. */
static bool finish(struct view *view, const struct override *override, enum result code,
                   struct error *error) {
    if (code != RESULT_OK) {
        screen_error(view->screen, error);
        return false;
    }
    screen_message(view->screen, MESSAGE_INFO, _("Override %lld: done."), (long long) override->id);
    return true;
}

/* What approving would do, as a sentence; nothing for an enterprise without a score. */
static enum result tell_effect(struct workstation *workstation, const struct override *override,
                               struct buffer *text, struct error *error) {
    struct explanation explanation = {0};
    struct explanation_effect effect;
    struct buffer now = BUFFER_INIT;
    struct buffer then = BUFFER_INIT;
    struct arena *arena = arena_new();
    enum result code = arena == NULL ? error_no_memory(error)
                                     : explanation_load(workstation->store, override->enterprise, 0,
                                                        arena, &explanation, error);
    if (code == RESULT_OK) {
        code = explanation_preview(workstation->store, &explanation, &workstation->actor.clock,
                                   override, &effect, error);
    }
    if (code == RESULT_OK) {
        override_effect_text(&effect.before, explanation.policy, &now);
        override_effect_text(&effect.after, explanation.policy, &then);
        buffer_printf(text, _(" Now %s; with it %s."), buffer_text(&now), buffer_text(&then));
    } else if (code == RESULT_NOT_FOUND) {
        error_clear(error);
        code = RESULT_OK;
    }
    buffer_free(&now);
    buffer_free(&then);
    explanation_clear(&explanation);
    arena_free(arena);
    return code;
}

bool override_step_approve(struct view *view, const struct override *override) {
    struct workstation *workstation = workstation_of(view);
    struct error error = ERROR_INIT;
    struct buffer question = BUFFER_INIT;
    buffer_printf(&question,
                  _("Approve override %lld for %s as %s? The enterprise is scored anew at once."),
                  (long long) override->id, override->name, workstation->actor.name);
    enum result code = tell_effect(workstation, override, &question, &error);
    bool agreed = code == RESULT_OK && prompt_confirm(view->screen, buffer_text(&question));
    buffer_free(&question);
    if (code == RESULT_OK && !agreed) {
        return false;
    }
    if (code == RESULT_OK) {
        code = override_approve(workstation->store, &workstation->actor, override->id, &error);
    }
    return finish(view, override, code, &error);
}

/* Asks for a line of text; on the heap, NULL when given up. */
static char *ask(struct view *view, const char *label) {
    struct prompt prompt = {.label = label};
    return prompt_text(view->screen, &prompt);
}

bool override_step_reject(struct view *view, const struct override *override) {
    struct workstation *workstation = workstation_of(view);
    struct error error = ERROR_INIT;
    char *reason = ask(view, _("Reason of the rejection:"));
    if (reason == NULL) {
        return false;
    }
    enum result code =
        override_reject(workstation->store, &workstation->actor, override->id, reason, &error);
    free(reason);
    return finish(view, override, code, &error);
}

bool override_step_withdraw(struct view *view, const struct override *override) {
    struct workstation *workstation = workstation_of(view);
    struct error error = ERROR_INIT;
    bool restores = override->kind == OVERRIDE_EXCLUDE_FACT && override->state == OVERRIDE_APPROVED;
    char *reason = ask(view, restores ? _("Reason why the fact counts again:")
                                      : _("Reason of the withdrawal:"));
    char *document = reason != NULL && restores ? ask(view, _("Document number:")) : NULL;
    if (reason == NULL || (restores && document == NULL)) {
        free(reason);
        return false;
    }
    enum result code = override_withdraw(workstation->store, &workstation->actor, override->id,
                                         reason, document, &error);
    free(reason);
    free(document);
    return finish(view, override, code, &error);
}

/* ---- all of it ------------------------------------------------------------------------------- */

#define LABEL_COLUMNS 16

/* A line "label   text"; '-' where there is nothing. */
static void add(struct buffer *notice, const char *label, const char *text) {
    buffer_append_text(notice, label);
    for (int column = text_width(label); column < LABEL_COLUMNS; column++) {
        buffer_append_char(notice, ' ');
    }
    buffer_printf(notice, "  %s\n", text == NULL || text[0] == '\0' ? "-" : text);
}

/* Who did it and when. */
static void add_step(struct buffer *notice, const char *label, const char *who, const char *when,
                     const char *why) {
    char time[SHOW_TIME_SIZE];
    struct buffer text = BUFFER_INIT;
    if (who != NULL) {
        buffer_printf(&text, "%s  %s  %s", who, show_time(when, time), why == NULL ? "" : why);
        add(notice, label, buffer_text(&text));
    }
    buffer_free(&text);
}

static void add_life(struct buffer *notice, const struct override *override) {
    bool rejected = override->state == OVERRIDE_REJECTED;
    add_step(notice, _("Proposed by"), override->proposer, override->proposed_at, NULL);
    add_step(notice, rejected ? _("Rejected by") : _("Approved by"), override->approver,
             override->decided_at, override->decided_reason);
    add_step(notice, _("Withdrawn by"), override->withdrawn_by, override->withdrawn_at,
             override->withdrawn_reason);
    if (override->withdrawn_document != NULL) {
        add(notice, _("Restored by"), override->withdrawn_document);
    }
}

static void add_attachments(struct buffer *notice, const struct attachment *attachments,
                            size_t count) {
    for (size_t i = 0; i < count; i++) {
        char size[SHOW_POINTS_SIZE];
        struct buffer text = BUFFER_INIT;
        buffer_printf(&text, _("%s, %s bytes"), attachments[i].name,
                      show_number(attachments[i].size, size));
        add(notice, _("Attachment"), buffer_text(&text));
        add(notice, "  SHA-256", attachments[i].digest);
        buffer_free(&text);
    }
}

void override_notice(struct view *view, const struct override *override) {
    struct workstation *workstation = workstation_of(view);
    struct error error = ERROR_INIT;
    struct attachment *attachments = NULL;
    size_t count = 0;
    char day[DATE_TEXT_SIZE];
    struct buffer notice = BUFFER_INIT;
    struct buffer what = BUFFER_INIT;
    struct arena *arena = arena_new();
    enum result code = arena == NULL ? error_no_memory(&error)
                                     : attachment_load(workstation->store, override->id, arena,
                                                       &attachments, &count, &error);
    if (code == RESULT_OK) {
        override_text_what(override, &what);
        add(&notice, _("Enterprise"), override->name);
        add(&notice, _("Override"), buffer_text(&what));
        add(&notice, _("State"),
            override_text_state(override, clock_today(&workstation->actor.clock)));
        add(&notice, _("Reason"), override->reason);
        add(&notice, _("Document number"), override->document);
        add(&notice, _("Legal basis"), override->basis);
        add(&notice, _("Valid from"), date_format(override->valid_from, day));
        add(&notice, _("Valid until"), date_format(override->valid_to, day));
        add_life(&notice, override);
        add_attachments(&notice, attachments, count);
        prompt_notice(view->screen, _("Override"), buffer_text(&notice));
    } else {
        screen_error(view->screen, &error);
    }
    arena_free(arena);
    buffer_free(&what);
    buffer_free(&notice);
}
