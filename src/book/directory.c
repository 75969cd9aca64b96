#include "book/directory.h"

#include "base/arena.h"
#include "base/gettext.h"
#include "book/strings.h"

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

struct book_directory {
    struct arena *arena;
    struct book_parts *parts;
    const char *workbook; /* the part with the directory */
    struct relations relations;
    struct book_reader_sheet *sheets;
    const char **sheet_parts; /* NULL for a sheet that is no table (a chart) */
    size_t sheet_count;
    bool from_1904;
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
    struct book_directory *directory;
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
    struct arena *arena = gathering->directory->arena;
    struct relations *relations = gathering->relations;
    const char *id = book_xml_attribute(attributes, "Id");
    const char *type = book_xml_attribute(attributes, "Type");
    const char *target = book_xml_attribute(attributes, "Target");
    const char *mode = book_xml_attribute(attributes, "TargetMode");
    if (place != RELATION || (mode != NULL && strcmp(mode, "External") == 0)) {
        return RESULT_OK;
    }
    if (id == NULL || type == NULL || target == NULL || relations->count == MOST_RELATIONS) {
        return book_part_fault(gathering->directory->parts, gathering->part, error);
    }
    for (size_t i = 0; i < relations->count; i++) {
        if (strcmp(relations->items[i].id, id) == 0) {
            return book_part_fault(gathering->directory->parts, gathering->part, error);
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
static enum result read_relations(struct book_directory *directory, const char *base,
                                  struct relations *relations, struct error *error) {
    const char *slash = strrchr(base, '/');
    int folder = slash == NULL ? 0 : (int)(slash - base) + 1;
    struct gathering gathering = {.directory = directory, .base = base, .relations = relations};
    gathering.part =
        arena_printf(directory->arena, "%.*s_rels/%s.rels", folder, base, base + folder);
    relations->items = arena_alloc(directory->arena, MOST_RELATIONS * sizeof(*relations->items));
    relations->count = 0;
    if (arena_failed(directory->arena)) {
        return error_no_memory(error);
    }
    const struct book_xml_reader taker = {&gathering, take_relation, NULL, NULL};
    return book_part_read(directory->parts, gathering.part, &relation_grammar, &taker, error);
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
enum directory_place { WORKBOOK = 1, PROPERTIES, SHEETS, SHEET };

static const struct book_element directory_elements[] = {
    {BOOK_XML_START, "workbook", WORKBOOK, false},
    {WORKBOOK, "workbookPr", PROPERTIES, false},
    {PROPERTIES, NULL, BOOK_XML_PASSED, false},
    {WORKBOOK, "sheets", SHEETS, false},
    {SHEETS, "sheet", SHEET, false},
    {WORKBOOK, NULL, BOOK_XML_PASSED, false},
};

static const struct book_grammar directory_grammar = {book_namespaces, directory_elements,
                                                      sizeof(directory_elements) /
                                                          sizeof(directory_elements[0])};

static const char *part_of(const struct book_directory *directory, const char *id) {
    for (size_t i = 0; i < directory->relations.count; i++) {
        const struct relation *relation = &directory->relations.items[i];
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
    struct book_directory *directory = context;
    const char *name = book_xml_attribute(attributes, "name");
    const char *id = relation_id(attributes);
    const char *state = book_xml_attribute(attributes, "state");
    if (place == PROPERTIES) {
        const char *flag = book_xml_attribute(attributes, "date1904");
        directory->from_1904 =
            flag != NULL && (strcmp(flag, "1") == 0 || strcmp(flag, "true") == 0);
    }
    if (place != SHEET) {
        return RESULT_OK;
    }
    if (name == NULL || id == NULL || directory->sheet_count == MOST_SHEETS ||
        book_directory_find(directory, name) != SIZE_MAX) {
        return book_part_fault(directory->parts, directory->workbook, error);
    }
    directory->sheet_parts[directory->sheet_count] = part_of(directory, id);
    directory->sheets[directory->sheet_count++] = (struct book_reader_sheet){
        .name = arena_strdup(directory->arena, name),
        .hidden = state != NULL && strcmp(state, "visible") != 0,
    };
    return arena_failed(directory->arena) ? error_no_memory(error) : RESULT_OK;
}

static enum result read_directory(struct book_directory *directory, struct error *error) {
    struct relations of_archive;
    enum result code = read_relations(directory, "", &of_archive, error);
    if (code != RESULT_OK) {
        return code;
    }
    const struct relation *workbook = find_type(&of_archive, "officeDocument");
    directory->workbook = workbook == NULL ? "xl/workbook.xml" : workbook->part;
    code = read_relations(directory, directory->workbook, &directory->relations, error);
    directory->sheets = arena_alloc(directory->arena, MOST_SHEETS * sizeof(*directory->sheets));
    directory->sheet_parts =
        arena_alloc(directory->arena, MOST_SHEETS * sizeof(*directory->sheet_parts));
    if (code == RESULT_OK && arena_failed(directory->arena)) {
        code = error_no_memory(error);
    }
    const struct book_xml_reader taker = {directory, take_sheet, NULL, NULL};
    return code == RESULT_OK ? book_part_read(directory->parts, directory->workbook,
                                              &directory_grammar, &taker, error)
                             : code;
}

/* ---- opening ------------------------------------------------------------------------------ */
/* Refuses archives that are something else, by a part that tells. */
static enum result refuse_others(const struct book_parts *parts, struct error *error) {
    static const struct {
        const char *part;
        const char *what;
    } others[] = {
        {"word/document.xml", N_("a Word document")},
        {"ppt/presentation.xml", N_("a presentation")},
        {"xl/workbook.bin", N_("a binary workbook (.xlsb)")},
        {"content.xml", N_("an OpenDocument file")},
    };
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (book_parts_have(parts, others[i].part)) {
            return error_set(error, RESULT_INVALID,
                             _("%s is %s, not a workbook (.xlsx); open it and save its table as "
                               "one."),
                             book_parts_path(parts), _(others[i].what));
        }
    }
    if (!book_parts_have(parts, "[Content_Types].xml") && !book_parts_have(parts, "_rels/.rels")) {
        return error_set(error, RESULT_INVALID,
                         _("%s is an archive (.zip), not a workbook; unpack it and name the file "
                           "inside."),
                         book_parts_path(parts));
    }
    return RESULT_OK;
}

enum result book_directory_open(struct book_directory **directory, const char *path,
                                struct error *error) {
    *directory = NULL;
    struct book_directory *made = calloc(1, sizeof(*made));
    if (made == NULL || (made->arena = arena_new()) == NULL) {
        free(made);
        return error_no_memory(error);
    }
    enum result code = book_parts_open(&made->parts, path, error);
    if (code == RESULT_OK) {
        code = refuse_others(made->parts, error);
    }
    if (code == RESULT_OK) {
        code = read_directory(made, error);
    }
    if (code != RESULT_OK) {
        book_directory_close(made);
        return code;
    }
    *directory = made;
    return RESULT_OK;
}

void book_directory_close(struct book_directory *directory) {
    if (directory == NULL) {
        return;
    }
    book_parts_close(directory->parts);
    arena_free(directory->arena);
    free(directory);
}

struct book_parts *book_directory_parts(const struct book_directory *directory) {
    return directory->parts;
}

const struct book_reader_sheet *book_directory_sheets(const struct book_directory *directory,
                                                      size_t *count) {
    *count = directory->sheet_count;
    return directory->sheets;
}

size_t book_directory_find(const struct book_directory *directory, const char *name) {
    for (size_t i = 0; i < directory->sheet_count; i++) {
        if (strcmp(directory->sheets[i].name, name) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

const char *book_directory_sheet_part(const struct book_directory *directory, size_t sheet) {
    return directory->sheet_parts[sheet];
}

const char *book_directory_part(const struct book_directory *directory, const char *type) {
    const struct relation *relation = find_type(&directory->relations, type);
    return relation == NULL ? NULL : relation->part;
}

bool book_directory_from_1904(const struct book_directory *directory) {
    return directory->from_1904;
}

enum result book_directory_no_table(const struct book_directory *directory, size_t sheet,
                                    struct error *error) {
    return error_set(error, RESULT_INVALID, _("Sheet %s of %s is no table."),
                     directory->sheets[sheet].name, book_parts_path(directory->parts));
}
