#include "score/text_table.h"

#include "base/large_memory.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_SLOTS 4096

struct text_key text_key_of(const char *text, const char *skip) {
    uint64_t one = UINT64_C(0xCBF29CE484222325);
    uint64_t two = UINT64_C(0x84222325CBF29CE4);
    bool any = false;
    for (; text != NULL && *text != '\0'; text++) {
        if (*skip != '\0' && strchr(skip, *text) != NULL) {
            continue;
        }
        any = true;
        one = (one ^ (unsigned char)*text) * UINT64_C(0x100000001B3);
        two = (two + (unsigned char)*text) * UINT64_C(0xD6E8FEB86659FD93);
        two ^= two >> 32;
    }
    return any ? (struct text_key){.one = one ^ one >> 29, .two = (uint32_t)(two >> 32) | 1}
               : (struct text_key){0};
}

bool text_key_empty(struct text_key key) {
    return key.one == 0 && key.two == 0;
}

static struct text_slot *find(const struct text_table *table, struct text_key key) {
    size_t place = (size_t)(key.one * UINT64_C(0x9E3779B97F4A7C15) >> 20) & table->mask;
    while (table->slots[place].number != 0 &&
           (table->slots[place].one != key.one || table->slots[place].two != key.two)) {
        place = (place + 1) & table->mask;
    }
    return &table->slots[place];
}

static bool widen(struct text_table *table) {
    struct text_table wider = {.mask =
                                   table->slots == NULL ? FIRST_SLOTS - 1 : table->mask * 2 + 1};
    wider.slots = large_memory_new((wider.mask + 1) * sizeof(*wider.slots));
    if (wider.slots == NULL) {
        return false;
    }
    for (size_t i = 0; table->slots != NULL && i <= table->mask; i++) {
        const struct text_slot *slot = &table->slots[i];
        if (slot->number != 0) {
            *find(&wider, (struct text_key){slot->one, slot->two}) = *slot;
        }
    }
    free(table->slots);
    table->slots = wider.slots;
    table->mask = wider.mask;
    return true;
}

struct text_slot *text_table_enter(struct text_table *table, struct text_key key) {
    if ((table->slots == NULL || table->count * 4 > table->mask * 3) && !widen(table)) {
        return NULL;
    }
    struct text_slot *slot = find(table, key);
    if (slot->number == 0) {
        slot->one = key.one;
        slot->two = key.two;
        table->count++;
    }
    return slot;
}

uint32_t text_table_find(const struct text_table *table, struct text_key key) {
    return table->slots == NULL ? 0 : find(table, key)->number;
}

void text_table_clear(struct text_table *table) {
    free(table->slots);
    *table = (struct text_table){0};
}
