#include "base/file.h"

#include "base/buffer.h"
#include "base/gettext.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MOST_BYTES ((size_t)64 << 20)

enum result file_read(const char *path, char **text, struct error *error) {
    *text = NULL;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return error_from_errno(error, _("open"), path);
    }
    struct buffer buffer = BUFFER_INIT;
    char chunk[65536];
    size_t length;
    while ((length = fread(chunk, 1, sizeof(chunk), file)) > 0 && buffer.length <= MOST_BYTES) {
        buffer_append(&buffer, chunk, length);
    }
    enum result code = RESULT_OK;
    if (ferror(file)) {
        code = error_from_errno(error, _("read"), path);
    } else if (buffer.length > MOST_BYTES) {
        code = error_set(error, RESULT_INVALID, _("%s is too large for what it should be."), path);
    } else if (buffer.length > 0 && memchr(buffer.data, '\0', buffer.length) != NULL) {
        /* As a string the text would end there, and what stands behind be passed over unseen. */
        code =
            error_set(error, RESULT_INVALID, _("%s is no text file: it holds a zero byte."), path);
    } else if ((*text = buffer_take(&buffer)) == NULL) {
        code = error_no_memory(error);
    }
    buffer_free(&buffer);
    fclose(file);
    return code;
}

enum result file_make_folder(const char *folder, struct error *error) {
    char *path = strdup(folder);
    if (path == NULL) {
        return error_no_memory(error);
    }
    enum result code = RESULT_OK;
    for (char *at = path + 1; code == RESULT_OK && at[-1] != '\0'; at++) {
        if (*at != '/' && *at != '\0') {
            continue;
        }
        char kept = *at;
        *at = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST) {
            code = error_from_errno(error, _("make"), path);
        }
        *at = kept;
        if (kept == '\0') {
            break;
        }
    }
    free(path);
    return code;
}

enum result file_make_folders(const char *path, struct error *error) {
    const char *slash = strrchr(path, '/');
    if (slash == NULL || slash == path) {
        return RESULT_OK;
    }
    char *folder = strndup(path, (size_t)(slash - path));
    if (folder == NULL) {
        return error_no_memory(error);
    }
    enum result code = file_make_folder(folder, error);
    free(folder);
    return code;
}
