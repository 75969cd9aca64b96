#include "sample-db/history.h"

#include "registry/fact_type.h"
#include "sample-db/document.h"

#include <stdlib.h>

/* Per mille of the facts that are older than the history asked for, by up to so many months. */
#define OLDER_SHARE 70
#define OLDER_MONTHS 60

/* One telling: whose facts, and where they go. */
struct telling {
    const struct sample_chronicle *chronicle;
    const struct sample_firm *firm;
    struct sample_random *random;
    struct arena *arena;
    struct sample_facts *facts;
    date from; /* the history's first day for this firm */
};

/* A day so many months earlier, at most the 28th so that it exists. */
static date months_before(date day, int32_t months) {
    int32_t count = date_year(day) * 12 + date_month(day) - 1 - months;
    return date_make(count / 12, count % 12 + 1, date_day(day) > 28 ? 28 : date_day(day));
}

static date later_of(date one, date other) {
    return one > other ? one : other;
}

/* Yuan in [low, high], small amounts oftener, in the steps decisions use; arrears to the fen. */
static int64_t make_amount(const struct sample_story *story, struct sample_random *random) {
    if (story->high == 0) {
        return FACT_NO_AMOUNT;
    }
    int64_t share = (int64_t)sample_random_below(random, 1001) * sample_random_below(random, 1001);
    int64_t yuan = story->low + ((int64_t)story->high - story->low) * share / 1000000;
    switch (story->type) {
    case FACT_TYPE_tax_arrears:
    case FACT_TYPE_judgment_debtor:
    case FACT_TYPE_enforcement:
    case FACT_TYPE_utility_arrears:
        return yuan * 100 + sample_random_below(random, 100);
    default:
        return (yuan >= 10000 ? yuan / 1000 * 1000 : yuan >= 1000 ? yuan / 100 * 100 : yuan) * 100;
    }
}

static int32_t make_status(const struct sample_rate *rate, struct sample_random *random) {
    if (!sample_random_chance(random, rate->excluded, 1000)) {
        return FACT_STATUS_valid;
    }
    uint32_t drawn = sample_random_below(random, 100);
    return drawn < 40   ? FACT_STATUS_revoked
           : drawn < 58 ? FACT_STATUS_changed
           : drawn < 72 ? FACT_STATUS_erroneous
           : drawn < 94 ? FACT_STATUS_disputed
                        : FACT_STATUS_excluded_by_law;
}

static date make_end(const struct sample_rate *rate, date occurred, date today,
                     struct sample_random *random) {
    if (rate->end == SAMPLE_LASTS || !sample_random_chance(random, rate->share, 1000)) {
        return DATE_NONE;
    }
    date end = date_add_days(occurred, sample_random_between(random, rate->low, rate->high));
    return rate->end == SAMPLE_ENDS && end > today ? DATE_NONE : end;
}

/* Adds one fact of a rate on a day; *told is NULL when there is none. False: memory is short. */
static bool tell(struct telling *telling, const struct sample_rate *rate, date day,
                 struct fact **told) {
    const struct sample_chronicle *chronicle = telling->chronicle;
    const struct sample_firm *firm = telling->firm;
    struct sample_random *random = telling->random;
    *told = NULL;
    const struct sample_story *story = sample_story_pick(rate, firm->trade->flags, random);
    if (story == NULL || telling->facts->count == SAMPLE_MOST_FACTS) {
        return true;
    }
    if (rate->workdays) {
        day = sample_workday(day, firm->last);
    }
    struct fact *fact = &telling->facts->items[telling->facts->count];
    *fact = fact_make(rate->type, day);
    fact->level = story->level;
    fact->amount = make_amount(story, random);
    fact->status = make_status(rate, random);
    fact->title = story->title;
    fact->source = story->source;
    if (!sample_document_fill(chronicle, story, firm, rate->workdays, telling->arena, fact)) {
        return false;
    }
    if (fact->occurred_on < firm->first) {
        return true; /* no working day in so short a life */
    }
    fact->ended_on = make_end(rate, fact->occurred_on, chronicle->today, random);
    telling->facts->count++;
    *told = fact;
    return true;
}

static date random_day(date from, date to, struct sample_random *random) {
    return date_add_days(from, sample_random_between(random, 0, date_days_between(from, to)));
}

/* Facts that come any number of times: a geometric number with the mean of rate and time. */
static bool tell_yearly(struct telling *telling, const struct sample_rate *rate, date from) {
    const struct sample_firm *firm = telling->firm;
    struct sample_random *random = telling->random;
    uint32_t days = (uint32_t)date_days_between(from, firm->last);
    uint32_t mean = rate->rates[firm->conduct] * days / 365; /* per mille */
    for (int32_t count = 0; count < rate->most; count++) {
        if (!sample_random_chance(random, mean, mean + 1000)) {
            break;
        }
        date day = random_day(from, firm->last, random);
        if (sample_random_chance(random, OLDER_SHARE, 1000)) {
            date older = months_before(from, sample_random_between(random, 1, OLDER_MONTHS));
            day = older > firm->first ? older : day;
        }
        struct fact *told = NULL;
        if (!tell(telling, rate, day, &told)) {
            return false;
        }
    }
    return true;
}

