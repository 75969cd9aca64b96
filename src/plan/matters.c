#include "plan/matters.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "base/text.h"
#include "registry/record.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

#define MATTER_QUERY                                                                                \
    "SELECT code, title, category, state, methods, coalesce(rate, ?1), coalesce(times, ?1), "       \
    "ifnull(content, '') || CASE WHEN basis IS NULL THEN '' ELSE '（' || basis || '）' END FROM " \
    "matter "

static const char *const method_words[] = {
#define METHOD_WORD(name, word) word,
    PLAN_METHOD_TABLE(METHOD_WORD)
#undef METHOD_WORD
};

uint32_t plan_methods_find(const char *text) {
    uint32_t methods = 0;
    for (int i = 0; text != NULL && i < PLAN_METHOD_COUNT; i++) {
        methods |= strstr(text, method_words[i]) == NULL ? 0 : 1U << i;
    }
    return methods;
}

const char *plan_methods_text(uint32_t methods, struct arena *arena) {
    const char *text = "";
    for (int i = 0; text != NULL && i < PLAN_METHOD_COUNT; i++) {
        if ((methods & 1U << i) != 0) {
            text =
                arena_printf(arena, "%s%s%s", text, text[0] == '\0' ? "" : "、", method_words[i]);
        }
    }
    return text == NULL ? "" : text;
}

