#include "unit/scratch.h"

#include "base/buffer.h"
#include "fuzz/pack.h"
#include "intake/row_source.h"
#include "unit/rows.h"

#include <zip.h>

#include <xlsxwriter.h>

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define SHEET(rows) "<worksheet xmlns='" MAIN "'><sheetData>" rows "</sheetData></worksheet>"
#define WORKBOOK(inside) "<workbook xmlns='" MAIN "' xmlns:r='" OFFICE "'>" inside "</workbook>"
#define SHEETS(inside) WORKBOOK("<sheets>" inside "</sheets>")

static const char strings[] = "<sst xmlns='" MAIN "'><si><t>一</t></si><si><r><t>二</t></r><r><t>三"
                              "</t></r><rPh sb='0' eb='1'><t>er</t></rPh></si></sst>";
static const char styles[] =
    "<styleSheet xmlns='" MAIN "'><fonts/><numFmts><numFmt numFmtId='176' "
    "formatCode='[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@'/><numFmt "
    "numFmtId='177' "
    "formatCode='000000'/></numFmts><cellXfs><xf numFmtId='0'><alignment/></xf><xf "
    "numFmtId='176'/><xf numFmtId='10'/><xf numFmtId='177'/><xf numFmtId='22'/></cellXfs>"
    "</styleSheet>";

/* Writes a workbook of the usual parts and these; workbook and others may be NULL. */
static const char *make_book(const char *name, const char *workbook, const char *sheet) {
    struct pack_part parts[PACK_USUAL_PARTS + 3];
    struct buffer bytes = BUFFER_INIT;
    memcpy(parts, pack_usual, sizeof(pack_usual));
    if (workbook != NULL) {
        parts[1] = (struct pack_part){"workbook.xml", workbook, strlen(workbook)};
    }
    parts[PACK_USUAL_PARTS] = (struct pack_part){"sheet.xml", sheet, strlen(sheet)};
    parts[PACK_USUAL_PARTS + 1] = (struct pack_part){"strings.xml", strings, strlen(strings)};
    parts[PACK_USUAL_PARTS + 2] = (struct pack_part){"styles.xml", styles, strlen(styles)};
    pack_zip(&bytes, parts, PACK_USUAL_PARTS + 3);
    const char *path = scratch_write(name, bytes.data, bytes.length);
    buffer_free(&bytes);
    return path;
}

/* Every kind of cell, and a file whose name lies. */
static void test_cells(void **state) {
    (void)state;
    const char *path = make_book(
        "a.csv", NULL,
        SHEET(
            "<row r='2'><c r='A2' t='s'><v>0</v></c><c r='C2' t='s'><v>1</v></c>"
            "<c r='D2' t='inlineStr'><is><t>甲_x000D_乙</t></is></c>"
            "<c r='E2' t='str'><f>A1&amp;1</f><v> 文 </v></c><c r='F2' t='e'><v>#N/A</v></c></row>"
            "<row r='3'><c r='A3' t='b'><v>1</v></c><c r='B3' t='b'><v>0</v></c>"
            "<c r='C3' s='1'><v>44098</v></c><c r='D3' s='4'><v>44098.44375</v></c>"
            "<c r='E3' s='2'><v>0.03</v></c><c r='F3' s='3'><v>123</v></c>"
            "<c r='G3'><v>9.13101120000123E+17</v></c>"
            "<c r='H3' t='d'><v>2020-09-24T00:00:00</v></c>"
            "<c r='I3' t='d'><v>2020-09-24T10:39:00Z</v></c></row>"
            "<row><c><v>1.5</v></c><c/><c t='inlineStr'><is><r><t>富</t></r><r><rPr/><t>文</t>"
            "</r></is></c><c t='s'/><c "
            "s='99'><f>A1+1</f><v/></c><c><f/></c><c><f>1</f><v>0</v></c></row>"));
    rows_expect(
        path, NULL,
        "2:一||二三|甲\r乙| 文 |#N/A\n"
        "3:是|否|2020-09-24|2020-09-24 10:39:00|3.00%|000123|913101120000123000*|2020-09-24|"
        "2020-09-24 10:39:00\n"
        "4:1.5||富文||=A1+1|=|0\n");
    rows_expect_source(path, "XLSX", "", "表");
    path = make_book("b.xls",
                     WORKBOOK("<workbookPr date1904='1'/><sheets><sheet name='表' "
                              "r:id='r1'/></sheets>"),
                     SHEET("<row r='1'><c r='A1' s='1'><v>42636</v></c></row>"));
    rows_expect(path, NULL, "1:2020-09-24\n");
}

