/* The codes of an inspection: what it found, how it was made and what follows, in the words of
 * officers' forms. The one table of them (domain.md, result codes), for files taken in, entry,
 * forms and lists. */
#ifndef XINFENG_REGISTRY_INSPECTION_CODE_H
#define XINFENG_REGISTRY_INSPECTION_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Results: stable code, the forms' word, English words, how grave it is (the level of the fact that
 * is scored, O8), and whether something has to follow. */
#define INSPECTION_RESULT_TABLE(X)                                                                 \
    X(no_problem, "未发现问题", N_("no problem found"), 0, false)                                  \
    X(not_disclosed, "未按规定公示应当公示的信息", N_("information not made public as required"),  \
      1, false)                                                                                    \
    X(false_disclosure, "公示信息隐瞒真实情况弄虚作假",                                            \
      N_("public information hides the truth or is false"), 3, false)                              \
    X(unreachable, "通过登记的住所（经营场所）无法联系",                                           \
      N_("cannot be reached at the registered address"), 2, false)                                 \
    X(corrected, "发现问题已责令改正", N_("problem found, correction ordered"), 1, false)          \
    X(pending, "发现问题待后续处理", N_("problem found, to be dealt with"), 2, true)               \
    X(uncooperative, "不配合检查情节严重", N_("gravely uncooperative"), 3, false)                  \
    X(no_such_activity, "未发现开展本次抽查涉及的经营活动",                                        \
      N_("business that is inspected is not carried on"), 0, false)                                \
    X(closed, "已关闭停业或正在组织清算", N_("closed down or being liquidated"), 0, false)         \
    X(cancelled, "注销", N_("cancelled"), 0, false)                                                \
    X(revoked, "被吊销", N_("licence revoked by the authority"), 3, false)                         \
    X(withdrawn, "被撤销", N_("registration withdrawn by the authority"), 3, false)                \
    X(moved_out, "迁出", N_("moved out of the region"), 0, false)

/* How it was made: stable code, the forms' word, English words. */
#define INSPECTION_METHOD_TABLE(X)                                                                 \
    X(on_site, "现场检查", N_("on site"))                                                          \
    X(written, "书面检查", N_("by papers"))                                                        \
    X(network, "网络监测", N_("by watching the network"))                                          \
    X(entrusted, "委托专业机构", N_("by a professional body"))                                     \
    X(testing, "检验检测", N_("by testing"))

/* What follows: the same. none closes the case at once. */
#define INSPECTION_FOLLOW_UP_TABLE(X)                                                              \
    X(none, "无需后续处置", N_("nothing needed"))                                                  \
    X(correction, "责令改正", N_("correction ordered"))                                            \
    X(transferred, "移送办案机构", N_("handed to the case unit"))                                  \
    X(notified, "抄告相关部门", N_("other departments notified"))                                  \
    X(daily, "停止检查反馈日常监管", N_("stopped, back to daily supervision"))                     \
    X(other, "其他", N_("other"))

enum inspection_result {
#define INSPECTION_RESULT_ENUM(code, word, name, level, follows) INSPECTION_RESULT_IS_##code,
    INSPECTION_RESULT_TABLE(INSPECTION_RESULT_ENUM)
#undef INSPECTION_RESULT_ENUM
        INSPECTION_RESULT_CODES
};

enum inspection_method {
#define INSPECTION_METHOD_ENUM(code, word, name) INSPECTION_METHOD_IS_##code,
    INSPECTION_METHOD_TABLE(INSPECTION_METHOD_ENUM)
#undef INSPECTION_METHOD_ENUM
        INSPECTION_METHOD_CODES
};

enum inspection_follow_up {
#define INSPECTION_FOLLOW_UP_ENUM(code, word, name) INSPECTION_FOLLOW_UP_IS_##code,
    INSPECTION_FOLLOW_UP_TABLE(INSPECTION_FOLLOW_UP_ENUM)
#undef INSPECTION_FOLLOW_UP_ENUM
        INSPECTION_FOLLOW_UP_CODES
};

/* The lists of codes. */
enum inspection_list { INSPECTION_RESULTS, INSPECTION_METHODS, INSPECTION_FOLLOW_UPS };

/* One code of a list. */
struct inspection_code {
    const char *code; /* stable word */
    const char *word; /* as forms and the registry have it */
    const char *name; /* N_() */
    int32_t level;    /* of results: how grave; 0: nothing against the enterprise */
    bool follows;     /* of results: something has to follow */
};

/* The codes of a list in the order of the forms, and their number. Static. */
const struct inspection_code *inspection_codes(enum inspection_list list, size_t *count);

/* The place of a word in a list: its code, or the forms' word however brackets and blanks are
 * written; -1 when it is none. NULL is none. */
int inspection_code_find(enum inspection_list list, const char *word);

/* What a person reads for a word of a list: the translated name; the word itself when it is none of
 * the list, "" for NULL. */
const char *inspection_code_name(enum inspection_list list, const char *word);

/* How grave the result of a word is; FACT_NO_LEVEL (registry/fact.h) when it is none. */
int32_t inspection_level(const char *word);

#endif
