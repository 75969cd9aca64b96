#include "score/policy_sql.h"

#include "base/gettext.h"
#include "registry/relation_type.h"
#include "score/share.h"
#include "score/sql_indicator.h"

#include <stdio.h>

/* Adds the whole months from the day in a column to the one of scored_day (alias d). */
static void add_age(struct sql *sql, const char *column) {
    sql_add(sql,
            "d.month - (%s / 10000 * 12 + %s / 100 %% 100)\n"
            "        - CASE WHEN %s %% 100 > d.reached THEN 1 ELSE 0 END",
            column, column, column);
}

static void add_section(struct sql *sql, const char *title) {
    sql_comment(sql, "==== %s ====", title);
}

static bool has_kind(const struct policy *policy, enum policy_kind kind) {
    for (size_t i = 0; i < policy->indicator_count; i++) {
        if (policy->indicators[i].kind == kind) {
            return true;
        }
    }
    return false;
}

static bool has_share(const struct policy *policy, enum policy_share share) {
    for (size_t i = 0; i < policy->indicator_count; i++) {
        if (policy->indicators[i].kind == POLICY_SHARE && policy->indicators[i].share == share) {
            return true;
        }
    }
    return false;
}

/* ---- what the indicators read ---------------------------------------------------------------- */

static void add_head(struct sql *sql, date day) {
    static const char *const made[] = {
        "scored_day",       "scored_override", "scored_part",      "scored_fact",
        "scored_subject",   "scored_share",    "scored_sharing",   "scored_link",
        "scored_self",      "scored_node",     "scored_near",      "scored_around",
        "scored_indicator", "scored_direct",   "scored_set_class", "scored"};
    const struct policy *policy = sql->policy;
    char text[DATE_TEXT_SIZE];
    sql_comment(sql, "%s", policy->name);
    sql_comment(sql, "%s %s, SHA-256 %s", policy->code, policy->version, policy->digest);
    sql_comment(sql, _("Scores as xinfeng does on %s, in %s."), date_format(day, text),
                sql->words->name);
    sql_comment(sql, "%s",
                _("Reads the tables enterprise, fact, override, relation, period and result; "
                  "writes temporary tables only."));
    sql_comment(sql, "%s",
                _("Leaves the classes in scored and the indicators in scored_indicator. Days are "
                  "integers YYYYMMDD, amounts fen, scores hundredths of a point; all numbers are "
                  "integers."));
    sql_add(sql, "\n");
    for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++) {
        sql_add(sql, "DROP TABLE IF EXISTS %s.%s;\n", sql->words->temporary, made[i]);
    }
    sql_add(sql, "\n");
}

static void add_day(struct sql *sql, date day) {
    add_section(sql, _("The day"));
    sql_comment(sql, "%s", _("To score on another day change it here."));
    sql_comment(sql, "%s",
                _("reached: the days of a month up to this one are reached by now; on the last day "
                  "of a short month all are."));
    sql_add(sql,
            "CREATE TEMP TABLE scored_day AS\n"
            "WITH today AS (SELECT %d AS day),\n"
            "length AS (\n"
            "    SELECT day,\n"
            "        CASE WHEN day / 100 %% 100 IN (4, 6, 9, 11) THEN 30\n"
            "            WHEN day / 100 %% 100 <> 2 THEN 31\n"
            "            WHEN day / 10000 %% 400 = 0 THEN 29\n"
            "            WHEN day / 10000 %% 100 = 0 THEN 28\n"
            "            WHEN day / 10000 %% 4 = 0 THEN 29\n"
            "            ELSE 28 END AS days\n"
            "    FROM today)\n"
            "SELECT l.day,\n"
            "    l.day / 10000 * 12 + l.day / 100 %% 100 AS month,\n"
            "    CASE WHEN l.day %% 100 = l.days THEN 31 ELSE l.day %% 100 END AS reached,\n"
            "    (SELECT max(p.id) FROM period p WHERE p.state = 'closed' AND p.id < l.day / 100)\n"
            "        AS closed_before\n"
            "FROM length l;\n\n",
            day);
}

