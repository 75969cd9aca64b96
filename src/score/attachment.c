#include "score/attachment.h"

#include "base/gettext.h"
#include "base/text.h"
#include "store/statement.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum result attachment_read(const char *path, struct arena *arena, struct attachment *attachment,
                            struct error *error) {
    struct stat found;
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    if (stat(path, &found) != 0) {
        return error_from_errno(error, _("open"), path);
    }
    if (!S_ISREG(found.st_mode)) {
        return error_set(error, RESULT_INVALID,
                         _("%s is no file; attach the document itself, for instance its scan."),
                         path);
    }
    if (found.st_size == 0) {
        return error_set(error, RESULT_INVALID,
                         _("%s is empty; attach the file that holds the document."), path);
    }
    if (!text_valid_utf8(name, strlen(name))) {
        return error_set(error, RESULT_INVALID, "%s",
                         _("The name of an attached file is not UTF-8; rename the file first."));
    }
    *attachment =
        (struct attachment){.name = arena_strdup(arena, name), .size = (int64_t)found.st_size};
    return attachment->name == NULL ? error_no_memory(error)
                                    : digest_file_hex(path, NULL, attachment->digest, error);
}

enum result attachment_save(struct store *store, int64_t override,
                            const struct attachment *attachments, size_t count,
                            struct error *error) {
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        code = store_execute(store,
                             "INSERT INTO override_attachment (override, place, name, size, digest)"
                             " VALUES (?, ?, ?, ?, ?)",
                             VALUES(value_int(override), value_int((int64_t)i + 1),
                                    value_text(attachments[i].name), value_int(attachments[i].size),
                                    value_text(attachments[i].digest)),
                             error);
    }
    return code;
}

enum result attachment_load(struct store *store, int64_t override, struct arena *arena,
                            struct attachment **attachments, size_t *count, struct error *error) {
    int64_t most = 0;
    struct statement *rows = NULL;
    *count = 0;
    enum result code =
        store_fetch_int(store, "SELECT count(*) FROM override_attachment WHERE override = ?",
                        VALUES(value_int(override)), 0, &most, error);
    if (code == RESULT_OK) {
        *attachments = arena_alloc(arena, ((size_t)most + 1) * sizeof(**attachments));
        code = *attachments == NULL ? error_no_memory(error) : RESULT_OK;
    }
    if (code == RESULT_OK) {
        code = store_query(&rows, store,
                           "SELECT name, size, digest FROM override_attachment WHERE override = ? "
                           "ORDER BY place",
                           VALUES(value_int(override)), error);
    }
    bool row = true;
    while (code == RESULT_OK && (int64_t)*count < most) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        struct attachment *one = &(*attachments)[(*count)++];
        one->name = arena_strdup(arena, statement_string(rows, 0));
        one->size = statement_int(rows, 1);
        snprintf(one->digest, sizeof(one->digest), "%s", statement_string(rows, 2));
        code = one->name == NULL ? error_no_memory(error) : RESULT_OK;
    }
    statement_free(rows);
    return code;
}

const struct attachment *attachment_find(const struct attachment *attachments, size_t count,
                                         const char *digest) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(attachments[i].digest, digest) == 0) {
            return &attachments[i];
        }
    }
    return NULL;
}
