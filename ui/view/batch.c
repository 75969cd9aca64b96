#include "ui/view/views.h"

#include "base/gettext.h"
#include "intake/batch_list.h"
#include "intake/batch_names.h"
#include "intake/kind.h"
#include "intake/reason.h"
#include "ui/kit/prompt.h"
#include "ui/view/batch_undo.h"
#include "ui/view/list_page.h"
#include "ui/view/rejects_out.h"
#include "ui/view/show.h"

#include <stdlib.h>
#include <string.h>

enum { UNDO = 1, WRITE_REJECTS, TAKE_AGAIN, TAKE_WAITING, NAMES, ENTERPRISES };

static const struct action actions[] = {
    {WRITE_REJECTS,
     "write-rejects",
     N_("save the rejected rows with their reasons as a workbook"),
     N_("Save rejects"),
     {'w'},
     ACTION_SHOWN},
    {TAKE_AGAIN,
     "take-again",
     N_("take the mended rejects in again, with the same kind and source"),
     N_("Take again"),
     {'r'},
     ACTION_SHOWN},
    {NAMES,
     "names",
     N_("decide about names that no enterprise bears"),
     N_("Names"),
     {'m'},
     ACTION_SHOWN},
    {TAKE_WAITING,
     "take-waiting",
     N_("take the rows in again whose names were settled"),
     N_("Settled rows"),
     {'t'},
     ACTION_LISTED},
    {ENTERPRISES,
     "batch-enterprises",
     N_("list the enterprises that it entered or changed"),
     N_("Enterprises"),
     {'e'},
     ACTION_SHOWN},
    {UNDO, "undo", N_("take the whole intake back"), N_("Undo"), {'U'}, ACTION_SHOWN},
    {0},
};

/* One line of the page. Those from LINE_REASONS on are doors. */
struct line {
    enum { LINE_FACT, LINE_HEADING, LINE_REASONS, LINE_NAMES, LINE_WAITING, LINE_ENTERPRISES } kind;
    const char *label;
    const char *text;
    const char *reason; /* of a door to rows: its code; NULL: all */
    int64_t number;     /* rows behind a door */
    bool remarks;
    bool bad;
};

struct batch_summary {
    struct list_page page; /* first: the view's data */
    int64_t id;
    struct batch_entry entry;
};

/* ---- lines ------------------------------------------------------------------------------------
 */

/* More lines than a page can have. */
#define MOST_LINES (32 + REASON_END + REMARK_END)

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

/* The reasons for rejects, or of remarks: doors to their rows. */
static enum result add_reasons(struct lines *lines, struct batch_summary *batch, bool remarks,
                               struct error *error) {
    struct batch_reason *reasons = NULL;
    size_t count = 0;
    enum result code = batch_reasons(batch->page.workstation->store, batch->id, remarks,
                                     batch->page.arena, &reasons, &count, error);
    if (code != RESULT_OK || count == 0) {
        return code;
    }
    add(lines, (struct line){.kind = LINE_HEADING,
                             .label = remarks ? _("Remarks on rows taken in")
                                              : _("Rejected rows, by reason")});
    if (!remarks && count > 1) {
        add(lines, (struct line){.kind = LINE_REASONS,
                                 .label = _("all of them"),
                                 .number = batch->entry.rejected});
    }
    for (size_t i = 0; i < count; i++) {
        add(lines, (struct line){.kind = LINE_REASONS,
                                 .label = reasons[i].title,
                                 .reason = reasons[i].code,
                                 .number = reasons[i].count,
                                 .remarks = remarks,
                                 .bad = !remarks});
    }
    return RESULT_OK;
}

/* What a person can go on with. */
static enum result add_doors(struct lines *lines, const struct batch_summary *batch,
                             struct error *error) {
    struct batch_names_left left = {0};
    if (batch->entry.inserted + batch->entry.updated + batch->entry.stubs > 0 &&
        batch->entry.undone_at == NULL) {
        add(lines, (struct line){.kind = LINE_ENTERPRISES,
                                 .label = _("Enterprises"),
                                 .text = _("Enter lists those it entered or changed")});
    }
    enum result code = batch_names_count(batch->page.workstation->store, batch->id, &left, error);
    if (left.names + left.waiting > 0) {
        add(lines, (struct line){.kind = LINE_HEADING, .label = _("Names to decide")});
    }
    if (left.names > 0) {
        add(lines, (struct line){.kind = LINE_NAMES,
                                 .label = _("names that no enterprise bears, or several"),
                                 .number = left.names,
                                 .bad = true});
    }
    if (left.waiting > 0) {
        add(lines,
            (struct line){.kind = LINE_WAITING,
                          .label = _("rows whose name is settled: Enter takes them in again"),
                          .number = left.waiting});
    }
    return code;
}

