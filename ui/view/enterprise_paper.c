#include "ui/view/enterprise_paper.h"

#include "base/gettext.h"
#include "report/explanation_sheet.h"
#include "report/reminder.h"
#include "ui/kit/prompt.h"
#include "ui/view/workstation.h"

#include <stdlib.h>

static enum result write_paper(const struct workstation *workstation, int64_t enterprise,
                               bool reminder, const char *folder, char **path,
                               struct error *error) {
    const struct paper_place place = {.folder = folder};
    size_t count = 0;
    return reminder ? reminder_write(workstation->store, &workstation->actor, enterprise, 0, &place,
                                     path, &count, error)
                    : explanation_sheet_write(workstation->store, &workstation->actor, enterprise,
                                              0, &place, path, error);
}

void enterprise_paper(struct screen *screen, int64_t enterprise, bool reminder) {
    struct prompt prompt = {.label = reminder ? _("Folder for the reminder:")
                                              : _("Folder for the explanation:"),
                            .initial = "out"};
    struct error error = ERROR_INIT;
    char *path = NULL;
    char *folder = prompt_text(screen, &prompt);
    if (folder == NULL) {
        return;
    }
    if (write_paper(screen_context(screen), enterprise, reminder, folder, &path, &error) !=
        RESULT_OK) {
        screen_error(screen, &error);
    } else if (reminder) {
        screen_message(screen, MESSAGE_INFO,
                       _("The reminder is %s; it carries neither score nor class."), path);
    } else {
        screen_message(screen, MESSAGE_INFO, _("The explanation is %s; it is internal."), path);
    }
    free(path);
    free(folder);
}
