#include "policy/json_reader.h"

#include "base/gettext.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void json_reader_enter_key(struct json_reader *reader, const char *key) {
    if (reader->depth < JSON_READER_DEPTH) {
        reader->path[reader->depth] = (struct json_step){.key = key};
    }
    reader->depth++;
}

void json_reader_enter_index(struct json_reader *reader, size_t index) {
    if (reader->depth < JSON_READER_DEPTH) {
        reader->path[reader->depth] = (struct json_step){.index = index};
    }
    reader->depth++;
}

void json_reader_leave(struct json_reader *reader) {
    reader->depth--;
}

void json_reader_fail(struct json_reader *reader, const char *format, ...) {
    if (reader->code != RESULT_OK) {
        return;
    }
    va_list args;
    va_start(args, format);
    char *what = NULL;
    int length = vasprintf(&what, format, args);
    va_end(args);
    size_t depth = reader->depth < JSON_READER_DEPTH ? reader->depth : JSON_READER_DEPTH;
    int line = 1;
    int column = 1;
    json_place(reader->text, reader->path, depth, &line, &column);
    reader->code = length < 0 ? error_no_memory(reader->error)
                              : error_set(reader->error, RESULT_INVALID, "%s:%d:%d: %s",
                                          reader->origin, line, column, what);
    free(length < 0 ? NULL : what);
}

/* The member of an object; a fault when it is required and missing. null counts as missing. */
static json_t *member(struct json_reader *reader, json_t *object, const char *key, bool required) {
    if (reader->code != RESULT_OK) {
        return NULL;
    }
    json_t *value = json_object_get(object, key);
    if (value == NULL || json_is_null(value)) {
        if (required) {
            json_reader_fail(reader, _("\"%s\" is missing here."), key);
        }
        return NULL;
    }
    return value;
}

static json_t *typed_member(struct json_reader *reader, json_t *object, const char *key,
                            bool required, json_type type, const char *wanted) {
    json_t *value = member(reader, object, key, required);
    if (value != NULL && json_typeof(value) != type) {
        json_reader_enter_key(reader, key);
        json_reader_fail(reader, _("\"%s\" must be %s."), key, wanted);
        json_reader_leave(reader);
        return NULL;
    }
    return value;
}

json_t *json_reader_object(struct json_reader *reader, json_t *object, const char *key,
                           bool required) {
    return typed_member(reader, object, key, required, JSON_OBJECT, _("an object {...}"));
}

json_t *json_reader_array(struct json_reader *reader, json_t *object, const char *key,
                          bool required) {
    return typed_member(reader, object, key, required, JSON_ARRAY, _("a list [...]"));
}

const char *json_reader_text(struct json_reader *reader, json_t *object, const char *key,
                             bool required) {
    json_t *value = typed_member(reader, object, key, required, JSON_STRING, _("a text"));
    if (value == NULL) {
        return NULL;
    }
    const char *copy = arena_strdup(reader->arena, json_string_value(value));
    if (copy == NULL) {
        reader->code = error_no_memory(reader->error);
    }
    return copy;
}

int64_t json_reader_int_value(struct json_reader *reader, json_t *value, int64_t least,
                              int64_t most) {
    if (reader->code != RESULT_OK) {
        return least;
    }
    if (!json_is_integer(value)) {
        json_reader_fail(reader, "%s", _("A whole number is wanted here."));
        return least;
    }
    int64_t number = json_integer_value(value);
    if (number < least || number > most) {
        json_reader_fail(reader, _("%lld is out of bounds; it must be from %lld to %lld."),
                         (long long)number, (long long)least, (long long)most);
        return least;
    }
    return number;
}

int64_t json_reader_int(struct json_reader *reader, json_t *object, const char *key, int64_t least,
                        int64_t most) {
    json_t *value = member(reader, object, key, true);
    if (value == NULL) {
        return least;
    }
    json_reader_enter_key(reader, key);
    int64_t number = json_reader_int_value(reader, value, least, most);
    json_reader_leave(reader);
    return number;
}

int64_t json_reader_int_or(struct json_reader *reader, json_t *object, const char *key,
                           int64_t least, int64_t most, int64_t absent) {
    if (member(reader, object, key, false) == NULL) {
        return absent;
    }
    return json_reader_int(reader, object, key, least, most);
}

bool json_reader_is_object(struct json_reader *reader, json_t *value) {
    if (reader->code == RESULT_OK && !json_is_object(value)) {
        json_reader_fail(reader, "%s", _("An object {...} is wanted here."));
    }
    return reader->code == RESULT_OK;
}

void json_reader_only(struct json_reader *reader, json_t *object, const char *const *keys) {
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        bool known = false;
        for (size_t i = 0; keys[i] != NULL; i++) {
            known = known || strcmp(keys[i], key) == 0;
        }
        if (!known) {
            json_reader_enter_key(reader, key);
            json_reader_fail(reader, _("\"%s\" is not known here; check the spelling."), key);
            json_reader_leave(reader);
            return;
        }
    }
}

void *json_reader_alloc(struct json_reader *reader, size_t count, size_t size) {
    void *memory = arena_alloc(reader->arena, (count == 0 ? 1 : count) * size);
    if (memory == NULL) {
        reader->code = error_no_memory(reader->error);
    }
    return memory;
}
