#include "report/handover.h"

#include "base/gettext.h"
#include "base/out_file.h"
#include "guard/journal.h"
#include "report/handover_format.h"
#include "report/handover_rows.h"
#include "store/statement.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* How often progress is told, in rows. */
#define PROGRESS_ROWS 1000

/* One handing over. */
struct handing {
    struct store *store;
    const struct progress *progress;
    struct error *error;
    const struct handover_format *format;
    struct period period;
    struct policy_set policies;
    struct handover_head head;
    struct out_file file;
};

/* The format of a file's ending. */
static enum result find_format(const char *path, const struct handover_format **format,
                               struct error *error) {
    static const struct handover_format *const formats[] = {&handover_csv, &handover_xlsx,
                                                            &handover_jsonl};
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot != NULL && dot != name && i < sizeof(formats) / sizeof(formats[0]);
         i++) {
        if (strcasecmp(dot + 1, formats[i]->ending) == 0) {
            *format = formats[i];
            return RESULT_OK;
        }
    }
    return error_set(error, RESULT_USAGE,
                     _("%s: a classification is handed over as .csv, .xlsx or .jsonl; give the "
                       "file one of these endings."),
                     path);
}

/* ---- what is handed over --------------------------------------------------------------------- */

static enum result load_period(struct handing *handing, int64_t id) {
    struct error *error = handing->error;
    if (id != 0) {
        return period_load(handing->store, id, &handing->period, error);
    }
    enum result code = period_latest(handing->store, &handing->period, error);
    if (code == RESULT_OK && handing->period.id == 0) {
        code = error_set(error, RESULT_NOT_FOUND, "%s",
                         _("No period was run yet; run \"xinfeng score\" first."));
    }
    return code;
}

static enum result check_rows(const struct handing *handing) {
    int64_t most = handing->format->most_rows;
    if (most == 0 || handing->head.rows <= most) {
        return RESULT_OK;
    }
    return error_set(
        handing->error, RESULT_REFUSED,
        _("The period has %lld enterprises, and a sheet of a workbook holds %lld; hand "
          "it over as CSV, in a file ending in .csv."),
        (long long)handing->head.rows, (long long)most);
}

