#include "report/commitment_sheet.h"

#include "base/gettext.h"
#include "report/plan_words.h"

#include <jansson.h>

static const struct sheet_column columns[] = {{NULL, 16, 16, SHEET_LABEL},
                                              {NULL, 72, 72, SHEET_TEXT}};

static void put(struct sheet *sheet, const char *label, enum sheet_style style, const char *text) {
    SHEET_PUT(sheet, sheet_text(SHEET_LABEL, label), sheet_text(style, text));
}

/* Who was left out, in words. */
static const char *left_out(const struct public_paper *paper) {
    json_t *json =
        paper->plan.excluded == NULL ? json_object() : json_loads(paper->plan.excluded, 0, NULL);
    size_t room = json_object_size(json);
    struct draw_record record = {0};
    struct draw_record_exclusion *excluded =
        arena_alloc(paper->arena, (room + 1) * sizeof(*excluded));
    const char *reason;
    json_t *count;
    if (excluded != NULL) {
        json_object_foreach(json, reason, count) {
            excluded[record.excluded_count++] = (struct draw_record_exclusion){
                .reason = arena_strdup(paper->arena, reason),
                .count = (uint64_t)json_integer_value(count),
            };
        }
    }
    record.excluded = excluded;
    const char *words =
        arena_failed(paper->arena) ? "" : plan_words_excluded(&record, paper->arena);
    json_decref(json);
    return words;
}

static void put_digests(struct sheet *sheet, const struct plan *plan) {
    put(sheet, _("Frame digest"), SHEET_DIGEST, plan->frame_digest);
    put(sheet, _("Measures digest"), SHEET_DIGEST, plan->measures_digest);
    if (plan->roster_digest != NULL) {
        put(sheet, _("Roster digest"), SHEET_DIGEST, plan->roster_digest);
    }
}

static void put_ways(struct sheet *sheet) {
    put(sheet, _("How it is drawn"), SHEET_TEXT,
        _("The seed gives every enterprise of the frame a ticket that nobody can foresee or "
          "choose. "
          "In each part of the frame those with the smallest tickets are drawn, as many as the "
          "measures say that were fixed before."));
    put(sheet, _("How the seed is won"), SHEET_TEXT,
        _("At least 20 digits are drawn in public after this sheet is published; leading zeros "
          "count. Means, place and time, announced by hand: "
          "________________________________________"));
    put(sheet, _("How to verify"), SHEET_TEXT,
        _("The digests are SHA-256. Whoever holds the frame file compares its sha256sum with the "
          "frame digest; a ticket is computed with the line below, where key is the SHA-256 of "
          "draw-ticket/1, draw id, unit and seed, each followed by a line feed. The stand-alone "
          "script verify_draw.py computes the whole draw again for those who are entitled to the "
          "frame."));
    put(sheet, _("Ticket"), SHEET_DIGEST, "printf %s%s $key $code | sha256sum");
}

static void put_signatures(struct sheet *sheet) {
    sheet_gap(sheet, 30);
    sheet_line(sheet, SHEET_PARAGRAPH,
               _("We commit to draw from this frame by these measures and to take the first valid "
                 "seed that is drawn as announced. What changes after this shows in the digests."));
    sheet_gap(sheet, 30);
    sheet_line(sheet, SHEET_SIGNATURE,
               _("Officer in charge: ____________________    Witness: ____________________"));
    sheet_gap(sheet, 30);
    sheet_line(sheet, SHEET_SIGNATURE,
               _("Inspecting body (seal): ____________________    Date: ____________________"));
}

enum result commitment_sheet_write(const struct public_paper *paper, const char *path,
                                   const char *folder, struct error *error) {
    const struct plan *plan = &paper->plan;
    struct book *book = NULL;
    enum result code =
        public_paper_book(paper, _("Commitment to the draw"), path, folder, &book, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct sheet *sheet = book_add_sheet(book, _("Commitment"));
    sheet_set_columns(sheet, columns, sizeof(columns) / sizeof(columns[0]));
    sheet_settle(sheet);
    sheet_portrait(sheet);
    sheet_fit_page(sheet);
    sheet_line(sheet, SHEET_TITLE, _("Commitment to the draw"));
    sheet_line(sheet, SHEET_SUBTITLE, _("To be published before the seed is drawn"));
    sheet_gap(sheet, 8);
    put(sheet, _("Inspecting body"), SHEET_TEXT, paper->bureau);
    put(sheet, _("Task number"), SHEET_CODE, plan->number);
    put(sheet, _("Inspection task"), SHEET_TEXT, paper->title);
    put(sheet, _("Draw id"), SHEET_DIGEST, plan->draw_id);
    put(sheet, _("Committed at"), SHEET_TEXT, plan_words_moment(plan->committed_at, paper->arena));
    put(sheet, _("Units in the frame"), SHEET_TEXT,
        plan_words_count(plan->population, paper->arena));
    put(sheet, _("Left out before the draw"), SHEET_TEXT, left_out(paper));
    put_digests(sheet, plan);
    put_ways(sheet);
    put_signatures(sheet);
    return public_paper_close(paper, book, error);
}
