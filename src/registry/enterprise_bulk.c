#include "registry/enterprise_bulk.h"

#include "base/uscc.h"
#include "registry/enterprise_pile.h"
#include "registry/enterprise_row.h"
#include "registry/initials.h"

#include <stdlib.h>
#include <string.h>

/* How much of the file a part stands for, at least. */
#define PART_BYTES ((uint64_t)4 << 20)

#define MOST_VALUES 40

struct enterprise_lane {
    struct enterprise_bulk *bulk;
    struct spill_lane *spill;
    struct buffer initials;
    struct buffer body;
    struct enterprise_lane *next;
};

/* ---- the columns of the table --------------------------------------------------------------- */

/* The columns in the table's order: key and initials stand behind the name. */
#define COMMA(name) #name ","
#define COLUMNS "id," ENTERPRISE_FIELDS(COMMA, COMMA, COMMA) "stub,batch,line,"

static enum result check_table(struct store *store, bool *known, struct error *error) {
    char *columns = NULL;
    enum result code =
        store_fetch_text(store,
                         "SELECT group_concat(name) || ',' FROM pragma_table_info('enterprise')"
                         " WHERE name NOT IN ('name_key', 'initials')",
                         NO_VALUES, &columns, error);
    int64_t behind = 0;
    *known = columns != NULL && strncmp(columns, COLUMNS, strlen(COLUMNS)) == 0;
    free(columns);
    if (code == RESULT_OK) {
        code = store_fetch_int(store,
                               "SELECT count(*) FROM pragma_table_info('enterprise') WHERE "
                               "(cid, name) IN (VALUES (3, 'name'), (4, 'name_key'),"
                               " (5, 'initials'), (6, 'kind'))",
                               NO_VALUES, 0, &behind, error);
    }
    *known = *known && behind == 4;
    return code;
}

/* Fills values in the table's order; returns their number. */
static size_t gather_values(const struct enterprise_bulk *bulk, const struct enterprise *enterprise,
                            const char *key, const char *initials, int64_t line,
                            struct value values[MOST_VALUES]) {
    size_t fields = 0;
    size_t count = 0;
    const struct enterprise_field *known = enterprise_fields(&fields);
    values[count++] = value_null(); /* the id */
    for (size_t i = 0; i < fields; i++) {
        values[count++] = enterprise_value(enterprise, &known[i]);
        if (strcmp(known[i].name, "name") == 0) {
            values[count++] = value_text(key);
            values[count++] = value_text(initials);
        }
    }
    values[count++] = value_int(enterprise->stub ? 1 : 0);
    values[count++] = bulk->origin->batch == 0 ? value_null() : value_int(bulk->origin->batch);
    values[count++] = line == 0 ? value_null() : value_int(line);
    return count;
}

/* ---- beginning ------------------------------------------------------------------------------ */

enum result enterprise_bulk_new(struct enterprise_bulk **bulk, struct store *store,
                                const struct save_origin *origin, struct directory *directory,
                                uint64_t bytes, struct error *error) {
    bool known = false;
    *bulk = NULL;
    enum result code = check_table(store, &known, error);
    if (code != RESULT_OK || !known) {
        return code;
    }
    struct enterprise_bulk *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->store = store;
    made->origin = origin;
    made->directory = directory;
    made->bytes = bytes;
    made->part_bytes =
        bytes / SPILL_PARTS_MAX + 1 > PART_BYTES ? bytes / SPILL_PARTS_MAX + 1 : PART_BYTES;
    made->parts = (size_t)(bytes / made->part_bytes) + 1;
    made->parts = made->parts > SPILL_PARTS_MAX ? SPILL_PARTS_MAX : made->parts;
    code = spill_new(&made->spill, store_path(store), made->parts, error);
    if (code != RESULT_OK) {
        enterprise_bulk_free(made);
        return code;
    }
    *bulk = made;
    return RESULT_OK;
}

struct enterprise_lane *enterprise_bulk_lane(struct enterprise_bulk *bulk) {
    struct enterprise_lane *lane = calloc(1, sizeof(*lane));
    if (lane == NULL || (lane->spill = spill_lane_new(bulk->spill)) == NULL) {
        free(lane);
        return NULL;
    }
    lane->bulk = bulk;
    lane->next = bulk->lanes;
    bulk->lanes = lane;
    return lane;
}

