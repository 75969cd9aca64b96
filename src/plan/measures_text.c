#include "plan/measures_text.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reads digits into *number, at most DRAW_NUMBER_LIMIT; NULL when there are none or too many. */
static const char *read_digits(const char *at, uint64_t *number) {
    const char *start = at;
    *number = 0;
    while (*at >= '0' && *at <= '9') {
        *number = *number * 10 + (uint64_t)(*at - '0');
        if (*number > DRAW_NUMBER_LIMIT) {
            return NULL;
        }
        at++;
    }
    return at == start ? NULL : at;
}

static uint64_t greatest_divisor(uint64_t left, uint64_t right) {
    while (right != 0) {
        uint64_t rest = left % right;
        left = right;
        right = rest;
    }
    return left;
}

/* "12.5%": 125 / 1000, in lowest terms. */
static bool read_percentage(const char *text, struct draw_rate *rate) {
    uint64_t whole = 0;
    uint64_t scale = 100;
    const char *at = read_digits(text, &whole);
    if (at != NULL && *at == '.') {
        at++;
        for (int decimals = 0; decimals < 4 && *at >= '0' && *at <= '9'; decimals++) {
            whole = whole * 10 + (uint64_t)(*at++ - '0');
            scale *= 10;
        }
    }
    if (at == NULL || strcmp(at, "%") != 0) {
        return false;
    }
    *rate = (struct draw_rate){whole, scale};
    return true;
}

static bool read_fraction(const char *text, struct draw_rate *rate) {
    const char *at = read_digits(text, &rate->num);
    if (at == NULL || *at != '/') {
        return false;
    }
    at = read_digits(at + 1, &rate->den);
    return at != NULL && *at == '\0' && rate->den > 0;
}

enum result rate_parse(const char *text, struct draw_rate *rate, struct error *error) {
    char *plain = text_normalise(text); /* an input method gives full-width digits and signs */
    if (plain == NULL) {
        return error_no_memory(error);
    }
    bool read = read_percentage(plain, rate) || read_fraction(plain, rate);
    free(plain);
    if (!read || rate->num == 0 || rate->num > rate->den) {
        return error_set(
            error, RESULT_USAGE,
            _("\"%s\" is no rate; write it like 5%%, 0.5%% or 1/3, above 0 and at most "
              "100%%."),
            text);
    }
    uint64_t divisor = greatest_divisor(rate->num, rate->den);
    rate->num /= divisor;
    rate->den /= divisor;
    return RESULT_OK;
}

const char *rate_format(struct draw_rate rate, char text[static RATE_TEXT_SIZE]) {
    uint64_t millionths = rate.num * 1000000;
    if (rate.den == 0 || millionths % rate.den != 0) {
        snprintf(text, RATE_TEXT_SIZE, "%llu/%llu", (unsigned long long)rate.num,
                 (unsigned long long)rate.den);
        return text;
    }
    millionths /= rate.den;
    int length =
        snprintf(text, RATE_TEXT_SIZE, "%llu.%04llu", (unsigned long long)millionths / 10000,
                 (unsigned long long)millionths % 10000);
    while (text[length - 1] == '0') {
        text[--length] = '\0';
    }
    if (text[length - 1] == '.') {
        length--;
    }
    snprintf(text + length, (size_t)(RATE_TEXT_SIZE - length), "%%");
    return text;
}

const char *rate_format_short(struct draw_rate rate, char text[static RATE_TEXT_SIZE]) {
    if (rate.den == 0 || rate.num * 1000000 % rate.den == 0) {
        return rate_format(rate, text);
    }
    unsigned long long parts = (rate.num * 1000000 + rate.den / 2) / rate.den;
    /* TRANSLATORS: a rounded percentage, whole part and four decimals; at most ten columns. */
    snprintf(text, RATE_TEXT_SIZE, _("~%llu.%04llu%%"), parts / 10000, parts % 10000);
    return text;
}

/* Reads the value of one class into its rule. */
typedef enum result read_value(const char *text, struct draw_rule *rule, struct error *error);

static enum result read_rate(const char *text, struct draw_rule *rule, struct error *error) {
    return rate_parse(text, &rule->rate, error);
}

static enum result read_weight(const char *text, struct draw_rule *rule, struct error *error) {
    const char *end = read_digits(text, &rule->weight);
    if (end == NULL || *end != '\0' || rule->weight == 0) {
        return error_set(error, RESULT_USAGE,
                         _("\"%s\" is no weight; write a whole number of 1 or more."), text);
    }
    return RESULT_OK;
}

