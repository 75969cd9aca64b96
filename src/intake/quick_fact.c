#include "intake/quick_fact.h"

#include "intake/cell.h"
#include "intake/kind_fact.h"
#include "intake/quick_cell.h"
#include "intake/value_code.h"

#include <stdlib.h>
#include <string.h>

/* Cells of words that are remembered: so many, so long, looked for at so many places. */
#define MEMO_SIZE 256
#define MEMO_TEXT 48
#define MEMO_TRIES 8

/* What the mapper made of a cell that holds one of few words. */
struct memo {
    uint32_t length; /* 0: free */
    int32_t number;  /* the type, the status or the level */
    char text[MEMO_TEXT];
};

/* One field that some column fills. */
struct quick_field {
    const struct bound_field *bound;
    struct memo *memos; /* MEMO_SIZE of them, for fields of words */
};

struct quick_fact {
    const struct binding *binding;
    struct arena *arena;
    struct arena *scratch;
    struct fact base; /* what the constants come to */
    const char *base_record;
    size_t *codes; /* columns that may hold a code */
    size_t code_count;
    const struct bound_field *name;
    struct quick_field *fields;
    size_t field_count;
};

/* Reads some fields of a row by the mapper's own means. */
static enum result read_carefully(struct quick_fact *quick, struct bound_field *bound, size_t count,
                                  const struct row *row, struct mapped *mapped,
                                  struct error *error) {
    struct binding part = *quick->binding;
    part.fields = bound;
    part.field_count = count;
    struct cell_reader reader = {&part, row, quick->scratch, mapped, error};
    memset(mapped, 0, sizeof(*mapped));
    return kind_fact_read_fields(&reader);
}

/* ---- the plan ------------------------------------------------------------------------------- */

static bool has_words(const struct bound_field *bound) {
    return bound->field->map.count + bound->field->contains.count > 0;
}

/* True when the field can be read here; words are remembered. */
static bool is_plain(const struct bound_field *bound, bool *words) {
    int index = bound->field->index;
    *words = index == FACT_FIELD_TYPE || index == FACT_FIELD_STATUS || index == FACT_FIELD_LEVEL;
    return *words || !has_words(bound);
}

static bool add_codes(struct quick_fact *quick, const struct bound_field *bound) {
    for (size_t i = 0; i < bound->column_count; i++) {
        bool known = false;
        for (size_t j = 0; j < quick->code_count; j++) {
            known = known || quick->codes[j] == bound->columns[i];
        }
        if (!known) {
            quick->codes[quick->code_count++] = bound->columns[i];
        }
    }
    return bound->field->constant == NULL;
}

/* Sorts the fields of the binding; false when one of them asks for more than is done here. */
static bool plan_fields(struct quick_fact *quick, bool *failed) {
    const struct binding *binding = quick->binding;
    size_t columns = 1;
    for (size_t i = 0; i < binding->field_count; i++) {
        columns += binding->fields[i].column_count;
    }
    quick->codes = arena_alloc(quick->arena, columns * sizeof(*quick->codes));
    quick->fields = arena_alloc(quick->arena, (binding->field_count + 1) * sizeof(*quick->fields));
    *failed = quick->codes == NULL || quick->fields == NULL;
    for (size_t i = 0; !*failed && i < binding->field_count; i++) {
        const struct bound_field *bound = &binding->fields[i];
        bool words = false;
        if (bound->field->field.shape == SHAPE_NAME) {
            if (quick->name != NULL || bound->field->constant != NULL) {
                return false;
            }
            quick->name = bound;
            continue;
        }
        if (bound->field->field.shape == SHAPE_CODE) {
            if (!add_codes(quick, bound)) {
                return false;
            }
            continue;
        }
        if (bound->column_count == 0) {
            continue;
        }
        if (!is_plain(bound, &words)) {
            return false;
        }
        struct quick_field *field = &quick->fields[quick->field_count++];
        field->bound = bound;
        if (words) {
            field->memos = arena_alloc(quick->arena, MEMO_SIZE * sizeof(struct memo));
            *failed = field->memos == NULL;
        }
    }
    return !*failed;
}

