#include "score/sql_indicator.h"

#include "base/gettext.h"
#include "registry/relation_type.h"

/* ---- attributes ------------------------------------------------------------------------------ */

static bool has_code(const struct policy_indicator *indicator) {
    return indicator->kind == POLICY_ATTRIBUTE && indicator->attribute >= ATTRIBUTE_KIND;
}

/* Closes the piece that gives each enterprise its points, from a value in the piece before. */
static void add_pointed(struct sql *sql, const struct policy_indicator *indicator, bool missing) {
    sql_add(sql, "\n), pointed AS (\n    SELECT enterprise, value,\n        100 * ");
    sql_bands(sql, indicator, "value", missing);
    sql_add(sql, " AS raw\n    FROM valued\n)\n");
}

static void add_attribute(struct sql *sql, const struct policy_indicator *indicator) {
    const char *column = policy_attribute_code(indicator->attribute);
    if (has_code(indicator)) {
        sql_add(sql, "pointed AS (\n    SELECT enterprise, %s AS code,\n        100 * ", column);
        sql_codes(sql, indicator, column);
        sql_add(sql, " AS raw\n    FROM scored_subject\n)\n");
    } else {
        sql_add(sql, "valued AS (\n    SELECT enterprise, %s AS value FROM scored_subject", column);
        add_pointed(sql, indicator, true);
    }
}

/* ---- facts of the enterprise ----------------------------------------------------------------- */

/* Begins a piece of which every enterprise has a row for each of its facts that match within the
 * window, or one without a fact. */
static void join_facts(struct sql *sql, const struct policy_indicator *indicator) {
    sql_add(sql,
            "\n    FROM scored_subject s LEFT JOIN scored_fact f ON f.enterprise = s.enterprise"
            "\n        AND ");
    sql_matches(sql, indicator);
    if (indicator->window > 0) {
        sql_add(sql, "\n        AND f.age < %lld", (long long)indicator->window);
    }
}

static void add_present(struct sql *sql, const struct policy_indicator *indicator) {
    sql_add(sql, "valued AS (\n    SELECT s.enterprise, count(f.enterprise) AS value");
    join_facts(sql, indicator);
    sql_add(sql,
            "\n        AND f.in_force = 1\n    GROUP BY s.enterprise"
            "\n), pointed AS (\n    SELECT enterprise, value, "
            "100 * CASE WHEN value > 0 THEN %lld ELSE 0 END AS raw\n    FROM valued\n)\n",
            (long long)indicator->points);
}

static void add_sum(struct sql *sql, const struct policy_indicator *indicator) {
    sql_add(sql, "valued AS (\n    SELECT s.enterprise, %s AS value",
            indicator->kind == POLICY_AMOUNT ? "CAST(coalesce(sum(f.amount), 0) AS bigint) / 100"
                                             : "count(f.enterprise)");
    join_facts(sql, indicator);
    sql_add(sql, "\n    GROUP BY s.enterprise");
    add_pointed(sql, indicator, false);
}

/* The points of each fact times its decay; facts that give nothing are not counted. */
static void add_event(struct sql *sql, const struct policy_indicator *indicator) {
    sql_add(sql, "given AS (\n    SELECT s.enterprise,\n"
                 "        CASE WHEN f.enterprise IS NULL THEN 0 ELSE ");
    switch (indicator->event_by) {
    case EVENT_BY_LEVEL:
        sql_bands(sql, indicator, "f.level", true);
        break;
    case EVENT_BY_AMOUNT:
        sql_bands(sql, indicator, "f.amount / 100", true);
        break;
    case EVENT_FIXED:
        sql_add(sql, "%lld", (long long)indicator->points);
        break;
    }
    sql_add(sql, " END\n        * ");
    sql_decay(sql, indicator);
    sql_add(sql, " AS centipoints");
    join_facts(sql, indicator);
    sql_add(sql, "\n), pointed AS (\n"
                 "    SELECT enterprise, count(CASE WHEN centipoints <> 0 THEN 1 END) AS value,\n"
                 "        CAST(sum(centipoints) AS bigint) AS raw\n"
                 "    FROM given GROUP BY enterprise\n)\n");
}

