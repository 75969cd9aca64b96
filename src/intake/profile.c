#include "intake/profile.h"

#include "base/file.h"
#include "base/gettext.h"
#include "base/json_reader.h"
#include "base/text.h"
#include "intake/value.h"
#include "intake/value_money.h"

#include <stdlib.h>
#include <string.h>

char *profile_header_key(const char *header) {
    char *key = text_name_key(header);
    if (key == NULL) {
        return NULL;
    }
    char *out = key;
    for (const char *in = key; *in != '\0'; in++) {
        if (*in != '*' && *in != ':') {
            *out++ = *in;
        }
    }
    *out = '\0';
    return key;
}

const struct profile_field *profile_field_at(const struct profile *profile, int index) {
    for (size_t i = 0; i < profile->field_count; i++) {
        if (profile->fields[i].index == index) {
            return &profile->fields[i];
        }
    }
    return NULL;
}

void profile_free(struct profile *profile) {
    if (profile != NULL) {
        arena_free(profile->arena);
        free(profile);
    }
}

/* ---- the parts of a column ------------------------------------------------------------------- */

static const char *text_rule(const char *text) {
    return text[0] != '\0' ? NULL : _("a text that is not empty");
}

static void read_header(const struct json_node *node, void *place, void *owner) {
    (void)owner;
    struct profile_header *header = place;
    if (!json_is_string(node->value)) {
        json_read_wrong(node, _("the name of a column, or a list of such names"));
    }
    header->text = json_read_text_here(node);
    char *key = profile_header_key(header->text);
    header->key = json_reader_copy(node->reader, key);
    free(key);
}

/* One header, or a list of them; none where the node is absent. */
static struct profile_headers read_headers(const struct json_node *node) {
    struct profile_headers headers = {NULL, 0};
    if (json_is_array(node->value)) {
        headers.items =
            json_read_items(node, sizeof(*headers.items), &headers.count, read_header, NULL);
    } else if (node->value != NULL) {
        headers.items = json_reader_alloc(node->reader, 1, sizeof(*headers.items));
        if (headers.items != NULL) {
            headers.count = 1;
            read_header(node, headers.items, NULL);
        }
    }
    return headers;
}

/* Folds what stands for a word as cells are folded before they are looked up. The word may be
 * empty: such cells count as blank. */
static void set_word(const struct json_node *node, const char *from, const json_t *to,
                     struct profile_word *word) {
    char folded[VALUE_SIZE];
    if (from == NULL || !json_is_string(to) || !value_fold(from, folded, sizeof(folded))) {
        json_read_fail(node, "%s",
                       _("An entry of \"map\" is \"cell\": \"word\", one of \"contains\" is "
                         "[\"part\", \"word\"]."));
        return;
    }
    word->from = json_reader_copy(node->reader, folded);
    word->to = json_reader_copy(node->reader, json_string_value(to));
}

static void read_mapped(const struct json_node *member, void *place, void *owner) {
    (void)owner;
    set_word(member, member->key, member->value, place);
}

static void read_pair(const struct json_node *item, void *place, void *owner) {
    (void)owner;
    bool pair = json_array_size(item->value) == 2;
    set_word(item, pair ? json_string_value(json_array_get(item->value, 0)) : NULL,
             json_array_get(item->value, 1), place);
}

/* The long form of a column: an object with options. */
static void read_options(const struct json_node *node, struct profile_field *field) {
    static const int64_t units[] = {MONEY_YUAN, MONEY_TEN_THOUSAND_YUAN, 0};
    json_read_only(node, JSON_WORDS("column", "otherwise", "currency", "unit", "sentence",
                                    "day_first", "as_of", "map", "contains", "fallback"));
    struct json_node member = json_read_member(node, "column");
    field->column = read_headers(&member);
    member = json_read_member(node, "otherwise");
    field->otherwise = read_headers(&member);
    member = json_read_member(node, "currency");
    field->currency = read_headers(&member);
    field->unit =
        units[json_read_word_or(node, "unit", JSON_WORDS("yuan", "ten_thousand_yuan"), 2)];
    field->sentence = json_read_flag_or(node, "sentence", false);
    field->day_first = json_read_flag_or(node, "day_first", false);
    field->as_of = json_read_flag_or(node, "as_of", false);
    member = json_read_object_or_none(node, "map");
    field->map.items =
        json_read_items(&member, sizeof(*field->map.items), &field->map.count, read_mapped, NULL);
    member = json_read_array_or_none(node, "contains");
    field->contains.items = json_read_items(&member, sizeof(*field->contains.items),
                                            &field->contains.count, read_pair, NULL);
    field->fallback = json_read_text_or_null(node, "fallback");
}

/* ---- the parts of a profile ------------------------------------------------------------------ */

/* A new field of the profile, which must not be there already; NULL after a fault. */
static struct profile_field *add_field(const struct json_node *node, struct profile *profile) {
    int index = kind_find_field(profile->kind, node->key);
    if (index < 0) {
        json_read_fail(node, _("\"%s\" is no field of this kind of file."), node->key);
    } else if (profile_field_at(profile, index) != NULL) {
        json_read_fail(node, _("\"%s\" is filled twice."), node->key);
    }
    if (node->reader->code != RESULT_OK) {
        return NULL;
    }
    struct profile_field *field = &profile->fields[profile->field_count++];
    field->index = index;
    field->field = kind_of(profile->kind)->fields[index];
    return field;
}

