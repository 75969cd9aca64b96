#include "unit/scratch.h"

#include "base/buffer.h"
#include "intake/row_source.h"
#include "unit/rows.h"

#define SHEETS "urn:schemas-microsoft-com:office:spreadsheet"
#define EXCEL "urn:schemas-microsoft-com:office:excel"
#define BOOK(inside)                                                                               \
    "<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook xmlns='" SHEETS        \
    "' xmlns:ss='" SHEETS "' xmlns:x='" EXCEL "'>" inside "</Workbook>"
#define SHEET(name, rows)                                                                          \
    "<Worksheet ss:Name='" name "'><Table ss:ExpandedRowCount='9'><Column/>" rows                  \
    "</Table></Worksheet>"
#define CELL(type, text) "<Cell><Data ss:Type='" type "'>" text "</Data></Cell>"

/* ---- SpreadsheetML ----------------------------------------------------------------------------
 */
static void test_cells(void **state) {
    (void)state;
    const char *path = scratch_write_text(
        "a.xls",
        BOOK(
            "<Styles><Style ss:ID='s1'><Font/><NumberFormat ss:Format='Short Date'/></Style>"
            "<Style ss:ID='s2'><NumberFormat ss:Format='0.0%'/></Style><Style "
            "ss:ID='s0'/></Styles>" SHEET(
                "表",
                "<Row ss:Index='2'>" CELL(
                    "String",
                    "甲&#10;乙") "<Cell ss:Index='3'><Data "
                                 "ss:Type='String'><B "
                                 "xmlns='x'>粗<I>斜</I></B>尾</Data><Comment><Data "
                                 "ss:Type='String'>注</Data></Comment></Cell></Row><Row>"
                                 "<Cell ss:StyleID='s1'><Data ss:Type='Number'>44098</Data></Cell>"
                                 "<Cell ss:StyleID='s2'><Data ss:Type='Number'>0.03</Data></Cell>"
                                 "<Cell ss:StyleID='s0'><Data "
                                 "ss:Type='Number'>1.50</Data></Cell>" CELL(
                                     "DateTime", "2020-09-24T00:00:00.000")
                                     CELL("DateTime", "2020-09-24T10:39:00.000") CELL(
                                         "DateTime", "1899-12-31T10:39:00.000") CELL("Boolean", "1")
                                         CELL("Boolean", "0") CELL("Error", "#N/A") CELL(
                                             "Number",
                                             "9.13101120000123E+017") "</Row><Row "
                                                                      "ss:Span='2'/"
                                                                      "><Row>" CELL("String",
                                                                                    "末") "</"
                                                                                          "Row"
                                                                                          ">")));
    rows_expect(path, NULL,
                "2:甲\n乙||粗斜尾\n"
                "3:2020-09-24|3.0%|1.5|2020-09-24|2020-09-24 10:39:00|10:39:00|是|否|#N/A|"
                "913101120000123000*\n7:末\n");
    rows_expect_source(path, "SpreadsheetML", "", "表");
}

static void test_merged(void **state) {
    (void)state;
    const char *path = scratch_write_text(
        "a.xml",
        BOOK(SHEET(
            "表",
            "<Row><Cell ss:MergeAcross='2'><Data ss:Type='String'>标题</Data></Cell>" CELL(
                "String", "旁") "</Row><Row><Cell ss:MergeDown='2'><Data "
                                "ss:Type='String'>甲</Data></Cell>" CELL(
                                    "Number",
                                    "1") "</Row><Row><Cell "
                                         "ss:Index='2'><Data "
                                         "ss:Type='Number'>2</Data></Cell></Row><Row/><Row>" CELL(
                                             "String", "乙") "</Row>")));
    rows_expect(path, NULL, "1:标题|||旁\n2:甲|1\n3:甲|2\n5:乙\n");
}

