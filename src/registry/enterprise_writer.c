#include "registry/enterprise.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "base/text.h"
#include "base/uscc.h"
#include "registry/change.h"
#include "registry/enterprise_row.h"
#include "registry/initials.h"
#include "store/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMN(name) #name ", "
#define PLACE(name) "?, "
#define ASSIGN(name) #name " = ?, "
#define ENTERPRISE_COLUMNS ENTERPRISE_FIELDS(COLUMN, COLUMN, COLUMN)

#define MOST_VALUES 40

struct enterprise_writer {
    struct store *store;
    struct statement *insert;
    struct statement *update;
    struct statement *load;
    struct statement *find_uscc;
    struct statement *find_number;
    struct statement *find_name;
    struct buffer initials;
};

enum result enterprise_writer_new(struct enterprise_writer **writer, struct store *store,
                                  struct error *error) {
    *writer = NULL;
    struct enterprise_writer *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->store = store;
    const struct statement_wanted wanted[] = {
        {&made->insert,
         "INSERT INTO enterprise (" ENTERPRISE_COLUMNS "name_key, initials, stub, batch, line) "
         "VALUES (" ENTERPRISE_FIELDS(PLACE, PLACE, PLACE) "?, ?, ?, ?, ?)"},
        {&made->update,
         "UPDATE enterprise SET " ENTERPRISE_FIELDS(
             ASSIGN, ASSIGN, ASSIGN) "name_key = ?, initials = ?, stub = ? WHERE id = ?"},
        {&made->load, "SELECT id, " ENTERPRISE_COLUMNS "stub FROM enterprise WHERE id = ?"},
        {&made->find_uscc, "SELECT id FROM enterprise WHERE uscc = ?"},
        {&made->find_number, "SELECT id FROM enterprise WHERE registration_number = ? LIMIT 1"},
        {&made->find_name, "SELECT id FROM enterprise WHERE name_key = ? ORDER BY id LIMIT ?"},
    };
    enum result code = statements_prepare(store, wanted, sizeof(wanted) / sizeof(wanted[0]), error);
    if (code != RESULT_OK) {
        enterprise_writer_free(made);
        return code;
    }
    *writer = made;
    return RESULT_OK;
}

void enterprise_writer_free(struct enterprise_writer *writer) {
    if (writer == NULL) {
        return;
    }
    statement_free(writer->insert);
    statement_free(writer->update);
    statement_free(writer->load);
    statement_free(writer->find_uscc);
    statement_free(writer->find_number);
    statement_free(writer->find_name);
    buffer_free(&writer->initials);
    free(writer);
}

enum result enterprise_writer_find_uscc(struct enterprise_writer *writer, const char *uscc,
                                        int64_t *id, struct error *error) {
    return statement_fetch_int(writer->find_uscc, VALUES(value_text(uscc)), 0, id, error);
}

enum result enterprise_writer_find_number(struct enterprise_writer *writer, const char *number,
                                          int64_t *id, struct error *error) {
    return statement_fetch_int(writer->find_number, VALUES(value_text(number)), 0, id, error);
}

