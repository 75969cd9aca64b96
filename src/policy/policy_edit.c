#include "policy/policy_edit.h"

#include "base/gettext.h"
#include "base/text.h"
#include "policy/policy_cell.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- where a value stands ---------------------------------------------------------------------
 */

/* The end of another band that lies where this end of a band does: the band, and the key of its
 * end; NULL when there is none. */
static json_t *find_meeting(json_t *object, const struct policy_value *value, const char **key) {
    bool from = strcmp(value->column->key, "from") == 0;
    *key = from ? "to" : "from";
    if (value->list == NULL || strcmp(value->list, "bands") != 0 ||
        (!from && strcmp(value->column->key, "to") != 0)) {
        return NULL;
    }
    json_t *bands = json_object_get(object, "bands");
    json_t *end = json_object_get(json_array_get(bands, value->item), value->column->key);
    for (size_t i = 0; end != NULL && i < json_array_size(bands); i++) {
        json_t *other = json_array_get(bands, i);
        if (i != value->item && json_equal(json_object_get(other, *key), end)) {
            return other;
        }
    }
    return NULL;
}

/* Puts a value under a key, or takes it out when it is NULL; takes the value over. */
static bool put(json_t *object, const char *key, json_t *value) {
    if (value != NULL) {
        return json_object_set_new(object, key, value) == 0;
    }
    json_object_del(object, key);
    return true;
}

/* The same by a way such as "level.from"; what held only the value that goes, goes too. */
static bool put_way(json_t *object, const char *way, json_t *value) {
    const char *dot = strchr(way, '.');
    char outer[32];
    if (value != NULL) {
        return policy_way_set(object, way, value);
    }
    if (dot == NULL || (size_t)(dot - way) >= sizeof(outer)) {
        return put(object, way, NULL);
    }
    memcpy(outer, way, (size_t)(dot - way));
    outer[dot - way] = '\0';
    json_t *inner = json_object_get(object, outer);
    put(inner, dot + 1, NULL);
    return json_object_size(inner) > 0 || put(object, outer, NULL);
}

/* The key of member number place of an object. */
static const char *key_at(json_t *object, size_t place) {
    void *at = json_object_iter(object);
    while (at != NULL && place-- > 0) {
        at = json_object_iter_next(object, at);
    }
    return at == NULL ? NULL : json_object_iter_key(at);
}

static bool put_band(json_t *object, const struct policy_value *value, json_t *made) {
    const char *key = NULL;
    json_t *meeting = made == NULL ? NULL : find_meeting(object, value, &key);
    json_t *band = json_array_get(json_object_get(object, "bands"), value->item);
    return (meeting == NULL || put(meeting, key, json_copy(made))) &&
           put(band, value->column->key, made);
}

/* Puts a new value where the old one stands; takes it over; NULL: none. False when memory is
 * short. */
static bool put_value(json_t *object, const struct policy_value *value, json_t *made) {
    if (value->list == NULL) {
        return put_way(object, value->column->key, made);
    }
    if (strcmp(value->list, "bands") == 0) {
        return put_band(object, value, made);
    }
    made = made == NULL ? json_null() : made; /* an item is never without it: the rules tell so */
    if (strcmp(value->list, "codes") == 0) {
        json_t *codes = json_object_get(object, "codes");
        const char *code = key_at(codes, value->item);
        return code != NULL && json_object_set_new(codes, code, made) == 0;
    }
    json_t *step = json_array_get(json_object_get(object, "decay"), value->item);
    size_t place = strcmp(value->column->key, "percent") == 0 ? 1 : 0;
    return json_array_set_new(step, place, made) == 0;
}

/* ---- what comes of it -------------------------------------------------------------------------
 */

/* Tells the first fault of a text without its place: what a change did, as there was none before.
 */
