#include "ui/command/migration_print.h"

#include "base/gettext.h"
#include "policy/policy_store.h"
#include "report/migration_file.h"
#include "ui/command/output.h"

#include <stdio.h>

/* The stable word of a row or column: the letter, or what not being scored means there. */
static const char *from_word(int risk_class) {
    return risk_class == CLASS_COUNT ? "new" : risk_class_letter((enum risk_class)risk_class);
}

static const char *to_word(int risk_class) {
    return risk_class == CLASS_COUNT ? "gone" : risk_class_letter((enum risk_class)risk_class);
}

json_t *migration_matrix_json(const struct migration *migration) {
    json_t *matrix = json_object();
    for (int from = 0; from <= CLASS_COUNT; from++) {
        json_t *row = json_object();
        for (int to = 0; to <= CLASS_COUNT; to++) {
            if (from != CLASS_COUNT || to != CLASS_COUNT) {
                json_object_set_new(row, to_word(to),
                                    json_integer(migration->counts.moved[from][to]));
            }
        }
        json_object_set_new(matrix, from_word(from), row);
    }
    return matrix;
}

/* The cells' shares of what each class had before, in tenths of a percent. */
static json_t *permille_json(const struct migration *migration) {
    json_t *matrix = json_object();
    for (int from = 0; from < CLASS_COUNT; from++) {
        json_t *row = json_object();
        for (int to = 0; to <= CLASS_COUNT; to++) {
            int64_t tenths = migration_share(migration, (enum risk_class)from, (enum risk_class)to);
            json_object_set_new(row, to_word(to), json_integer(tenths));
        }
        json_object_set_new(matrix, from_word(from), row);
    }
    return matrix;
}

json_t *migration_sums_json(const struct migration *migration) {
    struct migration_sums sums = migration_sums(migration);
    return json_pack("{s:I, s:I, s:I, s:I, s:I}", "stayed", (json_int_t)sums.stayed, "rose",
                     (json_int_t)sums.rose, "fell", (json_int_t)sums.fell, "new",
                     (json_int_t)sums.came, "gone", (json_int_t)sums.went);
}

void migration_print(const struct migration *migration) {
    char text[64];
    output_cell(_("before \\ after"), 14);
    for (int to = 0; to <= CLASS_COUNT; to++) {
        output_cell(to == CLASS_COUNT ? _("no longer scored") : to_word(to), 16);
    }
    output_end();
    for (int from = 0; from <= CLASS_COUNT; from++) {
        output_cell(from == CLASS_COUNT ? _("newly scored") : from_word(from), 14);
        for (int to = 0; to <= CLASS_COUNT; to++) {
            int64_t tenths = migration_share(migration, (enum risk_class)from, (enum risk_class)to);
            int64_t count = migration->counts.moved[from][to];
            if (from == CLASS_COUNT) {
                snprintf(text, sizeof(text), "%lld", (long long)count);
            } else {
                snprintf(text, sizeof(text), "%lld (%lld.%lld%%)", (long long)count,
                         (long long)(tenths / 10), (long long)(tenths % 10));
            }
            output_cell(text, 16);
        }
        output_end();
    }
    struct migration_sums sums = migration_sums(migration);
    output_line(_("%lld stayed, %lld rose to a higher risk, %lld fell to a lower one; %lld newly "
                  "scored, %lld no longer."),
                (long long)sums.stayed, (long long)sums.rose, (long long)sums.fell,
                (long long)sums.came, (long long)sums.went);
}

/* ---- between two periods --------------------------------------------------------------------- */

static enum result print_periods(const struct session *session, const struct migration *migration,
                                 const char *list, struct error *error) {
    char from[32];
    char to[32];
    migration_side_text(&migration->sides[MIGRATION_FROM], from);
    migration_side_text(&migration->sides[MIGRATION_TO], to);
    if (session->json) {
        return output_json(json_pack("{s:s, s:s, s:I, s:I, s:o, s:o, s:o, s:o}", "from", from, "to",
                                     to, "enterprises", (json_int_t)migration->counts.enterprises,
                                     "changed", (json_int_t)migration->counts.changed, "matrix",
                                     migration_matrix_json(migration), "permille",
                                     permille_json(migration), "sums",
                                     migration_sums_json(migration), "list", output_text(list)),
                           error);
    }
    output_line(_("From period %s to %s: %lld of %lld enterprises changed their class."), from, to,
                (long long)migration->counts.changed, (long long)migration->counts.enterprises);
    migration_print(migration);
    if (list != NULL && !session->quiet) {
        output_line(_("Wrote %s."), list);
    }
    return RESULT_OK;
}

