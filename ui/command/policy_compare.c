#include "ui/command/policy_compare.h"

#include "base/gettext.h"
#include "policy/policy_advice.h"
#include "policy/policy_diff.h"
#include "report/simulation_file.h"
#include "ui/command/output.h"
#include "ui/command/policy.h"

#include <stdio.h>

/* ---- check ----------------------------------------------------------------------------------- */

static json_t *advice_json(const struct policy_advice *advice, size_t count) {
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(
            list, json_pack("{s:s, s:s}", "code", advice[i].code, "sentence", advice[i].sentence));
    }
    return list;
}

enum result policy_command_check(struct session *session, const struct arguments *arguments,
                                 struct arena *arena, struct error *error) {
    const char *word = NULL;
    struct policy *policy = NULL;
    struct policy_advice *advice = NULL;
    size_t count = 0;
    enum result code = argument_word(arguments, 1, _("The policy file"), &word, error);
    if (code == RESULT_OK) {
        code = policy_word_load(session, word, arena, &policy, error);
    }
    if (code == RESULT_OK) {
        code = policy_advise(policy, arena, &advice, &count, error);
    }
    if (code == RESULT_OK && session->json) {
        code = output_json(json_pack("{s:s, s:s, s:s, s:I, s:o}", "code", policy->code, "version",
                                     policy->version, "digest", policy->digest, "indicators",
                                     (json_int_t)policy->indicator_count, "warnings",
                                     advice_json(advice, count)),
                           error);
    } else if (code == RESULT_OK) {
        output_line(_("%s holds: policy %s %s, %zu indicators, digest %s."), word, policy->code,
                    policy->version, policy->indicator_count, policy->digest);
        for (size_t i = 0; i < count; i++) {
            output_line(_("Worth a look: %s: %s"), advice[i].code, advice[i].sentence);
        }
    }
    policy_free(policy);
    return code;
}

/* ---- diff ------------------------------------------------------------------------------------ */

static json_t *change_json(const struct policy_change *change) {
    static const char *const kinds[] = {"added", "removed", "changed"};
    static const char *const parts[] = {"general",   "dimension", "indicator",
                                        "indicator", "direct",    "measures"};
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "kind", kinds[change->kind],
                     "part", parts[change->sheet], "code", change->code, "name", change->name,
                     "key", change->key, "title", change->title, "before", change->before, "after",
                     change->after);
}

static enum result print_changes(const struct session *session, const struct policy_change *changes,
                                 size_t count, struct arena *arena, struct error *error) {
    if (session->json) {
        json_t *list = json_array();
        for (size_t i = 0; i < count; i++) {
            json_array_append_new(list, change_json(&changes[i]));
        }
        return output_json(list, error);
    }
    for (size_t i = 0; i < count; i++) {
        output_line("%s", policy_change_sentence(&changes[i], arena));
    }
    if (count == 0 && !session->quiet) {
        output_line("%s", _("No difference: both have the same digest."));
    }
    return RESULT_OK;
}

enum result policy_command_diff(struct session *session, const struct arguments *arguments,
                                struct arena *arena, struct error *error) {
    const char *words[2] = {NULL, NULL};
    struct policy *policies[2] = {NULL, NULL};
    struct policy_change *changes = NULL;
    size_t count = 0;
    enum result code = argument_word(arguments, 1, _("The policy before"), &words[0], error);
    if (code == RESULT_OK) {
        code = argument_word(arguments, 2, _("The policy after"), &words[1], error);
    }
    for (int i = 0; code == RESULT_OK && i < 2; i++) {
        code = policy_word_load(session, words[i], arena, &policies[i], error);
    }
    if (code == RESULT_OK) {
        code = policy_diff(policies[0], policies[1], arena, &changes, &count, error);
    }
    if (code == RESULT_OK) {
        code = print_changes(session, changes, count, arena, error);
    }
    policy_free(policies[0]);
    policy_free(policies[1]);
    return code;
}

