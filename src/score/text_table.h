/* Numbers by text, for many texts: a text is known by 96 bits that are made of it, so the texts
 * themselves need not be kept. */
#ifndef XINFENG_SCORE_TEXT_TABLE_H
#define XINFENG_SCORE_TEXT_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is known of a text. one and two are both 0 for no text at all. */
struct text_key {
    uint64_t one;
    uint32_t two;
};

/* The key of a text without the bytes in skip ("" for none); the key of no text when nothing is
 * left, or text is NULL. */
struct text_key text_key_of(const char *text, const char *skip);

/* True for the key of no text. */
bool text_key_empty(struct text_key key);

struct text_slot {
    uint64_t one;
    uint32_t two;
    uint32_t number; /* 0: the slot is free */
};

/* All zero is an empty table. */
struct text_table {
    struct text_slot *slots;
    size_t mask;
    size_t count;
};

/* The slot of a key, which may be free and then has the key set already: give it a number other
 * than 0 before the next call. NULL when memory is short. */
struct text_slot *text_table_enter(struct text_table *table, struct text_key key);

/* The number of a key; 0 when it has none. */
uint32_t text_table_find(const struct text_table *table, struct text_key key);

void text_table_clear(struct text_table *table);

#endif
