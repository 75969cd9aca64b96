#include "report/explanation_page.h"

#include "base/gettext.h"
#include "registry/division.h"
#include "registry/industry.h"
#include "report/class_style.h"
#include "report/explanation_rows.h"
#include "report/explanation_words.h"
#include "report/professional_words.h"

#include <stdint.h>

/* Points of rows that print on one A4 page at some 72 percent: the small print comes to 6.5 points
 * there (小六号), the least that official papers use. The columns ask for no more than that. */
#define PAGE_HEIGHT 1045

/* Facts of the way down that are named on the page. */
#define WAY_MOST 8

/* Facts an indicator shows at most, tried in turn before indicators are dropped. */
static const size_t fact_limits[] = {SIZE_MAX, 20, 12, 8, 5, 3};

/* ---- the head -------------------------------------------------------------------------------- */

/* Two labels with what they stand for. */
static void add_pair(struct explanation_rows *rows, const char *label, const char *text,
                     const char *other_label, const char *other) {
    EXPLANATION_ADD(
        rows, sheet_text(SHEET_LABEL, label),
        sheet_wide(sheet_text(SHEET_TEXT, text), EXPLANATION_SOURCE - EXPLANATION_NAME),
        sheet_text(SHEET_LABEL, other_label),
        sheet_wide(sheet_text(SHEET_TEXT, other), EXPLANATION_COLUMNS - EXPLANATION_STATUS));
}

/* A label with a text over the rest of the line. */
static void add_text(struct explanation_rows *rows, const char *label, enum sheet_style style,
                     const char *text) {
    EXPLANATION_ADD(rows, sheet_text(SHEET_LABEL, label),
                    sheet_wide(sheet_text(style, text), EXPLANATION_COLUMNS - EXPLANATION_NAME));
}

static void add_line(struct explanation_rows *rows, enum sheet_style style, const char *text) {
    EXPLANATION_ADD(rows, sheet_wide(sheet_text(style, text), EXPLANATION_COLUMNS));
}

static void add_title(struct explanation_rows *rows) {
    const struct explanation *explanation = rows->explanation;
    const struct period *period = &explanation->period;
    char text[PERIOD_TEXT_SIZE];
    char day[DATE_TEXT_SIZE];
    add_line(rows, SHEET_TITLE, _("Explanation of a credit risk classification"));
    add_line(rows, SHEET_SUBTITLE,
             arena_printf(rows->arena, _("%s    Period %s (%s)    Facts judged on %s"),
                          _("Market Regulation Bureau"), period_format(period->id, text),
                          period->closed ? _("closed") : _("open, may still change"),
                          date_format(explanation->result.day, day)));
    add_line(rows, SHEET_BANNER, _("INTERNAL - NOT FOR PUBLICATION"));
    explanation_rows_gap(rows, 5);
}

static void add_particulars(struct explanation_rows *rows, const struct explanation_paper *paper) {
    const struct explanation *explanation = rows->explanation;
    const struct enterprise *from = &explanation->enterprise;
    const struct policy *policy = explanation->policy;
    struct arena *arena = rows->arena;
    const char *trade = from->industry == NULL ? NULL : industry_name(from->industry);
    trade = trade == NULL ? from->industry : arena_printf(arena, "%s %s", from->industry, trade);
    const char *kind = enterprise_kind_name(from->kind);
    if (from->type != NULL) {
        /* TRANSLATORS: kind of entity, type of registration. */
        kind = arena_printf(arena, _("%s (%s)"), kind, from->type);
    }
    add_pair(rows, _("Name"), from->name, _("USCC"), enterprise_unit(from, arena));
    add_pair(rows, _("Kind of entity"), kind, _("Status"), enterprise_status_name(from->status));
    add_pair(rows, _("Legal representative"), from->legal_person, _("Region"),
             division_label(from->region));
    add_pair(rows, _("Industry"), trade, _("Policy"),
             arena_printf(arena, "%s %s", policy->name, policy->version));
    add_text(rows, _("Digest of the policy"), SHEET_DIGEST, policy->digest);
    add_text(rows, _("Result digest"), SHEET_DIGEST, paper->digest);
    explanation_rows_gap(rows, 5);
}

