#include "ui/view/views.h"

#include "base/gettext.h"
#include "base/text.h"
#include "intake/preview.h"
#include "registry/fact_type.h"
#include "score/import_score.h"
#include "ui/kit/outline.h"
#include "ui/kit/progress_bar.h"
#include "ui/kit/prompt.h"
#include "ui/view/show.h"
#include "ui/view/workstation.h"

#include <stdlib.h>
#include <string.h>

enum { TAKE = 1, TRY, CHOOSE_KIND, CHOOSE_TYPE, CHOOSE_SHEET, WHOLE_DAY, STUBS, SAVE };

static const struct action actions[] = {
    {TRY, "try-out", N_("do everything and keep nothing"), N_("Try out"), {'d'}, ACTION_SHOWN},
    {TAKE,
     "take-in-now",
     N_("take the file in"),
     N_("Take in"),
     {'i', PRESS_CONTROL('s')},
     ACTION_SHOWN},
    {CHOOSE_KIND, "kind", N_("say what the file is about"), N_("Kind"), {'k'}, ACTION_SHOWN},
    {CHOOSE_TYPE, "type", N_("say what type its facts are of"), N_("Type"), {'t'}, ACTION_SHOWN},
    {CHOOSE_SHEET,
     "sheet",
     N_("read another sheet of the workbook"),
     N_("Sheet"),
     {'s'},
     ACTION_LISTED},
    {WHOLE_DAY,
     "day-of-file",
     N_("let rows without a day speak of today"),
     N_("Day"),
     {'y'},
     ACTION_LISTED},
    {STUBS,
     "stubs",
     N_("enter unknown enterprises that have a code"),
     N_("Stubs"),
     {'c'},
     ACTION_SHOWN},
    {SAVE, "save-profile", N_("save the columns as a profile"), N_("Save"), {'v'}, ACTION_SHOWN},
    {0},
};

struct intake {
    struct workstation *workstation;
    char *path;
    char *sheet;           /* chosen, or NULL */
    enum import_kind kind; /* said, or IMPORT_KIND_COUNT */
    char *source;          /* said, or NULL */
    int64_t waiting_of;    /* the intake whose settled rows the file holds; 0: none */
    struct preview *preview;
    struct outline outline; /* of its columns */
    bool stubs;
    int64_t batch; /* what it was taken in as; 0: not yet */
};

/* ---- looking ----------------------------------------------------------------------------------
 */

/* Looks at the file anew: after another kind or sheet was chosen. */
static enum result look(struct intake *intake, struct error *error) {
    const struct preview_request request = {
        .path = intake->path, .sheet = intake->sheet, .kind = intake->kind};
    struct preview *preview = NULL;
    enum result code = preview_open(&preview, intake->workstation->store, &request, error);
    if (code == RESULT_OK) {
        preview_free(intake->preview);
        intake->preview = preview;
        intake->outline.count = preview_columns(preview);
        intake->outline.cursor = 0;
        intake->outline.top = 0;
    }
    return code;
}

static void close_view(struct view *view) {
    struct intake *intake = view->data;
    preview_free(intake->preview);
    free(intake->path);
    free(intake->sheet);
    free(intake->source);
    free(intake);
}

static enum result open_again(struct view *view, const void *argument, struct error *error) {
    const struct intake_again *again = argument;
    struct intake *intake = calloc(1, sizeof(*intake));
    if (intake == NULL || (intake->path = strdup(again->path)) == NULL ||
        (again->source != NULL && (intake->source = strdup(again->source)) == NULL)) {
        if (intake != NULL) {
            free(intake->path);
        }
        free(intake);
        return error_no_memory(error);
    }
    intake->workstation = workstation_of(view);
    intake->waiting_of = again->waiting_of;
    intake->kind = again->kind == NULL ? IMPORT_KIND_COUNT : kind_find(again->kind);
    view->data = intake;
    enum result code = look(intake, error);
    if (code != RESULT_OK) {
        close_view(view);
        view->data = NULL;
    }
    return code;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    const struct intake_again again = {.path = argument};
    return open_again(view, &again, error);
}

/* ---- painting ---------------------------------------------------------------------------------
 */

/* How sure a guess is, without colour too. */
static const char *sure_mark(const struct preview_column *column) {
    if (column->field < 0) {
        return " ";
    }
    return column->confidence >= GUESS_SURE ? " " : "?";
}

