#include "draw/record_parse.h"

#include "base/gettext.h"
#include "draw/fields.h"

#include <string.h>

static void read_stratum(struct fields *fields, struct draw_record_stratum *stratum,
                         const json_t *json, const char *where) {
    static const char *const keys[] = {"code",          "region",  "class", "grade",
                                       "population",    "rate",    "drawn", "inclusion",
                                       "cutoff_ticket", "certain", NULL};
    fields_keys(fields, json, where, keys);
    stratum->code = fields_text(fields, json, where, "code");
    stratum->region = fields_text(fields, json, where, "region");
    stratum->risk_class = fields_letter(fields, json, where, "class");
    stratum->grade = fields_text(fields, json, where, "grade");
    stratum->population = fields_number(fields, json, where, "population");
    stratum->rate = fields_rate_or_none(fields, json, where, "rate");
    stratum->drawn = fields_number(fields, json, where, "drawn");
    stratum->cutoff_ticket = fields_text(fields, json, where, "cutoff_ticket");
    stratum->certain = fields_flag(fields, json, where, "certain");
    struct draw_rate inclusion = fields_rate(fields, json, where, "inclusion");
    if (fields->code == RESULT_OK &&
        (inclusion.num != stratum->drawn || inclusion.den != stratum->population)) {
        fields->code = error_set(fields->error, RESULT_INVALID,
                                 _("The record contradicts itself: in %s \"inclusion\" is not "
                                   "\"drawn\" over \"population\"."),
                                 where);
    }
}

static void read_strata(struct fields *fields, struct draw_record *record, const json_t *json) {
    const json_t *strata = fields_array(fields, json, "record", "strata");
    size_t count = json_array_size(strata);
    struct draw_record_stratum *array = fields_alloc(fields, count * sizeof(*array));
    for (size_t i = 0; i < count && fields->code == RESULT_OK; i++) {
        char where[FIELDS_WHERE_SIZE];
        fields_where(where, "strata", i);
        read_stratum(fields, &array[i], json_array_get(strata, i), where);
    }
    record->strata = array;
    record->stratum_count = count;
}

static void read_excluded(struct fields *fields, struct draw_record *record, const json_t *json) {
    const json_t *excluded = fields_object(fields, json, "record", "excluded");
    size_t count = json_object_size(excluded);
    struct draw_record_exclusion *array = fields_alloc(fields, count * sizeof(*array));
    size_t i = 0;
    for (void *at = json_object_iter((json_t *)excluded); at != NULL && fields->code == RESULT_OK;
         at = json_object_iter_next((json_t *)excluded, at)) {
        const char *reason = json_object_iter_key(at);
        json_t *name = json_string(reason);
        array[i].reason = fields_text_value(fields, name, "excluded");
        array[i++].count = fields_number(fields, excluded, "excluded", reason);
        json_decref(name);
    }
    record->excluded = array;
    record->excluded_count = count;
}

static void read_unit(struct fields *fields, struct draw_record_unit *unit, const json_t *json,
                      const char *where) {
    static const char *const keys[] = {"uscc", "name",   "class",  "stratum",
                                       "rank", "ticket", "method", NULL};
    static const char *const methods[] = {"random", "certainty", "replacement", "extension", NULL};
    fields_keys(fields, json, where, keys);
    unit->id = fields_text(fields, json, where, "uscc");
    unit->name = fields_text(fields, json, where, "name");
    unit->risk_class = fields_letter(fields, json, where, "class");
    unit->stratum = fields_text(fields, json, where, "stratum");
    unit->rank = fields_number(fields, json, where, "rank");
    unit->ticket = fields_text(fields, json, where, "ticket");
    unit->method = (enum draw_method)fields_word(fields, json, where, "method", methods);
}

static void read_units(struct fields *fields, struct draw_record *record, const json_t *json) {
    const json_t *units = fields_array(fields, json, "record", "units");
    size_t count = json_array_size(units);
    struct draw_record_unit *array = fields_alloc(fields, count * sizeof(*array));
    for (size_t i = 0; i < count && fields->code == RESULT_OK; i++) {
        char where[FIELDS_WHERE_SIZE];
        fields_where(where, "units", i);
        read_unit(fields, &array[i], json_array_get(units, i), where);
    }
    record->units = array;
    record->unit_count = count;
}

static enum result read_record(struct draw_record *record, const json_t *json,
                               struct error *error) {
    static const char *const formats[] = {DRAW_RECORD_FORMAT, NULL};
    static const char *const keys[] = {
        "format",        "number",          "title",         "draw_id",
        "seed",          "seed_source",     "frame_file",    "frame_digest",
        "roster_digest", "measures_digest", "measures",      "strata",
        "excluded",      "units",           "record_digest", NULL};
    struct fields fields = {.arena = record->arena, .error = error, .code = RESULT_OK};
    fields_keys(&fields, json, "record", keys);
    fields_word(&fields, json, "record", "format", formats);
    record->number = fields_text(&fields, json, "record", "number");
    record->title = fields_text(&fields, json, "record", "title");
    record->draw_id = fields_text(&fields, json, "record", "draw_id");
    record->seed = fields_text(&fields, json, "record", "seed");
    record->seed_source = fields_text(&fields, json, "record", "seed_source");
    record->frame_file = fields_text(&fields, json, "record", "frame_file");
    record->frame_digest = fields_text(&fields, json, "record", "frame_digest");
    record->roster_digest = fields_text_or_null(&fields, json, "record", "roster_digest");
    record->measures_digest = fields_text(&fields, json, "record", "measures_digest");
    record->record_digest = fields_text(&fields, json, "record", "record_digest");
    read_strata(&fields, record, json);
    read_excluded(&fields, record, json);
    read_units(&fields, record, json);
    if (fields.code != RESULT_OK) {
        return fields.code;
    }
    return draw_measures_from_json(&record->measures, json_object_get(json, "measures"),
                                   record->arena, error);
}

enum result draw_record_parse(struct draw_record **result, const char *text, size_t length,
                              struct error *error) {
    json_error_t fault;
    json_t *json = json_loadb(text, length, JSON_REJECT_DUPLICATES, &fault);
    if (json == NULL) {
        return error_set(error, RESULT_INVALID,
                         _("The record is not readable as JSON: line %d, column %d."), fault.line,
                         fault.column);
    }
    struct draw_record *record = draw_record_new();
    enum result code = record == NULL ? error_no_memory(error) : read_record(record, json, error);
    json_decref(json);
    if (code != RESULT_OK) {
        draw_record_free(record);
        return code;
    }
    *result = record;
    return RESULT_OK;
}
