#include "screen/kit_demo_rows.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What county registers hold and screens stumble over: long names, rare characters, combining
 * marks, full-width letters, control characters. */
static const char *const names[] = {
    "呼图壁县惠民便利店",
    "𠮷野家(呼图壁)餐饮有限公司",
    "cafe\xCC\x81 e\xCC\x81toile 咖啡店",
    ("新疆维吾尔自治区昌吉回族自治州呼图壁县园户村镇下三工村农民专业合作社联合社"
     "及其下属种植养殖加工运输仓储销售技术服务综合经营部"),
    "ABC Trading Co., Ltd.",
    "ＡＢＣ全角商行",
    "tab\there\x01 店",
};

static int64_t score_of(int64_t number) {
    return number * 7919 % 1009;
}

static const char *name_of(int64_t number) {
    return names[(size_t)number % (sizeof names / sizeof names[0])];
}

static bool wanted(const struct demo_rows *rows, int64_t number) {
    return strstr(name_of(number), rows->filter) != NULL;
}

/* The value rows are ordered by; equal ones by number. */
static int64_t sort_value(const struct row_request *request, int64_t number) {
    int64_t value = request->sort == SORT_BY_SCORE ? score_of(number) : number;
    return request->descending ? -value : value;
}

/* Where a row stands against a key: below 0 before it, 0 at it. */
static int compare(const struct row_request *request, int64_t number, const struct row_key *key) {
    int64_t value = sort_value(request, number);
    if (value != key->numbers[0]) {
        return value < key->numbers[0] ? -1 : 1;
    }
    return number < key->numbers[1] ? -1 : number > key->numbers[1];
}

static enum result add(struct row_page *page, const struct row_request *request, int64_t number,
                       struct error *error) {
    struct row_key key = {{sort_value(request, number), number}, ""};
    struct row *row = row_page_add(page, &key);
    if (row == NULL) {
        return error_no_memory(error);
    }
    row_set_id(row, number);
    row_printf(row, COLUMN_NUMBER, "%" PRId64, number + 1);
    row_set(row, COLUMN_NAME, name_of(number));
    row_printf(row, COLUMN_CLASS, "%c", 'A' + (int)(number % 4));
    row_printf(row, COLUMN_SCORE, "%" PRId64 ".5", score_of(number));
    row_set(row, COLUMN_REGION, number % 2 == 0 ? "园户村镇" : "大丰镇");
    return RESULT_OK;
}

static int compare_numbers(const void *left, const void *right, void *request) {
    int64_t a = *(const int64_t *)left;
    int64_t b = *(const int64_t *)right;
    struct row_key key = {{sort_value(request, b), b}, ""};
    return compare(request, a, &key);
}

/* Puts all wanted rows in order and walks away from the key: slow and plainly right. */
static enum result fetch(void *context, const struct row_request *request, struct row_page *page,
                         struct error *error) {
    static int64_t order[DEMO_ROWS];
    struct demo_rows *rows = context;
    struct row_request asked = *request;
    size_t total = 0;
    for (int64_t number = 0; number < DEMO_ROWS; number++) {
        if (wanted(rows, number)) {
            order[total++] = number;
        }
    }
    qsort_r(order, total, sizeof order[0], compare_numbers, &asked);
    size_t given = 0;
    for (size_t i = 0; i < total && given < request->limit; i++) {
        int64_t number = order[request->backward ? total - 1 - i : i];
        int side = request->key == NULL ? 0 : compare(request, number, request->key);
        bool beyond = request->backward ? side < 0 : side > 0;
        if (request->key != NULL && !beyond && !(side == 0 && request->inclusive)) {
            continue;
        }
        enum result code = add(page, request, number, error);
        if (code != RESULT_OK) {
            return code;
        }
        given++;
    }
    return RESULT_OK;
}

static int64_t count(void *context) {
    const struct demo_rows *rows = context;
    int64_t found = 0;
    for (int64_t number = 0; number < DEMO_ROWS; number++) {
        found += wanted(rows, number);
    }
    return found;
}

static enum role role(void *context, const struct row *row, size_t column) {
    (void)context;
    return column == COLUMN_CLASS ? theme_class_role(row_text(row, column)[0]) : ROLE_TEXT;
}

struct row_source demo_rows_source(struct demo_rows *rows) {
    return (struct row_source){.context = rows, .fetch = fetch, .count = count, .role = role};
}
