#include "unit/draw_sample.h"

#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

enum { SAMPLE_LIMIT = 20000 };

struct draw_unit sample_unit(size_t number, const char *region, char risk_class) {
    static char ids[SAMPLE_LIMIT][20];
    static const char *const grades[] = {"", "high", "low"};
    assert_true(number < SAMPLE_LIMIT);
    snprintf(ids[number], sizeof(ids[number]), "9165%014zu", number);
    const char *flags = number % 50 == 0 ? "key,triggered" : number % 10 == 0 ? "key" : "";
    return (struct draw_unit){.id = ids[number],
                              .region = region,
                              .grade = grades[number % 3],
                              .flags = flags,
                              .risk_class = risk_class};
}

struct draw_frame *sample_frame(size_t townships, const size_t sizes[][4]) {
    static char regions[64][32];
    struct draw_unit *units = calloc(SAMPLE_LIMIT, sizeof(*units));
    size_t count = 0;
    for (size_t t = 0; t < townships; t++) {
        snprintf(regions[t], sizeof(regions[t]), "乡%02zu", t);
        for (size_t c = 0; c < 4; c++) {
            for (size_t i = 0; i < sizes[t][c]; i++) {
                units[count] = sample_unit(count, regions[t], (char)('A' + c));
                count++;
            }
        }
    }
    struct error error = ERROR_INIT;
    struct draw_frame *frame = NULL;
    assert_ok(draw_frame_build(&frame, units, count, &error), &error);
    free(units);
    return frame;
}

#define RULE_BY_RATE(letter, p, q, least, most)                                                    \
    {                                                                                              \
        .risk_class = (letter), .grade = "", .rate = {(p), (q)}, .minimum = (least),               \
        .maximum = (most)                                                                          \
    }
#define RULE_BY_WEIGHT(letter, w)                                                                  \
    { .risk_class = (letter), .grade = "", .weight = (w) }

struct draw_measures sample_measures(enum sample_kind kind) {
    static const struct draw_rule rates[] = {RULE_BY_RATE('A', 1, 100, 0, DRAW_NO_MAXIMUM),
                                             RULE_BY_RATE('B', 5, 100, 0, DRAW_NO_MAXIMUM),
                                             RULE_BY_RATE('C', 1, 5, 0, DRAW_NO_MAXIMUM),
                                             RULE_BY_RATE('D', 1, 1, 0, DRAW_NO_MAXIMUM)};
    static const struct draw_rule bounds[] = {
        RULE_BY_RATE('A', 1, 100, 20, DRAW_NO_MAXIMUM), RULE_BY_RATE('B', 5, 100, 0, 9),
        RULE_BY_RATE('C', 1, 5, 500, 1000), RULE_BY_RATE('D', 1, 1, 0, DRAW_NO_MAXIMUM)};
    static const struct draw_rule grades[] = {
        RULE_BY_RATE('A', 1, 100, 0, DRAW_NO_MAXIMUM),
        RULE_BY_RATE('B', 5, 100, 0, DRAW_NO_MAXIMUM),
        {.risk_class = 'B', .grade = "high", .rate = {1, 3}, .maximum = DRAW_NO_MAXIMUM},
        RULE_BY_RATE('C', 1, 5, 0, DRAW_NO_MAXIMUM),
        RULE_BY_RATE('D', 1, 1, 0, DRAW_NO_MAXIMUM)};
    static const struct draw_rule weights[] = {RULE_BY_WEIGHT('A', 1), RULE_BY_WEIGHT('B', 5),
                                               RULE_BY_WEIGHT('C', 20), RULE_BY_WEIGHT('D', 100)};
    static const struct draw_rule certain[] = {RULE_BY_WEIGHT('A', 1),
                                               RULE_BY_WEIGHT('B', 5),
                                               RULE_BY_WEIGHT('C', 20),
                                               {.risk_class = 'D', .grade = "", .certain = true}};
    static const char *const flags[] = {"triggered"};
    static const struct draw_measures kinds[SAMPLE_KINDS] = {
        [SAMPLE_UNBIASED] = {.rules = rates, .rule_count = 4},
        [SAMPLE_CEIL] = {.rounding = DRAW_ROUNDING_CEIL, .rules = rates, .rule_count = 4},
        [SAMPLE_TOTAL] = {.mode = DRAW_MODE_TOTAL,
                          .total = 60,
                          .stratum_minimum = 1,
                          .stratum_maximum = DRAW_NO_MAXIMUM,
                          .rules = weights,
                          .rule_count = 4},
        [SAMPLE_BOUNDS] = {.rules = bounds,
                           .rule_count = 4,
                           .certain_flags = flags,
                           .certain_flag_count = 1},
        [SAMPLE_GRADES] = {.by_grade = true,
                           .rounding = DRAW_ROUNDING_CEIL,
                           .rules = grades,
                           .rule_count = 5,
                           .certain_flags = flags,
                           .certain_flag_count = 1},
        [SAMPLE_TOTAL_CERTAIN] = {.mode = DRAW_MODE_TOTAL,
                                  .total = 70,
                                  .stratum_maximum = 12,
                                  .by_grade = true,
                                  .rules = certain,
                                  .rule_count = 4,
                                  .certain_flags = flags,
                                  .certain_flag_count = 1},
    };
    return kinds[kind];
}

struct draw_result *sample_run(const struct draw_frame *frame, const struct draw_measures *measures,
                               const struct draw_extra *extras, size_t extra_count) {
    struct error error = ERROR_INIT;
    struct draw_result *result = NULL;
    struct draw_request request = {.frame = frame,
                                   .measures = measures,
                                   .draw_id = SAMPLE_DRAW_ID,
                                   .seed = SAMPLE_SEED,
                                   .extras = extras,
                                   .extra_count = extra_count};
    assert_ok(draw_run(&result, &request, &error), &error);
    return result;
}

struct draw_record *sample_record(const struct draw_frame *frame,
                                  const struct draw_measures *measures,
                                  const struct draw_extra *extras, size_t extra_count) {
    static const struct draw_record_exclusion excluded[] = {{"annual-cap", 3}, {"inactive", 12}};
    struct error error = ERROR_INIT;
    struct draw_result *result = sample_run(frame, measures, extras, extra_count);
    struct draw_record *record = draw_record_new();
    assert_non_null(record);
    assert_ok(draw_record_fill(record, frame, measures, result, &error), &error);
    draw_result_free(result);
    record->number = "2026-004";
    record->title = "2026年第四季度“双随机”抽查";
    record->draw_id = SAMPLE_DRAW_ID;
    record->seed = SAMPLE_SEED;
    record->seed_source = "ten-sided dice";
    record->frame_file = "2026-004.frame.tsv";
    record->excluded = excluded;
    record->excluded_count = sizeof(excluded) / sizeof(excluded[0]);
    for (size_t i = 0; i < record->unit_count; i++) {
        record->units[i].name = i % 2 == 0 ? "某某商贸有限公司" : "A \"B\" \\ C/D";
    }
    assert_ok(draw_record_seal(record, &error), &error);
    return record;
}
