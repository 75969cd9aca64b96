#include "report/reminder.h"

#include "base/gettext.h"
#include "book/sheet.h"
#include "registry/fact_type.h"
#include "report/reminder_advice.h"
#include "score/explanation.h"

#include <stdlib.h>
#include <string.h>

enum column {
    COLUMN_SERIAL,
    COLUMN_WHAT,
    COLUMN_DOCUMENT,
    COLUMN_BODY,
    COLUMN_SINCE,
    COLUMN_UNTIL,
    COLUMN_ADVICE,
    COLUMN_COUNT
};

static const struct sheet_column columns[COLUMN_COUNT] = {
    [COLUMN_SERIAL] = {N_("Serial"), 4, 4, SHEET_ORDINAL},
    [COLUMN_WHAT] = {N_("On record"), 20, 20, SHEET_TEXT},
    [COLUMN_DOCUMENT] = {N_("Document number"), 16, 16, SHEET_TEXT},
    [COLUMN_BODY] = {N_("Recorded by"), 14, 14, SHEET_TEXT},
    [COLUMN_SINCE] = {N_("Since"), 10, 10, SHEET_DATE},
    [COLUMN_UNTIL] = {N_("Until"), 10, 10, SHEET_DATE},
    [COLUMN_ADVICE] = {N_("What you can do"), 34, 34, SHEET_TEXT},
};

/* A letter being written. */
struct letter {
    const struct actor *actor;
    date today;
    struct explanation explanation;
    struct arena *arena;
    const struct fact **facts; /* it names, newest first */
    size_t fact_count;
};

/* ---- what it names --------------------------------------------------------------------------- */

/* True when a fact is excluded today by a person's decision. */
static bool excluded(const struct letter *letter, const struct fact *fact) {
    for (size_t i = 0; i < letter->explanation.override_count; i++) {
        const struct override *override = &letter->explanation.overrides[i];
        bool approved = override->state == OVERRIDE_APPROVED || override->state == OVERRIDE_EXPIRED;
        bool holds = approved && override->valid_from <= letter->today &&
                     (override->valid_to == DATE_NONE || override->valid_to > letter->today);
        if (holds && override->kind == OVERRIDE_EXCLUDE_FACT && override->fact == fact->id) {
            return true;
        }
    }
    return false;
}

/* True when a fact belongs to an indicator that raised the points. */
static bool raised(const struct explanation *explanation, const struct fact *fact) {
    for (size_t i = 0; i < explanation->result.indicator_count; i++) {
        const struct result_indicator *one = &explanation->result.indicators[i];
        for (size_t j = 0; one->raw > 0 && j < one->fact_count; j++) {
            if (one->facts[j].fact == fact->id) {
                return true;
            }
        }
    }
    return false;
}

/* True when a fact is one of the deciding direct rule's. */
static bool decided(const struct explanation *explanation, const struct fact *fact) {
    const struct result_row *result = &explanation->result;
    size_t rule = result->rule == NULL ? explanation->policy->direct_count
                                       : policy_direct_find(explanation->policy, result->rule);
    return rule < explanation->policy->direct_count && fact->occurred_on <= result->day &&
           score_fact_in_force(fact, result->day) &&
           (explanation->policy->direct[rule].types >> fact->type & 1) != 0;
}

static enum result choose(struct letter *letter, struct error *error) {
    const struct explanation *explanation = &letter->explanation;
    letter->facts =
        arena_alloc(letter->arena, (explanation->fact_count + 1) * sizeof(*letter->facts));
    if (letter->facts == NULL) {
        return error_no_memory(error);
    }
    for (size_t i = 0; i < explanation->fact_count; i++) {
        const struct fact *fact = &explanation->facts[i];
        bool stands = fact->status == FACT_STATUS_valid && !excluded(letter, fact);
        if (stands && reminder_advice_of(fact->type) != NULL &&
            (raised(explanation, fact) || decided(explanation, fact))) {
            letter->facts[letter->fact_count++] = fact;
        }
    }
    return letter->fact_count > 0
               ? RESULT_OK
               : error_set(error, RESULT_REFUSED,
                           _("Nothing is on record of %s that it could be reminded of."),
                           explanation->enterprise.name);
}

/* ---- the letter ------------------------------------------------------------------------------ */

static void put_head(struct sheet *sheet, const struct letter *letter) {
    const struct enterprise *enterprise = &letter->explanation.enterprise;
    char day[DATE_TEXT_SIZE];
    sheet_line(sheet, SHEET_TITLE, _("Reminder of credit risks"));
    sheet_gap(sheet, 8);
    sheet_line(sheet, SHEET_SECTION,
               arena_printf(letter->arena, _("To: %s (code %s)"), enterprise->name,
                            enterprise_unit(enterprise, letter->arena)));
    sheet_line(
        sheet, SHEET_PARAGRAPH,
        arena_printf(letter->arena,
                     _("As of %s the following is on record of you, gathered by departments as the "
                       "law provides. Please see to each matter as is said beside it, manage "
                       "yourselves well, and do business lawfully and in good faith."),
                     date_format(letter->today, day)));
    sheet_gap(sheet, 6);
}

