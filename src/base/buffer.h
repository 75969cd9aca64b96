/* A growing byte string. Failure to allocate sticks: later calls do nothing, and buffer_take or
 * buffer_failed tells at the end, so that writers need no check a line. */
#ifndef XINFENG_BASE_BUFFER_H
#define XINFENG_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer {
    char *data; /* always NUL-terminated once anything was added; owned */
    size_t length;
    size_t capacity;
    bool failed;
};

#define BUFFER_INIT                                                                                \
    { NULL, 0, 0, false }

/* Adds length bytes. */
void buffer_append(struct buffer *buffer, const void *data, size_t length);

/* Adds a NUL-terminated string. */
void buffer_append_text(struct buffer *buffer, const char *text);

/* Adds one byte. */
void buffer_append_char(struct buffer *buffer, char byte);

/* Adds a number in decimal. */
void buffer_append_number(struct buffer *buffer, int64_t number);

/* Adds length bytes to be filled by the caller, and tells where; NULL when memory is short. */
char *buffer_extend(struct buffer *buffer, size_t length);

/* Adds formatted text. */
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Forgets the contents, keeps the memory. */
void buffer_reset(struct buffer *buffer);

/* The contents as a string; "" when empty. Owned by the buffer. */
const char *buffer_text(const struct buffer *buffer);

/* Hands the contents over to the caller (free with free) and empties the buffer; NULL when an
 * allocation failed on the way. */
char *buffer_take(struct buffer *buffer);

/* Releases the memory; the buffer is as fresh. */
void buffer_free(struct buffer *buffer);

#endif
