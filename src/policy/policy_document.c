#include "policy/policy_document.h"

#include "base/file.h"
#include "base/gettext.h"
#include "base/out_file.h"
#include "policy/policy_book.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum result policy_document_check(const char *text, const char *origin, struct arena *arena,
                                  struct policy_document *document, struct error *error) {
    struct json_faults broken;
    *document = (struct policy_document){.text = arena_strdup(arena, text)};
    if (document->text == NULL) {
        return error_no_memory(error);
    }
    enum result code =
        policy_check(&document->policy, document->text, origin, arena, &broken, error);
    for (size_t i = 0; code == RESULT_OK && i < broken.count; i++) {
        const struct json_fault *one = &broken.items[i];
        const char *place = arena_printf(arena, "%s:%d:%d", origin, one->line, one->column);
        policy_fault_add(&document->faults, place == NULL ? origin : place, one->sentence);
    }
    document->faults.more = code == RESULT_OK && broken.more;
    return code;
}

/* True when a file begins as zip archives do, which workbooks are. */
static bool is_workbook(const char *path) {
    char start[4] = {0};
    FILE *file = fopen(path, "rbe");
    bool zip = file != NULL && fread(start, 1, 4, file) == 4 && memcmp(start, "PK\3\4", 4) == 0;
    if (file != NULL) {
        fclose(file);
    }
    return zip;
}

enum result policy_document_read(const char *path, struct arena *arena,
                                 struct policy_document *document, struct error *error) {
    *document = (struct policy_document){0};
    if (is_workbook(path)) {
        return policy_book_read(path, arena, &document->text, &document->policy, &document->faults,
                                error);
    }
    char *text = NULL;
    enum result code = file_read(path, &text, error);
    if (code == RESULT_OK) {
        code = policy_document_check(text, path, arena, document, error);
    }
    free(text);
    return code;
}

static bool ends_with(const char *path, const char *ending) {
    size_t length = strlen(path);
    return length >= strlen(ending) && strcasecmp(path + length - strlen(ending), ending) == 0;
}

static enum result write_json(const struct policy *policy, const char *path, struct error *error) {
    const char *slash = strrchr(path, '/');
    json_t *document = json_loads(policy->canonical, 0, NULL);
    char *text = document == NULL ? NULL : json_dumps(document, JSON_INDENT(2) | JSON_SORT_KEYS);
    char *folder = slash == NULL ? strdup(".") : strndup(path, (size_t)(slash - path + 1));
    struct out_file file = {0};
    enum result code = RESULT_OK;
    if (text == NULL || folder == NULL) {
        code = error_no_memory(error);
    } else {
        code = out_file_write(&file, folder, slash == NULL ? path : slash + 1, text, strlen(text),
                              error);
    }
    if (code == RESULT_OK) {
        code = out_file_move_all(&file, 1, error);
    }
    out_file_end(&file);
    json_decref(document);
    free(folder);
    free(text);
    return code;
}

enum result policy_document_write(const struct policy *policy, const char *path, date today,
                                  struct error *error) {
    if (ends_with(path, ".xlsx")) {
        return policy_book_write(policy, path, today, error);
    }
    if (ends_with(path, ".json")) {
        return write_json(policy, path, error);
    }
    return error_set(error, RESULT_USAGE,
                     _("A policy is written to a file ending in .xlsx or .json, not to %s."), path);
}
