#include "ui/command/classes_handed.h"

#include "base/gettext.h"
#include "registry/handed_class.h"
#include "score/handed.h"
#include "ui/command/output.h"

#include <stdio.h>

#define COUNT_WIDTH 10
#define CODE_WIDTH 18

static json_t *matrix_json(const struct handed_matrix *matrix) {
    json_t *all = json_object();
    for (int own = 0; own < CLASS_COUNT; own++) {
        json_t *line = json_object();
        for (int handed = 0; handed < CLASS_COUNT; handed++) {
            json_object_set_new(line, risk_class_letter((enum risk_class)handed),
                                json_integer(matrix->counts[own][handed]));
        }
        json_object_set_new(all, risk_class_letter((enum risk_class)own), line);
    }
    return all;
}

static json_t *row_json(const struct handed_row *row) {
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:I, s:o, s:s}", "uscc", row->uscc, "name", row->name, "class",
        risk_class_letter(row->own), "handed_class", risk_class_letter(row->handed), "score",
        (json_int_t)row->own_score, "handed_score",
        row->handed_score == HANDED_NO_SCORE ? json_null() : json_integer(row->handed_score),
        "source", row->source);
}

static enum result print_json(const char *period, const struct handed_matrix *matrix,
                              const struct handed_row *rows, size_t count, struct error *error) {
    json_t *differing = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(differing, row_json(&rows[i]));
    }
    return output_json(json_pack("{s:s, s:o, s:I, s:I, s:I, s:I, s:o}", "period", period, "matrix",
                                 matrix_json(matrix), "same", (json_int_t)matrix->same, "different",
                                 (json_int_t)matrix->different, "only_handed",
                                 (json_int_t)matrix->only_handed, "only_own",
                                 (json_int_t)matrix->only_own, "enterprises", differing),
                       error);
}

static void print_matrix(const char *period, const struct handed_matrix *matrix) {
    char text[32];
    output_line(_("Period %s: own class in the rows, class handed over in the columns"), period);
    output_cell("", COUNT_WIDTH);
    for (int handed = 0; handed < CLASS_COUNT; handed++) {
        output_cell(risk_class_letter((enum risk_class)handed), COUNT_WIDTH);
    }
    output_end();
    for (int own = 0; own < CLASS_COUNT; own++) {
        output_cell(risk_class_letter((enum risk_class)own), COUNT_WIDTH);
        for (int handed = 0; handed < CLASS_COUNT; handed++) {
            snprintf(text, sizeof(text), "%lld", (long long)matrix->counts[own][handed]);
            output_cell(text, COUNT_WIDTH);
        }
        output_end();
    }
    output_line(_("%lld alike, %lld different; %lld handed over and not scored here, %lld scored "
                  "here and not handed over."),
                (long long)matrix->same, (long long)matrix->different,
                (long long)matrix->only_handed, (long long)matrix->only_own);
}

static void print_row(const struct handed_row *row) {
    char own[POINTS_TEXT_SIZE];
    char handed[POINTS_TEXT_SIZE] = "-";
    if (row->handed_score != HANDED_NO_SCORE) {
        output_points(row->handed_score, handed);
    }
    output_cell(row->uscc, CODE_WIDTH);
    output_cell(risk_class_letter(row->own), 1);
    output_cell(output_points(row->own_score, own), 8);
    output_cell(risk_class_letter(row->handed), 1);
    output_cell(handed, 8);
    output_line("%s  %s", row->name, row->source);
}

enum result classes_handed(const struct session *session, const struct period *period,
                           int64_t limit, struct error *error) {
    char text[PERIOD_TEXT_SIZE];
    struct handed_matrix matrix;
    struct handed_row *rows = NULL;
    size_t count = 0;
    struct arena *arena = arena_new();
    period_format(period->id, text);
    enum result code = arena == NULL
                           ? error_no_memory(error)
                           : handed_matrix_load(session->store, period->id, &matrix, error);
    if (code == RESULT_OK) {
        code = handed_rows_load(session->store, period->id, (size_t)limit, arena, &rows, &count,
                                error);
    }
    if (code == RESULT_OK && session->json) {
        code = print_json(text, &matrix, rows, count, error);
    } else if (code == RESULT_OK) {
        print_matrix(text, &matrix);
        for (size_t i = 0; i < count; i++) {
            print_row(&rows[i]);
        }
    }
    arena_free(arena);
    return code;
}