enum result classes_migration(struct session *session, const struct arguments *arguments,
                              struct error *error) {
    const char *words[2] = {argument_text(arguments, "from"), argument_text(arguments, "to")};
    const char *list = argument_text(arguments, "list");
    struct migration migration = {0};
    int64_t ids[2] = {0, 0};
    enum result code = RESULT_OK;
    for (int i = 0; code == RESULT_OK && i < 2; i++) {
        code = words[i] == NULL
                   ? error_set(error, RESULT_USAGE, "%s",
                               _("Two periods are compared by --from and --to; give both."))
                   : period_parse(words[i], &ids[i], error);
    }
    if (code == RESULT_OK) {
        code = session_store(session, error);
    }
    if (code == RESULT_OK) {
        code = migration_load(session->store, ids[0], ids[1], &migration, error);
    }
    if (code == RESULT_OK && list != NULL) {
        code = migration_file_write(session->store, &migration, &session->actor, list, NULL, error);
    }
    if (code == RESULT_OK) {
        code = print_periods(session, &migration, list, error);
    }
    migration_free(&migration);
    return code;
}

/* ---- for a day ------------------------------------------------------------------------------- */

/* How many have each class in the state that was tried. */
static void count_classes(const struct migration *migration, int64_t classes[CLASS_COUNT]) {
    for (int to = 0; to < CLASS_COUNT; to++) {
        classes[to] = 0;
        for (int from = 0; from <= CLASS_COUNT; from++) {
            classes[to] += migration->counts.moved[from][to];
        }
    }
}

static json_t *policies_json(const struct policy_set *set) {
    json_t *list = json_array();
    for (size_t i = 0; i < set->count; i++) {
        const struct policy *one = set->policies[i];
        json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "code", one->code, "version",
                                              one->version, "digest", one->digest));
    }
    return list;
}

static enum result print_day(const struct session *session, const struct migration *migration,
                             const struct policy_set *set, const char *list, struct error *error) {
    const struct migration_side *from = &migration->sides[MIGRATION_FROM];
    int64_t classes[CLASS_COUNT];
    int64_t scored = 0;
    char day[32];
    char period[32];
    migration_side_text(&migration->sides[MIGRATION_TO], day);
    migration_side_text(from, period);
    count_classes(migration, classes);
    for (int i = 0; i < CLASS_COUNT; i++) {
        scored += classes[i];
    }
    if (session->json) {
        return output_json(
            json_pack("{s:s, s:o, s:o, s:I, s:{s:I, s:I, s:I, s:I}, s:I, s:o, s:o, s:o}", "day",
                      day, "policies", policies_json(set), "period",
                      from->period == 0 ? json_null() : json_string(period), "enterprises",
                      (json_int_t)scored, "classes", "A", (json_int_t)classes[CLASS_A], "B",
                      (json_int_t)classes[CLASS_B], "C", (json_int_t)classes[CLASS_C], "D",
                      (json_int_t)classes[CLASS_D], "changed",
                      (json_int_t)migration->counts.changed, "matrix",
                      migration_matrix_json(migration), "sums", migration_sums_json(migration),
                      "list", output_text(list)),
            error);
    }
    output_line(_("Tried for %s: %lld enterprises; A %lld, B %lld, C %lld, D %lld. Nothing was "
                  "stored."),
                day, (long long)scored, (long long)classes[CLASS_A], (long long)classes[CLASS_B],
                (long long)classes[CLASS_C], (long long)classes[CLASS_D]);
    if (from->period != 0) {
        output_line(_("Beside period %s %lld enterprises would change their class:"), period,
                    (long long)migration->counts.changed);
        migration_print(migration);
    }
    if (list != NULL && !session->quiet) {
        output_line(_("Wrote %s."), list);
    }
    return RESULT_OK;
}

enum result score_provisional(struct session *session, const struct arguments *arguments,
                              struct error *error) {
    const char *list = argument_text(arguments, "list");
    struct migration migration = {0};
    struct policy_set set = {0};
    date day = DATE_NONE;
    enum result code =
        argument_date(arguments, "day", clock_today(&session->actor.clock), &day, error);
    if (code == RESULT_OK) {
        code = session_store(session, error);
    }
    if (code == RESULT_OK) {
        code = policy_set_in_force(session->store, &set, error);
    }
    if (code == RESULT_OK) {
        code = migration_try(session->store, &session->actor.clock, day, NULL, &migration, error);
    }
    if (code == RESULT_OK && list != NULL) {
        code = migration_file_write(session->store, &migration, &session->actor, list, NULL, error);
    }
    if (code == RESULT_OK) {
        code = print_day(session, &migration, &set, list, error);
    }
    migration_free(&migration);
    policy_set_free(&set);
    return code;
}