static void test_sheets(void **state) {
    (void)state;
    static const char text[] = BOOK(SHEET(
        "说明",
        "<Row>" CELL("String",
                     "说明") "</Row>") "<Worksheet ss:Name='密'><Table>"
                                       "<Row>" CELL("String", "a") CELL("String", "b") CELL(
                                           "String",
                                           "c") "</Row></Table>"
                                                "<x:WorksheetOptions><x:Visible>SheetHidden</"
                                                "x:Visible></x:WorksheetOptions>"
                                                "</Worksheet>" SHEET(
                                                    "名单", "<Row>" CELL("String", "名称")
                                                                CELL("String", "代码") "</Row>"));
    const char *path = scratch_write_text("a.xml", text);
    rows_expect_source(path, "SpreadsheetML", "[名单]", "说明;密(hidden);名单");
    rows_expect(path, NULL, "1:名称|代码\n");
    rows_expect(path, "密", "1:a|b|c\n");
    rows_expect_refusal(path, "无", RESULT_NOT_FOUND, "说明, 密, 名单");
}

static void test_broken_xml(void **state) {
    (void)state;
    static const struct {
        const char *text;
        const char *words;
    } books[] = {
        {"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><Workbook xmlns='" SHEETS "'/>",
         "document type"},
        {BOOK(SHEET("表", "<Row ss:Index='0'/>")), "breaks the rules"},
        {BOOK(SHEET("表", "<Row/><Row ss:Index='1'/>")), "breaks the rules"},
        {BOOK(SHEET("表", "<Row ss:Index='1048577'/>")), "breaks the rules"},
        {BOOK(SHEET("表", "<Row><Cell ss:Index='16385'/></Row>")), "breaks the rules"},
        {BOOK("<Worksheet/>"), "breaks the rules"},
        {"<Workbook xmlns='" SHEETS "'><Styles>", "is damaged"},
        {"<?xml version='1.0'?><a xmlns='x'/>", "XML document, but no workbook"},
        {BOOK(""), "not hidden"},
    };
    for (size_t i = 0; i < sizeof(books) / sizeof(books[0]); i++) {
        rows_expect_refusal(scratch_write_text("a.xml", books[i].text), NULL, RESULT_INVALID,
                            books[i].words);
    }
    struct buffer text = BUFFER_INIT;
    buffer_append_text(&text,
                       "<Workbook xmlns='" SHEETS "' xmlns:ss='" SHEETS "'><Worksheet ss:Name="
                       "'表'><Table><Row><Cell><Data ss:Type='String'>");
    for (int i = 0; i < 100000; i++) {
        buffer_append_text(&text, "文");
    }
    buffer_append_text(&text, "</Data></Cell></Row></Table></Worksheet></Workbook>");
    rows_expect_refusal(scratch_write("a.xml", text.data, text.length), NULL, RESULT_INVALID,
                        "larger pieces");
    buffer_free(&text);
}

/* ---- JSON Lines -------------------------------------------------------------------------------
 */
static void test_objects(void **state) {
    (void)state;
    const char *path = scratch_write_text(
        "a.csv", "\xEF\xBB\xBF{\"名称\": \"甲\", \"数\": 1.50, \"码\": 913101120000123456}\r\n\r\n"
                 "{\"名称\": \"乙\\n丙\", \"真\": true, \"假\": false, \"空\": null}\n"
                 "{\"数\": 123456789012345, \"假\": \"\"}");
    rows_expect(path, NULL,
                "0:名称|数|码|真|假|空\n1:甲|1.5|913101120000123456*\n3:乙\n丙|||是|否\n"
                "4:|123456789012345\n");
    rows_expect_source(path, "JSON Lines", "", "");
    rows_expect_refusal(path, "表", RESULT_USAGE, "no sheets");
}

static void test_broken_objects(void **state) {
    (void)state;
    static const struct {
        const char *text;
        const char *words;
    } files[] = {
        {"{\"a\": 1}\n{\"a\": [1]}\n", "a.jsonl:2: the value of \"a\" is a list"},
        {"{\"a\": {}}\n", "a.jsonl:1: the value of \"a\" is a list"},
        {"{\"a\": 1}\n{\"a\": \n", "a.jsonl:2: the line is no JSON object"},
        {"{\"a\": 1, \"a\": 2}\n", "a.jsonl:1: the line is no JSON object"},
        {"{\"a\": 1}\n[1]\n", "a.jsonl:2: the line is no JSON object"},
        {"[\n {\"a\": 1}]\n", "one JSON list"},
    };
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        rows_expect_refusal(scratch_write_text("a.jsonl", files[i].text), NULL, RESULT_INVALID,
                            files[i].words);
    }
}

