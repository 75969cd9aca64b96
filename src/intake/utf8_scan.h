/* Whether a stream of bytes is UTF-8 without a broken sequence or a zero byte, sixteen bytes at a
 * time. */
#ifndef XINFENG_INTAKE_UTF8_SCAN_H
#define XINFENG_INTAKE_UTF8_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/* All zero is a fresh one. */
struct utf8_scan {
    unsigned char before[16]; /* the bytes before the next ones; behind them those not looked at */
    unsigned char rest[16];
    size_t rest_length;
};

/* Looks at the next bytes; false when they, or those before them, are broken. */
bool utf8_scan_add(struct utf8_scan *scan, const unsigned char *bytes, size_t length);

/* Ends the stream; false when it broke off inside a character. */
bool utf8_scan_end(struct utf8_scan *scan);

#endif
