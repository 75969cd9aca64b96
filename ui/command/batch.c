#include "intake/batch_list.h"

#include "base/gettext.h"
#include "intake/rejects.h"
#include "plan/undo.h"
#include "ui/command/output.h"
#include "ui/command/verb.h"

#include <string.h>

static json_t *entry_json(const struct batch_entry *entry) {
    return json_pack(
        "{s:I, s:s, s:s, s:s, s:s, s:o, s:o, s:s, s:s, s:s, s:s, s:o, s:I, s:I, s:I, s:I, s:I, s:I,"
        " s:I, s:o, s:o, s:o}",
        "id", (json_int_t)entry->id, "kind", entry->kind, "file", entry->file, "digest",
        entry->digest, "format", entry->format, "encoding", output_text(entry->encoding), "sheet",
        output_text(entry->sheet), "profile", entry->profile, "source", entry->source, "actor",
        entry->actor, "at", entry->at, "as_of", output_date(entry->as_of), "read",
        (json_int_t)entry->read, "inserted", (json_int_t)entry->inserted, "updated",
        (json_int_t)entry->updated, "unchanged", (json_int_t)entry->unchanged, "rejected",
        (json_int_t)entry->rejected, "stubs", (json_int_t)entry->stubs, "skipped",
        (json_int_t)entry->skipped, "undone_by", output_text(entry->undone_by), "undone_at",
        output_text(entry->undone_at), "undone_reason", output_text(entry->undone_reason));
}

static void print_entry(const struct batch_entry *entry) {
    output_line(_("%lld  %s  %s  %s  read %lld, inserted %lld, updated %lld, unchanged %lld, "
                  "rejected %lld  %s%s"),
                (long long)entry->id, entry->at, entry->kind, entry->file, (long long)entry->read,
                (long long)entry->inserted, (long long)entry->updated, (long long)entry->unchanged,
                (long long)entry->rejected, entry->actor,
                entry->undone_at == NULL ? "" : _("  (undone)"));
}

static enum result list(struct session *session, const struct arguments *arguments,
                        struct arena *arena, struct error *error) {
    int64_t limit = 0;
    struct batch_entry *entries = NULL;
    size_t count = 0;
    enum result code = argument_number(arguments, "limit", 1, 100000, 50, &limit, error);
    if (code == RESULT_OK) {
        const struct batch_page page = {.most = (size_t)limit};
        code = batch_list(session->store, NULL, &page, arena, &entries, &count, error);
    }
    json_t *array = json_array();
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        if (session->json) {
            json_array_append_new(array, entry_json(&entries[i]));
        } else {
            print_entry(&entries[i]);
        }
    }
    if (code == RESULT_OK && session->json) {
        return output_json(array, error);
    }
    json_decref(array);
    return code;
}

/* The reasons for rejects, or of remarks, as JSON or as lines. */
static enum result tell_reasons(struct session *session, int64_t id, bool remarks, json_t *into,
                                struct arena *arena, struct error *error) {
    struct batch_reason *reasons = NULL;
    size_t count = 0;
    enum result code = batch_reasons(session->store, id, remarks, arena, &reasons, &count, error);
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        if (session->json) {
            json_object_set_new(into, reasons[i].code, json_integer(reasons[i].count));
        } else {
            output_line("  %s: %lld", reasons[i].title, (long long)reasons[i].count);
        }
    }
    return code;
}

static enum result tell_rejects(struct session *session, int64_t id, size_t most, json_t *into,
                                struct arena *arena, struct error *error) {
    struct batch_line *lines = NULL;
    size_t count = 0;
    const struct batch_page page = {.most = most};
    enum result code =
        batch_lines(session->store, id, false, NULL, &page, arena, &lines, &count, error);
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        if (session->json) {
            json_array_append_new(
                into, json_pack("{s:I, s:s, s:s, s:o, s:o}", "line", (json_int_t)lines[i].line,
                                "reason", lines[i].reason, "sentence", lines[i].sentence, "name",
                                output_text(lines[i].name), "code", output_text(lines[i].code)));
        } else {
            output_line("  %lld: %s", (long long)lines[i].line, lines[i].sentence);
        }
    }
    return code;
}