static void add_facts(struct sql *sql, const struct policy *policy) {
    /* a person who sets the class sets the general one, not a professional grade */
    const char *kinds = policy->field == NULL ? "" : "\n    AND o.kind <> 'set-class'";
    add_section(sql, _("Decisions of persons in force"));
    sql_add(sql,
            "CREATE TEMP TABLE scored_override AS\n"
            "SELECT o.id, o.enterprise, o.kind, o.fact, o.class, o.rule,\n"
            "    o.amount_left, o.level_left\n"
            "FROM override o CROSS JOIN scored_day d\n"
            "WHERE o.state = 'approved' AND o.valid_from <= d.day\n"
            "    AND (o.valid_to IS NULL OR o.valid_to > d.day)%s;\n",
            kinds);
    sql_comment(
        sql, "%s",
        _("Facts of which a part is revoked (X10 (1)), and what remains: the least that any "
          "decision leaves."));
    sql_add(sql, "CREATE TEMP TABLE scored_part AS\n"
                 "SELECT fact, min(amount_left) AS amount_left, min(level_left) AS level_left\n"
                 "FROM scored_override\n"
                 "WHERE kind = 'exclude-fact' AND fact IS NOT NULL\n"
                 "    AND (amount_left IS NOT NULL OR level_left IS NOT NULL)\n"
                 "GROUP BY fact;\n"
                 "CREATE INDEX scored_part_fact ON scored_part (fact);\n\n");
    add_section(sql, _("Facts that count"));
    sql_comment(sql, "%s",
                _("Valid (status 0; 1 to 5 are those of X10), begun, and not excluded by a "
                  "decision. The upper bits of a fact's id are its enterprise."));
    /* Without the cast SQLite would give the column no type, and never use its index. */
    sql_add(sql,
            "CREATE TEMP TABLE scored_fact AS\n"
            "SELECT CAST(f.id >> 20 AS bigint) AS enterprise, f.type,\n"
            "    CASE WHEN p.level_left < f.level THEN p.level_left ELSE f.level END AS level,\n"
            "    CASE WHEN p.amount_left < f.amount THEN p.amount_left ELSE f.amount END\n"
            "        AS amount,\n    ");
    add_age(sql, "f.occurred_on");
    sql_add(sql, " AS age,\n"
                 "    CASE WHEN f.ended_on IS NULL OR f.ended_on > d.day THEN 1 ELSE 0 END\n"
                 "        AS in_force\n"
                 "FROM fact f CROSS JOIN scored_day d\n"
                 "    LEFT JOIN scored_part p ON p.fact = f.id\n"
                 "WHERE f.status = 0 AND f.occurred_on <= d.day\n"
                 "    AND f.id NOT IN (\n"
                 "        SELECT fact FROM scored_override\n"
                 "        WHERE kind = 'exclude-fact' AND fact IS NOT NULL\n"
                 "            AND amount_left IS NULL AND level_left IS NULL);\n"
                 "CREATE INDEX scored_fact_enterprise ON scored_fact (enterprise, type);\n"
                 "ANALYZE scored_fact;\n\n");
}

static void add_subjects(struct sql *sql) {
    static const char *const kinds[] = {"enterprise", "individual", "cooperative"};
    const char *between = "";
    add_section(sql, _("Enterprises the policy applies to"));
    sql_comment(sql, "%s", _("age_months in months, capital in 10,000 yuan."));
    sql_add(sql, "CREATE TEMP TABLE scored_subject AS\n"
                 "SELECT e.id AS enterprise, e.uscc, e.name, e.kind,\n"
                 "    CASE WHEN e.established_on <= d.day THEN\n        ");
    add_age(sql, "e.established_on");
    sql_add(sql, " END AS age_months,\n"
                 "    e.capital / 1000000 AS capital, e.insured_staff, e.paid_in_percent,\n"
                 "    e.key_field, nullif(e.status, '') AS status,\n"
                 "    nullif(e.industry, '') AS industry\n"
                 "FROM enterprise e CROSS JOIN scored_day d\n"
                 "WHERE e.kind IN (");
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (sql->policy->kinds & policy_kind_bit(kinds[i])) {
            sql_add(sql, "%s'%s'", between, kinds[i]);
            between = ", ";
        }
    }
    sql_add(sql,
            "%s);\n"
            "CREATE UNIQUE INDEX scored_subject_enterprise ON scored_subject (enterprise);\n"
            "ANALYZE scored_subject;\n\n",
            between[0] == '\0' ? "NULL" : "");
}

