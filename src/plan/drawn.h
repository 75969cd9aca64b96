/* What a plan's draw is made of and what came out of it. Owns the tables plan_frame, plan_stratum
 * and plan_unit. */
#ifndef XINFENG_PLAN_DRAWN_H
#define XINFENG_PLAN_DRAWN_H

#include "draw/draw.h"
#include "draw/record.h"
#include "plan/plan.h"

/* Keeps the frozen frame of a plan. */
enum result drawn_keep_frame(struct store *store, int64_t plan, const struct draw_frame *frame,
                             struct error *error);

/* Loads the frozen frame; free with draw_frame_free. RESULT_DAMAGED when its digest is not the
 * plan's. */
enum result drawn_load_frame(struct store *store, const struct plan *plan,
                             struct draw_frame **frame, struct error *error);

/* Keeps what was drawn: strata, and units with the enterprises they are. */
enum result drawn_keep_result(struct store *store, int64_t plan, const struct draw_frame *frame,
                              const struct draw_result *result, struct error *error);

/* The replacements and extensions that a plan has, in the order of strata and ranks, for drawing
 * again. They and their texts live in the arena. */
enum result drawn_extras(struct store *store, int64_t plan, struct arena *arena,
                         struct draw_extra **extras, size_t *count, struct error *error);

/* Keeps the picks of a result that the plan does not have yet, and puts all places in order anew:
 * by strata and ranks. added gets the ids of the new units, which live in the arena; room for as
 * many as there are. */
enum result drawn_keep_more(struct store *store, int64_t plan, const struct draw_frame *frame,
                            const struct draw_result *result, struct arena *arena,
                            const char **added, size_t *added_count, struct error *error);

/* A stratum of a drawn plan. Texts live in the arena. */
struct drawn_stratum {
    const char *code;
    const char *region;
    enum risk_class risk_class;
    const char *grade; /* "" unless strata are by grade */
    bool certain;
    int64_t population;
    int64_t drawn;
    const char *cutoff_ticket;
};

/* What a drawn plan has of a class. */
struct drawn_class {
    int64_t population; /* in the frame */
    int64_t drawn;      /* in the plan, without units that another stands in for */
    int64_t extended;   /* of these, by an extension */
};

enum result drawn_count_classes(struct store *store, int64_t plan,
                                struct drawn_class counts[static CLASS_COUNT], struct error *error);

/* A drawn unit, in the order of the strata and the ranks in them. */
struct drawn_unit {
    int64_t place; /* from 1, over the whole plan */
    const char *unit;
    int64_t enterprise;
    const char *name;
    enum risk_class risk_class;
    const char *stratum;
    int64_t rank;
    const char *ticket;
    const char *method; /* random, certainty, ... */
    const char *region; /* division code, as the enterprise has it today */
    const char *address;
    const char *phone;
    bool stub;
    const char *replaces;     /* unit it stands in for; NULL */
    const char *replaced_by;  /* unit that stands in for it; NULL */
    const char *extra_reason; /* why it came in later, or why it was replaced; NULL */
};

/* Loads the strata of a plan, in the order of their codes. */
enum result drawn_load_strata(struct store *store, int64_t plan, struct arena *arena,
                              struct drawn_stratum **strata, size_t *count, struct error *error);

/* Loads up to `most` drawn units with places above `after` (0: from the first). */
enum result drawn_load_units(struct store *store, int64_t plan, int64_t after, struct arena *arena,
                             struct drawn_unit *units, size_t most, size_t *count,
                             struct error *error);

/* What the registry says today of a drawn enterprise. */
struct drawn_contact {
    int64_t enterprise;
    const char *region;
    const char *address;
    const char *phone;
    bool stub;
};

/* For lists of very many units, which would look every enterprise up where it lies: loads what the
 * registry says of all enterprises drawn, by their ids, and then units without that (region,
 * address and phone NULL). Contacts live in the arena. */
enum result drawn_load_contacts(struct store *store, const struct plan *plan, struct arena *arena,
                                struct drawn_contact **contacts, size_t *count,
                                struct error *error);
enum result drawn_load_listed(struct store *store, int64_t plan, int64_t after, struct arena *arena,
                              struct drawn_unit *units, size_t most, size_t *count,
                              struct error *error);

/* Fills what the registry says of a unit. */
void drawn_fill_contact(struct drawn_unit *unit, const struct drawn_contact *contacts,
                        size_t count);

/* The drawn unit that a word names: its id, or the name of one alone. RESULT_NOT_FOUND when none of
 * the plan is so called. */
enum result drawn_find_unit(struct store *store, const struct plan *plan, const char *word,
                            struct arena *arena, struct drawn_unit *unit, struct error *error);

/* Makes the sealed record of a drawn plan, naming frame_file as the file of its frame. Free with
 * draw_record_free. */
enum result drawn_record(struct store *store, const struct plan *plan,
                         const struct draw_frame *frame, const char *frame_file,
                         struct draw_record **record, struct error *error);

#endif
