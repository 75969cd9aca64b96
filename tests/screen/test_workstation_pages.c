/* The pages of the workstation one by one: what stands where, in both languages and at every size,
 * and that moving about loses nothing. */
#include "screen/workstation_case.h"

#include "base/buffer.h"
#include "base/text.h"
#include "registry/initials.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The ways to all pages from the front page; each ends where the next begins, at the front page. */
static const struct {
    const char *keys;
    const char *back;
    bool asks; /* a question may take the place of the lower ruler */
} pages[] = {
    {.keys = "", .back = ""},
    {.keys = "2", .back = "1"},
    {.keys = "2f", .back = "<Esc>1"},
    {.keys = "2r", .back = "<Esc>1", .asks = true},
    {.keys = "2<Enter>", .back = "<Esc>1"},
    {.keys = "2<Enter><Down><Down><Down><Down><Down><Down><Down><Down><Enter>", .back = "<Esc>1"},
    {.keys = "2<Enter><Tab>", .back = "<Esc>1"},
    {.keys = "2<Enter><Tab><Enter>", .back = "<Esc><Esc>1"},
    {.keys = "2<Enter><Tab>d", .back = "<Esc><Esc>1"},
    {.keys = "2<Enter><Tab><Tab>", .back = "<Esc>1"},
    {.keys = "2<Enter><Tab><Tab><Tab>", .back = "<Esc>1"},
    {.keys = "2<Enter>o", .back = "<Esc><Esc>1"},
    {.keys = "3", .back = "1"},
    {.keys = "3n", .back = "<Esc>1"},
    {.keys = "3y", .back = "<Esc>1"},
    {.keys = "3y<Enter>", .back = "<Esc><Esc>1"},
    {.keys = "3y<Enter>n", .back = "<Esc><Esc><Esc>1"},
    {.keys = "3y<Enter>o", .back = "<Esc><Esc><Esc>1"},
    {.keys = "3<Enter>", .back = "<Esc>1"},
    {.keys = "3<Enter><End>", .back = "<Esc>1"},
    {.keys = "3<Enter>V", .back = "<Esc><Esc>1", .asks = true},
    {.keys = "4", .back = "1"},
    {.keys = "4<Enter>", .back = "<Esc>1"},
    {.keys = "6<Down>", .back = "1"},
    {.keys = "6<Enter>", .back = "<Esc>1"},
    {.keys = "6<Enter>zG", .back = "<Esc>1"},
    {.keys = "6<Enter><Home><Enter>", .back = "<Esc><Esc>1"},
    {.keys = "6<Enter>t", .back = "<Esc><Esc>1"},
    {.keys = "6<Enter>c", .back = "<Esc><Esc>1"},
    {.keys = "6<Enter>v", .back = "<Esc><Esc>1"},
    {.keys = "6<Enter>v<Enter>", .back = "<Esc><Esc>1"},
    {.keys = "6<Enter>d", .back = "<Esc><Esc>1", .asks = true},
    {.keys = "?", .back = "<Esc>"},
    {.keys = ":", .back = "<Esc>"},
};

enum { PAGES = sizeof pages / sizeof pages[0] };

/* A county with a drawn plan and a proposed override, so that no page is bare. */
static const char *full_database(const char *name) {
    const char *database = case_database(name);
    char code[32];
    char arguments[256];
    case_command(database, "annual new --year 2026 --title 年度抽查");
    case_command(database, "annual task 1 --title 综合抽查");
    case_command(database, "plan new --title 冬季抽查");
    case_command(database, "plan draw 1 --seed 12345678901234567890");
    case_riskiest(database, code);
    snprintf(arguments, sizeof arguments,
             "override propose set-class %s --class C --reason 长期未经营 --document "
             "呼市监〔2026〕9号",
             code);
    case_command(database, arguments);
    return database;
}

/* ---- the frame ------------------------------------------------------------------------------- */

static void assert_rule(struct emulator *emulator, int row, int from, int columns) {
    for (int column = from; column < columns; column++) {
        if (emulator_cell(emulator, row, column).chars[0] != '-') {
            emulator_dump(emulator);
            fail_msg("the ruler of row %d is broken at column %d", row, column);
        }
    }
}

