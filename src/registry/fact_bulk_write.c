#include "registry/fact_pile.h"

#include "base/gettext.h"
#include "registry/source.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* A range that comes to more is divided before it is sorted in memory. */
#define RANGE_BYTES_MAX ((uint64_t)48 << 20)

/* Parts that may be written and not yet inserted. */
#define AHEAD 3

/* ---- gathering ------------------------------------------------------------------------------ */

/* One piece of a range, in the order of writing. */
struct entry {
    int64_t enterprise;
    int64_t line;
    const struct fact_head *head;
};

/* A fact that the registry had before. */
struct known {
    int64_t id;
    int64_t identity;
    int32_t type;
};

/* What a set of facts of one enterprise knows of one. */
struct trait {
    int64_t identity;
    int32_t type; /* 0: free */
};

struct writer {
    struct fact_bulk *bulk;
    struct fact_bulk_sum *sum;
    struct fact_range *ranges;
    size_t range_count;
    size_t range_capacity;
    struct spill **spills; /* of ranges that were divided */
    size_t spill_count;
    struct feed *feed;
    struct buffer bytes; /* the range being written */
    struct entry *entries;
    size_t entry_count;
    size_t entry_capacity;
    struct known *known; /* facts of the range that the registry has */
    size_t known_count;
    size_t known_capacity;
    struct trait *traits; /* of the enterprise being written: an open table */
    size_t trait_mask;
    size_t left_capacity;
    size_t enterprise_capacity;
    /* the two threads */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool *filled;    /* ranges whose part holds rows */
    size_t built;    /* ranges that are written to the feed */
    size_t inserted; /* ranges that are done with */
    bool stopped;
    enum result built_code;
    struct error *built_error;
};

/* The array with room for one more; NULL when memory is short. */
static void *grow(void *array, size_t size, size_t count, size_t *capacity) {
    if (count < *capacity) {
        return array;
    }
    size_t wanted = *capacity == 0 ? 1024 : *capacity * 2;
    void *grown = realloc(array, wanted * size);
    if (grown != NULL) {
        *capacity = wanted;
    }
    return grown;
}

/* ---- ranges --------------------------------------------------------------------------------- */

static enum result add_range(struct writer *writer, const struct fact_range *range,
                             struct error *error) {
    struct fact_range *ranges =
        grow(writer->ranges, sizeof(*ranges), writer->range_count, &writer->range_capacity);
    if (ranges == NULL) {
        return error_no_memory(error);
    }
    writer->ranges = ranges;
    writer->ranges[writer->range_count++] = *range;
    return RESULT_OK;
}

/* Deals the pieces of a range out to the parts of another spill. */
static enum result deal(const struct fact_range *range, struct spill *spill, size_t parts,
                        struct buffer *bytes, struct error *error) {
    struct spill_lane *lane = spill_lane_new(spill);
    enum result code = lane == NULL ? error_no_memory(error) : RESULT_OK;
    for (size_t run = 0; code == RESULT_OK && run < spill_runs(range->spill, range->part); run++) {
        code = spill_load_run(range->spill, range->part, run, bytes, error);
        for (size_t at = 0; code == RESULT_OK && at < bytes->length;) {
            const struct fact_head *head =
                (const struct fact_head *)(const void *)(bytes->data + at);
            size_t size = fact_piece_size(head->length);
            size_t part = fact_part_of(head->enterprise, range->first, range->last, parts);
            code = spill_put(lane, part, head, size, NULL, 0, error);
            at += size;
        }
    }
    spill_drop(range->spill, range->part);
    return code == RESULT_OK ? spill_flush(spill, error) : code;
}

static enum result cut(struct writer *writer, struct spill *spill, int64_t first, int64_t last,
                       size_t parts, struct error *error);

