#include "plan/outcome_rule.h"
#include "plan/matters.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "base/text.h"
#include "plan/teams.h"
#include "registry/enterprise.h"
#include "registry/inspection_code.h"
#include "store/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum result outcome_rule_state(const struct plan *plan, struct error *error) {
    if (plan->state == PLAN_LOCKED) {
        return RESULT_OK;
    }
    return plan->state == PLAN_CLOSED
               ? error_set(error, RESULT_REFUSED,
                           _("Plan %s is closed; its results stay as they are."), plan->number)
               : error_set(error, RESULT_REFUSED,
                           _("Plan %s is %s; results belong to a plan that is approved and "
                             "locked. Nothing was changed."),
                           plan->number, plan_state_name(plan->state));
}

/* ---- units ----------------------------------------------------------------------------------- */

static enum result load_unit(struct store *store, int64_t plan, const char *code,
                             int64_t enterprise, struct arena *arena, struct outcome_unit *unit,
                             struct error *error) {
    struct statement *rows = NULL;
    bool row = false;
    *unit = (struct outcome_unit){0};
    enum result code_of = store_query(
        &rows, store,
        "SELECT place, enterprise, unit, name FROM plan_unit WHERE plan = ?1 AND (unit = ?2 OR "
        "enterprise = ?3) LIMIT 1",
        VALUES(value_int(plan), value_text(code), value_int(enterprise)), error);
    if (code_of == RESULT_OK) {
        code_of = statement_step(rows, &row, error);
    }
    if (code_of == RESULT_OK && row) {
        *unit = (struct outcome_unit){
            .place = statement_int(rows, 0),
            .enterprise = statement_int(rows, 1),
            .unit = arena_strdup(arena, statement_string(rows, 2)),
            .name = arena_strdup(arena, statement_string(rows, 3)),
        };
    }
    statement_free(rows);
    return code_of == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code_of;
}

static enum result refuse_unit(const struct plan *plan, const char *what, struct error *error) {
    return error_set(error, RESULT_REFUSED,
                     _("%s is not among the households that plan %s drew; only their results "
                       "belong to it."),
                     what, plan->number);
}

/* A unit that another stands in for is not inspected. */
static enum result check_replaced(struct store *store, const struct plan *plan, int64_t place,
                                  struct error *error) {
    struct statement *rows = NULL;
    bool row = false;
    enum result code = store_query(&rows, store,
                                   "SELECT u.name, x.unit FROM plan_unit u JOIN plan_extra x ON "
                                   "x.plan = u.plan AND x.replaces = u.unit WHERE u.plan = ? AND "
                                   "u.place = ?",
                                   VALUES(value_int(plan->id), value_int(place)), error);
    if (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
    }
    if (code == RESULT_OK && row) {
        code = error_set(error, RESULT_REFUSED, _("%s was replaced before, by %s."),
                         statement_string(rows, 0), statement_string(rows, 1));
    }
    statement_free(rows);
    return code;
}

enum result outcome_rule_unit(struct store *store, const struct plan *plan, const char *word,
                              struct arena *arena, struct outcome_unit *unit, struct error *error) {
    int64_t enterprise = 0;
    enum result code = load_unit(store, plan->id, word, 0, arena, unit, error);
    if (code == RESULT_OK && unit->place == 0) {
        code = enterprise_find(store, word, &enterprise, error);
        if (code == RESULT_OK) {
            code = load_unit(store, plan->id, word, enterprise, arena, unit, error);
        }
    }
    if (code == RESULT_OK && unit->place == 0) {
        code = refuse_unit(plan, word, error);
    }
    return code == RESULT_OK ? check_replaced(store, plan, unit->place, error) : code;
}

