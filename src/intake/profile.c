#include "intake/profile.h"

#include "base/gettext.h"
#include "base/text.h"
#include "intake/value.h"
#include "intake/value_money.h"

#include <errno.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* What the functions below share while one document is read. */
struct loader {
    struct profile *profile;
    const char *where;
    struct error *error;
};

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

/* ---- JSON, strictly ------------------------------------------------------------------------ */

static enum result wrong(struct loader *loader, const char *key, const char *what) {
    return error_set(loader->error, RESULT_INVALID, _("%s: \"%s\" %s."), loader->where, key, what);
}

/* Only these keys may stand in an object. */
static enum result check_keys(struct loader *loader, const json_t *object, const char *where,
                              const char *const *known, size_t count) {
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)object, key, value) {
        bool found = false;
        for (size_t i = 0; i < count && !found; i++) {
            found = strcmp(known[i], key) == 0;
        }
        if (!found) {
            return error_set(loader->error, RESULT_INVALID,
                             _("%s: there is no key \"%s\" in %s; check its spelling."),
                             loader->where, key, where);
        }
    }
    return RESULT_OK;
}

/* Copies a string member into the arena; *text stays NULL when it is absent. */
static enum result read_string(struct loader *loader, const json_t *object, const char *key,
                               const char **text) {
    const json_t *value = json_object_get(object, key);
    if (value == NULL) {
        return RESULT_OK;
    }
    if (!json_is_string(value) || json_string_length(value) == 0) {
        return wrong(loader, key, _("must be a text"));
    }
    *text = arena_strdup(loader->profile->arena, json_string_value(value));
    return *text == NULL ? error_no_memory(loader->error) : RESULT_OK;
}

static enum result read_flag(struct loader *loader, const json_t *object, const char *key,
                             bool *flag) {
    const json_t *value = json_object_get(object, key);
    if (value == NULL) {
        return RESULT_OK;
    }
    if (!json_is_boolean(value)) {
        return wrong(loader, key, _("must be true or false"));
    }
    *flag = json_is_true(value);
    return RESULT_OK;
}

static enum result add_header(struct loader *loader, const json_t *value, const char *name,
                              struct profile_header *header) {
    if (!json_is_string(value) || json_string_length(value) == 0) {
        return wrong(loader, name, _("must name a column, or list columns"));
    }
    char *key = profile_header_key(json_string_value(value));
    header->text = arena_strdup(loader->profile->arena, json_string_value(value));
    header->key = key == NULL ? NULL : arena_strdup(loader->profile->arena, key);
    free(key);
    return header->text == NULL || header->key == NULL ? error_no_memory(loader->error) : RESULT_OK;
}

/* One header, or a list of them. */
static enum result read_headers(struct loader *loader, const json_t *value, const char *name,
                                struct profile_headers *headers) {
    size_t count = json_is_array(value) ? json_array_size(value) : 1;
    headers->items = arena_alloc(loader->profile->arena, (count + 1) * sizeof(*headers->items));
    if (headers->items == NULL) {
        return error_no_memory(loader->error);
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_is_array(value) ? json_array_get(value, i) : value;
        enum result code = add_header(loader, item, name, &headers->items[i]);
        if (code != RESULT_OK) {
            return code;
        }
    }
    headers->count = count;
    return RESULT_OK;
}

/* Folds the key of a map as cells are folded before they are looked up. */
static enum result add_word(struct loader *loader, const char *from, const json_t *to,
                            struct profile_words *words) {
    char folded[VALUE_SIZE];
    if (!json_is_string(to) || from == NULL || !value_fold(from, folded, sizeof(folded))) {
        return wrong(loader, from == NULL ? "contains" : from,
                     _("must stand for a text of the program"));
    }
    struct profile_word *word = &words->items[words->count++];
    word->from = arena_strdup(loader->profile->arena, folded);
    word->to = arena_strdup(loader->profile->arena, json_string_value(to));
    return word->from == NULL || word->to == NULL ? error_no_memory(loader->error) : RESULT_OK;
}

