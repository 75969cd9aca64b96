#include "ui/view/annual_outlook.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "base/text.h"
#include "plan/annual_outlook.h"
#include "ui/kit/prompt.h"

#include <inttypes.h>
#include <stdio.h>

/* The columns of the table, in columns of text: together they fit into 80. */
enum {
    COLUMN_CLASS,
    COLUMN_START,
    COLUMN_NOW,
    COLUMN_IN,
    COLUMN_OUT,
    COLUMN_PLANNED,
    COLUMN_DRAWN,
    COLUMN_DUE,
    COLUMN_THEN,
    COLUMN_RATE,
    COLUMN_COUNT
};

static const struct {
    const char *title;
    int width;
} columns[COLUMN_COUNT] = {
    [COLUMN_CLASS] = {N_("Class"), 5},     [COLUMN_START] = {N_("Start"), 9},
    [COLUMN_NOW] = {N_("Now"), 9},         [COLUMN_IN] = {N_("In"), 7},
    [COLUMN_OUT] = {N_("Out"), 7},         [COLUMN_PLANNED] = {N_("Plan"), 7},
    [COLUMN_DRAWN] = {N_("Drawn"), 7},     [COLUMN_DUE] = {N_("Due"), 8},
    [COLUMN_THEN] = {N_("Rate then"), 10}, [COLUMN_RATE] = {N_("Rate now"), 0},
};

/* Adds a text and blanks up to the width of its column. */
static void add_cell(struct buffer *text, const char *cell, int column) {
    buffer_append_text(text, cell);
    for (int i = text_width(cell); i < columns[column].width; i++) {
        buffer_append_char(text, ' ');
    }
}

static void add_rate(struct buffer *text, struct draw_rate rate, int column) {
    char cell[32] = "-";
    if (rate.den != 0) {
        uint64_t parts = rate.num * 100000 / rate.den;
        snprintf(cell, sizeof(cell), "%" PRIu64 ".%03" PRIu64 "%%", parts / 1000, parts % 1000);
    }
    add_cell(text, cell, column);
}

static void add_class(struct buffer *text, const struct annual_outlook_class *one, int risk_class) {
    const int64_t numbers[] = {one->start,     one->now,     one->moved_in,
                               one->moved_out, one->planned, one->drawn};
    char cell[48];
    add_cell(text, risk_class_letter((enum risk_class)risk_class), COLUMN_CLASS);
    for (int i = 0; i < (int)(sizeof(numbers) / sizeof(numbers[0])); i++) {
        snprintf(cell, sizeof(cell), "%" PRId64, numbers[i]);
        add_cell(text, cell, COLUMN_START + i);
    }
    snprintf(cell, sizeof(cell), "%" PRId64 ".%" PRId64, one->left / 1000, one->left / 100 % 10);
    add_cell(text, cell, COLUMN_DUE);
    add_rate(text, one->then, COLUMN_THEN);
    add_rate(text, one->rate, COLUMN_RATE);
    buffer_append_char(text, '\n');
}

enum result annual_outlook_show(struct screen *screen, struct store *store,
                                const struct annual *annual, const struct annual_task *task,
                                struct error *error) {
    struct annual_outlook outlook;
    struct buffer text = BUFFER_INIT;
    enum result code = annual_outlook_load(store, annual, task, &outlook, error);
    if (code != RESULT_OK) {
        return code;
    }
    for (int i = 0; i < COLUMN_COUNT; i++) {
        add_cell(&text, _(columns[i].title), i);
    }
    buffer_append_char(&text, '\n');
    for (int i = 0; i < CLASS_COUNT; i++) {
        add_class(&text, &outlook.classes[i], i);
    }
    buffer_printf(&text,
                  _("\n%zu batches are left. In and Out are enterprises whose class changed since "
                    "the plan was published; the rate of the next batch follows them: what it was "
                    "to be, and what it is now."),
                  outlook.left);
    if (text.failed) {
        code = error_no_memory(error);
    } else {
        prompt_notice(screen, task->title, buffer_text(&text));
    }
    buffer_free(&text);
    return code;
}
