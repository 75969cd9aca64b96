/* Drawing more later: draw/extend.h. */
#include "draw/extend.h"
#include "unit/draw_sample.h"
#include "unit/unit.h"

#include <string.h>

static struct error error = ERROR_INIT;

/* Units of each stratum of a draw, by the order of the strata. */
static void count_strata(const struct draw_result *drawn, size_t counts[], size_t most) {
    memset(counts, 0, most * sizeof(*counts));
    for (size_t i = 0; i < drawn->count; i++) {
        counts[drawn->picks[i].stratum]++;
    }
}

/* Draws n of a frame in total mode, then `by` more, and gives the units of each stratum. */
static void draw_and_extend(const struct draw_frame *frame, struct draw_measures *measures,
                            uint64_t by, size_t counts[], size_t most) {
    struct draw_extra extras[64];
    struct draw_result *drawn = sample_run(frame, measures, NULL, 0);
    const struct draw_extension extension = {.by = by};
    assert_ok(draw_extend(drawn, measures, &extension, extras, &error), &error);
    struct draw_result *more = sample_run(frame, measures, extras, by);
    assert_int_equal(more->count, drawn->count + by);
    count_strata(more, counts, most);
    draw_result_free(more);
    draw_result_free(drawn);
}

/* draw.md, vector 2: sizes 6/6/2 of equal weight give 5/4/1 for 10 and 5/5/1 for 11. */
static void extending_by_one_gives_what_drawing_one_more_gives(void **state) {
    static const size_t sizes[][4] = {{6, 0, 0, 0}, {6, 0, 0, 0}, {2, 0, 0, 0}};
    struct draw_rule rules[] = {{.risk_class = 'A', .grade = "", .weight = 1}};
    struct draw_measures measures = {.mode = DRAW_MODE_TOTAL,
                                     .total = 10,
                                     .stratum_maximum = DRAW_NO_MAXIMUM,
                                     .rules = rules,
                                     .rule_count = 1};
    struct draw_frame *frame = sample_frame(3, sizes);
    size_t counts[3];
    (void)state;
    struct draw_result *ten = sample_run(frame, &measures, NULL, 0);
    count_strata(ten, counts, 3);
    assert_int_equal(counts[0] * 100 + counts[1] * 10 + counts[2], 541);
    draw_result_free(ten);
    draw_and_extend(frame, &measures, 1, counts, 3);
    assert_int_equal(counts[0] * 100 + counts[1] * 10 + counts[2], 551);
    draw_frame_free(frame);
}

/* The rule is the one that shares out a total, so a total reached in two steps is shared alike. */
static void a_total_reached_in_two_steps_is_shared_alike(void **state) {
    static const size_t sizes[][4] = {{90, 40, 9, 3}, {70, 31, 8, 2}, {13, 7, 2, 1}};
    struct draw_frame *frame = sample_frame(3, sizes);
    (void)state;
    for (uint64_t total = 20; total <= 60; total += 5) {
        struct draw_measures measures = sample_measures(SAMPLE_TOTAL);
        size_t stepwise[16];
        size_t at_once[16];
        measures.total = total;
        measures.stratum_minimum = 0;
        draw_and_extend(frame, &measures, 17, stepwise, 16);
        measures.total = total + 17;
        struct draw_result *drawn = sample_run(frame, &measures, NULL, 0);
        count_strata(drawn, at_once, 16);
        draw_result_free(drawn);
        assert_memory_equal(stepwise, at_once, sizeof(at_once));
    }
    draw_frame_free(frame);
}

static void one_class_or_one_stratum_alone_can_be_extended(void **state) {
    static const size_t sizes[][4] = {{90, 40, 9, 3}, {70, 31, 8, 2}};
    const struct draw_measures measures = sample_measures(SAMPLE_UNBIASED);
    struct draw_frame *frame = sample_frame(2, sizes);
    struct draw_result *drawn = sample_run(frame, &measures, NULL, 0);
    struct draw_extra extras[64];
    (void)state;
    const struct draw_extension of_class = {.risk_class = 'B', .by = 12};
    assert_ok(draw_extend(drawn, &measures, &of_class, extras, &error), &error);
    for (size_t i = 0; i < 12; i++) {
        assert_non_null(strstr(extras[i].stratum, "/B"));
        assert_int_equal(extras[i].method, DRAW_METHOD_EXTENSION);
    }
    const char *code = drawn->strata->items[0].code;
    const struct draw_extension of_stratum = {.stratum = code, .by = 3};
    assert_ok(draw_extend(drawn, &measures, &of_stratum, extras, &error), &error);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(extras[i].stratum, code);
    }
    draw_result_free(drawn);
    draw_frame_free(frame);
}

static void what_is_not_left_cannot_be_drawn(void **state) {
    static const size_t sizes[][4] = {{9, 4, 3, 2}};
    const struct draw_measures measures = sample_measures(SAMPLE_UNBIASED);
    struct draw_frame *frame = sample_frame(1, sizes);
    struct draw_result *drawn = sample_run(frame, &measures, NULL, 0);
    struct draw_extra extras[64];
    const struct draw_extension unknown = {.stratum = "nowhere/A", .by = 1};
    const struct draw_extension whole = {.risk_class = 'D', .by = 1}; /* drawn by certainty */
    const struct draw_extension many = {.risk_class = 'A', .by = 10};
    (void)state;
    assert_int_equal(draw_extend(drawn, &measures, &unknown, extras, &error), RESULT_USAGE);
    error_clear(&error);
    assert_int_equal(draw_extend(drawn, &measures, &whole, extras, &error), RESULT_USAGE);
    error_clear(&error);
    assert_int_equal(draw_extend(drawn, &measures, &many, extras, &error), RESULT_USAGE);
    assert_non_null(strstr(error_sentence(&error), "not 10"));
    error_clear(&error);
    draw_result_free(drawn);
    draw_frame_free(frame);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(extending_by_one_gives_what_drawing_one_more_gives),
        cmocka_unit_test(a_total_reached_in_two_steps_is_shared_alike),
        cmocka_unit_test(one_class_or_one_stratum_alone_can_be_extended),
        cmocka_unit_test(what_is_not_left_cannot_be_drawn),
    };
    return cmocka_run_group_tests_name("extend", tests, NULL, NULL);
}
