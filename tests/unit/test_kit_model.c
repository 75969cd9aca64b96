/* The kit's parts that hold state, against plain models, without a screen: painting clips to a
 * screen of no rows, so it may be called. */
#include "unit/unit.h"

#include "base/text.h"
#include "ui/kit/form.h"
#include "ui/kit/keymap.h"
#include "ui/kit/line_edit.h"
#include "ui/kit/outline.h"
#include "ui/kit/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- a table against an array ---------------------------------------------------------------- */

enum { MODEL_ROOM = 2000 };

struct model {
    int64_t values[MODEL_ROOM]; /* ascending, no two alike */
    size_t count;
    bool fails;
    size_t most_asked;
};

static uint32_t next_random(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static enum result model_fetch(void *context, const struct row_request *request,
                               struct row_page *page, struct error *error) {
    struct model *model = context;
    size_t given = 0;
    if (model->fails) {
        return error_set(error, RESULT_BUSY, "%s", "busy");
    }
    model->most_asked = request->limit > model->most_asked ? request->limit : model->most_asked;
    for (size_t i = 0; i < model->count && given < request->limit; i++) {
        int64_t value = model->values[request->backward ? model->count - 1 - i : i];
        if (request->key != NULL) {
            int64_t at = request->key->numbers[0];
            bool beyond = request->backward ? value < at : value > at;
            if (!beyond && !(request->inclusive && value == at)) {
                continue;
            }
        }
        struct row_key key = {{value, 0}, ""};
        struct row *row = row_page_add(page, &key);
        assert_non_null(row);
        row_set_id(row, value);
        given++;
    }
    return RESULT_OK;
}

static int64_t model_count(void *context) {
    return (int64_t)((const struct model *)context)->count;
}

/* The place of the first value not below, or count. */
static size_t model_find(const struct model *model, int64_t value) {
    size_t place = 0;
    while (place < model->count && model->values[place] < value) {
        place++;
    }
    return place;
}

static void model_remove(struct model *model, size_t place) {
    memmove(model->values + place, model->values + place + 1,
            (model->count - place - 1) * sizeof model->values[0]);
    model->count--;
}

static void model_insert(struct model *model, int64_t value) {
    size_t place = model_find(model, value);
    if (model->count == MODEL_ROOM || (place < model->count && model->values[place] == value)) {
        return;
    }
    memmove(model->values + place + 1, model->values + place,
            (model->count - place) * sizeof model->values[0]);
    model->values[place] = value;
    model->count++;
}

static const struct column model_columns[] = {{"n", 8, true, false, ALIGN_RIGHT, 0}};

/* Where the cursor must be after an action, from where it was. */
static size_t expected_place(const struct model *model, size_t place, int action, size_t page) {
    size_t last = model->count - 1;
    size_t step = page > 1 ? page - 1 : 1;
    switch (action) {
    case ACTION_TABLE_UP:
        return place > 0 ? place - 1 : 0;
    case ACTION_TABLE_DOWN:
        return place < last ? place + 1 : last;
    case ACTION_TABLE_PAGE_UP:
        return place > step ? place - step : 0;
    case ACTION_TABLE_PAGE_DOWN:
        return place + step < last ? place + step : last;
    case ACTION_TABLE_HOME:
        return 0;
    default:
        return last;
    }
}

static void check_row(struct table *table, const struct model *model, size_t place) {
    int64_t known;
    int64_t count;
    assert_non_null(table_current(table));
    assert_int_equal(row_id(table_current(table)), model->values[place]);
    table_position(table, &known, &count);
    assert_int_equal(count, (int64_t)model->count);
    if (known >= 0) {
        assert_int_equal(known, (int64_t)place + 1);
    }
}

/* Rows come and go, then the table is refreshed: the cursor is on its row, or on what took its
 * place. */
static size_t shake(struct table *table, struct model *model, size_t place, uint32_t *seed) {
    int64_t value = model->values[place];
    bool grow = next_random(seed) % 2 == 0;
    for (int i = 0; i < 5; i++) {
        if (grow) {
            model_insert(model, (int64_t)(next_random(seed) % 100000));
        } else if (model->count > 1) {
            model_remove(model, next_random(seed) % 3 == 0 && i == 0
                                    ? model_find(model, value)
                                    : next_random(seed) % model->count);
        }
    }
    struct error error = ERROR_INIT;
    assert_ok(table_refresh(table, &error), &error);
    size_t found = model_find(model, value);
    return found < model->count ? found : model->count - 1;
}

static void test_a_table_walks_like_an_array(void **state) {
    (void)state;
    static const int actions[] = {
        ACTION_TABLE_UP,        ACTION_TABLE_DOWN,      ACTION_TABLE_DOWN, ACTION_TABLE_PAGE_UP,
        ACTION_TABLE_PAGE_DOWN, ACTION_TABLE_PAGE_DOWN, ACTION_TABLE_HOME, ACTION_TABLE_END};
    static struct model model;
    for (uint32_t seed = 1; seed <= 20; seed++) {
        uint32_t random = seed;
        model = (struct model){0};
        size_t wanted = 1 + next_random(&random) % (seed < 10 ? 60 : MODEL_ROOM - 100);
        while (model.count < wanted) {
            model_insert(&model, (int64_t)(next_random(&random) % 100000));
        }
        struct row_source source = {.context = &model, .fetch = model_fetch, .count = model_count};
        struct table *table = table_new(model_columns, 1, &source);
        assert_non_null(table);
        struct region region = {0, 0, 10, 80};
        size_t place = 0;
        for (int step = 0; step < 1500; step++) {
            if (next_random(&random) % 40 == 0) {
                region.rows = 1 + (int)(next_random(&random) % 50);
            }
            table_paint(table, region);
            check_row(table, &model, place);
            size_t page = (size_t)(region.rows > 1 ? region.rows - 1 : 1);
            struct event event = {.type = EVENT_KEY, .text = ""};
            if (next_random(&random) % 25 == 0) {
                place = shake(table, &model, place, &random);
            } else {
                int action = actions[next_random(&random) % 8];
                assert_int_equal(table_handle(table, &event, action), TABLE_MOVED);
                place = expected_place(&model, place, action, page);
            }
            check_row(table, &model, place);
        }
        assert_in_range(model.most_asked, 1, 100); /* never the whole set */
        table_free(table);
    }
}

static void test_a_failing_source_keeps_what_is_shown(void **state) {
    (void)state;
    static struct model model = {.values = {10, 20, 30}, .count = 3};
    struct row_source source = {.context = &model, .fetch = model_fetch, .count = model_count};
    struct error error = ERROR_INIT;
    struct table *table = table_new(model_columns, 1, &source);
    assert_non_null(table);
    assert_ok(table_reload(table, &error), &error);
    model.fails = true;
    assert_int_equal(table_refresh(table, &error), RESULT_BUSY);
    assert_string_equal(error_sentence(&error), "busy");
    assert_int_equal(row_id(table_current(table)), 10);
    model.fails = false;
    struct row_key key = {{20, 0}, ""};
    assert_ok(table_go(table, &key, &error), &error);
    assert_int_equal(row_id(table_current(table)), 20);
    model.count = 0;
    assert_ok(table_refresh(table, &error), &error);
    assert_null(table_current(table));
    struct event event = {.type = EVENT_KEY, .text = ""};
    for (int action = ACTION_TABLE_OPEN; action <= ACTION_TABLE_SORT; action++) {
        assert_int_equal(table_handle(table, &event, action), TABLE_MOVED);
    }
    assert_int_equal(table_sort(table, 0, false, &error), RESULT_USAGE);
    error_clear(&error);
    table_free(table);
}

/* ---- a line ---------------------------------------------------------------------------------- */

static void press(struct line_edit *edit, int key) {
    struct event event = {.type = EVENT_KEY, .key = key, .text = ""};
    line_edit_handle(edit, &event);
}

static void put(struct line_edit *edit, const char *text) {
    struct event event = {.type = EVENT_TEXT, .text = text};
    line_edit_handle(edit, &event);
}

/* Whatever is pressed, the text stays whole characters within the limit, and undo leads back. */
static void test_a_line_stays_well_formed(void **state) {
    (void)state;
    static const char *const pieces[] = {"呼",       "a", "𠮷",     "e\xCC\x81",
                                         "\xCC\x81", " ", "园户村", "\t\n"};
    static const int keys[] = {PRESS_LEFT,         PRESS_RIGHT,        PRESS_HOME,
                               PRESS_END,          PRESS_BACKSPACE,    PRESS_DELETE,
                               PRESS_CONTROL('w'), PRESS_CONTROL('z'), PRESS_CONTROL('k')};
    uint32_t random = 7;
    struct line_edit *edit = line_edit_new(40);
    assert_non_null(edit);
    for (int step = 0; step < 20000; step++) {
        char before[64];
        snprintf(before, sizeof before, "%s", line_edit_text(edit));
        if (next_random(&random) % 3 == 0) {
            press(edit, keys[next_random(&random) % 9]);
        } else {
            put(edit, pieces[next_random(&random) % 8]);
            if (strcmp(before, line_edit_text(edit)) != 0 && next_random(&random) % 4 == 0) {
                press(edit, PRESS_CONTROL('z'));
                assert_string_equal(line_edit_text(edit), before);
            }
        }
        const char *text = line_edit_text(edit);
        assert_in_range(strlen(text), 0, 40);
        assert_true(text_valid_utf8(text, strlen(text)));
        assert_null(strpbrk(text, "\t\n"));
    }
    line_edit_free(edit);
}

static void test_a_line_refuses_what_is_no_text(void **state) {
    (void)state;
    struct line_edit *edit = line_edit_new(8);
    assert_non_null(edit);
    put(edit, "\xFF\xFE");
    assert_string_equal(line_edit_text(edit), "");
    put(edit, "呼图壁"); /* 9 bytes: the third has no room */
    assert_string_equal(line_edit_text(edit), "呼图");
    assert_false(line_edit_set(edit, "123456789"));
    assert_string_equal(line_edit_text(edit), "呼图");
    press(edit, PRESS_BACKSPACE);
    press(edit, PRESS_BACKSPACE);
    press(edit, PRESS_BACKSPACE);
    assert_string_equal(line_edit_text(edit), "");
    line_edit_free(edit);
}

/* ---- keys and forms -------------------------------------------------------------------------- */

static void test_the_first_table_takes_the_key(void **state) {
    (void)state;
    static const struct action particular[] = {
        {1, "find", "find", "find", {'/', PRESS_FUNCTION(3)}, ACTION_SHOWN},
        {0},
    };
    static const struct action general[] = {
        {2, "slash", "slash", "slash", {'/', PRESS_CONTROL('g')}, ACTION_SHOWN},
        {1, "find", "find again", "find", {'f'}, ACTION_SHOWN},
        {0},
    };
    struct keymap keymap = {{particular, NULL, general, NULL}};
    char name[KEY_NAME_SIZE];
    assert_int_equal(keymap_find(&keymap, '/')->id, 1);
    assert_int_equal(keymap_find(&keymap, 0x3001)->id, 1);
    assert_int_equal(keymap_find(&keymap, PRESS_CONTROL('g'))->id, 2);
    assert_null(keymap_find(&keymap, 'f')); /* met before: the particular one stands */
    assert_null(keymap_find(&keymap, PRESS_NONE));
    assert_int_equal(keymap_find_name(&keymap, "slash")->id, 2);
    assert_string_equal(key_title(PRESS_FUNCTION(3), name), "F3");
    assert_string_equal(key_title(PRESS_CONTROL('g'), name), "Ctrl-G");
    assert_string_equal(key_title('/', name), "/");
    assert_int_equal(keymap_at_footer(&keymap, 80, 2)->id, 1);
    assert_null(keymap_at_footer(&keymap, 80, 70));
    assert_null(keymap_at_footer(&keymap, 3, 1));
}

static void test_a_form_reads_what_was_typed(void **state) {
    (void)state;
    static const char *const choices[] = {"x", "y", NULL};
    static const struct field fields[] = {
        {"number", NULL, FIELD_NUMBER, false, NULL, NULL},
        {"date", NULL, FIELD_DATE, true, NULL, NULL},
        {"choice", NULL, FIELD_CHOICE, false, choices, NULL},
    };
    struct error error = ERROR_INIT;
    struct form *form = form_new(fields, 3, NULL);
    assert_non_null(form);
    assert_true(form_set_text(form, 0, "-12"));
    assert_int_equal(form_number(form, 0), -12);
    assert_int_equal(form_check(form, &error), RESULT_INVALID);
    assert_int_equal(form_focus(form), 1);
    assert_true(form_set_text(form, 1, "2026-11-22"));
    assert_ok(form_check(form, &error), &error);
    assert_int_equal(form_date(form, 1), 20261122);
    assert_true(form_set_text(form, 0, "99999999999999999999"));
    assert_int_equal(form_number(form, 0), 0);
    assert_int_equal(form_check(form, NULL), RESULT_INVALID);
    assert_false(form_changed(form));
    struct event right = {.type = EVENT_KEY, .key = PRESS_RIGHT, .text = ""};
    form_set_focus(form, 2);
    assert_int_equal(form_handle(form, NULL, &right, ACTION_NONE), FORM_CHANGED);
    assert_string_equal(form_text(form, 2), "y");
    assert_true(form_changed(form));
    error_clear(&error);
    form_free(form);
}

/* ---- an outline with headings ---------------------------------------------------------------- */

enum { OUTLINE_LINES = 60 };

static bool is_heading(const void *context, size_t line) {
    return ((const bool *)context)[line];
}

static void paint_nothing(void *context, size_t line, struct region row, int on_cursor) {
    (void)context;
    (void)line;
    (void)row;
    (void)on_cursor;
}

/* Paints into rows rows and checks that the cursor can be seen. */
static void look_at(struct outline *outline, int rows) {
    outline_paint(outline, (struct region){0, 0, rows, 20}, paint_nothing, NULL);
    assert_true(outline->cursor >= outline->top);
    assert_true(outline->cursor < outline->top + (size_t)rows);
}

/* Walks the whole outline by one action and checks that it meets exactly the lines that are no
 * headings, in their order. */
static void walk_outline(struct outline *outline, const bool *headings, int rows, bool down) {
    static const struct event none = {.type = EVENT_KEY, .text = ""};
    outline_handle(outline, &none, down ? ACTION_TABLE_HOME : ACTION_TABLE_END);
    for (size_t i = 0; i < outline->count; i++) {
        size_t line = down ? i : outline->count - 1 - i;
        if (headings[line]) {
            continue;
        }
        look_at(outline, rows);
        assert_int_equal(outline->cursor, line);
        outline_handle(outline, &none, down ? ACTION_TABLE_DOWN : ACTION_TABLE_UP);
    }
}

static void test_an_outline_passes_over_headings(void **state) {
    (void)state;
    uint32_t seed = 11;
    for (int round = 0; round < 300; round++) {
        bool headings[OUTLINE_LINES];
        struct outline outline = {.count = 1 + next_random(&seed) % OUTLINE_LINES,
                                  .passed_over = is_heading,
                                  .context = headings};
        size_t stops = 0;
        size_t first = outline.count;
        size_t last = 0;
        for (size_t i = 0; i < outline.count; i++) {
            headings[i] = next_random(&seed) % 3 == 0;
            stops += headings[i] ? 0 : 1;
            first = !headings[i] && first == outline.count ? i : first;
            last = headings[i] ? last : i;
        }
        int rows = 1 + (int)(next_random(&seed) % 20);
        look_at(&outline, rows);
        if (stops == 0) {
            continue;
        }
        assert_int_equal(outline.cursor, first);
        walk_outline(&outline, headings, rows, true);
        /* What stands below the last stop is shown too, as far as there is room. */
        assert_int_equal(outline.cursor, last);
        look_at(&outline, rows);
        assert_true(outline.top + (size_t)rows >= outline.count || outline.top == last);
        walk_outline(&outline, headings, rows, false);
        look_at(&outline, rows);
        assert_int_equal(outline.cursor, first);
        assert_true(outline.top == 0 || outline.top + (size_t)rows == first + 1 || first == last);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_table_walks_like_an_array),
        cmocka_unit_test(test_a_failing_source_keeps_what_is_shown),
        cmocka_unit_test(test_a_line_stays_well_formed),
        cmocka_unit_test(test_a_line_refuses_what_is_no_text),
        cmocka_unit_test(test_the_first_table_takes_the_key),
        cmocka_unit_test(test_a_form_reads_what_was_typed),
        cmocka_unit_test(test_an_outline_passes_over_headings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
