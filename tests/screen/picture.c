/* Runs a program in the emulator, presses keys, and writes what is then to be seen: as SVG, or as
 * plain text when the file is "-".
 *
 *     picture FILE TITLE COLUMNSxROWS KEYS PROGRAM [ARGUMENT ...]
 *
 * KEYS are typed as they stand; <Enter> <Esc> <Tab> <Up> <Down> <PageDown> <End> are those keys. */
#include "screen/emulator.h"
#include "screen/svg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *word;
    VTermKey key;
} keys[] = {
    {"<Enter>", VTERM_KEY_ENTER},       {"<Esc>", VTERM_KEY_ESCAPE},
    {"<Tab>", VTERM_KEY_TAB},           {"<Up>", VTERM_KEY_UP},
    {"<Down>", VTERM_KEY_DOWN},         {"<End>", VTERM_KEY_END},
    {"<PageDown>", VTERM_KEY_PAGEDOWN},
};

/* Presses what stands first in text; the bytes it took. */
static size_t press_one(struct emulator *emulator, const char *text) {
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        size_t length = strlen(keys[i].word);
        if (strncmp(text, keys[i].word, length) == 0) {
            emulator_press(emulator, keys[i].key);
            return length;
        }
    }
    char one[5] = {text[0]};
    size_t length = 1;
    while (length < 4 && ((unsigned char)text[length] & 0xC0) == 0x80) {
        one[length] = text[length];
        length++;
    }
    emulator_type(emulator, one);
    return length;
}

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
    emulator_expect(emulator, "?");
    for (const char *at = words[4]; *at != '\0';) {
        at += press_one(emulator, at);
    }
    int status = write_picture(words[1], emulator, rows, columns, words[2]);
    emulator_free(emulator);
    return status;
}
