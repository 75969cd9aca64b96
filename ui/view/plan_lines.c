#include "ui/view/plan_lines.h"

#include "base/gettext.h"
#include "plan/frozen.h"
#include "plan/measures_text.h"
#include "plan/staff.h"
#include "registry/division.h"
#include "registry/industry.h"
#include "registry/record.h"
#include "score/period.h"
#include "ui/view/show.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define FIXED_LINES 64

/* Where the texts of pairs begin, and the columns a digest takes. */
#define TEXT_COLUMN 21
/* Columns for the names of a team. */
#define TEAM_COLUMNS 20
#define DIGEST_COLUMNS 64

static void add(struct plan_page *page, struct plan_line line) {
    page->lines[page->line_count++] = line;
}

static void add_heading(struct plan_page *page, const char *text) {
    if (page->line_count > 0) {
        add(page, (struct plan_line){.kind = PLAN_LINE_BLANK});
    }
    add(page, (struct plan_line){.kind = PLAN_LINE_HEADING, .text = text});
}

/* Adds a label and a text; nothing when there is no text. */
static void add_pair(struct plan_page *page, const char *label, const char *text) {
    if (text != NULL && text[0] != '\0') {
        add(page, (struct plan_line){.kind = PLAN_LINE_PAIR, .label = label, .text = text});
    }
}

/* Adds a digest (or a seed) in lines of 64 or 32 characters, none of them left out. */
static void add_digits(struct plan_page *page, const char *label, const char *digits) {
    size_t most = page->narrow ? DIGEST_COLUMNS / 2 : DIGEST_COLUMNS;
    while (digits != NULL && strlen(digits) > most && page->line_count + 8 < page->line_room) {
        add_pair(page, label, arena_printf(page->arena, "%.*s", (int)most, digits));
        digits += most;
        label = "";
    }
    add_pair(page, label, digits);
}

/* Adds who did a step and when, as far as it is known. */
static void add_step(struct plan_page *page, const char *label, const char *who, const char *when) {
    char time[SHOW_TIME_SIZE];
    if (when != NULL) {
        add_pair(page, label,
                 arena_printf(page->arena, "%s%s%s", show_time(when, time), who == NULL ? "" : "  ",
                              who == NULL ? "" : who));
    }
}

static void add_scope(struct plan_page *page) {
    const struct plan_scope *scope = &page->plan.scope;
    const char *industry = scope->industry == NULL ? NULL : industry_name(scope->industry);
    char period[PERIOD_TEXT_SIZE];
    char from[DATE_TEXT_SIZE];
    char to[DATE_TEXT_SIZE];
    add_heading(page, _("Scope"));
    add_pair(page, _("Classes of period"),
             arena_strdup(page->arena, period_format(page->plan.period, period)));
    add_pair(page, _("Region"), scope->region == NULL ? _("all") : division_label(scope->region));
    add_pair(page, _("Industry"),
             scope->industry == NULL ? _("all")
             : industry == NULL      ? scope->industry
                                     : industry);
    add_pair(page, _("Matter"), scope->matter);
    add_pair(page, _("Department"), scope->department);
    add_pair(page, _("Partners"), scope->partners);
    if (scope->field != NULL) {
        add_pair(page, _("Grades of"), scope->field);
    }
    if (scope->observed != NULL) {
        add_pair(page, _("Under observation"),
                 arena_printf(page->arena, _("%s, %lld months"), scope->observed,
                              (long long)scope->observe_months));
    }
    if (scope->from != DATE_NONE || scope->to != DATE_NONE) {
        add_pair(page, _("Inspected"),
                 arena_printf(page->arena, "%s - %s", date_format(scope->from, from),
                              date_format(scope->to, to)));
    }
}

