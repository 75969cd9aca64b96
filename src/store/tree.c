#include "store/tree.h"

#include "base/gettext.h"
#include "store/feed_pages.h"
#include "store/row_record.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Where the header of page 1 stands, behind that of the file. */
#define FIRST_PAGE_OFFSET ((size_t)100)

/* Bytes of a page's header: of a leaf and of an inner page. */
#define LEAF_HEADER ((size_t)8)
#define INNER_HEADER ((size_t)12)

/* The most that cells and their places may take: every page could then be page 1. */
#define ROOM (TREE_PAGE - FIRST_PAGE_OFFSET - INNER_HEADER)

/* A page that is written, and what divides it from the next one of its level. */
struct division {
    uint32_t page;
    int64_t id; /* tables: the last id on it */
    size_t key; /* indexes: the record between them, in keys */
    size_t length;
};

struct level {
    struct division *divisions;
    size_t count;
    size_t capacity;
};

struct tree {
    struct tree_file *file;
    uint32_t root;
    bool index;
    unsigned char *page;
    size_t header;  /* of the page being filled */
    size_t cells;   /* on it */
    size_t content; /* where its cells start */
    int64_t last_id;
    struct level level;
    struct buffer keys;
};

enum result tree_write_page(struct tree_file *file, uint32_t page, const void *bytes,
                            struct error *error) {
    if (file->pages != NULL) {
        return feed_pages_write(file->pages, page, bytes) ? RESULT_OK : error_no_memory(error);
    }
    const char *place = bytes;
    size_t left = TREE_PAGE;
    off_t offset = (off_t)(page - 1) * (off_t)TREE_PAGE;
    while (left > 0) {
        ssize_t written = pwrite(file->file, place, left, offset);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            errno = written == 0 ? ENOSPC : errno;
            return error_from_errno(error, _("write"), file->path);
        }
        place += written;
        offset += written;
        left -= (size_t)written;
    }
    return RESULT_OK;
}

static void start_page(struct tree *tree, size_t header) {
    tree->header = header;
    tree->cells = 0;
    tree->content = TREE_PAGE;
}

enum result tree_new(struct tree **tree, struct tree_file *file, uint32_t root, bool index,
                     struct error *error) {
    *tree = NULL;
    struct tree *made = calloc(1, sizeof(*made));
    if (made == NULL || (made->page = calloc(1, TREE_PAGE)) == NULL) {
        free(made);
        return error_no_memory(error);
    }
    made->file = file;
    made->root = root;
    made->index = index;
    start_page(made, LEAF_HEADER);
    *tree = made;
    return RESULT_OK;
}

void tree_free(struct tree *tree) {
    if (tree == NULL) {
        return;
    }
    buffer_free(&tree->keys);
    free(tree->level.divisions);
    free(tree->page);
    free(tree);
}

static void put_two(unsigned char *out, size_t number) {
    out[0] = (unsigned char)(number >> 8);
    out[1] = (unsigned char)number;
}

static void put_four(unsigned char *out, uint32_t number) {
    put_two(out, number >> 16);
    put_two(out + 2, number & 0xFFFF);
}

static bool has_room(const struct tree *tree, size_t bytes) {
    return tree->cells * 2 + (TREE_PAGE - tree->content) + bytes + 2 <= ROOM;
}

/* Gives a cell its place on the page. */
static unsigned char *place_cell(struct tree *tree, size_t bytes) {
    tree->content -= bytes;
    put_two(tree->page + tree->header + 2 * tree->cells++, tree->content);
    return tree->page + tree->content;
}

/* Writes the page that is filled. The header of page 1 stands behind the file's own. */
static enum result finish_page(struct tree *tree, uint32_t number, uint32_t right,
                               struct error *error) {
    bool leaf = tree->header == LEAF_HEADER;
    unsigned char *header = tree->page;
    if (number == 1) {
        memmove(tree->page + FIRST_PAGE_OFFSET, tree->page, tree->header + 2 * tree->cells);
        header += FIRST_PAGE_OFFSET;
    }
    header[0] = (unsigned char)((tree->index ? 0x02 : 0x05) | (leaf ? 0x08 : 0));
    put_two(header + 1, 0);
    put_two(header + 3, tree->cells);
    put_two(header + 5, tree->content & 0xFFFF);
    header[7] = 0;
    if (!leaf) {
        put_four(header + 8, right);
    }
    return number == 1 ? RESULT_OK : tree_write_page(tree->file, number, tree->page, error);
}

/* The number of the next page, but for the one at 1 GiB, where SQLite keeps its locks. */
static enum result next_page(struct tree *tree, uint32_t *page, struct error *error) {
    tree->file->next += tree->file->next == TREE_LOCK_PAGE;
    if (tree->file->next >= tree->file->end) {
        return error_set(error, RESULT_IO, _("%s has become larger than it was made for."),
                         tree->file->path);
    }
    *page = tree->file->next++;
    return RESULT_OK;
}

