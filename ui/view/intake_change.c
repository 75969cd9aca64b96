#include "base/gettext.h"
#include "registry/fact_type.h"
#include "ui/kit/prompt.h"
#include "ui/view/intake.h"

#include <stdlib.h>
#include <string.h>

/* Fields of a kind that can be chosen from. */
#define MOST_FIELDS 63

/* Shows what a correction came to. What was taken in before was taken in without it: the file may
 * be taken in once more. */
static void finish_change(struct view *view, struct intake *intake, enum result code,
                          struct error *error) {
    if (code == RESULT_OK) {
        intake->batch = 0;
    }
    screen_error(view->screen, error);
    intake_read_column(intake, view->screen);
}

void intake_change_column(struct view *view, struct intake *intake) {
    const struct kind *kind = kind_of(preview_kind(intake->preview));
    const char *items[MOST_FIELDS + 1] = {_("(not read)")};
    size_t count = kind->field_count < MOST_FIELDS ? kind->field_count : MOST_FIELDS;
    struct error error = ERROR_INIT;
    if (intake->outline.count == 0) {
        return;
    }
    struct preview_column column = preview_column(intake->preview, intake->outline.cursor);
    for (size_t i = 0; i < count; i++) {
        items[i + 1] = _(kind->fields[i].title);
    }
    int chosen =
        prompt_choose(view->screen, column.header, items, count + 1, (size_t)(column.field + 1));
    if (chosen >= 0) {
        finish_change(view, intake,
                      preview_assign(intake->preview, intake->outline.cursor, chosen - 1, &error),
                      &error);
    }
}

/* Asks for what would be lost; true when nothing would, or a person agreed. */
static bool may_lose(struct screen *screen, const char *lost) {
    struct buffer text = BUFFER_INIT;
    if (lost[0] == '\0') {
        return true;
    }
    buffer_printf(&text,
                  _("What you said of these has no place there and will be lost: %s. Change "
                    "all the same?"),
                  lost);
    bool agreed = prompt_confirm(screen, buffer_text(&text));
    buffer_free(&text);
    return agreed;
}

/* Looks at the file as another kind, or at another sheet of it. Until that has worked and a person
 * agreed to what it costs, everything is as it was. */
static void look_as(struct view *view, struct intake *intake, enum import_kind kind,
                    const char *sheet) {
    struct error error = ERROR_INIT;
    struct buffer lost = BUFFER_INIT;
    struct preview *preview = NULL;
    char *kept = sheet == NULL ? NULL : strdup(sheet);
    enum result code = sheet != NULL && kept == NULL
                           ? error_no_memory(&error)
                           : intake_look(intake, kind, sheet, &preview, &error);
    if (code == RESULT_OK) {
        code = preview_adopt(preview, intake->preview, &lost, &error);
    }
    if (code == RESULT_OK && may_lose(view->screen, buffer_text(&lost))) {
        intake_adopt(intake, preview);
        intake_read_column(intake, view->screen);
        free(intake->sheet);
        intake->sheet = kept;
        intake->kind = kind;
        intake->batch = 0; /* it was another table that was taken in */
    } else {
        preview_free(preview);
        free(kept);
    }
    screen_error(view->screen, &error);
    buffer_free(&lost);
}

void intake_choose_kind(struct view *view, struct intake *intake) {
    const char *items[IMPORT_KIND_COUNT];
    for (int i = 0; i < IMPORT_KIND_COUNT; i++) {
        items[i] = _(kind_of((enum import_kind)i)->title);
    }
    int chosen = prompt_choose(view->screen, _("What is the file about?"), items, IMPORT_KIND_COUNT,
                               (size_t)preview_kind(intake->preview));
    if (chosen >= 0) {
        look_as(view, intake, (enum import_kind)chosen, intake->sheet);
    }
}

void intake_choose_type(struct view *view, struct intake *intake) {
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
    if (chosen >= 0) {
        finish_change(view, intake,
                      preview_set_type(intake->preview, fact_type_code(chosen + 1), &error),
                      &error);
    }
}

void intake_choose_sheet(struct view *view, struct intake *intake) {
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
        look_as(view, intake, intake->kind, items[chosen]);
    }
    free(items);
}

void intake_toggle_day(struct view *view, struct intake *intake) {
    struct error error = ERROR_INIT;
    if (preview_kind(intake->preview) != IMPORT_FACTS) {
        screen_message(view->screen, MESSAGE_WARNING, "%s",
                       _("Only facts have a day of their own; k chooses what the file is about."));
        return;
    }
    finish_change(view, intake,
                  preview_set_day(intake->preview, !preview_day(intake->preview), &error), &error);
}

void intake_save_profile(struct view *view, struct intake *intake) {
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
