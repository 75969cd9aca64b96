#include "draw/fields.h"

#include "base/gettext.h"
#include "draw/plain.h"

#include <stdlib.h>
#include <string.h>

const char *fields_text_rule(const char *text) {
    return draw_plain(text) ? NULL : _("a text without control characters");
}

char fields_letter(const struct json_node *node, const char *key) {
    const char *text = json_read_text(node, key);
    if (text[0] < 'A' || text[0] > 'Z' || text[1] != '\0') {
        struct json_node member = json_read_member(node, key);
        json_read_wrong(&member, _("one capital letter"));
        return '?';
    }
    return text[0];
}

uint64_t fields_number(const struct json_node *node, const char *key) {
    return (uint64_t)json_read_int(node, key, 0, DRAW_NUMBER_LIMIT);
}

uint64_t fields_maximum(const struct json_node *node, const char *key) {
    json_read_stated(node, key);
    int64_t number = json_read_int_or(node, key, 0, DRAW_NUMBER_LIMIT, -1);
    return number < 0 ? DRAW_NO_MAXIMUM : (uint64_t)number;
}

static struct draw_rate read_rate(const struct json_node *rate) {
    json_read_only(rate, JSON_WORDS("num", "den"));
    return (struct draw_rate){fields_number(rate, "num"), fields_number(rate, "den")};
}

struct draw_rate fields_rate(const struct json_node *node, const char *key) {
    struct json_node rate = json_read_object(node, key);
    return read_rate(&rate);
}

struct draw_rate fields_rate_or_none(const struct json_node *node, const char *key) {
    json_read_stated(node, key);
    struct json_node rate = json_read_object_or_none(node, key);
    return rate.value == NULL ? (struct draw_rate){0, 0} : read_rate(&rate);
}

enum result fields_digest(const json_t *json, char hex[static DIGEST_HEX_SIZE],
                          struct error *error) {
    char *text = json == NULL ? NULL : json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
    if (text == NULL) {
        return error_no_memory(error);
    }
    enum result code = digest_sha256_hex(text, strlen(text), hex, error);
    free(text);
    return code;
}
