/* The workbook of a plan, and beside it the same cells written with bare libxlsxwriter, which gets
 * them from memory; both in seconds of CPU.
 * usage: bench_book DATABASE PLAN FOLDER -> "cells NUMBER workbook SECONDS bare SECONDS" */
#include "base/arena.h"
#include "book/read.h"
#include "report/plan_material.h"
#include "report/plan_workbook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <xlsxwriter.h>

struct cell {
    size_t sheet;
    uint32_t row;
    uint32_t column;
    bool number;
    const char *text;
};

struct cells {
    struct arena *arena;
    struct cell *cells;
    size_t count;
    size_t room;
    size_t sheet;
    uint32_t widest; /* columns of its widest row so far */
};

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static enum result add(struct cells *cells, uint32_t row, uint32_t column, const char *text,
                       struct error *error) {
    if (cells->count == cells->room) {
        cells->room = cells->room == 0 ? 65536 : 2 * cells->room;
        cells->cells = realloc(cells->cells, cells->room * sizeof(*cells->cells));
        if (cells->cells == NULL) {
            return error_no_memory(error);
        }
    }
    bool number = text[0] != '\0' && strlen(text) < 9 && text[strspn(text, "0123456789")] == 0;
    cells->cells[cells->count++] = (struct cell){
        cells->sheet, row, column, number, text[0] == '\0' ? "" : arena_strdup(cells->arena, text)};
    return RESULT_OK;
}

/* Takes a row; one that is mostly filled is filled up with the empty cells that have a frame. */
static enum result take_row(void *context, const struct book_reader_row *row, struct error *error) {
    struct cells *cells = context;
    enum result code = RESULT_OK;
    cells->widest = row->cells[row->count - 1].column >= cells->widest
                        ? row->cells[row->count - 1].column + 1
                        : cells->widest;
    bool table = row->count > 2 && 2 * row->count > cells->widest;
    uint32_t column = 0;
    for (size_t i = 0; code == RESULT_OK && i < row->count; i++) {
        for (; code == RESULT_OK && table && column < row->cells[i].column; column++) {
            code = add(cells, row->row, column, "", error);
        }
        if (code == RESULT_OK) {
            code = add(cells, row->row, row->cells[i].column, row->cells[i].text, error);
        }
        column = row->cells[i].column + 1;
    }
    for (; code == RESULT_OK && table && column < cells->widest; column++) {
        code = add(cells, row->row, column, "", error);
    }
    return code;
}

static double write_cells(const struct cells *cells, size_t sheets, const char *path) {
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    double start = seconds_now();
    lxw_workbook *workbook = workbook_new_opt(path, &options);
    lxw_format *format = workbook_add_format(workbook);
    size_t next = 0;
    format_set_border(format, LXW_BORDER_THIN);
    for (size_t sheet = 0; sheet < sheets; sheet++) {
        lxw_worksheet *worksheet = workbook_add_worksheet(workbook, NULL);
        for (; next < cells->count && cells->cells[next].sheet == sheet; next++) {
            const struct cell *cell = &cells->cells[next];
            if (cell->text[0] == '\0') {
                worksheet_write_blank(worksheet, cell->row, (lxw_col_t)cell->column, format);
            } else if (cell->number) {
                worksheet_write_number(worksheet, cell->row, (lxw_col_t)cell->column,
                                       strtod(cell->text, NULL), format);
            } else {
                worksheet_write_string(worksheet, cell->row, (lxw_col_t)cell->column, cell->text,
                                       format);
            }
        }
    }
    lxw_error failure = workbook_close(workbook);
    return failure == LXW_NO_ERROR ? seconds_now() - start : -1;
}

/* Writes the workbook as an export does; the seconds it took. */
static enum result write_workbook(const char *database, int64_t plan, const char *path,
                                  const char *folder, double *seconds, struct error *error) {
    const struct actor actor = {.name = "bench"};
    struct store *store = NULL;
    struct plan_material *material = NULL;
    enum result code = store_open(&store, database, STORE_OPEN, error);
    if (code == RESULT_OK) {
        code = plan_material_load(&material, store, plan, error);
    }
    double start = seconds_now();
    if (code == RESULT_OK) {
        code = plan_workbook_write(store, &actor, material, path, folder, NULL, error);
    }
    *seconds = seconds_now() - start;
    plan_material_free(material);
    store_close(store);
    return code;
}

/* Gathers the cells of the workbook. */
static enum result gather(const char *path, struct cells *cells, size_t *sheets,
                          struct error *error) {
    struct book_reader *reader = NULL;
    enum result code = book_reader_open(&reader, path, error);
    if (code == RESULT_OK) {
        book_reader_sheets(reader, sheets);
    }
    for (; code == RESULT_OK && cells->sheet < *sheets; cells->sheet++) {
        cells->widest = 0;
        code = book_reader_rows(reader, cells->sheet, take_row, cells, error);
    }
    book_reader_close(reader);
    return code;
}

int main(int argument_count, char **arguments) {
    struct error error = ERROR_INIT;
    struct cells cells = {.arena = arena_new()};
    char path[2][512];
    double seconds = 0;
    size_t sheets = 0;
    if (argument_count < 4 || cells.arena == NULL) {
        fputs("usage: bench_book DATABASE PLAN FOLDER\n", stderr);
        return 2;
    }
    for (int i = 0; i < 2; i++) {
        snprintf(path[i], sizeof(path[i]), "%s/bench-%d.xlsx", arguments[3], i);
    }
    enum result code = write_workbook(arguments[1], strtol(arguments[2], NULL, 10), path[0],
                                      arguments[3], &seconds, &error);
    if (code == RESULT_OK) {
        code = gather(path[0], &cells, &sheets, &error);
    }
    if (code == RESULT_OK) {
        printf("cells %zu workbook %.6f bare %.6f\n", cells.count, seconds,
               write_cells(&cells, sheets, path[1]));
    } else {
        fprintf(stderr, "bench_book: %s\n", error_sentence(&error));
    }
    free(cells.cells);
    arena_free(cells.arena);
    error_clear(&error);
    return code == RESULT_OK ? 0 : 1;
}
