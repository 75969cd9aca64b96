#include "base/gettext.h"
#include "registry/division.h"
#include "registry/fact_type.h"
#include "registry/handed_class.h"
#include "registry/industry.h"
#include "registry/record.h"
#include "report/professional_words.h"
#include "score/explanation.h"
#include "score/explanation_digest.h"
#include "score/override_text.h"
#include "ui/command/command.h"
#include "ui/command/output.h"
#include "ui/command/show_history.h"
#include "ui/command/show_json.h"
#include "ui/command/show_paper.h"

/* The grades in professional fields. */
struct standings {
    struct professional_standing *items;
    size_t count;
};

static json_t *way_json(const struct explanation *explanation) {
    json_t *way = json_array();
    for (size_t i = 0; i < explanation->way_count; i++) {
        const struct fact *fact = explanation_fact(explanation, explanation->way[i]);
        if (fact != NULL) {
            json_array_append_new(way, json_pack("{s:I, s:s, s:o, s:o}", "id", (json_int_t)fact->id,
                                                 "type", fact_type_code(fact->type), "occurred_on",
                                                 output_date(fact->occurred_on), "document",
                                                 output_text(fact->document)));
        }
    }
    return way;
}

/* What was handed over for an enterprise. */
struct handed_list {
    struct handed_class *items;
    size_t count;
};

static json_t *handed_json(const struct handed_list *handed) {
    json_t *all = json_array();
    for (size_t i = 0; i < handed->count; i++) {
        const struct handed_class *one = &handed->items[i];
        const char letter[2] = {one->letter, '\0'};
        char period[PERIOD_TEXT_SIZE];
        json_array_append_new(
            all, json_pack("{s:s, s:s, s:o, s:o, s:s}", "period",
                           period_format(one->period, period), "class", letter, "score",
                           one->score == HANDED_NO_SCORE ? json_null() : json_integer(one->score),
                           "day", output_date(one->day), "source", one->source));
    }
    return all;
}

/* alone: facts and name as the period rests on them; else as they are today. */
static json_t *explanation_json(const struct explanation *explanation, bool alone) {
    const struct result_row *result = &explanation->result;
    const struct policy *policy = explanation->policy;
    json_t *facts = json_array();
    const struct fact *all = alone ? explanation->facts : explanation->today.facts;
    size_t count = alone ? explanation->fact_count : explanation->today.fact_count;
    for (size_t i = 0; i < count; i++) {
        bool counts = false;
        int64_t points = explanation_fact_points(explanation, all[i].id, &counts);
        json_array_append_new(facts, show_json_fact(explanation, &all[i], counts, points));
    }
    char period[PERIOD_TEXT_SIZE];
    const struct enterprise *enterprise =
        alone ? &explanation->enterprise : &explanation->today.enterprise;
    return json_pack(
        "{s:o, s:o, s:s, s:s, s:{s:s, s:s, s:s}, s:I, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, "
        "s:b}",
        "uscc", output_text(enterprise->uscc), "registration_number",
        output_text(enterprise->registration_number), "name", enterprise->name, "period",
        period_format(explanation->period.id, period), "policy", "code", policy->code, "version",
        policy->version, "digest", policy->digest, "centipoints", (json_int_t)result->total,
        "score_class", risk_class_letter(result->score_class), "final_class",
        risk_class_letter(result->final_class), "decided_by", show_json_decision(result),
        "dimensions", show_json_dimensions(explanation), "indicators",
        show_json_indicators(explanation), "facts", facts, "bounds", show_json_bounds(explanation),
        "way_down", way_json(explanation), "day", output_date(explanation->result.day), "closed",
        explanation->period.closed);
}

