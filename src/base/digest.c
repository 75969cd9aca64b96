#include "base/digest.h"

#include "base/gettext.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>

static enum result library_failed(struct error *error) {
    return error_set(error, RESULT_NO_MEMORY, "%s",
                     _("The cryptographic library could not compute a SHA-256 digest."));
}

enum result digest_sha256(const void *data, size_t length, uint8_t digest[static DIGEST_SIZE],
                          struct error *error) {
    if (EVP_Digest(data, length, digest, NULL, EVP_sha256(), NULL) != 1) {
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

enum result digest_file_hex(const char *path, char hex[static DIGEST_HEX_SIZE],
                            struct error *error) {
    enum result code = RESULT_OK;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return error_from_errno(error, _("open"), path);
    }
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (context == NULL || EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1) {
        code = library_failed(error);
        goto done;
    }
    uint8_t chunk[65536];
    size_t length;
    while ((length = fread(chunk, 1, sizeof(chunk), file)) > 0) {
        if (EVP_DigestUpdate(context, chunk, length) != 1) {
            code = library_failed(error);
            goto done;
        }
    }
    if (ferror(file)) {
        code = error_from_errno(error, _("read"), path);
        goto done;
    }
    uint8_t digest[DIGEST_SIZE];
    if (EVP_DigestFinal_ex(context, digest, NULL) != 1) {
        code = library_failed(error);
        goto done;
    }
    digest_to_hex(digest, DIGEST_SIZE, hex);
done:
    EVP_MD_CTX_free(context);
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
