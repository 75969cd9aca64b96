/* Taking intakes back: whatever files came, undoing the last leaves the registry as it was before,
 * and undoing all of them leaves it empty. */
#include "unit/nameless.h"
#include "unit/random.h"
#include "unit/scratch.h"

#include "base/buffer.h"
#include "base/digest.h"
#include "base/uscc.h"
#include "intake/batch_list.h"
#include "intake/candidate.h"
#include "intake/import.h"
#include "plan/undo.h"
#include "store/statement.h"

static struct store *store;
static struct error error = ERROR_INIT;
static const struct actor actor = {.name = "王建国", .clock = {.frozen_on = 20261122}};

static int open_store(void **state) {
    (void)state;
    store = nameless_open();
    return 0;
}

static int close_store(void **state) {
    store_close(store);
    return scratch_empty(state);
}

/* What the registry holds, as one digest: every table that files fill, every column. */
static void contents(char digest[DIGEST_HEX_SIZE]) {
    static const char *const tables[] = {
        "SELECT * FROM enterprise ORDER BY id",
        "SELECT * FROM fact ORDER BY id",
        "SELECT * FROM fact_source ORDER BY fact, source",
    };
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        struct statement *rows = NULL;
        bool row = true;
        assert_ok(store_query(&rows, store, tables[i], NO_VALUES, &error), &error);
        int columns = i == 0 ? 28 : i == 1 ? 15 : 4;
        for (;;) {
            assert_ok(statement_step(rows, &row, &error), &error);
            if (!row) {
                break;
            }
            for (int column = 0; column < columns; column++) {
                const char *cell = statement_text(rows, column);
                buffer_printf(&text, "%s|", cell == NULL ? "-" : cell);
            }
            buffer_append_char(&text, '\n');
        }
        statement_free(rows);
    }
    assert_false(text.failed);
    assert_ok(digest_sha256_hex(buffer_text(&text), text.length, digest, &error), &error);
    buffer_free(&text);
}

static const char *code_of(int number) {
    static char code[USCC_SIZE];
    snprintf(code, sizeof(code), "91652323MA%07d", number);
    code[USCC_LENGTH - 1] = uscc_check_character(code);
    code[USCC_LENGTH] = '\0';
    return code;
}

/* A file of enterprises: some new, some told differently. */
static void write_enterprises(random_state *random, struct buffer *text) {
    buffer_append_text(text, "企业名称,统一社会信用代码,法定代表人,参保人数\n");
    for (int i = 0; i < 12; i++) {
        int number = 1 + random_between(random, 0, 29);
        buffer_printf(text, "第%d商贸有限公司,%s,%s,%d\n", number, code_of(number),
                      random_between(random, 0, 1) == 0 ? "张三" : "李四",
                      random_between(random, 0, 2));
    }
}

/* A file of facts: of known and unknown enterprises, some told before, some told differently. */
static void write_facts(random_state *random, struct buffer *text) {
    buffer_append_text(text, "企业名称,统一社会信用代码,信息类型,发生日期,金额(元),文号\n");
    for (int i = 0; i < 20; i++) {
        int number = 1 + random_between(random, 0, 34);
        int document = random_between(random, 0, 3);
        buffer_printf(text, "第%d商贸有限公司,%s,行政处罚,2026-01-%02d,%d,第%d-%d号\n", number,
                      random_between(random, 0, 3) == 0 ? "" : code_of(number),
                      1 + random_between(random, 0, 1), 100 * (1 + random_between(random, 0, 1)),
                      number, document);
    }
}

/* Takes a random file in; gives the batch. */
static int64_t take(random_state *random, int round) {
    struct buffer text = BUFFER_INIT;
    char name[32];
    bool facts = round > 0 && random_between(random, 0, 2) > 0;
    snprintf(name, sizeof(name), "in-%d.csv", round);
    if (facts) {
        write_facts(random, &text);
    } else {
        write_enterprises(random, &text);
    }
    assert_false(text.failed);
    struct import_request request = {.kind = facts ? IMPORT_FACTS : IMPORT_ENTERPRISES,
                                     .path = scratch_write_text(name, buffer_text(&text)),
                                     .source =
                                         random_between(random, 0, 1) == 0 ? "甲部门" : "乙部门",
                                     .create_missing = random_between(random, 0, 1) == 0,
                                     .actor = &actor};
    struct import_report report;
    assert_ok(import_file(store, &request, &report, NULL, &error), &error);
    int64_t batch = report.batch;
    import_report_free(&report);
    buffer_free(&text);
    return batch;
}

static void undo(int64_t batch) {
    struct undo_report report;
    assert_ok(undo_batch(store, &actor, batch, "试", &report, &error), &error);
}

static void test_undoing_in_turn(void **state) {
    (void)state;
    enum { ROUNDS = 8 };
    for (uint64_t seed = 1; seed <= 25; seed++) {
        random_state random = seed;
        char before[ROUNDS + 1][DIGEST_HEX_SIZE];
        int64_t batches[ROUNDS];
        contents(before[0]);
        for (int round = 0; round < ROUNDS; round++) {
            batches[round] = take(&random, round);
            contents(before[round + 1]);
        }
        for (int round = ROUNDS - 1; round >= 0; round--) {
            char now[DIGEST_HEX_SIZE];
            undo(batches[round]);
            contents(now);
            if (strcmp(now, before[round]) != 0) {
                fail_msg("seed %d: undoing file %d leaves something", (int)seed, round);
            }
        }
    }
}

