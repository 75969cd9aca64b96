#include "ui/command/override_show.h"

#include "base/gettext.h"
#include "score/override.h"
#include "score/override_text.h"
#include "ui/command/output.h"

#include <string.h>

/* What a part revocation says, or null. */
static json_t *part_json(const struct override *override) {
    return !override->part ? json_null()
                           : json_pack("{s:o, s:o, s:o, s:o}", "amount_before",
                                       output_amount(override->amount_before), "amount_left",
                                       output_amount(override->amount_left), "level_before",
                                       output_level(override->level_before), "level_left",
                                       output_level(override->level_left));
}

static json_t *override_json(const struct override *override, date today) {
    bool sets = override->kind == OVERRIDE_SET_CLASS;
    bool excludes = override->kind == OVERRIDE_EXCLUDE_FACT;
    bool holds = override->state == OVERRIDE_APPROVED && override_holds(override, today);
    json_t *json = json_pack(
        "{s:I, s:s, s:s, s:o, s:s, s:o, s:o, s:o, s:o, s:s, s:o, s:s, s:o, s:o, s:s, s:o}", "id",
        (json_int_t) override->id, "kind", override_kind_code(override->kind), "state",
        override_state_code(override->state), "uscc", output_text(override->uscc), "name",
        override->name, "fact", excludes ? json_integer(override->fact) : json_null(), "class",
        sets ? json_string(risk_class_letter(override->risk_class)) : json_null(), "rule",
        output_text(override->rule), "status",
        excludes ? json_string(fact_status_code(override->fact_status)) : json_null(), "reason",
        override->reason, "basis", output_text(override->basis), "document", override->document,
        "valid_from", output_date(override->valid_from), "valid_to",
        output_date(override->valid_to), "proposer", override->proposer, "approver",
        output_text(override->approver));
    if (json != NULL) {
        json_object_set_new(json, "in_force", json_boolean(holds));
        json_object_set_new(json, "part", part_json(override));
        json_object_set_new(json, "novelty", output_text(override_novelty_code(override->novelty)));
        json_object_set_new(json, "proposed_at", output_text(override->proposed_at));
        json_object_set_new(json, "decided_at", output_text(override->decided_at));
        json_object_set_new(json, "decided_reason", output_text(override->decided_reason));
        json_object_set_new(json, "withdrawn_by", output_text(override->withdrawn_by));
        json_object_set_new(json, "withdrawn_at", output_text(override->withdrawn_at));
        json_object_set_new(json, "withdrawn_reason", output_text(override->withdrawn_reason));
        json_object_set_new(json, "withdrawn_document", output_text(override->withdrawn_document));
    }
    return json;
}

static enum result print_override(const struct override *override, date today,
                                  struct error *error) {
    char from[DATE_TEXT_SIZE];
    char to[DATE_TEXT_SIZE];
    struct buffer what = BUFFER_INIT;
    override_text_what(override, &what);
    output_line("%lld  %s  %s  %s %s  %s..%s  %s  %s  %s", (long long) override->id,
                override_text_state(override, today), buffer_text(&what),
                override->uscc == NULL ? "-" : override->uscc, override->name,
                date_format(override->valid_from, from), date_format(override->valid_to, to),
                override->document, override->reason, override->proposer);
    bool whole = !what.failed;
    buffer_free(&what);
    return whole ? RESULT_OK : error_no_memory(error);
}

enum result override_show_short(struct session *session, int64_t id, struct arena *arena,
                                struct error *error) {
    struct override override;
    date today = clock_today(&session->actor.clock);
    enum result code = override_load(session->store, id, today, arena, &override, error);
    if (code == RESULT_OK && session->json) {
        code = output_json(override_json(&override, today), error);
    } else if (code == RESULT_OK && !session->quiet) {
        code = print_override(&override, today, error);
    }
    return code;
}

/* ---- list ------------------------------------------------------------------------------------ */

static enum result read_filter(const struct arguments *arguments, struct override_filter *filter,
                               struct error *error) {
    const char *state = argument_text(arguments, "state");
    int64_t days = 0;
    enum result code =
        argument_number(arguments, "expiring", 1, 3660, OVERRIDE_ENDING_DAYS, &days, error);
    *filter = (struct override_filter){.days = (int)days};
    if (code != RESULT_OK) {
        return code;
    }
    if (argument_text(arguments, "expiring") != NULL) {
        filter->choice = OVERRIDES_ENDING;
        return state == NULL ? RESULT_OK
                             : error_set(error, RESULT_USAGE, "%s",
                                         _("--state and --expiring do not go together."));
    }
    if (state != NULL && !override_choice_find(state, &filter->choice)) {
        return error_set(error, RESULT_USAGE,
                         _("--state: \"%s\" is not known; it is all, proposed, in-force, to-come, "
                           "ending, expired, withdrawn or rejected."),
                         state);
    }
    return RESULT_OK;
}

