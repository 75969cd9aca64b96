#include "report/explanation_rows.h"

#include "base/gettext.h"
#include "registry/fact_type.h"
#include "report/explanation_words.h"

#include <stdlib.h>
#include <string.h>

const struct sheet_column explanation_columns[EXPLANATION_COLUMNS] = {
    [EXPLANATION_CODE] = {N_("Code / day"), 11, 16, SHEET_FINE},
    [EXPLANATION_NAME] = {N_("Indicator / kind of fact"), 18, 18, SHEET_FINE},
    [EXPLANATION_VALUE] = {N_("Value / document number"), 27, 27, SHEET_FINE},
    [EXPLANATION_SOURCE] = {N_("Basis / source"), 22, 22, SHEET_FINE},
    [EXPLANATION_STATUS] = {N_("Standing"), 7, 10, SHEET_FINE},
    [EXPLANATION_FULL] = {N_("Before decay"), 8, 8, SHEET_FINE_POINTS},
    [EXPLANATION_PERCENT] = {N_("Decay left"), 7, 7, SHEET_FINE_CENTRE},
    [EXPLANATION_BEFORE] = {N_("Before cap"), 8, 8, SHEET_FINE_POINTS},
    [EXPLANATION_CUT] = {N_("Cut by cap"), 8, 8, SHEET_FINE_POINTS},
    [EXPLANATION_POINTS] = {N_("Points"), 8, 8, SHEET_FINE_STRONG_POINTS},
};

/* Columns under one label of a line that sums up: all before the points. */
#define LABEL_SPAN EXPLANATION_BEFORE

/* ---- rows ------------------------------------------------------------------------------------ */

/* The next row, zeroed; NULL once memory was short. */
static struct explanation_row *next_row(struct explanation_rows *rows) {
    if (rows->count == rows->capacity && !rows->failed) {
        size_t capacity = rows->capacity == 0 ? 64 : rows->capacity * 2;
        struct explanation_row *items = arena_alloc(rows->arena, capacity * sizeof(*items));
        rows->failed = items == NULL;
        if (items != NULL && rows->count > 0) {
            memcpy(items, rows->items, rows->count * sizeof(*items));
        }
        if (items != NULL) {
            rows->items = items;
            rows->capacity = capacity;
        }
    }
    if (rows->failed) {
        return NULL;
    }
    rows->items[rows->count] = (struct explanation_row){.count = 0};
    return &rows->items[rows->count++];
}

void explanation_rows_add(struct explanation_rows *rows, const struct sheet_cell *cells,
                          size_t count) {
    struct explanation_row *row = next_row(rows);
    if (row != NULL) {
        memcpy(row->cells, cells, count * sizeof(*cells));
        row->count = count;
        row->height = sheet_height(rows->sheet, cells, count);
        rows->height += row->height;
    }
}

void explanation_rows_gap(struct explanation_rows *rows, double height) {
    struct explanation_row *row = next_row(rows);
    if (row != NULL) {
        row->height = height;
        rows->height += height;
    }
}

static struct sheet_cell points(enum sheet_style style, int64_t centipoints) {
    return sheet_number(style, (double)centipoints / 100);
}

/* Nothing where nothing was cut. */
static struct sheet_cell cut(enum sheet_style style, int64_t centipoints) {
    return centipoints == 0 ? sheet_blank(style) : points(style, centipoints);
}

/* A line of a sum: a label, and what was cut to make it. */
static void add_sum(struct explanation_rows *rows, const char *label, int64_t before,
                    int64_t after) {
    EXPLANATION_ADD(rows, sheet_wide(sheet_text(SHEET_GROUP, label), LABEL_SPAN),
                    points(SHEET_GROUP_POINTS, before), cut(SHEET_GROUP_POINTS, before - after),
                    points(SHEET_GROUP_POINTS, after));
}

/* ---- facts ----------------------------------------------------------------------------------- */

/* A fact that counted, with its day for the order. */
struct given {
    const struct result_fact *points;
    const struct fact *fact; /* NULL: taken back since */
};

