#include "book/xml.h"

#include "base/buffer.h"
#include "base/gettext.h"

#include <stdlib.h>
#include <string.h>

#include <expat.h>

#define MOST_TAG_BYTES 1048576 /* one tag or comment, which the parser has to hold whole */
#define MOST_DEPTH 32
#define MOST_PASSED 4194304 /* elements passed over: the parser keeps their names */
#define CHUNK 32768
#define NAMESPACE_END ' ' /* between namespace and name, as the parser hands names over */

struct book_xml {
    XML_Parser parser;
    const struct book_grammar *grammar;
    struct book_xml_reader reader;
    struct book_xml_input input;
    int places[MOST_DEPTH];
    bool wanted[MOST_DEPTH]; /* the text of the element at this depth */
    size_t depth;
    size_t passed;     /* open elements that are passed over */
    size_t passed_all; /* those that were */
    struct buffer text;
    uint64_t fed;
    bool paused;
    bool last; /* the input has ended */
    enum result code;
    struct error *error; /* of the call at hand */
};

const char *book_xml_attribute(const char *const *attributes, const char *name) {
    for (size_t i = 0; attributes[i] != NULL; i += 2) {
        if (strcmp(attributes[i], name) == 0) {
            return attributes[i + 1];
        }
    }
    return NULL;
}

enum result book_xml_fault(const struct book_xml_input *input, struct error *error) {
    if (input->part == NULL) {
        return error_set(error, RESULT_INVALID,
                         _("%s is not opened: it breaks the rules of the workbook format."),
                         input->path);
    }
    return error_set(error, RESULT_INVALID,
                     _("%s is not opened: its part %s breaks the rules of the workbook format."),
                     input->path, input->part);
}

enum result book_xml_too_large(const struct book_xml_input *input, struct error *error) {
    if (input->part == NULL) {
        return error_set(error, RESULT_INVALID,
                         _("%s is not opened: it holds larger pieces than a workbook needs."),
                         input->path);
    }
    return error_set(error, RESULT_INVALID,
                     _("%s is not opened: its part %s unpacks to more than a workbook needs."),
                     input->path, input->part);
}

/* The sentence for what the parser calls damaged. */
static enum result damaged(const struct book_xml *xml) {
    unsigned long line = (unsigned long)XML_GetCurrentLineNumber(xml->parser);
    if (xml->input.part == NULL) {
        return error_set(xml->error, RESULT_INVALID,
                         _("%s is damaged: it cannot be read from line %lu on."), xml->input.path,
                         line);
    }
    return error_set(xml->error, RESULT_INVALID,
                     _("%s is damaged: its part %s cannot be read from line %lu on."),
                     xml->input.path, xml->input.part, line);
}

