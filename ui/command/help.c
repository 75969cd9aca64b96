#include "ui/command/help.h"

#include "base/gettext.h"
#include "base/text.h"
#include "ui/command/output.h"

#include <stdio.h>

const struct option global_options[] = {
    {"db", "FILE", N_("the database; $XINFENG_DB or the data folder's when not given")},
    {"as", "NAME", N_("who acts; the system's user when not given")},
    {"today", "YYYY-MM-DD", N_("the day taken for today")},
    {"lang", "zh|en", N_("the language")},
    {"json", NULL, N_("answer in JSON")},
    {"quiet", NULL, N_("say nothing when all went well")},
    {"version", NULL, N_("the version of the program")},
    {"help", NULL, N_("this help")},
    {NULL, NULL, NULL}};

/* "  --name VALUE" of an option. */
static void option_text(const struct option *option, char text[64]) {
    snprintf(text, 64, "  --%s%s%s", option->name, option->value == NULL ? "" : " ",
             option->value == NULL ? "" : option->value);
}

static void print_options(const struct option *options) {
    char left[64];
    int widest = 0;
    for (const struct option *at = options; at != NULL && at->name != NULL; at++) {
        option_text(at, left);
        widest = text_width(left) > widest ? text_width(left) : widest;
    }
    for (const struct option *at = options; at != NULL && at->name != NULL; at++) {
        option_text(at, left);
        output_cell(left, widest);
        output_line(" %s", _(at->help));
    }
}

void help_print(const struct command *command) {
    if (command != NULL) {
        output_line("xinfeng %s %s", command->name, command->usage);
        output_line("%s", _(command->summary));
        print_options(command->options);
    } else {
        output_line("%s", _("xinfeng [OPTIONS] [COMMAND]: without a command it opens the "
                            "workstation."));
        for (size_t i = 0; commands[i] != NULL; i++) {
            output_cell("", 0);
            output_cell(commands[i]->name, 14);
            output_line("%s", _(commands[i]->summary));
        }
    }
    output_line("%s", _("Options of every command:"));
    print_options(global_options);
}
