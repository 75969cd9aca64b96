#include "plan/library.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "base/text.h"
#include "plan/matters.h"
#include "plan/measures_text.h"
#include "plan/staff.h"
#include "registry/division.h"
#include "registry/enterprise.h"
#include "store/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where changes by hand are said to come from. */
#define BY_HAND N_("entered by hand")

/* ---- lists ----------------------------------------------------------------------------------- */

/* A list on its way. */
struct listing {
    struct arena *arena;
    struct library_entry *entries;
    size_t count;
    int64_t left_out[STAFF_LEFT_OUT_COUNT]; /* of inspectors */
    int64_t not_in_force;                   /* of matters */
};

static void take_inspector(struct listing *listing, struct statement *row, date day) {
    char until[DATE_TEXT_SIZE];
    enum staff_left_out reason =
        staff_standing(statement_string(row, 6), statement_date(row, 4), day);
    const char *region = statement_string(row, 3);
    bool digits = region[0] != '\0' && region[strspn(region, "0123456789")] == '\0';
    listing->entries[listing->count++] = (struct library_entry){
        .key = arena_strdup(listing->arena, statement_string(row, 0)),
        .title = arena_strdup(listing->arena, statement_string(row, 1)),
        .side = arena_strdup(listing->arena, statement_string(row, 2)),
        .where = arena_strdup(listing->arena, digits ? division_label(region) : region),
        .much = arena_strdup(listing->arena, date_format(statement_date(row, 4), until)),
        .expert = statement_int(row, 5) == 1,
        .recusals = statement_int(row, 7),
        .standing = reason == STAFF_LEFT_OUT_COUNT ? NULL : staff_left_out_name(reason),
    };
    if (reason != STAFF_LEFT_OUT_COUNT) {
        listing->left_out[reason]++;
    }
}

static enum result load_inspectors(struct listing *listing, struct store *store, date day,
                                   size_t most, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code = store_query(
        &rows, store,
        "SELECT number, name, department, region, certificate_until, expert, state, (SELECT "
        "count(*) FROM recusal r WHERE r.inspector = i.number AND (r.to_day IS NULL OR r.to_day >= "
        "?1)) FROM inspector i ORDER BY number",
        VALUES(value_date(day)), error);
    while (code == RESULT_OK && listing->count < most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        take_inspector(listing, rows, day);
    }
    statement_free(rows);
    return code;
}

static void take_matter(struct listing *listing, const struct plan_matter *matter) {
    char rate[RATE_TEXT_SIZE] = "";
    char times[24] = "";
    if (matter->rate != RECORD_UNKNOWN) {
        rate_format((struct draw_rate){(uint64_t)matter->rate, 10000}, rate);
    }
    if (matter->times != RECORD_UNKNOWN) {
        snprintf(times, sizeof(times), "%lld", (long long)matter->times);
    }
    listing->entries[listing->count++] = (struct library_entry){
        .key = matter->code,
        .title = matter->title,
        .side = matter->category,
        .where = plan_methods_text(matter->methods, listing->arena),
        .much = arena_printf(listing->arena, "%s %s", rate, times),
        .standing = matter->valid              ? NULL
                    : matter->state[0] == '\0' ? _("not in force")
                                               : matter->state,
    };
    listing->not_in_force += !matter->valid;
}

static enum result load_matters(struct listing *listing, struct store *store, size_t most,
                                struct error *error) {
    struct plan_matter *matters = NULL;
    size_t count = 0;
    enum result code = plan_matters_all(store, listing->arena, &matters, &count, error);
    for (size_t i = 0; code == RESULT_OK && i < count && i < most; i++) {
        take_matter(listing, &matters[i]);
    }
    return code;
}

/* "expired 3, not in service 2". */
static const char *reasons_of(const struct listing *listing) {
    const char *text = "";
    for (int i = 0; i < STAFF_LEFT_OUT_COUNT && text != NULL; i++) {
        if (listing->left_out[i] > 0) {
            text = arena_printf(listing->arena, "%s%s%s %lld", text, text[0] == '\0' ? "" : _(", "),
                                staff_left_out_name((enum staff_left_out)i),
                                (long long)listing->left_out[i]);
        }
    }
    if (listing->not_in_force > 0) {
        text = arena_printf(listing->arena, "%s %lld", _("not in force"),
                            (long long)listing->not_in_force);
    }
    return text;
}

