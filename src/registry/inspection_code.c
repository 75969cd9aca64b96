#include "registry/inspection_code.h"

#include "base/gettext.h"
#include "base/text.h"
#include "registry/fact.h"

#include <string.h>

static const struct inspection_code results[] = {
#define RESULT_ROW(code, word, name, level, follows) {#code, word, name, level, follows},
    INSPECTION_RESULT_TABLE(RESULT_ROW)
#undef RESULT_ROW
};

static const struct inspection_code methods[] = {
#define METHOD_ROW(code, word, name) {#code, word, name, 0, false},
    INSPECTION_METHOD_TABLE(METHOD_ROW)
#undef METHOD_ROW
};

static const struct inspection_code follow_ups[] = {
#define FOLLOW_UP_ROW(code, word, name) {#code, word, name, 0, false},
    INSPECTION_FOLLOW_UP_TABLE(FOLLOW_UP_ROW)
#undef FOLLOW_UP_ROW
};

const struct inspection_code *inspection_codes(enum inspection_list list, size_t *count) {
    switch (list) {
    case INSPECTION_METHODS:
        *count = INSPECTION_METHOD_CODES;
        return methods;
    case INSPECTION_FOLLOW_UPS:
        *count = INSPECTION_FOLLOW_UP_CODES;
        return follow_ups;
    case INSPECTION_RESULTS:
        break;
    }
    *count = INSPECTION_RESULT_CODES;
    return results;
}

int inspection_code_find(enum inspection_list list, const char *word) {
    size_t count = 0;
    const struct inspection_code *codes = inspection_codes(list, &count);
    if (word == NULL) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(codes[i].word, word) == 0 || strcmp(codes[i].code, word) == 0) {
            return (int)i;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (text_same_name(codes[i].word, word)) {
            return (int)i;
        }
    }
    return -1;
}

const char *inspection_code_name(enum inspection_list list, const char *word) {
    size_t count = 0;
    int place = inspection_code_find(list, word);
    if (place < 0) {
        return word == NULL ? "" : word;
    }
    return _(inspection_codes(list, &count)[place].name);
}

int32_t inspection_level(const char *word) {
    int place = inspection_code_find(INSPECTION_RESULTS, word);
    return place < 0 ? FACT_NO_LEVEL : results[place].level;
}
