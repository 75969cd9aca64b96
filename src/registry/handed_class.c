#include "registry/handed_class.h"

#include "base/gettext.h"
#include "registry/change.h"
#include "registry/source.h"
#include "store/statement.h"

#include <stdio.h>
#include <stdlib.h>

struct handed_class_writer {
    struct store *store;
    struct statement *find;
    struct statement *load;
    struct statement *insert;
    struct statement *update;
    struct source_writer *sources;
};

enum result handed_class_writer_new(struct handed_class_writer **writer, struct store *store,
                                    struct error *error) {
    *writer = NULL;
    struct handed_class_writer *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->store = store;
    const struct statement_wanted wanted[] = {
        {&made->find, "SELECT id, class, score, day, period FROM handed_class "
                      "WHERE enterprise = ? AND period = ? AND source = ?"},
        {&made->load, "SELECT id, class, score, day, period FROM handed_class WHERE id = ?"},
        {&made->insert, "INSERT INTO handed_class (enterprise, period, source, class, score, day, "
                        "batch, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"},
        {&made->update, "UPDATE handed_class SET class = ?, score = ?, day = ? WHERE id = ?"},
    };
    enum result code = statements_prepare(store, wanted, sizeof(wanted) / sizeof(wanted[0]), error);
    if (code == RESULT_OK) {
        code = source_writer_new(&made->sources, store, error);
    }
    if (code != RESULT_OK) {
        handed_class_writer_free(made);
        return code;
    }
    *writer = made;
    return RESULT_OK;
}

void handed_class_writer_free(struct handed_class_writer *writer) {
    if (writer == NULL) {
        return;
    }
    statement_free(writer->find);
    statement_free(writer->load);
    statement_free(writer->insert);
    statement_free(writer->update);
    source_writer_free(writer->sources);
    free(writer);
}

/* ---- saving ---------------------------------------------------------------------------------- */

static enum result check(const struct handed_class *handed, struct error *error) {
    if (date_make((int)(handed->period / 100), (int)(handed->period % 100), 1) == DATE_NONE) {
        return error_set(error, RESULT_INVALID,
                         _("The row gives no period; say which month the class is of."));
    }
    if (handed->letter < 'A' || handed->letter > 'D') {
        return error_set(error, RESULT_INVALID, _("The row gives no class; it is A, B, C or D."));
    }
    if (handed->score != HANDED_NO_SCORE &&
        (handed->score < 0 || handed->score > HANDED_MOST_SCORE)) {
        return error_set(error, RESULT_INVALID, _("A score lies between 0 and 1000 points."));
    }
    return RESULT_OK;
}

static struct value score_value(int64_t score) {
    return score == HANDED_NO_SCORE ? value_null() : value_int(score);
}

static struct value id_value(int64_t id) {
    return id == 0 ? value_null() : value_int(id);
}

/* The row that stands, as find and load give it. */
static struct handed_class stored(struct statement *row) {
    return (struct handed_class){
        .id = statement_int(row, 0),
        .letter = statement_string(row, 1)[0],
        .score = statement_is_null(row, 2) ? HANDED_NO_SCORE : statement_int(row, 2),
        .day = statement_date(row, 3),
        .period = statement_int(row, 4),
    };
}

static enum result insert(struct handed_class_writer *writer, int64_t enterprise, int64_t source,
                          struct handed_class *handed, const struct save_origin *origin,
                          struct error *error) {
    const char letter[2] = {handed->letter, '\0'};
    enum result code = statement_run(writer->insert,
                                     VALUES(value_int(enterprise), value_int(handed->period),
                                            value_int(source), value_text(letter),
                                            score_value(handed->score), value_date(handed->day),
                                            id_value(origin->batch), id_value(origin->line)),
                                     error);
    if (code != RESULT_OK) {
        return code;
    }
    handed->id = store_last_id(writer->store);
    if (origin->bulk) {
        return RESULT_OK;
    }
    char subject[64];
    snprintf(subject, sizeof(subject), "handed_class:%lld", (long long)handed->id);
    const struct journal_entry entry = {.action = "handed_class.insert", .subject = subject};
    return journal_write(writer->store, origin->actor, &entry, error);
}

/* Notes what differs between two states of a row. */
static void compare(const struct handed_class *before, const struct handed_class *after,
                    struct change *change) {
    const char old_letter[2] = {before->letter, '\0'};
    const char new_letter[2] = {after->letter, '\0'};
    if (before->letter != after->letter) {
        change_note(change, "class", change_text(old_letter), change_text(new_letter));
    }
    if (before->score != after->score) {
        change_note(change, "score", change_number(before->score, HANDED_NO_SCORE),
                    change_number(after->score, HANDED_NO_SCORE));
    }
    if (before->day != after->day) {
        change_note(change, "day", change_date(before->day), change_date(after->day));
    }
}

