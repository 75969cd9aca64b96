#include "intake/loader.h"

#include "base/gettext.h"
#include "intake/kind_record.h"
#include "intake/taking.h"

#include <stdlib.h>
#include <string.h>

enum result loader_new(struct loader **loader, struct store *store, enum import_kind kind,
                       bool create_missing, const struct batch_head *head,
                       struct batch_counts *counts, struct error *error) {
    *loader = NULL;
    struct loader *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->store = store;
    made->kind = kind_of(kind);
    made->create_missing = create_missing;
    made->counts = counts;
    enum result code = batch_begin(&made->batch, store, head, error);
    if (code == RESULT_OK) {
        made->origin = (struct save_origin){.actor = head->actor,
                                            .source = head->source,
                                            .batch = batch_id(made->batch),
                                            .bulk = true};
        code = enterprise_writer_new(&made->enterprises, store, error);
    }
    if (code == RESULT_OK) {
        code = fact_writer_new(&made->facts, store, error);
    }
    if (code == RESULT_OK) {
        code = handed_class_writer_new(&made->handed, store, error);
    }
    if (code == RESULT_OK && made->kind->record != NULL) {
        code = record_writer_new(&made->records, store, made->kind->record->table, error);
    }
    if (code == RESULT_OK) {
        code = matcher_new(&made->matcher, store, made->enterprises, error);
    }
    if (code != RESULT_OK) {
        loader_free(made);
        return code;
    }
    *loader = made;
    return RESULT_OK;
}

void loader_free(struct loader *loader) {
    if (loader == NULL) {
        return;
    }
    matcher_free(loader->matcher);
    handed_class_writer_free(loader->handed);
    record_writer_free(loader->records);
    fact_writer_free(loader->facts);
    enterprise_writer_free(loader->enterprises);
    batch_free(loader->batch);
    seen_free(&loader->seen);
    free(loader->changed);
    free(loader);
}

void loader_set_judge(struct loader *loader, const struct import_judge *judge) {
    loader->judge = judge;
}

int64_t loader_batch(const struct loader *loader) {
    return batch_id(loader->batch);
}

enum result loader_end(struct loader *loader, const char *digest, struct error *error) {
    return batch_end(loader->batch, loader->counts, digest, error);
}

/* ---- rejecting ------------------------------------------------------------------------------- */

enum result taking_refuse(struct taking *taking, enum reason reason, const char *sentence) {
    taking->mapped->reason = reason;
    taking->mapped->sentence = sentence;
    return sentence == NULL ? error_no_memory(taking->error) : RESULT_OK;
}

enum result taking_sort_failure(struct taking *taking, enum result code) {
    if (code != RESULT_INVALID) {
        return code;
    }
    code = taking_refuse(taking, REASON_rules,
                         arena_strdup(taking->arena, error_sentence(taking->error)));
    if (code == RESULT_OK) {
        error_clear(taking->error);
    }
    return code;
}

enum result loader_reject(struct loader *loader, const struct mapped *mapped, int64_t line,
                          const char *text, struct error *error) {
    loader->counts->rejected++;
    loader->counts->rejects[mapped->reason]++;
    const struct batch_reject reject = {.line = line,
                                        .reason = mapped->reason,
                                        .sentence = mapped->sentence,
                                        .text = text,
                                        .name = mapped->name,
                                        .code = mapped->bad_code};
    return batch_keep_reject(loader->batch, &reject, error);
}

/* ---- books ----------------------------------------------------------------------------------- */

static enum result remark(struct taking *taking, enum remark remark, const char *sentence) {
    struct loader *loader = taking->loader;
    if (sentence == NULL) {
        return error_no_memory(taking->error);
    }
    loader->counts->remarks++;
    loader->counts->said[remark]++;
    return batch_remark(loader->batch, taking->line, remark, sentence, taking->error);
}

