#include "policy/policy_diff.h"

#include "base/gettext.h"
#include "policy/policy_cell.h"

#include <stdio.h>
#include <string.h>

/* Two documents being compared. */
struct comparing {
    struct arena *arena;
    json_t *documents[2];
    struct policy_cells cells[2];
    struct policy_change *changes;
    size_t count;
    size_t room;
};

static void add_change(struct comparing *comparing, struct policy_change change) {
    if (comparing->count == comparing->room) {
        size_t room = comparing->room == 0 ? 64 : comparing->room * 2;
        struct policy_change *more = arena_alloc(comparing->arena, room * sizeof(*more));
        if (more == NULL) {
            return; /* the arena tells */
        }
        if (comparing->count > 0) {
            memcpy(more, comparing->changes, comparing->count * sizeof(*more));
        }
        comparing->changes = more;
        comparing->room = room;
    }
    const char **texts[] = {&change.code,  &change.name,   &change.key,
                            &change.title, &change.before, &change.after};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        const char *copy = arena_strdup(comparing->arena, *texts[i] == NULL ? "" : *texts[i]);
        *texts[i] = copy == NULL ? "" : copy;
    }
    comparing->changes[comparing->count++] = change;
}

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

/* ---- bands, codes and decay ------------------------------------------------------------------ */

/* The name of an item of such a list, by which it is found in the other policy, and its value. */
static const char *item_name(struct comparing *comparing, const char *list, const char *code,
                             const json_t *item, long long *value) {
    *value = json_integer_value(strcmp(list, "codes") == 0   ? item
                                : strcmp(list, "decay") == 0 ? json_array_get(item, 1)
                                                             : json_object_get(item, "points"));
    return policy_item_name(comparing->arena, list, code, item);
}

