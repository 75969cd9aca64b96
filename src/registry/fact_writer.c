#include "registry/fact.h"

#include "base/buffer.h"
#include "base/digest.h"
#include "base/gettext.h"
#include "base/text.h"
#include "registry/change.h"
#include "registry/fact_type.h"
#include "store/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fact_writer {
    struct store *store;
    struct statement *find;
    struct statement *last;
    struct statement *insert;
    struct statement *update;
    struct buffer identity;
    struct statement *find_source;
    struct statement *add_source;
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
         "SELECT id, status, occurred_on, ended_on, amount, level, document, title, agency "
         "FROM fact WHERE id BETWEEN ? AND ? AND type = ? AND identity = ?"},
        {&made->last, "SELECT max(id) FROM fact WHERE id BETWEEN ? AND ?"},
        {&made->insert,
         "INSERT INTO fact (id, type, status, occurred_on, ended_on, amount, level, document, "
         "title, agency, identity, source, recorded_on, batch, line) "
         "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
        {&made->update,
         "UPDATE fact SET status = ?, occurred_on = ?, ended_on = ?, amount = ?, level = ?, "
         "document = ?, title = ?, agency = ? WHERE id = ?"},
        {&made->find_source, "SELECT id FROM source WHERE name = ?"},
        {&made->add_source, "INSERT INTO source (name) VALUES (?)"},
    };
    enum result code = statements_prepare(store, wanted, sizeof(wanted) / sizeof(wanted[0]), error);
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
    statement_free(writer->last);
    statement_free(writer->insert);
    statement_free(writer->update);
    buffer_free(&writer->identity);
    statement_free(writer->find_source);
    statement_free(writer->add_source);
    free(writer);
}

static struct value amount_value(const struct fact *fact) {
    return fact->amount == FACT_NO_AMOUNT ? value_null() : value_int(fact->amount);
}

static struct value level_value(const struct fact *fact) {
    return fact->level == FACT_NO_LEVEL ? value_null() : value_int(fact->level);
}

/* What makes two facts of one enterprise and type the same, as 64 bits of a digest. */
static enum result identity_of(struct fact_writer *writer, const struct fact *fact,
                               const char *record, int64_t *identity, struct error *error) {
    struct buffer *text = &writer->identity;
    buffer_reset(text);
    if (fact->document != NULL && fact->document[0] != '\0') {
        char *key = text_name_key(fact->document);
        if (key == NULL) {
            return error_no_memory(error);
        }
        buffer_printf(text, "document\n%s", key);
        free(key);
    } else if (record != NULL && record[0] != '\0') {
        buffer_printf(text, "record\n%s", record);
    } else {
        buffer_printf(text, "content\n%d\n%lld\n%d\n%s\n%s", (int)fact->occurred_on,
                      (long long)fact->amount, (int)fact->level,
                      fact->title == NULL ? "" : fact->title,
                      fact->agency == NULL ? "" : fact->agency);
    }
    uint8_t digest[DIGEST_SIZE];
    enum result code = text->failed ? error_no_memory(error)
                                    : digest_sha256(text->data, text->length, digest, error);
    if (code == RESULT_OK) {
        uint64_t bits = 0;
        for (int i = 0; i < 8; i++) {
            bits = bits << 8 | digest[i];
        }
        memcpy(identity, &bits, sizeof(*identity));
    }
    return code;
}

/* The id of a source by its name, made when it is new. Asked anew for every fact: what a rollback
 * takes back must not be remembered. */
static enum result source_id(struct fact_writer *writer, const char *name, int64_t *id,
                             struct error *error) {
    enum result code =
        statement_fetch_int(writer->find_source, VALUES(value_text(name)), 0, id, error);
    if (code == RESULT_OK && *id == 0) {
        code = statement_run(writer->add_source, VALUES(value_text(name)), error);
        *id = store_last_id(writer->store);
    }
    return code;
}

static enum result check(const struct fact *fact, struct error *error) {
    if (fact_type_code(fact->type) == NULL) {
        return error_set(error, RESULT_INVALID, _("%d is no type of fact."), (int)fact->type);
    }
    if (!date_valid(fact->occurred_on)) {
        return error_set(error, RESULT_INVALID, "%s",
                         _("The fact has no date; give the day it happened."));
    }
    if (fact->ended_on != DATE_NONE && fact->ended_on < fact->occurred_on) {
        char from[DATE_TEXT_SIZE];
        char to[DATE_TEXT_SIZE];
        return error_set(error, RESULT_INVALID,
                         _("The fact ends on %s, before it began on %s; correct one of the dates."),
                         date_format(fact->ended_on, to), date_format(fact->occurred_on, from));
    }
    return RESULT_OK;
}

static enum result insert(struct fact_writer *writer, int64_t enterprise, struct fact *fact,
                          int64_t identity, const struct save_origin *origin, struct error *error) {
    int64_t source = 0;
    int64_t last = 0;
    enum result code = source_id(writer, origin->source, &source, error);
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
                             origin->batch == 0 ? value_null() : value_int(origin->batch),
                             origin->line == 0 ? value_null() : value_int(origin->line)),
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
        code = statement_run(writer->update,
                             VALUES(value_int(merged.status), value_date(merged.occurred_on),
                                    value_date(merged.ended_on), amount_value(&merged),
                                    level_value(&merged), value_text(merged.document),
                                    value_text(merged.title), value_text(merged.agency),
                                    value_int(fact->id)),
                             error);
        if (code == RESULT_OK) {
            char subject[64];
            snprintf(subject, sizeof(subject), "fact:%lld", (long long)fact->id);
            code =
                change_write(&change, writer->store, origin->actor, "fact.update", subject, error);
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
    enum result code = check(fact, error);
    if (code == RESULT_OK) {
        code = identity_of(writer, fact, record, &identity, error);
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
    return update(writer, fact, origin, outcome, error);
}
