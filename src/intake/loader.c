#include "intake/loader.h"

#include "base/gettext.h"
#include "intake/cell.h"
#include "intake/match.h"
#include "intake/seen.h"

#include <stdlib.h>
#include <string.h>

struct loader {
    struct store *store;
    enum import_kind kind;
    bool create_missing;
    struct batch *batch;
    struct batch_counts *counts;
    struct save_origin origin;
    struct enterprise_writer *enterprises;
    struct fact_writer *facts;
    struct matcher *matcher;
    struct seen seen; /* enterprises or facts, by the kind */
    int64_t *changed; /* ids of enterprises, as they came */
    size_t changed_count;
    size_t changed_capacity;
};

/* One row on its way in. */
struct taking {
    struct loader *loader;
    struct mapped *mapped;
    struct match match;
    int64_t line;
    struct arena *arena;
    struct error *error;
    bool stub; /* an enterprise was entered for it */
};

enum result loader_new(struct loader **loader, struct store *store, enum import_kind kind,
                       bool create_missing, const struct batch_head *head,
                       struct batch_counts *counts, struct error *error) {
    *loader = NULL;
    struct loader *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->store = store;
    made->kind = kind;
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
    fact_writer_free(loader->facts);
    enterprise_writer_free(loader->enterprises);
    batch_free(loader->batch);
    seen_free(&loader->seen);
    free(loader->changed);
    free(loader);
}

int64_t loader_batch(const struct loader *loader) {
    return batch_id(loader->batch);
}

enum result loader_end(struct loader *loader, struct error *error) {
    return batch_end(loader->batch, loader->counts, error);
}

/* ---- rejecting ------------------------------------------------------------------------------- */

static enum result refuse(struct taking *taking, enum reason reason, const char *sentence) {
    taking->mapped->reason = reason;
    taking->mapped->sentence = sentence;
    return sentence == NULL ? error_no_memory(taking->error) : RESULT_OK;
}

/* The same thing told twice in one file: which is right is not for a program to say. */
static enum result refuse_conflict(struct taking *taking, int64_t first) {
    return refuse(taking, REASON_conflict,
                  arena_printf(taking->arena,
                               taking->loader->kind == IMPORT_FACTS
                                   ? _("Line %lld of this file tells the same fact (the same "
                                       "document or record) differently; keep the right row.")
                                   : _("Line %lld of this file tells the same enterprise "
                                       "differently; keep the right row."),
                               (long long)first));
}

/* A rule of the registry broken is a rejected row; anything else ends the import. */
static enum result sort_failure(struct taking *taking, enum result code) {
    if (code != RESULT_INVALID) {
        return code;
    }
    code = refuse(taking, REASON_rules, arena_strdup(taking->arena, error_sentence(taking->error)));
    if (code == RESULT_OK) {
        error_clear(taking->error);
    }
    return code;
}

