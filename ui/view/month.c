#include "ui/view/month.h"

#include "base/gettext.h"
#include "ui/kit/progress_bar.h"
#include "ui/kit/prompt.h"

#include <stdio.h>
#include <stdlib.h>

/* A county that leaves months open for longer than this closes them by the command. */
#define MOST_PERIODS 60

static date last_day(int64_t period) {
    return date_month_end((date)(period * 100 + 1));
}

enum result month_to_close(const struct workstation *workstation, struct period *period,
                           struct error *error) {
    struct period periods[MOST_PERIODS];
    size_t count = 0;
    date today = clock_today(&workstation->actor.clock);
    *period = (struct period){0};
    enum result code = period_list(workstation->store, periods, MOST_PERIODS, &count, error);
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        if (!periods[i].closed && last_day(periods[i].id) <= today) {
            *period = periods[i];
        }
    }
    return code;
}

/* Says why nothing can be closed. */
static void refuse(struct screen *screen, const struct workstation *workstation) {
    char text[PERIOD_TEXT_SIZE];
    char day[DATE_TEXT_SIZE];
    const struct period *newest = &workstation->period;
    if (newest->id == 0) {
        screen_message(screen, MESSAGE_WARNING, "%s", _("No period was scored yet."));
    } else if (newest->closed) {
        screen_message(screen, MESSAGE_WARNING, _("Period %s is closed already."),
                       period_format(newest->id, text));
    } else {
        screen_message(screen, MESSAGE_WARNING,
                       _("Period %s can be closed from %s on, when its month is over."),
                       period_format(newest->id, text), date_format(last_day(newest->id), day));
    }
}

static enum result run_and_close(struct screen *screen, struct workstation *workstation,
                                 struct period *period, struct error *error) {
    struct progress_bar bar;
    int64_t id = period->id;
    progress_bar_start(&bar, screen, _("Scoring every enterprise"), _("enterprises"));
    enum result code = period_run_again(workstation->store, &workstation->actor, id, true,
                                        &bar.progress, period, error);
    progress_bar_finish(&bar);
    return code == RESULT_OK ? workstation_refresh(workstation, error) : code;
}

void month_close(struct screen *screen) {
    struct workstation *workstation = screen_context(screen);
    struct period period;
    struct error error = ERROR_INIT;
    char text[PERIOD_TEXT_SIZE];
    char question[512];
    enum result code = month_to_close(workstation, &period, &error);
    if (code == RESULT_OK && period.id == 0) {
        refuse(screen, workstation);
        return;
    }
    if (code == RESULT_OK) {
        snprintf(question, sizeof(question),
                 _("Score period %s for the last time and close it? Its classes then stay as they "
                   "are for good, whatever is recorded later."),
                 period_format(period.id, text));
        if (!prompt_confirm(screen, question)) {
            return;
        }
        code = run_and_close(screen, workstation, &period, &error);
    }
    if (code != RESULT_OK) {
        screen_error(screen, &error);
        return;
    }
    screen_message(screen, MESSAGE_INFO, _("Period %s closed: A %lld, B %lld, C %lld, D %lld."),
                   period_format(period.id, text), (long long)period.classes[CLASS_A],
                   (long long)period.classes[CLASS_B], (long long)period.classes[CLASS_C],
                   (long long)period.classes[CLASS_D]);
}

bool month_ask_day(struct screen *screen, date *day) {
    const struct workstation *workstation = screen_context(screen);
    char today[DATE_TEXT_SIZE];
    char last[DATE_TEXT_SIZE];
    char label[256];
    date now = clock_today(&workstation->actor.clock);
    snprintf(label, sizeof(label), _("Day to try (up to %s):"),
             date_format(date_month_end(now), last));
    struct prompt prompt = {.label = label, .initial = date_format(now, today)};
    char *text = prompt_text(screen, &prompt);
    if (text == NULL) {
        return false;
    }
    *day = date_parse(text);
    if (*day == DATE_NONE) {
        screen_message(screen, MESSAGE_WARNING,
                       _("\"%s\" is no day; write it as YYYY-MM-DD, for instance 2026-10-31."),
                       text);
    }
    free(text);
    return *day != DATE_NONE;
}
