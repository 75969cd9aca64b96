#include "registry/fact.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "registry/change.h"
#include "registry/fact_identity.h"
#include "registry/fact_type.h"
#include "registry/source.h"
#include "store/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What stands of a fact, as merge and restoring read it. */
#define FACT_STORED                                                                                \
    "id, status, occurred_on, ended_on, amount, level, document, title, agency, source "

struct fact_writer {
    struct store *store;
    struct statement *find;
    struct statement *load;
    struct statement *last;
    struct statement *insert;
    struct statement *update;
    struct buffer identity;
    struct source_writer *sources;
    struct statement *confirm;
};

enum result fact_writer_new(struct fact_writer **writer, struct store *store, struct error *error) {
    *writer = NULL;
    struct fact_writer *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->store = store;
    const struct statement_wanted wanted[] = {
        {&made->find,
         "SELECT " FACT_STORED "FROM fact WHERE id BETWEEN ? AND ? AND type = ? AND identity = ?"},
        {&made->load, "SELECT " FACT_STORED "FROM fact WHERE id = ?"},
        {&made->last, "SELECT max(id) FROM fact WHERE id BETWEEN ? AND ?"},
        {&made->insert,
         "INSERT INTO fact (id, type, status, occurred_on, ended_on, amount, level, document, "
         "title, agency, identity, source, recorded_on, batch, line) "
         "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
        {&made->update,
         "UPDATE fact SET status = ?, occurred_on = ?, ended_on = ?, amount = ?, level = ?, "
         "document = ?, title = ?, agency = ? WHERE id = ?"},
        {&made->confirm,
         "INSERT OR IGNORE INTO fact_source (fact, source, batch, line) VALUES (?, ?, ?, ?)"},
    };
    enum result code = statements_prepare(store, wanted, sizeof(wanted) / sizeof(wanted[0]), error);
    if (code == RESULT_OK) {
        code = source_writer_new(&made->sources, store, error);
    }
    if (code != RESULT_OK) {
        fact_writer_free(made);
        return code;
    }
    *writer = made;
    return RESULT_OK;
}

void fact_writer_free(struct fact_writer *writer) {
    if (writer == NULL) {
        return;
    }
    statement_free(writer->find);
    statement_free(writer->load);
    statement_free(writer->last);
    statement_free(writer->insert);
    statement_free(writer->update);
    buffer_free(&writer->identity);
    source_writer_free(writer->sources);
    statement_free(writer->confirm);
    free(writer);
}

static struct value batch_value(const struct save_origin *origin) {
    return origin->batch == 0 ? value_null() : value_int(origin->batch);
}

static struct value line_value(const struct save_origin *origin) {
    return origin->line == 0 ? value_null() : value_int(origin->line);
}

static struct value amount_value(const struct fact *fact) {
    return fact->amount == FACT_NO_AMOUNT ? value_null() : value_int(fact->amount);
}

static struct value level_value(const struct fact *fact) {
    return fact->level == FACT_NO_LEVEL ? value_null() : value_int(fact->level);
}

static enum result insert(struct fact_writer *writer, int64_t enterprise, struct fact *fact,
                          int64_t identity, const struct save_origin *origin, struct error *error) {
    int64_t source = 0;
    int64_t last = 0;
    enum result code = source_writer_id(writer->sources, origin->source, &source, error);
    if (code == RESULT_OK) {
        code = statement_fetch_int(
            writer->last,
            VALUES(value_int(fact_first_id(enterprise)), value_int(fact_last_id(enterprise))),
            fact_first_id(enterprise), &last, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    fact->id = last + 1;
    if (fact->id > fact_last_id(enterprise)) {
        return error_set(error, RESULT_INVALID,
                         _("Enterprise number %lld has more facts than can be kept."),
                         (long long)enterprise);
    }
    code =
        statement_run(writer->insert,
                      VALUES(value_int(fact->id), value_int(fact->type), value_int(fact->status),
                             value_date(fact->occurred_on), value_date(fact->ended_on),
                             amount_value(fact), level_value(fact), value_text(fact->document),
                             value_text(fact->title), value_text(fact->agency), value_int(identity),
                             value_int(source), value_date(clock_today(&origin->actor->clock)),
                             batch_value(origin), line_value(origin)),
                      error);
    if (code == RESULT_OK && !origin->bulk) {
        char subject[64];
        snprintf(subject, sizeof(subject), "fact:%lld", (long long)fact->id);
        struct journal_entry entry = {
            .action = "fact.insert", .subject = subject, .reason = fact->document};
        code = journal_write(writer->store, origin->actor, &entry, error);
    }
    return code;
}

static void note_text(struct change *change, const char *field, const char *before,
                      const char *after) {
    if (after != NULL && (before == NULL || strcmp(before, after) != 0)) {
        change_note(change, field, change_text(before), change_text(after));
    }
}

/* Lays what is known of the fact over the row that stands, noting what changes. */
static void merge(struct statement *old, struct fact *fact, struct change *change) {
    if (statement_int(old, 1) != fact->status) {
        change_note(change, "status", json_string(fact_status_code((int)statement_int(old, 1))),
                    json_string(fact_status_code(fact->status)));
    }
    if (statement_date(old, 2) != fact->occurred_on) {
        change_note(change, "occurred_on", change_date(statement_date(old, 2)),
                    change_date(fact->occurred_on));
    }
    date old_end = statement_date(old, 3);
    if (fact->ended_on == DATE_NONE) {
        fact->ended_on = old_end;
    } else if (fact->ended_on != old_end) {
        change_note(change, "ended_on", change_date(old_end), change_date(fact->ended_on));
    }
    int64_t old_amount = statement_is_null(old, 4) ? FACT_NO_AMOUNT : statement_int(old, 4);
    if (fact->amount == FACT_NO_AMOUNT) {
        fact->amount = old_amount;
    } else if (fact->amount != old_amount) {
        change_note(change, "amount", change_number(old_amount, FACT_NO_AMOUNT),
                    json_integer(fact->amount));
    }
    int32_t old_level = statement_is_null(old, 5) ? FACT_NO_LEVEL : (int32_t)statement_int(old, 5);
    if (fact->level == FACT_NO_LEVEL) {
        fact->level = old_level;
    } else if (fact->level != old_level) {
        change_note(change, "level", change_number(old_level, FACT_NO_LEVEL),
                    json_integer(fact->level));
    }
    const char **const texts[] = {&fact->document, &fact->title, &fact->agency};
    static const char *const names[] = {"document", "title", "agency"};
    for (int i = 0; i < 3; i++) {
        const char *before = statement_text(old, 6 + i);
        note_text(change, names[i], before, *texts[i]);
        *texts[i] = *texts[i] == NULL ? before : *texts[i];
    }
}

/* Keeps a further source beside a fact that stands; the same document from two sources is one fact
 * with two sources. */
static enum result confirm(struct fact_writer *writer, struct fact *fact,
                           const struct save_origin *origin, int64_t first, struct error *error) {
    int64_t source = 0;
    enum result code = source_writer_id(writer->sources, origin->source, &source, error);
    if (code != RESULT_OK || source == first) {
        return code;
    }
    code = statement_run(
        writer->confirm,
        VALUES(value_int(fact->id), value_int(source), batch_value(origin), line_value(origin)),
        error);
    fact->source_added = code == RESULT_OK && store_changes(writer->store) > 0;
    return code;
}

static enum result write_row(struct fact_writer *writer, const struct fact *fact,
                             struct error *error) {
    return statement_run(writer->update,
                         VALUES(value_int(fact->status), value_date(fact->occurred_on),
                                value_date(fact->ended_on), amount_value(fact), level_value(fact),
                                value_text(fact->document), value_text(fact->title),
                                value_text(fact->agency), value_int(fact->id)),
                         error);
}

static enum result update(struct fact_writer *writer, struct fact *fact,
                          const struct save_origin *origin, enum save_outcome *outcome,
                          struct error *error) {
    struct change change;
    enum result code = change_init(&change, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct fact merged = *fact;
    merge(writer->find, &merged, &change);
    *outcome = change_empty(&change) ? SAVE_UNCHANGED : SAVE_UPDATED;
    if (*outcome == SAVE_UPDATED) {
        code = write_row(writer, &merged, error);
        if (code == RESULT_OK) {
            char subject[64];
            snprintf(subject, sizeof(subject), "fact:%lld", (long long)fact->id);
            const struct change_row changed = {"fact", fact->id, subject};
            code = change_write(&change, writer->store, origin, "fact.update", &changed, error);
        }
    }
    change_clear(&change);
    return code;
}

enum result fact_writer_save(struct fact_writer *writer, int64_t enterprise, struct fact *fact,
                             const char *record, const struct save_origin *origin,
                             enum save_outcome *outcome, struct error *error) {
    int64_t identity = 0;
    bool row = false;
    enum result code = fact_check(fact, error);
    if (code == RESULT_OK) {
        code = fact_identity(&writer->identity, fact, record, &identity, error);
    }
    if (code == RESULT_OK) {
        code = statement_bind(writer->find,
                              VALUES(value_int(fact_first_id(enterprise)),
                                     value_int(fact_last_id(enterprise)), value_int(fact->type),
                                     value_int(identity)),
                              error);
    }
    if (code == RESULT_OK) {
        code = statement_step(writer->find, &row, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    if (!row) {
        *outcome = SAVE_INSERTED;
        return insert(writer, enterprise, fact, identity, origin, error);
    }
    fact->id = statement_int(writer->find, 0);
    int64_t first = statement_int(writer->find, 9);
    code = update(writer, fact, origin, outcome, error);
    return code == RESULT_OK ? confirm(writer, fact, origin, first, error) : code;
}

/* ---- putting back ---------------------------------------------------------------------------- */

/* Lays the fields that a change noted over the row that stands, the other way round. */
static void undo_fields(struct statement *row, const json_t *before, struct fact *fact,
                        struct change *change) {
    static const char *const days[] = {"occurred_on", "ended_on"};
    static const char *const texts[] = {"document", "title", "agency"};
    date *const day_places[] = {&fact->occurred_on, &fact->ended_on};
    const char **const text_places[] = {&fact->document, &fact->title, &fact->agency};
    const json_t *value = json_object_get(before, "status");
    if (value != NULL) {
        fact->status = fact_status_find(json_string_value(value));
        change_note(change, "status", json_string(fact_status_code((int)statement_int(row, 1))),
                    json_string(fact_status_code(fact->status)));
    }
    for (int i = 0; i < 2; i++) {
        if ((value = json_object_get(before, days[i])) != NULL) {
            change_note(change, days[i], change_date(*day_places[i]), json_deep_copy(value));
            *day_places[i] = change_day(value);
        }
    }
    if ((value = json_object_get(before, "amount")) != NULL) {
        change_note(change, "amount", change_number(fact->amount, FACT_NO_AMOUNT),
                    json_deep_copy(value));
        fact->amount = json_is_integer(value) ? json_integer_value(value) : FACT_NO_AMOUNT;
    }
    if ((value = json_object_get(before, "level")) != NULL) {
        change_note(change, "level", change_number(fact->level, FACT_NO_LEVEL),
                    json_deep_copy(value));
        fact->level = json_is_integer(value) ? (int32_t)json_integer_value(value) : FACT_NO_LEVEL;
    }
    for (int i = 0; i < 3; i++) {
        if ((value = json_object_get(before, texts[i])) != NULL) {
            change_note(change, texts[i], change_text(*text_places[i]), json_deep_copy(value));
            *text_places[i] = json_string_value(value);
        }
    }
}

/* The fact of a row of FACT_STORED; its texts are borrowed from the row. */
static struct fact stored_fact(struct statement *row) {
    return (struct fact){
        .id = statement_int(row, 0),
        .status = (int32_t)statement_int(row, 1),
        .occurred_on = statement_date(row, 2),
        .ended_on = statement_date(row, 3),
        .amount = statement_is_null(row, 4) ? FACT_NO_AMOUNT : statement_int(row, 4),
        .level = statement_is_null(row, 5) ? FACT_NO_LEVEL : (int32_t)statement_int(row, 5),
        .document = statement_text(row, 6),
        .title = statement_text(row, 7),
        .agency = statement_text(row, 8),
    };
}

enum result fact_writer_restore(struct fact_writer *writer, int64_t id, const json_t *before,
                                const struct save_origin *origin, struct error *error) {
    bool row = false;
    struct change change;
    enum result code = change_init(&change, error);
    if (code != RESULT_OK) {
        return code;
    }
    code = statement_bind(writer->load, VALUES(value_int(id)), error);
    if (code == RESULT_OK) {
        code = statement_step(writer->load, &row, error);
    }
    if (code == RESULT_OK && row) {
        char subject[64];
        struct fact fact = stored_fact(writer->load);
        undo_fields(writer->load, before, &fact, &change);
        code = write_row(writer, &fact, error);
        if (code == RESULT_OK) {
            snprintf(subject, sizeof(subject), "fact:%lld", (long long)id);
            const struct change_row changed = {"fact", id, subject};
            code = change_write(&change, writer->store, origin, "fact.restore", &changed, error);
        }
    }
    change_clear(&change);
    return code;
}
