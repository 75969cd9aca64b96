#include "intake/understand.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/gettext.h"
#include "intake/catalog.h"
#include "intake/mapping.h"
#include "intake/profile_store.h"
#include "registry/fact_type.h"

#include <stdlib.h>
#include <string.h>

/* Whose rows they are, and what is known on the way. */
struct work {
    struct store *store;
    const struct sample *sample;
    const char *label;
    const char *name;
    enum import_kind kind;
    const struct said *said;
    struct arena *arena;
    struct understanding *result;
    struct error *error;
};

/* ---- a profile made for such files ------------------------------------------------------------
 */

/* Writes down which columns a bound profile reads, as if they had been guessed for sure. */
static void note_columns(struct understanding *result) {
    for (size_t i = 0; i < result->guess.column_count; i++) {
        result->guess.columns[i].field = -1;
        result->guess.columns[i].confidence = 0;
        result->guess.columns[i].why = GUESS_NOTHING;
        result->guess.columns[i].also = false;
    }
    for (size_t i = 0; i < result->binding.field_count; i++) {
        const struct bound_field *bound = &result->binding.fields[i];
        for (size_t j = 0; j < bound->column_count; j++) {
            size_t place = bound->columns[j];
            if (place < result->guess.column_count && result->guess.columns[place].field < 0) {
                struct guess_column *column = &result->guess.columns[place];
                column->field = bound->field->index;
                column->confidence = 100;
                column->why = GUESS_PROFILE;
                column->also = j > 0;
            }
        }
        if (bound->field->constant != NULL && strcmp(bound->field->field.name, "type") == 0) {
            result->guess.type = bound->field->constant;
            result->guess.type_confidence = 100;
        }
    }
}

/* The row of the sample that a binding has for its header. */
static void note_header(struct work *work) {
    struct understanding *result = work->result;
    for (size_t i = 0; i < work->sample->count; i++) {
        if (work->sample->rows[i].line == result->binding.line) {
            result->header =
                (struct header_row){.index = i, .first = i, .row = work->sample->rows[i]};
        }
    }
}

/* Guesses under a header that is known already, so that every column has its evidence. */
static enum result guess_under(struct work *work) {
    struct vocabulary vocabulary;
    enum result code = vocabulary_load(&vocabulary, work->arena, work->error);
    return code == RESULT_OK
               ? guess_columns(work->sample, &work->result->header, &vocabulary, work->kind,
                               work->name, work->arena, &work->result->guess, work->error)
               : code;
}

/* The document of a profile: a file, one saved, or one carried. */
static enum result find_document(struct work *work, const char *name_or_path) {
    char *text = NULL;
    enum result code = RESULT_OK;
    if (catalog_is_path(name_or_path)) {
        code = file_read(name_or_path, &text, work->error);
    } else {
        code = profile_store_document(work->store, name_or_path, &text, work->error);
    }
    const char *document = text != NULL ? text : catalog_document(name_or_path);
    if (code == RESULT_OK) {
        work->result->base = arena_strdup(work->arena, document);
        code = document != NULL && work->result->base == NULL ? error_no_memory(work->error)
                                                              : RESULT_OK;
    }
    free(text);
    return code;
}

static enum result use_profile(struct work *work) {
    note_header(work);
    enum result code = guess_under(work);
    if (code == RESULT_OK) {
        note_columns(work->result);
    }
    return code;
}

/* ---- a guess ----------------------------------------------------------------------------------
 */

/* What is missing before the file can be taken in, as a sentence. */
static const char *say_missing(const struct work *work, int field) {
    const struct guess *guess = &work->result->guess;
    const struct field *known = &kind_of(work->kind)->fields[field];
    if (work->kind == IMPORT_FACTS && strcmp(known->name, "type") == 0) {
        return arena_printf(work->arena,
                            _("%s does not tell what type its facts are of; say so with --type "
                              "(penalty, inspection ...)."),
                            work->label);
    }
    bool day = work->kind == IMPORT_FACTS && strcmp(known->name, "occurred_on") == 0;
    for (size_t i = 0; i < guess->column_count; i++) {
        if (guess->columns[i].field == field) {
            return arena_printf(
                work->arena,
                _("It is not sure enough (%d %%) that the column %s of %s is the %s; say so with "
                  "--column \"%s=%s\", or name another column."),
                guess->columns[i].confidence, row_cell(&work->result->header.row, i), work->label,
                _(known->title), row_cell(&work->result->header.row, i), known->name);
        }
    }
    if (day) {
        return arena_printf(work->arena,
                            _("No column of %s looks like the day it happened; name it with "
                              "--column \"HEADER=occurred_on\", or give the day of the whole file "
                              "with --as-of."),
                            work->label);
    }
    return arena_printf(work->arena,
                        _("No column of %s looks like the %s; name it with --column "
                          "\"HEADER=%s\", or choose a profile with --map."),
                        work->label, _(known->title), known->name);
}

