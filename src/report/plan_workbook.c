#include "report/plan_workbook.h"

#include "base/gettext.h"
#include "book/sheet.h"
#include "report/plan_form.h"
#include "report/plan_list.h"
#include "report/plan_proof.h"
#include "report/plan_strata.h"
#include "report/plan_words.h"

static enum result start(struct book **book, const struct actor *actor,
                         const struct plan_material *material, const char *path, const char *folder,
                         struct error *error) {
    const struct draw_record *record = material->record;
    struct arena *arena = material->arena;
    struct book_facts facts = {
        .title = material->plan.title,
        .subject = arena_printf(arena, _("Inspection plan %s"), material->plan.number),
        .author = actor->name,
        .company = material->bureau,
        .keywords = record->draw_id,
        .comments = arena_printf(arena, _("Frame digest %s"), record->frame_digest),
        .heading =
            arena_printf(arena, _("Plan %s, %s. Source of the seed: %s"), material->plan.number,
                         plan_state_name(material->plan.state), record->seed_source),
        .verification = plan_words_verification(record, arena),
        .created = clock_today(&actor->clock),
    };
    if (facts.subject == NULL || facts.comments == NULL || facts.heading == NULL) {
        return error_no_memory(error);
    }
    return book_new(book, path, folder, &facts, error);
}

static enum result put_sheets(struct book *book, struct store *store,
                              const struct plan_material *material, const struct progress *progress,
                              struct error *error) {
    const struct draw_record *record = material->record;
    book_set_property(book, "draw_id", record->draw_id);
    book_set_property(book, "frame_digest", record->frame_digest);
    book_set_property(book, "measures_digest", record->measures_digest);
    book_set_property(book, "record_digest", record->record_digest);
    plan_form_put(book_add_sheet(book, _("Inspection plan")), material);
    enum result code = plan_list_put(book_add_sheet(book, _("Enterprises drawn")), store, material,
                                     progress, error);
    if (code == RESULT_OK) {
        plan_strata_put(book_add_sheet(book, _("Strata")), material);
        code = plan_proof_put(book_add_sheet(book, _("Verification")), material, error);
    }
    if (code == RESULT_OK) {
        plan_proof_put_text(book_add_sheet(book, PLAN_WORKBOOK_RECORD_SHEET),
                            material->record_text);
    }
    if (code == RESULT_OK && material->teams_text != NULL) {
        plan_proof_put_text(book_add_sheet(book, PLAN_WORKBOOK_TEAMS_SHEET), material->teams_text);
    }
    /* A text that memory was short for would be a blank cell. */
    return code == RESULT_OK && arena_failed(material->arena) ? error_no_memory(error) : code;
}

enum result plan_workbook_write(struct store *store, const struct actor *actor,
                                const struct plan_material *material, const char *path,
                                const char *folder, const struct progress *progress,
                                struct error *error) {
    struct book *book = NULL;
    enum result code = start(&book, actor, material, path, folder, error);
    if (code != RESULT_OK) {
        return code;
    }
    code = put_sheets(book, store, material, progress, error);
    enum result closed = book_close(book, code == RESULT_OK ? error : NULL);
    return code == RESULT_OK ? closed : code;
}
