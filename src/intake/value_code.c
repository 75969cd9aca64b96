#include "intake/value_code.h"

#include "intake/value.h"

#include <ctype.h>
#include <string.h>

#define NUMBER_LENGTH 15

/* Upper case, without blanks and the quotation marks that keep a workbook from counting. */
static void squeeze(char *text) {
    char *out = text;
    for (const char *in = text; *in != '\0'; in++) {
        if (strchr(" '`\"", *in) == NULL) {
            *out++ = (char)toupper((unsigned char)*in);
        }
    }
    *out = '\0';
}

static bool is_number(const char *text, size_t length) {
    if (length != NUMBER_LENGTH || strspn(text, "0123456789") < 6) {
        return false;
    }
    if (strspn(text, "0123456789") >= NUMBER_LENGTH) {
        return strspn(text, "0") < NUMBER_LENGTH;
    }
    char body[NUMBER_LENGTH - 6];
    memcpy(body, text + 6, sizeof(body));
    char check = uscc_organisation_check(body);
    return check != '\0' && check == body[8];
}

/* Takes the first length characters when they are a code. */
static bool take(struct code *code, const char *text, size_t length) {
    char copy[CODE_SIZE];
    if (length >= sizeof(copy)) {
        return false;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    if (uscc_valid(copy)) {
        code->kind = CODE_USCC;
    } else if (is_number(copy, length)) {
        code->kind = CODE_NUMBER;
    } else {
        return false;
    }
    memcpy(code->text, copy, length + 1);
    return true;
}

/* The alphabet of GB 32100 has neither O nor I: who typed them meant 0 and 1, and the check
 * character proves it. */
static bool take_mended(struct code *code, const char *text, size_t length) {
    char copy[CODE_SIZE];
    if (length != USCC_LENGTH) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        copy[i] = text[i];
        copy[i] = copy[i] == 'O' ? '0' : copy[i];
        copy[i] = copy[i] == 'I' ? '1' : copy[i];
    }
    copy[length] = '\0';
    return uscc_valid(copy) && take(code, copy, length);
}

/* Old tax numbers were stretched to 18 places by three noughts; the check character of the
 * organisation code inside tells them from a person's number written so. */
static bool take_stretched(struct code *code, const char *text, size_t length) {
    if (length != USCC_LENGTH || strcmp(text + NUMBER_LENGTH, "000") != 0) {
        return false;
    }
    char check = uscc_organisation_check(text + 6);
    return check != '\0' && check == text[NUMBER_LENGTH - 1] && take(code, text, NUMBER_LENGTH);
}

struct code value_code_parse(const char *cell) {
    struct code code = {.kind = CODE_BAD};
    char text[VALUE_SIZE];
    if (!value_fold(cell, text, sizeof(text))) {
        return code;
    }
    bool nothing = value_is_nothing(text);
    squeeze(text);
    if (nothing || text[strspn(text, "0")] == '\0') {
        code.kind = CODE_NONE;
        return code;
    }
    size_t length = strlen(text);
    if (take(&code, text, length)) {
        return code;
    }
    /* Something behind the code: a copy's number (1-1), a shop's name, a second number. */
    size_t run = strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    bool tail = run < length && text[run] != '*';
    code.mended = (tail && take(&code, text, run)) || take_mended(&code, text, run) ||
                  take_stretched(&code, text, length);
    return code;
}
