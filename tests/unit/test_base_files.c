/* What base does with files that are large: pieces put aside and read back, digests taken in a
 * thread of their own. */
#include "unit/scratch.h"

#include "base/digest_job.h"
#include "base/spill.h"
#include "unit/random.h"

#define PARTS 5

static struct error error = ERROR_INIT;

/* A piece as the test puts it: its number, how long it is, and that many bytes of its own. */
struct piece {
    uint32_t number;
    uint32_t length;
};

static void fill_body(unsigned char *body, const struct piece *piece) {
    for (uint32_t i = 0; i < piece->length; i++) {
        body[i] = (unsigned char)(piece->number * 31 + i);
    }
}

/* Checks that the bytes of a part are whole pieces, and notes which. */
static void check_part(const struct buffer *bytes, size_t part, bool *seen, unsigned char *body) {
    for (size_t at = 0; at < bytes->length;) {
        struct piece piece;
        memcpy(&piece, bytes->data + at, sizeof(piece));
        assert_int_equal(piece.number % PARTS, part);
        assert_false(seen[piece.number]);
        seen[piece.number] = true;
        fill_body(body, &piece);
        assert_memory_equal(bytes->data + at + sizeof(piece), body, piece.length);
        at += sizeof(piece) + piece.length;
    }
}

/* Pieces of all sizes, beyond what a lane holds too, come back whole, each once. */
static void spilled_pieces_come_back_whole(void **state) {
    (void)state;
    enum { PIECES = 3000, LONGEST = 200000 };
    struct spill *spill = NULL;
    struct spill_lane *lanes[2];
    static bool seen[PIECES];
    random_state random = 11;
    unsigned char *body = malloc(LONGEST);
    memset(seen, 0, sizeof(seen));
    assert_ok(spill_new(&spill, scratch_path("spill"), PARTS, &error), &error);
    for (int i = 0; i < 2; i++) {
        lanes[i] = spill_lane_new(spill);
        assert_non_null(lanes[i]);
    }
    for (uint32_t i = 0; i < PIECES; i++) {
        uint32_t most = i % 100 == 0 ? LONGEST : 400;
        struct piece piece = {i, (uint32_t)random_between(&random, 0, (int)most)};
        fill_body(body, &piece);
        assert_ok(
            spill_put(lanes[i % 2], i % PARTS, &piece, sizeof(piece), body, piece.length, &error),
            &error);
    }
    assert_ok(spill_flush(spill, &error), &error);
    struct buffer bytes = BUFFER_INIT;
    for (size_t part = 0; part < PARTS; part++) {
        assert_ok(spill_load(spill, part, &bytes, &error), &error);
        assert_int_equal(bytes.length, spill_size(spill, part));
        check_part(&bytes, part, seen, body);
    }
    for (size_t i = 0; i < PIECES; i++) {
        assert_true(seen[i]);
    }
    buffer_free(&bytes);
    spill_free(spill);
    free(body);
}

static void a_digest_in_a_thread_is_the_digest_of_the_file(void **state) {
    (void)state;
    enum { LENGTH = 3000000 };
    char *bytes = malloc(LENGTH);
    for (size_t i = 0; i < LENGTH; i++) {
        bytes[i] = (char)(i * 7 % 251);
    }
    char here[DIGEST_HEX_SIZE];
    char there[DIGEST_HEX_SIZE];
    assert_ok(digest_sha256_hex(bytes, LENGTH, here, &error), &error);
    struct digest_job *job = digest_job_start(scratch_write("large", bytes, LENGTH));
    assert_ok(digest_job_finish(job, there, &error), &error);
    assert_string_equal(here, there);
    digest_job_free(job);
    free(bytes);
}

static void a_digest_of_a_file_that_is_not_there_says_so(void **state) {
    (void)state;
    char hex[DIGEST_HEX_SIZE];
    struct digest_job *job = digest_job_start(scratch_path("nowhere"));
    assert_int_equal(digest_job_finish(job, hex, &error), RESULT_NOT_FOUND);
    assert_non_null(strstr(error_sentence(&error), "nowhere"));
    digest_job_free(job);
    error_clear(&error);
}

static void a_digest_is_stopped_when_told(void **state) {
    (void)state;
    char hex[DIGEST_HEX_SIZE];
    atomic_bool stop = true;
    const char *path = scratch_write("some", "bytes", 5);
    assert_int_equal(digest_file_hex(path, &stop, hex, &error), RESULT_CANCELLED);
    error_clear(&error);
    /* One that nobody waits for ends too. */
    digest_job_free(digest_job_start(path));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(spilled_pieces_come_back_whole, scratch_empty),
        cmocka_unit_test_teardown(a_digest_in_a_thread_is_the_digest_of_the_file, scratch_empty),
        cmocka_unit_test_teardown(a_digest_of_a_file_that_is_not_there_says_so, scratch_empty),
        cmocka_unit_test_teardown(a_digest_is_stopped_when_told, scratch_empty),
    };
    return cmocka_run_group_tests_name("base_files", tests, scratch_make, scratch_remove);
}
