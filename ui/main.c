#include "base/gettext.h"
#include "base/text.h"
#include "ui/command/command.h"
#include "ui/command/help.h"
#include "ui/language.h"
#include "ui/view/workstation.h"

#include <locale.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* $XDG_DATA_HOME/xinfeng/xinfeng.db, or its usual place; on the heap. */
static char *default_database(void) {
    const char *named = getenv("XINFENG_DB");
    if (named != NULL && named[0] != '\0') {
        return strdup(named);
    }
    const char *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    char *path = NULL;
    int length =
        data != NULL && data[0] == '/'
            ? asprintf(&path, "%s/xinfeng/xinfeng.db", data)
            : asprintf(&path, "%s/.local/share/xinfeng/xinfeng.db", home == NULL ? "." : home);
    return length < 0 ? NULL : path;
}

static const char *system_user(void) {
    const struct passwd *user = getpwuid(getuid());
    return user == NULL || user->pw_name[0] == '\0' ? "user" : user->pw_name;
}

/* Fills the session from the global options. */
static enum result make_session(struct session *session, const struct arguments *arguments,
                                char *database, struct error *error) {
    date today = DATE_NONE;
    const char *name = argument_text(arguments, "as");
    const char *given = argument_text(arguments, "db");
    *session = (struct session){
        .database = given == NULL ? database : given,
        .json = argument_flag(arguments, "json"),
        .quiet = argument_flag(arguments, "quiet"),
    };
    enum result code = argument_date(arguments, "today", DATE_NONE, &today, error);
    session->actor.clock = today == DATE_NONE ? clock_system() : clock_frozen(today);
    session->actor.name = name == NULL ? system_user() : name;
    if (code == RESULT_OK && name != NULL && text_blank(name)) {
        code = error_set(error, RESULT_USAGE, "%s", _("--as: give the name of who acts."));
    }
    return code;
}

static int finish(const struct session *session, enum result code, struct error *error) {
    if (fflush(stdout) != 0 && code == RESULT_OK) {
        code = error_from_errno(error, _("write"), _("standard output"));
    }
    if (code != RESULT_OK) {
        fprintf(stderr, "xinfeng: %s\n", error_sentence(error));
    }
    error_clear(error);
    return code == RESULT_OK && session->partial ? 1 : result_exit_status(code);
}

/* The index of the first word that is no global option: the command. */
static int command_place(int count, char **words) {
    for (int i = 1; i < count; i++) {
        if (strncmp(words[i], "--", 2) != 0) {
            return i;
        }
        for (const struct option *at = global_options; at->name != NULL; at++) {
            if (at->value != NULL && strcmp(words[i] + 2, at->name) == 0) {
                i++;
                break;
            }
        }
    }
    return count;
}

/* Runs the command whose words were taken apart; NULL: the workstation. */
static int run(const struct command *command, const struct arguments *arguments) {
    struct error error = ERROR_INIT;
    struct session session = {0};
    char *database = default_database();
    enum result code = database == NULL ? error_no_memory(&error)
                                        : make_session(&session, arguments, database, &error);
    if (code == RESULT_OK && command != NULL) {
        code = command->run(&session, arguments, &error);
    } else if (code == RESULT_OK) {
        code = session_store(&session, &error);
        code = code == RESULT_OK ? workstation_run(session.store, &session.actor, &error) : code;
    }
    store_close(session.store);
    int status = finish(&session, code, &error);
    free(database);
    return status;
}

int main(int count, char **words) {
    language_start();
    signal(SIGPIPE, SIG_IGN);
    struct error error = ERROR_INIT;
    struct session none = {0};
    struct arguments arguments;
    int place = command_place(count, words);
    const struct command *command = place < count ? command_find(words[place]) : NULL;
    if (place < count && command == NULL) {
        enum result code =
            error_set(&error, RESULT_USAGE,
                      _("There is no command \"%s\"; see \"xinfeng --help\"."), words[place]);
        return finish(&none, code, &error);
    }
    if (place < count) {
        /* The command's own word goes; options may stand before and behind it. */
        memmove(&words[place], &words[place + 1], (size_t)(count - place - 1) * sizeof(*words));
        count--;
    }
    enum result code =
        arguments_parse(&arguments, count - 1, words + 1, command == NULL ? NULL : command->options,
                        global_options, &error);
    const char *language = code == RESULT_OK ? argument_text(&arguments, "lang") : NULL;
    if (language != NULL && !language_choose(language)) {
        code = error_set(&error, RESULT_USAGE, _("--lang: \"%s\" is not known; it is zh or en."),
                         language);
    }
    if (code != RESULT_OK) {
        return finish(&none, code, &error);
    }
    if (argument_flag(&arguments, "version")) {
        puts("xinfeng " PACKAGE_VERSION);
        return 0;
    }
    bool screen = command == NULL && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    if (argument_flag(&arguments, "help") || (command == NULL && !screen)) {
        help_print(command);
        return 0;
    }
    return run(command, &arguments);
}
