#include "ui/kit/table.h"

#include "base/gettext.h"
#include "base/text.h"
#include "ui/kit/row_page.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMN_LIMIT = 32, SMALLEST_REACH = 24, WHEEL_STEP = 3 };

/* Not sorted by any column. */
#define UNSORTED SIZE_MAX

const struct action moving_actions[] = {
    {ACTION_TABLE_OPEN,
     "open",
     N_("open the line under the cursor"),
     N_("open"),
     {PRESS_ENTER, 'l'},
     ACTION_SHOWN},
    {ACTION_TABLE_UP, "up", N_("one line up"), N_("up"), {PRESS_UP, 'k'}, ACTION_IN_HELP},
    {ACTION_TABLE_DOWN, "down", N_("one line down"), N_("down"), {PRESS_DOWN, 'j'}, ACTION_IN_HELP},
    {ACTION_TABLE_PAGE_UP,
     "page-up",
     N_("one page up"),
     N_("page up"),
     {PRESS_PAGE_UP, PRESS_CONTROL('b')},
     ACTION_IN_HELP},
    {ACTION_TABLE_PAGE_DOWN,
     "page-down",
     N_("one page down"),
     N_("page down"),
     {PRESS_PAGE_DOWN, PRESS_CONTROL('f'), ' '},
     ACTION_IN_HELP},
    {ACTION_TABLE_HOME,
     "first",
     N_("to the first line"),
     N_("first"),
     {PRESS_HOME, 'g'},
     ACTION_IN_HELP},
    {ACTION_TABLE_END,
     "last",
     N_("to the last line"),
     N_("last"),
     {PRESS_END, 'G'},
     ACTION_IN_HELP},
    {0},
};

const struct action table_actions[] = {
    {ACTION_TABLE_SORT,
     "sort",
     N_("sort by the next column, up, then down"),
     N_("sort"),
     {'s'},
     ACTION_SHOWN},
    {0},
};

struct table {
    const struct column *columns;
    size_t column_count;
    const struct row_source *source;
    const char *empty;

    /* The window: the rows kept, some pages around the cursor. */
    struct row_page rows;
    bool loaded;
    bool at_start;       /* nothing above the window */
    bool at_end;         /* nothing below it */
    int64_t first_place; /* of the window's first row, from 1; -1: not known */
    int64_t count;       /* of all rows; -1: not known */

    size_t cursor; /* in the window */
    size_t top;    /* in the window: the first row painted */
    size_t page;   /* rows painted at once */
    size_t sort;   /* column, or UNSORTED */
    bool descending;
    struct region body;  /* where the rows were painted, for the mouse */
    struct error failed; /* why the last fetch failed */
};

struct table *table_new(const struct column *columns, size_t column_count,
                        const struct row_source *source) {
    struct table *table = calloc(1, sizeof *table);
    if (table == NULL) {
        return NULL;
    }
    table->columns = columns;
    table->column_count = column_count > COLUMN_LIMIT ? COLUMN_LIMIT : column_count;
    table->source = source;
    table->sort = UNSORTED;
    table->page = 1;
    table->first_place = -1;
    table->count = -1;
    return table;
}

void table_free(struct table *table) {
    if (table != NULL) {
        row_page_end(&table->rows);
        error_clear(&table->failed);
        free(table);
    }
}

void table_set_empty(struct table *table, const char *sentence) {
    table->empty = sentence;
}

/* ---- the window ------------------------------------------------------------------------------ */

/* How many rows to ask for each way: enough for two pages. */
static size_t reach(const struct table *table) {
    return table->page * 2 > SMALLEST_REACH ? table->page * 2 : SMALLEST_REACH;
}

static enum result fetch(const struct table *table, const struct row_key *key, bool backward,
                         struct row_page *page, struct error *error) {
    struct row_request request = {.key = key,
                                  .backward = backward,
                                  .inclusive = key != NULL && !backward,
                                  .limit = reach(table),
                                  .sort = 0,
                                  .descending = table->descending};
    if (table->sort != UNSORTED) {
        request.sort = table->columns[table->sort].sort;
    }
    return table->source->fetch(table->source->context, &request, page, error);
}