static enum result note_division(struct level *level, const struct division *division,
                                 struct error *error) {
    if (level->count == level->capacity) {
        size_t capacity = level->capacity == 0 ? 256 : level->capacity * 2;
        struct division *divisions = realloc(level->divisions, capacity * sizeof(*divisions));
        if (divisions == NULL) {
            return error_no_memory(error);
        }
        level->divisions = divisions;
        level->capacity = capacity;
    }
    level->divisions[level->count++] = *division;
    return RESULT_OK;
}

/* Takes the last cell of an index's leaf off again and keeps it as what divides this page from the
 * next. */
static void lift_last(struct tree *tree, struct division *division) {
    tree->cells--;
    unsigned char *place = tree->page + tree->header + 2 * tree->cells;
    size_t start = (size_t)place[0] << 8 | place[1];
    size_t end = TREE_PAGE;
    if (tree->cells > 0) {
        end = (size_t)place[-2] << 8 | place[-1];
    }
    division->key = tree->keys.length;
    division->length = end - start;
    buffer_append(&tree->keys, tree->page + start, end - start);
    tree->content = end;
}

/* Writes the leaf that is full and starts the next one. */
static enum result turn_leaf(struct tree *tree, struct error *error) {
    struct division division = {.id = tree->last_id};
    if (tree->index) {
        lift_last(tree, &division);
    }
    enum result code = next_page(tree, &division.page, error);
    if (code == RESULT_OK) {
        code = finish_page(tree, division.page, 0, error);
    }
    if (code == RESULT_OK) {
        code = note_division(&tree->level, &division, error);
    }
    start_page(tree, LEAF_HEADER);
    return code;
}

enum result tree_add(struct tree *tree, int64_t id, const void *record, size_t length,
                     struct error *error) {
    unsigned char head[2 * ROW_RECORD_VARINT_MAX];
    size_t head_length = row_record_put_varint(head, length);
    if (!tree->index) {
        head_length += row_record_put_varint(head + head_length, (uint64_t)id);
    }
    if (!has_room(tree, head_length + length)) {
        enum result code = turn_leaf(tree, error);
        if (code != RESULT_OK) {
            return code;
        }
    }
    unsigned char *cell = place_cell(tree, head_length + length);
    memcpy(cell, head, head_length);
    memcpy(cell + head_length, record, length);
    tree->last_id = id;
    return RESULT_OK;
}

static size_t inner_cell(const struct tree *tree, const struct division *division,
                         unsigned char *out) {
    put_four(out, division->page);
    if (!tree->index) {
        return 4 + row_record_put_varint(out + 4, (uint64_t)division->id);
    }
    memcpy(out + 4, tree->keys.data + division->key, division->length);
    return 4 + division->length;
}

/* How many pages of a level, from start on, go under one inner page: as many as fit, but never so
 * that a single one is left. */
static size_t gather(const struct tree *tree, const struct level *level, size_t start) {
    size_t bytes = 0;
    size_t count = 1;
    while (start + count < level->count) {
        const struct division *division = &level->divisions[start + count - 1];
        size_t cell = 4 + 2 + (tree->index ? division->length : ROW_RECORD_VARINT_MAX);
        if (bytes + cell > ROOM) {
            break;
        }
        bytes += cell;
        count++;
    }
    return start + count + 1 == level->count ? count - 1 : count;
}

/* Writes the inner pages over a level; the last to be written, being alone, is the root. */
static enum result write_level(struct tree *tree, const struct level *level, struct level *above,
                               struct error *error) {
    unsigned char cell[TREE_RECORD_MAX + 32];
    enum result code = RESULT_OK;
    for (size_t start = 0; code == RESULT_OK && start < level->count;) {
        size_t count = gather(tree, level, start);
        const struct division *last = &level->divisions[start + count - 1];
        struct division division = *last;
        division.page = tree->root;
        start_page(tree, INNER_HEADER);
        for (size_t i = start; i < start + count - 1; i++) {
            size_t bytes = inner_cell(tree, &level->divisions[i], cell);
            memcpy(place_cell(tree, bytes), cell, bytes);
        }
        if (count < level->count) {
            code = next_page(tree, &division.page, error);
        }
        if (code == RESULT_OK) {
            code = finish_page(tree, division.page, last->page, error);
        }
        if (code == RESULT_OK) {
            code = note_division(above, &division, error);
        }
        start += count;
    }
    return code;
}

enum result tree_end(struct tree *tree, struct error *error) {
    if (tree->level.count == 0) {
        return finish_page(tree, tree->root, 0, error);
    }
    struct division last = {.id = tree->last_id};
    enum result code = next_page(tree, &last.page, error);
    if (code == RESULT_OK) {
        code = finish_page(tree, last.page, 0, error);
    }
    if (code == RESULT_OK) {
        code = note_division(&tree->level, &last, error);
    }
    while (code == RESULT_OK && tree->level.count > 1) {
        struct level above = {0};
        code = tree->keys.failed ? error_no_memory(error)
                                 : write_level(tree, &tree->level, &above, error);
        free(tree->level.divisions);
        tree->level = above;
    }
    return code;
}

void tree_copy_first_page(const struct tree *tree, unsigned char *page) {
    memcpy(page + FIRST_PAGE_OFFSET, tree->page + FIRST_PAGE_OFFSET, TREE_PAGE - FIRST_PAGE_OFFSET);
}
