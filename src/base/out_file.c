#include "base/out_file.h"

#include "base/gettext.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The sentence for errno after something failed in a folder. */
static enum result explain(const char *path, struct error *error) {
    char folder[4096];
    int number = errno;
    snprintf(folder, sizeof(folder), "%.*s", (int)(strrchr(path, '/') - path), path);
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return error_set(error, RESULT_NOT_FOUND,
                         _("There is no folder %s; make it or choose another one."), folder);
    case EACCES:
    case EPERM:
    case EROFS:
        return error_set(error, RESULT_REFUSED,
                         _("There is no right to write into %s; choose another folder or ask the "
                           "administrator."),
                         folder);
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return error_set(error, RESULT_NO_SPACE,
                         _("There is no room left in %s; free some space or choose another "
                           "folder."),
                         folder);
    default:
        errno = number;
        return error_from_errno(error, _("write"), path);
    }
}

enum result out_file_failed(const struct out_file *file, struct error *error) {
    return explain(file->part, error);
}

enum result out_file_begin(struct out_file *file, const char *folder, const char *name,
                           struct error *error) {
    long process = (long)getpid();
    if (asprintf(&file->path, "%s/%s", folder, name) < 0) {
        file->path = NULL;
        return error_no_memory(error);
    }
    if (asprintf(&file->part, "%s/.%s.%ld.part", folder, name, process) < 0) {
        file->part = NULL;
        return error_no_memory(error);
    }
    if (asprintf(&file->old, "%s/.%s.%ld.old", folder, name, process) < 0) {
        file->old = NULL;
        return error_no_memory(error);
    }
    /* What a killed process of the same number left is worth nothing. */
    unlink(file->part);
    int handle = open(file->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (handle < 0) {
        return explain(file->part, error);
    }
    file->begun = true;
    close(handle);
    return RESULT_OK;
}

enum result out_file_settle(struct out_file *file, struct error *error) {
    int handle = open(file->part, O_RDWR | O_CLOEXEC);
    if (handle < 0) {
        return explain(file->part, error);
    }
    enum result code = fsync(handle) != 0 ? explain(file->part, error) : RESULT_OK;
    if (close(handle) != 0 && code == RESULT_OK) {
        code = explain(file->part, error);
    }
    return code;
}

static enum result write_part(const struct out_file *file, const void *data, size_t length,
                              struct error *error) {
    FILE *stream = fopen(file->part, "wbe");
    if (stream == NULL) {
        return explain(file->part, error);
    }
    enum result code = RESULT_OK;
    if (fwrite(data, 1, length, stream) != length || fflush(stream) != 0) {
        code = explain(file->part, error);
    }
    if (fclose(stream) != 0 && code == RESULT_OK) {
        code = explain(file->part, error);
    }
    return code;
}

enum result out_file_write(struct out_file *file, const char *folder, const char *name,
                           const void *data, size_t length, struct error *error) {
    enum result code = out_file_begin(file, folder, name, error);
    if (code == RESULT_OK) {
        code = write_part(file, data, length, error);
    }
    return code == RESULT_OK ? out_file_settle(file, error) : code;
}

/* Puts an earlier file aside and the new one into its place. */
static enum result move(struct out_file *file, struct error *error) {
    struct stat status;
    if (lstat(file->path, &status) == 0 && S_ISDIR(status.st_mode)) {
        return error_set(error, RESULT_REFUSED,
                         _("%s is a folder; rename it or choose another place."), file->path);
    }
    if (rename(file->path, file->old) == 0) {
        file->kept = true;
    } else if (errno != ENOENT) {
        return explain(file->path, error);
    }
    if (rename(file->part, file->path) != 0) {
        return explain(file->path, error);
    }
    file->begun = false;
    file->moved = true;
    return RESULT_OK;
}

/* Makes the names last, as far as the file system can. */
static void sync_folder(const char *path) {
    char folder[4096];
    snprintf(folder, sizeof(folder), "%.*s", (int)(strrchr(path, '/') - path + 1), path);
    int handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle >= 0) {
        fsync(handle);
        close(handle);
    }
}

enum result out_file_move_all(struct out_file *files, size_t count, struct error *error) {
    for (size_t i = 0; i < count; i++) {
        enum result code = move(&files[i], error);
        if (code != RESULT_OK) {
            out_file_take_back_all(files, count);
            return code;
        }
    }
    sync_folder(files[0].path);
    return RESULT_OK;
}

void out_file_take_back_all(struct out_file *files, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (files[i].moved) {
            unlink(files[i].path);
            files[i].moved = false;
        }
        if (files[i].kept && rename(files[i].old, files[i].path) == 0) {
            files[i].kept = false;
        }
    }
}

void out_file_end(struct out_file *file) {
    if (file->begun) {
        unlink(file->part);
    }
    if (file->kept && file->moved) { /* not moved: it could not be put back, and is the only one */
        unlink(file->old);
    }
    free(file->path);
    free(file->part);
    free(file->old);
    *file = (struct out_file){0};
}

enum result out_file_make(const char *path,
                          enum result (*write)(void *context, const char *part, const char *folder,
                                               struct error *error),
                          void *context, struct error *error) {
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, (size_t)(slash - path) + 1);
    struct out_file file = {0};
    if (folder == NULL) {
        return error_no_memory(error);
    }
    enum result code = out_file_begin(&file, folder, slash == NULL ? path : slash + 1, error);
    if (code == RESULT_OK) {
        code = write(context, file.part, folder, error);
    }
    if (code == RESULT_OK) {
        code = out_file_settle(&file, error);
    }
    if (code == RESULT_OK) {
        code = out_file_move_all(&file, 1, error);
    }
    out_file_end(&file);
    free(folder);
    return code;
}
