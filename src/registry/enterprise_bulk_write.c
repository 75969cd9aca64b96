#include "registry/enterprise_pile.h"

#include "registry/key_sort.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Files larger than this have more keys than are sorted in memory: SQLite then adds to its indexes
 * row by row. */
#define SORTED_BYTES_MAX ((uint64_t)384 << 20)

/* The texts that a row's keys hold, in their order. */
enum key_text { KEY_NAME, KEY_INITIALS, KEY_USCC, KEY_NUMBER, KEY_REGION, KEY_TEXTS };

/* What the indexes of the table hold, as far as this file knows. */
static const struct {
    const char *name;
    enum key_text first;
    enum key_text last;
    bool partial; /* rows without the text are not in it */
} indexes[] = {
    {"sqlite_autoindex_enterprise_1", KEY_USCC, KEY_USCC, false},
    {"enterprise_name", KEY_NAME, KEY_NUMBER, false},
    {"enterprise_number", KEY_NUMBER, KEY_NUMBER, true},
    {"enterprise_region", KEY_REGION, KEY_REGION, false},
};
#define INDEXES (sizeof(indexes) / sizeof(indexes[0]))

/* A set of registration numbers, by 64 bits of each: one that seems to be there and is not goes the
 * careful way, which is as good. */
struct numbers {
    uint64_t *items; /* 0: free */
    size_t mask;
    size_t count;
};

/* An index being sorted. */
struct sorting {
    struct sort_key *keys;
    size_t count;
};

struct writer {
    struct enterprise_bulk *bulk;
    struct enterprise_bulk_sum *sum;
    struct feed *feed;
    bool indexed;
    bool stopped; /* a row that goes another way may enter an enterprise */
    int64_t next; /* the id of the next one */
    struct numbers numbers;
    struct buffer bytes;
    const struct enterprise_head **heads; /* of the part being written, by line */
    size_t head_count;
    size_t head_capacity;
    size_t left_capacity;
    struct buffer keys;   /* of all rows written */
    struct buffer starts; /* where each row's keys start in it: uint64_t */
    struct sorting sortings[INDEXES];
};

/* ---- numbers -------------------------------------------------------------------------------- */

static uint64_t hash_number(const char *number) {
    uint64_t hash = UINT64_C(1469598103934665603);
    for (; *number != '\0'; number++) {
        hash = (hash ^ (unsigned char)*number) * UINT64_C(1099511628211);
    }
    hash ^= hash >> 32;
    return hash == 0 ? 1 : hash;
}

static uint64_t *number_place(const struct numbers *numbers, uint64_t hash) {
    size_t place = (size_t)hash & numbers->mask;
    while (numbers->items[place] != 0 && numbers->items[place] != hash) {
        place = (place + 1) & numbers->mask;
    }
    return &numbers->items[place];
}

static bool has_number(const struct numbers *numbers, const char *number) {
    return numbers->count > 0 && *number_place(numbers, hash_number(number)) != 0;
}

static bool add_number(struct numbers *numbers, const char *number) {
    if (number[0] == '\0') {
        return true;
    }
    if (numbers->items == NULL || numbers->count * 2 > numbers->mask) {
        struct numbers wider = {.mask = numbers->items == NULL ? 1023 : numbers->mask * 2 + 1};
        wider.items = calloc(wider.mask + 1, sizeof(*wider.items));
        if (wider.items == NULL) {
            return false;
        }
        for (size_t i = 0; numbers->items != NULL && i <= numbers->mask; i++) {
            if (numbers->items[i] != 0) {
                *number_place(&wider, numbers->items[i]) = numbers->items[i];
            }
        }
        free(numbers->items);
        wider.count = numbers->count;
        *numbers = wider;
    }
    uint64_t hash = hash_number(number);
    uint64_t *place = number_place(numbers, hash);
    numbers->count += *place == 0;
    *place = hash;
    return true;
}

