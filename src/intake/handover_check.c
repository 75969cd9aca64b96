#include "intake/handover_check.h"

#include "base/arena.h"
#include "base/gettext.h"
#include "intake/handover_layout.h"
#include "intake/rejects.h"
#include "intake/value.h"

#include <stdio.h>
#include <string.h>

#define NO_COLUMN SIZE_MAX

/* The key under which the first object of JSON Lines names the layout. */
#define LAYOUT_KEY "layout"

/* What a file turned out to be. */
struct checking {
    const char *path;
    struct error *error;
    struct arena *arena; /* the header's texts */
    struct arena *row;   /* those of the row at hand */
    const char **headers;
    size_t header_count;
    size_t columns[HANDOVER_COLUMNS]; /* where the layout's stand */
    const char *missing;              /* the first of them that does not */
    bool rejects;                     /* rows that were handed back, mended */
    bool sealed;
    struct handover_seal seal;
    struct handover_digest *digest;
};

/* ---- the seal -------------------------------------------------------------------------------- */

static bool starts(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

bool handover_row_is_seal(const char *const *headers, size_t count, const struct row *row) {
    if (row->count > 0 && starts(row->cells[0], "#" HANDOVER_LAYOUT_FAMILY)) {
        return true;
    }
    for (size_t i = 0; i < row->count && i < count; i++) {
        if (strcmp(headers[i], LAYOUT_KEY) == 0) {
            return starts(row->cells[i], HANDOVER_LAYOUT_FAMILY);
        }
    }
    return false;
}

/* Takes an entry by its key or label; another is left aside. */
static void take_entry(struct checking *checking, const char *key, size_t length,
                       const char *text) {
    size_t count = 0;
    const struct handover_entry *entries = handover_entries(&count);
    for (size_t i = 0; i < count; i++) {
        if ((strlen(entries[i].key) == length && strncmp(entries[i].key, key, length) == 0) ||
            (strlen(entries[i].label) == length && strncmp(entries[i].label, key, length) == 0)) {
            handover_entry_set(&checking->seal, &entries[i], text);
        }
    }
}

static enum result take_seal(struct checking *checking, const struct row *row) {
    if (checking->sealed) {
        return error_set(checking->error, RESULT_INVALID,
                         _("%s:%lld: count and digest stand here a second time; the file was put "
                           "together of several. Take each in by itself."),
                         checking->path, (long long)row->line);
    }
    checking->sealed = true;
    if (row->cells[0][0] == '#') {
        take_entry(checking, LAYOUT_KEY, strlen(LAYOUT_KEY), row->cells[0] + 1);
        for (size_t i = 1; i < row->count; i++) {
            const char *equals = strchr(row->cells[i], '=');
            if (equals != NULL) {
                take_entry(checking, row->cells[i], (size_t)(equals - row->cells[i]), equals + 1);
            }
        }
        return RESULT_OK;
    }
    for (size_t i = 0; i < row->count && i < checking->header_count; i++) {
        take_entry(checking, checking->headers[i], strlen(checking->headers[i]), row->cells[i]);
    }
    return RESULT_OK;
}

/* The seal of a workbook stands on a sheet of its own: what, and behind it the text. */
static enum result read_seal_sheet(struct checking *checking) {
    struct row_source *source = NULL;
    struct row row;
    bool more = true;
    enum result code =
        row_source_open(&source, checking->path, HANDOVER_SHEET_SEAL, checking->error);
    while (code == RESULT_OK &&
           (code = row_source_next(source, &row, &more, checking->error)) == RESULT_OK && more) {
        take_entry(checking, row_cell(&row, 0), strlen(row_cell(&row, 0)), row_cell(&row, 1));
    }
    row_source_free(source);
    checking->sealed = true;
    return code;
}

static bool has_seal_sheet(const struct row_source *source) {
    size_t count = 0;
    const struct row_sheet *sheets = row_source_sheets(source, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(sheets[i].name, HANDOVER_SHEET_SEAL) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- the rows -------------------------------------------------------------------------------- */

static enum result read_header(struct checking *checking, const struct row *row) {
    checking->header_count = row->count;
    checking->headers = arena_alloc(checking->arena, (row->count + 1) * sizeof(*checking->headers));
    for (size_t i = 0; checking->headers != NULL && i < row->count; i++) {
        checking->headers[i] = arena_strdup(checking->arena, row->cells[i]);
    }
    if (arena_failed(checking->arena)) {
        return error_no_memory(checking->error);
    }
    checking->rejects = rejects_columns(checking->headers, row->count) > 0;
    for (int i = 0; i < HANDOVER_COLUMNS; i++) {
        checking->columns[i] = NO_COLUMN;
        for (size_t j = 0; j < row->count && checking->columns[i] == NO_COLUMN; j++) {
            if (strcmp(checking->headers[j], handover_fields[i].header) == 0 ||
                strcmp(checking->headers[j], handover_fields[i].key) == 0) {
                checking->columns[i] = j;
            }
        }
        if (checking->columns[i] == NO_COLUMN && checking->missing == NULL) {
            checking->missing = handover_fields[i].header;
        }
    }
    return RESULT_OK;
}

/* A value as the layout writes it: workbooks and JSON drop what a number can do without. What is
 * not of its type stays as it is, and the digest tells. */
static const char *canonical(const struct checking *checking, int column, const char *cell) {
    int64_t centipoints = 0;
    bool exact = false;
    char text[HANDOVER_POINTS_SIZE];
    if (handover_fields[column].type != HANDOVER_POINTS ||
        value_points_parse(cell, &centipoints, &exact) != PARSE_OK || !exact) {
        return cell;
    }
    return arena_strdup(checking->row, handover_points(centipoints, text));
}

static enum result read_data(struct checking *checking, const struct row *row) {
    struct handover_row values;
    arena_reset(checking->row);
    for (int i = 0; i < HANDOVER_COLUMNS; i++) {
        values.values[i] = canonical(checking, i, row_cell(row, checking->columns[i]));
    }
    if (arena_failed(checking->row)) {
        return error_no_memory(checking->error);
    }
    handover_digest_add(checking->digest, &values);
    return RESULT_OK;
}

static enum result read_rows(struct checking *checking, struct row_source *source) {
    struct row row;
    bool more = true;
    enum result code = row_source_next(source, &row, &more, checking->error);
    if (code == RESULT_OK && more) {
        code = read_header(checking, &row);
    }
    while (code == RESULT_OK && more && !checking->rejects) {
        code = row_source_next(source, &row, &more, checking->error);
        if (code != RESULT_OK || !more) {
            break;
        }
        if (handover_row_is_seal(checking->headers, checking->header_count, &row)) {
            code = take_seal(checking, &row);
        } else if (checking->missing == NULL) {
            code = read_data(checking, &row);
        }
    }
    return code;
}

/* ---- judging --------------------------------------------------------------------------------- */

static enum result judge_digest(struct checking *checking) {
    const struct handover_seal *seal = &checking->seal;
    char digest[DIGEST_HEX_SIZE];
    char rows[sizeof(seal->rows)];
    snprintf(rows, sizeof(rows), "%lld", (long long)handover_digest_rows(checking->digest));
    if (strcmp(rows, seal->rows) != 0) {
        return error_set(checking->error, RESULT_INVALID,
                         _("%s says that it holds %s rows and holds %s; it is not as it was handed "
                           "over. Nothing was taken in; ask for the file again."),
                         checking->path, seal->rows, rows);
    }
    enum result code = handover_digest_finish(checking->digest, seal, digest, checking->error);
    if (code == RESULT_OK && strcmp(digest, seal->digest) != 0) {
        code = error_set(checking->error, RESULT_INVALID,
                         _("%s: the rows do not have the digest that the file gives; something was "
                           "changed since it was handed over. Nothing was taken in; ask for the "
                           "file again."),
                         checking->path);
    }
    return code;
}

static enum result judge(struct checking *checking) {
    if (checking->rejects || (!checking->sealed && checking->missing != NULL)) {
        return RESULT_OK;
    }
    if (!checking->sealed) {
        return error_set(
            checking->error, RESULT_INVALID,
            _("%s has the columns of %s, but not the count and digest that travel with "
              "them; it was cut short. Nothing was taken in; ask for the file again."),
            checking->path, HANDOVER_LAYOUT);
    }
    if (strcmp(checking->seal.layout, HANDOVER_LAYOUT) != 0) {
        return error_set(checking->error, RESULT_INVALID,
                         _("%s is in the layout \"%s\"; this version of the program knows %s."),
                         checking->path, checking->seal.layout, HANDOVER_LAYOUT);
    }
    if (checking->missing != NULL) {
        return error_set(checking->error, RESULT_INVALID,
                         _("%s has count and digest of %s, but no column \"%s\"; it is not as it "
                           "was handed over. Nothing was taken in; ask for the file again."),
                         checking->path, HANDOVER_LAYOUT, checking->missing);
    }
    return judge_digest(checking);
}

static enum result read_and_judge(struct checking *checking, const char *sheet) {
    struct row_source *source = NULL;
    enum result code = row_source_open(&source, checking->path, sheet, checking->error);
    if (code == RESULT_OK) {
        code = read_rows(checking, source);
    }
    if (code == RESULT_OK && !checking->sealed && has_seal_sheet(source)) {
        code = read_seal_sheet(checking);
    }
    row_source_free(source);
    return code == RESULT_OK ? judge(checking) : code;
}

enum result handover_check(const char *path, const char *sheet, struct error *error) {
    struct checking checking = {
        .path = path, .error = error, .arena = arena_new(), .row = arena_new()};
    checking.digest = handover_digest_new();
    enum result code = checking.arena == NULL || checking.row == NULL || checking.digest == NULL
                           ? error_no_memory(error)
                           : read_and_judge(&checking, sheet);
    handover_digest_free(checking.digest);
    arena_free(checking.arena);
    arena_free(checking.row);
    return code;
}
