#include "ui/view/policy_compare.h"

#include "base/gettext.h"
#include "base/text.h"
#include "registry/enterprise.h"
#include "report/simulation_file.h"
#include "ui/kit/progress_bar.h"
#include "ui/kit/prompt.h"
#include "ui/view/save_path.h"
#include "ui/view/show.h"
#include "ui/view/table_page.h"
#include "ui/view/views.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOVE = 1, CLEAR, WRITE };

static const struct action actions[] = {
    {MOVE,
     "filter-move",
     N_("show those that move from one class to another"),
     N_("Which move"),
     {'f'},
     ACTION_SHOWN},
    {CLEAR, "clear", N_("show all that move"), N_("Clear"), {'x'}, ACTION_SHOWN},
    {WRITE,
     "write-list",
     N_("write whom it moves to a workbook or CSV file"),
     N_("Write the list"),
     {'w'},
     ACTION_SHOWN},
    {0},
};

enum { COLUMN_NAME, COLUMN_FROM, COLUMN_TO, COLUMN_NOW, COLUMN_THEN, COLUMN_CHANGE, COLUMN_CODE };
enum { SORT_TOTAL = 1, SORT_CHANGE };

static const struct column columns[] = {
    [COLUMN_NAME] = {N_("Enterprise"), 20, true, false, ALIGN_LEFT, 0},
    [COLUMN_FROM] = {N_("Now"), 6, false, false, ALIGN_LEFT, 0},
    [COLUMN_TO] = {N_("Then"), 6, false, false, ALIGN_LEFT, 0},
    [COLUMN_NOW] = {N_("Points now"), 10, false, false, ALIGN_RIGHT, 0},
    [COLUMN_THEN] = {N_("Points then"), 10, false, false, ALIGN_RIGHT, SORT_TOTAL},
    [COLUMN_CHANGE] = {N_("Difference"), 9, false, true, ALIGN_RIGHT, SORT_CHANGE},
    [COLUMN_CODE] = {N_("USCC"), 18, false, true, ALIGN_LEFT, 0},
};

struct simulation_page {
    struct table_page page; /* first: the view's data */
    struct policy_trial trial;
    int now; /* the move that is shown; -1: all */
    int then;
    int sort; /* what the list is in order by */
    bool descending;
};

/* ---- rows -------------------------------------------------------------------------------------
 */

static const char *side_name(int risk_class) {
    return risk_class == CLASS_COUNT ? _("none") : risk_class_letter((enum risk_class)risk_class);
}

/* Puts the moves in the order that the table asks for. */
static void put_in_order(struct simulation_page *page, int sort, bool descending) {
    static const enum simulation_order orders[] = {
        SIMULATION_BY_ID, [SORT_TOTAL] = SIMULATION_BY_TOTAL, [SORT_CHANGE] = SIMULATION_BY_CHANGE};
    if (sort != page->sort || descending != page->descending) {
        simulation_list_sort(&page->trial.list, orders[sort], descending);
        page->sort = sort;
        page->descending = descending;
    }
}

static void set_points(struct row *row, size_t column, const struct simulation_move *move,
                       int side) {
    char text[SHOW_POINTS_SIZE];
    if (move->classes[side] != CLASS_COUNT) {
        row_set(row, column, show_points(move->total[side], text));
    }
}

static enum result add_row(struct simulation_page *page, size_t place, struct row_page *rows,
                           struct arena *arena, struct error *error) {
    const struct simulation_list *list = &page->trial.list;
    const struct simulation_move *move = &list->moves[list->shown[place]];
    struct enterprise enterprise;
    struct row_key key;
    char change[SHOW_POINTS_SIZE];
    memset(&key, 0, sizeof(key));
    key.numbers[0] = (int64_t)place;
    enum result code =
        enterprise_load(page->page.workstation->store, move->enterprise, arena, &enterprise, error);
    struct row *row = code == RESULT_OK ? row_page_add(rows, &key) : NULL;
    if (row == NULL) {
        return code == RESULT_OK ? error_no_memory(error) : code;
    }
    row_set_id(row, move->enterprise);
    row_set(row, COLUMN_NAME, enterprise.name);
    row_set(row, COLUMN_FROM, side_name(move->classes[0]));
    row_set(row, COLUMN_TO, side_name(move->classes[1]));
    set_points(row, COLUMN_NOW, move, 0);
    set_points(row, COLUMN_THEN, move, 1);
    if (move->classes[0] != CLASS_COUNT && move->classes[1] != CLASS_COUNT) {
        row_printf(row, COLUMN_CHANGE, "%s%s", move->total[1] > move->total[0] ? "+" : "",
                   show_points(move->total[1] - move->total[0], change));
    }
    row_set(row, COLUMN_CODE,
            enterprise.uscc != NULL ? enterprise.uscc : enterprise.registration_number);
    return RESULT_OK;
}

