#include "base/digest.h"

#include "base/gettext.h"

/* A digest of a short text costs a quarter of what it does by way of EVP. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>

static enum result library_failed(struct error *error) {
    return error_set(error, RESULT_NO_MEMORY, "%s",
                     _("The cryptographic library could not compute a SHA-256 digest."));
}

enum result digest_sha256(const void *data, size_t length, uint8_t digest[static DIGEST_SIZE],
                          struct error *error) {
    SHA256_CTX context;
    if (SHA256_Init(&context) != 1 || SHA256_Update(&context, data, length) != 1 ||
        SHA256_Final(digest, &context) != 1) {
        return library_failed(error);
    }
    return RESULT_OK;
}

void digest_to_hex(const uint8_t *bytes, size_t length, char *hex) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < length; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    hex[2 * length] = '\0';
}

enum result digest_sha256_hex(const void *data, size_t length, char hex[static DIGEST_HEX_SIZE],
                              struct error *error) {
    uint8_t digest[DIGEST_SIZE];
    enum result code = digest_sha256(data, length, digest, error);
    if (code == RESULT_OK) {
        digest_to_hex(digest, DIGEST_SIZE, hex);
    }
    return code;
}

struct digest_stream {
    EVP_MD_CTX *context;
    bool failed;
};

struct digest_stream *digest_stream_new(void) {
    struct digest_stream *stream = calloc(1, sizeof(*stream));
    if (stream == NULL) {
        return NULL;
    }
    stream->context = EVP_MD_CTX_new();
    if (stream->context == NULL || EVP_DigestInit_ex(stream->context, EVP_sha256(), NULL) != 1) {
        digest_stream_free(stream);
        return NULL;
    }
    return stream;
}

void digest_stream_add(struct digest_stream *stream, const void *data, size_t length) {
    stream->failed = stream->failed || EVP_DigestUpdate(stream->context, data, length) != 1;
}

enum result digest_stream_finish(struct digest_stream *stream, char hex[static DIGEST_HEX_SIZE],
                                 struct error *error) {
    uint8_t digest[DIGEST_SIZE];
    if (stream->failed || EVP_DigestFinal_ex(stream->context, digest, NULL) != 1) {
        return library_failed(error);
    }
    digest_to_hex(digest, DIGEST_SIZE, hex);
    return RESULT_OK;
}

void digest_stream_free(struct digest_stream *stream) {
    if (stream == NULL) {
        return;
    }
    EVP_MD_CTX_free(stream->context);
    free(stream);
}

enum result digest_file_hex(const char *path, const atomic_bool *stop,
                            char hex[static DIGEST_HEX_SIZE], struct error *error) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return error_from_errno(error, _("open"), path);
    }
    struct digest_stream *stream = digest_stream_new();
    enum result code = stream == NULL ? library_failed(error) : RESULT_OK;
    uint8_t chunk[65536];
    size_t length;
    while (code == RESULT_OK && (length = fread(chunk, 1, sizeof(chunk), file)) > 0) {
        digest_stream_add(stream, chunk, length);
        if (stop != NULL && atomic_load(stop)) {
            code = error_set(error, RESULT_CANCELLED, "%s", _("Stopped; nothing was changed."));
        }
    }
    if (code == RESULT_OK && ferror(file)) {
        code = error_from_errno(error, _("read"), path);
    }
    if (code == RESULT_OK) {
        code = digest_stream_finish(stream, hex, error);
    }
    digest_stream_free(stream);
    fclose(file);
    return code;
}

struct digest_prefix {
    EVP_MD_CTX *absorbed; /* the midstate behind the prefix */
    EVP_MD_CTX *working;  /* a copy that goes on with one unit */
};

struct digest_prefix *digest_prefix_new(const void *data, size_t length) {
    struct digest_prefix *prefix = calloc(1, sizeof(*prefix));
    if (prefix == NULL) {
        return NULL;
    }
    prefix->absorbed = EVP_MD_CTX_new();
    prefix->working = EVP_MD_CTX_new();
    if (prefix->absorbed == NULL || prefix->working == NULL ||
        EVP_DigestInit_ex(prefix->absorbed, EVP_sha256(), NULL) != 1 ||
        EVP_DigestUpdate(prefix->absorbed, data, length) != 1) {
        digest_prefix_free(prefix);
        return NULL;
    }
    return prefix;
}

enum result digest_prefix_finish(struct digest_prefix *prefix, const void *data, size_t length,
                                 uint8_t digest[static DIGEST_SIZE], struct error *error) {
    if (EVP_MD_CTX_copy_ex(prefix->working, prefix->absorbed) != 1 ||
        EVP_DigestUpdate(prefix->working, data, length) != 1 ||
        EVP_DigestFinal_ex(prefix->working, digest, NULL) != 1) {
        return library_failed(error);
    }
    return RESULT_OK;
}

void digest_prefix_free(struct digest_prefix *prefix) {
    if (prefix == NULL) {
        return;
    }
    EVP_MD_CTX_free(prefix->absorbed);
    EVP_MD_CTX_free(prefix->working);
    free(prefix);
}
