#include "report/explanation_sheet.h"

#include "base/gettext.h"
#include "report/explanation_page.h"
#include "score/explanation_digest.h"

#include <stdlib.h>

/* Digits of a digest in the foot of a page: enough to tell two papers apart. */
#define DIGEST_START 16

static enum result start(struct book **book, const struct paper_out *out, const struct actor *actor,
                         const struct explanation_paper *paper, struct error *error) {
    const struct explanation *explanation = paper->explanation;
    char period[PERIOD_TEXT_SIZE];
    period_format(explanation->period.id, period);
    const struct book_facts facts = {
        .title = _("Explanation of a credit risk classification"),
        .subject = arena_printf(paper->arena, "%s %s", explanation->enterprise.name, period),
        .author = actor->name,
        .company = _("Market Regulation Bureau"),
        .keywords = enterprise_unit(&explanation->enterprise, paper->arena),
        .comments = arena_printf(paper->arena, _("Result digest %s"), paper->digest),
        .heading = arena_printf(paper->arena, "%s  %s", explanation->enterprise.name, period),
        .verification =
            arena_printf(paper->arena, _("Result digest %.*s, policy digest %.*s"), DIGEST_START,
                         paper->digest, DIGEST_START, explanation->policy->digest),
        .created = clock_today(&actor->clock),
    };
    return arena_failed(paper->arena) ? error_no_memory(error)
                                      : book_new(book, out->file.part, out->folder, &facts, error);
}

static enum result write_book(const struct paper_out *out, const struct actor *actor,
                              const struct explanation_paper *paper, struct error *error) {
    struct book *book = NULL;
    bool folded = false;
    enum result code = start(&book, out, actor, paper, error);
    if (code != RESULT_OK) {
        return code;
    }
    book_set_property(book, "result_digest", paper->digest);
    book_set_property(book, "policy_digest", paper->explanation->policy->digest);
    code = explanation_page_put(book_add_sheet(book, _("Explanation")), paper, &folded, error);
    if (code == RESULT_OK && folded) {
        code = explanation_page_put_all(book_add_sheet(book, _("In full")), paper, error);
    }
    enum result closed = book_close(book, code == RESULT_OK ? error : NULL);
    return code == RESULT_OK ? closed : code;
}

/* What the journal keeps of it. */
static json_t *describe(const struct explanation_paper *paper) {
    const struct explanation *explanation = paper->explanation;
    char period[PERIOD_TEXT_SIZE];
    return json_pack("{s:s, s:s, s:I, s:s}", "period",
                     period_format(explanation->period.id, period), "result", paper->digest,
                     "centipoints", (json_int_t)explanation->result.total, "class",
                     risk_class_letter(explanation->result.final_class));
}

/* Writes and hands out the paper of a loaded explanation. */
static enum result make(struct paper_out *out, struct store *store, const struct actor *actor,
                        struct explanation_paper *paper, const struct paper_place *place,
                        struct error *error) {
    char digest[DIGEST_HEX_SIZE];
    char period[PERIOD_TEXT_SIZE];
    const struct explanation *explanation = paper->explanation;
    enum result code = explanation_digest(explanation, digest, error);
    paper->digest = digest;
    if (code == RESULT_OK) {
        code = paper_out_begin(out, place, &explanation->enterprise,
                               period_format(explanation->period.id, period), error);
    }
    if (code == RESULT_OK) {
        code = write_book(out, actor, paper, error);
    }
    return code == RESULT_OK ? paper_out_hand(out, store, actor, "explanation.export",
                                              &explanation->enterprise, describe(paper), error)
                             : code;
}

enum result explanation_sheet_write(struct store *store, const struct actor *actor,
                                    int64_t enterprise, int64_t period,
                                    const struct paper_place *place, char **path,
                                    struct error *error) {
    struct paper_out out = {0};
    struct explanation explanation = {0};
    struct professional_standing *standings = NULL;
    size_t standing_count = 0;
    struct arena *arena = arena_new();
    enum result code = arena == NULL ? error_no_memory(error) : store_begin_read(store, error);
    if (code == RESULT_OK) {
        code = explanation_load(store, enterprise, period, arena, &explanation, error);
        if (code == RESULT_OK) {
            code = professional_standing_load(store, &explanation, arena, &standings,
                                              &standing_count, error);
        }
        code = store_finish(store, code, error);
    }
    if (code == RESULT_OK) {
        struct explanation_paper paper = {.explanation = &explanation,
                                          .standings = standings,
                                          .standing_count = standing_count,
                                          .arena = arena};
        code = make(&out, store, actor, &paper, place, error);
    }
    *path = paper_out_end(&out);
    professional_standing_clear(standings, standing_count);
    explanation_clear(&explanation);
    arena_free(arena);
    return code;
}