static void add_growth(struct sql *sql, const struct policy_indicator *indicator) {
    long long recent = (long long)indicator->recent;
    long long base = (long long)indicator->base;
    sql_add(sql,
            "counted AS (\n    SELECT s.enterprise,\n"
            "        count(CASE WHEN f.age < %lld THEN 1 END) AS recent,\n"
            "        count(CASE WHEN f.age >= %lld THEN 1 END) AS base",
            recent, recent);
    join_facts(sql, indicator);
    sql_add(sql, "\n        AND f.age < %lld\n    GROUP BY s.enterprise", recent + base);
    sql_add(sql,
            "\n), valued AS (\n    SELECT enterprise, recent,\n"
            "        100 * recent * %lld / (%s(base, 1) * %lld) AS value\n    FROM counted",
            base, sql->words->greatest, recent);
    sql_add(sql,
            "\n), pointed AS (\n    SELECT enterprise, value,\n"
            "        100 * CASE WHEN recent < %lld THEN 0 ELSE ",
            (long long)indicator->least);
    sql_bands(sql, indicator, "value", false);
    sql_add(sql, " END AS raw\n    FROM valued\n)\n");
}

/* ---- others ---------------------------------------------------------------------------------- */

const char *sql_share_word(enum policy_share share) {
    static const char *const words[POLICY_SHARE_COUNT] = {
        [SHARE_ADDRESS] = "address",
        [SHARE_PHONE] = "phone",
        [SHARE_LEGAL_PERSON] = "legal_person",
        [SHARE_AGENT] = "agent",
    };
    return words[share];
}

static void add_share(struct sql *sql, const struct policy_indicator *indicator) {
    const char *word = sql_share_word(indicator->share);
    sql_add(
        sql,
        "valued AS (\n    SELECT s.enterprise, n.enterprises - 1 AS value\n"
        "    FROM scored_subject s\n"
        "        LEFT JOIN scored_share h ON h.particular = '%s' AND h.enterprise = s.enterprise\n"
        "        LEFT JOIN scored_sharing n ON n.particular = '%s' AND n.shared = h.shared",
        word, word);
    add_pointed(sql, indicator, true);
}

/* Adds the statements that gather who is related: scored_around, pairs of enterprises, each once.
 * They come before the one of the indicator. */
static void add_around(struct sql *sql, const struct policy_indicator *indicator) {
    const char *between = "";
    sql_add(sql, "DELETE FROM scored_node;\n"
                 "INSERT INTO scored_node (party, enterprise)\n"
                 "SELECT party, enterprise FROM scored_link WHERE type IN (");
    for (int type = 0; type < RELATION_TYPE_COUNT; type++) {
        if (indicator->relations >> type & 1) {
            sql_add(sql, "%s'%s'", between, relation_type_code((enum relation_type)type));
            between = ", ";
        }
    }
    sql_add(sql, ")\n"
                 "UNION SELECT party, enterprise FROM scored_self;\n"
                 "DELETE FROM scored_near;\n"
                 "INSERT INTO scored_near (enterprise, related)\n"
                 "SELECT DISTINCT a.enterprise, b.enterprise\n"
                 "FROM scored_node a JOIN scored_node b ON b.party = a.party\n"
                 "WHERE b.enterprise <> a.enterprise;\n"
                 "DELETE FROM scored_around;\n"
                 "INSERT INTO scored_around (enterprise, related)\n"
                 "SELECT enterprise, related FROM scored_near");
    if (indicator->hops > 1) {
        sql_add(sql, "\nUNION SELECT a.enterprise, b.related\n"
                     "FROM scored_near a JOIN scored_near b ON b.enterprise = a.related\n"
                     "WHERE b.related <> a.enterprise");
    }
    sql_add(sql, ";\n");
}

