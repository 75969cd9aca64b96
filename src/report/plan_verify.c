#include "report/plan_verify.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/gettext.h"
#include "report/plan_list.h"
#include "report/plan_strata.h"
#include "report/plan_words.h"
#include "report/plan_workbook.h"

#include <string.h>

#define MOST_RECORD_BYTES ((size_t)64 << 20)

/* ---- the record --------------------------------------------------------------------------- */
struct taking {
    const struct book_reader *book;
    const char *sheet;
    struct buffer text;
};

/* Joins the cells of the first column. Programs may break lines in a cell with CR LF; a record has
 * LF alone, and nowhere a CR. */
static enum result take_row(void *context, const struct book_reader_row *row, struct error *error) {
    struct taking *taking = context;
    if (row->count != 1 || row->cells[0].column != 0 || taking->text.length > MOST_RECORD_BYTES) {
        return error_set(error, RESULT_INVALID,
                         _("The sheet %s of %s holds other than a record of a draw."),
                         taking->sheet, book_reader_path(taking->book));
    }
    for (const char *at = row->cells[0].text; *at != '\0';) {
        size_t length = strcspn(at, "\r");
        buffer_append(&taking->text, at, length);
        at += length;
        if (*at == '\r') {
            if (at[1] != '\n') {
                buffer_append_char(&taking->text, '\r');
            }
            at++;
        }
    }
    return RESULT_OK;
}

/* Takes the text out of a sheet; NULL when there is no such sheet. */
static enum result take(struct book_reader *book, const char *name, char **text,
                        struct error *error) {
    *text = NULL;
    size_t sheet = book_reader_find(book, name);
    if (sheet == SIZE_MAX) {
        return RESULT_OK;
    }
    struct taking taking = {.book = book, .sheet = name, .text = BUFFER_INIT};
    enum result code = book_reader_rows(book, sheet, take_row, &taking, error);
    if (code == RESULT_OK) {
        buffer_append_text(&taking.text, "");
        *text = buffer_take(&taking.text);
        code = *text == NULL ? error_no_memory(error) : RESULT_OK;
    }
    buffer_free(&taking.text);
    return code;
}

enum result plan_verify_take_record(struct book_reader *book, char **text, struct error *error) {
    enum result code = take(book, PLAN_WORKBOOK_RECORD_SHEET, text, error);
    if (code == RESULT_OK && *text == NULL) {
        code = error_set(error, RESULT_INVALID,
                         _("%s carries no record of its draw: the hidden sheet %s is missing. "
                           "Verify the record (*.draw.json) that was exported with it, or export "
                           "the plan again."),
                         book_reader_path(book), PLAN_WORKBOOK_RECORD_SHEET);
    }
    return code;
}

enum result plan_verify_take_teams(struct book_reader *book, char **text, struct error *error) {
    return take(book, PLAN_WORKBOOK_TEAMS_SHEET, text, error);
}

/* ---- what a sheet has to show ------------------------------------------------------------- */
/* A sheet being compared, row by row. */
struct comparison {
    const struct draw_record *record;
    const char *sheet;
    const struct check *checks;
    size_t check_count;
    uint32_t first_row;
    size_t count;        /* rows that the record fills */
    size_t total;        /* the row of sums, SIZE_MAX for none */
    size_t next;         /* the row that is due, from 0 */
    uint64_t population; /* of all strata */
    struct arena *arena; /* texts for the row at hand */
};

/* A column and what the record says of it in a row: NULL where it says nothing, "" where nothing
 * may stand. When memory is short, arena_failed tells. */
struct check {
    uint32_t column;
    const char *(*said)(const struct comparison *comparison, size_t row);
};

static const char *number_text(const struct comparison *comparison, uint64_t number) {
    return arena_printf(comparison->arena, "%llu", (unsigned long long)number);
}

static const char *letter_text(const struct comparison *comparison, char letter) {
    return arena_printf(comparison->arena, "%c", letter);
}

static const struct draw_record_unit *unit_of(const struct comparison *comparison, size_t row) {
    return row < comparison->record->unit_count ? &comparison->record->units[row] : NULL;
}

static const char *unit_serial(const struct comparison *comparison, size_t row) {
    return unit_of(comparison, row) == NULL ? "" : number_text(comparison, row + 1);
}

static const char *unit_name(const struct comparison *comparison, size_t row) {
    const struct draw_record_unit *unit = unit_of(comparison, row);
    return unit == NULL ? "" : unit->name;
}

static const char *unit_code(const struct comparison *comparison, size_t row) {
    const struct draw_record_unit *unit = unit_of(comparison, row);
    return unit == NULL ? "" : unit->id;
}