/* The enterprise must be one of the plan's units to inspect; gives its place. */
static enum result check_enterprise(struct store *store, const struct plan *plan,
                                    int64_t enterprise, int64_t *place, struct error *error) {
    char *name = NULL;
    enum result code =
        store_fetch_int(store, "SELECT place FROM plan_unit WHERE plan = ? AND enterprise = ?",
                        VALUES(value_int(plan->id), value_int(enterprise)), 0, place, error);
    if (code != RESULT_OK || *place > 0) {
        return code == RESULT_OK ? check_replaced(store, plan, *place, error) : code;
    }
    code = store_fetch_text(store, "SELECT name FROM enterprise WHERE id = ?",
                            VALUES(value_int(enterprise)), &name, error);
    if (code == RESULT_OK) {
        code = refuse_unit(plan, name == NULL ? "" : name, error);
    }
    free(name);
    return code;
}

/* Who inspected, where nobody says: the unit's team, in the way of the forms. */
static enum result fill_team(struct store *store, const struct plan *plan, int64_t place,
                             struct arena *arena, struct record_value *inspectors,
                             struct error *error) {
    struct team_member *members = NULL;
    size_t count = 0;
    if (!text_blank(inspectors->text)) {
        return RESULT_OK;
    }
    enum result code = teams_load(store, plan, place, place, arena, &members, &count, error);
    inspectors->text = NULL;
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        inspectors->text = inspectors->text == NULL
                               ? members[i].name
                               : arena_printf(arena, "%s、%s", inspectors->text, members[i].name);
    }
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

/* ---- matters --------------------------------------------------------------------------------- */

/* Of several matters one may be named, by code or title; *found says whether it is one of them. */
static enum result find_of_several(struct store *store, const struct plan *plan,
                                   struct arena *arena, const char **matter, bool *found,
                                   struct error *error) {
    struct plan_matter *matters = NULL;
    size_t count = 0;
    *found = false;
    enum result code =
        plan_matters_load(store, plan->scope.matters, arena, &matters, &count, error);
    for (size_t i = 0; code == RESULT_OK && !*found && i < count; i++) {
        if (text_same_name(*matter, matters[i].code) || text_same_name(*matter, matters[i].title)) {
            *matter = matters[i].title;
            *found = true;
        }
    }
    return code;
}

enum result outcome_rule_matter(struct store *store, const struct plan *plan, struct arena *arena,
                                const char **matter, struct error *error) {
    const char *wanted = plan->scope.matter;
    int64_t known = 0;
    bool found = false;
    if (text_blank(wanted)) {
        return RESULT_OK;
    }
    if (!text_blank(*matter) && plan->scope.matters != NULL) {
        enum result looked = find_of_several(store, plan, arena, matter, &found, error);
        if (looked != RESULT_OK || found) {
            return looked;
        }
    }
    if (text_blank(*matter) || text_same_name(*matter, wanted)) {
        *matter = wanted;
        return RESULT_OK;
    }
    enum result code =
        store_fetch_int(store,
                        "SELECT count(*) FROM matter WHERE (code = ?1 AND title = "
                        "?2) OR (code = ?2 AND title = ?1)",
                        VALUES(value_text(*matter), value_text(wanted)), 0, &known, error);
    if (code == RESULT_OK && known == 0) {
        code = error_set(error, RESULT_REFUSED, _("Plan %s inspects %s, not %s."), plan->number,
                         wanted, *matter);
    }
    if (code == RESULT_OK) {
        *matter = wanted;
    }
    return code;
}

/* ---- words and days -------------------------------------------------------------------------- */

/* The sentence for a word that is none of a list. */
static enum result refuse_word(enum inspection_list list, const char *word, struct error *error) {
    size_t count = 0;
    const struct inspection_code *codes = inspection_codes(list, &count);
    struct buffer words = BUFFER_INIT;
    for (size_t i = 0; i < count; i++) {
        buffer_printf(&words, "%s%s", i == 0 ? "" : _(", "), codes[i].word);
    }
    enum result code =
        words.failed ? error_no_memory(error)
                     : error_set(error, RESULT_USAGE,
                                 list == INSPECTION_RESULTS
                                     ? _("\"%s\" is no result of an inspection; it is one of %s.")
                                 : list == INSPECTION_METHODS
                                     ? _("\"%s\" is no method of inspection; it is one of %s.")
                                     : _("\"%s\" is no way to follow up; it is one of %s."),
                                 word, buffer_text(&words));
    buffer_free(&words);
    return code;
}

