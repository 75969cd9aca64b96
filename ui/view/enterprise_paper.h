/* Writing a paper about the enterprise on the screen into a folder. */
#ifndef XINFENG_UI_VIEW_ENTERPRISE_PAPER_H
#define XINFENG_UI_VIEW_ENTERPRISE_PAPER_H

#include "ui/kit/screen.h"

#include <stdbool.h>
#include <stdint.h>

/* Asks for the folder, writes the explanation of the newest period or (reminder) the letter to the
 * enterprise there, and says where it lies. */
void enterprise_paper(struct screen *screen, int64_t enterprise, bool reminder);

#endif