static const char *unit_class(const struct comparison *comparison, size_t row) {
    const struct draw_record_unit *unit = unit_of(comparison, row);
    return unit == NULL ? "" : letter_text(comparison, unit->risk_class);
}

static const char *unit_rank(const struct comparison *comparison, size_t row) {
    const struct draw_record_unit *unit = unit_of(comparison, row);
    return unit == NULL ? "" : number_text(comparison, unit->rank);
}

/* From the left, but the code first: it tells best which unit a row is. */
static const struct check list_checks[] = {
    {PLAN_LIST_CODE, unit_code},   {PLAN_LIST_SERIAL, unit_serial}, {PLAN_LIST_NAME, unit_name},
    {PLAN_LIST_CLASS, unit_class}, {PLAN_LIST_RANK, unit_rank},
};

/* The row behind the strata is their total; notes may follow. */
static const struct draw_record_stratum *stratum_of(const struct comparison *comparison,
                                                    size_t row) {
    return row < comparison->record->stratum_count ? &comparison->record->strata[row] : NULL;
}

static const char *stratum_code(const struct comparison *comparison, size_t row) {
    const struct draw_record_stratum *stratum = stratum_of(comparison, row);
    return stratum == NULL ? NULL : stratum->code;
}

static const char *stratum_class(const struct comparison *comparison, size_t row) {
    const struct draw_record_stratum *stratum = stratum_of(comparison, row);
    return stratum == NULL ? NULL : letter_text(comparison, stratum->risk_class);
}

static const char *stratum_population(const struct comparison *comparison, size_t row) {
    const struct draw_record_stratum *stratum = stratum_of(comparison, row);
    if (stratum == NULL) {
        return row == comparison->record->stratum_count
                   ? number_text(comparison, comparison->population)
                   : NULL;
    }
    return number_text(comparison, stratum->population);
}

static const char *stratum_drawn(const struct comparison *comparison, size_t row) {
    const struct draw_record_stratum *stratum = stratum_of(comparison, row);
    if (stratum == NULL) {
        return row == comparison->record->stratum_count
                   ? number_text(comparison, comparison->record->unit_count)
                   : NULL;
    }
    return number_text(comparison, stratum->drawn);
}

static const char *stratum_rate(const struct comparison *comparison, size_t row) {
    const struct draw_record_stratum *stratum = stratum_of(comparison, row);
    if (stratum == NULL) {
        return NULL;
    }
    return stratum->rate.den == 0 ? "" : plan_words_rate(stratum->rate, comparison->arena);
}

static const char *stratum_fraction(const struct comparison *comparison, size_t row) {
    const struct draw_record_stratum *stratum = stratum_of(comparison, row);
    return stratum == NULL
               ? NULL
               : arena_printf(comparison->arena, "%llu/%llu", (unsigned long long)stratum->drawn,
                              (unsigned long long)stratum->population);
}

static const char *stratum_cutoff(const struct comparison *comparison, size_t row) {
    const struct draw_record_stratum *stratum = stratum_of(comparison, row);
    return stratum == NULL || stratum->drawn == 0 ? NULL : stratum->cutoff_ticket;
}

static const struct check strata_checks[] = {
    {PLAN_STRATA_CODE, stratum_code},
    {PLAN_STRATA_CLASS, stratum_class},
    {PLAN_STRATA_POPULATION, stratum_population},
    {PLAN_STRATA_DRAWN, stratum_drawn},
    {PLAN_STRATA_RATE, stratum_rate},
    {PLAN_STRATA_FRACTION, stratum_fraction},
    {PLAN_STRATA_CUTOFF, stratum_cutoff},
};

/* ---- comparing ---------------------------------------------------------------------------- */
/* Names a cell, what stands in it, and what should. */
static enum result differs(const struct comparison *comparison, size_t row, uint32_t column,
                           const char *shown, const char *said, struct error *error) {
    char cell[BOOK_CELL_NAME_SIZE];
    book_reader_cell_name(comparison->first_row + (uint32_t)row, column, cell);
    return error_set(error, RESULT_MISMATCH,
                     _("%s!%s differs from the record: the sheet shows %s, the record says %s."),
                     comparison->sheet, cell, *shown == '\0' ? _("nothing") : shown,
                     *said == '\0' ? _("nothing") : said);
}

/* A cell that the export writes a text or a number in: a formula there has the right result only
 * until it is computed again. */