/* Those of the period that is shown. */
static void print_handed(const struct handed_list *handed, int64_t period) {
    for (size_t i = 0; i < handed->count; i++) {
        const struct handed_class *one = &handed->items[i];
        char points[POINTS_TEXT_SIZE] = "-";
        if (one->score != HANDED_NO_SCORE) {
            output_points(one->score, points);
        }
        if (one->period == period) {
            output_line(_("Handed over by %s: class %c, score %s"), one->source, one->letter,
                        points);
        }
    }
}

static void print_head(const struct explanation *explanation) {
    const struct enterprise *enterprise = &explanation->enterprise;
    const struct result_row *result = &explanation->result;
    char period[PERIOD_TEXT_SIZE];
    char points[POINTS_TEXT_SIZE];
    output_line("%s  %s", enterprise->name, enterprise->uscc == NULL ? "-" : enterprise->uscc);
    output_line(_("Period %s, policy %s %s"), period_format(explanation->period.id, period),
                explanation->policy->name, explanation->policy->version);
    output_line(_("Class %s (%s), score %s, class by score %s"),
                risk_class_letter(result->final_class), risk_class_name(result->final_class),
                output_points(result->total, points), risk_class_letter(result->score_class));
    if (result->decision == DECIDED_BY_DIRECT && result->rule != NULL) {
        size_t rule = policy_direct_find(explanation->policy, result->rule);
        output_line(
            _("Decided by direct rule %s: %s"), result->rule,
            rule < explanation->policy->direct_count ? explanation->policy->direct[rule].name : "");
    } else if (result->decision == DECIDED_BY_OVERRIDE) {
        output_line(_("Decided by override %lld"), (long long)result->override_id);
    }
}

/* What overrides left of a fact of which a part is revoked, a line each. */
static void print_parts(const struct explanation *explanation, int64_t fact) {
    for (size_t i = 0; i < explanation->override_count; i++) {
        const struct override *one = &explanation->overrides[i];
        if (one->part && explanation_held(explanation, one, fact)) {
            struct buffer left = BUFFER_INIT;
            override_text_part(one, &left);
            output_line(_("          revoked in part by override %lld (%s): %s"),
                        (long long)one->id, one->document, buffer_text(&left));
            buffer_free(&left);
        }
    }
}

static void print_indicators(const struct explanation *explanation, size_t dimension) {
    char points[POINTS_TEXT_SIZE];
    for (size_t i = 0; i < explanation->result.indicator_count; i++) {
        const struct result_indicator *one = &explanation->result.indicators[i];
        const struct policy_indicator *indicator = &explanation->policy->indicators[one->indicator];
        if (indicator->dimension != dimension) {
            continue;
        }
        output_line("  %s %s: %s", indicator->code, indicator->name,
                    output_points(one->centipoints, points));
        for (size_t j = 0; j < one->fact_count; j++) {
            const struct fact *fact = explanation_fact(explanation, one->facts[j].fact);
            char day[DATE_TEXT_SIZE];
            if (fact != NULL) {
                output_line("      #%lld %s %s %s %s%s", (long long)fact->id,
                            date_format(fact->occurred_on, day), fact_type_name(fact->type),
                            fact->document == NULL ? "" : fact->document,
                            output_points(one->facts[j].centipoints, points),
                            explanation_fact_changed(explanation, fact->id)
                                ? _("  (changed since the period was closed)")
                                : "");
                print_parts(explanation, fact->id);
            }
        }
        for (size_t j = 0; j < one->related_count; j++) {
            const struct explanation_related *related =
                explanation_related(explanation, one->related[j]);
            if (related != NULL) {
                output_line("      %s %s", related->uscc, related->name);
            }
        }
    }
}

/* Each grade in a professional field, and what it is made of. */
static void print_standings(const struct standings *standings, struct arena *arena) {
    for (size_t i = 0; i < standings->count; i++) {
        output_line(_("Professional grade in %s"), professional_words(&standings->items[i], arena));
        if (standings->items[i].own != NULL) {
            output_line("%s", professional_words_breakdown(&standings->items[i], arena));
        }
    }
}