static enum result load_head(struct handing *handing, int64_t period) {
    struct store *store = handing->store;
    struct handover_head *head = &handing->head;
    enum result code = load_period(handing, period);
    if (code == RESULT_OK) {
        code = period_policies(store, handing->period.id, &handing->policies, handing->error);
    }
    if (code == RESULT_OK) {
        code = store_fetch_int(store, "SELECT max(id) FROM period WHERE id < ?",
                               VALUES(value_int(handing->period.id)), 0, &head->previous,
                               handing->error);
    }
    if (code == RESULT_OK) {
        code = handover_rows_count(store, handing->period.id, &head->rows, handing->error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    head->period = &handing->period;
    head->policies = &handing->policies;
    head->file = &handing->file;
    struct handover_seal *seal = &head->seal;
    snprintf(seal->layout, sizeof(seal->layout), "%s", HANDOVER_LAYOUT);
    snprintf(seal->mark, sizeof(seal->mark), "%s", HANDOVER_MARK);
    period_format(handing->period.id, seal->period);
    snprintf(seal->state, sizeof(seal->state), "%s", handing->period.closed ? "closed" : "open");
    snprintf(seal->rows, sizeof(seal->rows), "%lld", (long long)head->rows);
    return check_rows(handing);
}

/* ---- writing --------------------------------------------------------------------------------- */

/* Puts all rows, taking them into the digest. */
static enum result put_rows(struct handing *handing, void *writer, struct handover_digest *digest) {
    const struct handover_head *head = &handing->head;
    struct handover_rows *rows = NULL;
    struct handover_row row;
    bool more = true;
    enum result code = handover_rows_new(&rows, handing->store, head->period, head->policies,
                                         head->previous, handing->error);
    for (int64_t done = 0; code == RESULT_OK && more; done++) {
        code = handover_rows_next(rows, &row, &more, handing->error);
        if (code == RESULT_OK && more) {
            handover_digest_add(digest, &row);
            code = handing->format->row(writer, &row, handing->error);
        }
        if (code == RESULT_OK && done % PROGRESS_ROWS == 0) {
            code = progress_step(handing->progress, (uint64_t)done, (uint64_t)head->rows,
                                 handing->error);
        }
    }
    handover_rows_free(rows);
    if (code == RESULT_OK && handover_digest_rows(digest) != head->rows) {
        code = error_set(handing->error, RESULT_DAMAGED,
                         _("Period %s has %lld results and %lld enterprises that they are of; run "
                           "the period again, or restore the database from the latest backup."),
                         head->seal.period, (long long)head->rows,
                         (long long)handover_digest_rows(digest));
    }
    return code;
}

/* Writes the file beside its place. */
static enum result write_part(struct handing *handing) {
    struct handover_seal *seal = &handing->head.seal;
    void *writer = NULL;
    struct handover_digest *digest = handover_digest_new();
    enum result code = digest == NULL ? error_no_memory(handing->error) : RESULT_OK;
    if (code == RESULT_OK) {
        code = handing->format->begin(&writer, &handing->head, handing->error);
    }
    if (code == RESULT_OK) {
        code = put_rows(handing, writer, digest);
        if (code == RESULT_OK) {
            code = handover_digest_finish(digest, seal, seal->digest, handing->error);
        }
        enum result ended =
            handing->format->end(writer, code == RESULT_OK ? seal : NULL, handing->error);
        code = code == RESULT_OK ? ended : code;
    }
    handover_digest_free(digest);
    return code == RESULT_OK ? out_file_settle(&handing->file, handing->error) : code;
}

/* Reads one state of the database and writes it. */
static enum result read_and_write(struct handing *handing, const char *path, int64_t period) {
    enum result code = store_begin_read(handing->store, handing->error);
    if (code != RESULT_OK) {
        return code;
    }
    code = load_head(handing, period);
    if (code == RESULT_OK) {
        const char *slash = strrchr(path, '/');
        handing->head.name = slash == NULL ? path : slash + 1;
        code = out_file_begin(&handing->file, handing->head.folder, handing->head.name,
                              handing->error);
    }
    if (code == RESULT_OK) {
        code = write_part(handing);
    }
    return store_finish(handing->store, code, handing->error);
}

/* The journal entry and the moving of the file stand or fall together. */
static enum result hand_out(struct handing *handing) {
    const struct handover_seal *seal = &handing->head.seal;
    json_t *json = json_pack("{s:s, s:s, s:s, s:s, s:I, s:s}", "file", handing->head.name, "format",
                             handing->format->name, "layout", seal->layout, "state", seal->state,
                             "rows", (json_int_t)handing->head.rows, "digest", seal->digest);
    char *after = json == NULL ? NULL : json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(json);
    enum result code = after == NULL ? error_no_memory(handing->error)
                                     : store_begin(handing->store, handing->error);
    if (code == RESULT_OK) {
        char subject[32];
        snprintf(subject, sizeof(subject), "period:%s", seal->period);
        struct journal_entry entry = {.action = "handover", .subject = subject, .after = after};
        code = journal_write(handing->store, handing->head.actor, &entry, handing->error);
        if (code == RESULT_OK) {
            code = out_file_move_all(&handing->file, 1, handing->error);
        }
        code = store_finish(handing->store, code, handing->error);
    }
    free(after);
    if (code != RESULT_OK) {
        out_file_take_back_all(&handing->file, 1);
    }
    return code;
}

enum result handover_write(struct store *store, const struct actor *actor, const char *path,
                           int64_t period, const struct progress *progress,
                           struct handover_report *report, struct error *error) {
    struct handing handing = {.store = store, .progress = progress, .error = error};
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, (size_t)(slash - path) + 1);
    *report = (struct handover_report){0};
    handing.head.actor = actor;
    handing.head.folder = folder;
    enum result code = find_format(path, &handing.format, error);
    if (code == RESULT_OK && folder == NULL) {
        code = error_no_memory(error);
    }
    if (code == RESULT_OK) {
        code = read_and_write(&handing, path, period);
    }
    if (code == RESULT_OK) {
        code = hand_out(&handing);
    }
    if (code == RESULT_OK) {
        report->period = handing.period.id;
        report->rows = handing.head.rows;
        report->closed = handing.period.closed;
        report->format = handing.format->name;
        memcpy(report->digest, handing.head.seal.digest, sizeof(report->digest));
    }
    out_file_end(&handing.file);
    policy_set_free(&handing.policies);
    free(folder);
    return code;
}
