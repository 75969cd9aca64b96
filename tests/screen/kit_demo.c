/* A small program made of the kit, for test_kit to drive: a table of ten thousand rows with a page
 * behind each, and a form. */
#include "screen/kit_demo_rows.h"
#include "ui/kit/form.h"
#include "ui/kit/progress_bar.h"
#include "ui/kit/prompt.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void pause_milliseconds(long milliseconds) {
    struct timespec wait = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&wait, NULL);
}

/* ---- one enterprise -------------------------------------------------------------------------- */

static enum result page_open(struct view *view, const void *argument, struct error *error) {
    view->data = strdup(argument);
    return view->data == NULL ? error_no_memory(error) : RESULT_OK;
}

static void page_paint(struct view *view, struct region body) {
    paint_printf(body.row, body.column, body.columns, ROLE_STRONG, "页: %s", (char *)view->data);
    region_take_top(&body, 1);
    paint_bar(body.row, body.column, 20, ROLE_BAR_FILLED, 40, 100, 60);
    region_take_top(&body, 1);
    paint_paragraph(body, ROLE_TEXT, "第一段文字\nsecond paragraph", 0);
}

static void page_name(const struct view *view, struct buffer *name) {
    buffer_append_text(name, view->data);
}

static void page_close(struct view *view) {
    free(view->data);
}

static const struct view_ops page_view = {
    .title = "详情",
    .open = page_open,
    .paint = page_paint,
    .name = page_name,
    .close = page_close,
};

/* ---- the table ------------------------------------------------------------------------------- */

static const struct column columns[DEMO_COLUMNS] = {
    [COLUMN_NUMBER] = {"编号", 6, false, false, ALIGN_RIGHT, SORT_BY_NUMBER},
    [COLUMN_NAME] = {"名称", 10, true, false, ALIGN_LEFT, 0},
    [COLUMN_CLASS] = {"级", 2, false, false, ALIGN_CENTRE, 0},
    [COLUMN_SCORE] = {"得分", 8, false, true, ALIGN_RIGHT, SORT_BY_SCORE},
    [COLUMN_REGION] = {"地区", 10, false, true, ALIGN_LEFT, 0},
};

struct list {
    struct demo_rows rows;
    struct row_source source;
    struct table *table;
    int slow_runs;
};

enum {
    LIST_FIND = 1,
    LIST_CLEAR,
    LIST_DELETE,
    LIST_WORK,
    LIST_SLOW,
    LIST_NOISE,
    LIST_AWAY,
    LIST_FAULT
};

static const struct action list_actions[] = {
    {LIST_FIND, "find", "按名称查找", "查找", {'/'}, ACTION_SHOWN},
    {LIST_CLEAR, "clear", "清除查找", "清除", {'x'}, ACTION_SHOWN},
    {LIST_DELETE, "delete", "删除这一户", "删除", {'d', PRESS_DELETE}, ACTION_SHOWN},
    {LIST_WORK, "work", "做一件长事", "长事", {'w'}, ACTION_LISTED},
    {LIST_SLOW, "slow", "做一件慢事", "慢事", {'S'}, ACTION_LISTED},
    {LIST_NOISE, "noise", "向标准错误写字", "噪声", {'e'}, ACTION_LISTED},
    {LIST_AWAY, "away", "交出终端再收回", "交出", {'R'}, ACTION_LISTED},
    {LIST_FAULT, "fault", "出错退出", "出错", {'Z'}, ACTION_LISTED},
    {0},
};

static enum result list_open(struct view *view, const void *argument, struct error *error) {
    (void)argument;
    struct list *list = calloc(1, sizeof *list);
    if (list == NULL) {
        return error_no_memory(error);
    }
    list->source = demo_rows_source(&list->rows);
    list->table = table_new(columns, DEMO_COLUMNS, &list->source);
    if (list->table == NULL) {
        free(list);
        return error_no_memory(error);
    }
    view->data = list;
    return RESULT_OK;
}