/* Turns the row that stands into another, journalled under an action, when they differ. */
static enum result turn(struct handed_class_writer *writer, const struct handed_class *before,
                        const struct handed_class *after, const char *action,
                        const struct save_origin *origin, enum save_outcome *outcome,
                        struct error *error) {
    struct change change;
    enum result code = change_init(&change, error);
    if (code != RESULT_OK) {
        return code;
    }
    compare(before, after, &change);
    *outcome = change_empty(&change) ? SAVE_UNCHANGED : SAVE_UPDATED;
    if (*outcome == SAVE_UPDATED) {
        const char letter[2] = {after->letter, '\0'};
        code = statement_run(writer->update,
                             VALUES(value_text(letter), score_value(after->score),
                                    value_date(after->day), value_int(before->id)),
                             error);
    }
    if (code == RESULT_OK && *outcome == SAVE_UPDATED) {
        char subject[64];
        snprintf(subject, sizeof(subject), "handed_class:%lld", (long long)before->id);
        const struct change_row changed = {"handed_class", before->id, subject};
        code = change_write(&change, writer->store, origin, action, &changed, error);
    }
    change_clear(&change);
    return code;
}

enum result handed_class_writer_save(struct handed_class_writer *writer, int64_t enterprise,
                                     struct handed_class *handed, const struct save_origin *origin,
                                     enum save_outcome *outcome, struct error *error) {
    int64_t source = 0;
    bool row = false;
    enum result code = check(handed, error);
    if (code == RESULT_OK) {
        code = source_writer_id(writer->sources, origin->source, &source, error);
    }
    if (code == RESULT_OK) {
        code = statement_bind(
            writer->find,
            VALUES(value_int(enterprise), value_int(handed->period), value_int(source)), error);
    }
    if (code == RESULT_OK) {
        code = statement_step(writer->find, &row, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    if (!row) {
        *outcome = SAVE_INSERTED;
        return insert(writer, enterprise, source, handed, origin, error);
    }
    const struct handed_class before = stored(writer->find);
    handed->id = before.id;
    if (handed->letter == before.letter) {
        handed->score = handed->score == HANDED_NO_SCORE ? before.score : handed->score;
        handed->day = handed->day == DATE_NONE ? before.day : handed->day;
    }
    return turn(writer, &before, handed, "handed_class.update", origin, outcome, error);
}

enum result handed_class_writer_restore(struct handed_class_writer *writer, int64_t id,
                                        const json_t *before, const struct save_origin *origin,
                                        struct error *error) {
    bool row = false;
    enum save_outcome outcome = SAVE_UNCHANGED;
    enum result code = statement_bind(writer->load, VALUES(value_int(id)), error);
    if (code == RESULT_OK) {
        code = statement_step(writer->load, &row, error);
    }
    if (code != RESULT_OK || !row) {
        return code;
    }
    const struct handed_class stands = stored(writer->load);
    struct handed_class old = stands;
    const json_t *letter = json_object_get(before, "class");
    const json_t *score = json_object_get(before, "score");
    const json_t *day = json_object_get(before, "day");
    if (json_is_string(letter)) {
        old.letter = json_string_value(letter)[0];
    }
    if (score != NULL) {
        old.score = json_is_integer(score) ? json_integer_value(score) : HANDED_NO_SCORE;
    }
    if (day != NULL) {
        old.day = change_day(day);
    }
    return turn(writer, &stands, &old, "handed_class.restore", origin, &outcome, error);
}

/* ---- reading --------------------------------------------------------------------------------- */

enum result handed_class_load_all(struct store *store, int64_t enterprise, struct arena *arena,
                                  struct handed_class **handed, size_t *count,
                                  struct error *error) {
    struct statement *rows = NULL;
    int64_t most = 0;
    bool row = true;
    *count = 0;
    enum result code =
        store_fetch_int(store, "SELECT count(*) FROM handed_class WHERE enterprise = ?",
                        VALUES(value_int(enterprise)), 0, &most, error);
    if (code != RESULT_OK) {
        return code;
    }
    *handed = arena_alloc(arena, ((size_t)most + 1) * sizeof(**handed));
    if (*handed == NULL) {
        return error_no_memory(error);
    }
    code = store_query(&rows, store,
                       "SELECT h.id, class, score, day, period, name FROM handed_class h "
                       "JOIN source ON source.id = h.source WHERE enterprise = ? "
                       "ORDER BY period DESC, h.id",
                       VALUES(value_int(enterprise)), error);
    while (code == RESULT_OK && *count < (size_t)most &&
           (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        struct handed_class *one = &(*handed)[(*count)++];
        *one = stored(rows);
        one->source = arena_strdup(arena, statement_string(rows, 5));
    }
    statement_free(rows);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}
