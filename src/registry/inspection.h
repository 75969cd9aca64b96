/* Results of inspections (O8): a record among the libraries and the fact that is scored, kept as
 * one whichever way a result comes in. */
#ifndef XINFENG_REGISTRY_INSPECTION_H
#define XINFENG_REGISTRY_INSPECTION_H

#include "registry/fact.h"
#include "registry/record.h"

/* Tells the fact of a result whose record, in the order of INSPECTION_RESULT_COLUMNS, stands. Told
 * again it is the same fact, by task and matter. Call inside a transaction. */
enum result inspection_tell(struct fact_writer *facts, const struct record_value *values,
                            const struct save_origin *origin, enum save_outcome *told,
                            struct error *error);

/* Saves what a person says of an inspection, record and fact: what the values leave unknown is
 * unknown then. Gives the record's id, and in *outcome what became of the two. Call inside a
 * transaction. Errors as record_writer_save. */
enum result inspection_save(struct store *store, const struct record_value *values,
                            const struct save_origin *origin, enum save_outcome *outcome,
                            int64_t *id, struct error *error);

/* Takes a result back: the record goes, journalled with all it said, and its fact stays as
 * erroneous (X10 (3)), which scores nothing. Telling the result again makes the fact valid. Call
 * inside a transaction; RESULT_NOT_FOUND when there is no such record. */
enum result inspection_withdraw(struct store *store, int64_t id, const char *reason,
                                const struct save_origin *origin, struct error *error);

#endif
