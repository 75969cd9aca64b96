#include "ui/command/plan_result.h"

#include "base/gettext.h"
#include "plan/close.h"
#include "plan/outcome.h"
#include "registry/inspection_code.h"
#include "ui/command/output.h"

#include <string.h>

/* Room for the date of a line, and what stands where there is none. */
#define NO_DATE "-"

/* ---- entering -------------------------------------------------------------------------------- */

/* The household that the third word names. */
static enum result unit_word(const struct arguments *arguments, const char **unit,
                             struct error *error) {
    return argument_word(arguments, 2, _("The code of the household"), unit, error);
}

static const char *class_text(const struct outcome_standing *standing) {
    return standing->risk_class == CLASS_COUNT ? NULL : risk_class_letter(standing->risk_class);
}

static json_t *standing_json(const struct outcome_standing *standing) {
    return standing->risk_class == CLASS_COUNT
               ? json_null()
               : json_pack("{s:s, s:I}", "class", class_text(standing), "centipoints",
                           (json_int_t)standing->centipoints);
}

/* What an entry came to. */
static enum result tell_effect(struct session *session, const char *unit,
                               const struct outcome_effect *effect, bool withdrawn,
                               struct error *error) {
    static const char *const words[] = {
        [SAVE_INSERTED] = "inserted", [SAVE_UPDATED] = "updated", [SAVE_UNCHANGED] = "unchanged"};
    if (session->json) {
        return output_json(json_pack("{s:s, s:s, s:o, s:o, s:b}", "uscc", unit, "outcome",
                                     withdrawn ? "withdrawn" : words[effect->saved], "before",
                                     standing_json(&effect->before), "after",
                                     standing_json(&effect->after), "counted", effect->counted),
                           error);
    }
    if (session->quiet) {
        return RESULT_OK;
    }
    output_line(withdrawn                         ? _("%s: the result is taken back.")
                : effect->saved == SAVE_INSERTED  ? _("%s: the result is entered.")
                : effect->saved == SAVE_UNCHANGED ? _("%s: the result stands so already.")
                                                  : _("%s: the result is corrected."),
                unit);
    if (!effect->counted) {
        output_line("%s", _("  The newest period is over or closed: it counts from the next one "
                            "on."));
    } else if (class_text(&effect->before) != NULL && class_text(&effect->after) != NULL) {
        char before[POINTS_TEXT_SIZE];
        char after[POINTS_TEXT_SIZE];
        output_line(_("  class %s -> %s, %s -> %s points"), class_text(&effect->before),
                    class_text(&effect->after), output_points(effect->before.centipoints, before),
                    output_points(effect->after.centipoints, after));
    }
    return RESULT_OK;
}

enum result plan_result_enter(struct session *session, const struct arguments *arguments,
                              int64_t id, struct error *error) {
    struct outcome_effect effect = {.saved = SAVE_UNCHANGED};
    struct outcome_entry entry = {
        .matter = argument_text(arguments, "matter"),
        .inspectors = argument_text(arguments, "inspectors"),
        .method = argument_text(arguments, "method"),
        .result = argument_text(arguments, "result"),
        .follow_up = argument_text(arguments, "follow-up"),
        .note = argument_text(arguments, "note"),
    };
    bool withdraw = argument_flag(arguments, "withdraw");
    enum result code = unit_word(arguments, &entry.unit, error);
    if (code == RESULT_OK) {
        code = argument_date(arguments, "completed-on", DATE_NONE, &entry.completed_on, error);
    }
    if (code == RESULT_OK) {
        code = withdraw
                   ? outcome_withdraw(session->store, &session->actor, id, entry.unit, entry.matter,
                                      argument_text(arguments, "reason"), &effect, error)
                   : outcome_enter(session->store, &session->actor, id, &entry, &effect, error);
    }
    return code == RESULT_OK ? tell_effect(session, entry.unit, &effect, withdraw, error) : code;
}

