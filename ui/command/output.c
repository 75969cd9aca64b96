#include "ui/command/output.h"

#include "base/gettext.h"
#include "base/text.h"
#include "registry/fact.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum result output_json(json_t *value, struct error *error) {
    if (value == NULL) {
        return error_no_memory(error);
    }
    int failed = json_dumpf(value, stdout, JSON_COMPACT);
    json_decref(value);
    if (failed != 0 || putchar('\n') == EOF) {
        return error_from_errno(error, _("write"), _("standard output"));
    }
    return RESULT_OK;
}

void output_line(const char *format, ...) {
    va_list args;
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
}

void output_cell(const char *text, int width) {
    int taken = text_width(text);
    fputs(text, stdout);
    for (int i = taken < width ? taken : width; i <= width; i++) {
        putchar(' ');
    }
}

void output_end(void) {
    putchar('\n');
}

const char *output_points(int64_t centipoints, char text[static POINTS_TEXT_SIZE]) {
    long long whole = (long long)(centipoints / 100);
    int rest = abs((int)(centipoints % 100));
    const char *sign = centipoints < 0 && whole == 0 ? "-" : "";
    if (rest == 0) {
        snprintf(text, POINTS_TEXT_SIZE, "%s%lld", sign, whole);
    } else {
        snprintf(text, POINTS_TEXT_SIZE, "%s%lld.%02d", sign, whole, rest);
    }
    return text;
}

json_t *output_date(date day) {
    char text[DATE_TEXT_SIZE];
    return day == DATE_NONE ? json_null() : json_string(date_format(day, text));
}

json_t *output_text(const char *text) {
    return text == NULL ? json_null() : json_string(text);
}

json_t *output_amount(int64_t amount) {
    return amount == FACT_NO_AMOUNT ? json_null() : json_integer(amount);
}

json_t *output_level(int32_t level) {
    return level == FACT_NO_LEVEL ? json_null() : json_integer(level);
}
