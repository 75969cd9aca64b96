#include "ui/view/views.h"

#include "base/gettext.h"
#include "base/text.h"
#include "intake/batch_list.h"
#include "intake/kind.h"
#include "intake/rejects.h"
#include "plan/undo.h"
#include "ui/kit/prompt.h"
#include "ui/view/list_page.h"
#include "ui/view/show.h"

#include <stdlib.h>
#include <string.h>

/* Rejected rows and remarks shown: a person reads no more; the workbook has them all. */
#define MOST_LINES 500

enum { UNDO = 1, WRITE_REJECTS, NAMES };

static const struct action actions[] = {
    {WRITE_REJECTS,
     "write-rejects",
     N_("write the rejected rows with their reasons into a workbook"),
     N_("Rejected rows"),
     {'w'},
     ACTION_SHOWN},
    {NAMES,
     "names",
     N_("decide about names that no enterprise bears"),
     N_("Names"),
     {'m'},
     ACTION_SHOWN},
    {UNDO, "undo", N_("take the whole intake back"), N_("Undo"), {'U'}, ACTION_SHOWN},
    {0},
};

/* One line of the page. */
struct line {
    enum { LINE_FACT, LINE_HEADING, LINE_REASON, LINE_ROW } kind;
    const char *label;
    const char *text;
    int64_t number; /* of a reason: rows; of a row: its line */
    bool bad;
};

struct batch_page {
    struct list_page page; /* first: the view's data */
    int64_t id;
    struct batch_entry entry;
};

/* ---- lines ------------------------------------------------------------------------------------
 */

/* The lines being made; room was made for all of them. */
struct lines {
    struct line *items;
    size_t count;
};

static void add(struct lines *lines, struct line line) {
    lines->items[lines->count++] = line;
}

static void add_counts(struct lines *lines, const struct batch_entry *entry, struct arena *arena) {
    const struct {
        const char *label;
        int64_t number;
    } counts[] = {
        {_("Read"), entry->read},
        {_("Inserted"), entry->inserted},
        {_("Updated"), entry->updated},
        {_("Unchanged"), entry->unchanged},
        {_("Rejected"), entry->rejected},
        {_("Passed over"), entry->skipped},
        {_("Entered as stubs"), entry->stubs},
    };
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        char text[SHOW_POINTS_SIZE];
        if (counts[i].number > 0 || i < 5) {
            add(lines,
                (struct line){.kind = LINE_FACT,
                              .label = counts[i].label,
                              .text = arena_strdup(arena, show_number(counts[i].number, text)),
                              .bad = i == 4 && counts[i].number > 0});
        }
    }
}

static void add_head(struct lines *lines, const struct batch_entry *entry, struct arena *arena) {
    char when[SHOW_TIME_SIZE];
    enum import_kind kind = kind_find(entry->kind);
    const char *form =
        arena_printf(arena, "%s%s%s%s%s", entry->format, entry->encoding == NULL ? "" : " ",
                     entry->encoding == NULL ? "" : entry->encoding,
                     entry->sheet == NULL ? "" : "  ", entry->sheet == NULL ? "" : entry->sheet);
    const struct line facts[] = {
        {.label = _("File"), .text = entry->file},
        {.label = _("Kind"),
         .text = kind == IMPORT_KIND_COUNT ? entry->kind : _(kind_of(kind)->title)},
        {.label = _("Format"), .text = form},
        {.label = _("Profile"), .text = entry->profile},
        {.label = _("Source"), .text = entry->source},
        {.label = _("Taken in"),
         .text = arena_printf(arena, "%s  %s", show_time(entry->at, when), entry->actor)},
        {.label = "SHA-256", .text = entry->digest},
    };
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        add(lines, facts[i]);
    }
    if (entry->undone_at != NULL) {
        add(lines, (struct line){.label = _("Undone"),
                                 .bad = true,
                                 .text = arena_printf(
                                     arena, "%s  %s  %s", show_time(entry->undone_at, when),
                                     entry->undone_by,
                                     entry->undone_reason == NULL ? "" : entry->undone_reason)});
    }
}