static void put_fact(struct sheet *sheet, const struct letter *letter, size_t place) {
    const struct fact *fact = letter->facts[place];
    const struct reminder_advice *advice = reminder_advice_of(fact->type);
    const char *what = fact_type_name(fact->type);
    bool ended = fact->ended_on != DATE_NONE && fact->ended_on <= letter->today;
    if (fact->title != NULL && !advice->discreet) {
        /* TRANSLATORS: type of fact, what it says. */
        what = arena_printf(letter->arena, _("%s: %s"), what, fact->title);
    }
    SHEET_PUT(sheet, sheet_number(SHEET_ORDINAL, (double)place + 1), sheet_text(SHEET_TEXT, what),
              sheet_text(SHEET_TEXT, fact->document),
              sheet_text(SHEET_TEXT, fact->agency != NULL ? fact->agency : fact->source),
              sheet_day(SHEET_DATE, fact->occurred_on),
              ended ? sheet_day(SHEET_DATE, fact->ended_on)
                    : sheet_text(SHEET_CENTRE, _("not ended")),
              sheet_text(SHEET_TEXT, ended ? _("This has ended and needs no step; please see that "
                                               "it does not happen again.")
                                           : _(advice->text)));
}

static void put_foot(struct sheet *sheet) {
    sheet_gap(sheet, 8);
    sheet_line(sheet, SHEET_PARAGRAPH,
               _("If you hold a record to be wrong or outdated, you can ask the body that recorded "
                 "it to correct it, naming the document. Tell us when a matter is settled and send "
                 "the proofs; records are then updated as the law provides."));
    sheet_line(
        sheet, SHEET_PARAGRAPH,
        _("This reminder is neither a penalty nor a decision, and takes no right from you."));
    sheet_gap(sheet, 14);
    SHEET_PUT(sheet,
              sheet_wide(sheet_text(SHEET_SIGNATURE, _("Contact: ____________")), COLUMN_DOCUMENT),
              sheet_wide(sheet_text(SHEET_SIGNATURE, _("Telephone: ____________")),
                         COLUMN_SINCE - COLUMN_DOCUMENT),
              sheet_wide(sheet_text(SHEET_SIGNATURE, _("Address: ________________________")),
                         COLUMN_COUNT - COLUMN_SINCE));
    sheet_gap(sheet, 14);
    SHEET_PUT(sheet, sheet_wide(sheet_blank(SHEET_SIGNATURE), COLUMN_SINCE),
              sheet_wide(sheet_text(SHEET_SIGNATURE, _("(seal)    Date: ____________")),
                         COLUMN_COUNT - COLUMN_SINCE));
}

static enum result write_book(const struct paper_out *out, const struct letter *letter,
                              struct error *error) {
    struct book *book = NULL;
    const struct book_facts facts = {
        .title = _("Reminder of credit risks"),
        .subject = letter->explanation.enterprise.name,
        .author = "",
        .company = _("Market Regulation Bureau"),
        .keywords = "",
        .comments = "",
        .heading = letter->explanation.enterprise.name,
        .verification = "",
        .created = letter->today,
        .outward = true,
    };
    enum result code = book_new(&book, out->file.part, out->folder, &facts, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct sheet *sheet = book_add_sheet(book, _("Reminder"));
    sheet_set_columns(sheet, columns, COLUMN_COUNT);
    sheet_settle(sheet);
    sheet_portrait(sheet);
    put_head(sheet, letter);
    sheet_header(sheet);
    for (size_t i = 0; i < letter->fact_count; i++) {
        put_fact(sheet, letter, i);
    }
    put_foot(sheet);
    if (arena_failed(letter->arena)) {
        code = error_no_memory(error);
    }
    enum result closed = book_close(book, code == RESULT_OK ? error : NULL);
    return code == RESULT_OK ? closed : code;
}

/* ---- handing it out -------------------------------------------------------------------------- */

/* What the journal keeps: for whom, and which facts were named. */
static json_t *describe(const struct letter *letter) {
    const struct enterprise *enterprise = &letter->explanation.enterprise;
    json_t *facts = json_array();
    for (size_t i = 0; i < letter->fact_count; i++) {
        json_array_append_new(facts, json_integer(letter->facts[i]->id));
    }
    return json_pack("{s:s, s:o}", "for", enterprise->name, "facts", facts);
}

static enum result make(struct paper_out *out, struct store *store, struct letter *letter,
                        const struct paper_place *place, struct error *error) {
    const struct enterprise *enterprise = &letter->explanation.enterprise;
    char tail[32] = "reminder-";
    date_format(letter->today, tail + strlen(tail));
    enum result code = choose(letter, error);
    if (code == RESULT_OK) {
        code = paper_out_begin(out, place, enterprise, tail, error);
    }
    if (code == RESULT_OK) {
        code = write_book(out, letter, error);
    }
    return code == RESULT_OK ? paper_out_hand(out, store, letter->actor, "reminder.export",
                                              enterprise, describe(letter), error)
                             : code;
}

enum result reminder_write(struct store *store, const struct actor *actor, int64_t enterprise,
                           int64_t period, const struct paper_place *place, char **path,
                           size_t *count, struct error *error) {
    struct paper_out out = {0};
    struct letter letter = {
        .actor = actor, .today = clock_today(&actor->clock), .arena = arena_new()};
    enum result code =
        letter.arena == NULL ? error_no_memory(error) : store_begin_read(store, error);
    if (code == RESULT_OK) {
        code = store_finish(
            store,
            explanation_load(store, enterprise, period, letter.arena, &letter.explanation, error),
            error);
    }
    if (code == RESULT_OK) {
        code = make(&out, store, &letter, place, error);
    }
    *path = paper_out_end(&out);
    *count = letter.fact_count;
    explanation_clear(&letter.explanation);
    arena_free(letter.arena);
    return code;
}
