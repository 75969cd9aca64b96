#include "unit/unit.h"

#include "draw/record.h"
#include "draw/record_parse.h"
#include "draw/verify.h"
#include "unit/draw_sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const size_t county[][4] = {
    {160, 90, 30, 6}, {50, 40, 12, 2}, {300, 120, 1, 0}, {7, 3, 2, 1}};
static const size_t hamlet[][4] = {{6, 3, 2, 1}, {5, 0, 0, 0}};

/* A record's file and its frame's. */
struct proof {
    struct draw_frame *frame;
    struct draw_record *record;
    char *text;
    size_t length;
    const char *frame_text;
    size_t frame_length;
};

static struct proof make_proof(size_t townships, const size_t sizes[][4],
                               const struct draw_measures *measures,
                               const struct draw_extra *extras, size_t extra_count) {
    struct error error = ERROR_INIT;
    struct proof proof = {.frame = sample_frame(townships, sizes)};
    proof.record = sample_record(proof.frame, measures, extras, extra_count);
    assert_ok(draw_record_write(&proof.text, proof.record, &error), &error);
    proof.length = strlen(proof.text);
    proof.frame_text = draw_frame_text(proof.frame, &proof.frame_length);
    return proof;
}

static void free_proof(struct proof *proof) {
    free(proof->text);
    draw_record_free(proof->record);
    draw_frame_free(proof->frame);
}

/* Verifying must fail, with this word in the sentence. */
static void assert_differs(const struct proof *proof, const char *word) {
    struct error error = ERROR_INIT;
    assert_int_equal(draw_verify(proof->record, proof->frame_text, proof->frame_length, &error),
                     RESULT_MISMATCH);
    if (strstr(error_sentence(&error), word) == NULL) {
        fail_msg("\"%s\" is not in: %s", word, error_sentence(&error));
    }
    error_clear(&error);
}

/* Where DRAW_KEEP names a folder, leaves the files there for tests/flow/verify_script.py. */
static void keep_files(const struct proof *proof, int kind) {
    const char *folder = getenv("DRAW_KEEP");
    if (folder == NULL) {
        return;
    }
    char path[512];
    snprintf(path, sizeof(path), "%s/%d.draw.json", folder, kind);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fwrite(proof->text, 1, proof->length, file);
    fclose(file);
    snprintf(path, sizeof(path), "%s/%d.frame.tsv", folder, kind);
    file = fopen(path, "wb");
    assert_non_null(file);
    fwrite(proof->frame_text, 1, proof->frame_length, file);
    fclose(file);
}

static void test_a_true_record_verifies(void **state) {
    (void)state;
    static const struct draw_extra extras[] = {{"乡00/B", DRAW_METHOD_REPLACEMENT},
                                               {"乡00/B", DRAW_METHOD_EXTENSION}};
    for (int kind = 0; kind < SAMPLE_KINDS; kind++) {
        struct error error = ERROR_INIT;
        struct draw_measures measures = sample_measures((enum sample_kind)kind);
        struct proof proof = make_proof(4, county, &measures, extras, measures.by_grade ? 0 : 2);
        keep_files(&proof, kind);
        assert_ok(draw_verify_text(proof.text, proof.length, proof.frame_text, proof.frame_length,
                                   &error),
                  &error);
        struct draw_record *again = NULL;
        assert_ok(draw_record_parse(&again, proof.text, proof.length, &error), &error);
        char *text = NULL;
        assert_ok(draw_record_write(&text, again, &error), &error);
        assert_string_equal(text, proof.text);
        free(text);
        draw_record_free(again);
        free_proof(&proof);
    }
}

/* Puts value in the place of *field, seals the record so that its own digest is right, and looks
 * whether the difference is still found and named. */
#define ASSERT_FORGERY(proof, field, value, word)                                                  \
    do {                                                                                           \
        struct error forgery_error = ERROR_INIT;                                                   \
        __typeof__(field) kept = (field);                                                          \
        (field) = (value);                                                                         \
        assert_ok(draw_record_seal((proof)->record, &forgery_error), &forgery_error);              \
        assert_differs((proof), (word));                                                           \
        (field) = kept;                                                                            \
    } while (0)

