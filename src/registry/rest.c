#include "registry/rest.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void rests_add(struct rests *rests, const char *format, ...) {
    if (rests->count++ >= rests->most) {
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
    if (rests->text.length > 0) {
        buffer_append_char(&rests->text, rests->between);
    }
    buffer_append_text(&rests->text, sentence);
    free(sentence);
}

void rests_free(struct rests *rests) {
    buffer_free(&rests->text);
    rests->count = 0;
}
