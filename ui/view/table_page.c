#include "ui/view/table_page.h"

#include "ui/view/show.h"

#include <stdlib.h>
#include <string.h>

static int64_t count_rows(void *context) {
    struct table_page *page = context;
    if (page->rows < 0 && page->count(page, &page->rows, NULL) != RESULT_OK) {
        page->rows = -1;
    }
    return page->rows;
}

enum result table_page_start(struct view *view, struct table_page *page,
                             const struct table_page_parts *parts, struct error *error) {
    page->workstation = workstation_of(view);
    page->count = parts->count;
    page->rows = -1;
    page->source = (struct row_source){
        .context = page, .fetch = parts->fetch, .count = count_rows, .role = parts->role};
    page->table = table_new(parts->columns, parts->column_count, &page->source);
    if (page->table == NULL) {
        return error_no_memory(error);
    }
    view->data = page;
    return RESULT_OK;
}

void table_page_reload(struct view *view) {
    struct table_page *page = view->data;
    struct error error = ERROR_INIT;
    page->rows = -1;
    if (table_reload(page->table, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    }
}

void table_page_resume(struct view *view) {
    struct table_page *page = view->data;
    struct error error = ERROR_INIT;
    page->rows = -1;
    if (table_refresh(page->table, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    }
}

void table_page_paint(struct view *view, struct region body) {
    struct table_page *page = view->data;
    table_paint(page->table, body);
}

void table_page_position(const struct table_page *page, const char *unit, struct buffer *text) {
    char number[SHOW_POINTS_SIZE];
    char total[SHOW_POINTS_SIZE];
    int64_t place;
    int64_t count;
    table_position(page->table, &place, &count);
    buffer_printf(text, "%s / %s %s", show_number(place < 0 ? 0 : place, number),
                  show_number(count < 0 ? 0 : count, total), unit);
}

void table_page_close(struct view *view) {
    struct table_page *page = view->data;
    table_free(page->table);
    free(page);
}

struct batch_page table_page_wanted(const struct row_request *request, bool falling) {
    struct batch_page wanted = {.backward = request->backward, .most = request->limit};
    if (request->key != NULL) {
        wanted.key = request->key->numbers[0];
        if (request->inclusive) { /* one step back, so that the row itself is among those behind */
            wanted.key += request->backward == falling ? -1 : 1;
        }
    }
    return wanted;
}

struct row *table_page_add(struct row_page *rows, int64_t key) {
    struct row_key place;
    memset(&place, 0, sizeof(place));
    place.numbers[0] = key;
    struct row *row = row_page_add(rows, &place);
    if (row != NULL) {
        row_set_id(row, key);
    }
    return row;
}
