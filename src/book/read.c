#include "book/read.h"

#include "base/arena.h"
#include "base/gettext.h"
#include "book/part.h"
#include "book/rows.h"
#include "book/strings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_SHEETS 1024
#define MOST_RELATIONS 4096

/* What a document of the workbook points at. */
struct relation {
    const char *id;
    const char *type; /* the last word of its type: "worksheet" */
    const char *part;
};

struct relations {
    struct relation *items;
    size_t count;
};

struct book_reader {
    struct arena *arena;
    struct book_parts *parts;
    const char *workbook; /* the part with the directory */
    struct relations relations;
    struct book_reader_sheet *sheets;
    const char **sheet_parts; /* NULL for a sheet that is no table (a chart) */
    size_t sheet_count;
    struct book_strings *strings;
    bool strings_read;
};

/* ---- what points where -------------------------------------------------------------------- */
enum relation_place { RELATIONS = 1, RELATION };

static const char *const relation_namespaces[] = {
    "http://schemas.openxmlformats.org/package/2006/relationships", NULL};

static const struct book_element relation_elements[] = {
    {BOOK_XML_START, "Relationships", RELATIONS, false},
    {RELATIONS, "Relationship", RELATION, false},
};

static const struct book_grammar relation_grammar = {relation_namespaces, relation_elements, 2};

/* Who gathers the relations of one part. */
struct gathering {
    struct book_reader *reader;
    const char *base; /* the part that has them; "" for the archive */
    const char *part; /* the part that lists them */
    struct relations *relations;
};

/* The part that a target means, seen from another; NULL when memory is short. */
static const char *resolve(struct arena *arena, const char *base, const char *target) {
    const char *slash = strrchr(base, '/');
    size_t folder = target[0] == '/' || slash == NULL ? 0 : (size_t)(slash - base) + 1;
    char *path = arena_alloc(arena, folder + strlen(target) + 1);
    if (path == NULL) {
        return NULL;
    }
    memcpy(path, base, folder);
    char *end = path + folder;
    for (const char *word = target; *word != '\0';) {
        size_t length = strcspn(word, "/");
        if (length == 2 && memcmp(word, "..", 2) == 0) {
            end -= end > path ? 1 : 0;
            while (end > path && end[-1] != '/') {
                end--;
            }
        } else if (length > 0 && !(length == 1 && *word == '.')) {
            memcpy(end, word, length);
            end += length;
            end = word[length] == '/' ? stpcpy(end, "/") : end;
        }
        word += length + (word[length] == '/' ? 1 : 0);
    }
    *end = '\0';
    return path;
}

static enum result take_relation(void *context, int place, const char *const *attributes,
                                 struct error *error) {
    struct gathering *gathering = context;
    struct arena *arena = gathering->reader->arena;
    struct relations *relations = gathering->relations;
    const char *id = book_xml_attribute(attributes, "Id");
    const char *type = book_xml_attribute(attributes, "Type");
    const char *target = book_xml_attribute(attributes, "Target");
    const char *mode = book_xml_attribute(attributes, "TargetMode");
    if (place != RELATION || (mode != NULL && strcmp(mode, "External") == 0)) {
        return RESULT_OK;
    }
    if (id == NULL || type == NULL || target == NULL || relations->count == MOST_RELATIONS) {
        return book_part_fault(gathering->reader->parts, gathering->part, error);
    }
    for (size_t i = 0; i < relations->count; i++) {
        if (strcmp(relations->items[i].id, id) == 0) {
            return book_part_fault(gathering->reader->parts, gathering->part, error);
        }
    }
    const char *word = strrchr(type, '/');
    relations->items[relations->count++] = (struct relation){
        .id = arena_strdup(arena, id),
        .type = arena_strdup(arena, word == NULL ? type : word + 1),
        .part = resolve(arena, gathering->base, target),
    };
    return arena_failed(arena) ? error_no_memory(error) : RESULT_OK;
}

/* Reads what a part points at: the relations of "xl/workbook.xml" are in
 * "xl/_rels/workbook.xml.rels", those of the archive in "_rels/.rels". */
static enum result read_relations(struct book_reader *reader, const char *base,
                                  struct relations *relations, struct error *error) {
    const char *slash = strrchr(base, '/');
    int folder = slash == NULL ? 0 : (int)(slash - base) + 1;
    struct gathering gathering = {.reader = reader, .base = base, .relations = relations};
    gathering.part = arena_printf(reader->arena, "%.*s_rels/%s.rels", folder, base, base + folder);
    relations->items = arena_alloc(reader->arena, MOST_RELATIONS * sizeof(*relations->items));
    relations->count = 0;
    if (arena_failed(reader->arena)) {
        return error_no_memory(error);
    }
    const struct book_xml_reader taker = {&gathering, take_relation, NULL, NULL};
    return book_part_read(reader->parts, gathering.part, &relation_grammar, &taker, error);
}

static const struct relation *find_type(const struct relations *relations, const char *type) {
    for (size_t i = 0; i < relations->count; i++) {
        if (strcmp(relations->items[i].type, type) == 0) {
            return &relations->items[i];
        }
    }
    return NULL;
}

/* ---- the directory ------------------------------------------------------------------------ */
enum directory_place { WORKBOOK = 1, SHEETS, SHEET };

static const struct book_element directory_elements[] = {
    {BOOK_XML_START, "workbook", WORKBOOK, false},
    {WORKBOOK, "sheets", SHEETS, false},
    {SHEETS, "sheet", SHEET, false},
    {WORKBOOK, NULL, BOOK_XML_PASSED, false},
};

static const struct book_grammar directory_grammar = {book_namespaces, directory_elements, 4};