static void print_text(const struct explanation *explanation, const struct handed_list *handed) {
    char points[POINTS_TEXT_SIZE];
    print_head(explanation);
    print_handed(handed, explanation->period.id);
    for (size_t i = 0; i < explanation->policy->dimension_count; i++) {
        output_line("%s: %s", explanation->policy->dimensions[i].name,
                    output_points(explanation->result.dimensions[i], points));
        if (explanation->before_cap[i] > explanation->result.dimensions[i]) {
            output_line(_("  (%s before the cap)"),
                        output_points(explanation->before_cap[i], points));
        }
        print_indicators(explanation, i);
    }
    if (explanation->way_known && explanation->way_count > 0) {
        output_line(_("It would come down to class %s without:"),
                    risk_class_letter(explanation->way_class));
        for (size_t i = 0; i < explanation->way_count; i++) {
            const struct fact *fact = explanation_fact(explanation, explanation->way[i]);
            char day[DATE_TEXT_SIZE];
            if (fact != NULL) {
                output_line("  #%lld %s %s %s", (long long)fact->id,
                            date_format(fact->occurred_on, day), fact_type_name(fact->type),
                            fact->document == NULL ? "" : fact->document);
            }
        }
    }
}

/* What the papers about this result carry: "digest". */
static enum result add_digest(const struct explanation *explanation, json_t *json,
                              struct error *error) {
    char digest[DIGEST_HEX_SIZE];
    enum result code = explanation_digest(explanation, digest, error);
    if (code == RESULT_OK) {
        json_object_set_new(json, "digest", json_string(digest));
    }
    return code;
}

/* The grades in professional fields: "professional". */
static void add_professional(const struct standings *standings, json_t *json) {
    json_t *all = json_array();
    for (size_t i = 0; i < standings->count; i++) {
        json_array_append_new(all, show_json_professional(&standings->items[i]));
    }
    json_object_set_new(json, "professional", all);
}

/* Gives each fact of the explanation its tellings: "sources". */
static enum result add_tellings(struct store *store, const struct explanation *explanation,
                                bool alone, json_t *json, struct arena *arena,
                                struct error *error) {
    struct fact_telling *tellings = NULL;
    size_t count = 0;
    enum result code = fact_load_tellings_at(store, explanation->enterprise.id,
                                             alone ? explanation_moment(explanation) : NULL, arena,
                                             &tellings, &count, error);
    json_t *facts = json_object_get(json, "facts");
    for (size_t i = 0; code == RESULT_OK && i < json_array_size(facts); i++) {
        json_t *fact = json_array_get(facts, i);
        json_t *sources = json_array();
        for (size_t j = 0; j < count; j++) {
            if (tellings[j].fact == json_integer_value(json_object_get(fact, "id"))) {
                json_array_append_new(
                    sources,
                    json_pack(
                        "{s:s, s:o, s:o, s:o}", "name", tellings[j].source, "batch",
                        tellings[j].batch == 0 ? json_null() : json_integer(tellings[j].batch),
                        "file", output_text(tellings[j].file), "line",
                        tellings[j].line == 0 ? json_null() : json_integer(tellings[j].line)));
            }
        }
        json_object_set_new(fact, "sources", sources);
    }
    return code;
}

/* What else the registry has of the enterprise today: "handed", "relations", "grades" ... */
static enum result add_today(struct store *store, int64_t enterprise,
                             const struct handed_list *handed, json_t *json, struct error *error) {
    static const struct {
        const char *key;
        enum record_table table;
    } lists[] = {{"relations", RECORD_RELATION},
                 {"grades", RECORD_GRADE},
                 {"recusals", RECORD_RECUSAL},
                 {"results", RECORD_INSPECTION_RESULT}};
    enum result code = RESULT_OK;
    json_object_set_new(json, "handed", handed_json(handed));
    for (size_t i = 0; code == RESULT_OK && i < sizeof(lists) / sizeof(lists[0]); i++) {
        json_t *records = NULL;
        code = record_list(store, lists[i].table, enterprise, INT32_MAX, &records, error);
        json_object_set_new(json, lists[i].key, records);
    }
    return code;
}

