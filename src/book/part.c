#include "book/part.h"

#include "base/buffer.h"
#include "base/gettext.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <expat.h>
#include <zip.h>

#define MOST_PARTS 8192
#define MOST_PART_BYTES ((uint64_t)1 << 30)
#define MOST_TAG_BYTES 1048576 /* one tag or comment, which the parser has to hold whole */
#define MOST_DEPTH 32
#define MOST_PASSED 4194304 /* elements passed over: the parser keeps their names */
#define CHUNK 32768
#define NAMESPACE_END ' ' /* between namespace and name, as the parser hands names over */

struct book_parts {
    zip_t *archive;
    char *path;
};

/* A part being read. */
struct reading {
    XML_Parser parser;
    const struct book_parts *parts;
    const char *part;
    const struct book_grammar *grammar;
    const struct book_part_reader *reader;
    int places[MOST_DEPTH];
    bool wanted[MOST_DEPTH]; /* the text of the element at this depth */
    size_t depth;
    size_t passed;     /* open elements that are passed over */
    size_t passed_all; /* those that were */
    struct buffer text;
    enum result code;
    struct error *error;
};

static int compare_names(const void *a, const void *b) {
    return strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

static enum result check_names(const struct book_parts *parts, struct error *error) {
    zip_int64_t count = zip_get_num_entries(parts->archive, 0);
    if (count > MOST_PARTS) {
        return error_set(error, RESULT_INVALID,
                         _("%s has more parts than a workbook has; it is not opened."),
                         parts->path);
    }
    const char **names = calloc((size_t)count + 1, sizeof(*names));
    if (names == NULL) {
        return error_no_memory(error);
    }
    for (zip_int64_t i = 0; i < count; i++) {
        const char *name = zip_get_name(parts->archive, (zip_uint64_t)i, 0);
        names[i] = name == NULL ? "" : name;
    }
    qsort(names, (size_t)count, sizeof(*names), compare_names);
    enum result code = RESULT_OK;
    for (zip_int64_t i = 1; i < count && code == RESULT_OK; i++) {
        if (strcasecmp(names[i - 1], names[i]) == 0) {
            code = error_set(error, RESULT_INVALID,
                             _("%s holds the part %s twice, so that not every program would show "
                               "the same; it is not opened."),
                             parts->path, names[i]);
        }
    }
    free(names);
    return code;
}

/* The sentence for an archive that does not open. */
static enum result explain_open(int cause, const char *path, struct error *error) {
    switch (cause) {
    case ZIP_ER_MEMORY:
        return error_no_memory(error);
    case ZIP_ER_NOENT:
        errno = ENOENT;
        return error_from_errno(error, _("open"), path);
    case ZIP_ER_OPEN:
    case ZIP_ER_READ:
    case ZIP_ER_SEEK:
        return error_from_errno(error, _("open"), path);
    default:
        return error_set(error, RESULT_INVALID,
                         _("%s is no whole workbook (.xlsx); get it again from where it came."),
                         path);
    }
}

enum result book_parts_open(struct book_parts **parts, const char *path, struct error *error) {
    *parts = NULL;
    struct book_parts *made = calloc(1, sizeof(*made));
    if (made == NULL || (made->path = strdup(path)) == NULL) {
        free(made);
        return error_no_memory(error);
    }
    int cause = 0;
    made->archive = zip_open(path, ZIP_RDONLY, &cause);
    enum result code =
        made->archive == NULL ? explain_open(cause, path, error) : check_names(made, error);
    if (code != RESULT_OK) {
        book_parts_close(made);
        return code;
    }
    *parts = made;
    return RESULT_OK;
}

void book_parts_close(struct book_parts *parts) {
    if (parts == NULL) {
        return;
    }
    if (parts->archive != NULL) {
        zip_discard(parts->archive);
    }
    free(parts->path);
    free(parts);
}

const char *book_parts_path(const struct book_parts *parts) {
    return parts->path;
}

bool book_parts_have(const struct book_parts *parts, const char *name) {
    return zip_name_locate(parts->archive, name, ZIP_FL_NOCASE) >= 0;
}

const char *book_part_attribute(const char *const *attributes, const char *name) {
    for (size_t i = 0; attributes[i] != NULL; i += 2) {
        if (strcmp(attributes[i], name) == 0) {
            return attributes[i + 1];
        }
    }
    return NULL;
}

enum result book_part_fault(const struct book_parts *parts, const char *name, struct error *error) {
    return error_set(error, RESULT_INVALID,
                     _("%s is not opened: its part %s breaks the rules of the workbook format."),
                     parts->path, name);
}

/* The sentence for what the parser or the archive calls damaged. */
static enum result damaged(const struct reading *reading) {
    return error_set(reading->error, RESULT_INVALID,
                     _("%s is damaged: its part %s cannot be read from line %lu on."),
                     reading->parts->path, reading->part,
                     (unsigned long)XML_GetCurrentLineNumber(reading->parser));
}

static enum result too_large(const struct book_parts *parts, const char *part,
                             struct error *error) {
    return error_set(error, RESULT_INVALID,
                     _("%s is not opened: its part %s unpacks to more than a workbook needs."),
                     parts->path, part);
}

/* Keeps the first failure and ends the parsing. */
static void settle(struct reading *reading, enum result code) {
    if (code != RESULT_OK && reading->code == RESULT_OK) {
        reading->code = code;
        XML_StopParser(reading->parser, XML_FALSE);
    }
}

/* The name without its namespace when that is one of the grammar's, else NULL. */
static const char *known_name(const struct book_grammar *grammar, const char *name) {
    const char *end = strrchr(name, NAMESPACE_END);
    if (end == NULL) {
        return NULL;
    }
    size_t length = (size_t)(end - name);
    for (const char *const *space = grammar->namespaces; *space != NULL; space++) {
        if (strlen(*space) == length && memcmp(*space, name, length) == 0) {
            return end + 1;
        }
    }
    return NULL;
}

/* The element that a name at the current place stands for, or NULL. */
static const struct book_element *match(const struct reading *reading, const char *name) {
    int parent = reading->depth == 0 ? BOOK_PART_START : reading->places[reading->depth - 1];
    const char *known = known_name(reading->grammar, name);
    for (size_t i = 0; i < reading->grammar->count; i++) {
        const struct book_element *element = &reading->grammar->elements[i];
        bool named = element->name == NULL || (known != NULL && strcmp(element->name, known) == 0);
        if (element->parent == parent && named) {
            return element;
        }
    }
    return NULL;
}

static void XMLCALL on_start(void *context, const XML_Char *name, const XML_Char **attributes) {
    struct reading *reading = context;
    if (reading->code != RESULT_OK) {
        return;
    }
    const struct book_element *element = reading->passed > 0 ? NULL : match(reading, name);
    if (reading->passed > 0 || (element != NULL && element->place == BOOK_PART_PASSED)) {
        if (++reading->passed > MOST_DEPTH || ++reading->passed_all > MOST_PASSED) {
            settle(reading, too_large(reading->parts, reading->part, reading->error));
        }
        return;
    }
    if (element == NULL || reading->depth == MOST_DEPTH) {
        settle(reading, book_part_fault(reading->parts, reading->part, reading->error));
        return;
    }
    reading->places[reading->depth] = element->place;
    reading->wanted[reading->depth] = element->text;
    reading->depth++;
    buffer_reset(&reading->text);
    if (reading->reader->begin != NULL) {
        settle(reading, reading->reader->begin(reading->reader->context, element->place,
                                               (const char *const *)attributes, reading->error));
    }
}

static void XMLCALL on_text(void *context, const XML_Char *text, int length) {
    struct reading *reading = context;
    bool wanted = reading->passed == 0 && reading->depth > 0 && reading->wanted[reading->depth - 1];
    if (reading->code != RESULT_OK || !wanted) {
        return;
    }
    if (reading->text.length + (size_t)length > BOOK_PART_MOST_TEXT) {
        settle(reading, too_large(reading->parts, reading->part, reading->error));
        return;
    }
    buffer_append(&reading->text, text, (size_t)length);
}

static void XMLCALL on_end(void *context, const XML_Char *name) {
    struct reading *reading = context;
    (void)name;
    if (reading->code != RESULT_OK) {
        return;
    }
    if (reading->passed > 0) {
        reading->passed--;
        return;
    }
    reading->depth--;
    char nothing[1] = "";
    bool wanted = reading->wanted[reading->depth] && reading->text.length > 0;
    if (reading->text.failed) {
        settle(reading, error_no_memory(reading->error));
    } else if (reading->reader->end != NULL) {
        settle(reading,
               reading->reader->end(reading->reader->context, reading->places[reading->depth],
                                    wanted ? reading->text.data : nothing,
                                    wanted ? reading->text.length : 0, reading->error));
    }
    buffer_reset(&reading->text);
}

/* Entities are declared nowhere else. */
static void XMLCALL on_doctype(void *context, const XML_Char *name, const XML_Char *system_id,
                               const XML_Char *public_id, int internal) {
    struct reading *reading = context;
    (void)name;
    (void)system_id;
    (void)public_id;
    (void)internal;
    settle(reading, error_set(reading->error, RESULT_INVALID,
                              _("%s is not opened: its part %s declares a document type, which no "
                                "workbook does."),
                              reading->parts->path, reading->part));
}

/* Parses one more chunk; the last is empty. */
static enum result feed(struct reading *reading, uint64_t fed, int length) {
    enum XML_Status status = XML_ParseBuffer(reading->parser, length, length == 0);
    if (reading->code != RESULT_OK) {
        return reading->code;
    }
    if (status != XML_STATUS_OK) {
        return XML_GetErrorCode(reading->parser) == XML_ERROR_NO_MEMORY
                   ? error_no_memory(reading->error)
                   : damaged(reading);
    }
    XML_Index at = XML_GetCurrentByteIndex(reading->parser);
    uint64_t behind = at < 0 ? fed : fed - (uint64_t)at;
    return behind > MOST_TAG_BYTES ? too_large(reading->parts, reading->part, reading->error)
                                   : RESULT_OK;
}

static enum result parse(struct reading *reading, zip_file_t *file) {
    uint64_t fed = 0;
    for (;;) {
        void *chunk = XML_GetBuffer(reading->parser, CHUNK);
        if (chunk == NULL) {
            return error_no_memory(reading->error);
        }
        zip_int64_t length = zip_fread(file, chunk, CHUNK);
        if (length < 0) {
            return damaged(reading);
        }
        fed += (uint64_t)length;
        if (fed > MOST_PART_BYTES) {
            return too_large(reading->parts, reading->part, reading->error);
        }
        enum result code = feed(reading, fed, (int)length);
        if (code != RESULT_OK || length == 0) {
            return code;
        }
    }
}

static enum result read_file(struct reading *reading, zip_file_t *file) {
    reading->parser = XML_ParserCreateNS(NULL, NAMESPACE_END);
    if (reading->parser == NULL) {
        return error_no_memory(reading->error);
    }
    XML_SetUserData(reading->parser, reading);
    XML_SetElementHandler(reading->parser, on_start, on_end);
    XML_SetCharacterDataHandler(reading->parser, on_text);
    XML_SetStartDoctypeDeclHandler(reading->parser, on_doctype);
    enum result code = parse(reading, file);
    XML_ParserFree(reading->parser);
    buffer_free(&reading->text);
    return code;
}

static enum result open_part(zip_file_t **file, const struct book_parts *parts, const char *name,
                             struct error *error) {
    zip_stat_t status;
    zip_int64_t index = zip_name_locate(parts->archive, name, ZIP_FL_NOCASE);
    if (index < 0 || zip_stat_index(parts->archive, (zip_uint64_t)index, 0, &status) != 0) {
        return error_set(error, RESULT_INVALID,
                         _("%s is no whole workbook (.xlsx): its part %s is missing."), parts->path,
                         name);
    }
    if ((status.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
        status.encryption_method != ZIP_EM_NONE) {
        return error_set(error, RESULT_INVALID, _("%s has a password; save it without one."),
                         parts->path);
    }
    if ((status.valid & ZIP_STAT_SIZE) != 0 && status.size > MOST_PART_BYTES) {
        return too_large(parts, name, error);
    }
    *file = zip_fopen_index(parts->archive, (zip_uint64_t)index, 0);
    return *file != NULL
               ? RESULT_OK
               : error_set(error, RESULT_INVALID,
                           _("%s is damaged: its part %s cannot be unpacked."), parts->path, name);
}

enum result book_part_read(struct book_parts *parts, const char *name,
                           const struct book_grammar *grammar,
                           const struct book_part_reader *reader, struct error *error) {
    zip_file_t *file = NULL;
    enum result code = open_part(&file, parts, name, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct reading reading = {.parts = parts,
                              .part = name,
                              .grammar = grammar,
                              .reader = reader,
                              .text = BUFFER_INIT,
                              .error = error};
    code = read_file(&reading, file);
    zip_fclose(file);
    return code;
}
