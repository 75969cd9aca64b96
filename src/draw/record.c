#include "draw/record.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "draw/fields.h"
#include "draw/plain.h"

#include <stdlib.h>
#include <string.h>

struct draw_record *draw_record_new(void) {
    struct arena *arena = arena_new();
    struct draw_record *record = arena == NULL ? NULL : arena_alloc(arena, sizeof(*record));
    if (record == NULL) {
        arena_free(arena);
        return NULL;
    }
    *record = (struct draw_record){
        .arena = arena,
        .number = "",
        .title = "",
        .draw_id = "",
        .seed = "",
        .seed_source = "",
        .frame_file = "",
        .frame_digest = "",
        .measures_digest = "",
        .record_digest = "",
    };
    return record;
}

void draw_record_free(struct draw_record *record) {
    if (record != NULL) {
        arena_free(record->arena);
    }
}

static char *ticket_hex(struct arena *arena, const uint8_t ticket[static DIGEST_SIZE]) {
    char *hex = arena_alloc(arena, DIGEST_HEX_SIZE);
    if (hex != NULL) {
        digest_to_hex(ticket, DIGEST_SIZE, hex);
    }
    return hex;
}

static bool fill_strata(struct draw_record *record, const struct draw_strata *strata) {
    struct draw_record_stratum *array = arena_alloc(record->arena, strata->count * sizeof(*array));
    if (array == NULL) {
        return false;
    }
    for (size_t i = 0; i < strata->count; i++) {
        const struct draw_stratum *stratum = &strata->items[i];
        array[i] = (struct draw_record_stratum){
            .code = arena_strdup(record->arena, stratum->code),
            .region = arena_strdup(record->arena, stratum->region),
            .grade = arena_strdup(record->arena, stratum->grade),
            .risk_class = stratum->risk_class,
            .certain = stratum->certain,
            .population = stratum->population,
            .rate = stratum->rate,
            .drawn = stratum->drawn,
            .cutoff_ticket = "",
        };
        if (array[i].code == NULL || array[i].region == NULL || array[i].grade == NULL) {
            return false;
        }
    }
    record->strata = array;
    record->stratum_count = strata->count;
    return true;
}

static bool fill_units(struct draw_record *record, const struct draw_frame *frame,
                       const struct draw_result *result) {
    struct draw_record_unit *array = arena_alloc(record->arena, result->count * sizeof(*array));
    if (array == NULL) {
        return false;
    }
    for (size_t i = 0; i < result->count; i++) {
        const struct draw_pick *pick = &result->picks[i];
        const struct draw_unit *unit = &draw_frame_units(frame)[pick->unit];
        struct draw_record_stratum *stratum = &record->strata[pick->stratum];
        array[i] = (struct draw_record_unit){
            .id = arena_strdup(record->arena, unit->id),
            .name = "",
            .risk_class = unit->risk_class,
            .stratum = stratum->code,
            .rank = pick->rank,
            .ticket = ticket_hex(record->arena, pick->ticket),
            .method = pick->method,
        };
        if (array[i].id == NULL || array[i].ticket == NULL) {
            return false;
        }
        if (pick->rank == stratum->drawn) {
            stratum->cutoff_ticket = array[i].ticket;
        }
    }
    record->units = array;
    record->unit_count = result->count;
    return true;
}

enum result draw_record_fill(struct draw_record *record, const struct draw_frame *frame,
                             const struct draw_measures *measures, const struct draw_result *result,
                             struct error *error) {
    char hex[DIGEST_HEX_SIZE];
    enum result code = draw_measures_digest(measures, hex, error);
    if (code != RESULT_OK) {
        return code;
    }
    record->measures = *measures;
    record->measures_digest = arena_strdup(record->arena, hex);
    record->frame_digest = arena_strdup(record->arena, draw_frame_digest(frame));
    if (record->measures_digest == NULL || record->frame_digest == NULL ||
        !fill_strata(record, result->strata) || !fill_units(record, frame, result)) {
        return error_no_memory(error);
    }
    return RESULT_OK;
}

static json_t *rate_to_json(struct draw_rate rate) {
    return rate.den == 0
               ? json_null()
               : json_pack("{s:I, s:I}", "num", (json_int_t)rate.num, "den", (json_int_t)rate.den);
}

