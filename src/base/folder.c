#include "base/folder.h"

#include "base/gettext.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* Places that are offered, at most. */
#define MOST_PLACES 16

static bool is_likely(const char *name) {
    static const char *const endings[] = {".xlsx", ".xls",   ".csv", ".xlsm", ".et",    ".tsv",
                                          ".txt",  ".jsonl", ".xml", ".json", ".ndjson"};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot != NULL && i < sizeof(endings) / sizeof(endings[0]); i++) {
        if (strcasecmp(dot, endings[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* The sentence for a path that errno says cannot be read: what persons meet has words of its own,
 * in their language. */
static enum result cannot_read(const char *path, struct error *error) {
    switch (errno) {
    case 0:
        return error_set(error, RESULT_INVALID, _("%s is neither a file nor a folder."), path);
    case ENOENT:
        return error_set(error, RESULT_NOT_FOUND, _("%s is not there (any more)."), path);
    case EACCES:
    case EPERM:
        return error_set(error, RESULT_REFUSED,
                         _("You may not read %s; ask whom it belongs to, or copy it elsewhere."),
                         path);
    case ENOTDIR:
        return error_set(error, RESULT_NOT_FOUND,
                         _("%s is not there: a part of the path is no folder."), path);
    default:
        return error_from_errno(error, _("read"), path);
    }
}

/* Tells what a path is; false when it is neither file nor folder, errno 0 when it is there. */
static bool describe(const char *path, const char *name, struct folder_entry *entry) {
    struct stat status;
    errno = 0;
    if (stat(path, &status) != 0) {
        return false;
    }
    entry->name = name;
    entry->folder = S_ISDIR(status.st_mode);
    entry->likely = !entry->folder && is_likely(name);
    entry->size = status.st_size;
    entry->changed = status.st_mtime;
    return S_ISREG(status.st_mode) || entry->folder;
}

/* Looks at one entry; false when it is not to be listed. */
static bool look_at(const char *path, const char *name, struct folder_entry *entry) {
    char *whole = NULL;
    if (name[0] == '.' || asprintf(&whole, "%s/%s", path, name) < 0) {
        return false;
    }
    bool known = describe(whole, name, entry);
    free(whole);
    return known;
}

enum result folder_look(const char *path, struct folder_entry *entry, struct error *error) {
    const char *slash = strrchr(path, '/');
    bool there = describe(path, slash == NULL ? path : slash + 1, entry);
    return there && access(path, entry->folder ? R_OK | X_OK : R_OK) == 0
               ? RESULT_OK
               : cannot_read(path, error);
}

/* Likely files, then folders, then the rest. */
static int rank_of(const struct folder_entry *entry) {
    return entry->likely ? 0 : entry->folder ? 1 : 2;
}

static int compare(const void *left, const void *right) {
    const struct folder_entry *one = left;
    const struct folder_entry *other = right;
    if (rank_of(one) != rank_of(other)) {
        return rank_of(one) - rank_of(other);
    }
    if (one->likely && one->changed != other->changed) {
        return one->changed > other->changed ? -1 : 1;
    }
    return strcoll(one->name, other->name);
}

/* Adds an entry, making room for it. */
static bool add(struct folder_entry **entries, size_t *count, size_t *capacity,
                const struct folder_entry *entry) {
    if (*count == *capacity) {
        size_t wanted = *capacity == 0 ? 64 : *capacity * 2;
        struct folder_entry *more = realloc(*entries, wanted * sizeof(*more));
        if (more == NULL) {
            return false;
        }
        *entries = more;
        *capacity = wanted;
    }
    (*entries)[(*count)++] = *entry;
    return true;
}

static bool read_all(DIR *folder, const char *path, struct arena *arena,
                     struct folder_entry **entries, size_t *count) {
    size_t capacity = 0;
    for (struct dirent *found; (found = readdir(folder)) != NULL;) {
        struct folder_entry entry = {0};
        if (!look_at(path, found->d_name, &entry)) {
            continue;
        }
        entry.name = arena_strdup(arena, found->d_name);
        if (entry.name == NULL || !add(entries, count, &capacity, &entry)) {
            return false;
        }
    }
    return true;
}

enum result folder_list(const char *path, struct arena *arena, struct folder_entry **entries,
                        size_t *count, struct error *error) {
    struct folder_entry *found = NULL;
    *count = 0;
    *entries = NULL;
    errno = 0;
    DIR *folder = opendir(path);
    if (folder == NULL) {
        return cannot_read(path, error);
    }
    bool whole = read_all(folder, path, arena, &found, count);
    closedir(folder);
    if (whole) {
        *entries = arena_alloc(arena, (*count + 1) * sizeof(**entries));
        whole = *entries != NULL;
    }
    if (whole && *count > 0) {
        qsort(found, *count, sizeof(*found), compare);
        memcpy(*entries, found, *count * sizeof(*found));
    }
    free(found);
    return whole ? RESULT_OK : error_no_memory(error);
}

static void add_place(struct arena *arena, const char **paths, size_t *count, const char *parent,
                      const char *name) {
    struct stat status;
    const char *path =
        name[0] == '\0' ? arena_strdup(arena, parent) : arena_printf(arena, "%s/%s", parent, name);
    if (path != NULL && *count < MOST_PLACES && stat(path, &status) == 0 &&
        S_ISDIR(status.st_mode)) {
        paths[(*count)++] = path;
    }
}

/* The folders under a parent: media as they are mounted. */
static void add_below(struct arena *arena, const char **paths, size_t *count, const char *parent) {
    struct folder_entry *entries = NULL;
    size_t found = 0;
    if (folder_list(parent, arena, &entries, &found, NULL) != RESULT_OK) {
        return;
    }
    for (size_t i = 0; i < found; i++) {
        if (entries[i].folder) {
            add_place(arena, paths, count, parent, entries[i].name);
        }
    }
}

enum result folder_places(struct arena *arena, const char ***paths, size_t *count,
                          struct error *error) {
    static const char *const names[] = {"下载", "Downloads", "桌面", "Desktop",
                                        "文档", "Documents", ""};
    const char *home = getenv("HOME");
    *count = 0;
    *paths = arena_alloc(arena, MOST_PLACES * sizeof(**paths));
    if (*paths == NULL) {
        return error_no_memory(error);
    }
    for (size_t i = 0; home != NULL && i < sizeof(names) / sizeof(names[0]); i++) {
        add_place(arena, *paths, count, home, names[i]);
    }
    const char *user = getenv("USER");
    char *media = NULL;
    if (user != NULL && asprintf(&media, "/media/%s", user) >= 0) {
        add_below(arena, *paths, count, media);
        free(media);
    }
    add_below(arena, *paths, count, "/mnt");
    return arena_failed(arena) ? error_no_memory(error) : RESULT_OK;
}

const char *folder_above(struct arena *arena, const char *path) {
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    while (length > 1 && path[length - 1] != '/') {
        length--;
    }
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    return arena_printf(arena, "%.*s", (int)length, path);
}

const char *folder_nearest(struct arena *arena, const char *path) {
    struct folder_entry entry;
    while (path != NULL && strcmp(path, "/") != 0 &&
           (folder_look(path, &entry, NULL) != RESULT_OK || !entry.folder)) {
        path = path[0] == '/' ? folder_above(arena, path) : "/";
    }
    return path;
}
