/* Draws one stratum and prints how long tickets and selection took.
 * usage: bench_draw UNITS WANTED -> "tickets SECONDS select SECONDS last TICKET" */
#include "draw/select.h"
#include "draw/ticket.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ID_SIZE 19

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static enum result draw(struct draw_entry *entries, char (*ids)[ID_SIZE], size_t count,
                        struct error *error) {
    struct draw_key *key = NULL;
    enum result code =
        draw_key_new(&key, "bench", DRAW_PURPOSE_UNIT, "01382438112797316654", error);
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        entries[i].unit = (uint32_t)i;
        code = draw_ticket(key, ids[i], ID_SIZE - 1, entries[i].ticket, error);
    }
    draw_key_free(key);
    return code;
}

int main(int argument_count, char **arguments) {
    size_t count = argument_count > 1 ? strtoul(arguments[1], NULL, 10) : 1000000;
    size_t wanted = argument_count > 2 ? strtoul(arguments[2], NULL, 10) : count / 100;
    struct error error = ERROR_INIT;
    if (count == 0 || count > UINT32_MAX || wanted == 0 || wanted > count) {
        fputs("usage: bench_draw UNITS WANTED\n", stderr);
        return 2;
    }
    struct draw_entry *entries = calloc(count, sizeof(*entries));
    char(*ids)[ID_SIZE] = calloc(count, sizeof(*ids));
    if (entries == NULL || ids == NULL) {
        fputs("bench_draw: out of memory\n", stderr);
        return 5;
    }
    for (size_t i = 0; i < count; i++) {
        snprintf(ids[i], ID_SIZE, "9133%014zu", i);
    }
    double start = seconds_now();
    enum result code = draw(entries, ids, count, &error);
    double hashed = seconds_now();
    if (code == RESULT_OK) {
        draw_select(entries, count, wanted);
        double selected = seconds_now();
        char hex[DIGEST_HEX_SIZE];
        digest_to_hex(entries[wanted - 1].ticket, DIGEST_SIZE, hex);
        printf("tickets %.6f select %.6f last %s\n", hashed - start, selected - hashed, hex);
    } else {
        fprintf(stderr, "bench_draw: %s\n", error_sentence(&error));
    }
    error_clear(&error);
    free(entries);
    free(ids);
    return code == RESULT_OK ? 0 : 1;
}