static enum result refuse_formula(const struct comparison *comparison, size_t row, uint32_t column,
                                  struct error *error) {
    char cell[BOOK_CELL_NAME_SIZE];
    book_reader_cell_name(comparison->first_row + (uint32_t)row, column, cell);
    return error_set(error, RESULT_MISMATCH,
                     _("%s!%s holds a formula, where the export writes what the record says."),
                     comparison->sheet, cell);
}

/* Compares one row of the sheet, NULL for one that shows nothing. */
static enum result compare_row(struct comparison *comparison, size_t row,
                               const struct book_reader_row *shown, struct error *error) {
    arena_reset(comparison->arena);
    for (size_t i = 0; i < comparison->check_count; i++) {
        const struct check *check = &comparison->checks[i];
        const struct book_reader_cell *cell =
            shown == NULL ? NULL : book_reader_cell(shown, check->column);
        const char *text = cell == NULL ? "" : cell->text;
        const char *said = check->said(comparison, row);
        if (arena_failed(comparison->arena)) {
            return error_no_memory(error);
        }
        if (said != NULL && strcmp(said, text) != 0) {
            return differs(comparison, row, check->column, text, said, error);
        }
        if (said != NULL && cell != NULL && cell->formula && row != comparison->total) {
            return refuse_formula(comparison, row, check->column, error);
        }
    }
    return RESULT_OK;
}

/* Rows that are due before this one and do not show at all: the first of them differs. */
static enum result compare_missing(struct comparison *comparison, size_t row, struct error *error) {
    enum result code = RESULT_OK;
    while (code == RESULT_OK && comparison->next < row && comparison->next < comparison->count) {
        code = compare_row(comparison, comparison->next++, NULL, error);
    }
    return code;
}

static enum result compare_shown(void *context, const struct book_reader_row *shown,
                                 struct error *error) {
    struct comparison *comparison = context;
    if (shown->row < comparison->first_row) {
        return RESULT_OK;
    }
    size_t row = shown->row - comparison->first_row;
    enum result code = compare_missing(comparison, row, error);
    comparison->next = row + 1;
    return code == RESULT_OK ? compare_row(comparison, row, shown, error) : code;
}

static enum result compare_sheet(struct comparison *comparison, struct book_reader *book,
                                 size_t sheet, struct error *error) {
    size_t count = 0;
    comparison->sheet = book_reader_sheets(book, &count)[sheet].name;
    comparison->next = 0;
    enum result code = book_reader_rows(book, sheet, compare_shown, comparison, error);
    return code == RESULT_OK ? compare_missing(comparison, comparison->count, error) : code;
}

enum result plan_verify_find_sheets(const struct book_reader *book, size_t *list, size_t *strata,
                                    struct error *error) {
    size_t count = 0;
    size_t seen = 0;
    const struct book_reader_sheet *sheets = book_reader_sheets(book, &count);
    for (size_t i = 0; i < count; i++) {
        if (sheets[i].hidden) {
            continue;
        }
        if (seen == PLAN_WORKBOOK_LIST && list != NULL) {
            *list = i;
        }
        if (seen == PLAN_WORKBOOK_STRATA && strata != NULL) {
            *strata = i;
        }
        seen++;
    }
    return seen > PLAN_WORKBOOK_STRATA
               ? RESULT_OK
               : error_set(error, RESULT_INVALID,
                           _("%s is no plan workbook any more: of its sheets in sight the second "
                             "has to be the list and the third the strata."),
                           book_reader_path(book));
}

enum result plan_verify_sheets(struct book_reader *book, const struct draw_record *record,
                               struct error *error) {
    size_t list = 0;
    size_t strata = 0;
    enum result code = plan_verify_find_sheets(book, &list, &strata, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct comparison comparison = {.record = record,
                                    .checks = list_checks,
                                    .check_count = sizeof(list_checks) / sizeof(list_checks[0]),
                                    .first_row = PLAN_LIST_FIRST_ROW,
                                    .count = record->unit_count,
                                    .total = SIZE_MAX,
                                    .arena = arena_new()};
    if (comparison.arena == NULL) {
        return error_no_memory(error);
    }
    code = compare_sheet(&comparison, book, list, error);
    for (size_t i = 0; i < record->stratum_count; i++) {
        comparison.population += record->strata[i].population;
    }
    comparison.checks = strata_checks;
    comparison.check_count = sizeof(strata_checks) / sizeof(strata_checks[0]);
    comparison.first_row = PLAN_STRATA_FIRST_ROW;
    comparison.count = record->stratum_count + 1;
    comparison.total = record->stratum_count;
    if (code == RESULT_OK) {
        code = compare_sheet(&comparison, book, strata, error);
    }
    arena_free(comparison.arena);
    return code;
}