/* Finds the value of an item of a name; false when there is none. */
static bool find_item(struct comparing *comparing, const char *list, json_t *items,
                      const char *name, long long *value) {
    json_t *item;
    size_t index;
    if (json_is_object(items)) {
        item = json_object_get(items, name);
        *value = json_integer_value(item);
        return item != NULL;
    }
    json_array_foreach(items, index, item) {
        const char *other = item_name(comparing, list, NULL, item, value);
        if (other != NULL && strcmp(other, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Tells an item that is not the same on the other side; the second way round, only what is not
 * there at all. */
static void compare_item(struct comparing *comparing, struct policy_change change, const char *list,
                         json_t *other, const char *name, long long value, int side) {
    long long there = 0;
    char numbers[2][24] = {"", ""};
    bool found = name != NULL && find_item(comparing, list, other, name, &there);
    if (name == NULL || (found && (side == 1 || there == value))) {
        return;
    }
    snprintf(numbers[side], sizeof(numbers[0]), "%lld", value);
    if (found) {
        snprintf(numbers[1 - side], sizeof(numbers[0]), "%lld", there);
    }
    const char *title = policy_words_of(POLICY_WORDS_BAND, strcmp(list, "codes") == 0   ? "code"
                                                           : strcmp(list, "decay") == 0 ? "decay"
                                                                                        : "band");
    change.key = list;
    change.title = arena_printf(comparing->arena, "%s %s", title, name);
    change.before = numbers[0];
    change.after = numbers[1];
    add_change(comparing, change);
}

static void compare_list(struct comparing *comparing, struct policy_change change,
                         json_t *indicators[static 2], const char *list) {
    for (int side = 0; side < 2; side++) {
        json_t *items = json_object_get(indicators[side], list);
        json_t *other = json_object_get(indicators[1 - side], list);
        const char *code;
        json_t *item;
        size_t index;
        long long value = 0;
        json_object_foreach(items, code, item) {
            const char *name = item_name(comparing, list, code, item, &value);
            compare_item(comparing, change, list, other, name, value, side);
        }
        json_array_foreach(items, index, item) {
            const char *name = item_name(comparing, list, NULL, item, &value);
            compare_item(comparing, change, list, other, name, value, side);
        }
    }
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* Compares the values of two objects by the columns of a sheet. */
static void compare_columns(struct comparing *comparing, struct policy_change change,
                            json_t *objects[static 2]) {
    size_t count = 0;
    const struct policy_column *columns = policy_sheet_columns(change.sheet, &count);
    for (size_t i = 0; i < count; i++) {
        if (columns[i].key == NULL) {
            continue;
        }
        json_t *values[2] = {policy_way_get(objects[0], columns[i].key),
                             policy_way_get(objects[1], columns[i].key)};
        if (json_equal(values[0], values[1]) || (values[0] == NULL && values[1] == NULL)) {
            continue;
        }
        change.key = columns[i].key;
        change.title = columns[i].title;
        change.before = policy_cell_text(&comparing->cells[0], &columns[i], values[0]);
        change.after = policy_cell_text(&comparing->cells[1], &columns[i], values[1]);
        add_change(comparing, change);
    }
}

/* The object of a code in a list; NULL when there is none. */
static json_t *find_object(json_t *list, const char *code) {
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *one = json_array_get(list, i);
        if (strcmp(text_of(one, "code"), code) == 0) {
            return one;
        }
    }
    return NULL;
}

static void compare_object(struct comparing *comparing, enum policy_sheet sheet,
                           json_t *objects[static 2]) {
    static const char *const lists[] = {"bands", "codes", "decay"};
    json_t *now = objects[1] != NULL ? objects[1] : objects[0];
    struct policy_change change = {.kind = objects[0] == NULL   ? POLICY_ADDED
                                           : objects[1] == NULL ? POLICY_REMOVED
                                                                : POLICY_CHANGED,
                                   .sheet = sheet,
                                   .code = text_of(now, "code"),
                                   .name = text_of(now, "name")};
    if (change.kind != POLICY_CHANGED) {
        add_change(comparing, change);
        return;
    }
    compare_columns(comparing, change, objects);
    for (size_t i = 0; sheet == POLICY_SHEET_INDICATORS && i < 3; i++) {
        compare_list(comparing, change, objects, lists[i]);
    }
}

/* A list of objects with codes: those that went, in their old order, then all of the new order. */
static void compare_objects(struct comparing *comparing, enum policy_sheet sheet, const char *key) {
    json_t *lists[2] = {json_object_get(comparing->documents[0], key),
                        json_object_get(comparing->documents[1], key)};
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < json_array_size(lists[side]); i++) {
            json_t *one = json_array_get(lists[side], i);
            json_t *other = find_object(lists[1 - side], text_of(one, "code"));
            if (side == 0 && other == NULL) {
                compare_object(comparing, sheet, (json_t *[]){one, NULL});
            } else if (side == 1) {
                compare_object(comparing, sheet, (json_t *[]){other, one});
            }
        }
    }
}

static void compare_measures(struct comparing *comparing) {
    for (int i = 0; i < CLASS_COUNT; i++) {
        const char *letter = risk_class_letter((enum risk_class)i);
        json_t *objects[2];
        for (int side = 0; side < 2; side++) {
            objects[side] =
                json_object_get(json_object_get(comparing->documents[side], "measures"), letter);
        }
        compare_columns(comparing,
                        (struct policy_change){
                            .kind = POLICY_CHANGED, .sheet = POLICY_SHEET_MEASURES, .code = letter},
                        objects);
    }
}

static void compare_documents(struct comparing *comparing, bool same) {
    compare_columns(comparing,
                    (struct policy_change){.kind = POLICY_CHANGED, .sheet = POLICY_SHEET_GENERAL},
                    comparing->documents);
    compare_objects(comparing, POLICY_SHEET_DIMENSIONS, "dimensions");
    compare_objects(comparing, POLICY_SHEET_INDICATORS, "indicators");
    compare_objects(comparing, POLICY_SHEET_DIRECT, "direct");
    compare_measures(comparing);
    if (!same && comparing->count == 0) {
        add_change(comparing, (struct policy_change){.kind = POLICY_CHANGED,
                                                     .sheet = POLICY_SHEET_GENERAL,
                                                     .key = "order",
                                                     .title = _("order of the entries")});
    }
}

enum result policy_diff(const struct policy *before, const struct policy *after,
                        struct arena *arena, struct policy_change **changes, size_t *count,
                        struct error *error) {
    const struct policy *policies[2] = {before, after};
    struct comparing comparing = {.arena = arena};
    bool whole = true;
    for (int side = 0; side < 2; side++) {
        json_t *document = json_loads(policies[side]->canonical, 0, NULL);
        comparing.documents[side] = document;
        comparing.cells[side] = (struct policy_cells){
            .arena = arena, .dimensions = json_object_get(document, "dimensions")};
        whole = whole && document != NULL;
    }
    if (whole) {
        compare_documents(&comparing, strcmp(before->digest, after->digest) == 0);
    }
    json_decref(comparing.documents[0]);
    json_decref(comparing.documents[1]);
    *changes = comparing.changes;
    *count = comparing.count;
    return whole && !arena_failed(arena) ? RESULT_OK : error_no_memory(error);
}

const char *policy_change_sentence(const struct policy_change *change, struct arena *arena) {
    char *what = arena_printf(arena, "%s %s %s", policy_sheet_name(change->sheet), change->code,
                              change->name);
    const char *text = NULL;
    if (what == NULL) {
        return "";
    }
    char *end = what + strlen(what);
    while (end > what && end[-1] == ' ') {
        *--end = '\0';
    }
    if (change->kind == POLICY_ADDED) {
        text = arena_printf(arena, _("%s: added"), what);
    } else if (change->kind == POLICY_REMOVED) {
        text = arena_printf(arena, _("%s: removed"), what);
    } else if (change->before[0] == '\0' && change->after[0] == '\0') {
        text = arena_printf(arena, _("%s: %s changed"), what, change->title);
    } else if (change->before[0] == '\0') {
        text = arena_printf(arena, _("%s: %s now %s, before nothing"), what, change->title,
                            change->after);
    } else if (change->after[0] == '\0') {
        text = arena_printf(arena, _("%s: %s now nothing, before %s"), what, change->title,
                            change->before);
    } else {
        text = arena_printf(arena, _("%s: %s from %s to %s"), what, change->title, change->before,
                            change->after);
    }
    return text == NULL ? "" : text;
}