/* ---- simulate -------------------------------------------------------------------------------- */

/* "A" to "D", and "-" for those not scored. */
static const char *side_name(int risk_class) {
    return risk_class == CLASS_COUNT ? "-" : risk_class_letter((enum risk_class)risk_class);
}

static enum result print_json(const struct simulation *simulation, const struct policy *policy,
                              const char *list, struct error *error) {
    char period[PERIOD_TEXT_SIZE];
    json_t *matrix = json_object();
    for (int now = 0; now <= CLASS_COUNT; now++) {
        json_t *row = json_object();
        for (int then = 0; then <= CLASS_COUNT; then++) {
            json_object_set_new(row, side_name(then), json_integer(simulation->moved[now][then]));
        }
        json_object_set_new(matrix, side_name(now), row);
    }
    return output_json(
        json_pack("{s:{s:s, s:s, s:s}, s:s, s:o, s:I, s:I, s:o, s:o}", "policy", "code",
                  policy->code, "version", policy->version, "digest", policy->digest, "period",
                  period_format(simulation->period, period), "day", output_date(simulation->day),
                  "enterprises", (json_int_t)simulation->enterprises, "changed",
                  (json_int_t)simulation->changed, "matrix", matrix, "list", output_text(list)),
        error);
}

static void print_matrix(const struct simulation *simulation) {
    char number[24];
    output_cell(_("now \\ then"), 12);
    for (int then = 0; then <= CLASS_COUNT; then++) {
        output_cell(then == CLASS_COUNT ? _("not scored") : side_name(then), 10);
    }
    output_end();
    for (int now = 0; now <= CLASS_COUNT; now++) {
        output_cell(now == CLASS_COUNT ? _("not scored") : side_name(now), 12);
        for (int then = 0; then <= CLASS_COUNT; then++) {
            snprintf(number, sizeof(number), "%lld", (long long)simulation->moved[now][then]);
            output_cell(number, 10);
        }
        output_end();
    }
}

static enum result print_simulation(const struct session *session,
                                    const struct simulation *simulation,
                                    const struct policy *policy, const char *list,
                                    struct error *error) {
    char period[PERIOD_TEXT_SIZE];
    char day[DATE_TEXT_SIZE];
    if (session->json) {
        return print_json(simulation, policy, list, error);
    }
    output_line(_("%s %s, tried on period %s (%s): %lld of %lld enterprises change their class. "
                  "Nothing was stored."),
                policy->name, policy->version, period_format(simulation->period, period),
                date_format(simulation->day, day), (long long)simulation->changed,
                (long long)simulation->enterprises);
    print_matrix(simulation);
    if (list != NULL && !session->quiet) {
        output_line(_("Wrote %s."), list);
    }
    return RESULT_OK;
}

enum result policy_command_simulate(struct session *session, const struct arguments *arguments,
                                    struct arena *arena, struct error *error) {
    const char *word = NULL;
    const char *list = argument_text(arguments, "list");
    const char *wanted = argument_text(arguments, "period");
    struct policy *policy = NULL;
    struct simulation simulation;
    int64_t period = 0;
    enum result code = argument_word(arguments, 1, _("The policy (CODE@VERSION)"), &word, error);
    if (code == RESULT_OK && wanted != NULL) {
        code = period_parse(wanted, &period, error);
    }
    if (code == RESULT_OK) {
        code = session_store(session, error);
    }
    if (code == RESULT_OK) {
        code = policy_word_load(session, word, arena, &policy, error);
    }
    if (code == RESULT_OK) {
        code = list == NULL ? simulate_policy(session->store, policy, &session->actor.clock, period,
                                              NULL, NULL, &simulation, error)
                            : simulation_file_write(session->store, policy, &session->actor, period,
                                                    list, NULL, &simulation, error);
    }
    if (code == RESULT_OK) {
        code = print_simulation(session, &simulation, policy, list, error);
    }
    policy_free(policy);
    return code;
}
