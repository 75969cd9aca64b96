#include "screen/emulator.h"
#include "unit/unit.h"

#include "base/text.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static const char *const no_environment[] = {NULL};

static struct emulator *start_with(int rows, int columns, const char *const *environment) {
    const char *program = getenv("KIT_DEMO");
    const char *arguments[] = {program != NULL ? program : "tests/screen/kit_demo", NULL};
    struct emulator_options options = {arguments, environment, rows, columns};
    return emulator_start(&options);
}

static struct emulator *start(int rows, int columns) {
    struct emulator *emulator = start_with(rows, columns, no_environment);
    if (rows >= 10) {
        emulator_expect(emulator, "?help");
    } else {
        emulator_settle(emulator);
    }
    return emulator;
}

/* Leaves by Ctrl-C; a program that leaks or trips a sanitizer does not end with 0. */
static void leave(struct emulator *emulator) {
    emulator_type(emulator, "\003");
    int status = emulator_wait(emulator);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        emulator_dump(emulator);
        fail_msg("the demo ended with status %#x", (unsigned)status);
    }
    assert_false(emulator_alternate(emulator));
    emulator_free(emulator);
}

/* The text of a row at a column begins with text. */
static void assert_at(struct emulator *emulator, int row, int column, const char *text) {
    const char *found = emulator_text_at(emulator, row, column, text_width(text));
    if (strcmp(found, text) != 0) {
        print_message("# wanted \"%s\" at %d,%d but found \"%s\"\n", text, row, column, found);
        emulator_dump(emulator);
        fail();
    }
}

/* ---- the frame and the table ----------------------------------------------------------------- */

/* The columns of 80 x 24 and 120 x 40: number 6, name flexible, class 2, score 8, region 10, each
 * with a blank before it. */
static void check_columns(struct emulator *emulator, int rows, int columns) {
    int name = 8;
    int class = columns - 10 - 1 - 8 - 1 - 2;
    static const char *const names[] = {
        "呼图壁县惠民便利店 ",
        "𠮷野家(呼图壁)餐饮有限公司 ",
        "cafe\xCC\x81 e\xCC\x81toile 咖啡店 ",
        "新疆维吾尔自治区昌吉回族",
        "ABC Trading Co., Ltd. ",
        "ＡＢＣ全角商行 ",
        "tab?here? 店 ",
    };
    assert_at(emulator, 3, 3, "编号");
    assert_at(emulator, 3, name, "名称");
    assert_at(emulator, 3, class, "级");
    assert_at(emulator, 3, columns - 10, "地区");
    for (int line = 0; line < rows - 7; line++) {
        char number[16];
        char letter[3] = {(char)('A' + line % 4), ' ', '\0'};
        snprintf(number, sizeof number, "%6d", line + 1);
        assert_at(emulator, 4 + line, 1, number);
        assert_at(emulator, 4 + line, name, names[line % 7]);
        assert_at(emulator, 4 + line, class, letter);
        assert_at(emulator, 4 + line, columns - 10, line % 2 == 0 ? "园户村镇 " : "大丰镇 ");
    }
}

static void test_columns_align_whatever_the_names(void **state) {
    (void)state;
    static const int sizes[][2] = {{24, 80}, {40, 120}};
    for (size_t i = 0; i < 2; i++) {
        int rows = sizes[i][0];
        int columns = sizes[i][1];
        struct emulator *emulator = start(rows, columns);
        check_columns(emulator, rows, columns);
        assert_at(emulator, 0, 1, "信风  示例局");
        assert_at(emulator, 0, columns - 1 - text_width("王建国(经办人)  2026-11-22"),
                  "王建国(经办人)  2026-11-22");
        assert_at(emulator, 1, 1, "1企业");
        assert_at(emulator, rows - 2, 1, "筛选: 无");
        assert_at(emulator, rows - 2, columns - 1 - text_width("1 / 10000 户"), "1 / 10000 户");
        leave(emulator);
    }
}

