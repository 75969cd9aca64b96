#include "ui/view/views.h"

#include "base/gettext.h"
#include "plan/annual_batch.h"
#include "report/annual_export.h"
#include "ui/kit/prompt.h"
#include "ui/kit/table.h"
#include "ui/view/annual_outlook.h"
#include "ui/view/show.h"
#include "ui/view/workstation.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ADD_TASK = 1, OUTLOOK, PUBLISH, EXPORT, DROP_TASK, MAKE_VOID, LEFT, RIGHT };

static const struct action actions[] = {
    {ADD_TASK, "new-task", N_("add a task to the draft"), N_("New task"), {'n'}, ACTION_SHOWN},
    {OUTLOOK,
     "outlook",
     N_("what changed classes alter in the task"),
     N_("Outlook"),
     {'o'},
     ACTION_SHOWN},
    {PUBLISH, "publish", N_("publish the annual plan"), N_("Publish"), {'p'}, ACTION_SHOWN},
    {EXPORT, "export", N_("write the workbook into a folder"), N_("Export"), {'e'}, ACTION_SHOWN},
    {DROP_TASK,
     "drop-task",
     N_("take the task out of the draft"),
     N_("Drop"),
     {'D'},
     ACTION_LISTED},
    {MAKE_VOID, "void", N_("make the annual plan void"), N_("Void"), {'V'}, ACTION_LISTED},
    {LEFT, "left", N_("one cell to the left"), N_("left"), {PRESS_LEFT, 'h'}, ACTION_IN_HELP},
    {RIGHT, "right", N_("one cell to the right"), N_("right"), {PRESS_RIGHT, 'l'}, ACTION_IN_HELP},
    {0},
};

/* Twelve months and the year stand beside the titles at 80 columns. */
#define MONTH_COLUMNS 5
#define YEAR_COLUMNS 6
#define TITLE_LEAST 14
#define TASK_ROWS 2
#define FOOT_ROWS 4

struct annual_page {
    struct workstation *workstation;
    struct arena *arena;
    struct annual annual;
    size_t task; /* the cell under the cursor */
    int month;   /* from 1 */
    size_t top;  /* the first task shown */
};

static enum result load(struct annual_page *page, int64_t id, struct error *error) {
    arena_reset(page->arena);
    enum result code = workstation_today(page->workstation, error);
    if (code == RESULT_OK) {
        code = annual_load(page->workstation->store, id, page->arena, &page->annual, error);
    }
    if (page->task >= page->annual.task_count) {
        page->task = page->annual.task_count == 0 ? 0 : page->annual.task_count - 1;
    }
    return code;
}

static void close_view(struct view *view) {
    struct annual_page *page = view->data;
    arena_free(page->arena);
    free(page);
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    struct annual_page *page = calloc(1, sizeof(*page));
    if (page == NULL || (page->arena = arena_new()) == NULL) {
        free(page);
        return error_no_memory(error);
    }
    page->workstation = workstation_of(view);
    view->data = page;
    enum result code = load(page, *(const int64_t *)argument, error);
    date today = clock_today(&page->workstation->actor.clock);
    page->month =
        code == RESULT_OK && date_year(today) == page->annual.year ? date_month(today) : 1;
    if (code != RESULT_OK) {
        close_view(view);
        view->data = NULL;
    }
    return code;
}

