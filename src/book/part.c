#include "book/part.h"

#include "base/gettext.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <zip.h>

#define MOST_PARTS 8192
#define MOST_PART_BYTES ((uint64_t)1 << 30)

/* A part that unpacks to so many times its packed size holds nothing but one thing over and over;
 * a sheet does not come near, as long as it is large. */
#define MOST_DENSITY 500
#define MOST_DENSE_BYTES ((uint64_t)64 << 20)

struct book_parts {
    zip_t *archive;
    char *path;
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

/* A part as the input of a document. */
static struct book_xml_input input_of(const struct book_parts *parts, const char *name) {
    return (struct book_xml_input){.path = parts->path, .part = name};
}

enum result book_part_fault(const struct book_parts *parts, const char *name, struct error *error) {
    const struct book_xml_input input = input_of(parts, name);
    return book_xml_fault(&input, error);
}

enum result book_part_too_large(const struct book_parts *parts, const char *name,
                                struct error *error) {
    const struct book_xml_input input = input_of(parts, name);
    return book_xml_too_large(&input, error);
}

struct book_part {
    const struct book_parts *parts;
    const char *name;
    zip_file_t *file;
    uint64_t position;
    uint64_t size;
};

static enum result check_part(const struct book_parts *parts, const char *name,
                              const zip_stat_t *status, struct error *error) {
    if ((status->valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
        status->encryption_method != ZIP_EM_NONE) {
        return error_set(error, RESULT_INVALID, _("%s has a password; save it without one."),
                         parts->path);
    }
    bool sized = (status->valid & ZIP_STAT_SIZE) != 0 && (status->valid & ZIP_STAT_COMP_SIZE) != 0;
    return sized && (status->size > MOST_PART_BYTES ||
                     (status->size > MOST_DENSE_BYTES &&
                      status->size / MOST_DENSITY > status->comp_size))
               ? book_part_too_large(parts, name, error)
               : RESULT_OK;
}

enum result book_part_open(struct book_part **part, const struct book_parts *parts,
                           const char *name, struct error *error) {
    *part = NULL;
    zip_stat_t status;
    zip_int64_t index = zip_name_locate(parts->archive, name, ZIP_FL_NOCASE);
    if (index < 0 || zip_stat_index(parts->archive, (zip_uint64_t)index, 0, &status) != 0) {
        return error_set(error, RESULT_INVALID,
                         _("%s is no whole workbook (.xlsx): its part %s is missing."), parts->path,
                         name);
    }
    enum result code = check_part(parts, name, &status, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct book_part *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->parts = parts;
    made->name = name;
    made->size = (status.valid & ZIP_STAT_SIZE) != 0 ? status.size : 0;
    made->file = zip_fopen_index(parts->archive, (zip_uint64_t)index, 0);
    if (made->file == NULL) {
        free(made);
        return error_set(error, RESULT_INVALID, _("%s is damaged: its part %s cannot be unpacked."),
                         parts->path, name);
    }
    *part = made;
    return RESULT_OK;
}

enum result book_part_take(struct book_part *part, char *bytes, size_t room, size_t *length,
                           struct error *error) {
    *length = 0;
    zip_int64_t got = zip_fread(part->file, bytes, room);
    if (got < 0) {
        return error_set(error, RESULT_INVALID, _("%s is damaged: its part %s cannot be unpacked."),
                         part->parts->path, part->name);
    }
    part->position += (uint64_t)got;
    if (part->position > MOST_PART_BYTES) {
        return book_part_too_large(part->parts, part->name, error);
    }
    *length = (size_t)got;
    return RESULT_OK;
}

uint64_t book_part_size(const struct book_part *part) {
    return part->size;
}

void book_part_close(struct book_part *part) {
    if (part != NULL) {
        zip_fclose(part->file);
        free(part);
    }
}

static enum result take_bytes(void *context, char *bytes, size_t room, size_t *length,
                              struct error *error) {
    return book_part_take(context, bytes, room, length, error);
}

struct book_xml_input book_part_input(struct book_part *part) {
    struct book_xml_input input = input_of(part->parts, part->name);
    input.context = part;
    input.read = take_bytes;
    return input;
}

enum result book_part_read(struct book_parts *parts, const char *name,
                           const struct book_grammar *grammar, const struct book_xml_reader *reader,
                           struct error *error) {
    struct book_part *part = NULL;
    struct book_xml *xml = NULL;
    enum result code = book_part_open(&part, parts, name, error);
    if (code == RESULT_OK) {
        const struct book_xml_input input = book_part_input(part);
        code = book_xml_new(&xml, grammar, reader, &input, error);
    }
    for (bool more = true; code == RESULT_OK && more;) {
        code = book_xml_read(xml, &more, error);
    }
    book_xml_free(xml);
    book_part_close(part);
    return code;
}
