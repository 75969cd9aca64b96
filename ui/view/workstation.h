/* The workstation: the application behind all views. */
#ifndef XINFENG_UI_VIEW_WORKSTATION_H
#define XINFENG_UI_VIEW_WORKSTATION_H

#include "guard/actor.h"
#include "score/period.h"
#include "store/store.h"
#include "ui/kit/screen.h"

/* What every view reaches through its screen (workstation_of). */
struct workstation {
    struct store *store;
    struct actor actor; /* who acts; the name is owned by this struct */
    char *actor_name;
    struct period period;  /* the newest; id 0: none was run yet */
    struct policy *policy; /* in force; owned */
    date day;              /* on which both were loaded last */
};

/* The workstation of a view. */
struct workstation *workstation_of(const struct view *view);

/* Loads period and policy anew: after a run, or when another program may have made one. Overrides
 * whose day has come are caught up with before. */
enum result workstation_refresh(struct workstation *workstation, struct error *error);

/* The same when another day has begun since: a workstation may stand open overnight. Pages that
 * show classes call it before they load. */
enum result workstation_today(struct workstation *workstation, struct error *error);

/* Runs the scoring of this month with a bar on the screen, asking first when the month was scored
 * before; says on the message line what came of it. */
void workstation_score(struct screen *screen);

/* Opens the workstation over an open database until it is left. */
enum result workstation_run(struct store *store, const struct actor *actor, struct error *error);

#endif
