#include "base/json_reader.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "base/json_place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

json_t *json_reader_parse(struct json_reader *reader, const char *text, size_t length) {
    json_error_t fault;
    json_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &fault);
    reader->text = text;
    if (root == NULL) {
        reader->code =
            error_set(reader->error, RESULT_INVALID, _("%s:%d:%d: this is not JSON: %s."),
                      reader->origin, fault.line, fault.column, fault.text);
    }
    return root;
}

/* Memory may be short behind a fault, which then stays the one that is told. */
static void no_memory(struct json_reader *reader) {
    if (reader->code == RESULT_OK) {
        reader->code = error_no_memory(reader->error);
    }
}

void *json_reader_alloc(struct json_reader *reader, size_t count, size_t size) {
    void *memory = arena_alloc(reader->arena, (count == 0 ? 1 : count) * size);
    if (memory == NULL) {
        no_memory(reader);
    }
    return memory;
}

const char *json_reader_copy(struct json_reader *reader, const char *text) {
    const char *copy = arena_strdup(reader->arena, text);
    if (copy == NULL) {
        no_memory(reader);
        return "";
    }
    return copy;
}

struct json_node json_read_root(struct json_reader *reader, json_t *value) {
    return (struct json_node){.reader = reader, .value = value};
}

/* ---- faults ---------------------------------------------------------------------------------- */

/* Keys come from the document, too: one that its texts may not be is not shown. */
static const char *shown_key(const struct json_reader *reader, const char *key) {
    return reader->text_rule != NULL && reader->text_rule(key) != NULL ? "?" : key;
}

/* The way from the document to the node. */
static void append_steps(struct buffer *path, const struct json_node *node) {
    if (node->outer == NULL) {
        return;
    }
    append_steps(path, node->outer);
    if (node->key == NULL) {
        buffer_printf(path, "[%zu]", node->index);
    } else {
        buffer_printf(path, ".%s", shown_key(node->reader, node->key));
    }
}

static void append_path(struct buffer *path, const struct json_node *node) {
    buffer_append_text(path, node->reader->origin);
    append_steps(path, node);
}

/* The number of a member: jansson keeps members in the order of the text. */
static size_t number_of(const struct json_node *node) {
    size_t number = node->index;
    if (node->key != NULL) {
        void *at = json_object_iter(node->outer->value);
        for (number = 0; strcmp(json_object_iter_key(at), node->key) != 0; number++) {
            at = json_object_iter_next(node->outer->value, at);
        }
    }
    return number;
}

/* What is absent stands where it is missed. */
static const char *find(const struct json_node *node) {
    if (node->outer == NULL) {
        return json_place_root(node->reader->text);
    }
    const char *outer = find(node->outer);
    return node->value == NULL ? outer : json_place_inside(outer, number_of(node));
}

size_t json_read_faults(const struct json_node *node) {
    const struct json_reader *reader = node->reader;
    return reader->faults != NULL ? reader->faults->count : reader->code != RESULT_OK;
}

/* True when one of two paths leads to the other, or through it. */
static bool same_way(const char *first, const char *second) {
    size_t length = strlen(first) < strlen(second) ? strlen(first) : strlen(second);
    const char *longer = strlen(first) < strlen(second) ? second : first;
    return strncmp(first, second, length) == 0 &&
           (longer[length] == '\0' || longer[length] == '.' || longer[length] == '[');
}

/* Keeps a fault beside those before it. key: the member that is missing at the node, or NULL. */
static void gather(const struct json_node *node, const char *key, const char *what) {
    struct json_reader *reader = node->reader;
    struct json_faults *faults = reader->faults;
    struct buffer path = BUFFER_INIT;
    append_steps(&path, node);
    if (key != NULL) {
        buffer_printf(&path, ".%s", shown_key(reader, key));
    }
    struct json_fault fault = {.path = json_reader_copy(reader, buffer_text(&path)),
                               .sentence = json_reader_copy(reader, what)};
    buffer_free(&path);
    for (size_t i = 0; i < faults->count; i++) {
        if (same_way(faults->items[i].path, fault.path)) {
            return;
        }
    }
    if (faults->count == JSON_MOST_FAULTS) {
        faults->more = true;
        reader->code = RESULT_INVALID;
        return;
    }
    if (reader->text != NULL) {
        json_place_count(reader->text, find(node), &fault.line, &fault.column);
    }
    faults->items[faults->count++] = fault;
}

