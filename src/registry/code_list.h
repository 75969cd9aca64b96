/* A code list carried inside the program: lines of CODE<tab>NAME sorted by code. */
#ifndef XINFENG_REGISTRY_CODE_LIST_H
#define XINFENG_REGISTRY_CODE_LIST_H

#include <stddef.h>

struct code_list_entry {
    const char *code;
    const char *name;
};

/* A list that splits its text on first use and then lives as long as the program. */
struct code_list {
    const char *text; /* the embedded lines */
    struct code_list_entry *entries;
    size_t count;
};

/* The entry of a code; NULL when there is none or memory is short. Static. */
const struct code_list_entry *code_list_find(struct code_list *list, const char *code);

/* The index of the first entry whose code is not smaller than code; the count when none is. */
size_t code_list_lower(struct code_list *list, const char *code);

#endif
