/* Taking an intake back, from the question to what came of it. */
#ifndef XINFENG_UI_VIEW_BATCH_UNDO_H
#define XINFENG_UI_VIEW_BATCH_UNDO_H

#include "intake/batch_list.h"
#include "ui/kit/view.h"

/* Asks once, in words that name what goes, and undoes the intake; or lists what rests on it. True
 * when it was undone; either way the person is told. */
bool batch_undo(struct view *view, const struct batch_entry *entry);

#endif
