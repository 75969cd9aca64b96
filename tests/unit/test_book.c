#include "unit/scratch.h"

#include "base/buffer.h"
#include "book/escape.h"
#include "book/read.h"

#include <zip.h>

#define USUAL "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define STRICT "http://purl.oclc.org/ooxml/spreadsheetml/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS "http://schemas.openxmlformats.org/package/2006/relationships"

#define RELATION(id, type, target)                                                                 \
    "<Relationship Id='" id "' Type='" OFFICE "/" type "' Target='" target "'/>"

struct part {
    const char *name;
    const char *text;
};

/* The parts every workbook of these tests has; a test may give others of the same name first. */
static const struct part usual[] = {
    {"_rels/.rels", "<Relationships xmlns='" RELATIONS
                    "'>" RELATION("r1", "officeDocument", "xl/workbook.xml") "</Relationships>"},
    {"xl/workbook.xml", "<workbook xmlns='" USUAL "' xmlns:r='" OFFICE "'><bookViews/><sheets>"
                        "<sheet name='甲' sheetId='7' r:id='rId1'/>"
                        "<sheet name='乙' sheetId='9' state='hidden' r:id='rId2'/>"
                        "<sheet name='图' sheetId='3' r:id='rId3'/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels",
     "<Relationships xmlns='" RELATIONS "'>" RELATION("rId1", "worksheet", "worksheets/one.xml")
         RELATION("rId2", "worksheet", "/xl/worksheets/two.xml")
             RELATION("rId3", "chartsheet", "charts/one.xml")
                 RELATION("rId4", "sharedStrings", "texts/../strings.xml") "</Relationships>"},
    {"xl/strings.xml", "<sst xmlns='" USUAL "'><si><t>一</t></si><si><r><t>二</t></r><r><rPr><b/>"
                       "</rPr><t xml:space='preserve'> 三</t></r><rPh sb='0' eb='1'><t>er</t></rPh>"
                       "</si><si><t/></si><si><t>a_x000D_&#10;b &amp;</t></si></sst>"},
};

static struct error error = ERROR_INIT;

static int clear(void **state) {
    error_clear(&error);
    return scratch_empty(state);
}

/* Writes a workbook of the parts given and the usual ones; returns its path. */
static const char *make_book(const struct part *parts, size_t count) {
    const char *path = scratch_path("book.xlsx");
    zip_t *archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    assert_non_null(archive);
    for (size_t i = 0; i < count + sizeof(usual) / sizeof(usual[0]); i++) {
        const struct part *part = i < count ? &parts[i] : &usual[i - count];
        if (zip_name_locate(archive, part->name, 0) < 0) {
            zip_source_t *source = zip_source_buffer(archive, part->text, strlen(part->text), 0);
            assert_non_null(source);
            assert_true(zip_file_add(archive, part->name, source, 0) >= 0);
        }
    }
    assert_int_equal(zip_close(archive), 0);
    return path;
}

/* Writes every cell as "C3=text|", that of a formula as "C3==text|". */
static enum result write_row(void *context, const struct book_reader_row *row,
                             struct error *failure) {
    struct buffer *buffer = context;
    (void)failure;
    for (size_t i = 0; i < row->count; i++) {
        char name[BOOK_CELL_NAME_SIZE];
        book_reader_cell_name(row->row, row->cells[i].column, name);
        buffer_printf(buffer, "%s%s%s|", name, row->cells[i].formula ? "==" : "=",
                      row->cells[i].text);
    }
    return RESULT_OK;
}

/* Reads the first sheet, made of this text, into the buffer. */
static enum result read_sheet(const char *text, struct buffer *buffer) {
    const struct part part = {"xl/worksheets/one.xml", text};
    struct book_reader *book = NULL;
    enum result code = book_reader_open(&book, make_book(&part, 1), &error);
    if (code == RESULT_OK) {
        code = book_reader_rows(book, 0, write_row, buffer, &error);
    }
    book_reader_close(book);
    return code;
}

