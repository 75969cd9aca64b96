#include "plan/story.h"

#include "base/gettext.h"
#include "base/text.h"
#include "guard/journal.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Entries of a plan's life that are told at most, the newest ones. */
#define STORY_MOST 10000

/* What the entries say: the names in braces are members of what the entry has as its outcome, or
 * {reason} for its reason where that is the outcome itself. */
static const struct telling {
    const char *action;
    const char *sentence;
    bool reason_within;
    const char *needs; /* a member that the outcome must have for this one; NULL: none */
} tellings[] = {
    {"plan.create", N_("The plan was drafted: {reason}."), true, NULL},
    {"plan.change", N_("The draft was changed: {reason}."), true, NULL},
    {"plan.freeze",
     N_("The frame was frozen with {units} households; its digest is {frame_digest}, that of the "
        "measures {measures_digest}."),
     false, NULL},
    {"plan.roster",
     N_("The roster was frozen with {inspectors} inspectors; its digest is {roster_digest}."),
     false, NULL},
    {"plan.commit", N_("The digests were committed for publication."), false, NULL},
    {"plan.seed", N_("The public seed was entered: {reason}."), true, NULL},
    {"plan.draw", N_("{drawn} households were drawn."), false, NULL},
    {"plan.team",
     N_("Teams were assigned for {units} households out of {inspectors} inspectors; nobody goes to "
        "more than {load}."),
     false, NULL},
    {"plan.extend", N_("More households were drawn: {units}."), false, NULL},
    {"plan.replace", N_("{replaces} cannot be checked; drawn in its place: {units}."), false, NULL},
    {"plan.swap", N_("Inspector {leaves} was swapped for {comes} at {unit}."), false, "unit"},
    {"plan.swap",
     N_("Inspector {leaves} was swapped for {comes} in all open teams, {teams} of them."), false,
     NULL},
    {"plan.approve", N_("The plan was approved and locked."), false, NULL},
    {"plan.result", N_("The result of {uscc} is: {result}, completed on {completed_on}."), false,
     NULL},
    {"plan.result_withdraw", N_("The result of {uscc} was taken back."), false, NULL},
    {"plan.follow_up",
     N_("The case of {uscc} was followed up on {followed_on}: {followed_outcome}."), false, NULL},
    {"plan.publish", N_("{results} results were made public on {published_on}."), false, NULL},
    {"plan.close", N_("The plan was closed; of {units} households drawn {missing} have no result."),
     false, NULL},
    {"plan.export", N_("Files were handed out: {files}."), false, NULL},
    {"plan.void", N_("The plan was made void."), false, NULL},
};

/* What is gathered, newest first. */
struct gathering {
    struct arena *arena;
    struct story_line *lines;
    size_t count;
    size_t room;
};

/* Appends a value as people read it: of an object its keys, of an array its items. */
static void append_value(struct buffer *buffer, const json_t *value) {
    const char *key;
    json_t *item;
    size_t index;
    const char *between = "";
    if (json_is_string(value)) {
        buffer_append_text(buffer, json_string_value(value));
    } else if (json_is_integer(value)) {
        buffer_append_number(buffer, json_integer_value(value));
    } else if (json_is_object(value)) {
        json_object_foreach((json_t *)value, key, item) {
            buffer_append_text(buffer, between);
            buffer_append_text(buffer, key);
            between = _(", ");
        }
    } else if (json_is_array(value)) {
        json_array_foreach(value, index, item) {
            buffer_append_text(buffer, between);
            append_value(buffer, item);
            between = _(", ");
        }
    }
}

/* Fills the braces of a sentence. */
static const char *fill(const char *sentence, const json_t *outcome, const char *reason,
                        struct arena *arena) {
    struct buffer text = BUFFER_INIT;
    for (const char *at = sentence; *at != '\0';) {
        const char *end = *at == '{' ? strchr(at, '}') : NULL;
        if (end == NULL) {
            buffer_append_char(&text, *at++);
            continue;
        }
        char name[32] = "";
        size_t length = (size_t)(end - at) - 1;
        memcpy(name, at + 1, length < sizeof(name) ? length : sizeof(name) - 1);
        if (strcmp(name, "reason") == 0) {
            buffer_append_text(&text, reason == NULL ? "" : reason);
        } else if (json_object_get(outcome, name) != NULL) {
            append_value(&text, json_object_get(outcome, name));
        } else {
            buffer_append_text(&text, _("(the next by the rule)"));
        }
        at = end + 1;
    }
    const char *filled = arena_strdup(arena, buffer_text(&text));
    buffer_free(&text);
    return filled;
}

static const struct telling *telling_of(const char *action, const json_t *outcome) {
    for (size_t i = 0; i < sizeof(tellings) / sizeof(tellings[0]); i++) {
        const struct telling *one = &tellings[i];
        if (strcmp(one->action, action) == 0 &&
            (one->needs == NULL || json_object_get(outcome, one->needs) != NULL)) {
            return one;
        }
    }
    return NULL;
}

static bool take_entry(void *context, const struct journal_row *row) {
    struct gathering *gathering = context;
    if (gathering->count == gathering->room) {
        size_t room = gathering->room == 0 ? 64 : 2 * gathering->room;
        struct story_line *lines = arena_alloc(gathering->arena, room * sizeof(*lines));
        if (lines == NULL) {
            return false; /* arena_failed tells */
        }
        if (gathering->count > 0) {
            memcpy(lines, gathering->lines, gathering->count * sizeof(*lines));
        }
        gathering->lines = lines;
        gathering->room = room;
    }
    json_t *outcome = row->entry.after == NULL ? NULL : json_loads(row->entry.after, 0, NULL);
    const struct telling *telling = telling_of(row->entry.action, outcome);
    bool within = telling != NULL && telling->reason_within;
    gathering->lines[gathering->count++] = (struct story_line){
        .entry = row->id,
        .at = arena_strdup(gathering->arena, row->at),
        .who = arena_strdup(gathering->arena, row->actor),
        .what = telling == NULL
                    ? arena_strdup(gathering->arena, row->entry.action)
                    : fill(_(telling->sentence), outcome, row->entry.reason, gathering->arena),
        .why = within || text_blank(row->entry.reason)
                   ? NULL
                   : arena_strdup(gathering->arena, row->entry.reason),
    };
    json_decref(outcome);
    return true;
}

enum result story_load(struct store *store, const struct plan *plan, struct arena *arena,
                       struct story_line **lines, size_t *count, struct error *error) {
    struct gathering gathering = {.arena = arena};
    const char *subject = arena_printf(arena, "plan:%s", plan->number);
    enum result code =
        subject == NULL ? error_no_memory(error)
                        : journal_read(store, subject, STORY_MOST, take_entry, &gathering, error);
    for (size_t i = 0; i < gathering.count / 2; i++) {
        struct story_line line = gathering.lines[i];
        gathering.lines[i] = gathering.lines[gathering.count - 1 - i];
        gathering.lines[gathering.count - 1 - i] = line;
    }
    *lines = gathering.lines;
    *count = gathering.count;
    return code == RESULT_OK && arena_failed(arena) ? error_no_memory(error) : code;
}
