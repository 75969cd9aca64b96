#include "intake/mapping.h"

#include "intake/kind_fact.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* What texts of penalties say of how grave they are, the gravest first. */
static const char *const penalty_levels[][2] = {
    {"吊销", "4"},     {"没收", "3"}, {"停产", "3"}, {"停业", "3"},    {"停止生产", "3"},
    {"停止使用", "3"}, {"罚款", "2"}, {"警告", "1"}, {"通报批评", "1"}};

/* The headers of the columns that fill a field: the first, and those that stand in for it. */
static void gather(const struct mapping *mapping, int field, const char **first,
                   json_t *otherwise) {
    *first = NULL;
    for (size_t i = 0; i < mapping->guess->column_count; i++) {
        const struct guess_column *column = &mapping->guess->columns[i];
        const char *header = row_cell(&mapping->header->row, i);
        if (column->field != field || header[0] == '\0' || column->confidence < GUESS_SURE) {
            continue;
        }
        if (!column->also) {
            *first = header;
        } else {
            json_array_append_new(otherwise, json_string(header));
        }
    }
}

static const struct evidence *evidence_for(const struct mapping *mapping, int field) {
    for (size_t i = 0; i < mapping->guess->column_count; i++) {
        if (mapping->guess->columns[i].field == field && !mapping->guess->columns[i].also) {
            return &mapping->guess->columns[i].evidence;
        }
    }
    return NULL;
}

/* The base's entry of a field as an object with options and without its columns. */
static json_t *options_of(const json_t *base, const char *field) {
    const json_t *entry = json_object_get(json_object_get(base, "columns"), field);
    json_t *options = json_is_object(entry) ? json_deep_copy(entry) : json_object();
    json_object_del(options, "column");
    json_object_del(options, "otherwise");
    json_object_del(options, "as_of");
    return options;
}

/* Orders pairs by the length of their first text, the longest first, so that 不合格 is found before
 * 合格. */
static int compare_pairs(const void *left, const void *right) {
    const json_t *const *one = left;
    const json_t *const *other = right;
    size_t first = json_string_length(json_array_get(*one, 0));
    size_t second = json_string_length(json_array_get(*other, 0));
    return (first < second) - (first > second);
}

/* Turns a map of whole cells into parts to look for: the words of a file nobody knows stand in
 * sentences, and one that no part tells leaves the level unknown instead of refusing the row. */
static void loosen_map(json_t *options) {
    json_t *map = json_object_get(options, "map");
    json_t *parts = json_array();
    size_t count = json_object_size(map);
    json_t **pairs = calloc(count + 1, sizeof(json_t *));
    size_t made = 0;
    const char *from;
    json_t *to;
    json_object_foreach(map, from, to) {
        if (pairs != NULL && strlen(from) > 1) {
            pairs[made++] = json_pack("[s, O]", from, to);
        }
    }
    if (made > 0) {
        qsort(pairs, made, sizeof(*pairs), compare_pairs);
    }
    for (size_t i = 0; i < made; i++) {
        json_array_append_new(parts, pairs[i]);
    }
    free(pairs);
    json_object_del(options, "map");
    json_object_set_new(options, "contains", parts);
}

/* What the values ask for beyond the base's options. */
static void fit_options(const struct mapping *mapping, int field, json_t *options) {
    const struct field *known = &kind_of(mapping->guess->kind)->fields[field];
    const struct evidence *evidence = evidence_for(mapping, field);
    if (evidence == NULL) {
        return;
    }
    bool day = known->shape == SHAPE_DATE || known->shape == SHAPE_TERM_END;
    if (day && evidence->day_first > 0) {
        json_object_set_new(options, "day_first", json_true());
    }
    if (known->shape != SHAPE_MONEY) {
        json_object_del(options, "currency");
    } else if (mapping->guess->kind == IMPORT_FACTS && evidence->fines > evidence->amounts) {
        json_object_set_new(options, "sentence", json_true());
    }
    bool level = mapping->guess->kind == IMPORT_FACTS && field == FACT_FIELD_LEVEL;
    if (level && evidence->integers < evidence->filled) {
        loosen_map(options);
    }
}

static void add_field(const struct mapping *mapping, const json_t *base, int field,
                      json_t *columns) {
    const char *name = kind_of(mapping->guess->kind)->fields[field].name;
    if (mapping->keep && (mapping->guess->touched >> field & 1) == 0) {
        json_t *entry = json_object_get(json_object_get(base, "columns"), name);
        if (entry != NULL) {
            json_object_set(columns, name, entry);
        }
        return;
    }
    const char *first = NULL;
    json_t *otherwise = json_array();
    gather(mapping, field, &first, otherwise);
    if (first != NULL) {
        json_t *options = options_of(base, name);
        json_object_set_new(options, "column", json_string(first));
        if (json_array_size(otherwise) > 0) {
            json_object_set(options, "otherwise", otherwise);
        }
        fit_options(mapping, field, options);
        json_object_set_new(columns, name, options);
    }
    json_decref(otherwise);
}