static enum result load_numbers(struct writer *writer, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code = store_query(&rows, writer->bulk->store,
                                   "SELECT registration_number FROM enterprise"
                                   " WHERE registration_number IS NOT NULL",
                                   NO_VALUES, error);
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        if (!add_number(&writer->numbers, statement_string(rows, 0))) {
            code = error_no_memory(error);
        }
    }
    statement_free(rows);
    return code;
}

/* ---- rows ----------------------------------------------------------------------------------- */

static int compare_heads(const void *left, const void *right) {
    const struct enterprise_head *const *one = left;
    const struct enterprise_head *const *other = right;
    return ((*one)->line > (*other)->line) - ((*one)->line < (*other)->line);
}

static enum result load_part(struct writer *writer, size_t part, struct error *error) {
    enum result code = spill_load(writer->bulk->spill, part, &writer->bytes, error);
    bool sorted = true;
    writer->head_count = 0;
    for (size_t at = 0; code == RESULT_OK && at < writer->bytes.length;) {
        const struct enterprise_head *head =
            (const struct enterprise_head *)(const void *)(writer->bytes.data + at);
        if (writer->head_count == writer->head_capacity) {
            size_t capacity = writer->head_capacity * 2 + 1024;
            const struct enterprise_head **heads =
                realloc(writer->heads, capacity * sizeof(*heads));
            if (heads == NULL) {
                return error_no_memory(error);
            }
            writer->heads = heads;
            writer->head_capacity = capacity;
        }
        sorted = sorted && (writer->head_count == 0 ||
                            writer->heads[writer->head_count - 1]->line <= head->line);
        writer->heads[writer->head_count++] = head;
        at += enterprise_piece_size(head);
    }
    if (code == RESULT_OK && !sorted) {
        qsort(writer->heads, writer->head_count, sizeof(*writer->heads), compare_heads);
    }
    return code;
}

static enum result leave(struct writer *writer, const struct enterprise_head *head,
                         struct error *error) {
    struct enterprise_bulk_sum *sum = writer->sum;
    if (sum->left_count == writer->left_capacity) {
        size_t capacity = writer->left_capacity * 2 + 256;
        struct save_place *left = realloc(sum->left, capacity * sizeof(*left));
        if (left == NULL) {
            return error_no_memory(error);
        }
        sum->left = left;
        writer->left_capacity = capacity;
    }
    sum->left[sum->left_count++] = (struct save_place){head->line, head->offset};
    return RESULT_OK;
}

static enum result write_row(struct writer *writer, const struct enterprise_head *head,
                             struct error *error) {
    const char *record = (const char *)(head + 1);
    int64_t id = writer->next++;
    if (writer->indexed) {
        uint64_t start = writer->keys.length;
        buffer_append(&writer->starts, &start, sizeof(start));
        buffer_append(&writer->keys, record + head->record_length, head->keys_length);
    }
    if (!directory_add(writer->bulk->directory, id, head->uscc) ||
        !add_number(&writer->numbers, head->number) || writer->keys.failed ||
        writer->starts.failed) {
        return error_no_memory(error);
    }
    writer->sum->inserted++;
    return feed_part_row(writer->feed, id, record, head->record_length, error);
}

/* A row whose codes nobody has yet is written; one that only looks so, for another row may give it
 * its enterprise, ends the writing. */
static enum result take_row(struct writer *writer, const struct enterprise_head *head,
                            struct error *error) {
    struct directory_entry entry;
    bool known = directory_find(writer->bulk->directory, head->uscc, &entry);
    bool number_known = head->number[0] != '\0' && has_number(&writer->numbers, head->number);
    bool other = head->record_length == 0;
    if (!known && (other || number_known)) {
        writer->stopped = true;
    }
    if (!known && !other && !writer->stopped) {
        return write_row(writer, head, error);
    }
    if (!add_number(&writer->numbers, head->number)) {
        return error_no_memory(error);
    }
    return other ? RESULT_OK : leave(writer, head, error);
}

