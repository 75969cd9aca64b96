#include "book/styles.h"

#include "book/strings.h"

#include <stdlib.h>

enum place { SHEET = 1, FORMATS, FORMAT, STYLES, STYLE };

static const struct book_element elements[] = {
    {BOOK_XML_START, "styleSheet", SHEET, false},
    {SHEET, "numFmts", FORMATS, false},
    {FORMATS, "numFmt", FORMAT, false},
    {FORMATS, NULL, BOOK_XML_PASSED, false},
    {FORMAT, NULL, BOOK_XML_PASSED, false},
    {SHEET, "cellXfs", STYLES, false},
    {STYLES, "xf", STYLE, false},
    {STYLES, NULL, BOOK_XML_PASSED, false},
    {STYLE, NULL, BOOK_XML_PASSED, false},
    {SHEET, NULL, BOOK_XML_PASSED, false},
};

static const struct book_grammar grammar = {book_namespaces, elements,
                                            sizeof(elements) / sizeof(elements[0])};

struct styles {
    struct book_formats *formats;
    const struct book_parts *parts;
    const char *part;
};

static enum result begin(void *context, int place, const char *const *attributes,
                         struct error *error) {
    struct styles *styles = context;
    const char *number = book_xml_attribute(attributes, "numFmtId");
    const char *code = book_xml_attribute(attributes, "formatCode");
    unsigned value = number == NULL ? 0 : (unsigned)strtoul(number, NULL, 10);
    bool added = true;
    if (place == FORMAT && code != NULL) {
        added = book_formats_add(styles->formats, value, code);
    } else if (place == STYLE) {
        added = book_formats_add_style(styles->formats, value);
    }
    return added ? RESULT_OK : book_part_too_large(styles->parts, styles->part, error);
}

enum result book_styles_read(struct book_formats *formats, struct book_parts *parts,
                             const char *part, struct error *error) {
    struct styles styles = {formats, parts, part};
    const struct book_xml_reader reader = {&styles, begin, NULL, NULL};
    enum result code = book_part_read(parts, part, &grammar, &reader, error);
    book_formats_start(formats);
    return code;
}
