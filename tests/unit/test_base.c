#include "unit/unit.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/text.h"
#include "base/uscc.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static void test_error_replaces_its_sentence(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    assert_int_equal(error_set(&error, RESULT_USAGE, "%s", "first"), RESULT_USAGE);
    assert_int_equal(error_set(&error, RESULT_BUSY, "then: %s", error_sentence(&error)),
                     RESULT_BUSY);
    assert_string_equal(error_sentence(&error), "then: first");
    assert_int_equal(result_exit_status(RESULT_BUSY), 5);
    error_clear(&error);
    assert_string_equal(error_sentence(&error), "");
}

static void test_date_accepts_only_real_days(void **state) {
    (void)state;
    assert_int_equal(date_parse("2024-02-29"), 20240229);
    assert_int_equal(date_parse("2023-02-29"), DATE_NONE);
    assert_int_equal(date_parse("2023-2-09"), DATE_NONE);
    assert_int_equal(date_parse("2023-02-0x"), DATE_NONE);
    assert_int_equal(date_parse_period("2026-10"), 20261001);
    assert_int_equal(date_parse_period("2026-13"), DATE_NONE);
    char text[DATE_TEXT_SIZE];
    assert_string_equal(date_format(20261122, text), "2026-11-22");
    assert_string_equal(date_format(DATE_NONE, text), "");
}

static void test_date_adds_and_subtracts_days(void **state) {
    (void)state;
    assert_int_equal(date_add_days(20240228, 1), 20240229);
    assert_int_equal(date_add_days(20231231, 1), 20240101);
    assert_int_equal(date_add_days(20240301, -1), 20240229);
    date day = 19991225;
    for (int i = 0; i < 20000; i++) {
        date next = date_add_days(day, 1);
        assert_true(date_valid(next));
        assert_int_equal(date_days_between(day, next), 1);
        day = next;
    }
    assert_int_equal(day, date_add_days(19991225, 20000));
}

static void test_months_count_a_short_months_last_day_as_reached(void **state) {
    (void)state;
    assert_int_equal(date_months_between(20250131, 20250228), 1);
    assert_int_equal(date_months_between(20250131, 20250227), 0);
    assert_int_equal(date_months_between(20240229, 20250228), 12);
    assert_int_equal(date_months_between(20250115, 20260114), 11);
    assert_int_equal(date_months_between(20250115, 20260115), 12);
    assert_int_equal(date_months_between(20261031, 20261031), 0);
}

static void test_text_is_measured_in_columns(void **state) {
    (void)state;
    assert_int_equal(text_width("abc"), 3);
    assert_int_equal(text_width("呼图壁"), 6);
    assert_int_equal(text_width("𠮷野"), 4);
    assert_int_equal(text_width("e\xcc\x81"), 1);
    int width = 0;
    assert_int_equal(text_fit("呼图壁", 9, 5, &width), 6);
    assert_int_equal(width, 4);
    assert_int_equal(text_width("\xff"), 1);
}

static void test_blanks_of_an_input_method_are_blanks(void **state) {
    (void)state;
    assert_true(text_blank(NULL));
    assert_true(text_blank(""));
    assert_true(text_blank(" \t\n\xe3\x80\x80 "));
    assert_false(text_blank("\xe3\x80\x80 x"));
    assert_false(text_blank("\xe3\x80\x81"));
    assert_false(text_blank("\xe3\x80"));
}

static void test_names_share_a_key(void **state) {
    (void)state;
    char *left = text_name_key("北京\xe3\x80\x80天达（集团）有限公司 ");
    char *right = text_name_key("北京天达(集团)有限公司");
    assert_string_equal(left, right);
    free(left);
    free(right);
    char *wide = text_normalise("\xef\xbc\xa1\xef\xbc\x91 \t b");
    assert_string_equal(wide, "A1 b");
    free(wide);
}

static void test_uscc_check_character(void **state) {
    (void)state;
    assert_true(uscc_valid("91350100M000100Y43"));
    assert_false(uscc_valid("91350100M000100Y44"));
    assert_false(uscc_valid("91350100M000100Y4"));
    assert_false(uscc_valid("91350100I000100Y43"));
    assert_int_equal(uscc_organisation_check("M000100Y"), '4');
}

