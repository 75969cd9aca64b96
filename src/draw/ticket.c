#include "draw/ticket.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "draw/plain.h"

#include <stdlib.h>
#include <string.h>

struct draw_key {
    char hex[DIGEST_HEX_SIZE];
    struct digest_prefix *prefix; /* hex is one block of SHA-256, so its midstate can be kept */
};

static enum result context_hex(const char *draw_id, const char *purpose, const char *seed,
                               char hex[static DIGEST_HEX_SIZE], struct error *error) {
    const char *const lines[] = {"draw-ticket/1", draw_id, purpose, seed};
    struct buffer context = BUFFER_INIT;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        buffer_append_text(&context, lines[i]);
        buffer_append_char(&context, '\n');
    }
    enum result code = context.failed ? error_no_memory(error)
                                      : digest_sha256_hex(context.data, context.length, hex, error);
    buffer_free(&context);
    return code;
}

enum result draw_key_new(struct draw_key **result, const char *draw_id, const char *purpose,
                         const char *seed, struct error *error) {
    if (!draw_plain(draw_id) || !draw_plain(purpose) || !draw_plain(seed)) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("The draw id or the seed holds a line break, another control character "
                           "or broken text; write it on one line."));
    }
    struct draw_key *key = calloc(1, sizeof(*key));
    if (key == NULL) {
        return error_no_memory(error);
    }
    enum result code = context_hex(draw_id, purpose, seed, key->hex, error);
    if (code == RESULT_OK) {
        key->prefix = digest_prefix_new(key->hex, strlen(key->hex));
        if (key->prefix == NULL) {
            code = error_no_memory(error);
        }
    }
    if (code != RESULT_OK) {
        draw_key_free(key);
        return code;
    }
    *result = key;
    return RESULT_OK;
}

const char *draw_key_hex(const struct draw_key *key) {
    return key->hex;
}

enum result draw_ticket(struct draw_key *key, const char *id, size_t length,
                        uint8_t ticket[static DIGEST_SIZE], struct error *error) {
    return digest_prefix_finish(key->prefix, id, length, ticket, error);
}

uint64_t draw_ticket_leading(const uint8_t ticket[static DIGEST_SIZE]) {
    uint64_t leading = 0;
    for (size_t i = 0; i < sizeof(leading); i++) {
        leading = leading << 8 | ticket[i];
    }
    return leading;
}

void draw_key_free(struct draw_key *key) {
    if (key == NULL) {
        return;
    }
    digest_prefix_free(key->prefix);
    free(key);
}

/* True when the text has a full-width digit, U+FF10 to U+FF19. */
static bool has_wide_digit(const char *text) {
    for (const char *at = text; (at = strstr(at, "\xef\xbc")) != NULL; at++) {
        unsigned char last = (unsigned char)at[2];
        if (last >= 0x90 && last <= 0x99) {
            return true;
        }
    }
    return false;
}

enum result draw_seed_check(const char *seed, struct error *error) {
    if (has_wide_digit(seed)) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("The seed has full-width digits; switch the input method to half-width "
                           "and type the digits again."));
    }
    size_t digits = strspn(seed, "0123456789");
    if (seed[digits] != '\0') {
        return error_set(error, RESULT_USAGE,
                         _("Character %zu of the seed is not a digit from 0 to 9; write the digits "
                           "as they were thrown, without blanks or other characters."),
                         digits + 1);
    }
    if (digits < DRAW_SEED_DIGITS) {
        return error_set(error, RESULT_USAGE,
                         _("The seed has %zu digits; at least %d are needed, leading zeros "
                           "included."),
                         digits, DRAW_SEED_DIGITS);
    }
    return RESULT_OK;
}

enum result draw_beacon_check(const char *value, struct error *error) {
    size_t length = strlen(value);
    if (strspn(value, " ") == length) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("The value of the beacon is empty; copy it from its source."));
    }
    if (length > DRAW_BEACON_LIMIT) {
        return error_set(error, RESULT_USAGE,
                         _("The value of the beacon has %zu bytes; at most %d are taken."), length,
                         DRAW_BEACON_LIMIT);
    }
    if (!draw_plain(value)) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("The value of the beacon holds a line break, another control character "
                           "or broken text; copy it as one line."));
    }
    return RESULT_OK;
}
