#include "policy/policy_value.h"

#include "policy/policy_cell.h"

#include <string.h>

/* The values of one part being listed. */
struct listing {
    struct policy_cells cells;
    struct policy_part part;
    json_t *object;
    struct policy_value *items;
    size_t count;
    size_t room;
};

json_t *policy_part_object(json_t *document, const struct policy_part *part) {
    static const char *const lists[POLICY_SHEET_COUNT] = {[POLICY_SHEET_DIMENSIONS] = "dimensions",
                                                          [POLICY_SHEET_INDICATORS] = "indicators",
                                                          [POLICY_SHEET_DIRECT] = "direct"};
    if (part->sheet == POLICY_SHEET_MEASURES) {
        return json_object_get(json_object_get(document, "measures"),
                               risk_class_letter((enum risk_class)part->index));
    }
    return lists[part->sheet] == NULL
               ? document
               : json_array_get(json_object_get(document, lists[part->sheet]), part->index);
}

/* The items of a list of words, in the arena. */
static const char *const *codes_of(struct listing *listing, const struct policy_column *column,
                                   const json_t *found) {
    size_t count = json_array_size(found);
    const char **codes = column->shape != POLICY_SHAPE_WORDS
                             ? NULL
                             : arena_alloc(listing->cells.arena, (count + 1) * sizeof(*codes));
    for (size_t i = 0; codes != NULL && i < count; i++) {
        codes[i] = arena_strdup(listing->cells.arena, json_string_value(json_array_get(found, i)));
    }
    return codes;
}

bool policy_value_has(const struct policy_value *value, const char *code) {
    for (size_t i = 0; value->codes != NULL && value->codes[i] != NULL; i++) {
        if (strcmp(value->codes[i], code) == 0) {
            return true;
        }
    }
    return false;
}

static void add(struct listing *listing, struct policy_value value, const json_t *found) {
    if (listing->count == listing->room) {
        return; /* room was counted for all of them */
    }
    const char *text =
        arena_strdup(listing->cells.arena, policy_cell_text(&listing->cells, value.column, found));
    value.part = listing->part;
    value.text = text == NULL ? "" : text;
    value.codes = codes_of(listing, value.column, found);
    value.name = value.name == NULL ? "" : value.name;
    value.meaning = value.meaning == NULL ? "" : value.meaning;
    listing->items[listing->count++] = value;
}

/* What names a thing to results, overrides and other versions, or decides what else it has. */
static bool is_fixed(const char *key) {
    static const char *const keys[] = {"format", "code", "version", "kind"};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (strcmp(keys[i], key) == 0) {
            return true;
        }
    }
    return false;
}

/* What every object of a sheet can have, whether it does or not. */
static bool is_always_offered(const char *key) {
    static const char *const keys[] = {"cap", "floor", "missing", "applies_to.regions",
                                       "applies_to.industries"};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (strcmp(keys[i], key) == 0) {
            return true;
        }
    }
    return false;
}

static void list_columns(struct listing *listing) {
    size_t count = 0;
    const struct policy_column *columns = policy_sheet_columns(listing->part.sheet, &count);
    for (size_t i = 0; i < count; i++) {
        const char *key = columns[i].key;
        const json_t *found = key == NULL ? NULL : policy_way_get(listing->object, key);
        if (key != NULL && (found != NULL || is_always_offered(key))) {
            add(listing, (struct policy_value){.column = &columns[i], .fixed = is_fixed(key)},
                found);
        }
    }
}

static const char *item_name(const struct listing *listing, const char *list, const char *code,
                             const json_t *item) {
    return policy_item_name(listing->cells.arena, list, code, item);
}

static void list_bands(struct listing *listing, const struct policy_column *columns) {
    static const int shown[] = {POLICY_BAND_FROM, POLICY_BAND_TO, POLICY_BAND_POINTS};
    json_t *bands = json_object_get(listing->object, "bands");
    for (size_t i = 0; i < json_array_size(bands); i++) {
        json_t *band = json_array_get(bands, i);
        for (size_t j = 0; j < sizeof(shown) / sizeof(shown[0]); j++) {
            add(listing,
                (struct policy_value){.list = "bands",
                                      .item = i,
                                      .column = &columns[shown[j]],
                                      .name = item_name(listing, "bands", NULL, band)},
                json_object_get(band, columns[shown[j]].key));
        }
    }
}

static void list_codes(struct listing *listing, const struct policy_column *columns) {
    const char *attribute = json_string_value(json_object_get(listing->object, "attribute"));
    size_t place = 0;
    const char *code;
    json_t *points;
    json_object_foreach(json_object_get(listing->object, "codes"), code, points) {
        add(listing,
            (struct policy_value){.list = "codes",
                                  .item = place++,
                                  .column = &columns[POLICY_BAND_POINTS],
                                  .name = arena_strdup(listing->cells.arena, code),
                                  .meaning = policy_code_meaning(attribute, code)},
            points);
    }
}

static void list_decay(struct listing *listing, const struct policy_column *columns) {
    static const int shown[] = {POLICY_BAND_TO, POLICY_BAND_PERCENT};
    json_t *decay = json_object_get(listing->object, "decay");
    for (size_t i = 0; i < json_array_size(decay); i++) {
        json_t *step = json_array_get(decay, i);
        for (size_t j = 0; j < sizeof(shown) / sizeof(shown[0]); j++) {
            add(listing,
                (struct policy_value){.list = "decay",
                                      .item = i,
                                      .column = &columns[shown[j]],
                                      .name = item_name(listing, "decay", NULL, step)},
                json_array_get(step, j));
        }
    }
}

static size_t room_of(const struct listing *listing) {
    size_t columns = 0;
    policy_sheet_columns(listing->part.sheet, &columns);
    return columns + 3 * json_array_size(json_object_get(listing->object, "bands")) +
           json_object_size(json_object_get(listing->object, "codes")) +
           2 * json_array_size(json_object_get(listing->object, "decay"));
}

enum result policy_values(const struct policy *policy, const struct policy_part *part,
                          struct arena *arena, struct policy_value **values, size_t *count,
                          struct error *error) {
    json_t *document = json_loads(policy->canonical, 0, NULL);
    struct listing listing = {
        .cells = {.arena = arena, .dimensions = json_object_get(document, "dimensions")},
        .part = *part,
        .object = policy_part_object(document, part)};
    listing.room = room_of(&listing);
    listing.items = arena_alloc(arena, (listing.room + 1) * sizeof(*listing.items));
    if (listing.items != NULL && listing.object != NULL) {
        size_t columns = 0;
        const struct policy_column *of_bands = policy_sheet_columns(POLICY_SHEET_BANDS, &columns);
        list_columns(&listing);
        if (part->sheet == POLICY_SHEET_INDICATORS) {
            list_bands(&listing, of_bands);
            list_codes(&listing, of_bands);
            list_decay(&listing, of_bands);
        }
    }
    bool whole = document != NULL && !arena_failed(arena);
    json_decref(document);
    *values = listing.items;
    *count = listing.count;
    return whole ? RESULT_OK : error_no_memory(error);
}