/* Reads "A=...,B=...": each class once. */
static enum result read_rules(const char *text, struct draw_rule rules[static CLASS_COUNT],
                              read_value *read, struct error *error) {
    bool seen[CLASS_COUNT] = {false};
    char *copy = text_name_key(text); /* no blanks, capitals, full-width folded */
    if (copy == NULL) {
        return error_no_memory(error);
    }
    enum result code = RESULT_OK;
    char *rest = copy;
    for (char *part = strsep(&rest, ","); code == RESULT_OK && part != NULL;
         part = strsep(&rest, ",")) {
        char letter[2] = {part[0], '\0'};
        enum risk_class risk_class = risk_class_find(letter);
        if (risk_class == CLASS_COUNT || part[1] != '=' || seen[risk_class]) {
            code = error_set(error, RESULT_USAGE,
                             _("\"%s\" does not fit here; write every class once, like "
                               "A=1,B=5,C=20,D=100."),
                             part);
            break;
        }
        seen[risk_class] = true;
        code = read(part + 2, &rules[risk_class], error);
    }
    free(copy);
    for (int i = 0; code == RESULT_OK && i < CLASS_COUNT; i++) {
        rules[i].risk_class = risk_class_letter((enum risk_class)i)[0];
        rules[i].grade = "";
        rules[i].maximum = DRAW_NO_MAXIMUM;
        if (!seen[i]) {
            code = error_set(error, RESULT_USAGE,
                             _("Class %s is missing; no class may be left out of the draw."),
                             risk_class_letter((enum risk_class)i));
        }
    }
    return code;
}

enum result rates_parse(const char *text, struct draw_rule rules[static CLASS_COUNT],
                        struct error *error) {
    return read_rules(text, rules, read_rate, error);
}

enum result weights_parse(const char *text, struct draw_rule rules[static CLASS_COUNT],
                          struct error *error) {
    return read_rules(text, rules, read_weight, error);
}

/* Reads "A/HIGH=30%" into a rule. */
static enum result read_cell(char *part, struct arena *arena, struct draw_rule *rule,
                             struct error *error) {
    char *equals = strchr(part, '=');
    char letter[2] = {part[0], '\0'};
    if (risk_class_find(letter) == CLASS_COUNT || equals == NULL || part[1] != '/' ||
        equals == part + 2) {
        return error_set(error, RESULT_USAGE,
                         _("\"%s\" is no rate of a grade; write it like A/high=30%%."), part);
    }
    *rule = (struct draw_rule){.risk_class = part[0],
                               .grade = arena_strndup(arena, part + 2, (size_t)(equals - part) - 2),
                               .maximum = DRAW_NO_MAXIMUM};
    return rule->grade == NULL ? error_no_memory(error)
                               : rate_parse(equals + 1, &rule->rate, error);
}

enum result matrix_parse(const char *text, struct arena *arena, struct draw_rule *rules,
                         size_t *count, struct error *error) {
    char *copy = text_name_key(text);
    struct buffer classes = BUFFER_INIT;
    enum result code = copy == NULL ? error_no_memory(error) : RESULT_OK;
    char *rest = copy;
    *count = CLASS_COUNT;
    for (char *part = rest == NULL ? NULL : strsep(&rest, ","); code == RESULT_OK && part != NULL;
         part = strsep(&rest, ",")) {
        if (strchr(part, '/') == NULL ||
            (strchr(part, '=') != NULL && strchr(part, '=') < strchr(part, '/'))) {
            buffer_printf(&classes, "%s%s", classes.length == 0 ? "" : ",", part);
        } else if (*count == MATRIX_MOST) {
            code =
                error_set(error, RESULT_USAGE, _("More than %d rates are too many."), MATRIX_MOST);
        } else {
            code = read_cell(part, arena, &rules[(*count)++], error);
        }
    }
    free(copy);
    if (code == RESULT_OK && classes.length == 0) {
        code = error_set(error, RESULT_USAGE,
                         _("Class %s is missing; no class may be left out of the draw."),
                         risk_class_letter(CLASS_A));
    }
    if (code == RESULT_OK) {
        code = rates_parse(buffer_text(&classes), rules, error);
    }
    buffer_free(&classes);
    if (code == RESULT_OK) {
        draw_rules_sort(rules, *count);
    }
    return code;
}
