#include "base/buffer.h"
#include "base/gettext.h"
#include "intake/aside.h"
#include "intake/preview_state.h"
#include "intake/row_source.h"

/* How often progress is told, in rows. */
#define PROGRESS_ROWS 256

/* What a row says: its cells that hold something. */
static const char *row_words(struct arena *arena, const struct row *row) {
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < row->count; i++) {
        if (row->cells[i][0] != '\0') {
            buffer_printf(&text, "%s%s", text.length == 0 ? "" : "  ", row->cells[i]);
        }
    }
    const char *words = text.failed ? NULL : arena_strdup(arena, buffer_text(&text));
    buffer_free(&text);
    return words;
}

static enum result note(struct preview *preview, const struct row *row, const char *why,
                        struct error *error) {
    preview->skip_total++;
    if (preview->skip_count == PREVIEW_SKIPS) {
        return RESULT_OK;
    }
    const char *text = row_words(preview->arena, row);
    preview->skips[preview->skip_count++] =
        (struct preview_skip){row->line, text == NULL ? "" : text, why};
    return text == NULL ? error_no_memory(error) : RESULT_OK;
}

/* The rows above the header, which are titles. */
static enum result note_titles(struct preview *preview, struct error *error) {
    enum result code = RESULT_OK;
    preview->skip_count = 0;
    preview->skip_total = 0;
    for (size_t i = 0; code == RESULT_OK && i < preview->understanding.header.first; i++) {
        code = note(preview, &preview->sample.rows[i], _("above the header"), error);
    }
    return code;
}

/* Judges a row below the header as taking in does. */
static enum result judge(struct preview *preview, const struct row *row, int64_t under, bool *aside,
                         struct error *error) {
    const char *why = aside_why(&preview->judging, preview_kind(preview), row, under);
    *aside = why != NULL;
    return why == NULL ? RESULT_OK : note(preview, row, why, error);
}

/* While something is missing no profile tells which column names somebody: then the guess does. */
static enum result choose_judging(struct preview *preview, struct error *error) {
    const struct understanding *understanding = &preview->understanding;
    if (understanding->profile != NULL) {
        preview->judging = understanding->binding;
        return RESULT_OK;
    }
    for (size_t i = 0; i < preview_columns(preview); i++) {
        int field = understanding->guess.columns[i].field;
        if (field >= 0 && kind_of(preview_kind(preview))->fields[field].shape == SHAPE_NAME) {
            return preview_bind_alone(preview, i, field, preview->arena, &preview->judging, error);
        }
    }
    return preview_bind_alone(preview, 0, -1, preview->arena, &preview->judging, error);
}

enum result preview_note_skips(struct preview *preview, struct error *error) {
    const struct sample *sample = &preview->sample;
    const struct header_row *header = &preview->understanding.header;
    enum result code = note_titles(preview, error);
    preview->skips_whole = sample->whole;
    preview->aside = arena_alloc(preview->arena, sample->count + 1);
    if (preview->aside == NULL) {
        return error_no_memory(error);
    }
    if (code == RESULT_OK) {
        code = choose_judging(preview, error);
    }
    for (size_t i = header->index + 1; code == RESULT_OK && i < sample->count; i++) {
        code = judge(preview, &sample->rows[i], (int64_t)(i - header->index), &preview->aside[i],
                     error);
    }
    return code;
}

static enum result read_on(struct preview *preview, struct row_source *source,
                           const struct progress *progress, struct error *error) {
    int64_t line = preview->judging.line;
    int64_t under = 0;
    bool more = true;
    for (uint64_t rows = 0; more; rows++) {
        struct row row;
        bool aside = false;
        enum result code = row_source_next(source, &row, &more, error);
        if (code == RESULT_OK && rows % PROGRESS_ROWS == 0) {
            code = progress_step(progress, row_source_position(source), row_source_size(source),
                                 error);
        }
        if (code == RESULT_OK && more && row.line > line) {
            code = judge(preview, &row, ++under, &aside, error);
        }
        if (code != RESULT_OK) {
            return code;
        }
    }
    return RESULT_OK;
}

enum result preview_read_skips(struct preview *preview, const struct progress *progress,
                               struct error *error) {
    struct row_source *source = NULL;
    if (preview->skips_whole) {
        return RESULT_OK;
    }
    const char *sheet = preview->sheet_count == 0 ? NULL : preview->sheets[preview->sheet].name;
    enum result code = row_source_open(&source, preview->path, sheet, error);
    if (code == RESULT_OK) {
        code = note_titles(preview, error);
    }
    if (code == RESULT_OK) {
        code = read_on(preview, source, progress, error);
    }
    row_source_free(source);
    if (code == RESULT_OK) {
        preview->skips_whole = true;
        return RESULT_OK;
    }
    enum result again = preview_note_skips(preview, NULL);
    return again == RESULT_OK ? code : again;
}

const struct preview_skip *preview_skips(const struct preview *preview, size_t *count) {
    *count = preview->skip_count;
    return preview->skips;
}

int64_t preview_skip_total(const struct preview *preview, bool *whole) {
    *whole = preview->skips_whole;
    return preview->skip_total;
}
