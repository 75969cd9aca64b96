#include "sample-db/document.h"

#include <stdio.h>
#include <string.h>

#define TEXT_SIZE 192

/* Numbers a day for 10,000 firms: of series with a long number, and of the others. */
#define LONG_DAILY 30
#define SHORT_DAILY 5

/* What a form can ask for. */
struct blanks {
    date day;
    uint32_t number;
    const char *station;
};

/* Writes what stands for a word in braces. */
static void fill_blank(const char *word, size_t length, const struct blanks *blanks, char *text) {
    const struct {
        const char *word;
        int digits;
        unsigned number;
    } numbers[] = {
        {"year", 4, (unsigned)date_year(blanks->day)},
        {"month", 2, (unsigned)date_month(blanks->day)},
        {"day", 2, (unsigned)date_day(blanks->day)},
        {"number", 1, blanks->number},
        {"number6", 6, blanks->number},
    };
    if (length == strlen("station") && memcmp(word, "station", length) == 0) {
        snprintf(text, TEXT_SIZE, "%s%s", SAMPLE_AUTHORITY, blanks->station);
        return;
    }
    snprintf(text, TEXT_SIZE, "%s", SAMPLE_AUTHORITY);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        if (strlen(numbers[i].word) == length && memcmp(numbers[i].word, word, length) == 0) {
            snprintf(text, TEXT_SIZE, "%0*u", numbers[i].digits, numbers[i].number);
        }
    }
}

/* A form with its blanks filled, in the arena; the form itself when it has none. */
static const char *fill_form(const char *form, const struct blanks *blanks, struct arena *arena) {
    if (form == NULL || strchr(form, '{') == NULL) {
        return form;
    }
    char text[TEXT_SIZE];
    char blank[TEXT_SIZE];
    size_t length = 0;
    for (const char *rest = form; *rest != '\0' && length < sizeof(text) - 1;) {
        const char *end = *rest == '{' ? strchr(rest, '}') : NULL;
        if (end == NULL) {
            text[length++] = *rest++;
            continue;
        }
        fill_blank(rest + 1, (size_t)(end - rest) - 1, blanks, blank);
        size_t added = strlen(blank);
        if (added >= sizeof(text) - length) {
            break;
        }
        memcpy(text + length, blank, added);
        length += added;
        rest = end + 1;
    }
    text[length] = '\0';
    return arena_strdup(arena, text);
}

bool sample_document_fill(const struct sample_chronicle *chronicle,
                          const struct sample_story *story, const struct sample_firm *firm,
                          bool workdays, struct arena *arena, struct fact *fact) {
    struct blanks blanks = {.day = fact->occurred_on, .station = firm->place->station};
    fact->agency = fill_form(story->agency, &blanks, arena);
    if (fact->agency == NULL) {
        return false;
    }
    if (story->document == NULL) {
        return true;
    }
    uint64_t rate = strstr(story->document, "{number6}") != NULL ? LONG_DAILY : SHORT_DAILY;
    uint32_t daily = 2 + (uint32_t)(chronicle->enterprises * rate / 10000);
    if (sample_calendar_take(chronicle->calendar, story->series, daily, workdays, firm->last,
                             &blanks.day, &blanks.number)) {
        fact->occurred_on = blanks.day;
        fact->document = fill_form(story->document, &blanks, arena);
        return fact->document != NULL;
    }
    return true;
}
