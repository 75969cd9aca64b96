#include "intake/sample.h"

#include <string.h>

/* A copy of a row that outlives the source's next call. */
static bool copy_row(const struct row *row, struct arena *arena, struct row *copy) {
    size_t count = row->count < SAMPLE_COLUMNS ? row->count : SAMPLE_COLUMNS;
    const char **cells = arena_alloc(arena, (count + 1) * sizeof(*cells));
    bool *cut = row->cut == NULL ? NULL : arena_alloc(arena, count + 1);
    if (cells == NULL || (row->cut != NULL && cut == NULL)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        cells[i] = arena_strdup(arena, row->cells[i]);
        if (cut != NULL) {
            cut[i] = row_cell_cut(row, i);
        }
    }
    *copy = *row;
    copy->cells = cells;
    copy->count = count;
    copy->cut = cut;
    return !arena_failed(arena);
}

enum result sample_read(struct row_source *source, struct arena *arena, struct sample *sample,
                        struct error *error) {
    *sample = (struct sample){.rows = arena_alloc(arena, SAMPLE_ROWS * sizeof(*sample->rows))};
    enum result code = sample->rows == NULL ? error_no_memory(error) : RESULT_OK;
    while (code == RESULT_OK && sample->count < SAMPLE_ROWS) {
        struct row row;
        bool more = false;
        code = row_source_next(source, &row, &more, error);
        if (code != RESULT_OK || !more) {
            sample->whole = code == RESULT_OK;
            break;
        }
        if (!copy_row(&row, arena, &sample->rows[sample->count])) {
            return error_no_memory(error);
        }
        size_t width = sample->rows[sample->count++].count;
        sample->width = width > sample->width ? width : sample->width;
    }
    return code;
}
