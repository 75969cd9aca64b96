#include "ui/command/plan_later.h"

#include "base/gettext.h"
#include "plan/extra.h"
#include "plan/team_change.h"
#include "policy/policy.h"
#include "ui/command/output.h"
#include "ui/command/plan_show.h"

enum result plan_later_extend(struct session *session, const struct arguments *arguments,
                              int64_t id, struct error *error) {
    struct draw_extension extension = {.stratum = argument_text(arguments, "stratum")};
    const char *letter = argument_text(arguments, "class");
    int64_t by = 0;
    enum result code = argument_number(arguments, "by", 1, DRAW_NUMBER_LIMIT, 0, &by, error);
    if (code == RESULT_OK && letter != NULL && risk_class_find(letter) == CLASS_COUNT) {
        code = error_set(error, RESULT_USAGE,
                         _("--class: \"%s\" is no risk class; it is A, B, C or D."), letter);
    }
    extension.by = (uint64_t)by;
    extension.risk_class = letter == NULL ? '\0' : letter[0];
    return code == RESULT_OK ? plan_extend(session->store, &session->actor, id, &extension,
                                           argument_text(arguments, "reason"), error)
                             : code;
}

enum result plan_later_replace(struct session *session, const struct arguments *arguments,
                               int64_t id, struct error *error) {
    const char *unit = NULL;
    enum result code =
        argument_word(arguments, 2, _("The enterprise that cannot be checked"), &unit, error);
    return code == RESULT_OK ? plan_replace(session->store, &session->actor, id, unit,
                                            argument_text(arguments, "reason"), error)
                             : code;
}

enum result plan_later_swap(struct session *session, const struct arguments *arguments, int64_t id,
                            struct error *error) {
    const struct team_swap swap = {
        .unit = arguments->word_count > 2 ? arguments->words[2] : NULL,
        .leaves = argument_text(arguments, "out"),
        .comes = argument_text(arguments, "in"),
        .reason = argument_text(arguments, "reason"),
    };
    int64_t changed = 0;
    if (swap.leaves == NULL) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("Say who cannot go with --out: a staff number of the roster."));
    }
    enum result code = plan_swap(session->store, &session->actor, id, &swap, &changed, error);
    if (code == RESULT_OK && !session->json && !session->quiet) {
        output_line(
            ngettext("%lld team is changed.", "%lld teams are changed.", (unsigned long)changed),
            (long long)changed);
    }
    return code;
}
