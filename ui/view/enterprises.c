#include "ui/view/views.h"

#include "base/gettext.h"
#include "registry/division.h"
#include "registry/industry.h"
#include "score/listing.h"
#include "ui/kit/prompt.h"
#include "ui/kit/table.h"
#include "ui/view/show.h"
#include "ui/view/workstation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIND = 1, CLASS, REGION, KEY_FIELD, CLEAR };

static const struct action actions[] = {
    {FIND, "find", N_("find by name, code or pinyin initials"), N_("Find"), {'/'}, ACTION_SHOWN},
    {CLASS, "filter-class", N_("show one class only"), N_("Class"), {'f'}, ACTION_SHOWN},
    {REGION, "filter-region", N_("show one division only"), N_("Region"), {'r'}, ACTION_SHOWN},
    {KEY_FIELD, "filter-key", N_("show key fields only"), N_("Key fields"), {'i'}, ACTION_SHOWN},
    {CLEAR, "clear", N_("clear search and filters"), N_("Clear"), {'x'}, ACTION_SHOWN},
    {0},
};

enum { COLUMN_CLASS, COLUMN_SCORE, COLUMN_NAME, COLUMN_USCC, COLUMN_REGION, COLUMN_INDUSTRY };

enum { SORT_SCORE = 1, SORT_INTAKE };

static const struct column columns[] = {
    [COLUMN_CLASS] = {N_("Cl."), 4, false, false, ALIGN_CENTRE, 0},
    [COLUMN_SCORE] = {N_("Score"), 8, false, false, ALIGN_RIGHT, SORT_SCORE},
    [COLUMN_NAME] = {N_("Name"), 24, true, false, ALIGN_LEFT, SORT_INTAKE},
    [COLUMN_USCC] = {N_("USCC"), 18, false, false, ALIGN_LEFT, 0},
    [COLUMN_REGION] = {N_("Region"), 16, false, true, ALIGN_LEFT, 0},
    [COLUMN_INDUSTRY] = {N_("Industry"), 20, false, true, ALIGN_LEFT, 0},
};

#define COLUMN_COUNT (sizeof(columns) / sizeof(columns[0]))

struct enterprises {
    struct workstation *workstation;
    struct listing_filter filter; /* its texts are those below */
    char *find;
    char *region;
    int64_t count; /* of the rows the filter lets through; -1: to be counted */
    struct row_source source;
    struct table *table;
};

static void set_row(struct row *row, const struct listing_row *from) {
    char points[SHOW_POINTS_SIZE];
    bool scored = from->risk_class < CLASS_COUNT;
    const char *industry = industry_name(from->industry);
    row_set_id(row, from->key.id);
    row_set(row, COLUMN_CLASS, scored ? risk_class_letter(from->risk_class) : "-");
    row_set(row, COLUMN_SCORE, scored ? show_points(from->key.total, points) : "-");
    row_set(row, COLUMN_NAME, from->name);
    row_set(row, COLUMN_USCC, from->uscc);
    row_set(row, COLUMN_REGION, division_label(from->region));
    row_set(row, COLUMN_INDUSTRY, industry == NULL ? from->industry : industry);
}

/* Which way a request goes in the listing's own order (highest score, or first intake, first). */
static enum listing_direction direction_of(const struct row_request *request) {
    bool against = (request->sort == SORT_SCORE && !request->descending) ||
                   (request->sort == SORT_INTAKE && request->descending);
    return request->backward != against ? LISTING_BEFORE : LISTING_AFTER;
}

