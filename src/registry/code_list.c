#include "registry/code_list.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Held while a list is looked at for the first time; several threads may. */
static pthread_mutex_t splitting = PTHREAD_MUTEX_INITIALIZER;

/* Splits a copy of the text in place. A failed allocation leaves the list empty: names are then
 * shown as codes, and the next look-up tries again. */
static void split(struct code_list *list) {
    size_t lines = 0;
    for (const char *at = list->text; *at != '\0'; at++) {
        lines += *at == '\n' ? 1 : 0;
    }
    char *copy = strdup(list->text);
    struct code_list_entry *entries = calloc(lines + 1, sizeof(*entries));
    if (copy == NULL || entries == NULL) {
        free(copy);
        free(entries);
        return;
    }
    char *rest = copy;
    for (char *line = strsep(&rest, "\n"); line != NULL && *line != '\0';
         line = strsep(&rest, "\n")) {
        char *name = line;
        const char *code = strsep(&name, "\t");
        entries[list->count++] = (struct code_list_entry){code, name};
    }
    list->entries = entries;
}

size_t code_list_lower(struct code_list *list, const char *code) {
    pthread_mutex_lock(&splitting);
    if (list->entries == NULL) {
        split(list);
    }
    pthread_mutex_unlock(&splitting);
    size_t low = 0;
    size_t high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(list->entries[middle].code, code) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const struct code_list_entry *code_list_find(struct code_list *list, const char *code) {
    size_t place = code_list_lower(list, code);
    if (place == list->count || strcmp(list->entries[place].code, code) != 0) {
        return NULL;
    }
    return &list->entries[place];
}
