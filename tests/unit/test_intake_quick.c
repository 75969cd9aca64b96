/* What is read the quick way against what it stands for, read the slow way. */
#include "unit/scratch.h"

#include "base/text.h"
#include "intake/csv_pieces.h"
#include "intake/encoding.h"
#include "intake/quick_cell.h"
#include "intake/utf8_scan.h"
#include "intake/value.h"
#include "intake/value_money.h"
#include "unit/random.h"

#include <utf8proc.h>

static struct error error = ERROR_INIT;

#define PICK(random, list) list[random_next(random) % (sizeof(list) / sizeof((list)[0]))]

/* ---- bytes ----------------------------------------------------------------------------------- */

static bool is_plain_utf8(const unsigned char *bytes, size_t length) {
    return text_valid_utf8((const char *)bytes, length) && memchr(bytes, 0, length) == NULL;
}

/* Takes the bytes in pieces of every length. */
static bool scan(const unsigned char *bytes, size_t length, random_state *random) {
    struct utf8_scan state = {0};
    bool good = true;
    for (size_t at = 0; good && at < length;) {
        size_t piece = (size_t)random_between(random, 1, 50);
        piece = piece < length - at ? piece : length - at;
        good = utf8_scan_add(&state, bytes + at, piece);
        at += piece;
    }
    return good && utf8_scan_end(&state);
}

static void bytes_are_judged_as_utf8_is_defined(void **state) {
    (void)state;
    static const char *const parts[] = {"a",    "é",        "汉",           "😀",
                                        "\n",   "\xC3",     "\xE6\xB1",     "\xF0\x9F\x98",
                                        "\x80", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                        "\xFF"};
    for (uint64_t seed = 1; seed <= 20000; seed++) {
        random_state random = seed;
        unsigned char bytes[300];
        size_t length = 0;
        int most = random_between(&random, 0, 60);
        for (int i = 0; i < most; i++) {
            /* mostly whole characters, so that a fault stands alone */
            const char *part =
                parts[random_next(&random) % (random_between(&random, 1, 40) == 1 ? 13 : 5)];
            memcpy(bytes + length, part, strlen(part));
            length += strlen(part);
        }
        if (random_between(&random, 1, 30) == 1 && length > 0) {
            bytes[random_next(&random) % length] = (unsigned char)random_next(&random);
        }
        assert_int_equal(scan(bytes, length, &random), is_plain_utf8(bytes, length));
    }
}

/* ---- keys of names --------------------------------------------------------------------------- */

/* text_name_key by its definition. */
static char *slow_key(const char *name) {
    char *key = text_normalise(name);
    char *out = key;
    for (const char *in = key; *in != '\0'; in++) {
        char byte = *in;
        if (byte == ' ') {
            continue;
        }
        byte = byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte;
        byte = byte == '[' || byte == '{' ? '(' : byte;
        *out++ = byte == ']' || byte == '}' ? ')' : byte;
    }
    *out = '\0';
    return key;
}

static void expect_key(const char *name) {
    char *expected = slow_key(name);
    char *key = text_name_key(name);
    assert_string_equal(key, expected);
    free(key);
    free(expected);
}

/* Every character alone, and with one before and behind that it might join. */
static void keys_are_what_normalising_makes_of_every_character(void **state) {
    (void)state;
    static const char *const besides[] = {"公",           "a",  "　", "é", "\xCC\x81", "が",
                                          "\xE3\x82\x99", "각", "（"};
    for (utf8proc_int32_t point = 1; point <= 0x10FFFF; point++) {
        utf8proc_uint8_t bytes[5] = {0};
        if (!utf8proc_codepoint_valid(point)) {
            continue;
        }
        bytes[utf8proc_encode_char(point, bytes)] = 0;
        char name[40];
        expect_key((const char *)bytes);
        if (point < 0x3400 || (point > 0x9F00 && point < 0x11000)) {
            const char *beside = besides[(size_t)point % (sizeof(besides) / sizeof(besides[0]))];
            snprintf(name, sizeof(name), "%s%s%s公 司", beside, bytes, beside);
            expect_key(name);
        }
    }
}

/* ---- cells ----------------------------------------------------------------------------------- */