static void test_a_name_that_is_cut_says_so(void **state) {
    (void)state;
    struct emulator *emulator = start(24, 80);
    int class = 80 - 10 - 1 - 8 - 1 - 2;
    assert_at(emulator, 7, class - 2, "~ ");
    /* The wide glyph that had no room left is gone as a whole: a blank stands before the mark. */
    assert_int_equal(emulator_cell(emulator, 7, class - 3).width, 1);
    leave(emulator);
}

static void test_tiny_screens_do_not_crash(void **state) {
    (void)state;
    static const int sizes[][2] = {{5, 20}, {3, 10}, {2, 2}, {1, 1}, {1, 80}, {24, 1}};
    struct emulator *emulator = start(5, 20);
    assert_true(emulator_find(emulator, "呼图壁县", NULL, NULL));
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        emulator_resize(emulator, sizes[i][0], sizes[i][1]);
        static const char *const keys[] = {"?",    "\033", ":", "\033", "/", "\xE5\x91\xBC",
                                           "\033", "d",    "n", "2",    "a", "\t"};
        for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
            emulator_type(emulator, keys[k]);
        }
        emulator_resize(emulator, 24, 80);
        emulator_expect(emulator, "计划名称");
        emulator_type(emulator, "\033");
        emulator_expect(emulator, "企业名单");
    }
    emulator_resize(emulator, 24, 80);
    check_columns(emulator, 24, 80);
    emulator_type(emulator, "q");
    emulator_expect(emulator, "离开吗");
    emulator_type(emulator, "y");
    assert_int_equal(emulator_wait(emulator), 0);
    emulator_free(emulator);
}

static void test_paging_reaches_both_ends(void **state) {
    (void)state;
    struct emulator *emulator = start(24, 80);
    emulator_press(emulator, VTERM_KEY_END);
    emulator_expect(emulator, "10000 / 10000 户");
    assert_at(emulator, 20, 1, " 10000");
    assert_at(emulator, 4, 1, "  9984");
    emulator_press(emulator, VTERM_KEY_PAGEUP);
    emulator_expect(emulator, "9984 / 10000 户");
    emulator_press(emulator, VTERM_KEY_HOME);
    emulator_expect(emulator, " 1 / 10000 户");
    for (int place = 17; place < 10000; place += 16) {
        char status[32];
        emulator_press(emulator, VTERM_KEY_PAGEDOWN);
        snprintf(status, sizeof status, " %d / 10000 户", place);
        emulator_expect(emulator, status);
        if (place > 800) {
            break; /* dozens of windows have been fetched on the way */
        }
    }
    emulator_press_times(emulator, VTERM_KEY_UP, 30);
    emulator_expect(emulator, "771 / 10000 户");
    emulator_press(emulator, VTERM_KEY_END);
    emulator_expect(emulator, "10000 / 10000 户");
    emulator_press_times(emulator, VTERM_KEY_DOWN, 3);
    emulator_expect(emulator, "10000 / 10000 户");
    leave(emulator);
}

static void test_every_page_shows_each_row_once(void **state) {
    (void)state;
    struct emulator *emulator = start(24, 80);
    /* One by one over several windows: the row under the cursor is the next one each time. */
    for (int place = 2; place <= 120; place++) {
        char wanted[16];
        int row;
        int column;
        emulator_press(emulator, VTERM_KEY_DOWN);
        snprintf(wanted, sizeof wanted, ">%6d", place);
        if (!emulator_find(emulator, wanted, &row, &column)) {
            emulator_expect(emulator, wanted);
        }
    }
    for (int line = 0; line < 16; line++) {
        int above = atoi(emulator_text_at(emulator, 4 + line, 1, 6));
        int below = atoi(emulator_text_at(emulator, 5 + line, 1, 6));
        assert_int_equal(below, above + 1);
    }
    leave(emulator);
}