static void reload(struct view *view) {
    struct annual_page *page = view->data;
    struct error error = ERROR_INIT;
    if (load(page, page->annual.id, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    }
}

/* ---- painting ---------------------------------------------------------------------------------
 */

static int title_columns(struct region row) {
    int width = row.columns - ANNUAL_MONTHS * MONTH_COLUMNS - YEAR_COLUMNS;
    return width > TITLE_LEAST ? width : TITLE_LEAST;
}

static void paint_number(struct region row, int month, int role, int64_t number) {
    char text[24];
    int column = row.column + title_columns(row) + (month - 1) * MONTH_COLUMNS;
    snprintf(text, sizeof(text), "%" PRId64, number);
    if (month > ANNUAL_MONTHS) {
        paint_text(row.row, column, YEAR_COLUMNS, role, text, ALIGN_RIGHT);
    } else {
        paint_text(row.row, column + 1, MONTH_COLUMNS - 1, role, text, ALIGN_RIGHT);
    }
}

static void paint_months(struct region row) {
    paint_text(row.row, row.column, title_columns(row) - 1, ROLE_HEADER, _("Task, month"),
               ALIGN_LEFT);
    for (int month = 1; month <= ANNUAL_MONTHS; month++) {
        paint_number(row, month, ROLE_HEADER, month);
    }
    paint_text(row.row, row.column + title_columns(row) + ANNUAL_MONTHS * MONTH_COLUMNS,
               YEAR_COLUMNS, ROLE_HEADER, _("Year"), ALIGN_RIGHT);
}

/* The lower cell of a batch: how many were drawn, or that it is drafted. */
static void paint_drawn(struct region row, const struct annual_batch *batch, int on) {
    int column = row.column + title_columns(row) + (batch->first_month - 1) * MONTH_COLUMNS + 1;
    if (batch->plan == 0) {
        paint_text(row.row, column, MONTH_COLUMNS - 1, ROLE_DIM | on, "-", ALIGN_RIGHT);
    } else if (batch->plan_state < PLAN_DRAWN) {
        paint_text(row.row, column, MONTH_COLUMNS - 1, ROLE_WARNING | on, "+", ALIGN_RIGHT);
    } else {
        paint_number(row, batch->first_month, ROLE_GOOD | on, batch->drawn);
    }
}

static void paint_task(const struct annual_page *page, size_t place, struct region upper,
                       struct region lower) {
    const struct annual_task *task = &page->annual.tasks[place];
    size_t chosen = place == page->task ? annual_task_batch(task, page->month) : SIZE_MAX;
    int title = title_columns(upper) - 1;
    int64_t drawn = 0;
    paint_cell(upper.row, upper.column, title,
               ROLE_STRONG | (place == page->task ? ROLE_ON_CURSOR : 0), task->title, ALIGN_LEFT);
    paint_cell(lower.row, lower.column + 1, title - 1, ROLE_DIM,
               task->department == NULL ? _("drawn") : task->department, ALIGN_LEFT);
    if (place == page->task && chosen == SIZE_MAX) {
        paint_text(upper.row,
                   upper.column + title_columns(upper) + (page->month - 1) * MONTH_COLUMNS + 1,
                   MONTH_COLUMNS - 1, ROLE_TEXT | ROLE_ON_CURSOR, "", ALIGN_RIGHT);
    }
    for (size_t i = 0; i < task->batch_count; i++) {
        const struct annual_batch *batch = &task->batches[i];
        int on = i == chosen ? ROLE_ON_CURSOR : 0;
        paint_number(upper, batch->first_month, ROLE_TEXT | on, annual_batch_planned(batch));
        paint_drawn(lower, batch, on);
        drawn += batch->drawn;
    }
    paint_number(upper, ANNUAL_MONTHS + 1, ROLE_TEXT, annual_task_planned(task));
    paint_number(lower, ANNUAL_MONTHS + 1, ROLE_GOOD, drawn);
}

static void paint_loads(const struct annual_page *page, struct region row, const char *label,
                        bool drawn, int role) {
    int64_t loads[ANNUAL_MONTHS];
    int64_t sum = 0;
    annual_loads(&page->annual, drawn, loads);
    paint_cell(row.row, row.column, title_columns(row) - 1, role, label, ALIGN_LEFT);
    for (int month = 1; month <= ANNUAL_MONTHS; month++) {
        paint_number(row, month, role, loads[month - 1]);
        sum += loads[month - 1];
    }
    paint_number(row, ANNUAL_MONTHS + 1, role, sum);
}

/* Visits an inspector makes, in tenths. */
static void paint_each(const struct annual_page *page, struct region row) {
    int64_t loads[ANNUAL_MONTHS];
    annual_loads(&page->annual, false, loads);
    paint_cell(row.row, row.column, title_columns(row) - 1, ROLE_DIM, _("Each inspector"),
               ALIGN_LEFT);
    for (int month = 1; page->annual.inspectors > 0 && month <= ANNUAL_MONTHS; month++) {
        char text[32];
        int64_t tenths = loads[month - 1] * PLAN_TEAM_SIZE * 10 / page->annual.inspectors;
        snprintf(text, sizeof(text), "%" PRId64 ".%" PRId64, tenths / 10, tenths % 10);
        paint_text(row.row, row.column + title_columns(row) + (month - 1) * MONTH_COLUMNS,
                   MONTH_COLUMNS, ROLE_DIM, text, ALIGN_RIGHT);
    }
}

static void paint_head(const struct annual_page *page, struct region row) {
    const struct annual *annual = &page->annual;
    int taken = paint_piece(row.row, row.column, row.columns, ROLE_STRONG, annual->title) + 2;
    taken += paint_piece(row.row, row.column + taken, row.columns - taken, ROLE_WARNING,
                         annual_state_name(annual->state)) +
             2;
    paint_piece(row.row, row.column + taken, row.columns - taken, ROLE_DIM,
                annual->state == ANNUAL_VOID ? annual->void_reason : annual->created_by);
}

static void paint(struct view *view, struct region body) {
    struct annual_page *page = view->data;
    paint_head(page, region_take_top(&body, 1));
    if (page->annual.task_count == 0) {
        paint_paragraph(body, ROLE_DIM,
                        _("The plan has no task yet. Press n to add one; when all are there, "
                          "another person publishes the plan (p, u changes the person)."),
                        0);
        return;
    }
    paint_months(region_take_top(&body, 1));
    struct region foot =
        region_take_bottom(&body, body.rows > FOOT_ROWS + TASK_ROWS ? FOOT_ROWS - 1 : 0);
    size_t fits = body.rows >= TASK_ROWS ? (size_t)(body.rows / TASK_ROWS) : 1;
    page->top = page->task < page->top ? page->task : page->top;
    page->top = page->task >= page->top + fits ? page->task - fits + 1 : page->top;
    for (size_t i = page->top; i < page->annual.task_count && body.rows >= TASK_ROWS; i++) {
        struct region upper = region_take_top(&body, 1);
        paint_task(page, i, upper, region_take_top(&body, 1));
    }
    if (foot.rows > 0) {
        paint_loads(page, region_take_top(&foot, 1), _("Planned in all"), false, ROLE_STRONG);
        paint_loads(page, region_take_top(&foot, 1), _("Drawn in all"), true, ROLE_GOOD);
        paint_each(page, region_take_top(&foot, 1));
    }
}

/* ---- acting -----------------------------------------------------------------------------------
 */

/* The task under the cursor; NULL, with a message, when there is none. */
static const struct annual_task *current(struct view *view) {
    const struct annual_page *page = view->data;
    if (page->annual.task_count == 0) {
        screen_message(view->screen, MESSAGE_WARNING, "%s", _("The plan has no task yet."));
        return NULL;
    }
    return &page->annual.tasks[page->task];
}

/* Opens the plan of the batch under the cursor, or offers to draft it. */
static void open_cell(struct view *view) {
    struct annual_page *page = view->data;
    const struct annual_task *task = current(view);
    size_t place = task == NULL ? SIZE_MAX : annual_task_batch(task, page->month);
    struct annual_drafted drafted;
    struct error error = ERROR_INIT;
    if (place == SIZE_MAX) {
        if (task != NULL) {
            screen_message(view->screen, MESSAGE_WARNING, "%s",
                           _("The task has no batch in this month."));
        }
        return;
    }
    int64_t plan = task->batches[place].plan;
    if (plan == 0) {
        if (page->annual.state == ANNUAL_PUBLISHED &&
            !prompt_confirm(view->screen, _("Draft the plan of this batch? Its rates follow the "
                                            "classes of today and what is left of the year."))) {
            return;
        }
        if (annual_draft(page->workstation->store, &page->workstation->actor, page->annual.id,
                         page->month, task->place, &drafted, &error) != RESULT_OK) {
            screen_error(view->screen, &error);
            return;
        }
        plan = drafted.last_id;
    }
    if (plan == 0) {
        screen_message(view->screen, MESSAGE_WARNING, "%s",
                       _("Nobody is left to draw in this batch; no plan was drafted."));
        return;
    }
    screen_push(view->screen, &plan_view, &plan);
}

/* Shows what changed classes alter in the task under the cursor. */
static enum result show_outlook(struct view *view, struct error *error) {
    struct annual_page *page = view->data;
    const struct annual_task *task = current(view);
    return task == NULL ? RESULT_OK
                        : annual_outlook_show(view->screen, page->workstation->store, &page->annual,
                                              task, error);
}

static enum result publish(struct view *view, struct error *error) {
    struct annual_page *page = view->data;
    if (!prompt_confirm(view->screen, _("Publish the annual plan? Its tasks can then no longer be "
                                        "changed, only the whole plan made void."))) {
        return RESULT_OK;
    }
    enum result code =
        annual_publish(page->workstation->store, &page->workstation->actor, page->annual.id, error);
    if (code == RESULT_OK) {
        reload(view);
        screen_message(view->screen, MESSAGE_INFO, "%s",
                       _("Published. Enter on a cell drafts the plan of its batch."));
    }
    return code;
}

static enum result export(struct view *view, struct error *error) {
    struct annual_page *page = view->data;
    struct prompt prompt = {.label = _("Folder for the workbook:"), .initial = "out"};
    char *folder = prompt_text(view->screen, &prompt); char *path = NULL;
    if (folder == NULL){return RESULT_OK;}
enum result code = annual_export_write(page->workstation->store, &page->workstation->actor,
                                       page->annual.id, folder, &path, error);
if (code == RESULT_OK) {
    screen_message(view->screen, MESSAGE_INFO, _("Wrote %s."), path);
}
free(path);
free(folder);
return code;
}

static enum result drop_task(struct view *view, struct error *error) {
    struct annual_page *page = view->data;
    const struct annual_task *task = current(view);
    if (task == NULL ||
        (page->annual.state == ANNUAL_DRAFT &&
         !prompt_confirm(view->screen, _("Take this task out of the draft? It is lost.")))) {
        return RESULT_OK;
    }
    enum result code = annual_task_drop(page->workstation->store, &page->workstation->actor,
                                        page->annual.id, task->place, error);
    if (code == RESULT_OK) {
        reload(view);
    }
    return code;
}

static enum result make_void(struct view *view, struct error *error) {
    struct annual_page *page = view->data;
    struct prompt prompt = {.label = _("Void for ever; the reason:")};
    char *reason = prompt_text(view->screen, &prompt);
    if (reason == NULL) {
        return RESULT_OK;
    }
    enum result code = annual_void(page->workstation->store, &page->workstation->actor,
                                   page->annual.id, reason, error);
    if (code == RESULT_OK) {
        reload(view);
    }
    free(reason);
    return code;
}

static void move(struct annual_page *page, int down, int right) {
    if (page->month + right >= 1 && page->month + right <= ANNUAL_MONTHS) {
        page->month += right;
    }
    if ((down < 0 && page->task > 0) || (down > 0 && page->task + 1 < page->annual.task_count)) {
        page->task = down < 0 ? page->task - 1 : page->task + 1;
    }
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct annual_page *page = view->data;
    struct error error = ERROR_INIT;
    enum result code = RESULT_OK;
    (void)event;
    switch (action) {
    case ADD_TASK:
        screen_push(view->screen, &annual_task_view, &page->annual);
        break;
    case OUTLOOK:
        code = show_outlook(view, &error);
        break;
    case PUBLISH:
        code = publish(view, &error);
        break;
    case EXPORT:
        code = export(view, &error);
        break;
    case DROP_TASK:
        code = drop_task(view, &error);
        break;
    case MAKE_VOID:
        code = make_void(view, &error);
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

static void name(const struct view *view, struct buffer *buffer) {
    const struct annual_page *page = view->data;
    buffer_printf(buffer, _("Annual plan of %d"), page->annual.year);
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct annual_page *page = view->data;
    if (page->annual.task_count == 0) {
        return;
    }
    const struct annual_task *task = &page->annual.tasks[page->task];
    size_t place = annual_task_batch(task, page->month);
    buffer_printf(left, "%d-%02d  ", page->annual.year, page->month);
    if (place == SIZE_MAX) {
        buffer_append_text(left, _("no batch"));
        return;
    }
    const struct annual_batch *batch = &task->batches[place];
    buffer_append_text(left, batch->plan == 0 ? _("not drafted yet") : batch->plan_number);
    for (int i = 0; i < CLASS_COUNT; i++) {
        buffer_printf(right, "%s%s %" PRId64, i == 0 ? "" : "  ",
                      risk_class_letter((enum risk_class)i), batch->planned[i]);
    }
}

const struct view_ops annual_view = {
    .title = N_("Annual plan"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .name = name,
    .status = status,
    .resume = reload,
    .close = close_view,
};
