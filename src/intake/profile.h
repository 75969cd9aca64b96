/* A mapping profile: how the columns of one kind of file become fields. A JSON document:
 *
 *   {"name": "county-penalties", "kind": "facts", "title": "...", "source": "...", "note": "...",
 *    "automatic": false,              chosen only when named
 *    "required": ["name", "uscc"],    columns the file must have; default: those of all fields
 *    "columns": {
 *      "name": "企业名称",             a header,
 *      "uscc": ["统一社会信用代码", "证件号码"],       or the first that the file has,
 *      "amount": {"column": "罚款金额", "otherwise": "处罚结果", "unit": "yuan"},
 *      "level": {"column": "处罚类别", "contains": [["罚款", "2"], ["警告", "1"]]}},
 *    "constants": {"type": "penalty"}}
 *
 * Options of a column: otherwise (columns read when the first is blank), unit (yuan or
 * ten_thousand_yuan; a header that says so itself needs none), sentence (the amount stands inside
 * a sentence), day_first (21/9/2023), as_of (where the day is missing, the day of the whole file
 * stands in and never becomes part of what the fact is known by), map (cell to value, whole
 * cells), contains (first part found wins), fallback (value for what neither of these knows). */
#ifndef XINFENG_INTAKE_PROFILE_H
#define XINFENG_INTAKE_PROFILE_H

#include "base/arena.h"
#include "base/result.h"
#include "intake/kind.h"

#include <stdbool.h>
#include <stdint.h>

/* A header, as written and as compared (profile_header_key). */
struct profile_header {
    const char *text;
    const char *key;
};

struct profile_headers {
    struct profile_header *items;
    size_t count;
};

/* One entry of map or contains; from is folded. */
struct profile_word {
    const char *from;
    const char *to;
};

struct profile_words {
    struct profile_word *items;
    size_t count;
};

/* How one field is filled. */
struct profile_field {
    int index; /* of the kind's fields */
    struct field field;
    bool required;
    struct profile_headers column;    /* the first that the file has; empty: only as_of, constant */
    struct profile_headers otherwise; /* read in turn when the column is blank */
    const char *constant;             /* the same in every row, or NULL */
    struct profile_headers currency;  /* names the money; another than yuan is not converted */
    int64_t unit;                     /* fen that a bare number counts; 0: as the header says */
    bool sentence;
    bool day_first;
    bool as_of;
    struct profile_words map;
    struct profile_words contains;
    const char *fallback;
};

/* A profile; everything in it lives in its arena. */
struct profile {
    struct arena *arena;
    enum import_kind kind;
    const char *name;
    const char *title;
    const char *source; /* the department, or NULL */
    const char *note;   /* what to know before use, or NULL */
    bool automatic;
    bool has_codes; /* some field reads a code from a column */
    struct profile_field *fields;
    size_t field_count;
};

/* Reads a profile from JSON text; where names the document in sentences (file or profile name).
 * Free with profile_free. RESULT_INVALID with the line and column, or the key, that is wrong. */
enum result profile_parse(struct profile **profile, const char *json, const char *where,
                          struct error *error);

/* The same from a file. */
enum result profile_load(struct profile **profile, const char *path, struct error *error);

/* The field of an index; NULL when the profile does not fill it. */
const struct profile_field *profile_field_at(const struct profile *profile, int index);

/* What two spellings of one header share: text_name_key without asterisks and colons. On the
 * heap; NULL when memory is short. */
char *profile_header_key(const char *header);

/* NULL is harmless. */
void profile_free(struct profile *profile);

#endif