/* What enterprises have of a particular they may share, as score/share tells it: with the day of
 * scored_day, and compared by its bytes. */
static void add_share(struct sql *sql, enum policy_share share) {
    struct sql dated = {.words = sql->words};
    char party[32];
    snprintf(party, sizeof(party), "r.party%s", sql->words->by_bytes);
    sql_replaced(&dated, share_key(share), "?1", "(SELECT day FROM scored_day)");
    sql_add(sql,
            "INSERT INTO scored_share (particular, enterprise, shared)\nSELECT '%s', e.id,\n    ",
            sql_share_word(share));
    sql_replaced(sql, buffer_text(&dated.text), "r.party", party);
    sql_add(sql, "\nFROM enterprise e;\n");
    sql->text.failed = sql->text.failed || dated.text.failed;
    buffer_free(&dated.text);
}

static void add_shares(struct sql *sql) {
    add_section(sql, _("What enterprises may share"));
    sql_comment(sql, "%s", _("Without blanks, telephone numbers without hyphens too."));
    sql_add(sql, "CREATE TEMP TABLE scored_share (\n"
                 "    particular text NOT NULL, enterprise bigint NOT NULL, shared text);\n");
    for (int share = 0; share < POLICY_SHARE_COUNT; share++) {
        if (has_share(sql->policy, (enum policy_share)share)) {
            add_share(sql, (enum policy_share)share);
        }
    }
    sql_add(sql, "CREATE INDEX scored_share_enterprise ON scored_share (particular, enterprise);\n"
                 "CREATE TEMP TABLE scored_sharing AS\n"
                 "SELECT particular, shared, count(*) AS enterprises FROM scored_share\n"
                 "WHERE shared IS NOT NULL GROUP BY particular, shared;\n"
                 "CREATE INDEX scored_sharing_shared ON scored_sharing (particular, shared);\n"
                 "ANALYZE scored_share;\n"
                 "ANALYZE scored_sharing;\n\n");
}

static void add_links(struct sql *sql) {
    const char *between = "";
    add_section(sql, _("Relations in force"));
    sql_comment(sql, "%s",
                _("A party leads on to all who have relations with it, and to the enterprise it is "
                  "itself (scored_self)."));
    sql_add(sql,
            "CREATE TEMP TABLE scored_link AS\n"
            "SELECT r.party, r.enterprise, r.type, r.other\n"
            "FROM relation r CROSS JOIN scored_day d\n"
            "WHERE coalesce(r.from_day, 0) <= d.day AND (r.to_day IS NULL OR r.to_day > d.day)\n"
            "    AND r.type IN (");
    for (int type = 0; type < RELATION_TYPE_COUNT; type++) {
        sql_add(sql, "%s'%s'", between, relation_type_code((enum relation_type)type));
        between = ", ";
    }
    sql_add(sql, ");\n"
                 "CREATE TEMP TABLE scored_self AS\n"
                 "SELECT party, max(other) AS enterprise FROM scored_link\n"
                 "WHERE other IS NOT NULL GROUP BY party;\n");
    sql_comment(sql, "%s",
                _("For one indicator at a time: who stands at a party, who is one step from whom, "
                  "and who is related."));
    sql_add(sql, "CREATE TEMP TABLE scored_node (party text, enterprise bigint);\n"
                 "CREATE TEMP TABLE scored_near (enterprise bigint, related bigint);\n"
                 "CREATE TEMP TABLE scored_around (enterprise bigint, related bigint);\n"
                 "CREATE INDEX scored_node_party ON scored_node (party);\n"
                 "CREATE INDEX scored_near_enterprise ON scored_near (enterprise);\n"
                 "CREATE INDEX scored_around_enterprise ON scored_around (enterprise);\n\n");
}

/* ---- points, sums, classes ------------------------------------------------------------------- */