static enum result find_fault(const char *text, struct error *error) {
    struct arena *arena = arena_new();
    struct json_faults faults = {0};
    struct policy *checked = NULL;
    enum result code = arena == NULL
                           ? error_no_memory(error)
                           : policy_check(&checked, text, _("policy"), arena, &faults, error);
    if (code == RESULT_OK && faults.count > 0) {
        code = error_set(error, RESULT_INVALID, "%s", faults.items[0].sentence);
    }
    policy_free(checked);
    arena_free(arena); /* with the texts of what was checked: it is read once more to be kept */
    return code;
}

/* Reads a changed document anew. */
static enum result read_again(json_t *document, struct policy **edited, struct error *error) {
    char *text = json_dumps(document, JSON_SORT_KEYS | JSON_COMPACT);
    enum result code = text == NULL ? error_no_memory(error) : find_fault(text, error);
    if (code == RESULT_OK) {
        code = policy_parse(edited, text, _("policy"), error);
    }
    free(text);
    return code;
}

/* Makes the value that a text stands for; NULL for an empty text. */
static enum result make_value(json_t *document, const struct policy_value *value, const char *text,
                              json_t **made, struct error *error) {
    struct arena *arena = arena_new();
    const struct policy_cells cells = {.arena = arena,
                                       .dimensions = json_object_get(document, "dimensions")};
    const char *wrong = NULL;
    enum result code = RESULT_OK;
    *made = NULL;
    if (arena == NULL) {
        return error_no_memory(error);
    }
    if (!text_blank(text)) {
        *made = policy_cell_value(&cells, value->column, text, &wrong);
        code = *made != NULL   ? RESULT_OK
               : wrong != NULL ? error_set(error, RESULT_INVALID, "%s", wrong)
                               : error_no_memory(error);
    }
    arena_free(arena);
    return code;
}

enum result policy_edit(const struct policy *policy, const struct policy_value *value,
                        const char *text, struct policy **edited, struct error *error) {
    json_t *made = NULL;
    *edited = NULL;
    if (value->fixed) {
        return error_set(
            error, RESULT_REFUSED,
            _("\"%s\" is not changed here; export the policy, change the file and take it in."),
            value->column->title);
    }
    json_t *document = json_loads(policy->canonical, 0, NULL);
    enum result code =
        document == NULL ? error_no_memory(error) : make_value(document, value, text, &made, error);
    if (code == RESULT_OK && !put_value(policy_part_object(document, &value->part), value, made)) {
        code = error_no_memory(error);
    }
    if (code == RESULT_OK) {
        code = read_again(document, edited, error);
    }
    json_decref(document);
    return code;
}

bool policy_edit_moves_along(const struct policy *policy, const struct policy_value *value) {
    const char *key = NULL;
    json_t *document = json_loads(policy->canonical, 0, NULL);
    json_t *object = policy_part_object(document, &value->part);
    bool moves = object != NULL && find_meeting(object, value, &key) != NULL;
    json_decref(document);
    return moves;
}

/* ---- versions ---------------------------------------------------------------------------------
 */

enum result policy_edit_version(const struct policy *policy, const char *version,
                                struct policy **edited, struct error *error) {
    json_t *document = json_loads(policy->canonical, 0, NULL);
    json_t *text = json_string(version);
    enum result code = RESULT_OK;
    *edited = NULL;
    if (text_blank(version)) {
        code = error_set(error, RESULT_INVALID, "%s",
                         _("Give the new version a name, such as 2026.2."));
    } else if (document == NULL || text == NULL) {
        code = error_no_memory(error);
    }
    if (code == RESULT_OK) {
        code = json_object_set(document, "version", text) == 0 ? read_again(document, edited, error)
                                                               : error_no_memory(error);
    }
    json_decref(text);
    json_decref(document);
    return code;
}

const char *policy_next_version(const char *version, struct arena *arena) {
    size_t end = strlen(version);
    size_t begin = end;
    while (begin > 0 && isdigit((unsigned char)version[begin - 1])) {
        begin--;
    }
    if (begin == end || end - begin > 9) {
        return arena_printf(arena, "%s.1", version);
    }
    return arena_printf(arena, "%.*s%0*lld", (int)begin, version, (int)(end - begin),
                        strtoll(version + begin, NULL, 10) + 1);
}