static void paint_column(const struct intake *intake, size_t place, struct region row,
                         int on_cursor) {
    struct preview_column column = preview_column(intake->preview, place);
    const struct kind *kind = kind_of(preview_kind(intake->preview));
    size_t count = 0;
    const char *const *values = preview_values(intake->preview, place, &count);
    int header = row.columns >= 100 ? 30 : row.columns / 3;
    int field = row.columns >= 100 ? 24 : 18;
    int at = row.column;
    bool sure = column.field >= 0 && column.confidence >= GUESS_SURE;
    paint_cell(row.row, at, header, ROLE_TEXT | on_cursor, column.header, ALIGN_LEFT);
    at += header + 1;
    paint_text(row.row, at, 1, ROLE_WARNING | on_cursor, sure_mark(&column), ALIGN_LEFT);
    paint_cell(row.row, at + 1, field, (sure ? ROLE_STRONG : ROLE_DIM) | on_cursor,
               column.field < 0 ? "-" : _(kind->fields[column.field].title), ALIGN_LEFT);
    at += field + 2;
    if (column.field >= 0) {
        paint_printf(row.row, at, 4, ROLE_DIM | on_cursor, "%3d%%", column.confidence);
    }
    at += 5;
    paint_cell(row.row, at, row.columns - (at - row.column), ROLE_DIM | on_cursor,
               count == 0 ? "" : values[0], ALIGN_LEFT);
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    paint_column(context, place, row, on_cursor);
}

/* What the file was found to be, in one line. */
static void describe(const struct intake *intake, struct buffer *text) {
    const struct preview *preview = intake->preview;
    int confidence = 0;
    size_t count = 0;
    const struct row_sheet *sheets = preview_sheets(preview, &count);
    const char *encoding = preview_encoding(preview);
    const char *type = preview_type(preview, &confidence);
    const char *profile = preview_profile_name(preview);
    buffer_append_text(text, preview_format(preview));
    if (encoding != NULL) {
        buffer_printf(text, " %s", encoding);
    }
    if (count > 0) {
        buffer_printf(text, "  [%s]", sheets[preview_sheet(preview)].name);
    }
    buffer_printf(text, "  %s", _(kind_of(preview_kind(preview))->title));
    if (type != NULL) {
        buffer_printf(text, ": %s (%d%%)", fact_type_name(fact_type_find(type)), confidence);
    }
    if (profile != NULL) {
        buffer_printf(text, _("  profile %s"), profile);
    } else {
        buffer_append_text(text, _("  columns guessed"));
    }
}

static void paint(struct view *view, struct region body) {
    struct intake *intake = view->data;
    const char *missing = preview_missing(intake->preview);
    struct buffer text = BUFFER_INIT;
    const char *slash = strrchr(intake->path, '/');
    struct region row = region_take_top(&body, body.rows > 4);
    if (row.rows > 0) {
        paint_cell(row.row, row.column, row.columns, ROLE_STRONG,
                   slash == NULL ? intake->path : slash + 1, ALIGN_LEFT);
    }
    row = region_take_top(&body, body.rows > 3);
    if (row.rows > 0) {
        describe(intake, &text);
        paint_cell(row.row, row.column, row.columns, ROLE_TEXT, buffer_text(&text), ALIGN_LEFT);
    }
    if (missing != NULL) {
        struct region lines = region_take_top(&body, body.rows > 8 ? 2 : body.rows > 2);
        paint_paragraph(lines, ROLE_WARNING, missing, 0);
    } else {
        row = region_take_top(&body, body.rows > 2);
        paint_cell(row.row, row.column, row.rows > 0 ? row.columns : 0, ROLE_MESSAGE,
                   intake->batch != 0
                       ? _("Taken in. Esc goes back.")
                       : _("d tries it out and keeps nothing; i takes it in. Enter changes what a "
                           "column is."),
                   ALIGN_LEFT);
    }
    buffer_free(&text);
    outline_paint(&intake->outline, body, paint_line, intake);
}

/* ---- correcting -------------------------------------------------------------------------------
 */

