#include "registry/enterprise.h"

#include "base/gettext.h"
#include "base/uscc.h"
#include "registry/division.h"
#include "registry/enterprise_row.h"
#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

static const struct enterprise_field fields[] = {
#define FIELD_TEXT(name) {#name, ENTERPRISE_FIELD_TEXT, offsetof(struct enterprise, name)},
#define FIELD_NUMBER(name) {#name, ENTERPRISE_FIELD_NUMBER, offsetof(struct enterprise, name)},
#define FIELD_DATE(name) {#name, ENTERPRISE_FIELD_DATE, offsetof(struct enterprise, name)},
    ENTERPRISE_FIELDS(FIELD_TEXT, FIELD_NUMBER, FIELD_DATE)};

const struct enterprise_field *enterprise_fields(size_t *count) {
    *count = sizeof(fields) / sizeof(fields[0]);
    return fields;
}

struct code_name {
    const char *code;
    const char *name; /* N_() */
};

static const char *name_of(const struct code_name *names, size_t count, const char *code) {
    for (size_t i = 0; code != NULL && i < count; i++) {
        if (strcmp(names[i].code, code) == 0) {
            return _(names[i].name);
        }
    }
    return code;
}

const char *enterprise_status_name(const char *code) {
    static const struct code_name names[] = {
        {"open", N_("in business")},
        {"changed", N_("particulars changed")},
        {"cancelling", N_("being deregistered")},
        {"cancelled", N_("deregistered")},
        {"revoked", N_("licence revoked")},
        {"moved_out", N_("moved out")},
        {"withdrawn", N_("registration withdrawn")},
    };
    return name_of(names, sizeof(names) / sizeof(names[0]), code);
}

const char *enterprise_kind_name(const char *code) {
    static const struct code_name names[] = {
        {"enterprise", N_("company")},
        {"individual", N_("individual business")},
        {"cooperative", N_("farmers' cooperative")},
    };
    return name_of(names, sizeof(names) / sizeof(names[0]), code);
}

struct enterprise enterprise_unknown(void) {
    struct enterprise enterprise = {0};
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        if (fields[i].type == ENTERPRISE_FIELD_NUMBER) {
            *(int64_t *)(void *)((char *)&enterprise + fields[i].offset) = ENTERPRISE_UNKNOWN;
        }
    }
    return enterprise;
}

bool enterprise_region_of_uscc(const char *uscc, char region[static 7]) {
    if (uscc == NULL || strlen(uscc) != USCC_LENGTH || strspn(uscc + 2, "0123456789") < 6) {
        return false;
    }
    char registered[7];
    char today[DIVISION_SIZE];
    memcpy(registered, uscc + 2, 6);
    registered[6] = '\0';
    division_today(registered, today);
    memcpy(region, today, sizeof(registered));
    return true;
}

struct value enterprise_value(const struct enterprise *enterprise,
                              const struct enterprise_field *field) {
    const char *place = (const char *)enterprise + field->offset;
    switch (field->type) {
    case ENTERPRISE_FIELD_TEXT:
        return value_text(*(const char *const *)(const void *)place);
    case ENTERPRISE_FIELD_DATE:
        return value_date(*(const date *)(const void *)place);
    case ENTERPRISE_FIELD_NUMBER:
        break;
    }
    int64_t number = *(const int64_t *)(const void *)place;
    return number == ENTERPRISE_UNKNOWN ? value_null() : value_int(number);
}

enum result enterprise_check(const struct enterprise *enterprise, struct error *error) {
    if (enterprise->name == NULL || enterprise->name[0] == '\0') {
        return error_set(error, RESULT_INVALID, "%s",
                         _("The enterprise has no name; give one in the name column."));
    }
    if (enterprise->uscc != NULL && !uscc_valid(enterprise->uscc)) {
        return error_set(error, RESULT_INVALID,
                         _("%s is not a valid unified social credit code: the check character does "
                           "not fit; compare it with the licence."),
                         enterprise->uscc);
    }
    const char *kind = enterprise->kind;
    if (strcmp(kind, "enterprise") != 0 && strcmp(kind, "individual") != 0 &&
        strcmp(kind, "cooperative") != 0) {
        return error_set(error, RESULT_INVALID,
                         _("\"%s\" is no kind of entity; it must be enterprise, individual or "
                           "cooperative."),
                         kind);
    }
    return RESULT_OK;
}

void enterprise_fill(struct enterprise *enterprise, char region[static 7]) {
    if (enterprise->kind == NULL) {
        enterprise->kind = "enterprise";
    }
    if (enterprise->status == NULL) {
        enterprise->status = "open";
    }
    if (enterprise->region == NULL) {
        enterprise->region = enterprise_region_of_uscc(enterprise->uscc, region) ? region : "";
    }
    if (enterprise->key_field == ENTERPRISE_UNKNOWN) {
        enterprise->key_field = 0;
    }
}

