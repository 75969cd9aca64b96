#include "report/paper_out.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/gettext.h"
#include "guard/journal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Splits the path of a file that is given. */
static enum result split(struct paper_out *out, const char *path, char **name,
                         struct error *error) {
    const char *slash = strrchr(path, '/');
    const char *last = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(last, '.');
    if (dot == NULL || dot == last || strcasecmp(dot, ".xlsx") != 0) {
        return error_set(error, RESULT_USAGE,
                         _("%s: this paper is a workbook; give the file the ending .xlsx."), path);
    }
    out->folder = slash == NULL ? strdup(".") : strndup(path, (size_t)(slash - path) + 1);
    *name = strdup(last);
    return out->folder == NULL || *name == NULL ? error_no_memory(error) : RESULT_OK;
}

/* Names the file of an enterprise in a folder, which is made. */
static enum result name_in(struct paper_out *out, const char *folder,
                           const struct enterprise *enterprise, const char *tail, char **name,
                           struct error *error) {
    enum result code = file_make_folder(folder, error);
    if (code != RESULT_OK) {
        return code;
    }
    char unit[32];
    snprintf(unit, sizeof(unit), "%lld", (long long)enterprise->id);
    const char *known = enterprise->uscc != NULL                  ? enterprise->uscc
                        : enterprise->registration_number != NULL ? enterprise->registration_number
                                                                  : unit;
    out->folder = strdup(folder);
    if (out->folder == NULL || asprintf(name, "%s-%s.xlsx", known, tail) < 0) {
        *name = NULL;
        return error_no_memory(error);
    }
    for (char *at = *name; *at != '\0'; at++) {
        bool plain = isalnum((unsigned char)*at) || strchr("-._", *at) != NULL;
        *at = plain ? *at : '_';
    }
    return RESULT_OK;
}

enum result paper_out_begin(struct paper_out *out, const struct paper_place *place,
                            const struct enterprise *enterprise, const char *tail,
                            struct error *error) {
    char *name = NULL;
    enum result code = place->file != NULL
                           ? split(out, place->file, &name, error)
                           : name_in(out, place->folder, enterprise, tail, &name, error);
    if (code == RESULT_OK) {
        code = out_file_begin(&out->file, out->folder, name, error);
    }
    free(name);
    return code;
}

/* The journal entry and the moving of the file stand or fall together. */
static enum result journal_and_move(struct paper_out *out, struct store *store,
                                    const struct actor *actor, const struct journal_entry *entry,
                                    struct error *error) {
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    code = journal_write(store, actor, entry, error);
    if (code == RESULT_OK) {
        code = out_file_move_all(&out->file, 1, error);
    }
    code = store_finish(store, code, error);
    if (code != RESULT_OK) {
        out_file_take_back_all(&out->file, 1);
    }
    return code;
}

enum result paper_out_hand(struct paper_out *out, struct store *store, const struct actor *actor,
                           const char *action, const struct enterprise *enterprise, json_t *after,
                           struct error *error) {
    char hex[DIGEST_HEX_SIZE];
    char subject[64];
    char *text = NULL;
    enum result code = out_file_settle(&out->file, error);
    if (code == RESULT_OK) {
        code = digest_file_hex(out->file.part, NULL, hex, error);
    }
    if (code == RESULT_OK) {
        const char *slash = strrchr(out->file.path, '/');
        json_object_set_new(after, "file", json_string(slash == NULL ? out->file.path : slash + 1));
        json_object_set_new(after, "digest", json_string(hex));
        text = after == NULL ? NULL : json_dumps(after, JSON_COMPACT | JSON_SORT_KEYS);
        code = text == NULL ? error_no_memory(error) : RESULT_OK;
    }
    if (code == RESULT_OK) {
        if (enterprise->uscc != NULL) {
            snprintf(subject, sizeof(subject), "enterprise:%s", enterprise->uscc);
        } else {
            snprintf(subject, sizeof(subject), "enterprise:#%lld", (long long)enterprise->id);
        }
        const struct journal_entry entry = {.action = action, .subject = subject, .after = text};
        code = journal_and_move(out, store, actor, &entry, error);
    }
    free(text);
    json_decref(after);
    return code;
}

char *paper_out_end(struct paper_out *out) {
    char *path = NULL;
    if (out->file.moved) {
        path = out->file.path;
        out->file.path = NULL;
    }
    out_file_end(&out->file);
    free(out->folder);
    out->folder = NULL;
    return path;
}