/* What is to be said of a row that is in now. */
static enum result keep_remarks(struct taking *taking) {
    const struct mapped *mapped = taking->mapped;
    const struct match *match = &taking->match;
    enum result code = RESULT_OK;
    /* An enterprise file that gives another name has renamed the enterprise; the journal tells. */
    bool renamed =
        match->remark == REMARK_name_differs && taking->loader->kind == &kind_enterprises;
    if (match->remark != REMARK_NONE && !renamed) {
        code = remark(taking, match->remark, match->remark_sentence);
    }
    const char *used = mapped->uscc[0] != '\0' ? mapped->uscc : mapped->number;
    if (code == RESULT_OK && mapped->code_mended) {
        code = remark(taking, REMARK_code_mended,
                      arena_printf(taking->arena, _("The code was read as %s."), used));
    }
    if (code == RESULT_OK && mapped->two_codes) {
        code = remark(taking, REMARK_two_codes,
                      arena_printf(taking->arena,
                                   _("The row holds two different codes; %s was used."), used));
    }
    if (code == RESULT_OK && mapped->amount_unclear) {
        code = remark(taking, REMARK_amount_unclear,
                      arena_strdup(taking->arena,
                                   _("The text speaks of amounts, but none could be told to be the "
                                     "fine; the fact was kept without an amount.")));
    }
    if (code == RESULT_OK && mapped->fact.source_added) {
        code = remark(taking, REMARK_another_source,
                      arena_strdup(taking->arena,
                                   _("The fact was known already; this source was added to it.")));
    }
    return code;
}

/* Notes an enterprise that a row changed; rows of one enterprise often follow each other. */
static enum result note_changed(struct loader *loader, int64_t enterprise, struct error *error) {
    if (loader->changed_count > 0 && loader->changed[loader->changed_count - 1] == enterprise) {
        return RESULT_OK;
    }
    if (loader->changed_count == loader->changed_capacity) {
        size_t capacity = loader->changed_capacity == 0 ? 1024 : loader->changed_capacity * 2;
        int64_t *changed = realloc(loader->changed, capacity * sizeof(*changed));
        if (changed == NULL) {
            return error_no_memory(error);
        }
        loader->changed = changed;
        loader->changed_capacity = capacity;
    }
    loader->changed[loader->changed_count++] = enterprise;
    return RESULT_OK;
}

enum result loader_note_changed(struct loader *loader, const int64_t *enterprises, size_t count,
                                struct error *error) {
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        code = note_changed(loader, enterprises[i], error);
    }
    return code;
}

static int compare_ids(const void *left, const void *right) {
    int64_t one;
    int64_t other;
    memcpy(&one, left, sizeof(one));
    memcpy(&other, right, sizeof(other));
    return (one > other) - (one < other);
}

enum result loader_changed(struct loader *loader, int64_t **changed, size_t *count,
                           struct error *error) {
    *count = 0;
    *changed = calloc(loader->changed_count + 1, sizeof(**changed));
    if (*changed == NULL) {
        return error_no_memory(error);
    }
    if (loader->changed_count > 0) {
        qsort(loader->changed, loader->changed_count, sizeof(*loader->changed), compare_ids);
    }
    for (size_t i = 0; i < loader->changed_count; i++) {
        if (i == 0 || loader->changed[i] != loader->changed[i - 1]) {
            (*changed)[(*count)++] = loader->changed[i];
        }
    }
    return RESULT_OK;
}

enum result taking_count(struct taking *taking, enum save_outcome outcome, int64_t id,
                         int64_t enterprise) {
    struct batch_counts *counts = taking->loader->counts;
    switch (outcome) {
    case SAVE_INSERTED:
        counts->inserted++;
        break;
    case SAVE_UPDATED:
        counts->updated++;
        break;
    case SAVE_UNCHANGED:
        counts->unchanged++;
        break;
    }
    counts->stubs += taking->stub;
    enum result code = seen_add(&taking->loader->seen, id, taking->line, taking->error);
    if (code == RESULT_OK && outcome != SAVE_UNCHANGED && enterprise != 0) {
        code = note_changed(taking->loader, enterprise, taking->error);
    }
    return code == RESULT_OK ? keep_remarks(taking) : code;
}

bool taking_same_text(const char *left, const char *right) {
    return left == NULL || right == NULL || strcmp(left, right) == 0;
}

/* ---- taking --------------------------------------------------------------------------------- */

enum result loader_take(struct loader *loader, struct mapped *mapped, int64_t line,
                        struct arena *arena, bool *rejected, struct error *error) {
    struct taking taking = {
        .loader = loader, .mapped = mapped, .line = line, .arena = arena, .error = error};
    enum result code = RESULT_OK;
    loader->origin.line = line;
    if (mapped->reason == REASON_NONE && loader->kind->subject) {
        code = matcher_find(loader->matcher, mapped, arena, &taking.match, error);
    }
    if (code == RESULT_OK && mapped->reason == REASON_NONE) {
        code = loader->kind->take(&taking);
    }
    *rejected = code == RESULT_OK && mapped->reason != REASON_NONE;
    return code;
}
