#include "unit/scratch.h"

#include "base/buffer.h"
#include "fuzz/pack.h"
#include "unit/rows.h"

#include <unicode/ucnv.h>

/* A workbook before 2007 being put together: the records of all of it, then those of its sheets. */
struct old_book {
    bool unicode; /* of 1997, else of 1995 */
    struct buffer globals;
    struct buffer sheets[3];
    const char *names[3];
    unsigned hidden[3];
    size_t count;
    struct buffer body; /* of the record at hand */
};

/* Adds a text: its length in so many bytes, then its characters. */
static void add_text(struct old_book *book, struct buffer *body, int length_bytes,
                     const char *text) {
    char bytes[512];
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = ucnv_convert(book->unicode ? "UTF-16LE" : "GB18030", "UTF-8", bytes,
                                  sizeof(bytes), text, -1, &status);
    assert_true(U_SUCCESS(status));
    unsigned characters = (unsigned)(book->unicode ? length / 2 : length);
    if (length_bytes == 1) {
        buffer_append_char(body, (char)characters);
    } else {
        pack_number2(body, characters);
    }
    if (book->unicode) {
        buffer_append_char(body, 1);
    }
    buffer_append(body, bytes, (size_t)length);
}

/* Ends the record at hand. */
static void end_record(struct old_book *book, struct buffer *to, unsigned type) {
    pack_record(to, type, buffer_text(&book->body), book->body.length);
    buffer_reset(&book->body);
}

static void add_start(struct old_book *book, struct buffer *to, unsigned kind) {
    pack_number2(&book->body, book->unicode ? 0x0600 : 0x0500);
    pack_number2(&book->body, kind);
    pack_number4(&book->body, 0);
    end_record(book, to, 0x0809);
}

static void begin_book(struct old_book *book, bool unicode) {
    *book = (struct old_book){.unicode = unicode};
    add_start(book, &book->globals, 5);
}

/* Begins a sheet; what is added to cells goes to it from now on. */
static struct buffer *begin_sheet(struct old_book *book, const char *name, bool hidden) {
    struct buffer *sheet = &book->sheets[book->count];
    book->names[book->count] = name;
    book->hidden[book->count++] = hidden;
    add_start(book, sheet, 0x10);
    return sheet;
}

static void add_format(struct old_book *book, unsigned number, const char *code) {
    pack_number2(&book->body, number);
    add_text(book, &book->body, book->unicode ? 2 : 1, code);
    end_record(book, &book->globals, 0x041E);
}

static void add_style(struct old_book *book, unsigned format) {
    pack_number2(&book->body, 0);
    pack_number2(&book->body, format);
    pack_number4(&book->body, 0);
    end_record(book, &book->globals, 0x00E0);
}

/* The start of a record with a cell. */
static struct buffer *begin_cell(struct old_book *book, unsigned row, unsigned column,
                                 unsigned style) {
    pack_number2(&book->body, row);
    pack_number2(&book->body, column);
    pack_number2(&book->body, style);
    return &book->body;
}

static void add_label(struct old_book *book, struct buffer *sheet, unsigned row, unsigned column,
                      const char *text) {
    add_text(book, begin_cell(book, row, column, 0), 2, text);
    end_record(book, sheet, 0x0204);
}

static void add_number(struct old_book *book, struct buffer *sheet, unsigned row, unsigned column,
                       unsigned style, double value) {
    pack_real(begin_cell(book, row, column, style), value);
    end_record(book, sheet, 0x0203);
}

/* Writes the workbook: its records with the places of its sheets in them. */
static const char *write_book(struct old_book *book, const char *name) {
    struct buffer stream = BUFFER_INIT;
    struct buffer file = BUFFER_INIT;
    for (int pass = 0; pass < 2; pass++) {
        size_t at = stream.length;
        buffer_reset(&stream);
        buffer_append(&stream, book->globals.data, book->globals.length);
        for (size_t i = 0; i < book->count; i++) {
            pack_number4(&book->body, at);
            buffer_append_char(&book->body, (char)book->hidden[i]);
            buffer_append_char(&book->body, 0);
            add_text(book, &book->body, 1, book->names[i]);
            end_record(book, &stream, 0x0085);
            at += book->sheets[i].length + 4;
        }
        pack_record(&stream, 0x000A, "", 0);
    }
    for (size_t i = 0; i < book->count; i++) {
        buffer_append(&stream, book->sheets[i].data, book->sheets[i].length);
        pack_record(&stream, 0x000A, "", 0);
        buffer_free(&book->sheets[i]);
    }
    pack_compound(&file, book->unicode ? "Workbook" : "Book", stream.data, stream.length);
    const char *path = scratch_write(name, file.data, file.length);
    buffer_free(&book->globals);
    buffer_free(&book->body);
    buffer_free(&stream);
    buffer_free(&file);
    return path;
}