/* What the matters allow, and rates above it (X17). */
static void add_ceiling(struct plan_page *page) {
    const struct plan_ceiling *ceiling = &page->ceiling;
    char most[RATE_TEXT_SIZE];
    if (ceiling->rate != RECORD_UNKNOWN) {
        add_pair(page, _("Highest rate"),
                 arena_printf(page->arena, "%s  %s",
                              rate_format((struct draw_rate){(uint64_t)ceiling->rate, 10000}, most),
                              ceiling->rate_matter));
    }
    for (size_t i = 0; i < page->plan.measures.rule_count; i++) {
        const struct draw_rule *rule = &page->plan.measures.rules[i];
        if (rule->grade[0] != '\0' && page->plan.measures.mode == DRAW_MODE_RATE) {
            add_pair(page, _("Rate of a grade"),
                     arena_printf(page->arena, "%c/%s  %s", rule->risk_class, rule->grade,
                                  rate_format(rule->rate, most)));
        }
        if (page->plan.measures.mode == DRAW_MODE_RATE && ceiling_breached(ceiling, rule->rate)) {
            add_pair(page, _("Above the law"),
                     arena_printf(page->arena, "%c%s%s  %s", rule->risk_class,
                                  rule->grade[0] == '\0' ? "" : "/", rule->grade,
                                  rate_format(rule->rate, most)));
        }
    }
    const int64_t *caps = page->plan.scope.limits.caps;
    if (caps[CLASS_A] > 0) {
        add_pair(page, _("Most a year"),
                 arena_printf(page->arena, "A %lld  B %lld  C %lld  D %lld",
                              (long long)caps[CLASS_A], (long long)caps[CLASS_B],
                              (long long)caps[CLASS_C], (long long)caps[CLASS_D]));
    }
}

/* The counts of the freeze before this one. */
static void add_previous(struct plan_page *page) {
    int64_t left_out = 0;
    const int64_t *classes = page->before.classes;
    if (page->previous == NULL) {
        return;
    }
    for (int i = 0; i < PLAN_EXCLUSION_COUNT; i++) {
        left_out += page->before.excluded[i];
    }
    add_pair(page, _("Freeze before"),
             arena_printf(page->arena, _("%s: A %lld  B %lld  C %lld  D %lld, left out %lld"),
                          page->previous, (long long)classes[CLASS_A], (long long)classes[CLASS_B],
                          (long long)classes[CLASS_C], (long long)classes[CLASS_D],
                          (long long)left_out));
}

static void add_measures(struct plan_page *page) {
    add_heading(page, _("Measures"));
    page->lines[page->line_count - 1].kind = PLAN_LINE_MEASURES;
    for (size_t i = 0; i < CLASS_COUNT; i++) {
        add(page, (struct plan_line){.kind = PLAN_LINE_CLASS, .place = i});
    }
    if (page->plan.measures.mode == DRAW_MODE_TOTAL) {
        add_pair(page, _("Fixed total"),
                 arena_printf(page->arena, "%" PRIu64, page->plan.measures.total));
    } else {
        add_pair(page, _("Rounding"),
                 page->plan.measures.rounding == DRAW_ROUNDING_CEIL ? _("up (not less than)")
                                                                    : _("unbiased (by ticket)"));
    }
    add_ceiling(page);
    for (int i = 0; i < PLAN_EXCLUSION_COUNT; i++) {
        if (page->counts.excluded[i] > 0) {
            add_pair(page, _("Left out"),
                     arena_printf(page->arena, "%" PRId64 "  %s", page->counts.excluded[i],
                                  plan_exclusion_name((enum plan_exclusion)i)));
        }
    }
    add_previous(page);
}

/* Inspectors who cannot be sent, by reason. */
static void add_left_out(struct plan_page *page) {
    int64_t counts[STAFF_LEFT_OUT_COUNT];
    staff_left_out_counts(&page->plan, counts);
    for (int i = 0; i < STAFF_LEFT_OUT_COUNT; i++) {
        if (counts[i] > 0) {
            add_pair(page, _("Not sent"),
                     arena_printf(page->arena, "%" PRId64 "  %s", counts[i],
                                  staff_left_out_name((enum staff_left_out)i)));
        }
    }
}

static void add_proof(struct plan_page *page) {
    const struct plan *plan = &page->plan;
    if (plan->frame_digest == NULL) {
        return;
    }
    add_heading(page, _("Proof"));
    add_pair(page, _("Draw id"), plan->draw_id);
    add_left_out(page);
    page->proof = page->line_count;
    add_digits(page, _("Frame digest"), plan->frame_digest);
    add_digits(page, _("Measures digest"), plan->measures_digest);
    add_digits(page, _("Roster digest"), plan->roster_digest);
    add_digits(page, _("Seed"), plan->seed);
    add_pair(page, _("Source of the seed"), plan->seed_source);
}