/* What the constants come to, read from a row of blanks. */
static enum result read_constants(struct quick_fact *quick, bool *plain, struct error *error) {
    struct row blank = {0};
    struct mapped mapped;
    enum result code = read_carefully(quick, quick->binding->fields, quick->binding->field_count,
                                      &blank, &mapped, error);
    *plain = code == RESULT_OK && mapped.reason == REASON_NONE && !mapped.amount_unclear;
    quick->base = mapped.fact;
    quick->base.document = arena_strdup(quick->arena, mapped.fact.document);
    quick->base.title = arena_strdup(quick->arena, mapped.fact.title);
    quick->base.agency = arena_strdup(quick->arena, mapped.fact.agency);
    quick->base_record = arena_strdup(quick->arena, mapped.record);
    return code == RESULT_OK && arena_failed(quick->arena) ? error_no_memory(error) : code;
}

enum result quick_fact_new(struct quick_fact **quick, const struct binding *binding,
                           struct arena *arena, struct error *error) {
    *quick = NULL;
    struct quick_fact *made = calloc(1, sizeof(*made));
    if (made == NULL || (made->scratch = arena_new()) == NULL) {
        free(made);
        return error_no_memory(error);
    }
    made->binding = binding;
    made->arena = arena;
    bool failed = false;
    bool plain = plan_fields(made, &failed);
    enum result code = failed ? error_no_memory(error) : RESULT_OK;
    if (code == RESULT_OK && plain) {
        code = read_constants(made, &plain, error);
    }
    if (code != RESULT_OK || !plain) {
        quick_fact_free(made);
        return code;
    }
    *quick = made;
    return RESULT_OK;
}

void quick_fact_free(struct quick_fact *quick) {
    if (quick != NULL) {
        arena_free(quick->scratch);
        free(quick);
    }
}

/* ---- rows ----------------------------------------------------------------------------------- */

/* What a cell is to quick reading. */
enum look { LOOK_BLANK, LOOK_SPEAKS, LOOK_DOUBT };

/* The column that fills a field: the first that is not blank. */
static enum look look_for(const struct csv_piece *piece, const struct bound_field *bound,
                          size_t *place) {
    for (size_t i = 0; i < bound->column_count; i++) {
        size_t column = bound->columns[i];
        if (column >= piece->row.count || piece->lengths[column] == 0) {
            continue;
        }
        *place = i;
        return quick_cell_speaks(piece->row.cells[column], piece->lengths[column]) ? LOOK_SPEAKS
                                                                                   : LOOK_DOUBT;
    }
    return LOOK_BLANK;
}

static bool is_code_number(const char *cell, size_t length) {
    return length == 15 && value_code_parse(cell).kind == CODE_NUMBER;
}

/* The one code of 18 characters; a registration number beside it tells nothing more. */
static bool read_codes(const struct quick_fact *quick, const struct csv_piece *piece,
                       struct quick_fact_row *row) {
    const char *found = NULL;
    for (size_t i = 0; i < quick->code_count; i++) {
        size_t column = quick->codes[i];
        size_t length = column < piece->row.count ? piece->lengths[column] : 0;
        if (length == 0) {
            continue;
        }
        const char *cell = piece->row.cells[column];
        if (length != USCC_LENGTH) {
            if (!is_code_number(cell, length)) {
                return false;
            }
        } else if (found != NULL && memcmp(found, cell, USCC_LENGTH) != 0) {
            return false;
        } else {
            found = cell;
        }
    }
    if (found != NULL) {
        memcpy(row->uscc, found, USCC_LENGTH + 1);
    }
    return found != NULL;
}

static bool read_name(const struct quick_fact *quick, const struct csv_piece *piece,
                      struct quick_fact_row *row) {
    size_t place = 0;
    row->name = NULL;
    if (quick->name == NULL) {
        return true;
    }
    enum look look = look_for(piece, quick->name, &place);
    if (look != LOOK_SPEAKS) {
        return look == LOOK_BLANK;
    }
    size_t column = quick->name->columns[place];
    row->name = piece->row.cells[column];
    row->name_length = piece->lengths[column];
    return quick_cell_name(row->name, row->name_length);
}

/* The number that the mapper gives to a word. */
static int32_t number_of(const struct fact *fact, int index) {
    return index == FACT_FIELD_TYPE     ? fact->type
           : index == FACT_FIELD_STATUS ? fact->status
                                        : fact->level;
}

