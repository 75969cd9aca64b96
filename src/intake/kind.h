/* The kinds of file that can be taken in. What is particular to a kind lives in one file,
 * kind_NAME.c: the fields a profile can fill, how a row is read into a record, and how the record
 * comes into the registry. Everything else in intake goes by this table. */
#ifndef XINFENG_INTAKE_KIND_H
#define XINFENG_INTAKE_KIND_H

#include "base/date.h"
#include "base/result.h"
#include "intake/field.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct cell_reader;
struct kind_record;
struct profile;
struct record_value;
struct row;
struct taking;

/* Who has a say about a row beyond intake. */
struct import_judge {
    /* Looks at the values of a record (registry/record.h) whose enterprise is settled, and may
     * spell them as its own side does. RESULT_REFUSED or RESULT_USAGE refuse the row with the
     * error's sentence; any other failure ends the import. New texts live in the arena. */
    enum result (*judge)(void *context, struct record_value *values, struct arena *arena,
                         struct error *error);
    void *context;
};

/* What a file is about. */
enum import_kind {
    IMPORT_ENTERPRISES,
    IMPORT_FACTS,
    IMPORT_RELATIONS,
    IMPORT_INSPECTORS,
    IMPORT_RECUSALS,
    IMPORT_MATTERS,
    IMPORT_GRADES,
    IMPORT_RESULTS,
    IMPORT_CLASSES,
    IMPORT_KIND_COUNT
};

/* One kind. */
struct kind {
    const char *code;  /* the word of commands and profiles: "facts" */
    const char *title; /* N_(): what a person calls it */
    bool subject;      /* every row speaks of one enterprise, by code or name */
    const struct field *fields;
    size_t field_count;
    uint64_t needed; /* bit n: without field n a row cannot be taken in; facts have rules of their
                      * own (intake/guess.h) */

    /* Why a profile of the kind cannot work, translated; NULL when it can. *key names the part of
     * its document that is wrong. May be NULL: every profile can. */
    const char *(*lacking)(const struct profile *profile, const char **key);

    /* Reads a row, but for who it is about, into reader->mapped. A row that cannot be taken in gets
     * its reason there; any result but RESULT_OK ends the import. as_of stands in for days where
     * the profile says so. */
    enum result (*read)(struct cell_reader *reader, date as_of);

    /* Takes the row into the registry, and counts it (taking_count) or refuses it. */
    enum result (*take)(struct taking *taking);

    /* Looks at a whole file before anything of it is taken in; any result but RESULT_OK ends the
     * import. sheet as row_source_open takes it. May be NULL. */
    enum result (*check)(const char *path, const char *sheet, struct error *error);

    /* True for a row that is no data but tells of the file. May be NULL: there are none. */
    bool (*aside)(const char *const *headers, size_t count, const struct row *row);

    /* For kinds of records (intake/kind_record.h): where the fields go; else NULL. */
    const struct kind_record *record;
};

extern const struct kind kind_enterprises;
extern const struct kind kind_facts;
extern const struct kind kind_relations;
extern const struct kind kind_inspectors;
extern const struct kind kind_recusals;
extern const struct kind kind_matters;
extern const struct kind kind_grades;
extern const struct kind kind_results;
extern const struct kind kind_classes;

/* The kind of a number. */
const struct kind *kind_of(enum import_kind kind);

/* The kind of a code such as "facts"; IMPORT_KIND_COUNT when there is none. */
enum import_kind kind_find(const char *code);

/* The codes of all kinds, ended by NULL. Static. */
const char *const *kind_codes(void);

/* The index of a field's name; -1 when the kind has none such. */
int kind_find_field(enum import_kind kind, const char *name);

#endif
