#include "ui/view/views.h"

#include "base/gettext.h"
#include "report/migration_file.h"
#include "ui/kit/progress_bar.h"
#include "ui/kit/prompt.h"
#include "ui/kit/table.h"
#include "ui/view/month.h"
#include "ui/view/show.h"
#include "ui/view/workstation.h"

#include <stdio.h>
#include <stdlib.h>

enum { FROM = 1, TO, DAY, EXPORT, LEFT, RIGHT };

static const struct action actions[] = {
    {FROM, "from-period", N_("choose the earlier period"), N_("From"), {'f'}, ACTION_SHOWN},
    {TO, "to-period", N_("choose the later period"), N_("To"), {'t'}, ACTION_SHOWN},
    {DAY, "try-day", N_("score for a day and store nothing"), N_("A day"), {'v'}, ACTION_SHOWN},
    {EXPORT, "export", N_("write who moved to a file"), N_("Export"), {'e'}, ACTION_SHOWN},
    {LEFT, "left", N_("one cell to the left"), N_("left"), {PRESS_LEFT, 'h'}, ACTION_IN_HELP},
    {RIGHT, "right", N_("one cell to the right"), N_("right"), {PRESS_RIGHT}, ACTION_IN_HELP},
    {0},
};

#define CELLS (CLASS_COUNT + 1)
#define LABEL_COLUMNS 14
#define MOST_PERIODS 240

struct migration_page {
    struct workstation *workstation;
    struct migration migration;
    int from; /* the cell under the cursor */
    int to;
};

/* ---- loading ----------------------------------------------------------------------------------
 */

/* Takes what was made in place of what was shown. */
static void take(struct migration_page *page, struct migration *made) {
    migration_free(&page->migration);
    page->migration = *made;
}

static enum result try_day(struct view *view, struct migration_page *page, date day,
                           struct error *error) {
    struct workstation *workstation = page->workstation;
    struct progress_bar bar;
    struct migration made;
    progress_bar_start(&bar, view->screen, _("Scoring every enterprise"), _("enterprises"));
    enum result code = migration_try(workstation->store, &workstation->actor.clock, day,
                                     &bar.progress, &made, error);
    progress_bar_finish(&bar);
    if (code == RESULT_OK) {
        take(page, &made);
    }
    return code;
}

static enum result compare(struct migration_page *page, int64_t from, int64_t to,
                           struct error *error) {
    struct migration made;
    enum result code = migration_load(page->workstation->store, from, to, &made, error);
    if (code == RESULT_OK) {
        take(page, &made);
    }
    return code;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    const struct migration_argument *wanted = argument;
    struct migration_page *page = calloc(1, sizeof(*page));
    if (page == NULL) {
        return error_no_memory(error);
    }
    page->workstation = workstation_of(view);
    enum result code = wanted->from == 0 ? try_day(view, page, wanted->day, error)
                                         : compare(page, wanted->from, wanted->to, error);
    if (code != RESULT_OK) {
        free(page);
        return code;
    }
    view->data = page;
    return RESULT_OK;
}

static void close_view(struct view *view) {
    struct migration_page *page = view->data;
    migration_free(&page->migration);
    free(page);
}

/* ---- painting ---------------------------------------------------------------------------------
 */

static const char *side_state(const struct migration_side *side) {
    return side->tried         ? _(" (tried, not stored)")
           : side->period == 0 ? ""
           : side->closed      ? _(" (closed)")
                               : _(" (open)");
}

static void paint_heading_line(const struct migration *migration, struct region row) {
    char from[32];
    char to[32];
    const struct migration_side *sides = migration->sides;
    paint_printf(row.row, row.column, row.columns, ROLE_HEADER, _("From %s%s to %s%s"),
                 migration_side_text(&sides[MIGRATION_FROM], from),
                 side_state(&sides[MIGRATION_FROM]), migration_side_text(&sides[MIGRATION_TO], to),
                 side_state(&sides[MIGRATION_TO]));
}

static int cell_width(struct region row) {
    int width = (row.columns - LABEL_COLUMNS) / CELLS;
    return width > 16 ? 16 : width;
}

