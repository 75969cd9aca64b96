#include "ui/command/verb.h"

#include "base/buffer.h"
#include "base/gettext.h"

#include <string.h>

/* "list, show, undo": the names of a table. */
static void list_names(const struct verb *verbs, struct buffer *names) {
    for (; verbs->name != NULL; verbs++) {
        buffer_printf(names, "%s%s", names->length == 0 ? "" : ", ", verbs->name);
    }
}

static enum result refuse(const char *command, const char *word, const struct verb *verbs,
                          struct error *error) {
    struct buffer names = BUFFER_INIT;
    list_names(verbs, &names);
    enum result code =
        names.failed ? error_no_memory(error)
        : word == NULL
            ? error_set(error, RESULT_USAGE, _("What to do is missing: %s."), buffer_text(&names))
            : error_set(error, RESULT_USAGE, _("\"%s %s\" is not known; it is one of %s."), command,
                        word, buffer_text(&names));
    buffer_free(&names);
    return code;
}

enum result verb_run(struct session *session, const struct arguments *arguments,
                     const char *command, const struct verb *verbs, struct error *error) {
    const char *word = arguments->word_count == 0 ? NULL : arguments->words[0];
    const struct verb *verb = verbs;
    while (word != NULL && verb->name != NULL && strcmp(verb->name, word) != 0) {
        verb++;
    }
    if (word == NULL || verb->name == NULL) {
        return refuse(command, word, verbs, error);
    }
    enum result code = session_store(session, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct arena *arena = arena_new();
    code = arena == NULL ? error_no_memory(error) : verb->run(session, arguments, arena, error);
    arena_free(arena);
    return code;
}
