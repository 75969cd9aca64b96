#include "intake/value_code.h"

#include "base/date.h"
#include "intake/value_fold.h"

#include <ctype.h>
#include <string.h>

#define NUMBER_LENGTH 15

/* Small l in a code that may each be L or 1; with more of them nothing is proved. */
#define UNSURE_MAX 3

/* Without blanks and the quotation marks that keep a workbook from counting. */
static void squeeze(char *text) {
    char *out = text;
    for (const char *in = text; *in != '\0'; in++) {
        if (strchr(" '`\"", *in) == NULL) {
            *out++ = *in;
        }
    }
    *out = '\0';
}

static void raise_case(char *text) {
    for (; *text != '\0'; text++) {
        *text = (char)toupper((unsigned char)*text);
    }
}

/* The check character of the organisation code behind a division fits. */
static bool organisation_fits(const char *text) {
    char check = uscc_organisation_check(text + 6);
    return check != '\0' && check == text[NUMBER_LENGTH - 1];
}

/* True where an old number of a person has the day of birth: YYMMDD behind the division. */
static bool holds_birthday(const char *text) {
    int parts[3];
    for (int i = 0; i < 3; i++) {
        parts[i] = (text[6 + 2 * i] - '0') * 10 + (text[7 + 2 * i] - '0');
    }
    return date_make(1900 + parts[0], parts[1], parts[2]) != DATE_NONE;
}

/* Judges 15 characters. */
static bool is_number(const char *text, bool *checked) {
    size_t digits = strspn(text, "0123456789");
    if (digits < 6 || strspn(text, "0") >= NUMBER_LENGTH) {
        return false;
    }
    *checked = organisation_fits(text) || uscc_registration_check(text) == text[NUMBER_LENGTH - 1];
    return *checked || (digits >= NUMBER_LENGTH && !holds_birthday(text));
}

/* Takes the first length characters when they are a code. */
static bool take(struct code *code, const char *text, size_t length) {
    char copy[CODE_SIZE];
    bool checked = true;
    if (length != USCC_LENGTH && length != NUMBER_LENGTH) {
        return false;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    if (!(length == USCC_LENGTH ? uscc_valid(copy) : is_number(copy, &checked))) {
        return false;
    }
    code->kind = length == USCC_LENGTH ? CODE_USCC : CODE_NUMBER;
    code->checked = checked;
    memcpy(code->text, copy, length + 1);
    return true;
}

/* The digit that a letter outside the alphabet of GB 32100 must have been; the letter itself where
 * it is one of the alphabet, and V, which looks like no digit. */
static char digit_for(char letter) {
    switch (letter) {
    case 'O':
        return '0';
    case 'I':
        return '1';
    case 'Z':
        return '2';
    case 'S':
        return '5';
    default:
        return letter;
    }
}

/* Takes 18 characters with letters read as the digits they look like, when exactly one such reading
 * has a check character that fits. written: as typed, small letters among them. */
static bool take_mended(struct code *code, const char *written) {
    char copy[CODE_SIZE];
    char found[CODE_SIZE] = "";
    size_t unsure[UNSURE_MAX];
    size_t count = 0;
    if (strlen(written) != USCC_LENGTH) {
        return false;
    }
    for (size_t i = 0; i <= USCC_LENGTH; i++) {
        copy[i] = digit_for((char)toupper((unsigned char)written[i]));
        if (written[i] == 'l' && count == UNSURE_MAX) {
            return false;
        }
        if (written[i] == 'l') {
            unsure[count++] = i;
        }
    }
    for (unsigned reading = 0; reading < 1U << count; reading++) {
        for (size_t i = 0; i < count; i++) {
            copy[unsure[i]] = (reading >> i & 1) != 0 ? '1' : 'L';
        }
        if (uscc_valid(copy) && found[0] != '\0') {
            return false;
        }
        if (uscc_valid(copy)) {
            memcpy(found, copy, sizeof(found));
        }
    }
    return found[0] != '\0' && take(code, found, USCC_LENGTH);
}

/* Old tax numbers were stretched to 18 places by three noughts; the check character of the
 * organisation code inside tells them from a person's number written so. */
static bool take_stretched(struct code *code, const char *text, size_t length) {
    if (length != USCC_LENGTH || strcmp(text + NUMBER_LENGTH, "000") != 0) {
        return false;
    }
    return organisation_fits(text) && take(code, text, NUMBER_LENGTH);
}

/* What stands behind the name of the code: 统一社会信用代码:91... */
static const char *behind_label(const char *text) {
    const char *colon = strchr(text, ':');
    return colon != NULL && (unsigned char)text[0] >= 0x80 ? colon + 1 : text;
}

struct code value_code_parse(const char *cell) {
    struct code code = {.kind = CODE_BAD};
    char folded[VALUE_SIZE];
    char text[VALUE_SIZE];
    if (!value_fold(cell, folded, sizeof(folded))) {
        return code;
    }
    bool nothing = value_is_nothing(folded);
    squeeze(folded);
    if (nothing || folded[strspn(folded, "0")] == '\0') {
        code.kind = CODE_NONE;
        return code;
    }
    const char *written = behind_label(folded);
    size_t length = strlen(written);
    memcpy(text, written, length + 1);
    raise_case(text);
    if (take(&code, text, length)) {
        code.mended = written != folded;
        return code;
    }
    /* Something behind the code: a copy's number (1-1), a shop's name, a second number. */
    size_t run = strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    bool tail = run < length && text[run] != '*';
    code.mended = (tail && take(&code, text, run)) || take_mended(&code, written) ||
                  take_stretched(&code, text, length);
    return code;
}
