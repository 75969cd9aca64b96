#include "sample-db/county.h"

#include "base/digest.h"
#include "base/gettext.h"
#include "base/text.h"
#include "guard/journal.h"
#include "registry/scan.h"
#include "sample-db/code.h"
#include "sample-db/history.h"
#include "sample-db/staff.h"
#include "sample-db/ties.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define MOST_MONTHS 240
#define FIRST_YEAR 2000
#define LAST_YEAR 2100

/* Progress is told every so many firms. */
#define PROGRESS_STEP 200

#define REGISTER_SOURCE "企业登记系统"

/* Everything one filling holds. */
struct filling {
    struct sample_request request;
    struct sample_words words;
    struct sample_book book;
    struct sample_setting setting;
    struct sample_chronicle chronicle;
    struct arena *arena; /* emptied for every firm */
    struct sample_facts *facts;
    struct enterprise_writer *enterprises;
    struct fact_writer *fact_writer;
    struct record_writer *relations;
    struct sample_neighbours *neighbours;
    struct sample_ties ties;
    struct actor actor; /* the request's, its clock frozen on the request's day */
};

static enum result check_request(struct sample_request *request, struct error *error) {
    if (request->enterprises == 0) {
        request->enterprises = SAMPLE_DEFAULT_ENTERPRISES;
    }
    if (request->months == 0) {
        request->months = SAMPLE_DEFAULT_MONTHS;
    }
    if (request->seed == NULL) {
        request->seed = SAMPLE_DEFAULT_SEED;
    }
    if (request->enterprises < 1 || request->enterprises > SAMPLE_MOST_FIRMS) {
        return error_set(error, RESULT_USAGE,
                         _("The sample county can have 1 to %d enterprises, not %lld."),
                         SAMPLE_MOST_FIRMS, (long long)request->enterprises);
    }
    if (request->months < 1 || request->months > MOST_MONTHS) {
        return error_set(error, RESULT_USAGE,
                         _("The sample county can have 1 to %d months of history, not %d."),
                         MOST_MONTHS, request->months);
    }
    if (!text_valid_utf8(request->seed, strlen(request->seed))) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("The seed of the sample county is no UTF-8 text; give plain letters and "
                           "digits."));
    }
    int year = date_year(request->today);
    if (!date_valid(request->today) || year < FIRST_YEAR || year > LAST_YEAR) {
        return error_set(error, RESULT_USAGE,
                         _("The sample county needs a day between the years %d and %d as today."),
                         FIRST_YEAR, LAST_YEAR);
    }
    return RESULT_OK;
}

static enum result check_empty(struct store *store, struct error *error) {
    int64_t enterprises = 0;
    int64_t facts = 0;
    enum result code = registry_count(store, &enterprises, &facts, error);
    if (code == RESULT_OK && (enterprises > 0 || facts > 0)) {
        return error_set(error, RESULT_REFUSED,
                         _("%s holds %lld enterprises already, and the sample county fills only an "
                           "empty registry; make a new database with \"xinfeng init\" first."),
                         store_path(store), (long long)enterprises);
    }
    return code;
}

static enum result hash_seed(const char *seed, uint64_t *number, struct error *error) {
    uint8_t digest[DIGEST_SIZE];
    enum result code = digest_sha256(seed, strlen(seed), digest, error);
    *number = 0;
    for (int i = 0; code == RESULT_OK && i < 8; i++) {
        *number = *number << 8 | digest[i];
    }
    return code;
}

static enum result begin_filling(struct filling *filling, struct store *store,
                                 struct error *error) {
    const struct sample_request *request = &filling->request;
    uint32_t enterprises = (uint32_t)request->enterprises;
    filling->actor =
        (struct actor){.name = request->actor->name, .clock = clock_frozen(request->today)};
    filling->setting = (struct sample_setting){
        .words = &filling->words, .enterprises = enterprises, .today = request->today};
    filling->chronicle = (struct sample_chronicle){.book = &filling->book,
                                                   .enterprises = enterprises,
                                                   .months = request->months,
                                                   .today = request->today};
    enum result code = hash_seed(request->seed, &filling->setting.seed, error);
    if (code == RESULT_OK) {
        code = sample_words_read(&filling->words, error);
    }
    if (code == RESULT_OK) {
        code = sample_book_read(&filling->book, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    filling->setting.namer = sample_namer_new(&filling->words, enterprises);
    filling->chronicle.calendar = sample_calendar_new(request->today, filling->book.series_count);
    filling->arena = arena_new();
    filling->facts = calloc(1, sizeof(*filling->facts));
    filling->neighbours = sample_neighbours_new();
    if (filling->neighbours == NULL || filling->setting.namer == NULL ||
        filling->chronicle.calendar == NULL || filling->arena == NULL || filling->facts == NULL) {
        return error_no_memory(error);
    }
    code = enterprise_writer_new(&filling->enterprises, store, error);
    if (code == RESULT_OK) {
        code = fact_writer_new(&filling->fact_writer, store, error);
    }
    return code == RESULT_OK ? record_writer_new(&filling->relations, store, RECORD_RELATION, error)
                             : code;
}

static void end_filling(struct filling *filling) {
    enterprise_writer_free(filling->enterprises);
    fact_writer_free(filling->fact_writer);
    record_writer_free(filling->relations);
    sample_neighbours_free(filling->neighbours);
    free(filling->facts);
    arena_free(filling->arena);
    sample_calendar_free(filling->chronicle.calendar);
    sample_namer_free(filling->setting.namer);
    sample_book_clear(&filling->book);
    sample_words_clear(&filling->words);
}

static enum result save_facts(struct filling *filling, int64_t enterprise,
                              struct sample_report *report, struct error *error) {
    struct save_origin origin = {.actor = &filling->actor, .bulk = true};
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < filling->facts->count; i++) {
        struct fact *fact = &filling->facts->items[i];
        enum save_outcome outcome = SAVE_UNCHANGED;
        origin.source = fact->source;
        code = fact_writer_save(filling->fact_writer, enterprise, fact, NULL, &origin, &outcome,
                                error);
        if (code == RESULT_OK && outcome == SAVE_INSERTED) {
            report->facts++;
            report->facts_of_type[fact->type]++;
        }
    }
    return code;
}

static enum result save_ties(struct filling *filling, struct sample_report *report,
                             struct error *error) {
    const struct save_origin origin = {
        .actor = &filling->actor, .source = REGISTER_SOURCE, .bulk = true};
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < filling->ties.count; i++) {
        enum save_outcome outcome = SAVE_UNCHANGED;
        int64_t id = 0;
        code = record_writer_save(filling->relations, filling->ties.items[i], &origin, &outcome,
                                  &id, error);
        report->relations += outcome == SAVE_INSERTED;
    }
    return code;
}