enum result override_show_list(struct session *session, const struct arguments *arguments,
                               struct arena *arena, struct error *error) {
    struct override_filter filter;
    struct override *overrides = NULL;
    size_t count = 0;
    date today = clock_today(&session->actor.clock);
    enum result code = read_filter(arguments, &filter, error);
    if (code == RESULT_OK && arguments->word_count > 1) {
        code = enterprise_find(session->store, arguments->words[1], &filter.enterprise, error);
    }
    if (code == RESULT_OK) {
        code = override_list(session->store, &filter, today, arena, &overrides, &count, error);
    }
    if (code == RESULT_OK && session->json) {
        json_t *array = json_array();
        for (size_t i = 0; i < count; i++) {
            json_array_append_new(array, override_json(&overrides[i], today));
        }
        return output_json(array, error);
    }
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        code = print_override(&overrides[i], today, error);
    }
    return code;
}

/* ---- one of them ----------------------------------------------------------------------------- */

static json_t *attachment_json(const struct attachment *attachment) {
    return json_pack("{s:s, s:I, s:s}", "name", attachment->name, "size",
                     (json_int_t)attachment->size, "sha256", attachment->digest);
}

static void print_attachments(const struct attachment *attachments, size_t count) {
    for (size_t i = 0; i < count; i++) {
        output_line(_("Attachment %s, %lld bytes, SHA-256 %s"), attachments[i].name,
                    (long long)attachments[i].size, attachments[i].digest);
    }
}

/* Who decided what, and why. */
static void print_steps(const struct override *override) {
    output_line(_("Proposed by %s, %s"), override->proposer, override->proposed_at);
    if (override->state == OVERRIDE_REJECTED) {
        output_line(_("Rejected by %s, %s: %s"), override->approver, override->decided_at,
                    override->decided_reason == NULL ? "-" : override->decided_reason);
    } else if (override->approver != NULL) {
        output_line(_("Approved by %s, %s"), override->approver, override->decided_at);
    }
    if (override->withdrawn_by != NULL) {
        output_line(_("Withdrawn by %s, %s: %s %s"), override->withdrawn_by, override->withdrawn_at,
                    override->withdrawn_reason == NULL ? "-" : override->withdrawn_reason,
                    override->withdrawn_document == NULL ? "" : override->withdrawn_document);
    }
}

enum result override_show_whole(struct session *session, const struct arguments *arguments,
                                struct arena *arena, struct error *error) {
    struct override override;
    struct attachment *attachments = NULL;
    size_t count = 0;
    int64_t id = 0;
    date today = clock_today(&session->actor.clock);
    enum result code = argument_id(arguments, 1, _("override"), &id, error);
    if (code == RESULT_OK) {
        code = override_load(session->store, id, today, arena, &override, error);
    }
    if (code == RESULT_OK) {
        code = attachment_load(session->store, id, arena, &attachments, &count, error);
    }
    if (code == RESULT_OK && session->json) {
        json_t *json = override_json(&override, today);
        json_t *all = json_array();
        for (size_t i = 0; i < count; i++) {
            json_array_append_new(all, attachment_json(&attachments[i]));
        }
        json_object_set_new(json, "attachments", all);
        return output_json(json, error);
    }
    if (code == RESULT_OK) {
        code = print_override(&override, today, error);
    }
    if (code == RESULT_OK) {
        print_steps(&override);
        print_attachments(attachments, count);
    }
    return code;
}

/* ---- attachments ----------------------------------------------------------------------------- */

/* One file that is said to be an attachment: is it? */
static enum result verify_file(struct session *session, const char *path,
                               const struct attachment *attachments, size_t count,
                               struct arena *arena, json_t *said, struct error *error) {
    struct attachment file;
    enum result code = attachment_read(path, arena, &file, error);
    if (code != RESULT_OK) {
        return code;
    }
    const struct attachment *found = attachment_find(attachments, count, file.digest);
    session->partial = session->partial || found == NULL;
    if (session->json) {
        json_array_append_new(said, json_pack("{s:s, s:s, s:o}", "file", path, "sha256",
                                              file.digest, "attachment",
                                              output_text(found == NULL ? NULL : found->name)));
    } else if (found == NULL) {
        output_line(_("%s is none of the attachments: its SHA-256 is %s."), path, file.digest);
    } else if (!session->quiet) {
        output_line(_("%s is the attachment %s."), path, found->name);
    }
    return RESULT_OK;
}

enum result override_show_attachments(struct session *session, const struct arguments *arguments,
                                      struct arena *arena, struct error *error) {
    struct override override;
    struct attachment *attachments = NULL;
    size_t count = 0;
    int64_t id = 0;
    enum result code = argument_id(arguments, 1, _("override"), &id, error);
    if (code == RESULT_OK) {
        code = override_load(session->store, id, clock_today(&session->actor.clock), arena,
                             &override, error);
    }
    if (code == RESULT_OK) {
        code = attachment_load(session->store, id, arena, &attachments, &count, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    const char *path = argument_text(arguments, "verify");
    json_t *said = json_array();
    for (size_t i = 0; path == NULL && session->json && i < count; i++) {
        json_array_append_new(said, attachment_json(&attachments[i]));
    }
    if (path == NULL && !session->json) {
        print_attachments(attachments, count);
    }
    for (size_t i = 0;
         code == RESULT_OK && (path = argument_text_at(arguments, "verify", i)) != NULL; i++) {
        code = verify_file(session, path, attachments, count, arena, said, error);
    }
    if (code == RESULT_OK && session->json) {
        return output_json(said, error);
    }
    json_decref(said);
    return code;
}