/* Puts a fetched page in the window's place and works out what is known about places. */
static void adopt(struct table *table, struct row_page *page, size_t cursor, int64_t place) {
    row_page_end(&table->rows);
    table->rows = *page;
    table->loaded = true;
    table->cursor = cursor < page->count ? cursor : page->count > 0 ? page->count - 1 : 0;
    table->first_place = place < 0 ? -1 : place - (int64_t)cursor;
    if (table->at_start) {
        table->first_place = 1;
    } else if (table->at_end && table->count >= 0) {
        table->first_place = table->count - (int64_t)page->count + 1;
    }
    if (table->at_start && table->at_end) {
        table->count = (int64_t)page->count;
    }
}

/* Loads the first rows (backward: the last). */
static enum result load_edge(struct table *table, bool backward, struct error *error) {
    struct row_page page;
    enum result code = row_page_start(&page, table->column_count)
                           ? fetch(table, NULL, backward, &page, error)
                           : error_no_memory(error);
    if (code != RESULT_OK) {
        row_page_end(&page);
        return code;
    }
    bool whole = page.count < reach(table);
    table->at_start = !backward || whole;
    table->at_end = backward || whole;
    if (backward) {
        row_page_reverse(&page);
    }
    adopt(table, &page, backward && page.count > 0 ? page.count - 1 : 0, -1);
    table->top = 0;
    return RESULT_OK;
}

/* Loads the rows around a key, the cursor on its row or the one that took its place. place is the
 * key's, -1 when not known. The cursor keeps its height on the screen. */
static enum result load_around(struct table *table, const struct row_key *around, int64_t place,
                               struct error *error) {
    struct row_key key = *around; /* around may lie in the window that goes */
    size_t height = table->cursor - table->top;
    struct row_page page;
    if (!row_page_start(&page, table->column_count)) {
        row_page_end(&page);
        return error_no_memory(error);
    }
    enum result code = fetch(table, &key, true, &page, error);
    size_t before = page.count;
    if (code == RESULT_OK) {
        row_page_reverse(&page);
        code = fetch(table, &key, false, &page, error);
    }
    if (code != RESULT_OK) {
        row_page_end(&page);
        return code;
    }
    table->at_start = before < reach(table);
    table->at_end = page.count - before < reach(table);
    adopt(table, &page, before, place);
    table->top = table->cursor > height ? table->cursor - height : 0;
    return RESULT_OK;
}

static int64_t place_at(const struct table *table, size_t index) {
    return table->first_place < 0 ? -1 : table->first_place + (int64_t)index;
}

static enum result load_here(struct table *table, bool place_holds, struct error *error) {
    if (table->rows.count == 0) {
        return load_edge(table, false, error);
    }
    int64_t place = place_holds ? place_at(table, table->cursor) : -1;
    return load_around(table, &table->rows.rows[table->cursor]->key, place, error);
}

static void ask_count(struct table *table) {
    table->count = table->source->count == NULL ? -1 : table->source->count(table->source->context);
}

/* Keeps the cursor among the rows painted, and the painted rows full while there are enough. */
static void settle(struct table *table) {
    size_t count = table->rows.count;
    if (table->cursor < table->top) {
        table->top = table->cursor;
    } else if (table->cursor >= table->top + table->page) {
        table->top = table->cursor - table->page + 1;
    }
    bool short_below = table->top + table->page > count;
    bool may_fill =
        (short_below && !table->at_end) || (short_below && count < table->page && !table->at_start);
    if (table->loaded && may_fill && load_here(table, true, &table->failed) != RESULT_OK) {
        return;
    }
    count = table->rows.count;
    if (table->top + table->page > count) {
        table->top = count > table->page ? count - table->page : 0;
    }
    if (table->cursor >= table->top + table->page) {
        table->top = table->cursor - table->page + 1;
    }
}

/* ---- what callers ask ------------------------------------------------------------------------ */

enum result table_reload(struct table *table, struct error *error) {
    error_clear(&table->failed);
    ask_count(table);
    return load_edge(table, false, error);
}

enum result table_refresh(struct table *table, struct error *error) {
    error_clear(&table->failed);
    int64_t before = table->count;
    ask_count(table);
    /* As many rows as before: taken for the same ones, so that the place is still known. */
    enum result code = load_here(table, before >= 0 && before == table->count, error);
    if (code == RESULT_OK) {
        settle(table);
    }
    return code;
}

enum result table_sort(struct table *table, size_t column, bool descending, struct error *error) {
    if (column >= table->column_count || table->columns[column].sort == 0) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("The table cannot be sorted by this column."));
    }
    table->sort = column;
    table->descending = descending;
    return table_reload(table, error);
}

