#include "report/public_paper.h"

#include "base/gettext.h"
#include "report/public_words.h"

/* Rows of a sheet that are left for the list: head, titles and foot take some. */
#define MOST_ROWS (SHEET_MOST_ROWS - 10)

static enum result check_state(const struct plan *plan, struct error *error) {
    if (plan->state == PLAN_VOID) {
        return error_set(error, RESULT_REFUSED,
                         _("Plan %s is void; nothing of it goes to the public."), plan->number);
    }
    return plan->committed_at != NULL
               ? RESULT_OK
               : error_set(error, RESULT_REFUSED,
                           _("Plan %s is not committed yet; commit its digests first."),
                           plan->number);
}

static enum result check_words(const struct public_paper *paper, struct error *error) {
    if (public_words_tell(paper->title)) {
        return error_set(error, RESULT_REFUSED,
                         _("The title \"%s\" speaks of classes or scores, which the public may not "
                           "see; give another one for the public with --title."),
                         paper->title);
    }
    if (public_words_tell(paper->source)) {
        return error_set(error, RESULT_REFUSED,
                         _("The source of the seed, \"%s\", speaks of classes or scores, which the "
                           "public may not see."),
                         paper->source);
    }
    for (size_t i = 0; i < paper->row_count; i++) {
        const struct announced_result *row = &paper->rows[i];
        if (public_words_tell(row->result) || public_words_tell(row->matter)) {
            return error_set(error, RESULT_REFUSED,
                             _("%s: its result or matter speaks of classes or scores, which the "
                               "public may not see; correct it and import the result again."),
                             row->unit);
        }
    }
    return RESULT_OK;
}

enum result public_paper_load(struct public_paper *paper, struct store *store,
                              const struct actor *actor, int64_t plan, const char *title,
                              struct arena *arena, struct error *error) {
    *paper = (struct public_paper){.actor = actor, .arena = arena};
    enum result code = plan_load(store, plan, arena, &paper->plan, error);
    if (code == RESULT_OK) {
        code = check_state(&paper->plan, error);
    }
    if (code == RESULT_OK) {
        code =
            announced_units(store, &paper->plan, arena, &paper->units, &paper->unit_count, error);
    }
    if (code == RESULT_OK) {
        code = announced_results(store, &paper->plan, arena, &paper->rows, &paper->row_count,
                                 &paper->checked, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    if (paper->unit_count > MOST_ROWS || paper->row_count > MOST_ROWS) {
        return error_set(
            error, RESULT_REFUSED,
            _("Plan %s: a sheet has room for %d rows, and its list has more; split the "
              "plan by region."),
            paper->plan.number, MOST_ROWS);
    }
    paper->title = title == NULL ? paper->plan.title : title;
    paper->bureau = _("Market Regulation Bureau");
    paper->source = paper->plan.seed != NULL && paper->plan.seed_source == NULL
                        ? _("not recorded")
                        : paper->plan.seed_source;
    return check_words(paper, error);
}

enum result public_paper_book(const struct public_paper *paper, const char *kind, const char *path,
                              const char *folder, struct book **book, struct error *error) {
    const struct plan *plan = &paper->plan;
    const char *heading = paper->source == NULL
                              ? arena_printf(paper->arena, _("Plan %s"), plan->number)
                              : arena_printf(paper->arena, _("Plan %s. Source of the seed: %s"),
                                             plan->number, paper->source);
    const struct book_facts facts = {
        .title = kind,
        .subject = paper->title,
        .author = "",
        .company = paper->bureau,
        .keywords = plan->number,
        .comments = "",
        .heading = heading,
        .verification = arena_printf(paper->arena, _("Draw %s, frame digest %.*s"), plan->draw_id,
                                     16, plan->frame_digest),
        .created = clock_today(&paper->actor->clock),
        .outward = true,
    };
    if (arena_failed(paper->arena)) {
        return error_no_memory(error);
    }
    return book_new(book, path, folder, &facts, error);
}

enum result public_paper_close(const struct public_paper *paper, struct book *book,
                               struct error *error) {
    enum result code = arena_failed(paper->arena) ? error_no_memory(error) : RESULT_OK;
    enum result closed = book_close(book, code == RESULT_OK ? error : NULL);
    return code == RESULT_OK ? closed : code;
}
