/* Writes the files of the intake bench: made-up enterprises or facts as CSV, the same bytes for the
 * same numbers on every machine.
 *
 * usage: intake_rows enterprises COUNT FILE
 *        intake_rows facts COUNT FILE ENTERPRISES */
#include "base/date.h"
#include "base/uscc.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const char *const regions[] = {"650102", "650103", "650104", "650105", "650106", "650109"};
static const char *const towns[] = {"天山区",   "沙依巴克区", "新市区",
                                    "水磨沟区", "头屯河区",   "米东区"};
static const char *const brands[] = {"鑫源", "宏达", "恒信", "天成", "瑞丰", "金桥",
                                     "润泽", "华盛", "博远", "嘉禾", "永泰", "顺和",
                                     "德隆", "万通", "康民", "春晖"};
static const char *const middles[] = {"昌", "盛", "兴", "隆", "泰", "和", "安", "福",
                                      "瑞", "祥", "丰", "裕", "达", "通", "海", "远"};
static const char *const trades[] = {"商贸",     "食品",     "建筑工程", "信息科技",
                                     "物流",     "餐饮管理", "农业发展", "医药",
                                     "机械设备", "文化传媒", "装饰装修", "汽车服务"};
static const char *const surnames[] = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄",
                                       "周", "吴", "徐", "孙", "马", "朱", "胡", "郭"};
static const char *const given[] = {"伟", "芳", "娜", "敏", "静", "丽", "强", "磊",
                                    "军", "洋", "勇", "艳", "杰", "娟", "涛", "明"};
static const char *const types[] = {"行政处罚", "列入经营异常名录", "抽查检查", "消费者投诉",
                                    "食品抽检", "行政许可",         "未年报",   "举报"};
static const char *const titles[] = {"未按规定公示年度报告",         "通过登记的住所无法联系",
                                     "销售不符合食品安全标准的食品", "发布虚假广告",
                                     "使用未经检定的计量器具",       "未明码标价",
                                     "擅自从事许可经营活动",         "合同格式条款加重消费者责任"};

static uint64_t next_random(uint64_t *state) {
    uint64_t bits = *state += UINT64_C(0x9E3779B97F4A7C15);
    bits = (bits ^ bits >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    bits = (bits ^ bits >> 27) * UINT64_C(0x94D049BB133111EB);
    return bits ^ bits >> 31;
}

/* Taking one draw after the other apart: a number below count. */
static unsigned take(uint64_t *bits, unsigned count) {
    unsigned value = (unsigned)(*bits % count);
    *bits /= count;
    return value;
}

static const char *pick(uint64_t *bits, const char *const *list, size_t count) {
    return list[take(bits, (unsigned)count)];
}
#define PICK(bits, list) pick(bits, list, COUNT(list))

/* What is known of the enterprise of a number, so that facts name it as it is. */
struct firm {
    unsigned region;
    char uscc[USCC_LENGTH + 1];
    char name[128];
    uint64_t bits; /* for what else is said of it */
};

static void make_firm(uint64_t number, struct firm *firm) {
    uint64_t state = number * UINT64_C(0xD1342543DE82EF95) + 1;
    uint64_t bits = next_random(&state);
    firm->region = take(&bits, COUNT(regions));
    /* The organisation code tells enterprises apart: a full cycle through its numbers. */
    uint64_t code = (number * UINT64_C(48271) + 17) % UINT64_C(99999989);
    char body[10];
    snprintf(body, sizeof(body), "%08llu", (unsigned long long)code);
    snprintf(firm->uscc, sizeof(firm->uscc), "91%s%.8s%c", regions[firm->region], body,
             uscc_organisation_check(body) == 'X' ? 'X' : uscc_organisation_check(body));
    firm->uscc[17] = uscc_check_character(firm->uscc);
    const char *town = towns[firm->region];
    const char *brand = PICK(&bits, brands);
    const char *first = PICK(&bits, middles);
    const char *second = PICK(&bits, middles);
    const char *third = PICK(&bits, middles);
    snprintf(firm->name, sizeof(firm->name), "乌鲁木齐市%s%s%s%s%s%s有限公司", town, brand, first,
             second, third, PICK(&bits, trades));
    firm->bits = next_random(&state);
}

static void make_day(uint64_t *bits, unsigned first_year, unsigned years, char text[11]) {
    unsigned year = first_year + take(bits, years);
    unsigned month = 1 + take(bits, 12);
    snprintf(text, 11, "%04u-%02u-%02u", year % 10000, month % 100, (1 + take(bits, 28)) % 100);
}

static void write_enterprises(uint64_t count, FILE *file) {
    fputs("统一社会信用代码,企业名称,企业类型,登记状态,法定代表人,注册资本(万元),成立日期,登记机关,"
          "行业代码,住所\r\n",
          file);
    for (uint64_t number = 1; number <= count; number++) {
        struct firm firm;
        char day[11];
        make_firm(number, &firm);
        uint64_t bits = firm.bits;
        make_day(&bits, 1995, 30, day);
        const char *surname = PICK(&bits, surnames);
        const char *name = PICK(&bits, given);
        unsigned capital = (1 + take(&bits, 100)) * 10;
        fprintf(file,
                "%s,%s,有限责任公司,%s,%s%s,%u,%s,乌鲁木齐市%s市场监督管理局,%s,乌鲁木齐市%s%s路%"
                "u号\r\n",
                firm.uscc, firm.name, take(&bits, 12) == 0 ? "注销" : "存续", surname, name,
                capital, day, towns[firm.region], take(&bits, 2) == 0 ? "5211" : "6210",
                towns[firm.region], PICK(&bits, brands), 1 + take(&bits, 999));
    }
}

static void write_facts(uint64_t count, uint64_t enterprises, FILE *file) {
    uint64_t state = 20261126;
    fputs("统一社会信用代码,企业名称,信息类型,发生日期,文号,事由,认定机关,金额(元)\r\n", file);
    for (uint64_t number = 1; number <= count; number++) {
        struct firm firm;
        char day[11];
        make_firm(1 + next_random(&state) % enterprises, &firm);
        uint64_t bits = next_random(&state);
        make_day(&bits, 2019, 7, day);
        const char *type = PICK(&bits, types);
        fprintf(file, "%s,%s,%s,%s,乌市监罚〔%.4s〕%llu号,%s,乌鲁木齐市%s市场监督管理局,",
                firm.uscc, firm.name, type, day, day, (unsigned long long)number,
                PICK(&bits, titles), towns[firm.region]);
        if (take(&bits, 2) == 0) {
            fprintf(file, "%u.%02u", 100 * (1 + take(&bits, 500)), take(&bits, 100));
        }
        fputs("\r\n", file);
    }
}

int main(int count, char **words) {
    bool facts = count == 5 && strcmp(words[1], "facts") == 0;
    if (!facts && (count != 4 || strcmp(words[1], "enterprises") != 0)) {
        fputs("usage: intake_rows enterprises COUNT FILE | facts COUNT FILE ENTERPRISES\n", stderr);
        return 2;
    }
    FILE *file = fopen(words[3], "wb");
    if (file == NULL) {
        perror(words[3]);
        return 1;
    }
    uint64_t rows = strtoull(words[2], NULL, 10);
    if (facts) {
        write_facts(rows, strtoull(words[4], NULL, 10), file);
    } else {
        write_enterprises(rows, file);
    }
    return fclose(file) == 0 ? 0 : 1;
}
