#include "base/gettext.h"
#include "score/distribution.h"
#include "score/period.h"
#include "score/professional.h"
#include "ui/command/classes_handed.h"
#include "ui/command/command.h"
#include "ui/command/migration_print.h"
#include "ui/command/output.h"

#include <stdio.h>
#include <string.h>

static json_t *row_json(const struct distribution_row *row) {
    return json_pack("{s:s, s:s, s:{s:I, s:I, s:I, s:I}}", "key", row->key, "name", row->name,
                     "classes", "A", (json_int_t)row->classes[CLASS_A], "B",
                     (json_int_t)row->classes[CLASS_B], "C", (json_int_t)row->classes[CLASS_C], "D",
                     (json_int_t)row->classes[CLASS_D]);
}

/* A class's share in tenths of a percent, rounded, as text. */
static void print_share(const struct distribution_row *row, int risk_class) {
    int64_t total = 0;
    for (int i = 0; i < CLASS_COUNT; i++) {
        total += row->classes[i];
    }
    int64_t tenths = total == 0 ? 0 : (row->classes[risk_class] * 2000 + total) / (2 * total);
    char text[64];
    snprintf(text, sizeof(text), "%lld (%lld.%lld%%)", (long long)row->classes[risk_class],
             (long long)(tenths / 10), (long long)(tenths % 10));
    output_cell(text, 16);
}

static void print_row(const struct distribution_row *row) {
    output_cell(row->name, 24);
    for (int i = 0; i < CLASS_COUNT; i++) {
        print_share(row, i);
    }
    output_end();
}

/* The computed grades of the professional fields. */
struct fields {
    struct professional_count *items;
    size_t count;
};

static json_t *fields_json(const struct fields *fields) {
    json_t *all = json_array();
    for (size_t i = 0; i < fields->count; i++) {
        const int64_t *grades = fields->items[i].grades;
        json_array_append_new(
            all,
            json_pack("{s:s, s:{s:I, s:I, s:I, s:I}}", "field", fields->items[i].field, "grades",
                      "A", (json_int_t)grades[CLASS_A], "B", (json_int_t)grades[CLASS_B], "C",
                      (json_int_t)grades[CLASS_C], "D", (json_int_t)grades[CLASS_D]));
    }
    return all;
}

static void print_fields(const struct fields *fields) {
    for (size_t i = 0; i < fields->count; i++) {
        char name[96];
        struct distribution_row row = {.name = name};
        snprintf(name, sizeof(name), _("Professional, %s"), fields->items[i].field);
        memcpy(row.classes, fields->items[i].grades, sizeof(row.classes));
        print_row(&row);
    }
}

static enum result print(const struct session *session, const struct period *period,
                         const struct distribution_row *rows, size_t count,
                         const struct fields *fields, struct error *error) {
    char text[PERIOD_TEXT_SIZE];
    period_format(period->id, text);
    if (session->json) {
        json_t *array = json_array();
        for (size_t i = 0; i < count; i++) {
            json_array_append_new(array, row_json(&rows[i]));
        }
        return output_json(json_pack("{s:s, s:{s:I, s:I, s:I, s:I}, s:o, s:o}", "period", text,
                                     "classes", "A", (json_int_t)period->classes[CLASS_A], "B",
                                     (json_int_t)period->classes[CLASS_B], "C",
                                     (json_int_t)period->classes[CLASS_C], "D",
                                     (json_int_t)period->classes[CLASS_D], "rows", array,
                                     "professional", fields_json(fields)),
                           error);
    }
    output_cell(text, 24);
    for (int i = 0; i < CLASS_COUNT; i++) {
        output_cell(risk_class_letter((enum risk_class)i), 16);
    }
    output_end();
    for (size_t i = 0; i < count; i++) {
        print_row(&rows[i]);
    }
    print_fields(fields);
    return RESULT_OK;
}

static enum result show_distribution(const struct session *session, const struct period *period,
                                     enum distribution_by by, struct error *error) {
    struct arena *arena = arena_new();
    struct distribution_row *rows = NULL;
    size_t count = 0;
    enum result code =
        arena == NULL ? error_no_memory(error)
                      : distribution_load(session->store, period, by, arena, &rows, &count, error);
    struct fields fields = {0};
    if (code == RESULT_OK) {
        code = professional_counts(session->store, period->id, arena, &fields.items, &fields.count,
                                   error);
    }
    if (code == RESULT_OK) {
        code = print(session, period, rows, count, &fields, error);
    }
    arena_free(arena);
    return code;
}

/* The period asked for, else the newest. */
static enum result load_period(struct session *session, const char *wanted, struct period *period,
                               struct error *error) {
    int64_t id = 0;
    enum result code = wanted == NULL ? RESULT_OK : period_parse(wanted, &id, error);
    if (code == RESULT_OK) {
        code = session_today(session, error);
    }
    if (code == RESULT_OK && id == 0) {
        code = period_latest(session->store, period, error);
        id = period->id == 0 ? period_of(clock_today(&session->actor.clock)) : period->id;
    }
    return code == RESULT_OK ? period_load(session->store, id, period, error) : code;
}

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    const char *word = argument_text(arguments, "by");
    bool handed = argument_flag(arguments, "handed");
    enum distribution_by by = DISTRIBUTION_WHOLE;
    struct period period = {0};
    int64_t limit = 0;
    if (!distribution_find(word, &by)) {
        return error_set(error, RESULT_USAGE,
                         _("--by: \"%s\" is not known; it is region, industry or month."), word);
    }
    if (argument_text(arguments, "from") != NULL || argument_text(arguments, "to") != NULL) {
        return handed || word != NULL || argument_text(arguments, "period") != NULL
                   ? error_set(
                         error, RESULT_USAGE, "%s",
                         _("--from and --to compare two periods; leave out --period, --by and "
                           "--handed."))
                   : classes_migration(session, arguments, error);
    }
    if (argument_text(arguments, "list") != NULL) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("--list names who moved between two periods; give --from and --to."));
    }
    if (handed && word != NULL) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("--by and --handed do not go together; give one of them."));
    }
    enum result code = argument_number(arguments, "limit", 1, INT32_MAX, 50, &limit, error);
    if (code == RESULT_OK) {
        code = load_period(session, argument_text(arguments, "period"), &period, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    return handed ? classes_handed(session, &period, limit, error)
                  : show_distribution(session, &period, by, error);
}

static const struct option options[] = {
    {"period", "YYYY-MM", N_("the month; the newest when not given")},
    {"by", "region|industry|month", N_("one row each")},
    {"handed", NULL, N_("beside the classes that were handed over, and where they differ")},
    {"from", "YYYY-MM", N_("with --to: how the enterprises moved between two periods")},
    {"to", "YYYY-MM", N_("the later of the two")},
    {"list", "FILE", N_("with --from and --to: write who moved to a .csv or .xlsx file")},
    {"limit", "N", N_("at most so many rows; 50 when not given")},
    {NULL, NULL, NULL}};

const struct command command_classes = {
    .name = "classes",
    .usage =
        "[--period YYYY-MM] [--by region|industry|month] [--handed] [--limit N] | --from YYYY-MM "
        "--to YYYY-MM [--list FILE]",
    .summary = N_("how the enterprises are distributed over the classes"),
    .options = options,
    .run = run,
};