/* The columns of the table's fields, in order: what enterprise_row_read expects. */
#define COLUMN(name) #name ", "
#define ENTERPRISE_COLUMNS ENTERPRISE_FIELDS(COLUMN, COLUMN, COLUMN)

void enterprise_row_read(struct statement *row, int column, struct enterprise *enterprise) {
    *enterprise = enterprise_unknown();
    enterprise->id = statement_int(row, column++);
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++, column++) {
        char *place = (char *)enterprise + fields[i].offset;
        if (statement_is_null(row, column)) {
            continue;
        }
        switch (fields[i].type) {
        case ENTERPRISE_FIELD_TEXT:
            *(const char **)(void *)place = statement_text(row, column);
            break;
        case ENTERPRISE_FIELD_NUMBER:
            *(int64_t *)(void *)place = statement_int(row, column);
            break;
        case ENTERPRISE_FIELD_DATE:
            *(date *)(void *)place = statement_date(row, column);
            break;
        }
    }
    enterprise->stub = statement_int(row, column) != 0;
}

bool enterprise_row_keep(struct enterprise *enterprise, struct arena *arena) {
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        if (fields[i].type != ENTERPRISE_FIELD_TEXT) {
            continue;
        }
        const char **text = (const char **)(void *)((char *)enterprise + fields[i].offset);
        if (*text != NULL && (*text = arena_strdup(arena, *text)) == NULL) {
            return false;
        }
    }
    return true;
}

/* Loads the one row that a query gives, if it gives one. */
static enum result load_row(struct store *store, const char *sql, const struct value *values,
                            size_t count, struct arena *arena, struct enterprise *enterprise,
                            bool *found, struct error *error) {
    struct statement *rows = NULL;
    *found = false;
    enum result code = store_query(&rows, store, sql, values, count, error);
    if (code == RESULT_OK) {
        code = statement_step(rows, found, error);
    }
    if (code == RESULT_OK && *found) {
        enterprise_row_read(rows, 0, enterprise);
        code = enterprise_row_keep(enterprise, arena) ? RESULT_OK : error_no_memory(error);
    }
    statement_free(rows);
    return code;
}

enum result enterprise_load(struct store *store, int64_t id, struct arena *arena,
                            struct enterprise *enterprise, struct error *error) {
    bool found = false;
    enum result code =
        load_row(store, "SELECT id, " ENTERPRISE_COLUMNS "stub FROM enterprise WHERE id = ?",
                 VALUES(value_int(id)), arena, enterprise, &found, error);
    return code != RESULT_OK || found
               ? code
               : error_set(error, RESULT_NOT_FOUND, _("There is no enterprise number %lld."),
                           (long long)id);
}

enum result enterprise_load_at(struct store *store, int64_t id, const struct moment *moment,
                               struct arena *arena, struct enterprise *enterprise,
                               struct error *error) {
    bool found = false;
    enum result code = RESULT_OK;
    if (moment != NULL) {
        code = load_row(store,
                        "SELECT id, " ENTERPRISE_COLUMNS "stub FROM enterprise_kept WHERE id = ? "
                        "AND journal > ? ORDER BY place LIMIT 1",
                        VALUES(value_int(id), value_int(moment->journal)), arena, enterprise,
                        &found, error);
    }
    return code != RESULT_OK || found ? code : enterprise_load(store, id, arena, enterprise, error);
}

enum result enterprise_find(struct store *store, const char *code, int64_t *id,
                            struct error *error) {
    enum result result = RESULT_OK;
    bool numbered =
        code[0] == '#' && code[1] != '\0' && code[1 + strspn(code + 1, "0123456789")] == '\0';
    if (numbered) {
        result = store_fetch_int(store, "SELECT id FROM enterprise WHERE id = ?",
                                 VALUES(value_int(strtoll(code + 1, NULL, 10))), 0, id, error);
    } else {
        result = store_fetch_int(store,
                                 "SELECT id FROM enterprise WHERE uscc = ?1 UNION ALL "
                                 "SELECT id FROM enterprise WHERE registration_number = ?1 LIMIT 1",
                                 VALUES(value_text(code)), 0, id, error);
    }
    if (result == RESULT_OK && *id == 0) {
        return error_set(error, RESULT_NOT_FOUND,
                         _("No enterprise has the code %s; look it up by name with \"xinfeng "
                           "enterprises --find NAME\"."),
                         code);
    }
    return result;
}

const char *enterprise_unit(const struct enterprise *enterprise, struct arena *arena) {
    if (enterprise->uscc != NULL) {
        return enterprise->uscc;
    }
    if (enterprise->registration_number != NULL) {
        return enterprise->registration_number;
    }
    return arena_printf(arena, "#%lld", (long long)enterprise->id);
}
