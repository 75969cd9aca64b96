/* The SHA-256 of a file, taken in a thread of its own while the file is read for something else. */
#ifndef XINFENG_BASE_DIGEST_JOB_H
#define XINFENG_BASE_DIGEST_JOB_H

#include "base/digest.h"

struct digest_job;

/* Starts on a file. Free with digest_job_free; NULL when memory is short. */
struct digest_job *digest_job_start(const char *path);

/* Waits for the digest, in lowercase hexadecimal. Call once. */
enum result digest_job_finish(struct digest_job *job, char hex[static DIGEST_HEX_SIZE],
                              struct error *error);

/* Ends the work, done or not. NULL is harmless. */
void digest_job_free(struct digest_job *job);

#endif