/* Values merged downwards hold for the rows that have something of their own; titles do not. */
static void test_merged(void **state) {
    (void)state;
    const char *path = make_book(
        "a.xlsx", NULL,
        "<worksheet xmlns='" MAIN "'><sheetData>"
        "<row r='1'><c r='A1' t='inlineStr'><is><t>标题</t></is></c></row>"
        "<row r='2'><c r='A2' t='inlineStr'><is><t>名称</t></is></c><c r='B2' "
        "t='inlineStr'><is><t>组"
        "</t></is></c></row>"
        "<row r='3'><c r='B3'><v>1</v></c><c r='C3'><v>2</v></c></row>"
        "<row r='4'><c r='A4' t='s'><v>0</v></c><c r='B4'><v>3</v></c></row>"
        "<row r='5'><c r='A5'/><c r='B5'><v>4</v></c></row><row r='6'><c r='A6'/></row>"
        "<row r='7'><c r='C7'><v>5</v></c></row><row r='8'><c r='B8'><v>6</v></c></row>"
        "<row r='9'><c r='A9'><v>9.2E+17</v></c></row><row r='10'><c r='B10'><v>7</v></c></row>"
        "</sheetData><mergeCells count='9'><mergeCell ref='A1:C1'/><mergeCell ref='A2:A3'/>"
        "<mergeCell ref='B2:C2'/><mergeCell ref='A4:A7'/><mergeCell ref='A9:A1048576'/>"
        "<mergeCell ref='Q1:Z2'/><mergeCell ref='bad'/><mergeCell/>"
        "<mergeCell ref='A8:A8'/></mergeCells></worksheet>");
    rows_expect(path, NULL,
                "1:标题\n2:名称|组\n3:名称|1|2\n4:一|3\n5:一|4\n7:一||5\n8:|6\n"
                "9:920000000000000000*\n10:920000000000000000*|7\n");
}

/* A sheet of words about the data is narrow, the data wide; the hidden one is not chosen. */
static void test_sheets(void **state) {
    (void)state;
    const char *path = scratch_path("a.xlsx");
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *notes = workbook_add_worksheet(book, "说明");
    lxw_worksheet *data = workbook_add_worksheet(book, "名单");
    lxw_worksheet *hidden = workbook_add_worksheet(book, "字典");
    lxw_format *format = workbook_add_format(book);
    lxw_datetime day = {.year = 2020, .month = 9, .day = 24};
    format_set_num_format(format, "yyyy\"年\"m\"月\"d\"日\"");
    for (lxw_row_t row = 0; row < 60; row++) {
        worksheet_write_string(notes, row, 0, "填写说明", NULL);
        worksheet_write_string(hidden, row, 0, "字", NULL);
        worksheet_write_string(hidden, row, 9, "典", NULL);
    }
    for (lxw_col_t column = 0; column < 9; column++) {
        worksheet_write_string(data, 1, column, "列", NULL);
    }
    worksheet_write_datetime(data, 2, 8, &day, format);
    worksheet_write_formula_str(data, 3, 0, "=\"a\"", NULL, "甲");
    worksheet_write_boolean(data, 3, 1, 1, NULL);
    worksheet_hide(hidden);
    assert_int_equal(workbook_close(book), 0);
    rows_expect_source(path, "XLSX", "[名单]", "说明;名单;字典(hidden)");
    rows_expect(path, NULL, "2:列|列|列|列|列|列|列|列|列\n3:||||||||2020-09-24\n4:甲|是\n");
    rows_expect_refusal(path, "名册", RESULT_NOT_FOUND, "说明, 名单, 字典");
    struct error error = ERROR_INIT;
    struct row_source *source = NULL;
    assert_ok(row_source_open(&source, path, "字典", &error), &error);
    assert_int_equal(row_source_sheet(source), 2);
    row_source_free(source);
    rows_expect_refusal(
        make_book("b.xlsx", SHEETS("<sheet name='表' state='hidden' r:id='r1'/>"), SHEET("")), NULL,
        RESULT_INVALID, "hidden");
    rows_expect_refusal(make_book("b.xlsx", SHEETS("<sheet name='图' r:id='r2'/>"), SHEET("")),
                        NULL, RESULT_INVALID, "no table");
    rows_expect_refusal(scratch_write_text("c.csv", "a,b\n"), "表", RESULT_USAGE, "no sheets");
}

