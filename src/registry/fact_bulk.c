#include "registry/fact_bulk.h"

#include "registry/fact_identity.h"
#include "registry/fact_pile.h"
#include "registry/fact_type.h"

#include <stdlib.h>
#include <string.h>

/* How much a part should come to. */
#define PART_BYTES ((uint64_t)12 << 20)

struct fact_lane {
    struct fact_bulk *bulk;
    struct spill_lane *spill;
    struct buffer identity;
    unsigned char *record; /* room for the longest record, and for rounding up */
    struct fact_lane *next;
};

/* ---- the columns of the table --------------------------------------------------------------- */

/* The columns that are written, in the table's order. */
enum column {
    COLUMN_ID,
    COLUMN_TYPE,
    COLUMN_STATUS,
    COLUMN_OCCURRED_ON,
    COLUMN_ENDED_ON,
    COLUMN_AMOUNT,
    COLUMN_LEVEL,
    COLUMN_IDENTITY,
    COLUMN_DOCUMENT,
    COLUMN_TITLE,
    COLUMN_AGENCY,
    COLUMN_SOURCE,
    COLUMN_RECORDED_ON,
    COLUMN_BATCH,
    COLUMN_LINE,
    COLUMN_COUNT
};

static void gather_values(const struct fact_bulk *bulk, const struct fact *fact, int64_t identity,
                          int64_t line, struct value values[COLUMN_COUNT]) {
    values[COLUMN_ID] = value_null();
    values[COLUMN_TYPE] = value_int(fact->type);
    values[COLUMN_STATUS] = value_int(fact->status);
    values[COLUMN_OCCURRED_ON] = value_date(fact->occurred_on);
    values[COLUMN_ENDED_ON] = value_date(fact->ended_on);
    values[COLUMN_AMOUNT] = fact->amount == FACT_NO_AMOUNT ? value_null() : value_int(fact->amount);
    values[COLUMN_LEVEL] = fact->level == FACT_NO_LEVEL ? value_null() : value_int(fact->level);
    values[COLUMN_IDENTITY] = value_int(identity);
    values[COLUMN_DOCUMENT] = value_text(fact->document);
    values[COLUMN_TITLE] = value_text(fact->title);
    values[COLUMN_AGENCY] = value_text(fact->agency);
    values[COLUMN_SOURCE] = value_int(bulk->source);
    values[COLUMN_RECORDED_ON] = value_date(bulk->recorded_on);
    values[COLUMN_BATCH] = bulk->origin->batch == 0 ? value_null() : value_int(bulk->origin->batch);
    values[COLUMN_LINE] = line == 0 ? value_null() : value_int(line);
}

/* The same in words. Columns that later versions put behind them are left at their defaults. */
#define COLUMNS                                                                                    \
    "id,type,status,occurred_on,ended_on,amount,level,identity,document,title,agency,source,"      \
    "recorded_on,batch,line"

/* True when the table is as this file knows it. */
static enum result check_table(struct store *store, bool *known, struct error *error) {
    char *columns = NULL;
    enum result code =
        store_fetch_text(store, "SELECT group_concat(name) || ',' FROM pragma_table_info('fact')",
                         NO_VALUES, &columns, error);
    *known = columns != NULL && strncmp(columns, COLUMNS ",", strlen(COLUMNS ",")) == 0;
    free(columns);
    return code;
}

/* ---- beginning ------------------------------------------------------------------------------ */

/* The id of the source; one that is new is entered when there is something to write. */
static enum result find_source(struct fact_bulk *bulk, struct error *error) {
    enum result code =
        store_fetch_int(bulk->store, "SELECT id FROM source WHERE name = ?",
                        VALUES(value_text(bulk->origin->source)), 0, &bulk->source, error);
    if (code == RESULT_OK && bulk->source == 0) {
        bulk->source_new = true;
        code = store_fetch_int(bulk->store, "SELECT coalesce(max(id), 0) + 1 FROM source",
                               NO_VALUES, 1, &bulk->source, error);
    }
    return code;
}

static enum result set_up(struct fact_bulk *bulk, uint64_t bytes, struct error *error) {
    int64_t before = 0;
    enum result code = find_source(bulk, error);
    if (code == RESULT_OK) {
        code = store_fetch_int(bulk->store, "SELECT EXISTS (SELECT 1 FROM fact)", NO_VALUES, 0,
                               &before, error);
    }
    bulk->any_before = before != 0;
    uint64_t parts = bytes / PART_BYTES + 1;
    uint64_t span = (uint64_t)(bulk->last - bulk->first) + 1;
    parts = parts > SPILL_PARTS_MAX ? SPILL_PARTS_MAX : parts;
    bulk->parts = (size_t)(parts > span ? span : parts);
    return code == RESULT_OK ? spill_new(&bulk->spill, store_path(bulk->store), bulk->parts, error)
                             : code;
}