bool table_sorted(const struct table *table, size_t *column, bool *descending) {
    *column = table->sort;
    *descending = table->descending;
    return table->sort != UNSORTED;
}

enum result table_go(struct table *table, const struct row_key *key, struct error *error) {
    error_clear(&table->failed);
    ask_count(table);
    enum result code = load_around(table, key, -1, error);
    if (code == RESULT_OK) {
        settle(table);
    }
    return code;
}

const struct row *table_current(const struct table *table) {
    return table->rows.count == 0 ? NULL : table->rows.rows[table->cursor];
}

void table_position(const struct table *table, int64_t *place, int64_t *count) {
    *place = table->rows.count == 0 ? -1 : place_at(table, table->cursor);
    *count = table->count;
}

/* ---- moving ---------------------------------------------------------------------------------- */

static void move_cursor(struct table *table, long step) {
    if (table->rows.count == 0) {
        return;
    }
    long target = (long)table->cursor + step;
    bool beyond =
        (target < 0 && !table->at_start) || (target >= (long)table->rows.count && !table->at_end);
    if (beyond) {
        if (load_here(table, true, &table->failed) != RESULT_OK) {
            return;
        }
        target = (long)table->cursor + step;
    }
    long last = (long)table->rows.count - 1;
    target = target > last ? last : target;
    table->cursor = target < 0 ? 0 : (size_t)target;
    settle(table);
}

/* A page moves what is seen, not only the cursor. */
static void move_page(struct table *table, bool down) {
    long step = table->page > 1 ? (long)table->page - 1 : 1;
    size_t height = table->cursor - table->top;
    move_cursor(table, down ? step : -step);
    table->top = table->cursor > height ? table->cursor - height : 0;
    settle(table);
}

static void move_edge(struct table *table, bool down) {
    bool there = down ? table->at_end : table->at_start;
    if (!there && load_edge(table, down, &table->failed) != RESULT_OK) {
        return;
    }
    table->cursor = down && table->rows.count > 0 ? table->rows.count - 1 : 0;
    settle(table);
}

/* Unsorted, then each column that can be sorted by, upwards and downwards. */
static void sort_next(struct table *table) {
    if (table->sort != UNSORTED && !table->descending) {
        table->descending = true;
    } else {
        size_t column = table->sort == UNSORTED ? 0 : table->sort + 1;
        while (column < table->column_count && table->columns[column].sort == 0) {
            column++;
        }
        table->sort = column < table->column_count ? column : UNSORTED;
        table->descending = false;
    }
    table_reload(table, &table->failed);
}

static enum table_response handle_mouse(struct table *table, const struct event *event) {
    if (event->mouse == MOUSE_WHEEL_UP || event->mouse == MOUSE_WHEEL_DOWN) {
        move_cursor(table, event->mouse == MOUSE_WHEEL_UP ? -WHEEL_STEP : WHEEL_STEP);
        return TABLE_MOVED;
    }
    int line = event->row - table->body.row;
    int column = event->column - table->body.column;
    bool inside = line >= 0 && line < table->body.rows && column >= 0 &&
                  column < table->body.columns && table->top + (size_t)line < table->rows.count;
    if (!inside) {
        return TABLE_IGNORED;
    }
    size_t clicked = table->top + (size_t)line;
    bool again = clicked == table->cursor;
    table->cursor = clicked;
    return again ? TABLE_ACTIVATED : TABLE_MOVED;
}

enum table_response table_handle(struct table *table, const struct event *event, int action) {
    if (event->type == EVENT_MOUSE) {
        return handle_mouse(table, event);
    }
    switch (action) {
    case ACTION_TABLE_OPEN:
        return table->rows.count > 0 ? TABLE_ACTIVATED : TABLE_MOVED;
    case ACTION_TABLE_UP:
        move_cursor(table, -1);
        break;
    case ACTION_TABLE_DOWN:
        move_cursor(table, 1);
        break;
    case ACTION_TABLE_PAGE_UP:
    case ACTION_TABLE_PAGE_DOWN:
        move_page(table, action == ACTION_TABLE_PAGE_DOWN);
        break;
    case ACTION_TABLE_HOME:
    case ACTION_TABLE_END:
        move_edge(table, action == ACTION_TABLE_END);
        break;
    case ACTION_TABLE_SORT:
        sort_next(table);
        break;
    default:
        return TABLE_IGNORED;
    }
    return TABLE_MOVED;
}

