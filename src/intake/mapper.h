/* From a row of a file to what it tells, by the binding of a profile. */
#ifndef XINFENG_INTAKE_MAPPER_H
#define XINFENG_INTAKE_MAPPER_H

#include "base/arena.h"
#include "intake/binding.h"
#include "intake/reason.h"
#include "intake/value_code.h"
#include "registry/enterprise.h"
#include "registry/fact.h"
#include "registry/handed_class.h"
#include "registry/record.h"

/* How a row names its enterprise, in the order in which rows are taken in. */
enum subject_tier {
    TIER_USCC,   /* by a valid USCC, or not at all usable */
    TIER_NUMBER, /* by a registration number */
    TIER_NAME,   /* by nothing but the name */
    TIER_COUNT
};

/* A row read. Texts live in the arena, or are borrowed from the row. */
struct mapped {
    /* the subject, filled by mapper_read_subject */
    const char *name; /* as written, trimmed; NULL when blank */
    const char *key;  /* text_name_key of it */
    char uscc[CODE_SIZE];
    char number[CODE_SIZE];
    const char *bad_code; /* the first cell that holds something that is no code, fit to be shown
                           * (a person's number is hidden but for its start), or NULL */
    bool code_mended;
    bool two_codes; /* the code columns hold two different USCCs; the first stands above */
    enum subject_tier tier;
    /* what is said of it, filled by mapper_read_rest; which one depends on the profile's kind */
    struct enterprise enterprise;
    struct fact fact;
    struct handed_class handed;
    struct record_value *values; /* of kinds of records, by column */
    const char *record;
    bool amount_unclear; /* the text speaks of amounts, but not of one */
    bool day_assumed;    /* occurred_on stands in for a day the row does not give */
    bool status_given;   /* the row itself says whether the fact holds */
    /* why the row cannot be taken in; REASON_NONE when it can */
    enum reason reason;
    const char *sentence;
    const char *wrong; /* of a cell that holds what it must not: what the sentence says of it behind
                        * its text; NULL when the reason lies in the row */
};

/* Reads who the row speaks of. */
enum result mapper_read_subject(const struct binding *binding, const struct row *row,
                                struct arena *arena, struct mapped *mapped, struct error *error);

/* Reads all other fields; as_of stands in for days where the profile says so. */
enum result mapper_read_rest(const struct binding *binding, const struct row *row, date as_of,
                             struct arena *arena, struct mapped *mapped, struct error *error);

#endif