static void test_sorting_walks_through_the_columns(void **state) {
    (void)state;
    struct emulator *emulator = start(24, 80);
    emulator_type(emulator, "ss"); /* by number, upwards then downwards */
    emulator_expect(emulator, "> 10000");
    emulator_type(emulator, "s");
    emulator_expect(emulator, ">     1");
    assert_at(emulator, 5, 1, "  1010"); /* 1009 scores: the next 0.5 is row 1010 */
    emulator_press(emulator, VTERM_KEY_END);
    emulator_expect(emulator, "1008.5");
    leave(emulator);
}

static void test_escape_comes_back_to_the_same_place(void **state) {
    (void)state;
    struct emulator *emulator = start(24, 80);
    emulator_press_times(emulator, VTERM_KEY_PAGEDOWN, 3);
    emulator_press_times(emulator, VTERM_KEY_DOWN, 5);
    emulator_expect(emulator, "54 / 10000 户");
    char before[24][512];
    for (int row = 0; row < 24; row++) {
        snprintf(before[row], sizeof before[row], "%s", emulator_row(emulator, row));
    }
    emulator_press(emulator, VTERM_KEY_ENTER);
    emulator_expect(emulator, "页: 54");
    emulator_expect(emulator, "企业名单 > 54");
    assert_at(emulator, 4, 0, "########....|.......");
    emulator_type(emulator, "2"); /* to the other desk and back: the page still stands open */
    emulator_expect(emulator, "计划名称");
    emulator_press(emulator, VTERM_KEY_FUNCTION(1));
    emulator_expect(emulator, "页: 54");
    emulator_press(emulator, VTERM_KEY_ESCAPE);
    emulator_expect_gone(emulator, "页: 54");
    for (int row = 2; row < 24; row++) {
        assert_string_equal(emulator_row(emulator, row), before[row]);
    }
    leave(emulator);
}

static void test_the_mouse_chooses_rows_and_desks(void **state) {
    (void)state;
    struct emulator *emulator = start(24, 80);
    emulator_click(emulator, 9, 20);
    emulator_expect(emulator, ">     6");
    emulator_click(emulator, 9, 20);
    emulator_expect(emulator, "页: 6");
    emulator_click(emulator, 1, 9);
    emulator_expect(emulator, "计划名称");
    leave(emulator);
}

/* ---- prompts --------------------------------------------------------------------------------- */

static void test_a_prompt_survives_a_resize(void **state) {
    (void)state;
    struct emulator *emulator = start(24, 80);
    emulator_type(emulator, "/");
    emulator_type(emulator, "呼图");
    emulator_type(emulator, "壁");
    emulator_expect(emulator, "查找: 呼图壁");
    emulator_resize(emulator, 30, 100);
    emulator_expect(emulator, "查找: 呼图壁");
    int row;
    int column;
    assert_true(emulator_cursor(emulator, &row, &column));
    assert_int_equal(row, 28);
    assert_int_equal(column, 1 + text_width("查找:") + 1 + 6);
    emulator_resize(emulator, 5, 20);
    emulator_expect(emulator, "查找: 呼图壁");
    emulator_resize(emulator, 24, 80);
    emulator_type(emulator, "县惠民\r");
    emulator_expect(emulator, "筛选: 呼图壁县惠民");
    emulator_expect(emulator, "1 / 1429 户");
    assert_false(emulator_cursor(emulator, &row, &column));
    emulator_type(emulator, "x");
    emulator_expect(emulator, "/ 10000 户");
    leave(emulator);
}

static void test_a_full_width_key_is_the_key(void **state) {
    (void)state;
    struct emulator *emulator = start(24, 80);
    emulator_type(emulator, "、"); /* '/' with an input method on */
    emulator_expect(emulator, "查找:");
    emulator_press(emulator, VTERM_KEY_ESCAPE);
    emulator_expect_gone(emulator, "查找:");
    emulator_type(emulator, "？");
    emulator_expect(emulator, "按名称查找");
    emulator_press(emulator, VTERM_KEY_ESCAPE);
    leave(emulator);
}