/* The most points first, then the newest. */
static int compare_given(const void *left, const void *right) {
    const struct given *a = left;
    const struct given *b = right;
    date day_a = a->fact == NULL ? DATE_NONE : a->fact->occurred_on;
    date day_b = b->fact == NULL ? DATE_NONE : b->fact->occurred_on;
    int64_t size_a = llabs(a->points->centipoints);
    int64_t size_b = llabs(b->points->centipoints);
    return size_a != size_b ? (size_a < size_b) - (size_a > size_b)
           : day_a != day_b ? (day_a < day_b) - (day_a > day_b)
           : a->points->fact != b->points->fact
               ? (a->points->fact > b->points->fact) - (a->points->fact < b->points->fact)
               : 0;
}

static const char *status_words(const struct explanation_rows *rows, const struct fact *fact) {
    return fact->ended_on != DATE_NONE && fact->ended_on <= rows->explanation->result.day
               ? _("ended")
               : _("in force");
}

/* True when a fact stands above already. */
static bool is_listed(const struct explanation_rows *rows, int64_t fact) {
    for (size_t i = 0; i < rows->listed_count; i++) {
        if (rows->listed[i] == fact) {
            return true;
        }
    }
    return false;
}

/* A fact of an event has points of its own; of other kinds the set of facts has them. */
static void add_fact(struct explanation_rows *rows, const struct given *given) {
    const struct fact *fact = given->fact;
    const struct result_fact *one = given->points;
    bool own = one->full != 0;
    if (!is_listed(rows, one->fact)) {
        rows->listed[rows->listed_count++] = one->fact;
    }
    const char *words = fact == NULL ? arena_printf(rows->arena, "#%lld", (long long)one->fact)
                        : fact->document != NULL ? fact->document
                                                 : fact->title;
    EXPLANATION_ADD(
        rows, sheet_day(SHEET_FINE_DATE, fact == NULL ? DATE_NONE : fact->occurred_on),
        sheet_text(SHEET_FINE, fact == NULL ? _("taken back since") : fact_type_name(fact->type)),
        sheet_text(SHEET_FINE, words),
        sheet_text(SHEET_FINE, fact == NULL           ? NULL
                               : fact->agency != NULL ? fact->agency
                                                      : fact->source),
        sheet_text(SHEET_FINE, fact == NULL ? NULL : status_words(rows, fact)),
        own ? points(SHEET_FINE_POINTS, one->full) : sheet_blank(SHEET_FINE_POINTS),
        sheet_text(SHEET_FINE_CENTRE,
                   own ? arena_printf(rows->arena, "%lld%%", (long long)one->percent) : NULL),
        own ? points(SHEET_FINE_POINTS, one->centipoints) : sheet_blank(SHEET_FINE_POINTS),
        sheet_blank(SHEET_FINE_POINTS), sheet_blank(SHEET_FINE_POINTS));
}

/* A line for facts that are not shown: how many, and their points where they have any. */
static void add_hidden_facts(struct explanation_rows *rows, const struct given *given, size_t from,
                             size_t count) {
    int64_t full = 0;
    int64_t sum = 0;
    for (size_t i = from; i < count; i++) {
        full += given[i].points->full;
        sum += given[i].points->centipoints;
    }
    const char *label = arena_printf(rows->arena,
                                     ngettext("%zu more fact, in full on the second sheet",
                                              "%zu more facts, in full on the second sheet",
                                              (unsigned long)(count - from)),
                                     count - from);
    EXPLANATION_ADD(rows, sheet_wide(sheet_text(SHEET_FINE, label), EXPLANATION_FULL),
                    full != 0 ? points(SHEET_FINE_POINTS, full) : sheet_blank(SHEET_FINE_POINTS),
                    sheet_blank(SHEET_FINE_CENTRE),
                    full != 0 ? points(SHEET_FINE_POINTS, sum) : sheet_blank(SHEET_FINE_POINTS),
                    sheet_blank(SHEET_FINE_POINTS), sheet_blank(SHEET_FINE_POINTS));
}

/* True when a fact need not be named again. */
static bool stands_above(const struct explanation_rows *rows, const struct result_fact *fact,
                         const struct explanation_fold *fold) {
    return fold->once && fact->full == 0 && is_listed(rows, fact->fact);
}

/* How many facts of an indicator stand above already and are not named again. */
static size_t count_above(const struct explanation_rows *rows, const struct result_indicator *one,
                          const struct explanation_fold *fold) {
    size_t count = 0;
    for (size_t i = 0; i < one->fact_count; i++) {
        count += stands_above(rows, &one->facts[i], fold) ? 1 : 0;
    }
    return count;
}

