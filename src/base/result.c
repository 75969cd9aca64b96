#include "base/result.h"

#include "base/gettext.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int result_exit_status(enum result code) {
    static const int statuses[] = {
#define RESULT_STATUS(name, status) status,
        RESULT_TABLE(RESULT_STATUS)
#undef RESULT_STATUS
    };
    return statuses[code];
}

const char *result_name(enum result code) {
    static const char *const names[] = {
#define RESULT_NAME(name, status) #name,
        RESULT_TABLE(RESULT_NAME)
#undef RESULT_NAME
    };
    return names[code];
}

enum result error_set_v(struct error *error, enum result code, const char *format, va_list args) {
    if (error == NULL) {
        return code;
    }
    char *sentence = NULL;
    if (vasprintf(&sentence, format, args) < 0) {
        sentence = NULL; /* error_sentence falls back to a fixed text */
    }
    /* The arguments may quote the old sentence, so it goes only now. */
    free(error->sentence);
    error->code = code;
    error->sentence = sentence;
    return code;
}

enum result error_set(struct error *error, enum result code, const char *format, ...) {
    va_list args;
    va_start(args, format);
    error_set_v(error, code, format, args);
    va_end(args);
    return code;
}

enum result error_no_memory(struct error *error) {
    return error_set(error, RESULT_NO_MEMORY, "%s",
                     _("Out of memory; close other programs and try again."));
}

/* What the system calls a failure, for those that persons meet in their own language. */
static const char *errno_words(int number) {
    switch (number) {
    case ENOENT:
        return _("there is no such file or folder");
    case EACCES:
    case EPERM:
        return _("you are not allowed to");
    case EISDIR:
        return _("it is a folder");
    case ENOTDIR:
        return _("a part of the path is no folder");
    case ENOSPC:
    case EDQUOT:
        return _("the disk is full");
    case EROFS:
        return _("the disk can only be read");
    case EIO:
        return _("the disk or device failed");
    default:
        return strerror(number);
    }
}

enum result error_from_errno(struct error *error, const char *what, const char *path) {
    int number = errno;
    enum result code = RESULT_IO;
    if (number == ENOSPC || number == EDQUOT) {
        code = RESULT_NO_SPACE;
    } else if (number == ENOENT) {
        code = RESULT_NOT_FOUND;
    }
    return error_set(error, code, _("Cannot %s %s: %s."), what, path, errno_words(number));
}

const char *error_sentence(const struct error *error) {
    if (error->sentence != NULL) {
        return error->sentence;
    }
    return error->code == RESULT_OK ? "" : _("Out of memory; close other programs and try again.");
}

void error_clear(struct error *error) {
    if (error == NULL) {
        return;
    }
    free(error->sentence);
    error->sentence = NULL;
    error->code = RESULT_OK;
}