static const char *from_label(int from) {
    return from == CLASS_COUNT ? _("newly scored") : risk_class_letter((enum risk_class)from);
}

static void paint_titles(struct region row) {
    int width = cell_width(row);
    paint_text(row.row, row.column, LABEL_COLUMNS, ROLE_DIM, _("before \\ after"), ALIGN_LEFT);
    for (int to = 0; to < CELLS; to++) {
        int role = to == CLASS_COUNT ? ROLE_HEADER : (int)show_class_role((enum risk_class)to);
        paint_text(row.row, row.column + LABEL_COLUMNS + to * width, width - 1, role,
                   to == CLASS_COUNT ? _("gone") : risk_class_letter((enum risk_class)to),
                   ALIGN_RIGHT);
    }
}

/* A class before: its cells' numbers, and below them their shares. */
static void paint_class(const struct migration_page *page, int from, struct region numbers,
                        struct region shares) {
    const struct migration *migration = &page->migration;
    int width = cell_width(numbers);
    char text[SHOW_POINTS_SIZE];
    int role = from == CLASS_COUNT ? ROLE_HEADER : (int)show_class_role((enum risk_class)from);
    paint_text(numbers.row, numbers.column, LABEL_COLUMNS, role, from_label(from), ALIGN_LEFT);
    for (int to = 0; to < CELLS && !(from == CLASS_COUNT && to == CLASS_COUNT); to++) {
        int column = numbers.column + LABEL_COLUMNS + to * width;
        int on = page->from == from && page->to == to ? ROLE_ON_CURSOR : 0;
        int64_t count = migration->counts.moved[from][to];
        int64_t tenths = migration_share(migration, (enum risk_class)from, (enum risk_class)to);
        int look = count == 0 || from == to ? ROLE_DIM : to > from ? ROLE_WARNING : ROLE_TEXT;
        paint_text(numbers.row, column, width - 1, look | on, show_number(count, text),
                   ALIGN_RIGHT);
        if (from != CLASS_COUNT) {
            snprintf(text, sizeof(text), "%lld.%lld%%", (long long)(tenths / 10),
                     (long long)(tenths % 10));
            paint_text(shares.row, column, width - 1, ROLE_DIM | on, text, ALIGN_RIGHT);
        }
    }
}

static void paint(struct view *view, struct region body) {
    const struct migration_page *page = view->data;
    struct migration_sums sums = migration_sums(&page->migration);
    char text[256];
    paint_heading_line(&page->migration, region_take_top(&body, 1));
    paint_titles(region_take_top(&body, 1));
    for (int from = 0; from < CELLS; from++) {
        struct region numbers = region_take_top(&body, 1);
        struct region shares = region_take_top(&body, from == CLASS_COUNT ? 0 : 1);
        if (numbers.rows > 0) {
            paint_class(page, from, numbers, shares);
        }
    }
    region_take_top(&body, 1);
    snprintf(text, sizeof(text),
             _("%lld stayed, %lld rose to a higher risk, %lld fell to a lower one; %lld newly "
               "scored, %lld no longer."),
             (long long)sums.stayed, (long long)sums.rose, (long long)sums.fell,
             (long long)sums.came, (long long)sums.went);
    paint_paragraph(body, ROLE_TEXT, text, 0);
}

/* ---- acting -----------------------------------------------------------------------------------
 */

/* Lets a period be chosen in place of one side; both sides are then stored ones. */
static enum result choose_period(struct view *view, int side, struct error *error) {
    struct migration_page *page = view->data;
    struct period *periods = calloc(MOST_PERIODS, sizeof(*periods));
    const char *items[MOST_PERIODS];
    char texts[MOST_PERIODS][PERIOD_TEXT_SIZE];
    int64_t ids[MIGRATION_SIDES];
    size_t count = 0;
    size_t now = 0;
    enum result code = periods == NULL ? error_no_memory(error)
                                       : period_list(page->workstation->store, periods,
                                                     MOST_PERIODS, &count, error);
    for (int i = 0; i < MIGRATION_SIDES; i++) {
        const struct migration_side *sides = page->migration.sides;
        ids[i] = sides[sides[i].tried ? MIGRATION_FROM : i].period;
    }
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        items[i] = period_format(periods[i].id, texts[i]);
        now = periods[i].id == ids[side] ? i : now;
    }
    int chosen = code == RESULT_OK && count > 0
                     ? prompt_choose(view->screen,
                                     side == MIGRATION_FROM ? _("The earlier period")
                                                            : _("The later period"),
                                     items, count, now)
                     : -1;
    if (chosen >= 0) {
        ids[side] = periods[chosen].id;
        code = compare(page, ids[MIGRATION_FROM], ids[MIGRATION_TO], error);
    }
    free(periods);
    return code;
}

