#include "intake/match.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "intake/cell.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

/* Candidates named in a sentence, and one more to know that there are more. */
#define CANDIDATES 5

struct matcher {
    struct enterprise_writer *writer;
    struct statement *look;   /* at one enterprise */
    struct statement *decide; /* what a person decided about a name */
};

/* What matching reads of an enterprise. */
struct known {
    int64_t id;
    const char *name;
    const char *key;
    const char *uscc;   /* or NULL */
    const char *number; /* or NULL */
};

enum result matcher_new(struct matcher **matcher, struct store *store,
                        struct enterprise_writer *writer, struct error *error) {
    *matcher = NULL;
    struct matcher *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->writer = writer;
    const struct statement_wanted wanted[] = {
        {&made->look,
         "SELECT name, name_key, uscc, registration_number FROM enterprise WHERE id = ?"},
        {&made->decide, "SELECT enterprise, actor, at FROM match_decision"
                        " WHERE name_key = ? AND code = ? AND withdrawn_at IS NULL"},
    };
    enum result code = statements_prepare(store, wanted, sizeof(wanted) / sizeof(wanted[0]), error);
    if (code != RESULT_OK) {
        matcher_free(made);
        return code;
    }
    *matcher = made;
    return RESULT_OK;
}

void matcher_free(struct matcher *matcher) {
    if (matcher != NULL) {
        statement_free(matcher->look);
        statement_free(matcher->decide);
        free(matcher);
    }
}

/* Looks at one enterprise; its texts are borrowed until the next look. */
static enum result look_at(struct matcher *matcher, int64_t id, struct known *candidate,
                           struct error *error) {
    bool row = false;
    enum result code = statement_bind(matcher->look, VALUES(value_int(id)), error);
    if (code == RESULT_OK) {
        code = statement_step(matcher->look, &row, error);
    }
    *candidate = (struct known){.id = id, .name = "", .key = ""};
    if (code == RESULT_OK && row) {
        candidate->name = statement_string(matcher->look, 0);
        candidate->key = statement_string(matcher->look, 1);
        candidate->uscc = statement_text(matcher->look, 2);
        candidate->number = statement_text(matcher->look, 3);
    }
    return code;
}

static enum result remark_on(struct match *match, enum remark remark, const char *sentence,
                             struct error *error) {
    match->remark = remark;
    match->remark_sentence = sentence;
    return sentence == NULL ? error_no_memory(error) : RESULT_OK;
}

static enum result reject(struct match *match, enum reason reason, const char *sentence,
                          struct error *error) {
    match->id = 0;
    match->reason = reason;
    match->sentence = sentence;
    return sentence == NULL ? error_no_memory(error) : RESULT_OK;
}

/* Compares the row's name with that of the enterprise its code led to. */
static enum result compare_name(const struct mapped *mapped, const struct known *found,
                                struct arena *arena, struct match *match, struct error *error) {
    match->same_name = mapped->key == NULL || strcmp(mapped->key, found->key) == 0;
    if (match->same_name) {
        return RESULT_OK;
    }
    return remark_on(match, REMARK_name_differs,
                     arena_printf(arena,
                                  _("The code %s belongs to %s in the registry; the row "
                                    "says %s."),
                                  mapped->uscc[0] != '\0' ? mapped->uscc : mapped->number,
                                  found->name, cell_shorten(arena, mapped->name)),
                     error);
}