static void test_editing_goes_by_grapheme(void **state) {
    (void)state;
    struct emulator *emulator = start(24, 80);
    emulator_type(emulator, "/");
    emulator_type(emulator, "𠮷e\xCC\x81呼");
    emulator_expect(emulator, "𠮷e\xCC\x81呼");
    emulator_press_times(emulator, VTERM_KEY_LEFT, 2);
    emulator_press(emulator, VTERM_KEY_BACKSPACE);
    emulator_expect(emulator, "查找: e\xCC\x81呼");
    emulator_press(emulator, VTERM_KEY_DEL);
    emulator_expect(emulator, "查找: 呼 ");
    emulator_type(emulator, "\032"); /* Ctrl-Z */
    emulator_expect(emulator, "查找: e\xCC\x81呼");
    emulator_type(emulator, "\032");
    emulator_expect(emulator, "查找: 𠮷e\xCC\x81呼");
    emulator_type(emulator, "\025"); /* Ctrl-U */
    emulator_expect_gone(emulator, "𠮷e");
    emulator_paste(emulator, "粘贴\r而来 ABC");
    emulator_expect(emulator, "粘贴 而来 ABC");
    emulator_type(emulator, "\027"); /* Ctrl-W */
    emulator_expect_gone(emulator, "而来 ABC");
    emulator_press(emulator, VTERM_KEY_HOME);
    emulator_type(emulator, "\013"); /* Ctrl-K */
    emulator_expect_gone(emulator, "粘贴");
    emulator_type(emulator, "\003"); /* Ctrl-C leaves the prompt, not the program */
    emulator_expect_gone(emulator, "查找:");
    leave(emulator);
}

static void test_a_long_line_scrolls_by_column(void **state) {
    (void)state;
    struct emulator *emulator = start(24, 30);
    emulator_type(emulator, "/");
    for (int i = 0; i < 20; i++) {
        emulator_type(emulator, "呼");
    }
    emulator_type(emulator, "末");
    emulator_expect(emulator, "呼末");
    int row;
    int column;
    assert_true(emulator_cursor(emulator, &row, &column));
    assert_in_range(column, 20, 29);
    emulator_press(emulator, VTERM_KEY_HOME);
    emulator_expect_gone(emulator, "末");
    emulator_cursor(emulator, &row, &column);
    assert_int_equal(column, 1 + text_width("查找:") + 1);
    emulator_press(emulator, VTERM_KEY_ESCAPE);
    leave(emulator);
}

static void test_a_confirmation_needs_a_yes(void **state) {
    (void)state;
    struct emulator *emulator = start(24, 80);
    emulator_type(emulator, "d");
    emulator_expect(emulator, "不能恢复");
    emulator_press(emulator, VTERM_KEY_ENTER); /* the answer offered is no */
    emulator_expect(emulator, "没有删");
    emulator_type(emulator, "d");
    emulator_expect(emulator, "不能恢复");
    emulator_type(emulator, "y");
    emulator_expect(emulator, "已删去");
    emulator_press(emulator, VTERM_KEY_DOWN);
    emulator_expect_gone(emulator, "已删去"); /* a message stays until the next key */
    leave(emulator);
}

static void test_help_lists_every_action(void **state) {
    (void)state;
    struct emulator *emulator = start(40, 100);
    emulator_type(emulator, "?");
    static const char *const lines[] = {
        "按名称查找", "删除这一户", "one page down", "leave the program", "go back to where I was",
        "Ctrl-L",     "PgDn"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        emulator_expect(emulator, lines[i]);
    }
    emulator_resize(emulator, 24, 80);
    emulator_press(emulator, VTERM_KEY_END);
    emulator_expect(emulator, "leave the program");
    emulator_press(emulator, VTERM_KEY_ESCAPE);
    emulator_expect_gone(emulator, "leave the program");
    leave(emulator);
}

