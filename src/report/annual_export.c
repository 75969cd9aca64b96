#include "report/annual_export.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/gettext.h"
#include "base/out_file.h"
#include "guard/journal.h"
#include "policy/policy_store.h"
#include "report/annual_form.h"
#include "store/statement.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OFFICES_MOST 256

static bool has_task(const struct annual *annual, const char *office) {
    for (size_t i = 0; i < annual->task_count; i++) {
        const char *department = annual->tasks[i].department;
        if (department != NULL && strcmp(department, office) == 0) {
            return true;
        }
    }
    return false;
}

/* The departments of the inspectors that have no task. */
static enum result gather_idle(struct store *store, const struct annual *annual,
                               struct arena *arena, const char *offices[static OFFICES_MOST],
                               size_t *count, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code = store_query(&rows, store,
                                   "SELECT DISTINCT department FROM inspector "
                                   "WHERE department <> '' ORDER BY department",
                                   NO_VALUES, error);
    while (code == RESULT_OK && *count < OFFICES_MOST) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        if (!has_task(annual, statement_string(rows, 0))) {
            offices[*count] = arena_strdup(arena, statement_string(rows, 0));
            (*count)++;
        }
    }
    statement_free(rows);
    return code;
}

static enum result write_book(const struct annual_material *material, const struct actor *actor,
                              const char *path, const char *folder, struct error *error) {
    const struct annual *annual = material->annual;
    struct book *book = NULL;
    const struct book_facts facts = {
        .title = annual->title,
        .subject = arena_printf(material->arena, _("Annual plan of %d"), annual->year),
        .author = actor->name,
        .company = material->bureau,
        .keywords = "",
        .comments = "",
        .heading = arena_printf(material->arena, _("Annual plan %lld, %s"), (long long)annual->id,
                                annual_state_name(annual->state)),
        .verification =
            arena_printf(material->arena, _("Policy digest %.16s"), material->policy->digest),
        .created = clock_today(&actor->clock),
    };
    enum result code = arena_failed(material->arena) ? error_no_memory(error)
                                                     : book_new(&book, path, folder, &facts, error);
    if (code != RESULT_OK) {
        return code;
    }
    annual_form_put(book_add_sheet(book, _("Annual plan")), material);
    annual_calendar_put(book_add_sheet(book, _("Calendar")), material);
    if (arena_failed(material->arena)) {
        code = error_no_memory(error);
    }
    enum result closed = book_close(book, code == RESULT_OK ? error : NULL);
    return code == RESULT_OK ? closed : code;
}

/* Loads all that the sheets tell and writes them beside their place. */
static enum result gather_and_write(struct store *store, const struct actor *actor, int64_t id,
                                    const char *folder, struct out_file *file, struct arena *arena,
                                    struct error *error) {
    const char *offices[OFFICES_MOST];
    struct annual annual;
    struct policy *policy = NULL;
    struct annual_material material = {.annual = &annual,
                                       .bureau = _("Market Regulation Bureau"),
                                       .idle_offices = offices,
                                       .arena = arena};
    char name[64];
    int64_t version = 0;
    enum result code = annual_load(store, id, arena, &annual, error);
    if (code == RESULT_OK) {
        code = policy_store_in_force(store, &policy, &version, error);
    }
    if (code == RESULT_OK) {
        code = gather_idle(store, &annual, arena, offices, &material.idle_count, error);
    }
    if (code == RESULT_OK) {
        code = file_make_folder(folder, error);
    }
    if (code == RESULT_OK) {
        snprintf(name, sizeof(name), "annual-%d-%lld.xlsx", annual.year, (long long)id);
        code = out_file_begin(file, folder, name, error);
    }
    if (code == RESULT_OK) {
        material.policy = policy;
        code = write_book(&material, actor, file->part, folder, error);
    }
    policy_free(policy);
    return code == RESULT_OK ? out_file_settle(file, error) : code;
}

/* The journal entry and the moving of the file stand or fall together. */
static enum result hand_out(struct store *store, const struct actor *actor, int64_t id,
                            struct out_file *file, struct error *error) {
    char hex[DIGEST_HEX_SIZE];
    char subject[64];
    enum result code = digest_file_hex(file->part, NULL, hex, error);
    if (code != RESULT_OK) {
        return code;
    }
    json_t *json = json_pack("{s:{s:s}}", "files", strrchr(file->path, '/') + 1, hex);
    char *after = json == NULL ? NULL : json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(json);
    snprintf(subject, sizeof(subject), "annual:%lld", (long long)id);
    struct journal_entry entry = {.action = "annual.export", .subject = subject, .after = after};
    code = after == NULL ? error_no_memory(error) : store_begin(store, error);
    if (code != RESULT_OK) {
        free(after);
        return code;
    }
    code = journal_write(store, actor, &entry, error);
    if (code == RESULT_OK) {
        code = out_file_move_all(file, 1, error);
    }
    code = store_finish(store, code, error);
    if (code != RESULT_OK) {
        out_file_take_back_all(file, 1);
    }
    free(after);
    return code;
}

enum result annual_export_write(struct store *store, const struct actor *actor, int64_t id,
                                const char *folder, char **path, struct error *error) {
    struct out_file file = {0};
    struct arena *arena = arena_new();
    *path = NULL;
    enum result code = arena == NULL ? error_no_memory(error) : store_begin_read(store, error);
    if (code == RESULT_OK) {
        code = store_finish(store, gather_and_write(store, actor, id, folder, &file, arena, error),
                            error);
    }
    if (code == RESULT_OK) {
        code = hand_out(store, actor, id, &file, error);
    }
    if (code == RESULT_OK) {
        *path = file.path;
        file.path = NULL;
    }
    out_file_end(&file);
    arena_free(arena);
    return code;
}
