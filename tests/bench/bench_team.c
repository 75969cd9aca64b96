/* Assigns teams to units of some townships, one unit in a hundred recused by each inspector, and
 * prints how long that took.
 * usage: bench_team UNITS INSPECTORS -> "seconds SECONDS load L* even LOAD" (the load were it even)
 */
#include "draw/team.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define TOWNSHIPS 12
#define ID_SIZE 24

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* A number that looks random and is the same in each run. */
static uint32_t mixed(size_t one, size_t other) {
    uint64_t bits = (one * 1000003 + other) * UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)((bits ^ (bits >> 31)) * UINT64_C(0xBF58476D1CE4E5B9) >> 40);
}

/* Half of the inspectors go anywhere, the others to their township only. */
static bool may_go(size_t inspector, size_t unit) {
    bool here = inspector % 2 == 0 || inspector / 2 % TOWNSHIPS == mixed(unit, 1) % TOWNSHIPS;
    return here && mixed(inspector, unit + 2) % 100 != 0;
}

int main(int argument_count, char **arguments) {
    size_t units = argument_count > 1 ? strtoul(arguments[1], NULL, 10) : 5000;
    size_t inspectors = argument_count > 2 ? strtoul(arguments[2], NULL, 10) : 200;
    size_t words = (inspectors + 63) / 64;
    struct error error = ERROR_INIT;
    struct team_unit *unit = calloc(units + 1, sizeof(*unit));
    struct team_inspector *inspector = calloc(inspectors + 1, sizeof(*inspector));
    char(*ids)[ID_SIZE] = calloc(units + inspectors + 1, sizeof(*ids));
    uint64_t *eligible = calloc(units * words + 1, sizeof(*eligible));
    struct draw_key *key = NULL;
    struct team_result result = {0};
    if (unit == NULL || inspector == NULL || ids == NULL || eligible == NULL || inspectors < 4) {
        fputs("usage: bench_team UNITS INSPECTORS, four inspectors or more\n", stderr);
        return 2;
    }
    for (size_t i = 0; i < inspectors; i++) {
        snprintf(ids[units + i], ID_SIZE, "G%zu", i);
        inspector[i] = (struct team_inspector){ids[units + i], i % 5 == 0};
    }
    for (size_t i = 0; i < units; i++) {
        snprintf(ids[i], ID_SIZE, "9165%zu", i);
        unit[i] = (struct team_unit){ids[i], 2, i % 4 == 0, &eligible[i * words]};
        for (size_t j = 0; j < inspectors; j++) {
            eligible[i * words + j / 64] |= (uint64_t)may_go(j, i) << (j % 64);
        }
    }
    enum result code =
        draw_key_new(&key, "bench", DRAW_PURPOSE_INSPECTOR, "01382438112797316654", &error);
    const struct team_request request = {.inspectors = inspector,
                                         .inspector_count = inspectors,
                                         .units = unit,
                                         .unit_count = units,
                                         .key = key};
    double start = seconds_now();
    if (code == RESULT_OK) {
        code = team_assign(&request, &result, &error);
    }
    if (code == RESULT_OK) {
        printf("seconds %.3f load %u even %zu\n", seconds_now() - start, result.load,
               (2 * units + inspectors - 1) / inspectors);
    } else {
        fprintf(stderr, "bench_team: %s\n", error_sentence(&error));
    }
    team_result_clear(&result);
    draw_key_free(key);
    error_clear(&error);
    free(unit);
    free(inspector);
    free(ids);
    free(eligible);
    return code == RESULT_OK ? 0 : 1;
}
