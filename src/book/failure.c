#include "book/failure.h"

#include "base/gettext.h"

#include <errno.h>

enum result book_failure(const char *folder, lxw_error failure, int number, struct error *error) {
    if (failure == LXW_NO_ERROR) {
        return RESULT_OK;
    }
    if (failure == LXW_ERROR_MEMORY_MALLOC_FAILED) {
        return error_no_memory(error);
    }
    if (number == ENOSPC || number == EDQUOT || number == EFBIG) {
        return error_set(error, RESULT_NO_SPACE,
                         _("There is no room left for the workbook in %s; free some space or "
                           "choose another folder."),
                         folder);
    }
    return error_set(error, RESULT_IO, _("Cannot write the workbook in %s: %s."), folder,
                     lxw_strerror(failure));
}