static void test_a_resealed_forgery_is_named(void **state) {
    (void)state;
    struct draw_measures measures = sample_measures(SAMPLE_BOUNDS);
    struct proof proof = make_proof(4, county, &measures, NULL, 0);
    struct draw_record *record = proof.record;
    ASSERT_FORGERY(&proof, record->frame_digest, record->measures_digest, "digest");
    ASSERT_FORGERY(&proof, record->measures_digest, record->frame_digest, "measures");
    ASSERT_FORGERY(&proof, record->seed, "01382438112797316655", "Stratum");
    ASSERT_FORGERY(&proof, record->draw_id, "2026-Q4-other", "Stratum");
    ASSERT_FORGERY(&proof, record->measures.rounding, DRAW_ROUNDING_CEIL, "measures");
    ASSERT_FORGERY(&proof, record->strata[3].drawn, record->strata[3].drawn + 1, "drawn");
    ASSERT_FORGERY(&proof, record->strata[3].population, 999u, "population");
    ASSERT_FORGERY(&proof, record->strata[3].code, "x/A", "x/A");
    ASSERT_FORGERY(&proof, record->strata[3].code, "", "Next stratum");
    ASSERT_FORGERY(&proof, record->strata[3].cutoff_ticket, "00", "cutoff_ticket");
    ASSERT_FORGERY(&proof, record->strata[3].rate.num, 7u, "rate");
    ASSERT_FORGERY(&proof, record->strata[3].certain, !record->strata[3].certain, "certain");
    ASSERT_FORGERY(&proof, record->strata[3].region, "", "region");
    ASSERT_FORGERY(&proof, record->strata[3].grade, "x", "grade");
    ASSERT_FORGERY(&proof, record->strata[3].risk_class, 'Z', "class");
    ASSERT_FORGERY(&proof, record->stratum_count, record->stratum_count - 1, "nothing");
    ASSERT_FORGERY(&proof, record->units[5].id, record->units[6].id, record->units[5].id);
    ASSERT_FORGERY(&proof, record->units[5].rank, 77u, "rank");
    ASSERT_FORGERY(&proof, record->units[5].ticket, record->units[4].ticket, "ticket");
    ASSERT_FORGERY(&proof, record->units[5].risk_class, 'Z', "class");
    ASSERT_FORGERY(&proof, record->units[5].stratum, "x/A", "stratum");
    ASSERT_FORGERY(&proof, record->units[5].method, DRAW_METHOD_EXTENSION, "no unit left");
    ASSERT_FORGERY(&proof, record->unit_count, record->unit_count - 1, "nothing");
    free_proof(&proof);
}

static void test_changed_texts_are_named(void **state) {
    (void)state;
    struct draw_measures measures = sample_measures(SAMPLE_TOTAL);
    struct proof proof = make_proof(4, county, &measures, NULL, 0);
    struct draw_record *record = proof.record;
    const char **texts[] = {&record->title,      &record->number,        &record->seed_source,
                            &record->frame_file, &record->units[2].name, &record->roster_digest};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        const char *kept = *texts[i];
        *texts[i] = "other";
        assert_differs(&proof, "digest");
        *texts[i] = kept;
    }
    record->excluded_count--;
    assert_differs(&proof, "digest");
    free_proof(&proof);
}

static void test_another_frame_is_explained(void **state) {
    (void)state;
    struct draw_measures measures = sample_measures(SAMPLE_CEIL);
    struct proof proof = make_proof(2, hamlet, &measures, NULL, 0);
    char *text = strdup(proof.frame_text);
    const char *whole = proof.frame_text;
    proof.frame_text = text;
    char *second = strchr(text, '\n') + 1;
    char *third = strchr(second, '\n') + 1;

    proof.frame_length = (size_t)(third - text);
    assert_differs(&proof, "is not in it");
    proof.frame_length = strlen(whole);
    text[0] = 'Z';
    assert_differs(&proof, "Line 2");
    text[0] = whole[0];
    second[-1] = ' ';
    assert_differs(&proof, "Line 1");
    second[-1] = '\n';
    char *letter = strstr(text, "\tB\t");
    letter[1] = 'A';
    assert_differs(&proof, "units in stratum");
    letter[1] = 'B';
    char *flags = strstr(text, "key,triggered");
    flags[0] = 'K';
    assert_differs(&proof, "digest");
    flags[0] = 'k';
    assert_string_equal(text, whole);
    free(text);
    free_proof(&proof);
}

/* Every byte of both files changed in several ways: never a crash, never silence. */
static void flip_every_byte(const struct proof *proof, char *bytes, size_t length,
                            const struct proof *changed) {
    static const unsigned char masks[] = {0x01, 0x20, 0x80};
    for (size_t i = 0; i < length; i++) {
        for (size_t m = 0; m < sizeof(masks); m++) {
            struct error error = ERROR_INIT;
            char kept = bytes[i];
            bytes[i] = (char)((unsigned char)kept ^ masks[m]);
            enum result code = draw_verify_text(changed->text, proof->length, changed->frame_text,
                                                proof->frame_length, &error);
            if ((code != RESULT_MISMATCH && code != RESULT_INVALID) ||
                error_sentence(&error)[0] == '\0') {
                fail_msg("byte %zu ^ %02x: %s", i, masks[m], error_sentence(&error));
            }
            error_clear(&error);
            bytes[i] = kept;
        }
    }
}

