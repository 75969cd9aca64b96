#include "ui/command/arguments.h"

#include "base/gettext.h"
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The option of a name that is `length` bytes long; NULL when the tables have none. */
static const struct option *find_option(const struct option *own, const struct option *global,
                                        const char *name, size_t length) {
    const struct option *tables[] = {own, global};
    for (size_t t = 0; t < 2; t++) {
        for (const struct option *at = tables[t]; at != NULL && at->name != NULL; at++) {
            if (strlen(at->name) == length && strncmp(at->name, name, length) == 0) {
                return at;
            }
        }
    }
    return NULL;
}

/* Paths are whatever bytes the file system has; everything else is kept and shown as text. */
static bool is_path(const struct option *option) {
    static const char *const paths[] = {"FILE", "FOLDER", "PROFILE"};
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        if (strcmp(option->value, paths[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Takes one option; *place is the index of its word and moves over a value that follows. */
static enum result take_option(struct arguments *arguments, int count, char **words, int *place,
                               const struct option *own, const struct option *global,
                               struct error *error) {
    const char *name = words[*place] + 2;
    const char *equals = strchr(name, '=');
    size_t length = equals == NULL ? strlen(name) : (size_t)(equals - name);
    const struct option *option = find_option(own, global, name, length);
    if (option == NULL) {
        return error_set(error, RESULT_USAGE, _("The option --%.*s is not known here; see --help."),
                         (int)length, name);
    }
    const char *value = equals == NULL ? NULL : equals + 1;
    if (option->value != NULL && value == NULL) {
        if (*place + 1 >= count) {
            return error_set(error, RESULT_USAGE, _("The option --%s needs a value (%s)."),
                             option->name, option->value);
        }
        value = words[++*place];
    } else if (option->value == NULL && value != NULL) {
        return error_set(error, RESULT_USAGE, _("The option --%s takes no value."), option->name);
    }
    if (value != NULL && !is_path(option) && !text_valid_utf8(value, strlen(value))) {
        return error_set(error, RESULT_USAGE,
                         _("--%s: the text is not UTF-8; set the terminal's encoding to UTF-8."),
                         option->name);
    }
    arguments->options[arguments->option_count] = option;
    arguments->values[arguments->option_count++] = value;
    return RESULT_OK;
}

enum result arguments_parse(struct arguments *arguments, int count, char **words,
                            const struct option *own, const struct option *global,
                            struct error *error) {
    *arguments = (struct arguments){0};
    bool only_words = false;
    if (count > ARGUMENTS_MOST) {
        return error_set(error, RESULT_USAGE, _("A command takes at most %d words."),
                         ARGUMENTS_MOST);
    }
    for (int i = 0; i < count; i++) {
        if (!only_words && strcmp(words[i], "--") == 0) {
            only_words = true;
        } else if (!only_words && strncmp(words[i], "--", 2) == 0) {
            enum result code = take_option(arguments, count, words, &i, own, global, error);
            if (code != RESULT_OK) {
                return code;
            }
        } else {
            arguments->words[arguments->word_count++] = words[i];
        }
    }
    return RESULT_OK;
}

const char *argument_text(const struct arguments *arguments, const char *name) {
    const char *value = NULL; /* the last one given counts */
    for (size_t i = 0; i < arguments->option_count; i++) {
        if (strcmp(arguments->options[i]->name, name) == 0) {
            value = arguments->values[i];
        }
    }
    return value;
}

const char *argument_text_at(const struct arguments *arguments, const char *name, size_t place) {
    for (size_t i = 0; i < arguments->option_count; i++) {
        if (strcmp(arguments->options[i]->name, name) == 0 && place-- == 0) {
            return arguments->values[i];
        }
    }
    return NULL;
}

bool argument_flag(const struct arguments *arguments, const char *name) {
    for (size_t i = 0; i < arguments->option_count; i++) {
        if (strcmp(arguments->options[i]->name, name) == 0) {
            return true;
        }
    }
    return false;
}

enum result argument_date(const struct arguments *arguments, const char *name, date absent,
                          date *day, struct error *error) {
    const char *text = argument_text(arguments, name);
    *day = absent;
    if (text == NULL) {
        return RESULT_OK;
    }
    *day = date_parse(text);
    if (*day == DATE_NONE) {
        return error_set(error, RESULT_USAGE, _("--%s: \"%s\" is no day; write it as YYYY-MM-DD."),
                         name, text);
    }
    return RESULT_OK;
}

/* Reads a whole decimal number; false when it is none. */
static bool read_number(const char *text, int64_t *number) {
    char *end = NULL;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    *number = value;
    return errno == 0 && end != text && *end == '\0' && text[strspn(text, "+ \t")] == text[0];
}

enum result argument_number(const struct arguments *arguments, const char *name, int64_t least,
                            int64_t most, int64_t absent, int64_t *number, struct error *error) {
    const char *text = argument_text(arguments, name);
    *number = absent;
    if (text == NULL) {
        return RESULT_OK;
    }
    if (!read_number(text, number) || *number < least || *number > most) {
        return error_set(error, RESULT_USAGE,
                         _("--%s: \"%s\" is no whole number from %lld to %lld."), name, text,
                         (long long)least, (long long)most);
    }
    return RESULT_OK;
}

enum result argument_word(const struct arguments *arguments, size_t place, const char *what,
                          const char **word, struct error *error) {
    if (place >= arguments->word_count) {
        return error_set(error, RESULT_USAGE, _("%s is missing; see --help."), what);
    }
    *word = arguments->words[place];
    return RESULT_OK;
}

enum result argument_id(const struct arguments *arguments, size_t place, const char *what,
                        int64_t *id, struct error *error) {
    const char *word = NULL;
    enum result code = argument_word(arguments, place, what, &word, error);
    if (code == RESULT_OK && (!read_number(word, id) || *id < 1)) {
        code = error_set(error, RESULT_USAGE, _("\"%s\" is no number of %s."), word, what);
    }
    return code;
}