static enum result fetch(void *context, const struct row_request *request, struct row_page *page,
                         struct error *error) {
    struct enterprises *enterprises = context;
    struct listing_filter filter = enterprises->filter;
    filter.sort =
        request->sort == SORT_INTAKE || filter.period == 0 ? LISTING_BY_ID : LISTING_BY_SCORE;
    enum listing_direction direction = direction_of(request);
    struct listing_key key = {0};
    if (request->key != NULL) {
        key = (struct listing_key){request->key->numbers[0], request->key->numbers[1]};
        if (request->inclusive) { /* one step back, so that the row itself is among those after */
            bool falling = filter.sort == LISTING_BY_SCORE;
            key.id += (direction == LISTING_AFTER) == falling ? 1 : -1;
        }
    }
    struct arena *arena = arena_new();
    struct listing_row *rows = calloc(request->limit + 1, sizeof(*rows));
    size_t count = 0;
    enum result code = arena == NULL || rows == NULL
                           ? error_no_memory(error)
                           : listing_page(enterprises->workstation->store, &filter, direction,
                                          request->key == NULL ? NULL : &key, arena, rows,
                                          request->limit, &count, error);
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        const struct listing_row *from = &rows[direction == LISTING_AFTER ? i : count - 1 - i];
        struct row_key place;
        memset(&place, 0, sizeof(place));
        place.numbers[0] = from->key.total;
        place.numbers[1] = from->key.id;
        struct row *row = row_page_add(page, &place);
        if (row == NULL) {
            code = error_no_memory(error);
        } else {
            set_row(row, from);
        }
    }
    free(rows);
    arena_free(arena);
    return code;
}

static int64_t count_rows(void *context) {
    struct enterprises *enterprises = context;
    if (enterprises->count < 0) {
        listing_count(enterprises->workstation->store, &enterprises->filter, &enterprises->count,
                      NULL);
    }
    return enterprises->count;
}

static enum role cell_role(void *context, const struct row *row, size_t column) {
    (void)context;
    if (column == COLUMN_CLASS || column == COLUMN_SCORE) {
        return theme_class_role(row_text(row, COLUMN_CLASS)[0]);
    }
    return ROLE_TEXT;
}

