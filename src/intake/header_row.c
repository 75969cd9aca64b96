#include "intake/header_row.h"

#include "intake/binding.h"
#include "intake/evidence.h"
#include "intake/profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A cell longer than this names no column, in bytes. */
#define LONGEST_HEADER 120

/* What looking at a row as a header gives. */
struct look {
    int known;     /* cells that the vocabulary knows well */
    int filled;    /* cells that hold something */
    int sentences; /* cells too long to name a column */
    bool data;     /* it holds values that only data have */
};

static char *key_of(const char *cell) {
    return cell[0] == '\0' ? NULL : profile_header_key(cell);
}

static struct look look_at(const struct row *row, const struct vocabulary *vocabulary,
                           enum import_kind kind) {
    struct look look = {.data = evidence_row_is_data(row)};
    for (size_t i = 0; i < row->count; i++) {
        char *key = key_of(row->cells[i]);
        if (key != NULL && key[0] != '\0') {
            look.filled++;
            look.known += vocabulary_best(vocabulary, kind, key) >= 70;
            look.sentences += strlen(key) > LONGEST_HEADER;
        }
        free(key);
    }
    return look;
}

/* How much a row is like a header; 0: not at all. A title is one cell, where the table below has
 * several. */
static int weigh(const struct look *look, size_t width) {
    if (look->data || look->sentences > 0 || look->filled == 0) {
        return 0;
    }
    if (look->filled == 1 && width > 1) {
        return 0;
    }
    return 10 * look->known + (look->known > 0 ? look->filled : look->filled / 2);
}

/* True when a row names columns below groups that the row above it names: it fills blanks of that
 * row's reach, and where both hold something one stands below the other's group. */
static bool goes_on(const struct row *upper, const struct row *lower,
                    const struct vocabulary *vocabulary, enum import_kind kind) {
    struct look look = look_at(lower, vocabulary, kind);
    size_t below = 0;
    size_t blanks = 0;
    for (size_t i = 0; i < upper->count || i < lower->count; i++) {
        const char *high = row_cell(upper, i);
        const char *low = row_cell(lower, i);
        bool grouped = high[0] == '\0' || (i > 0 && strcmp(high, row_cell(upper, i - 1)) == 0);
        blanks += grouped && i < lower->count;
        below += low[0] != '\0' && strcmp(low, high) != 0 && grouped;
    }
    return !look.data && look.sentences == 0 && look.known > 0 && blanks > 0 && below > 0 &&
           below + 1 >= blanks;
}

/* The name of one column of a header of two rows: the lower one's, behind its group's where only
 * both together are a known name. */
static char *join_cell(const char *group, const char *high, const char *low,
                       const struct vocabulary *vocabulary, enum import_kind kind) {
    char *joined = NULL;
    if (low[0] == '\0' || strcmp(low, high) == 0) {
        return strdup(high);
    }
    if (asprintf(&joined, "%s%s", group, low) < 0) {
        return NULL;
    }
    char *alone_key = profile_header_key(low);
    char *joined_key = profile_header_key(joined);
    bool together = alone_key != NULL && joined_key != NULL &&
                    vocabulary_best(vocabulary, kind, joined_key) >
                        vocabulary_best(vocabulary, kind, alone_key);
    free(alone_key);
    free(joined_key);
    if (together) {
        return joined;
    }
    free(joined);
    return strdup(low);
}

/* Makes one row of two. */
static bool join(const struct row *upper, const struct row *lower,
                 const struct vocabulary *vocabulary, enum import_kind kind, struct arena *arena,
                 struct row *row) {
    size_t count = upper->count > lower->count ? upper->count : lower->count;
    const char **cells = arena_alloc(arena, (count + 1) * sizeof(*cells));
    const char *group = "";
    for (size_t i = 0; cells != NULL && i < count; i++) {
        const char *high = row_cell(upper, i);
        group = high[0] == '\0' ? group : high;
        char *cell = join_cell(group, high, row_cell(lower, i), vocabulary, kind);
        cells[i] = arena_strdup(arena, cell);
        free(cell);
        if (cells[i] == NULL) {
            return false;
        }
    }
    *row = *lower;
    row->cells = cells;
    row->count = count;
    row->width = row->width > upper->width ? row->width : upper->width;
    return cells != NULL;
}

enum result header_row_find(const struct sample *sample, const struct vocabulary *vocabulary,
                            enum import_kind kind, struct arena *arena, struct header_row *header,
                            bool *found, struct error *error) {
    int best = 0;
    *found = false;
    for (size_t i = 0; i < sample->count && i < HEADER_ROWS_MAX; i++) {
        struct look look = look_at(&sample->rows[i], vocabulary, kind);
        int weight = weigh(&look, sample->width);
        if (weight > best) {
            best = weight;
            *header = (struct header_row){.index = i, .first = i, .row = sample->rows[i]};
            *found = true;
        }
        if (look.data) {
            break; /* below data there is no header */
        }
    }
    size_t next = *found ? header->index + 1 : sample->count;
    size_t before = *found && header->index > 0 ? header->index - 1 : sample->count;
    if (next < sample->count && goes_on(&header->row, &sample->rows[next], vocabulary, kind)) {
        header->index = next;
    } else if (before < sample->count && sample->rows[before].count > 1 &&
               goes_on(&sample->rows[before], &header->row, vocabulary, kind)) {
        header->first = before;
    } else {
        return RESULT_OK;
    }
    return join(&sample->rows[header->first], &sample->rows[header->index], vocabulary, kind, arena,
                &header->row)
               ? RESULT_OK
               : error_no_memory(error);
}
