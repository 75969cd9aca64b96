/* Work in pieces by several threads: base/crew.h; and what scores by it keep in memory:
 * score/id_list.h, score/text_table.h. */
#include "unit/unit.h"

#include "base/crew.h"
#include "score/id_list.h"
#include "score/text_table.h"

#include <stdio.h>
#include <stdlib.h>

#define WORKERS 3
#define PLACES 5

static struct error error = ERROR_INIT;

struct outcome {
    size_t piece;
    size_t square;
};

struct shared {
    size_t fails_at;   /* the piece whose work fails */
    size_t refuses_at; /* the piece that is not taken */
    size_t taken;
    size_t sum;
};

static enum result work(void *worker, size_t piece, void *place, struct error *reason) {
    const struct shared *shared = worker;
    struct outcome *outcome = place;
    *outcome = (struct outcome){piece, piece * piece};
    return piece == shared->fails_at ? error_set(reason, RESULT_DAMAGED, "piece %zu is bad", piece)
                                     : RESULT_OK;
}

static enum result take(void *context, size_t piece, void *place, struct error *reason) {
    struct shared *shared = context;
    const struct outcome *outcome = place;
    assert_int_equal(outcome->piece, piece);
    assert_int_equal(piece, shared->taken); /* in order, none left out */
    if (piece == shared->refuses_at) {
        return error_set(reason, RESULT_CANCELLED, "enough");
    }
    shared->taken++;
    shared->sum += outcome->square;
    return RESULT_OK;
}

static enum result run(struct shared *shared, size_t pieces, size_t workers) {
    struct outcome outcomes[PLACES];
    void *places[PLACES];
    void *all[WORKERS] = {shared, shared, shared};
    for (size_t i = 0; i < PLACES; i++) {
        places[i] = &outcomes[i];
    }
    const struct crew crew = {.pieces = pieces,
                              .workers = all,
                              .worker_count = workers,
                              .outcomes = places,
                              .outcome_count = PLACES,
                              .work = work,
                              .take = take,
                              .context = shared};
    return crew_run(&crew, &error);
}

#define NEVER ((size_t)-1)

static void pieces_are_taken_in_order(void **state) {
    (void)state;
    for (size_t workers = 1; workers <= WORKERS; workers++) {
        for (size_t pieces = 0; pieces < 60; pieces += 7) {
            struct shared shared = {.fails_at = NEVER, .refuses_at = NEVER};
            assert_ok(run(&shared, pieces, workers), &error);
            assert_int_equal(shared.taken, pieces);
            assert_int_equal(shared.sum,
                             pieces == 0 ? 0 : (pieces - 1) * pieces * (2 * pieces - 1) / 6);
        }
    }
}

static void the_first_failure_ends_it(void **state) {
    (void)state;
    for (size_t workers = 1; workers <= WORKERS; workers++) {
        struct shared bad = {.fails_at = 31, .refuses_at = NEVER};
        assert_int_equal(run(&bad, 200, workers), RESULT_DAMAGED);
        assert_string_equal(error_sentence(&error), "piece 31 is bad");
        assert_int_equal(bad.taken, 31);
        struct shared enough = {.fails_at = NEVER, .refuses_at = 8};
        assert_int_equal(run(&enough, 200, workers), RESULT_CANCELLED);
        assert_int_equal(enough.taken, 8);
        error_clear(&error);
    }
}

static void ids_are_found_by_place_with_gaps_and_without(void **state) {
    (void)state;
    struct id_list list = {0};
    assert_int_equal(id_list_place(&list, 5), 0);
    const int64_t ids[] = {40, 7, 8, 9, 7, 1000000007, 10, 40, 41};
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        assert_true(id_list_add(&list, ids[i]));
    }
    id_list_settle(&list);
    const int64_t settled[] = {7, 8, 9, 10, 40, 41, 1000000007};
    assert_int_equal(list.count, 7);
    assert_memory_equal(list.ids, settled, sizeof(settled));
    for (size_t i = 0; i < list.count; i++) {
        assert_int_equal(id_list_place(&list, settled[i]), i);
        assert_int_equal(id_list_place(&list, settled[i] == 1000000007 ? 6 : settled[i] + 100), 7);
    }
    assert_int_equal(id_list_place(&list, INT64_MIN), 7);
    assert_int_equal(id_list_place(&list, INT64_MAX), 7);
    id_list_clear(&list);
}

static void texts_keep_their_numbers_as_the_table_grows(void **state) {
    (void)state;
    struct text_table table = {0};
    char text[32];
    assert_int_equal(text_table_find(&table, text_key_of("x", "")), 0);
    for (uint32_t i = 1; i <= 20000; i++) {
        snprintf(text, sizeof text, "地址 %u 号", i);
        struct text_slot *slot = text_table_enter(&table, text_key_of(text, " "));
        assert_non_null(slot);
        assert_int_equal(slot->number, 0);
        slot->number = i;
    }
    for (uint32_t i = 1; i <= 20000; i++) {
        snprintf(text, sizeof text, "地 址%u号", i); /* blanks do not count */
        assert_int_equal(text_table_find(&table, text_key_of(text, " ")), i);
    }
    assert_int_equal(text_table_find(&table, text_key_of("地址20001号", " ")), 0);
    assert_true(text_key_empty(text_key_of(NULL, "")));
    assert_true(text_key_empty(text_key_of(" - -", " -")));
    assert_false(text_key_empty(text_key_of(" - -", " ")));
    text_table_clear(&table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_taken_in_order),
        cmocka_unit_test(the_first_failure_ends_it),
        cmocka_unit_test(ids_are_found_by_place_with_gaps_and_without),
        cmocka_unit_test(texts_keep_their_numbers_as_the_table_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