static void add_facts(struct explanation_rows *rows, const struct result_indicator *one,
                      const struct explanation_fold *fold) {
    struct given *given = arena_alloc(rows->arena, (one->fact_count + 1) * sizeof(*given));
    size_t count = 0;
    if (given == NULL) {
        rows->failed = true;
        return;
    }
    for (size_t i = 0; i < one->fact_count; i++) {
        if (!stands_above(rows, &one->facts[i], fold)) {
            given[count++] = (struct given){
                &one->facts[i], explanation_fact(rows->explanation, one->facts[i].fact)};
        }
    }
    qsort(given, count, sizeof(*given), compare_given);
    for (size_t i = 0; i < count && i < fold->facts; i++) {
        add_fact(rows, &given[i]);
    }
    if (count > fold->facts) {
        add_hidden_facts(rows, given, fold->facts, count);
    }
}

/* ---- related enterprises --------------------------------------------------------------------- */

static void add_related_row(struct explanation_rows *rows, const char *name, const char *code) {
    EXPLANATION_ADD(
        rows, sheet_blank(SHEET_FINE),
        sheet_wide(sheet_text(SHEET_FINE, name), EXPLANATION_SOURCE - EXPLANATION_NAME),
        sheet_wide(sheet_text(SHEET_FINE, code), EXPLANATION_COLUMNS - EXPLANATION_SOURCE));
}

static void add_related(struct explanation_rows *rows, const struct result_indicator *one,
                        size_t most) {
    for (size_t i = 0; i < one->related_count && i < most; i++) {
        const struct explanation_related *related =
            explanation_related(rows->explanation, one->related[i]);
        add_related_row(rows, related == NULL ? "" : related->name,
                        related == NULL ? "" : related->uscc);
    }
    if (one->related_count > most) {
        size_t hidden = one->related_count - most;
        add_related_row(
            rows,
            arena_printf(rows->arena,
                         ngettext("%zu more related enterprise", "%zu more related enterprises",
                                  (unsigned long)hidden),
                         hidden),
            NULL);
    }
}

/* ---- indicators and dimensions --------------------------------------------------------------- */

static void add_indicator(struct explanation_rows *rows, const struct result_indicator *one,
                          const struct explanation_fold *fold) {
    const struct policy_indicator *indicator =
        &rows->explanation->policy->indicators[one->indicator];
    char value[EXPLANATION_VALUE_SIZE];
    size_t above = count_above(rows, one, fold);
    explanation_words_value(one, indicator, value);
    const char *words = above == 0 ? arena_strdup(rows->arena, value)
                        : above == one->fact_count
                            ? arena_printf(rows->arena, _("%s (named above)"), value)
                            : arena_printf(rows->arena, _("%s (%zu named above)"), value, above);
    EXPLANATION_ADD(rows, sheet_text(SHEET_FINE_STRONG, indicator->code),
                    sheet_text(SHEET_FINE_STRONG, indicator->name),
                    sheet_text(SHEET_FINE_STRONG, words),
                    sheet_wide(sheet_text(SHEET_FINE_STRONG, indicator->basis),
                               EXPLANATION_BEFORE - EXPLANATION_SOURCE),
                    points(SHEET_FINE_STRONG_POINTS, one->raw),
                    cut(SHEET_FINE_STRONG_POINTS, one->raw - one->centipoints),
                    points(SHEET_FINE_STRONG_POINTS, one->centipoints));
}

/* How many indicators have fewer points, or as many and stand further behind: what is dropped
 * first has rank 0. */
static size_t rank_of(const struct result_row *result, size_t place) {
    int64_t size = llabs(result->indicators[place].centipoints);
    size_t rank = 0;
    for (size_t i = 0; i < result->indicator_count; i++) {
        int64_t other = llabs(result->indicators[i].centipoints);
        rank += other < size || (other == size && i > place) ? 1 : 0;
    }
    return rank;
}

