#include "ui/language.h"

#include "ui/kit/terminal.h"

#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Binds to po/locale beside the program when that is there: a program run where it was built. */
static void bind_translations(void) {
    char program[PATH_MAX];
    char folder[PATH_MAX + 16];
    struct stat status;
    ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);
    const char *found = LOCALEDIR;
    if (length > 0) {
        program[length] = '\0';
        *(strrchr(program, '/') + 1) = '\0';
        snprintf(folder, sizeof(folder), "%spo/locale", program);
        if (stat(folder, &status) == 0 && S_ISDIR(status.st_mode)) {
            found = folder;
        }
    }
    bindtextdomain("xinfeng", found);
    bind_textdomain_codeset("xinfeng", "UTF-8");
    textdomain("xinfeng");
}

/* What the environment asks for; NULL when it says nothing (C, POSIX, C.UTF-8 or unset). */
static const char *asked_language(void) {
    static const char *const names[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *value = getenv(names[i]);
        if (value == NULL || value[0] == '\0') {
            continue;
        }
        bool silent = value[0] == 'C' || strcmp(value, "POSIX") == 0;
        return silent ? NULL : value;
    }
    return NULL;
}

void language_start(void) {
    terminal_set_locale();
    setlocale(LC_NUMERIC, "C");
    const char *messages = setlocale(LC_MESSAGES, NULL);
    if (messages == NULL || strcmp(messages, "C") == 0 || strcmp(messages, "POSIX") == 0) {
        setlocale(LC_MESSAGES, "C.UTF-8"); /* gettext translates only outside of plain C */
    }
    const char *asked = asked_language();
    bind_translations();
    language_choose(asked == NULL || strncmp(asked, "zh", 2) == 0 ? "zh" : "en");
}

bool language_choose(const char *language) {
    bool chinese = strncmp(language, "zh", 2) == 0;
    if (!chinese && strncmp(language, "en", 2) != 0) {
        return false;
    }
    setenv("LANGUAGE", chinese ? "zh_CN" : "en", 1);
    extern int _nl_msg_cat_cntr; /* tells gettext that LANGUAGE changed */
    _nl_msg_cat_cntr++;
    return true;
}
