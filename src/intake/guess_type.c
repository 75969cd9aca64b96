#include "intake/guess_type.h"

#include "intake/kind_fact.h"

#include <string.h>
#include <strings.h>

/* Words by which a file tells what it is about, the more particular first, and the type when
 * another department than market regulation acted (NULL: the same). */
static const struct {
    const char *word;
    const char *type;
    const char *other;
} words[] = {
    {"严重违法", "serious_violation", NULL},
    {"失信被执行", "judgment_debtor", NULL},
    {"被执行", "enforcement", NULL},
    {"异常名录", "abnormal_listing", NULL},
    {"经营异常", "abnormal_listing", NULL},
    {"abnormal", "abnormal_listing", NULL},
    {"黑名单", "blacklist", NULL},
    {"食品抽检", "food_sampling", NULL},
    {"食品安全抽", "food_sampling", NULL},
    {"被抽样", "food_sampling", NULL},
    {"food-sampling", "food_sampling", NULL},
    {"food_sampling", "food_sampling", NULL},
    {"欠税", "tax_arrears", NULL},
    {"拖欠工资", "wage_arrears", NULL},
    {"欠薪", "wage_arrears", NULL},
    {"欠费", "utility_arrears", NULL},
    {"股权出质", "equity_pledge", NULL},
    {"股权冻结", "equity_freeze", NULL},
    {"知识产权出质", "ip_pledge", NULL},
    {"投诉", "complaint", NULL},
    {"举报", "tip_off", NULL},
    {"荣誉", "honour", NULL},
    {"表彰", "honour", NULL},
    {"年报", "annual_report_missing", NULL},
    {"特种设备", "special_equipment", NULL},
    {"产品质量", "product_quality", NULL},
    {"处罚", "penalty", "other_penalty"},
    {"penalt", "penalty", "other_penalty"},
    {"食品经营", "food_inspection", NULL},
    {"食品检查", "food_inspection", NULL},
    {"food-retail", "food_inspection", NULL},
    {"抽查", "inspection", "other_inspection"},
    {"检查", "inspection", "other_inspection"},
    {"inspection", "inspection", "other_inspection"},
    {"许可", "licence", "other_licence"},
    {"变更", "change", NULL},
};

#define WORDS (sizeof(words) / sizeof(words[0]))

/* What of the file a word was found in, by how much it tells. */
enum { IN_NAME = 85, IN_TITLE = 85, IN_HEADER = 75 };

static size_t find_word(const char *text, size_t best) {
    for (size_t i = 0; i < best; i++) {
        if (strcasestr(text, words[i].word) != NULL) {
            return i;
        }
    }
    return best;
}

/* True when most of the departments named are others than market regulation. */
static bool others_acted(const struct sample *sample, const struct header_row *header,
                         const struct guess *guess, const char *name) {
    static const char *const own[] = {"市场监督", "市场监管",     "工商行政",
                                      "食品药品", "质量技术监督", "知识产权局"};
    static const char *const foreign[] = {"税",   "环境", "环保", "文化",        "交通",   "住建",
                                          "消防", "水务", "tax",  "environment", "culture"};
    size_t ours = 0;
    size_t theirs = 0;
    for (size_t column = 0; column < guess->column_count; column++) {
        if (guess->columns[column].field != FACT_FIELD_AGENCY) {
            continue;
        }
        for (size_t i = header->index + 1; i < sample->count; i++) {
            const char *agency = row_cell(&sample->rows[i], column);
            bool mine = false;
            for (size_t j = 0; j < sizeof(own) / sizeof(own[0]); j++) {
                mine = mine || strstr(agency, own[j]) != NULL;
            }
            ours += mine;
            theirs += !mine && agency[0] != '\0';
        }
    }
    if (ours + theirs > 0) {
        return theirs > ours;
    }
    for (size_t j = 0; j < sizeof(foreign) / sizeof(foreign[0]); j++) {
        if (strcasestr(name, foreign[j]) != NULL) {
            return true;
        }
    }
    return false;
}

void guess_type(const struct sample *sample, const struct header_row *header, const char *name,
                struct guess *guess) {
    size_t found = find_word(name, WORDS);
    int confidence = found < WORDS ? IN_NAME : 0;
    for (size_t i = 0; i < header->first; i++) {
        size_t title = find_word(row_cell(&sample->rows[i], 0), WORDS);
        if (title < WORDS && confidence == 0) {
            found = title;
            confidence = IN_TITLE;
        }
    }
    for (size_t i = 0; confidence == 0 && i < header->row.count; i++) {
        size_t word = find_word(header->row.cells[i], found);
        found = word < found ? word : found;
    }
    if (found == WORDS) {
        return;
    }
    confidence = confidence == 0 ? IN_HEADER : confidence;
    bool other = words[found].other != NULL && others_acted(sample, header, guess, name);
    guess->type = other ? words[found].other : words[found].type;
    guess->type_confidence = confidence;
    for (size_t i = 0; i < guess->column_count; i++) {
        if (guess->columns[i].field == FACT_FIELD_TYPE &&
            guess->columns[i].confidence >= GUESS_SURE) {
            guess->type = NULL; /* each row says it itself */
            guess->type_confidence = 0;
        }
    }
}
