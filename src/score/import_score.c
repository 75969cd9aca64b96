#include "score/import_score.h"

#include "score/period.h"

enum result import_and_score(struct store *store, const struct import_request *request,
                             struct import_report *report, const struct progress *progress,
                             struct error *error) {
    import_make_ready(store, request);
    enum result code = store_begin(store, error);
    if (code != RESULT_OK) {
        return code;
    }
    code = import_file(store, request, report, progress, error);
    bool taken = code == RESULT_OK;
    if (taken && !request->dry_run) {
        code = period_rescore(store, request->actor, report->changed, report->changed_count, error);
    }
    code = store_finish(store, code, error);
    if (taken && code != RESULT_OK) {
        import_report_free(report);
    }
    return code;
}
