/* A form: labelled fields, one a line, each checked when it is left. */
#ifndef XINFENG_UI_KIT_FORM_H
#define XINFENG_UI_KIT_FORM_H

#include "ui/kit/view.h"

#include <stdint.h>

struct form;

/* What a field holds. */
enum field_kind {
    FIELD_TEXT,
    FIELD_SECRET, /* text shown as '*' */
    FIELD_NUMBER, /* a whole number, possibly negative */
    FIELD_DATE,   /* YYYY-MM-DD; empty is no date */
    FIELD_CHOICE, /* one of choices: Left/Right turn, Enter lists */
    FIELD_FLAGS   /* any of choices: Enter lists, Space marks; a bit each */
};

/* A field. The table of fields is borrowed and must outlive the form. */
struct field {
    const char *label; /* N_() */
    const char *hint;  /* N_(): shown below while the field has the focus; may be NULL */
    enum field_kind kind;
    bool required;              /* may not be left empty when the form is submitted */
    const char *const *choices; /* N_() each, ended by NULL */

    /* Checks the value; a failure's sentence shows below the field, and keeps the form from being
     * submitted. May be NULL. */
    enum result (*check)(void *context, const struct form *form, size_t field, struct error *error);
};

/* A form with empty fields, first choices and no flags. context is for the checks. NULL when
 * memory is short. */
struct form *form_new(const struct field *fields, size_t count, void *context);

/* Releases the form. NULL is harmless. */
void form_free(struct form *form);

/* Values given by the program: they do not count as typed. False when memory is short. */
bool form_set_text(struct form *form, size_t field, const char *text);
void form_set_choice(struct form *form, size_t field, size_t choice);
void form_set_flags(struct form *form, size_t field, uint64_t flags);

/* Other choices for one field than its table gave (N_() does not apply: shown as they are), ended
 * by NULL and borrowed; the first is chosen. */
void form_set_choices(struct form *form, size_t field, const char *const *choices);

/* The values. A text is owned by the form; a number is 0 and a date DATE_NONE while the text is
 * none (the form's own checks see to it before it is submitted). */
const char *form_text(const struct form *form, size_t field);
size_t form_choice(const struct form *form, size_t field);
uint64_t form_flags(const struct form *form, size_t field);
int64_t form_number(const struct form *form, size_t field);
int32_t form_date(const struct form *form, size_t field);

/* The field that has the focus. */
size_t form_focus(const struct form *form);

/* Puts the focus on a field. */
void form_set_focus(struct form *form, size_t field);

/* True when a person changed anything since form_new or form_keep. */
bool form_changed(const struct form *form);

/* Takes the present values as kept: form_changed is false again. */
void form_keep(struct form *form);

/* Checks every field; on failure the focus goes to the first that fails. */
enum result form_check(struct form *form, struct error *error);

/* Paints the form; scrolls to the field with the focus when the region is low. */
void form_paint(struct form *form, struct region region);

/* What the form did with an event. */
enum form_response {
    FORM_IGNORED,  /* Esc, too: the view's unsaved and the screen see to it */
    FORM_HANDLED,  /* the focus moved */
    FORM_CHANGED,  /* a value changed */
    FORM_SUBMITTED /* Enter on the last field, or ACTION_FORM_SUBMIT, and every check held */
};

/* The form's actions, for view_ops.actions. */
extern const struct action form_actions[];

enum form_action {
    ACTION_FORM_SUBMIT = ACTION_KIT_FIRST + 300,
    ACTION_FORM_NEXT,
    ACTION_FORM_PREVIOUS
};

/* Takes an event. screen is for the list of choices. */
enum form_response form_handle(struct form *form, struct screen *screen, const struct event *event,
                               int action);

#endif