/* Spells a word as the forms do; one that is not said stays so. */
static enum result check_word(enum inspection_list list, struct record_value *value,
                              struct error *error) {
    size_t count = 0;
    if (value->text == NULL || value->text[0] == '\0') {
        return RESULT_OK;
    }
    int place = inspection_code_find(list, value->text);
    if (place < 0) {
        return refuse_word(list, value->text, error);
    }
    value->text = inspection_codes(list, &count)[place].word;
    return RESULT_OK;
}

/* A result that something has to follow is not closed at once. */
static enum result check_follow_up(const struct record_value *values, struct error *error) {
    size_t count = 0;
    const char *result = values[INSPECTION_RESULT_result].text;
    int place = inspection_code_find(INSPECTION_RESULTS, result);
    int follow_up =
        inspection_code_find(INSPECTION_FOLLOW_UPS, values[INSPECTION_RESULT_follow_up].text);
    if (place < 0 || follow_up != INSPECTION_FOLLOW_UP_IS_none ||
        !inspection_codes(INSPECTION_RESULTS, &count)[place].follows) {
        return RESULT_OK;
    }
    return error_set(error, RESULT_USAGE,
                     _("The result \"%s\" calls for something to follow; \"%s\" contradicts it."),
                     result, values[INSPECTION_RESULT_follow_up].text);
}

static date drawn_on(const struct plan *plan) {
    char day[DATE_TEXT_SIZE];
    snprintf(day, sizeof(day), "%s", plan->drawn_at == NULL ? "" : plan->drawn_at);
    return date_parse(day);
}

static enum result check_day(const struct plan *plan, date today, date completed,
                             struct error *error) {
    char text[DATE_TEXT_SIZE];
    char limit[DATE_TEXT_SIZE];
    date drawn = drawn_on(plan);
    if (completed > today) {
        return error_set(error, RESULT_USAGE,
                         _("The inspection would be completed on %s, after today, %s; correct the "
                           "date."),
                         date_format(completed, text), date_format(today, limit));
    }
    if (completed < drawn) {
        return error_set(error, RESULT_USAGE,
                         _("The inspection would be completed on %s, before plan %s was drawn on "
                           "%s; correct the date."),
                         date_format(completed, text), plan->number, date_format(drawn, limit));
    }
    return RESULT_OK;
}

enum result outcome_rule_check(struct store *store, const struct plan *plan, date today,
                               struct record_value *values, struct arena *arena,
                               struct error *error) {
    int64_t place = 0;
    enum result code = outcome_rule_state(plan, error);
    if (code == RESULT_OK) {
        code = check_enterprise(store, plan, values[INSPECTION_RESULT_enterprise].number, &place,
                                error);
    }
    if (code == RESULT_OK) {
        code =
            outcome_rule_matter(store, plan, arena, &values[INSPECTION_RESULT_matter].text, error);
    }
    if (code == RESULT_OK) {
        code = check_word(INSPECTION_RESULTS, &values[INSPECTION_RESULT_result], error);
    }
    if (code == RESULT_OK) {
        code = check_word(INSPECTION_METHODS, &values[INSPECTION_RESULT_method], error);
    }
    if (code == RESULT_OK) {
        code = check_word(INSPECTION_FOLLOW_UPS, &values[INSPECTION_RESULT_follow_up], error);
    }
    if (code == RESULT_OK) {
        code = check_follow_up(values, error);
    }
    if (code == RESULT_OK) {
        code = check_day(plan, today, (date)values[INSPECTION_RESULT_completed_on].number, error);
    }
    return code == RESULT_OK
               ? fill_team(store, plan, place, arena, &values[INSPECTION_RESULT_inspectors], error)
               : code;
}
