/* Attachments of overrides: the documents that were handed in with a proposal, known by file name,
 * size and SHA-256 digest. The contents are not kept; whoever has the file can show that it is the
 * one. Owns the table override_attachment. */
#ifndef XINFENG_SCORE_ATTACHMENT_H
#define XINFENG_SCORE_ATTACHMENT_H

#include "base/arena.h"
#include "base/digest.h"
#include "store/store.h"

#include <stdint.h>

struct attachment {
    const char *name; /* of the file, without its folder */
    int64_t size;     /* bytes */
    char digest[DIGEST_HEX_SIZE];
};

/* Reads a file and tells what it is; the name lives in the arena. RESULT_INVALID for an empty file
 * or a name that is not UTF-8; RESULT_NOT_FOUND or RESULT_IO when it cannot be read. */
enum result attachment_read(const char *path, struct arena *arena, struct attachment *attachment,
                            struct error *error);

/* Keeps the attachments of an override. Call inside the transaction that proposes it. */
enum result attachment_save(struct store *store, int64_t override,
                            const struct attachment *attachments, size_t count,
                            struct error *error);

/* Loads the attachments of an override, in the order they were given. */
enum result attachment_load(struct store *store, int64_t override, struct arena *arena,
                            struct attachment **attachments, size_t *count, struct error *error);

/* The attachment with the contents of a digest, whatever its name; NULL when none has. */
const struct attachment *attachment_find(const struct attachment *attachments, size_t count,
                                         const char *digest);

#endif
