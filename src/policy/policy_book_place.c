#include "policy/policy_book_place.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "book/read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool policy_place_add(struct policy_places *places, const char *path, enum policy_sheet sheet,
                      uint32_t row) {
    if (places->count == places->room) {
        size_t room = places->room == 0 ? 256 : places->room * 2;
        struct policy_place *more = arena_alloc(places->arena, room * sizeof(*more));
        if (more == NULL) {
            return false;
        }
        if (places->count > 0) {
            memcpy(more, places->items, places->count * sizeof(*more));
        }
        places->items = more;
        places->room = room;
    }
    const char *copy = arena_strdup(places->arena, path);
    places->items[places->count++] = (struct policy_place){copy, sheet, row};
    return copy != NULL;
}

const char *policy_place_cell(struct policy_places *places, enum policy_sheet sheet, uint32_t row,
                              uint32_t column) {
    char name[BOOK_CELL_NAME_SIZE];
    book_reader_cell_name(row, column == POLICY_NO_COLUMN ? 0 : column, name);
    /* TRANSLATORS: a sheet and a cell of it */
    const char *text = arena_printf(places->arena, _("\"%s\" %s"), policy_sheet_name(sheet), name);
    return text == NULL ? "" : text;
}

/* True when a path is the other, or leads through it; *rest becomes what is behind. */
static bool leads_through(const char *path, const char *through, const char **rest) {
    size_t length = strlen(through);
    *rest = path + length;
    return strncmp(path, through, length) == 0 &&
           (**rest == '\0' || **rest == '.' || **rest == '[');
}

/* The place whose path is the longest that a path leads through; else the first below it. */
static const struct policy_place *find_place(const struct policy_places *places, const char *path,
                                             const char **rest) {
    const struct policy_place *found = NULL;
    const char *behind = "";
    *rest = "";
    for (size_t i = 0; i < places->count; i++) {
        const struct policy_place *one = &places->items[i];
        if (leads_through(path, one->path, &behind) &&
            (found == NULL || strlen(one->path) > strlen(found->path))) {
            found = one;
            *rest = behind;
        }
    }
    for (size_t i = 0; found == NULL && i < places->count; i++) {
        if (leads_through(places->items[i].path, path, &behind)) {
            found = &places->items[i];
        }
    }
    return found;
}

/* The column that stands for a whole row: where its band begins, its age ends, its code has points.
 */
static size_t whole_row(const struct policy_place *place) {
    if (place->sheet != POLICY_SHEET_BANDS) {
        return 0;
    }
    return strstr(place->path, ".codes.") != NULL   ? POLICY_BAND_POINTS
           : strstr(place->path, ".decay[") != NULL ? POLICY_BAND_TO
                                                    : POLICY_BAND_FROM;
}

/* The layout's column for what is behind a row's path. */
static size_t find_column(const struct policy_place *place, const char *rest) {
    enum policy_sheet sheet = place->sheet;
    size_t count = 0;
    const struct policy_column *columns = policy_sheet_columns(sheet, &count);
    const char *behind = "";
    if (sheet == POLICY_SHEET_BANDS && rest[0] == '[') { /* a step: months, percent */
        return strcmp(rest, "[1]") == 0 ? POLICY_BAND_PERCENT : POLICY_BAND_TO;
    }
    const char *key = rest[0] == '.' ? rest + 1 : rest;
    for (size_t i = 0; key[0] != '\0' && i < count; i++) {
        if (columns[i].key != NULL && (leads_through(key, columns[i].key, &behind) ||
                                       leads_through(columns[i].key, key, &behind))) {
            return i;
        }
    }
    return whole_row(place);
}

/* The title of the layout's column of a key; NULL when there is none. */
static const char *title_of(enum policy_sheet sheet, const char *key, size_t length) {
    size_t count = 0;
    const struct policy_column *columns = policy_sheet_columns(sheet, &count);
    for (size_t i = 0; i < count; i++) {
        if (columns[i].key != NULL && strlen(columns[i].key) == length &&
            strncmp(columns[i].key, key, length) == 0) {
            return columns[i].title;
        }
    }
    return NULL;
}

/* The sentence with the titles of columns in place of the keys that it quotes. */
static const char *with_titles(struct policy_places *places, enum policy_sheet sheet,
                               const char *sentence) {
    struct buffer text = BUFFER_INIT;
    for (const char *at = sentence; *at != '\0';) {
        bool quote = at[0] == '"' || strncmp(at, "「", 3) == 0;
        const char *key = at + (at[0] == '"' ? 1 : 3);
        size_t length = quote ? strspn(key, "abcdefghijklmnopqrstuvwxyz_") : 0;
        const char *title = length == 0 ? NULL : title_of(sheet, key, length);
        if (title == NULL) {
            buffer_append_char(&text, *at++);
            continue;
        }
        buffer_append(&text, at, (size_t)(key - at));
        buffer_append_text(&text, title);
        at = key + length;
    }
    const char *copy = arena_strdup(places->arena, buffer_text(&text));
    buffer_free(&text);
    return copy == NULL ? sentence : copy;
}

/* The sheet of a list, or of the whole. */
static enum policy_sheet sheet_of(const char *path) {
    static const struct {
        const char *path;
        enum policy_sheet sheet;
    } lists[] = {{".dimensions", POLICY_SHEET_DIMENSIONS},
                 {".indicators", POLICY_SHEET_INDICATORS},
                 {".direct", POLICY_SHEET_DIRECT},
                 {".measures", POLICY_SHEET_MEASURES}};
    const char *rest = "";
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        if (leads_through(path, lists[i].path, &rest)) {
            return lists[i].sheet;
        }
    }
    return POLICY_SHEET_GENERAL;
}

void policy_place_fault(struct policy_places *places, const struct json_fault *fault,
                        struct policy_faults *faults) {
    const char *rest = "";
    enum policy_sheet sheet = sheet_of(fault->path);
    uint32_t row = 0;
    uint32_t column = 0;
    const struct policy_place *place = find_place(places, fault->path, &rest);
    bool whole = place == NULL || strcmp(fault->path, ".indicators") == 0 ||
                 strcmp(fault->path, ".dimensions") == 0 || strcmp(fault->path, ".direct") == 0;
    if (!whole) {
        sheet = place->sheet;
        row = place->row;
        column =
            sheet == POLICY_SHEET_GENERAL ? 1 : places->columns[sheet][find_column(place, rest)];
    }
    policy_fault_add(faults, policy_place_cell(places, sheet, row, column),
                     with_titles(places, sheet, fault->sentence));
}
