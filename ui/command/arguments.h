/* The words of a command line, taken apart: options by name, the rest in order. */
#ifndef XINFENG_UI_COMMAND_ARGUMENTS_H
#define XINFENG_UI_COMMAND_ARGUMENTS_H

#include "base/date.h"
#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARGUMENTS_MOST 64

/* An option a command knows. */
struct option {
    const char *name;  /* without the dashes; NULL ends a table */
    const char *value; /* what stands behind it in the help ("FILE"); NULL: a flag */
    const char *help;  /* N_(): one phrase */
};

/* Words taken apart; all borrowed from the command line. */
struct arguments {
    const char *words[ARGUMENTS_MOST];
    size_t word_count;
    const struct option *options[ARGUMENTS_MOST];
    const char *values[ARGUMENTS_MOST];
    size_t option_count;
};

/* Takes count words apart by up to two tables of options. "--name value", "--name=value" and "--"
 * are understood. RESULT_USAGE with a sentence for an unknown option, a missing value, or a value
 * that is no path and not UTF-8. */
enum result arguments_parse(struct arguments *arguments, int count, char **words,
                            const struct option *own, const struct option *global,
                            struct error *error);

/* The value of an option; NULL when it was not given. */
const char *argument_text(const struct arguments *arguments, const char *name);

/* The value given at a place to an option that may be given several times; NULL beyond the last. */
const char *argument_text_at(const struct arguments *arguments, const char *name, size_t place);

/* True when a flag was given. */
bool argument_flag(const struct arguments *arguments, const char *name);

/* An option's value as a day; absent when it was not given. */
enum result argument_date(const struct arguments *arguments, const char *name, date absent,
                          date *day, struct error *error);

/* An option's value as a whole number from least to most; absent when it was not given. */
enum result argument_number(const struct arguments *arguments, const char *name, int64_t least,
                            int64_t most, int64_t absent, int64_t *number, struct error *error);

/* The word at a place as a whole number of 1 or more; what names it in the sentence. */
enum result argument_id(const struct arguments *arguments, size_t place, const char *what,
                        int64_t *id, struct error *error);

/* The word at a place; RESULT_USAGE naming what is missing when there are fewer. */
enum result argument_word(const struct arguments *arguments, size_t place, const char *what,
                          const char **word, struct error *error);

#endif
