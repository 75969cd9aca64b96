/* The bureau of the sample county: its inspectors, whom each is recused from, and the matters it
 * inspects (两库一单). */
#ifndef XINFENG_SAMPLE_STAFF_H
#define XINFENG_SAMPLE_STAFF_H

#include "guard/actor.h"
#include "sample-db/firm.h"
#include "store/store.h"

/* Fills the libraries of a county whose firms stand already, their ids from 1 on. Call inside the
 * change that fills the county. */
enum result sample_staff_fill(struct store *store, const struct sample_setting *setting,
                              const struct actor *actor, struct error *error);

#endif