/* The rows of the list behind or before a place; only their names are asked of the database. */
static enum result fetch(void *context, const struct row_request *request, struct row_page *rows,
                         struct error *error) {
    struct simulation_page *page = context;
    int64_t count = (int64_t)page->trial.list.shown_count;
    int64_t step = request->backward ? -1 : 1;
    int64_t place = request->key == NULL
                        ? (request->backward ? count - 1 : 0)
                        : request->key->numbers[0] + (request->inclusive ? 0 : step);
    struct arena *arena = arena_new();
    enum result code = arena == NULL ? error_no_memory(error) : RESULT_OK;
    put_in_order(page, request->sort, request->descending);
    for (size_t i = 0; code == RESULT_OK && i < request->limit && place >= 0 && place < count;
         i++) {
        arena_reset(arena);
        code = add_row(page, (size_t)place, rows, arena, error);
        place += step;
    }
    arena_free(arena);
    return code;
}

static enum result count_rows(struct table_page *page, int64_t *rows, struct error *error) {
    (void)error;
    *rows = (int64_t)((const struct simulation_page *)page)->trial.list.shown_count;
    return RESULT_OK;
}

static enum role cell_role(void *context, const struct row *row, size_t column) {
    (void)context;
    return column == COLUMN_FROM || column == COLUMN_TO ? theme_class_role(row_text(row, column)[0])
                                                        : ROLE_TEXT;
}

/* ---- the matrix -------------------------------------------------------------------------------
 */

/* True when anybody is not scored now or then: only then the matrix has a row and column for it. */
static bool any_not_scored(const struct simulation *simulation) {
    for (int i = 0; i <= CLASS_COUNT; i++) {
        if (simulation->moved[i][CLASS_COUNT] + simulation->moved[CLASS_COUNT][i] > 0) {
            return true;
        }
    }
    return false;
}

/* Room for any two numbers in a cell. */
#define CELL_TEXT_SIZE 80

/* A count and its share of a whole, as much of it as the width takes. */
static void cell_text(int64_t count, int64_t whole, int width, char text[CELL_TEXT_SIZE]) {
    char number[SHOW_POINTS_SIZE];
    int64_t tenths = whole == 0 ? 0 : (count * 2000 + whole) / (2 * whole);
    show_number(count, number);
    snprintf(text, CELL_TEXT_SIZE, "%s %" PRId64 ".%" PRId64 "%%", number, tenths / 10,
             tenths % 10);
    if (text_width(text) >= width) {
        snprintf(text, CELL_TEXT_SIZE, "%s", number);
    }
}

/* Who moves to a class of higher risk is marked otherwise than who moves to one of lower risk. */
static int cell_look(int now, int then, int64_t count) {
    return count == 0 || now == CLASS_COUNT || then == CLASS_COUNT ? ROLE_DIM
           : now == then                                           ? ROLE_STRONG
           : then > now                                            ? ROLE_BAD
                                                                   : ROLE_GOOD;
}

static void paint_matrix_row(const struct simulation *simulation, int now, int sides, int width,
                             struct region row) {
    int64_t sum = 0;
    char text[CELL_TEXT_SIZE];
    for (int then = 0; then < sides; then++) {
        sum += simulation->moved[now][then];
    }
    paint_text(row.row, row.column, 10, (int)theme_class_role(side_name(now)[0]), side_name(now),
               ALIGN_LEFT);
    for (int then = 0; then < sides; then++) {
        int64_t count = simulation->moved[now][then];
        cell_text(count, sum, width, text);
        paint_text(row.row, row.column + 10 + then * width, width, cell_look(now, then, count),
                   text, ALIGN_RIGHT);
    }
    cell_text(sum, simulation->enterprises, width, text);
    paint_text(row.row, row.column + 10 + sides * width, width, ROLE_TEXT, text, ALIGN_RIGHT);
}