static enum result ask_day(struct view *view, struct error *error) {
    struct migration_page *page = view->data;
    date day = DATE_NONE;
    return month_ask_day(view->screen, &day) ? try_day(view, page, day, error) : RESULT_OK;
}

static enum result export_list(struct view *view, struct error *error) {
    struct migration_page *page = view->data;
    char sides[2][32];
    char initial[128];
    for (int i = 0; i < 2; i++) {
        migration_side_text(&page->migration.sides[i], sides[i]);
    }
    snprintf(initial, sizeof(initial), _("moved-%s-%s.xlsx"), sides[0], sides[1]);
    struct prompt prompt = {.label = _("Write to (.xlsx or .csv):"), .initial = initial};
    char *path = prompt_text(view->screen, &prompt);
    if (path == NULL) {
        return RESULT_OK;
    }
    struct progress_bar bar;
    progress_bar_start(&bar, view->screen, _("Writing the list"), _("enterprises"));
    enum result code = migration_file_write(page->workstation->store, &page->migration,
                                            &page->workstation->actor, path, &bar.progress, error);
    progress_bar_finish(&bar);
    if (code == RESULT_OK) {
        screen_message(view->screen, MESSAGE_INFO, _("Wrote %s."), path);
    }
    free(path);
    return code;
}

static void open_cell(struct view *view) {
    struct migration_page *page = view->data;
    struct migration_cell_argument cell = {&page->migration, (enum risk_class)page->from,
                                           (enum risk_class)page->to};
    if (page->migration.counts.moved[page->from][page->to] == 0) {
        screen_message(view->screen, MESSAGE_INFO, "%s", _("Nobody is in this cell."));
        return;
    }
    screen_push(view->screen, &migration_cell_view, &cell);
}

/* Moves the cursor, which stays in the matrix. */
static void move(struct migration_page *page, int down, int right) {
    int from = page->from + down;
    int to = page->to + right;
    if (from >= 0 && from < CELLS && to >= 0 && to < CELLS &&
        !(from == CLASS_COUNT && to == CLASS_COUNT)) {
        page->from = from;
        page->to = to;
    }
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct migration_page *page = view->data;
    struct error error = ERROR_INIT;
    enum result code = RESULT_OK;
    (void)event;
    switch (action) {
    case FROM:
    case TO:
        code = choose_period(view, action == FROM ? MIGRATION_FROM : MIGRATION_TO, &error);
        break;
    case DAY:
        code = ask_day(view, &error);
        break;
    case EXPORT:
        code = export_list(view, &error);
        break;
    case LEFT:
    case RIGHT:
        move(page, 0, action == LEFT ? -1 : 1);
        break;
    case ACTION_TABLE_UP:
    case ACTION_TABLE_DOWN:
        move(page, action == ACTION_TABLE_UP ? -1 : 1, 0);
        break;
    case ACTION_TABLE_OPEN:
        open_cell(view);
        break;
    default:
        return VIEW_IGNORED;
    }
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
    }
    return VIEW_HANDLED;
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct migration_page *page = view->data;
    char number[SHOW_POINTS_SIZE];
    char all[SHOW_POINTS_SIZE];
    buffer_printf(left, "%s -> %s", from_label(page->from),
                  page->to == CLASS_COUNT ? _("gone")
                                          : risk_class_letter((enum risk_class)page->to));
    buffer_printf(right, _("%s of %s enterprises"),
                  show_number(page->migration.counts.moved[page->from][page->to], number),
                  show_number(page->migration.counts.enterprises, all));
}

const struct view_ops migration_view = {
    .title = N_("Class migration"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .status = status,
    .close = close_view,
};
