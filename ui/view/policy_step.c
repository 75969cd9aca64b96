#include "ui/view/policy_step.h"

#include "base/gettext.h"
#include "base/text.h"
#include "policy/policy_edit.h"
#include "policy/policy_life.h"
#include "ui/kit/prompt.h"
#include "ui/view/policy_page.h"
#include "ui/view/workstation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- a draft ----------------------------------------------------------------------------------
 */

/* The first name behind a version's own that no version of the policy has; in the arena. */
static const char *free_version(struct store *store, const struct policy *policy,
                                struct arena *arena) {
    struct policy_version *versions = NULL;
    struct error error = ERROR_INIT;
    size_t count = 0;
    const char *name = policy_next_version(policy->version, arena);
    if (policy_store_list(store, arena, &versions, &count, &error) != RESULT_OK) {
        error_clear(&error);
        return name;
    }
    for (size_t i = 0; name != NULL && i < count; i++) {
        if (strcmp(versions[i].code, policy->code) == 0 && strcmp(versions[i].version, name) == 0) {
            name = policy_next_version(name, arena);
            i = SIZE_MAX; /* from the first one again */
        }
    }
    return name;
}

static enum result begin_draft(struct workstation *workstation, const struct policy *policy,
                               const char *version, int64_t *id, struct error *error) {
    struct policy *made = NULL;
    enum result code = policy_edit_version(policy, version, &made, error);
    if (code == RESULT_OK) {
        code = policy_draft_begin(workstation->store, made, &workstation->actor, id, error);
    }
    policy_free(made);
    return code;
}

bool policy_make_draft(struct view *view, const struct policy *policy, int64_t *id) {
    struct workstation *workstation = workstation_of(view);
    struct arena *arena = arena_new();
    struct error error = ERROR_INIT;
    const char *name = arena == NULL ? NULL : free_version(workstation->store, policy, arena);
    bool made = false;
    while (name != NULL && !made) {
        const struct prompt prompt = {.label = _("Version of the draft:"),
                                      .initial = name,
                                      .above =
                                          error.sentence == NULL ? NULL : error_sentence(&error)};
        char *typed = prompt_text(view->screen, &prompt);
        error_clear(&error);
        name = typed == NULL ? NULL : arena_strdup(arena, typed);
        free(typed);
        made = name != NULL && begin_draft(workstation, policy, name, id, &error) == RESULT_OK;
    }
    if (made) {
        screen_message(
            view->screen, MESSAGE_INFO,
            _("Draft %s is made. Enter on a value changes it; each change is checked and "
              "kept at once."),
            name);
    }
    error_clear(&error);
    arena_free(arena);
    return made;
}

/* ---- into force -------------------------------------------------------------------------------
 */

static void propose(struct view *view, const struct policy_version *version) {
    struct workstation *workstation = workstation_of(view);
    struct error error = ERROR_INIT;
    char question[256];
    snprintf(
        question, sizeof(question),
        _("Propose version %s? Another person publishes it; a change takes the proposal back."),
        version->version);
    if (!prompt_confirm(view->screen, question)) {
        return;
    }
    if (policy_draft_propose(workstation->store, version->id, &workstation->actor, &error) !=
        RESULT_OK) {
        screen_error(view->screen, &error);
        return;
    }
    screen_message(view->screen, MESSAGE_INFO,
                   _("Version %s is proposed by %s; another person publishes it (u changes the "
                     "person)."),
                   version->version, workstation->actor.name);
}

/* What publishing a version brings about, policies of other codes that retire by it named. */
static enum result tell_consequence(struct workstation *workstation,
                                    const struct policy_version *version, struct buffer *text,
                                    struct error *error) {
    struct arena *arena = arena_new();
    struct policy *policy = NULL;
    struct policy_version *retired = NULL;
    size_t count = 0;
    enum result code = arena == NULL
                           ? error_no_memory(error)
                           : policy_store_load(workstation->store, version->id, &policy, error);
    if (code == RESULT_OK) {
        code = policy_draft_displaces(workstation->store, policy, arena, &retired, &count, error);
    }
    buffer_printf(text,
                  _("Publish version %s? It is in force at once, can never be changed again, and "
                    "the version before it retires."),
                  version->version);
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        buffer_printf(text, _("\nIt takes all enterprises of \"%s\" (%s) over, which retires too."),
                      retired[i].name, retired[i].code);
    }
    policy_free(policy);
    arena_free(arena);
    return code;
}

static void publish(struct view *view, const struct policy_version *version) {
    struct workstation *workstation = workstation_of(view);
    struct error error = ERROR_INIT;
    struct buffer question = BUFFER_INIT;
    /* Who may not publish is told so before the question. */
    enum result code =
        actor_check_other(&workstation->actor, version->proposed_by, _("This version"), &error);
    if (code == RESULT_OK) {
        code = tell_consequence(workstation, version, &question, &error);
    }
    bool agreed = code == RESULT_OK && prompt_confirm(view->screen, buffer_text(&question));
    buffer_free(&question);
    if (code == RESULT_OK && !agreed) {
        return;
    }
    if (code == RESULT_OK) {
        code = policy_draft_publish(workstation->store, version->id, &workstation->actor, &error);
    }
    if (code == RESULT_OK) {
        code = workstation_refresh(workstation, &error);
    }
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
        return;
    }
    screen_message(view->screen, MESSAGE_INFO,
                   _("Version %s is in force; the next run of a period scores by it (R runs this "
                     "month)."),
                   version->version);
}

void policy_next_step(struct view *view, const struct policy_version *version) {
    if (!policy_is_draft(version)) {
        screen_message(view->screen, MESSAGE_WARNING, "%s",
                       _("There is no next step: only drafts are proposed and published. d makes a "
                         "draft of this version."));
    } else if (version->proposed_by == NULL) {
        propose(view, version);
    } else {
        publish(view, version);
    }
}

void policy_step_retire(struct view *view, const struct policy_version *version) {
    struct workstation *workstation = workstation_of(view);
    struct error error = ERROR_INIT;
    char question[256];
    snprintf(
        question, sizeof(question),
        _("Retire version %s? From the next run on nobody is scored by it; it never comes back "
          "into force."),
        version->version);
    if (strcmp(version->state, "published") == 0 && !prompt_confirm(view->screen, question)) {
        return;
    }
    enum result code = policy_retire(workstation->store, version->id, &workstation->actor, &error);
    if (code == RESULT_OK) {
        code = workstation_refresh(workstation, &error);
    }
    if (code != RESULT_OK) {
        screen_error(view->screen, &error);
        return;
    }
    screen_message(view->screen, MESSAGE_INFO, _("Version %s is retired."), version->version);
}