/* Formatting without end costs nothing. */
static void test_empty_cells(void **state) {
    (void)state;
    struct buffer sheet = BUFFER_INIT;
    buffer_append_text(&sheet, "<worksheet xmlns='" MAIN "'><dimension ref='A1:XFD1048576'/>"
                               "<sheetData><row r='1'><c r='A1'><v>1</v></c>");
    for (int i = 0; i < 16383; i++) {
        buffer_append_text(&sheet, "<c s='1'/>");
    }
    buffer_append_text(&sheet, "</row>");
    for (int row = 2; row < 100000; row++) {
        buffer_printf(&sheet, "<row r='%d' s='3' customFormat='1' ht='14.25'/>", row);
    }
    buffer_append_text(&sheet, "<row r='1048576'><c r='XFD1048576'><v>2</v></c></row></sheetData>"
                               "</worksheet>");
    const char *path = make_book("a.xlsx", NULL, buffer_text(&sheet));
    struct error error = ERROR_INIT;
    struct row_source *source = NULL;
    struct row row;
    bool more = true;
    assert_ok(row_source_open(&source, path, NULL, &error), &error);
    assert_ok(row_source_next(source, &row, &more, &error), &error);
    assert_true(more && row.count == 1 && row.line == 1);
    assert_ok(row_source_next(source, &row, &more, &error), &error);
    assert_true(more && row.count == 16384 && row.line == 1048576);
    assert_ok(row_source_next(source, &row, &more, &error), &error);
    assert_false(more);
    row_source_free(source);
    buffer_free(&sheet);
}

/* What no program writes is refused, in a sentence that names the part. */
static void test_broken(void **state) {
    (void)state;
    static const char *const sheets[] = {
        SHEET("<row r='2'/><row r='1'/>"),
        SHEET("<row r='1048577'/>"),
        SHEET("<row r='1'><c r='XFE1'/></row>"),
        SHEET("<row r='1'><c r='B1'/><c r='A1'/></row>"),
        SHEET("<row r='1'><c r='A1' t='s'><v>2</v></c></row>"),
        SHEET("<row r='1'><c r='A1' t='s'><v>x</v></c></row>"),
        "<html/>",
    };
    for (size_t i = 0; i < sizeof(sheets) / sizeof(sheets[0]); i++) {
        rows_expect_refusal(make_book("a.xlsx", NULL, sheets[i]), NULL, RESULT_INVALID,
                            "sheet.xml breaks the rules");
    }
    rows_expect_refusal(make_book("a.xlsx", NULL, "<worksheet xmlns='" MAIN "'><sheetData>"), NULL,
                        RESULT_INVALID, "is damaged: its part sheet.xml");
    rows_expect_refusal(make_book("a.xlsx", NULL,
                                  "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>" SHEET(
                                      "<row><c t='inlineStr'><is><t>&b;</t></is></c></row>")),
                        NULL, RESULT_INVALID, "document type");
    rows_expect_refusal(
        make_book("a.xlsx", NULL,
                  "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" SHEET("")),
        NULL, RESULT_INVALID, "document type");
}

