#include "screen/workstation_case.h"

#include "score/import_score.h"
#include "score/listing.h"
#include "score/period.h"

#include <fcntl.h>
#include <ftw.h>
#include <libintl.h>
#include <limits.h>
#include <locale.h>
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

/* ---- words ----------------------------------------------------------------------------------- */

/* The catalogue beside the program, as the program itself finds it. */
static void bind_words(void) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s", program());
    char *end = strrchr(path, '/');
    assert_non_null(end);
    snprintf(end, sizeof path - (size_t)(end - path), "/po/locale");
    assert_non_null(setlocale(LC_ALL, "C.UTF-8")); /* in plain C nothing is translated */
    setenv("LANGUAGE", "zh_CN", 1);
    bindtextdomain("xinfeng", path);
    bind_textdomain_codeset("xinfeng", "UTF-8");
}

static char *words_of(const char *msgid) {
    static char pieces[16][256];
    static size_t next;
    char *piece = pieces[next++ % 16];
    const char *words = dgettext("xinfeng", msgid);
    size_t longest = 0;
    while (*words != '\0') {
        size_t length = strcspn(words, "%");
        if (length > longest && length < sizeof pieces[0]) {
            longest = length;
            snprintf(piece, length + 1, "%s", words);
        }
        words += length;
        if (*words == '%') { /* flags, width and length, then the letter of the conversion */
            words += 1 + strspn(words + 1, "$.*0123456789lhz");
            words += *words == '\0' ? 0 : 1;
        }
    }
    assert_true(longest > 0);
    return piece;
}

const char *case_words(const char *msgid) {
    return words_of(msgid);
}

const char *case_lead(const char *msgid) {
    char *words = words_of(msgid);
    size_t length = strlen(words);
    while (length > 24 || ((unsigned char)words[length] & 0xC0) == 0x80) {
        length--;
    }
    words[length] = '\0';
    return words;
}

void case_expect_state(struct emulator *emulator, const char *state) {
    char text[128];
    snprintf(text, sizeof text, "2026-001  %s  ", case_words(state));
    emulator_expect(emulator, text);
}

long case_number(struct emulator *emulator, int row, int place) {
    const char *text = emulator_row(emulator, row);
    for (const char *at = text; *at != '\0';) {
        size_t digits = strspn(at, "0123456789");
        if (digits > 0 && at[digits] == '.' && place-- == 0) {
            return (long)(strtod(at, NULL) * 100 + 0.5);
        }
        at += digits > 0 ? digits : 1;
    }
    emulator_dump(emulator);
    fail_msg("there is no such number in row %d", row);
    return -1;
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

long case_take_in(const char *database, const char *kind, const char *profile, const char *file) {
    static const struct actor actor = {.name = "王建国", .clock = {.frozen_on = 20261122}};
    struct error error = ERROR_INIT;
    struct store *store = NULL;
    struct import_report report;
    const struct import_request request = {.kind = kind_find(kind),
                                           .path = file,
                                           .said = {.profile = profile},
                                           .source = "甲部门",
                                           .actor = &actor};
    assert_ok(store_open(&store, database, STORE_OPEN, &error), &error);
    assert_ok(import_and_score(store, &request, &report, NULL, &error), &error);
    long batch = (long)report.batch;
    import_report_free(&report);
    store_close(store);
    return batch;
}

int case_set_up(void **state) {
    (void)state;
    bind_words();
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
        emulator_expect(emulator, strcmp(language, "zh") == 0 ? case_words("Xinfeng") : "Xinfeng");
    } else {
        char help[64];
        snprintf(help, sizeof help, "?%s",
                 strcmp(language, "zh") == 0 ? case_words("help") : "help");
        emulator_expect(emulator, help);
    }
    return emulator;
}

int64_t case_count(const char *database, const char *query) {
    struct error error = ERROR_INIT;
    struct store *store = NULL;
    int64_t count = 0;
    assert_ok(store_open(&store, database, STORE_OPEN, &error), &error);
    assert_ok(store_fetch_int(store, query, NO_VALUES, 0, &count, &error), &error);
    store_close(store);
    return count;
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
