#include "base/gettext.h"
#include "plan/plan_import.h"
#include "ui/kit/progress_bar.h"
#include "ui/kit/prompt.h"
#include "ui/view/intake.h"
#include "ui/view/show.h"
#include "ui/view/views.h"

/* Trying and taking need a file that is understood, and was not taken in yet. */
static bool is_ready(struct view *view, const struct intake *intake) {
    struct buffer text = BUFFER_INIT;
    bool missing = intake_tell_missing(intake, &text);
    if (missing) {
        screen_message(view->screen, MESSAGE_WARNING, "%s", buffer_text(&text));
    } else if (intake->batch != 0) {
        screen_message(view->screen, MESSAGE_WARNING,
                       _("The file was taken in already, as intake "
                         "%lld."),
                       (long long)intake->batch);
    }
    buffer_free(&text);
    return !missing && intake->batch == 0;
}

/* Says why the work did not come to its end. */
static void say_failure(struct screen *screen, bool dry, struct error *error) {
    if (error->code == RESULT_CANCELLED) {
        screen_message(screen, MESSAGE_WARNING, "%s",
                       dry ? _("Stopped trying out: nothing was taken in, the columns are as you "
                               "left them.")
                           : _("Stopped: nothing was taken in, the database is as it was before."));
        error_clear(error);
        return;
    }
    screen_error(screen, error);
}

/* Does the work under a bar; false when it failed or was stopped, which is said. */
static bool run(struct view *view, struct intake *intake, bool dry, struct import_report *report) {
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
        code = plan_import(intake->workstation->store, &request, report, &bar.progress, &error);
        progress_bar_finish(&bar);
    }
    if (code != RESULT_OK) {
        say_failure(view->screen, dry, &error);
    }
    return code == RESULT_OK;
}

static void take(struct view *view, struct intake *intake) {
    struct import_report report = {0};
    struct error error = ERROR_INIT;
    if (!run(view, intake, false, &report)) {
        return;
    }
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

void intake_take_in(struct view *view, struct intake *intake) {
    if (is_ready(view, intake)) {
        take(view, intake);
    }
}

/* ---- trying out -------------------------------------------------------------------------------
 */

/* One line of counts; the first of a group stands under its heading. */
static void tell_group(struct buffer *text, const char *heading, const char *title, int64_t count,
                       bool *begun) {
    char number[SHOW_POINTS_SIZE];
    if (count == 0) {
        return;
    }
    if (!*begun) {
        buffer_printf(text, "\n%s\n", heading);
        *begun = true;
    }
    buffer_printf(text, "  %s: %s\n", title, show_number(count, number));
}

static void tell_counts(const struct import_report *report, struct buffer *text) {
    const struct batch_counts *counts = &report->counts;
    char number[SHOW_POINTS_SIZE];
    bool rejects = false;
    bool remarks = false;
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
        tell_group(text, _("Rejected rows, by reason"), reason_title((enum reason)i),
                   counts->rejects[i], &rejects);
    }
    for (int i = REMARK_NONE + 1; i < REMARK_END; i++) {
        tell_group(text, _("Remarks"), remark_title((enum remark)i), counts->said[i], &remarks);
    }
}

void intake_try_out(struct view *view, struct intake *intake) {
    struct import_report report = {0};
    struct buffer text = BUFFER_INIT;
    if (!is_ready(view, intake) || !run(view, intake, true, &report)) {
        return;
    }
    tell_counts(&report, &text);
    import_report_free(&report);
    bool agreed = prompt_offer(view->screen, _("Tried out: nothing was kept"), buffer_text(&text),
                               _(" Enter take the file in  Esc back to the columns"));
    buffer_free(&text);
    if (agreed) {
        take(view, intake);
    }
}
