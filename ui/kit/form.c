#include "ui/kit/form.h"

#include "base/date.h"
#include "base/gettext.h"
#include "base/text.h"
#include "ui/kit/line_edit.h"
#include "ui/kit/prompt.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LIST_LIMIT = 64 };

/* What a field holds now. */
struct value {
    struct line_edit *edit; /* of the typed kinds; owned */
    const char *const *choices;
    bool translated; /* the choices are msgids */
    size_t choice;
    uint64_t flags;
    struct error complaint; /* shown below the field */
};

struct form {
    const struct field *fields;
    size_t count;
    void *context;
    size_t focus;
    int scroll; /* lines out of sight */
    bool changed;
    struct value values[];
};

const struct action form_actions[] = {
    {ACTION_FORM_SUBMIT,
     "submit",
     N_("check the form and go on"),
     N_("done"),
     {PRESS_CONTROL('s'), PRESS_FUNCTION(10)},
     ACTION_SHOWN},
    {ACTION_FORM_NEXT,
     "next-field",
     N_("to the next field"),
     N_("next"),
     {PRESS_TAB, PRESS_DOWN},
     ACTION_IN_HELP | ACTION_IN_FOOTER},
    {ACTION_FORM_PREVIOUS,
     "previous-field",
     N_("to the field before"),
     N_("previous"),
     {PRESS_BACK_TAB, PRESS_UP},
     ACTION_IN_HELP},
    {0},
};

static bool is_typed(enum field_kind kind) {
    return kind != FIELD_CHOICE && kind != FIELD_FLAGS;
}

struct form *form_new(const struct field *fields, size_t count, void *context) {
    struct form *form = calloc(1, sizeof *form + count * sizeof form->values[0]);
    if (form == NULL) {
        return NULL;
    }
    form->fields = fields;
    form->count = count;
    form->context = context;
    for (size_t i = 0; i < count; i++) {
        struct value *value = &form->values[i];
        value->choices = fields[i].choices;
        value->translated = true;
        if (is_typed(fields[i].kind)) {
            value->edit = line_edit_new(0);
            if (value->edit == NULL) {
                form_free(form);
                return NULL;
            }
            line_edit_hide(value->edit, fields[i].kind == FIELD_SECRET);
        }
    }
    return form;
}

void form_free(struct form *form) {
    if (form == NULL) {
        return;
    }
    for (size_t i = 0; i < form->count; i++) {
        line_edit_free(form->values[i].edit);
        error_clear(&form->values[i].complaint);
    }
    free(form);
}

/* ---- values ---------------------------------------------------------------------------------- */

static size_t choice_count(const struct value *value) {
    size_t count = 0;
    while (value->choices != NULL && value->choices[count] != NULL && count < LIST_LIMIT) {
        count++;
    }
    return count;
}

static const char *choice_text(const struct value *value, size_t choice) {
    if (choice >= choice_count(value)) {
        return "";
    }
    return value->translated ? _(value->choices[choice]) : value->choices[choice];
}

bool form_set_text(struct form *form, size_t field, const char *text) {
    error_clear(&form->values[field].complaint);
    return line_edit_set(form->values[field].edit, text);
}

void form_set_choice(struct form *form, size_t field, size_t choice) {
    form->values[field].choice = choice;
}

void form_set_flags(struct form *form, size_t field, uint64_t flags) {
    form->values[field].flags = flags;
}

void form_set_choices(struct form *form, size_t field, const char *const *choices) {
    struct value *value = &form->values[field];
    value->choices = choices;
    value->translated = false;
    value->choice = 0;
    value->flags = 0;
}

const char *form_text(const struct form *form, size_t field) {
    const struct value *value = &form->values[field];
    return value->edit != NULL ? line_edit_text(value->edit) : choice_text(value, value->choice);
}

size_t form_choice(const struct form *form, size_t field) {
    return form->values[field].choice;
}

uint64_t form_flags(const struct form *form, size_t field) {
    return form->values[field].flags;
}

/* Reads a whole number; false when text is none or it does not fit. */
static bool read_number(const char *text, int64_t *number) {
    char *end;
    errno = 0;
    long long parsed = strtoll(text, &end, 10);
    *number = errno == 0 && end != text && *end == '\0' ? (int64_t)parsed : 0;
    return errno == 0 && end != text && *end == '\0';
}

int64_t form_number(const struct form *form, size_t field) {
    int64_t number;
    read_number(form_text(form, field), &number);
    return number;
}

int32_t form_date(const struct form *form, size_t field) {
    return date_parse(form_text(form, field));
}

size_t form_focus(const struct form *form) {
    return form->focus;
}

void form_set_focus(struct form *form, size_t field) {
    form->focus = field < form->count ? field : form->focus;
}

bool form_changed(const struct form *form) {
    return form->changed;
}

void form_keep(struct form *form) {
    form->changed = false;
}

