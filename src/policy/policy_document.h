/* A policy in a file, JSON or workbook. */
#ifndef XINFENG_POLICY_POLICY_DOCUMENT_H
#define XINFENG_POLICY_POLICY_DOCUMENT_H

#include "base/date.h"
#include "policy/policy.h"
#include "policy/policy_fault.h"

/* What a file holds. Texts live in the arena that was handed in, and the policy's too. */
struct policy_document {
    const char *text;      /* JSON */
    struct policy *policy; /* NULL when there are faults; free with policy_free */
    struct policy_faults faults;
};

/* Reads a file, a workbook by its first bytes, else JSON, and finds what is wrong with it as far
 * as can be told at once. RESULT_OK with faults too; RESULT_INVALID when it is neither. */
enum result policy_document_read(const char *path, struct arena *arena,
                                 struct policy_document *document, struct error *error);

/* The same of a text that is JSON already; origin names it. */
enum result policy_document_check(const char *text, const char *origin, struct arena *arena,
                                  struct policy_document *document, struct error *error);

/* Writes a policy to a file by its ending: .xlsx or .json. RESULT_USAGE for another. */
enum result policy_document_write(const struct policy *policy, const char *path, date today,
                                  struct error *error);

#endif
