#include "intake/preview.h"

#include "base/gettext.h"
#include "intake/preview_state.h"
#include "intake/profile_store.h"
#include "intake/row_source.h"
#include "registry/fact_type.h"

#include <stdlib.h>
#include <string.h>

/* ---- opening --------------------------------------------------------------------------------- */

/* Keeps what the source says of itself. */
static enum result note_source(struct preview *preview, const struct row_source *source,
                               struct error *error) {
    size_t count = 0;
    const struct row_sheet *sheets = row_source_sheets(source, &count);
    const char *slash = strrchr(preview->path, '/');
    preview->format = row_source_format(source);
    preview->encoding = arena_strdup(preview->arena, row_source_encoding(source));
    preview->label = arena_strdup(preview->arena, row_source_label(source));
    preview->sheet = row_source_sheet(source);
    preview->sheets = arena_alloc(preview->arena, (count + 1) * sizeof(*preview->sheets));
    for (size_t i = 0; preview->sheets != NULL && i < count; i++) {
        preview->sheets[i] = sheets[i];
        preview->sheets[i].name = arena_strdup(preview->arena, sheets[i].name);
    }
    preview->sheet_count = count;
    preview->name = arena_printf(preview->arena, "%s %s", slash == NULL ? preview->path : slash + 1,
                                 count == 0 ? "" : sheets[preview->sheet].name);
    return arena_failed(preview->arena) ? error_no_memory(error) : RESULT_OK;
}

/* Understands the file as each kind, and stays with the one that explains it best. */
static enum result understand_any(struct preview *preview, struct store *store,
                                  const struct said *said, struct error *error) {
    int best = -1;
    int second = 0;
    enum result code = RESULT_INVALID;
    for (int kind = 0; kind < IMPORT_KIND_COUNT; kind++) {
        struct understanding made = {.guess = preview->understanding.guess};
        error_clear(error);
        enum result tried = understand(store, &preview->sample, preview->label, preview->name,
                                       (enum import_kind)kind, said, preview->arena, &made, error);
        if (tried == RESULT_NO_MEMORY) {
            return tried;
        }
        if (tried != RESULT_OK) {
            continue;
        }
        int worth = guess_worth(&made.guess) + (made.guessed ? 0 : 30);
        if (worth > best) {
            second = best;
            best = worth;
            understanding_clear(&preview->understanding);
            preview->understanding = made;
            code = RESULT_OK;
        } else {
            second = worth > second ? worth : second;
            understanding_clear(&made);
        }
    }
    preview->kind_confidence = best <= 0 ? 0 : (best - (second > 0 ? second : 0)) * 60 / best + 40;
    if (code == RESULT_OK) {
        error_clear(error);
    }
    return code;
}

static enum result look(struct preview *preview, struct store *store,
                        const struct preview_request *request, struct error *error) {
    struct row_source *source = NULL;
    enum result code = row_source_open(&source, request->path, request->sheet, error);
    if (code == RESULT_OK) {
        code = note_source(preview, source, error);
    }
    if (code == RESULT_OK) {
        code = sample_read(source, preview->arena, &preview->sample, error);
    }
    row_source_free(source);
    if (code == RESULT_OK && request->kind == IMPORT_KIND_COUNT) {
        code = understand_any(preview, store, &request->said, error);
    } else if (code == RESULT_OK) {
        preview->kind_confidence = 100;
        code = understand(store, &preview->sample, preview->label, preview->name, request->kind,
                          &request->said, preview->arena, &preview->understanding, error);
    }
    if (code == RESULT_OK) {
        preview->said = arena_alloc(preview->arena, preview->understanding.guess.column_count + 1);
        code = preview->said == NULL ? error_no_memory(error) : preview_note_skips(preview, error);
    }
    return code;
}

enum result preview_open(struct preview **preview, struct store *store,
                         const struct preview_request *request, struct error *error) {
    *preview = NULL;
    struct preview *made = calloc(1, sizeof(*made));
    if (made == NULL || (made->arena = arena_new()) == NULL) {
        free(made);
        return error_no_memory(error);
    }
    made->path = arena_strdup(made->arena, request->path);
    made->profile = arena_strdup(made->arena, request->said.profile);
    enum result code =
        made->path == NULL ? error_no_memory(error) : look(made, store, request, error);
    if (code != RESULT_OK) {
        preview_free(made);
        return code;
    }
    *preview = made;
    return RESULT_OK;
}

