#include "intake/vocabulary.h"

#include "intake/catalog.h"

#include <string.h>

/* Bytes a word must have to count as a part of a header: three Han characters. Shorter ones (名称,
 * 日期) say something only at its end. */
#define LEAST_PART 9
#define SHORT_WORD 6
#define SHORT_MATCH 55

/* Room for a part of a header. */
#define PART_SIZE 256

static size_t count_words(const struct profile *profile) {
    size_t count = 0;
    for (size_t i = 0; i < profile->field_count; i++) {
        count += profile->fields[i].column.count + profile->fields[i].otherwise.count;
    }
    return count;
}

static void add_headers(struct vocabulary *vocabulary, const struct profile *profile, int field,
                        const struct profile_headers *headers, struct arena *arena) {
    for (size_t i = 0; i < headers->count; i++) {
        vocabulary->words[vocabulary->count++] =
            (struct vocabulary_word){.kind = profile->kind,
                                     .field = field,
                                     .key = arena_strdup(arena, headers->items[i].key),
                                     .rank = (int)i};
    }
}

static enum result add_profile(struct vocabulary *vocabulary, const struct profile *profile,
                               struct arena *arena, struct error *error) {
    struct vocabulary_word *words =
        arena_alloc(arena, (vocabulary->count + count_words(profile) + 1) * sizeof(*words));
    if (words == NULL) {
        return error_no_memory(error);
    }
    if (vocabulary->count > 0) {
        memcpy(words, vocabulary->words, vocabulary->count * sizeof(*words));
    }
    vocabulary->words = words;
    for (size_t i = 0; i < profile->field_count; i++) {
        const struct profile_field *field = &profile->fields[i];
        add_headers(vocabulary, profile, field->index, &field->column, arena);
        add_headers(vocabulary, profile, field->index, &field->otherwise, arena);
    }
    return arena_failed(arena) ? error_no_memory(error) : RESULT_OK;
}

enum result vocabulary_load(struct vocabulary *vocabulary, struct arena *arena,
                            struct error *error) {
    *vocabulary = (struct vocabulary){0};
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < catalog_count(); i++) {
        struct profile *profile = NULL;
        code = catalog_read(i, &profile, error);
        if (code == RESULT_OK && catalog_general(profile->name)) {
            code = add_profile(vocabulary, profile, arena, error);
        }
        profile_free(profile);
    }
    return code;
}

/* Headers that speak of who acted, not of whom it was done to. */
static bool speaks_of_agency(const char *key) {
    static const char *const marks[] = {"机关",     "机构",     "部门",     "来源",     "实施单位",
                                        "主管单位", "执法单位", "填报单位", "登记单位", NULL};
    for (const char *const *mark = marks; *mark != NULL; mark++) {
        if (strstr(key, *mark) != NULL) {
            return true;
        }
    }
    return false;
}

/* What a word is worth for a header: all of it, or the share that one has of the other. */
static int match_word(const char *word, const char *key) {
    if (strcmp(word, key) == 0) {
        return 100;
    }
    size_t word_length = strlen(word);
    size_t key_length = strlen(key);
    if (word_length >= LEAST_PART && strstr(key, word) != NULL) {
        return 50 + (int)(40 * word_length / key_length);
    }
    if (word_length == SHORT_WORD && key_length > word_length &&
        strcmp(key + key_length - word_length, word) == 0) {
        return SHORT_MATCH;
    }
    if (key_length >= SHORT_WORD && strstr(word, key) != NULL) {
        return 40 + (int)(40 * key_length / word_length);
    }
    return 0;
}

/* The best match of one text among a field's words. */
static int match_words(const struct vocabulary *vocabulary, enum import_kind kind, int field,
                       const char *key) {
    int best = 0;
    for (size_t i = 0; i < vocabulary->count; i++) {
        const struct vocabulary_word *word = &vocabulary->words[i];
        if (word->kind != kind || word->field != field) {
            continue;
        }
        int match = match_word(word->key, key);
        if (match == 100) {
            match -= word->rank < 10 ? word->rank : 10;
        }
        best = match > best ? match : best;
    }
    return best;
}

/* A header like 代码1(统一社会信用代码) says twice what it is: before and inside the brackets. */
static int match_parts(const struct vocabulary *vocabulary, enum import_kind kind, int field,
                       const char *key) {
    const char *open = strchr(key, '(');
    const char *close = open == NULL ? NULL : strchr(open, ')');
    char part[PART_SIZE];
    int best = 0;
    if (close == NULL || (size_t)(close - key) >= sizeof(part)) {
        return 0;
    }
    for (int inside = 0; inside < 2; inside++) {
        const char *from = inside ? open + 1 : key;
        size_t length = (size_t)((inside ? close : open) - from);
        memcpy(part, from, length);
        part[length] = '\0';
        int match = length == 0 ? 0 : match_words(vocabulary, kind, field, part) * 9 / 10;
        best = match > best ? match : best;
    }
    return best;
}

int vocabulary_match(const struct vocabulary *vocabulary, enum import_kind kind, int field,
                     const char *key) {
    enum field_shape shape = kind_of(kind)->fields[field].shape;
    bool subject = shape == SHAPE_NAME || shape == SHAPE_CODE;
    int whole = match_words(vocabulary, kind, field, key);
    int part = match_parts(vocabulary, kind, field, key);
    int best = whole > part ? whole : part;
    return subject && best < 90 && speaks_of_agency(key) ? 0 : best;
}

int vocabulary_best(const struct vocabulary *vocabulary, enum import_kind kind, const char *key) {
    int best = 0;
    for (int k = 0; k < IMPORT_KIND_COUNT; k++) {
        if (kind != IMPORT_KIND_COUNT && kind != (enum import_kind)k) {
            continue;
        }
        for (size_t field = 0; field < kind_of((enum import_kind)k)->field_count; field++) {
            int match = vocabulary_match(vocabulary, (enum import_kind)k, (int)field, key);
            best = match > best ? match : best;
        }
    }
    return best;
}