/* From which class, down, to which, across: counts, and shares of the class they are of now. */
static void paint_matrix(const struct simulation *simulation, struct region *body) {
    int sides = CLASS_COUNT + any_not_scored(simulation);
    int width = (body->columns - 11) / (sides + 1);
    width = width > 20 ? 20 : width;
    struct region row = region_take_top(body, 1);
    paint_text(row.row, row.column, 10, ROLE_HEADER, _("now \\ then"), ALIGN_LEFT);
    for (int then = 0; then <= sides; then++) {
        paint_text(row.row, row.column + 10 + then * width, width, ROLE_HEADER,
                   then == sides ? _("Sum") : side_name(then), ALIGN_RIGHT);
    }
    for (int now = 0; now < sides; now++) {
        paint_matrix_row(simulation, now, sides, width, region_take_top(body, 1));
    }
    char text[CELL_TEXT_SIZE];
    row = region_take_top(body, 1);
    paint_text(row.row, row.column, 10, ROLE_HEADER, _("Sum"), ALIGN_LEFT);
    for (int then = 0; then < sides; then++) {
        int64_t sum = 0;
        for (int now = 0; now < sides; now++) {
            sum += simulation->moved[now][then];
        }
        cell_text(sum, simulation->enterprises, width, text);
        paint_text(row.row, row.column + 10 + then * width, width, ROLE_TEXT, text, ALIGN_RIGHT);
    }
    paint_text(row.row, row.column + 10 + sides * width, width, ROLE_STRONG,
               show_number(simulation->enterprises, text), ALIGN_RIGHT);
    paint_rule(body->row, body->column, body->columns, ROLE_CHROME);
    region_take_top(body, 1);
}

/* ---- doing ------------------------------------------------------------------------------------
 */

static void narrow(struct view *view, int now, int then) {
    struct simulation_page *page = view->data;
    page->now = now;
    page->then = then;
    simulation_list_narrow(&page->trial.list, now, then);
    page->sort = 0; /* as it was narrowed: by id */
    page->descending = false;
    table_page_reload(view);
}

/* Lists the moves that there are, with how many make them. */
static void choose_move(struct view *view) {
    struct simulation_page *page = view->data;
    enum { MOST = (CLASS_COUNT + 1) * (CLASS_COUNT + 1) };
    char texts[MOST][64];
    const char *items[MOST];
    int moves[MOST][2];
    size_t count = 0;
    size_t initial = 0;
    for (int now = 0; now <= CLASS_COUNT; now++) {
        for (int then = 0; then <= CLASS_COUNT; then++) {
            char number[SHOW_POINTS_SIZE];
            if (now == then || page->trial.simulation.moved[now][then] == 0) {
                continue;
            }
            snprintf(texts[count], sizeof(texts[count]), "%s -> %s  %s", side_name(now),
                     side_name(then), show_number(page->trial.simulation.moved[now][then], number));
            initial = now == page->now && then == page->then ? count : initial;
            moves[count][0] = now;
            moves[count][1] = then;
            items[count] = texts[count];
            count++;
        }
    }
    int chosen =
        count == 0 ? -1 : prompt_choose(view->screen, _("Which move"), items, count, initial);
    if (chosen >= 0) {
        narrow(view, moves[chosen][0], moves[chosen][1]);
    }
}

/* The list being written. */
struct writing {
    struct view *view;
    struct simulation simulation;
};

static enum result write_list(void *context, const char *path, struct error *error) {
    struct writing *writing = context;
    struct simulation_page *page = writing->view->data;
    struct workstation *workstation = page->page.workstation;
    struct progress_bar bar;
    progress_bar_start(&bar, writing->view->screen, _("Writing the list"), _("enterprises"));
    enum result code = simulation_file_write(workstation->store, page->trial.policy,
                                             &workstation->actor, page->trial.simulation.period,
                                             path, &bar.progress, &writing->simulation, error);
    progress_bar_finish(&bar);
    return code;
}

