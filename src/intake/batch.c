#include "intake/batch.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "guard/journal.h"
#include "intake/csv_reader.h"
#include "store/statement.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
        "INSERT INTO batch (kind, file, digest, profile, source, actor, at, as_of, header)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        VALUES(value_text(head->kind), value_text(head->file), value_text(head->digest),
               value_text(head->profile), value_text(head->source), value_text(head->actor->name),
               value_text(at), value_date(head->as_of), value_text(head->header)),
        error);
    if (code == RESULT_OK) {
        made->id = store_last_id(store);
        const struct statement_wanted wanted[] = {
            {&made->reject, "INSERT INTO reject (batch, line, reason, sentence, text)"
                            " VALUES (?, ?, ?, ?, ?)"},
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

enum result batch_reject(struct batch *batch, int64_t line, enum reason reason,
                         const char *sentence, const char *text, struct error *error) {
    return statement_run(batch->reject,
                         VALUES(value_int(batch->id), value_int(line),
                                value_text(reason_code(reason)), value_text(sentence),
                                value_text(text)),
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
static char *describe(const struct batch *batch, const struct batch_counts *counts) {
    json_t *json =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I}", "kind",
                  batch->head.kind, "file", batch->head.file, "digest", batch->head.digest,
                  "profile", batch->head.profile, "source", batch->head.source, "read",
                  (json_int_t)counts->read, "inserted", (json_int_t)counts->inserted, "updated",
                  (json_int_t)counts->updated, "unchanged", (json_int_t)counts->unchanged,
                  "rejected", (json_int_t)counts->rejected, "stubs", (json_int_t)counts->stubs);
    char *text = json == NULL ? NULL : json_dumps(json, JSON_COMPACT);
    json_decref(json);
    return text;
}

static enum result write_journal(struct batch *batch, const struct batch_counts *counts,
                                 struct error *error) {
    char *after = describe(batch, counts);
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

enum result batch_end(struct batch *batch, const struct batch_counts *counts, struct error *error) {
    enum result code = store_execute(
        batch->store,
        "UPDATE batch SET rows_read = ?, rows_inserted = ?, rows_updated = ?, rows_unchanged = ?,"
        " rows_rejected = ?, stubs = ? WHERE id = ?",
        VALUES(value_int(counts->read), value_int(counts->inserted), value_int(counts->updated),
               value_int(counts->unchanged), value_int(counts->rejected), value_int(counts->stubs),
               value_int(batch->id)),
        error);
    return code == RESULT_OK ? write_journal(batch, counts, error) : code;
}

void batch_free(struct batch *batch) {
    if (batch == NULL) {
        return;
    }
    statement_free(batch->reject);
    statement_free(batch->remark);
    free(batch);
}

/* ---- the rejects file ------------------------------------------------------------------------ */

static enum result write_rows(struct store *store, int64_t batch, FILE *file, int64_t *count,
                              struct error *error) {
    struct statement *rows = NULL;
    struct buffer line = BUFFER_INIT;
    bool row = false;
    enum result code = store_query(
        &rows, store, "SELECT line, sentence, text FROM reject WHERE batch = ? ORDER BY line",
        VALUES(value_int(batch)), error);
    while (code == RESULT_OK && (code = statement_step(rows, &row, error)) == RESULT_OK && row) {
        buffer_reset(&line);
        buffer_printf(&line, "%lld,", (long long)statement_int(rows, 0));
        csv_append_cell(&line, statement_string(rows, 1));
        buffer_append_char(&line, ',');
        buffer_append_text(&line, statement_string(rows, 2));
        buffer_append_text(&line, "\r\n");
        if (line.failed) {
            code = error_no_memory(error);
        }
        fputs(buffer_text(&line), file);
        (*count)++;
    }
    buffer_free(&line);
    statement_free(rows);
    return code;
}

static enum result write_file(struct store *store, int64_t batch, FILE *file, const char *path,
                              int64_t *count, struct error *error) {
    char *header = NULL;
    enum result code = store_fetch_text(store, "SELECT header FROM batch WHERE id = ?",
                                        VALUES(value_int(batch)), &header, error);
    if (code == RESULT_OK && header == NULL) {
        code = error_set(error, RESULT_NOT_FOUND, _("There is no intake number %lld."),
                         (long long)batch);
    }
    if (code == RESULT_OK) {
        fprintf(file, "\xEF\xBB\xBF" REJECT_LINE_HEADER "," REJECT_REASON_HEADER ",%s\r\n", header);
        code = write_rows(store, batch, file, count, error);
    }
    free(header);
    if (code == RESULT_OK && (fflush(file) != 0 || ferror(file) || fsync(fileno(file)) != 0)) {
        code = error_from_errno(error, _("write"), path);
    }
    return code;
}

enum result batch_write_rejects(struct store *store, int64_t batch, const char *path, int64_t *rows,
                                struct error *error) {
    int64_t count = 0;
    struct buffer name = BUFFER_INIT;
    buffer_printf(&name, "%s.part", path);
    if (name.failed) {
        buffer_free(&name);
        return error_no_memory(error);
    }
    errno = 0;
    FILE *file = fopen(buffer_text(&name), "wb");
    enum result code = file == NULL ? error_from_errno(error, _("write"), path) : RESULT_OK;
    if (code == RESULT_OK) {
        code = write_file(store, batch, file, path, &count, error);
        if (fclose(file) != 0 && code == RESULT_OK) {
            code = error_from_errno(error, _("write"), path);
        }
    }
    if (code == RESULT_OK && rename(buffer_text(&name), path) != 0) {
        code = error_from_errno(error, _("write"), path);
    }
    if (code != RESULT_OK && file != NULL) {
        unlink(buffer_text(&name));
    }
    buffer_free(&name);
    if (rows != NULL) {
        *rows = count;
    }
    return code;
}
