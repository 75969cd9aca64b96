#include "ui/kit/row_page.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

bool row_page_start(struct row_page *page, size_t column_count) {
    *page = (struct row_page){.arena = arena_new(), .column_count = column_count};
    return page->arena != NULL;
}

void row_page_reverse(struct row_page *page) {
    for (size_t i = 0, j = page->count; i + 1 < j; i++) {
        struct row *row = page->rows[i];
        page->rows[i] = page->rows[--j];
        page->rows[j] = row;
    }
}

void row_page_end(struct row_page *page) {
    arena_free(page->arena);
    free(page->rows);
    *page = (struct row_page){0};
}

struct row *row_page_add(struct row_page *page, const struct row_key *key) {
    if (page->count == page->capacity) {
        size_t capacity = page->capacity == 0 ? 64 : page->capacity * 2;
        struct row **rows = realloc(page->rows, capacity * sizeof(struct row *));
        if (rows == NULL) {
            return NULL;
        }
        page->rows = rows;
        page->capacity = capacity;
    }
    struct row *row =
        arena_alloc(page->arena, sizeof *row + page->column_count * sizeof row->cells[0]);
    if (row == NULL) {
        return NULL;
    }
    row->key = *key;
    row->arena = page->arena;
    row->column_count = page->column_count;
    page->rows[page->count++] = row;
    return row;
}

void row_set(struct row *row, size_t column, const char *text) {
    if (column < row->column_count) {
        row->cells[column] = arena_strdup(row->arena, text);
    }
}

void row_printf(struct row *row, size_t column, const char *format, ...) {
    char *text = NULL;
    va_list args;
    va_start(args, format);
    if (vasprintf(&text, format, args) < 0) {
        text = NULL;
    }
    va_end(args);
    row_set(row, column, text);
    free(text);
}

void row_set_id(struct row *row, int64_t id) {
    row->id = id;
}

int64_t row_id(const struct row *row) {
    return row->id;
}

const struct row_key *row_key(const struct row *row) {
    return &row->key;
}

const char *row_text(const struct row *row, size_t column) {
    const char *text = column < row->column_count ? row->cells[column] : NULL;
    return text != NULL ? text : "";
}