static void add_life(struct plan_page *page) {
    const struct plan *plan = &page->plan;
    add_heading(page, _("Life"));
    add_step(page, _("Made"), plan->created_by, plan->created_at);
    add_step(page, _("Frame frozen"), NULL, plan->frozen_at);
    add_step(page, _("Committed"), NULL, plan->committed_at);
    add_step(page, _("Seeded"), NULL, plan->seeded_at);
    add_step(page, _("Drawn"), plan->drawn_by, plan->drawn_at);
    add_step(page, _("Approved"), plan->approved_by, plan->approved_at);
    add_step(page, _("Closed"), page->results.closed_by, page->results.closed_at);
    add_pair(page, _("Results missing for"), page->results.close_reason);
    add_pair(page, _("Void because"), plan->void_reason);
}

/* How the results stand, once there can be any. */
static void add_results(struct plan_page *page) {
    const struct outcome_sum *sum = &page->results;
    char day[DATE_TEXT_SIZE];
    if (page->plan.state != PLAN_LOCKED && page->plan.state != PLAN_CLOSED) {
        return;
    }
    add_heading(page, _("Results"));
    add_pair(page, _("Results in"),
             arena_printf(page->arena, _("%lld of %lld, %lld missing"), (long long)sum->in,
                          (long long)sum->units, (long long)sum->missing));
    if (sum->late > 0) {
        add_pair(
            page, _("Results late"),
            arena_printf(page->arena, _("%lld missing past the last day"), (long long)sum->late));
    }
    if (sum->open > 0) {
        add_pair(page, _("Cases open"), arena_printf(page->arena, "%lld", (long long)sum->open));
    }
    if (sum->unpublished > 0) {
        add_pair(page, _("To be made public"),
                 arena_printf(page->arena, _("%lld, the next by %s; %lld overdue"),
                              (long long)sum->unpublished, date_format(sum->due_next, day),
                              (long long)sum->overdue));
    }
    if (sum->published_on != DATE_NONE) {
        add_pair(page, _("Last public notice"),
                 arena_strdup(page->arena, date_format(sum->published_on, day)));
    }
}

/* Who stands in for whom, and why. */
static void add_replaced(struct plan_page *page) {
    for (size_t i = 0; i < page->unit_count; i++) {
        const struct drawn_unit *unit = &page->units[i];
        if (unit->replaces != NULL) {
            add_pair(page, _("Replacement"),
                     arena_printf(page->arena, _("%s, for %s: %s"), unit->name, unit->replaces,
                                  unit->extra_reason));
        }
    }
}

/* How many came in by an extension. */
static void add_extended(struct plan_page *page) {
    int64_t count = 0;
    for (size_t i = 0; i < page->unit_count; i++) {
        count += strcmp(page->units[i].method, draw_method_name(DRAW_METHOD_EXTENSION)) == 0;
    }
    if (count > 0) {
        add_pair(page, _("Drawn later"), arena_printf(page->arena, "%" PRId64, count));
    }
}

static void add_units(struct plan_page *page) {
    if (page->unit_count == 0) {
        return;
    }
    bool open = page->plan.state == PLAN_DRAWN || page->plan.state == PLAN_LOCKED;
    add_heading(page,
                open ? _("Drawn households (p replaces one, w swaps an inspector, x draws more)")
                     : _("Drawn households"));
    for (size_t i = 0; i < page->unit_count; i++) {
        add(page, (struct plan_line){.kind = PLAN_LINE_UNIT, .place = i});
    }
}

/* Loads the freeze before this one, to stand beside it. */
static enum result load_previous(struct plan_page *page, struct store *store, struct error *error) {
    struct plan previous;
    bool found = false;
    page->previous = NULL;
    enum result code =
        page->plan.frozen_at == NULL
            ? RESULT_OK
            : frozen_previous(store, &page->plan, page->arena, &previous, &found, error);
    if (code == RESULT_OK && found) {
        page->previous = previous.number;
        code = frozen_counts(store, &previous, &page->before, error);
    }
    return code;
}