/* handed NULL: a closed period that was asked for says what it rests on, the same for ever, and
 * nothing of what the registry has today. */
static enum result print_json(struct store *store, const struct explanation *explanation,
                              const struct standings *standings, const struct handed_list *handed,
                              struct arena *arena, struct error *error) {
    json_t *json = explanation_json(explanation, handed == NULL);
    enum result code = add_digest(explanation, json, error);
    if (code == RESULT_OK) {
        code = add_tellings(store, explanation, handed == NULL, json, arena, error);
    }
    if (code == RESULT_OK && handed != NULL) {
        code = add_today(store, explanation->enterprise.id, handed, json, error);
    }
    if (code != RESULT_OK) {
        json_decref(json);
        return code;
    }
    add_professional(standings, json);
    return output_json(json, error);
}

/* wanted: a period was asked for, not the newest whatever it is. */
static enum result explain(struct session *session, int64_t id, int64_t period, bool wanted,
                           struct error *error) {
    struct arena *arena = arena_new();
    struct explanation explanation = {0};
    struct handed_list handed = {0};
    struct standings standings = {0};
    enum result code =
        arena == NULL ? error_no_memory(error)
                      : explanation_load(session->store, id, period, arena, &explanation, error);
    if (code == RESULT_OK) {
        code =
            handed_class_load_all(session->store, id, arena, &handed.items, &handed.count, error);
    }
    if (code == RESULT_OK) {
        code = professional_standing_load(session->store, &explanation, arena, &standings.items,
                                          &standings.count, error);
    }
    if (code == RESULT_OK && session->json) {
        bool alone = wanted && explanation.period.closed;
        code = print_json(session->store, &explanation, &standings, alone ? NULL : &handed, arena,
                          error);
    } else if (code == RESULT_OK) {
        print_text(&explanation, &handed);
        print_standings(&standings, arena);
    }
    professional_standing_clear(standings.items, standings.count);
    explanation_clear(&explanation);
    arena_free(arena);
    return code;
}

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    const char *code_word = NULL;
    const char *wanted = argument_text(arguments, "period");
    bool history = argument_flag(arguments, "history");
    int64_t period = 0;
    int64_t id = 0;
    if (history && wanted != NULL) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("--history and --period do not go together; give one of them."));
    }
    enum result code = argument_word(arguments, 0, _("The USCC"), &code_word, error);
    if (code == RESULT_OK && wanted != NULL) {
        code = period_parse(wanted, &period, error);
    }
    if (code == RESULT_OK) {
        code = session_today(session, error);
    }
    if (code == RESULT_OK) {
        code = enterprise_find(session->store, code_word, &id, error);
    }
    if (code != RESULT_OK || history) {
        return code == RESULT_OK ? show_history(session, id, error) : code;
    }
    return show_paper_wanted(arguments) ? show_paper(session, arguments, id, period, error)
                                        : explain(session, id, period, wanted != NULL, error);
}

static const struct option options[] = {
    {"period", "YYYY-MM", N_("the month; the newest when not given")},
    {"sheet", "FILE.xlsx", N_("write the explanation as a page for the file")},
    {"dir", "DIR", N_("the same, into this folder, named by code and period")},
    {"reminder", "FILE.xlsx", N_("write a reminder to the enterprise, without score and class")},
    {"history", NULL, N_("all periods one below the other, and what changed")},
    {NULL, NULL, NULL}};

const struct command command_show = {
    .name = "show",
    .usage = "USCC [--period YYYY-MM | --history] [--sheet FILE.xlsx | --dir DIR] [--reminder "
             "FILE.xlsx]",
    .summary = N_("explain one enterprise's score and class"),
    .options = options,
    .run = run,
};