/* A cell of pieces that all mean something to one of the readers. */
static void make_cell(random_state *random, char *cell, size_t size) {
    static const char *const parts[] = {"无",
                                        "未",
                                        "公",
                                        "示",
                                        "不",
                                        "详",
                                        "没",
                                        "有",
                                        "空",
                                        "暂",
                                        "N",
                                        "A",
                                        "/",
                                        " ",
                                        "　",
                                        "。",
                                        "？",
                                        "*",
                                        "＊",
                                        "-",
                                        "1",
                                        "2024",
                                        "03",
                                        "元",
                                        ".",
                                        ",",
                                        "\xEF\xBF\xBD",
                                        "\xE2\x80\x8B",
                                        "\xE2\x80\x8E",
                                        "\xE2\x80\xA9",
                                        "\xE2\x81\xA0",
                                        "缺",
                                        "失",
                                        "登记",
                                        "待补充",
                                        "U",
                                        "ndefined",
                                        "\xC2\xA0",
                                        "䀀",
                                        "（",
                                        "nil",
                                        "a",
                                        "〔",
                                        "有限公司",
                                        "市场监督管理局",
                                        "\t",
                                        "\xEF\xBB\xBF"};
    cell[0] = '\0';
    for (int i = random_between(random, 0, 8); i > 0; i--) {
        const char *part = PICK(random, parts);
        if (strlen(cell) + strlen(part) + 1 < size) {
            strcat(cell, part);
        }
    }
}

static bool trims_to_itself(const char *cell, bool (*trim)(char *)) {
    char copy[256];
    snprintf(copy, sizeof(copy), "%s", cell);
    return trim(copy) && strcmp(copy, cell) == 0;
}

static void cells_are_taken_only_as_the_careful_readers_take_them(void **state) {
    (void)state;
    int texts = 0;
    for (uint64_t seed = 1; seed <= 200000; seed++) {
        random_state random = seed;
        char cell[200];
        char folded[VALUE_SIZE];
        make_cell(&random, cell, sizeof(cell));
        size_t length = strlen(cell);
        if (quick_cell_speaks(cell, length)) {
            assert_true(value_fold(cell, folded, sizeof(folded)));
            assert_false(value_is_nothing(folded));
        }
        if (quick_cell_text(cell, length)) {
            texts++;
            assert_true(trims_to_itself(cell, value_text_trim));
            assert_null(strstr(cell, "\xEF\xBF\xBD"));
        }
        if (quick_cell_name(cell, length)) {
            assert_true(trims_to_itself(cell, value_name_trim));
            char *key = text_name_key(cell);
            assert_null(strchr(key, '*'));
            free(key);
        }
    }
    assert_true(texts > 1000);
}

