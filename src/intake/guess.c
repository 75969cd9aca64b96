#include "intake/guess.h"

#include "base/gettext.h"
#include "intake/assign.h"
#include "intake/guess_type.h"
#include "intake/kind_fact.h"
#include "intake/profile.h"

#include <stdlib.h>
#include <string.h>

/* A header that names the level itself, and not some result: the first words of the field. */
#define SAYS_LEVEL 98

/* What one column is worth for one field. */
struct fit {
    int confidence;
    enum guess_why why;
};

/* ---- values ---------------------------------------------------------------------------------- */

static int day_share(const struct evidence *evidence) {
    int written = evidence_share(evidence, evidence->days + evidence->terms);
    int bare = evidence_share(evidence, evidence->days + evidence->serials + evidence->terms);
    return written > 50 ? bare : written + (bare - written) / 2;
}

/* How far the values speak for a field, 0 to 100; -1: they tell nothing either way. */
static int share_of(const struct evidence *evidence, const struct field *field) {
    switch (field->shape) {
    case SHAPE_CODE:
        return strcmp(field->name, "uscc") == 0
                   ? evidence_share(evidence, evidence->usccs + evidence->numbers)
                   : evidence_share(evidence, evidence->numbers);
    case SHAPE_NAME:
        return evidence_share(evidence, evidence->names);
    case SHAPE_DATE:
    case SHAPE_TERM_END:
        return day_share(evidence);
    case SHAPE_MONEY: {
        int sure = evidence_share(evidence, evidence->amounts + evidence->fines);
        int any = evidence_share(evidence, evidence->amounts + evidence->integers);
        return any > sure ? any : sure;
    }
    case SHAPE_INTEGER:
        return strcmp(field->name, "level") == 0
                   ? evidence_share(evidence, evidence->levels + evidence->integers)
                   : evidence_share(evidence, evidence->integers);
    case SHAPE_RATE:
    case SHAPE_TIMES:
        return -1;
    case SHAPE_FLAG:
        return evidence_share(evidence, evidence->flags);
    case SHAPE_REGION:
        return evidence_share(evidence, evidence->regions);
    case SHAPE_INDUSTRY:
        return evidence_share(evidence, evidence->industries);
    case SHAPE_WORD:
    case SHAPE_TEXT:
        break;
    }
    if (strcmp(field->name, "document") == 0) {
        return evidence_share(evidence, evidence->documents);
    }
    if (strcmp(field->name, "agency") == 0 || strcmp(field->name, "authority") == 0) {
        return evidence_share(evidence, evidence->agencies);
    }
    return -1;
}

/* What the values alone are worth, where no header helps: only shapes that little else has. */
static int worth_of_values(const struct evidence *evidence, const struct field *field, int share) {
    bool many = evidence->distinct > 1 || evidence->filled <= 2;
    if (share < 70) {
        return 0;
    }
    if (strcmp(field->name, "uscc") == 0) {
        return evidence->usccs > evidence->filled / 2 && many ? 45 + share * 40 / 100 : 0;
    }
    if (field->shape == SHAPE_NAME) {
        return many ? 30 + share * 40 / 100 : 0;
    }
    if (strcmp(field->name, "occurred_on") == 0) {
        return share > 90 ? 42 : 0;
    }
    if (strcmp(field->name, "document") == 0 || strcmp(field->name, "agency") == 0) {
        return 30 + share * 25 / 100;
    }
    return 0;
}

/* Header and values weighed together. Values that contradict a header count more than the header:
 * a column called 日期 that holds no days is no date. */
