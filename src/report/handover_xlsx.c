#include "report/handover_format.h"

#include "book/sheet.h"
#include "report/class_style.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TITLE "企业信用风险分类结果"

/* Sheets of paper side by side, so that the columns can be read. */
#define PAGES_WIDE 3

/* Columns that stay in sight: the codes and the name. */
#define FROZEN_COLUMNS 3

struct xlsx {
    struct book *book;
    struct sheet *rows;
    char policies[1024]; /* for the sheet that explains */
    char previous[PERIOD_TEXT_SIZE];
};

/* Widths in columns of text. */
static const int widths[HANDOVER_COLUMNS] = {
    [HANDOVER_COLUMN_uscc] = 20,
    [HANDOVER_COLUMN_registration_number] = 16,
    [HANDOVER_COLUMN_name] = 36,
    [HANDOVER_COLUMN_period] = 8,
    [HANDOVER_COLUMN_day] = 11,
    [HANDOVER_COLUMN_score] = 13,
    [HANDOVER_COLUMN_score_class] = 9,
    [HANDOVER_COLUMN_final_class] = 13,
    [HANDOVER_COLUMN_previous_class] = 17,
    [HANDOVER_COLUMN_decided_by] = 10,
    [HANDOVER_COLUMN_rule] = 13,
    [HANDOVER_COLUMN_override_id] = 8,
    [HANDOVER_COLUMN_override_document] = 22,
    [HANDOVER_COLUMN_basic] = 13,
    [HANDOVER_COLUMN_dynamic] = 13,
    [HANDOVER_COLUMN_supervision] = 13,
    [HANDOVER_COLUMN_relation] = 13,
    [HANDOVER_COLUMN_social] = 13,
    [HANDOVER_COLUMN_other] = 13,
    [HANDOVER_COLUMN_kind] = 12,
    [HANDOVER_COLUMN_status] = 11,
    [HANDOVER_COLUMN_region] = 12,
    [HANDOVER_COLUMN_industry] = 8,
    [HANDOVER_COLUMN_key_field] = 8,
    [HANDOVER_COLUMN_policy] = 20,
    [HANDOVER_COLUMN_policy_version] = 12,
    [HANDOVER_COLUMN_policy_digest] = 14,
};

static enum sheet_style style_of(int column) {
    static const enum sheet_style styles[] = {
        [HANDOVER_TEXT] = SHEET_TEXT,       [HANDOVER_CODE] = SHEET_CODE,
        [HANDOVER_DAY] = SHEET_DATE,        [HANDOVER_POINTS] = SHEET_POINTS,
        [HANDOVER_INTEGER] = SHEET_ORDINAL,
    };
    bool of_class = column == HANDOVER_COLUMN_score_class ||
                    column == HANDOVER_COLUMN_final_class ||
                    column == HANDOVER_COLUMN_previous_class;
    return of_class ? SHEET_CENTRE : styles[handover_fields[column].type];
}

/* ---- the rows -------------------------------------------------------------------------------- */

static void begin_rows(struct xlsx *xlsx, int64_t rows) {
    struct sheet_column columns[HANDOVER_COLUMNS];
    for (int i = 0; i < HANDOVER_COLUMNS; i++) {
        columns[i] =
            (struct sheet_column){handover_fields[i].header, widths[i], widths[i], style_of(i)};
    }
    xlsx->rows = book_add_sheet(xlsx->book, HANDOVER_SHEET_ROWS);
    sheet_set_columns(xlsx->rows, columns, HANDOVER_COLUMNS);
    sheet_settle(xlsx->rows);
    sheet_header(xlsx->rows);
    sheet_freeze(xlsx->rows, FROZEN_COLUMNS);
    sheet_spread(xlsx->rows, PAGES_WIDE, FROZEN_COLUMNS);
    sheet_filter(xlsx->rows, 0, (uint32_t)rows);
}

static enum result begin(void **writer, const struct handover_head *head, struct error *error) {
    struct xlsx *xlsx = calloc(1, sizeof(*xlsx));
    if (xlsx == NULL) {
        return error_no_memory(error);
    }
    const char *period = head->seal.period;
    char heading[128];
    snprintf(heading, sizeof(heading), TITLE " %s %s", period, HANDOVER_LAYOUT);
    for (size_t i = 0; i < head->policies->count; i++) {
        const struct policy *policy = head->policies->policies[i];
        size_t length = strlen(xlsx->policies);
        snprintf(xlsx->policies + length, sizeof(xlsx->policies) - length, "%s%s %s",
                 i == 0 ? "" : "；", policy->name, policy->version);
    }
    if (head->previous != 0) {
        period_format(head->previous, xlsx->previous);
    }
    const struct book_facts facts = {
        .title = TITLE,
        .subject = heading,
        .author = head->actor->name,
        .company = "",
        .keywords = HANDOVER_LAYOUT,
        .comments = HANDOVER_MARK,
        .heading = heading,
        .verification = xlsx->policies,
        .created = clock_today(&head->actor->clock),
    };
    enum result code = book_new(&xlsx->book, head->file->part, head->folder, &facts, error);
    if (code != RESULT_OK) {
        free(xlsx);
        return code;
    }
    begin_rows(xlsx, head->rows);
    *writer = xlsx;
    return RESULT_OK;
}

