#include "intake/kind.h"

#include "base/gettext.h"
#include "intake/cell.h"
#include "intake/profile.h"
#include "intake/taking.h"
#include "registry/enterprise.h"
#include "store/statement.h"

#include <string.h>

/* The registry's list (ENTERPRISE_FIELDS) in its order. */
static const struct field fields[] = {
    {"uscc", N_("unified social credit code"), SHAPE_CODE},
    {"registration_number", N_("registration number"), SHAPE_CODE},
    {"name", N_("name"), SHAPE_NAME},
    {"kind", N_("kind of entity"), SHAPE_WORD},
    {"type", N_("type of entity"), SHAPE_TEXT},
    {"status", N_("registration status"), SHAPE_WORD},
    {"legal_person", N_("legal representative"), SHAPE_TEXT},
    {"capital", N_("registered capital"), SHAPE_MONEY},
    {"capital_text", N_("registered capital as written"), SHAPE_TEXT},
    {"established_on", N_("established on"), SHAPE_DATE},
    {"approved_on", N_("approved on"), SHAPE_DATE},
    {"expires_on", N_("end of the term of operation"), SHAPE_TERM_END},
    {"region", N_("region"), SHAPE_REGION},
    {"authority", N_("registration authority"), SHAPE_TEXT},
    {"station", N_("station in charge"), SHAPE_TEXT},
    {"industry", N_("industry"), SHAPE_INDUSTRY},
    {"address", N_("address"), SHAPE_TEXT},
    {"scope", N_("scope of business"), SHAPE_TEXT},
    {"phone", N_("telephone"), SHAPE_TEXT},
    {"insured_staff", N_("insured staff"), SHAPE_INTEGER},
    {"paid_in_percent", N_("paid-in capital in percent"), SHAPE_INTEGER},
    {"key_field", N_("key field"), SHAPE_FLAG},
};

#define COUNT_FIELD(name) +1
_Static_assert(sizeof(fields) / sizeof(fields[0]) ==
                   0 ENTERPRISE_FIELDS(COUNT_FIELD, COUNT_FIELD, COUNT_FIELD),
               "a field of mapping profiles for each field of the registry");
#undef COUNT_FIELD

/* ---- reading a row ----------------------------------------------------------------------------
 */

static enum result check_word(struct cell_reader *reader, const char *field,
                              const struct cell *cell, const char *word) {
    static const char *const words[] = {"enterprise", "individual", "cooperative", "open",
                                        "changed",    "cancelling", "cancelled",   "revoked",
                                        "moved_out",  "withdrawn"};
    size_t first = strcmp(field, "kind") == 0 ? 0 : 3;
    size_t end = strcmp(field, "kind") == 0 ? 3 : sizeof(words) / sizeof(words[0]);
    for (size_t i = first; i < end; i++) {
        if (strcmp(words[i], word) == 0) {
            return RESULT_OK;
        }
    }
    return cell_refuse(reader, REASON_unknown_word, cell,
                       _("is a word that the profile does not know; add it to the profile"));
}

/* Puts what a field came to in its place. Capital that is no amount of yuan is kept as written. */
static enum result place_enterprise(struct cell_reader *reader, const struct bound_field *bound,
                                    const struct cell *cell, const struct reading *reading) {
    struct enterprise *enterprise = &reader->mapped->enterprise;
    size_t count = 0;
    const struct enterprise_field *field = &enterprise_fields(&count)[bound->field->index];
    char *place = (char *)enterprise + field->offset;
    if (bound->field->field.shape == SHAPE_MONEY && reading->parse != PARSE_OK) {
        enterprise->capital_text =
            cell->currency == NULL
                ? arena_strdup(reader->arena, cell->text)
                : arena_printf(reader->arena, "%s %s", cell->text, cell->currency);
        return enterprise->capital_text == NULL ? cell_no_memory(reader) : RESULT_OK;
    }
    if (reading->parse != PARSE_OK) {
        return cell_refuse(reader, REASON_bad_value, cell,
                           cell_expectation(bound->field->field.shape));
    }
    if (bound->field->field.shape == SHAPE_WORD) {
        enum result code = check_word(reader, field->name, cell, reading->text);
        if (code != RESULT_OK || reader->mapped->reason != REASON_NONE) {
            return code;
        }
    }
    switch (field->type) {
    case ENTERPRISE_FIELD_TEXT:
        *(const char **)(void *)place = reading->text;
        break;
    case ENTERPRISE_FIELD_NUMBER:
        *(int64_t *)(void *)place = reading->number;
        break;
    case ENTERPRISE_FIELD_DATE:
        *(date *)(void *)place = (date)reading->number;
        break;
    }
    return RESULT_OK;
}

static enum result read(struct cell_reader *reader, date as_of) {
    (void)as_of;
    struct mapped *mapped = reader->mapped;
    mapped->enterprise = enterprise_unknown();
    mapped->enterprise.name = mapped->name;
    mapped->enterprise.uscc = mapped->uscc[0] == '\0' ? NULL : mapped->uscc;
    mapped->enterprise.registration_number = mapped->number[0] == '\0' ? NULL : mapped->number;
    return cell_read_fields(reader, place_enterprise);
}