/* The reasons for rejects, or of remarks, and the first rows. */
static enum result add_rows(struct lines *lines, struct batch_page *batch, bool remarks,
                            struct error *error) {
    struct store *store = batch->page.workstation->store;
    struct arena *arena = batch->page.arena;
    struct batch_reason *reasons = NULL;
    struct batch_line *rows = NULL;
    size_t reason_count = 0;
    size_t row_count = 0;
    enum result code =
        batch_reasons(store, batch->id, remarks, arena, &reasons, &reason_count, error);
    if (code == RESULT_OK) {
        code = batch_lines(store, batch->id, remarks, NULL, 0, MOST_LINES, arena, &rows, &row_count,
                           error);
    }
    if (code != RESULT_OK || row_count == 0) {
        return code;
    }
    add(lines, (struct line){.kind = LINE_HEADING,
                             .label = remarks ? _("Remarks") : _("Rejected rows, by reason")});
    for (size_t i = 0; i < reason_count; i++) {
        add(lines, (struct line){.kind = LINE_REASON,
                                 .label = reasons[i].title,
                                 .number = reasons[i].count,
                                 .bad = !remarks});
    }
    for (size_t i = 0; i < row_count; i++) {
        add(lines,
            (struct line){.kind = LINE_ROW, .number = rows[i].line, .text = rows[i].sentence});
    }
    return RESULT_OK;
}

static enum result load(struct list_page *page, size_t *count, struct error *error) {
    struct batch_page *batch = (struct batch_page *)page;
    struct lines lines = {
        .items = arena_alloc(page->arena, (2 * (MOST_LINES + 64) + 32) * sizeof(struct line))};
    enum result code = lines.items == NULL ? error_no_memory(error)
                                           : batch_load(page->workstation->store, batch->id,
                                                        page->arena, &batch->entry, error);
    if (code == RESULT_OK) {
        add_head(&lines, &batch->entry, page->arena);
        add_counts(&lines, &batch->entry, page->arena);
        code = add_rows(&lines, batch, false, error);
    }
    if (code == RESULT_OK) {
        code = add_rows(&lines, batch, true, error);
    }
    page->items = lines.items;
    *count = lines.count;
    return code;
}

static bool passed_over(const void *context, size_t place) {
    const struct list_page *page = context;
    return ((const struct line *)page->items)[place].kind == LINE_HEADING;
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct list_page *page = context;
    const struct line *line = (const struct line *)page->items + place;
    switch (line->kind) {
    case LINE_HEADING:
        paint_cell(row.row, row.column, row.columns, ROLE_HEADER, line->label, ALIGN_LEFT);
        break;
    case LINE_FACT:
        paint_cell(row.row, row.column, 16, ROLE_DIM | on_cursor, line->label, ALIGN_LEFT);
        paint_cell(row.row, row.column + 17, row.columns - 17,
                   (line->bad ? ROLE_WARNING : ROLE_TEXT) | on_cursor, line->text, ALIGN_LEFT);
        break;
    case LINE_REASON:
        paint_printf(row.row, row.column, 10, ROLE_STRONG | on_cursor, "%10lld",
                     (long long)line->number);
        paint_cell(row.row, row.column + 11, row.columns - 11,
                   (line->bad ? ROLE_WARNING : ROLE_TEXT) | on_cursor, line->label, ALIGN_LEFT);
        break;
    case LINE_ROW:
        paint_printf(row.row, row.column, 10, ROLE_DIM | on_cursor, "%10lld",
                     (long long)line->number);
        paint_cell(row.row, row.column + 11, row.columns - 11, ROLE_TEXT | on_cursor, line->text,
                   ALIGN_LEFT);
        break;
    }
}

/* ---- doing ------------------------------------------------------------------------------------
 */

/* Undoes the intake, or says what rests on it. */
static void undo(struct view *view) {
    struct batch_page *batch = view->data;
    struct workstation *workstation = batch->page.workstation;
    struct error error = ERROR_INIT;
    struct rests rests = RESTS_INIT;
    enum result code = undo_ask(workstation->store, batch->id, &rests, &error);
    if (code == RESULT_OK && rests.count > 0) {
        prompt_notice(view->screen, _("This intake cannot be undone yet"),
                      buffer_text(&rests.text));
    }
    bool free_to_go = code == RESULT_OK && rests.count == 0;
    rests_free(&rests);
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
    }
    if (!free_to_go ||
        !prompt_confirm(view->screen, _("Take the whole intake back? What it entered goes, what it "
                                        "changed is as it was before."))) {
        return;
    }
    struct prompt prompt = {.label = _("Why (may stay empty):")};
    char *reason = prompt_text(view->screen, &prompt);
    if (reason == NULL) {
        return;
    }
    struct undo_report report;
    code = undo_batch(workstation->store, &workstation->actor, batch->id,
                      text_blank(reason) ? NULL : reason, &report, &error);
    free(reason);
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
        return;
    }
    workstation_refresh(workstation, NULL);
    list_page_resume(view);
    screen_message(view->screen, MESSAGE_INFO,
                   _("Intake %lld undone: %lld enterprises and %lld facts removed, %lld rows as "
                     "they were before."),
                   (long long)batch->id, (long long)report.counts.enterprises,
                   (long long)report.counts.facts, (long long)report.counts.restored);
}

