#include "ui/view/fact_notice.h"

#include "base/gettext.h"
#include "base/text.h"
#include "registry/fact_type.h"
#include "score/override_text.h"
#include "ui/kit/prompt.h"
#include "ui/view/show.h"

#include <inttypes.h>

#define LABEL_COLUMNS 16

/* A line "label   text"; '-' where nothing is known. */
static void add(struct buffer *notice, const char *label, const char *text) {
    buffer_append_text(notice, label);
    for (int column = text_width(label); column < LABEL_COLUMNS; column++) {
        buffer_append_char(notice, ' ');
    }
    buffer_printf(notice, "  %s\n", text == NULL || text[0] == '\0' ? "-" : text);
}

static void add_dates(struct buffer *notice, const struct fact *fact) {
    char day[DATE_TEXT_SIZE];
    add(notice, _("Occurred on"), date_format(fact->occurred_on, day));
    add(notice, _("Ended on"),
        fact->ended_on == DATE_NONE ? _("still in force") : date_format(fact->ended_on, day));
}

/* What it gives to the score, and whether it counts at all. */
static void add_points(struct buffer *notice, const struct explanation *explanation,
                       const struct fact *fact) {
    char points[SHOW_POINTS_SIZE];
    bool counts = false;
    int64_t given = explanation_fact_points(explanation, fact->id, &counts);
    add(notice, _("Points"),
        given != 0 ? show_points(given, points)
        : counts   ? _("counts")
                   : _("does not count"));
}

void fact_parts(const struct explanation *explanation, int64_t id, struct buffer *text) {
    for (size_t i = 0; i < explanation->override_count; i++) {
        const struct override *override = &explanation->overrides[i];
        if (override->part && explanation_held(explanation, override, id)) {
            buffer_append_text(text, text->length == 0 ? _("revoked in part: ") : "; ");
            override_text_part(override, text);
        }
    }
}

/* What was decided about it, by which document. */
static void add_decisions(struct buffer *notice, const struct explanation *explanation,
                          int64_t id) {
    for (size_t i = 0; i < explanation->override_count; i++) {
        const struct override *override = &explanation->overrides[i];
        if (explanation_held(explanation, override, id)) {
            struct buffer text = BUFFER_INIT;
            buffer_printf(&text, "%lld  ", (long long) override->id);
            override_text_what(override, &text);
            buffer_printf(&text, "  %s  %s", override->document, override->reason);
            add(notice, _("Override"), buffer_text(&text));
            buffer_free(&text);
        }
    }
}

static void add_measures(struct buffer *notice, const struct fact *fact) {
    char level[SHOW_POINTS_SIZE];
    char yuan[SHOW_YUAN_SIZE];
    add(notice, _("Level"), fact->level == FACT_NO_LEVEL ? NULL : show_number(fact->level, level));
    add(notice, _("Amount (yuan)"),
        fact->amount == FACT_NO_AMOUNT ? NULL : show_yuan(fact->amount, yuan));
}

void fact_notice(struct screen *screen, const struct explanation *explanation, bool scored,
                 int64_t id) {
    const struct fact *fact = explanation_fact(explanation, id);
    struct buffer notice = BUFFER_INIT;
    char day[DATE_TEXT_SIZE];
    if (fact == NULL) {
        return;
    }
    enum fact_status now = explanation_fact_status(explanation, fact);
    add(&notice, _("Type"), fact_type_name(fact->type));
    add_dates(&notice, fact);
    add(&notice, _("State"), fact_status_name((int)now));
    if ((int)now != fact->status) {
        add(&notice, _("By its source"), fact_status_name(fact->status));
    }
    if (scored) {
        add_points(&notice, explanation, fact);
    }
    add_measures(&notice, fact);
    add_decisions(&notice, explanation, fact->id);
    add(&notice, _("Document number"), fact->document);
    add(&notice, _("What it says"), fact->title);
    add(&notice, _("Agency"), fact->agency);
    add(&notice, _("Source"), fact->source);
    add(&notice, _("Recorded on"), date_format(fact->recorded_on, day));
    if (explanation_fact_changed(explanation, id)) {
        add(&notice, _("Note"), _("changed since the period was closed; this is how it was then"));
    }
    prompt_notice(screen, _("Fact"), buffer_text(&notice));
    buffer_free(&notice);
}