static json_t *stratum_to_json(const struct draw_record_stratum *stratum) {
    char letter[2] = {stratum->risk_class, '\0'};
    return json_pack("{s:s, s:s, s:s, s:s, s:I, s:o, s:I, s:{s:I, s:I}, s:s, s:b}", "code",
                     stratum->code, "region", stratum->region, "class", letter, "grade",
                     stratum->grade, "population", (json_int_t)stratum->population, "rate",
                     rate_to_json(stratum->rate), "drawn", (json_int_t)stratum->drawn, "inclusion",
                     "num", (json_int_t)stratum->drawn, "den", (json_int_t)stratum->population,
                     "cutoff_ticket", stratum->cutoff_ticket, "certain", (int)stratum->certain);
}

/* Adds strata and exclusions; false when memory is short. */
static bool add_lists(json_t *json, const struct draw_record *record) {
    json_t *strata = json_array();
    json_t *excluded = json_object();
    /* The object takes them over at once, and copes with NULL by failing. */
    bool whole = json_object_set_new(json, "strata", strata) == 0;
    whole = json_object_set_new(json, "excluded", excluded) == 0 && whole;
    for (size_t i = 0; i < record->stratum_count && whole; i++) {
        whole = json_array_append_new(strata, stratum_to_json(&record->strata[i])) == 0;
    }
    for (size_t i = 0; i < record->excluded_count && whole; i++) {
        whole = json_object_set_new(excluded, record->excluded[i].reason,
                                    json_integer((json_int_t)record->excluded[i].count)) == 0;
    }
    return whole;
}

/* The record as JSON without its units and its own digest; NULL when memory is short. */
static json_t *head_to_json(const struct draw_record *record) {
    json_t *json =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s?, s:s, s:o}", "format",
                  DRAW_RECORD_FORMAT, "number", record->number, "title", record->title, "draw_id",
                  record->draw_id, "seed", record->seed, "seed_source", record->seed_source,
                  "frame_file", record->frame_file, "frame_digest", record->frame_digest,
                  "roster_digest", record->roster_digest, "measures_digest",
                  record->measures_digest, "measures", draw_measures_to_json(&record->measures));
    if (json != NULL && !add_lists(json, record)) {
        json_decref(json);
        return NULL;
    }
    return json;
}

/* ---- units, written by hand: a draw of a large frame has very many ------------------------------
 */

/* How a list of units is written: the members of each in this order, with what stands around. */
struct layout {
    const char *open; /* of a unit that is not the first */
    const char *between;
    const char *colon;
    const char *close;
    bool sorted; /* members by name, else as the file has them */
};

static const struct layout indented = {",\n    {\n      ", ",\n      ", ": ", "\n    }", false};
static const struct layout compact = {",{", ",", ":", "}", true};

/* A JSON string of plain text: only quotation mark and backslash need an escape. */
static void append_string(struct buffer *buffer, const char *text) {
    buffer_append_char(buffer, '"');
    for (;;) {
        size_t length = strcspn(text, "\"\\");
        buffer_append(buffer, text, length);
        if (text[length] == '\0') {
            break;
        }
        buffer_append_char(buffer, '\\');
        buffer_append_char(buffer, text[length]);
        text += length + 1;
    }
    buffer_append_char(buffer, '"');
}

enum member { USCC, NAME, CLASS, STRATUM, RANK, TICKET, METHOD, MEMBERS };

static const char *const member_names[MEMBERS] = {"uscc", "name",   "class", "stratum",
                                                  "rank", "ticket", "method"};
static const enum member by_name[MEMBERS] = {CLASS, METHOD, NAME, RANK, STRATUM, TICKET, USCC};

static void append_member(struct buffer *buffer, const struct draw_record_unit *unit,
                          enum member member, const struct layout *layout) {
    const char letter[2] = {unit->risk_class, '\0'};
    const char *const texts[MEMBERS] = {unit->id,
                                        unit->name,
                                        letter,
                                        unit->stratum,
                                        NULL,
                                        unit->ticket,
                                        draw_method_name(unit->method)};
    append_string(buffer, member_names[member]);
    buffer_append_text(buffer, layout->colon);
    if (texts[member] == NULL) {
        buffer_append_number(buffer, (int64_t)unit->rank);
    } else {
        append_string(buffer, texts[member]);
    }
}

