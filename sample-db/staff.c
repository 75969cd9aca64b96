#include "sample-db/staff.h"

#include "embedded.h"
#include "registry/record.h"

#include <string.h>

#define STAFF_SOURCE "执法检查人员名录库"
#define MATTER_SOURCE "抽查事项清单"

/* Streams of the generator that no firm has. */
#define STREAM (UINT64_C(1) << 40)

#define AT_THE_BUREAU 12
#define AT_A_STATION 2
#define MATTER_CELLS 10

/* What filling the libraries holds. */
struct filling {
    const struct sample_setting *setting;
    struct save_origin origin;
    struct record_writer *inspectors;
    struct record_writer *recusals;
    struct record_writer *matters;
    struct arena *arena;
    uint32_t count; /* inspectors so far */
};

/* ---- matters --------------------------------------------------------------------------------- */

static struct record_value text_cell(const struct sample_table *table, size_t row, size_t column) {
    return (struct record_value){.text = sample_table_text(table, row, column)};
}

static struct record_value number_cell(const struct sample_table *table, size_t row,
                                       size_t column) {
    return (struct record_value){.number = sample_table_number(table, row, column)};
}

static enum result fill_matters(struct filling *filling, struct error *error) {
    struct sample_table table;
    enum result code = sample_table_read(&table, "sample-matters.tsv", embedded_sample_matters,
                                         MATTER_CELLS, filling->arena, error);
    filling->origin.source = MATTER_SOURCE;
    for (size_t row = 0; code == RESULT_OK && row < table.rows; row++) {
        enum save_outcome outcome;
        int64_t id = 0;
        const struct record_value values[MATTER_COLUMN_COUNT] = {
            [MATTER_code] = text_cell(&table, row, 0),
            [MATTER_category] = text_cell(&table, row, 1),
            [MATTER_title] = text_cell(&table, row, 2),
            [MATTER_basis] = text_cell(&table, row, 3),
            [MATTER_authority] = {.text = SAMPLE_AUTHORITY},
            [MATTER_object] = text_cell(&table, row, 4),
            [MATTER_content] = text_cell(&table, row, 5),
            [MATTER_methods] = text_cell(&table, row, 6),
            [MATTER_rate] = number_cell(&table, row, 7),
            [MATTER_times] = number_cell(&table, row, 8),
            [MATTER_staffing] = text_cell(&table, row, 9),
            [MATTER_state] = {.text = "有效"},
        };
        code = record_writer_save(filling->matters, values, &filling->origin, &outcome, &id, error);
    }
    return code;
}

/* ---- inspectors ------------------------------------------------------------------------------ */

/* Recuses an inspector from firm number `firm`, counted from 0 and around. */
static enum result recuse(struct filling *filling, struct sample_random *random, const char *number,
                          uint32_t firm, struct error *error) {
    static const char *const reasons[] = {"本人曾在该企业任职", "近亲属在该企业任职",
                                          "本人或者近亲属持有股份", "与经营者同住一处"};
    int64_t id = 0;
    enum save_outcome outcome;
    const struct record_value values[RECUSAL_COLUMN_COUNT] = {
        [RECUSAL_inspector] = {.text = number},
        [RECUSAL_enterprise] = {.number = 1 + firm % filling->setting->enterprises},
        [RECUSAL_reason] = {.text = reasons[sample_random_below(random, 4)]},
        [RECUSAL_from_day] = record_unknown(),
        [RECUSAL_to_day] = record_unknown(),
    };
    return record_writer_save(filling->recusals, values, &filling->origin, &outcome, &id, error);
}

/* One inspector: of the bureau, who goes anywhere, or of the station in charge of a place, who
 * stays there. Some certificates are over, and somebody is away. */
static enum result add_inspector(struct filling *filling, const struct sample_place *place,
                                 struct error *error) {
    static const char *const departments[] = {"信用监督管理股", "食品安全监督管理股",
                                              "特种设备安全监察股", "综合行政执法大队"};
    struct sample_random random;
    uint32_t number = ++filling->count;
    sample_random_start(&random, filling->setting->seed, STREAM + number);
    bool bureau = place == NULL;
    const char *surname = NULL;
    const char *code = arena_printf(filling->arena, "HTB-%03u", number);
    const char *name =
        sample_person_name(filling->setting->words, &random, filling->arena, &surname);
    date until = date_add_days(filling->setting->today,
                               number % 15 == 7 ? -sample_random_between(&random, 10, 200)
                                                : sample_random_between(&random, 120, 1600));
    int64_t id = 0;
    enum save_outcome outcome;
    const struct record_value values[INSPECTOR_COLUMN_COUNT] = {
        [INSPECTOR_number] = {.text = code},
        [INSPECTOR_name] = {.text = name},
        [INSPECTOR_gender] = {.text = sample_random_chance(&random, 2, 5) ? "女" : "男"},
        [INSPECTOR_certificate] = {.text = arena_printf(filling->arena, "新市监执%06u",
                                                        230000 + number * 17)},
        [INSPECTOR_certificate_until] = {.number = until},
        [INSPECTOR_department] = {.text = bureau ? departments[number % 4] : place->station},
        [INSPECTOR_region] = {.text = bureau ? NULL : place->code},
        [INSPECTOR_level] = {.text = bureau ? "县" : "所"},
        [INSPECTOR_matters] = record_unknown(),
        [INSPECTOR_qualifications] = {.text = "行政执法资格"},
        [INSPECTOR_expert] = {.number = bureau && number % 3 == 0},
        [INSPECTOR_state] = {.text = number % 17 == 16 ? "离岗" : "在岗"},
    };
    if (arena_failed(filling->arena)) {
        return error_no_memory(error);
    }
    enum result result =
        record_writer_save(filling->inspectors, values, &filling->origin, &outcome, &id, error);
    uint32_t firm = sample_random_below(&random, filling->setting->enterprises);
    for (uint32_t more = sample_random_below(&random, 3); result == RESULT_OK && more > 0; more--) {
        result = recuse(filling, &random, code, firm + more, error);
    }
    return result;
}

static enum result fill_inspectors(struct filling *filling, struct error *error) {
    const struct sample_words *words = filling->setting->words;
    enum result code = RESULT_OK;
    filling->origin.source = STAFF_SOURCE;
    for (int i = 0; code == RESULT_OK && i < AT_THE_BUREAU; i++) {
        code = add_inspector(filling, NULL, error);
    }
    for (size_t place = 0; place < words->place_count; place++) {
        for (int i = 0; code == RESULT_OK && i < AT_A_STATION; i++) {
            code = add_inspector(filling, &words->places[place], error);
        }
    }
    return code;
}

enum result sample_staff_fill(struct store *store, const struct sample_setting *setting,
                              const struct actor *actor, struct error *error) {
    struct filling filling = {
        .setting = setting, .origin = {.actor = actor, .bulk = true}, .arena = arena_new()};
    enum result code = filling.arena == NULL
                           ? error_no_memory(error)
                           : record_writer_new(&filling.matters, store, RECORD_MATTER, error);
    if (code == RESULT_OK) {
        code = record_writer_new(&filling.inspectors, store, RECORD_INSPECTOR, error);
    }
    if (code == RESULT_OK) {
        code = record_writer_new(&filling.recusals, store, RECORD_RECUSAL, error);
    }
    if (code == RESULT_OK) {
        code = fill_matters(&filling, error);
    }
    if (code == RESULT_OK) {
        code = fill_inspectors(&filling, error);
    }
    record_writer_free(filling.matters);
    record_writer_free(filling.inspectors);
    record_writer_free(filling.recusals);
    arena_free(filling.arena);
    return code;
}