/* "penalties.rejects.xlsx" for "penalties.csv"; on the heap. */
static char *rejects_name(const char *file) {
    const char *dot = strrchr(file, '.');
    int length = dot == NULL || dot == file ? (int)strlen(file) : (int)(dot - file);
    char *name = NULL;
    return asprintf(&name, "%.*s.rejects.xlsx", length, file) < 0 ? NULL : name;
}

static void write_rejects(struct view *view) {
    struct batch_page *batch = view->data;
    if (batch->entry.rejected == 0) {
        screen_message(view->screen, MESSAGE_INFO, "%s", _("No row was rejected."));
        return;
    }
    char *initial = rejects_name(batch->entry.file);
    struct prompt prompt = {.label = _("File for the rejected rows (.xlsx or .csv):"),
                            .initial = initial};
    char *path = prompt_text(view->screen, &prompt);
    free(initial);
    if (path == NULL) {
        return;
    }
    struct error error = ERROR_INIT;
    int64_t rows = 0;
    if (rejects_write(batch->page.workstation->store, batch->id, path, &rows, &error) !=
        RESULT_OK) {
        screen_error(view->screen, &error);
    } else {
        screen_message(view->screen, MESSAGE_INFO,
                       _("%lld rejected rows with their reasons are in %s."), (long long)rows,
                       path);
    }
    free(path);
}

/* Enter shows a long sentence whole. */
static void show_line(struct view *view) {
    struct batch_page *batch = view->data;
    size_t place = 0;
    if (!list_page_current(&batch->page, &place)) {
        return;
    }
    const struct line *line = (const struct line *)batch->page.items + place;
    if (line->text != NULL) {
        char title[64];
        snprintf(title, sizeof(title), _("Row %lld"), (long long)line->number);
        prompt_notice(view->screen, line->kind == LINE_ROW ? title : line->label, line->text);
    }
}

/* ---- the view ---------------------------------------------------------------------------------
 */

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    struct batch_page *batch = calloc(1, sizeof(*batch));
    if (batch == NULL) {
        return error_no_memory(error);
    }
    batch->id = *(const int64_t *)argument;
    batch->page.outline.passed_over = passed_over;
    batch->page.outline.context = &batch->page;
    enum result code = list_page_start(view, &batch->page, load, error);
    if (code != RESULT_OK) {
        free(batch);
    }
    return code;
}

static void paint(struct view *view, struct region body) {
    struct batch_page *batch = view->data;
    outline_paint(&batch->page.outline, body, paint_line, &batch->page);
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct batch_page *batch = view->data;
    switch (action) {
    case UNDO:
        undo(view);
        return VIEW_HANDLED;
    case WRITE_REJECTS:
        write_rejects(view);
        return VIEW_HANDLED;
    case NAMES:
        screen_push(view->screen, &names_view, &batch->id);
        return VIEW_HANDLED;
    default:
        break;
    }
    enum table_response response = outline_handle(&batch->page.outline, event, action);
    if (response == TABLE_ACTIVATED) {
        show_line(view);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void name(const struct view *view, struct buffer *buffer) {
    const struct batch_page *batch = view->data;
    buffer_printf(buffer, _("Intake %lld"), (long long)batch->id);
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct batch_page *batch = view->data;
    char read[SHOW_POINTS_SIZE];
    char rejected[SHOW_POINTS_SIZE];
    buffer_append_text(left, batch->entry.undone_at != NULL ? _("undone") : "");
    buffer_printf(right, _("%s of %s rows rejected"), show_number(batch->entry.rejected, rejected),
                  show_number(batch->entry.read, read));
}

const struct view_ops batch_view = {
    .title = N_("Intake"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .name = name,
    .status = status,
    .resume = list_page_resume,
    .close = list_page_close,
};