static void reload(struct view *view) {
    struct enterprises *enterprises = view->data;
    struct error error = ERROR_INIT;
    enterprises->count = -1;
    if (table_reload(enterprises->table, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    }
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    const struct enterprises_argument *wanted = argument;
    struct enterprises *enterprises = calloc(1, sizeof(*enterprises));
    if (enterprises == NULL) {
        return error_no_memory(error);
    }
    enterprises->workstation = workstation_of(view);
    enum result code = workstation_today(enterprises->workstation, error);
    if (code != RESULT_OK) {
        free(enterprises);
        return code;
    }
    enterprises->filter.period = enterprises->workstation->period.id;
    enterprises->filter.risk_class = wanted == NULL ? CLASS_COUNT : wanted->risk_class;
    enterprises->count = -1;
    enterprises->source = (struct row_source){
        .context = enterprises, .fetch = fetch, .count = count_rows, .role = cell_role};
    enterprises->table = table_new(columns, COLUMN_COUNT, &enterprises->source);
    if (enterprises->table == NULL) {
        free(enterprises);
        return error_no_memory(error);
    }
    table_set_empty(enterprises->table,
                    _("No enterprise fits. Press x to clear search and filters, or take a file in "
                      "with \"xinfeng import\"."));
    view->data = enterprises;
    return RESULT_OK;
}

static void close_view(struct view *view) {
    struct enterprises *enterprises = view->data;
    table_free(enterprises->table);
    free(enterprises->find);
    free(enterprises->region);
    free(enterprises);
}

static void paint(struct view *view, struct region body) {
    struct enterprises *enterprises = view->data;
    table_paint(enterprises->table, body);
}

static void set_find(struct enterprises *enterprises, const char *text) {
    free(enterprises->find);
    enterprises->find = text[0] == '\0' ? NULL : strdup(text);
    enterprises->filter.find = enterprises->find;
}

static void find_as_typed(void *context, const char *text) {
    struct view *view = context;
    set_find(view->data, text);
    reload(view);
}

static void find(struct view *view) {
    struct enterprises *enterprises = view->data;
    char *before = enterprises->find == NULL ? NULL : strdup(enterprises->find);
    struct prompt prompt = {
        .label = _("Find:"),
        .initial = enterprises->find,
        .changed = find_as_typed,
        .context = view,
    };
    char *text = prompt_text(view->screen, &prompt);
    if (text == NULL) { /* given up: as it was before */
        set_find(enterprises, before == NULL ? "" : before);
        reload(view);
    }
    free(text);
    free(before);
}

static void choose_class(struct view *view) {
    struct enterprises *enterprises = view->data;
    const char *items[CLASS_COUNT + 1] = {_("All classes")};
    char texts[CLASS_COUNT][64];
    for (int i = 0; i < CLASS_COUNT; i++) {
        snprintf(texts[i], sizeof(texts[i]), "%s  %s", risk_class_letter((enum risk_class)i),
                 risk_class_name((enum risk_class)i));
        items[i + 1] = texts[i];
    }
    size_t now = enterprises->filter.risk_class == CLASS_COUNT
                     ? 0
                     : (size_t)enterprises->filter.risk_class + 1;
    int chosen = prompt_choose(view->screen, _("Class"), items, CLASS_COUNT + 1, now);
    if (chosen >= 0) {
        enterprises->filter.risk_class = chosen == 0 ? CLASS_COUNT : (enum risk_class)(chosen - 1);
        reload(view);
    }
}

static void choose_region(struct view *view) {
    struct enterprises *enterprises = view->data;
    struct prompt prompt = {
        .label = _("Division code or its beginning (empty: all):"),
        .initial = enterprises->region,
    };
    char *text = prompt_text(view->screen, &prompt);
    if (text != NULL) {
        free(enterprises->region);
        enterprises->region = text;
        enterprises->filter.region = text;
        reload(view);
    }
}

static void clear(struct view *view) {
    struct enterprises *enterprises = view->data;
    set_find(enterprises, "");
    free(enterprises->region);
    enterprises->region = NULL;
    enterprises->filter.region = NULL;
    enterprises->filter.risk_class = CLASS_COUNT;
    enterprises->filter.key_field = false;
    reload(view);
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct enterprises *enterprises = view->data;
    switch (action) {
    case FIND:
        find(view);
        return VIEW_HANDLED;
    case CLASS:
        choose_class(view);
        return VIEW_HANDLED;
    case REGION:
        choose_region(view);
        return VIEW_HANDLED;
    case KEY_FIELD:
        enterprises->filter.key_field = !enterprises->filter.key_field;
        reload(view);
        return VIEW_HANDLED;
    case CLEAR:
        clear(view);
        return VIEW_HANDLED;
    default:
        break;
    }
    enum table_response response = table_handle(enterprises->table, event, action);
    const struct row *row = table_current(enterprises->table);
    if (response == TABLE_ACTIVATED && row != NULL) {
        int64_t id = row_id(row);
        screen_push(view->screen, &enterprise_view, &id);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct enterprises *enterprises = view->data;
    const struct listing_filter *filter = &enterprises->filter;
    char number[SHOW_POINTS_SIZE];
    char total[SHOW_POINTS_SIZE];
    int64_t place;
    int64_t count;
    if (filter->risk_class < CLASS_COUNT) {
        buffer_printf(left, _("class %s  "), risk_class_letter(filter->risk_class));
    }
    if (filter->region != NULL && filter->region[0] != '\0') {
        buffer_printf(left, "%s  ", division_label(filter->region));
    }
    if (filter->key_field) {
        buffer_printf(left, "%s  ", _("key fields"));
    }
    if (filter->find != NULL) {
        buffer_printf(left, _("find \"%s\"  "), filter->find);
    }
    if (left->length > 0) {
        buffer_append_text(left, _("[x clears]"));
    }
    table_position(enterprises->table, &place, &count);
    buffer_printf(right, _("%s / %s enterprises"), show_number(place < 0 ? 0 : place, number),
                  show_number(count < 0 ? 0 : count, total));
}

static void resume(struct view *view) {
    struct enterprises *enterprises = view->data;
    struct error error = ERROR_INIT;
    enum result code = workstation_today(enterprises->workstation, &error);
    enterprises->filter.period = enterprises->workstation->period.id;
    enterprises->count = -1;
    if (code == RESULT_OK) {
        code = table_refresh(enterprises->table, &error);
    }
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
    }
}

const struct view_ops enterprises_view = {
    .title = N_("Enterprises"),
    .actions = {actions, moving_actions, table_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .status = status,
    .resume = resume,
    .close = close_view,
};
