/* Feeds the files of tests/fuzz/corpus, a folder for each function of fuzz.h, without a fuzzer:
 * what was ever found stays mended. Speaks TAP. With arguments FUNCTION FILE... it feeds those. */
#include "base/buffer.h"
#include "fuzz/fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    void (*feed)(const uint8_t *data, size_t size);
} functions[] = {
    {"csv", fuzz_csv},         {"encoding", fuzz_encoding}, {"json_lines", fuzz_json_lines},
    {"profile", fuzz_profile}, {"rows", fuzz_rows},         {"spreadsheetml", fuzz_spreadsheetml},
    {"value", fuzz_value},     {"xls", fuzz_xls},           {"xlsx", fuzz_xlsx},
};

#define FUNCTIONS (sizeof(functions) / sizeof(functions[0]))

static int number;

static void feed_file(size_t function, const char *path) {
    struct buffer bytes = BUFFER_INIT;
    FILE *file = fopen(path, "rb");
    char piece[4096];
    size_t got;
    printf("# %s %s\n", functions[function].name, path);
    fflush(stdout);
    fuzz_expect(file != NULL, "the file can be opened");
    while ((got = fread(piece, 1, sizeof(piece), file)) > 0) {
        buffer_append(&bytes, piece, got);
    }
    fclose(file);
    functions[function].feed((const uint8_t *)buffer_text(&bytes), bytes.length);
    buffer_free(&bytes);
}

/* Feeds a folder; an empty one is a fault, as nothing would be checked. */
static void feed_folder(size_t function, const char *corpus) {
    struct dirent **names = NULL;
    struct buffer path = BUFFER_INIT;
    buffer_printf(&path, "%s/%s", corpus, functions[function].name);
    int count = scandir(buffer_text(&path), &names, NULL, alphasort);
    int fed = 0;
    for (int i = 0; i < count; i++) {
        if (names[i]->d_name[0] != '.') {
            buffer_reset(&path);
            buffer_printf(&path, "%s/%s/%s", corpus, functions[function].name, names[i]->d_name);
            feed_file(function, buffer_text(&path));
            fed++;
        }
        free(names[i]);
    }
    free(names);
    buffer_free(&path);
    printf("%sok %d - %s: %d files\n", fed > 0 ? "" : "not ", ++number, functions[function].name,
           fed);
}

int main(int count, char **words) {
    struct buffer corpus = BUFFER_INIT;
    const char *source = getenv("XINFENG_SOURCE");
    buffer_printf(&corpus, "%s/tests/fuzz/corpus", source == NULL ? "." : source);
    for (size_t i = 0; i < FUNCTIONS; i++) {
        if (count < 2) {
            feed_folder(i, buffer_text(&corpus));
        }
        for (int j = 2; j < count && strcmp(words[1], functions[i].name) == 0; j++) {
            feed_file(i, words[j]);
        }
    }
    if (count < 2) {
        printf("1..%d\n", number);
    }
    buffer_free(&corpus);
    return 0;
}
