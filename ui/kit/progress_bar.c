#include "ui/kit/progress_bar.h"

#include "base/gettext.h"

#include <inttypes.h>

/* Paints and hears keys at most so often, in milliseconds. */
enum { PAINT_PAUSE = 100 };

static void append_time(struct buffer *text, int64_t seconds) {
    if (seconds >= 3600) {
        buffer_printf(text, "%" PRId64 ":%02" PRId64 ":%02" PRId64, seconds / 3600,
                      seconds / 60 % 60, seconds % 60);
    } else {
        buffer_printf(text, "%" PRId64 ":%02" PRId64, seconds / 60, seconds % 60);
    }
}

/* "12,000 / 50,000 rows   8,000 / s   0:05 left": what is known of it. */
static void describe(const struct progress_bar *bar, uint64_t done, uint64_t total,
                     struct buffer *text) {
    int64_t elapsed = terminal_clock() - bar->started;
    if (total > 0) {
        buffer_printf(text, "%" PRIu64 " / %" PRIu64 " %s", done, total, bar->unit);
    } else if (done > 0) {
        buffer_printf(text, "%" PRIu64 " %s", done, bar->unit);
    }
    if (done == 0 || elapsed < 500) {
        return; /* a rate so early is a guess */
    }
    buffer_printf(text, _("   %.0f per second"), (double)done * 1000.0 / (double)elapsed);
    if (total > done) {
        double left = (double)elapsed / (double)done * (double)(total - done) / 1000.0;
        buffer_append_text(text, _("   time left "));
        append_time(text, (int64_t)(left + 0.5));
    }
}

static void paint(struct progress_bar *bar, uint64_t done, uint64_t total) {
    int footer;
    struct buffer text = BUFFER_INIT;
    struct region body = screen_paint_frame(bar->screen, NULL, &footer);
    int columns = body.columns;
    if (body.rows > 6) {
        region_take_top(&body, 2);
    }
    describe(bar, done, total, &text);
    struct region line = region_take_top(&body, body.rows > 2);
    if (line.rows > 0) {
        paint_cell(line.row, 1, columns - 2, ROLE_STRONG, bar->title, ALIGN_LEFT);
    }
    line = region_take_top(&body, 1);
    if (line.rows > 0) {
        paint_bar(line.row, 1, columns - 2, ROLE_BAR_FILLED, (int64_t)done, (int64_t)total, -1);
    }
    line = region_take_top(&body, 1);
    if (line.rows > 0) {
        paint_cell(line.row, 1, columns - 2, ROLE_TEXT, buffer_text(&text), ALIGN_LEFT);
    }
    paint_text(footer, 0, columns, ROLE_LABEL, bar->cancelled ? _(" Stopping ...") : _(" Esc stop"),
               ALIGN_LEFT);
    paint_finish();
    buffer_free(&text);
}

/* Hears Esc; other keys are not for now. */
static void hear(struct progress_bar *bar) {
    struct event event;
    while ((event = terminal_read(0)).type != EVENT_TICK) {
        if (event.type == EVENT_HANGUP || event.key == PRESS_ESCAPE ||
            event.key == PRESS_CONTROL('c')) {
            bar->cancelled = true;
        }
    }
}

static bool report(void *context, uint64_t done, uint64_t total) {
    struct progress_bar *bar = context;
    int64_t now = terminal_clock();
    if (now - bar->painted >= PAINT_PAUSE) {
        bar->painted = now;
        hear(bar);
        paint(bar, done, total);
    }
    return !bar->cancelled;
}

void progress_bar_start(struct progress_bar *bar, struct screen *screen, const char *title,
                        const char *unit) {
    *bar = (struct progress_bar){.screen = screen, .title = title, .unit = unit};
    bar->progress = (struct progress){report, bar};
    bar->started = terminal_clock();
    bar->painted = bar->started - PAINT_PAUSE; /* Esc is heard from the first report on */
    paint(bar, 0, 0);
}

void progress_bar_finish(struct progress_bar *bar) {
    hear(bar);
}
