#include "base/large_memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* A large page of the usual processors. */
#define LARGE_PAGE ((size_t)2 << 20)

void *large_memory_new(size_t size) {
    if (size < LARGE_PAGE) {
        return calloc(1, size == 0 ? 1 : size);
    }
    if (size > (size_t)-1 - LARGE_PAGE) {
        return NULL;
    }
    size_t whole = (size + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
    void *memory = aligned_alloc(LARGE_PAGE, whole);
    if (memory != NULL) {
#ifdef MADV_HUGEPAGE
        /* Where it is refused, small pages do. */
        (void)madvise(memory, whole, MADV_HUGEPAGE);
#endif
        memset(memory, 0, size);
    }
    return memory;
}
