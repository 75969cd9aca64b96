#include "base/progress.h"

#include "base/gettext.h"

#include <stddef.h>

enum result progress_step(const struct progress *progress, uint64_t done, uint64_t total,
                          struct error *error) {
    if (progress == NULL || progress->report(progress->context, done, total)) {
        return RESULT_OK;
    }
    return error_set(error, RESULT_CANCELLED, "%s", _("Stopped; nothing was changed."));
}
