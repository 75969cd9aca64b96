#include "guard/journal.h"

#include "base/buffer.h"
#include "base/digest.h"
#include "base/gettext.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

/* What the chain hashes: every field behind its length, so that no two entries share a text. */
static void add_field(struct buffer *text, const char *field) {
    if (field == NULL) {
        buffer_append_text(text, "-\n");
    } else {
        buffer_printf(text, "%zu:", strlen(field));
        buffer_append_text(text, field);
        buffer_append_char(text, '\n');
    }
}

static enum result chain_digest(const char *previous, const char *at, const char *actor,
                                const struct journal_entry *entry, char digest[DIGEST_HEX_SIZE],
                                struct error *error) {
    struct buffer text = BUFFER_INIT;
    const char *fields[] = {
        previous,      at,          actor, entry->action, entry->subject, entry->reason,
        entry->before, entry->after};
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        add_field(&text, fields[i]);
    }
    enum result code = text.failed ? error_no_memory(error)
                                   : digest_sha256_hex(text.data, text.length, digest, error);
    buffer_free(&text);
    return code;
}

enum result journal_write(struct store *store, const struct actor *actor,
                          const struct journal_entry *entry, struct error *error) {
    char *previous = NULL;
    enum result code = store_fetch_text(
        store, "SELECT digest FROM journal ORDER BY id DESC LIMIT 1", NO_VALUES, &previous, error);
    if (code != RESULT_OK) {
        return code;
    }
    char at[CLOCK_TEXT_SIZE];
    clock_now(&actor->clock, at);
    char digest[DIGEST_HEX_SIZE];
    const char *link = previous == NULL ? "" : previous;
    code = chain_digest(link, at, actor->name, entry, digest, error);
    if (code == RESULT_OK) {
        code = store_execute(store,
                             "INSERT INTO journal (at, actor, action, subject, reason, before, "
                             "after, previous, digest)"
                             " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                             VALUES(value_text(at), value_text(actor->name),
                                    value_text(entry->action), value_text(entry->subject),
                                    value_text(entry->reason), value_text(entry->before),
                                    value_text(entry->after), value_text(link), value_text(digest)),
                             error);
    }
    free(previous);
    return code;
}

/* The columns every reader of the journal asks for, in the order of read_row. */
#define JOURNAL_QUERY                                                                              \
    "SELECT id, at, actor, action, subject, reason, before, after, previous, digest FROM journal "

static struct journal_row read_row(struct statement *rows) {
    return (struct journal_row){
        .id = statement_int(rows, 0),
        .at = statement_string(rows, 1),
        .actor = statement_string(rows, 2),
        .entry =
            {
                .action = statement_string(rows, 3),
                .subject = statement_string(rows, 4),
                .reason = statement_text(rows, 5),
                .before = statement_text(rows, 6),
                .after = statement_text(rows, 7),
            },
        .digest = statement_string(rows, 9),
    };
}

enum result journal_read(struct store *store, const char *subject, int64_t limit,
                         bool (*visit)(void *context, const struct journal_row *row), void *context,
                         struct error *error) {
    struct statement *rows = NULL;
    enum result code = store_query(
        &rows, store, JOURNAL_QUERY "WHERE ?1 IS NULL OR subject = ?1 ORDER BY id DESC LIMIT ?2",
        VALUES(value_text(subject), value_int(limit)), error);
    bool row = true;
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        struct journal_row entry = read_row(rows);
        if (!visit(context, &entry)) {
            break;
        }
    }
    statement_free(rows);
    return code;
}

/* Checks the row the statement stands on against the digest of the row before it. */
static enum result verify_row(struct statement *rows, char link[DIGEST_HEX_SIZE],
                              struct error *error) {
    struct journal_row row = read_row(rows);
    char digest[DIGEST_HEX_SIZE];
    enum result code = chain_digest(link, row.at, row.actor, &row.entry, digest, error);
    if (code != RESULT_OK) {
        return code;
    }
    if (strcmp(statement_string(rows, 8), link) != 0 || strcmp(row.digest, digest) != 0) {
        return error_set(
            error, RESULT_MISMATCH,
            _("Journal entry %lld does not fit the entry before it: it was changed, or "
              "one before it was removed. Keep the file and tell the administrator."),
            (long long)row.id);
    }
    memcpy(link, digest, DIGEST_HEX_SIZE);
    return RESULT_OK;
}

enum result journal_verify(struct store *store, int64_t *entries, struct error *error) {
    struct statement *rows = NULL;
    enum result code = store_query(&rows, store, JOURNAL_QUERY "ORDER BY id", NO_VALUES, error);
    char link[DIGEST_HEX_SIZE] = "";
    int64_t count = 0;
    bool row = true;
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        code = verify_row(rows, link, error);
        count++;
    }
    statement_free(rows);
    if (entries != NULL) {
        *entries = count;
    }
    return code;
}