static void test_every_byte_counts(void **state) {
    (void)state;
    static const enum sample_kind kinds[] = {SAMPLE_GRADES, SAMPLE_TOTAL, SAMPLE_BOUNDS};
    for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
        struct draw_measures measures = sample_measures(kinds[k]);
        measures.total = 10;
        struct proof proof = make_proof(2, hamlet, &measures, NULL, 0);
        char *frame_text = strdup(proof.frame_text);
        struct proof changed = proof;
        changed.frame_text = frame_text;
        flip_every_byte(&proof, proof.text, proof.length, &proof);
        flip_every_byte(&proof, frame_text, proof.frame_length, &changed);
        free(frame_text);
        free_proof(&proof);
    }
}

/* Cut anywhere, or with a byte more, neither file passes. */
static void test_no_byte_less_and_none_more(void **state) {
    (void)state;
    struct draw_measures measures = sample_measures(SAMPLE_UNBIASED);
    struct proof proof = make_proof(2, hamlet, &measures, NULL, 0);
    struct error error = ERROR_INIT;
    for (size_t length = 0; length < proof.length; length++) {
        assert_int_not_equal(
            draw_verify_text(proof.text, length, proof.frame_text, proof.frame_length, &error),
            RESULT_OK);
    }
    for (size_t length = 0; length < proof.frame_length; length++) {
        assert_int_not_equal(
            draw_verify_text(proof.text, proof.length, proof.frame_text, length, &error),
            RESULT_OK);
    }
    char *more = NULL;
    assert_true(asprintf(&more, "%s\n", proof.text) > 0);
    assert_int_equal(
        draw_verify_text(more, proof.length + 1, proof.frame_text, proof.frame_length, &error),
        RESULT_MISMATCH);
    free(more);
    error_clear(&error);
    free_proof(&proof);
}

static void test_records_are_read_strictly(void **state) {
    (void)state;
    static const struct {
        const char *text;
        const char *word;
    } wrong[] = {
        {"", "JSON"},
        {"[]", "object"},
        {"{\"format\": \"xinfeng-draw/1\", \"format\": \"xinfeng-draw/1\"}", "JSON"},
        {"{\"format\": \"xinfeng-draw/2\"}", "format"},
        {"{\"format\": \"xinfeng-draw/1\", \"extra\": 1}", "extra"},
        {"{\"format\": \"xinfeng-draw/1\", \"number\": 5}", "number"},
        {"{\"format\": \"xinfeng-draw/1\", \"number\": \"a\\nb\"}", "number"},
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct error error = ERROR_INIT;
        struct draw_record *record = NULL;
        assert_int_equal(draw_record_parse(&record, wrong[i].text, strlen(wrong[i].text), &error),
                         RESULT_INVALID);
        assert_null(record);
        assert_non_null(strstr(error_sentence(&error), wrong[i].word));
        error_clear(&error);
    }
}

static void test_texts_that_are_not_plain_are_not_written(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    struct draw_measures measures = sample_measures(SAMPLE_UNBIASED);
    struct proof proof = make_proof(2, hamlet, &measures, NULL, 0);
    char *text = NULL;
    proof.record->title = "two\nlines";
    assert_int_equal(draw_record_write(&text, proof.record, &error), RESULT_INVALID);
    assert_non_null(strstr(error_sentence(&error), "title"));
    proof.record->title = "";
    proof.record->units[0].name = "\xff";
    assert_int_equal(draw_record_seal(proof.record, &error), RESULT_INVALID);
    assert_null(text);
    error_clear(&error);
    free_proof(&proof);
}

/* The digest of the measures is over a text that anyone can write down. */
static void test_measures_have_one_canonical_text(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    static const struct draw_rule rule = {
        .risk_class = 'A', .grade = "", .rate = {1, 100}, .maximum = DRAW_NO_MAXIMUM};
    struct draw_measures measures = {.rules = &rule, .rule_count = 1};
    static const char text[] =
        "{\"by_grade\":false,\"certain_flags\":[],\"classes\":[{\"class\":\"A\",\"grade\":\"\","
        "\"maximum\":null,\"minimum\":0,\"rate\":{\"den\":100,\"num\":1}}],\"mode\":\"rate\","
        "\"rounding\":\"unbiased\"}";
    char expected[DIGEST_HEX_SIZE];
    char hex[DIGEST_HEX_SIZE];
    assert_ok(digest_sha256_hex(text, strlen(text), expected, &error), &error);
    assert_ok(draw_measures_digest(&measures, hex, &error), &error);
    assert_string_equal(hex, expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_true_record_verifies),
        cmocka_unit_test(test_a_resealed_forgery_is_named),
        cmocka_unit_test(test_changed_texts_are_named),
        cmocka_unit_test(test_another_frame_is_explained),
        cmocka_unit_test(test_every_byte_counts),
        cmocka_unit_test(test_no_byte_less_and_none_more),
        cmocka_unit_test(test_records_are_read_strictly),
        cmocka_unit_test(test_texts_that_are_not_plain_are_not_written),
        cmocka_unit_test(test_measures_have_one_canonical_text),
    };
    return cmocka_run_group_tests_name("draw_proof", tests, NULL, NULL);
}