/* By USCC, else by the number beside it. */
static enum result find_by_uscc(struct matcher *matcher, const struct mapped *mapped,
                                struct arena *arena, struct match *match, struct error *error) {
    struct known found;
    enum result code =
        enterprise_writer_find_uscc(matcher->writer, mapped->uscc, &match->id, error);
    if (code != RESULT_OK) {
        return code;
    }
    if (match->id != 0) {
        code = look_at(matcher, match->id, &found, error);
        return code == RESULT_OK ? compare_name(mapped, &found, arena, match, error) : code;
    }
    if (mapped->number[0] == '\0') {
        return RESULT_OK;
    }
    code = enterprise_writer_find_number(matcher->writer, mapped->number, &match->id, error);
    if (code != RESULT_OK || match->id == 0) {
        return code;
    }
    code = look_at(matcher, match->id, &found, error);
    if (code != RESULT_OK) {
        return code;
    }
    if (found.uscc != NULL) {
        return reject(match, REASON_codes_disagree,
                      arena_printf(arena,
                                   _("The number %s belongs to %s (%s) in the registry, but the "
                                     "row's code is %s; correct one of them."),
                                   mapped->number, found.name, found.uscc, mapped->uscc),
                      error);
    }
    return compare_name(mapped, &found, arena, match, error);
}

/* True when nothing in an enterprise's codes speaks against a registration number of the row: its
 * own number is unknown, and its USCC either holds the same organisation code (an old tax number),
 * or is of the same province; one-person businesses, whose names repeat, must be of the same
 * division. Numbers of 100000 are given by the state. */
static bool is_compatible(const struct known *candidate, const char *number) {
    if (candidate->number != NULL) {
        return false;
    }
    if (candidate->uscc == NULL || strncmp(candidate->uscc + 8, number + 6, 9) == 0 ||
        strncmp(number, "10", 2) == 0) {
        return true;
    }
    size_t alike = strncmp(candidate->uscc, "92", 2) == 0 ? 6 : 2;
    return strncmp(candidate->uscc + 2, number, alike) == 0;
}

static enum result find_by_number(struct matcher *matcher, const struct mapped *mapped,
                                  struct arena *arena, struct match *match, struct error *error) {
    struct known found;
    enum result code =
        enterprise_writer_find_number(matcher->writer, mapped->number, &match->id, error);
    if (code == RESULT_OK && match->id != 0) {
        code = look_at(matcher, match->id, &found, error);
        return code == RESULT_OK ? compare_name(mapped, &found, arena, match, error) : code;
    }
    if (code != RESULT_OK || mapped->key == NULL) {
        return code;
    }
    int64_t ids[CANDIDATES + 1];
    size_t count = 0;
    int64_t only = 0;
    code = enterprise_writer_find_name(matcher->writer, mapped->key, ids, CANDIDATES + 1, &count,
                                       error);
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        code = look_at(matcher, ids[i], &found, error);
        if (code == RESULT_OK && is_compatible(&found, mapped->number)) {
            only = only == 0 ? ids[i] : -1;
        }
    }
    if (code != RESULT_OK || only <= 0) {
        return code;
    }
    match->id = only;
    match->same_name = true;
    match->new_number = true;
    return remark_on(match, REMARK_number_unknown,
                     arena_printf(arena,
                                  _("The registry does not know the number %s; the row was put to "
                                    "the only enterprise of this name."),
                                  mapped->number),
                     error);
}

/* Names the candidates in a sentence. */
static enum result reject_ambiguous(struct matcher *matcher, const struct mapped *mapped,
                                    const int64_t *ids, size_t count, struct arena *arena,
                                    struct match *match, struct error *error) {
    struct buffer names = BUFFER_INIT;
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < count && i < CANDIDATES; i++) {
        struct known found;
        code = look_at(matcher, ids[i], &found, error);
        const char *unit = found.uscc != NULL ? found.uscc : found.number;
        if (code == RESULT_OK && unit != NULL) {
            buffer_printf(&names, "%s%s %s", i == 0 ? "" : "; ", found.name, unit);
        } else if (code == RESULT_OK) {
            buffer_printf(&names, "%s%s #%lld", i == 0 ? "" : "; ", found.name, (long long)ids[i]);
        }
    }
    if (count > CANDIDATES) {
        buffer_append_text(&names, "; ...");
    }
    if (code == RESULT_OK) {
        code = names.failed
                   ? error_no_memory(error)
                   : reject(match, REASON_ambiguous_name,
                            arena_printf(arena,
                                         _("Several enterprises are called %s: %s. Give the code "
                                           "of the one that is meant."),
                                         cell_shorten(arena, mapped->name), buffer_text(&names)),
                            error);
    }
    buffer_free(&names);
    return code;
}

