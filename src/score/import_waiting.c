#include "score/import_waiting.h"

#include "base/gettext.h"
#include "intake/batch_names.h"
#include "intake/mapping.h"
#include "intake/rejects.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A folder of its own for the rows on their way, in the arena; NULL when none can be made. */
static char *make_folder(struct arena *arena) {
    const char *parent = getenv("TMPDIR");
    char *folder = arena_printf(arena, "%s/xinfeng-XXXXXX",
                                parent == NULL || parent[0] != '/' ? "/tmp" : parent);
    return folder == NULL ? NULL : mkdtemp(folder);
}

/* Takes the rows in by way of a file that is gone afterwards. */
static enum result take(struct store *store, const struct batch_entry *entry,
                        const struct actor *actor, const struct import_judge *judge,
                        struct arena *arena, struct import_report *report,
                        const struct progress *progress, struct error *error) {
    const char *dot = strrchr(entry->file, '.');
    int stem =
        dot == NULL || dot == entry->file ? (int)strlen(entry->file) : (int)(dot - entry->file);
    char *folder = make_folder(arena);
    if (folder == NULL) {
        return error_set(error, RESULT_IO, "%s",
                         _("No temporary folder can be made; write the rejected rows into a file "
                           "and take it in."));
    }
    const char *path = arena_printf(arena, "%s/%.*s.rejects.csv", folder, stem, entry->file);
    const struct import_request request = {.kind = kind_find(entry->kind),
                                           .path = path,
                                           .said = {.profile = entry->profile},
                                           .source = entry->source,
                                           .as_of = entry->as_of,
                                           .judge = judge,
                                           .waiting_of = entry->id,
                                           .actor = actor};
    enum result code = path == NULL
                           ? error_no_memory(error)
                           : rejects_write(store, entry->id, REJECTS_WAITING, path, NULL, error);
    if (code == RESULT_OK) {
        code = import_and_score(store, &request, report, progress, error);
    }
    if (path != NULL) {
        unlink(path);
    }
    rmdir(folder);
    return code;
}

enum result import_waiting(struct store *store, int64_t batch, const struct actor *actor,
                           const struct import_judge *judge, struct import_report *report,
                           const struct progress *progress, struct error *error) {
    struct arena *arena = arena_new();
    struct batch_entry entry;
    struct batch_names_left left = {0};
    *report = (struct import_report){0};
    enum result code =
        arena == NULL ? error_no_memory(error) : batch_load(store, batch, arena, &entry, error);
    if (code == RESULT_OK) {
        code = batch_names_count(store, batch, &left, error);
    }
    if (code == RESULT_OK && left.waiting == 0) {
        code = error_set(error, RESULT_NOT_FOUND, "%s",
                         _("No rejected row waits to be taken in again: first say which enterprise "
                           "a name means."));
    } else if (code == RESULT_OK && strcmp(entry.profile, MAPPING_GUESSED) == 0) {
        code = error_set(error, RESULT_REFUSED, "%s",
                         _("The columns of this file were guessed; write the rejected rows into a "
                           "file, take it in and look at its columns again."));
    } else if (code == RESULT_OK) {
        code = take(store, &entry, actor, judge, arena, report, progress, error);
    }
    arena_free(arena);
    return code;
}