static void assert_cells(const char *rows, const char *expected) {
    struct buffer text = BUFFER_INIT;
    struct buffer cells = BUFFER_INIT;
    buffer_printf(&text, "<worksheet xmlns='%s'><cols/><sheetData>%s</sheetData></worksheet>",
                  USUAL, rows);
    assert_ok(read_sheet(buffer_text(&text), &cells), &error);
    assert_string_equal(buffer_text(&cells), expected);
    buffer_free(&text);
    buffer_free(&cells);
}

static void assert_refused(const char *rows) {
    struct buffer text = BUFFER_INIT;
    struct buffer cells = BUFFER_INIT;
    buffer_printf(&text, "<worksheet xmlns='%s'><sheetData>%s</sheetData></worksheet>", USUAL,
                  rows);
    assert_int_equal(read_sheet(buffer_text(&text), &cells), RESULT_INVALID);
    assert_non_null(strstr(error_sentence(&error), "xl/worksheets/one.xml"));
    buffer_free(&text);
    buffer_free(&cells);
}

static void test_the_directory_is_read(void **state) {
    (void)state;
    struct book_reader *book = NULL;
    size_t count = 0;
    const char *path = make_book(NULL, 0);
    assert_ok(book_reader_open(&book, path, &error), &error);
    const struct book_reader_sheet *sheets = book_reader_sheets(book, &count);
    assert_int_equal(count, 3);
    assert_string_equal(sheets[0].name, "甲");
    assert_false(sheets[0].hidden);
    assert_true(sheets[1].hidden);
    assert_int_equal(book_reader_find(book, "图"), 2);
    assert_true(book_reader_find(book, "丁") == SIZE_MAX);
    assert_string_equal(book_reader_path(book), path);
    assert_int_equal(book_reader_rows(book, 2, write_row, NULL, &error), RESULT_INVALID);
    assert_non_null(strstr(error_sentence(&error), "图"));
    assert_int_equal(book_reader_rows(book, 0, write_row, NULL, &error), RESULT_INVALID);
    assert_non_null(strstr(error_sentence(&error), "xl/worksheets/one.xml"));
    book_reader_close(book);
}

static void test_every_kind_of_cell_is_read(void **state) {
    (void)state;
    assert_cells("<row r='2'><c r='A2' t='s'><v>0</v></c><c r='C2' t='s'><v>1</v></c></row>",
                 "A2=一|C2=二 三|");
    assert_cells("<row r='1'><c r='B1' t='inlineStr'><is><t>x</t></is></c></row>"
                 "<row r='3'><c r='A3' t='inlineStr'><is><r><t>a</t></r><r><t>b</t></r></is></c>"
                 "</row>",
                 "B1=x|A3=ab|");
    assert_cells("<row><c><v>1.50</v></c><c t='str'><f>A1&amp;\"x\"</f><v>1x</v></c>"
                 "<c t='b'><v>1</v></c><c t='e'><v>#N/A</v></c></row><row><c><v>-2E3</v></c></row>",
                 "A1=1.50|B1==1x|C1=1|D1=#N/A|A2=-2E3|");
    assert_cells("<row r='1'><c r='A1' s='4'/><c r='B1' t='s'><v>2</v></c></row><row r='9'/>", "");
    assert_cells("<row r='1'><c r='A1' t='s'><v>3</v></c></row>", "A1=a\r\nb &|");
    assert_cells("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>", "XFD1048576=1|");
    assert_cells("<row><c><f>1</f><v>2</v><extLst><x/></extLst></c><extLst/></row>", "A1==2|");
}

static void test_the_strict_kind_is_read(void **state) {
    (void)state;
    struct buffer cells = BUFFER_INIT;
    assert_ok(read_sheet("<s:worksheet xmlns:s='" STRICT "'><s:sheetData><s:row><s:c><s:v>1</s:v>"
                         "</s:c></s:row></s:sheetData></s:worksheet>",
                         &cells),
              &error);
    assert_string_equal(buffer_text(&cells), "A1=1|");
    buffer_free(&cells);
}

