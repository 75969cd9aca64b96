/* What a file is, by how it begins and whatever its name says. */
#ifndef XINFENG_INTAKE_FILE_KIND_H
#define XINFENG_INTAKE_FILE_KIND_H

#include "base/result.h"

#include <stddef.h>

enum file_kind {
    FILE_TEXT,     /* anything else: a table as text, if any */
    FILE_ARCHIVE,  /* .zip, as workbooks of today are */
    FILE_COMPOUND, /* a file of files, as workbooks before 2007 are, and ones with a password */
    FILE_SPREADSHEETML, /* a workbook as one XML document */
    FILE_JSON_LINES,
};

/* Bytes to look at; fewer where the file is shorter. */
#define FILE_KIND_BYTES 4096

/* Finds the kind of a file by its first bytes. RESULT_INVALID, saying what it is and what to do,
 * for those that hold no table. path is for the sentence. */
enum result file_kind_find(const char *path, const unsigned char *bytes, size_t length,
                           enum file_kind *kind, struct error *error);

#endif
