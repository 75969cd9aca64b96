/* Policies out to files and in from them, asked for on the screen. */
#ifndef XINFENG_UI_VIEW_POLICY_FILE_H
#define XINFENG_UI_VIEW_POLICY_FILE_H

#include "ui/kit/view.h"

#include <stdint.h>

/* Asks for a place and writes a version there, as a workbook or JSON by its ending. */
void policy_export(struct view *view, int64_t version);

/* Asks for a file and takes it in as a draft, whose id is *id. False when nothing was taken in:
 * what is wrong with the file is shown as a list then. */
bool policy_take_in(struct view *view, int64_t *id);

#endif
