#include "fuzz/fuzz.h"

#include "base/text.h"
#include "book/number_format.h"
#include "intake/encoding.h"
#include "intake/profile.h"
#include "intake/value.h"
#include "intake/value_code.h"
#include "intake/value_money.h"

#include <stdlib.h>
#include <string.h>

void fuzz_encoding(const uint8_t *data, size_t size) {
    struct error error = ERROR_INIT;
    struct encoding_finding finding;
    struct encoding_stream *stream = NULL;
    struct buffer text = BUFFER_INIT;
    const char *path = fuzz_file(data, size);
    bool end = false;
    enum result code = encoding_detect(path, &finding, &error);
    if (code == RESULT_OK) {
        fuzz_expect(finding.size == size, "the whole file is looked at");
        code = encoding_stream_open(&stream, path, &finding, &error);
    }
    while (code == RESULT_OK && !end) {
        code = encoding_stream_read(stream, &text, &end, &error);
    }
    fuzz_expect(code == RESULT_OK || error.sentence != NULL, "faults have a sentence");
    fuzz_expect(text.length == 0 || (text_valid_utf8(text.data, text.length) &&
                                     memchr(text.data, 0, text.length) == NULL),
                "what is read is UTF-8 without zero bytes");
    encoding_stream_free(stream);
    buffer_free(&text);
    error_clear(&error);
}

static void check_days(const char *cell) {
    for (int day_first = 0; day_first < 2; day_first++) {
        date day = DATE_NONE;
        fuzz_expect(value_date_parse(cell, day_first, &day) != PARSE_OK || date_valid(day),
                    "a day that was read is one");
        day = DATE_NONE;
        fuzz_expect(value_term_end_parse(cell, day_first, &day) != PARSE_OK || date_valid(day),
                    "the end of a term that was read is a day");
    }
}

/* Takes the text as the code of a format too, and shows some numbers by it. */
static void check_format(const char *code) {
    static const double numbers[] = {0,       0.03, -1.5,  44000,  44000.444,
                                     2958466, 1e15, 1e300, -1e-300};
    struct book_number_format format;
    struct buffer text = BUFFER_INIT;
    book_number_format_read(code, &format);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        bool cut = false;
        buffer_reset(&text);
        book_number_write(&format, numbers[i], i % 2 == 0, &text, &cut);
        fuzz_expect(text.length < 1024, "a number is short");
        fuzz_expect(!text_valid_utf8(code, strlen(code)) ||
                        text_valid_utf8(buffer_text(&text), text.length),
                    "a number is shown in UTF-8");
    }
    buffer_free(&text);
}

void fuzz_value(const uint8_t *data, size_t size) {
    char *cell = calloc(size + 1, 1);
    fuzz_expect(cell != NULL, "there is memory");
    memcpy(cell, data, size);
    int64_t number = 0;
    char folded[VALUE_SIZE];
    check_days(cell);
    check_format(cell);
    value_money_parse(cell, MONEY_YUAN, &number);
    value_money_parse(cell, MONEY_TEN_THOUSAND_YUAN, &number);
    value_fine_parse(cell, MONEY_YUAN, &number);
    value_integer_parse(cell, &number);
    struct code code = value_code_parse(cell);
    fuzz_expect(code.kind != CODE_USCC || strlen(code.text) == 18, "a code has its length");
    if (value_fold(cell, folded, sizeof(folded))) {
        value_is_nothing(folded);
    }
    value_name_trim(cell);
    value_text_trim(cell);
    free(cell);
}

void fuzz_profile(const uint8_t *data, size_t size) {
    struct error error = ERROR_INIT;
    struct profile *profile = NULL;
    char *json = calloc(size + 1, 1);
    fuzz_expect(json != NULL, "there is memory");
    memcpy(json, data, size);
    enum result code = profile_parse(&profile, json, "profile", &error);
    fuzz_expect((code == RESULT_OK) == (profile != NULL), "a profile or a fault");
    fuzz_expect(code == RESULT_OK || error.sentence != NULL, "faults have a sentence");
    profile_free(profile);
    error_clear(&error);
    free(json);
}