/* Adds the query for the enterprises that count, whoever is related to them. */
static void add_marked(struct sql *sql, const struct policy_indicator *indicator) {
    const char *between = "";
    if (indicator->classes == 0) {
        sql_add(sql, "SELECT f.enterprise FROM scored_fact f\n                WHERE ");
        sql_matches(sql, indicator);
        sql_add(sql, "\n                AND f.in_force = 1");
        return;
    }
    sql_add(sql, "SELECT r.enterprise FROM result r JOIN scored_day d\n"
                 "                    ON d.closed_before = r.period\n"
                 "                WHERE r.final_class IN (");
    for (int i = 0; i < CLASS_COUNT; i++) {
        if (indicator->classes >> i & 1) {
            sql_add(sql, "%s'%s'", between, risk_class_letter((enum risk_class)i));
            between = ", ";
        }
    }
    sql_add(sql, ")");
}

static void add_relation(struct sql *sql, const struct policy_indicator *indicator) {
    sql_add(sql, "counted AS (\n"
                 "    SELECT s.enterprise, count(a.related) AS known,\n"
                 "        count(CASE WHEN a.related IN (\n                ");
    add_marked(sql, indicator);
    sql_add(sql, ") THEN 1 END) AS hits\n"
                 "    FROM scored_subject s\n"
                 "        LEFT JOIN scored_around a ON a.enterprise = s.enterprise\n"
                 "    GROUP BY s.enterprise\n"
                 "), valued AS (\n    SELECT enterprise, ");
    sql_add(sql,
            indicator->percent ? "CASE WHEN known = 0 THEN 0 ELSE 100 * hits / known END" : "hits");
    sql_add(sql, " AS value\n    FROM counted");
    add_pointed(sql, indicator, false);
}

/* ---- one indicator --------------------------------------------------------------------------- */

static void add_comment(struct sql *sql, const struct policy_indicator *indicator) {
    const struct policy_dimension *dimension = &sql->policy->dimensions[indicator->dimension];
    sql_comment(sql, "%s %s (%s%s%s)", indicator->code, indicator->name, dimension->name,
                indicator->group == NULL ? "" : ": ",
                indicator->group == NULL ? "" : indicator->group);
    sql_comment(sql, _("Basis: %s. Kind: %s."), indicator->basis,
                policy_kind_code(indicator->kind));
    if (indicator->note != NULL) {
        sql_comment(sql, "%s", indicator->note);
    }
}

static void (*const kinds[POLICY_KIND_COUNT])(struct sql *, const struct policy_indicator *) = {
    [POLICY_ATTRIBUTE] = add_attribute, [POLICY_PRESENT] = add_present,
    [POLICY_COUNT] = add_sum,           [POLICY_AMOUNT] = add_sum,
    [POLICY_EVENT] = add_event,         [POLICY_GROWTH] = add_growth,
    [POLICY_SHARE] = add_share,         [POLICY_RELATION] = add_relation,
};

void sql_indicator(struct sql *sql, size_t index) {
    const struct policy_indicator *indicator = &sql->policy->indicators[index];
    const char *value = has_code(indicator) ? "code" : "value";
    add_comment(sql, indicator);
    if (indicator->kind == POLICY_RELATION) {
        add_around(sql, indicator);
    }
    sql_add(sql,
            "INSERT INTO scored_indicator\n"
            "    (enterprise, place, indicator, dimension, %s, raw, centipoints)\nWITH ",
            value);
    kinds[indicator->kind](sql, indicator);
    sql_add(sql, "SELECT enterprise, %zu, ", index);
    sql_literal(sql, indicator->code);
    sql_add(sql, ", ");
    sql_literal(sql, sql->policy->dimensions[indicator->dimension].code);
    sql_add(sql, ", %s, raw,\n    ", value);
    sql_clamp(sql, "raw", indicator->floor * 100,
              indicator->cap == POLICY_NO_CAP ? POLICY_NO_CAP : indicator->cap * 100);
    sql_add(sql, "\nFROM pointed;\n\n");
}
