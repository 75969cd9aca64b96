#include "sample-db/table.h"

#include "base/gettext.h"

#include <stdlib.h>
#include <string.h>

#define LIST_MARK "、"

static bool is_row(const char *line) {
    return line[0] != '#' && line[0] != '\0';
}

/* Cuts one line at its tabs into the cells of a row; returns how many there are. */
static size_t split_row(char *line, const char **cells, size_t columns) {
    size_t count = 0;
    for (char *cell = line; cell != NULL;) {
        char *tab = strchr(cell, '\t');
        if (tab != NULL) {
            *tab++ = '\0';
        }
        if (count < columns) {
            cells[count] = strcmp(cell, "-") == 0 ? NULL : cell;
        }
        count++;
        cell = tab;
    }
    return count;
}

static size_t count_of(const char *text, char character) {
    size_t count = 0;
    for (const char *place = strchr(text, character); place != NULL;
         place = strchr(place + 1, character)) {
        count++;
    }
    return count;
}

enum result sample_table_read(struct sample_table *table, const char *name, const char *text,
                              size_t columns, struct arena *arena, struct error *error) {
    *table = (struct sample_table){.columns = columns};
    char *copy = arena_strdup(arena, text);
    table->cells = arena_alloc(arena, (count_of(text, '\n') + 1) * columns * sizeof(*table->cells));
    if (copy == NULL || table->cells == NULL) {
        return error_no_memory(error);
    }
    for (char *line = copy; line != NULL;) {
        char *next = strchr(line, '\n');
        if (next != NULL) {
            *next++ = '\0';
        }
        if (is_row(line)) {
            if (split_row(line, table->cells + table->rows * columns, columns) != columns) {
                return error_set(error, RESULT_DAMAGED,
                                 _("Row %zu of %s has not %zu columns; this build of the program "
                                   "is broken, build it again."),
                                 table->rows + 1, name, columns);
            }
            table->rows++;
        }
        line = next;
    }
    return RESULT_OK;
}

const char *sample_table_text(const struct sample_table *table, size_t row, size_t column) {
    return table->cells[row * table->columns + column];
}

int32_t sample_table_number(const struct sample_table *table, size_t row, size_t column) {
    const char *text = sample_table_text(table, row, column);
    return text == NULL ? 0 : (int32_t)strtol(text, NULL, 10);
}

uint32_t sample_table_flags(const struct sample_table *table, size_t row, size_t column) {
    const char *text = sample_table_text(table, row, column);
    uint32_t flags = 0;
    for (; text != NULL && *text >= 'a' && *text <= 'z'; text++) {
        flags |= UINT32_C(1) << (*text - 'a');
    }
    return flags;
}

bool sample_table_list(const struct sample_table *table, size_t row, size_t column,
                       struct arena *arena, struct sample_list *list) {
    *list = (struct sample_list){0};
    const char *text = sample_table_text(table, row, column);
    if (text == NULL) {
        return true;
    }
    size_t most = 1;
    for (const char *mark = strstr(text, LIST_MARK); mark != NULL;
         mark = strstr(mark + strlen(LIST_MARK), LIST_MARK)) {
        most++;
    }
    char *copy = arena_strdup(arena, text);
    list->items = arena_alloc(arena, most * sizeof(*list->items));
    if (copy == NULL || list->items == NULL) {
        return false;
    }
    for (char *item = copy; item != NULL;) {
        char *mark = strstr(item, LIST_MARK);
        if (mark != NULL) {
            *mark = '\0';
            mark += strlen(LIST_MARK);
        }
        list->items[list->count++] = item;
        item = mark;
    }
    return true;
}
