#include "draw/roster.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "draw/plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_FIELDS = 4, FIELDS = 6 };

struct draw_roster {
    char *text;  /* the canonical text, NUL behind it */
    char *cells; /* a copy in which every tab and LF is a NUL: the inspectors point into it */
    size_t length;
    struct draw_team_rule rule;
    struct draw_inspector *inspectors;
    size_t count;
    char digest[DIGEST_HEX_SIZE];
};

void draw_roster_free(struct draw_roster *roster) {
    if (roster != NULL) {
        free(roster->text);
        free(roster->cells);
        free(roster->inspectors);
        free(roster);
    }
}

const char *draw_roster_text(const struct draw_roster *roster, size_t *length) {
    *length = roster->length;
    return roster->text;
}

const char *draw_roster_digest(const struct draw_roster *roster) {
    return roster->digest;
}

const struct draw_team_rule *draw_roster_rule(const struct draw_roster *roster) {
    return &roster->rule;
}

const struct draw_inspector *draw_roster_inspectors(const struct draw_roster *roster) {
    return roster->inspectors;
}

size_t draw_roster_count(const struct draw_roster *roster) {
    return roster->count;
}

/* ---- writing --------------------------------------------------------------------------------- */

/* What is wrong with an inspector as a translated clause, or NULL. */
static const char *inspector_fault(const struct draw_inspector *inspector) {
    if (inspector->id[0] == '\0') {
        return _("there is no staff number");
    }
    if (!draw_plain(inspector->id) || !draw_plain(inspector->name) ||
        !draw_plain(inspector->region) || !draw_plain(inspector->until) ||
        !draw_plain(inspector->recusals)) {
        return _("a field holds a tab, a line break, another control character or broken UTF-8");
    }
    return NULL;
}

static enum result check_rule(const struct draw_team_rule *rule, struct error *error) {
    return rule->size >= 1 && rule->size <= TEAM_SIZE_MOST
               ? RESULT_OK
               : error_set(error, RESULT_USAGE,
                           _("A team of %u is none; give a number from 1 to %d."), rule->size,
                           TEAM_SIZE_MOST);
}

static int compare(const void *left, const void *right) {
    const struct draw_inspector *const *one = left;
    const struct draw_inspector *const *other = right;
    return strcmp((*one)->id, (*other)->id);
}

/* Checks the inspectors and points to them in order. */
static enum result sort(const struct draw_inspector **order,
                        const struct draw_inspector *inspectors, size_t count,
                        struct error *error) {
    for (size_t i = 0; i < count; i++) {
        const char *fault = inspector_fault(&inspectors[i]);
        if (fault != NULL) {
            return error_set(error, RESULT_INVALID,
                             _("Inspector \"%s\" (number %zu) cannot stand in the roster: %s."),
                             draw_plain(inspectors[i].name) ? inspectors[i].name : "?", i + 1,
                             fault);
        }
        order[i] = &inspectors[i];
    }
    qsort(order, count, sizeof(*order), compare);
    for (size_t i = 1; i < count; i++) {
        if (strcmp(order[i - 1]->id, order[i]->id) == 0) {
            return error_set(error, RESULT_INVALID, _("Staff number \"%s\" comes twice."),
                             order[i]->id);
        }
    }
    return RESULT_OK;
}

static void write_text(struct buffer *text, const struct draw_team_rule *rule,
                       const struct draw_inspector *const *order, size_t count) {
    buffer_printf(text, "team\t%u\t%d\t%u\n", rule->size, rule->expert ? 1 : 0, rule->load_most);
    for (size_t i = 0; i < count; i++) {
        const struct draw_inspector *one = order[i];
        buffer_printf(text, "%s\t%s\t%s\t%d\t%s\t%s\n", one->id, one->name, one->region,
                      one->expert ? 1 : 0, one->until, one->recusals);
    }
}