/* Header, rulers and footer stand where they belong, the header over the whole width. */
static void check_frame(struct emulator *emulator, int rows, int columns, bool asks) {
    enum { BLUE = 4 };
    for (int column = 0; column < columns; column++) {
        VTermScreenCell cell = emulator_cell(emulator, 0, column);
        assert_true(cell.chars[0] == (uint32_t)-1 || /* the emulator leaves it without colour */
                    (VTERM_COLOR_IS_INDEXED(&cell.bg) && cell.bg.indexed.idx == BLUE));
    }
    assert_string_equal(emulator_text_at(emulator, 2, 0, 2), "- ");
    assert_rule(emulator, 2, text_width(emulator_row(emulator, 2)) - 4, columns);
    if (!asks) {
        assert_rule(emulator, rows - 3, 0, columns);
    }
    assert_true(strlen(emulator_row(emulator, rows - 1)) > 1);
    for (int row = 0; row < rows; row++) {
        /* A wide glyph never begins in the last column: it would stand in the next row. */
        VTermScreenCell last = emulator_cell(emulator, row, columns - 1);
        assert_true(last.chars[0] == (uint32_t)-1 || last.width == 1);
    }
}

/* No character that could not be shown: '?' stands only before the word for help. */
static void check_characters(struct emulator *emulator, int rows, int columns, bool help_page) {
    for (int row = 0; row < rows; row++) {
        const char *text = emulator_text_at(emulator, row, 0, columns);
        assert_null(strstr(text, "\xEF\xBF\xBD"));
        const char *mark = strchr(text, '?');
        if (mark != NULL && row != 1 && !help_page) {
            emulator_dump(emulator);
            fail_msg("'?' in row %d", row);
        }
    }
}

/* True for an English word that may stand on a Chinese screen: a key, the code of a policy, or what
 * is typed in a shell. */
static bool may_be_english(const char *word, size_t length) {
    static const char *const words[] = {"Enter", "Esc", "Tab", "Ctrl", "PgUp", "PgDn", "Home",
                                        "End", "xinfeng", "import", "sample", "general", "food",
                                        /* codes of dimensions */
                                        "static", "basic", "dynamic", "supervision", "relation",
                                        "social"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strlen(words[i]) == length && strncmp(words[i], word, length) == 0) {
            return true;
        }
    }
    return strspn(word, "abcdef") >= length; /* of a digest */
}

/* No lower-case Latin word is left on a Chinese screen. In the palette names of actions stand in
 * parentheses. */
static void check_chinese(struct emulator *emulator, int rows, int columns) {
    for (int row = 0; row < rows; row++) {
        const char *text = emulator_text_at(emulator, row, 0, columns);
        for (const char *at = text; *at != '\0';) {
            size_t length = 0;
            size_t small = 0;
            while (isalpha((unsigned char)at[length])) {
                small += islower((unsigned char)at[length]) ? 1 : 0;
                length++;
            }
            bool named = at > text && (at[-1] == '(' || at[-1] == '-');
            if (small >= 3 && !named && !may_be_english(at, length)) {
                char word[64];
                snprintf(word, sizeof word, "%.*s", (int)length, at);
                emulator_dump(emulator);
                fail_msg("English in row %d: %s", row, word);
            }
            at += length > 0 ? length : 1;
        }
    }
}

static void walk_pages(int rows, int columns, bool chinese) {
    const char *database = full_database(chinese ? "walk" : "walk-english");
    struct emulator *emulator =
        chinese ? case_start(database, rows, columns) : case_start_english(database, rows, columns);
    for (size_t i = 0; i < PAGES; i++) {
        keys_press(emulator, pages[i].keys);
        check_frame(emulator, rows, columns, pages[i].asks);
        bool lists_keys = strcmp(pages[i].keys, "?") == 0 || strcmp(pages[i].keys, ":") == 0;
        check_characters(emulator, rows, columns, lists_keys);
        if (chinese) {
            check_chinese(emulator, rows, columns);
        }
        keys_press(emulator, pages[i].back);
        emulator_expect(emulator, chinese ? case_words("What waits") : "What waits");
    }
    case_leave(emulator);
}