static void list_close(struct view *view) {
    struct list *list = view->data;
    table_free(list->table);
    free(list);
}

static void list_paint(struct view *view, struct region body) {
    struct list *list = view->data;
    table_paint(list->table, body);
}

static void list_status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct list *list = view->data;
    int64_t place;
    int64_t count;
    table_position(list->table, &place, &count);
    buffer_printf(left, "筛选: %s", list->rows.filter[0] != '\0' ? list->rows.filter : "无");
    buffer_printf(right, "%" PRId64 " / %" PRId64 " 户", place, count);
}

static void list_search(void *context, const char *text) {
    struct list *list = context;
    struct error error = ERROR_INIT;
    snprintf(list->rows.filter, sizeof list->rows.filter, "%s", text);
    table_reload(list->table, &error);
    error_clear(&error);
}

static void list_find(struct view *view) {
    struct list *list = view->data;
    struct prompt prompt = {.label = "查找:", .changed = list_search, .context = list};
    char *text = prompt_text(view->screen, &prompt);
    if (text == NULL) {
        list_search(list, "");
    }
    free(text);
}

static void list_work(struct view *view) {
    struct progress_bar bar;
    struct error error = ERROR_INIT;
    enum result code = RESULT_OK;
    progress_bar_start(&bar, view->screen, "正在读入", "行");
    for (uint64_t i = 0; i < 100000 && code == RESULT_OK; i++) {
        code = progress_step(&bar.progress, i, 100000, &error);
        pause_milliseconds(1);
    }
    progress_bar_finish(&bar);
    screen_error(view->screen, &error);
}

/* Gives the terminal to another program for a while. */
static void list_go_away(struct view *view) {
    struct terminal_options options = {.mouse = true};
    struct error error = ERROR_INIT;
    terminal_stop();
    printf("between the acts\n");
    fflush(stdout);
    if (terminal_start(&options, &error) != RESULT_OK) {
        exit(3);
    }
    screen_message(view->screen, MESSAGE_INFO, "%s", "回来了");
}

static void list_act(struct view *view, int action) {
    struct list *list = view->data;
    switch (action) {
    case LIST_FIND:
        list_find(view);
        break;
    case LIST_CLEAR:
        list_search(list, "");
        break;
    case LIST_DELETE:
        screen_message(view->screen, MESSAGE_WARNING, "%s",
                       prompt_confirm(view->screen, "这一户将从名单中删去，不能恢复。删去吗？")
                           ? "已删去"
                           : "没有删");
        break;
    case LIST_WORK:
        list_work(view);
        break;
    case LIST_SLOW:
        pause_milliseconds(400);
        screen_message(view->screen, MESSAGE_INFO, "慢事 %d 次", ++list->slow_runs);
        break;
    case LIST_NOISE:
        fputs("a library complains\n", stderr);
        screen_message(view->screen, MESSAGE_INFO, "%s", "写了");
        break;
    case LIST_AWAY:
        list_go_away(view);
        break;
    default:
        raise(SIGSEGV);
        break;
    }
}

static enum view_response list_handle(struct view *view, const struct event *event, int action) {
    struct list *list = view->data;
    if (action >= LIST_FIND && action <= LIST_FAULT) {
        list_act(view, action);
        return VIEW_HANDLED;
    }
    switch (table_handle(list->table, event, action)) {
    case TABLE_ACTIVATED:
        screen_push(view->screen, &page_view, row_text(table_current(list->table), COLUMN_NUMBER));
        return VIEW_HANDLED;
    case TABLE_MOVED:
        return VIEW_HANDLED;
    default:
        return VIEW_IGNORED;
    }
}

static void list_resume(struct view *view) {
    struct list *list = view->data;
    struct error error = ERROR_INIT;
    table_refresh(list->table, &error);
    screen_error(view->screen, &error);
}

static const struct view_ops list_view = {
    .title = "企业名单",
    .actions = {list_actions, moving_actions, table_actions},
    .open = list_open,
    .paint = list_paint,
    .handle = list_handle,
    .status = list_status,
    .resume = list_resume,
    .close = list_close,
};

