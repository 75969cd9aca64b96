#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)16384)
#define ALIGNMENT (_Alignof(max_align_t))

struct block {
    struct block *next;
    size_t used;
    size_t size;
    max_align_t data[];
};

struct arena {
    struct block *blocks; /* the newest first; allocation tries only that one */
    bool failed;
};

struct arena *arena_new(void) {
    return calloc(1, sizeof(struct arena));
}

void *arena_alloc(struct arena *arena, size_t size) {
    if (size > SIZE_MAX - BLOCK_SIZE) {
        arena->failed = true;
        return NULL;
    }
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct block *block = arena->blocks;
    if (block == NULL || block->size - block->used < rounded) {
        size_t capacity = rounded > BLOCK_SIZE ? rounded : BLOCK_SIZE;
        block = malloc(sizeof(*block) + capacity);
        if (block == NULL) {
            arena->failed = true;
            return NULL;
        }
        *block = (struct block){.next = arena->blocks, .size = capacity};
        arena->blocks = block;
    }
    void *memory = (char *)block->data + block->used;
    block->used += rounded;
    return memset(memory, 0, rounded);
}

char *arena_strdup(struct arena *arena, const char *text) {
    if (text == NULL) {
        return NULL;
    }
    size_t size = strlen(text) + 1;
    char *copy = arena_alloc(arena, size);
    return copy == NULL ? NULL : memcpy(copy, text, size);
}

char *arena_strndup(struct arena *arena, const char *text, size_t most) {
    size_t length = strnlen(text, most);
    char *copy = arena_alloc(arena, length + 1);
    return copy == NULL ? NULL : memcpy(copy, text, length);
}

char *arena_printf(struct arena *arena, const char *format, ...) {
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = length < 0 ? NULL : arena_alloc(arena, (size_t)length + 1);
    if (text != NULL) {
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    return text;
}

bool arena_failed(const struct arena *arena) {
    return arena->failed;
}

void arena_reset(struct arena *arena) {
    struct block *first = arena->blocks;
    if (first == NULL) {
        return;
    }
    for (struct block *block = first->next; block != NULL;) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
    first->next = NULL;
    first->used = 0;
}

void arena_free(struct arena *arena) {
    if (arena == NULL) {
        return;
    }
    for (struct block *block = arena->blocks; block != NULL;) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
    free(arena);
}
