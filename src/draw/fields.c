#include "draw/fields.h"

#include "base/gettext.h"
#include "draw/plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fields_where(char where[static FIELDS_WHERE_SIZE], const char *array, size_t index) {
    snprintf(where, FIELDS_WHERE_SIZE, "%s[%zu]", array, index);
}

/* Keeps the first fault: "rate" in measures.classes[2] must be ... */
static void fault(struct fields *fields, const char *where, const char *key, const char *rule) {
    if (fields->code != RESULT_OK) {
        return;
    }
    if (key == NULL) {
        fields->code = error_set(fields->error, RESULT_INVALID,
                                 _("The record is not readable: %s must be %s."), where, rule);
    } else {
        fields->code =
            error_set(fields->error, RESULT_INVALID,
                      _("The record is not readable: \"%s\" in %s must be %s."), key, where, rule);
    }
}

void fields_keys(struct fields *fields, const json_t *json, const char *where,
                 const char *const *keys) {
    if (!json_is_object(json)) {
        fault(fields, where, NULL, _("an object"));
        return;
    }
    for (void *at = json_object_iter((json_t *)json); at != NULL;
         at = json_object_iter_next((json_t *)json, at)) {
        const char *name = json_object_iter_key(at);
        size_t i = 0;
        while (keys[i] != NULL && strcmp(keys[i], name) != 0) {
            i++;
        }
        if (keys[i] == NULL && fields->code == RESULT_OK) {
            fields->code = error_set(fields->error, RESULT_INVALID,
                                     _("The record is not readable: %s has an unknown key \"%s\"."),
                                     where, draw_plain(name) ? name : "?");
        }
    }
}

/* Copies the text of a value; fails with the name of its place. */
static const char *copy_text(struct fields *fields, const json_t *value, const char *where,
                             const char *key) {
    const char *text = json_string_value(value);
    if (text == NULL || !draw_plain(text)) {
        fault(fields, where, key, _("a text without control characters"));
        return "";
    }
    const char *copy = arena_strdup(fields->arena, text);
    if (copy == NULL) {
        if (fields->code == RESULT_OK) {
            fields->code = error_no_memory(fields->error);
        }
        return "";
    }
    return copy;
}

const char *fields_text(struct fields *fields, const json_t *json, const char *where,
                        const char *key) {
    return copy_text(fields, json_object_get(json, key), where, key);
}

const char *fields_text_or_null(struct fields *fields, const json_t *json, const char *where,
                                const char *key) {
    const json_t *value = json_object_get(json, key);
    return json_is_null(value) ? NULL : copy_text(fields, value, where, key);
}

const char *fields_text_value(struct fields *fields, const json_t *value, const char *where) {
    return copy_text(fields, value, where, NULL);
}

char fields_letter(struct fields *fields, const json_t *json, const char *where, const char *key) {
    const char *text = json_string_value(json_object_get(json, key));
    if (text == NULL || text[0] < 'A' || text[0] > 'Z' || text[1] != '\0') {
        fault(fields, where, key, _("one capital letter"));
        return '?';
    }
    return text[0];
}

static uint64_t number_value(struct fields *fields, const json_t *value, const char *where,
                             const char *key) {
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < 0 || (uint64_t)number > DRAW_NUMBER_LIMIT) {
        fault(fields, where, key, _("a whole number from 0 to 1,000,000,000"));
        return 0;
    }
    return (uint64_t)number;
}

uint64_t fields_number(struct fields *fields, const json_t *json, const char *where,
                       const char *key) {
    return number_value(fields, json_object_get(json, key), where, key);
}

uint64_t fields_number_or(struct fields *fields, const json_t *json, const char *where,
                          const char *key, uint64_t otherwise) {
    const json_t *value = json_object_get(json, key);
    return json_is_null(value) ? otherwise : number_value(fields, value, where, key);
}

bool fields_flag(struct fields *fields, const json_t *json, const char *where, const char *key) {
    const json_t *value = json_object_get(json, key);
    if (!json_is_boolean(value)) {
        fault(fields, where, key, _("true or false"));
    }
    return json_is_true(value);
}

size_t fields_word(struct fields *fields, const json_t *json, const char *where, const char *key,
                   const char *const *words) {
    const char *text = json_string_value(json_object_get(json, key));
    for (size_t i = 0; words[i] != NULL; i++) {
        if (text != NULL && strcmp(text, words[i]) == 0) {
            return i;
        }
    }
    fault(fields, where, key, _("one of the words laid down for it"));
    return 0;
}

struct draw_rate fields_rate(struct fields *fields, const json_t *json, const char *where,
                             const char *key) {
    static const char *const keys[] = {"num", "den", NULL};
    const json_t *value = fields_object(fields, json, where, key);
    if (value == NULL) {
        return (struct draw_rate){0, 0};
    }
    fields_keys(fields, value, where, keys);
    return (struct draw_rate){.num = fields_number(fields, value, where, "num"),
                              .den = fields_number(fields, value, where, "den")};
}

struct draw_rate fields_rate_or_none(struct fields *fields, const json_t *json, const char *where,
                                     const char *key) {
    return json_is_null(json_object_get(json, key)) ? (struct draw_rate){0, 0}
                                                    : fields_rate(fields, json, where, key);
}

const json_t *fields_array(struct fields *fields, const json_t *json, const char *where,
                           const char *key) {
    const json_t *value = json_object_get(json, key);
    if (!json_is_array(value)) {
        fault(fields, where, key, _("an array"));
        return NULL;
    }
    return value;
}

const json_t *fields_object(struct fields *fields, const json_t *json, const char *where,
                            const char *key) {
    const json_t *value = json_object_get(json, key);
    if (!json_is_object(value)) {
        fault(fields, where, key, _("an object"));
        return NULL;
    }
    return value;
}

void *fields_alloc(struct fields *fields, size_t size) {
    void *memory = arena_alloc(fields->arena, size);
    if (memory == NULL && fields->code == RESULT_OK) {
        fields->code = error_no_memory(fields->error);
    }
    return memory;
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