enum result enterprise_writer_find_name(struct enterprise_writer *writer, const char *key,
                                        int64_t *ids, size_t most, size_t *found,
                                        struct error *error) {
    *found = 0;
    enum result code =
        statement_bind(writer->find_name, VALUES(value_text(key), value_int((int64_t)most)), error);
    bool row = true;
    while (code == RESULT_OK && *found < most) {
        code = statement_step(writer->find_name, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        ids[(*found)++] = statement_int(writer->find_name, 0);
    }
    return code;
}

static json_t *field_json(const struct enterprise *enterprise,
                          const struct enterprise_field *field) {
    struct value value = enterprise_value(enterprise, field);
    if (value.type == VALUE_NULL) {
        return json_null();
    }
    if (field->type == ENTERPRISE_FIELD_TEXT) {
        return json_string(value.data);
    }
    return field->type == ENTERPRISE_FIELD_DATE ? change_date((date)value.number)
                                                : json_integer(value.number);
}

/* Fills values with the fields, name key, initials and stub mark; returns their number, or 0 when
 * memory is short. *key is to be freed by the caller after the statement ran. */
static size_t gather_values(struct enterprise_writer *writer, const struct enterprise *enterprise,
                            struct value values[MOST_VALUES], char **key) {
    size_t count = 0;
    const struct enterprise_field *fields = enterprise_fields(&count);
    for (size_t i = 0; i < count; i++) {
        values[i] = enterprise_value(enterprise, &fields[i]);
    }
    *key = text_name_key(enterprise->name);
    buffer_reset(&writer->initials);
    initials_append(&writer->initials, enterprise->name);
    if (*key == NULL || writer->initials.failed) {
        return 0;
    }
    values[count++] = value_text(*key);
    values[count++] = value_text(buffer_text(&writer->initials));
    values[count++] = value_int(enterprise->stub ? 1 : 0);
    return count;
}

static void subject_of(const struct enterprise *enterprise, char subject[64]) {
    if (enterprise->uscc != NULL) {
        snprintf(subject, 64, "enterprise:%s", enterprise->uscc);
    } else {
        snprintf(subject, 64, "enterprise:#%lld", (long long)enterprise->id);
    }
}

/* Journals the creation of one enterprise outside any batch. */
static enum result journal_insert(struct store *store, const struct enterprise *enterprise,
                                  const struct save_origin *origin, struct error *error) {
    struct change change;
    enum result code = change_init(&change, error);
    if (code != RESULT_OK) {
        return code;
    }
    size_t count = 0;
    const struct enterprise_field *fields = enterprise_fields(&count);
    for (size_t i = 0; i < count; i++) {
        if (enterprise_value(enterprise, &fields[i]).type != VALUE_NULL) {
            change_note(&change, fields[i].name, json_null(), field_json(enterprise, &fields[i]));
        }
    }
    char subject[64];
    subject_of(enterprise, subject);
    struct save_origin alone = *origin;
    alone.batch = 0; /* undoing a batch removes what it inserted */
    const struct change_row row = {"enterprise", enterprise->id, subject};
    code = change_write(&change, store, &alone, "enterprise.insert", &row, error);
    change_clear(&change);
    return code;
}

static enum result insert(struct enterprise_writer *writer, struct enterprise *enterprise,
                          const struct save_origin *origin, struct error *error) {
    char region[7];
    enterprise_fill(enterprise, region);
    enum result code = enterprise_check(enterprise, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct value values[MOST_VALUES];
    char *key = NULL;
    size_t count = gather_values(writer, enterprise, values, &key);
    if (count == 0) {
        code = error_no_memory(error);
    } else {
        values[count++] = origin->batch == 0 ? value_null() : value_int(origin->batch);
        values[count++] = origin->line == 0 ? value_null() : value_int(origin->line);
        code = statement_run(writer->insert, values, count, error);
    }
    free(key);
    if (enterprise->region == region) {
        enterprise->region = NULL; /* the code lives on this stack only */
    }
    if (code == RESULT_OK) {
        enterprise->id = store_last_id(writer->store);
        code = origin->bulk ? RESULT_OK : journal_insert(writer->store, enterprise, origin, error);
    }
    return code;
}

static bool same_value(struct value left, struct value right) {
    if (left.type != right.type) {
        return false;
    }
    if (left.type == VALUE_TEXT) {
        return left.length == right.length && memcmp(left.data, right.data, left.length) == 0;
    }
    return left.number == right.number;
}

/* Lays the known fields of news over old, noting what changes. */
static void merge(const struct enterprise *old, const struct enterprise *news,
                  struct enterprise *merged, struct change *change) {
    *merged = *old;
    size_t count = 0;
    const struct enterprise_field *fields = enterprise_fields(&count);
    bool more_than_named = false;
    for (size_t i = 0; i < count; i++) {
        struct value value = enterprise_value(news, &fields[i]);
        if (value.type == VALUE_NULL) {
            continue;
        }
        bool naming = strcmp(fields[i].name, "name") == 0 || strcmp(fields[i].name, "uscc") == 0 ||
                      strcmp(fields[i].name, "registration_number") == 0;
        more_than_named = more_than_named || !naming;
        if (same_value(value, enterprise_value(old, &fields[i]))) {
            continue;
        }
        change_note(change, fields[i].name, field_json(old, &fields[i]),
                    field_json(news, &fields[i]));
        size_t size = fields[i].type == ENTERPRISE_FIELD_TEXT     ? sizeof(char *)
                      : fields[i].type == ENTERPRISE_FIELD_NUMBER ? sizeof(int64_t)
                                                                  : sizeof(date);
        memcpy((char *)merged + fields[i].offset, (const char *)news + fields[i].offset, size);
    }
    if (old->stub && !news->stub && more_than_named) {
        merged->stub = false;
        change_note(change, "stub", json_true(), json_false());
    }
}

static enum result write_merged(struct enterprise_writer *writer, const struct enterprise *merged,
                                struct error *error) {
    struct value values[MOST_VALUES];
    char *key = NULL;
    enum result code = enterprise_check(merged, error);
    if (code != RESULT_OK) {
        return code;
    }
    size_t count = gather_values(writer, merged, values, &key);
    if (count == 0) {
        code = error_no_memory(error);
    } else {
        values[count++] = value_int(merged->id);
        code = statement_run(writer->update, values, count, error);
    }
    free(key);
    return code;
}

static enum result update(struct enterprise_writer *writer, const struct enterprise *enterprise,
                          const struct save_origin *origin, enum save_outcome *outcome,
                          struct error *error) {
    bool found = false;
    struct change change;
    enum result code = change_init(&change, error);
    if (code != RESULT_OK) {
        return code;
    }
    code = statement_bind(writer->load, VALUES(value_int(enterprise->id)), error);
    if (code == RESULT_OK) {
        code = statement_step(writer->load, &found, error);
    }
    if (code == RESULT_OK && !found) {
        code = error_set(error, RESULT_NOT_FOUND, _("There is no enterprise number %lld."),
                         (long long)enterprise->id);
    }
    if (code == RESULT_OK) {
        struct enterprise old;
        struct enterprise merged;
        enterprise_row_read(writer->load, 0, &old);
        merge(&old, enterprise, &merged, &change);
        *outcome = change_empty(&change) ? SAVE_UNCHANGED : SAVE_UPDATED;
        if (*outcome == SAVE_UPDATED) {
            char subject[64];
            subject_of(&merged, subject);
            code = write_merged(writer, &merged, error);
            if (code == RESULT_OK) {
                const struct change_row row = {"enterprise", merged.id, subject};
                code =
                    change_write(&change, writer->store, origin, "enterprise.update", &row, error);
            }
        }
    }
    change_clear(&change);
    return code;
}

/* Puts one field back to what the journal's JSON says of it. */
static void put_back(struct enterprise *enterprise, const struct enterprise_field *field,
                     const json_t *value) {
    char *place = (char *)enterprise + field->offset;
    switch (field->type) {
    case ENTERPRISE_FIELD_TEXT:
        *(const char **)(void *)place = json_string_value(value);
        break;
    case ENTERPRISE_FIELD_NUMBER:
        *(int64_t *)(void *)place =
            json_is_integer(value) ? json_integer_value(value) : ENTERPRISE_UNKNOWN;
        break;
    case ENTERPRISE_FIELD_DATE:
        *(date *)(void *)place = change_day(value);
        break;
    }
}

/* Lays the fields that a change noted over the row, the other way round. */
static void undo_fields(const struct enterprise *now, const json_t *before,
                        struct enterprise *merged, struct change *change) {
    *merged = *now;
    size_t count = 0;
    const struct enterprise_field *fields = enterprise_fields(&count);
    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_object_get(before, fields[i].name);
        if (value != NULL) {
            put_back(merged, &fields[i], value);
            change_note(change, fields[i].name, field_json(now, &fields[i]),
                        field_json(merged, &fields[i]));
        }
    }
    const json_t *stub = json_object_get(before, "stub");
    if (stub != NULL) {
        merged->stub = json_is_true(stub);
        change_note(change, "stub", json_boolean(now->stub), json_boolean(merged->stub));
    }
}

static enum result restore_row(struct enterprise_writer *writer, const json_t *before,
                               const struct save_origin *origin, struct error *error) {
    struct enterprise now;
    struct enterprise merged;
    struct change change;
    enum result code = change_init(&change, error);
    if (code != RESULT_OK) {
        return code;
    }
    char subject[64];
    enterprise_row_read(writer->load, 0, &now);
    undo_fields(&now, before, &merged, &change);
    subject_of(&merged, subject);
    const struct change_row row = {"enterprise", merged.id, subject};
    code = write_merged(writer, &merged, error);
    if (code == RESULT_OK) {
        code = change_write(&change, writer->store, origin, "enterprise.restore", &row, error);
    }
    change_clear(&change);
    return code;
}

enum result enterprise_writer_restore(struct enterprise_writer *writer, int64_t id,
                                      const json_t *before, const struct save_origin *origin,
                                      struct error *error) {
    bool found = false;
    enum result code = statement_bind(writer->load, VALUES(value_int(id)), error);
    if (code == RESULT_OK) {
        code = statement_step(writer->load, &found, error);
    }
    return code == RESULT_OK && found ? restore_row(writer, before, origin, error) : code;
}

enum result enterprise_writer_save(struct enterprise_writer *writer, struct enterprise *enterprise,
                                   const struct save_origin *origin, enum save_outcome *outcome,
                                   struct error *error) {
    if (enterprise->id == 0) {
        *outcome = SAVE_INSERTED;
        return insert(writer, enterprise, origin, error);
    }
    return update(writer, enterprise, origin, outcome, error);
}
