#include "score/override_text.h"

#include "base/gettext.h"

#include <inttypes.h>
#include <stdio.h>

/* Fen as yuan, with commas between thousands. */
static void add_yuan(struct buffer *text, int64_t fen) {
    char digits[24];
    int length = snprintf(digits, sizeof(digits), "%" PRId64, fen / 100);
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            buffer_append_char(text, ',');
        }
        buffer_append_char(text, digits[i]);
    }
    buffer_printf(text, ".%02d", (int)(fen % 100));
}

void override_text_part(const struct override *override, struct buffer *text) {
    if (!override->part) {
        return;
    }
    bool amount = override->amount_left != FACT_NO_AMOUNT;
    if (amount) {
        buffer_printf(text, "%s ", _("amount"));
        add_yuan(text, override->amount_before);
        buffer_append_text(text, " -> ");
        add_yuan(text, override->amount_left);
    }
    if (override->level_left != FACT_NO_LEVEL) {
        buffer_append_text(text, amount ? ", " : "");
        buffer_printf(text, _("level %d -> %d"), (int) override->level_before,
                      (int) override->level_left);
    }
}

void override_text_what(const struct override *override, struct buffer *text) {
    switch (override->kind) {
    case OVERRIDE_SET_CLASS:
        buffer_printf(text, _("set class %s"), risk_class_letter(override->risk_class));
        break;
    case OVERRIDE_CONFIRM_DIRECT:
        buffer_printf(text, _("confirm rule %s"), override->rule);
        break;
    case OVERRIDE_WAIVE_DIRECT:
        buffer_printf(text, _("waive rule %s"), override->rule);
        break;
    case OVERRIDE_EXCLUDE_FACT:
        if (override->part) {
            buffer_append_text(text, _("revoke part: "));
            override_text_part(override, text);
        } else {
            buffer_printf(text, _("exclude fact: %s"), fact_status_name(override->fact_status));
        }
        break;
    case OVERRIDE_OBSERVE:
        buffer_printf(text, _("observe: %s"), override_novelty_name(override->novelty));
        break;
    }
}

const char *override_text_state(const struct override *override, date today) {
    if (override->state != OVERRIDE_APPROVED) {
        return override_state_name(override->state);
    }
    if (override->valid_to != DATE_NONE && override->valid_to <= today) {
        return override_state_name(OVERRIDE_EXPIRED);
    }
    return override_choice_name(override->valid_from <= today ? OVERRIDES_IN_FORCE
                                                              : OVERRIDES_TO_COME);
}

void override_text_decision(const struct score *score, const struct policy *policy,
                            struct buffer *text) {
    switch (score->decision) {
    case DECIDED_BY_SCORE:
        buffer_append_text(text, _("the score decides"));
        break;
    case DECIDED_BY_DIRECT:
        buffer_printf(text, _("direct rule %s decides"), policy->direct[score->rule].code);
        break;
    case DECIDED_BY_OVERRIDE:
        if (score->override_id == 0) {
            buffer_append_text(text, _("this override decides"));
        } else {
            buffer_printf(text, _("override %lld decides"), (long long)score->override_id);
        }
        break;
    }
}