static enum result write_parts(struct writer *writer, const struct progress *progress,
                               struct error *error) {
    struct enterprise_bulk *bulk = writer->bulk;
    enum result code = feed_part_begin(writer->feed, 0, error);
    for (size_t part = 0; code == RESULT_OK && part < bulk->parts; part++) {
        code = progress_step(progress, part, bulk->parts * 2, error);
        if (code == RESULT_OK) {
            code = load_part(writer, part, error);
        }
        for (size_t i = 0; code == RESULT_OK && i < writer->head_count; i++) {
            code = take_row(writer, writer->heads[i], error);
        }
    }
    return code == RESULT_OK ? feed_part_end(writer->feed, error) : code;
}

/* ---- indexes -------------------------------------------------------------------------------- */

/* The texts of a row's keys, as far as to one of them. */
static void find_texts(const struct writer *writer, size_t row, enum key_text last,
                       const char *texts[KEY_TEXTS]) {
    uint64_t start = 0;
    memcpy(&start, writer->starts.data + row * sizeof(start), sizeof(start));
    const char *text = writer->keys.data + start;
    for (int i = 0;; i++) {
        texts[i] = text;
        if (i == (int)last) {
            return;
        }
        text += strlen(text) + 1;
    }
}

/* Sorts one index. */
static bool sort_index(struct writer *writer, size_t index) {
    struct sorting *sorting = &writer->sortings[index];
    size_t rows = (size_t)writer->sum->inserted;
    sorting->keys = malloc((rows + 1) * sizeof(*sorting->keys));
    if (sorting->keys == NULL) {
        return false;
    }
    for (size_t row = 0; row < rows; row++) {
        const char *texts[KEY_TEXTS];
        find_texts(writer, row, indexes[index].last, texts);
        const char *first = texts[indexes[index].first];
        const char *last = texts[indexes[index].last];
        if (indexes[index].partial && first[0] == '\0') {
            continue;
        }
        sorting->keys[sorting->count++] =
            (struct sort_key){.text = (const unsigned char *)first,
                              .length = (uint32_t)(last + strlen(last) - first),
                              .number = (uint32_t)row};
    }
    key_sort(sorting->keys, sorting->count);
    return true;
}

static enum result write_index(struct writer *writer, size_t place, size_t index,
                               struct error *error) {
    const struct sorting *sorting = &writer->sortings[index];
    unsigned char *record = malloc(TREE_RECORD_MAX + 64);
    enum result code =
        record == NULL ? error_no_memory(error) : feed_index_begin(writer->feed, place, error);
    for (size_t i = 0; code == RESULT_OK && i < sorting->count; i++) {
        struct value values[KEY_TEXTS + 1];
        const char *texts[KEY_TEXTS];
        size_t count = 0;
        find_texts(writer, sorting->keys[i].number, indexes[index].last, texts);
        for (int text = (int)indexes[index].first; text <= (int)indexes[index].last; text++) {
            bool none = text == KEY_NUMBER && texts[text][0] == '\0';
            values[count++] = value_text(none ? NULL : texts[text]);
        }
        values[count++] = value_int(writer->sum->first + sorting->keys[i].number);
        size_t length = row_record_encode(values, count, record);
        code = feed_index_row(writer->feed, record, length, error);
    }
    free(record);
    return code == RESULT_OK ? feed_index_end(writer->feed, error) : code;
}

/* The index of this file's list by which a feed's is known. */
static size_t find_index(const char *name) {
    size_t found = 0;
    while (found < INDEXES && strcmp(indexes[found].name, name) != 0) {
        found++;
    }
    return found;
}

/* The indexes that another thread sorts, one after the other. */
static void *sort_others(void *context) {
    struct writer *writer = context;
    bool sorted = true;
    for (size_t i = 0; sorted && i < INDEXES; i++) {
        sorted = indexes[i].first == KEY_NAME || sort_index(writer, i);
    }
    return sorted ? writer : NULL;
}