/* Adds a range, divided where it is large: files may speak of few enterprises mostly. */
static enum result settle_range(struct writer *writer, const struct fact_range *range,
                                struct error *error) {
    uint64_t bytes = spill_size(range->spill, range->part);
    uint64_t span = (uint64_t)(range->last - range->first) + 1;
    if (bytes == 0) {
        return RESULT_OK;
    }
    if (bytes <= RANGE_BYTES_MAX || span == 1) {
        return add_range(writer, range, error);
    }
    size_t parts = (size_t)(bytes / (RANGE_BYTES_MAX / 4) + 1);
    parts = parts > 64 ? 64 : parts;
    parts = parts > span ? (size_t)span : parts;
    struct spill **spills =
        realloc(writer->spills, (writer->spill_count + 1) * sizeof(struct spill *));
    if (spills == NULL) {
        return error_no_memory(error);
    }
    writer->spills = spills;
    struct spill *spill = NULL;
    enum result code = spill_new(&spill, store_path(writer->bulk->store), parts, error);
    if (code != RESULT_OK) {
        return code;
    }
    writer->spills[writer->spill_count++] = spill;
    code = deal(range, spill, parts, &writer->bytes, error);
    return code == RESULT_OK ? cut(writer, spill, range->first, range->last, parts, error) : code;
}

/* Adds the ranges that the parts of a spill are. */
static enum result cut(struct writer *writer, struct spill *spill, int64_t first, int64_t last,
                       size_t parts, struct error *error) {
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < parts; i++) {
        int64_t next = fact_part_first(i + 1, first, last, parts);
        struct fact_range range = {.spill = spill,
                                   .part = i,
                                   .first = fact_part_first(i, first, last, parts),
                                   .last = next > last ? last : next - 1};
        code = settle_range(writer, &range, error);
    }
    return code;
}

/* ---- sorting -------------------------------------------------------------------------------- */

static int compare_entries(const void *left, const void *right) {
    const struct entry *one = left;
    const struct entry *other = right;
    if (one->enterprise != other->enterprise) {
        return one->enterprise < other->enterprise ? -1 : 1;
    }
    if (one->line != other->line) {
        return one->line < other->line ? -1 : 1;
    }
    return (one->head->type > other->head->type) - (one->head->type < other->head->type);
}

/* Brings lists that are nearly in order into it. */
static void sort_group(struct entry *entries, size_t count) {
    if (count > 64) {
        qsort(entries, count, sizeof(*entries), compare_entries);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        struct entry entry = entries[i];
        size_t place = i;
        for (; place > 0 && compare_entries(&entry, &entries[place - 1]) < 0; place--) {
            entries[place] = entries[place - 1];
        }
        entries[place] = entry;
    }
}

/* Sorts by enterprise by counting, where they are no more than rows; then each enterprise's rows,
 * which nearly stand in order, by line. */
static enum result sort_entries(struct writer *writer, const struct fact_range *range,
                                struct error *error) {
    uint64_t span = (uint64_t)(range->last - range->first) + 1;
    size_t count = writer->entry_count;
    if (count == 0) {
        return RESULT_OK;
    }
    if (span > 4 * (uint64_t)count + 1024) {
        qsort(writer->entries, count, sizeof(*writer->entries), compare_entries);
        return RESULT_OK;
    }
    size_t *starts = calloc((size_t)span + 1, sizeof(*starts));
    struct entry *sorted = malloc(writer->entry_capacity * sizeof(*sorted));
    if (starts == NULL || sorted == NULL) {
        free(starts);
        free(sorted);
        return error_no_memory(error);
    }
    for (size_t i = 0; i < count; i++) {
        starts[writer->entries[i].enterprise - range->first + 1]++;
    }
    for (size_t i = 1; i <= span; i++) {
        starts[i] += starts[i - 1];
    }
    for (size_t i = 0; i < count; i++) {
        sorted[starts[writer->entries[i].enterprise - range->first]++] = writer->entries[i];
    }
    /* starts[i] is now where enterprise i ends. */
    for (size_t i = 0; i < span; i++) {
        size_t start = i == 0 ? 0 : starts[i - 1];
        sort_group(sorted + start, starts[i] - start);
    }
    free(starts);
    free(writer->entries);
    writer->entries = sorted;
    return RESULT_OK;
}

