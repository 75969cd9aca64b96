#include "base/gettext.h"
#include "registry/division.h"
#include "score/listing.h"
#include "score/period.h"
#include "ui/command/command.h"
#include "ui/command/output.h"

#include <string.h>

#define PAGE_ROWS 500

static json_t *row_json(const struct listing_row *row) {
    bool scored = row->risk_class < CLASS_COUNT;
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:b}", "uscc", row->uscc, "name", row->name, "region",
        row->region, "industry", row->industry, "status", row->status, "class",
        scored ? json_string(risk_class_letter(row->risk_class)) : json_null(), "centipoints",
        scored ? json_integer(row->key.total) : json_null(), "stub", row->stub);
}

static void print_row(const struct listing_row *row) {
    char points[POINTS_TEXT_SIZE];
    bool scored = row->risk_class < CLASS_COUNT;
    output_cell(scored ? risk_class_letter(row->risk_class) : "-", 1);
    output_cell(scored ? output_points(row->key.total, points) : "-", 7);
    output_cell(row->uscc, 18);
    output_cell(division_label(row->region), 16);
    output_cell(row->name, 0);
    output_end();
}

/* Goes page by page until the limit. */
static enum result list(struct session *session, const struct listing_filter *filter, int64_t limit,
                        json_t *array, struct error *error) {
    struct listing_row rows[PAGE_ROWS];
    struct listing_key key;
    bool first = true;
    size_t count = PAGE_ROWS;
    enum result code = RESULT_OK;
    struct arena *arena = arena_new();
    if (arena == NULL) {
        return error_no_memory(error);
    }
    while (code == RESULT_OK && limit > 0 && count == PAGE_ROWS) {
        size_t most = limit < PAGE_ROWS ? (size_t)limit : PAGE_ROWS;
        arena_reset(arena);
        code = listing_page(session->store, filter, LISTING_AFTER, first ? NULL : &key, arena, rows,
                            most, &count, error);
        for (size_t i = 0; code == RESULT_OK && i < count; i++) {
            if (array != NULL) {
                json_array_append_new(array, row_json(&rows[i]));
            } else {
                print_row(&rows[i]);
            }
        }
        limit -= (int64_t)count;
        first = false;
        if (count > 0) {
            key = rows[count - 1].key;
        }
    }
    arena_free(arena);
    return code;
}

static enum result read_filter(const struct arguments *arguments, struct listing_filter *filter,
                               struct error *error) {
    const char *letter = argument_text(arguments, "class");
    const char *flag = argument_text(arguments, "flag");
    const char *sort = argument_text(arguments, "sort");
    filter->risk_class = letter == NULL ? CLASS_COUNT : risk_class_find(letter);
    if (letter != NULL && filter->risk_class == CLASS_COUNT) {
        return error_set(error, RESULT_USAGE, _("--class: \"%s\" is no class; it is A, B, C or D."),
                         letter);
    }
    filter->key_field = flag != NULL && strcmp(flag, "key") == 0;
    if (flag != NULL && !filter->key_field) {
        return error_set(error, RESULT_USAGE, _("--flag: \"%s\" is not known; it is key."), flag);
    }
    filter->sort = sort != NULL && strcmp(sort, "id") == 0 ? LISTING_BY_ID : LISTING_BY_SCORE;
    if (sort != NULL && strcmp(sort, "id") != 0 && strcmp(sort, "score") != 0) {
        return error_set(error, RESULT_USAGE, _("--sort: \"%s\" is not known; it is score or id."),
                         sort);
    }
    filter->region = argument_text(arguments, "region");
    filter->industry = argument_text(arguments, "industry");
    filter->find = argument_text(arguments, "find");
    return RESULT_OK;
}

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    struct listing_filter filter = {0};
    struct period period;
    int64_t limit = 0;
    int64_t total = 0;
    enum result code = read_filter(arguments, &filter, error);
    if (code == RESULT_OK) {
        code = argument_number(arguments, "limit", 1, INT32_MAX, 50, &limit, error);
    }
    if (code == RESULT_OK) {
        code = session_today(session, error);
    }
    if (code == RESULT_OK) {
        code = period_latest(session->store, &period, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    filter.period = period.id;
    json_t *array = session->json ? json_array() : NULL;
    code = list(session, &filter, limit, array, error);
    if (code == RESULT_OK) {
        code = listing_count(session->store, &filter, &total, error);
    }
    if (code == RESULT_OK && session->json) {
        return output_json(
            json_pack("{s:I, s:o}", "count", (json_int_t)total, "enterprises", array), error);
    }
    json_decref(array);
    if (code == RESULT_OK && !session->quiet) {
        output_line(_("%lld enterprises."), (long long)total);
    }
    return code;
}

static const struct option options[] = {
    {"class", "A|B|C|D", N_("only this class")},
    {"region", "CODE", N_("only this division and those below it")},
    {"industry", "CODE", N_("only this GB/T 4754 industry and those below it")},
    {"find", "TEXT", N_("part of the name, start of the code, or pinyin initials")},
    {"flag", "key", N_("only key fields")},
    {"sort", "score|id", N_("order; the highest score first when not given")},
    {"limit", "N", N_("at most so many rows; 50 when not given")},
    {NULL, NULL, NULL}};

const struct command command_enterprises = {
    .name = "enterprises",
    .usage = "[--class C] [--region R] [--industry I] [--find TEXT] [--flag F] [--sort KEY] "
             "[--limit N]",
    .summary = N_("list enterprises with their class and score"),
    .options = options,
    .run = run,
};