__attribute__((format(printf, 3, 0))) static void
fail(const struct json_node *node, const char *key, const char *format, va_list args) {
    struct json_reader *reader = node->reader;
    if (reader->code != RESULT_OK) {
        return;
    }
    char *what = NULL;
    struct buffer path = BUFFER_INIT;
    if (vasprintf(&what, format, args) < 0) {
        what = NULL;
    }
    if (what != NULL && reader->faults != NULL) {
        gather(node, key, what);
        free(what);
        return;
    }
    append_path(&path, node);
    if (what == NULL || path.failed) {
        no_memory(reader);
    } else if (reader->text == NULL) {
        reader->code = error_set(reader->error, RESULT_INVALID, "%s: %s", buffer_text(&path), what);
    } else {
        int line = 0;
        int column = 0;
        json_place_count(reader->text, find(node), &line, &column);
        reader->code = error_set(reader->error, RESULT_INVALID, "%s:%d:%d: %s", reader->origin,
                                 line, column, what);
    }
    buffer_free(&path);
    free(what);
}

void json_read_fail(const struct json_node *node, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fail(node, NULL, format, args);
    va_end(args);
}

void json_read_fail_at(const struct json_node *node, const char *key, const char *format, ...) {
    struct json_node member = json_read_member(node, key);
    va_list args;
    va_start(args, format);
    fail(&member, NULL, format, args);
    va_end(args);
}

void json_read_wrong(const struct json_node *node, const char *wanted) {
    if (node->key == NULL) {
        json_read_fail(node, _("The value here must be %s."), wanted);
    } else {
        json_read_fail(node, _("\"%s\" must be %s."), shown_key(node->reader, node->key), wanted);
    }
}

/* ---- objects and arrays ---------------------------------------------------------------------- */

static bool is_object(const struct json_node *node) {
    if (!json_is_object(node->value)) {
        json_read_wrong(node, _("an object {...}"));
    }
    return node->reader->code == RESULT_OK && json_is_object(node->value);
}

void json_read_only(const struct json_node *node, const char *const *keys) {
    if (!is_object(node)) {
        return;
    }
    const char *key;
    json_t *value;
    json_object_foreach(node->value, key, value) {
        size_t i = 0;
        while (keys[i] != NULL && strcmp(keys[i], key) != 0) {
            i++;
        }
        if (keys[i] == NULL) {
            json_read_fail_at(node, key, _("\"%s\" is not known here; check the spelling."),
                              shown_key(node->reader, key));
        }
    }
}

/* Notes that a member is missing. */
__attribute__((format(printf, 3, 4))) static void
fail_without(const struct json_node *node, const char *key, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fail(node, key, format, args);
    va_end(args);
}

static void fail_missing(const struct json_node *node, const char *key) {
    fail_without(node, key, _("\"%s\" is missing here."), key);
}

void json_read_stated(const struct json_node *node, const char *key) {
    if (json_object_get(node->value, key) == NULL) {
        fail_missing(node, key);
    }
}

struct json_node json_read_member(const struct json_node *node, const char *key) {
    struct json_node member = {.reader = node->reader, .outer = node, .key = key};
    if (node->reader->code == RESULT_OK && is_object(node)) {
        json_t *value = json_object_get(node->value, key);
        member.value = json_is_null(value) ? NULL : value;
    }
    return member;
}

/* A member that must be there. */
static struct json_node required(const struct json_node *node, const char *key) {
    struct json_node member = json_read_member(node, key);
    if (member.value == NULL) {
        fail_missing(node, key);
    }
    return member;
}

static struct json_node as_object(struct json_node member) {
    if (member.value != NULL && !is_object(&member)) {
        member.value = NULL;
    }
    return member;
}

static struct json_node as_array(struct json_node member) {
    if (member.value != NULL && !json_is_array(member.value)) {
        json_read_wrong(&member, _("a list [...]"));
        member.value = NULL;
    }
    return member;
}

struct json_node json_read_object(const struct json_node *node, const char *key) {
    return as_object(required(node, key));
}

struct json_node json_read_array(const struct json_node *node, const char *key) {
    return as_array(required(node, key));
}

struct json_node json_read_object_or_none(const struct json_node *node, const char *key) {
    return as_object(json_read_member(node, key));
}

struct json_node json_read_array_or_none(const struct json_node *node, const char *key) {
    return as_array(json_read_member(node, key));
}

struct json_node json_read_item(const struct json_node *list, size_t index) {
    return (struct json_node){.reader = list->reader,
                              .outer = list,
                              .index = index,
                              .value = json_array_get(list->value, index)};
}

