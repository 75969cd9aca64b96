/* Why a row was not taken in, or what is to be said about one that was. */
#ifndef XINFENG_INTAKE_REASON_H
#define XINFENG_INTAKE_REASON_H

#include <stdbool.h>

/* The one table: stable code, title. */
#define REASON_TABLE(X)                                                                            \
    X(encoding, N_("characters that cannot be read"))                                              \
    X(columns, N_("more cells than columns"))                                                      \
    X(no_subject, N_("neither code nor name"))                                                     \
    X(person, N_("a person, not an enterprise"))                                                   \
    X(missing, N_("something that must be there is missing"))                                      \
    X(unknown_inspector, N_("no inspector of this number or name"))                                \
    X(no_date, N_("no date"))                                                                      \
    X(bad_value, N_("a value that cannot be read"))                                                \
    X(unknown_word, N_("a word that the profile does not know"))                                   \
    X(unknown_name, N_("no enterprise of this name"))                                              \
    X(ambiguous_name, N_("several enterprises of this name"))                                      \
    X(unknown_code, N_("no enterprise of this code"))                                              \
    X(no_code, N_("a new enterprise without code"))                                                \
    X(codes_disagree, N_("the codes name two enterprises"))                                        \
    X(decided_none, N_("a person decided that no enterprise is meant"))                            \
    X(conflict, N_("contradicts another row of the file"))                                         \
    X(rules, N_("breaks a rule of the registry"))                                                  \
    X(plan, N_("does not fit the plan it names"))

/* The same for remarks on rows that were taken in. */
#define REMARK_TABLE(X)                                                                            \
    X(name_differs, N_("found by code; the name differs"))                                         \
    X(code_unusable, N_("found by name; the code is none"))                                        \
    X(number_unknown, N_("found by name; the number is not registered"))                           \
    X(code_mended, N_("code read after mending"))                                                  \
    X(two_codes, N_("two codes; the first was used"))                                              \
    X(amount_unclear, N_("no amount could be read from the text"))                                 \
    X(another_source, N_("a known fact, told by another source"))                                  \
    X(decided, N_("a person decided which enterprise is meant"))

enum reason {
    REASON_NONE,
#define REASON_ENUM(code, title) REASON_##code,
    REASON_TABLE(REASON_ENUM)
#undef REASON_ENUM
        REASON_END
};

enum remark {
    REMARK_NONE,
#define REMARK_ENUM(code, title) REMARK_##code,
    REMARK_TABLE(REMARK_ENUM)
#undef REMARK_ENUM
        REMARK_END
};

/* The stable code, such as "unknown_name", and the translated title. */
const char *reason_code(enum reason reason);
const char *reason_title(enum reason reason);
const char *remark_code(enum remark remark);
const char *remark_title(enum remark remark);

/* The translated title of a code, of a remark's when remark is true; the code itself when it is
 * none. */
const char *reason_title_of(const char *code, bool remark);

#endif