static void test_digest_with_a_prefix_equals_one_shot(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    char hex[DIGEST_HEX_SIZE];
    assert_ok(digest_sha256_hex("abc", 3, hex, &error), &error);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    struct digest_prefix *prefix = digest_prefix_new("a", 1);
    for (int i = 0; i < 2; i++) {
        uint8_t digest[DIGEST_SIZE];
        char again[DIGEST_HEX_SIZE];
        assert_ok(digest_prefix_finish(prefix, "bc", 2, digest, &error), &error);
        digest_to_hex(digest, DIGEST_SIZE, again);
        assert_string_equal(hex, again);
    }
    digest_prefix_free(prefix);
}

static void test_clock_can_be_frozen(void **state) {
    (void)state;
    struct clock clock = clock_frozen(20261122);
    char text[CLOCK_TEXT_SIZE];
    assert_int_equal(clock_today(&clock), 20261122);
    assert_string_equal(clock_now(&clock, text), "2026-11-22T12:00:00+08:00");
    struct clock system = clock_system();
    assert_true(date_valid(clock_today(&system)));
    assert_int_equal(strlen(clock_now(&system, text)), 25);
}

static void test_arena_and_buffer_hold_what_they_are_given(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    char *large = arena_alloc(arena, 100000);
    memset(large, 'x', 100000);
    char *kept = arena_printf(arena, "%d-%s", 7, "七");
    for (int i = 0; i < 10000; i++) {
        assert_non_null(arena_strdup(arena, "filling"));
    }
    assert_string_equal(kept, "7-七");
    arena_reset(arena);
    assert_false(arena_failed(arena));
    assert_null(arena_alloc(arena, SIZE_MAX));
    assert_non_null(arena_alloc(arena, 1));
    assert_true(arena_failed(arena));
    arena_free(arena);
    struct buffer buffer = BUFFER_INIT;
    for (int i = 0; i < 100; i++) {
        buffer_printf(&buffer, "%d,", i);
    }
    buffer_append_char(&buffer, '.');
    assert_int_equal(buffer.length, 291);
    char *taken = buffer_take(&buffer);
    assert_non_null(strstr(taken, "98,99,."));
    free(taken);
}

/* The short way of common letters gives what the long one gives. */
static void test_common_letters_are_as_wide_as_the_tables_say(void **state) {
    (void)state;
    for (int32_t letter = 0x4DC0; letter < 0xA000; letter++) {
        char text[16];
        utf8proc_ssize_t length = utf8proc_encode_char(letter, (utf8proc_uint8_t *)text);
        text[length] = 'a';
        text[length + 1] = '\0';
        int width = 0;
        assert_int_equal(text_next_grapheme(text, (size_t)length + 1, &width), length);
        assert_int_equal(width, utf8proc_charwidth(letter));
    }
    int width = 0;
    assert_int_equal(text_next_grapheme("a\xcc\x81 b", 5, &width), 3); /* a letter with an accent */
    assert_int_equal(width, 1);
    assert_int_equal(text_next_grapheme("中\xcc\x81", 5, &width), 5);
    assert_int_equal(width, 2);
    assert_int_equal(text_next_grapheme("\xe4\xb8", 2, &width), 1); /* broken off */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_error_replaces_its_sentence),
        cmocka_unit_test(test_date_accepts_only_real_days),
        cmocka_unit_test(test_date_adds_and_subtracts_days),
        cmocka_unit_test(test_months_count_a_short_months_last_day_as_reached),
        cmocka_unit_test(test_text_is_measured_in_columns),
        cmocka_unit_test(test_blanks_of_an_input_method_are_blanks),
        cmocka_unit_test(test_names_share_a_key),
        cmocka_unit_test(test_uscc_check_character),
        cmocka_unit_test(test_digest_with_a_prefix_equals_one_shot),
        cmocka_unit_test(test_clock_can_be_frozen),
        cmocka_unit_test(test_arena_and_buffer_hold_what_they_are_given),
        cmocka_unit_test(test_common_letters_are_as_wide_as_the_tables_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
