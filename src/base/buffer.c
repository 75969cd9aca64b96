#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes room for extra bytes and a NUL; false when that failed now or before. */
static bool reserve(struct buffer *buffer, size_t extra) {
    if (buffer->failed) {
        return false;
    }
    if (extra >= (size_t)-1 / 2 - buffer->length) {
        buffer->failed = true;
        return false;
    }
    size_t needed = buffer->length + extra + 1;
    if (needed <= buffer->capacity) {
        return true;
    }
    size_t capacity = buffer->capacity == 0 ? 64 : buffer->capacity;
    while (capacity < needed) {
        capacity *= 2;
    }
    char *data = realloc(buffer->data, capacity);
    if (data == NULL) {
        buffer->failed = true;
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

void buffer_append(struct buffer *buffer, const void *data, size_t length) {
    if (!reserve(buffer, length)) {
        return;
    }
    if (length > 0) {
        memcpy(buffer->data + buffer->length, data, length);
    }
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
}

char *buffer_extend(struct buffer *buffer, size_t length) {
    if (!reserve(buffer, length)) {
        return NULL;
    }
    char *place = buffer->data + buffer->length;
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
    return place;
}

void buffer_append_text(struct buffer *buffer, const char *text) {
    buffer_append(buffer, text, strlen(text));
}

void buffer_append_number(struct buffer *buffer, int64_t number) {
    char digits[20]; /* as many as the largest has, and its sign */
    size_t at = sizeof(digits);
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0) {
        digits[--at] = '-';
    }
    buffer_append(buffer, digits + at, sizeof(digits) - at);
}

void buffer_append_char(struct buffer *buffer, char byte) {
    buffer_append(buffer, &byte, 1);
}

void buffer_printf(struct buffer *buffer, const char *format, ...) {
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0) {
        buffer->failed = true;
    } else if (reserve(buffer, (size_t)length)) {
        vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
}

void buffer_reset(struct buffer *buffer) {
    buffer->length = 0;
    if (buffer->data != NULL) {
        buffer->data[0] = '\0';
    }
}

const char *buffer_text(const struct buffer *buffer) {
    return buffer->data == NULL ? "" : buffer->data;
}

char *buffer_take(struct buffer *buffer) {
    if (!reserve(buffer, 0)) {
        buffer_free(buffer);
        return NULL;
    }
    char *data = buffer->data;
    data[buffer->length] = '\0';
    *buffer = (struct buffer)BUFFER_INIT;
    return data;
}

void buffer_free(struct buffer *buffer) {
    free(buffer->data);
    *buffer = (struct buffer)BUFFER_INIT;
}