/* Counts by class: of the scope while a draft, of the frame once frozen. */
static enum result load_counts(struct plan_page *page, struct store *store, date today,
                               struct error *error) {
    struct drawn_stratum *strata = NULL;
    size_t count = 0;
    enum result code = page->plan.state == PLAN_DRAFT || page->plan.frozen_at == NULL
                           ? plan_scope_count(store, page->plan.period, &page->plan.scope, today,
                                              &page->counts, error)
                           : frozen_counts(store, &page->plan, &page->counts, error);
    if (code == RESULT_OK) {
        code = drawn_load_strata(store, page->plan.id, page->arena, &strata, &count, error);
    }
    for (int i = 0; i < CLASS_COUNT; i++) {
        page->drawn[i] = 0;
    }
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        page->drawn[strata[i].risk_class] += strata[i].drawn;
    }
    return code;
}

static void make_lines(struct plan_page *page) {
    page->line_count = 0;
    page->proof = SIZE_MAX;
    add_scope(page);
    add_measures(page);
    add_proof(page);
    add_life(page);
    add_extended(page);
    add_replaced(page);
    add_results(page);
    add_units(page);
    page->proof = page->proof > page->line_count ? page->line_count : page->proof;
}

bool plan_page_fit(struct plan_page *page, int columns) {
    bool narrow = columns < TEXT_COLUMN + DIGEST_COLUMNS;
    if (narrow == page->narrow) {
        return false;
    }
    page->narrow = narrow;
    make_lines(page);
    return true;
}

bool plan_line_passed_over(const struct plan_page *page, size_t line) {
    enum plan_line_kind kind = page->lines[line].kind;
    return kind == PLAN_LINE_HEADING || kind == PLAN_LINE_MEASURES || kind == PLAN_LINE_BLANK;
}

enum result plan_page_load(struct plan_page *page, struct store *store, int64_t id, date today,
                           struct error *error) {
    arena_reset(page->arena);
    page->unit_count = 0;
    page->teams = NULL;
    page->line_count = 0;
    enum result code = plan_load(store, id, page->arena, &page->plan, error);
    if (code == RESULT_OK) {
        code = load_counts(page, store, today, error);
    }
    if (code == RESULT_OK) {
        code = load_previous(page, store, error);
    }
    if (code == RESULT_OK) {
        code = ceiling_load(store, &page->plan.scope, page->arena, &page->ceiling, error);
    }
    if (code == RESULT_OK) {
        size_t most = (size_t)page->plan.drawn;
        page->units = arena_alloc(page->arena, (most + 1) * sizeof(*page->units));
        page->line_room = 2 * most + FIXED_LINES;
        page->lines = arena_alloc(page->arena, page->line_room * sizeof(*page->lines));
        code = page->units == NULL || page->lines == NULL
                   ? error_no_memory(error)
                   : drawn_load_units(store, id, 0, page->arena, page->units, most,
                                      &page->unit_count, error);
    }
    if (code == RESULT_OK) {
        code =
            teams_names(store, &page->plan, 1, page->unit_count, page->arena, &page->teams, error);
    }
    if (code == RESULT_OK) {
        code = outcome_sum(store, &page->plan, today, page->arena, &page->results, error);
    }
    if (code == RESULT_OK) {
        make_lines(page);
    }
    return code;
}

static void paint_class(const struct plan_page *page, size_t place, struct region row,
                        int on_cursor) {
    enum risk_class risk_class = (enum risk_class)place;
    const struct draw_rule *rule =
        draw_measures_rule(&page->plan.measures, risk_class_letter(risk_class)[0], "");
    char number[SHOW_POINTS_SIZE];
    char drawn[SHOW_POINTS_SIZE];
    char rate[RATE_TEXT_SIZE] = "";
    if (rule != NULL && page->plan.measures.mode == DRAW_MODE_RATE) {
        rate_format_short(rule->rate, rate);
    } else if (rule != NULL) {
        snprintf(rate, sizeof(rate), _("weight %llu"), (unsigned long long)rule->weight);
    }
    paint_text(row.row, row.column + 2, 2, (int)show_class_role(risk_class) | on_cursor,
               risk_class_letter(risk_class), ALIGN_LEFT);
    paint_text(row.row, row.column + 4, 16, ROLE_TEXT | on_cursor, risk_class_name(risk_class),
               ALIGN_LEFT);
    paint_text(row.row, row.column + TEXT_COLUMN, 10, ROLE_TEXT | on_cursor,
               show_number(page->counts.classes[place], number), ALIGN_RIGHT);
    paint_text(row.row, row.column + TEXT_COLUMN + 11, 10, ROLE_TEXT | on_cursor, rate,
               ALIGN_RIGHT);
    if (page->plan.drawn_at != NULL) {
        paint_text(row.row, row.column + TEXT_COLUMN + 22, 10, ROLE_STRONG | on_cursor,
                   show_number(page->drawn[place], drawn), ALIGN_RIGHT);
    }
}