/* The column whose texts speak of fines most; NULL when hardly any do. */
static const char *fine_column(const struct mapping *mapping) {
    const char *found = NULL;
    size_t most = 0;
    for (size_t i = 0; i < mapping->guess->column_count; i++) {
        const struct evidence *evidence = &mapping->guess->columns[i].evidence;
        if (evidence->fines > most && evidence_share(evidence, evidence->fines) >= 30) {
            most = evidence->fines;
            found = row_cell(&mapping->header->row, i);
        }
    }
    return found != NULL && found[0] != '\0' ? found : NULL;
}

/* Amount and level of penalties, where no column has them alone, from the text that tells them. */
static void derive(const struct mapping *mapping, json_t *columns) {
    const char *text = fine_column(mapping);
    if (text == NULL) {
        return;
    }
    if (json_object_get(columns, "amount") == NULL) {
        json_object_set_new(
            columns, "amount",
            json_pack("{s:s, s:s, s:b}", "column", text, "unit", "yuan", "sentence", 1));
    }
    if (json_object_get(columns, "level") == NULL) {
        json_t *parts = json_array();
        for (size_t i = 0; i < sizeof(penalty_levels) / sizeof(penalty_levels[0]); i++) {
            json_array_append_new(parts,
                                  json_pack("[s, s]", penalty_levels[i][0], penalty_levels[i][1]));
        }
        json_object_set_new(columns, "level",
                            json_pack("{s:s, s:o}", "column", text, "contains", parts));
    }
}

/* Lets the day of the whole file stand in where a row gives none. */
static void take_day_of_file(json_t *columns) {
    json_t *day = json_object_get(columns, "occurred_on");
    if (day == NULL) {
        json_object_set_new(columns, "occurred_on", json_pack("{s:b}", "as_of", 1));
    } else if (json_is_object(day)) {
        json_object_set_new(day, "as_of", json_true());
    } else {
        json_object_set_new(columns, "occurred_on",
                            json_pack("{s:O, s:b}", "column", day, "as_of", 1));
    }
}

/* The columns a file must have when the profile is used again: those that say who, when and what.
 */
static json_t *required_of(const struct mapping *mapping, const json_t *columns) {
    json_t *required = json_array();
    const struct kind *kind = kind_of(mapping->guess->kind);
    for (size_t i = 0; i < kind->field_count; i++) {
        const struct field *field = &kind->fields[i];
        bool key = field->shape == SHAPE_NAME || strcmp(field->name, "uscc") == 0 ||
                   (kind->needed >> i & 1) != 0 || strcmp(field->name, "occurred_on") == 0;
        const json_t *entry = json_object_get(columns, field->name);
        bool column = json_is_string(entry) || json_is_array(entry) ||
                      json_object_get(entry, "column") != NULL;
        if (key && column) {
            json_array_append_new(required, json_string(field->name));
        }
    }
    return required;
}

/* What the base says of all rows, but for what a column says now. */
static json_t *constants_of(const struct mapping *mapping, const json_t *base,
                            const json_t *columns) {
    const json_t *known = json_object_get(base, "constants");
    json_t *constants = json_is_object(known) ? json_deep_copy(known) : json_object();
    if (mapping->guess->type != NULL) {
        json_object_set_new(constants, "type", json_string(mapping->guess->type));
    }
    const char *field;
    json_t *entry;
    json_object_foreach((json_t *)(uintptr_t)columns, field, entry) {
        json_object_del(constants, field);
    }
    return constants;
}

char *mapping_document(const struct mapping *mapping) {
    json_t *base = json_loads(mapping->base, 0, NULL);
    const struct kind *kind = kind_of(mapping->guess->kind);
    const char *name = mapping->name == NULL ? MAPPING_GUESSED : mapping->name;
    json_t *columns = json_object();
    for (size_t field = 0; field < kind->field_count; field++) {
        bool constant = mapping->guess->type != NULL && mapping->guess->kind == IMPORT_FACTS &&
                        field == FACT_FIELD_TYPE;
        if (!constant) {
            add_field(mapping, base, (int)field, columns);
        }
    }
    if (mapping->guess->kind == IMPORT_FACTS && !mapping->keep) {
        derive(mapping, columns);
    }
    if (mapping->guess->day) {
        take_day_of_file(columns);
    }
    json_t *document = json_pack("{s:s, s:s, s:s, s:o, s:o, s:o}", "name", name, "kind", kind->code,
                                 "title", mapping->title == NULL ? name : mapping->title,
                                 "required", required_of(mapping, columns), "constants",
                                 constants_of(mapping, base, columns), "columns", columns);
    json_t *source = json_object_get(base, "source");
    if (document != NULL && json_is_string(source)) {
        json_object_set(document, "source", source);
    }
    json_decref(base);
    char *text = document == NULL ? NULL : json_dumps(document, JSON_INDENT(2));
    json_decref(document);
    return text;
}