static enum result guess_file(struct work *work) {
    struct vocabulary vocabulary;
    bool found = false;
    work->result->base = catalog_general_document(work->kind);
    work->result->guessed = true;
    enum result code = vocabulary_load(&vocabulary, work->arena, work->error);
    if (code == RESULT_OK) {
        code = header_row_find(work->sample, &vocabulary, work->kind, work->arena,
                               &work->result->header, &found, work->error);
    }
    if (code == RESULT_OK && !found) {
        return error_set(work->error, RESULT_INVALID,
                         _("%s has no row that names its columns; put one above the data and try "
                           "again."),
                         work->label);
    }
    return code == RESULT_OK
               ? guess_columns(work->sample, &work->result->header, &vocabulary, work->kind,
                               work->name, work->arena, &work->result->guess, work->error)
               : code;
}

/* ---- what a person says -----------------------------------------------------------------------
 */

void understanding_assign(struct understanding *understanding, size_t column, int field) {
    struct guess *guess = &understanding->guess;
    struct guess_column *assigned = &guess->columns[column];
    int former = assigned->field;
    if (former >= 0) {
        guess->touched |= (uint64_t)1 << former;
    }
    for (size_t i = 0; field >= 0 && i < guess->column_count; i++) {
        struct guess_column *other = &guess->columns[i];
        if (i == column || other->field != field || other->also) {
            continue;
        }
        enum field_shape shape = kind_of(guess->kind)->fields[field].shape;
        if (shape == SHAPE_CODE || shape == SHAPE_TEXT) {
            other->also = true;
        } else {
            other->field = -1;
            other->confidence = 0;
            other->why = GUESS_PERSON;
        }
    }
    *assigned = (struct guess_column){
        .field = field, .confidence = 100, .why = GUESS_PERSON, .evidence = assigned->evidence};
    if (field >= 0) {
        guess->touched |= (uint64_t)1 << field;
    }
}

static enum result apply_column(struct work *work, const struct said_column *said) {
    const struct row *header = &work->result->header.row;
    int field = strcmp(said->field, "-") == 0 ? -1 : kind_find_field(work->kind, said->field);
    if (field < 0 && strcmp(said->field, "-") != 0) {
        return error_set(work->error, RESULT_USAGE,
                         _("\"%s\" is no field of %s; \"xinfeng preview\" lists them."),
                         said->field, kind_of(work->kind)->code);
    }
    char *wanted = profile_header_key(said->header);
    size_t found = header->count;
    for (size_t i = 0; wanted != NULL && found == header->count && i < header->count; i++) {
        char *key = profile_header_key(row_cell(header, i));
        found = key != NULL && strcmp(key, wanted) == 0 ? i : found;
        free(key);
    }
    bool memory = wanted != NULL;
    free(wanted);
    if (!memory) {
        return error_no_memory(work->error);
    }
    if (found >= work->result->guess.column_count) {
        return error_set(work->error, RESULT_USAGE,
                         _("%s has no column called %s; see \"xinfeng preview\"."), work->label,
                         said->header);
    }
    understanding_assign(work->result, found, field);
    return RESULT_OK;
}

static enum result apply_said(struct work *work) {
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < work->said->column_count; i++) {
        code = apply_column(work, &work->said->columns[i]);
    }
    const char *type = work->said->type;
    work->result->guess.day = work->said->day && work->kind == IMPORT_FACTS;
    if (code != RESULT_OK || type == NULL) {
        return code;
    }
    if (work->kind != IMPORT_FACTS || fact_type_find(type) == 0) {
        return error_set(work->error, RESULT_USAGE,
                         _("\"%s\" is no type of fact; see \"xinfeng help import\"."), type);
    }
    work->result->guess.type = arena_strdup(work->arena, type);
    work->result->guess.type_confidence = 100;
    return work->result->guess.type == NULL ? error_no_memory(work->error) : RESULT_OK;
}

/* ---- settling ---------------------------------------------------------------------------------
 */

