/* Rejected rows on their way out into a file, and in again: what the pages of an intake share. */
#ifndef XINFENG_UI_VIEW_REJECTS_OUT_H
#define XINFENG_UI_VIEW_REJECTS_OUT_H

#include "intake/batch_list.h"
#include "ui/kit/view.h"

/* Asks for a place, writes all rejected rows there and tells the whole path. Where a file stands
 * already or none can be written, says so and asks for another. */
void rejects_out_save(struct view *view, const struct batch_entry *entry);

/* Opens the mended file with the kind and source of the intake: the one saved last, else one that
 * is asked for. */
void rejects_out_take_again(struct view *view, const struct batch_entry *entry);

/* Takes the rows in again whose names were settled, and shows the new intake. When the columns had
 * been guessed, writes them into a file and opens it, for a person to look at the columns. */
void rejects_out_take_waiting(struct view *view, const struct batch_entry *entry);

#endif
