/* Tickets: the public lottery number that every unit, stratum and inspector gets from a draw's id
 * and its seed.
 *
 *   context = "draw-ticket/1\n" draw_id "\n" purpose "\n" seed "\n"
 *   key     = SHA-256(context) as 64 lowercase hexadecimal digits
 *   ticket  = SHA-256(key || id)
 *
 * By hand: printf %s%s $key $id | sha256sum */
#ifndef XINFENG_DRAW_TICKET_H
#define XINFENG_DRAW_TICKET_H

#include "base/digest.h"
#include "base/result.h"

#include <stdint.h>

/* What tickets are for; each purpose is a lottery of its own. */
#define DRAW_PURPOSE_UNIT "unit"           /* which units are drawn */
#define DRAW_PURPOSE_ROUND "round"         /* how the share of a stratum is rounded */
#define DRAW_PURPOSE_START "start"         /* where a systematic draw starts */
#define DRAW_PURPOSE_INSPECTOR "inspector" /* who goes */

/* Fewest digits of a public seed: 20 ten-sided dice, 66 bits. */
#define DRAW_SEED_DIGITS 20

/* Longest beacon value in bytes. */
#define DRAW_BEACON_LIMIT 1024

/* The key of one draw, purpose and seed, its midstate cached. */
struct draw_key;

/* Makes a key. Draw id, purpose and seed are texts without control characters (RESULT_USAGE
 * otherwise: a line break would let two contexts read alike); whether the seed is good enough for a
 * plan is for draw_seed_check. */
enum result draw_key_new(struct draw_key **key, const char *draw_id, const char *purpose,
                         const char *seed, struct error *error);

/* The key as published; owned by the key. */
const char *draw_key_hex(const struct draw_key *key);

/* The ticket of an id of length bytes. A key serves one thread at a time. */
enum result draw_ticket(struct draw_key *key, const char *id, size_t length,
                        uint8_t ticket[static DIGEST_SIZE], struct error *error);

/* The leading 64 bits of a ticket, big-endian. */
uint64_t draw_ticket_leading(const uint8_t ticket[static DIGEST_SIZE]);

void draw_key_free(struct draw_key *key);

/* RESULT_OK when the seed is at least DRAW_SEED_DIGITS ASCII digits and nothing else. It is a text:
 * leading zeros count. Full-width digits, which an input method slips in unseen, get a sentence of
 * their own. Otherwise RESULT_USAGE. */
enum result draw_seed_check(const char *seed, struct error *error);

/* RESULT_OK when the text can be the published value of a beacon: not empty, at most
 * DRAW_BEACON_LIMIT bytes of UTF-8, one line without control characters. Otherwise RESULT_USAGE. */
enum result draw_beacon_check(const char *value, struct error *error);

#endif
