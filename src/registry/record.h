/* Records: inspectors, recusals, matters, grades, relations and results of inspections. They are
 * kept alike: told again they change nothing, told differently they are updated and journalled, and
 * what is not known of one never takes the place of what is. Owns their tables. */
#ifndef XINFENG_REGISTRY_RECORD_H
#define XINFENG_REGISTRY_RECORD_H

#include "base/date.h"
#include "registry/save.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

/* A number that is not known. */
#define RECORD_UNKNOWN INT64_MIN

/* Columns of the widest table. */
#define RECORD_MOST_COLUMNS 16

enum record_type { RECORD_TEXT, RECORD_NUMBER, RECORD_DATE };

/* The columns of each table in their order: X(name, type). */
#define INSPECTOR_COLUMNS(X)                                                                       \
    X(number, TEXT)                                                                                \
    X(name, TEXT)                                                                                  \
    X(gender, TEXT)                                                                                \
    X(certificate, TEXT)                                                                           \
    X(certificate_until, DATE)                                                                     \
    X(department, TEXT)                                                                            \
    X(region, TEXT)                                                                                \
    X(level, TEXT)                                                                                 \
    X(matters, TEXT)                                                                               \
    X(qualifications, TEXT)                                                                        \
    X(expert, NUMBER)                                                                              \
    X(state, TEXT)
#define RECUSAL_COLUMNS(X)                                                                         \
    X(inspector, TEXT)                                                                             \
    X(enterprise, NUMBER)                                                                          \
    X(reason, TEXT)                                                                                \
    X(from_day, DATE)                                                                              \
    X(to_day, DATE)
#define MATTER_COLUMNS(X)                                                                          \
    X(code, TEXT)                                                                                  \
    X(category, TEXT)                                                                              \
    X(title, TEXT)                                                                                 \
    X(basis, TEXT)                                                                                 \
    X(authority, TEXT)                                                                             \
    X(object, TEXT)                                                                                \
    X(content, TEXT)                                                                               \
    X(methods, TEXT)                                                                               \
    X(rate, NUMBER)                                                                                \
    X(times, NUMBER)                                                                               \
    X(staffing, TEXT)                                                                              \
    X(state, TEXT)
#define GRADE_COLUMNS(X)                                                                           \
    X(enterprise, NUMBER)                                                                          \
    X(field, TEXT)                                                                                 \
    X(grade, TEXT)                                                                                 \
    X(judged_on, DATE)                                                                             \
    X(until, DATE)                                                                                 \
    X(agency, TEXT)
#define RELATION_COLUMNS(X)                                                                        \
    X(enterprise, NUMBER)                                                                          \
    X(type, TEXT)                                                                                  \
    X(party, TEXT)                                                                                 \
    X(party_name, TEXT)                                                                            \
    X(other, NUMBER)                                                                               \
    X(share, NUMBER)                                                                               \
    X(position, TEXT)                                                                              \
    X(from_day, DATE)                                                                              \
    X(to_day, DATE)
#define INSPECTION_RESULT_COLUMNS(X)                                                               \
    X(enterprise, NUMBER)                                                                          \
    X(task, TEXT)                                                                                  \
    X(matter, TEXT)                                                                                \
    X(inspectors, TEXT)                                                                            \
    X(completed_on, DATE)                                                                          \
    X(method, TEXT)                                                                                \
    X(result, TEXT)                                                                                \
    X(follow_up, TEXT)                                                                             \
    X(note, TEXT)

#define RECORD_ENUM_INSPECTOR(name, type) INSPECTOR_##name,
#define RECORD_ENUM_RECUSAL(name, type) RECUSAL_##name,
#define RECORD_ENUM_MATTER(name, type) MATTER_##name,
#define RECORD_ENUM_GRADE(name, type) GRADE_##name,
#define RECORD_ENUM_RELATION(name, type) RELATION_##name,
#define RECORD_ENUM_RESULT(name, type) INSPECTION_RESULT_##name,