enum result draw_roster_build(struct draw_roster **roster, const struct draw_team_rule *rule,
                              const struct draw_inspector *inspectors, size_t count,
                              struct error *error) {
    *roster = NULL;
    struct buffer text = BUFFER_INIT;
    const struct draw_inspector **order = calloc(count + 1, sizeof(*order));
    enum result code = order == NULL ? error_no_memory(error) : check_rule(rule, error);
    if (code == RESULT_OK) {
        code = sort(order, inspectors, count, error);
    }
    if (code == RESULT_OK) {
        write_text(&text, rule, order, count);
        code = text.failed ? error_no_memory(error)
                           : draw_roster_parse(roster, text.data, text.length, error);
    }
    buffer_free(&text);
    free(order);
    return code;
}

/* ---- reading --------------------------------------------------------------------------------- */

/* Cuts the line at *cursor into so many fields and moves the cursor behind its LF; false when it
 * has another number of them. */
static bool cut_line(char **cursor, const char **fields, size_t wanted) {
    size_t found = 0;
    char *field = *cursor;
    for (char *at = *cursor;; at++) {
        if (*at != '\t' && *at != '\n') {
            continue;
        }
        bool last = *at == '\n';
        if (found == wanted || (last && found + 1 != wanted)) {
            return false;
        }
        fields[found++] = field;
        *at = '\0';
        field = at + 1;
        if (last) {
            *cursor = field;
            return true;
        }
    }
}

/* Reads a number as draw_roster_build writes it. */
static bool read_number(const char *text, uint32_t most, uint32_t *number) {
    char again[16];
    unsigned long value = strtoul(text, NULL, 10);
    *number = value > most ? 0 : (uint32_t)value;
    snprintf(again, sizeof(again), "%u", *number);
    return value <= most && strcmp(again, text) == 0;
}

/* True when units of a list stand in the order of their bytes, each once, none empty. */
static bool in_order(const char *list) {
    size_t before_length = 0;
    const char *before = NULL;
    for (const char *at = list; list[0] != '\0'; at++) {
        size_t length = strcspn(at, ",");
        size_t common = length < before_length ? length : before_length;
        int order = before == NULL ? -1 : memcmp(before, at, common);
        if (length == 0 || order > 0 || (order == 0 && before_length >= length)) {
            return false;
        }
        before = at;
        before_length = length;
        at += length;
        if (*at == '\0') {
            break;
        }
    }
    return true;
}

static bool read_head(struct draw_roster *roster, char **cursor) {
    const char *fields[HEAD_FIELDS];
    uint32_t expert = 0;
    bool whole = cut_line(cursor, fields, HEAD_FIELDS) && strcmp(fields[0], "team") == 0 &&
                 read_number(fields[1], TEAM_SIZE_MOST, &roster->rule.size) &&
                 roster->rule.size >= 1 && read_number(fields[2], 1, &expert) &&
                 read_number(fields[3], UINT32_MAX, &roster->rule.load_most);
    roster->rule.expert = expert == 1;
    return whole;
}

static bool read_inspector(struct draw_roster *roster, char **cursor) {
    const char *fields[FIELDS];
    uint32_t expert = 0;
    if (!cut_line(cursor, fields, FIELDS) || !read_number(fields[3], 1, &expert) ||
        !in_order(fields[5])) {
        return false;
    }
    struct draw_inspector *inspector = &roster->inspectors[roster->count];
    *inspector = (struct draw_inspector){.id = fields[0],
                                         .name = fields[1],
                                         .region = fields[2],
                                         .expert = expert == 1,
                                         .until = fields[4],
                                         .recusals = fields[5]};
    bool follows = roster->count == 0 || strcmp(inspector[-1].id, inspector->id) < 0;
    roster->count++;
    return follows && inspector_fault(inspector) == NULL;
}

static enum result read_lines(struct draw_roster *roster, struct error *error) {
    char *cursor = roster->cells;
    const char *end = roster->cells + roster->length;
    size_t line = 1;
    bool whole = roster->length > 0 && roster->text[roster->length - 1] == '\n' &&
                 memchr(roster->text, '\0', roster->length) == NULL && read_head(roster, &cursor);
    while (whole && cursor < end) {
        line++;
        whole = read_inspector(roster, &cursor);
    }
    return whole ? RESULT_OK
                 : error_set(error, RESULT_INVALID,
                             _("Line %zu of the roster is not as this program writes it; take the "
                               "file that was handed out."),
                             line);
}