/* Both kinds of workbook, in short sectors and in long ones. */
static void test_cells(void **state) {
    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        struct old_book book;
        begin_book(&book, kind % 2 == 0);
        add_format(&book, 176, "yyyy\"年\"m\"月\"d\"日\"");
        add_style(&book, 0);
        add_style(&book, 176);
        add_style(&book, 10);
        struct buffer *sheet = begin_sheet(&book, "名单", false);
        add_label(&book, sheet, 1, 0, "甲公司");
        add_number(&book, sheet, 1, 1, 1, 44098);
        add_number(&book, sheet, 1, 2, 2, 0.03);
        pack_number4(begin_cell(&book, 2, 0, 0), (44098u << 2) | 2);
        end_record(&book, sheet, 0x027E);
        pack_number2(&book.body, 2); /* two short numbers: 1.5, and 150 hundredths */
        pack_number2(&book.body, 1);
        pack_number2(&book.body, 0);
        pack_number4(&book.body, 0x3FF80000);
        pack_number2(&book.body, 0);
        pack_number4(&book.body, (150u << 2) | 3);
        pack_number2(&book.body, 2);
        end_record(&book, sheet, 0x00BD);
        pack_number2(begin_cell(&book, 2, 3, 0), 1);
        end_record(&book, sheet, 0x0205);
        pack_number2(begin_cell(&book, 2, 4, 0), 0x012A);
        end_record(&book, sheet, 0x0205);
        pack_real(begin_cell(&book, 2, 5, 1), 44098.44375); /* a formula that came to a number */
        pack_number4(&book.body, 0);
        end_record(&book, sheet, 0x0006);
        begin_cell(&book, 2, 6, 0); /* and one that came to a text */
        pack_number4(&book.body, 0);
        pack_number4(&book.body, 0xFFFF0000);
        pack_number4(&book.body, 0);
        end_record(&book, sheet, 0x0006);
        pack_record(sheet, 0x04BC, "shared", 6);
        add_text(&book, &book.body, 2, "乙");
        end_record(&book, sheet, 0x0207);
        add_number(&book, sheet, 2, 7, 0, 9.1310112e17);
        for (unsigned row = 10; kind >= 2 && row < 210; row++) {
            add_label(&book, sheet, row, 0, "　 ");
        }
        const char *path = write_book(&book, "a.csv");
        rows_expect(path, NULL,
                    "2:甲公司|2020-09-24|3.00%\n"
                    "3:44098|1.5|1.5|是|#N/A|2020-09-24 10:39:00|乙|913101120000000000*\n");
        rows_expect_source(path, "XLS", "", "名单");
    }
}

/* Texts that cells share go on from record to record, one byte a character or two. */
static void test_shared_texts(void **state) {
    (void)state;
    struct old_book book;
    begin_book(&book, true);
    pack_number4(&book.body, 3);
    pack_number4(&book.body, 3);
    add_text(&book, &book.body, 2, "一");
    pack_number2(&book.body, 4); /* four characters, the last two in the next record */
    buffer_append(&book.body, "\0ab", 3);
    end_record(&book, &book.globals, 0x00FC);
    buffer_append(&book.body, "\1\x32\x4E\x09\x4E", 5);
    pack_number2(&book.body, 2); /* formatted, with reading aids behind it */
    buffer_append(&book.body, "\x0D", 1);
    pack_number2(&book.body, 1);
    pack_number4(&book.body, 6);
    buffer_append(&book.body,
                  "\x3D\xD8\x00\xDE"
                  "form",
                  8);
    end_record(&book, &book.globals, 0x003C);
    buffer_append(&book.body, "\0aids..", 6);
    end_record(&book, &book.globals, 0x003C);
    struct buffer *sheet = begin_sheet(&book, "表", false);
    for (unsigned i = 0; i < 3; i++) {
        pack_number4(begin_cell(&book, 0, i, 0), i);
        end_record(&book, sheet, 0x00FD);
    }
    rows_expect(write_book(&book, "a.xls"), NULL, "1:一|ab\xE4\xB8\xB2三|\xF0\x9F\x98\x80\n");
}