void enterprise_bulk_free(struct enterprise_bulk *bulk) {
    if (bulk == NULL) {
        return;
    }
    for (struct enterprise_lane *lane = bulk->lanes; lane != NULL;) {
        struct enterprise_lane *next = lane->next;
        buffer_free(&lane->initials);
        buffer_free(&lane->body);
        free(lane);
        lane = next;
    }
    spill_free(bulk->spill);
    free(bulk);
}

/* ---- adding --------------------------------------------------------------------------------- */

size_t enterprise_piece_size(const struct enterprise_head *head) {
    size_t unit = _Alignof(struct enterprise_head);
    size_t length = (size_t)head->record_length + head->keys_length;
    return sizeof(*head) + (length + unit - 1) / unit * unit;
}

/* Puts a row with its body into the part of the file that it stands in. */
static enum result put(struct enterprise_lane *lane, const struct enterprise_head *head,
                       struct error *error) {
    const struct enterprise_bulk *bulk = lane->bulk;
    size_t part = (size_t)(head->offset / bulk->part_bytes);
    size_t room = enterprise_piece_size(head) - sizeof(*head);
    while (!lane->body.failed && lane->body.length < room) {
        buffer_append_char(&lane->body, '\0');
    }
    if (lane->body.failed) {
        return error_no_memory(error);
    }
    return spill_put(lane->spill, part < bulk->parts ? part : bulk->parts - 1, head, sizeof(*head),
                     lane->body.data, room, error);
}

static void put_codes(struct enterprise_head *head, const char *uscc, const char *number) {
    memcpy(head->uscc, uscc, strnlen(uscc, USCC_LENGTH));
    memcpy(head->number, number, strnlen(number, ENTERPRISE_NUMBER_SIZE - 1));
}

static void add_key(struct buffer *body, const char *text) {
    buffer_append(body, text, strlen(text) + 1);
}

/* Writes record and keys to the lane's body; false when the record is too long. */
static bool write_body(struct enterprise_lane *lane, const struct enterprise *enterprise,
                       const char *key, struct enterprise_head *head) {
    struct value values[MOST_VALUES];
    struct buffer *body = &lane->body;
    const char *number =
        enterprise->registration_number == NULL ? "" : enterprise->registration_number;
    buffer_reset(&lane->initials);
    initials_append(&lane->initials, enterprise->name);
    const char *initials = buffer_text(&lane->initials);
    size_t count = gather_values(lane->bulk, enterprise, key, initials, head->line, values);
    size_t bound = row_record_bound(values, count);
    buffer_reset(body);
    char *place = bound > TREE_RECORD_MAX ? NULL : buffer_extend(body, bound);
    if (place == NULL) {
        return false;
    }
    head->record_length = (uint32_t)row_record_encode(values, count, (unsigned char *)place);
    body->length = head->record_length;
    add_key(body, key);
    add_key(body, initials);
    add_key(body, enterprise->uscc);
    add_key(body, number);
    add_key(body, enterprise->region);
    head->keys_length = (uint32_t)(body->length - head->record_length);
    return !lane->initials.failed;
}

enum result enterprise_lane_add(struct enterprise_lane *lane, struct enterprise *enterprise,
                                const char *key, struct save_place place, bool *added,
                                struct error *error) {
    char region[7];
    struct error broken = ERROR_INIT;
    struct enterprise filled = *enterprise;
    *added = false;
    enterprise_fill(&filled, region);
    if (filled.uscc == NULL || enterprise_check(&filled, &broken) != RESULT_OK) {
        error_clear(&broken);
        return RESULT_OK;
    }
    struct enterprise_head head = {.line = place.line, .offset = place.offset};
    put_codes(&head, filled.uscc,
              filled.registration_number == NULL ? "" : filled.registration_number);
    if (!write_body(lane, &filled, key, &head)) {
        bool failed = lane->body.failed || lane->initials.failed;
        return failed ? error_no_memory(error) : RESULT_OK;
    }
    *added = true;
    return put(lane, &head, error);
}

enum result enterprise_lane_note(struct enterprise_lane *lane, const char *uscc, const char *number,
                                 struct save_place place, struct error *error) {
    struct enterprise_head head = {.line = place.line, .offset = place.offset};
    put_codes(&head, uscc, number);
    buffer_reset(&lane->body);
    return put(lane, &head, error);
}
