#include "draw/team_record.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "draw/fields.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- writing --------------------------------------------------------------------------------- */

static json_t *roster_json(const struct draw_roster *roster) {
    size_t length = 0;
    const char *text = draw_roster_text(roster, &length);
    json_t *lines = json_array();
    for (const char *end = text + length; text < end;) {
        const char *line = memchr(text, '\n', (size_t)(end - text));
        size_t size = line == NULL ? (size_t)(end - text) : (size_t)(line - text);
        json_array_append_new(lines, json_stringn(text, size));
        text += size + 1;
    }
    return lines;
}

static json_t *team_json(const struct draw_team_source *source, const struct draw_team_entry *entry,
                         uint32_t size) {
    json_t *team = json_array();
    for (uint32_t seat = 0; seat < size; seat++) {
        json_array_append_new(
            team, json_string(draw_roster_inspectors(source->roster)[entry->team[seat]].id));
    }
    return team;
}

static json_t *units_json(const struct draw_team_source *source,
                          const struct draw_team_history *history) {
    json_t *units = json_array();
    for (size_t i = 0; i < history->assigned_count; i++) {
        const struct draw_team_entry *entry = &history->assigned[i];
        json_array_append_new(units, json_pack("{s:s, s:s, s:o}", "uscc", entry->unit, "ticket",
                                               entry->ticket, "team",
                                               team_json(source, entry, history->size)));
    }
    return units;
}

static json_t *changes_json(const struct draw_team_source *source,
                            const struct draw_team_history *history) {
    json_t *changes = json_array();
    for (size_t i = 0; i < history->changed_count; i++) {
        const struct draw_team_change *change = &source->changes[i];
        json_array_append_new(
            changes, json_pack("{s:s, s:s?, s:s?, s:s, s:s, s:o}", "uscc", change->unit, "leaves",
                               change->leaves, "comes", change->comes, "chosen",
                               change->by_person ? "person" : "rule", "reason", change->reason,
                               "team", team_json(source, &history->changed[i], history->size)));
    }
    return changes;
}

static json_t *record_json(const struct draw_team_source *source,
                           const struct draw_team_history *history, const char *number,
                           const char *frame_file) {
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:I, s:o, s:o}", "format",
                     DRAW_TEAM_RECORD_FORMAT, "number", number, "draw_id", source->draw_id, "seed",
                     source->seed, "frame_file", frame_file, "frame_digest",
                     draw_frame_digest(source->frame), "roster_digest",
                     draw_roster_digest(source->roster), "roster", roster_json(source->roster),
                     "load", (json_int_t)history->load, "units", units_json(source, history),
                     "changes", changes_json(source, history));
}

/* The record with its own digest behind. */
static enum result make_json(json_t **json, const struct draw_team_source *source,
                             const char *number, const char *frame_file, struct error *error) {
    char hex[DIGEST_HEX_SIZE];
    struct draw_team_history history;
    struct arena *arena = arena_new();
    *json = NULL;
    enum result code =
        arena == NULL ? error_no_memory(error) : draw_team_replay(source, arena, &history, error);
    if (code == RESULT_OK) {
        *json = record_json(source, &history, number, frame_file);
        code = fields_digest(*json, hex, error);
    }
    if (code == RESULT_OK && json_object_set_new(*json, "teams_digest", json_string(hex)) != 0) {
        code = error_no_memory(error);
    }
    arena_free(arena);
    return code;
}

static enum result render(const json_t *json, char **text, struct error *error) {
    struct buffer buffer = BUFFER_INIT;
    char *body = json_dumps(json, JSON_INDENT(2));
    if (body != NULL) {
        buffer_append_text(&buffer, body);
        buffer_append_char(&buffer, '\n');
        *text = buffer_take(&buffer);
    }
    free(body);
    buffer_free(&buffer);
    return body == NULL || *text == NULL ? error_no_memory(error) : RESULT_OK;
}

enum result draw_team_record_write(char **text, const struct draw_team_source *source,
                                   const char *number, const char *frame_file,
                                   struct error *error) {
    json_t *json = NULL;
    *text = NULL;
    enum result code = make_json(&json, source, number, frame_file, error);
    if (code == RESULT_OK) {
        code = render(json, text, error);
    }
    json_decref(json);
    return code;
}

/* ---- reading --------------------------------------------------------------------------------- */