/* The heading of the measures, with those of their columns. */
static void paint_measures(const struct plan_page *page, const char *text, struct region row,
                           int on_cursor) {
    int role = ROLE_HEADER | on_cursor;
    paint_text(row.row, row.column, TEXT_COLUMN - 1, role, text, ALIGN_LEFT);
    paint_text(row.row, row.column + TEXT_COLUMN, 10, role, _("Households"), ALIGN_RIGHT);
    paint_text(row.row, row.column + TEXT_COLUMN + 11, 10, role, _("Rate"), ALIGN_RIGHT);
    if (page->plan.drawn_at != NULL) {
        paint_text(row.row, row.column + TEXT_COLUMN + 22, 10, role, _("Drawn"), ALIGN_RIGHT);
    }
}

static void paint_unit(const struct plan_page *page, size_t place, struct region row,
                       int on_cursor) {
    const struct drawn_unit *unit = &page->units[place];
    int last = page->teams != NULL && row.columns > 100 ? 19 + TEAM_COLUMNS : 19;
    int name = row.columns - 29 - last > 12 ? row.columns - 29 - last : 12;
    paint_printf(row.row, row.column, 6, ROLE_DIM | on_cursor, "%5" PRId64, unit->place);
    paint_text(row.row, row.column + 7, 2, (int)show_class_role(unit->risk_class) | on_cursor,
               risk_class_letter(unit->risk_class), ALIGN_LEFT);
    /* a unit that another stands in for is dim, those that came in later bear a sign */
    const char *sign = unit->replaced_by != NULL ? "-" : unit->extra_reason != NULL ? "+" : NULL;
    if (sign != NULL) {
        paint_text(row.row, row.column + 6, 1, ROLE_WARNING | on_cursor, sign, ALIGN_LEFT);
    }
    paint_cell(row.row, row.column + 9, name,
               (unit->replaced_by != NULL ? ROLE_DIM : ROLE_TEXT) | on_cursor, unit->name,
               ALIGN_LEFT);
    paint_text(row.row, row.column + 10 + name, 18, ROLE_TEXT | on_cursor, unit->unit, ALIGN_LEFT);
    /* the last columns: the region, and beside it, or where that is narrow in its place, the team
     */
    int column = row.column + 29 + name;
    int left = row.columns - 29 - name;
    const char *team = page->teams == NULL ? NULL : page->teams[place];
    if (team == NULL || left > TEAM_COLUMNS + 8) {
        int wide = team == NULL ? left : left - TEAM_COLUMNS - 1;
        paint_cell(row.row, column, wide, ROLE_TEXT | on_cursor, division_label(unit->region),
                   ALIGN_LEFT);
        column += team == NULL ? 0 : wide + 1;
        left -= team == NULL ? 0 : wide + 1;
    }
    if (team != NULL) {
        paint_cell(row.row, column, left, ROLE_TEXT | on_cursor, team, ALIGN_LEFT);
    }
}

void plan_line_paint(const struct plan_page *page, size_t line, struct region row, int on_cursor) {
    const struct plan_line *one = &page->lines[line];
    switch (one->kind) {
    case PLAN_LINE_HEADING:
        paint_text(row.row, row.column, row.columns, ROLE_HEADER | on_cursor, one->text,
                   ALIGN_LEFT);
        break;
    case PLAN_LINE_PAIR:
        paint_text(row.row, row.column + 2, 18, ROLE_DIM | on_cursor, one->label, ALIGN_LEFT);
        paint_cell(row.row, row.column + TEXT_COLUMN, row.columns - TEXT_COLUMN,
                   ROLE_TEXT | on_cursor, one->text, ALIGN_LEFT);
        break;
    case PLAN_LINE_MEASURES:
        paint_measures(page, one->text, row, on_cursor);
        break;
    case PLAN_LINE_CLASS:
        paint_class(page, one->place, row, on_cursor);
        break;
    case PLAN_LINE_UNIT:
        paint_unit(page, one->place, row, on_cursor);
        break;
    case PLAN_LINE_BLANK:
        break;
    }
}
