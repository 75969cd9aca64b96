/* The households of a plan as the papers of the teams list them: with their teams, without those
 * that another stands in for. */
#ifndef XINFENG_REPORT_FORM_UNITS_H
#define XINFENG_REPORT_FORM_UNITS_H

#include "book/sheet.h"
#include "plan/ceiling.h"
#include "plan/drawn.h"
#include "registry/inspection_code.h"
#include "report/plan_material.h"

/* A household. Texts live in the material's arena. */
struct form_unit {
    struct drawn_unit drawn;
    const char *team; /* names; NULL: no team */
};

struct form_units {
    struct form_unit *items; /* by place */
    size_t count;
    struct plan_ceiling ceiling; /* with the matters of the plan */
};

/* Loads them; everything lives in the material's arena. */
enum result form_units_load(struct form_units *units, struct store *store,
                            const struct plan_material *material, struct error *error);

/* Adds a hidden sheet with the words that forms are filled in with, and offers them where a person
 * types: of results, methods or follow-ups, in a column of `sheet`, from the row put next on. */
void form_words_put(struct book *book);
void form_words_offer(struct sheet *sheet, size_t column, uint32_t rows, enum inspection_list list);

/* Starts a paper of a plan: `outward` papers are shown to the enterprise and bear no internal mark.
 */
enum result form_book(struct book **book, const struct actor *actor,
                      const struct plan_material *material, const char *kind, bool outward,
                      const char *path, const char *folder, struct error *error);

/* Ends it; a text that memory was short for would be a blank cell. */
enum result form_close(struct book *book, const struct plan_material *material, enum result code,
                       struct error *error);

#endif
