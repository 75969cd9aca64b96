#include "sample-db/name.h"

#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BRAND_SIZE 32

/* A name is tried this often before its brand is made longer, and then kept as it is. */
#define SHORT_TRIES 6
#define MOST_TRIES 24

struct sample_namer {
    const struct sample_words *words;
    uint64_t *seen; /* hashes of names; 0 is free */
    size_t mask;
    char brand[BRAND_SIZE]; /* of the enterprise before */
    const struct sample_trade *trade;
    const char *trade_word;
};

static const char *han_name(const struct sample_words *words, struct sample_random *random,
                            struct arena *arena, const char *surname) {
    if (sample_random_chance(random, 12, 100)) {
        return arena_printf(arena, "%s%s", surname, sample_pool_pick(&words->han_single, random));
    }
    const char *first = sample_pool_pick(&words->han_first, random);
    const char *second = sample_pool_pick(&words->han_second, random);
    return arena_printf(arena, "%s%s%s", surname, first, strcmp(first, second) == 0 ? "" : second);
}

const char *sample_person_name(const struct sample_words *words, struct sample_random *random,
                               struct arena *arena, const char **surname) {
    uint32_t people = sample_random_below(random, 100);
    *surname = NULL;
    if (people < 76) {
        *surname = sample_pool_pick(&words->han_surname, random);
        return han_name(words, random, arena, *surname);
    }
    if (people < 89) {
        *surname = sample_pool_pick(&words->hui_surname, random);
        if (sample_random_chance(random, 1, 2)) {
            return han_name(words, random, arena, *surname);
        }
        return arena_printf(arena, "%s%s", *surname, sample_pool_pick(&words->hui_given, random));
    }
    bool kazakh = people < 96;
    bool woman = sample_random_chance(random, 2, 5);
    const struct sample_pool *men = kazakh ? &words->kazakh_man : &words->uyghur_man;
    const struct sample_pool *women = kazakh ? &words->kazakh_woman : &words->uyghur_woman;
    const char *own = sample_pool_pick(woman ? women : men, random);
    return arena_printf(arena, "%s·%s", own, sample_pool_pick(men, random));
}

struct sample_namer *sample_namer_new(const struct sample_words *words, size_t firms) {
    struct sample_namer *namer = calloc(1, sizeof(*namer));
    if (namer == NULL) {
        return NULL;
    }
    size_t size = 1024;
    while (size < firms * 2) {
        size *= 2;
    }
    namer->words = words;
    namer->mask = size - 1;
    namer->seen = calloc(size, sizeof(*namer->seen));
    if (namer->seen == NULL) {
        free(namer);
        return NULL;
    }
    return namer;
}

void sample_namer_free(struct sample_namer *namer) {
    if (namer != NULL) {
        free(namer->seen);
        free(namer);
    }
}

/* FNV-1a; never 0. */
static uint64_t hash_name(const char *name) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *name != '\0'; name++) {
        hash = (hash ^ (uint8_t)*name) * UINT64_C(0x100000001b3);
    }
    return hash == 0 ? 1 : hash;
}

/* Remembers a name; false when it was taken already. */
static bool remember(struct sample_namer *namer, const char *name) {
    uint64_t hash = hash_name(name);
    size_t place = (size_t)(hash ^ (hash >> 29)) & namer->mask;
    while (namer->seen[place] != 0) {
        if (namer->seen[place] == hash) {
            return false;
        }
        place = (place + 1) & namer->mask;
    }
    namer->seen[place] = hash;
    return true;
}

static bool is_taken(const struct sample_words *words, const char *first, const char *second) {
    size_t length = strlen(first);
    for (size_t i = 0; i < words->taken.count; i++) {
        const char *taken = words->taken.words[i];
        if (strncmp(taken, first, length) == 0 && strcmp(taken + length, second) == 0) {
            return true;
        }
    }
    return strcmp(first, second) == 0;
}

/* A trade mark of two characters, or three. */
static void make_brand(const struct sample_words *words, struct sample_random *random, bool longer,
                       char brand[BRAND_SIZE]) {
    const char *first = NULL;
    const char *second = NULL;
    do {
        first = sample_pool_pick(&words->first, random);
        second = sample_pool_pick(&words->second, random);
    } while (is_taken(words, first, second));
    const char *third = "";
    if (longer || sample_random_chance(random, 14, 100)) {
        do {
            third = sample_pool_pick(&words->third, random);
        } while (strcmp(third, first) == 0 || is_taken(words, second, third));
    }
    snprintf(brand, BRAND_SIZE, "%s%s%s", first, second, third);
}

/* 呼图壁县鑫源商贸有限公司 */
static const char *enterprise_name(struct sample_namer *namer,
                                   const struct sample_name_request *request,
                                   struct sample_random *random, struct arena *arena, bool longer) {
    const struct sample_form *form = request->form;
    bool close = !longer && namer->trade == request->trade && sample_random_chance(random, 1, 4);
    if (!close) {
        make_brand(namer->words, random, longer, namer->brand);
        namer->trade = request->trade;
        namer->trade_word = sample_list_pick(&request->trade->words[SAMPLE_ENTERPRISE], random);
    }
    const char *prefix =
        form->prefix != NULL ? form->prefix : sample_pool_pick(&namer->words->prefix, random);
    return arena_printf(arena, "%s%s%s%s", prefix, namer->brand, namer->trade_word, form->ending);
}

/* 呼图壁县芳草湖马记拌面馆, 呼图壁县禾丰种植农民专业合作社 */
static const char *local_name(const struct sample_namer *namer,
                              const struct sample_name_request *request,
                              struct sample_random *random, struct arena *arena, bool longer) {
    const struct sample_form *form = request->form;
    const char *place = request->place->short_name;
    if (place == NULL || sample_random_chance(random, 1, 2)) {
        place = "";
    }
    char brand[BRAND_SIZE];
    bool own = form->kind == SAMPLE_INDIVIDUAL && request->surname != NULL && !longer &&
               (request->trade->flags & SAMPLE_FLAG('f')) != 0;
    if (own && sample_random_chance(random, 1, 4)) {
        snprintf(brand, sizeof(brand), "%s记", request->surname);
    } else {
        make_brand(namer->words, random, longer, brand);
    }
    return arena_printf(arena, "%s%s%s%s%s", form->prefix, place, brand,
                        sample_list_pick(&request->trade->words[form->kind], random),
                        form->ending == NULL ? "" : form->ending);
}

const char *sample_namer_make(struct sample_namer *namer, const struct sample_name_request *request,
                              struct sample_random *random, struct arena *arena) {
    const char *name = NULL;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
        bool longer = tries >= SHORT_TRIES;
        name = request->form->kind == SAMPLE_ENTERPRISE
                   ? enterprise_name(namer, request, random, arena, longer)
                   : local_name(namer, request, random, arena, longer);
        if (name == NULL || remember(namer, name)) {
            break;
        }
    }
    return name;
}
