#include "intake/kind_record.h"

#include "base/gettext.h"
#include "intake/taking.h"
#include "registry/fact_type.h"

#include <string.h>

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

/* How grave a result is, as facts of inspections are scored: the codes of domain and forms. */
static int32_t level_of(const char *result) {
    static const struct {
        const char *result;
        int32_t level;
    } levels[] = {{"未发现问题", 0},
                  {"未发现开展本次抽查涉及的经营活动", 0},
                  {"已关闭停业或正在组织清算", 0},
                  {"注销", 0},
                  {"迁出", 0},
                  {"未按规定公示应当公示的信息", 1},
                  {"发现问题已责令改正", 1},
                  {"发现问题待后续处理", 2},
                  {"通过登记的住所（经营场所）无法联系", 2},
                  {"公示信息隐瞒真实情况弄虚作假", 3},
                  {"不配合检查情节严重", 3},
                  {"被吊销", 3},
                  {"被撤销", 3}};
    for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
        if (strcmp(levels[i].result, result) == 0) {
            return levels[i].level;
        }
    }
    return FACT_NO_LEVEL;
}

/* The result is a fact too: told again it is the same one, by task and matter. */
static enum result after(struct taking *taking, enum save_outcome *outcome) {
    const struct record_value *values = taking->mapped->values;
    const char *matter = values[INSPECTION_RESULT_matter].text;
    struct fact fact =
        fact_make(FACT_TYPE_inspection, (date)values[INSPECTION_RESULT_completed_on].number);
    enum save_outcome told = SAVE_UNCHANGED;
    fact.level = level_of(values[INSPECTION_RESULT_result].text);
    fact.title = values[INSPECTION_RESULT_result].text;
    const char *key = arena_printf(taking->arena, "%s/%s", values[INSPECTION_RESULT_task].text,
                                   matter == NULL ? "" : matter);
    if (key == NULL) {
        return error_no_memory(taking->error);
    }
    enum result code = fact_writer_save(taking->loader->facts, taking->match.id, &fact, key,
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