enum result fact_bulk_new(struct fact_bulk **bulk, struct store *store,
                          const struct save_origin *origin, int64_t first, int64_t last,
                          uint64_t bytes, struct error *error) {
    *bulk = NULL;
    bool known = false;
    enum result code = check_table(store, &known, error);
    if (code != RESULT_OK || !known) {
        return code;
    }
    struct fact_bulk *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->store = store;
    made->origin = origin;
    made->first = first;
    made->last = last;
    made->recorded_on = clock_today(&origin->actor->clock);
    code = set_up(made, bytes, error);
    if (code != RESULT_OK) {
        fact_bulk_free(made);
        return code;
    }
    *bulk = made;
    return RESULT_OK;
}

struct fact_lane *fact_bulk_lane(struct fact_bulk *bulk) {
    struct fact_lane *lane = calloc(1, sizeof(*lane));
    if (lane == NULL) {
        return NULL;
    }
    lane->bulk = bulk;
    lane->record = malloc(TREE_RECORD_MAX + _Alignof(struct fact_head));
    lane->spill = spill_lane_new(bulk->spill);
    if (lane->record == NULL || lane->spill == NULL) {
        free(lane->record);
        free(lane);
        return NULL;
    }
    lane->next = bulk->lanes;
    bulk->lanes = lane;
    return lane;
}

void fact_bulk_free(struct fact_bulk *bulk) {
    if (bulk == NULL) {
        return;
    }
    for (struct fact_lane *lane = bulk->lanes; lane != NULL;) {
        struct fact_lane *next = lane->next;
        buffer_free(&lane->identity);
        free(lane->record);
        free(lane);
        lane = next;
    }
    spill_free(bulk->spill);
    free(bulk);
}

/* ---- adding --------------------------------------------------------------------------------- */

size_t fact_piece_size(size_t length) {
    size_t unit = _Alignof(struct fact_head);
    return sizeof(struct fact_head) + (length + unit - 1) / unit * unit;
}

size_t fact_part_of(int64_t enterprise, int64_t first, int64_t last, size_t parts) {
    uint64_t span = (uint64_t)(last - first) + 1;
    uint64_t width = (span + parts - 1) / parts;
    return (size_t)((uint64_t)(enterprise - first) / width);
}

int64_t fact_part_first(size_t part, int64_t first, int64_t last, size_t parts) {
    uint64_t span = (uint64_t)(last - first) + 1;
    uint64_t width = (span + parts - 1) / parts;
    return first + (int64_t)(part * width);
}

static enum result put(struct fact_lane *lane, const struct fact_head *head, struct error *error) {
    const struct fact_bulk *bulk = lane->bulk;
    size_t part = fact_part_of(head->enterprise, bulk->first, bulk->last, bulk->parts);
    size_t room = fact_piece_size(head->length) - sizeof(*head);
    memset(lane->record + head->length, 0, room - head->length);
    return spill_put(lane->spill, part, head, sizeof(*head), lane->record, room, error);
}

enum result fact_lane_add(struct fact_lane *lane, int64_t enterprise, const struct fact *fact,
                          const char *record, struct save_place place, bool *added,
                          struct error *error) {
    struct value values[COLUMN_COUNT];
    int64_t identity = 0;
    *added = false;
    if (fact_type_code(fact->type) == NULL || !date_valid(fact->occurred_on) ||
        (fact->ended_on != DATE_NONE && fact->ended_on < fact->occurred_on)) {
        return RESULT_OK;
    }
    enum result code = fact_identity(&lane->identity, fact, record, &identity, error);
    if (code != RESULT_OK) {
        return code;
    }
    gather_values(lane->bulk, fact, identity, place.line, values);
    if (row_record_bound(values, COLUMN_COUNT) > TREE_RECORD_MAX) {
        return RESULT_OK;
    }
    struct fact_head head = {.enterprise = enterprise,
                             .line = place.line,
                             .offset = place.offset,
                             .identity = identity,
                             .type = fact->type,
                             .length =
                                 (uint32_t)row_record_encode(values, COLUMN_COUNT, lane->record)};
    *added = true;
    return put(lane, &head, error);
}

enum result fact_lane_hold(struct fact_lane *lane, int64_t enterprise, int64_t line,
                           struct error *error) {
    struct fact_head head = {.enterprise = enterprise, .line = line};
    return put(lane, &head, error);
}

void fact_bulk_sum_free(struct fact_bulk_sum *sum) {
    free(sum->enterprises);
    free(sum->left);
    *sum = (struct fact_bulk_sum){0};
}