/* ---- taking it in -----------------------------------------------------------------------------
 */

/* True when two rows tell one thing differently, not just more of it. */
static bool enterprises_contradict(const struct enterprise *kept, const struct enterprise *news) {
    size_t count = 0;
    const struct enterprise_field *known = enterprise_fields(&count);
    for (size_t i = 0; i < count; i++) {
        const char *left = (const char *)kept + known[i].offset;
        const char *right = (const char *)news + known[i].offset;
        int64_t numbers[2];
        date days[2];
        switch (known[i].type) {
        case ENTERPRISE_FIELD_TEXT:
            if (!taking_same_text(*(const char *const *)(const void *)left,
                                  *(const char *const *)(const void *)right)) {
                return true;
            }
            break;
        case ENTERPRISE_FIELD_NUMBER:
            memcpy(&numbers[0], left, sizeof(int64_t));
            memcpy(&numbers[1], right, sizeof(int64_t));
            if (numbers[0] != numbers[1] && numbers[0] != ENTERPRISE_UNKNOWN &&
                numbers[1] != ENTERPRISE_UNKNOWN) {
                return true;
            }
            break;
        case ENTERPRISE_FIELD_DATE:
            memcpy(&days[0], left, sizeof(date));
            memcpy(&days[1], right, sizeof(date));
            if (days[0] != days[1] && days[0] != DATE_NONE && days[1] != DATE_NONE) {
                return true;
            }
            break;
        }
    }
    return false;
}

/* A row about an enterprise that an earlier line changed already: undone, it is taken only when
 * it adds to what that line said. */
static enum result look_again(struct taking *taking, int64_t first, enum save_outcome *outcome) {
    struct loader *loader = taking->loader;
    struct enterprise kept;
    struct enterprise news = taking->mapped->enterprise;
    enum result code = enterprise_load(loader->store, news.id, taking->arena, &kept, taking->error);
    if (code != RESULT_OK) {
        return code;
    }
    if (enterprises_contradict(&kept, &news)) {
        return taking_refuse(taking, REASON_conflict,
                             arena_printf(taking->arena,
                                          _("Line %lld of this file tells the same enterprise "
                                            "differently; keep the right row."),
                                          (long long)first));
    }
    return enterprise_writer_save(loader->enterprises, &taking->mapped->enterprise, &loader->origin,
                                  outcome, taking->error);
}

/* The line of this file that touched an enterprise first; 0 when none did. One that the file
 * brought in bears it itself. */
static enum result first_line(struct taking *taking, int64_t id, int64_t *line) {
    const struct loader *loader = taking->loader;
    return store_fetch_int(loader->store, "SELECT line FROM enterprise WHERE id = ? AND batch = ?",
                           VALUES(value_int(id), value_int(loader->origin.batch)),
                           seen_line(&loader->seen, id), line, taking->error);
}

static enum result save_enterprise(struct taking *taking, enum save_outcome *outcome) {
    struct loader *loader = taking->loader;
    struct enterprise *enterprise = &taking->mapped->enterprise;
    int64_t first = 0;
    enum result code = first_line(taking, taking->match.id, &first);
    if (code == RESULT_OK) {
        code = store_begin(loader->store, taking->error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    code = enterprise_writer_save(loader->enterprises, enterprise, &loader->origin, outcome,
                                  taking->error);
    if (code != RESULT_OK || first == 0 || *outcome != SAVE_UPDATED) {
        return store_finish(loader->store, code, taking->error);
    }
    store_rollback(loader->store);
    return look_again(taking, first, outcome);
}

static enum result take(struct taking *taking) {
    struct enterprise *enterprise = &taking->mapped->enterprise;
    const struct match *match = &taking->match;
    enum save_outcome outcome = SAVE_UNCHANGED;
    if (match->reason == REASON_unknown_name) {
        return taking_refuse(
            taking, REASON_no_code,
            arena_printf(taking->arena,
                         _("%s is not in the registry, and without a valid code it could "
                           "not be told from others of its name; give its code."),
                         cell_shorten(taking->arena, taking->mapped->name)));
    }
    if (match->reason != REASON_NONE) {
        return taking_refuse(taking, match->reason, match->sentence);
    }
    enterprise->id = match->id;
    if (match->id != 0 && match->same_name) {
        enterprise->name = NULL; /* wide or narrow brackets are no change of name */
    }
    enum result code = taking_sort_failure(taking, save_enterprise(taking, &outcome));
    if (code != RESULT_OK || taking->mapped->reason != REASON_NONE) {
        return code;
    }
    return taking_count(taking, outcome, enterprise->id, enterprise->id);
}

static const char *lacking(const struct profile *profile, const char **key) {
    *key = "columns";
    return profile_field_at(profile, kind_find_field(IMPORT_ENTERPRISES, "name")) == NULL
               ? _("The columns must give the name of the enterprise.")
               : NULL;
}

const struct kind kind_enterprises = {
    .code = "enterprises",
    .title = N_("Enterprises"),
    .subject = true,
    .fields = fields,
    .field_count = sizeof(fields) / sizeof(fields[0]),
    .needed = 1 << 2, /* name */
    .lacking = lacking,
    .read = read,
    .take = take,
};