enum result library_load(struct store *store, enum record_table table, date day,
                         struct arena *arena, struct library_entry **entries, size_t *count,
                         struct library_sum *sum, struct error *error) {
    struct listing listing = {.arena = arena};
    int64_t most = 0;
    bool inspectors = table == RECORD_INSPECTOR;
    enum result code = store_fetch_int(
        store, inspectors ? "SELECT count(*) FROM inspector" : "SELECT count(*) FROM matter",
        NO_VALUES, 0, &most, error);
    listing.entries = arena_alloc(arena, ((size_t)most + 1) * sizeof(*listing.entries));
    if (code == RESULT_OK) {
        code = listing.entries == NULL ? error_no_memory(error)
               : inspectors            ? load_inspectors(&listing, store, day, (size_t)most, error)
                                       : load_matters(&listing, store, (size_t)most, error);
    }
    *entries = listing.entries;
    *count = listing.count;
    *sum = (struct library_sum){.all = (int64_t)listing.count, .reasons = reasons_of(&listing)};
    for (size_t i = 0; i < listing.count; i++) {
        sum->holding += listing.entries[i].standing == NULL;
    }
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

/* ---- one entry ------------------------------------------------------------------------------- */

static size_t key_column(enum record_table table) {
    return table == RECORD_INSPECTOR ? (size_t)INSPECTOR_number : (size_t)MATTER_code;
}

static bool is_rate(enum record_table table, size_t column) {
    return table == RECORD_MATTER && column == MATTER_rate;
}

enum result library_read(struct store *store, enum record_table table, const char *key,
                         struct arena *arena,
                         struct record_value values[static RECORD_MOST_COLUMNS], bool *found,
                         struct error *error) {
    struct buffer sql = BUFFER_INIT;
    struct statement *rows = NULL;
    size_t count = record_columns(table);
    *found = false;
    buffer_append_text(&sql, "SELECT ");
    for (size_t i = 0; i < count; i++) {
        values[i] = record_unknown();
        buffer_printf(&sql, "%s%s", i == 0 ? "" : ", ", record_column_name(table, i));
    }
    buffer_printf(&sql, " FROM %s WHERE %s = ?", record_table_name(table),
                  record_column_name(table, key_column(table)));
    enum result code =
        sql.failed ? error_no_memory(error)
                   : store_query(&rows, store, buffer_text(&sql), VALUES(value_text(key)), error);
    if (code == RESULT_OK) {
        code = statement_step(rows, found, error);
    }
    for (size_t i = 0; code == RESULT_OK && *found && i < count; i++) {
        int column = (int)i;
        if (statement_is_null(rows, column)) {
            continue;
        }
        if (record_column_type(table, i) == RECORD_TEXT) {
            values[i].text = arena_strdup(arena, statement_string(rows, column));
        } else {
            values[i].number = statement_int(rows, column);
        }
    }
    statement_free(rows);
    buffer_free(&sql);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

static enum result wrong(const char *column, const char *text, const char *wanted,
                         struct error *error) {
    return error_set(error, RESULT_USAGE, _("%s: \"%s\" is not %s."), column, text, wanted);
}

static enum result set_number(enum record_table table, size_t column, const char *text,
                              struct record_value *value, struct error *error) {
    const char *name = record_column_name(table, column);
    struct draw_rate rate;
    char *end = NULL;
    if (is_rate(table, column)) {
        enum result code = rate_parse(text, &rate, error);
        if (code != RESULT_OK) {
            return code;
        }
        if (rate.num * 10000 % rate.den != 0) {
            return wrong(name, text, _("a percentage with at most two decimals"), error);
        }
        value->number = (int64_t)(rate.num * 10000 / rate.den);
        return RESULT_OK;
    }
    value->number = strtoll(text, &end, 10);
    return *end == '\0' && value->number >= 0 && value->number <= 1000000
               ? RESULT_OK
               : wrong(name, text, _("a whole number"), error);
}

enum result library_set(enum record_table table, const char *column, const char *text,
                        struct arena *arena, struct record_value values[static RECORD_MOST_COLUMNS],
                        struct error *error) {
    size_t place = 0;
    while (place < record_columns(table) && strcmp(record_column_name(table, place), column) != 0) {
        place++;
    }
    if (place == record_columns(table)) {
        return error_set(error, RESULT_USAGE, _("\"%s\" is no column of %s."), column,
                         record_table_name(table));
    }
    values[place] = record_unknown();
    if (text_blank(text)) {
        return RESULT_OK;
    }
    switch (record_column_type(table, place)) {
    case RECORD_TEXT:
        values[place].text = arena_strdup(arena, text);
        return values[place].text == NULL ? error_no_memory(error) : RESULT_OK;
    case RECORD_DATE:
        values[place].number = date_parse(text);
        return values[place].number == DATE_NONE
                   ? wrong(column, text, _("a day like 2027-12-31"), error)
                   : RESULT_OK;
    case RECORD_NUMBER:
        break;
    }
    return set_number(table, place, text, &values[place], error);
}

const char *library_text(enum record_table table, size_t column, struct record_value value,
                         struct arena *arena) {
    char text[RATE_TEXT_SIZE];
    if (record_column_type(table, column) == RECORD_TEXT) {
        return value.text == NULL ? "" : value.text;
    }
    if (value.number == RECORD_UNKNOWN) {
        return "";
    }
    if (record_column_type(table, column) == RECORD_DATE) {
        return arena_strdup(arena, date_format((date)value.number, text));
    }
    if (is_rate(table, column)) {
        return arena_strdup(arena,
                            rate_format((struct draw_rate){(uint64_t)value.number, 10000}, text));
    }
    return arena_printf(arena, "%lld", (long long)value.number);
}

/* ---- keeping --------------------------------------------------------------------------------- */

static enum result write_record(struct store *store, const struct actor *actor,
                                enum record_table table, const struct record_value *values,
                                enum save_outcome *outcome, struct error *error) {
    const struct save_origin origin = {.actor = actor, .source = _(BY_HAND)};
    struct record_writer *writer = NULL;
    int64_t id = 0;
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    code = record_writer_new(&writer, store, table, error);
    if (code == RESULT_OK) {
        code = record_writer_correct(writer, values, &origin, outcome, &id, error);
    }
    record_writer_free(writer);
    return store_finish(store, code, error);
}

enum result library_save(struct store *store, const struct actor *actor, enum record_table table,
                         const struct record_value values[static RECORD_MOST_COLUMNS], bool fresh,
                         enum save_outcome *outcome, struct error *error) {
    size_t title = table == RECORD_INSPECTOR ? (size_t)INSPECTOR_name : (size_t)MATTER_title;
    if (text_blank(values[key_column(table)].text) || text_blank(values[title].text)) {
        return error_set(error, RESULT_USAGE, "%s",
                         table == RECORD_INSPECTOR
                             ? _("An inspector has a staff number and a name; give both.")
                             : _("A matter has a code and a title; give both."));
    }
    if (fresh) {
        int64_t taken = 0;
        enum result code = store_fetch_int(
            store,
            table == RECORD_INSPECTOR ? "SELECT count(*) FROM inspector WHERE number = ?"
                                      : "SELECT count(*) FROM matter WHERE code = ?",
            VALUES(value_text(values[key_column(table)].text)), 0, &taken, error);
        if (code != RESULT_OK || taken > 0) {
            return code != RESULT_OK
                       ? code
                       : error_set(error, RESULT_REFUSED,
                                   _("%s is taken already; open that entry to change it."),
                                   values[key_column(table)].text);
        }
    }
    return write_record(store, actor, table, values, outcome, error);
}

enum result library_recuse(struct store *store, const struct actor *actor, const char *inspector,
                           const char *enterprise, const char *reason, date until,
                           struct error *error) {
    struct record_value values[RECORD_MOST_COLUMNS];
    enum save_outcome outcome;
    char *number = NULL;
    int64_t id = 0;
    if (text_blank(reason)) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("Give the reason why the inspector may not inspect the enterprise."));
    }
    enum result code = record_find_inspector(store, inspector, &number, error);
    if (code == RESULT_OK && number == NULL) {
        code = error_set(error, RESULT_NOT_FOUND, _("There is no inspector \"%s\"."), inspector);
    }
    if (code == RESULT_OK) {
        code = enterprise_find(store, enterprise, &id, error);
    }
    for (size_t i = 0; i < RECUSAL_COLUMN_COUNT; i++) {
        values[i] = record_unknown();
    }
    values[RECUSAL_inspector].text = number;
    values[RECUSAL_enterprise].number = id;
    values[RECUSAL_reason].text = reason;
    if (until != DATE_NONE) {
        values[RECUSAL_to_day].number = until;
    }
    if (code == RESULT_OK) {
        code = write_record(store, actor, RECORD_RECUSAL, values, &outcome, error);
    }
    free(number);
    return code;
}