/* The intake that the second word names. */
static enum result read_id(const struct arguments *arguments, int64_t *id, struct error *error) {
    return argument_id(arguments, 1, _("The number of the intake"), id, error);
}

static enum result show(struct session *session, const struct arguments *arguments,
                        struct arena *arena, struct error *error) {
    struct batch_entry entry = {0};
    int64_t limit = 0;
    int64_t id = 0;
    enum result code = read_id(arguments, &id, error);
    if (code == RESULT_OK) {
        code = argument_number(arguments, "limit", 1, 100000, 50, &limit, error);
    }
    if (code == RESULT_OK) {
        code = batch_load(session->store, id, arena, &entry, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    json_t *reasons = json_object();
    json_t *remarks = json_object();
    json_t *rejects = json_array();
    if (!session->json) {
        print_entry(&entry);
    }
    code = tell_reasons(session, id, false, reasons, arena, error);
    if (code == RESULT_OK) {
        code = tell_reasons(session, id, true, remarks, arena, error);
    }
    if (code == RESULT_OK) {
        code = tell_rejects(session, id, (size_t)limit, rejects, arena, error);
    }
    if (code == RESULT_OK && session->json) {
        json_t *json = entry_json(&entry);
        json_object_set(json, "reasons", reasons);
        json_object_set(json, "remarks", remarks);
        json_object_set(json, "rejects", rejects);
        code = output_json(json, error);
    }
    json_decref(reasons);
    json_decref(remarks);
    json_decref(rejects);
    return code;
}

static enum result undo(struct session *session, const struct arguments *arguments,
                        struct arena *arena, struct error *error) {
    struct undo_report report;
    int64_t id = 0;
    (void)arena;
    enum result code = read_id(arguments, &id, error);
    if (code == RESULT_OK) {
        code = undo_batch(session->store, &session->actor, id, argument_text(arguments, "reason"),
                          &report, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    const struct restore_counts *counts = &report.counts;
    if (session->json) {
        return output_json(
            json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "enterprises",
                      (json_int_t)counts->enterprises, "facts", (json_int_t)counts->facts,
                      "classes", (json_int_t)counts->handed, "records", (json_int_t)counts->records,
                      "sources", (json_int_t)counts->sources, "restored",
                      (json_int_t)counts->restored, "rescored", (json_int_t)report.rescored),
            error);
    }
    if (!session->quiet) {
        output_line(_("Intake %lld undone: %lld enterprises and %lld facts removed, %lld rows as "
                      "they were before."),
                    (long long)id, (long long)counts->enterprises, (long long)counts->facts,
                    (long long)counts->restored);
        if (counts->records > 0) {
            output_line(_("%lld other records removed."), (long long)counts->records);
        }
        if (counts->handed > 0) {
            output_line(_("%lld classes handed over removed."), (long long)counts->handed);
        }
    }
    return RESULT_OK;
}

static enum result write_rejects(struct session *session, const struct arguments *arguments,
                                 struct arena *arena, struct error *error) {
    const char *path = NULL;
    int64_t rows = 0;
    int64_t id = 0;
    (void)arena;
    enum result code = read_id(arguments, &id, error);
    if (code == RESULT_OK) {
        code = argument_word(arguments, 2, _("The file to write"), &path, error);
    }
    if (code == RESULT_OK) {
        code = rejects_write(session->store, id, REJECTS_ALL, path, &rows, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    if (session->json) {
        return output_json(json_pack("{s:s, s:I}", "file", path, "rows", (json_int_t)rows), error);
    }
    if (!session->quiet) {
        output_line(_("%lld rejected rows with their reasons are in %s."), (long long)rows, path);
    }
    return RESULT_OK;
}

static const struct verb verbs[] = {
    {"list", list}, {"show", show}, {"undo", undo}, {"rejects", write_rejects}, {NULL, NULL}};

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    return verb_run(session, arguments, "batch", verbs, error);
}

static const struct option options[] = {
    {"reason", "TEXT", N_("why it is undone")},
    {"limit", "N", N_("at most so many rows; 50 when not given")},
    {NULL, NULL, NULL}};

const struct command command_batch = {
    .name = "batch",
    .usage = "list | show ID | undo ID [--reason TEXT] | rejects ID FILE",
    .summary = N_("what was taken in, and taking it back"),
    .options = options,
    .run = run,
};
