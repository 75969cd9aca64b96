/* Where an enterprise stands in the professional fields: the grades that a period computed, each
 * explained, and those that the authority judged, which take precedence. */
#ifndef XINFENG_SCORE_PROFESSIONAL_STANDING_H
#define XINFENG_SCORE_PROFESSIONAL_STANDING_H

#include "score/explanation.h"

/* The standing in one field. */
struct professional_standing {
    const char *field;
    const char *grade;       /* in force: as judged, else as computed */
    struct explanation *own; /* of the computed grade, by the field's policy; NULL: none computed */
    const char *judged;      /* grade that the authority gave and that holds on the day, or NULL */
    const char *agency;      /* who judged, or NULL */
    date judged_on;          /* or DATE_NONE */
    date until;              /* the last day it holds; DATE_NONE: no end */
};

/* Loads the standings of an explained enterprise in the explanation's period, computed ones first,
 * into the arena; both are borrowed. A judged grade belongs to a computed one when its field is the
 * same or begins with it (食品经营 to 食品). Release with professional_standing_clear. */
enum result professional_standing_load(struct store *store, const struct explanation *explanation,
                                       struct arena *arena,
                                       struct professional_standing **standings, size_t *count,
                                       struct error *error);

/* Frees the policies of what is explained. Harmless on none. */
void professional_standing_clear(struct professional_standing *standings, size_t count);

#endif
