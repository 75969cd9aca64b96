#include "ui/view/seed.h"

#include "base/gettext.h"
#include "draw/ticket.h"
#include "ui/kit/prompt.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define MACHINE_DIGITS 24

void seed_clear(struct seed *seed) {
    free(seed->digits);
    free(seed->source);
    *seed = (struct seed){NULL, NULL};
}

/* Digits of the machine's own generator, each equally likely; NULL when it gives none. */
static char *machine_digits(void) {
    char *digits = calloc(MACHINE_DIGITS + 1, 1);
    for (int i = 0; digits != NULL && i < MACHINE_DIGITS;) {
        uint8_t byte;
        if (getrandom(&byte, 1, 0) != 1) {
            free(digits);
            return NULL;
        }
        if (byte < 250) { /* 250 to 255 would favour the digits 0 to 5 */
            digits[i++] = (char)('0' + byte % 10);
        }
    }
    return digits;
}

static bool ask_machine(struct screen *screen, struct seed *seed) {
    if (!prompt_confirm(screen, _("Let this machine make the seed? Every sheet then says that it "
                                  "was not drawn in public."))) {
        return false;
    }
    seed->digits = machine_digits();
    seed->source = strdup(_("this machine's own generator, not drawn in public"));
    if (seed->digits == NULL || seed->source == NULL) {
        seed_clear(seed);
        screen_message(screen, MESSAGE_ERROR, "%s",
                       _("The machine gave no random digits; throw ten-sided dice instead."));
        return false;
    }
    return true;
}

/* The digits in groups of five, as they are read out; on the heap. */
static char *grouped_digits(const char *digits) {
    struct buffer text = BUFFER_INIT;
    buffer_printf(&text, _("Typed first, %zu digits:"), strlen(digits));
    buffer_append_text(&text, "\n\n");
    for (size_t i = 0; digits[i] != '\0'; i++) {
        buffer_append_text(&text, i > 0 && i % 5 == 0 ? "  " : "");
        buffer_append_char(&text, digits[i]);
    }
    buffer_append_text(&text, "\n ");
    return buffer_take(&text);
}

/* Asks for the same digits again, those typed first in sight; true when they are the same. */
static bool ask_again(struct screen *screen, const char *digits) {
    char *above = grouped_digits(digits);
    struct prompt second = {.label = _("The same digits once more:"), .above = above};
    char *again = prompt_text(screen, &second);
    bool same = again != NULL && strcmp(again, digits) == 0;
    if (again != NULL && !same) {
        screen_message(screen, MESSAGE_ERROR, "%s",
                       _("The two seeds differ; nothing was changed. Type them again."));
    }
    free(again);
    free(above);
    return same;
}

bool seed_ask(struct screen *screen, struct seed *seed) {
    *seed = (struct seed){NULL, NULL};
    struct prompt first = {.label =
                               _("Seed, 20 digits or more drawn in public (empty: by machine):")};
    char *digits = prompt_text(screen, &first);
    if (digits == NULL) {
        return false;
    }
    if (digits[0] == '\0') {
        free(digits);
        return ask_machine(screen, seed);
    }
    struct error error = ERROR_INIT;
    if (draw_seed_check(digits, &error) != RESULT_OK) {
        screen_error(screen, &error);
        free(digits);
        return false;
    }
    if (!ask_again(screen, digits)) {
        free(digits);
        return false;
    }
    seed->digits = digits;
    seed->source = strdup(_("drawn in public, typed twice"));
    return true;
}
