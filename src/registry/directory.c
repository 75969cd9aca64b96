#include "registry/directory.h"

#include "base/large_memory.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

/* One place of the table: half a cache line. */
struct slot {
    char uscc[USCC_LENGTH]; /* "" when free */
    uint16_t name_length;
    uint32_t id_low;
    uint64_t name_and_id; /* where the name starts: 48 bits; above it the id's bits from 32 on */
};

#define NAME_BITS 48

/* Names lie one behind the other in blocks of so many bytes. */
#define BLOCK_BITS 21
#define BLOCK_BYTES ((size_t)1 << BLOCK_BITS)

struct names {
    char **blocks;
    size_t count;
    size_t used; /* of the last block */
};

struct directory {
    struct slot *slots;
    size_t mask;
    size_t count;
    int64_t first;
    int64_t last;
    struct names names;
};

/* ---- names ---------------------------------------------------------------------------------- */

static bool add_block(struct names *names) {
    char **blocks = realloc(names->blocks, (names->count + 1) * sizeof(*blocks));
    if (blocks == NULL) {
        return false;
    }
    names->blocks = blocks;
    names->blocks[names->count] = large_memory_new(BLOCK_BYTES);
    if (names->blocks[names->count] == NULL) {
        return false;
    }
    names->count++;
    names->used = 0;
    return true;
}

/* Keeps a name, which is shorter than a block; false when memory is short. */
static bool keep_name(struct names *names, const char *name, size_t length, uint64_t *place) {
    if ((names->count == 0 || names->used + length > BLOCK_BYTES) && !add_block(names)) {
        return false;
    }
    memcpy(names->blocks[names->count - 1] + names->used, name, length);
    *place = (uint64_t)(names->count - 1) << BLOCK_BITS | names->used;
    names->used += length;
    return true;
}

static const char *name_at(const struct names *names, uint64_t place) {
    return names->blocks[place >> BLOCK_BITS] + (place & (BLOCK_BYTES - 1));
}

/* ---- the table ------------------------------------------------------------------------------ */

static size_t hash(const char *uscc) {
    uint64_t front;
    uint64_t back;
    memcpy(&front, uscc + 2, sizeof(front)); /* all start with 9 and a kind */
    memcpy(&back, uscc + USCC_LENGTH - sizeof(back), sizeof(back));
    uint64_t bits = (front ^ back * UINT64_C(0x9E3779B97F4A7C15)) * UINT64_C(0xD6E8FEB86659FD93);
    return (size_t)(bits ^ bits >> 32);
}

static struct slot *slot_of(const struct directory *directory, const char *uscc) {
    size_t place = hash(uscc) & directory->mask;
    while (directory->slots[place].uscc[0] != '\0' &&
           memcmp(directory->slots[place].uscc, uscc, USCC_LENGTH) != 0) {
        place = (place + 1) & directory->mask;
    }
    return &directory->slots[place];
}

/* False when memory is short. */
static bool add(struct directory *directory, int64_t id, const char *uscc, const char *name) {
    size_t length = strlen(name);
    uint64_t place = 0;
    /* A name that is longer than any is no name of a row either. */
    if (strlen(uscc) != USCC_LENGTH || length > UINT16_MAX || id >= INT64_C(1) << NAME_BITS) {
        return true;
    }
    if (!keep_name(&directory->names, name, length, &place)) {
        return false;
    }
    struct slot *slot = slot_of(directory, uscc);
    memcpy(slot->uscc, uscc, USCC_LENGTH);
    slot->name_length = (uint16_t)length;
    slot->id_low = (uint32_t)id;
    slot->name_and_id = place | (uint64_t)(id >> 32) << NAME_BITS;
    directory->first = directory->count == 0 ? id : directory->first;
    directory->last = id;
    directory->count++;
    return true;
}

/* Makes the table twice as large. */
static bool widen(struct directory *directory) {
    struct directory wider = {.mask = directory->mask * 2 + 1};
    wider.slots = large_memory_new((wider.mask + 1) * sizeof(*wider.slots));
    if (wider.slots == NULL) {
        return false;
    }
    for (size_t i = 0; i <= directory->mask; i++) {
        if (directory->slots[i].uscc[0] != '\0') {
            *slot_of(&wider, directory->slots[i].uscc) = directory->slots[i];
        }
    }
    free(directory->slots);
    directory->slots = wider.slots;
    directory->mask = wider.mask;
    return true;
}

bool directory_add(struct directory *directory, int64_t id, const char uscc[static USCC_LENGTH]) {
    char code[USCC_SIZE];
    if (directory->count * 4 > directory->mask * 3 && !widen(directory)) {
        return false;
    }
    memcpy(code, uscc, USCC_LENGTH);
    code[USCC_LENGTH] = '\0';
    return add(directory, id, code, "");
}

static enum result fill(struct directory *directory, struct store *store, struct error *error) {
    struct statement *rows = NULL;
    enum result code = store_query(
        &rows, store, "SELECT id, uscc, name FROM enterprise WHERE uscc IS NOT NULL ORDER BY id",
        NO_VALUES, error);
    bool row = true;
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        if (!add(directory, statement_int(rows, 0), statement_string(rows, 1),
                 statement_string(rows, 2))) {
            code = error_no_memory(error);
        }
    }
    statement_free(rows);
    return code;
}

enum result directory_new(struct directory **directory, struct store *store, struct error *error) {
    *directory = NULL;
    int64_t count = 0;
    enum result code =
        store_fetch_int(store, "SELECT count(*) FROM enterprise", NO_VALUES, 0, &count, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct directory *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    size_t capacity = 1024;
    while (capacity < (size_t)count + (size_t)count / 2) {
        capacity *= 2;
    }
    made->mask = capacity - 1;
    made->slots = large_memory_new(capacity * sizeof(*made->slots));
    code = made->slots == NULL ? error_no_memory(error) : fill(made, store, error);
    if (code != RESULT_OK) {
        directory_free(made);
        return code;
    }
    *directory = made;
    return RESULT_OK;
}

size_t directory_count(const struct directory *directory) {
    return directory->count;
}

int64_t directory_first(const struct directory *directory) {
    return directory->first;
}

int64_t directory_last(const struct directory *directory) {
    return directory->last;
}

void directory_prefetch(const struct directory *directory, const char uscc[static USCC_LENGTH]) {
    __builtin_prefetch(&directory->slots[hash(uscc) & directory->mask]);
}

bool directory_find(const struct directory *directory, const char uscc[static USCC_LENGTH],
                    struct directory_entry *entry) {
    const struct slot *slot = slot_of(directory, uscc);
    if (slot->uscc[0] == '\0') {
        return false;
    }
    entry->id = (int64_t)(slot->name_and_id >> NAME_BITS << 32 | slot->id_low);
    entry->name = name_at(&directory->names, slot->name_and_id & ((UINT64_C(1) << NAME_BITS) - 1));
    entry->name_length = slot->name_length;
    return true;
}

void directory_prefetch_name(const struct directory_entry *entry) {
    __builtin_prefetch(entry->name);
    __builtin_prefetch(entry->name + entry->name_length);
}

void directory_free(struct directory *directory) {
    if (directory == NULL) {
        return;
    }
    free(directory->slots);
    for (size_t i = 0; i < directory->names.count; i++) {
        free(directory->names.blocks[i]);
    }
    free(directory->names.blocks);
    free(directory);
}