static void add_indicators(struct sql *sql) {
    add_section(sql, _("Indicators"));
    sql_comment(sql, "%s",
                _("One statement an indicator: value (or code; NULL where it is not known), raw "
                  "points, and points between floor and cap, in hundredths."));
    sql_add(sql, "CREATE TEMP TABLE scored_indicator (\n"
                 "    enterprise bigint NOT NULL,\n"
                 "    place integer NOT NULL,\n"
                 "    indicator text NOT NULL,\n"
                 "    dimension text NOT NULL,\n"
                 "    value bigint,\n"
                 "    code text,\n"
                 "    raw bigint NOT NULL,\n"
                 "    centipoints bigint NOT NULL);\n\n");
    for (size_t i = 0; i < sql->policy->indicator_count; i++) {
        sql_indicator(sql, i);
    }
}

/* Adds the condition that a person confirmed, or waived, a rule for the enterprise. */
static void add_decided(struct sql *sql, const char *in, const char *kind, const char *rule) {
    sql_add(sql,
            "\n    AND f.enterprise %s (\n        SELECT enterprise FROM scored_override\n"
            "        WHERE kind = '%s' AND rule = ",
            in, kind);
    sql_literal(sql, rule);
    sql_add(sql, ")");
}

static void add_direct(struct sql *sql) {
    add_section(sql, _("Direct rules"));
    sql_comment(sql, "%s",
                _("A fact in force makes the class D, unless the rule is waived for the "
                  "enterprise; the first rule is named."));
    sql_add(sql, "CREATE TEMP TABLE scored_direct (\n"
                 "    enterprise bigint PRIMARY KEY, rule text NOT NULL);\n\n");
    for (size_t i = 0; i < sql->policy->direct_count; i++) {
        const struct policy_direct *rule = &sql->policy->direct[i];
        sql_comment(sql, "%s %s", rule->code, rule->name);
        sql_comment(sql, _("Basis: %s. Kind: %s."), rule->basis,
                    rule->confirm ? _("direct, once confirmed") : _("direct"));
        sql_add(sql,
                "INSERT INTO scored_direct (enterprise, rule)\nSELECT DISTINCT f.enterprise, ");
        sql_literal(sql, rule->code);
        sql_add(sql, "\nFROM scored_fact f\nWHERE ");
        sql_types(sql, rule->types);
        sql_add(sql, "\n    AND f.in_force = 1"
                     "\n    AND f.enterprise NOT IN (SELECT enterprise FROM scored_direct)");
        if (rule->confirm) {
            add_decided(sql, "IN", "confirm-direct", rule->code);
        }
        add_decided(sql, "NOT IN", "waive-direct", rule->code);
        sql_add(sql, ";\n\n");
    }
}

/* Adds the sum of each dimension, held to its cap. */
static void add_dimensions(struct sql *sql) {
    const struct policy *policy = sql->policy;
    sql_add(sql, "CREATE TEMP TABLE scored AS\nWITH summed AS (\n    SELECT enterprise");
    for (size_t i = 0; i < policy->dimension_count; i++) {
        sql_add(sql, ",\n        CAST(sum(CASE WHEN dimension = ");
        sql_literal(sql, policy->dimensions[i].code);
        sql_add(sql, " THEN centipoints ELSE 0 END) AS bigint) AS dimension_%zu", i + 1);
    }
    sql_add(sql, "\n    FROM scored_indicator GROUP BY enterprise\n"
                 "), capped AS (\n    SELECT enterprise");
    for (size_t i = 0; i < policy->dimension_count; i++) {
        int64_t cap = policy->dimensions[i].cap;
        char column[32];
        snprintf(column, sizeof(column), "dimension_%zu", i + 1);
        sql_add(sql, ",\n        ");
        sql_clamp(sql, column, 0, cap == POLICY_NO_CAP ? POLICY_NO_CAP : cap * 100);
        sql_add(sql, " AS %s", column);
    }
    sql_add(sql, "\n    FROM summed\n");
}