/* A record as its file has it. */
struct team_record {
    struct draw_team_record_head head;
    const char **roster;
    size_t roster_count;
    const char **units;
    struct draw_team_change *changes;
    size_t change_count;
    json_t *json;
};

static void read_line(const struct json_node *node, void *place, void *owner) {
    (void)owner;
    *(const char **)place = json_read_text_here(node);
}

static void read_unit(const struct json_node *node, void *place, void *owner) {
    (void)owner;
    json_read_only(node, JSON_WORDS("uscc", "ticket", "team"));
    *(const char **)place = json_read_text(node, "uscc");
}

static void read_change(const struct json_node *node, void *place, void *owner) {
    (void)owner;
    struct draw_team_change *change = place;
    json_read_only(node, JSON_WORDS("uscc", "leaves", "comes", "chosen", "reason", "team"));
    change->unit = json_read_text(node, "uscc");
    change->leaves = json_read_text_or_null(node, "leaves");
    change->comes = json_read_text_or_null(node, "comes");
    change->by_person = json_read_word(node, "chosen", JSON_WORDS("rule", "person")) == 1;
    change->reason = json_read_text(node, "reason");
}

static void read_record(const struct json_node *root, struct team_record *record) {
    json_read_only(root, JSON_WORDS("format", "number", "draw_id", "seed", "frame_file",
                                    "frame_digest", "roster_digest", "roster", "load", "units",
                                    "changes", "teams_digest"));
    json_read_word(root, "format", JSON_WORDS(DRAW_TEAM_RECORD_FORMAT));
    record->head.number = json_read_text(root, "number");
    record->head.draw_id = json_read_text(root, "draw_id");
    record->head.seed = json_read_text(root, "seed");
    record->head.frame_file = json_read_text(root, "frame_file");
    struct json_node roster = json_read_array(root, "roster");
    record->roster =
        json_read_items(&roster, sizeof(char *), &record->roster_count, read_line, NULL);
    struct json_node units = json_read_array(root, "units");
    record->units =
        json_read_items(&units, sizeof(char *), &record->head.team_count, read_unit, NULL);
    struct json_node changes = json_read_array(root, "changes");
    record->changes = json_read_items(&changes, sizeof(*record->changes), &record->change_count,
                                      read_change, NULL);
}

/* Reads a record; json is to be released in any case. */
static enum result parse(const char *text, size_t length, struct arena *arena,
                         struct team_record *record, struct error *error) {
    struct json_reader reader = {.origin = _("the teams"), .arena = arena, .error = error};
    *record = (struct team_record){0};
    record->json = json_reader_parse(&reader, text, length);
    struct json_node root = json_read_root(&reader, record->json);
    read_record(&root, record);
    return reader.code;
}

enum result draw_team_record_read_head(const char *text, size_t length, struct arena *arena,
                                       struct draw_team_record_head *head, struct error *error) {
    struct team_record record;
    enum result code = parse(text, length, arena, &record, error);
    *head = record.head;
    json_decref(record.json);
    return code;
}

static enum result parse_roster(const struct team_record *record, struct draw_roster **roster,
                                struct error *error) {
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < record->roster_count; i++) {
        buffer_append_text(&text, record->roster[i]);
        buffer_append_char(&text, '\n');
    }
    enum result code = text.failed
                           ? error_no_memory(error)
                           : draw_roster_parse(roster, buffer_text(&text), text.length, error);
    buffer_free(&text);
    return code;
}

/* ---- comparing ------------------------------------------------------------------------------- */

/* Short JSON of a value, for a sentence. */
static void show(const json_t *value, char *text, size_t size) {
    char *dumped = value == NULL ? NULL : json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    snprintf(text, size, "%s", dumped == NULL ? _("nothing") : dumped);
    free(dumped);
}

/* Names the first value in which two trees differ: false when there is none. */
static bool find_difference(const json_t *recorded, const json_t *computed, const char *path,
                            struct error *error) {
    char inner[256];
    if (json_equal(recorded, computed)) {
        return false;
    }
    if (json_is_object(recorded) && json_is_object(computed)) {
        const char *key;
        json_t *value;
        json_object_foreach((json_t *)computed, key, value) {
            snprintf(inner, sizeof(inner), "%s%s%s", path, path[0] == '\0' ? "" : ".", key);
            if (find_difference(json_object_get(recorded, key), value, inner, error)) {
                return true;
            }
        }
        return false;
    }
    if (json_is_array(recorded) && json_is_array(computed) &&
        json_is_object(json_array_get(computed, 0))) {
        size_t most = json_array_size(recorded) > json_array_size(computed)
                          ? json_array_size(recorded)
                          : json_array_size(computed);
        for (size_t i = 0; i < most; i++) {
            snprintf(inner, sizeof(inner), "%s[%zu]", path, i);
            if (find_difference(json_array_get(recorded, i), json_array_get(computed, i), inner,
                                error)) {
                return true;
            }
        }
        return false;
    }
    char said[200];
    char found[200];
    show(recorded, said, sizeof(said));
    show(computed, found, sizeof(found));
    error_set(error, RESULT_MISMATCH, _("%s: the record says %s, computed is %s."), path, said,
              found);
    return true;
}

