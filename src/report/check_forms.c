#include "report/check_forms.h"

#include "base/gettext.h"
#include "registry/division.h"
#include "report/form_units.h"

/* ---- a page for each household --------------------------------------------------------------- */

enum { FIRST, SECOND, THIRD, FOURTH, FORM_COLUMNS };

static const struct sheet_column form_columns[FORM_COLUMNS] = {
    {NULL, 15, 15, SHEET_LABEL},
    {NULL, 28, 28, SHEET_TEXT},
    {NULL, 15, 15, SHEET_LABEL},
    {NULL, 22, 22, SHEET_TEXT},
};

/* Hundredths of their size at which these columns fill an upright page. */
#define FORM_PERCENT 76

/* Forms on a sheet: each but the first begins a page. */
#define FORMS_ON_SHEET 1000

/* Height of the room for a note, in points. */
#define NOTE_GAP 10

static void put_pair(struct sheet *sheet, const char *label, const char *text, const char *other,
                     const char *other_text) {
    SHEET_PUT(sheet, sheet_text(SHEET_LABEL, label), sheet_text(SHEET_TEXT, text),
              sheet_text(SHEET_LABEL, other), sheet_text(SHEET_TEXT, other_text));
}

/* A matter, with what is looked at, and the cells to fill. */
static void put_matter(struct sheet *sheet, const char *title, const char *basis) {
    form_words_offer(sheet, THIRD, 1, INSPECTION_RESULTS);
    form_words_offer(sheet, FOURTH, 1, INSPECTION_METHODS);
    SHEET_PUT(sheet, sheet_text(SHEET_TEXT, title), sheet_text(SHEET_TEXT, basis),
              sheet_blank(SHEET_TEXT), sheet_blank(SHEET_TEXT));
}

static void put_matters(struct sheet *sheet, const struct plan_material *material,
                        const struct form_units *units) {
    SHEET_PUT(sheet, sheet_text(SHEET_HEADER, _("Matters inspected")),
              sheet_text(SHEET_HEADER, _("What is looked at, and by what law")),
              sheet_text(SHEET_HEADER, _("Result of the inspection")),
              sheet_text(SHEET_HEADER, _("Methods of inspection")));
    for (size_t i = 0; i < units->ceiling.matter_count; i++) {
        const struct plan_matter *matter = &units->ceiling.matters[i];
        put_matter(sheet, matter->title, matter->content);
    }
    if (units->ceiling.matter_count == 0) {
        put_matter(sheet, material->plan.scope.matter, NULL);
    }
}

static void put_form(struct sheet *sheet, const struct plan_material *material,
                     const struct form_units *units, const struct form_unit *unit) {
    struct arena *arena = material->arena;
    const struct drawn_unit *drawn = &unit->drawn;
    sheet_line(sheet, SHEET_TITLE, _("Double-random inspection form"));
    sheet_line(sheet, SHEET_SUBTITLE,
               arena_printf(arena, _("Task number: %s        Inspection task: %s"),
                            material->plan.number, material->plan.title));
    put_pair(sheet, _("Enterprise"), drawn->name, _("USCC / registration no."), drawn->unit);
    put_pair(sheet, _("Domicile"), drawn->address, _("Telephone"), drawn->phone);
    put_pair(sheet, _("Division"), division_label(drawn->region == NULL ? "" : drawn->region),
             _("Inspectors"), unit->team);
    put_matters(sheet, material, units);
    form_words_offer(sheet, SECOND, 1, INSPECTION_RESULTS);
    form_words_offer(sheet, FOURTH, 1, INSPECTION_FOLLOW_UPS);
    put_pair(sheet, _("Result over all"), NULL, _("Follow-up"), NULL);
    put_pair(sheet, _("Completed on"), NULL, _("Legal person or in charge"), NULL);
    SHEET_PUT(sheet, sheet_text(SHEET_LABEL, _("Remarks")),
              sheet_wide(sheet_text(SHEET_TEXT, "\n\n\n"), FORM_COLUMNS - 1));
    sheet_gap(sheet, NOTE_GAP);
    sheet_line(sheet, SHEET_SIGNATURE, _("Inspectors (signed): ____________________"));
    sheet_line(sheet, SHEET_SIGNATURE,
               _("Enterprise (signed or sealed): ____________________    Date: __________"));
}