/* Adds the total and the class that it gives. */
static void add_classes(struct sql *sql) {
    const struct policy *policy = sql->policy;
    struct buffer sum = BUFFER_INIT;
    for (size_t i = 0; i < policy->dimension_count; i++) {
        buffer_printf(&sum, "%sdimension_%zu", i == 0 ? "" : " + ", i + 1);
    }
    sql_add(sql, "), totalled AS (\n    SELECT capped.*,\n        ");
    sql_clamp(sql, buffer_text(&sum), 0, policy->maximum * 100);
    sql_add(sql, " AS total\n    FROM capped\n"
                 "), classed AS (\n    SELECT totalled.*,\n        CASE");
    for (int i = CLASS_COUNT - 1; i > 0; i--) {
        sql_add(sql, " WHEN total >= %lld THEN '%s'", (long long)policy->bounds[i] * 100,
                risk_class_letter((enum risk_class)i));
    }
    sql_add(sql, " ELSE '%s' END AS score_class\n    FROM totalled\n", risk_class_letter(CLASS_A));
    sql->text.failed = sql->text.failed || sum.failed;
    buffer_free(&sum);
}

static void add_result(struct sql *sql) {
    add_section(sql, _("Sums and classes"));
    for (size_t i = 0; i < sql->policy->dimension_count; i++) {
        const struct policy_dimension *dimension = &sql->policy->dimensions[i];
        sql_comment(sql, "dimension_%zu: %s %s", i + 1, dimension->code, dimension->name);
    }
    sql_comment(sql, "%s",
                _("A direct rule in force decides; else the last class a person set; else the "
                  "score."));
    sql_add(sql, "CREATE TEMP TABLE scored_set_class (\n"
                 "    enterprise bigint PRIMARY KEY, id bigint NOT NULL, class text NOT NULL);\n"
                 "INSERT INTO scored_set_class (enterprise, id, class)\n"
                 "SELECT enterprise, id, class FROM scored_override\n"
                 "WHERE id IN (\n"
                 "    SELECT max(id) FROM scored_override\n"
                 "    WHERE kind = 'set-class' GROUP BY enterprise);\n\n");
    add_dimensions(sql);
    add_classes(sql);
    sql_add(sql, ")\nSELECT c.enterprise, s.uscc, s.name, c.total");
    for (size_t i = 0; i < sql->policy->dimension_count; i++) {
        sql_add(sql, ", c.dimension_%zu", i + 1);
    }
    sql_add(sql, ",\n    c.score_class,\n"
                 "    CASE WHEN r.rule IS NOT NULL THEN 'D' WHEN o.id IS NOT NULL THEN o.class\n"
                 "        ELSE c.score_class END AS final_class,\n"
                 "    CASE WHEN r.rule IS NOT NULL THEN 'direct' WHEN o.id IS NOT NULL\n"
                 "        THEN 'override' ELSE 'score' END AS decided_by,\n"
                 "    r.rule AS decided_rule,\n"
                 "    CASE WHEN r.rule IS NULL THEN o.id END AS decided_id\n"
                 "FROM classed c\n"
                 "    JOIN scored_subject s ON s.enterprise = c.enterprise\n"
                 "    LEFT JOIN scored_set_class o ON o.enterprise = c.enterprise\n"
                 "    LEFT JOIN scored_direct r ON r.enterprise = c.enterprise;\n\n"
                 "SELECT * FROM scored ORDER BY enterprise;\n"
                 "SELECT * FROM scored_indicator ORDER BY enterprise, place;\n");
}

enum result policy_sql(const struct policy *policy, date day, enum sql_dialect dialect,
                       char **script, struct error *error) {
    struct sql sql = {.words = sql_words_of(dialect), .policy = policy};
    add_head(&sql, day);
    add_day(&sql, day);
    add_facts(&sql, policy);
    add_subjects(&sql);
    if (has_kind(policy, POLICY_SHARE)) {
        add_shares(&sql);
    }
    if (has_kind(policy, POLICY_RELATION)) {
        add_links(&sql);
    }
    add_indicators(&sql);
    add_direct(&sql);
    add_result(&sql);
    *script = buffer_take(&sql.text);
    return *script == NULL ? error_no_memory(error) : RESULT_OK;
}