enum result plan_result_follow(struct session *session, const struct arguments *arguments,
                               int64_t id, struct error *error) {
    const char *unit = NULL;
    struct outcome_follow_up follow_up = {.document = argument_text(arguments, "document"),
                                          .outcome = argument_text(arguments, "outcome")};
    enum result code = unit_word(arguments, &unit, error);
    if (code == RESULT_OK) {
        code = argument_date(arguments, "on", clock_today(&session->actor.clock),
                             &follow_up.done_on, error);
    }
    if (code == RESULT_OK) {
        code = outcome_follow(session->store, &session->actor, id, unit,
                              argument_text(arguments, "matter"), &follow_up, error);
    }
    if (code == RESULT_OK && session->json) {
        return output_json(
            json_pack("{s:s, s:o}", "uscc", unit, "followed_on", output_date(follow_up.done_on)),
            error);
    }
    if (code == RESULT_OK && !session->quiet) {
        output_line(_("%s: the case is closed."), unit);
    }
    return code;
}

/* ---- how they stand -------------------------------------------------------------------------- */

json_t *plan_result_sum_json(const struct outcome_sum *sum) {
    return json_pack(
        "{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:b, s:o, s:o, s:o, s:o}", "units",
        (json_int_t)sum->units, "in", (json_int_t)sum->in, "missing", (json_int_t)sum->missing,
        "late", (json_int_t)sum->late, "open", (json_int_t)sum->open, "unpublished",
        (json_int_t)sum->unpublished, "overdue", (json_int_t)sum->overdue, "due_next",
        output_date(sum->due_next), "due_certain", sum->due_certain, "published_on",
        output_date(sum->published_on), "closed_by", output_text(sum->closed_by), "closed_at",
        output_text(sum->closed_at), "close_reason", output_text(sum->close_reason));
}

void plan_result_sum_print(const struct outcome_sum *sum) {
    char due[DATE_TEXT_SIZE];
    output_line(_("Results: %lld of %lld households, %lld missing (%lld past the last day), %lld "
                  "cases open."),
                (long long)sum->in, (long long)sum->units, (long long)sum->missing,
                (long long)sum->late, (long long)sum->open);
    if (sum->unpublished > 0) {
        output_line(_("To be made public: %lld, the next by %s; %lld overdue."),
                    (long long)sum->unpublished, date_format(sum->due_next, due),
                    (long long)sum->overdue);
        if (!sum->due_certain) {
            output_line("%s", _("  The holidays of that time are not known yet: only Saturdays "
                                "and Sundays were left out."));
        }
    }
}

static json_t *outcome_json(const struct outcome *one) {
    json_t *json = json_pack(
        "{s:I, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:o}", "place",
        (json_int_t)one->place, "uscc", one->unit, "name", one->name, "class",
        risk_class_letter(one->risk_class), "team", output_text(one->team), "matter",
        output_text(one->matter), "inspectors", output_text(one->inspectors), "completed_on",
        output_date(one->completed_on), "method", output_text(one->method), "result",
        output_text(one->result), "follow_up", output_text(one->follow_up), "note",
        output_text(one->note), "open", one->open, "followed_on", output_date(one->followed_on));
    json_object_set_new(json, "followed_document", output_text(one->followed_document));
    json_object_set_new(json, "followed_outcome", output_text(one->followed_outcome));
    json_object_set_new(json, "published_on", output_date(one->published_on));
    json_object_set_new(json, "due", output_date(one->due));
    json_object_set_new(json, "due_certain",
                        one->record == 0 ? json_null() : json_boolean(one->due_certain));
    json_object_set_new(json, "missing_reason", output_text(one->missing_reason));
    return json;
}

static void print_outcome(const struct outcome *one) {
    char day[DATE_TEXT_SIZE];
    char due[DATE_TEXT_SIZE];
    output_cell(risk_class_letter(one->risk_class), 1);
    output_cell(one->unit, 18);
    output_cell(one->record == 0 ? NO_DATE : date_format(one->completed_on, day), 10);
    output_cell(one->record == 0                 ? NO_DATE
                : one->published_on != DATE_NONE ? _("public")
                                                 : date_format(one->due, due),
                10);
    output_cell(one->record == 0 ? one->missing_reason == NULL ? NO_DATE : one->missing_reason
                                 : inspection_code_name(INSPECTION_RESULTS, one->result),
                24);
    output_cell(inspection_code_name(INSPECTION_FOLLOW_UPS, one->follow_up), 12);
    output_cell(one->name, 0);
    output_end();
}

