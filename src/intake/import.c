#include "intake/import.h"

#include "base/buffer.h"
#include "base/digest_job.h"
#include "base/gettext.h"
#include "intake/aside.h"
#include "intake/bulk.h"
#include "intake/csv_reader.h"
#include "intake/loader.h"
#include "intake/profile_store.h"
#include "intake/rejects.h"
#include "intake/row_kind.h"
#include "intake/understand.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How often progress is told, in rows. */
#define PROGRESS_ROWS 256

/* Files of so many bytes are worth the short way. */
#define BULK_FROM ((uint64_t)8 << 20)

/* Files of so many bytes are worth keeping everybody else away while they are taken in. */
#define LARGE_FROM ((off_t)64 << 20)

/* What belongs to one import. */
struct run {
    struct store *store;
    const struct import_request *request;
    struct import_report *report;
    const struct progress *progress;
    struct error *error;
    struct arena *arena; /* the binding and other things that last */
    struct understanding understanding;
    const char *header;    /* as CSV, without the columns of a rejects file */
    size_t reject_columns; /* before the file's own, when it is one of rejects, mended */
    const char *format;    /* what the file was found to be */
    const char *encoding;
    const char *sheet;
    bool plain; /* CSV in UTF-8 without a broken byte: its mark and delimiter follow */
    size_t mark;
    char delimiter;
    uint64_t size;
    struct digest_job *digest;
    struct loader *loader;
    struct bulk_left *left; /* what the short way left; NULL: it was not gone */
    int64_t deferred[TIER_COUNT];
    uint64_t done; /* bytes of the passes before */
};

/* The cells of a row that are the file's own, without those of a rejects file. */
static struct row own_cells(const struct run *run, const struct row *row) {
    size_t skip = run->reject_columns < row->count ? run->reject_columns : row->count;
    struct row own = *row;
    own.cells += skip;
    own.count -= skip;
    return own;
}

static const char *row_text(struct run *run, struct arena *arena, const struct row *row) {
    struct row own = own_cells(run, row);
    struct buffer text = BUFFER_INIT;
    csv_append_row(&text, &own);
    const char *kept = text.failed ? NULL : arena_strdup(arena, buffer_text(&text));
    buffer_free(&text);
    return kept;
}

/* ---- passes ---------------------------------------------------------------------------------- */

static enum result tell_progress(struct run *run, const struct row_source *source) {
    return progress_step(run->progress, run->done + row_source_position(source),
                         run->done + row_source_size(source), run->error);
}

/* Takes one row in, or leaves it to a later pass. */
static enum result take_row(struct run *run, enum subject_tier tier, const struct row *row,
                            struct arena *arena) {
    struct mapped mapped;
    arena_reset(arena);
    enum result code =
        mapper_read_subject(&run->understanding.binding, row, arena, &mapped, run->error);
    if (code != RESULT_OK) {
        return code;
    }
    if (tier == TIER_USCC) {
        run->report->counts.read++;
        run->deferred[mapped.tier]++;
    }
    if (mapped.tier != tier) {
        return RESULT_OK;
    }
    code = mapper_read_rest(&run->understanding.binding, row, run->request->as_of, arena, &mapped,
                            run->error);
    if (code != RESULT_OK) {
        return code;
    }
    bool rejected = false;
    code = loader_take(run->loader, &mapped, row->line, arena, &rejected, run->error);
    if (code == RESULT_OK && rejected) {
        const char *text = row_text(run, arena, row);
        code = text == NULL ? error_no_memory(run->error)
                            : loader_reject(run->loader, &mapped, row->line, text, run->error);
    }
    return code;
}

/* Goes over the rows under the header once, taking in those of one tier. */
static enum result read_rows(struct run *run, enum subject_tier tier, struct row_source *source,
                             struct arena *arena) {
    bool more = true;
    /* Rows under the header; of those that the short way leaves, the first are not right there. */
    int64_t under = run->left == NULL ? 0 : ROW_KIND_UNDER;
    for (uint64_t rows = 0; more; rows++) {
        struct row row;
        enum result code = row_source_next(source, &row, &more, run->error);
        if (code == RESULT_OK && rows % PROGRESS_ROWS == 0) {
            code = tell_progress(run, source);
        }
        if (code != RESULT_OK) {
            return code;
        }
        if (!more || row.line <= run->understanding.binding.line) {
            continue;
        }
        under++;
        if (aside_why(&run->understanding.binding, run->request->kind, &row, under) != NULL) {
            run->report->counts.skipped += tier == TIER_USCC;
            continue;
        }
        code = take_row(run, tier, &row, arena);
        if (code != RESULT_OK) {
            return code;
        }
    }
    return RESULT_OK;
}