char *understanding_document(const struct understanding *understanding, const char *name,
                             const char *title) {
    const struct mapping mapping = {.guess = &understanding->guess,
                                    .header = &understanding->header,
                                    .base = understanding->base,
                                    .keep = !understanding->guessed,
                                    .name = name,
                                    .title = title};
    return mapping_document(&mapping);
}

enum result understanding_settle(struct understanding *understanding, const struct sample *sample,
                                 const char *label, const char *name, const char *title,
                                 struct arena *arena, struct error *error) {
    struct work work = {.sample = sample,
                        .label = label,
                        .kind = understanding->guess.kind,
                        .arena = arena,
                        .result = understanding,
                        .error = error};
    understanding_clear(understanding);
    int field = guess_missing(&understanding->guess);
    understanding->missing = field < 0 ? NULL : say_missing(&work, field);
    if (field >= 0) {
        return understanding->missing == NULL ? error_no_memory(error) : RESULT_OK;
    }
    char *document = understanding_document(understanding, name, title);
    if (document == NULL) {
        return error_no_memory(error);
    }
    bool failed = false;
    enum result code = profile_parse(&understanding->profile, document, label, error);
    free(document);
    if (code == RESULT_OK &&
        !binding_make(&understanding->binding, understanding->profile, &understanding->header.row,
                      arena, &understanding->missing, &failed)) {
        code = failed ? error_no_memory(error)
                      : error_set(error, RESULT_INVALID, _("%s lacks the columns %s."), label,
                                  understanding->missing);
    }
    if (code == RESULT_OK) {
        understanding->missing = NULL;
    }
    return code;
}

/* How many columns of the file a guess reads for sure. */
static size_t count_sure(const struct guess *guess) {
    size_t sure = 0;
    for (size_t i = 0; i < guess->column_count; i++) {
        sure += guess->columns[i].field >= 0 && guess->columns[i].confidence >= GUESS_SURE;
    }
    return sure;
}

/* Looks for a profile that fits. A general one gives way to a guess that reads more of the file. */
static enum result choose(struct work *work) {
    struct understanding *result = work->result;
    enum result code = catalog_choose(work->store, work->sample, work->label, work->kind,
                                      &result->profile, &result->binding, work->arena, work->error);
    if (code != RESULT_OK || result->profile == NULL) {
        return code == RESULT_OK ? guess_file(work) : code;
    }
    if (catalog_general(result->profile->name)) {
        struct profile *general = result->profile;
        result->profile = NULL;
        code = guess_file(work);
        if (code == RESULT_OK && guess_missing(&result->guess) < 0 &&
            count_sure(&result->guess) > result->binding.matched) {
            profile_free(general);
            return RESULT_OK;
        }
        result->profile = general;
        result->guessed = false;
        result->missing = NULL;
        if (code == RESULT_INVALID) {
            error_clear(work->error);
            code = RESULT_OK;
        }
        if (code != RESULT_OK) {
            return code;
        }
    }
    code = find_document(work, result->profile->name);
    return code == RESULT_OK ? use_profile(work) : code;
}

static enum result open_named(struct work *work) {
    struct understanding *result = work->result;
    enum result code =
        catalog_open(work->store, work->said->profile, work->kind, &result->profile, work->error);
    if (code == RESULT_OK) {
        code = catalog_bind(work->sample, work->label, result->profile, &result->binding,
                            work->arena, work->error);
    }
    if (code == RESULT_OK) {
        code = find_document(work, work->said->profile);
    }
    return code == RESULT_OK ? use_profile(work) : code;
}

enum result understand(struct store *store, const struct sample *sample, const char *label,
                       const char *name, enum import_kind kind, const struct said *said,
                       struct arena *arena, struct understanding *understanding,
                       struct error *error) {
    struct work work = {store, sample, label, name, kind, said, arena, understanding, error};
    *understanding = (struct understanding){.guess = understanding->guess};
    enum result code = said->profile != NULL ? open_named(&work) : choose(&work);
    if (code == RESULT_OK) {
        code = apply_said(&work);
    }
    bool said_more = said->column_count > 0 || said->type != NULL || said->day;
    if (code == RESULT_OK && (understanding->profile == NULL || said_more)) {
        code = understanding_settle(understanding, sample, label, NULL, NULL, arena, error);
    }
    if (code != RESULT_OK) {
        understanding_clear(understanding);
    }
    return code;
}

void understanding_clear(struct understanding *understanding) {
    profile_free(understanding->profile);
    understanding->profile = NULL;
}
