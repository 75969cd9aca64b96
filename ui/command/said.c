#include "ui/command/said.h"

#include "base/buffer.h"
#include "base/gettext.h"

#include <string.h>

enum result said_read_kind(const char *word, enum import_kind *kind, struct error *error) {
    *kind = kind_find(word);
    if (*kind != IMPORT_KIND_COUNT) {
        return RESULT_OK;
    }
    struct buffer kinds = BUFFER_INIT;
    for (const char *const *code = kind_codes(); *code != NULL; code++) {
        buffer_printf(&kinds, "%s%s", kinds.length == 0 ? "" : ", ", *code);
    }
    enum result code =
        kinds.failed
            ? error_no_memory(error)
            : error_set(error, RESULT_USAGE,
                        _("\"%s\" is no kind of file that can be taken in; it is one of %s."), word,
                        buffer_text(&kinds));
    buffer_free(&kinds);
    return code;
}

enum result said_read(const struct arguments *arguments, struct said_words *words,
                      struct said *said, struct error *error) {
    *said = (struct said){.profile = argument_text(arguments, "map"),
                          .type = argument_text(arguments, "type"),
                          .day = argument_text(arguments, "as-of") != NULL,
                          .columns = words->columns};
    const char *text = NULL;
    for (size_t i = 0; (text = argument_text_at(arguments, "column", i)) != NULL; i++) {
        const char *equals = strrchr(text, '=');
        if (equals == NULL || equals == text || equals[1] == '\0' ||
            strlen(text) >= sizeof(words->texts[i])) {
            return error_set(error, RESULT_USAGE,
                             _("\"%s\" does not say what a column is; write --column "
                               "\"HEADER=FIELD\"."),
                             text);
        }
        memcpy(words->texts[i], text, strlen(text) + 1);
        words->texts[i][equals - text] = '\0';
        words->columns[i] =
            (struct said_column){words->texts[i], words->texts[i] + (equals - text) + 1};
        said->column_count = i + 1;
    }
    return RESULT_OK;
}