static enum result make_words(struct loader *loader, size_t count, struct profile_words *words) {
    words->items = arena_alloc(loader->profile->arena, (count + 1) * sizeof(*words->items));
    return words->items == NULL ? error_no_memory(loader->error) : RESULT_OK;
}

static enum result read_map(struct loader *loader, const json_t *object,
                            struct profile_words *words) {
    json_t *map = json_object_get(object, "map");
    if (map == NULL) {
        return RESULT_OK;
    }
    if (!json_is_object(map)) {
        return wrong(loader, "map", _("must be an object from cells to values"));
    }
    enum result code = make_words(loader, json_object_size(map), words);
    const char *from;
    json_t *to;
    json_object_foreach(map, from, to) {
        if (code == RESULT_OK) {
            code = add_word(loader, from, to, words);
        }
    }
    return code;
}

static enum result read_contains(struct loader *loader, const json_t *object,
                                 struct profile_words *words) {
    const json_t *list = json_object_get(object, "contains");
    if (list == NULL) {
        return RESULT_OK;
    }
    if (!json_is_array(list)) {
        return wrong(loader, "contains", _("must be a list of pairs"));
    }
    enum result code = make_words(loader, json_array_size(list), words);
    for (size_t i = 0; code == RESULT_OK && i < json_array_size(list); i++) {
        const json_t *pair = json_array_get(list, i);
        code = json_array_size(pair) != 2
                   ? wrong(loader, "contains", _("must be a list of pairs"))
                   : add_word(loader, json_string_value(json_array_get(pair, 0)),
                              json_array_get(pair, 1), words);
    }
    return code;
}

static enum result read_unit(struct loader *loader, const json_t *object, int64_t *unit) {
    const char *text = NULL;
    enum result code = read_string(loader, object, "unit", &text);
    if (code != RESULT_OK || text == NULL) {
        return code;
    }
    if (strcmp(text, "yuan") == 0) {
        *unit = MONEY_YUAN;
    } else if (strcmp(text, "ten_thousand_yuan") == 0) {
        *unit = MONEY_TEN_THOUSAND_YUAN;
    } else {
        return wrong(loader, "unit", _("must be yuan or ten_thousand_yuan"));
    }
    return RESULT_OK;
}

/* ---- the parts of a profile ------------------------------------------------------------------ */

/* The long form of a column: an object with options. */
static enum result read_options(struct loader *loader, const json_t *object, const char *name,
                                struct profile_field *field) {
    static const char *const known[] = {"column",   "otherwise", "currency", "unit",
                                        "sentence", "day_first", "as_of",    "map",
                                        "contains", "fallback"};
    enum result code = check_keys(loader, object, name, known, sizeof(known) / sizeof(known[0]));
    const struct {
        const char *key;
        struct profile_headers *headers;
    } columns[] = {{"column", &field->column},
                   {"otherwise", &field->otherwise},
                   {"currency", &field->currency}};
    for (size_t i = 0; code == RESULT_OK && i < sizeof(columns) / sizeof(columns[0]); i++) {
        const json_t *value = json_object_get(object, columns[i].key);
        code = value == NULL ? RESULT_OK : read_headers(loader, value, name, columns[i].headers);
    }
    if (code == RESULT_OK) {
        code = read_unit(loader, object, &field->unit);
    }
    const struct {
        const char *key;
        bool *flag;
    } flags[] = {
        {"sentence", &field->sentence}, {"day_first", &field->day_first}, {"as_of", &field->as_of}};
    for (size_t i = 0; code == RESULT_OK && i < sizeof(flags) / sizeof(flags[0]); i++) {
        code = read_flag(loader, object, flags[i].key, flags[i].flag);
    }
    if (code == RESULT_OK) {
        code = read_map(loader, object, &field->map);
    }
    if (code == RESULT_OK) {
        code = read_contains(loader, object, &field->contains);
    }
    if (code == RESULT_OK) {
        code = read_string(loader, object, "fallback", &field->fallback);
    }
    if (code == RESULT_OK && field->column.count == 0 && !field->as_of) {
        code = wrong(loader, name, _("names no column"));
    }
    return code;
}