static void test_the_palette_runs_what_is_found(void **state) {
    (void)state;
    struct emulator *emulator = start(24, 80);
    emulator_type(emulator, ":");
    emulator_expect(emulator, "做一件慢事");
    emulator_type(emulator, "删除");
    emulator_expect_gone(emulator, "做一件慢事");
    emulator_press(emulator, VTERM_KEY_ENTER);
    emulator_expect(emulator, "不能恢复");
    emulator_type(emulator, "n");
    emulator_expect(emulator, "没有删");
    emulator_type(emulator, ":");
    emulator_type(emulator, "plans");
    emulator_press(emulator, VTERM_KEY_ENTER);
    emulator_expect(emulator, "计划名称");
    leave(emulator);
}

/* ---- the form -------------------------------------------------------------------------------- */

static void test_a_form_checks_and_submits(void **state) {
    (void)state;
    struct emulator *emulator = start(24, 80);
    emulator_type(emulator, "2");
    emulator_expect(emulator, "例: 第四季度抽查");
    emulator_type(emulator, "q2抽查\t"); /* letters and digits are text here */
    emulator_type(emulator, "2026-02-30\t");
    emulator_expect(emulator, "2026-11-22.");
    emulator_type(emulator, "\t"); /* on, leaving the wrong date for the moment */
    emulator_press_times(emulator, VTERM_KEY_UP, 1);
    emulator_type(emulator, "900\t");
    emulator_expect(emulator, "最多抽取600户");
    emulator_press(emulator, VTERM_KEY_RIGHT);
    emulator_expect(emulator, "B类");
    emulator_type(emulator, "\r");
    emulator_expect(emulator, "D类");
    emulator_type(emulator, "C\r");
    emulator_expect(emulator, "C类");
    emulator_type(emulator, "\t\r");
    emulator_expect(emulator, "[ ] 年报公示");
    emulator_press(emulator, VTERM_KEY_DOWN);
    emulator_type(emulator, " \r");
    emulator_expect(emulator, "年报公示");
    emulator_type(emulator, "\tpw1");
    emulator_expect(emulator, "***");
    assert_false(emulator_find(emulator, "pw1", NULL, NULL));
    emulator_type(emulator, "\r"); /* refused: the focus goes to the wrong date */
    emulator_expect(emulator, ">开始日期");
    emulator_type(emulator, "\025"
                            "2026-12-01\t\025"
                            "600\023");
    emulator_expect(emulator, "已交: q2抽查 600户 C类 事项2");
    emulator_press(emulator, VTERM_KEY_ESCAPE); /* kept: nothing to ask */
    emulator_expect(emulator, "企业名单");
    leave(emulator);
}

static void test_leaving_a_half_filled_form_asks(void **state) {
    (void)state;
    struct emulator *emulator = start(24, 80);
    emulator_type(emulator, "2");
    emulator_expect(emulator, "计划名称");
    emulator_type(emulator, "半张");
    emulator_type(emulator, "\003");
    emulator_expect(emulator, "离开吗");
    emulator_type(emulator, "n");
    emulator_expect(emulator, "半张");
    emulator_type(emulator, "\003");
    emulator_expect(emulator, "离开吗");
    emulator_type(emulator, "y");
    assert_int_equal(emulator_wait(emulator), 0);
    emulator_free(emulator);
}

/* ---- long work ------------------------------------------------------------------------------- */

static void test_long_work_shows_and_stops(void **state) {
    (void)state;
    struct emulator *emulator = start(24, 80);
    emulator_type(emulator, "w");
    emulator_expect(emulator, "正在读入");
    emulator_expect(emulator, "/ 100000 行");
    emulator_resize(emulator, 20, 70);
    emulator_type(emulator, "\033");
    emulator_expect(emulator, "Stopped; nothing was changed.");
    emulator_expect(emulator, "呼图壁县惠民便利店");
    leave(emulator);
}

static void test_a_key_repeated_while_busy_works_once(void **state) {
    (void)state;
    struct emulator *emulator = start(24, 80);
    emulator_type(emulator, "SSS");
    emulator_expect(emulator, "慢事 1 次");
    emulator_type(emulator, "S");
    emulator_expect(emulator, "慢事 2 次");
    leave(emulator);
}