/* ---- checks ---------------------------------------------------------------------------------- */

static enum result check_kind(const struct form *form, size_t field, struct error *error) {
    const char *text = form_text(form, field);
    int64_t number;
    if (text[0] == '\0') {
        return RESULT_OK;
    }
    if (form->fields[field].kind == FIELD_NUMBER && !read_number(text, &number)) {
        return error_set(error, RESULT_INVALID, "%s", _("Type a whole number, for instance 600."));
    }
    if (form->fields[field].kind == FIELD_DATE && date_parse(text) == DATE_NONE) {
        return error_set(error, RESULT_INVALID, "%s",
                         _("Type the date as year-month-day, for instance 2026-11-22."));
    }
    return RESULT_OK;
}

static enum result check_required(const struct form *form, size_t field, struct error *error) {
    const struct field *spec = &form->fields[field];
    bool empty = is_typed(spec->kind) ? form_text(form, field)[0] == '\0'
                                      : spec->kind == FIELD_FLAGS && form_flags(form, field) == 0;
    if (spec->required && empty) {
        return error_set(error, RESULT_INVALID, _("\"%s\" is needed."), _(spec->label));
    }
    return RESULT_OK;
}

/* Checks one field and keeps its complaint. An empty field is only complained about when the form
 * is to be submitted. */
static enum result check_field(struct form *form, size_t field, bool submitting) {
    struct error *complaint = &form->values[field].complaint;
    error_clear(complaint);
    enum result code = submitting ? check_required(form, field, complaint) : RESULT_OK;
    if (code == RESULT_OK) {
        code = check_kind(form, field, complaint);
    }
    if (code == RESULT_OK && form->fields[field].check != NULL &&
        (submitting || form_text(form, field)[0] != '\0')) {
        code = form->fields[field].check(form->context, form, field, complaint);
    }
    return code;
}

enum result form_check(struct form *form, struct error *error) {
    size_t first = form->count;
    for (size_t i = 0; i < form->count; i++) {
        if (check_field(form, i, true) != RESULT_OK && first == form->count) {
            first = i;
        }
    }
    if (first == form->count) {
        return RESULT_OK;
    }
    form->focus = first;
    const struct error *complaint = &form->values[first].complaint;
    return error_set(error, complaint->code, "%s", error_sentence(complaint));
}

/* ---- events ---------------------------------------------------------------------------------- */

static enum form_response move_focus(struct form *form, size_t focus) {
    if (focus < form->count && focus != form->focus) {
        check_field(form, form->focus, false);
        form->focus = focus;
    }
    return FORM_HANDLED;
}

static enum form_response submit(struct form *form) {
    return form_check(form, NULL) == RESULT_OK ? FORM_SUBMITTED : FORM_HANDLED;
}

static enum form_response set_choice(struct form *form, struct value *value, size_t choice) {
    if (choice == value->choice) {
        return FORM_HANDLED;
    }
    value->choice = choice;
    form->changed = true;
    check_field(form, form->focus, false);
    return FORM_CHANGED;
}

static enum form_response list_choices(struct form *form, struct screen *screen,
                                       struct value *value) {
    const char *items[LIST_LIMIT];
    size_t count = choice_count(value);
    const char *title = _(form->fields[form->focus].label);
    for (size_t i = 0; i < count; i++) {
        items[i] = choice_text(value, i);
    }
    if (form->fields[form->focus].kind == FIELD_CHOICE) {
        int chosen = prompt_choose(screen, title, items, count, value->choice);
        return chosen < 0 ? FORM_HANDLED : set_choice(form, value, (size_t)chosen);
    }
    uint64_t flags = value->flags;
    if (!prompt_mark(screen, title, items, count, &flags) || flags == value->flags) {
        return FORM_HANDLED;
    }
    value->flags = flags;
    form->changed = true;
    check_field(form, form->focus, false);
    return FORM_CHANGED;
}

static enum form_response handle_list_field(struct form *form, struct screen *screen, int key) {
    struct value *value = &form->values[form->focus];
    size_t count = choice_count(value);
    bool turning = form->fields[form->focus].kind == FIELD_CHOICE && count > 0;
    if (turning && key == PRESS_LEFT) {
        return set_choice(form, value, (value->choice + count - 1) % count);
    }
    if (turning && key == PRESS_RIGHT) {
        return set_choice(form, value, (value->choice + 1) % count);
    }
    if (key == PRESS_ENTER || key_half_width(key) == ' ') {
        return list_choices(form, screen, value);
    }
    return FORM_IGNORED;
}

