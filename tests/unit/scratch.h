/* A scratch folder for tests that need files; it goes with everything in it. */
#ifndef XINFENG_TESTS_SCRATCH_H
#define XINFENG_TESTS_SCRATCH_H

#include "unit/unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char scratch_folder[] = "/tmp/xinfeng-intake-XXXXXX";

static inline int scratch_make(void **state) {
    (void)state;
    return mkdtemp(scratch_folder) == NULL ? -1 : 0;
}

/* The path of a file in the folder; each name in a place of its own until eight more are asked. */
static inline const char *scratch_path(const char *name) {
    static char paths[8][320];
    static unsigned next;
    char *path = paths[next++ % 8];
    snprintf(path, sizeof(paths[0]), "%s/%s", scratch_folder, name);
    return path;
}

static inline int scratch_empty(void **state) {
    (void)state;
    DIR *folder = opendir(scratch_folder);
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] != '.') {
            unlink(scratch_path(entry->d_name));
        }
    }
    closedir(folder);
    return 0;
}

static inline int scratch_remove(void **state) {
    (void)state;
    return rmdir(scratch_folder);
}

/* Writes bytes to a file of the folder and returns its path. */
static inline const char *scratch_write(const char *name, const void *data, size_t length) {
    const char *path = scratch_path(name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    return path;
}

static inline const char *scratch_write_text(const char *name, const char *text) {
    return scratch_write(name, text, strlen(text));
}

/* The whole of a file as a string on the heap; NULL when there is none. */
static inline char *scratch_read(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return text;
}

#endif