static void write_out(struct view *view) {
    static const char *const endings[] = {".xlsx", ".csv", NULL};
    const struct simulation_page *page = view->data;
    struct arena *arena = arena_new();
    struct writing writing = {.view = view};
    const struct save_path place = {
        .label = _("Save as (.xlsx or .csv):"),
        .stem = arena == NULL ? NULL
                              : arena_printf(arena, "%s-%s-simulation", page->trial.policy->code,
                                             page->trial.policy->version),
        .endings = endings,
        .write = write_list,
        .context = &writing};
    const char *path = place.stem == NULL ? NULL : save_path_ask(view, &place, arena);
    if (path != NULL) {
        screen_message(view->screen, MESSAGE_INFO,
                       _("%lld enterprises that move are listed in %s."),
                       (long long)writing.simulation.changed, path);
    }
    arena_free(arena);
}

/* ---- the view ---------------------------------------------------------------------------------
 */

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    static const struct table_page_parts parts = {.columns = columns,
                                                  .column_count =
                                                      sizeof(columns) / sizeof(columns[0]),
                                                  .fetch = fetch,
                                                  .count = count_rows,
                                                  .role = cell_role};
    struct simulation_page *page = calloc(1, sizeof(*page));
    if (page == NULL) {
        return error_no_memory(error);
    }
    page->trial = *(const struct policy_trial *)argument;
    page->now = page->then = -1;
    enum result code = table_page_start(view, &page->page, &parts, error);
    if (code != RESULT_OK) {
        free(page);
        return code;
    }
    table_set_empty(page->page.table, _("No enterprise would change its class."));
    return RESULT_OK;
}

static void close_view(struct view *view) {
    struct simulation_page *page = view->data;
    policy_free(page->trial.policy);
    simulation_list_free(&page->trial.list);
    table_page_close(view);
}

static void paint(struct view *view, struct region body) {
    struct simulation_page *page = view->data;
    const struct simulation *simulation = &page->trial.simulation;
    char period[PERIOD_TEXT_SIZE];
    char day[DATE_TEXT_SIZE];
    if (body.rows > 3) {
        struct region row = region_take_top(&body, 1);
        paint_printf(row.row, row.column, row.columns, ROLE_MESSAGE,
                     _("Version %s on period %s (%s): %lld of %lld change their class. Nothing is "
                       "stored."),
                     page->trial.policy->version, period_format(simulation->period, period),
                     date_format(simulation->day, day), (long long)simulation->changed,
                     (long long)simulation->enterprises);
    }
    if (body.rows > 12) {
        paint_matrix(simulation, &body);
    }
    table_paint(page->page.table, body);
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct simulation_page *page = view->data;
    switch (action) {
    case MOVE:
        choose_move(view);
        return VIEW_HANDLED;
    case CLEAR:
        narrow(view, -1, -1);
        return VIEW_HANDLED;
    case WRITE:
        write_out(view);
        return VIEW_HANDLED;
    default:
        break;
    }
    enum table_response response = table_handle(page->page.table, event, action);
    const struct row *row = table_current(page->page.table);
    if (response == TABLE_ACTIVATED && row != NULL) {
        int64_t id = row_id(row);
        screen_push(view->screen, &enterprise_view, &id);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct simulation_page *page = view->data;
    if (page->now >= 0) {
        buffer_printf(left, "%s -> %s  %s", side_name(page->now), side_name(page->then),
                      _("[x clears]"));
    }
    table_page_position(&page->page, _("enterprises"), right);
}

const struct view_ops policy_simulation_view = {
    .title = N_("Simulation"),
    .actions = {actions, moving_actions, table_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .status = status,
    .close = close_view,
};

/* ---- trying -----------------------------------------------------------------------------------
 */

void policy_simulate(struct view *view, int64_t version) {
    struct workstation *workstation = workstation_of(view);
    struct policy_trial trial = {.policy = NULL};
    struct progress_bar bar;
    struct error error = ERROR_INIT;
    enum result code = policy_store_load(workstation->store, version, &trial.policy, &error);
    if (code == RESULT_OK) {
        progress_bar_start(&bar, view->screen, _("Scoring everybody by this version"),
                           _("enterprises"));
        code = simulation_list_run(&trial.list, workstation->store, trial.policy,
                                   &workstation->actor.clock, &bar.progress, &trial.simulation,
                                   &error);
        progress_bar_finish(&bar);
    }
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
    } else if (screen_push(view->screen, &policy_simulation_view, &trial) == RESULT_OK) {
        return; /* the page has it now */
    }
    simulation_list_free(&trial.list);
    policy_free(trial.policy);
}