static void test_what_programs_would_show_differently_is_refused(void **state) {
    (void)state;
    static const char *const rows[] = {
        "<row r='2'/><row r='2'/>",
        "<row r='2'/><row r='1'/>",
        "<row r='0'/>",
        "<row r='1048577'/>",
        "<row r='1x'/>",
        "<row r=''/>",
        "<row r='1'><c r='B1'/><c r='A1'/></row>",
        "<row r='1'><c r='A1'/><c r='A1'/></row>",
        "<row r='1'><c r='A2'/></row>",
        "<row r='1'><c r='XFE1'/></row>",
        "<row r='1'><c r='AAAAAAAAAAAA1'/></row>",
        "<row r='1'><c r='1'/></row>",
        "<row r='1'><c r='a1'/></row>",
        "<row r='99999999999999999999'/>",
        "<row><c t='s'><v>4</v></c></row>",
        "<row><c t='s'><v>-1</v></c></row>",
        "<row><c t='s'><v>1 </v></c></row>",
        "<row><c t='s'><v></v></c></row>",
        "<row><c t='s'><v>99999999999999999999999</v></c></row>",
        "<row><c><v>1<b/></v></c></row>",
        "<c/>",
        "<row><v/></row>",
        "<x:row xmlns:x='urn:other'/>",
        "<row>",
        "<row a='1' a='2'/>",
        "<row>&unknown;</row>",
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_refused(rows[i]);
    }
}

static void test_entities_are_refused_before_they_multiply(void **state) {
    (void)state;
    struct buffer cells = BUFFER_INIT;
    assert_int_equal(read_sheet("<!DOCTYPE w [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>"
                                "<worksheet xmlns='" USUAL "'/>",
                                &cells),
                     RESULT_INVALID);
    assert_non_null(strstr(error_sentence(&error), "document type"));
    buffer_free(&cells);
}

static void test_texts_are_bounded(void **state) {
    (void)state;
    struct buffer row = BUFFER_INIT;
    buffer_append_text(&row, "<row><c t='inlineStr'><is><t>");
    for (int i = 0; i < 20000; i++) {
        buffer_append_text(&row, "<![CDATA[long]]>long");
    }
    buffer_append_text(&row, "</t></is></c></row>");
    assert_refused(buffer_text(&row));
    buffer_free(&row);
}

static void test_directories_that_cannot_be_are_refused(void **state) {
    (void)state;
    static const struct part wrong[] = {
        {"xl/workbook.xml", "<workbook xmlns='" USUAL "' xmlns:r='" OFFICE "'><sheets>"
                            "<sheet name='甲' r:id='rId1'/><sheet name='甲' r:id='rId2'/></sheets>"
                            "</workbook>"},
        {"xl/workbook.xml", "<workbook xmlns='" USUAL "'><sheets><sheet name='甲' id='rId1'/>"
                            "</sheets></workbook>"},
        {"xl/workbook.xml", "<workbook xmlns='urn:other'/>"},
        {"xl/workbook.xml", ""},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships xmlns='" RELATIONS "'>" RELATION("a", "worksheet", "x")
             RELATION("a", "worksheet", "y") "</Relationships>"},
        {"_rels/.rels", "<Relationships xmlns='" RELATIONS "'><Relationship Id='a'/>"
                        "</Relationships>"},
        {"_rels/.rels", "<Relationships xmlns='" RELATIONS "'>" RELATION(
                            "a", "officeDocument", "../../etc/passwd") "</Relationships>"},
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct book_reader *book = NULL;
        assert_int_equal(book_reader_open(&book, make_book(&wrong[i], 1), &error), RESULT_INVALID);
        assert_null(book);
    }
}

static void test_what_is_no_workbook_is_named(void **state) {
    (void)state;
    struct book_reader *book = NULL;
    const char *path = scratch_path("text.xlsx");
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("PK but no archive", file);
    fclose(file);
    assert_int_equal(book_reader_open(&book, path, &error), RESULT_INVALID);
    assert_non_null(strstr(error_sentence(&error), path));
    assert_int_equal(book_reader_open(&book, "/nowhere/book.xlsx", &error), RESULT_NOT_FOUND);
    assert_non_null(strstr(error_sentence(&error), "/nowhere/book.xlsx"));
}

static enum result stop(void *context, const struct book_reader_row *row, struct error *failure) {
    ++*(int *)context;
    return error_set(failure, RESULT_CANCELLED, "stopped in row %u", row->row);
}

