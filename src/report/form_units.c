#include "report/form_units.h"

#include "base/gettext.h"
#include "plan/teams.h"

enum result form_units_load(struct form_units *units, struct store *store,
                            const struct plan_material *material, struct error *error) {
    struct arena *arena = material->arena;
    const struct plan *plan = &material->plan;
    size_t most = (size_t)plan->drawn;
    size_t count = 0;
    const char **teams = NULL;
    struct drawn_unit *drawn = arena_alloc(arena, (most + 1) * sizeof(*drawn));
    *units = (struct form_units){.items = arena_alloc(arena, (most + 1) * sizeof(*units->items))};
    enum result code =
        drawn == NULL || units->items == NULL
            ? error_no_memory(error)
            : drawn_load_units(store, plan->id, 0, arena, drawn, most, &count, error);
    if (code == RESULT_OK) {
        code = teams_names(store, plan, 1, count, arena, &teams, error);
    }
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        if (drawn[i].replaced_by == NULL) {
            units->items[units->count++] =
                (struct form_unit){drawn[i], teams == NULL ? NULL : teams[i]};
        }
    }
    return code == RESULT_OK ? ceiling_load(store, &plan->scope, arena, &units->ceiling, error)
                             : code;
}

/* The tab of the words, the same in every language as other sheets refer to it. */
#define WORDS_SHEET "words"

static const enum inspection_list lists[] = {INSPECTION_RESULTS, INSPECTION_METHODS,
                                             INSPECTION_FOLLOW_UPS};

#define LISTS (sizeof(lists) / sizeof(lists[0]))

void form_words_put(struct book *book) {
    static const struct sheet_column columns[LISTS] = {
        {N_("Result of the inspection"), 36, 36, SHEET_TEXT},
        {N_("Methods of inspection"), 20, 20, SHEET_TEXT},
        {N_("Follow-up"), 24, 24, SHEET_TEXT},
    };
    struct sheet *sheet = book_add_sheet(book, WORDS_SHEET);
    sheet_set_columns(sheet, columns, LISTS);
    sheet_settle(sheet);
    sheet_hide(sheet);
    sheet_header(sheet);
    for (size_t row = 0;; row++) {
        struct sheet_cell cells[LISTS];
        bool any = false;
        for (size_t i = 0; i < LISTS; i++) {
            size_t count = 0;
            const struct inspection_code *codes = inspection_codes(lists[i], &count);
            cells[i] = sheet_text(SHEET_TEXT, row < count ? codes[row].word : NULL);
            any = any || row < count;
        }
        if (!any) {
            return;
        }
        sheet_put(sheet, cells, LISTS);
    }
}

void form_words_offer(struct sheet *sheet, size_t column, uint32_t rows,
                      enum inspection_list list) {
    size_t count = 0;
    inspection_codes(list, &count);
    sheet_offer(sheet, column, rows, WORDS_SHEET, (size_t)list, count);
}

enum result form_book(struct book **book, const struct actor *actor,
                      const struct plan_material *material, const char *kind, bool outward,
                      const char *path, const char *folder, struct error *error) {
    struct arena *arena = material->arena;
    const struct book_facts facts = {
        .title = kind,
        .subject = arena_printf(arena, _("Inspection plan %s"), material->plan.number),
        .author = outward ? "" : actor->name,
        .company = material->bureau,
        .keywords = material->plan.number,
        .comments = "",
        .heading = arena_printf(arena, _("Plan %s"), material->plan.number),
        .verification = arena_printf(arena, _("Draw %s, frame digest %.*s"), material->plan.draw_id,
                                     16, material->plan.frame_digest),
        .created = clock_today(&actor->clock),
        .outward = outward,
    };
    return arena_failed(arena) ? error_no_memory(error)
                               : book_new(book, path, folder, &facts, error);
}

enum result form_close(struct book *book, const struct plan_material *material, enum result code,
                       struct error *error) {
    if (code == RESULT_OK && arena_failed(material->arena)) {
        code = error_no_memory(error);
    }
    enum result closed = book_close(book, code == RESULT_OK ? error : NULL);
    return code == RESULT_OK ? closed : code;
}