enum form_response form_handle(struct form *form, struct screen *screen, const struct event *event,
                               int action) {
    if (action == ACTION_FORM_SUBMIT) {
        return submit(form);
    }
    if (action == ACTION_FORM_NEXT) {
        return move_focus(form, form->focus + 1);
    }
    if (action == ACTION_FORM_PREVIOUS) {
        return move_focus(form, form->focus - 1); /* before the first: SIZE_MAX, nowhere */
    }
    if (form->count == 0 || (event->type != EVENT_KEY && event->type != EVENT_TEXT)) {
        return FORM_IGNORED;
    }
    struct value *value = &form->values[form->focus];
    if (value->edit == NULL) {
        return handle_list_field(form, screen, event->key);
    }
    if (event->key == PRESS_ENTER) {
        return form->focus + 1 < form->count ? move_focus(form, form->focus + 1) : submit(form);
    }
    switch (line_edit_handle(value->edit, event)) {
    case LINE_CHANGED:
        error_clear(&value->complaint); /* it spoke of what stood there before */
        form->changed = true;
        return FORM_CHANGED;
    case LINE_MOVED:
        return FORM_HANDLED;
    default:
        return FORM_IGNORED;
    }
}

/* ---- painting -------------------------------------------------------------------------------- */

static int label_width(const struct form *form, int columns) {
    int widest = 0;
    for (size_t i = 0; i < form->count; i++) {
        int width = text_width(_(form->fields[i].label));
        widest = width > widest ? width : widest;
    }
    return widest > columns / 2 ? columns / 2 : widest;
}

/* What stands below a field: its complaint, or its hint while it has the focus; NULL: nothing. */
static const char *note(const struct form *form, size_t field) {
    if (form->values[field].complaint.code != RESULT_OK) {
        return error_sentence(&form->values[field].complaint);
    }
    const char *hint = form->fields[field].hint;
    return field == form->focus && hint != NULL ? _(hint) : NULL;
}

static void paint_flags(const struct value *value, int row, int column, int width, int role) {
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < choice_count(value); i++) {
        if ((value->flags >> i & 1) != 0) {
            buffer_append_text(&text, text.length > 0 ? ", " : "");
            buffer_append_text(&text, choice_text(value, i));
        }
    }
    paint_cell(row, column, width, role, buffer_text(&text), ALIGN_LEFT);
    buffer_free(&text);
}

static void paint_field(const struct form *form, size_t field, int row, int column, int width,
                        int labels) {
    const struct field *spec = &form->fields[field];
    const struct value *value = &form->values[field];
    bool focus = field == form->focus;
    int role = focus ? ROLE_INPUT_FOCUSED : ROLE_INPUT;
    paint_text(row, column, 1, ROLE_STRONG, focus ? ">" : "", ALIGN_LEFT);
    paint_cell(row, column + 1, labels, focus ? ROLE_STRONG : ROLE_LABEL, _(spec->label),
               ALIGN_LEFT);
    paint_text(row, column + 1 + labels, 1, ROLE_WARNING, spec->required ? "*" : "", ALIGN_LEFT);
    column += labels + 3;
    width -= labels + 3;
    if (value->edit != NULL) {
        line_edit_paint(value->edit, row, column, width, role, focus);
    } else if (spec->kind == FIELD_FLAGS) {
        paint_flags(value, row, column, width, role);
    } else {
        paint_text(row, column, width, role, focus ? "<" : "", ALIGN_LEFT);
        paint_cell(row, column + 2, width - 4, role, choice_text(value, value->choice), ALIGN_LEFT);
        paint_text(row, column + width - 1, 1, role, focus ? ">" : "", ALIGN_LEFT);
    }
}

/* Lines above a field, and in the whole form when field is count. */
static int lines_above(const struct form *form, size_t field) {
    int lines = 0;
    for (size_t i = 0; i < field; i++) {
        lines += note(form, i) != NULL ? 2 : 1;
    }
    return lines;
}

void form_paint(struct form *form, struct region region) {
    int labels = label_width(form, region.columns);
    int top = lines_above(form, form->focus);
    int bottom = lines_above(form, form->focus + (form->count > 0));
    int total = lines_above(form, form->count);
    if (form->scroll > total - region.rows) { /* the screen has grown */
        form->scroll = total > region.rows ? total - region.rows : 0;
    }
    if (bottom - form->scroll > region.rows) {
        form->scroll = bottom - region.rows;
    }
    if (top < form->scroll) {
        form->scroll = top;
    }
    int line = -form->scroll;
    for (size_t i = 0; i < form->count; i++) {
        if (line >= 0 && line < region.rows) {
            paint_field(form, i, region.row + line, region.column, region.columns, labels);
        }
        line++;
        const char *text = note(form, i);
        if (text == NULL) {
            continue;
        }
        bool complaint = form->values[i].complaint.code != RESULT_OK;
        if (line >= 0 && line < region.rows) {
            paint_cell(region.row + line, region.column + labels + 4, region.columns - labels - 4,
                       complaint ? ROLE_BAD : ROLE_DIM, text, ALIGN_LEFT);
        }
        line++;
    }
}