static enum result load(struct list_page *page, size_t *count, struct error *error) {
    struct batch_summary *batch = (struct batch_summary *)page;
    struct lines lines = {.items = arena_alloc(page->arena, MOST_LINES * sizeof(struct line))};
    enum result code = lines.items == NULL ? error_no_memory(error)
                                           : batch_load(page->workstation->store, batch->id,
                                                        page->arena, &batch->entry, error);
    if (code == RESULT_OK) {
        add_head(&lines, &batch->entry, page->arena);
        add_counts(&lines, &batch->entry, page->arena);
        code = add_doors(&lines, batch, error);
    }
    if (code == RESULT_OK) {
        code = add_reasons(&lines, batch, false, error);
    }
    if (code == RESULT_OK) {
        code = add_reasons(&lines, batch, true, error);
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
    char number[SHOW_POINTS_SIZE];
    switch (line->kind) {
    case LINE_HEADING:
        paint_cell(row.row, row.column, row.columns, ROLE_HEADER, line->label, ALIGN_LEFT);
        break;
    case LINE_FACT:
    case LINE_ENTERPRISES:
        paint_cell(row.row, row.column, 16, ROLE_DIM | on_cursor, line->label, ALIGN_LEFT);
        paint_cell(row.row, row.column + 17, row.columns - 17,
                   (line->bad ? ROLE_WARNING : ROLE_TEXT) | on_cursor, line->text, ALIGN_LEFT);
        break;
    default:
        paint_text(row.row, row.column, 10, ROLE_STRONG | on_cursor,
                   show_number(line->number, number), ALIGN_RIGHT);
        paint_cell(row.row, row.column + 11, row.columns - 11,
                   (line->bad ? ROLE_WARNING : ROLE_TEXT) | on_cursor, line->label, ALIGN_LEFT);
        break;
    }
}

/* ---- doing ------------------------------------------------------------------------------------
 */

static void take_back(struct view *view) {
    struct batch_summary *batch = view->data;
    if (batch_undo(view, &batch->entry)) {
        list_page_resume(view);
    }
}

/* Enter opens what a line leads to, or shows a long text whole. */
static void open_line(struct view *view) {
    struct batch_summary *batch = view->data;
    size_t place = 0;
    if (!list_page_current(&batch->page, &place)) {
        return;
    }
    const struct line *line = (const struct line *)batch->page.items + place;
    const struct batch_rows_argument rows = {
        .batch = batch->id, .reason = line->reason, .remarks = line->remarks};
    switch (line->kind) {
    case LINE_REASONS:
        screen_push(view->screen, &batch_rows_view, &rows);
        break;
    case LINE_NAMES:
        screen_push(view->screen, &names_view, &batch->id);
        break;
    case LINE_WAITING:
        rejects_out_take_waiting(view, &batch->entry);
        break;
    case LINE_ENTERPRISES:
        screen_push(view->screen, &batch_enterprises_view, &batch->id);
        break;
    default:
        if (line->text != NULL) {
            prompt_notice(view->screen, line->label, line->text);
        }
        break;
    }
}

/* ---- the view ---------------------------------------------------------------------------------
 */

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    struct batch_summary *batch = calloc(1, sizeof(*batch));
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
    struct batch_summary *batch = view->data;
    outline_paint(&batch->page.outline, body, paint_line, &batch->page);
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct batch_summary *batch = view->data;
    switch (action) {
    case UNDO:
        take_back(view);
        return VIEW_HANDLED;
    case WRITE_REJECTS:
        rejects_out_save(view, &batch->entry);
        return VIEW_HANDLED;
    case TAKE_AGAIN:
        rejects_out_take_again(view, &batch->entry);
        return VIEW_HANDLED;
    case TAKE_WAITING:
        rejects_out_take_waiting(view, &batch->entry);
        return VIEW_HANDLED;
    case NAMES:
        screen_push(view->screen, &names_view, &batch->id);
        return VIEW_HANDLED;
    case ENTERPRISES:
        screen_push(view->screen, &batch_enterprises_view, &batch->id);
        return VIEW_HANDLED;
    default:
        break;
    }
    enum table_response response = outline_handle(&batch->page.outline, event, action);
    if (response == TABLE_ACTIVATED) {
        open_line(view);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void name(const struct view *view, struct buffer *buffer) {
    const struct batch_summary *batch = view->data;
    buffer_printf(buffer, _("Intake %lld"), (long long)batch->id);
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct batch_summary *batch = view->data;
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
