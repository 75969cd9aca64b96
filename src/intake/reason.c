#include "intake/reason.h"

#include "base/gettext.h"

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
