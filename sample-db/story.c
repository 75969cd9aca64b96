#include "sample-db/story.h"

#include "base/gettext.h"
#include "embedded.h"
#include "registry/fact.h"
#include "registry/fact_type.h"

#include <string.h>

static bool fits(uint32_t wanted, uint32_t flags) {
    return wanted == 0 || (wanted & flags) != 0;
}

static enum result unknown_word(const char *name, size_t row, struct error *error) {
    return error_set(error, RESULT_DAMAGED,
                     _("Row %zu of %s has a word the program does not know; this build of the "
                       "program is broken, build it again."),
                     row + 1, name);
}

/* The series of a story's numbers: that of the first story with the same form. */
static size_t series_of(struct sample_book *book, const struct sample_story *story) {
    for (const struct sample_story *other = book->stories; other < story; other++) {
        if (other->document != NULL && story->document != NULL &&
            strcmp(other->document, story->document) == 0) {
            return other->series;
        }
    }
    return book->series_count++;
}

static int32_t read_level(const struct sample_table *table, size_t row, size_t column) {
    return sample_table_text(table, row, column) == NULL ? FACT_NO_LEVEL
                                                         : sample_table_number(table, row, column);
}

static enum result read_stories(struct sample_book *book, struct error *error) {
    struct sample_table table;
    enum result code = sample_table_read(&table, "sample-stories.tsv", embedded_sample_stories, 10,
                                         book->arena, error);
    if (code != RESULT_OK) {
        return code;
    }
    book->story_count = table.rows;
    book->stories = arena_alloc(book->arena, table.rows * sizeof(*book->stories));
    if (book->stories == NULL) {
        return error_no_memory(error);
    }
    for (size_t row = 0; row < table.rows; row++) {
        struct sample_story *story = &book->stories[row];
        story->type = fact_type_find(sample_table_text(&table, row, 0));
        if (story->type == 0) {
            return unknown_word("sample-stories.tsv", row, error);
        }
        story->level = read_level(&table, row, 1);
        story->flags = sample_table_flags(&table, row, 2);
        story->weight = (uint32_t)sample_table_number(&table, row, 3);
        story->low = sample_table_number(&table, row, 4);
        story->high = sample_table_number(&table, row, 5);
        story->agency = sample_table_text(&table, row, 6);
        story->source = sample_table_text(&table, row, 7);
        story->document = sample_table_text(&table, row, 8);
        story->title = sample_table_text(&table, row, 9);
        story->series = series_of(book, story);
    }
    return RESULT_OK;
}

/* The place of a word in a NULL-ended list; -1 when it is not there. */
static int find_word(const char *const *words, const char *word) {
    for (int i = 0; words[i] != NULL; i++) {
        if (word != NULL && strcmp(words[i], word) == 0) {
            return i;
        }
    }
    return -1;
}

static bool gather_stories(const struct sample_book *book, struct sample_rate *rate,
                           int32_t level) {
    rate->stories = arena_alloc(book->arena, book->story_count * sizeof(*rate->stories));
    for (size_t i = 0; rate->stories != NULL && i < book->story_count; i++) {
        const struct sample_story *story = &book->stories[i];
        if (story->type == rate->type && (level == FACT_NO_LEVEL || story->level == level)) {
            rate->stories[rate->story_count++] = story;
        }
    }
    return rate->stories != NULL;
}

static enum result read_rate(const struct sample_table *table, size_t row,
                             const struct sample_book *book, struct sample_rate *rate,
                             struct error *error) {
    static const char *const patterns[] = {"yearly", "once", "july", "listed", NULL};
    static const char *const days[] = {"any", "work", NULL};
    static const char *const ends[] = {"none", "past", "term", NULL};
    int pattern = find_word(patterns, sample_table_text(table, row, 3));
    int day = find_word(days, sample_table_text(table, row, 11));
    int end = find_word(ends, sample_table_text(table, row, 12));
    rate->type = fact_type_find(sample_table_text(table, row, 0));
    if (pattern < 0 || day < 0 || end < 0 || rate->type == 0) {
        return unknown_word("sample-rates.tsv", row, error);
    }
    rate->flags = sample_table_flags(table, row, 2);
    rate->pattern = (enum sample_pattern)pattern;
    rate->months = sample_table_number(table, row, 4);
    rate->least = sample_table_number(table, row, 5);
    rate->most = sample_table_number(table, row, 6);
    for (size_t i = 0; i < SAMPLE_CONDUCTS; i++) {
        rate->rates[i] = (uint32_t)sample_table_number(table, row, 7 + i);
    }
    rate->workdays = day == 1;
    rate->end = (enum sample_end)end;
    rate->share = (uint32_t)sample_table_number(table, row, 13);
    rate->low = sample_table_number(table, row, 14);
    rate->high = sample_table_number(table, row, 15);
    rate->excluded = (uint32_t)sample_table_number(table, row, 16);
    return gather_stories(book, rate, read_level(table, row, 1)) ? RESULT_OK
                                                                 : error_no_memory(error);
}

static enum result read_rates(struct sample_book *book, struct error *error) {
    struct sample_table table;
    enum result code = sample_table_read(&table, "sample-rates.tsv", embedded_sample_rates, 17,
                                         book->arena, error);
    if (code != RESULT_OK) {
        return code;
    }
    book->rates = arena_alloc(book->arena, table.rows * sizeof(*book->rates));
    if (book->rates == NULL) {
        return error_no_memory(error);
    }
    book->rate_count = table.rows;
    for (size_t row = 0; code == RESULT_OK && row < table.rows; row++) {
        code = read_rate(&table, row, book, &book->rates[row], error);
    }
    return code;
}

enum result sample_book_read(struct sample_book *book, struct error *error) {
    *book = (struct sample_book){.arena = arena_new()};
    if (book->arena == NULL) {
        return error_no_memory(error);
    }
    enum result code = read_stories(book, error);
    return code == RESULT_OK ? read_rates(book, error) : code;
}

void sample_book_clear(struct sample_book *book) {
    arena_free(book->arena);
    *book = (struct sample_book){0};
}

const struct sample_story *sample_story_pick(const struct sample_rate *rate, uint32_t flags,
                                             struct sample_random *random) {
    uint32_t sum = 0;
    for (size_t i = 0; i < rate->story_count; i++) {
        sum += fits(rate->stories[i]->flags, flags) ? rate->stories[i]->weight : 0;
    }
    uint32_t drawn = sample_random_below(random, sum);
    for (size_t i = 0; i < rate->story_count; i++) {
        const struct sample_story *story = rate->stories[i];
        if (!fits(story->flags, flags)) {
            continue;
        }
        if (drawn < story->weight) {
            return story;
        }
        drawn -= story->weight;
    }
    return NULL;
}
