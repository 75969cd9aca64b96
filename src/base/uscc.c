#include "base/uscc.h"

#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/* The value of a character in the code's alphabet; -1 when it is not in it. */
static int value_of(char character) {
    static const signed char values[] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  -1, -1, -1, -1, -1,
                                         -1, -1, 10, 11, 12, 13, 14, 15, 16, 17, -1, 18, 19, 20, 21,
                                         22, -1, 23, 24, 25, -1, 26, 27, -1, 28, 29, 30, -1};
    return character < '0' || character > 'Z' ? -1 : values[character - '0'];
}

char uscc_check_character(const char *code) {
    static const int weights[] = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    int sum = 0;
    for (int i = 0; i < USCC_LENGTH - 1; i++) {
        int value = value_of(code[i]);
        if (value < 0) {
            return '\0';
        }
        sum += value * weights[i];
    }
    return alphabet[(31 - sum % 31) % 31];
}

bool uscc_valid(const char *code) {
    if (code == NULL || strlen(code) != USCC_LENGTH) {
        return false;
    }
    char check = uscc_check_character(code);
    return check != '\0' && check == code[USCC_LENGTH - 1];
}

char uscc_organisation_check(const char *body) {
    static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < 8; i++) {
        char character = body[i];
        if (character >= '0' && character <= '9') {
            sum += (character - '0') * weights[i];
        } else if (character >= 'A' && character <= 'Z') {
            sum += (character - 'A' + 10) * weights[i];
        } else {
            return '\0';
        }
    }
    int check = 11 - sum % 11;
    return check == 10 ? 'X' : (char)('0' + check % 11);
}

char uscc_registration_check(const char *digits) {
    int product = 10;
    for (int i = 0; i < 14; i++) {
        if (digits[i] < '0' || digits[i] > '9') {
            return '\0';
        }
        int sum = (product + digits[i] - '0') % 10;
        product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (char)('0' + (11 - product) % 10);
}