static struct sheet_cell cell_of(int column, const char *value) {
    enum sheet_style style = style_of(column);
    if (value[0] == '\0') {
        return sheet_blank(style);
    }
    if (column == HANDOVER_COLUMN_final_class) {
        return sheet_text(class_style(risk_class_find(value)), value);
    }
    switch (handover_fields[column].type) {
    case HANDOVER_DAY:
        return sheet_day(style, date_parse(value));
    case HANDOVER_POINTS:
    case HANDOVER_INTEGER:
        return sheet_number(style, strtod(value, NULL));
    case HANDOVER_TEXT:
    case HANDOVER_CODE:
        break;
    }
    return sheet_text(style, value);
}

static enum result put(void *writer, const struct handover_row *row, struct error *error) {
    (void)error; /* what fails is told when the book is closed */
    struct xlsx *xlsx = writer;
    struct sheet_cell cells[HANDOVER_COLUMNS];
    for (int i = 0; i < HANDOVER_COLUMNS; i++) {
        cells[i] = cell_of(i, row->values[i]);
    }
    sheet_put(xlsx->rows, cells, HANDOVER_COLUMNS);
    return RESULT_OK;
}

/* ---- what the rows are ----------------------------------------------------------------------- */

/* What a person has to know to read the columns; the whole is in doc/handover.zh-CN.md. */
static const struct {
    const char *what;
    const char *text;
} notes[] = {
    {"使用范围说明",
     "分类结果仅作为配置监管资源的参考依据，可在市场监管部门之间共享，不向社会公开公示。"},
    {"状态说明", "closed 该期已结，不再变动；open 该期未结，仍可能更新。"},
    {"得分",
     "单位为分，两位小数，0.00 至 1000.00，分值越高风险越高。空白表示所用指标体系没有该维度。"},
    {"等级", "A 低，B 一般，C 较高，D 高。得分等级只看得分；信用风险等级为最终等级。"},
    {"判定方式", "score 按得分；direct 直接判定（规则见「直接判定规则」）；override "
                 "人工调整（见「调整编号」「调整文号」）。"},
    {"主体类别", "enterprise 企业；individual 个体工商户；cooperative 农民专业合作社。"},
    {"登记状态", "open 开业；changed 变更；cancelling 注销中；cancelled 注销；revoked "
                 "吊销；moved_out 迁出；withdrawn 撤销。"},
    {"重点领域", "1 属于食品、药品、特种设备等重点领域；0 不属于；空白为未知。"},
    {"摘要说明", "分类结果各行的 SHA-256，与行数一起用于核对，CSV、JSON Lines "
                 "相同。改动、排序、增删任何一行后即不再相符。"},
};

static void put_note(struct sheet *sheet, const char *what, const char *text) {
    SHEET_PUT(sheet, sheet_text(SHEET_LABEL, what), sheet_text(SHEET_TEXT, text));
}

static void put_seal(struct xlsx *xlsx, const struct handover_seal *seal) {
    static const struct sheet_column columns[] = {{"项目", 18, 18, SHEET_LABEL},
                                                  {"内容", 76, 76, SHEET_TEXT}};
    struct sheet *sheet = book_add_sheet(xlsx->book, HANDOVER_SHEET_SEAL);
    size_t count = 0;
    const struct handover_entry *entries = handover_entries(&count);
    sheet_set_columns(sheet, columns, sizeof(columns) / sizeof(columns[0]));
    sheet_settle(sheet);
    sheet_header(sheet);
    for (size_t i = 0; i < count; i++) {
        const char *text = handover_entry_text(seal, &entries[i]);
        SHEET_PUT(sheet, sheet_text(SHEET_LABEL, entries[i].label), sheet_text(SHEET_CODE, text));
        book_set_property(xlsx->book, entries[i].key, text);
    }
    put_note(sheet, "指标体系", xlsx->policies);
    put_note(sheet, "上期", xlsx->previous[0] == '\0' ? "无" : xlsx->previous);
    for (size_t i = 0; i < sizeof(notes) / sizeof(notes[0]); i++) {
        put_note(sheet, notes[i].what, notes[i].text);
    }
}

static enum result end(void *writer, const struct handover_seal *seal, struct error *error) {
    struct xlsx *xlsx = writer;
    if (seal != NULL) {
        put_seal(xlsx, seal);
    }
    enum result code = book_close(xlsx->book, seal == NULL ? NULL : error);
    free(xlsx);
    return code;
}

const struct handover_format handover_xlsx = {.ending = "xlsx",
                                              .name = "XLSX",
                                              .most_rows = SHEET_MOST_ROWS - 1,
                                              .begin = begin,
                                              .row = put,
                                              .end = end};
