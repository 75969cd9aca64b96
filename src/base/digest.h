/* SHA-256 through OpenSSL's libcrypto. */
#ifndef XINFENG_BASE_DIGEST_H
#define XINFENG_BASE_DIGEST_H

#include "base/result.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DIGEST_SIZE 32

/* Room for 64 lowercase hexadecimal digits and the NUL. */
#define DIGEST_HEX_SIZE 65

/* The SHA-256 of a byte string. */
enum result digest_sha256(const void *data, size_t length, uint8_t digest[static DIGEST_SIZE],
                          struct error *error);

/* The same in lowercase hexadecimal. */
enum result digest_sha256_hex(const void *data, size_t length, char hex[static DIGEST_HEX_SIZE],
                              struct error *error);

/* The SHA-256 of a file's bytes in lowercase hexadecimal. Ends with RESULT_CANCELLED when another
 * thread sets *stop, which may be NULL. */
enum result digest_file_hex(const char *path, const atomic_bool *stop,
                            char hex[static DIGEST_HEX_SIZE], struct error *error);

/* Writes bytes as lowercase hexadecimal with a NUL behind; hex has 2 x length + 1 places. */
void digest_to_hex(const uint8_t *bytes, size_t length, char *hex);

/* The digest of bytes that come piece by piece. */
struct digest_stream;

/* Begins one; free with digest_stream_free. NULL when memory is short. */
struct digest_stream *digest_stream_new(void);

/* Takes in more bytes. A failure sticks; digest_stream_finish tells. */
void digest_stream_add(struct digest_stream *stream, const void *data, size_t length);

/* The digest of all of them, in lowercase hexadecimal; nothing can be added afterwards. */
enum result digest_stream_finish(struct digest_stream *stream, char hex[static DIGEST_HEX_SIZE],
                                 struct error *error);

/* NULL is harmless. */
void digest_stream_free(struct digest_stream *stream);

/* A prefix absorbed once and continued many times: the midstate cache of the draw's tickets. */
struct digest_prefix;

/* Absorbs a prefix; free with digest_prefix_free. NULL when memory is short. */
struct digest_prefix *digest_prefix_new(const void *data, size_t length);

/* SHA-256 of prefix || data. */
enum result digest_prefix_finish(struct digest_prefix *prefix, const void *data, size_t length,
                                 uint8_t digest[static DIGEST_SIZE], struct error *error);

void digest_prefix_free(struct digest_prefix *prefix);

#endif