/* An earlier file is undone while later ones do not rest on it, and else refused with what does. */
static void test_what_rests_on_a_file(void **state) {
    (void)state;
    int refused = 0;
    int undone = 0;
    for (uint64_t seed = 100; seed < 130; seed++) {
        random_state random = seed;
        int64_t batches[4];
        for (int round = 0; round < 4; round++) {
            batches[round] = take(&random, round);
        }
        int64_t chosen = batches[random_between(&random, 0, 3)];
        struct rests rests = RESTS_INIT;
        struct undo_report report;
        char before[DIGEST_HEX_SIZE];
        char after[DIGEST_HEX_SIZE];
        contents(before);
        assert_ok(undo_ask(store, chosen, &rests, &error), &error);
        enum result code = undo_batch(store, &actor, chosen, NULL, &report, &error);
        assert_int_equal(code, rests.count == 0 ? RESULT_OK : RESULT_REFUSED);
        contents(after);
        if (code == RESULT_REFUSED) {
            refused++;
            assert_string_equal(after, before);
            assert_non_null(strstr(error_sentence(&error), "in-"));
        } else {
            undone++;
        }
        rests_free(&rests);
        error_clear(&error);
        assert_ok(store_check(store, &error), &error);
    }
    assert_true(refused > 0 && undone > 0);
}

static void test_the_history(void **state) {
    (void)state;
    random_state random = 7;
    struct arena *arena = arena_new();
    struct batch_entry *entries = NULL;
    size_t count = 0;
    for (int round = 0; round < 5; round++) {
        take(&random, round);
    }
    assert_ok(
        batch_list(store, NULL, &(struct batch_page){.most = 3}, arena, &entries, &count, &error),
        &error);
    assert_int_equal(count, 3);
    assert_int_equal(entries[0].id, 5);
    const struct batch_page next = {.key = entries[2].id, .most = 3};
    assert_ok(batch_list(store, NULL, &next, arena, &entries, &count, &error), &error);
    assert_int_equal(count, 2);
    assert_int_equal(entries[1].id, 1);
    assert_string_equal(entries[1].format, "CSV");
    assert_int_equal(entries[1].read, entries[1].inserted + entries[1].updated +
                                          entries[1].unchanged + entries[1].rejected);
    struct batch_entry entry;
    assert_int_equal(batch_load(store, 99, arena, &entry, &error), RESULT_NOT_FOUND);
    error_clear(&error);
    arena_free(arena);
}

/* ---- candidates ------------------------------------------------------------------------------ */

static void test_how_alike_names_are(void **state) {
    (void)state;
    assert_int_equal(candidate_similarity("呼图壁县天山商贸有限公司", "天山商贸有限责任公司"), 100);
    assert_int_equal(candidate_similarity("甲乙丙商贸有限公司", "甲乙丙商贸有限公司"), 100);
    int near = candidate_similarity("天山商贸有限公司", "天山贸易有限公司");
    int far = candidate_similarity("天山商贸有限公司", "昆仑建材有限公司");
    assert_true(near >= 40 && near < 100);
    assert_true(far < near);
    assert_int_equal(candidate_similarity("", ""), 0);
    /* a name that is all form keeps its whole */
    assert_int_equal(candidate_similarity("有限公司", "有限公司"), 100);
}

static void test_candidates_come_by_likeness(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct candidate *found = NULL;
    size_t count = 0;
    struct buffer text = BUFFER_INIT;
    static const char *const names[] = {"呼图壁县天山商贸有限公司", "呼图壁县天山贸易有限公司",
                                        "呼图壁县昆仑建材有限公司", "呼图壁县天山南商贸有限公司"};
    buffer_append_text(&text, "企业名称,统一社会信用代码\n");
    for (int i = 0; i < 4; i++) {
        buffer_printf(&text, "%s,%s\n", names[i], code_of(i + 1));
    }
    struct import_request request = {.kind = IMPORT_ENTERPRISES,
                                     .path = scratch_write_text("n.csv", buffer_text(&text)),
                                     .actor = &actor};
    struct import_report report;
    assert_ok(import_file(store, &request, &report, NULL, &error), &error);
    import_report_free(&report);
    buffer_free(&text);
    assert_ok(candidate_find(store, "天山商贸有限责任公司", "", 3, arena, &found, &count, &error),
              &error);
    assert_true(count >= 2);
    assert_string_equal(found[0].name, names[0]);
    assert_int_equal(found[0].similarity, 100);
    for (size_t i = 1; i < count; i++) {
        assert_true(found[i].similarity <= found[i - 1].similarity);
        assert_string_not_equal(found[i].name, names[2]);
    }
    char near[USCC_SIZE];
    snprintf(near, sizeof(near), "%s", code_of(3));
    near[12] = near[12] == '1' ? '2' : '1';
    assert_ok(candidate_find(store, "完全不同的名字", near, 3, arena, &found, &count, &error),
              &error);
    assert_true(count == 1);
    assert_string_equal(found[0].name, names[2]);
    arena_free(arena);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, open_store, close_store)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_STORE(test_undoing_in_turn),
        WITH_STORE(test_what_rests_on_a_file),
        WITH_STORE(test_the_history),
        cmocka_unit_test(test_how_alike_names_are),
        WITH_STORE(test_candidates_come_by_likeness),
    };
    return cmocka_run_group_tests_name("plan/undo", tests, scratch_make, scratch_remove);
}
