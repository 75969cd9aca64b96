#include "intake/kind_record.h"

#include "base/gettext.h"
#include "intake/taking.h"
#include "registry/inspection.h"

static const struct field fields[] = {
    {"name", N_("name"), SHAPE_NAME},
    {"uscc", N_("unified social credit code"), SHAPE_CODE},
    {"registration_number", N_("registration number"), SHAPE_CODE},
    {"task", N_("number of the task"), SHAPE_TEXT},
    {"matter", N_("matter"), SHAPE_TEXT},
    {"inspectors", N_("inspectors"), SHAPE_TEXT},
    {"completed_on", N_("completed on"), SHAPE_DATE},
    {"method", N_("method"), SHAPE_WORD},
    {"result", N_("result"), SHAPE_WORD},
    {"follow_up", N_("follow-up"), SHAPE_WORD},
    {"note", N_("note"), SHAPE_TEXT},
};

static const int columns[] = {NO_COLUMN,
                              NO_COLUMN,
                              NO_COLUMN,
                              INSPECTION_RESULT_task,
                              INSPECTION_RESULT_matter,
                              INSPECTION_RESULT_inspectors,
                              INSPECTION_RESULT_completed_on,
                              INSPECTION_RESULT_method,
                              INSPECTION_RESULT_result,
                              INSPECTION_RESULT_follow_up,
                              INSPECTION_RESULT_note};

/* A result of a plan has to fit that plan, which only who stands above knows. */
static enum result settle(struct taking *taking) {
    const struct import_judge *judge = taking->loader->judge;
    enum result code = judge == NULL ? RESULT_OK
                                     : judge->judge(judge->context, taking->mapped->values,
                                                    taking->arena, taking->error);
    if (code != RESULT_REFUSED && code != RESULT_USAGE) {
        return code;
    }
    code = taking_refuse(taking, REASON_plan,
                         arena_strdup(taking->arena, error_sentence(taking->error)));
    if (code == RESULT_OK) {
        error_clear(taking->error);
    }
    return code;
}

/* The result is a fact too. */
static enum result after(struct taking *taking, enum save_outcome *outcome) {
    enum save_outcome told = SAVE_UNCHANGED;
    enum result code = inspection_tell(taking->loader->facts, taking->mapped->values,
                                       &taking->loader->origin, &told, taking->error);
    if (code == RESULT_OK && *outcome == SAVE_UNCHANGED && told != SAVE_UNCHANGED) {
        *outcome = SAVE_UPDATED;
    }
    return code;
}

static const struct kind_record record = {
    .table = RECORD_INSPECTION_RESULT,
    .columns = columns,
    .enterprise = INSPECTION_RESULT_enterprise,
    .settle = settle,
    .after = after,
};

const struct kind kind_results = {
    .code = "results",
    .title = N_("Results of inspections"),
    .subject = true,
    .fields = fields,
    .field_count = sizeof(fields) / sizeof(fields[0]),
    .needed = 1 << 3 | 1 << 6 | 1 << 8, /* task, completed_on, result */
    .read = kind_record_read,
    .take = kind_record_take,
    .record = &record,
};
