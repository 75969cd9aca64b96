#include "intake/reason.h"

#include "base/gettext.h"

#include <string.h>

static const struct {
    const char *code;
    const char *title;
} reasons[] = {{"", ""},
#define REASON_ROW(code, title) {#code, title},
               REASON_TABLE(REASON_ROW)
#undef REASON_ROW
},
  remarks[] = {{"", ""},
#define REMARK_ROW(code, title) {#code, title},
               REMARK_TABLE(REMARK_ROW)
#undef REMARK_ROW
};

const char *reason_code(enum reason reason) {
    return reasons[reason].code;
}

const char *reason_title(enum reason reason) {
    return _(reasons[reason].title);
}

const char *remark_code(enum remark remark) {
    return remarks[remark].code;
}

const char *remark_title(enum remark remark) {
    return _(remarks[remark].title);
}

const char *reason_title_of(const char *code, bool remark) {
    int end = remark ? REMARK_END : REASON_END;
    for (int i = 1; i < end; i++) {
        const char *known = remark ? remarks[i].code : reasons[i].code;
        if (strcmp(known, code) == 0) {
            return _(remark ? remarks[i].title : reasons[i].title);
        }
    }
    return code;
}
