#include "sample-db/code.h"

#include <stdio.h>
#include <string.h>

/* Multipliers that share no factor with the moduli spread neighbours and keep all codes apart. */
#define DIGIT_CODES UINT64_C(100000000)
#define DIGIT_STEP UINT64_C(61803399)
#define LETTER_CODES UINT64_C(28629151) /* 31 to the 5th */
#define LETTER_STEP UINT64_C(17693801)
#define NUMBER_CODES UINT64_C(10000000)
#define NUMBER_STEP UINT64_C(6180339)

#define CODE_BEGINS_ON 20151001

bool sample_code_had_number(date established_on) {
    return established_on != DATE_NONE && established_on < CODE_BEGINS_ON;
}

/* The third character of an organisation code of the MA series went on with the years. */
static char series_of(date established_on) {
    static const struct {
        int year;
        char letter;
    } series[] = {{2021, '7'}, {2022, 'B'}, {2023, 'C'}, {2024, 'D'}, {2025, 'E'}, {2026, 'F'}};
    for (size_t i = 0; i < sizeof(series) / sizeof(series[0]); i++) {
        if (date_year(established_on) < series[i].year) {
            return series[i].letter;
        }
    }
    return 'K';
}

void sample_code_uscc(char code[static USCC_SIZE], uint32_t index, uint64_t offset,
                      enum sample_kind kind, const char *division, date established_on) {
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    static const char prefixes[SAMPLE_KINDS] = {'1', '2', '3'};
    code[0] = '9';
    code[1] = prefixes[kind];
    memcpy(code + 2, division, 6);
    char *body = code + 8;
    if (kind == SAMPLE_ENTERPRISE && sample_code_had_number(established_on)) {
        uint64_t place = (index * DIGIT_STEP + offset) % DIGIT_CODES;
        for (int i = 7; i >= 0; i--, place /= 10) {
            body[i] = (char)('0' + place % 10);
        }
    } else {
        uint64_t place = (index * LETTER_STEP + offset) % LETTER_CODES;
        memcpy(body, "MA", 2);
        body[2] = series_of(established_on);
        for (int i = 7; i >= 3; i--, place /= 31) {
            body[i] = alphabet[place % 31];
        }
    }
    code[16] = uscc_organisation_check(body);
    code[17] = uscc_check_character(code);
    code[18] = '\0';
}

void sample_code_number(char number[static SAMPLE_NUMBER_SIZE], uint32_t index, uint64_t offset,
                        enum sample_kind kind) {
    unsigned place = (unsigned)((index * NUMBER_STEP + offset) % NUMBER_CODES);
    snprintf(number, SAMPLE_NUMBER_SIZE, SAMPLE_COUNTY_CODE "%c%07u",
             kind == SAMPLE_INDIVIDUAL ? '6' : '0', place);
    number[14] = uscc_registration_check(number);
    number[15] = '\0';
}
