/* The help of the command line, made from the tables of commands and options. */
#ifndef XINFENG_UI_COMMAND_HELP_H
#define XINFENG_UI_COMMAND_HELP_H

#include "ui/command/command.h"

/* The options every command takes. */
extern const struct option global_options[];

/* Prints the help of one command, or (NULL) of the program. */
void help_print(const struct command *command);

#endif
