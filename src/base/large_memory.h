/* Memory for what is large and reached at random: in large pages, where the system gives them, so
 * that reaching it does not cost a look-up of its address each time. */
#ifndef XINFENG_BASE_LARGE_MEMORY_H
#define XINFENG_BASE_LARGE_MEMORY_H

#include <stddef.h>

/* size bytes, all zero. Free with free; NULL when memory is short. */
void *large_memory_new(size_t size);

#endif
