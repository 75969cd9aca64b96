/* The layout in which the classification of a period is handed over (doc/handover.md): the one
 * table of its columns, what seals a file, and the text whose digest the seal carries. The same for
 * CSV, workbook and JSON Lines, for writing (report/handover) and for taking in. */
#ifndef XINFENG_INTAKE_HANDOVER_LAYOUT_H
#define XINFENG_INTAKE_HANDOVER_LAYOUT_H

#include "base/digest.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The layout's name and version, and what every version's name starts with. */
#define HANDOVER_LAYOUT "xinfeng-handover/1"
#define HANDOVER_LAYOUT_FAMILY "xinfeng-handover/"

/* What every file says of itself (X6). */
#define HANDOVER_MARK "内部参考，不对外公开"

/* The sheets of the workbook. */
#define HANDOVER_SHEET_ROWS "分类结果"
#define HANDOVER_SHEET_SEAL "移交说明"

/* How a value is written. Nothing known is the empty text everywhere. */
enum handover_type {
    HANDOVER_TEXT,    /* no control characters, no blanks at the ends */
    HANDOVER_CODE,    /* the same; all digits or not, it is a text */
    HANDOVER_DAY,     /* 2026-10-31 */
    HANDOVER_POINTS,  /* points with two decimals: 199.90 */
    HANDOVER_INTEGER, /* 17 */
};

/* The one table of the columns, in their order: name, header of tables, type. */
#define HANDOVER_TABLE(X)                                                                          \
    X(uscc, "统一社会信用代码", HANDOVER_CODE)                                                     \
    X(registration_number, "注册号", HANDOVER_CODE)                                                \
    X(name, "企业名称", HANDOVER_TEXT)                                                             \
    X(period, "期", HANDOVER_CODE)                                                                 \
    X(day, "评定日期", HANDOVER_DAY)                                                               \
    X(score, "信用风险得分", HANDOVER_POINTS)                                                      \
    X(score_class, "得分等级", HANDOVER_CODE)                                                      \
    X(final_class, "信用风险等级", HANDOVER_CODE)                                                  \
    X(previous_class, "上期信用风险等级", HANDOVER_CODE)                                           \
    X(decided_by, "判定方式", HANDOVER_CODE)                                                       \
    X(rule, "直接判定规则", HANDOVER_CODE)                                                         \
    X(override_id, "调整编号", HANDOVER_INTEGER)                                                   \
    X(override_document, "调整文号", HANDOVER_TEXT)                                                \
    X(basic, "基础属性得分", HANDOVER_POINTS)                                                      \
    X(dynamic, "动态信息得分", HANDOVER_POINTS)                                                    \
    X(supervision, "监管信息得分", HANDOVER_POINTS)                                                \
    X(relation, "关联关系得分", HANDOVER_POINTS)                                                   \
    X(social, "社会评价得分", HANDOVER_POINTS)                                                     \
    X(other, "其他维度得分", HANDOVER_POINTS)                                                      \
    X(kind, "主体类别", HANDOVER_CODE)                                                             \
    X(status, "登记状态", HANDOVER_CODE)                                                           \
    X(region, "行政区划代码", HANDOVER_CODE)                                                       \
    X(industry, "行业代码", HANDOVER_CODE)                                                         \
    X(key_field, "重点领域", HANDOVER_INTEGER)                                                     \
    X(policy, "指标体系", HANDOVER_CODE)                                                           \
    X(policy_version, "指标体系版本", HANDOVER_CODE)                                               \
    X(policy_digest, "指标体系摘要", HANDOVER_CODE)

enum handover_column {
#define HANDOVER_ENUM(name, header, type) HANDOVER_COLUMN_##name,
    HANDOVER_TABLE(HANDOVER_ENUM)
#undef HANDOVER_ENUM
        HANDOVER_COLUMNS
};

/* One column. */
struct handover_field {
    const char *key;    /* of JSON Lines */
    const char *header; /* of CSV and workbook */
    enum handover_type type;
};

/* The columns in their order. Static. */
extern const struct handover_field handover_fields[HANDOVER_COLUMNS];

/* One row: its values as the layout writes them, never NULL. */
struct handover_row {
    const char *values[HANDOVER_COLUMNS];
};

/* What travels with the rows: what they are, how many, and their digest. */
struct handover_seal {
    char layout[32];
    char mark[64];
    char period[8];
    char state[8]; /* "open" or "closed" */
    char rows[24]; /* a number, as the file gives it */
    char digest[DIGEST_HEX_SIZE];
};

/* One entry of a seal, for whoever writes or reads all of them in turn; the digest is the last. */
struct handover_entry {
    const char *key;   /* "rows" */
    const char *label; /* "行数" */
    size_t offset;     /* of its text in struct handover_seal */
    size_t size;
};

/* The entries of a seal in their order; *count of them. Static. */
const struct handover_entry *handover_entries(size_t *count);

/* The text of an entry. */
const char *handover_entry_text(const struct handover_seal *seal,
                                const struct handover_entry *entry);

/* Puts a text in its place in the seal, cut to the room there is. */
void handover_entry_set(struct handover_seal *seal, const struct handover_entry *entry,
                        const char *text);

/* Writes centipoints as the layout does: 199.90. */
#define HANDOVER_POINTS_SIZE 24
const char *handover_points(int64_t centipoints, char text[static HANDOVER_POINTS_SIZE]);

/* The digest of the rows, taken as they come. */
struct handover_digest;

/* NULL when memory is short. Free with handover_digest_free. */
struct handover_digest *handover_digest_new(void);

/* Takes in a row. A failure sticks; handover_digest_finish tells. */
void handover_digest_add(struct handover_digest *digest, const struct handover_row *row);

/* How many rows were taken in. */
int64_t handover_digest_rows(const struct handover_digest *digest);

/* The digest over the rows and all that the seal says of them but the digest itself. */
enum result handover_digest_finish(struct handover_digest *digest, const struct handover_seal *seal,
                                   char hex[static DIGEST_HEX_SIZE], struct error *error);

/* NULL is harmless. */
void handover_digest_free(struct handover_digest *digest);

#endif