/* ---- painting -------------------------------------------------------------------------------- */

static int total_width(const struct table *table, const int *widths) {
    int total = 0; /* each column brings a blank before it */
    for (size_t i = 0; i < table->column_count; i++) {
        total += widths[i] > 0 ? widths[i] + 1 : 0;
    }
    return total;
}

/* Leaves out columns from the right, optional ones first, until the rest has room; one stays. */
static void drop_columns(const struct table *table, int room, int *widths) {
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = table->column_count; i-- > 0;) {
            if (total_width(table, widths) <= room) {
                return;
            }
            if (pass == 0 ? table->columns[i].optional : i > 0) {
                widths[i] = 0;
            }
        }
    }
}

/* Gives every column its width; 0: left out. */
static void lay_out(const struct table *table, int room, int widths[static COLUMN_LIMIT]) {
    int flexible = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        widths[i] = table->columns[i].width;
    }
    drop_columns(table, room, widths);
    for (size_t i = 0; i < table->column_count; i++) {
        flexible += widths[i] > 0 && table->columns[i].flexible;
    }
    int spare = room - total_width(table, widths);
    if (spare < 0 && widths[0] + spare > 0) {
        widths[0] += spare; /* the one column that stayed is cut to the room */
    }
    for (size_t i = 0; i < table->column_count && spare > 0 && flexible > 0; i++) {
        if (widths[i] > 0 && table->columns[i].flexible) {
            int share = spare / flexible--;
            widths[i] += share;
            spare -= share;
        }
    }
}

static void paint_header(const struct table *table, struct region line, const int *widths) {
    int column = line.column;
    paint_text(line.row, line.column, line.columns, ROLE_HEADER, "", ALIGN_LEFT);
    for (size_t i = 0; i < table->column_count; i++) {
        const char *title = table->columns[i].title;
        title = title[0] != '\0' ? _(title) : ""; /* gettext has a meaning of its own for "" */
        if (widths[i] == 0) {
            continue;
        }
        int width = widths[i];
        column++;
        if (i == table->sort && text_width(title) < width) {
            width--;
            paint_text(line.row, column + width, 1, ROLE_DESK_CURRENT,
                       table->descending ? "v" : "^", ALIGN_LEFT);
        }
        paint_cell(line.row, column, width, i == table->sort ? ROLE_DESK_CURRENT : ROLE_HEADER,
                   title, table->columns[i].align);
        column += widths[i];
    }
}

static void paint_row(const struct table *table, struct region line, const int *widths,
                      size_t index) {
    const struct row *row = table->rows.rows[index];
    const struct row_source *source = table->source;
    int under = index == table->cursor ? ROLE_ON_CURSOR : 0;
    int column = line.column;
    /* The mark shows the place where neither colour nor reverse can. */
    paint_text(line.row, line.column, line.columns, ROLE_TEXT | under, under ? ">" : "",
               ALIGN_LEFT);
    for (size_t i = 0; i < table->column_count; i++) {
        if (widths[i] == 0) {
            continue;
        }
        int role = source->role == NULL ? ROLE_TEXT : (int)source->role(source->context, row, i);
        paint_cell(line.row, column + 1, widths[i], role | under, row_text(row, i),
                   table->columns[i].align);
        column += widths[i] + 1;
    }
}

void table_paint(struct table *table, struct region region) {
    int widths[COLUMN_LIMIT] = {0};
    lay_out(table, region.columns, widths);
    if (region.rows > 1) {
        paint_header(table, region_take_top(&region, 1), widths);
    }
    table->body = region;
    table->page = region.rows > 0 ? (size_t)region.rows : 1;
    if (!table->loaded && table->failed.code == RESULT_OK) {
        table_reload(table, &table->failed);
    }
    settle(table);
    if (table->failed.code != RESULT_OK) {
        paint_paragraph(region, ROLE_BAD, error_sentence(&table->failed), 0);
    } else if (table->rows.count == 0) {
        paint_paragraph(region, ROLE_DIM, table->empty != NULL ? table->empty : _("Nothing here."),
                        0);
    } else {
        for (size_t i = table->top; i < table->rows.count && region.rows > 0; i++) {
            paint_row(table, region_take_top(&region, 1), widths, i);
        }
    }
}