/* A text, a tag, or elements in elements without end. */
static void test_endless(void **state) {
    (void)state;
    struct buffer sheet = BUFFER_INIT;
    static const char *const units[] = {"<t>", "<row r='1' ", "<row>"};
    static const char *const fillers[] = {"文", "a='1' ", "<x>"};
    for (size_t i = 0; i < 3; i++) {
        buffer_reset(&sheet);
        buffer_append_text(&sheet, "<worksheet xmlns='" MAIN "'><sheetData>");
        buffer_append_text(&sheet, i == 0 ? "<row><c t='inlineStr'><is>" : "");
        buffer_append_text(&sheet, units[i]);
        for (int j = 0; j < 400000; j++) {
            buffer_append_text(&sheet, fillers[i]);
        }
        rows_expect_refusal(make_book("a.xlsx", NULL, buffer_text(&sheet)), NULL, RESULT_INVALID,
                            "sheet.xml unpacks to more than a workbook needs");
    }
    buffer_free(&sheet);
}

/* Packs a part so hard that only one thing over and over can be in it. */
static void test_bomb(void **state) {
    (void)state;
    const size_t size = (size_t)65 << 20;
    const char *path = make_book("a.xlsx", NULL, SHEET(""));
    char *blanks = malloc(size);
    assert_non_null(blanks);
    memset(blanks, ' ', size);
    zip_t *archive = zip_open(path, 0, NULL);
    assert_non_null(archive);
    zip_source_t *source = zip_source_buffer(archive, blanks, size, 0);
    assert_int_equal(zip_file_replace(archive,
                                      (zip_uint64_t)zip_name_locate(archive, "sheet.xml", 0),
                                      source, 0),
                     0);
    assert_int_equal(zip_close(archive), 0);
    free(blanks);
    rows_expect_refusal(path, NULL, RESULT_INVALID, "unpacks to more than a workbook needs");
}

/* Archives that are something else. */
static void test_other_archives(void **state) {
    (void)state;
    static const struct {
        const char *part;
        const char *words;
    } others[] = {
        {"word/document.xml", "a Word document"},
        {"ppt/presentation.xml", "a presentation"},
        {"xl/workbook.bin", "a binary workbook (.xlsb)"},
        {"content.xml", "an OpenDocument file"},
        {"名单.csv", "is an archive (.zip)"},
        {"_rels/.rels", "_rels/.rels"},
    };
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        const struct pack_part part = {others[i].part, "x", 1};
        struct buffer bytes = BUFFER_INIT;
        pack_zip(&bytes, &part, 1);
        rows_expect_refusal(scratch_write("a.xlsx", bytes.data, bytes.length), NULL, RESULT_INVALID,
                            others[i].words);
        rows_expect_refusal(scratch_write("a.xlsx", bytes.data, bytes.length - 10), NULL,
                            RESULT_INVALID, "no whole workbook");
        buffer_free(&bytes);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_cells, scratch_empty),
        cmocka_unit_test_teardown(test_merged, scratch_empty),
        cmocka_unit_test_teardown(test_sheets, scratch_empty),
        cmocka_unit_test_teardown(test_empty_cells, scratch_empty),
        cmocka_unit_test_teardown(test_broken, scratch_empty),
        cmocka_unit_test_teardown(test_endless, scratch_empty),
        cmocka_unit_test_teardown(test_bomb, scratch_empty),
        cmocka_unit_test_teardown(test_other_archives, scratch_empty),
    };
    return cmocka_run_group_tests_name("intake/workbook_reader: xlsx", tests, scratch_make,
                                       scratch_remove);
}
