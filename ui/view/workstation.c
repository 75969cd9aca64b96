#include "ui/view/workstation.h"

#include "base/gettext.h"
#include "base/text.h"
#include "policy/policy_store.h"
#include "registry/initials.h"
#include "score/override.h"
#include "ui/kit/progress_bar.h"
#include "ui/kit/prompt.h"
#include "ui/view/views.h"

#include <stdlib.h>
#include <string.h>

enum { WORKSTATION_ACTOR = ACTION_APPLICATION_FIRST, WORKSTATION_SCORE };

static const struct action actions[] = {
    {WORKSTATION_ACTOR, "actor", N_("go on as another person"), N_("Person"), {'u'}, ACTION_LISTED},
    {WORKSTATION_SCORE,
     "score",
     N_("score every enterprise for this month"),
     N_("Score"),
     {'R'},
     ACTION_LISTED},
    {0},
};

static const struct desk desks[] = {
    {N_("Front page"), "home", &home_view, NULL},
    {N_("Enterprises"), "enterprises", &enterprises_view, NULL},
    {N_("Plans"), "plans", &plans_view, NULL},
    {N_("Overrides"), "overrides", &overrides_view, NULL},
    {N_("Data"), "data", &data_view, NULL},
    {N_("Policies"), "policies", &policies_view, NULL},
};

struct workstation *workstation_of(const struct view *view) {
    return screen_context(view->screen);
}

enum result workstation_refresh(struct workstation *workstation, struct error *error) {
    struct policy *policy = NULL;
    int64_t id = 0;
    enum result code =
        override_catch_up(workstation->store, &workstation->actor.clock, NULL, error);
    if (code == RESULT_OK) {
        code = period_latest(workstation->store, &workstation->period, error);
    }
    if (code == RESULT_OK) {
        code = policy_store_in_force(workstation->store, &policy, &id, error);
    }
    if (code == RESULT_OK) {
        policy_free(workstation->policy);
        workstation->policy = policy;
        workstation->day = clock_today(&workstation->actor.clock);
    }
    return code;
}

enum result workstation_today(struct workstation *workstation, struct error *error) {
    return workstation->day == clock_today(&workstation->actor.clock)
               ? RESULT_OK
               : workstation_refresh(workstation, error);
}

/* Goes on as another person: in open mode a name is taken at its word. */
static void change_actor(struct screen *screen, struct workstation *workstation) {
    struct prompt prompt = {.label = _("Go on as (name):"), .initial = NULL};
    char *name = prompt_text(screen, &prompt);
    if (!text_blank(name)) {
        free(workstation->actor_name);
        workstation->actor_name = name;
        workstation->actor.name = name;
        screen_message(screen, MESSAGE_INFO, _("What follows is done as %s."), name);
    } else {
        free(name);
    }
}

void workstation_score(struct screen *screen) {
    struct workstation *workstation = screen_context(screen);
    int64_t id = period_of(clock_today(&workstation->actor.clock));
    if (workstation->period.id == id &&
        !prompt_confirm(screen, _("Score every enterprise for this month? An earlier run of the "
                                  "month is replaced."))) {
        return;
    }
    struct progress_bar bar;
    struct period period;
    struct error error = ERROR_INIT;
    progress_bar_start(&bar, screen, _("Scoring every enterprise"), _("enterprises"));
    enum result code = period_run_again(workstation->store, &workstation->actor, id, false,
                                        &bar.progress, &period, &error);
    progress_bar_finish(&bar);
    if (code == RESULT_OK) {
        code = workstation_refresh(workstation, &error);
    }
    if (code != RESULT_OK) {
        screen_error(screen, &error);
        return;
    }
    char text[PERIOD_TEXT_SIZE];
    screen_message(screen, MESSAGE_INFO, _("Period %s scored: A %lld, B %lld, C %lld, D %lld."),
                   period_format(period.id, text), (long long)period.classes[CLASS_A],
                   (long long)period.classes[CLASS_B], (long long)period.classes[CLASS_C],
                   (long long)period.classes[CLASS_D]);
}

static enum view_response act(struct screen *screen, void *context, int action) {
    if (action == WORKSTATION_ACTOR) {
        change_actor(screen, context);
        return VIEW_HANDLED;
    }
    if (action == WORKSTATION_SCORE) {
        workstation_score(screen);
        return VIEW_HANDLED;
    }
    return VIEW_IGNORED;
}

/* Finds an action by a part of its words or by their pinyin initials. */
static bool match(void *context, const char *text, const char *query) {
    (void)context;
    struct buffer initials = BUFFER_INIT;
    initials_append(&initials, text);
    bool found =
        strcasestr(text, query) != NULL || strcasestr(buffer_text(&initials), query) != NULL;
    buffer_free(&initials);
    return found;
}

static void header(void *context, struct buffer *left, struct buffer *right) {
    const struct workstation *workstation = context;
    char period[PERIOD_TEXT_SIZE];
    char today[DATE_TEXT_SIZE];
    buffer_append_text(left, _("Xinfeng"));
    if (workstation->period.id != 0) {
        buffer_printf(left, "  %s%s", period_format(workstation->period.id, period),
                      workstation->period.closed ? _(" (closed)") : _(" (open)"));
    } else {
        buffer_printf(left, "  %s", _("not scored yet"));
    }
    if (workstation->policy != NULL) {
        buffer_printf(left, _("  policy %s"), workstation->policy->version);
    }
    buffer_printf(right, _("%s (open mode)  %s"), workstation->actor.name,
                  date_format(clock_today(&workstation->actor.clock), today));
}

enum result workstation_run(struct store *store, const struct actor *actor, struct error *error) {
    struct workstation workstation = {.store = store, .actor = *actor};
    struct terminal_options options = {.mouse = true};
    enum result code = workstation_refresh(&workstation, error);
    if (code == RESULT_OK) {
        code = terminal_start(&options, error);
    }
    if (code == RESULT_OK) {
        struct application application = {
            .context = &workstation,
            .desks = desks,
            .desk_count = sizeof(desks) / sizeof(desks[0]),
            .actions = actions,
            .act = act,
            .header = header,
            .match = match,
        };
        code = screen_run(&application, error);
        terminal_stop();
    }
    policy_free(workstation.policy);
    free(workstation.actor_name);
    return code;
}