static enum result reject_unknown(const struct mapped *mapped, struct arena *arena,
                                  struct match *match, struct error *error) {
    const char *name = cell_shorten(arena, mapped->name);
    const char *sentence =
        mapped->bad_code == NULL
            ? arena_printf(arena,
                           _("The registry has no enterprise called %s; give its code, or enter "
                             "the enterprise first."),
                           name)
            : arena_printf(arena,
                           _("\"%s\" is no valid code, and the registry has no enterprise called "
                             "%s; correct the code."),
                           mapped->bad_code, name);
    return reject(match, REASON_unknown_name, sentence, error);
}

/* What a person decided about the name, if anybody did. */
static enum result find_decided(struct matcher *matcher, const struct mapped *mapped,
                                struct arena *arena, struct match *match, bool *decided,
                                struct error *error) {
    const char *beside = mapped->bad_code == NULL ? "" : mapped->bad_code;
    enum result code =
        statement_bind(matcher->decide, VALUES(value_text(mapped->key), value_text(beside)), error);
    if (code == RESULT_OK) {
        code = statement_step(matcher->decide, decided, error);
    }
    if (code != RESULT_OK || !*decided) {
        return code;
    }
    const char *actor = statement_string(matcher->decide, 1);
    const char *at = statement_string(matcher->decide, 2);
    if (statement_is_null(matcher->decide, 0)) {
        return reject(match, REASON_decided_none,
                      arena_printf(arena,
                                   _("%s decided at %s that no enterprise of the registry is meant "
                                     "by %s; enter the enterprise first, or leave the row out."),
                                   actor, at, cell_shorten(arena, mapped->name)),
                      error);
    }
    match->id = statement_int(matcher->decide, 0);
    match->same_name = true;
    return remark_on(match, REMARK_decided,
                     arena_printf(arena, _("%s decided at %s which enterprise is meant by %s."),
                                  actor, at, cell_shorten(arena, mapped->name)),
                     error);
}

static enum result find_by_name(struct matcher *matcher, const struct mapped *mapped,
                                struct arena *arena, struct match *match, struct error *error) {
    int64_t ids[CANDIDATES + 1];
    size_t count = 0;
    enum result code = enterprise_writer_find_name(matcher->writer, mapped->key, ids,
                                                   CANDIDATES + 1, &count, error);
    if (code != RESULT_OK) {
        return code;
    }
    if (count != 1) {
        bool decided = false;
        code = find_decided(matcher, mapped, arena, match, &decided, error);
        if (code != RESULT_OK || decided) {
            return code;
        }
        return count == 0 ? reject_unknown(mapped, arena, match, error)
                          : reject_ambiguous(matcher, mapped, ids, count, arena, match, error);
    }
    match->id = ids[0];
    match->same_name = true;
    if (mapped->bad_code == NULL) {
        return RESULT_OK;
    }
    return remark_on(match, REMARK_code_unusable,
                     arena_printf(arena,
                                  _("\"%s\" is no valid code; the row was put to the only "
                                    "enterprise of this name."),
                                  mapped->bad_code),
                     error);
}

enum result matcher_find(struct matcher *matcher, const struct mapped *mapped, struct arena *arena,
                         struct match *match, struct error *error) {
    *match = (struct match){0};
    if (mapped->uscc[0] != '\0') {
        return find_by_uscc(matcher, mapped, arena, match, error);
    }
    if (mapped->number[0] != '\0') {
        return find_by_number(matcher, mapped, arena, match, error);
    }
    return find_by_name(matcher, mapped, arena, match, error);
}