/* A new field of the profile, which must not be there already. */
static enum result add_field(struct loader *loader, const char *name,
                             struct profile_field **field) {
    struct profile *profile = loader->profile;
    int index = field_find(profile->kind, name);
    if (index < 0) {
        return wrong(loader, name, _("is no field of this kind"));
    }
    if (profile_field_at(profile, index) != NULL) {
        return wrong(loader, name, _("is filled twice"));
    }
    *field = &profile->fields[profile->field_count++];
    (*field)->index = index;
    (*field)->field = field_at(profile->kind, index);
    return RESULT_OK;
}

static enum result read_column(struct loader *loader, const char *name, const json_t *value) {
    struct profile_field *field = NULL;
    enum result code = add_field(loader, name, &field);
    if (code != RESULT_OK) {
        return code;
    }
    code = json_is_object(value) ? read_options(loader, value, name, field)
                                 : read_headers(loader, value, name, &field->column);
    if (code == RESULT_OK && field->as_of && strcmp(name, "occurred_on") != 0) {
        code = wrong(loader, name, _("cannot stand for the day of the file"));
    }
    field->required = field->column.count > 0;
    loader->profile->has_codes =
        loader->profile->has_codes || (field->field.shape == SHAPE_CODE && field->required);
    return code;
}

static enum result read_constant(struct loader *loader, const char *name, const json_t *value) {
    struct profile_field *field = NULL;
    enum result code = add_field(loader, name, &field);
    if (code == RESULT_OK && !json_is_string(value)) {
        code = wrong(loader, name, _("must be a text"));
    }
    if (code == RESULT_OK) {
        field->constant = arena_strdup(loader->profile->arena, json_string_value(value));
        code = field->constant == NULL ? error_no_memory(loader->error) : RESULT_OK;
    }
    return code;
}

/* "required" names the fields whose columns must be there; without it all must. */
static enum result read_required(struct loader *loader, const json_t *root) {
    const json_t *list = json_object_get(root, "required");
    struct profile *profile = loader->profile;
    if (list == NULL) {
        return RESULT_OK;
    }
    if (!json_is_array(list)) {
        return wrong(loader, "required", _("must be a list of fields"));
    }
    for (size_t i = 0; i < profile->field_count; i++) {
        profile->fields[i].required = false;
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *name = json_string_value(json_array_get(list, i));
        bool found = false;
        for (size_t j = 0; name != NULL && j < profile->field_count && !found; j++) {
            struct profile_field *field = &profile->fields[j];
            found = field->column.count > 0 && strcmp(field->field.name, name) == 0;
            field->required = field->required || found;
        }
        if (!found) {
            return wrong(loader, name == NULL ? "required" : name, _("is filled by no column"));
        }
    }
    return RESULT_OK;
}

/* What every profile of a kind must fill. */
static enum result check_complete(struct loader *loader) {
    const struct profile *profile = loader->profile;
    const struct profile_field *name = profile_field_at(profile, field_find(profile->kind, "name"));
    if ((name == NULL || name->column.count == 0) && !profile->has_codes) {
        return wrong(loader, "columns", _("must give the name or the code of the enterprise"));
    }
    if (profile->kind == IMPORT_ENTERPRISES) {
        return name == NULL ? wrong(loader, "columns", _("must give the name of the enterprise"))
                            : RESULT_OK;
    }
    if (profile_field_at(profile, FACT_FIELD_TYPE) == NULL) {
        return wrong(loader, "type", _("must be given, by a column or as a constant"));
    }
    if (profile_field_at(profile, FACT_FIELD_OCCURRED_ON) == NULL) {
        return wrong(loader, "occurred_on", _("must be given, by a column or by as_of"));
    }
    return RESULT_OK;
}

