#include "intake/kind_record.h"

#include "base/digest.h"
#include "base/gettext.h"
#include "base/text.h"
#include "intake/taking.h"
#include "intake/value_code.h"

#include <stdlib.h>
#include <string.h>

static const struct field fields[] = {
    {"name", N_("name"), SHAPE_NAME},
    {"uscc", N_("unified social credit code"), SHAPE_CODE},
    {"registration_number", N_("registration number"), SHAPE_CODE},
    {"type", N_("type of relation"), SHAPE_WORD},
    {"party_name", N_("other party"), SHAPE_TEXT},
    {"party_code", N_("code of the other party"), SHAPE_TEXT},
    {"share", N_("share"), SHAPE_RATE},
    {"position", N_("position"), SHAPE_TEXT},
    {"from_day", N_("from"), SHAPE_DATE},
    {"to_day", N_("until"), SHAPE_DATE},
};

static const int columns[] = {
    NO_COLUMN, NO_COLUMN,      NO_COLUMN,         RELATION_type,     RELATION_party_name,
    NO_COLUMN, RELATION_share, RELATION_position, RELATION_from_day, RELATION_to_day};

/* Names a person: the name, and eight hexadecimal digits made of the number, so that the same
 * person is known again. They stand for some twenty numbers each and lead back to none (O15). */
static const char *mark_person(struct taking *taking, const char *key, const char *number) {
    uint8_t digest[DIGEST_SIZE];
    char *text = NULL;
    if (number == NULL) {
        return arena_strdup(taking->arena, key);
    }
    text = text_normalise(number);
    const char *marked = NULL;
    if (text != NULL && digest_sha256(text, strlen(text), digest, taking->error) == RESULT_OK) {
        marked = arena_printf(taking->arena, "%s#%02x%02x%02x%02x", key, digest[0], digest[1],
                              digest[2], digest[3]);
    }
    free(text);
    return marked;
}

/* Finds the other party: an enterprise by its code or, where one alone bears it, by its name; else
 * a person. */
static enum result settle(struct taking *taking) {
    struct record_value *values = taking->mapped->values;
    const char *number = taking->mapped->record;
    struct code code = value_code_parse(number == NULL ? "" : number);
    struct enterprise_writer *enterprises = taking->loader->enterprises;
    int64_t ids[2] = {0};
    size_t found = 0;
    enum result result = RESULT_OK;
    char *key = text_name_key(values[RELATION_party_name].text);
    if (key == NULL) {
        return error_no_memory(taking->error);
    }
    if (code.kind == CODE_USCC) {
        result = enterprise_writer_find_uscc(enterprises, code.text, &ids[0], taking->error);
    } else if (code.kind == CODE_NONE) {
        result = enterprise_writer_find_name(enterprises, key, ids, 2, &found, taking->error);
        ids[0] = found == 1 ? ids[0] : 0;
    }
    if (result == RESULT_OK && ids[0] != 0) {
        values[RELATION_other].number = ids[0];
    }
    if (result == RESULT_OK) {
        values[RELATION_party].text =
            code.kind == CODE_USCC
                ? arena_strdup(taking->arena, code.text)
                : mark_person(taking, key, code.kind == CODE_NONE ? NULL : number);
        result = values[RELATION_party].text == NULL ? error_no_memory(taking->error) : RESULT_OK;
    }
    free(key);
    return result;
}

static const struct kind_record record = {
    .table = RECORD_RELATION,
    .columns = columns,
    .enterprise = RELATION_enterprise,
    .settle = settle,
};

const struct kind kind_relations = {
    .code = "relations",
    .title = N_("Relations"),
    .subject = true,
    .fields = fields,
    .field_count = sizeof(fields) / sizeof(fields[0]),
    .needed = 1 << 3 | 1 << 4, /* type, party_name */
    .read = kind_record_read,
    .take = kind_record_take,
    .record = &record,
};