/* Takes what can go the short way. */
static enum result take_bulk(struct run *run) {
    uint64_t from = run->request->bulk_from == 0 ? BULK_FROM : run->request->bulk_from;
    if (!run->plain || run->size < from) {
        return RESULT_OK;
    }
    const struct bulk_file file = {.path = run->request->path,
                                   .size = run->size,
                                   .mark = run->mark,
                                   .delimiter = run->delimiter,
                                   .binding = &run->understanding.binding,
                                   .as_of = run->request->as_of};
    enum result code = bulk_take(run->loader, &file, run->progress, &run->left, run->error);
    run->report->short_way = run->report->counts.read;
    run->done = run->left == NULL ? 0 : run->size;
    return code;
}

static enum result open_rows(struct run *run, struct row_source **source) {
    return run->left == NULL ? row_source_open(source, run->request->path, run->sheet, run->error)
                             : bulk_left_open(run->left, source, run->error);
}

/* The file is read once for the rows with a USCC and again for those that name their enterprise
 * less well, if there are any: so what a row comes to does not depend on which rows stand above
 * it, and nothing changes when the same file comes again. */
static enum result read_file(struct run *run) {
    struct arena *arena = arena_new();
    enum result code = arena == NULL ? error_no_memory(run->error) : take_bulk(run);
    for (int tier = TIER_USCC; code == RESULT_OK && tier < TIER_COUNT; tier++) {
        if (tier > TIER_USCC && run->deferred[tier] == 0) {
            continue;
        }
        struct row_source *source = NULL;
        code = open_rows(run, &source);
        if (code == RESULT_OK) {
            code = read_rows(run, (enum subject_tier)tier, source, arena);
            run->done += row_source_size(source);
        }
        row_source_free(source);
    }
    bulk_left_free(run->left);
    arena_free(arena);
    return code;
}

/* ---- the frame of an import ------------------------------------------------------------------ */

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* What the file was found to be, for the batch. */
static enum result note_source(struct run *run, const struct row_source *source) {
    size_t count = 0;
    const struct row_sheet *sheets = row_source_sheets(source, &count);
    const char *encoding = row_source_encoding(source);
    run->format = row_source_format(source);
    run->plain = row_source_plain_csv(source, &run->mark, &run->delimiter);
    run->size = row_source_size(source);
    run->encoding = arena_strdup(run->arena, encoding);
    run->sheet =
        count == 0 ? NULL : arena_strdup(run->arena, sheets[row_source_sheet(source)].name);
    return arena_failed(run->arena) ? error_no_memory(run->error) : RESULT_OK;
}

/* Finds header and profile. */
static enum result understand_file(struct run *run, struct row_source *source) {
    const struct import_request *request = run->request;
    struct sample sample;
    const char *name = arena_printf(run->arena, "%s %s", base_name(request->path),
                                    run->sheet == NULL ? "" : run->sheet);
    enum result code = sample_read(source, run->arena, &sample, run->error);
    if (code == RESULT_OK) {
        code = name == NULL
                   ? error_no_memory(run->error)
                   : understand(run->store, &sample, row_source_label(source), name, request->kind,
                                &request->said, run->arena, &run->understanding, run->error);
    }
    if (code == RESULT_OK && run->understanding.missing != NULL) {
        return error_set(run->error, RESULT_USAGE, "%s", run->understanding.missing);
    }
    return code;
}

static enum result bind_file(struct run *run) {
    struct row_source *source = NULL;
    enum result code =
        row_source_open(&source, run->request->path, run->request->sheet, run->error);
    if (code == RESULT_OK) {
        code = note_source(run, source);
    }
    if (code == RESULT_OK) {
        code = understand_file(run, source);
    }
    row_source_free(source);
    if (code != RESULT_OK) {
        return code;
    }
    const struct binding *binding = &run->understanding.binding;
    run->reject_columns = rejects_columns(binding->headers, binding->header_count);
    struct row header = {.cells = binding->headers, .count = binding->header_count};
    run->header = row_text(run, run->arena, &header);
    return run->header == NULL ? error_no_memory(run->error) : RESULT_OK;
}

static enum result fill_report(struct run *run) {
    const char *source = run->request->source;
    if (source == NULL) {
        source = run->understanding.profile->source != NULL ? run->understanding.profile->source
                                                            : base_name(run->request->path);
    }
    run->report->profile = strdup(run->understanding.profile->name);
    run->report->source = strdup(source);
    return run->report->profile == NULL || run->report->source == NULL ? error_no_memory(run->error)
                                                                       : RESULT_OK;
}