static enum result compare(const struct team_record *record, const json_t *computed,
                           const char *text, size_t length, struct error *error) {
    char *written = NULL;
    if (find_difference(record->json, computed, "", error)) {
        return RESULT_MISMATCH;
    }
    enum result code = render(computed, &written, error);
    if (code == RESULT_OK && (strlen(written) != length || memcmp(written, text, length) != 0)) {
        code = error_set(error, RESULT_MISMATCH, "%s",
                         _("The teams hold, but their file is written otherwise than such records "
                           "are (blanks, order of keys or escapes): the file was edited."));
    }
    free(written);
    return code;
}

static enum result verify(const struct team_record *record, const struct draw_frame *frame,
                          const char *text, size_t length, struct error *error) {
    struct draw_roster *roster = NULL;
    json_t *computed = NULL;
    enum result code = parse_roster(record, &roster, error);
    if (code == RESULT_OK) {
        const struct draw_team_source source = {
            .frame = frame,
            .roster = roster,
            .draw_id = record->head.draw_id,
            .seed = record->head.seed,
            .units = record->units,
            .unit_count = record->head.team_count,
            .changes = record->changes,
            .change_count = record->change_count,
        };
        code = make_json(&computed, &source, record->head.number, record->head.frame_file, error);
    }
    if (code == RESULT_OK) {
        code = compare(record, computed, text, length, error);
    }
    json_decref(computed);
    draw_roster_free(roster);
    return code == RESULT_INVALID || code == RESULT_USAGE
               ? error_set(error, RESULT_MISMATCH, "%s", error_sentence(error))
               : code;
}

/* The units that have a team, as keys of an object; a new reference. */
static json_t *units_with_teams(const struct team_record *record) {
    json_t *units = json_object();
    for (size_t i = 0; i < record->head.team_count; i++) {
        json_object_set_new(units, record->units[i], json_true());
    }
    for (size_t i = 0; i < record->change_count; i++) {
        json_object_set_new(units, record->changes[i].unit, json_true());
    }
    return units;
}

/* Teams of another draw, or not of all its units, are no proof of it. */
static enum result check_draw(const struct team_record *record, const struct draw_record *draw,
                              struct error *error) {
    if (strcmp(record->head.draw_id, draw->draw_id) != 0 ||
        strcmp(record->head.seed, draw->seed) != 0) {
        return error_set(error, RESULT_MISMATCH,
                         _("The teams are of draw %s with seed %s, not of this one."),
                         record->head.draw_id, record->head.seed);
    }
    json_t *units = units_with_teams(record);
    enum result code = units == NULL ? error_no_memory(error) : RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < draw->unit_count; i++) {
        if (json_object_get(units, draw->units[i].id) == NULL) {
            code = error_set(error, RESULT_MISMATCH, _("Unit %s is drawn and has no team."),
                             draw->units[i].id);
        }
    }
    json_decref(units);
    return code;
}

enum result draw_team_record_verify(const char *text, size_t length, const char *frame_text,
                                    size_t frame_length, const struct draw_record *draw,
                                    struct error *error) {
    struct team_record record = {0};
    struct draw_frame *frame = NULL;
    struct arena *arena = arena_new();
    enum result code =
        arena == NULL ? error_no_memory(error) : parse(text, length, arena, &record, error);
    if (code == RESULT_OK) {
        code = draw_frame_parse(&frame, frame_text, frame_length, error);
    }
    if (code == RESULT_OK) {
        code = verify(&record, frame, text, length, error);
    }
    if (code == RESULT_OK && draw != NULL) {
        code = check_draw(&record, draw, error);
    }
    json_decref(record.json);
    draw_frame_free(frame);
    arena_free(arena);
    return code;
}