/* ---- what decided ---------------------------------------------------------------------------- */

static void add_classes(struct explanation_rows *rows) {
    const struct result_row *result = &rows->explanation->result;
    const char *final = arena_printf(rows->arena, "%s %s", risk_class_letter(result->final_class),
                                     risk_class_name(result->final_class));
    EXPLANATION_ADD(
        rows, sheet_text(SHEET_LABEL, _("Total points")),
        sheet_number(SHEET_FIGURE, (double)result->total / 100),
        sheet_text(SHEET_LABEL, _("Class by score")),
        sheet_text(class_style(result->score_class), risk_class_letter(result->score_class)),
        sheet_wide(sheet_text(SHEET_LABEL, _("Final class")),
                   EXPLANATION_BEFORE - EXPLANATION_STATUS),
        sheet_wide(sheet_text(class_style(result->final_class), final),
                   EXPLANATION_COLUMNS - EXPLANATION_BEFORE));
}

/* The facts that X10 keeps from counting; NULL when there are none. */
static const char *excluded_words(const struct explanation *explanation, struct arena *arena) {
    const char *words = NULL;
    for (int status = FACT_STATUS_revoked; status <= FACT_STATUS_excluded_by_law; status++) {
        size_t count = 0;
        for (size_t i = 0; i < explanation->fact_count; i++) {
            const struct fact *fact = &explanation->facts[i];
            count += (int)explanation_fact_status(explanation, fact) == status ? 1 : 0;
        }
        if (count > 0) {
            /* TRANSLATORS: status of facts, how many. */
            const char *one = arena_printf(arena, _("%s: %zu"), fact_status_name(status), count);
            words = words == NULL ? one : arena_printf(arena, "%s    %s", words, one);
        }
    }
    return words;
}

/* The grades in professional fields, a line each. */
static void add_standings(struct explanation_rows *rows, const struct explanation_paper *paper) {
    const char *text = NULL;
    for (size_t i = 0; i < paper->standing_count; i++) {
        const char *one = professional_words(&paper->standings[i], rows->arena);
        text = text == NULL ? one : arena_printf(rows->arena, "%s\n%s", text, one);
    }
    if (text != NULL) {
        add_text(rows, _("Field grades"), SHEET_TEXT, text);
    }
}

static void add_grounds(struct explanation_rows *rows, const struct explanation_paper *paper) {
    const struct explanation *explanation = rows->explanation;
    const char *excluded = excluded_words(explanation, rows->arena);
    add_classes(rows);
    add_text(rows, _("Decided by"), SHEET_TEXT,
             explanation_words_grounds(explanation, rows->arena));
    add_text(rows, _("Bounds"), SHEET_TEXT, explanation_words_bounds(explanation, rows->arena));
    if (excluded != NULL) {
        add_text(rows, _("Facts not counted"), SHEET_TEXT, excluded);
    }
    add_standings(rows, paper);
    explanation_rows_gap(rows, 5);
}

/* ---- the foot -------------------------------------------------------------------------------- */

/* The sentence and at most so many of the facts it speaks of. */
static void add_way(struct explanation_rows *rows, size_t most) {
    const struct explanation *explanation = rows->explanation;
    struct arena *arena = rows->arena;
    const char *text = explanation_words_way(explanation, arena);
    for (size_t i = 0; i < explanation->way_count && i < most; i++) {
        text = arena_printf(arena, "%s\n%zu. %s", text, i + 1,
                            explanation_words_fact(explanation, explanation->way[i], arena));
    }
    if (explanation->way_count > most) {
        text = arena_printf(arena, _("%s\nand %zu more, in full on the second sheet"), text,
                            explanation->way_count - most);
    }
    explanation_rows_gap(rows, 5);
    add_text(rows, _("The way down"), SHEET_TEXT, text);
}

static void add_signatures(struct explanation_rows *rows) {
    explanation_rows_gap(rows, 16);
    EXPLANATION_ADD(
        rows,
        sheet_wide(sheet_text(SHEET_SIGNATURE, _("Handled by: ____________")), EXPLANATION_VALUE),
        sheet_wide(sheet_text(SHEET_SIGNATURE, _("Reviewed by: ____________")),
                   EXPLANATION_STATUS - EXPLANATION_VALUE),
        sheet_wide(sheet_text(SHEET_SIGNATURE, _("Date: ____________")),
                   EXPLANATION_COLUMNS - EXPLANATION_STATUS));
}

