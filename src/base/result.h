/* Results and errors.
 *
 * Every function that can fail returns an enum result and takes a struct error that the caller
 * owns. The error carries one sentence for a person: what went wrong, where, and what to do. Only
 * ui/ shows it to anyone. */
#ifndef XINFENG_BASE_RESULT_H
#define XINFENG_BASE_RESULT_H

#include <stdarg.h>
#include <stdbool.h>

/* The one table of results: name, exit status of a command that ends with it. Exit statuses are
 * the contract of the command line: 0 done, 1 done but something was rejected or does not verify,
 * 2 wrong use, 3 refused (rights, state), 4 data or file damaged, 5 busy or out of space. */
#define RESULT_TABLE(X)                                                                            \
    X(OK, 0)                                                                                       \
    X(MISMATCH, 1)  /* something does not verify */                                                \
    X(USAGE, 2)     /* wrong words or values from the caller */                                    \
    X(NOT_FOUND, 2) /* the thing named does not exist */                                           \
    X(REFUSED, 3)   /* not allowed to this person or in this state */                              \
    X(CANCELLED, 3) /* stopped by the person; nothing was changed */                               \
    X(INVALID, 4)   /* a document or value breaks its rules */                                     \
    X(DAMAGED, 4)   /* a file or database cannot be what it should be */                           \
    X(IO, 4)        /* reading or writing a file failed */                                         \
    X(BUSY, 5)      /* another program holds the database */                                       \
    X(NO_SPACE, 5)  /* the disk is full */                                                         \
    X(NO_MEMORY, 5) /* an allocation failed */

enum result {
#define RESULT_ENUM(name, status) RESULT_##name,
    RESULT_TABLE(RESULT_ENUM)
#undef RESULT_ENUM
};

/* An error owned by its caller. Initialise with ERROR_INIT; release with error_clear. */
struct error {
    enum result code;
    char *sentence; /* heap, owned; NULL while nothing went wrong */
};

#define ERROR_INIT                                                                                 \
    { RESULT_OK, NULL }

/* The exit status that belongs to a result. */
int result_exit_status(enum result code);

/* The stable lower-case name of a result ("not_found"), for logs and JSON. */
const char *result_name(enum result code);

/* Sets the error (replacing an earlier one) and returns code, so that a failing function can end
 * with `return error_set(error, ...)`. error may be NULL. The format is a translated sentence. */
enum result error_set(struct error *error, enum result code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As error_set, with the arguments already gathered. */
enum result error_set_v(struct error *error, enum result code, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

/* Sets the sentence for a failed allocation; returns RESULT_NO_MEMORY. */
enum result error_no_memory(struct error *error);

/* Sets the sentence for a failed system call on a file, from errno; what is a translated verb
 * phrase such as "open". Returns RESULT_IO, RESULT_NO_SPACE or RESULT_NOT_FOUND. */
enum result error_from_errno(struct error *error, const char *what, const char *path);

/* The sentence of an error, never NULL. Owned by the error. */
const char *error_sentence(const struct error *error);

/* Releases what the error holds and makes it fresh again. NULL is harmless. */
void error_clear(struct error *error);

#endif
