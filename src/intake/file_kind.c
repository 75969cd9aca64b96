#include "intake/file_kind.h"

#include "base/gettext.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

/* A file that is known by its first bytes and holds no table. */
struct signature {
    const char *bytes;
    size_t length;
    const char *what;
};

static const struct signature signatures[] = {
    {"%PDF", 4, N_("a PDF")},
    {"{\\rtf", 5, N_("a document (.rtf)")},
    {"\x89PNG\r\n", 6, N_("a picture")},
    {"\xFF\xD8\xFF", 3, N_("a picture")},
    {"GIF8", 4, N_("a picture")},
    {"II*\0", 4, N_("a picture")},
    {"MM\0*", 4, N_("a picture")},
    {"SQLite format 3", 16, N_("a database")},
};

static const struct signature books[] = {
    {"\x09\x00\x04\x00", 4, N_("a workbook of before 1993")},
    {"\x09\x02\x06\x00", 4, N_("a workbook of before 1993")},
    {"\x09\x04\x06\x00", 4, N_("a workbook of before 1993")},
};

static const struct signature packed[] = {
    {"Rar!", 4, N_("an archive (.rar)")},
    {"7z\xBC\xAF\x27\x1C", 6, N_("an archive (.7z)")},
    {"\x1F\x8B", 2, N_("an archive (.gz)")},
    {"PK\x05\x06", 4, N_("an empty archive (.zip)")},
};

static const struct signature *find(const struct signature *among, size_t count,
                                    const unsigned char *bytes, size_t length) {
    for (size_t i = 0; i < count; i++) {
        if (length >= among[i].length && memcmp(bytes, among[i].bytes, among[i].length) == 0) {
            return &among[i];
        }
    }
    return NULL;
}

/* The first bytes as ASCII text in lower case, whatever encoding they are in: byte order marks and
 * the zero bytes of UTF-16 left out, blanks at the start too. */
static void skim(const unsigned char *bytes, size_t length, char text[static FILE_KIND_BYTES + 1]) {
    size_t used = 0;
    for (size_t i = 0; i < length && i < FILE_KIND_BYTES; i++) {
        bool mark = i < 3 && bytes[i] >= 0xBB;
        bool blank = used == 0 && (bytes[i] == ' ' || (bytes[i] >= '\t' && bytes[i] <= '\r'));
        if (bytes[i] != 0 && !mark && !blank) {
            bool upper = bytes[i] >= 'A' && bytes[i] <= 'Z';
            text[used++] = (char)(upper ? bytes[i] - 'A' + 'a' : bytes[i]);
        }
    }
    text[used] = '\0';
}

static bool starts(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

/* A page that programs save under the name of a workbook. */
static bool is_page(const char *text) {
    static const char *const tags[] = {"<!doctype html", "<html",  "<head",
                                       "<body",          "<table", "<meta",
                                       "<style",         "<div",   "mime-version:"};
    const char *behind = text;
    if (starts(text, "<?xml")) {
        behind = strstr(text, "?>");
        behind = behind == NULL ? text : behind + 2 + strspn(behind + 2, " \t\r\n");
    }
    for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
        if (starts(behind, tags[i])) {
            return true;
        }
    }
    return false;
}

/* Looks at a text. */
static enum result find_text(const char *path, const char *text, enum file_kind *kind,
                             struct error *error) {
    if (is_page(text)) {
        return error_set(error, RESULT_INVALID,
                         _("%s is a web page, whatever its name says; open it with a spreadsheet "
                           "program and save it as a workbook (.xlsx)."),
                         path);
    }
    if (*text == '<' && strstr(text, "urn:schemas-microsoft-com:office:spreadsheet") != NULL) {
        *kind = FILE_SPREADSHEETML;
    } else if (starts(text, "<?xml")) {
        return error_set(error, RESULT_INVALID,
                         _("%s is an XML document, but no workbook; ask its source for the table."),
                         path);
    } else if (*text == '{' && strchr("\"}", text[1 + strspn(text + 1, " \t\r\n")]) != NULL) {
        *kind = FILE_JSON_LINES;
    } else if (*text == '[' && text[1 + strspn(text + 1, " \t\r\n")] == '{') {
        return error_set(error, RESULT_INVALID,
                         _("%s is one JSON list; write one object a line (JSON Lines)."), path);
    }
    return RESULT_OK;
}

enum result file_kind_find(const char *path, const unsigned char *bytes, size_t length,
                           enum file_kind *kind, struct error *error) {
    char text[FILE_KIND_BYTES + 1];
    *kind = FILE_TEXT;
    if (length >= 4 && memcmp(bytes, "PK\x03\x04", 4) == 0) {
        *kind = FILE_ARCHIVE;
        return RESULT_OK;
    }
    if (length >= 4 && memcmp(bytes, "\xD0\xCF\x11\xE0", 4) == 0) {
        *kind = FILE_COMPOUND;
        return RESULT_OK;
    }
    const struct signature *signature =
        find(signatures, sizeof(signatures) / sizeof(signatures[0]), bytes, length);
    if (signature != NULL) {
        return error_set(error, RESULT_INVALID,
                         _("%s is %s, not a table; ask its source for the table."), path,
                         _(signature->what));
    }
    signature = find(books, sizeof(books) / sizeof(books[0]), bytes, length);
    if (signature != NULL) {
        return error_set(error, RESULT_INVALID,
                         _("%s is %s, not a workbook (.xlsx); open it and save its table as one."),
                         path, _(signature->what));
    }
    signature = find(packed, sizeof(packed) / sizeof(packed[0]), bytes, length);
    if (signature != NULL) {
        return error_set(error, RESULT_INVALID, _("%s is %s; unpack it and name the file inside."),
                         path, _(signature->what));
    }
    skim(bytes, length, text);
    return find_text(path, text, kind, error);
}
