#include "draw/frame.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "draw/plain.h"

#include <stdlib.h>
#include <string.h>

enum { FIELD_COUNT = 5 };

struct draw_frame {
    char *text;  /* the canonical text, NUL behind it */
    char *cells; /* a copy in which every tab and LF is a NUL: the units point into it */
    size_t length;
    struct draw_unit *units;
    size_t count;
    char digest[DIGEST_HEX_SIZE];
};

/* What is wrong with a unit as a translated clause, or NULL. */
static const char *unit_fault(const struct draw_unit *unit) {
    if (unit->id[0] == '\0') {
        return _("the unit has no id");
    }
    if (unit->risk_class < 'A' || unit->risk_class > 'Z') {
        return _("the class is not one capital letter");
    }
    if (!draw_plain(unit->id) || !draw_plain(unit->region) || !draw_plain(unit->grade) ||
        !draw_plain(unit->flags)) {
        return _("a field holds a tab, a line break, another control character or broken UTF-8");
    }
    if (strchr(unit->region, '/') != NULL || strchr(unit->grade, '/') != NULL) {
        return _("region and grade must not hold '/'");
    }
    return NULL;
}

static int compare_units(const void *left, const void *right) {
    const struct draw_unit *const *a = left;
    const struct draw_unit *const *b = right;
    return strcmp((*a)->id, (*b)->id);
}

/* True when there is nothing to sort. */
static bool in_order(const struct draw_unit *const *order, size_t count) {
    for (size_t i = 1; i < count; i++) {
        if (strcmp(order[i - 1]->id, order[i]->id) > 0) {
            return false;
        }
    }
    return true;
}

/* Pointers to the units sorted by id, each unit checked. */
static enum result sort_units(const struct draw_unit ***sorted, const struct draw_unit *units,
                              size_t count, struct error *error) {
    const struct draw_unit **order = calloc(count + 1, sizeof(const struct draw_unit *));
    if (order == NULL) {
        return error_no_memory(error);
    }
    enum result code = RESULT_OK;
    for (size_t i = 0; i < count && code == RESULT_OK; i++) {
        const char *fault = unit_fault(&units[i]);
        if (fault != NULL) {
            code = error_set(error, RESULT_INVALID,
                             _("Unit \"%s\" (number %zu) cannot stand in the frame: %s."),
                             draw_plain(units[i].id) ? units[i].id : "?", i + 1, fault);
        }
        order[i] = &units[i];
    }
    if (code == RESULT_OK && !in_order(order, count)) {
        qsort(order, count, sizeof(const struct draw_unit *), compare_units);
    }
    for (size_t i = 1; i < count && code == RESULT_OK; i++) {
        if (strcmp(order[i - 1]->id, order[i]->id) == 0) {
            code = error_set(error, RESULT_INVALID,
                             _("Unit \"%s\" comes twice; merge its rows before the frame is "
                               "frozen."),
                             order[i]->id);
        }
    }
    if (code != RESULT_OK) {
        free(order);
        return code;
    }
    *sorted = order;
    return RESULT_OK;
}

static struct draw_frame *frame_new(char *text, size_t length, size_t count) {
    struct draw_frame *frame = calloc(1, sizeof(*frame));
    if (frame == NULL) {
        free(text);
        return NULL;
    }
    frame->text = text;
    frame->length = length;
    frame->cells = malloc(length + 1);
    frame->units = calloc(count + 1, sizeof(*frame->units));
    if (frame->cells == NULL || frame->units == NULL) {
        draw_frame_free(frame);
        return NULL;
    }
    memcpy(frame->cells, text, length);
    frame->cells[length] = '\0';
    return frame;
}

/* Cuts the line at *cursor into a unit and moves the cursor behind its LF. Returns a translated
 * clause when the line has another shape; whether the fields will do is for the caller. */
static const char *cut_line(struct draw_unit *unit, char **cursor) {
    const char *fields[FIELD_COUNT];
    size_t found = 0;
    char *line = *cursor;
    char *field = line;
    for (char *at = line;; at++) {
        if (*at != '\t' && *at != '\n') {
            continue;
        }
        if (found == FIELD_COUNT) {
            return _("it has more than five fields");
        }
        fields[found++] = field;
        bool last = *at == '\n';
        *at = '\0';
        field = at + 1;
        if (last) {
            break;
        }
    }
    if (found != FIELD_COUNT) {
        return _("it has fewer than five fields");
    }
    *cursor = field;
    if (strlen(fields[2]) != 1) {
        return _("the class is not one capital letter");
    }
    *unit = (struct draw_unit){.id = fields[0],
                               .region = fields[1],
                               .risk_class = fields[2][0],
                               .grade = fields[3],
                               .flags = fields[4]};
    return NULL;
}