/* The places of the columns. */
enum inspector_column { INSPECTOR_COLUMNS(RECORD_ENUM_INSPECTOR) INSPECTOR_COLUMN_COUNT };
enum recusal_column { RECUSAL_COLUMNS(RECORD_ENUM_RECUSAL) RECUSAL_COLUMN_COUNT };
enum matter_column { MATTER_COLUMNS(RECORD_ENUM_MATTER) MATTER_COLUMN_COUNT };
enum grade_column { GRADE_COLUMNS(RECORD_ENUM_GRADE) GRADE_COLUMN_COUNT };
enum relation_column { RELATION_COLUMNS(RECORD_ENUM_RELATION) RELATION_COLUMN_COUNT };
enum inspection_result_column {
    INSPECTION_RESULT_COLUMNS(RECORD_ENUM_RESULT) INSPECTION_RESULT_COLUMN_COUNT
};

/* The tables. */
enum record_table {
    RECORD_INSPECTOR,
    RECORD_RECUSAL,
    RECORD_MATTER,
    RECORD_GRADE,
    RECORD_RELATION,
    RECORD_INSPECTION_RESULT,
    RECORD_TABLE_COUNT
};

/* One value. text is borrowed; number holds numbers and days. */
struct record_value {
    const char *text;
    int64_t number;
};

/* A value that is not known. */
struct record_value record_unknown(void);

/* What a table is called in SQL, the journal and commands. Static. */
const char *record_table_name(enum record_table table);

/* The table of a name; RECORD_TABLE_COUNT when there is none. */
enum record_table record_table_find(const char *name);

/* Its columns: their number, names and types. */
size_t record_columns(enum record_table table);
const char *record_column_name(enum record_table table, size_t column);
enum record_type record_column_type(enum record_table table, size_t column);

/* Saves many records of one table with prepared statements. */
struct record_writer;

/* Free with record_writer_free. */
enum result record_writer_new(struct record_writer **writer, struct store *store,
                              enum record_table table, struct error *error);

/* Saves one record, record_columns values in the order of the columns, and gives its id. What makes
 * it the same as one that is there: an inspector's number, a matter's code, inspector and
 * enterprise of a recusal, enterprise with field and day of a grade, with type and party of a
 * relation, with task and matter of a result. Call inside a transaction. RESULT_INVALID when one of
 * these, or a name or title, is not known. */
enum result record_writer_save(struct record_writer *writer, const struct record_value *values,
                               const struct save_origin *origin, enum save_outcome *outcome,
                               int64_t *id, struct error *error);

/* The same for a person who sees the whole record: what the values leave unknown is unknown then.
 */
enum result record_writer_correct(struct record_writer *writer, const struct record_value *values,
                                  const struct save_origin *origin, enum save_outcome *outcome,
                                  int64_t *id, struct error *error);

/* Puts the fields that a change noted back into a record, if it is there, and journals that. */
enum result record_writer_restore(struct record_writer *writer, int64_t id, const json_t *before,
                                  const struct save_origin *origin, struct error *error);

/* NULL is harmless. */
void record_writer_free(struct record_writer *writer);

/* Removes the records that a batch inserted; adds their number to *count. Call inside a
 * transaction. */
enum result record_remove_batch(struct store *store, int64_t batch, int64_t *count,
                                struct error *error);

/* How many records record_remove_batch would remove. */
enum result record_count_batch(struct store *store, int64_t batch, int64_t *count,
                               struct error *error);

/* The records of a table in order of id as JSON objects by column (null where not known), with
 * "id": of one enterprise, or (0) of all; at most limit. *array is the caller's. */
enum result record_list(struct store *store, enum record_table table, int64_t enterprise,
                        int64_t limit, json_t **array, struct error *error);

/* The number of an inspector with this number or, when no one has it, the only one of this name;
 * NULL when there is none. On the heap. */
enum result record_find_inspector(struct store *store, const char *word, char **number,
                                  struct error *error);

#endif