enum result check_forms_write(struct store *store, const struct actor *actor,
                              const struct plan_material *material, const char *path,
                              const char *folder, struct error *error) {
    const char *kind = _("Check forms");
    struct form_units units;
    struct book *book = NULL;
    struct sheet *sheet = NULL;
    enum result code = form_units_load(&units, store, material, error);
    if (code == RESULT_OK && units.count > (BOOK_MOST_SHEETS - 1) * (size_t)FORMS_ON_SHEET) {
        code =
            error_set(error, RESULT_REFUSED,
                      _("Plan %s drew %zu households, and %d forms fit into one workbook; split "
                        "the plan by region."),
                      material->plan.number, units.count, (BOOK_MOST_SHEETS - 1) * FORMS_ON_SHEET);
    }
    if (code == RESULT_OK) {
        code = form_book(&book, actor, material, kind, true, path, folder, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    for (size_t i = 0; i < units.count; i++) {
        if (i % FORMS_ON_SHEET == 0) {
            sheet = book_add_sheet(book, i == 0 ? kind
                                                : arena_printf(material->arena, "%s %zu", kind,
                                                               i / FORMS_ON_SHEET + 1));
            sheet_set_columns(sheet, form_columns, FORM_COLUMNS);
            sheet_settle(sheet);
            sheet_portrait(sheet);
            sheet_paged(sheet, FORM_PERCENT);
        } else {
            sheet_break(sheet);
        }
        put_form(sheet, material, &units, &units.items[i]);
    }
    form_words_put(book);
    return form_close(book, material, code, error);
}

/* ---- the table that comes back --------------------------------------------------------------- */

enum {
    RETURN_NAME,
    RETURN_CODE,
    RETURN_TASK,
    RETURN_MATTER,
    RETURN_TEAM,
    RETURN_DAY,
    RETURN_METHOD,
    RETURN_RESULT,
    RETURN_FOLLOW_UP,
    RETURN_NOTE,
    RETURN_COLUMNS
};

static const struct sheet_column return_columns[RETURN_COLUMNS] = {
    [RETURN_NAME] = {N_("Enterprise"), 34, 34, SHEET_TEXT},
    [RETURN_CODE] = {N_("Unified social credit code"), 22, 22, SHEET_CODE},
    [RETURN_TASK] = {N_("Task number"), 12, 12, SHEET_CODE},
    [RETURN_MATTER] = {N_("Matters inspected"), 22, 22, SHEET_TEXT},
    [RETURN_TEAM] = {N_("Inspectors"), 18, 18, SHEET_TEXT},
    [RETURN_DAY] = {N_("Completed on"), 13, 13, SHEET_DATE},
    [RETURN_METHOD] = {N_("Method of inspection"), 14, 14, SHEET_TEXT},
    [RETURN_RESULT] = {N_("Result of the inspection"), 30, 30, SHEET_TEXT},
    [RETURN_FOLLOW_UP] = {N_("Follow-up"), 20, 20, SHEET_TEXT},
    [RETURN_NOTE] = {N_("Remarks"), 20, 20, SHEET_TEXT},
};

static void put_row(struct sheet *sheet, const struct plan_material *material,
                    const struct form_unit *unit, const char *matter) {
    SHEET_PUT(sheet, sheet_text(SHEET_TEXT, unit->drawn.name),
              sheet_text(SHEET_CODE, unit->drawn.unit),
              sheet_text(SHEET_CODE, material->plan.number), sheet_text(SHEET_TEXT, matter),
              sheet_text(SHEET_TEXT, unit->team), sheet_blank(SHEET_DATE), sheet_blank(SHEET_TEXT),
              sheet_blank(SHEET_TEXT), sheet_blank(SHEET_TEXT), sheet_blank(SHEET_TEXT));
}

static void put_return(struct sheet *sheet, const struct plan_material *material,
                       const struct form_units *units) {
    size_t matters = units->ceiling.matter_count;
    uint32_t rows = (uint32_t)(units->count * (matters == 0 ? 1 : matters));
    sheet_set_columns(sheet, return_columns, RETURN_COLUMNS);
    sheet_settle(sheet);
    sheet_line(sheet, SHEET_TITLE,
               arena_printf(material->arena, _("Results of inspection plan %s, to be returned"),
                            material->plan.number));
    sheet_header(sheet);
    sheet_freeze(sheet, RETURN_TASK);
    form_words_offer(sheet, RETURN_METHOD, rows, INSPECTION_METHODS);
    form_words_offer(sheet, RETURN_RESULT, rows, INSPECTION_RESULTS);
    form_words_offer(sheet, RETURN_FOLLOW_UP, rows, INSPECTION_FOLLOW_UPS);
    for (size_t i = 0; i < units->count; i++) {
        for (size_t j = 0; j < matters; j++) {
            put_row(sheet, material, &units->items[i], units->ceiling.matters[j].title);
        }
        if (matters == 0) {
            put_row(sheet, material, &units->items[i], material->plan.scope.matter);
        }
    }
}

enum result return_sheet_write(struct store *store, const struct actor *actor,
                               const struct plan_material *material, const char *path,
                               const char *folder, struct error *error) {
    struct form_units units;
    struct book *book = NULL;
    enum result code = form_units_load(&units, store, material, error);
    if (code == RESULT_OK &&
        units.count * (units.ceiling.matter_count + 1) > SHEET_MOST_ROWS - 16) {
        code = error_set(error, RESULT_REFUSED,
                         _("Plan %s has more results than a sheet has rows; split the plan by "
                           "region."),
                         material->plan.number);
    }
    if (code == RESULT_OK) {
        code = form_book(&book, actor, material, _("Results to be returned"), true, path, folder,
                         error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    put_return(book_add_sheet(book, _("Results")), material, &units);
    form_words_put(book);
    return form_close(book, material, code, error);
}
