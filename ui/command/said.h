/* What the words of a command say of a file's columns; shared by import and preview. */
#ifndef XINFENG_UI_COMMAND_SAID_H
#define XINFENG_UI_COMMAND_SAID_H

#include "intake/kind.h"
#include "intake/said.h"
#include "ui/command/arguments.h"

/* Room for what --column words hold. */
struct said_words {
    char texts[ARGUMENTS_MOST][256];
    struct said_column columns[ARGUMENTS_MOST];
};

/* The kind of a word; RESULT_USAGE naming the kinds there are. */
enum result said_read_kind(const char *word, enum import_kind *kind, struct error *error);

/* Reads --map, --type and every --column HEADER=FIELD; said borrows from words. */
enum result said_read(const struct arguments *arguments, struct said_words *words,
                      struct said *said, struct error *error);

#endif
