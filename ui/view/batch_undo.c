#include "ui/view/batch_undo.h"

#include "base/gettext.h"
#include "base/text.h"
#include "plan/undo.h"
#include "ui/kit/prompt.h"
#include "ui/view/show.h"
#include "ui/view/workstation.h"

#include <stdlib.h>

/* Lists what rests on the intake. */
static void show_rests(struct view *view, int64_t batch, const struct rests *rests) {
    struct buffer title = BUFFER_INIT;
    buffer_printf(&title, _("Intake %lld cannot be undone yet: %zu things rest on it"),
                  (long long)batch, rests->count);
    prompt_notice(view->screen, buffer_text(&title), buffer_text(&rests->text));
    buffer_free(&title);
}

/* True when nothing rests on it; else what does is shown. */
static bool free_to_go(struct view *view, int64_t batch) {
    struct error error = ERROR_INIT;
    struct rests rests = RESTS_LIST;
    enum result code = undo_ask(workstation_of(view)->store, batch, &rests, &error);
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
    } else if (rests.count > 0) {
        show_rests(view, batch, &rests);
    }
    bool free = code == RESULT_OK && rests.count == 0;
    rests_free(&rests);
    return free;
}

/* One line for each kind of row that goes. */
static void tell_counts(const struct restore_counts *counts, struct buffer *text) {
    const struct {
        int64_t count;
        const char *what;
    } lines[] = {
        {counts->enterprises, _("enterprises it entered, removed")},
        {counts->facts, _("facts it entered, removed")},
        {counts->handed, _("classes handed over, removed")},
        {counts->records, _("other records it entered, removed")},
        {counts->sources, _("facts that lose it as a further source")},
        {counts->restored, _("changed rows, as they were before")},
    };
    char number[SHOW_POINTS_SIZE];
    size_t before = text->length;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        if (lines[i].count > 0) {
            buffer_printf(text, "\n%s: %s", lines[i].what, show_number(lines[i].count, number));
        }
    }
    if (text->length == before) {
        buffer_printf(text, "\n%s", _("it changed nothing"));
    }
}

/* The one question: what goes, and why. On the heap; NULL when the intake stays. */
static char *ask(struct view *view, const struct batch_entry *entry,
                 const struct restore_counts *counts) {
    struct buffer text = BUFFER_INIT;
    buffer_printf(&text, _("Intake %lld, %s, is taken back:"), (long long)entry->id, entry->file);
    tell_counts(counts, &text);
    const struct prompt prompt = {.label = _("Reason (Enter undoes):"),
                                  .above = buffer_text(&text)};
    char *reason = prompt_text(view->screen, &prompt);
    buffer_free(&text);
    if (reason != NULL && text_blank(reason)) {
        screen_message(view->screen, MESSAGE_WARNING, "%s",
                       _("Nothing was undone: say why, it is kept with the intake."));
        free(reason);
        return NULL;
    }
    return reason;
}

bool batch_undo(struct view *view, const struct batch_entry *entry) {
    struct workstation *workstation = workstation_of(view);
    struct error error = ERROR_INIT;
    struct restore_counts counts;
    if (!free_to_go(view, entry->id)) {
        return false;
    }
    enum result code = restore_count(workstation->store, entry->id, &counts, &error);
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
        return false;
    }
    char *reason = ask(view, entry, &counts);
    if (reason == NULL) {
        return false;
    }
    struct undo_report report;
    code = undo_batch(workstation->store, &workstation->actor, entry->id, reason, &report, &error);
    free(reason);
    if (code == RESULT_OK) {
        code = workstation_refresh(workstation, &error);
    }
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
        return false;
    }
    screen_message(view->screen, MESSAGE_INFO,
                   _("Intake %lld undone: %lld enterprises and %lld facts removed, %lld rows as "
                     "they were before."),
                   (long long)entry->id, (long long)report.counts.enterprises,
                   (long long)report.counts.facts, (long long)report.counts.restored);
    return true;
}
