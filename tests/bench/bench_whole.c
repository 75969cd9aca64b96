/* A whole draw, from units in memory to the record in a file, and how long its parts took.
 * usage: bench_whole UNITS FILE -> "frame SECONDS draw SECONDS record SECONDS digest FRAME" */
#include "draw/draw.h"
#include "draw/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define REGIONS 31
#define ID_ROOM 32

/* The same county that bench.py makes: six in ten of class A, three of B, 8 % of C, 2 % of D. */
static const char classes[] = "AAAAAABBBC";

struct units {
    struct draw_unit *units;
    char (*ids)[ID_ROOM];
    char regions[REGIONS][16];
    size_t count;
};

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int make_units(struct units *made) {
    made->units = calloc(made->count, sizeof(*made->units));
    made->ids = calloc(made->count, sizeof(*made->ids));
    if (made->units == NULL || made->ids == NULL) {
        return 5;
    }
    for (int i = 0; i < REGIONS; i++) {
        snprintf(made->regions[i], sizeof(made->regions[i]), "6523%05d", i);
    }
    for (size_t i = 0; i < made->count; i++) {
        snprintf(made->ids[i], ID_ROOM, "9133%014zu", i);
        made->units[i] = (struct draw_unit){.id = made->ids[i],
                                            .region = made->regions[i % REGIONS],
                                            .grade = "",
                                            .flags = "",
                                            .risk_class = i % 50 == 49 ? 'D' : classes[i % 10]};
    }
    return 0;
}

static enum result write_record(const struct draw_frame *frame,
                                const struct draw_measures *measures,
                                const struct draw_result *result, const char *path,
                                struct error *error) {
    char *text = NULL;
    FILE *file = NULL;
    struct draw_record *record = draw_record_new();
    enum result code = record == NULL ? error_no_memory(error) : RESULT_OK;
    if (code == RESULT_OK) {
        record->number = record->title = record->draw_id = "bench";
        record->seed = "01382438112797316654";
        code = draw_record_fill(record, frame, measures, result, error);
    }
    if (code == RESULT_OK) {
        code = draw_record_seal(record, error);
    }
    if (code == RESULT_OK) {
        code = draw_record_write(&text, record, error);
    }
    if (code == RESULT_OK && (file = fopen(path, "we")) != NULL) {
        fputs(text, file);
        fclose(file);
    }
    free(text);
    draw_record_free(record);
    return code;
}

static enum result run(const struct units *made, const char *path, struct error *error) {
    struct draw_rule rules[] = {
        {.risk_class = 'A', .grade = "", .rate = {1, 100}, .maximum = DRAW_NO_MAXIMUM},
        {.risk_class = 'B', .grade = "", .rate = {5, 100}, .maximum = DRAW_NO_MAXIMUM},
        {.risk_class = 'C', .grade = "", .rate = {20, 100}, .maximum = DRAW_NO_MAXIMUM},
        {.risk_class = 'D', .grade = "", .rate = {1, 1}, .maximum = DRAW_NO_MAXIMUM}};
    const struct draw_measures measures = {.mode = DRAW_MODE_RATE,
                                           .stratum_maximum = DRAW_NO_MAXIMUM,
                                           .rules = rules,
                                           .rule_count = 4};
    struct draw_frame *frame = NULL;
    struct draw_result *result = NULL;
    double start = seconds_now();
    enum result code = draw_frame_build(&frame, made->units, made->count, error);
    double framed = seconds_now();
    if (code == RESULT_OK) {
        const struct draw_request request = {.frame = frame,
                                             .measures = &measures,
                                             .draw_id = "bench",
                                             .seed = "01382438112797316654"};
        code = draw_run(&result, &request, error);
    }
    double drawn = seconds_now();
    if (code == RESULT_OK) {
        code = write_record(frame, &measures, result, path, error);
    }
    if (code == RESULT_OK) {
        printf("frame %.6f draw %.6f record %.6f digest %s\n", framed - start, drawn - framed,
               seconds_now() - drawn, draw_frame_digest(frame));
    }
    draw_result_free(result);
    draw_frame_free(frame);
    return code;
}

int main(int argument_count, char **arguments) {
    struct units made = {.count = argument_count > 2 ? strtoul(arguments[1], NULL, 10) : 0};
    struct error error = ERROR_INIT;
    if (made.count == 0 || made.count > UINT32_MAX) {
        fputs("usage: bench_whole UNITS FILE\n", stderr);
        return 2;
    }
    int status = make_units(&made);
    if (status == 0 && run(&made, arguments[2], &error) != RESULT_OK) {
        fprintf(stderr, "bench_whole: %s\n", error_sentence(&error));
        status = 1;
    }
    error_clear(&error);
    free(made.units);
    free(made.ids);
    return status;
}