static enum result load_range(struct writer *writer, const struct fact_range *range,
                              struct error *error) {
    enum result code = spill_load(range->spill, range->part, &writer->bytes, error);
    writer->entry_count = 0;
    for (size_t at = 0; code == RESULT_OK && at < writer->bytes.length;) {
        const struct fact_head *head =
            (const struct fact_head *)(const void *)(writer->bytes.data + at);
        struct entry *entries =
            grow(writer->entries, sizeof(*entries), writer->entry_count, &writer->entry_capacity);
        if (entries == NULL) {
            return error_no_memory(error);
        }
        writer->entries = entries;
        writer->entries[writer->entry_count++] = (struct entry){head->enterprise, head->line, head};
        at += fact_piece_size(head->length);
    }
    return code == RESULT_OK ? sort_entries(writer, range, error) : code;
}

/* ---- one enterprise ------------------------------------------------------------------------- */

/* Makes the table of traits ready for so many. */
static enum result clear_traits(struct writer *writer, size_t count, struct error *error) {
    size_t capacity = 32;
    while (capacity < 2 * count) {
        capacity *= 2;
    }
    if (capacity > writer->trait_mask + 1 || writer->traits == NULL) {
        free(writer->traits);
        writer->traits = malloc(capacity * sizeof(*writer->traits));
        if (writer->traits == NULL) {
            return error_no_memory(error);
        }
    }
    writer->trait_mask = capacity - 1;
    memset(writer->traits, 0, capacity * sizeof(*writer->traits));
    return RESULT_OK;
}

/* Adds a trait; false when it is there already. */
static bool add_trait(struct writer *writer, int32_t type, int64_t identity) {
    size_t place = ((uint64_t)identity ^ (uint64_t)type) & writer->trait_mask;
    struct trait *trait = &writer->traits[place];
    while (trait->type != 0) {
        if (trait->type == type && trait->identity == identity) {
            return false;
        }
        place = (place + 1) & writer->trait_mask;
        trait = &writer->traits[place];
    }
    *trait = (struct trait){identity, type};
    return true;
}

static enum result leave(struct writer *writer, const struct fact_head *head, struct error *error) {
    struct fact_bulk_sum *sum = writer->sum;
    struct save_place *left =
        grow(sum->left, sizeof(*left), sum->left_count, &writer->left_capacity);
    if (left == NULL) {
        return error_no_memory(error);
    }
    sum->left = left;
    sum->left[sum->left_count++] = (struct save_place){head->line, head->offset};
    return RESULT_OK;
}

static enum result note_enterprise(struct writer *writer, int64_t enterprise, struct error *error) {
    struct fact_bulk_sum *sum = writer->sum;
    int64_t *enterprises = grow(sum->enterprises, sizeof(*enterprises), sum->enterprise_count,
                                &writer->enterprise_capacity);
    if (enterprises == NULL) {
        return error_no_memory(error);
    }
    sum->enterprises = enterprises;
    sum->enterprises[sum->enterprise_count++] = enterprise;
    return RESULT_OK;
}

/* Writes the facts of one enterprise that are new, until a row holds it. */
static enum result write_enterprise(struct writer *writer, const struct entry *entries,
                                    size_t count, const struct known *known, size_t known_count,
                                    struct error *error) {
    int64_t enterprise = entries[0].enterprise;
    int64_t first = fact_first_id(enterprise);
    int64_t id = known_count == 0 ? first : known[known_count - 1].id;
    int64_t before = id;
    bool held = false;
    enum result code = clear_traits(writer, count + known_count, error);
    for (size_t i = 0; code == RESULT_OK && i < known_count; i++) {
        add_trait(writer, known[i].type, known[i].identity);
    }
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        const struct fact_head *head = entries[i].head;
        held = held || head->type == 0;
        if (head->type == 0) {
            continue;
        }
        if (held || id == fact_last_id(enterprise) ||
            !add_trait(writer, head->type, head->identity)) {
            code = leave(writer, head, error);
            continue;
        }
        code = feed_part_row(writer->feed, ++id, head + 1, head->length, error);
    }
    writer->sum->inserted += id - before;
    return code == RESULT_OK && id != before ? note_enterprise(writer, enterprise, error) : code;
}

