/* Small files read and written whole, and the folders they lie in. */
#ifndef XINFENG_BASE_FILE_H
#define XINFENG_BASE_FILE_H

#include "base/result.h"

/* Reads a text file of at most 64 MiB; *text is freed with free. RESULT_INVALID for one that is
 * larger or holds a zero byte. */
enum result file_read(const char *path, char **text, struct error *error);

/* Makes the folders a file is to lie in, as far as they are missing. */
enum result file_make_folders(const char *path, struct error *error);

/* Makes a folder and those above it, as far as they are missing. */
enum result file_make_folder(const char *folder, struct error *error);

#endif
