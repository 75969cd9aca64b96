#include "base/gettext.h"
#include "plan/library.h"
#include "ui/kit/form.h"
#include "ui/view/views.h"
#include "ui/view/workstation.h"

#include <stdlib.h>

static const struct field inspector_fields[INSPECTOR_COLUMN_COUNT] = {
    [INSPECTOR_number] = {.label = N_("Staff number"), .kind = FIELD_TEXT, .required = true},
    [INSPECTOR_name] = {.label = N_("Name"), .kind = FIELD_TEXT, .required = true},
    [INSPECTOR_gender] = {.label = N_("Gender"), .kind = FIELD_TEXT},
    [INSPECTOR_certificate] = {.label = N_("Certificate no."), .kind = FIELD_TEXT},
    [INSPECTOR_certificate_until] = {.label = N_("Holds until"),
                                     .hint = N_("the last day of the certificate"),
                                     .kind = FIELD_DATE},
    [INSPECTOR_department] = {.label = N_("Department"), .kind = FIELD_TEXT},
    [INSPECTOR_region] = {.label = N_("Region"),
                          .hint = N_("division code or name; empty: everywhere"),
                          .kind = FIELD_TEXT},
    [INSPECTOR_level] = {.label = N_("Administrative level"), .kind = FIELD_TEXT},
    [INSPECTOR_matters] = {.label = N_("May inspect"),
                           .hint = N_("codes or words with blanks between; empty: every matter"),
                           .kind = FIELD_TEXT},
    [INSPECTOR_qualifications] = {.label = N_("Qualifications"), .kind = FIELD_TEXT},
    [INSPECTOR_expert] = {.label = N_("Expert"), .hint = N_("1: yes, 0: no"), .kind = FIELD_TEXT},
    [INSPECTOR_state] = {.label = N_("State"),
                         .hint = N_("as in files: in service or not"),
                         .kind = FIELD_TEXT},
};

static const struct field matter_fields[MATTER_COLUMN_COUNT] = {
    [MATTER_code] = {.label = N_("Code"), .kind = FIELD_TEXT, .required = true},
    [MATTER_category] = {.label = N_("Category"), .kind = FIELD_TEXT},
    [MATTER_title] = {.label = N_("Matter"), .kind = FIELD_TEXT, .required = true},
    [MATTER_basis] = {.label = N_("By what law"), .kind = FIELD_TEXT},
    [MATTER_authority] = {.label = N_("Inspecting body"), .kind = FIELD_TEXT},
    [MATTER_object] = {.label = N_("Objects"), .kind = FIELD_TEXT},
    [MATTER_content] = {.label = N_("What is looked at"), .kind = FIELD_TEXT},
    [MATTER_methods] = {.label = N_("Methods"), .kind = FIELD_TEXT},
    [MATTER_rate] = {.label = N_("Highest rate"),
                     .hint = N_("a year, like 10%"),
                     .kind = FIELD_TEXT},
    [MATTER_times] = {.label = N_("Most a year"), .kind = FIELD_TEXT},
    [MATTER_staffing] = {.label = N_("Staffing"), .kind = FIELD_TEXT},
    [MATTER_state] = {.label = N_("State"),
                      .hint = N_("as in files: in force or not"),
                      .kind = FIELD_TEXT},
};

struct library_form {
    struct workstation *workstation;
    enum record_table table;
    bool fresh; /* a new entry */
    struct arena *arena;
    struct record_value values[RECORD_MOST_COLUMNS];
    struct form *form;
};

static void close_view(struct view *view) {
    struct library_form *form = view->data;
    form_free(form->form);
    arena_free(form->arena);
    free(form);
}

static enum result fill(struct library_form *form, const char *key, struct error *error) {
    bool found = false;
    enum result code = library_read(form->workstation->store, form->table, key == NULL ? "" : key,
                                    form->arena, form->values, &found, error);
    for (size_t i = 0; code == RESULT_OK && found && i < record_columns(form->table); i++) {
        form_set_text(form->form, i, library_text(form->table, i, form->values[i], form->arena));
    }
    return code;
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    const struct library_key *key = argument;
    struct library_form *form = calloc(1, sizeof(*form));
    if (form == NULL) {
        return error_no_memory(error);
    }
    form->workstation = workstation_of(view);
    form->table = key->table;
    form->fresh = key->key == NULL;
    form->arena = arena_new();
    form->form = form_new(key->table == RECORD_INSPECTOR ? inspector_fields : matter_fields,
                          record_columns(key->table), form);
    view->data = form;
    enum result code = form->arena == NULL || form->form == NULL ? error_no_memory(error)
                                                                 : fill(form, key->key, error);
    if (code != RESULT_OK) {
        close_view(view);
        view->data = NULL;
    }
    return code;
}

static void paint(struct view *view, struct region body) {
    const struct library_form *form = view->data;
    form_paint(form->form, body);
}

static enum view_response submit(struct view *view) {
    struct library_form *form = view->data;
    struct workstation *workstation = form->workstation;
    struct error error = ERROR_INIT;
    enum save_outcome outcome = SAVE_UNCHANGED;
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < record_columns(form->table); i++) {
        code = library_set(form->table, record_column_name(form->table, i),
                           form_text(form->form, i), form->arena, form->values, &error);
    }
    if (code == RESULT_OK) {
        code = library_save(workstation->store, &workstation->actor, form->table, form->values,
                            form->fresh, &outcome, &error);
    }
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
        return VIEW_HANDLED;
    }
    form_keep(form->form);
    screen_message(view->screen, MESSAGE_INFO, "%s",
                   outcome == SAVE_UNCHANGED ? _("Nothing was changed.")
                                             : _("The entry is kept, and journalled."));
    return VIEW_DONE;
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct library_form *form = view->data;
    switch (form_handle(form->form, view->screen, event, action)) {
    case FORM_SUBMITTED:
        return submit(view);
    case FORM_CHANGED:
    case FORM_HANDLED:
        return VIEW_HANDLED;
    case FORM_IGNORED:
        break;
    }
    return VIEW_IGNORED;
}

static bool unsaved(struct view *view, const char **what) {
    const struct library_form *form = view->data;
    *what = _("Leave without keeping the entry? What was typed is lost.");
    return form_changed(form->form);
}

const struct view_ops library_form_view = {
    .title = N_("Entry of a library"),
    .actions = {form_actions, NULL},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .unsaved = unsaved,
    .close = close_view,
};
