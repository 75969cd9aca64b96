#include "intake/import.h"
#include "base/gettext.h"
#include "intake/template.h"
#include "plan/plan_import.h"
#include "ui/command/command.h"
#include "ui/command/output.h"
#include "ui/command/said.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where rejected rows go when no place is named: into the present folder, under the file's own
 * name; on the heap. */
static char *default_rejects(const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');
    int length = dot == NULL || dot == name ? (int)strlen(name) : (int)(dot - name);
    char *rejects = NULL;
    return asprintf(&rejects, "%.*s.rejects.xlsx", length, name) < 0 ? NULL : rejects;
}

static enum result print(struct session *session, const struct import_report *report,
                         const char *rejects, struct error *error) {
    const struct batch_counts *counts = &report->counts;
    if (session->json) {
        json_t *reasons = json_object();
        for (int i = REASON_NONE + 1; i < REASON_END; i++) {
            if (counts->rejects[i] > 0) {
                json_object_set_new(reasons, reason_code((enum reason)i),
                                    json_integer(counts->rejects[i]));
            }
        }
        json_t *remarks = json_object();
        for (int i = REMARK_NONE + 1; i < REMARK_END; i++) {
            if (counts->said[i] > 0) {
                json_object_set_new(remarks, remark_code((enum remark)i),
                                    json_integer(counts->said[i]));
            }
        }
        return output_json(
            json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:I, s:s, s:s, s:o, s:o}", "read",
                      (json_int_t)counts->read, "inserted", (json_int_t)counts->inserted, "updated",
                      (json_int_t)counts->updated, "unchanged", (json_int_t)counts->unchanged,
                      "rejected", (json_int_t)counts->rejected, "skipped",
                      (json_int_t)counts->skipped, "stubs", (json_int_t)counts->stubs,
                      "rejects_file", report->rejects_written ? json_string(rejects) : json_null(),
                      "batch", (json_int_t)report->batch, "profile", report->profile, "source",
                      report->source, "reasons", reasons, "remarks", remarks),
            error);
    }
    if (!session->quiet) {
        output_line(_("Read %lld rows by %s: %lld inserted, %lld updated, %lld unchanged, %lld "
                      "rejected."),
                    (long long)counts->read, report->profile, (long long)counts->inserted,
                    (long long)counts->updated, (long long)counts->unchanged,
                    (long long)counts->rejected);
        for (int i = REASON_NONE + 1; i < REASON_END; i++) {
            if (counts->rejects[i] > 0) {
                output_line("  %s: %lld", reason_title((enum reason)i),
                            (long long)counts->rejects[i]);
            }
        }
    }
    return RESULT_OK;
}

static enum result read_request(struct session *session, const struct arguments *arguments,
                                struct said_words *words, struct import_request *request,
                                struct error *error) {
    const char *word = NULL;
    enum import_kind kind = IMPORT_KIND_COUNT;
    enum result code = argument_word(arguments, 0, _("The kind of file"), &word, error);
    if (code == RESULT_OK) {
        code = said_read_kind(word, &kind, error);
    }
    *request = (struct import_request){
        .sheet = argument_text(arguments, "sheet"),
        .source = argument_text(arguments, "source"),
        .create_missing = argument_flag(arguments, "create-missing"),
        .dry_run = argument_flag(arguments, "dry-run"),
        .rejects_path = argument_text(arguments, "rejects"),
        .actor = &session->actor,
    };
    if (code == RESULT_OK) {
        request->kind = kind;
        code = argument_word(arguments, 1, _("The file"), &request->path, error);
    }
    if (code == RESULT_OK) {
        code = said_read(arguments, words, &request->said, error);
    }
    return code == RESULT_OK ? argument_date(arguments, "as-of", DATE_NONE, &request->as_of, error)
                             : code;
}

/* Writes the template workbook of a kind instead of taking a file in. */
static enum result write_template(struct session *session, const struct arguments *arguments,
                                  struct error *error) {
    const char *word = NULL;
    const char *path = NULL;
    enum import_kind kind = IMPORT_KIND_COUNT;
    enum result code = argument_word(arguments, 0, _("The kind of file"), &word, error);
    if (code == RESULT_OK) {
        code = said_read_kind(word, &kind, error);
    }
    if (code == RESULT_OK) {
        code = argument_word(arguments, 1, _("The file to write"), &path, error);
    }
    if (code == RESULT_OK) {
        code = template_write(kind, path, clock_today(&session->actor.clock), error);
    }
    if (code == RESULT_OK && session->json) {
        return output_json(json_pack("{s:s}", "file", path), error);
    }
    if (code == RESULT_OK && !session->quiet) {
        output_line(_("The template is %s."), path);
    }
    return code;
}

static enum result run(struct session *session, const struct arguments *arguments,
                       struct error *error) {
    if (argument_flag(arguments, "template")) {
        return write_template(session, arguments, error);
    }
    struct import_request request;
    struct said_words words;
    struct import_report report = {0};
    char *rejects = NULL;
    enum result code = read_request(session, arguments, &words, &request, error);
    if (code == RESULT_OK) {
        code = session_store(session, error);
    }
    if (code == RESULT_OK && request.rejects_path == NULL) {
        rejects = default_rejects(request.path);
        request.rejects_path = rejects;
        code = rejects == NULL ? error_no_memory(error) : RESULT_OK;
    }
    if (code == RESULT_OK) {
        code = plan_import(session->store, &request, &report, NULL, error);
    }
    if (code == RESULT_OK) {
        session->partial = report.counts.rejected > 0;
        code = print(session, &report, request.rejects_path, error);
        if (report.rejects_written && !session->quiet && !session->json) {
            output_line(_("The rejected rows with their reasons are in %s; mend them there and "
                          "take the file in again."),
                        request.rejects_path);
        }
        import_report_free(&report);
    }
    free(rejects);
    return code;
}

static const struct option options[] = {
    {"map", "PROFILE",
     N_("the mapping profile, by name or file; the one that fits, or a guess, when not given")},
    {"sheet", "NAME", N_("the sheet of a workbook; the one that looks like data when not given")},
    {"column", "HEADER=FIELD", N_("what a column is; may be given several times, - for nothing")},
    {"type", "TYPE", N_("the type of all facts of the file")},
    {"source", "NAME", N_("the department the file comes from")},
    {"as-of", "DATE", N_("the day a file without days speaks of; today when not given")},
    {"create-missing", NULL, N_("enter unknown enterprises that have a code as stubs")},
    {"template", NULL, N_("write the template workbook of the kind to FILE instead")},
    {"dry-run", NULL, N_("do everything and keep nothing")},
    {"rejects", "FILE", N_("where rejected rows go: a workbook, or CSV by its ending")},
    {NULL, NULL, NULL}};

const struct command command_import = {
    .name = "import",
    .usage = "KIND FILE [--map PROFILE] [--sheet NAME] [--source NAME] [--create-missing] "
             "[--dry-run] [--rejects FILE] | --template KIND FILE",
    .summary = N_("take a file in"),
    .options = options,
    .run = run,
};