/* Lets a person say what the column under the cursor is. */
static void change_column(struct view *view) {
    struct intake *intake = view->data;
    const struct kind *kind = kind_of(preview_kind(intake->preview));
    const char *items[64];
    size_t count = kind->field_count < 63 ? kind->field_count : 63;
    struct preview_column column = preview_column(intake->preview, intake->outline.cursor);
    items[0] = _("(not read)");
    for (size_t i = 0; i < count; i++) {
        items[i + 1] = _(kind->fields[i].title);
    }
    int chosen =
        prompt_choose(view->screen, column.header, items, count + 1, (size_t)(column.field + 1));
    struct error error = ERROR_INIT;
    if (chosen >= 0 &&
        preview_assign(intake->preview, intake->outline.cursor, chosen - 1, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    }
}

static void look_again(struct view *view) {
    struct error error = ERROR_INIT;
    if (look(view->data, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    }
}

static void choose_kind(struct view *view) {
    struct intake *intake = view->data;
    const char *items[IMPORT_KIND_COUNT];
    for (int i = 0; i < IMPORT_KIND_COUNT; i++) {
        items[i] = _(kind_of((enum import_kind)i)->title);
    }
    int chosen = prompt_choose(view->screen, _("What is the file about?"), items, IMPORT_KIND_COUNT,
                               (size_t)preview_kind(intake->preview));
    if (chosen >= 0) {
        intake->kind = (enum import_kind)chosen;
        look_again(view);
    }
}

static void choose_type(struct view *view) {
    struct intake *intake = view->data;
    const char *items[FACT_TYPE_END];
    int confidence = 0;
    const char *present = preview_type(intake->preview, &confidence);
    if (preview_kind(intake->preview) != IMPORT_FACTS) {
        screen_message(view->screen, MESSAGE_WARNING, "%s",
                       _("Only facts have a type; k chooses what the file is about."));
        return;
    }
    for (int i = 1; i < FACT_TYPE_END; i++) {
        items[i - 1] = fact_type_name(i);
    }
    int chosen =
        prompt_choose(view->screen, _("What type are its facts of?"), items, FACT_TYPE_END - 1,
                      present == NULL ? 0 : (size_t)fact_type_find(present) - 1);
    struct error error = ERROR_INIT;
    if (chosen >= 0 &&
        preview_set_type(intake->preview, fact_type_code(chosen + 1), &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    }
}

static void choose_sheet(struct view *view) {
    struct intake *intake = view->data;
    size_t count = 0;
    const struct row_sheet *sheets = preview_sheets(intake->preview, &count);
    const char **items = calloc(count + 1, sizeof(*items));
    if (items == NULL || count == 0) {
        free(items);
        screen_message(view->screen, MESSAGE_INFO, "%s", _("This file has no sheets."));
        return;
    }
    for (size_t i = 0; i < count; i++) {
        items[i] = sheets[i].name;
    }
    int chosen = prompt_choose(view->screen, _("Which sheet?"), items, count,
                               preview_sheet(intake->preview));
    if (chosen >= 0) {
        free(intake->sheet);
        intake->sheet = strdup(items[chosen]);
        look_again(view);
    }
    free(items);
}

static void save_profile(struct view *view) {
    struct intake *intake = view->data;
    struct prompt prompt = {.label = _("Name of the profile:")};
    struct error error = ERROR_INIT;
    char *name = prompt_text(view->screen, &prompt);
    if (name == NULL) {
        return;
    }
    if (preview_save(intake->preview, intake->workstation->store, &intake->workstation->actor, name,
                     &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    } else {
        screen_message(view->screen, MESSAGE_INFO,
                       _("Saved as %s; it is taken the next time such columns come."), name);
    }
    free(name);
}

/* ---- taking in --------------------------------------------------------------------------------
 */

static void tell_counts(const struct import_report *report, struct buffer *text) {
    const struct batch_counts *counts = &report->counts;
    char number[SHOW_POINTS_SIZE];
    const struct {
        const char *label;
        int64_t count;
    } lines[] = {{_("Read"), counts->read},
                 {_("Inserted"), counts->inserted},
                 {_("Updated"), counts->updated},
                 {_("Unchanged"), counts->unchanged},
                 {_("Rejected"), counts->rejected},
                 {_("Passed over"), counts->skipped},
                 {_("Entered as stubs"), counts->stubs}};
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        buffer_printf(text, "%s: %s\n", lines[i].label, show_number(lines[i].count, number));
    }
    for (int i = REASON_NONE + 1; i < REASON_END; i++) {
        if (counts->rejects[i] > 0) {
            buffer_printf(text, "\n%s: %s", reason_title((enum reason)i),
                          show_number(counts->rejects[i], number));
        }
    }
    for (int i = REMARK_NONE + 1; i < REMARK_END; i++) {
        if (counts->said[i] > 0) {
            buffer_printf(text, "\n%s: %s", remark_title((enum remark)i),
                          show_number(counts->said[i], number));
        }
    }
}

/* Does the work under a bar; false when it failed or was stopped, which is said. */
static bool run(struct view *view, bool dry, struct import_report *report) {
    struct intake *intake = view->data;
    struct error error = ERROR_INIT;
    struct progress_bar bar;
    struct import_request request = {.kind = preview_kind(intake->preview),
                                     .path = intake->path,
                                     .sheet = intake->sheet,
                                     .source = intake->source,
                                     .waiting_of = intake->waiting_of,
                                     .create_missing = intake->stubs,
                                     .dry_run = dry,
                                     .actor = &intake->workstation->actor};
    enum result code = preview_said(intake->preview, &request.said, &error);
    if (code == RESULT_OK) {
        progress_bar_start(&bar, view->screen,
                           dry ? _("Trying the file out") : _("Taking the file in"), _("bytes"));
        code =
            import_and_score(intake->workstation->store, &request, report, &bar.progress, &error);
        progress_bar_finish(&bar);
    }
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
    }
    return code == RESULT_OK;
}

static void try_out(struct view *view) {
    struct import_report report = {0};
    struct buffer text = BUFFER_INIT;
    if (!run(view, true, &report)) {
        return;
    }
    tell_counts(&report, &text);
    prompt_notice(view->screen, _("Tried out: nothing was kept"), buffer_text(&text));
    buffer_free(&text);
    import_report_free(&report);
}

static void take_in(struct view *view) {
    struct intake *intake = view->data;
    struct import_report report = {0};
    if (intake->batch != 0) {
        screen_message(view->screen, MESSAGE_WARNING,
                       _("The file was taken in already, as intake "
                         "%lld."),
                       (long long)intake->batch);
        return;
    }
    if (!run(view, false, &report)) {
        return;
    }
    struct error error = ERROR_INIT;
    intake->batch = report.batch;
    if (workstation_refresh(intake->workstation, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    }
    screen_push(view->screen, &batch_view, &report.batch);
    screen_message(view->screen, MESSAGE_INFO,
                   _("Taken in: %lld inserted, %lld updated, %lld unchanged, %lld rejected."),
                   (long long)report.counts.inserted, (long long)report.counts.updated,
                   (long long)report.counts.unchanged, (long long)report.counts.rejected);
    import_report_free(&report);
}

/* Trying and taking need a file that is understood. */
static bool ready(struct view *view) {
    struct intake *intake = view->data;
    const char *missing = preview_missing(intake->preview);
    if (missing != NULL) {
        screen_message(view->screen, MESSAGE_WARNING, "%s", missing);
    }
    return missing == NULL;
}

/* ---- the view ---------------------------------------------------------------------------------
 */

static void toggle_day(struct view *view) {
    struct intake *intake = view->data;
    struct error error = ERROR_INIT;
    if (preview_set_day(intake->preview, !preview_day(intake->preview), &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    }
}

/* Carries an action of the view out; false when it is none of its own. */
static bool act(struct view *view, int action) {
    struct intake *intake = view->data;
    switch (action) {
    case TRY:
        if (ready(view)) {
            try_out(view);
        }
        return true;
    case TAKE:
        if (ready(view)) {
            take_in(view);
        }
        return true;
    case CHOOSE_KIND:
        choose_kind(view);
        return true;
    case CHOOSE_TYPE:
        choose_type(view);
        return true;
    case CHOOSE_SHEET:
        choose_sheet(view);
        return true;
    case WHOLE_DAY:
        toggle_day(view);
        return true;
    case STUBS:
        intake->stubs = !intake->stubs;
        return true;
    case SAVE:
        save_profile(view);
        return true;
    default:
        return false;
    }
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct intake *intake = view->data;
    if (act(view, action)) {
        return VIEW_HANDLED;
    }
    enum table_response response = outline_handle(&intake->outline, event, action);
    if (response == TABLE_ACTIVATED && intake->outline.count > 0) {
        change_column(view);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct intake *intake = view->data;
    if (intake->stubs) {
        buffer_append_text(left, _("unknown enterprises with a code are entered  "));
    }
    if (preview_day(intake->preview)) {
        buffer_append_text(left, _("rows without a day speak of today"));
    }
    buffer_printf(right, _("header on line %lld, %zu columns"),
                  (long long)preview_header_line(intake->preview), intake->outline.count);
}

static bool unsaved(struct view *view, const char **what) {
    const struct intake *intake = view->data;
    *what = _("What you said of the columns is lost: neither saved as a profile nor taken in.");
    return intake->batch == 0 && preview_changed(intake->preview);
}

const struct view_ops intake_view = {
    .title = N_("Take a file in"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .status = status,
    .unsaved = unsaved,
    .close = close_view,
};

const struct view_ops intake_again_view = {
    .title = N_("Take a file in"),
    .actions = {actions, moving_actions},
    .open = open_again,
    .paint = paint,
    .handle = handle,
    .status = status,
    .unsaved = unsaved,
    .close = close_view,
};
