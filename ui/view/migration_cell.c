#include "ui/view/views.h"

#include "base/gettext.h"
#include "registry/division.h"
#include "report/migration_file.h"
#include "score/listing.h"
#include "ui/view/show.h"
#include "ui/view/table_page.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    COLUMN_FROM,
    COLUMN_TO,
    COLUMN_BEFORE,
    COLUMN_AFTER,
    COLUMN_NAME,
    COLUMN_DECIDED,
    COLUMN_USCC,
    COLUMN_REGION
};

static const struct column columns[] = {
    [COLUMN_FROM] = {N_("Was"), 4, false, false, ALIGN_CENTRE, 0},
    [COLUMN_TO] = {N_("Is"), 4, false, false, ALIGN_CENTRE, 0},
    [COLUMN_BEFORE] = {N_("Points"), 8, false, false, ALIGN_RIGHT, 0},
    [COLUMN_AFTER] = {N_("after"), 8, false, false, ALIGN_RIGHT, 0},
    [COLUMN_NAME] = {N_("Name"), 20, true, false, ALIGN_LEFT, 0},
    [COLUMN_DECIDED] = {N_("Decided by"), 12, false, false, ALIGN_LEFT, 0},
    [COLUMN_USCC] = {N_("USCC"), 18, false, true, ALIGN_LEFT, 0},
    [COLUMN_REGION] = {N_("Region"), 16, false, true, ALIGN_LEFT, 0},
};

struct cell_page {
    struct table_page page; /* first: the view's data */
    struct migration_cell_argument cell;
};

/* Class and points of one state. */
static void set_side(struct row *row, const struct migration_side *side, int64_t id, size_t letter,
                     size_t points) {
    char text[SHOW_POINTS_SIZE];
    enum risk_class risk_class = (enum risk_class)side->classes[id];
    bool scored = risk_class != CLASS_COUNT;
    row_set(row, letter, scored ? risk_class_letter(risk_class) : "-");
    row_set(row, points, scored ? show_points(side->totals[id], text) : "-");
}

static enum result set_row(const struct cell_page *page, struct row *row,
                           const struct listing_row *from, struct error *error) {
    const struct migration *migration = page->cell.migration;
    const struct migration_side *to = &migration->sides[MIGRATION_TO];
    int64_t id = from->key.id;
    char text[64] = "-";
    enum result code = RESULT_OK;
    set_side(row, &migration->sides[MIGRATION_FROM], id, COLUMN_FROM, COLUMN_BEFORE);
    set_side(row, to, id, COLUMN_TO, COLUMN_AFTER);
    row_set(row, COLUMN_NAME, from->name);
    row_set(row, COLUMN_USCC, from->uscc);
    row_set(row, COLUMN_REGION, division_label(from->region));
    if (!to->tried && page->cell.to != CLASS_COUNT) {
        struct migration_decision decision;
        code = migration_decision(page->page.workstation->store, to, id, &decision, error);
        migration_decision_text(&decision, text);
    }
    row_set(row, COLUMN_DECIDED, text);
    return code;
}

static enum result fetch(void *context, const struct row_request *request, struct row_page *rows,
                         struct error *error) {
    struct cell_page *page = context;
    const struct migration *migration = page->cell.migration;
    const struct batch_page wanted = table_page_wanted(request, false);
    int64_t beside = wanted.backward && wanted.key == 0 ? migration->last + 1 : wanted.key;
    size_t count = 0;
    struct arena *arena = arena_new();
    int64_t *ids = arena == NULL ? NULL : arena_alloc(arena, (wanted.most + 1) * sizeof(*ids));
    struct listing_row *found =
        ids == NULL ? NULL : arena_alloc(arena, (wanted.most + 1) * sizeof(*found));
    enum result code = found == NULL ? error_no_memory(error) : RESULT_OK;
    if (code == RESULT_OK) {
        count = migration_list(migration, page->cell.from, page->cell.to, beside, wanted.backward,
                               ids, wanted.most);
        code =
            listing_of(page->page.workstation->store, 0, ids, count, arena, found, &count, error);
    }
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        struct row *row = table_page_add(rows, found[i].key.id);
        code = row == NULL ? error_no_memory(error) : set_row(page, row, &found[i], error);
    }
    arena_free(arena);
    return code;
}

static enum result count_rows(struct table_page *page, int64_t *rows, struct error *error) {
    const struct migration_cell_argument *cell = &((const struct cell_page *)page)->cell;
    (void)error;
    *rows = cell->migration->counts.moved[cell->from][cell->to];
    return RESULT_OK;
}

static enum role cell_role(void *context, const struct row *row, size_t column) {
    (void)context;
    return column == COLUMN_FROM || column == COLUMN_TO ? theme_class_role(row_text(row, column)[0])
                                                        : ROLE_TEXT;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    static const struct table_page_parts parts = {
        .columns = columns,
        .column_count = sizeof(columns) / sizeof(columns[0]),
        .fetch = fetch,
        .count = count_rows,
        .role = cell_role,
    };
    struct cell_page *page = calloc(1, sizeof(*page));
    if (page == NULL) {
        return error_no_memory(error);
    }
    page->cell = *(const struct migration_cell_argument *)argument;
    enum result code = table_page_start(view, &page->page, &parts, error);
    if (code != RESULT_OK) {
        free(page);
    }
    return code;
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct cell_page *page = view->data;
    enum table_response response = table_handle(page->page.table, event, action);
    const struct row *row = table_current(page->page.table);
    if (response == TABLE_ACTIVATED && row != NULL) {
        int64_t id = row_id(row);
        screen_push(view->screen, &enterprise_view, &id);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void name(const struct view *view, struct buffer *buffer) {
    const struct migration_cell_argument *cell = &((const struct cell_page *)view->data)->cell;
    buffer_printf(buffer, "%s -> %s",
                  cell->from == CLASS_COUNT ? _("newly scored") : risk_class_letter(cell->from),
                  cell->to == CLASS_COUNT ? _("no longer scored") : risk_class_letter(cell->to));
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct cell_page *page = view->data;
    (void)left;
    table_page_position(&page->page, _("enterprises"), right);
}

const struct view_ops migration_cell_view = {
    .title = N_("Enterprises"),
    .actions = {moving_actions},
    .open = open_view,
    .paint = table_page_paint,
    .handle = handle,
    .name = name,
    .status = status,
    .resume = table_page_resume,
    .close = table_page_close,
};