/* Keeps the first failure and ends the parsing. */
static void settle(struct book_xml *xml, enum result code) {
    if (code != RESULT_OK && xml->code == RESULT_OK) {
        xml->code = code;
        XML_StopParser(xml->parser, XML_FALSE);
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
static const struct book_element *match(const struct book_xml *xml, const char *name) {
    int parent = xml->depth == 0 ? BOOK_XML_START : xml->places[xml->depth - 1];
    const char *known = known_name(xml->grammar, name);
    for (size_t i = 0; i < xml->grammar->count; i++) {
        const struct book_element *element = &xml->grammar->elements[i];
        if (element->parent == parent &&
            (element->name == NULL || (known != NULL && strcmp(element->name, known) == 0))) {
            return element;
        }
    }
    return NULL;
}

static void XMLCALL on_start(void *context, const XML_Char *name, const XML_Char **attributes) {
    struct book_xml *xml = context;
    if (xml->code != RESULT_OK) {
        return;
    }
    const struct book_element *element = xml->passed > 0 ? NULL : match(xml, name);
    if (xml->passed > 0 || (element != NULL && element->place == BOOK_XML_PASSED)) {
        if (++xml->passed > MOST_DEPTH || ++xml->passed_all > MOST_PASSED) {
            settle(xml, book_xml_too_large(&xml->input, xml->error));
        }
        return;
    }
    if (element == NULL || xml->depth == MOST_DEPTH) {
        settle(xml, book_xml_fault(&xml->input, xml->error));
        return;
    }
    xml->places[xml->depth] = element->place;
    xml->wanted[xml->depth] = element->text;
    xml->depth++;
    buffer_reset(&xml->text);
    if (xml->reader.begin != NULL) {
        settle(xml, xml->reader.begin(xml->reader.context, element->place,
                                      (const char *const *)attributes, xml->error));
    }
}

static void XMLCALL on_text(void *context, const XML_Char *text, int length) {
    struct book_xml *xml = context;
    bool wanted = xml->passed == 0 && xml->depth > 0 && xml->wanted[xml->depth - 1];
    if (xml->code != RESULT_OK || !wanted) {
        return;
    }
    if (xml->reader.text != NULL) {
        settle(xml, xml->reader.text(xml->reader.context, xml->places[xml->depth - 1], text,
                                     (size_t)length, xml->error));
        return;
    }
    if (xml->text.length + (size_t)length > BOOK_XML_MOST_TEXT) {
        settle(xml, book_xml_too_large(&xml->input, xml->error));
        return;
    }
    buffer_append(&xml->text, text, (size_t)length);
}

static void XMLCALL on_end(void *context, const XML_Char *name) {
    struct book_xml *xml = context;
    (void)name;
    if (xml->code != RESULT_OK) {
        return;
    }
    if (xml->passed > 0) {
        xml->passed--;
        return;
    }
    xml->depth--;
    char nothing[1] = "";
    bool wanted = xml->wanted[xml->depth] && xml->text.length > 0;
    if (xml->text.failed) {
        settle(xml, error_no_memory(xml->error));
    } else if (xml->reader.end != NULL) {
        settle(xml, xml->reader.end(xml->reader.context, xml->places[xml->depth],
                                    wanted ? xml->text.data : nothing,
                                    wanted ? xml->text.length : 0, xml->error));
    }
    buffer_reset(&xml->text);
}

/* Entities are declared nowhere else. */
static void XMLCALL on_doctype(void *context, const XML_Char *name, const XML_Char *system_id,
                               const XML_Char *public_id, int internal) {
    struct book_xml *xml = context;
    (void)name;
    (void)system_id;
    (void)public_id;
    (void)internal;
    if (xml->input.part == NULL) {
        settle(xml, error_set(xml->error, RESULT_INVALID,
                              _("%s is not opened: it declares a document type, which no workbook "
                                "does."),
                              xml->input.path));
        return;
    }
    settle(xml, error_set(xml->error, RESULT_INVALID,
                          _("%s is not opened: its part %s declares a document type, which no "
                            "workbook does."),
                          xml->input.path, xml->input.part));
}

enum result book_xml_new(struct book_xml **xml, const struct book_grammar *grammar,
                         const struct book_xml_reader *reader, const struct book_xml_input *input,
                         struct error *error) {
    *xml = NULL;
    struct book_xml *made = calloc(1, sizeof(*made));
    if (made == NULL ||
        (made->parser = XML_ParserCreateNS(input->encoding, NAMESPACE_END)) == NULL) {
        free(made);
        return error_no_memory(error);
    }
    made->grammar = grammar;
    made->reader = *reader;
    made->input = *input;
    XML_SetUserData(made->parser, made);
    XML_SetElementHandler(made->parser, on_start, on_end);
    XML_SetCharacterDataHandler(made->parser, on_text);
    XML_SetStartDoctypeDeclHandler(made->parser, on_doctype);
    *xml = made;
    return RESULT_OK;
}

/* Judges what the parser says of a chunk or the rest of one. */
static enum result judge(struct book_xml *xml, enum XML_Status status) {
    if (xml->code != RESULT_OK) {
        return xml->code;
    }
    if (status == XML_STATUS_ERROR) {
        return XML_GetErrorCode(xml->parser) == XML_ERROR_NO_MEMORY ? error_no_memory(xml->error)
                                                                    : damaged(xml);
    }
    if (xml->paused) {
        return RESULT_OK;
    }
    XML_Index at = XML_GetCurrentByteIndex(xml->parser);
    uint64_t behind = at < 0 ? xml->fed : xml->fed - (uint64_t)at;
    return behind > MOST_TAG_BYTES ? book_xml_too_large(&xml->input, xml->error) : RESULT_OK;
}

/* Parses one more chunk; the last is empty. */
static enum result feed(struct book_xml *xml) {
    char *chunk = XML_GetBuffer(xml->parser, CHUNK);
    if (chunk == NULL) {
        return error_no_memory(xml->error);
    }
    size_t length = 0;
    enum result code = xml->input.read(xml->input.context, chunk, CHUNK, &length, xml->error);
    if (code != RESULT_OK) {
        return code;
    }
    xml->fed += length;
    xml->last = length == 0;
    return judge(xml, XML_ParseBuffer(xml->parser, (int)length, length == 0));
}

enum result book_xml_read(struct book_xml *xml, bool *more, struct error *error) {
    xml->error = error;
    if (xml->paused) {
        xml->paused = false;
        xml->code = judge(xml, XML_ResumeParser(xml->parser));
    }
    while (xml->code == RESULT_OK && !xml->paused && !xml->last) {
        xml->code = feed(xml);
    }
    *more = xml->paused;
    return xml->code;
}

void book_xml_pause(struct book_xml *xml) {
    if (xml->code == RESULT_OK && !xml->paused) {
        xml->paused = XML_StopParser(xml->parser, XML_TRUE) == XML_STATUS_OK;
    }
}

uint64_t book_xml_position(const struct book_xml *xml) {
    return xml->fed;
}

void book_xml_free(struct book_xml *xml) {
    if (xml == NULL) {
        return;
    }
    XML_ParserFree(xml->parser);
    buffer_free(&xml->text);
    free(xml);
}