static struct memo *find_memo(struct quick_field *field, const char *cell, size_t length) {
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)cell[i]) * 16777619U;
    }
    for (size_t i = 0; i < MEMO_TRIES; i++) {
        struct memo *memo = &field->memos[(hash + i) % MEMO_SIZE];
        if (memo->length == 0 ||
            (memo->length == length && memcmp(memo->text, cell, length) == 0)) {
            return memo;
        }
    }
    return NULL;
}

/* Reads a word as the mapper did before, or does now for the first time. */
static enum result read_word(struct quick_fact *quick, struct quick_field *field,
                             const struct csv_piece *piece, size_t column,
                             struct quick_fact_row *row, bool *read, struct error *error) {
    const char *cell = piece->row.cells[column];
    size_t length = piece->lengths[column];
    int index = field->bound->field->index;
    struct memo *memo = length <= MEMO_TEXT ? find_memo(field, cell, length) : NULL;
    *read = memo != NULL;
    if (memo == NULL) {
        return RESULT_OK;
    }
    if (memo->length == 0) {
        struct mapped mapped;
        struct bound_field bound = *field->bound;
        arena_reset(quick->scratch);
        enum result code = read_carefully(quick, &bound, 1, &piece->row, &mapped, error);
        *read = code == RESULT_OK && mapped.reason == REASON_NONE && !mapped.amount_unclear;
        if (!*read) {
            return code;
        }
        memo->length = (uint32_t)length;
        memo->number = number_of(&mapped.fact, index);
        memcpy(memo->text, cell, length);
    }
    if (index == FACT_FIELD_TYPE) {
        row->fact.type = memo->number;
    } else if (index == FACT_FIELD_STATUS) {
        row->fact.status = memo->number;
    } else {
        row->fact.level = memo->number;
    }
    return RESULT_OK;
}

/* The amount, unless another money than yuan is named. */
static bool read_money(const struct csv_piece *piece, const struct bound_field *bound, size_t place,
                       struct fact *fact) {
    size_t column = bound->columns[place];
    if (bound->currency_count > 0 && row_cell(&piece->row, bound->currencies[0])[0] != '\0') {
        return false;
    }
    return quick_cell_money(piece->row.cells[column], piece->lengths[column], bound->units[place],
                            &fact->amount);
}

static bool read_value(const struct csv_piece *piece, const struct bound_field *bound, size_t place,
                       struct quick_fact_row *row) {
    const char *cell = piece->row.cells[bound->columns[place]];
    size_t length = piece->lengths[bound->columns[place]];
    switch (bound->field->index) {
    case FACT_FIELD_OCCURRED_ON:
        return quick_cell_day(cell, length, &row->fact.occurred_on);
    case FACT_FIELD_ENDED_ON:
        return quick_cell_day(cell, length, &row->fact.ended_on);
    case FACT_FIELD_AMOUNT:
        return read_money(piece, bound, place, &row->fact);
    case FACT_FIELD_DOCUMENT:
        row->fact.document = cell;
        return quick_cell_text(cell, length);
    case FACT_FIELD_TITLE:
        row->fact.title = cell;
        return quick_cell_text(cell, length);
    case FACT_FIELD_AGENCY:
        row->fact.agency = cell;
        return quick_cell_text(cell, length);
    case FACT_FIELD_RECORD:
        row->record = cell;
        return quick_cell_text(cell, length);
    default:
        return false;
    }
}

enum result quick_fact_read(struct quick_fact *quick, const struct csv_piece *piece,
                            struct quick_fact_row *row, bool *read, struct error *error) {
    enum result code = RESULT_OK;
    *read = piece->row.count <= quick->binding->width && read_codes(quick, piece, row) &&
            read_name(quick, piece, row);
    row->fact = quick->base;
    row->record = quick->base_record;
    for (size_t i = 0; code == RESULT_OK && *read && i < quick->field_count; i++) {
        struct quick_field *field = &quick->fields[i];
        size_t place = 0;
        enum look look = look_for(piece, field->bound, &place);
        if (look == LOOK_BLANK) {
            continue;
        }
        *read = look == LOOK_SPEAKS;
        if (*read && field->memos != NULL) {
            code = read_word(quick, field, piece, field->bound->columns[place], row, read, error);
        } else if (*read) {
            *read = read_value(piece, field->bound, place, row);
        }
    }
    *read = *read && row->fact.type != 0 && row->fact.occurred_on != DATE_NONE;
    return code;
}