/* What is wrong with a line that was cut, beside the one before it. */
static const char *line_fault(const struct draw_frame *frame, const struct draw_unit *unit) {
    const char *fault = unit_fault(unit);
    if (fault == NULL && frame->count > 0) {
        int order = strcmp(unit[-1].id, unit->id);
        fault = order == 0  ? _("its id is that of the line before")
                : order > 0 ? _("its id sorts before that of the line before")
                            : NULL;
    }
    return fault;
}

/* Cuts the cells into units; what this program wrote itself was checked before. */
static enum result cut_units(struct draw_frame *frame, bool checked, struct error *error) {
    char *cursor = frame->cells;
    const char *end = frame->cells + frame->length;
    while (cursor < end) {
        struct draw_unit *unit = &frame->units[frame->count];
        const char *fault = cut_line(unit, &cursor);
        if (fault == NULL && !checked) {
            fault = line_fault(frame, unit);
        }
        if (fault != NULL) {
            return error_set(error, RESULT_INVALID, _("Line %zu of the frame is wrong: %s."),
                             frame->count + 1, fault);
        }
        frame->count++;
    }
    return RESULT_OK;
}

/* Makes the frame of a text, which it takes over. */
static enum result frame_take(struct draw_frame **result, char *text, size_t length, size_t count,
                              bool checked, struct error *error) {
    struct draw_frame *frame = frame_new(text, length, count);
    if (frame == NULL) {
        return error_no_memory(error);
    }
    enum result code = cut_units(frame, checked, error);
    if (code == RESULT_OK) {
        code = digest_sha256_hex(frame->text, length, frame->digest, error);
    }
    if (code != RESULT_OK) {
        draw_frame_free(frame);
        return code;
    }
    *result = frame;
    return RESULT_OK;
}

static void write_unit(struct buffer *text, const struct draw_unit *unit) {
    buffer_append_text(text, unit->id);
    buffer_append_char(text, '\t');
    buffer_append_text(text, unit->region);
    buffer_append_char(text, '\t');
    buffer_append_char(text, unit->risk_class);
    buffer_append_char(text, '\t');
    buffer_append_text(text, unit->grade);
    buffer_append_char(text, '\t');
    buffer_append_text(text, unit->flags);
    buffer_append_char(text, '\n');
}

enum result draw_frame_build(struct draw_frame **frame, const struct draw_unit *units, size_t count,
                             struct error *error) {
    const struct draw_unit **order = NULL;
    enum result code = sort_units(&order, units, count, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < count; i++) {
        write_unit(&text, order[i]);
    }
    free(order);
    size_t length = text.length;
    char *bytes = buffer_take(&text);
    return bytes == NULL ? error_no_memory(error)
                         : frame_take(frame, bytes, length, count, true, error);
}

/* The first thing that no line can hold: a NUL, or a last line without LF. */
static enum result check_bytes(const char *text, size_t length, size_t lines, struct error *error) {
    const char *nul = memchr(text, '\0', length);
    if (nul != NULL) {
        size_t line = 1;
        for (const char *at = text; at < nul; at++) {
            line += *at == '\n';
        }
        return error_set(error, RESULT_INVALID,
                         _("Line %zu of the frame is wrong: it holds a NUL byte."), line);
    }
    if (length > 0 && text[length - 1] != '\n') {
        return error_set(error, RESULT_INVALID,
                         _("Line %zu of the frame is wrong: the file ends inside it."), lines + 1);
    }
    return RESULT_OK;
}

enum result draw_frame_parse(struct draw_frame **frame, const char *text, size_t length,
                             struct error *error) {
    size_t lines = 0;
    for (size_t i = 0; i < length; i++) {
        lines += text[i] == '\n';
    }
    enum result code = check_bytes(text, length, lines, error);
    if (code != RESULT_OK) {
        return code;
    }
    char *copy = malloc(length + 1);
    if (copy == NULL) {
        return error_no_memory(error);
    }
    if (length > 0) {
        memcpy(copy, text, length);
    }
    copy[length] = '\0';
    return frame_take(frame, copy, length, lines, false, error);
}

const char *draw_frame_text(const struct draw_frame *frame, size_t *length) {
    *length = frame->length;
    return frame->text;
}

const struct draw_unit *draw_frame_units(const struct draw_frame *frame) {
    return frame->units;
}

size_t draw_frame_count(const struct draw_frame *frame) {
    return frame->count;
}

const char *draw_frame_digest(const struct draw_frame *frame) {
    return frame->digest;
}

static int compare_id(const void *key, const void *member) {
    const struct draw_unit *unit = member;
    return strcmp(key, unit->id);
}

const struct draw_unit *draw_frame_find(const struct draw_frame *frame, const char *id) {
    return bsearch(id, frame->units, frame->count, sizeof(*frame->units), compare_id);
}

void draw_frame_free(struct draw_frame *frame) {
    if (frame == NULL) {
        return;
    }
    free(frame->text);
    free(frame->cells);
    free(frame->units);
    free(frame);
}