static const char *part_of(const struct book_reader *reader, const char *id) {
    for (size_t i = 0; i < reader->relations.count; i++) {
        const struct relation *relation = &reader->relations.items[i];
        if (strcmp(relation->id, id) == 0 && strcmp(relation->type, "worksheet") == 0) {
            return relation->part;
        }
    }
    return NULL;
}

/* The relation that a sheet in the directory names. */
static const char *relation_id(const char *const *attributes) {
    const char *id = book_xml_attribute(
        attributes, "http://schemas.openxmlformats.org/officeDocument/2006/relationships id");
    return id != NULL
               ? id
               : book_xml_attribute(attributes,
                                    "http://purl.oclc.org/ooxml/officeDocument/relationships "
                                    "id");
}

static enum result take_sheet(void *context, int place, const char *const *attributes,
                              struct error *error) {
    struct book_reader *reader = context;
    const char *name = book_xml_attribute(attributes, "name");
    const char *id = relation_id(attributes);
    const char *state = book_xml_attribute(attributes, "state");
    if (place != SHEET) {
        return RESULT_OK;
    }
    if (name == NULL || id == NULL || reader->sheet_count == MOST_SHEETS ||
        book_reader_find(reader, name) != SIZE_MAX) {
        return book_part_fault(reader->parts, reader->workbook, error);
    }
    reader->sheet_parts[reader->sheet_count] = part_of(reader, id);
    reader->sheets[reader->sheet_count++] = (struct book_reader_sheet){
        .name = arena_strdup(reader->arena, name),
        .hidden = state != NULL && strcmp(state, "visible") != 0,
    };
    return arena_failed(reader->arena) ? error_no_memory(error) : RESULT_OK;
}

static enum result read_directory(struct book_reader *reader, struct error *error) {
    struct relations of_archive;
    enum result code = read_relations(reader, "", &of_archive, error);
    if (code != RESULT_OK) {
        return code;
    }
    const struct relation *workbook = find_type(&of_archive, "officeDocument");
    reader->workbook = workbook == NULL ? "xl/workbook.xml" : workbook->part;
    code = read_relations(reader, reader->workbook, &reader->relations, error);
    reader->sheets = arena_alloc(reader->arena, MOST_SHEETS * sizeof(*reader->sheets));
    reader->sheet_parts = arena_alloc(reader->arena, MOST_SHEETS * sizeof(*reader->sheet_parts));
    if (code == RESULT_OK && arena_failed(reader->arena)) {
        code = error_no_memory(error);
    }
    const struct book_xml_reader taker = {reader, take_sheet, NULL, NULL};
    return code == RESULT_OK
               ? book_part_read(reader->parts, reader->workbook, &directory_grammar, &taker, error)
               : code;
}

enum result book_reader_open(struct book_reader **reader, const char *path, struct error *error) {
    *reader = NULL;
    struct book_reader *made = calloc(1, sizeof(*made));
    if (made == NULL || (made->arena = arena_new()) == NULL) {
        free(made);
        return error_no_memory(error);
    }
    enum result code = book_parts_open(&made->parts, path, error);
    if (code == RESULT_OK) {
        code = read_directory(made, error);
    }
    if (code != RESULT_OK) {
        book_reader_close(made);
        return code;
    }
    *reader = made;
    return RESULT_OK;
}

void book_reader_close(struct book_reader *reader) {
    if (reader == NULL) {
        return;
    }
    book_strings_free(reader->strings);
    book_parts_close(reader->parts);
    arena_free(reader->arena);
    free(reader);
}

const char *book_reader_path(const struct book_reader *reader) {
    return book_parts_path(reader->parts);
}

const struct book_reader_sheet *book_reader_sheets(const struct book_reader *reader,
                                                   size_t *count) {
    *count = reader->sheet_count;
    return reader->sheets;
}

size_t book_reader_find(const struct book_reader *reader, const char *name) {
    for (size_t i = 0; i < reader->sheet_count; i++) {
        if (strcmp(reader->sheets[i].name, name) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* ---- rows --------------------------------------------------------------------------------- */
static enum result read_strings(struct book_reader *reader, struct error *error) {
    const struct relation *strings = find_type(&reader->relations, "sharedStrings");
    if (reader->strings_read || strings == NULL) {
        return RESULT_OK;
    }
    enum result code = book_strings_read(&reader->strings, reader->parts, strings->part, error);
    reader->strings_read = code == RESULT_OK;
    return code;
}

enum result book_reader_rows(struct book_reader *reader, size_t sheet, book_reader_visit *visit,
                             void *context, struct error *error) {
    if (reader->sheet_parts[sheet] == NULL) {
        return error_set(error, RESULT_INVALID, _("Sheet %s of %s is no table."),
                         reader->sheets[sheet].name, book_reader_path(reader));
    }
    enum result code = read_strings(reader, error);
    return code == RESULT_OK ? book_rows_read(reader->parts, reader->sheet_parts[sheet],
                                              reader->strings, visit, context, error)
                             : code;
}

const struct book_reader_cell *book_reader_cell(const struct book_reader_row *row,
                                                uint32_t column) {
    for (size_t i = 0; i < row->count; i++) {
        if (row->cells[i].column == column) {
            return &row->cells[i];
        }
    }
    return NULL;
}

void book_reader_cell_name(uint32_t row, uint32_t column, char name[static BOOK_CELL_NAME_SIZE]) {
    char letters[8];
    size_t at = sizeof(letters) - 1;
    letters[at] = '\0';
    for (uint32_t left = column + 1; left > 0; left = (left - 1) / 26) {
        letters[--at] = (char)('A' + (left - 1) % 26);
    }
    snprintf(name, BOOK_CELL_NAME_SIZE, "%s%u", letters + at, row + 1);
}