static void test_every_page_is_whole_at_80x24(void **state) {
    (void)state;
    walk_pages(24, 80, true);
}

static void test_every_page_is_whole_at_120x40(void **state) {
    (void)state;
    walk_pages(40, 120, true);
}

static void test_every_page_is_whole_in_english(void **state) {
    (void)state;
    walk_pages(24, 80, false);
}

static void test_every_page_survives_a_tiny_screen(void **state) {
    (void)state;
    struct emulator *emulator = case_start(full_database("tiny"), 5, 20);
    for (size_t i = 0; i < PAGES; i++) {
        keys_press(emulator, pages[i].keys);
        keys_press(emulator, "<Down><Up><End><Home>");
        assert_true(emulator_alternate(emulator));
        emulator_resize(emulator, 24, 80);
        check_frame(emulator, 24, 80, pages[i].asks);
        emulator_resize(emulator, 1, 1);
        emulator_resize(emulator, 5, 20);
        keys_press(emulator, pages[i].back);
    }
    emulator_resize(emulator, 24, 80);
    emulator_expect(emulator, case_words("What waits"));
    case_leave(emulator);
}

/* ---- columns --------------------------------------------------------------------------------- */

static bool is_blank(struct emulator *emulator, int row, int column) {
    uint32_t character = emulator_cell(emulator, row, column).chars[0];
    return character == 0 || character == ' ';
}

/* True when a row has nothing where a column is, nor near it. */
static bool has_no_text(struct emulator *emulator, int row, int column) {
    bool blank = true;
    for (int i = -2; i < 8; i++) {
        blank = blank && is_blank(emulator, row, column + i < 0 ? 0 : column + i);
    }
    return blank;
}

/* The texts of a column begin where its title begins, in every row that has one. */
static void assert_left_column(struct emulator *emulator, const char *title, int rows) {
    int top = 0;
    int column = 0;
    int seen = 0;
    case_assert_shown(emulator, title);
    emulator_find(emulator, title, &top, &column);
    for (int row = top + 1; row < rows; row++) {
        if (emulator_row(emulator, row)[0] == '-' || emulator_row(emulator, row)[0] == '\0') {
            break;
        }
        if (has_no_text(emulator, row, column)) {
            continue;
        }
        uint32_t first = emulator_cell(emulator, row, column).chars[0];
        if (is_blank(emulator, row, column) || first == (uint32_t)-1 ||
            (column > 0 && !is_blank(emulator, row, column - 1))) {
            emulator_dump(emulator);
            fail_msg("column %s (%d) is not kept in row %d", title, column, row);
        }
        seen++;
    }
    assert_true(seen > 0);
}

/* As assert_left_column for numbers: they end where the title ends. */
static void assert_right_column(struct emulator *emulator, const char *title, int rows) {
    int top = 0;
    int column = 0;
    int seen = 0;
    case_assert_shown(emulator, title);
    emulator_find(emulator, title, &top, &column);
    int end = column + text_width(title);
    for (int row = top + 1; row < rows; row++) {
        if (emulator_row(emulator, row)[0] == '-' || emulator_row(emulator, row)[0] == '\0') {
            break;
        }
        uint32_t last = emulator_cell(emulator, row, end - 1).chars[0];
        uint32_t after = emulator_cell(emulator, row, end).chars[0];
        if ((last < '0' || last > '9') || (after != 0 && after != ' ')) {
            emulator_dump(emulator);
            fail_msg("column %s ending at %d is not kept in row %d", title, end, row);
        }
        seen++;
    }
    assert_true(seen > 0);
}