static void read_column(const struct json_node *node, struct profile *profile) {
    struct profile_field *field = add_field(node, profile);
    if (field == NULL) {
        return;
    }
    if (json_is_object(node->value)) {
        read_options(node, field);
    } else {
        field->column = read_headers(node);
    }
    if (field->column.count == 0 && !field->as_of) {
        json_read_fail(node, _("\"%s\" names no column."), node->key);
    }
    if (field->as_of && strcmp(node->key, "occurred_on") != 0) {
        json_read_fail(node, _("\"%s\" cannot take the day of the file; only occurred_on can."),
                       node->key);
    }
    field->required = field->column.count > 0;
    profile->has_codes =
        profile->has_codes || (field->field.shape == SHAPE_CODE && field->required);
}

/* The fields, from columns and constants. */
static void read_fields(const struct json_node *root, struct profile *profile) {
    struct json_node columns = json_read_object(root, "columns");
    struct json_node constants = json_read_object_or_none(root, "constants");
    size_t most = json_object_size(columns.value) + json_object_size(constants.value);
    profile->fields = json_reader_alloc(root->reader, most, sizeof(*profile->fields));
    const char *key;
    json_t *value;
    json_object_foreach(columns.value, key, value) {
        struct json_node column = json_read_member(&columns, key);
        read_column(&column, profile);
    }
    json_object_foreach(constants.value, key, value) {
        struct json_node constant = json_read_member(&constants, key);
        struct profile_field *field = add_field(&constant, profile);
        if (field != NULL) {
            field->constant = json_read_text_here(&constant);
        }
    }
}

/* "required" names the fields whose columns must be there; without it all must. */
static void read_required(const struct json_node *root, struct profile *profile) {
    struct json_node list = json_read_array_or_none(root, "required");
    for (size_t i = 0; i < profile->field_count && list.value != NULL; i++) {
        profile->fields[i].required = false;
    }
    for (size_t i = 0; i < json_array_size(list.value); i++) {
        struct json_node item = json_read_item(&list, i);
        const char *name = json_read_text_here(&item);
        bool found = false;
        for (size_t j = 0; j < profile->field_count && !found; j++) {
            struct profile_field *field = &profile->fields[j];
            found = field->column.count > 0 && strcmp(field->field.name, name) == 0;
            field->required = field->required || found;
        }
        if (!found) {
            json_read_fail(&item, _("No column fills \"%s\"."), name);
        }
    }
}

/* What every profile of a kind must fill. */
static void check_complete(const struct json_node *root, const struct profile *profile) {
    const struct kind *kind = kind_of(profile->kind);
    const struct profile_field *name =
        profile_field_at(profile, kind_find_field(profile->kind, "name"));
    if (kind->subject && (name == NULL || name->column.count == 0) && !profile->has_codes) {
        json_read_fail_at(root, "columns", "%s",
                          _("The columns must give the name or the code of the enterprise."));
    }
    const char *key = NULL;
    const char *lacking = kind->lacking == NULL ? NULL : kind->lacking(profile, &key);
    if (lacking != NULL && key != NULL) {
        json_read_fail_at(root, key, "%s", lacking);
    } else if (lacking != NULL) {
        json_read_fail(root, "%s", lacking);
    }
}

static void read_profile(const struct json_node *root, struct profile *profile) {
    json_read_only(root, JSON_WORDS("name", "kind", "title", "source", "note", "automatic",
                                    "required", "columns", "constants"));
    profile->name = json_read_text(root, "name");
    profile->kind = (enum import_kind)json_read_word(root, "kind", kind_codes());
    profile->title = json_read_text(root, "title");
    profile->source = json_read_text_or_null(root, "source");
    profile->note = json_read_text_or_null(root, "note");
    profile->automatic = json_read_flag_or(root, "automatic", true);
    read_fields(root, profile);
    read_required(root, profile);
    check_complete(root, profile);
}

enum result profile_parse(struct profile **profile, const char *json, const char *where,
                          struct error *error) {
    *profile = NULL;
    struct profile *made = calloc(1, sizeof(*made));
    if (made == NULL || (made->arena = arena_new()) == NULL) {
        free(made);
        return error_no_memory(error);
    }
    struct json_reader reader = {
        .origin = where, .text_rule = text_rule, .arena = made->arena, .error = error};
    json_t *document = json_reader_parse(&reader, json, strlen(json));
    struct json_node root = json_read_root(&reader, document);
    read_profile(&root, made);
    json_decref(document);
    if (reader.code != RESULT_OK) {
        profile_free(made);
        return reader.code;
    }
    *profile = made;
    return RESULT_OK;
}

enum result profile_load(struct profile **profile, const char *path, struct error *error) {
    *profile = NULL;
    char *json = NULL;
    enum result code = file_read(path, &json, error);
    if (code == RESULT_OK) {
        code = profile_parse(profile, json, path, error);
    }
    free(json);
    return code;
}