static enum result read_head(struct loader *loader, const json_t *root) {
    static const char *const known[] = {"name",      "kind",     "title",   "source",   "note",
                                        "automatic", "required", "columns", "constants"};
    struct profile *profile = loader->profile;
    const char *kind = NULL;
    profile->automatic = true;
    enum result code =
        check_keys(loader, root, _("the profile"), known, sizeof(known) / sizeof(known[0]));
    const struct {
        const char *key;
        const char **text;
    } texts[] = {{"name", &profile->name},
                 {"kind", &kind},
                 {"title", &profile->title},
                 {"source", &profile->source},
                 {"note", &profile->note}};
    for (size_t i = 0; code == RESULT_OK && i < sizeof(texts) / sizeof(texts[0]); i++) {
        code = read_string(loader, root, texts[i].key, texts[i].text);
        if (code == RESULT_OK && i < 3 && *texts[i].text == NULL) {
            code = wrong(loader, texts[i].key, _("must be given"));
        }
    }
    if (code == RESULT_OK) {
        code = read_flag(loader, root, "automatic", &profile->automatic);
    }
    if (code == RESULT_OK && import_kind_find(kind) < 0) {
        code = wrong(loader, "kind", _("must be enterprises or facts"));
    }
    if (code == RESULT_OK) {
        profile->kind = (enum import_kind)import_kind_find(kind);
    }
    return code;
}

static enum result read_profile(struct loader *loader, const json_t *root) {
    struct profile *profile = loader->profile;
    enum result code = read_head(loader, root);
    json_t *columns = json_object_get(root, "columns");
    json_t *constants = json_object_get(root, "constants");
    if (code == RESULT_OK && !json_is_object(columns)) {
        code = wrong(loader, "columns", _("must be an object from fields to columns"));
    }
    if (code == RESULT_OK && constants != NULL && !json_is_object(constants)) {
        code = wrong(loader, "constants", _("must be an object from fields to values"));
    }
    if (code != RESULT_OK) {
        return code;
    }
    size_t most = json_object_size(columns) + json_object_size(constants);
    profile->fields = arena_alloc(profile->arena, (most + 1) * sizeof(*profile->fields));
    if (profile->fields == NULL) {
        return error_no_memory(loader->error);
    }
    const char *key;
    json_t *value;
    json_object_foreach(columns, key, value) {
        if (code == RESULT_OK) {
            code = read_column(loader, key, value);
        }
    }
    json_object_foreach(constants, key, value) {
        if (code == RESULT_OK) {
            code = read_constant(loader, key, value);
        }
    }
    if (code == RESULT_OK) {
        code = read_required(loader, root);
    }
    return code == RESULT_OK ? check_complete(loader) : code;
}

/* Takes over the decoded document. */
static enum result build(struct profile **profile, json_t *root, const json_error_t *fault,
                         const char *where, struct error *error) {
    *profile = NULL;
    if (root == NULL) {
        return error_set(error, RESULT_INVALID, _("%s:%d:%d: this is no JSON: %s."), where,
                         fault->line, fault->column, fault->text);
    }
    struct profile *made = calloc(1, sizeof(*made));
    if (made == NULL || (made->arena = arena_new()) == NULL) {
        free(made);
        json_decref(root);
        return error_no_memory(error);
    }
    struct loader loader = {made, where, error};
    enum result code =
        json_is_object(root)
            ? read_profile(&loader, root)
            : error_set(error, RESULT_INVALID, _("%s: a profile is one JSON object."), where);
    json_decref(root);
    if (code != RESULT_OK) {
        profile_free(made);
        return code;
    }
    *profile = made;
    return RESULT_OK;
}

enum result profile_parse(struct profile **profile, const char *json, const char *where,
                          struct error *error) {
    json_error_t fault;
    json_t *root = json_loads(json, JSON_REJECT_DUPLICATES, &fault);
    return build(profile, root, &fault, where, error);
}

enum result profile_load(struct profile **profile, const char *path, struct error *error) {
    json_error_t fault;
    errno = 0;
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &fault);
    if (root == NULL && fault.line < 0 && errno != 0) {
        *profile = NULL;
        return error_from_errno(error, _("open"), path);
    }
    return build(profile, root, &fault, path, error);
}
