#include "intake/candidate.h"

#include "base/text.h"
#include "base/uscc.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

/* Less alike than this is nothing to choose from. */
#define LEAST_SIMILARITY 40

/* Characters of a name that are compared. */
#define MOST_CHARACTERS 64

/* A name taken apart: its core's characters, and pairs of them as one number each, sorted. */
struct pairs {
    uint64_t items[MOST_CHARACTERS];
    size_t count;
};

/* ---- cores ------------------------------------------------------------------------------------
 */

/* Forms of entity, the longest first where one ends another. */
static const char *const forms[] = {
    "股份有限责任公司",
    "有限责任公司",
    "股份有限公司",
    "集团有限公司",
    "农民专业合作社联合社",
    "农民专业合作社",
    "专业合作社",
    "有限公司",
    "个人独资企业",
    "合伙企业(有限合伙)",
    "(有限合伙)",
    "合伙企业",
    "合作社",
    "分公司",
    "公司",
    "商行",
    "店",
    "部",
};

/* Ends of the places that stand before names. */
static const char *const places[] = {"维吾尔自治区", "自治区", "自治州", "省", "市", "县", "区"};

static size_t without_form(const char *name, size_t length) {
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        size_t form = strlen(forms[i]);
        if (length > form && memcmp(name + length - form, forms[i], form) == 0) {
            return length - form;
        }
    }
    return length;
}

/* Where the name goes on behind a place at its start: within the first eight characters. */
static size_t behind_place(const char *name, size_t length) {
    size_t behind = 0;
    size_t reach = length < 24 ? length : 24;
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        size_t place = strlen(places[i]);
        for (size_t at = 3; at + place <= reach; at += 3) {
            if (memcmp(name + at, places[i], place) == 0 && at + place > behind &&
                at + place < length) {
                behind = at + place;
            }
        }
    }
    return behind;
}

/* The part of a name key that tells one enterprise from another; the whole when little is left. */
static const char *core_of(const char *key, size_t *length) {
    size_t whole = strlen(key);
    size_t end = without_form(key, whole);
    size_t start = behind_place(key, end);
    if (end - start < 6) {
        start = 0;
    }
    *length = end - start;
    return key + start;
}

/* ---- pairs ------------------------------------------------------------------------------------
 */

static int compare_pairs(const void *left, const void *right) {
    uint64_t one;
    uint64_t other;
    memcpy(&one, left, sizeof(one));
    memcpy(&other, right, sizeof(other));
    return (one > other) - (one < other);
}

/* The next character of well-formed UTF-8, as a number. */
static uint32_t next_character(const unsigned char *text, size_t *at) {
    unsigned char first = text[*at];
    size_t more = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    uint32_t character = first;
    for (size_t i = 1; i <= more; i++) {
        character = character << 8 | text[*at + i];
    }
    *at += more + 1;
    return character;
}

static void take_apart(const char *key, struct pairs *pairs) {
    size_t length = 0;
    const unsigned char *core = (const unsigned char *)core_of(key, &length);
    size_t at = 0;
    uint32_t before = 0;
    pairs->count = 0;
    while (at < length && pairs->count < MOST_CHARACTERS - 1) {
        uint32_t character = next_character(core, &at);
        pairs->items[pairs->count++] = (uint64_t)before << 32 | character;
        before = character;
    }
    if (before != 0) {
        pairs->items[pairs->count++] = (uint64_t)before << 32;
    }
    qsort(pairs->items, pairs->count, sizeof(pairs->items[0]), compare_pairs);
}

/* Dice's coefficient of two sorted lists of pairs, in percent. */
static int compare(const struct pairs *left, const struct pairs *right) {
    size_t shared = 0;
    size_t i = 0;
    size_t j = 0;
    while (i < left->count && j < right->count) {
        if (left->items[i] == right->items[j]) {
            shared++;
            i++;
            j++;
        } else if (left->items[i] < right->items[j]) {
            i++;
        } else {
            j++;
        }
    }
    size_t both = left->count + right->count;
    return both == 0 ? 0 : (int)(200 * shared / both);
}

int candidate_similarity(const char *left, const char *right) {
    struct pairs one;
    struct pairs other;
    take_apart(left, &one);
    take_apart(right, &other);
    return compare(&one, &other);
}

/* ---- what differs ------------------------------------------------------------------------------
 */

/* The characters in which two codes differ; -1 when either is none. */
static int code_difference(const char *code, const char *other) {
    int differ = 0;
    if (code == NULL || other == NULL || strlen(code) != USCC_LENGTH ||
        strlen(other) != USCC_LENGTH) {
        return -1;
    }
    for (int i = 0; i < USCC_LENGTH; i++) {
        differ += code[i] != other[i];
    }
    return differ;
}