/* A key that comes too late, and a line without end. */
static void test_long_files(void **state) {
    (void)state;
    struct buffer text = BUFFER_INIT;
    for (int i = 0; i < 1000; i++) {
        buffer_append_text(&text, i == 999 ? "{\"b\": 1}\n" : "{\"a\": 1}\n");
    }
    buffer_append_text(&text, "{\"b\": 2, \"c\": 3}\n");
    rows_expect_refusal(scratch_write("a.jsonl", text.data, text.length), NULL, RESULT_INVALID,
                        "a.jsonl:1001: \"c\" is no column");
    buffer_reset(&text);
    buffer_append_text(&text, "{\"a\": 1}\n{\"a\": \"");
    for (int i = 0; i < 300000; i++) {
        buffer_append_text(&text, "文字文字");
    }
    rows_expect_refusal(scratch_write("a.jsonl", text.data, text.length), NULL, RESULT_INVALID,
                        "a.jsonl:2: the line is longer");
    buffer_free(&text);
}

/* ---- other files ------------------------------------------------------------------------------
 */
static void test_kinds(void **state) {
    (void)state;
#define FILE_OF(bytes, words)                                                                      \
    { bytes, sizeof(bytes) - 1, words }
    static const struct {
        const char *bytes;
        size_t length;
        const char *words;
    } files[] = {
        FILE_OF("%PDF-1.7\n", "is a PDF"),
        FILE_OF("\x89PNG\r\n\x1A\n", "is a picture"),
        FILE_OF("\xFF\xD8\xFF\xE0rest", "is a picture"),
        FILE_OF("{\\rtf1\\ansi", "is a document (.rtf)"),
        FILE_OF("SQLite format 3\0rest", "is a database"),
        FILE_OF("Rar!\x1A\x07", "is an archive (.rar)"),
        FILE_OF("7z\xBC\xAF\x27\x1C", "is an archive (.7z)"),
        FILE_OF("\x1F\x8B\x08", "is an archive (.gz)"),
        FILE_OF("\x09\x04\x06\x00\x00\x00\x10\x00", "before 1993, not a workbook"),
        FILE_OF("<html><table>", "is a web page"),
        FILE_OF("\xEF\xBB\xBF\r\n <TABLE border=1>", "is a web page"),
        FILE_OF("\xFF\xFE<\0h\0t\0m\0l\0>\0", "is a web page"),
        FILE_OF("<?xml version='1.0'?>\n<!DOCTYPE html>", "is a web page"),
        FILE_OF("MIME-Version: 1.0\r\n", "is a web page"),
    };
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        rows_expect_refusal(scratch_write("a.csv", files[i].bytes, files[i].length), NULL,
                            RESULT_INVALID, files[i].words);
    }
    rows_expect(scratch_write_text("a.csv", "[1],{2}\n<3>,4\n"), NULL, "1:[1]|{2}\n2:<3>|4\n");
    rows_expect(scratch_write_text("a.csv", "<3>,4\n"), NULL, "1:<3>|4\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_cells, scratch_empty),
        cmocka_unit_test_teardown(test_merged, scratch_empty),
        cmocka_unit_test_teardown(test_sheets, scratch_empty),
        cmocka_unit_test_teardown(test_broken_xml, scratch_empty),
        cmocka_unit_test_teardown(test_objects, scratch_empty),
        cmocka_unit_test_teardown(test_broken_objects, scratch_empty),
        cmocka_unit_test_teardown(test_long_files, scratch_empty),
        cmocka_unit_test_teardown(test_kinds, scratch_empty),
    };
    return cmocka_run_group_tests_name("intake: files that are text", tests, scratch_make,
                                       scratch_remove);
}