enum result draw_roster_parse(struct draw_roster **roster, const char *text, size_t length,
                              struct error *error) {
    *roster = NULL;
    size_t lines = 0;
    for (size_t i = 0; i < length; i++) {
        lines += text[i] == '\n';
    }
    struct draw_roster *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->length = length;
    made->text = malloc(length + 1);
    made->cells = malloc(length + 1);
    made->inspectors = calloc(lines + 1, sizeof(*made->inspectors));
    enum result code = made->text == NULL || made->cells == NULL || made->inspectors == NULL
                           ? error_no_memory(error)
                           : RESULT_OK;
    if (code == RESULT_OK) {
        memcpy(made->text, text, length);
        made->text[length] = '\0';
        memcpy(made->cells, made->text, length + 1);
        code = read_lines(made, error);
    }
    if (code == RESULT_OK) {
        code = digest_sha256_hex(made->text, length, made->digest, error);
    }
    if (code != RESULT_OK) {
        draw_roster_free(made);
        return code;
    }
    *roster = made;
    return RESULT_OK;
}

/* ---- teams ----------------------------------------------------------------------------------- */

static bool is_recused(const struct draw_inspector *inspector, const char *unit) {
    size_t wanted = strlen(unit);
    for (const char *at = inspector->recusals; *at != '\0';) {
        size_t length = strcspn(at, ",");
        if (length == wanted && memcmp(at, unit, length) == 0) {
            return true;
        }
        at += length + (at[length] == ',');
    }
    return false;
}

bool draw_inspector_may(const struct draw_inspector *inspector, const char *unit,
                        const char *region) {
    return strncmp(region, inspector->region, strlen(inspector->region)) == 0 &&
           !is_recused(inspector, unit);
}

/* What team_assign is asked, made from a roster. */
struct asking {
    struct team_inspector *inspectors;
    struct team_unit *units;
    uint64_t *eligible;
    struct draw_key *key;
};

static enum result make_asking(struct asking *asking, const struct draw_roster *roster,
                               const struct draw_team_unit *units, size_t count,
                               struct error *error) {
    size_t words = (roster->count + 63) / 64;
    asking->inspectors = calloc(roster->count + 1, sizeof(*asking->inspectors));
    asking->units = calloc(count + 1, sizeof(*asking->units));
    asking->eligible = calloc(count * words + 1, sizeof(*asking->eligible));
    if (asking->inspectors == NULL || asking->units == NULL || asking->eligible == NULL) {
        return error_no_memory(error);
    }
    for (size_t i = 0; i < roster->count; i++) {
        asking->inspectors[i] =
            (struct team_inspector){roster->inspectors[i].id, roster->inspectors[i].expert};
    }
    for (size_t i = 0; i < count; i++) {
        uint64_t *eligible = &asking->eligible[i * words];
        asking->units[i] = (struct team_unit){.id = units[i].id,
                                              .size = roster->rule.size,
                                              .expert = roster->rule.expert,
                                              .eligible = eligible};
        for (size_t j = 0; j < roster->count; j++) {
            bool may = draw_inspector_may(&roster->inspectors[j], units[i].id, units[i].region);
            eligible[j / 64] |= (uint64_t)may << (j % 64);
        }
    }
    return RESULT_OK;
}

enum result draw_teams(const struct draw_roster *roster, const struct draw_team_unit *units,
                       size_t count, const char *draw_id, const char *seed,
                       const struct progress *progress, struct team_result *result,
                       struct error *error) {
    struct asking asking = {0};
    *result = (struct team_result){0};
    enum result code = draw_key_new(&asking.key, draw_id, DRAW_PURPOSE_INSPECTOR, seed, error);
    if (code == RESULT_OK) {
        code = make_asking(&asking, roster, units, count, error);
    }
    if (code == RESULT_OK) {
        const struct team_request request = {
            .inspectors = asking.inspectors,
            .inspector_count = roster->count,
            .units = asking.units,
            .unit_count = count,
            .load_most = roster->rule.load_most,
            .key = asking.key,
            .progress = progress,
        };
        code = team_assign(&request, result, error);
    }
    draw_key_free(asking.key);
    free(asking.inspectors);
    free(asking.units);
    free(asking.eligible);
    return code;
}
