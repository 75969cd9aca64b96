#include "draw/record_parse.h"

#include "base/gettext.h"
#include "draw/fields.h"

static void read_stratum(const struct json_node *node, void *place, void *owner) {
    (void)owner;
    struct draw_record_stratum *stratum = place;
    json_read_only(node, JSON_WORDS("code", "region", "class", "grade", "population", "rate",
                                    "drawn", "inclusion", "cutoff_ticket", "certain"));
    stratum->code = json_read_text(node, "code");
    stratum->region = json_read_text(node, "region");
    stratum->risk_class = fields_letter(node, "class");
    stratum->grade = json_read_text(node, "grade");
    stratum->population = fields_number(node, "population");
    stratum->rate = fields_rate_or_none(node, "rate");
    stratum->drawn = fields_number(node, "drawn");
    stratum->cutoff_ticket = json_read_text(node, "cutoff_ticket");
    stratum->certain = json_read_flag(node, "certain");
    struct draw_rate inclusion = fields_rate(node, "inclusion");
    if (inclusion.num != stratum->drawn || inclusion.den != stratum->population) {
        json_read_fail_at(node, "inclusion", "%s",
                          _("The record contradicts itself: \"inclusion\" is not \"drawn\" over "
                            "\"population\"."));
    }
}

static void read_exclusion(const struct json_node *node, void *place, void *owner) {
    (void)owner;
    struct draw_record_exclusion *exclusion = place;
    exclusion->reason = json_read_key(node);
    exclusion->count = (uint64_t)json_read_int_here(node, 0, DRAW_NUMBER_LIMIT);
}

static void read_unit(const struct json_node *node, void *place, void *owner) {
    (void)owner;
    struct draw_record_unit *unit = place;
    json_read_only(node,
                   JSON_WORDS("uscc", "name", "class", "stratum", "rank", "ticket", "method"));
    unit->id = json_read_text(node, "uscc");
    unit->name = json_read_text(node, "name");
    unit->risk_class = fields_letter(node, "class");
    unit->stratum = json_read_text(node, "stratum");
    unit->rank = fields_number(node, "rank");
    unit->ticket = json_read_text(node, "ticket");
    unit->method = (enum draw_method)json_read_word(
        node, "method", JSON_WORDS("random", "certainty", "replacement", "extension"));
}

static void read_record(const struct json_node *root, struct draw_record *record) {
    json_read_only(root,
                   JSON_WORDS("format", "number", "title", "draw_id", "seed", "seed_source",
                              "frame_file", "frame_digest", "roster_digest", "measures_digest",
                              "measures", "strata", "excluded", "units", "record_digest"));
    json_read_word(root, "format", JSON_WORDS(DRAW_RECORD_FORMAT));
    record->number = json_read_text(root, "number");
    record->title = json_read_text(root, "title");
    record->draw_id = json_read_text(root, "draw_id");
    record->seed = json_read_text(root, "seed");
    record->seed_source = json_read_text(root, "seed_source");
    record->frame_file = json_read_text(root, "frame_file");
    record->frame_digest = json_read_text(root, "frame_digest");
    json_read_stated(root, "roster_digest");
    record->roster_digest = json_read_text_or_null(root, "roster_digest");
    record->measures_digest = json_read_text(root, "measures_digest");
    record->record_digest = json_read_text(root, "record_digest");
    struct json_node measures = json_read_object(root, "measures");
    draw_measures_read(&measures, &record->measures);
    struct json_node strata = json_read_array(root, "strata");
    record->strata = json_read_items(&strata, sizeof(*record->strata), &record->stratum_count,
                                     read_stratum, NULL);
    struct json_node excluded = json_read_object(root, "excluded");
    record->excluded = json_read_items(&excluded, sizeof(*record->excluded),
                                       &record->excluded_count, read_exclusion, NULL);
    struct json_node units = json_read_array(root, "units");
    record->units =
        json_read_items(&units, sizeof(*record->units), &record->unit_count, read_unit, NULL);
}

enum result draw_record_parse(struct draw_record **result, const char *text, size_t length,
                              struct error *error) {
    struct draw_record *record = draw_record_new();
    if (record == NULL) {
        return error_no_memory(error);
    }
    struct json_reader reader = {.origin = _("draw record"),
                                 .text_rule = fields_text_rule,
                                 .arena = record->arena,
                                 .error = error};
    json_t *json = json_reader_parse(&reader, text, length);
    struct json_node root = json_read_root(&reader, json);
    read_record(&root, record);
    json_decref(json);
    if (reader.code != RESULT_OK) {
        draw_record_free(record);
        return reader.code;
    }
    *result = record;
    return RESULT_OK;
}
