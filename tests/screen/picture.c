/* Runs a program in the emulator, presses keys, and writes what is then to be seen: as SVG, or as
 * plain text when the file is "-".
 *
 *     picture FILE TITLE COLUMNSxROWS KEYS PROGRAM [ARGUMENT ...]
 *
 * KEYS are written as keys.h says. */
#include "screen/keys.h"
#include "screen/svg.h"

#include <stdio.h>
#include <string.h>

static int write_picture(const char *path, struct emulator *emulator, int rows, int columns,
                         const char *title) {
    bool plain = strcmp(path, "-") == 0;
    FILE *file = plain ? stdout : fopen(path, "w");
    if (file == NULL) {
        perror(path);
        return 1;
    }
    if (plain) {
        for (int row = 0; row < rows; row++) {
            puts(emulator_row(emulator, row));
        }
        return 0;
    }
    svg_write(file, emulator, rows, columns, title);
    if (fclose(file) != 0) {
        perror(path);
        return 1;
    }
    return 0;
}

int main(int count, char **words) {
    int rows = 0;
    int columns = 0;
    if (count < 6 || sscanf(words[3], "%dx%d", &columns, &rows) != 2 || columns < 1 || rows < 1) {
        fputs("usage: picture FILE TITLE COLUMNSxROWS KEYS PROGRAM [ARGUMENT ...]\n", stderr);
        return 2;
    }
    struct emulator_options options = {
        .arguments = (const char *const *)&words[5], .rows = rows, .columns = columns};
    struct emulator *emulator = emulator_start(&options);
    if (rows >= 10) {
        emulator_expect(emulator, "?"); /* the tabs end with the key for help */
    }
    emulator_settle(emulator);
    keys_press(emulator, words[4]);
    int status = write_picture(words[1], emulator, rows, columns, words[2]);
    emulator_free(emulator);
    return status;
}
