/* Pinyin initials, so that `htb` finds 呼图壁. By ICU's Han-Latin. */
#ifndef XINFENG_REGISTRY_INITIALS_H
#define XINFENG_REGISTRY_INITIALS_H

#include "base/buffer.h"

/* Appends the lower-case initials of a name: one letter a Han character, letters and digits as
 * they are, everything else left out. */
void initials_append(struct buffer *buffer, const char *name);

#endif