static void test_columns_align(void **state) {
    (void)state;
    static const int sizes[][2] = {{24, 80}, {40, 120}};
    for (size_t i = 0; i < 2; i++) {
        int rows = sizes[i][0];
        struct emulator *emulator = case_start(full_database("columns"), rows, sizes[i][1]);
        keys_press(emulator, "2");
        emulator_expect(emulator, case_words("USCC"));
        assert_left_column(emulator, case_words("Name"), rows);
        assert_left_column(emulator, case_words("USCC"), rows);
        assert_left_column(emulator, case_words("Region"), rows);
        assert_right_column(emulator, case_words("Score"), rows);
        if (sizes[i][1] >= 120) {
            assert_left_column(emulator, case_words("Industry"), rows);
        }
        keys_press(emulator, "<Enter><Tab>");
        emulator_expect(emulator, case_words("Occurred"));
        assert_left_column(emulator, case_words("Occurred"), rows);
        assert_left_column(emulator, case_words("Type"), rows);
        keys_press(emulator, "3");
        emulator_expect(emulator, case_words("Title"));
        assert_left_column(emulator, case_words("Number"), rows);
        assert_left_column(emulator, case_words("State"), rows);
        assert_left_column(emulator, case_words("Title"), rows);
        assert_right_column(emulator, case_words("Drawn"), rows);
        keys_press(emulator, "<Enter>");
        emulator_expect(emulator, case_words("Measures"));
        keys_press(emulator, "4");
        emulator_expect(emulator, case_words("Proposed by"));
        assert_left_column(emulator, case_words("State"), rows);
        assert_left_column(emulator, case_words("Enterprise"), rows);
        assert_left_column(emulator, case_words("Proposed by"), rows);
        assert_left_column(emulator, case_words("Document number"), rows);
        case_leave(emulator);
    }
}

static void test_digests_are_never_cut(void **state) {
    (void)state;
    struct emulator *emulator = case_start(full_database("digests"), 40, 120);
    keys_press(emulator, "3<Enter>");
    emulator_expect(emulator, case_words("Frame digest"));
    int row = 0;
    int column = 0;
    emulator_find(emulator, case_words("Frame digest"), &row, &column);
    char digest[65];
    snprintf(digest, sizeof digest, "%s", emulator_text_at(emulator, row, 21, 64));
    assert_int_equal(strspn(digest, "0123456789abcdef"), 64);
    case_assert_shown(emulator, "2026-11-22 12:00  王建国");
    keys_press(emulator, "<End>");
    emulator_resize(emulator, 24, 80);
    int last = case_cursor_row(emulator); /* the last household is still under the cursor */
    assert_int_equal(last, 20);
    keys_press(emulator, "<Home><PageDown><Down><Down><Down><Down>");
    assert_true(emulator_find(emulator, case_words("Frame digest"), &row, &column));
    assert_int_equal(strncmp(emulator_text_at(emulator, row, 21, 32), digest, 32), 0);
    assert_int_equal(strncmp(emulator_text_at(emulator, row + 1, 21, 32), digest + 32, 32), 0);
    case_leave(emulator);
}

/* ---- moving about ---------------------------------------------------------------------------- */

static void test_filters_narrow_and_clear(void **state) {
    (void)state;
    struct emulator *emulator = case_start(case_database("filters"), 24, 80);
    keys_press(emulator, "2");
    emulator_expect(emulator, "1 / 600 ");
    keys_press(emulator, "f");
    emulator_expect(emulator, case_words("All classes"));
    keys_press(emulator, "<Down><Down><Down><Down><Enter>");
    emulator_expect(emulator, case_words("class %s  "));
    case_assert_shown(emulator, case_words("[x clears]"));
    case_assert_not_shown(emulator, "/ 600 ");
    for (int row = 4; row < 21 && emulator_row(emulator, row)[0] != '\0'; row++) {
        assert_string_equal(emulator_text_at(emulator, row, 2, 2), "D ");
    }
    keys_press(emulator, "r652323101<Enter>");
    emulator_expect_gone(emulator, case_words("Division code or its beginning (empty: all):"));
    keys_press(emulator, "x");
    emulator_expect(emulator, "1 / 600 ");
    keys_press(emulator, "r999<Enter>");
    emulator_expect(emulator, case_words("No enterprise fits. Press x to clear search and filters, "
                                         "or take a file in with \"xinfeng import\"."));
    keys_press(emulator, "x/zzzz<Enter>");
    emulator_expect(emulator, case_words("No enterprise fits. Press x to clear search and filters, "
                                         "or take a file in with \"xinfeng import\"."));
    keys_press(emulator, "/<Ctrl-U><Enter>");
    emulator_expect(emulator, "1 / 600 ");
    keys_press(emulator, "i");
    emulator_expect(emulator, case_words("[x clears]"));
    keys_press(emulator, "x");
    emulator_expect(emulator, "1 / 600 ");
    case_leave(emulator);
}