static void add_note(struct explanation_rows *rows) {
    const struct explanation *explanation = rows->explanation;
    char period[PERIOD_TEXT_SIZE];
    add_line(rows, SHEET_SMALL,
             arena_printf(rows->arena,
                          _("Points of facts before and after decay are parts of their indicator; "
                            "the last column adds up to the total. To check this paper, compare "
                            "its result digest with the key \"digest\" of: xinfeng show %s "
                            "--period %s --json"),
                          enterprise_unit(&explanation->enterprise, rows->arena),
                          period_format(explanation->period.id, period)));
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void gather(struct explanation_rows *rows, const struct explanation_paper *paper,
                   const struct explanation_fold *fold) {
    rows->count = 0;
    rows->height = 0;
    add_title(rows);
    add_particulars(rows, paper);
    add_grounds(rows, paper);
    explanation_rows_table(rows, fold);
    add_way(rows, WAY_MOST);
    add_signatures(rows);
    add_note(rows);
}

/* Gathers the rows with as little folded as the page allows. */
static void fit(struct explanation_rows *rows, const struct explanation_paper *paper,
                struct explanation_fold *fold) {
    const size_t limits = sizeof(fact_limits) / sizeof(fact_limits[0]);
    *fold = (struct explanation_fold){.facts = fact_limits[0]};
    gather(rows, paper, fold);
    for (size_t i = 0; i < limits && rows->height > PAGE_HEIGHT; i++) {
        fold->once = true;
        fold->facts = fact_limits[i];
        gather(rows, paper, fold);
    }
    while (rows->height > PAGE_HEIGHT &&
           fold->dropped < rows->explanation->result.indicator_count) {
        fold->dropped++;
        gather(rows, paper, fold);
    }
}

static void put(struct sheet *sheet, const struct explanation_rows *rows) {
    for (size_t i = 0; i < rows->count; i++) {
        const struct explanation_row *row = &rows->items[i];
        if (row->count == 0) {
            sheet_gap(sheet, row->height);
        } else {
            sheet_put(sheet, row->cells, row->count);
        }
    }
}

static struct explanation_rows begin(struct sheet *sheet, const struct explanation_paper *paper) {
    sheet_set_columns(sheet, explanation_columns, EXPLANATION_COLUMNS);
    /* what must not be broken within a word, in whatever language */
    sheet_measure(sheet, EXPLANATION_CODE, _("Legal representative"));
    sheet_measure(sheet, EXPLANATION_STATUS, _("in force"));
    sheet_settle(sheet);
    sheet_portrait(sheet);
    return (struct explanation_rows){
        .explanation = paper->explanation, .sheet = sheet, .arena = paper->arena};
}

enum result explanation_page_put(struct sheet *sheet, const struct explanation_paper *paper,
                                 bool *folded, struct error *error) {
    struct explanation_rows rows = begin(sheet, paper);
    struct explanation_fold fold;
    sheet_fit_page(sheet);
    fit(&rows, paper, &fold);
    if (rows.failed || arena_failed(paper->arena)) {
        return error_no_memory(error);
    }
    put(sheet, &rows);
    *folded = explanation_rows_hidden(paper->explanation, &fold) ||
              paper->explanation->way_count > WAY_MOST;
    return RESULT_OK;
}

enum result explanation_page_put_all(struct sheet *sheet, const struct explanation_paper *paper,
                                     struct error *error) {
    struct explanation_rows rows = begin(sheet, paper);
    const struct explanation_fold nothing = {.facts = SIZE_MAX};
    add_line(&rows, SHEET_TITLE, _("Explanation in full"));
    explanation_rows_table(&rows, &nothing);
    add_way(&rows, SIZE_MAX);
    if (rows.failed || arena_failed(paper->arena)) {
        return error_no_memory(error);
    }
    put(sheet, &rows);
    return RESULT_OK;
}
