#include "registry/key_sort.h"

#include <stdbool.h>
#include <string.h>

/* So few are sorted by inserting. */
#define FEW 24

#define HEAD_BYTES sizeof(uint64_t)

static void insert_sort(struct sort_key *keys, size_t count) {
    for (size_t i = 1; i < count; i++) {
        struct sort_key key = keys[i];
        size_t place = i;
        for (; place > 0 && keys[place - 1].head > key.head; place--) {
            keys[place] = keys[place - 1];
        }
        keys[place] = key;
    }
}

static void swap(struct sort_key *left, struct sort_key *right) {
    struct sort_key kept = *left;
    *left = *right;
    *right = kept;
}

static uint64_t middle_of(uint64_t one, uint64_t two, uint64_t three) {
    if (one > two) {
        uint64_t kept = one;
        one = two;
        two = kept;
    }
    return three <= one ? one : three >= two ? two : three;
}

/* Sorts by heads alone: smaller ones, equal ones, larger ones, and so on within. */
static void sort_heads(struct sort_key *keys, size_t count) {
    while (count > FEW) {
        uint64_t pivot = middle_of(keys[0].head, keys[count / 2].head, keys[count - 1].head);
        size_t smaller = 0;
        size_t larger = count;
        for (size_t i = 0; i < larger;) {
            if (keys[i].head < pivot) {
                swap(&keys[i++], &keys[smaller++]);
            } else if (keys[i].head > pivot) {
                swap(&keys[i], &keys[--larger]);
            } else {
                i++;
            }
        }
        /* The smaller side by recursion, so that it never goes deep. */
        if (smaller < count - larger) {
            sort_heads(keys, smaller);
            keys += larger;
            count -= larger;
        } else {
            sort_heads(keys + larger, count - larger);
            count = smaller;
        }
    }
    insert_sort(keys, count);
}

/* The eight bytes of a text from a depth on, as a number; zeros behind its end. */
static uint64_t head_at(const struct sort_key *key, size_t depth) {
    uint64_t head = 0;
    size_t length = key->length > depth ? key->length - depth : 0;
    if (length >= HEAD_BYTES) {
        memcpy(&head, key->text + depth, HEAD_BYTES);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        head = __builtin_bswap64(head);
#endif
        return head;
    }
    for (size_t i = 0; i < HEAD_BYTES; i++) {
        head = head << 8 | (i < length ? key->text[depth + i] : 0);
    }
    return head;
}

/* Sorts keys that are alike up to a depth. */
static void sort_from(struct sort_key *keys, size_t count, size_t depth) {
    bool alike = false;
    bool ended = false;
    do {
        alike = true;
        ended = true;
        for (size_t i = 0; i < count; i++) {
            keys[i].head = head_at(&keys[i], depth);
            alike = alike && keys[i].head == keys[0].head;
            ended = ended && keys[i].length <= depth;
        }
        depth += HEAD_BYTES;
    } while (alike && !ended);
    if (ended) {
        for (size_t i = 0; i < count; i++) {
            keys[i].head = keys[i].number;
        }
        sort_heads(keys, count);
        return;
    }
    sort_heads(keys, count);
    for (size_t start = 0; start < count;) {
        size_t end = start + 1;
        while (end < count && keys[end].head == keys[start].head) {
            end++;
        }
        if (end - start > 1) {
            sort_from(keys + start, end - start, depth);
        }
        start = end;
    }
}

void key_sort(struct sort_key *keys, size_t count) {
    if (count > 1) {
        sort_from(keys, count, 0);
    }
}
