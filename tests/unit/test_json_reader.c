#include "unit/unit.h"

#include "base/json_reader.h"

#include <string.h>

/* One document under the reader, ended by close. */
struct reading {
    struct json_reader reader;
    struct error error;
    json_t *json;
    struct json_node root;
};

static void start(struct reading *reading, const char *text) {
    memset(reading, 0, sizeof(*reading));
    reading->reader =
        (struct json_reader){.origin = "d.json", .arena = arena_new(), .error = &reading->error};
    reading->json = json_reader_parse(&reading->reader, text, strlen(text));
    reading->root = json_read_root(&reading->reader, reading->json);
}

static void finish(struct reading *reading, const char *sentence) {
    assert_int_equal(reading->reader.code, sentence == NULL ? RESULT_OK : RESULT_INVALID);
    assert_string_equal(error_sentence(&reading->error), sentence == NULL ? "" : sentence);
    json_decref(reading->json);
    arena_free(reading->reader.arena);
    error_clear(&reading->error);
}

static void test_values_are_read(void **state) {
    (void)state;
    struct reading reading;
    start(&reading, "{\"text\": \"\xE4\xBF\xA1\", \"number\": -7, \"flag\": true, \"word\": \"b\", "
                    "\"none\": null, \"object\": {\"in\": 1}}");
    const struct json_node *root = &reading.root;
    static const char *const words[] = {"a", "b", NULL};
    json_read_only(root, JSON_WORDS("text", "number", "flag", "word", "none", "object"));
    json_read_stated(root, "none");
    assert_string_equal(json_read_text(root, "text"), "\xE4\xBF\xA1");
    assert_null(json_read_text_or_null(root, "none"));
    assert_null(json_read_text_or_null(root, "absent"));
    assert_int_equal(json_read_int(root, "number", -7, -7), -7);
    assert_int_equal(json_read_int_or(root, "none", 0, 1, 9), 9);
    assert_true(json_read_flag(root, "flag"));
    assert_true(json_read_flag_or(root, "none", true));
    assert_int_equal(json_read_word(root, "word", words), 1);
    assert_int_equal(json_read_word_or(root, "none", words, 2), 2);
    struct json_node object = json_read_object(root, "object");
    assert_int_equal(json_read_int(&object, "in", 0, 1), 1);
    assert_null(json_read_object_or_none(root, "none").value);
    assert_null(json_read_array_or_none(root, "absent").value);
    finish(&reading, NULL);
}

struct entry {
    const char *name;
    int64_t number;
};

static void read_entry(const struct json_node *item, void *place, void *owner) {
    struct entry *entry = place;
    entry->name = item->key == NULL ? "" : json_read_key(item);
    entry->number = json_read_int_here(item, 0, 9);
    *(size_t *)owner += item->index;
}

static void test_items_keep_their_order(void **state) {
    (void)state;
    struct reading reading;
    start(&reading, "{\"list\": [3, 1, 2], \"map\": {\"z\": 1, \"a\": 2}, \"empty\": []}");
    size_t count = 0;
    size_t sum = 0;
    struct json_node list = json_read_array(&reading.root, "list");
    struct entry *entries = json_read_items(&list, sizeof(*entries), &count, read_entry, &sum);
    assert_int_equal(count, 3);
    assert_int_equal(sum, 3);
    assert_int_equal(entries[0].number, 3);
    assert_int_equal(entries[2].number, 2);
    struct json_node map = json_read_object(&reading.root, "map");
    entries = json_read_items(&map, sizeof(*entries), &count, read_entry, &sum);
    assert_int_equal(count, 2);
    assert_string_equal(entries[0].name, "z");
    assert_string_equal(entries[1].name, "a");
    assert_int_equal(entries[1].number, 2);
    struct json_node empty = json_read_array(&reading.root, "empty");
    assert_non_null(json_read_items(&empty, sizeof(*entries), &count, read_entry, &sum));
    assert_int_equal(count, 0);
    struct json_node absent = json_read_array_or_none(&reading.root, "absent");
    assert_null(json_read_items(&absent, sizeof(*entries), &count, read_entry, &sum));
    assert_int_equal(count, 0);
    finish(&reading, NULL);
}

/* Keys with escapes, brackets in texts and wide characters do not lead astray. */
static void test_places_hold_in_odd_texts(void **state) {
    (void)state;
    struct reading reading;
    start(&reading, " {\"a\\\"}\": \"]\\\\\", \"\\u4fe1\":\n [[], {\"x\": {}}, \"信\", 12]}");
    struct json_node list = json_read_array(&reading.root, "\xE4\xBF\xA1");
    struct json_node item = json_read_item(&list, 3);
    json_read_int_here(&item, 0, 9);
    finish(&reading, "d.json:2:23: 12 is out of bounds; it must be from 0 to 9.");
}