static void test_paging_and_coming_back(void **state) {
    (void)state;
    struct emulator *emulator = case_start(case_database("paging"), 24, 80);
    keys_press(emulator, "2<End>");
    emulator_expect(emulator, "600 / 600 ");
    keys_press(emulator, "<Home>");
    emulator_expect(emulator, " 1 / 600 ");
    int before = 0;
    for (int i = 0; i < 60; i++) { /* page by page to the last row, never backwards */
        keys_press(emulator, "<PageDown>");
        int row = 0;
        int column = 0;
        assert_true(emulator_find(emulator, " / 600 ", &row, &column));
        int place = atoi(emulator_text_at(emulator, row, column - 4, 4));
        assert_true(place > before || place == 600);
        before = place;
    }
    assert_int_equal(before, 600);
    keys_press(emulator, "<PageUp><PageUp><Up><Up><Up>");
    char picture[24][512];
    for (int row = 0; row < 24; row++) {
        snprintf(picture[row], sizeof picture[row], "%s", emulator_row(emulator, row));
    }
    int cursor = case_cursor_row(emulator);
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("Particulars"));
    keys_press(emulator, "3"); /* another desk and back: the page stands open */
    emulator_expect(
        emulator, case_words("There are no inspection plans yet. Press n to make one: it takes its "
                             "classes from the newest period and its rates from the policy."));
    keys_press(emulator, "2");
    emulator_expect(emulator, case_words("Particulars"));
    keys_press(emulator, "<Esc>");
    emulator_expect_gone(emulator, case_words("Particulars"));
    for (int row = 0; row < 24; row++) {
        assert_string_equal(emulator_row(emulator, row), picture[row]);
    }
    assert_int_equal(case_cursor_row(emulator), cursor);
    case_leave(emulator);
}

static void test_the_front_page_leads_somewhere(void **state) {
    (void)state;
    struct emulator *emulator = case_start(full_database("front"), 24, 80);
    int row = case_cursor_row(emulator);
    int waiting = 0;
    int column = 0;
    emulator_find(emulator, case_words("What waits"), &waiting, &column);
    assert_int_equal(row, waiting + 1); /* the heading is passed over */
    keys_press(emulator, "<Up>");
    assert_int_equal(case_cursor_row(emulator), row);
    keys_press(emulator, "<Enter>"); /* one override waits */
    emulator_expect(emulator, case_words("Proposed by"));
    keys_press(emulator, "<Esc><End>");
    assert_string_equal(emulator_text_at(emulator, case_cursor_row(emulator), 2, 2), "D ");
    keys_press(emulator, "<Enter>");
    emulator_expect(emulator, case_words("class %s  "));
    case_assert_shown(emulator, case_words("[x clears]"));
    keys_press(emulator, "<Esc>m");
    emulator_expect(
        emulator,
        case_words(
            "Score every enterprise for this month? An earlier run of the month is replaced."));
    keys_press(emulator, "n");
    emulator_expect_gone(
        emulator,
        case_words(
            "Score every enterprise for this month? An earlier run of the month is replaced."));
    keys_press(emulator, "my");
    emulator_expect(emulator, case_words("Period %s scored: A %lld, B %lld, C %lld, D %lld."));
    case_leave(emulator);
}