void *json_read_items(const struct json_node *list, size_t size, size_t *count,
                      json_item_reader *read, void *owner) {
    struct json_reader *reader = list->reader;
    bool object = json_is_object(list->value);
    size_t most = object ? json_object_size(list->value) : json_array_size(list->value);
    *count = 0;
    if (list->value == NULL || reader->code != RESULT_OK) {
        return NULL;
    }
    char *items = json_reader_alloc(reader, most, size);
    void *at = json_object_iter(list->value);
    for (; *count < most && reader->code == RESULT_OK; (*count)++) {
        struct json_node item = json_read_item(list, *count);
        if (object) {
            item.key = json_object_iter_key(at);
            item.value = json_object_iter_value(at);
            at = json_object_iter_next(list->value, at);
        }
        read(&item, items + *count * size, owner);
    }
    return items;
}

/* ---- texts, numbers, flags, words ------------------------------------------------------------ */

/* A copy of a text of the document, which stands at the node. */
static const char *copy_text(const struct json_node *node, const char *text) {
    const char *wanted = text == NULL                      ? _("a text")
                         : node->reader->text_rule == NULL ? NULL
                                                           : node->reader->text_rule(text);
    if (wanted != NULL) {
        json_read_wrong(node, wanted);
        return "";
    }
    return json_reader_copy(node->reader, text);
}

const char *json_read_key(const struct json_node *member) {
    return copy_text(member, member->key);
}

const char *json_read_text_here(const struct json_node *node) {
    return copy_text(node, json_string_value(node->value));
}

const char *json_read_text(const struct json_node *node, const char *key) {
    struct json_node member = required(node, key);
    return json_read_text_here(&member);
}

const char *json_read_text_or_null(const struct json_node *node, const char *key) {
    struct json_node member = json_read_member(node, key);
    return member.value == NULL ? NULL : json_read_text_here(&member);
}

int64_t json_read_int_here(const struct json_node *node, int64_t least, int64_t most) {
    int64_t number = json_integer_value(node->value);
    bool whole = json_is_integer(node->value);
    bool within = whole && number >= least && number <= most;
    if (!whole) {
        json_read_wrong(node, _("a whole number"));
    } else if (!within) {
        json_read_fail(node, _("%lld is out of bounds; it must be from %lld to %lld."),
                       (long long)number, (long long)least, (long long)most);
    }
    return within && node->reader->code == RESULT_OK ? number : least;
}

int64_t json_read_int(const struct json_node *node, const char *key, int64_t least, int64_t most) {
    struct json_node member = required(node, key);
    return json_read_int_here(&member, least, most);
}

int64_t json_read_int_or(const struct json_node *node, const char *key, int64_t least, int64_t most,
                         int64_t absent) {
    struct json_node member = json_read_member(node, key);
    return member.value == NULL ? absent : json_read_int_here(&member, least, most);
}

static bool flag_here(const struct json_node *node) {
    if (!json_is_boolean(node->value)) {
        json_read_wrong(node, _("true or false"));
    }
    return json_is_true(node->value);
}

bool json_read_flag(const struct json_node *node, const char *key) {
    struct json_node member = required(node, key);
    return flag_here(&member);
}

bool json_read_flag_or(const struct json_node *node, const char *key, bool absent) {
    struct json_node member = json_read_member(node, key);
    return member.value == NULL ? absent : flag_here(&member);
}

static size_t word_here(const struct json_node *node, const char *const *words) {
    const char *text = json_string_value(node->value);
    for (size_t i = 0; text != NULL && words[i] != NULL; i++) {
        if (strcmp(words[i], text) == 0) {
            return i;
        }
    }
    struct arena *arena = node->reader->arena;
    const char *list = words[0];
    for (size_t i = 1; list != NULL && words[i] != NULL; i++) {
        list =
            arena_printf(arena, words[i + 1] == NULL ? _("%s or %s") : _("%s, %s"), list, words[i]);
    }
    if (list == NULL) {
        no_memory(node->reader);
    } else {
        json_read_wrong(node, list);
    }
    return 0;
}

size_t json_read_word(const struct json_node *node, const char *key, const char *const *words) {
    struct json_node member = required(node, key);
    return word_here(&member, words);
}

size_t json_read_word_or(const struct json_node *node, const char *key, const char *const *words,
                         size_t absent) {
    struct json_node member = json_read_member(node, key);
    return member.value == NULL ? absent : word_here(&member, words);
}