/* Writes one range to its part of the feed. */
static enum result build_range(struct writer *writer, size_t number, struct error *error) {
    int64_t before = writer->sum->inserted;
    enum result code = load_range(writer, &writer->ranges[number], error);
    if (code == RESULT_OK) {
        code = feed_part_begin(writer->feed, number, error);
    }
    size_t known = 0;
    for (size_t start = 0; code == RESULT_OK && start < writer->entry_count;) {
        int64_t enterprise = writer->entries[start].enterprise;
        size_t end = start;
        while (end < writer->entry_count && writer->entries[end].enterprise == enterprise) {
            end++;
        }
        while (known < writer->known_count &&
               fact_enterprise(writer->known[known].id) < enterprise) {
            known++;
        }
        size_t known_end = known;
        while (known_end < writer->known_count &&
               fact_enterprise(writer->known[known_end].id) == enterprise) {
            known_end++;
        }
        code = write_enterprise(writer, writer->entries + start, end - start,
                                writer->known == NULL ? NULL : writer->known + known,
                                known_end - known, error);
        start = end;
        known = known_end;
    }
    writer->filled[number] = writer->sum->inserted > before;
    return code == RESULT_OK ? feed_part_end(writer->feed, error) : code;
}

/* ---- what the registry has ------------------------------------------------------------------ */

static enum result load_known(struct writer *writer, const struct fact_range *range,
                              struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    writer->known_count = 0;
    if (!writer->bulk->any_before) {
        return RESULT_OK;
    }
    enum result code = store_query(
        &rows, writer->bulk->store,
        "SELECT id, type, identity FROM fact WHERE id BETWEEN ? AND ? ORDER BY id",
        VALUES(value_int(fact_first_id(range->first)), value_int(fact_last_id(range->last))),
        error);
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        struct known *known =
            grow(writer->known, sizeof(*known), writer->known_count, &writer->known_capacity);
        if (known == NULL) {
            code = error_no_memory(error);
            break;
        }
        writer->known = known;
        writer->known[writer->known_count++] =
            (struct known){.id = statement_int(rows, 0),
                           .type = (int32_t)statement_int(rows, 1),
                           .identity = statement_int(rows, 2)};
    }
    statement_free(rows);
    return code;
}

/* Enters the source that the records name already, now that there is something to write. */
static enum result enter_source(struct fact_bulk *bulk, struct error *error) {
    struct source_writer *writer = NULL;
    int64_t id = bulk->source;
    if (!bulk->source_new) {
        return RESULT_OK;
    }
    bulk->source_new = false;
    enum result code = source_writer_new(&writer, bulk->store, error);
    if (code == RESULT_OK) {
        code = source_writer_id(writer, bulk->origin->source, &id, error);
    }
    source_writer_free(writer);
    if (code == RESULT_OK && id != bulk->source) {
        code = error_set(error, RESULT_BUSY,
                         _("%s is being changed by another program; try again in a moment."),
                         store_path(bulk->store));
    }
    return code;
}

static enum result insert_range(struct writer *writer, size_t number, struct error *error) {
    if (!writer->filled[number]) {
        return RESULT_OK;
    }
    enum result code = enter_source(writer->bulk, error);
    return code == RESULT_OK ? feed_insert(writer->feed, number, error) : code;
}

/* ---- both at once --------------------------------------------------------------------------- */

/* The thread that builds ranges, a few ahead of the one that inserts them. */
static void *build_ranges(void *context) {
    struct writer *writer = context;
    enum result code = RESULT_OK;
    bool stopped = false;
    for (size_t i = 0; code == RESULT_OK && !stopped && i < writer->range_count; i++) {
        code = build_range(writer, i, writer->built_error);
        pthread_mutex_lock(&writer->lock);
        writer->built += code == RESULT_OK;
        writer->built_code = code;
        pthread_cond_broadcast(&writer->changed);
        while (!writer->stopped && writer->built >= writer->inserted + AHEAD) {
            pthread_cond_wait(&writer->changed, &writer->lock);
        }
        stopped = writer->stopped;
        pthread_mutex_unlock(&writer->lock);
    }
    return NULL;
}