static void test_help_and_palette(void **state) {
    (void)state;
    struct emulator *emulator = case_start(case_database("help"), 24, 80);
    keys_press(emulator, "2?");
    emulator_expect(emulator, case_words("Keys: %s"));
    case_assert_shown(emulator, case_words("find by name, code or pinyin initials"));
    keys_press(emulator, "<Esc>:");
    emulator_expect(emulator, case_words("Actions"));
    struct buffer initials = BUFFER_INIT;
    initials_append(&initials, case_words("leave the program"));
    emulator_type(emulator, buffer_text(&initials));
    buffer_free(&initials);
    emulator_expect(emulator, case_words("leave the program"));
    case_assert_not_shown(emulator, case_words("go on as another person"));
    keys_press(emulator, "<Ctrl-U>actor<Enter>"); /* by its English name */
    emulator_expect(emulator, case_words("Go on as (name):"));
    keys_press(emulator, "李梅<Enter>");
    emulator_expect(emulator, case_words("What follows is done as %s."));
    case_leave(emulator);
}

/* ---- what was typed -------------------------------------------------------------------------- */

static void test_prompts_and_forms_survive_a_resize(void **state) {
    (void)state;
    struct emulator *emulator = case_start(case_database("typed"), 24, 80);
    keys_press(emulator, "2/htbx");
    emulator_expect(emulator, case_words("Find:"));
    emulator_resize(emulator, 5, 20);
    emulator_resize(emulator, 40, 120);
    int row = 0;
    int column = 0;
    assert_true(emulator_find(emulator, "htbx", &row, &column));
    assert_int_equal(row, 38);
    keys_press(emulator, "<Enter>x");
    keys_press(emulator, "<Enter>o<Tab>长期未经营");
    emulator_expect(emulator, "长期未经营");
    emulator_resize(emulator, 1, 1);
    emulator_resize(emulator, 24, 80);
    emulator_expect(emulator, "长期未经营");
    keys_press(emulator, "<Tab>呼市监〔2026〕9号");
    case_assert_shown(emulator, "长期未经营");
    case_assert_shown(emulator, "呼市监〔2026〕9号");
    case_leave_unsaved(emulator);
}

static void test_leaving_a_changed_form_asks_once(void **state) {
    (void)state;
    struct emulator *emulator = case_start(case_database("leaving"), 24, 80);
    keys_press(emulator, "n<Esc>"); /* nothing was typed: nothing is asked */
    emulator_expect(emulator, case_words("What waits"));
    keys_press(emulator, "n<End>增补<Esc>");
    emulator_expect(emulator,
                    case_words("Leave without keeping the plan? What was typed is lost."));
    keys_press(emulator, "n");
    emulator_expect_gone(emulator,
                         case_words("Leave without keeping the plan? What was typed is lost."));
    case_assert_shown(emulator, "增补");
    keys_press(emulator, "<Esc>y");
    emulator_expect(emulator, case_words("What waits"));
    keys_press(emulator, "2<Enter>o<Tab>理由文字<Esc>");
    emulator_expect(emulator, case_words("Leave without proposing? What was typed is lost."));
    keys_press(emulator, "<Enter>"); /* Enter is no: nothing is lost by pressing it too often */
    case_assert_shown(emulator, "理由文字");
    case_leave_unsaved(emulator); /* leaving the program asks as well */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_page_is_whole_at_80x24),
        cmocka_unit_test(test_every_page_is_whole_at_120x40),
        cmocka_unit_test(test_every_page_is_whole_in_english),
        cmocka_unit_test(test_every_page_survives_a_tiny_screen),
        cmocka_unit_test(test_columns_align),
        cmocka_unit_test(test_digests_are_never_cut),
        cmocka_unit_test(test_filters_narrow_and_clear),
        cmocka_unit_test(test_paging_and_coming_back),
        cmocka_unit_test(test_the_front_page_leads_somewhere),
        cmocka_unit_test(test_help_and_palette),
        cmocka_unit_test(test_prompts_and_forms_survive_a_resize),
        cmocka_unit_test(test_leaving_a_changed_form_asks_once),
    };
    return cmocka_run_group_tests(tests, case_set_up, case_tear_down);
}