static struct fit weigh(const struct evidence *evidence, const struct field *field, int match) {
    int share = evidence->filled == 0 ? -1 : share_of(evidence, field);
    if (match < 50) {
        int worth = share < 0 ? 0 : worth_of_values(evidence, field, share);
        return (struct fit){worth, worth > 0 ? GUESS_VALUES : GUESS_NOTHING};
    }
    int by_header = match >= 90 ? match - 5 : match * 85 / 100;
    bool level = strcmp(field->name, "level") == 0;
    if (level && evidence->filled > 0 && evidence->integers == evidence->filled &&
        match < SAYS_LEVEL) {
        return (struct fit){GUESS_LEAST, GUESS_HEADER}; /* a code of theirs: 1 may mean anything */
    }
    if (share < 0) {
        return (struct fit){by_header, GUESS_HEADER};
    }
    if (share >= 60) {
        int both = by_header + 4 + share / 10;
        return (struct fit){both > 99 ? 99 : both, GUESS_BOTH};
    }
    bool doubted = evidence->filled >= 5 && field->shape != SHAPE_NAME &&
                   field->shape != SHAPE_CODE && field->shape != SHAPE_TEXT;
    if (doubted && share < 20) {
        return (struct fit){by_header * 2 / 5, GUESS_HEADER};
    }
    bool subject = field->shape == SHAPE_NAME || field->shape == SHAPE_CODE;
    return (struct fit){by_header - (subject && share < 10 && evidence->filled >= 5 ? 20 : 0),
                        GUESS_HEADER};
}

/* ---- columns --------------------------------------------------------------------------------- */

struct guessing {
    const struct sample *sample;
    const struct header_row *header;
    const struct vocabulary *vocabulary;
    const struct kind *kind;
    struct guess *guess;
    struct guess earlier; /* of the same sample; no columns: there is none */
    struct fit *fits;     /* of field and column, a field after the other */
    size_t columns;
};

static struct fit *fit_at(const struct guessing *guessing, size_t field, size_t column) {
    return &guessing->fits[field * guessing->columns + column];
}

/* What a column looks like. To find that takes longest of all, and it is the same for every kind.
 */
static struct evidence look_at(const struct guessing *guessing, size_t column) {
    const struct guess *earlier = &guessing->earlier;
    return column < earlier->column_count && earlier->header == guessing->header->index
               ? earlier->columns[column].evidence
               : evidence_of(guessing->sample, guessing->header->index, column);
}

/* Weighs every column for every field. */
static enum result weigh_all(struct guessing *guessing, struct error *error) {
    for (size_t column = 0; column < guessing->columns; column++) {
        struct guess_column *guessed = &guessing->guess->columns[column];
        guessed->field = -1;
        guessed->evidence = look_at(guessing, column);
        char *key = profile_header_key(row_cell(&guessing->header->row, column));
        if (key == NULL) {
            return error_no_memory(error);
        }
        for (size_t field = 0; field < guessing->kind->field_count; field++) {
            int match = key[0] == '\0' ? 0
                                       : vocabulary_match(guessing->vocabulary,
                                                          guessing->guess->kind, (int)field, key);
            *fit_at(guessing, field, column) =
                weigh(&guessed->evidence, &guessing->kind->fields[field], match);
        }
        free(key);
    }
    return RESULT_OK;
}

/* Gives every field the column that makes the whole best. Ties go to columns further left. */
static enum result assign_all(struct guessing *guessing, struct error *error) {
    size_t fields = guessing->kind->field_count;
    size_t columns = guessing->columns;
    int *worth = calloc(fields * columns + 1, sizeof(*worth));
    int *column_of = calloc(fields + 1, sizeof(*column_of));
    enum result code = worth == NULL || column_of == NULL ? error_no_memory(error) : RESULT_OK;
    for (size_t field = 0; code == RESULT_OK && field < fields; field++) {
        for (size_t column = 0; column < columns; column++) {
            int confidence = fit_at(guessing, field, column)->confidence;
            worth[field * columns + column] =
                confidence < GUESS_LEAST ? 0
                                         : confidence * 1024 - (int)(column < 1000 ? column : 1000);
        }
    }
    if (code == RESULT_OK && !assign_best(worth, fields, columns, column_of)) {
        code = error_no_memory(error);
    }
    for (size_t field = 0; code == RESULT_OK && field < fields; field++) {
        if (column_of[field] >= 0) {
            struct guess_column *column = &guessing->guess->columns[column_of[field]];
            const struct fit *fit = fit_at(guessing, field, (size_t)column_of[field]);
            column->field = (int)field;
            column->confidence = fit->confidence;
            column->why = fit->why;
        }
    }
    free(worth);
    free(column_of);
    return code;
}