static void append_units(struct buffer *buffer, const struct draw_record *record,
                         const struct layout *layout) {
    for (size_t i = 0; i < record->unit_count; i++) {
        buffer_append_text(buffer, layout->open + (i == 0 ? 1 : 0));
        for (int member = 0; member < MEMBERS; member++) {
            buffer_append_text(buffer, member == 0 ? "" : layout->between);
            append_member(buffer, &record->units[i],
                          layout->sorted ? by_name[member] : (enum member)member, layout);
        }
        buffer_append_text(buffer, layout->close);
    }
}

/* Appends the head without its end, which is `end`: what comes behind are members more. */
static bool append_head(struct buffer *buffer, const struct draw_record *record, size_t flags,
                        const char *end) {
    json_t *json = head_to_json(record);
    char *text = json == NULL ? NULL : json_dumps(json, flags);
    if (text != NULL) {
        buffer_append(buffer, text, strlen(text) - strlen(end));
    }
    bool whole = text != NULL;
    free(text);
    json_decref(json);
    return whole;
}

/* RESULT_OK when all texts that a caller sets are plain. */
static enum result check_texts(const struct draw_record *record, struct error *error) {
    const struct {
        const char *key;
        const char *text;
    } texts[] = {{"number", record->number},
                 {"title", record->title},
                 {"draw_id", record->draw_id},
                 {"seed", record->seed},
                 {"seed_source", record->seed_source},
                 {"frame_file", record->frame_file},
                 {"roster_digest", record->roster_digest == NULL ? "" : record->roster_digest}};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (!draw_plain(texts[i].text)) {
            return error_set(error, RESULT_INVALID,
                             _("\"%s\" of the draw holds a line break, another control character "
                               "or broken text; write it on one line."),
                             texts[i].key);
        }
    }
    for (size_t i = 0; i < record->excluded_count; i++) {
        if (!draw_plain(record->excluded[i].reason)) {
            return error_set(error, RESULT_INVALID,
                             _("Reason number %zu of the exclusions is not plain text."), i + 1);
        }
    }
    for (size_t i = 0; i < record->unit_count; i++) {
        if (!draw_plain(record->units[i].name)) {
            return error_set(error, RESULT_INVALID,
                             _("The name of unit \"%s\" holds a line break, another control "
                               "character or broken text."),
                             record->units[i].id);
        }
    }
    return RESULT_OK;
}

enum result draw_record_compute_digest(const struct draw_record *record,
                                       char hex[static DIGEST_HEX_SIZE], struct error *error) {
    enum result code = check_texts(record, error);
    if (code != RESULT_OK) {
        return code;
    }
    /* sorted, "units" comes last */
    struct buffer text = BUFFER_INIT;
    bool whole = append_head(&text, record, JSON_COMPACT | JSON_SORT_KEYS, "}");
    buffer_append_text(&text, ",\"units\":[");
    append_units(&text, record, &compact);
    buffer_append_text(&text, "]}");
    code = !whole || text.failed ? error_no_memory(error)
                                 : digest_sha256_hex(text.data, text.length, hex, error);
    buffer_free(&text);
    return code;
}

enum result draw_record_seal(struct draw_record *record, struct error *error) {
    char hex[DIGEST_HEX_SIZE];
    enum result code = draw_record_compute_digest(record, hex, error);
    if (code != RESULT_OK) {
        return code;
    }
    record->record_digest = arena_strdup(record->arena, hex);
    return record->record_digest == NULL ? error_no_memory(error) : RESULT_OK;
}

enum result draw_record_write(char **text, const struct draw_record *record, struct error *error) {
    enum result code = check_texts(record, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct buffer file = BUFFER_INIT;
    bool whole = append_head(&file, record, JSON_INDENT(2), "\n}");
    buffer_append_text(&file, ",\n  \"units\": [");
    append_units(&file, record, &indented);
    buffer_append_text(&file, record->unit_count == 0 ? "],\n" : "\n  ],\n");
    buffer_append_text(&file, "  \"record_digest\": ");
    append_string(&file, record->record_digest);
    buffer_append_text(&file, "\n}\n");
    *text = whole ? buffer_take(&file) : NULL;
    buffer_free(&file);
    return *text == NULL ? error_no_memory(error) : RESULT_OK;
}