/* Waits until a range is built; false when it never will be. */
static bool await_range(struct writer *writer, size_t number) {
    pthread_mutex_lock(&writer->lock);
    while (writer->built <= number && writer->built_code == RESULT_OK) {
        pthread_cond_wait(&writer->changed, &writer->lock);
    }
    bool built = writer->built > number;
    pthread_mutex_unlock(&writer->lock);
    return built;
}

static void tell_inserted(struct writer *writer, size_t inserted, bool stop) {
    pthread_mutex_lock(&writer->lock);
    writer->inserted = inserted;
    writer->stopped = stop;
    pthread_cond_broadcast(&writer->changed);
    pthread_mutex_unlock(&writer->lock);
}

/* Where nothing has to be asked of the registry, building and inserting go on side by side. */
static enum result write_side_by_side(struct writer *writer, const struct progress *progress,
                                      struct error *error) {
    struct error built_error = ERROR_INIT;
    pthread_t thread;
    writer->built_error = &built_error;
    if (pthread_create(&thread, NULL, build_ranges, writer) != 0) {
        return error_no_memory(error);
    }
    enum result code = RESULT_OK;
    bool built = true;
    for (size_t i = 0; code == RESULT_OK && built && i < writer->range_count; i++) {
        code = progress_step(progress, i, writer->range_count, error);
        built = code == RESULT_OK && await_range(writer, i);
        if (built) {
            code = insert_range(writer, i, error);
            tell_inserted(writer, i + 1, false);
        }
    }
    tell_inserted(writer, writer->range_count, true);
    pthread_join(thread, NULL);
    if (code == RESULT_OK && writer->built_code != RESULT_OK) {
        code = writer->built_code;
        error_set(error, code, "%s", error_sentence(&built_error));
    }
    error_clear(&built_error);
    return code;
}

static enum result write_in_turn(struct writer *writer, const struct progress *progress,
                                 struct error *error) {
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < writer->range_count; i++) {
        code = progress_step(progress, i, writer->range_count, error);
        if (code == RESULT_OK) {
            code = load_known(writer, &writer->ranges[i], error);
        }
        if (code == RESULT_OK) {
            code = build_range(writer, i, error);
        }
        if (code == RESULT_OK) {
            code = insert_range(writer, i, error);
        }
    }
    return code;
}

static enum result make_feed(struct writer *writer, struct error *error) {
    uint64_t bytes = 0;
    for (size_t i = 0; i < writer->range_count; i++) {
        bytes += spill_size(writer->ranges[i].spill, writer->ranges[i].part);
    }
    writer->filled = calloc(writer->range_count + 1, sizeof(*writer->filled));
    if (writer->filled == NULL) {
        return error_no_memory(error);
    }
    return feed_new(&writer->feed, writer->bulk->store, "fact", writer->range_count, bytes, error);
}

static void clear_writer(struct writer *writer) {
    feed_free(writer->feed);
    for (size_t i = 0; i < writer->spill_count; i++) {
        spill_free(writer->spills[i]);
    }
    buffer_free(&writer->bytes);
    free(writer->spills);
    free(writer->ranges);
    free(writer->filled);
    free(writer->entries);
    free(writer->known);
    free(writer->traits);
    pthread_mutex_destroy(&writer->lock);
    pthread_cond_destroy(&writer->changed);
}

enum result fact_bulk_write(struct fact_bulk *bulk, const struct progress *progress,
                            struct fact_bulk_sum *sum, struct error *error) {
    *sum = (struct fact_bulk_sum){0};
    struct writer writer = {.bulk = bulk, .sum = sum};
    pthread_mutex_init(&writer.lock, NULL);
    pthread_cond_init(&writer.changed, NULL);
    enum result code = spill_flush(bulk->spill, error);
    if (code == RESULT_OK) {
        code = cut(&writer, bulk->spill, bulk->first, bulk->last, bulk->parts, error);
    }
    if (code == RESULT_OK && writer.range_count > 0) {
        code = make_feed(&writer, error);
        if (code == RESULT_OK) {
            code = bulk->any_before ? write_in_turn(&writer, progress, error)
                                    : write_side_by_side(&writer, progress, error);
        }
    }
    clear_writer(&writer);
    if (code != RESULT_OK) {
        fact_bulk_sum_free(sum);
    }
    return code;
}
