#include "ui/view/save_path.h"

#include "base/gettext.h"
#include "base/text.h"
#include "ui/kit/prompt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

const char *save_path_folder(struct arena *arena) {
    const char *home = getenv("HOME");
    char *here = realpath(".", NULL);
    const char *folder = here != NULL && (home == NULL || access(here, W_OK) == 0) ? here
                         : home != NULL                                            ? home
                                                                                   : "/";
    const char *kept = arena_strdup(arena, folder);
    free(here);
    return kept;
}

/* A place where nothing stands yet, in the arena; NULL when memory is short. */
static const char *free_path(const struct save_path *save, struct arena *arena) {
    const char *folder = save_path_folder(arena);
    const char *path = NULL;
    for (int number = 1; number < 100; number++) {
        char text[8] = "";
        if (number > 1) {
            snprintf(text, sizeof(text), "-%d", number);
        }
        path = folder == NULL
                   ? NULL
                   : arena_printf(arena, "%s/%s%s%s", folder, save->stem, text, save->endings[0]);
        if (path == NULL || access(path, F_OK) != 0) {
            break;
        }
    }
    return path;
}

static bool is_known(const struct save_path *save, const char *path) {
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot != NULL && save->endings[i] != NULL; i++) {
        if (strcasecmp(dot, save->endings[i]) == 0) {
            return true;
        }
    }
    return false;
}

const char *save_path_whole(const struct save_path *save, const char *typed, struct arena *arena) {
    const char *home = getenv("HOME");
    const char *path = NULL;
    struct stat status;
    if (typed[0] == '~' && (typed[1] == '/' || typed[1] == '\0') && home != NULL) {
        path = arena_printf(arena, "%s%s", home, typed + 1);
    } else if (typed[0] != '/') {
        char *here = realpath(".", NULL);
        path = arena_printf(arena, "%s/%s", here == NULL ? "." : here, typed);
        free(here);
    } else {
        path = arena_strdup(arena, typed);
    }
    if (path != NULL && stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        return arena_printf(arena, "%s%s%s%s", path, path[strlen(path) - 1] == '/' ? "" : "/",
                            save->stem, save->endings[0]);
    }
    return path == NULL || is_known(save, path)
               ? path
               : arena_printf(arena, "%s%s", path, save->endings[0]);
}

/* Writes the file unless something stands there. */
static enum result write_new(const struct save_path *save, const char *path, struct error *error) {
    if (path == NULL) {
        return error_no_memory(error);
    }
    if (access(path, F_OK) == 0) {
        return error_set(error, RESULT_REFUSED,
                         _("%s stands there already, and nothing is written over it; name another "
                           "file."),
                         path);
    }
    return save->write(save->context, path, error);
}

const char *save_path_ask(struct view *view, const struct save_path *save, struct arena *arena) {
    struct error error = ERROR_INIT;
    const char *path = free_path(save, arena);
    for (;;) {
        const struct prompt prompt = {.label = save->label,
                                      .initial = path,
                                      .above = error.sentence == NULL ? save->above
                                                                      : error_sentence(&error)};
        char *typed = prompt_text(view->screen, &prompt);
        error_clear(&error);
        if (typed == NULL || text_blank(typed)) {
            free(typed);
            return NULL;
        }
        path = save_path_whole(save, typed, arena);
        free(typed);
        if (write_new(save, path, &error) == RESULT_OK) {
            return path;
        }
    }
}
