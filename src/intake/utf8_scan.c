#include "intake/utf8_scan.h"

#include <string.h>

#define BLOCK ((size_t)16)

/* Sixteen bytes; comparing two gives all ones where it holds. */
typedef unsigned char bytes16 __attribute__((vector_size(16)));

static bytes16 load(const unsigned char *bytes) {
    bytes16 block;
    memcpy(&block, bytes, sizeof(block));
    return block;
}

/* What is wrong with the sixteen bytes at text, before which three others stand: a byte that goes
 * on a character must follow a lead, and no other may; some leads bound the byte behind them, so
 * that there are no overlong forms, no surrogates and nothing beyond U+10FFFF. */
static bytes16 find_broken(const unsigned char *text) {
    bytes16 byte = load(text);
    bytes16 first = load(text - 1);
    bytes16 second = load(text - 2);
    bytes16 third = load(text - 3);
    bytes16 must = (bytes16)(first >= 0xC0) | (bytes16)(second >= 0xE0) | (bytes16)(third >= 0xF0);
    bytes16 does = (bytes16)((byte & 0xC0) == 0x80);
    bytes16 broken = must ^ does;
    broken |= (bytes16)(first == 0xE0) & (bytes16)(byte < 0xA0);
    broken |= (bytes16)(first == 0xED) & (bytes16)(byte > 0x9F);
    broken |= (bytes16)(first == 0xF0) & (bytes16)(byte < 0x90);
    broken |= (bytes16)(first == 0xF4) & (bytes16)(byte > 0x8F);
    return broken | (bytes16)(byte == 0xC0) | (bytes16)(byte == 0xC1) | (bytes16)(byte > 0xF4) |
           (bytes16)(byte == 0);
}

static bool is_clear(bytes16 broken) {
    unsigned long long halves[2];
    memcpy(halves, &broken, sizeof(halves));
    return (halves[0] | halves[1]) == 0;
}

/* Looks at one block that stands apart. */
static bool add_block(struct utf8_scan *scan, const unsigned char *block) {
    unsigned char both[2 * BLOCK];
    memcpy(both, scan->before, BLOCK);
    memcpy(both + BLOCK, block, BLOCK);
    memcpy(scan->before, block, BLOCK);
    return is_clear(find_broken(both + BLOCK));
}

bool utf8_scan_add(struct utf8_scan *scan, const unsigned char *bytes, size_t length) {
    if (scan->rest_length > 0 || length < 2 * BLOCK) {
        size_t wanted = BLOCK - scan->rest_length;
        size_t taken = wanted < length ? wanted : length;
        memcpy(scan->rest + scan->rest_length, bytes, taken);
        scan->rest_length += taken;
        if (scan->rest_length < BLOCK) {
            return true;
        }
        scan->rest_length = 0;
        return add_block(scan, scan->rest) && utf8_scan_add(scan, bytes + taken, length - taken);
    }
    bool good = add_block(scan, bytes);
    bytes16 broken = {0};
    size_t at = BLOCK;
    for (; at + BLOCK <= length; at += BLOCK) {
        broken |= find_broken(bytes + at);
    }
    memcpy(scan->before, bytes + at - BLOCK, BLOCK);
    scan->rest_length = length - at;
    memcpy(scan->rest, bytes + at, scan->rest_length);
    return good && is_clear(broken);
}

bool utf8_scan_end(struct utf8_scan *scan) {
    memset(scan->rest + scan->rest_length, ' ', BLOCK - scan->rest_length);
    scan->rest_length = 0;
    unsigned char blanks[BLOCK];
    memset(blanks, ' ', sizeof(blanks));
    return add_block(scan, scan->rest) && add_block(scan, blanks);
}