/* The choice that --only names. */
static enum result read_choice(const struct arguments *arguments, enum outcome_choice *choice,
                               struct error *error) {
    static const char *const words[OUTCOMES_CHOICES] = {"all", "missing", "open", "unpublished"};
    const char *word = argument_text(arguments, "only");
    *choice = OUTCOMES_ALL;
    for (int i = 0; word != NULL && i < OUTCOMES_CHOICES; i++) {
        if (strcmp(words[i], word) == 0) {
            *choice = (enum outcome_choice)i;
            return RESULT_OK;
        }
    }
    return word == NULL ? RESULT_OK
                        : error_set(error, RESULT_USAGE,
                                    _("--only: \"%s\" is not known; it is all, missing, open or "
                                      "unpublished."),
                                    word);
}

static enum result show_list(struct session *session, const struct plan *plan,
                             enum outcome_choice choice, struct arena *arena, struct error *error) {
    struct outcome *outcomes = NULL;
    struct outcome_sum sum;
    size_t count = 0;
    enum result code = outcome_list(session->store, plan, choice, arena, &outcomes, &count, error);
    if (code == RESULT_OK) {
        code = outcome_sum(session->store, plan, clock_today(&session->actor.clock), arena, &sum,
                           error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    if (session->json) {
        json_t *array = json_array();
        for (size_t i = 0; i < count; i++) {
            json_array_append_new(array, outcome_json(&outcomes[i]));
        }
        return output_json(json_pack("{s:s, s:s, s:o, s:o}", "number", plan->number, "state",
                                     plan_state_code(plan->state), "results",
                                     plan_result_sum_json(&sum), "units", array),
                           error);
    }
    for (size_t i = 0; i < count; i++) {
        print_outcome(&outcomes[i]);
    }
    if (!session->quiet) {
        plan_result_sum_print(&sum);
    }
    return RESULT_OK;
}

enum result plan_result_list(struct session *session, const struct arguments *arguments, int64_t id,
                             struct error *error) {
    enum outcome_choice choice = OUTCOMES_ALL;
    struct plan plan;
    struct arena *arena = arena_new();
    enum result code =
        arena == NULL ? error_no_memory(error) : read_choice(arguments, &choice, error);
    if (code == RESULT_OK) {
        code = plan_load(session->store, id, arena, &plan, error);
    }
    if (code == RESULT_OK) {
        code = show_list(session, &plan, choice, arena, error);
    }
    arena_free(arena);
    return code;
}

/* ---- the end --------------------------------------------------------------------------------- */

enum result plan_result_publish(struct session *session, const struct arguments *arguments,
                                int64_t id, struct error *error) {
    date on = DATE_NONE;
    int64_t count = 0;
    char day[DATE_TEXT_SIZE];
    enum result code =
        argument_date(arguments, "on", clock_today(&session->actor.clock), &on, error);
    if (code == RESULT_OK) {
        code = plan_publish(session->store, &session->actor, id, on, &count, error);
    }
    if (code == RESULT_OK && session->json) {
        return output_json(
            json_pack("{s:o, s:I}", "published_on", output_date(on), "results", (json_int_t)count),
            error);
    }
    if (code == RESULT_OK && !session->quiet) {
        output_line(ngettext("%lld result is public since %s.", "%lld results are public since %s.",
                             (unsigned long)count),
                    (long long)count, date_format(on, day));
    }
    return code;
}

/* Takes "USCC=REASON" apart. */
static enum result read_missing(const struct arguments *arguments, struct arena *arena,
                                struct plan_missing *missing, size_t *count, struct error *error) {
    const char *text = NULL;
    for (*count = 0; (text = argument_text_at(arguments, "missing", *count)) != NULL; (*count)++) {
        const char *sign = strchr(text, '=');
        if (sign == NULL) {
            return error_set(error, RESULT_USAGE,
                             _("--missing: \"%s\" is not understood; give the code of a household, "
                               "= and the reason."),
                             text);
        }
        missing[*count] = (struct plan_missing){
            .unit = arena_strndup(arena, text, (size_t)(sign - text)), .reason = sign + 1};
    }
    return arena_failed(arena) ? error_no_memory(error) : RESULT_OK;
}

enum result plan_result_close(struct session *session, const struct arguments *arguments,
                              int64_t id, struct error *error) {
    struct plan_missing missing[ARGUMENTS_MOST];
    size_t count = 0;
    struct arena *arena = arena_new();
    enum result code = arena == NULL ? error_no_memory(error)
                                     : read_missing(arguments, arena, missing, &count, error);
    if (code == RESULT_OK) {
        code = plan_close(session->store, &session->actor, id, argument_text(arguments, "reason"),
                          missing, count, error);
    }
    arena_free(arena);
    return code;
}