void preview_free(struct preview *preview) {
    if (preview != NULL) {
        understanding_clear(&preview->understanding);
        arena_free(preview->arena);
        free(preview);
    }
}

/* ---- looking at it ----------------------------------------------------------------------------
 */

const char *preview_format(const struct preview *preview) {
    return preview->format;
}

const char *preview_encoding(const struct preview *preview) {
    return preview->encoding;
}

const struct row_sheet *preview_sheets(const struct preview *preview, size_t *count) {
    *count = preview->sheet_count;
    return preview->sheets;
}

size_t preview_sheet(const struct preview *preview) {
    return preview->sheet;
}

enum import_kind preview_kind(const struct preview *preview) {
    return preview->understanding.guess.kind;
}

int preview_kind_confidence(const struct preview *preview) {
    return preview->kind_confidence;
}

const char *preview_type(const struct preview *preview, int *confidence) {
    *confidence = preview->understanding.guess.type_confidence;
    return preview->understanding.guess.type;
}

int64_t preview_header_line(const struct preview *preview) {
    return preview->understanding.header.row.line;
}

size_t preview_columns(const struct preview *preview) {
    return preview->understanding.guess.column_count;
}

struct preview_column preview_column(const struct preview *preview, size_t column) {
    const struct guess_column *guessed = &preview->understanding.guess.columns[column];
    return (struct preview_column){row_cell(&preview->understanding.header.row, column),
                                   guessed->field, guessed->confidence, guessed->why,
                                   guessed->also};
}

const char *const *preview_values(const struct preview *preview, size_t column, size_t *count) {
    const char **values = arena_alloc(preview->arena, PREVIEW_VALUES * sizeof(*values));
    const struct sample *sample = &preview->sample;
    *count = 0;
    for (size_t i = preview->understanding.header.index + 1;
         values != NULL && i < sample->count && *count < PREVIEW_VALUES; i++) {
        const char *cell = row_cell(&sample->rows[i], column);
        bool seen = preview->aside[i] || cell[0] == '\0';
        for (size_t j = 0; !seen && j < *count; j++) {
            seen = strcmp(values[j], cell) == 0;
        }
        if (!seen) {
            values[(*count)++] = cell;
        }
    }
    return values;
}

const char *preview_first_value(const struct preview *preview, size_t column) {
    const struct sample *sample = &preview->sample;
    for (size_t i = preview->understanding.header.index + 1; i < sample->count; i++) {
        const char *cell = row_cell(&sample->rows[i], column);
        if (!preview->aside[i] && cell[0] != '\0') {
            return cell;
        }
    }
    return "";
}

const char *preview_profile_name(const struct preview *preview) {
    const struct understanding *understanding = &preview->understanding;
    return understanding->guessed || preview->changed || understanding->profile == NULL
               ? NULL
               : understanding->profile->name;
}

const char *preview_missing(const struct preview *preview) {
    return preview->understanding.missing;
}

int preview_missing_field(const struct preview *preview) {
    return preview->understanding.missing == NULL ? -1
                                                  : guess_missing(&preview->understanding.guess);
}

/* ---- correcting it ----------------------------------------------------------------------------
 */

static enum result settle(struct preview *preview, struct error *error) {
    preview->changed = true;
    enum result code = understanding_settle(&preview->understanding, &preview->sample,
                                            preview->label, NULL, NULL, preview->arena, error);
    return code == RESULT_OK ? preview_note_skips(preview, error) : code;
}

enum result preview_assign(struct preview *preview, size_t column, int field, struct error *error) {
    understanding_assign(&preview->understanding, column, field);
    preview->said[column] = true;
    return settle(preview, error);
}

enum result preview_set_type(struct preview *preview, const char *type, struct error *error) {
    struct guess *guess = &preview->understanding.guess;
    if (fact_type_find(type) == 0) {
        return error_set(error, RESULT_USAGE, _("\"%s\" is no type of fact."), type);
    }
    guess->type = fact_type_code(fact_type_find(type));
    guess->type_confidence = 100;
    preview->type_said = true;
    return settle(preview, error);
}

enum result preview_set_day(struct preview *preview, bool whole_file, struct error *error) {
    preview->understanding.guess.day = whole_file;
    return settle(preview, error);
}

bool preview_day(const struct preview *preview) {
    return preview->understanding.guess.day;
}