static void test_a_visitor_may_stop(void **state) {
    (void)state;
    const struct part part = {"xl/worksheets/two.xml",
                              "<worksheet xmlns='" USUAL "'><sheetData><row r='4'><c><v>1</v></c>"
                              "</row><row><c><v>2</v></c></row></sheetData></worksheet>"};
    struct book_reader *book = NULL;
    int rows = 0;
    assert_ok(book_reader_open(&book, make_book(&part, 1), &error), &error);
    assert_int_equal(book_reader_rows(book, 1, stop, &rows, &error), RESULT_CANCELLED);
    assert_string_equal(error_sentence(&error), "stopped in row 3");
    assert_int_equal(rows, 1);
    book_reader_close(book);
}

static void test_a_cell_is_found_in_its_row(void **state) {
    (void)state;
    const struct book_reader_cell cells[] = {{.column = 1, .text = "b"},
                                             {.column = 4, .text = "e"}};
    const struct book_reader_row row = {.cells = cells, .count = 2};
    assert_null(book_reader_cell(&row, 0));
    assert_ptr_equal(book_reader_cell(&row, 4), &cells[1]);
}

static void test_cells_have_their_names(void **state) {
    (void)state;
    char name[BOOK_CELL_NAME_SIZE];
    book_reader_cell_name(0, 0, name);
    assert_string_equal(name, "A1");
    book_reader_cell_name(16, 25, name);
    assert_string_equal(name, "Z17");
    book_reader_cell_name(9, 26, name);
    assert_string_equal(name, "AA10");
    book_reader_cell_name(1048575, 16383, name);
    assert_string_equal(name, "XFD1048576");
}

/* What a text is read as. */
static void assert_unescaped(const char *text, const char *expected) {
    char copy[64];
    snprintf(copy, sizeof(copy), "%s", text);
    assert_int_equal(book_unescape(copy, strlen(copy)), strlen(expected));
    assert_string_equal(copy, expected);
}

static void test_escapes_are_read_and_written(void **state) {
    (void)state;
    static const char *const texts[] = {
        "", "_", "甲_x0041_乙", "_x005F_x0041_", "_x0041_x0042_", "__x0041__", "_xD83D__xDE00_",
    };
    assert_unescaped("a_x000D_\nb", "a\r\nb");
    assert_unescaped("_x005F_x0041_", "_x0041_");
    assert_unescaped("_x68c0__x67E5_", "检查");
    assert_unescaped("_x00e9_", "é");
    assert_unescaped("_xD83D__xDE00_", "\xF0\x9F\x98\x80");
    assert_unescaped("_xD83D_", "_xD83D_");
    assert_unescaped("_xDE00__xD83D_", "_xDE00__xD83D_");
    assert_unescaped("_x0000_", "_x0000_");
    assert_unescaped("_x00g0_ _x41_ x0041_ _x004", "_x00g0_ _x41_ x0041_ _x004");
    assert_false(book_escape_needed("_x41_ and __x"));
    assert_true(book_escape_needed("甲_x0041_"));
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct buffer buffer = BUFFER_INIT;
        book_escape(&buffer, texts[i]);
        assert_unescaped(buffer_text(&buffer), texts[i]);
        assert_true(buffer.length <= BOOK_ESCAPE_GROWTH(strlen(texts[i])));
        buffer_free(&buffer);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_the_directory_is_read, clear),
        cmocka_unit_test_teardown(test_every_kind_of_cell_is_read, clear),
        cmocka_unit_test_teardown(test_the_strict_kind_is_read, clear),
        cmocka_unit_test_teardown(test_what_programs_would_show_differently_is_refused, clear),
        cmocka_unit_test_teardown(test_entities_are_refused_before_they_multiply, clear),
        cmocka_unit_test_teardown(test_texts_are_bounded, clear),
        cmocka_unit_test_teardown(test_directories_that_cannot_be_are_refused, clear),
        cmocka_unit_test_teardown(test_what_is_no_workbook_is_named, clear),
        cmocka_unit_test_teardown(test_a_visitor_may_stop, clear),
        cmocka_unit_test(test_a_cell_is_found_in_its_row),
        cmocka_unit_test(test_cells_have_their_names),
        cmocka_unit_test(test_escapes_are_read_and_written),
    };
    return cmocka_run_group_tests_name("book", tests, scratch_make, scratch_remove);
}
