#include "intake/batch.h"

#include "base/gettext.h"
#include "guard/journal.h"
#include "intake/batch_names.h"
#include "store/statement.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct batch {
    struct store *store;
    int64_t id;
    struct batch_head head;
    struct statement *reject;
    struct statement *remark;
};

enum result batch_begin(struct batch **batch, struct store *store, const struct batch_head *head,
                        struct error *error) {
    *batch = NULL;
    struct batch *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->store = store;
    made->head = *head;
    char at[CLOCK_TEXT_SIZE];
    clock_now(&head->actor->clock, at);
    enum result code = store_execute(
        store,
        "INSERT INTO batch (kind, file, digest, profile, source, actor, at, as_of, header, format,"
        " encoding, sheet) VALUES (?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        VALUES(value_text(head->kind), value_text(head->file), value_text(head->profile),
               value_text(head->source), value_text(head->actor->name), value_text(at),
               value_date(head->as_of), value_text(head->header), value_text(head->format),
               value_text(head->encoding), value_text(head->sheet)),
        error);
    if (code == RESULT_OK) {
        made->id = store_last_id(store);
        const struct statement_wanted wanted[] = {
            {&made->reject, "INSERT INTO reject (batch, line, reason, sentence, text, name, code)"
                            " VALUES (?, ?, ?, ?, ?, ?, ?)"},
            {&made->remark, "INSERT OR IGNORE INTO remark (batch, line, reason, sentence)"
                            " VALUES (?, ?, ?, ?)"},
        };
        code = statements_prepare(store, wanted, sizeof(wanted) / sizeof(wanted[0]), error);
    }
    if (code != RESULT_OK) {
        batch_free(made);
        return code;
    }
    *batch = made;
    return RESULT_OK;
}

int64_t batch_id(const struct batch *batch) {
    return batch->id;
}

enum result batch_keep_reject(struct batch *batch, const struct batch_reject *reject,
                              struct error *error) {
    return statement_run(batch->reject,
                         VALUES(value_int(batch->id), value_int(reject->line),
                                value_text(reason_code(reject->reason)),
                                value_text(reject->sentence), value_text(reject->text),
                                value_text(reject->name), value_text(reject->code)),
                         error);
}

enum result batch_remark(struct batch *batch, int64_t line, enum remark remark,
                         const char *sentence, struct error *error) {
    return statement_run(batch->remark,
                         VALUES(value_int(batch->id), value_int(line),
                                value_text(remark_code(remark)), value_text(sentence)),
                         error);
}

/* The batch as the journal keeps it. On the heap; NULL when memory is short. */
static char *describe(const struct batch *batch, const struct batch_counts *counts,
                      const char *digest) {
    json_t *json =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I}", "kind",
                  batch->head.kind, "file", batch->head.file, "digest", digest, "profile",
                  batch->head.profile, "source", batch->head.source, "read",
                  (json_int_t)counts->read, "inserted", (json_int_t)counts->inserted, "updated",
                  (json_int_t)counts->updated, "unchanged", (json_int_t)counts->unchanged,
                  "rejected", (json_int_t)counts->rejected, "stubs", (json_int_t)counts->stubs);
    char *text = json == NULL ? NULL : json_dumps(json, JSON_COMPACT);
    json_decref(json);
    return text;
}

static enum result write_journal(struct batch *batch, const struct batch_counts *counts,
                                 const char *digest, struct error *error) {
    char *after = describe(batch, counts, digest);
    if (after == NULL) {
        return error_no_memory(error);
    }
    char subject[40];
    snprintf(subject, sizeof(subject), "batch:%lld", (long long)batch->id);
    struct journal_entry entry = {.action = "intake.import", .subject = subject, .after = after};
    enum result code = journal_write(batch->store, batch->head.actor, &entry, error);
    free(after);
    return code;
}

enum result batch_end(struct batch *batch, const struct batch_counts *counts, const char *digest,
                      struct error *error) {
    enum result code = store_execute(
        batch->store,
        "UPDATE batch SET rows_read = ?, rows_inserted = ?, rows_updated = ?, rows_unchanged = ?,"
        " rows_rejected = ?, stubs = ?, rows_skipped = ?, digest = ? WHERE id = ?",
        VALUES(value_int(counts->read), value_int(counts->inserted), value_int(counts->updated),
               value_int(counts->unchanged), value_int(counts->rejected), value_int(counts->stubs),
               value_int(counts->skipped), value_text(digest), value_int(batch->id)),
        error);
    return code == RESULT_OK ? write_journal(batch, counts, digest, error) : code;
}

enum result batch_note_again(struct store *store, int64_t batch, int64_t earlier,
                             struct error *error) {
    return store_execute(store,
                         "UPDATE reject SET again = ?1 WHERE batch = ?2 AND " BATCH_NAMES_WAIT,
                         VALUES(value_int(batch), value_int(earlier)), error);
}

enum result batch_mark_undone(struct store *store, const struct actor *actor, int64_t batch,
                              const char *reason, const char *after, struct error *error) {
    char at[CLOCK_TEXT_SIZE];
    clock_now(&actor->clock, at);
    enum result code = store_execute(
        store,
        "UPDATE batch SET undone_by = ?, undone_at = ?, undone_reason = ?"
        " WHERE id = ? AND undone_at IS NULL",
        VALUES(value_text(actor->name), value_text(at), value_text(reason), value_int(batch)),
        error);
    if (code == RESULT_OK && store_changes(store) == 0) {
        code = error_set(error, RESULT_REFUSED, _("Intake %lld was undone already, or never was."),
                         (long long)batch);
    }
    if (code != RESULT_OK) {
        return code;
    }
    char subject[40];
    snprintf(subject, sizeof(subject), "batch:%lld", (long long)batch);
    struct journal_entry entry = {
        .action = "intake.undo", .subject = subject, .reason = reason, .after = after};
    return journal_write(store, actor, &entry, error);
}

void batch_free(struct batch *batch) {
    if (batch == NULL) {
        return;
    }
    statement_free(batch->reject);
    statement_free(batch->remark);
    free(batch);
}