static enum result write_indexes(struct writer *writer, struct error *error) {
    pthread_t thread;
    void *others = NULL;
    bool started = pthread_create(&thread, NULL, sort_others, writer) == 0;
    bool sorted = sort_index(writer, find_index("enterprise_name"));
    if (started) {
        pthread_join(thread, &others);
    } else {
        others = sort_others(writer);
    }
    enum result code = sorted && others != NULL ? RESULT_OK : error_no_memory(error);
    const char *name;
    for (size_t i = 0; code == RESULT_OK && (name = feed_index_name(writer->feed, i)) != NULL;
         i++) {
        code = write_index(writer, i, find_index(name), error);
    }
    return code;
}

/* ---- all of it ------------------------------------------------------------------------------ */

/* True when the table is empty and its indexes are those this file knows. */
static enum result check_indexes(struct writer *writer, struct error *error) {
    int64_t known = 0;
    enum result code =
        store_fetch_int(writer->bulk->store,
                        "SELECT (SELECT group_concat(name || ':' || (SELECT group_concat(i.name)"
                        " FROM pragma_index_info(s.name) i)) FROM sqlite_schema s"
                        " WHERE type = 'index' AND tbl_name = 'enterprise') ="
                        " 'sqlite_autoindex_enterprise_1:uscc,"
                        "enterprise_name:name_key,initials,uscc,registration_number,"
                        "enterprise_number:registration_number,enterprise_region:region'"
                        " AND NOT EXISTS (SELECT 1 FROM enterprise)",
                        NO_VALUES, 0, &known, error);
    writer->indexed = known == 1 && writer->bulk->bytes <= SORTED_BYTES_MAX;
    return code;
}

static enum result make_feed(struct writer *writer, struct error *error) {
    struct enterprise_bulk *bulk = writer->bulk;
    uint64_t bytes = 0;
    for (size_t i = 0; i < bulk->parts; i++) {
        bytes += spill_size(bulk->spill, i);
    }
    /* The indexes hold the keys, one of them twice, and the ids. */
    return writer->indexed
               ? feed_new_indexed(&writer->feed, bulk->store, "enterprise", 3 * bytes, error)
               : feed_new(&writer->feed, bulk->store, "enterprise", 1, bytes, error);
}

static enum result write_all(struct writer *writer, const struct progress *progress,
                             struct error *error) {
    enum result code = make_feed(writer, error);
    if (code == RESULT_OK) {
        code =
            store_fetch_int(writer->bulk->store, "SELECT coalesce(max(id), 0) + 1 FROM enterprise",
                            NO_VALUES, 1, &writer->next, error);
        writer->sum->first = writer->next;
    }
    if (code == RESULT_OK) {
        code = write_parts(writer, progress, error);
    }
    if (code == RESULT_OK && writer->sum->inserted == 0) {
        return RESULT_OK;
    }
    if (code == RESULT_OK && writer->indexed) {
        code = write_indexes(writer, error);
    }
    if (code == RESULT_OK) {
        code = progress_step(progress, 3, 4, error);
    }
    return code == RESULT_OK ? feed_insert(writer->feed, 0, error) : code;
}

enum result enterprise_bulk_write(struct enterprise_bulk *bulk, const struct progress *progress,
                                  struct enterprise_bulk_sum *sum, struct error *error) {
    *sum = (struct enterprise_bulk_sum){0};
    struct writer writer = {.bulk = bulk, .sum = sum};
    enum result code = spill_flush(bulk->spill, error);
    if (code == RESULT_OK) {
        code = load_numbers(&writer, error);
    }
    if (code == RESULT_OK) {
        code = check_indexes(&writer, error);
    }
    if (code == RESULT_OK) {
        code = write_all(&writer, progress, error);
    }
    feed_free(writer.feed);
    for (size_t i = 0; i < INDEXES; i++) {
        free(writer.sortings[i].keys);
    }
    buffer_free(&writer.bytes);
    buffer_free(&writer.keys);
    buffer_free(&writer.starts);
    free(writer.heads);
    free(writer.numbers.items);
    if (code != RESULT_OK) {
        free(sum->left);
        *sum = (struct enterprise_bulk_sum){0};
    }
    return code;
}