/* The line for the indicators of a dimension that are not shown. */
static void add_dropped(struct explanation_rows *rows, size_t count, int64_t raw, int64_t sum) {
    const char *label = arena_printf(rows->arena,
                                     ngettext("%zu further indicator, in full on the second sheet",
                                              "%zu further indicators, in full on the second sheet",
                                              (unsigned long)count),
                                     count);
    EXPLANATION_ADD(rows, sheet_wide(sheet_text(SHEET_FINE_STRONG, label), LABEL_SPAN),
                    points(SHEET_FINE_STRONG_POINTS, raw), cut(SHEET_FINE_STRONG_POINTS, raw - sum),
                    points(SHEET_FINE_STRONG_POINTS, sum));
}

static void add_indicators(struct explanation_rows *rows, size_t dimension,
                           const struct explanation_fold *fold) {
    const struct result_row *result = &rows->explanation->result;
    size_t dropped = 0;
    int64_t raw = 0;
    int64_t sum = 0;
    for (size_t i = 0; i < result->indicator_count; i++) {
        const struct result_indicator *one = &result->indicators[i];
        if (rows->explanation->policy->indicators[one->indicator].dimension != dimension) {
            continue;
        }
        if (rank_of(result, i) < fold->dropped) {
            dropped++;
            raw += one->raw;
            sum += one->centipoints;
            continue;
        }
        add_indicator(rows, one, fold);
        add_facts(rows, one, fold);
        add_related(rows, one, fold->facts);
    }
    if (dropped > 0) {
        add_dropped(rows, dropped, raw, sum);
    }
}

/* The bar of a dimension stands for its points within its cap, or within all points there are. */
static void add_dimension(struct explanation_rows *rows, size_t dimension) {
    const struct explanation *explanation = rows->explanation;
    const struct policy_dimension *from = &explanation->policy->dimensions[dimension];
    int64_t before = explanation->before_cap[dimension];
    int64_t sum = explanation->result.dimensions[dimension];
    bool capped = from->cap != POLICY_NO_CAP;
    int64_t full = capped ? from->cap : explanation->policy->maximum;
    const char *name =
        capped ? arena_printf(rows->arena, _("%s (at most %lld)"), from->name, (long long)from->cap)
               : from->name;
    EXPLANATION_ADD(rows, sheet_wide(sheet_text(SHEET_GROUP, name), EXPLANATION_VALUE),
                    sheet_wide(sheet_bar((double)sum / 100, (double)full),
                               EXPLANATION_BEFORE - EXPLANATION_VALUE),
                    points(SHEET_GROUP_POINTS, before), cut(SHEET_GROUP_POINTS, before - sum),
                    points(SHEET_GROUP_POINTS, sum));
}

static void add_titles(struct explanation_rows *rows) {
    struct sheet_cell cells[EXPLANATION_COLUMNS];
    for (int i = 0; i < EXPLANATION_COLUMNS; i++) {
        cells[i] = sheet_text(SHEET_HEADER, _(explanation_columns[i].title));
    }
    explanation_rows_add(rows, cells, EXPLANATION_COLUMNS);
}

/* Room for the ids of all facts that the indicators have. */
static size_t most_listed(const struct explanation *explanation) {
    size_t most = 1;
    for (size_t i = 0; i < explanation->result.indicator_count; i++) {
        most += explanation->result.indicators[i].fact_count;
    }
    return most;
}

void explanation_rows_table(struct explanation_rows *rows, const struct explanation_fold *fold) {
    const struct explanation *explanation = rows->explanation;
    int64_t sum = 0;
    rows->listed_count = 0;
    rows->listed = arena_alloc(rows->arena, most_listed(explanation) * sizeof(*rows->listed));
    if (rows->listed == NULL) {
        rows->failed = true;
        return;
    }
    add_titles(rows);
    for (size_t i = 0; i < explanation->policy->dimension_count; i++) {
        add_dimension(rows, i);
        add_indicators(rows, i, fold);
        sum += explanation->result.dimensions[i];
    }
    add_sum(rows, _("Total points"), sum, explanation->result.total);
}

bool explanation_rows_hidden(const struct explanation *explanation,
                             const struct explanation_fold *fold) {
    for (size_t i = 0; i < explanation->result.indicator_count; i++) {
        const struct result_indicator *one = &explanation->result.indicators[i];
        if (one->fact_count > fold->facts || one->related_count > fold->facts) {
            return true;
        }
    }
    return fold->dropped > 0;
}