static enum result fill_firm(struct filling *filling, uint32_t index, struct sample_report *report,
                             struct error *error) {
    const struct save_origin origin = {
        .actor = &filling->actor, .source = REGISTER_SOURCE, .bulk = true};
    struct sample_random random;
    struct sample_firm firm;
    arena_reset(filling->arena);
    sample_random_start(&random, filling->setting.seed, index);
    enum result code =
        sample_firm_make(&firm, &filling->setting, index, &random, filling->arena, error);
    if (code == RESULT_OK) {
        code = sample_history_make(&filling->chronicle, &firm, &random, filling->arena,
                                   filling->facts, error);
    }
    enum save_outcome outcome = SAVE_UNCHANGED;
    if (code == RESULT_OK) {
        code = enterprise_writer_save(filling->enterprises, &firm.enterprise, &origin, &outcome,
                                      error);
    }
    if (code == RESULT_OK) {
        report->enterprises++;
        report->conducts[firm.conduct]++;
        code = save_facts(filling, firm.enterprise.id, report, error);
    }
    if (code == RESULT_OK) {
        code = sample_ties_make(&filling->ties, filling->neighbours, &filling->setting, index,
                                &firm, filling->arena, error);
    }
    if (code == RESULT_OK) {
        code = save_ties(filling, report, error);
    }
    return code;
}

static enum result journal_filling(const struct filling *filling, struct store *store,
                                   const struct sample_report *report, struct error *error) {
    const struct sample_request *request = &filling->request;
    char today[DATE_TEXT_SIZE];
    json_t *after =
        json_pack("{s:I, s:I, s:i, s:s, s:s}", "enterprises", (json_int_t)report->enterprises,
                  "facts", (json_int_t)report->facts, "months", (int)request->months, "seed",
                  request->seed, "today", date_format(request->today, today));
    char *text = after == NULL ? NULL : json_dumps(after, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(after);
    if (text == NULL) {
        return error_no_memory(error);
    }
    struct journal_entry entry = {.action = "sample.fill", .subject = "registry", .after = text};
    enum result code = journal_write(store, request->actor, &entry, error);
    free(text);
    return code;
}

static enum result fill(struct filling *filling, struct store *store,
                        const struct progress *progress, struct sample_report *report,
                        struct error *error) {
    enum result code = begin_filling(filling, store, error);
    uint32_t enterprises = filling->setting.enterprises;
    for (uint32_t index = 0; code == RESULT_OK && index < enterprises; index++) {
        if (index % PROGRESS_STEP == 0) {
            code = progress_step(progress, index, enterprises, error);
        }
        if (code == RESULT_OK) {
            code = fill_firm(filling, index, report, error);
        }
    }
    if (code == RESULT_OK) {
        code = progress_step(progress, enterprises, enterprises, error);
    }
    if (code == RESULT_OK) {
        code = sample_staff_fill(store, &filling->setting, &filling->actor, error);
    }
    if (code == RESULT_OK) {
        code = journal_filling(filling, store, report, error);
    }
    end_filling(filling);
    return code;
}

enum result sample_fill(struct store *store, const struct sample_request *request,
                        const struct progress *progress, struct sample_report *report,
                        struct error *error) {
    *report = (struct sample_report){0};
    struct filling filling = {.request = *request};
    enum result code = check_request(&filling.request, error);
    if (code == RESULT_OK) {
        code = store_begin(store, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    code = check_empty(store, error);
    if (code == RESULT_OK) {
        code = fill(&filling, store, progress, report, error);
    }
    return store_finish(store, code, error);
}