/* True when two pieces of text are not the same. */
static bool unlike(const char *left, size_t length, const char *right, size_t other) {
    return length != other || memcmp(left, right, length) != 0;
}

struct candidate_difference candidate_difference(const char *left, const char *right,
                                                 const char *code, const char *other) {
    size_t length = 0;
    size_t other_length = 0;
    const char *core = core_of(left, &length);
    const char *other_core = core_of(right, &other_length);
    const char *form = core + length;
    const char *other_form = other_core + other_length;
    return (struct candidate_difference){
        .place = unlike(left, (size_t)(core - left), right, (size_t)(other_core - right)),
        .form = strcmp(form, other_form) != 0,
        .core = unlike(core, length, other_core, other_length),
        .code = code_difference(code, other),
    };
}

/* ---- finding ----------------------------------------------------------------------------------
 */

/* The best found so far, the most like first. */
struct best {
    struct candidate *items;
    size_t count;
    size_t most;
};

/* The place of a similarity among the best; most when it is not among them. Among equals the
 * earlier enterprise stays before. */
static size_t place_of(const struct best *best, int similarity) {
    size_t place = best->count;
    while (place > 0 && best->items[place - 1].similarity < similarity) {
        place--;
    }
    return place;
}

static void insert(struct best *best, size_t place, const struct candidate *candidate) {
    size_t moved = (best->count < best->most ? best->count : best->most - 1) - place;
    memmove(&best->items[place + 1], &best->items[place], moved * sizeof(best->items[0]));
    best->items[place] = *candidate;
    best->count += best->count < best->most;
}

/* True when two codes differ in one or two characters. */
static bool nearly_same_code(const char *code, const char *uscc) {
    int differ = code_difference(code, uscc);
    return differ >= 0 && differ <= 2;
}

/* Looks at one enterprise of the list. */
static void consider(struct best *best, const struct pairs *wanted, const char *key,
                     const char *code, struct statement *row, struct arena *arena) {
    struct pairs pairs;
    take_apart(statement_string(row, 1), &pairs);
    int similarity = compare(wanted, &pairs);
    if (code[0] != '\0' && nearly_same_code(code, statement_text(row, 2))) {
        similarity = similarity < 50 ? 50 : similarity;
    }
    size_t place = place_of(best, similarity);
    if (similarity < LEAST_SIMILARITY || place >= best->most) {
        return;
    }
    struct candidate found = {
        .id = statement_int(row, 0),
        .differs =
            candidate_difference(key, statement_string(row, 1), code, statement_text(row, 2)),
        .uscc = arena_strdup(arena, statement_text(row, 2)),
        .number = arena_strdup(arena, statement_text(row, 3)),
        .similarity = similarity,
    };
    insert(best, place, &found);
}

static enum result scan(struct store *store, const char *key, const char *code, struct best *best,
                        struct arena *arena, struct error *error) {
    struct pairs wanted;
    struct statement *rows = NULL;
    bool row = true;
    take_apart(key, &wanted);
    enum result result =
        store_query(&rows, store, "SELECT id, name_key, uscc, registration_number FROM enterprise",
                    NO_VALUES, error);
    while (result == RESULT_OK && (result = statement_step(rows, &row, error)) == RESULT_OK &&
           row) {
        consider(best, &wanted, key, code, rows, arena);
    }
    statement_free(rows);
    return result;
}

/* The names of the best, which the index that was read does not hold. */
static enum result load_names(struct store *store, struct best *best, struct arena *arena,
                              struct error *error) {
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < best->count; i++) {
        char *name = NULL;
        code = store_fetch_text(store, "SELECT name FROM enterprise WHERE id = ?",
                                VALUES(value_int(best->items[i].id)), &name, error);
        best->items[i].name = arena_strdup(arena, name == NULL ? "" : name);
        free(name);
    }
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

enum result candidate_find(struct store *store, const char *name, const char *code, size_t most,
                           struct arena *arena, struct candidate **candidates, size_t *count,
                           struct error *error) {
    struct best best = {.most = most,
                        .items = arena_alloc(arena, (most + 1) * sizeof(**candidates))};
    char *key = text_name_key(name);
    *count = 0;
    enum result result = best.items == NULL || key == NULL
                             ? error_no_memory(error)
                             : scan(store, key, code, &best, arena, error);
    if (result == RESULT_OK) {
        result = load_names(store, &best, arena, error);
    }
    free(key);
    *candidates = best.items;
    *count = result == RESULT_OK ? best.count : 0;
    return result;
}