/* ---- coming and going ------------------------------------------------------------------------ */

static void assert_terminal_whole(struct emulator *emulator) {
    int row;
    int column;
    assert_false(emulator_alternate(emulator));
    assert_true(emulator_cursor(emulator, &row, &column));
    assert_true(emulator_cooked(emulator));
}

static void test_every_end_gives_the_terminal_back(void **state) {
    (void)state;
    static const int numbers[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGFPE, SIGBUS};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct emulator *emulator = start(24, 80);
        assert_true(emulator_alternate(emulator));
        assert_false(emulator_cooked(emulator));
        emulator_type(emulator, "/"); /* in the middle of something */
        emulator_signal(emulator, numbers[i]);
        int status = emulator_wait(emulator);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), numbers[i]);
        assert_terminal_whole(emulator);
        emulator_free(emulator);
    }
    struct emulator *emulator = start(24, 80);
    emulator_type(emulator, "Z"); /* a fault of its own */
    int status = emulator_wait(emulator);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGSEGV);
    assert_terminal_whole(emulator);
    emulator_free(emulator);
    emulator = start(24, 80);
    emulator_type(emulator, "\003");
    assert_int_equal(emulator_wait(emulator), 0);
    assert_terminal_whole(emulator);
    emulator_free(emulator);
}

static void test_the_terminal_can_be_lent(void **state) {
    (void)state;
    struct emulator *emulator = start(24, 80);
    emulator_type(emulator, "R");
    emulator_expect(emulator, "回来了");
    check_columns(emulator, 24, 80);
    emulator_press(emulator, VTERM_KEY_DOWN);
    emulator_expect(emulator, ">     2");
    emulator_type(emulator, "\003");
    assert_int_equal(emulator_wait(emulator), 0);
    assert_terminal_whole(emulator);
    assert_true(emulator_find(emulator, "between the acts", NULL, NULL));
    emulator_free(emulator);
}

/* Anything pressed in any order at any size: a sanitizer or a crash would show in the status. The
 * palette is left out, for it can quit. */
static void test_nothing_pressed_can_crash_it(void **state) {
    (void)state;
    static const char *const keys[] = {"\r",
                                       "\033",
                                       "\t",
                                       " ",
                                       "/",
                                       "?",
                                       "1",
                                       "2",
                                       "s",
                                       "j",
                                       "k",
                                       "d",
                                       "n",
                                       "x",
                                       "e",
                                       "G",
                                       "g",
                                       "呼",
                                       "𠮷",
                                       "\033[A",
                                       "\033[B",
                                       "\033[C",
                                       "\033[D",
                                       "\033[5~",
                                       "\033[6~",
                                       "\033OF",
                                       "\033OH",
                                       "\177",
                                       "\032",
                                       "\025",
                                       "\027",
                                       "\xFF",
                                       "\033[Z",
                                       "\033[3~",
                                       "\033[200~a\tb\r呼\033[201~",
                                       "\033[<0;9;9M",
                                       "\023",
                                       "\014",
                                       "\000"};
    uint32_t random = 11;
    struct emulator *emulator = start(24, 80);
    for (int i = 0; i < 800; i++) {
        random = random * 1664525u + 1013904223u;
        if ((random >> 8) % 60 == 0) {
            emulator_resize(emulator, 1 + (int)((random >> 16) % 30),
                            1 + (int)((random >> 20) % 100));
        }
        emulator_type(emulator, keys[(random >> 8) % (sizeof keys / sizeof keys[0])]);
    }
    emulator_resize(emulator, 24, 80);
    emulator_expect(emulator, "示例局"); /* it lived to the end */
    for (int k = 0; k < 4; k++) { /* out of a prompt, if one is open, then out of the program */
        emulator_type(emulator, "\003");
        emulator_type(emulator, "y");
    }
    assert_int_equal(emulator_wait(emulator), 0);
    assert_terminal_whole(emulator);
    emulator_free(emulator);
}