/* ---- the form -------------------------------------------------------------------------------- */

enum { FORM_NAME, FORM_DATE, FORM_TOTAL, FORM_CLASS, FORM_MATTERS, FORM_PASSWORD, FORM_FIELDS };

static enum result check_total(void *context, const struct form *form, size_t field,
                               struct error *error) {
    (void)context;
    return form_number(form, field) <= 600
               ? RESULT_OK
               : error_set(error, RESULT_INVALID, "%s", "最多抽取600户，请改小。");
}

static const char *const classes[] = {"A类", "B类", "C类", "D类", NULL};
static const char *const matters[] = {"登记事项", "年报公示", "广告行为", NULL};

static const struct field fields[FORM_FIELDS] = {
    [FORM_NAME] = {"计划名称", "例: 第四季度抽查", FIELD_TEXT, true, NULL, NULL},
    [FORM_DATE] = {"开始日期", "年-月-日", FIELD_DATE, false, NULL, NULL},
    [FORM_TOTAL] = {"抽取户数", NULL, FIELD_NUMBER, false, NULL, check_total},
    [FORM_CLASS] = {"等级", NULL, FIELD_CHOICE, false, classes, NULL},
    [FORM_MATTERS] = {"事项", NULL, FIELD_FLAGS, true, matters, NULL},
    [FORM_PASSWORD] = {"口令", NULL, FIELD_SECRET, false, NULL, NULL},
};

static enum result entry_open(struct view *view, const void *argument, struct error *error) {
    (void)argument;
    view->data = form_new(fields, FORM_FIELDS, NULL);
    return view->data == NULL ? error_no_memory(error) : RESULT_OK;
}

static void entry_close(struct view *view) {
    form_free(view->data);
}

static void entry_paint(struct view *view, struct region body) {
    form_paint(view->data, body);
}

static bool entry_unsaved(struct view *view, const char **what) {
    *what = "填写的内容还没有保存，离开就没有了。离开吗？";
    return form_changed(view->data);
}

static enum view_response entry_handle(struct view *view, const struct event *event, int action) {
    struct form *form = view->data;
    switch (form_handle(form, view->screen, event, action)) {
    case FORM_SUBMITTED:
        screen_message(view->screen, MESSAGE_INFO, "已交: %s %" PRId64 "户 %s 事项%" PRIu64,
                       form_text(form, FORM_NAME), form_number(form, FORM_TOTAL),
                       form_text(form, FORM_CLASS), form_flags(form, FORM_MATTERS));
        form_keep(form);
        return VIEW_HANDLED;
    case FORM_IGNORED:
        return VIEW_IGNORED;
    default:
        return VIEW_HANDLED;
    }
}

static const struct view_ops entry_view = {
    .title = "新计划",
    .actions = {form_actions},
    .open = entry_open,
    .paint = entry_paint,
    .handle = entry_handle,
    .unsaved = entry_unsaved,
    .close = entry_close,
};

/* ---- the program ----------------------------------------------------------------------------- */

static void header(void *context, struct buffer *left, struct buffer *right) {
    (void)context;
    buffer_append_text(left, "信风  示例局 · 2026-10期(未结)");
    buffer_append_text(right, "王建国(经办人)  2026-11-22");
}

static const struct desk desks[] = {
    {"企业", "enterprises", &list_view, NULL},
    {"计划", "plans", &entry_view, NULL},
};

int main(void) {
    struct terminal_options options = {.error_log = getenv("KIT_DEMO_LOG"), .mouse = true};
    struct application application = {.desks = desks, .desk_count = 2, .header = header};
    struct error error = ERROR_INIT;
    terminal_set_locale();
    enum result code = terminal_start(&options, &error);
    if (code == RESULT_OK) {
        code = screen_run(&application, &error);
    }
    terminal_stop();
    if (code != RESULT_OK) {
        fprintf(stderr, "%s\n", error_sentence(&error));
    }
    error_clear(&error);
    return result_exit_status(code);
}