static void test_sheets(void **state) {
    (void)state;
    struct old_book book;
    begin_book(&book, true);
    struct buffer *sheet = begin_sheet(&book, "说明", false);
    add_label(&book, sheet, 0, 0, "填写说明");
    sheet = begin_sheet(&book, "名单", false);
    add_start(&book, sheet, 0x20); /* a chart in it */
    add_label(&book, sheet, 9, 9, "图");
    pack_record(sheet, 0x000A, "", 0);
    add_label(&book, sheet, 0, 0, "甲");
    add_label(&book, sheet, 0, 1, "一");
    add_label(&book, sheet, 1, 1, "二");
    add_label(&book, sheet, 3, 0, "乙");
    pack_number2(&book.body, 2); /* two areas: A1:A3 down, B1:D1 sideways */
    for (unsigned i = 0; i < 2; i++) {
        pack_number2(&book.body, 0);
        pack_number2(&book.body, i == 0 ? 2 : 0);
        pack_number2(&book.body, i);
        pack_number2(&book.body, i == 0 ? 0 : 3);
    }
    end_record(&book, sheet, 0x00E5);
    sheet = begin_sheet(&book, "字典", true);
    add_label(&book, sheet, 0, 7, "字");
    const char *path = write_book(&book, "a.xls");
    rows_expect_source(path, "XLS", "[名单]", "说明;名单;字典(hidden)");
    rows_expect(path, NULL, "1:甲|一\n2:甲|二\n4:乙\n");
    rows_expect(path, "字典", "1:|||||||字\n");
}

/* Programs that write a column at a time. */
static void test_unordered(void **state) {
    (void)state;
    struct old_book book;
    begin_book(&book, true);
    struct buffer *sheet = begin_sheet(&book, "表", false);
    for (unsigned column = 0; column < 2; column++) {
        for (unsigned row = 0; row < 3; row++) {
            add_number(&book, sheet, row, column, 0, 10 * row + column);
        }
    }
    rows_expect(write_book(&book, "a.xls"), NULL, "1:0|1\n2:10|11\n3:20|21\n");
}

static void test_1904(void **state) {
    (void)state;
    struct old_book book;
    begin_book(&book, true);
    pack_record(&book.globals, 0x0022, "\1\0", 2);
    add_style(&book, 14);
    struct buffer *sheet = begin_sheet(&book, "表", false);
    add_number(&book, sheet, 0, 0, 0, 42636);
    rows_expect(write_book(&book, "a.xls"), NULL, "1:2020-09-24\n");
}

/* Compound files with a password, and those that are something else. */
static void test_refusals(void **state) {
    (void)state;
    static const struct {
        const char *stream;
        const char *words;
    } others[] = {
        {"EncryptedPackage", "has a password"},    {"WordDocument", "a Word document"},
        {"PowerPoint Document", "a presentation"}, {"Contents", "an Office file"},
        {"Workbook", "no whole workbook"},
    };
    struct buffer file = BUFFER_INIT;
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        buffer_reset(&file);
        pack_compound(&file, others[i].stream, "nothing of use", 14);
        rows_expect_refusal(scratch_write("a.xls", file.data, file.length), NULL, RESULT_INVALID,
                            others[i].words);
    }
    /* Tables that are larger than the file is worth. */
    file.data[44] = 100;
    rows_expect_refusal(scratch_write("a.xls", file.data, file.length), NULL, RESULT_INVALID,
                        "no whole workbook");
    buffer_free(&file);
    struct old_book book;
    begin_book(&book, true);
    pack_record(&book.globals, 0x002F, "\0\0", 2);
    begin_sheet(&book, "表", false);
    rows_expect_refusal(write_book(&book, "a.xls"), NULL, RESULT_INVALID, "has a password");
}

/* However much of the file is missing, it is refused or gives rows; it never hangs or falls. */
static void test_cut_off(void **state) {
    (void)state;
    struct old_book book;
    begin_book(&book, true);
    struct buffer *sheet = begin_sheet(&book, "表", false);
    for (unsigned row = 0; row < 300; row++) {
        add_label(&book, sheet, row, 0, "某某县有限责任公司");
    }
    const char *path = write_book(&book, "a.xls");
    struct buffer bytes = BUFFER_INIT;
    char piece[4096];
    size_t got;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    while ((got = fread(piece, 1, sizeof(piece), file)) > 0) {
        buffer_append(&bytes, piece, got);
    }
    fclose(file);
    for (size_t length = 8; length < bytes.length - 512; length += 509) {
        rows_expect_refusal(scratch_write("b.xls", bytes.data, length), NULL, RESULT_INVALID,
                            "no whole workbook");
    }
    buffer_free(&bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_cells, scratch_empty),
        cmocka_unit_test_teardown(test_shared_texts, scratch_empty),
        cmocka_unit_test_teardown(test_sheets, scratch_empty),
        cmocka_unit_test_teardown(test_unordered, scratch_empty),
        cmocka_unit_test_teardown(test_1904, scratch_empty),
        cmocka_unit_test_teardown(test_refusals, scratch_empty),
        cmocka_unit_test_teardown(test_cut_off, scratch_empty),
    };
    return cmocka_run_group_tests_name("intake/workbook_reader: xls", tests, scratch_make,
                                       scratch_remove);
}