static bool tell_once(struct telling *telling, const struct sample_rate *rate, date from) {
    const struct sample_firm *firm = telling->firm;
    struct sample_random *random = telling->random;
    if (!sample_random_chance(random, rate->rates[firm->conduct], 1000)) {
        return true;
    }
    int32_t count = sample_random_between(random, rate->least, rate->most);
    for (int32_t i = 0; i < count; i++) {
        struct fact *told = NULL;
        if (!tell(telling, rate, random_day(from, firm->last, random), &told)) {
            return false;
        }
    }
    return true;
}

/* A missed report may bring the firm on the list of abnormal operations until it is made up. */
static bool tell_listing(struct telling *telling, const struct fact *missed) {
    date missed_on = missed->occurred_on;
    date ended_on = missed->ended_on;
    const struct sample_book *book = telling->chronicle->book;
    for (size_t i = 0; i < book->rate_count; i++) {
        const struct sample_rate *rate = &book->rates[i];
        if (rate->pattern != SAMPLE_LISTED ||
            !sample_random_chance(telling->random, rate->rates[telling->firm->conduct], 1000)) {
            continue;
        }
        date day = date_add_days(missed_on,
                                 sample_random_between(telling->random, rate->least, rate->most));
        if (day > telling->firm->last || (ended_on != DATE_NONE && day >= ended_on)) {
            continue;
        }
        struct fact *told = NULL;
        if (!tell(telling, rate, day, &told)) {
            return false;
        }
        if (told != NULL && ended_on > told->occurred_on) {
            told->ended_on = ended_on;
        }
    }
    return true;
}

/* Annual reports fall due on 30 June for the year before. */
static bool tell_reports(struct telling *telling, const struct sample_rate *rate) {
    const struct sample_firm *firm = telling->firm;
    for (int year = date_year(telling->from); year <= date_year(firm->last); year++) {
        date due = date_make(year, 7, 1);
        bool owed = date_year(firm->first) < year && due >= telling->from && due <= firm->last;
        if (!owed || !sample_random_chance(telling->random, rate->rates[firm->conduct], 1000)) {
            continue;
        }
        struct fact *missed = NULL;
        if (!tell(telling, rate, due, &missed) ||
            (missed != NULL && !tell_listing(telling, missed))) {
            return false;
        }
    }
    return true;
}

static bool tell_rate(struct telling *telling, const struct sample_rate *rate) {
    const struct sample_firm *firm = telling->firm;
    if (rate->flags != 0 && (rate->flags & firm->trade->flags) == 0) {
        return true;
    }
    date from = telling->from;
    if (rate->months > 0) {
        from = later_of(from, months_before(telling->chronicle->today, rate->months));
    }
    if (from > firm->last) {
        return true;
    }
    switch (rate->pattern) {
    case SAMPLE_YEARLY:
        return tell_yearly(telling, rate, from);
    case SAMPLE_ONCE:
        return tell_once(telling, rate, from);
    case SAMPLE_JULY:
        return tell_reports(telling, rate);
    case SAMPLE_LISTED:
        break; /* comes with the report missed */
    }
    return true;
}

/* Oldest first; of one day in the order told, which stands in the id. */
static int compare_facts(const void *left, const void *right) {
    const struct fact *one = left;
    const struct fact *other = right;
    if (one->occurred_on != other->occurred_on) {
        return one->occurred_on < other->occurred_on ? -1 : 1;
    }
    return one->id < other->id ? -1 : 1;
}

enum result sample_history_make(const struct sample_chronicle *chronicle,
                                const struct sample_firm *firm, struct sample_random *random,
                                struct arena *arena, struct sample_facts *facts,
                                struct error *error) {
    struct telling telling = {
        .chronicle = chronicle,
        .firm = firm,
        .random = random,
        .arena = arena,
        .facts = facts,
        .from = later_of(firm->first, months_before(chronicle->today, chronicle->months)),
    };
    facts->count = 0;
    for (size_t i = 0; i < chronicle->book->rate_count; i++) {
        if (!tell_rate(&telling, &chronicle->book->rates[i])) {
            return error_no_memory(error);
        }
    }
    for (size_t i = 0; i < facts->count; i++) {
        facts->items[i].id = (int64_t)i; /* keeps the order of one day */
    }
    qsort(facts->items, facts->count, sizeof(facts->items[0]), compare_facts);
    for (size_t i = 0; i < facts->count; i++) {
        facts->items[i].id = 0;
    }
    return RESULT_OK;
}
