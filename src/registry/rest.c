#include "registry/rest.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void rests_add(struct rests *rests, const char *format, ...) {
    if (rests->count++ >= RESTS_MOST) {
        return;
    }
    char *sentence = NULL;
    va_list args;
    va_start(args, format);
    int length = vasprintf(&sentence, format, args);
    va_end(args);
    if (length < 0) {
        rests->text.failed = true;
        return;
    }
    buffer_printf(&rests->text, "%s%s", rests->text.length == 0 ? "" : " ", sentence);
    free(sentence);
}

void rests_free(struct rests *rests) {
    buffer_free(&rests->text);
    rests->count = 0;
}