/* Columns left over may stand in where the one that fills a field is blank: further codes, and
 * names and texts of the same meaning. */
static void add_others(struct guessing *guessing) {
    for (size_t i = 0; i < guessing->columns; i++) {
        struct guess_column *column = &guessing->guess->columns[i];
        for (size_t field = 0; column->field < 0 && field < guessing->kind->field_count; field++) {
            const struct field *known = &guessing->kind->fields[field];
            bool several = known->shape == SHAPE_CODE || strcmp(known->name, "title") == 0;
            const struct fit *fit = fit_at(guessing, field, i);
            if (several && fit->confidence >= GUESS_SURE && fit->why != GUESS_VALUES) {
                column->field = (int)field;
                column->confidence = fit->confidence;
                column->why = fit->why;
                column->also = true;
            }
        }
    }
}

enum result guess_columns(const struct sample *sample, const struct header_row *header,
                          const struct vocabulary *vocabulary, enum import_kind kind,
                          const char *name, struct arena *arena, struct guess *guess,
                          struct error *error) {
    size_t columns = header->row.count < SAMPLE_COLUMNS ? header->row.count : SAMPLE_COLUMNS;
    struct guessing guessing = {.sample = sample,
                                .header = header,
                                .vocabulary = vocabulary,
                                .kind = kind_of(kind),
                                .guess = guess,
                                .earlier = *guess,
                                .columns = columns};
    *guess = (struct guess){.kind = kind, .column_count = columns, .header = header->index};
    guess->columns = arena_alloc(arena, (columns + 1) * sizeof(*guess->columns));
    guessing.fits =
        arena_alloc(arena, (columns * guessing.kind->field_count + 1) * sizeof(struct fit));
    enum result code = guess->columns == NULL || guessing.fits == NULL
                           ? error_no_memory(error)
                           : weigh_all(&guessing, error);
    if (code == RESULT_OK) {
        code = assign_all(&guessing, error);
    }
    if (code == RESULT_OK) {
        add_others(&guessing);
    }
    if (code == RESULT_OK && kind == IMPORT_FACTS) {
        guess_type(sample, header, name, guess);
    }
    return code;
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* The column that fills a field first; NULL when none does. */
static const struct guess_column *filler(const struct guess *guess, int field) {
    for (size_t i = 0; i < guess->column_count; i++) {
        if (guess->columns[i].field == field && !guess->columns[i].also) {
            return &guess->columns[i];
        }
    }
    return NULL;
}

static bool sure(const struct guess *guess, int field) {
    const struct guess_column *column = filler(guess, field);
    return column != NULL && column->confidence >= GUESS_SURE;
}

int guess_missing(const struct guess *guess) {
    const struct kind *kind = kind_of(guess->kind);
    if (guess->kind == IMPORT_FACTS) {
        if (!sure(guess, FACT_FIELD_NAME) && !sure(guess, FACT_FIELD_USCC)) {
            return FACT_FIELD_NAME;
        }
        if (guess->type == NULL && !sure(guess, FACT_FIELD_TYPE)) {
            return FACT_FIELD_TYPE;
        }
        return guess->day || sure(guess, FACT_FIELD_OCCURRED_ON) ? -1 : FACT_FIELD_OCCURRED_ON;
    }
    for (size_t field = 0; field < kind->field_count; field++) {
        if ((kind->needed >> field & 1) != 0 && !sure(guess, (int)field)) {
            return (int)field;
        }
    }
    return -1;
}

int guess_worth(const struct guess *guess) {
    int worth = 0;
    for (size_t i = 0; i < guess->column_count; i++) {
        worth += guess->columns[i].field >= 0 ? guess->columns[i].confidence : 0;
    }
    return guess_missing(guess) < 0 ? worth : worth / 3;
}
