/* Grades by professional policies (O9, X18: 通用+专业): food and other fields grade their own
 * enterprises, beside the general class and without touching it. Owns the tables
 * professional_policy and professional_result. */
#ifndef XINFENG_SCORE_PROFESSIONAL_H
#define XINFENG_SCORE_PROFESSIONAL_H

#include "base/arena.h"
#include "registry/scan.h"
#include "score/result.h"
#include "score/result_store.h"

/* Notes the professional policies in force as those of a period that is run anew, and drops the
 * grades of its earlier run. Call inside the run's transaction. */
enum result professional_begin(struct store *store, int64_t period, struct error *error);

/* Tells whether the professional policies in force are those of a period. */
enum result professional_same(struct store *store, int64_t period, bool *same, struct error *error);

/* The furthest hop of relations that a professional policy of a period asks for. */
enum result professional_hops(struct store *store, int64_t period, int64_t *hops,
                              struct error *error);

/* Grades enterprises one after another. */
struct professional;

/* Makes ready to grade by the policies of a period on a day: some enterprises (a settled list, NULL
 * for all) in rising order of ids. Free with professional_free. */
enum result professional_new(struct professional **professional, struct store *store,
                             int64_t period, date day, const struct id_list *of,
                             struct error *error);

/* Another one that shares what this one knows, for another thread: it grades and does not store.
 * Freed before this one, with professional_free, also when it could not be made. */
enum result professional_fork(struct professional **fork, const struct professional *professional,
                              struct error *error);

/* One grade, ready to be stored. */
struct professional_line {
    const char *field; /* borrowed */
    struct result_line result;
};

/* Grades an enterprise in each field that has a policy made for it: *count lines, at most
 * POLICY_SET_MOST, their texts added to the buffer. */
enum result professional_grade(struct professional *professional,
                               const struct registry_subject *subject,
                               struct professional_line *lines, size_t *count, struct buffer *texts,
                               struct error *error);

/* Stores a grade. */
enum result professional_store(struct professional *professional,
                               const struct professional_line *line, const char *texts,
                               struct error *error);

/* Grades one enterprise anew and stores that; what it had in other fields goes. */
enum result professional_regrade(struct professional *professional,
                                 const struct registry_subject *subject, struct error *error);

/* NULL is harmless. */
void professional_free(struct professional *professional);

/* One computed grade, as stored. */
struct professional_row {
    const char *field;
    struct result_row result; /* final_class is the grade, score_class that of the total alone */
};

/* Loads what a period computed for an enterprise, by field, into the arena. */
enum result professional_load(struct store *store, int64_t period, int64_t enterprise,
                              struct arena *arena, struct professional_row **rows, size_t *count,
                              struct error *error);

/* How many enterprises of a field have which computed grade in a period. */
struct professional_count {
    const char *field;
    int64_t grades[CLASS_COUNT];
};

/* Loads the counts of all fields of a period, by field, into the arena. */
enum result professional_counts(struct store *store, int64_t period, struct arena *arena,
                                struct professional_count **counts, size_t *count,
                                struct error *error);

/* Removes what enterprises entered by a batch have in open periods, before its rows go. */
enum result professional_forget_batch(struct store *store, int64_t batch, struct error *error);

#endif