static void test_noise_of_libraries_stays_off_the_screen(void **state) {
    (void)state;
    struct emulator *emulator = start(24, 80);
    emulator_type(emulator, "e");
    emulator_expect(emulator, "写了");
    assert_false(emulator_find(emulator, "complains", NULL, NULL));
    leave(emulator);
}

static void test_without_colour_attributes_speak(void **state) {
    (void)state;
    static const char *const environment[] = {"NO_COLOR=1", NULL};
    struct emulator *emulator = start_with(24, 80, environment);
    emulator_expect(emulator, "呼图壁县惠民便利店");
    assert_false(emulator_coloured(emulator));
    assert_true(emulator_cell(emulator, 4, 10).attrs.reverse); /* the row under the cursor */
    assert_false(emulator_cell(emulator, 5, 10).attrs.reverse);
    assert_true(emulator_cell(emulator, 7, 58).attrs.bold); /* class D */
    leave(emulator);
    emulator = start(24, 80);
    assert_true(emulator_coloured(emulator));
    leave(emulator);
    static const char *const plain[] = {"TERM=vt220", NULL};
    emulator = start_with(24, 80, plain);
    emulator_expect(emulator, "呼图壁县惠民便利店");
    assert_false(emulator_coloured(emulator));
    leave(emulator);
}

static void test_a_locale_without_utf8_still_shows_chinese(void **state) {
    (void)state;
    static const char *const environment[] = {"LC_ALL=C", NULL};
    struct emulator *emulator = start_with(24, 80, environment);
    emulator_expect(emulator, "呼图壁县惠民便利店");
    check_columns(emulator, 24, 80);
    leave(emulator);
}

static void test_a_terminal_that_cannot_is_refused(void **state) {
    (void)state;
    static const char *const environments[][2] = {
        {"TERM=dumb", NULL}, {"TERM", NULL}, {"TERM=no-such-terminal", NULL}};
    for (size_t i = 0; i < 3; i++) {
        struct emulator *emulator = start_with(24, 80, environments[i]);
        int status = emulator_wait(emulator);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 2);
        assert_true(emulator_find(emulator, "TERM", NULL, NULL));
        assert_true(emulator_cooked(emulator));
        emulator_free(emulator);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_align_whatever_the_names),
        cmocka_unit_test(test_a_name_that_is_cut_says_so),
        cmocka_unit_test(test_tiny_screens_do_not_crash),
        cmocka_unit_test(test_paging_reaches_both_ends),
        cmocka_unit_test(test_every_page_shows_each_row_once),
        cmocka_unit_test(test_sorting_walks_through_the_columns),
        cmocka_unit_test(test_escape_comes_back_to_the_same_place),
        cmocka_unit_test(test_the_mouse_chooses_rows_and_desks),
        cmocka_unit_test(test_a_prompt_survives_a_resize),
        cmocka_unit_test(test_a_full_width_key_is_the_key),
        cmocka_unit_test(test_editing_goes_by_grapheme),
        cmocka_unit_test(test_a_long_line_scrolls_by_column),
        cmocka_unit_test(test_a_confirmation_needs_a_yes),
        cmocka_unit_test(test_help_lists_every_action),
        cmocka_unit_test(test_the_palette_runs_what_is_found),
        cmocka_unit_test(test_a_form_checks_and_submits),
        cmocka_unit_test(test_leaving_a_half_filled_form_asks),
        cmocka_unit_test(test_long_work_shows_and_stops),
        cmocka_unit_test(test_a_key_repeated_while_busy_works_once),
        cmocka_unit_test(test_every_end_gives_the_terminal_back),
        cmocka_unit_test(test_the_terminal_can_be_lent),
        cmocka_unit_test(test_nothing_pressed_can_crash_it),
        cmocka_unit_test(test_noise_of_libraries_stays_off_the_screen),
        cmocka_unit_test(test_without_colour_attributes_speak),
        cmocka_unit_test(test_a_locale_without_utf8_still_shows_chinese),
        cmocka_unit_test(test_a_terminal_that_cannot_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
