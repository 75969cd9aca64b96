#include "ui/view/intake.h"

#include "base/gettext.h"
#include "registry/fact_type.h"
#include "ui/view/views.h"

#include <stdlib.h>
#include <string.h>

enum { TAKE = 1, TRY, VALUES, SKIPS, KIND, TYPE, SHEET, WHOLE_DAY, STUBS, SAVE };

static const struct action actions[] = {
    {TRY, "try-out", N_("do everything and keep nothing"), N_("Try out"), {'d'}, ACTION_SHOWN},
    {TAKE,
     "take-in-now",
     N_("take the file in"),
     N_("Take in"),
     {'i', PRESS_CONTROL('s')},
     ACTION_SHOWN},
    {ACTION_TABLE_OPEN,
     "change-column",
     N_("say what the column under the cursor is"),
     N_("Change"),
     {PRESS_ENTER},
     ACTION_SHOWN},
    {VALUES,
     "values",
     N_("show why a column was taken for what it is, and what its values become"),
     N_("Values"),
     {'w', PRESS_RIGHT, 'l'},
     ACTION_SHOWN},
    {SKIPS,
     "passed-over",
     N_("show the rows that are passed over, and why"),
     N_("Passed over"),
     {'r'},
     ACTION_SHOWN},
    {KIND, "kind", N_("say what the file is about"), N_("Kind"), {'k'}, ACTION_SHOWN},
    {TYPE, "type", N_("say what type its facts are of"), N_("Type"), {'t'}, ACTION_SHOWN},
    {SHEET, "sheet", N_("read another sheet of the workbook"), N_("Sheet"), {'s'}, ACTION_LISTED},
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

/* ---- looking ----------------------------------------------------------------------------------
 */

const char *intake_file_name(const struct intake *intake) {
    const char *slash = strrchr(intake->path, '/');
    return slash == NULL ? intake->path : slash + 1;
}

enum result intake_look(struct intake *intake, enum import_kind kind, const char *sheet,
                        struct preview **preview, struct error *error) {
    const struct preview_request request = {.path = intake->path, .sheet = sheet, .kind = kind};
    return preview_open(preview, intake->workstation->store, &request, error);
}

void intake_adopt(struct intake *intake, struct preview *preview) {
    preview_free(intake->preview);
    intake->preview = preview;
    intake->outline.count = preview_columns(preview);
    intake->outline.cursor = 0;
    intake->outline.top = 0;
}

void intake_read_column(struct intake *intake, struct screen *screen) {
    struct error error = ERROR_INIT;
    arena_reset(intake->arena);
    intake->reading = (struct preview_reading){0};
    if (intake->outline.count > 0 &&
        preview_read(intake->preview, intake->outline.cursor, intake->arena, &intake->reading,
                     &error) != RESULT_OK) {
        screen_error(screen, &error);
    }
}

static void close_view(struct view *view) {
    struct intake *intake = view->data;
    preview_free(intake->preview);
    arena_free(intake->arena);
    free(intake->path);
    free(intake->sheet);
    free(intake->source);
    free(intake);
}

static enum result open_again(struct view *view, const void *argument, struct error *error) {
    const struct intake_again *again = argument;
    struct preview *preview = NULL;
    struct intake *intake = calloc(1, sizeof(*intake));
    if (intake == NULL) {
        return error_no_memory(error);
    }
    view->data = intake;
    intake->workstation = workstation_of(view);
    intake->waiting_of = again->waiting_of;
    intake->kind = again->kind == NULL ? IMPORT_KIND_COUNT : kind_find(again->kind);
    intake->path = strdup(again->path);
    intake->source = again->source == NULL ? NULL : strdup(again->source);
    intake->arena = arena_new();
    bool whole = intake->path != NULL && intake->arena != NULL &&
                 (intake->source != NULL || again->source == NULL);
    enum result code =
        whole ? intake_look(intake, intake->kind, NULL, &preview, error) : error_no_memory(error);
    if (code != RESULT_OK) {
        close_view(view);
        view->data = NULL;
        return code;
    }
    intake_adopt(intake, preview);
    intake_read_column(intake, view->screen);
    return RESULT_OK;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    const struct intake_again again = {.path = argument};
    return open_again(view, &again, error);
}

/* ---- painting ---------------------------------------------------------------------------------
 */

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

/* What is to be done next: something is missing, or the file can be tried and taken in. */
static void paint_next(const struct intake *intake, struct region *body) {
    struct buffer missing = BUFFER_INIT;
    if (intake_tell_missing(intake, &missing)) {
        const char *text = buffer_text(&missing);
        int wanted =
            paint_paragraph((struct region){0, 0, 0, body->columns}, ROLE_WARNING, text, 0);
        int most = body->rows > 8 ? 3 : body->rows > 2;
        struct region lines = region_take_top(body, wanted < most ? wanted : most);
        paint_paragraph(lines, ROLE_WARNING, text, 0);
        buffer_free(&missing);
        return;
    }
    struct region row = region_take_top(body, body->rows > 2);
    paint_cell(row.row, row.column, row.rows > 0 ? row.columns : 0, ROLE_MESSAGE,
               intake->batch != 0
                   ? _("Taken in. Esc goes back.")
                   : _("d tries it out and keeps nothing; i takes it in. Enter changes what a "
                       "column is."),
               ALIGN_LEFT);
}

static void paint(struct view *view, struct region body) {
    struct intake *intake = view->data;
    struct buffer text = BUFFER_INIT;
    struct region row = region_take_top(&body, body.rows > 4);
    if (row.rows > 0) {
        paint_cell(row.row, row.column, row.columns, ROLE_STRONG, intake_file_name(intake),
                   ALIGN_LEFT);
    }
    row = region_take_top(&body, body.rows > 3);
    if (row.rows > 0) {
        describe(intake, &text);
        paint_cell(row.row, row.column, row.columns, ROLE_TEXT, buffer_text(&text), ALIGN_LEFT);
    }
    buffer_free(&text);
    paint_next(intake, &body);
    intake_paint_columns(intake, body);
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct intake *intake = view->data;
    bool whole = true;
    int64_t skips = preview_skip_total(intake->preview, &whole);
    if (intake->stubs) {
        buffer_append_text(left, _("unknown enterprises with a code are entered  "));
    }
    if (preview_day(intake->preview)) {
        buffer_append_text(left, _("rows without a day speak of today"));
    }
    buffer_printf(right, _("header on line %lld, %zu columns"),
                  (long long)preview_header_line(intake->preview), intake->outline.count);
    if (skips > 0) {
        buffer_printf(right, _(", %lld rows passed over"), (long long)skips);
    }
}

/* ---- keys -------------------------------------------------------------------------------------
 */

/* Carries an action of the view out; false when it is none of its own. */
static bool act(struct view *view, int action) {
    struct intake *intake = view->data;
    switch (action) {
    case TRY:
        intake_try_out(view, intake);
        return true;
    case TAKE:
        intake_take_in(view, intake);
        return true;
    case VALUES:
        screen_push(view->screen, &intake_values_view, &intake);
        return true;
    case SKIPS:
        screen_push(view->screen, &intake_skips_view, &intake);
        return true;
    case KIND:
        intake_choose_kind(view, intake);
        return true;
    case TYPE:
        intake_choose_type(view, intake);
        return true;
    case SHEET:
        intake_choose_sheet(view, intake);
        return true;
    case WHOLE_DAY:
        intake_toggle_day(view, intake);
        return true;
    case STUBS:
        intake->stubs = !intake->stubs;
        return true;
    case SAVE:
        intake_save_profile(view, intake);
        return true;
    default:
        return false;
    }
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct intake *intake = view->data;
    size_t before = intake->outline.cursor;
    if (act(view, action)) {
        return VIEW_HANDLED;
    }
    enum table_response response = outline_handle(&intake->outline, event, action);
    if (intake->outline.cursor != before) {
        intake_read_column(intake, view->screen);
    }
    if (response == TABLE_ACTIVATED) {
        intake_change_column(view, intake);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
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