/* The column with a header; the number of columns when there is none. */
static size_t find_column(const struct preview *preview, const char *header) {
    size_t column = 0;
    while (column < preview_columns(preview) &&
           strcmp(preview_column(preview, column).header, header) != 0) {
        column++;
    }
    return column;
}

/* Says of a column what was said of it before; false when that makes no sense here. */
static bool adopt_column(struct preview *preview, const struct preview *former, size_t column) {
    struct preview_column said = preview_column(former, column);
    size_t here = find_column(preview, said.header);
    int field = said.field < 0
                    ? -1
                    : kind_find_field(preview_kind(preview),
                                      kind_of(preview_kind(former))->fields[said.field].name);
    if (here == preview_columns(preview) || (said.field >= 0 && field < 0)) {
        return false;
    }
    understanding_assign(&preview->understanding, here, field);
    preview->said[here] = true;
    return true;
}

static void name_lost(struct buffer *lost, const char *what, const char *as) {
    buffer_printf(lost, "%s%s%s%s", lost->length == 0 ? "" : ", ", what, as == NULL ? "" : " = ",
                  as == NULL ? "" : as);
}

/* The same for what was said of the whole file; only facts have a type and a day of their own. */
static bool adopt_whole(struct preview *preview, const struct preview *former,
                        struct buffer *lost) {
    const struct guess *said = &former->understanding.guess;
    struct guess *guess = &preview->understanding.guess;
    bool facts = preview_kind(preview) == IMPORT_FACTS;
    if (former->type_said && facts) {
        guess->type = fact_type_code(fact_type_find(said->type));
        guess->type_confidence = 100;
        preview->type_said = true;
    } else if (former->type_said) {
        name_lost(lost, _("type of fact"), fact_type_name(fact_type_find(said->type)));
    }
    if (said->day && facts) {
        guess->day = true;
    } else if (said->day) {
        name_lost(lost, _("rows without a day speak of today"), NULL);
    }
    return facts && (former->type_said || said->day);
}

enum result preview_adopt(struct preview *preview, const struct preview *former,
                          struct buffer *lost, struct error *error) {
    bool any = adopt_whole(preview, former, lost);
    for (size_t i = 0; i < preview_columns(former); i++) {
        struct preview_column said = preview_column(former, i);
        if (!former->said[i]) {
            continue;
        }
        if (adopt_column(preview, former, i)) {
            any = true;
        } else {
            name_lost(lost, said.header,
                      said.field < 0 ? _("(not read)")
                                     : _(kind_of(preview_kind(former))->fields[said.field].title));
        }
    }
    return any ? settle(preview, error) : RESULT_OK;
}

bool preview_changed(const struct preview *preview) {
    return preview->changed;
}

enum result preview_save(struct preview *preview, struct store *store, const struct actor *actor,
                         const char *name, struct error *error) {
    if (preview->understanding.missing != NULL) {
        return error_set(error, RESULT_REFUSED, "%s", preview->understanding.missing);
    }
    char *document = understanding_document(&preview->understanding, name, NULL);
    enum result code = document == NULL ? error_no_memory(error)
                                        : profile_store_save(store, actor, document, error);
    free(document);
    if (code == RESULT_OK) {
        preview->changed = false;
        preview->profile = arena_strdup(preview->arena, name);
        preview->type_said = false;
        memset(preview->said, 0, preview_columns(preview));
        code = preview->profile == NULL ? error_no_memory(error) : RESULT_OK;
    }
    return code;
}

enum result preview_said(struct preview *preview, struct said *said, struct error *error) {
    size_t count = preview_columns(preview);
    struct said_column *columns = arena_alloc(preview->arena, (count + 1) * sizeof(*columns));
    *said = (struct said){.profile = preview->profile, .columns = columns};
    if (columns == NULL) {
        return error_no_memory(error);
    }
    const struct kind *kind = kind_of(preview_kind(preview));
    for (size_t i = 0; i < count; i++) {
        struct preview_column column = preview_column(preview, i);
        if (preview->said[i]) {
            columns[said->column_count++] = (struct said_column){
                column.header, column.field < 0 ? "-" : kind->fields[column.field].name};
        }
    }
    said->day = preview->understanding.guess.day;
    said->type = preview->type_said ? preview->understanding.guess.type : NULL;
    return RESULT_OK;
}