enum result loader_reject(struct loader *loader, const struct mapped *mapped, int64_t line,
                          const char *text, struct error *error) {
    loader->counts->rejected++;
    loader->counts->rejects[mapped->reason]++;
    return batch_reject(loader->batch, line, mapped->reason, mapped->sentence, text, error);
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
        match->remark == REMARK_name_differs && taking->loader->kind == IMPORT_ENTERPRISES;
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

static enum result count_outcome(struct taking *taking, enum save_outcome outcome, int64_t id) {
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
    if (code == RESULT_OK && outcome != SAVE_UNCHANGED) {
        bool fact = taking->loader->kind == IMPORT_FACTS;
        code = note_changed(taking->loader, fact ? fact_enterprise(id) : id, taking->error);
    }
    return code == RESULT_OK ? keep_remarks(taking) : code;
}

/* ---- enterprises ----------------------------------------------------------------------------- */

static bool same_text(const char *left, const char *right) {
    return left == NULL || right == NULL || strcmp(left, right) == 0;
}

/* True when two rows tell one thing differently, not just more of it. */
static bool enterprises_contradict(const struct enterprise *kept, const struct enterprise *news) {
    size_t count = 0;
    const struct enterprise_field *fields = enterprise_fields(&count);
    for (size_t i = 0; i < count; i++) {
        const char *left = (const char *)kept + fields[i].offset;
        const char *right = (const char *)news + fields[i].offset;
        int64_t numbers[2];
        date days[2];
        switch (fields[i].type) {
        case ENTERPRISE_FIELD_TEXT:
            if (!same_text(*(const char *const *)(const void *)left,
                           *(const char *const *)(const void *)right)) {
                return true;
            }
            break;
        case ENTERPRISE_FIELD_NUMBER:
            memcpy(&numbers[0], left, sizeof(int64_t));
            memcpy(&numbers[1], right, sizeof(int64_t));
            if (numbers[0] != numbers[1] && numbers[0] != ENTERPRISE_UNKNOWN &&
                numbers[1] != ENTERPRISE_UNKNOWN) {
                return true;
            }
            break;
        case ENTERPRISE_FIELD_DATE:
            memcpy(&days[0], left, sizeof(date));
            memcpy(&days[1], right, sizeof(date));
            if (days[0] != days[1] && days[0] != DATE_NONE && days[1] != DATE_NONE) {
                return true;
            }
            break;
        }
    }
    return false;
}

/* A row about an enterprise that an earlier line changed already: undone, it is taken only when
 * it adds to what that line said. */
static enum result look_again(struct taking *taking, int64_t first, enum save_outcome *outcome) {
    struct loader *loader = taking->loader;
    struct enterprise kept;
    struct enterprise news = taking->mapped->enterprise;
    enum result code = enterprise_load(loader->store, news.id, taking->arena, &kept, taking->error);
    if (code != RESULT_OK) {
        return code;
    }
    if (enterprises_contradict(&kept, &news)) {
        return refuse_conflict(taking, first);
    }
    return enterprise_writer_save(loader->enterprises, &taking->mapped->enterprise, &loader->origin,
                                  outcome, taking->error);
}

static enum result save_enterprise(struct taking *taking, enum save_outcome *outcome) {
    struct loader *loader = taking->loader;
    struct enterprise *enterprise = &taking->mapped->enterprise;
    int64_t first = seen_line(&loader->seen, taking->match.id);
    enum result code = store_begin(loader->store, taking->error);
    if (code != RESULT_OK) {
        return code;
    }
    code = enterprise_writer_save(loader->enterprises, enterprise, &loader->origin, outcome,
                                  taking->error);
    if (code != RESULT_OK || first == 0 || *outcome != SAVE_UPDATED) {
        return store_finish(loader->store, code, taking->error);
    }
    store_rollback(loader->store);
    return look_again(taking, first, outcome);
}

static enum result take_enterprise(struct taking *taking) {
    struct enterprise *enterprise = &taking->mapped->enterprise;
    const struct match *match = &taking->match;
    enum save_outcome outcome = SAVE_UNCHANGED;
    if (match->reason == REASON_unknown_name) {
        return refuse(taking, REASON_no_code,
                      arena_printf(taking->arena,
                                   _("%s is not in the registry, and without a valid code it could "
                                     "not be told from others of its name; give its code."),
                                   cell_shorten(taking->arena, taking->mapped->name)));
    }
    if (match->reason != REASON_NONE) {
        return refuse(taking, match->reason, match->sentence);
    }
    enterprise->id = match->id;
    if (match->id != 0 && match->same_name) {
        enterprise->name = NULL; /* wide or narrow brackets are no change of name */
    }
    enum result code = sort_failure(taking, save_enterprise(taking, &outcome));
    if (code != RESULT_OK || taking->mapped->reason != REASON_NONE) {
        return code;
    }
    return count_outcome(taking, outcome, enterprise->id);
}

/* ---- facts ----------------------------------------------------------------------------------- */

static bool same_number(int64_t left, int64_t right, int64_t unknown) {
    return left == right || left == unknown || right == unknown;
}

static bool facts_contradict(const struct fact *kept, const struct fact *news) {
    return kept->occurred_on != news->occurred_on || kept->status != news->status ||
           !same_number(kept->ended_on, news->ended_on, DATE_NONE) ||
           !same_number(kept->amount, news->amount, FACT_NO_AMOUNT) ||
           !same_number(kept->level, news->level, FACT_NO_LEVEL) ||
           !same_text(kept->document, news->document) || !same_text(kept->title, news->title) ||
           !same_text(kept->agency, news->agency);
}

/* A fact that is there already and would change keeps the day it was given when the row knows
 * none, and the status that persons may have given it (X10) when the file says nothing of it; and
 * a second row of this file must not contradict the first. */
static enum result settle_fact(struct taking *taking) {
    struct mapped *mapped = taking->mapped;
    struct fact *fact = &mapped->fact;
    struct fact kept;
    int64_t first = seen_line(&taking->loader->seen, fact->id);
    enum result code =
        fact_load(taking->loader->store, fact->id, taking->arena, &kept, taking->error);
    if (code != RESULT_OK) {
        return code;
    }
    if (mapped->day_assumed) {
        fact->occurred_on = kept.occurred_on;
    }
    if (!mapped->status_given) {
        fact->status = kept.status;
    }
    return first != 0 && facts_contradict(&kept, fact) ? refuse_conflict(taking, first) : RESULT_OK;
}

/* Enters the enterprise that the row names and the registry does not have. */
static enum result enter_stub(struct taking *taking) {
    const struct mapped *mapped = taking->mapped;
    struct enterprise stub = enterprise_unknown();
    enum save_outcome outcome;
    stub.name = mapped->name;
    stub.uscc = mapped->uscc[0] == '\0' ? NULL : mapped->uscc;
    stub.registration_number = mapped->number[0] == '\0' ? NULL : mapped->number;
    stub.stub = true;
    enum result code = enterprise_writer_save(taking->loader->enterprises, &stub,
                                              &taking->loader->origin, &outcome, taking->error);
    taking->match.id = stub.id;
    taking->stub = code == RESULT_OK;
    return code;
}

/* Keeps the registration number by which the row names an enterprise found by its name. */
static enum result keep_number(struct taking *taking) {
    struct enterprise known = enterprise_unknown();
    enum save_outcome outcome;
    known.id = taking->match.id;
    known.registration_number = taking->mapped->number;
    known.stub = true; /* it tells no more than a stub does */
    return enterprise_writer_save(taking->loader->enterprises, &known, &taking->loader->origin,
                                  &outcome, taking->error);
}

static enum result write_fact(struct taking *taking, enum save_outcome *outcome) {
    struct mapped *mapped = taking->mapped;
    enum result code = RESULT_OK;
    if (taking->match.id == 0) {
        code = enter_stub(taking);
    } else if (taking->match.new_number) {
        code = keep_number(taking);
    }
    return code == RESULT_OK
               ? fact_writer_save(taking->loader->facts, taking->match.id, &mapped->fact,
                                  mapped->record, &taking->loader->origin, outcome, taking->error)
               : code;
}

/* Enterprise and fact of one row come in together or not at all. What would change a fact is
 * undone first, looked at, and then done if it still stands. */
static enum result save_fact(struct taking *taking, enum save_outcome *outcome) {
    struct store *store = taking->loader->store;
    enum result code = store_begin(store, taking->error);
    if (code != RESULT_OK) {
        return code;
    }
    code = write_fact(taking, outcome);
    if (code != RESULT_OK || *outcome != SAVE_UPDATED) {
        return store_finish(store, code, taking->error);
    }
    store_rollback(store);
    code = settle_fact(taking);
    if (code != RESULT_OK || taking->mapped->reason != REASON_NONE) {
        return code;
    }
    code = store_begin(store, taking->error);
    return code == RESULT_OK ? store_finish(store, write_fact(taking, outcome), taking->error)
                             : code;
}

/* A row whose code the registry does not know. */
static enum result check_missing(struct taking *taking) {
    const struct mapped *mapped = taking->mapped;
    const char *used = mapped->uscc[0] != '\0' ? mapped->uscc : mapped->number;
    if (mapped->name == NULL) {
        return refuse(taking, REASON_unknown_code,
                      arena_printf(taking->arena,
                                   _("The registry has no enterprise with the code %s, and the row "
                                     "gives no name to enter it by."),
                                   used));
    }
    if (taking->loader->create_missing) {
        return RESULT_OK;
    }
    return refuse(taking, REASON_unknown_code,
                  arena_printf(taking->arena,
                               _("The registry has no enterprise with the code %s (%s); enter it "
                                 "first, or import with --create-missing."),
                               used, cell_shorten(taking->arena, mapped->name)));
}

static enum result take_fact(struct taking *taking) {
    const struct match *match = &taking->match;
    enum save_outcome outcome = SAVE_UNCHANGED;
    enum result code = RESULT_OK;
    if (match->reason != REASON_NONE) {
        return refuse(taking, match->reason, match->sentence);
    }
    if (match->id == 0) {
        code = check_missing(taking);
    }
    if (code == RESULT_OK && taking->mapped->reason == REASON_NONE) {
        code = sort_failure(taking, save_fact(taking, &outcome));
    }
    if (code != RESULT_OK || taking->mapped->reason != REASON_NONE) {
        return code;
    }
    return count_outcome(taking, outcome, taking->mapped->fact.id);
}

enum result loader_take(struct loader *loader, struct mapped *mapped, int64_t line,
                        struct arena *arena, bool *rejected, struct error *error) {
    struct taking taking = {
        .loader = loader, .mapped = mapped, .line = line, .arena = arena, .error = error};
    enum result code = RESULT_OK;
    loader->origin.line = line;
    if (mapped->reason == REASON_NONE) {
        code = matcher_find(loader->matcher, mapped, arena, &taking.match, error);
    }
    if (code == RESULT_OK && mapped->reason == REASON_NONE) {
        code = loader->kind == IMPORT_FACTS ? take_fact(&taking) : take_enterprise(&taking);
    }
    *rejected = code == RESULT_OK && mapped->reason != REASON_NONE;
    return code;
}