/* What libraries say of a matter in force; nothing said is in force too. */
static bool in_force(const char *state) {
    static const char *const words[] = {"", "有效", "启用", "正常", "现行有效", "valid", "active"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(state, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

static struct plan_matter read_row(struct statement *row, struct arena *arena) {
    return (struct plan_matter){
        .code = arena_strdup(arena, statement_string(row, 0)),
        .title = arena_strdup(arena, statement_string(row, 1)),
        .category = arena_strdup(arena, statement_string(row, 2)),
        .state = arena_strdup(arena, statement_string(row, 3)),
        .content = arena_strdup(arena, statement_string(row, 7)),
        .valid = in_force(statement_string(row, 3)),
        .methods = plan_methods_find(statement_text(row, 4)),
        .rate = statement_int(row, 5),
        .times = statement_int(row, 6),
    };
}

/* The matter of one word, by code before title; *found tells whether there is one. */
static enum result find_one(struct store *store, const char *word, struct arena *arena,
                            struct plan_matter *matter, bool *found, struct error *error) {
    struct statement *rows = NULL;
    *found = false;
    enum result code = store_query(&rows, store,
                                   MATTER_QUERY "WHERE code = ?2 OR title = ?2 "
                                                "ORDER BY code = ?2 DESC, code LIMIT 1",
                                   VALUES(value_int(RECORD_UNKNOWN), value_text(word)), error);
    if (code == RESULT_OK) {
        code = statement_step(rows, found, error);
    }
    if (code == RESULT_OK && *found) {
        *matter = read_row(rows, arena);
    }
    statement_free(rows);
    return code;
}

/* Pieces of a text between its commas, each without blanks around it. */
struct pieces {
    const char **begin;
    const char **end;
    size_t count;
};

/* The bytes of the separator that stands at a place; 0 when none does. */
static size_t separator(const char *at) {
    static const char *const marks[] = {",", ";", "，", "、", "；"};
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        if (strncmp(at, marks[i], strlen(marks[i])) == 0) {
            return strlen(marks[i]);
        }
    }
    return 0;
}

static void add_piece(struct pieces *pieces, const char *begin, const char *end) {
    while (begin < end && *begin == ' ') {
        begin++;
    }
    while (end > begin && end[-1] == ' ') {
        end--;
    }
    if (begin < end) {
        pieces->begin[pieces->count] = begin;
        pieces->end[pieces->count++] = end;
    }
}

static bool take_apart(const char *words, struct arena *arena, struct pieces *pieces) {
    size_t most = strlen(words) + 1;
    *pieces = (struct pieces){
        .begin = arena_alloc(arena, most * sizeof(*pieces->begin)),
        .end = arena_alloc(arena, most * sizeof(*pieces->end)),
    };
    if (pieces->begin == NULL || pieces->end == NULL) {
        return false;
    }
    const char *begin = words;
    for (const char *at = words; *at != '\0';) {
        size_t length = separator(at);
        if (length > 0) {
            add_piece(pieces, begin, at);
            begin = at + length;
        }
        at += length > 0 ? length : 1;
    }
    add_piece(pieces, begin, begin + strlen(begin));
    return true;
}

/* Finds the matter that begins with a piece: of as many pieces together as are one title. *taken is
 * their number, 0 when there is none. */
static enum result find_longest(struct store *store, const struct pieces *pieces, size_t first,
                                struct arena *arena, struct plan_matter *matter, size_t *taken,
                                struct error *error) {
    bool found = false;
    enum result code = RESULT_OK;
    for (size_t last = pieces->count; code == RESULT_OK && !found && last > first; last--) {
        size_t length = (size_t)(pieces->end[last - 1] - pieces->begin[first]);
        const char *word = arena_strndup(arena, pieces->begin[first], length);
        code = word == NULL ? error_no_memory(error)
                            : find_one(store, word, arena, matter, &found, error);
        *taken = found ? last - first : 0;
    }
    return code;
}

static bool already(const struct plan_matter *matters, size_t count, const char *code) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(matters[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

enum result plan_matters_find(struct store *store, const char *words, struct arena *arena,
                              struct plan_matter **matters, size_t *count, struct error *error) {
    struct pieces pieces;
    const char *unknown = NULL;
    char *plain = words == NULL ? NULL : text_normalise(words);
    *count = 0;
    *matters = NULL;
    if (words == NULL || plain == NULL) {
        return words == NULL ? RESULT_OK : error_no_memory(error);
    }
    enum result code = take_apart(plain, arena, &pieces) ? RESULT_OK : error_no_memory(error);
    if (code == RESULT_OK) {
        *matters = arena_alloc(arena, (pieces.count + 1) * sizeof(**matters));
        code = *matters == NULL ? error_no_memory(error) : RESULT_OK;
    }
    for (size_t i = 0; code == RESULT_OK && i < pieces.count;) {
        size_t taken = 0;
        struct plan_matter *one = &(*matters)[*count];
        code = find_longest(store, &pieces, i, arena, one, &taken, error);
        if (code == RESULT_OK && taken == 0 && unknown == NULL) {
            unknown =
                arena_strndup(arena, pieces.begin[i], (size_t)(pieces.end[i] - pieces.begin[i]));
        }
        *count += taken > 0 && !already(*matters, *count, one->code) ? 1 : 0;
        i += taken > 0 ? taken : 1;
    }
    if (code == RESULT_OK && unknown != NULL && *count > 0) {
        code = error_set(error, RESULT_NOT_FOUND,
                         _("\"%s\" is not in the library of matters, while %s %s is; correct it, "
                           "or write all of them in your own words."),
                         unknown, (*matters)[0].code, (*matters)[0].title);
    }
    free(plain);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

enum result plan_matters_load(struct store *store, const char *codes, struct arena *arena,
                              struct plan_matter **matters, size_t *count, struct error *error) {
    size_t most = 1;
    *count = 0;
    *matters = NULL;
    if (codes == NULL) {
        return RESULT_OK;
    }
    for (const char *at = codes; *at != '\0'; at++) {
        most += *at == ',';
    }
    *matters = arena_alloc(arena, most * sizeof(**matters));
    enum result code = *matters == NULL ? error_no_memory(error) : RESULT_OK;
    for (const char *at = codes; code == RESULT_OK && *count < most; (*count)++) {
        size_t length = strcspn(at, ",");
        const char *word = arena_strndup(arena, at, length);
        struct plan_matter *one = &(*matters)[*count];
        bool found = false;
        code = word == NULL ? error_no_memory(error)
                            : find_one(store, word, arena, one, &found, error);
        if (code == RESULT_OK && !found) {
            *one = (struct plan_matter){.code = word,
                                        .title = word,
                                        .category = "",
                                        .content = "",
                                        .state = "",
                                        .rate = RECORD_UNKNOWN,
                                        .times = RECORD_UNKNOWN};
        }
        at += length + (at[length] == ',');
    }
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}

enum result plan_matters_check(const struct plan_matter *matters, size_t count,
                               struct error *error) {
    for (size_t i = 0; i < count; i++) {
        if (!matters[i].valid) {
            return matters[i].state[0] == '\0'
                       ? error_set(error, RESULT_REFUSED,
                                   _("Matter %s is no longer in the library of matters; import it "
                                     "again or choose another."),
                                   matters[i].code)
                       : error_set(error, RESULT_REFUSED,
                                   _("Matter %s %s is not in force (%s); choose another."),
                                   matters[i].code, matters[i].title, matters[i].state);
        }
    }
    return RESULT_OK;
}

enum result plan_matters_all(struct store *store, struct arena *arena, struct plan_matter **matters,
                             size_t *count, struct error *error) {
    int64_t most = 0;
    struct statement *rows = NULL;
    bool row = true;
    *count = 0;
    enum result code =
        store_fetch_int(store, "SELECT count(*) FROM matter", NO_VALUES, 0, &most, error);
    if (code == RESULT_OK) {
        *matters = arena_alloc(arena, ((size_t)most + 1) * sizeof(**matters));
        code = *matters == NULL ? error_no_memory(error)
                                : store_query(&rows, store, MATTER_QUERY "ORDER BY code",
                                              VALUES(value_int(RECORD_UNKNOWN)), error);
    }
    for (int64_t i = 0; code == RESULT_OK && i < most; i++) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        if (code != RESULT_OK || !row) {
            break;
        }
        (*matters)[(*count)++] = read_row(rows, arena);
    }
    statement_free(rows);
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}
