#include "ui/view/show.h"

#include "base/gettext.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *show_points(int64_t centipoints, char text[static SHOW_POINTS_SIZE]) {
    const char *sign = centipoints < 0 ? "-" : "";
    uint64_t size = centipoints < 0 ? (uint64_t)-centipoints : (uint64_t)centipoints;
    snprintf(text, SHOW_POINTS_SIZE, "%s%" PRIu64 ".%02" PRIu64, sign, size / 100, size % 100);
    return text;
}

const char *show_number(int64_t number, char text[static SHOW_POINTS_SIZE]) {
    return text_number(number, text);
}

const char *show_yuan(int64_t fen, char text[static SHOW_YUAN_SIZE]) {
    char whole[SHOW_POINTS_SIZE];
    int64_t rest = fen % 100;
    snprintf(text, SHOW_YUAN_SIZE, "%s%s.%02" PRId64, fen < 0 && fen > -100 ? "-" : "",
             show_number(fen / 100, whole), rest < 0 ? -rest : rest);
    return text;
}

const char *show_time(const char *time, char text[static SHOW_TIME_SIZE]) {
    if (time == NULL) {
        text[0] = '\0';
    } else if (strlen(time) >= 16 && time[10] == 'T') {
        snprintf(text, SHOW_TIME_SIZE, "%.10s %.5s", time, time + 11);
    } else {
        snprintf(text, SHOW_TIME_SIZE, "%s", time);
    }
    return text;
}

enum role show_class_role(enum risk_class risk_class) {
    return theme_class_role(risk_class_letter(risk_class)[0]);
}

void show_class_line(struct region row, enum risk_class risk_class, const int64_t *counts,
                     const int64_t *before, int on_cursor) {
    int64_t total = 0;
    for (int i = 0; i < CLASS_COUNT; i++) {
        total += counts[i];
    }
    int64_t tenths = total == 0 ? 0 : (counts[risk_class] * 2000 + total) / (2 * total);
    char number[SHOW_POINTS_SIZE];
    char change[SHOW_POINTS_SIZE + 2] = "";
    if (before != NULL) {
        int64_t more = counts[risk_class] - before[risk_class];
        char size[SHOW_POINTS_SIZE];
        snprintf(change, sizeof(change), "%s%s", more > 0 ? "+" : "", show_number(more, size));
    }
    paint_text(row.row, row.column, 2, (int)show_class_role(risk_class) | on_cursor,
               risk_class_letter(risk_class), ALIGN_LEFT);
    paint_text(row.row, row.column + 2, 17, ROLE_TEXT | on_cursor, risk_class_name(risk_class),
               ALIGN_LEFT);
    paint_text(row.row, row.column + 19, 9, ROLE_TEXT | on_cursor,
               show_number(counts[risk_class], number), ALIGN_RIGHT);
    paint_printf(row.row, row.column + 28, 8, ROLE_TEXT | on_cursor, "%3" PRId64 ".%" PRId64 "%%",
                 tenths / 10, tenths % 10);
    paint_text(row.row, row.column + 36, 9, ROLE_DIM | on_cursor, change, ALIGN_RIGHT);
    if (row.columns > 48) {
        paint_bar(row.row, row.column + 47, row.columns - 48,
                  (int)show_class_role(risk_class) | on_cursor, counts[risk_class],
                  total == 0 ? 1 : total, -1);
    }
}