static void test_the_first_fault_stays(void **state) {
    (void)state;
    struct reading reading;
    start(&reading, "{\"a\": 1,\n \"b\": [true, 5]}");
    struct json_node list = json_read_array(&reading.root, "b");
    size_t count = 0;
    size_t sum = 0;
    json_read_items(&list, sizeof(struct entry), &count, read_entry, &sum);
    assert_int_equal(count, 1);
    assert_string_equal(json_read_text(&reading.root, "a"), "");
    assert_int_equal(json_read_int(&reading.root, "a", -3, 5), -3);
    assert_null(json_read_object(&reading.root, "b").value);
    finish(&reading, "d.json:2:8: The value here must be a whole number.");
}

static void test_faults_say_what_is_wanted(void **state) {
    (void)state;
    struct reading reading;
    start(&reading, "{\"w\": \"d\"}");
    json_read_word(&reading.root, "w", JSON_WORDS("a", "b", "c"));
    finish(&reading, "d.json:1:7: \"w\" must be a, b or c.");
    start(&reading, "{\"w\": 1}");
    json_read_flag(&reading.root, "w");
    finish(&reading, "d.json:1:7: \"w\" must be true or false.");
    start(&reading, "{\"w\": 1}");
    json_read_only(&reading.root, JSON_WORDS("v"));
    finish(&reading, "d.json:1:7: \"w\" is not known here; check the spelling.");
    start(&reading, "\n{}");
    json_read_stated(&reading.root, "w");
    finish(&reading, "d.json:2:1: \"w\" is missing here.");
    start(&reading, "{\"w\": []}");
    json_read_object_or_none(&reading.root, "w");
    finish(&reading, "d.json:1:7: \"w\" must be an object {...}.");
    start(&reading, "{\"w\": 1, \"w\": 2}");
    assert_null(reading.json);
    assert_int_equal(reading.reader.code, RESULT_INVALID);
    assert_int_equal(json_read_int(&reading.root, "w", 0, 9), 0);
    assert_non_null(strstr(error_sentence(&reading.error), "not JSON"));
    error_clear(&reading.error);
    arena_free(reading.reader.arena);
}

/* Without the text a fault names the way to its place. */
static void test_paths_stand_in_for_lines(void **state) {
    (void)state;
    struct reading reading;
    start(&reading, "{\"classes\": [{}, {\"rate\": {\"num\": \"x\"}}]}");
    reading.reader.text = NULL;
    reading.reader.origin = "measures";
    struct json_node list = json_read_array(&reading.root, "classes");
    struct json_node item = json_read_item(&list, 1);
    struct json_node rate = json_read_object(&item, "rate");
    json_read_int(&rate, "num", 0, 1);
    finish(&reading, "measures.classes[1].rate.num: \"num\" must be a whole number.");
}

static const char *no_line_break(const char *text) {
    return strchr(text, '\n') == NULL ? NULL : "one line";
}

/* The rule for texts holds for copied keys too, and a key that breaks it is never shown. */
static void test_texts_obey_their_rule(void **state) {
    (void)state;
    struct reading reading;
    start(&reading, "{\"a\": \"x\\ny\"}");
    reading.reader.text_rule = no_line_break;
    json_read_text(&reading.root, "a");
    finish(&reading, "d.json:1:7: \"a\" must be one line.");
    start(&reading, "{\"a\\nb\": 1}");
    reading.reader.text_rule = no_line_break;
    json_read_only(&reading.root, JSON_WORDS("a"));
    finish(&reading, "d.json:1:10: \"?\" is not known here; check the spelling.");
    start(&reading, "{\"a\\nb\": 1}");
    reading.reader.text_rule = no_line_break;
    size_t count = 0;
    size_t sum = 0;
    json_read_items(&reading.root, sizeof(struct entry), &count, read_entry, &sum);
    finish(&reading, "d.json:1:10: \"?\" must be one line.");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_are_read),
        cmocka_unit_test(test_items_keep_their_order),
        cmocka_unit_test(test_places_hold_in_odd_texts),
        cmocka_unit_test(test_the_first_fault_stays),
        cmocka_unit_test(test_faults_say_what_is_wanted),
        cmocka_unit_test(test_paths_stand_in_for_lines),
        cmocka_unit_test(test_texts_obey_their_rule),
    };
    return cmocka_run_group_tests_name("base/json_reader", tests, NULL, NULL);
}
