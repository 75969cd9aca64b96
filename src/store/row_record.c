#include "store/row_record.h"

#include <string.h>

size_t row_record_put_varint(unsigned char *out, uint64_t number) {
    if (number < 0x80) {
        out[0] = (unsigned char)number;
        return 1;
    }
    unsigned char digits[ROW_RECORD_VARINT_MAX];
    size_t count = 0;
    if (number >> 56 != 0) {
        for (int i = 8; i >= 0; i--) {
            bool last = i == 8;
            out[i] = (unsigned char)(last ? number : (number | 0x80));
            number >>= last ? 8 : 7;
        }
        return ROW_RECORD_VARINT_MAX;
    }
    for (; number > 0; number >>= 7) {
        digits[count++] = (unsigned char)(number & 0x7F);
    }
    for (size_t i = 0; i < count; i++) {
        out[i] = (unsigned char)(digits[count - 1 - i] | (i + 1 < count ? 0x80 : 0));
    }
    return count;
}

/* The serial type of a whole number, and how many bytes its value takes. */
static unsigned int_type(int64_t number, size_t *bytes) {
    static const struct {
        int64_t most;
        unsigned type;
        size_t bytes;
    } sizes[] = {
        {0x7F, 1, 1}, {0x7FFF, 2, 2}, {0x7FFFFF, 3, 3}, {0x7FFFFFFF, 4, 4}, {0x7FFFFFFFFFFF, 5, 6}};
    if (number == 0 || number == 1) {
        *bytes = 0;
        return number == 0 ? 8 : 9;
    }
    int64_t size = number < 0 ? ~number : number;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        if (size <= sizes[i].most) {
            *bytes = sizes[i].bytes;
            return sizes[i].type;
        }
    }
    *bytes = 8;
    return 6;
}

static uint64_t serial_type(const struct value *value, size_t *bytes) {
    switch (value->type) {
    case VALUE_INT:
        return int_type(value->number, bytes);
    case VALUE_TEXT:
        *bytes = value->length;
        return 13 + 2 * (uint64_t)value->length;
    case VALUE_BLOB:
        *bytes = value->length;
        return 12 + 2 * (uint64_t)value->length;
    case VALUE_NULL:
        break;
    }
    *bytes = 0;
    return 0;
}

size_t row_record_bound(const struct value *values, size_t count) {
    size_t bound = ROW_RECORD_VARINT_MAX;
    for (size_t i = 0; i < count; i++) {
        bool long_value = values[i].type == VALUE_TEXT || values[i].type == VALUE_BLOB;
        bound += ROW_RECORD_VARINT_MAX + (long_value ? values[i].length : 8);
    }
    return bound;
}

static unsigned char *put_value(unsigned char *out, const struct value *value, size_t bytes) {
    if (value->type == VALUE_INT) {
        for (size_t i = 0; i < bytes; i++) {
            out[i] = (unsigned char)((uint64_t)value->number >> 8 * (bytes - 1 - i));
        }
    } else if (bytes > 0) {
        memcpy(out, value->data, bytes);
    }
    return out + bytes;
}

size_t row_record_encode(const struct value *values, size_t count, unsigned char *out) {
    /* The header tells its own length first: one byte nearly always, and then moved when not. */
    unsigned char *place = out + 1;
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++) {
        place += row_record_put_varint(place, serial_type(&values[i], &bytes));
    }
    size_t header = (size_t)(place - out);
    if (header >= 0x80) {
        memmove(out + 2, out + 1, header - 1);
        place++;
        row_record_put_varint(out, header + 1);
    } else {
        out[0] = (unsigned char)header;
    }
    for (size_t i = 0; i < count; i++) {
        serial_type(&values[i], &bytes);
        place = put_value(place, &values[i], bytes);
    }
    return (size_t)(place - out);
}
