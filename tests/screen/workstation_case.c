#include "screen/workstation_case.h"

#include "score/listing.h"
#include "score/period.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/xinfeng-screen-XXXXXX";

static const char *program(void) {
    const char *path = getenv("XINFENG");
    if (path == NULL) {
        fail_msg("%s", "XINFENG names the program to be tested; run \"make check\"");
    }
    return path;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place) {
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

/* ---- databases ------------------------------------------------------------------------------- */

void case_command(const char *database, const char *arguments) {
    const char *globals[] = {program(),    "--db", database, "--today",
                             "2026-11-22", "--as", "王建国", "--quiet"};
    char *words[32] = {0};
    size_t count = 0;
    int status = 0;
    for (; count < sizeof globals / sizeof globals[0]; count++) {
        words[count] = strdup(globals[count]);
    }
    char *rest = strdup(arguments);
    assert_non_null(rest);
    for (char *word = strtok(rest, " "); word != NULL && count < 31; word = strtok(NULL, " ")) {
        words[count++] = strdup(word);
    }
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, STDOUT_FILENO); /* the test's own output is TAP */
        execv(words[0], words);
        _exit(127);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    for (size_t i = 0; i < count; i++) {
        free(words[i]);
    }
    free(rest);
    if (status != 0) {
        fail_msg("xinfeng %s: status %#x", arguments, (unsigned)status);
    }
}

static void copy_file(const char *from, const char *to) {
    char bytes[65536];
    size_t length;
    FILE *in = fopen(from, "rb");
    FILE *out = fopen(to, "wb");
    assert_non_null(in);
    assert_non_null(out);
    while ((length = fread(bytes, 1, sizeof bytes, in)) > 0) {
        assert_int_equal(fwrite(bytes, 1, length, out), length);
    }
    fclose(in);
    assert_int_equal(fclose(out), 0);
}

static const char *path_of(const char *name) {
    static char path[256];
    snprintf(path, sizeof path, "%s/%s.db", folder, name);
    return path;
}

const char *case_database(const char *name) {
    char county[256];
    snprintf(county, sizeof county, "%s", path_of("county"));
    const char *path = path_of(name);
    copy_file(county, path);
    return path;
}

const char *case_empty_database(const char *name) {
    const char *path = path_of(name);
    case_command(path, "init");
    return path;
}

void case_riskiest(const char *database, char code[32]) {
    struct error error = ERROR_INIT;
    struct store *store = NULL;
    struct arena *arena = arena_new();
    struct listing_filter filter = {
        .period = period_of(20261122), .risk_class = CLASS_COUNT, .sort = LISTING_BY_SCORE};
    struct listing_row row;
    size_t count = 0;
    assert_non_null(arena);
    assert_ok(store_open(&store, database, STORE_OPEN, &error), &error);
    assert_ok(listing_page(store, &filter, LISTING_AFTER, NULL, arena, &row, 1, &count, &error),
              &error);
    assert_int_equal(count, 1);
    snprintf(code, 32, "%s", row.uscc);
    store_close(store);
    arena_free(arena);
}

int case_set_up(void **state) {
    (void)state;
    if (mkdtemp(folder) == NULL || chdir(folder) != 0) {
        return -1;
    }
    const char *county = path_of("county");
    case_command(county, "init");
    case_command(county, "sample --enterprises 600 --seed screens");
    case_command(county, "score --period 2026-10");
    case_command(county, "score");
    return 0;
}

int case_tear_down(void **state) {
    (void)state;
    return chdir("/") != 0 || nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0;
}

bool case_file_exists(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0;
}

/* ---- the workstation ------------------------------------------------------------------------- */

static struct emulator *start(const char *database, int rows, int columns, const char *language) {
    const char *arguments[] = {program(), "--db",   database, "--today", "2026-11-22",
                               "--as",    "王建国", "--lang", language,  NULL};
    struct emulator_options options = {.arguments = arguments, .rows = rows, .columns = columns};
    struct emulator *emulator = emulator_start(&options);
    if (rows < 10) {
        emulator_expect(emulator, strcmp(language, "zh") == 0 ? "信风" : "Xinfeng");
    } else {
        emulator_expect(emulator, strcmp(language, "zh") == 0 ? "?帮助" : "?help");
    }
    return emulator;
}

struct emulator *case_start(const char *database, int rows, int columns) {
    return start(database, rows, columns, "zh");
}

struct emulator *case_start_english(const char *database, int rows, int columns) {
    return start(database, rows, columns, "en");
}

static void expect_clean_end(struct emulator *emulator) {
    int status = emulator_wait(emulator);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        emulator_dump(emulator);
        fail_msg("the workstation ended with status %#x", (unsigned)status);
    }
    assert_false(emulator_alternate(emulator));
    emulator_free(emulator);
}

void case_leave(struct emulator *emulator) {
    emulator_type(emulator, "\003");
    expect_clean_end(emulator);
}

void case_leave_unsaved(struct emulator *emulator) {
    emulator_type(emulator, "\003");
    emulator_type(emulator, "y");
    expect_clean_end(emulator);
}

/* ---- looking --------------------------------------------------------------------------------- */

int case_cursor_row(struct emulator *emulator) {
    enum { CYAN = 6 };
    for (int row = 3;; row++) {
        const char *text = emulator_row(emulator, row);
        if (row > 60) {
            emulator_dump(emulator);
            fail_msg("%s", "no row is under the cursor");
        }
        VTermColor ground = emulator_cell(emulator, row, 0).bg;
        if (text[0] != '\0' && VTERM_COLOR_IS_INDEXED(&ground) && ground.indexed.idx == CYAN) {
            return row;
        }
    }
}

void case_assert_shown(struct emulator *emulator, const char *text) {
    if (!emulator_find(emulator, text, NULL, NULL)) {
        emulator_dump(emulator);
        fail_msg("\"%s\" is not on the screen", text);
    }
}

void case_assert_not_shown(struct emulator *emulator, const char *text) {
    if (emulator_find(emulator, text, NULL, NULL)) {
        emulator_dump(emulator);
        fail_msg("\"%s\" is on the screen", text);
    }
}