static enum result start_loader(struct run *run) {
    struct batch_head head = {
        .kind = kind_of(run->request->kind)->code,
        .file = base_name(run->request->path),
        .profile = run->report->profile,
        .source = run->report->source,
        .header = run->header,
        .format = run->format,
        .encoding = run->encoding,
        .sheet = run->sheet,
        .as_of = run->request->as_of,
        .actor = run->request->actor,
    };
    enum result code =
        loader_new(&run->loader, run->store, run->request->kind, run->request->create_missing,
                   &head, &run->report->counts, run->error);
    if (code == RESULT_OK) {
        loader_set_judge(run->loader, run->request->judge);
    }
    return code;
}

static enum result end_loader(struct run *run) {
    char digest[DIGEST_HEX_SIZE];
    enum result code = digest_job_finish(run->digest, digest, run->error);
    return code == RESULT_OK ? loader_end(run->loader, digest, run->error) : code;
}

static enum result write_rejects(struct run *run) {
    const char *path = run->request->rejects_path;
    if (path == NULL || run->report->counts.rejected == 0) {
        return RESULT_OK;
    }
    enum result code =
        rejects_write(run->store, loader_batch(run->loader), REJECTS_ALL, path, NULL, run->error);
    run->report->rejects_written = code == RESULT_OK;
    return code;
}

/* Everything that happens inside the transaction. */
static enum result take_in(struct run *run) {
    enum result code = start_loader(run);
    if (code == RESULT_OK) {
        code = read_file(run);
    }
    if (code == RESULT_OK) {
        code = end_loader(run);
    }
    if (code == RESULT_OK && run->request->waiting_of != 0) {
        code = batch_note_again(run->store, loader_batch(run->loader), run->request->waiting_of,
                                run->error);
    }
    if (code == RESULT_OK) {
        code = profile_store_note_use(run->store, run->request->actor, run->report->profile,
                                      run->error);
    }
    if (code == RESULT_OK) {
        code = loader_changed(run->loader, &run->report->changed, &run->report->changed_count,
                              run->error);
    }
    if (code == RESULT_OK) {
        run->report->batch = run->request->dry_run ? 0 : loader_batch(run->loader);
        code = write_rejects(run);
    }
    loader_free(run->loader);
    return code;
}

static enum result run_import(struct run *run) {
    const struct kind *kind = kind_of(run->request->kind);
    run->digest = digest_job_start(run->request->path);
    enum result code = run->digest == NULL ? error_no_memory(run->error) : bind_file(run);
    if (code == RESULT_OK && kind->check != NULL) {
        code = kind->check(run->request->path, run->sheet, run->error);
    }
    if (code == RESULT_OK) {
        code = fill_report(run);
    }
    if (code == RESULT_OK) {
        code = store_begin(run->store, run->error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    code = take_in(run);
    if (code == RESULT_OK && run->request->dry_run) {
        store_rollback(run->store);
        return RESULT_OK;
    }
    code = store_finish(run->store, code, run->error);
    if (code != RESULT_OK && run->report->rejects_written) {
        unlink(run->request->rejects_path);
    }
    return code;
}

/* Writing rejects over the very file they come from would destroy it. */
static enum result check_request(const struct import_request *request, struct error *error) {
    struct stat from;
    struct stat to;
    if (request->rejects_path != NULL && stat(request->path, &from) == 0 &&
        stat(request->rejects_path, &to) == 0 && from.st_dev == to.st_dev &&
        from.st_ino == to.st_ino) {
        return error_set(error, RESULT_USAGE,
                         _("%s is the file to take in; name another for its rejected rows."),
                         request->rejects_path);
    }
    return RESULT_OK;
}

void import_make_ready(struct store *store, const struct import_request *request) {
    struct stat status;
    if (!request->dry_run && stat(request->path, &status) == 0 && status.st_size >= LARGE_FROM) {
        store_expect_large(store);
    }
}

enum result import_file(struct store *store, const struct import_request *request,
                        struct import_report *report, const struct progress *progress,
                        struct error *error) {
    *report = (struct import_report){0};
    struct import_request dated = *request;
    if (dated.as_of == DATE_NONE) {
        dated.as_of = clock_today(&request->actor->clock);
    }
    struct run run = {.store = store,
                      .request = &dated,
                      .report = report,
                      .progress = progress,
                      .error = error,
                      .arena = arena_new()};
    enum result code = run.arena == NULL ? error_no_memory(error) : check_request(request, error);
    if (code == RESULT_OK) {
        import_make_ready(store, request);
        code = run_import(&run);
    }
    digest_job_free(run.digest);
    understanding_clear(&run.understanding);
    arena_free(run.arena);
    if (code != RESULT_OK) {
        import_report_free(report);
    }
    return code;
}

void import_report_free(struct import_report *report) {
    free(report->profile);
    free(report->source);
    free(report->changed);
    *report = (struct import_report){0};
}