static void days_and_amounts_are_those_of_the_careful_readers(void **state) {
    (void)state;
    int read = 0;
    for (uint64_t seed = 1; seed <= 100000; seed++) {
        random_state random = seed;
        char cell[40];
        date day = DATE_NONE;
        date careful = DATE_NONE;
        char mark = "-/."[random_next(&random) % 3];
        snprintf(cell, sizeof(cell), "%04d%c%02d%c%02d", random_between(&random, 1890, 2105), mark,
                 random_between(&random, 0, 13), random_between(&random, 1, 9) == 1 ? '-' : mark,
                 random_between(&random, 0, 32));
        if (quick_cell_day(cell, strlen(cell), &day)) {
            assert_int_equal(value_date_parse(cell, false, &careful), PARSE_OK);
            assert_int_equal(day, careful);
            assert_int_equal(value_term_end_parse(cell, true, &careful), PARSE_OK);
            assert_int_equal(day, careful);
        }
        int64_t units[] = {100, 1000000};
        int64_t unit = PICK(&random, units);
        int64_t fen = -1;
        int64_t expected = -1;
        snprintf(cell, sizeof(cell), "%0*llu%s%.*s", random_between(&random, 1, 12),
                 (unsigned long long)(random_next(&random) >> random_between(&random, 20, 63)),
                 random_between(&random, 0, 1) == 1 ? "." : "", random_between(&random, 0, 4),
                 "8305");
        if (quick_cell_money(cell, strlen(cell), unit, &fen)) {
            read++;
            assert_int_equal(value_money_parse(cell, unit, &expected), PARSE_OK);
            assert_int_equal(fen, expected);
            assert_int_equal(value_fine_parse(cell, unit, &expected), PARSE_OK);
            assert_int_equal(fen, expected);
        }
    }
    assert_true(read > 1000);
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* A CSV file of every kind of cell; one in some is unsound. */
static const char *make_file(random_state *random, char delimiter) {
    static const char *const cells[] = {"",     "a",       " b ",        "汉字",      "\"q\"",
                                        "\"\"", "\" x \"", "\"a\"\"b\"", "\"1\n2\"",  "\"1\r\n2\"",
                                        "\t",   "　",      "c d",        "\"x,;\ty\""};
    static const char *const odd[] = {"a\"b", "\"a\"b", "\"a\" ", "x\ry"};
    struct buffer text = BUFFER_INIT;
    int rows = random_between(random, 1, 900);
    int faulty = random_between(random, 1, 4) == 1 ? random_between(random, 1, rows) : 0;
    const char *line_end = random_between(random, 0, 1) == 1 ? "\r\n" : "\n";
    for (int row = 1; row <= rows; row++) {
        int width = random_between(random, 0, 6);
        for (int i = 0; i < width; i++) {
            buffer_printf(&text, "%s%.*s", PICK(random, cells), i + 1 < width, &delimiter);
        }
        if (row == faulty) {
            buffer_append_text(&text, PICK(random, odd));
        }
        buffer_append_text(&text, row == rows && random_between(random, 0, 1) == 1 ? "" : line_end);
    }
    buffer_append_text(&text, "z");
    const char *path = scratch_write("rows.csv", text.data, text.length);
    buffer_free(&text);
    return path;
}

static void expect_row(const struct csv_piece *piece, const struct row *expected) {
    assert_int_equal(piece->row.line, expected->line);
    assert_int_equal(piece->row.count, expected->count);
    assert_int_equal(piece->row.width, expected->width);
    for (size_t i = 0; i < expected->width; i++) {
        assert_string_equal(piece->row.cells[i], expected->cells[i]);
        assert_int_equal(piece->lengths[i], strlen(expected->cells[i]));
    }
}

/* Reads all pieces beside libcsv; false when the file shows itself unsound. Every row is read again
 * by its offset. */
static bool compare_rows(const char *path, struct row_source *source, size_t mark, char delimiter) {
    struct csv_pieces *pieces = NULL;
    struct csv_piece piece = {0};
    struct csv_piece again = {0};
    struct row expected;
    bool more = true;
    bool more_rows = true;
    bool sound = true;
    assert_ok(csv_pieces_new(&pieces, path, 1000, mark, delimiter, &error), &error);
    while (sound) {
        assert_ok(csv_pieces_next(pieces, &piece, &more, &error), &error);
        if (!more) {
            break;
        }
        for (;;) {
            assert_ok(csv_piece_next(&piece, &more_rows, &error), &error);
            if (!more_rows) {
                break;
            }
            bool there = false;
            assert_ok(row_source_next(source, &expected, &there, &error), &error);
            assert_true(there);
            expect_row(&piece, &expected);
            assert_ok(csv_pieces_at(pieces, &again, piece.offset, piece.row.line, &error), &error);
            assert_ok(csv_piece_next(&again, &more_rows, &error), &error);
            assert_true(more_rows);
            expect_row(&again, &expected);
        }
        sound = !piece.unsound;
    }
    if (sound) {
        assert_ok(row_source_next(source, &expected, &more, &error), &error);
        assert_false(more);
    }
    csv_piece_free(&piece);
    csv_piece_free(&again);
    csv_pieces_free(pieces);
    return sound;
}

static void pieces_hold_the_rows_that_libcsv_reads(void **state) {
    (void)state;
    int sound = 0;
    int unsound = 0;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        random_state random = seed;
        struct row_source *source = NULL;
        size_t mark = 0;
        char delimiter = '\0';
        const char *path = make_file(&random, ",\t;"[seed % 3]);
        assert_ok(row_source_open(&source, path, NULL, &error), &error);
        assert_true(row_source_plain_csv(source, &mark, &delimiter));
        if (compare_rows(path, source, mark, delimiter)) {
            sound++;
        } else {
            unsound++;
        }
        row_source_free(source);
    }
    assert_true(sound > 100);
    assert_true(unsound > 20);
    scratch_empty(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_judged_as_utf8_is_defined),
        cmocka_unit_test(keys_are_what_normalising_makes_of_every_character),
        cmocka_unit_test(cells_are_taken_only_as_the_careful_readers_take_them),
        cmocka_unit_test(days_and_amounts_are_those_of_the_careful_readers),
        cmocka_unit_test(pieces_hold_the_rows_that_libcsv_reads),
    };
    return cmocka_run_group_tests_name("intake_quick", tests, scratch_make, scratch_remove);
}
