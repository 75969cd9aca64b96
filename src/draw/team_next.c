#include "draw/team_next.h"

#include "base/buffer.h"
#include "draw/ticket.h"

#include <string.h>

/* Who is asked first so far. */
struct best {
    uint32_t inspector; /* UINT32_MAX: nobody yet */
    uint32_t load;
    uint8_t ticket[DIGEST_SIZE];
};

static bool is_among(const uint32_t *members, uint32_t count, uint32_t inspector) {
    for (uint32_t i = 0; i < count; i++) {
        if (members[i] == inspector) {
            return true;
        }
    }
    return false;
}

static bool has_expert(const struct draw_roster *roster, const uint32_t *members, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (draw_roster_inspectors(roster)[members[i]].expert) {
            return true;
        }
    }
    return false;
}

static enum result ticket_of(struct draw_key *key, struct buffer *text, const char *unit,
                             const char *inspector, uint8_t ticket[static DIGEST_SIZE],
                             struct error *error) {
    buffer_reset(text);
    buffer_append_text(text, unit);
    buffer_append_char(text, '\n');
    buffer_append_text(text, inspector);
    return text->failed ? error_no_memory(error)
                        : draw_ticket(key, text->data, text->length, ticket, error);
}

/* Finds who takes the next seat; only an expert may when the seat is the last and none is in. */
static enum result find_next(const struct draw_team_gap *gap, struct draw_key *key,
                             struct buffer *text, const uint32_t *members, uint32_t count,
                             bool expert, struct best *best, struct error *error) {
    const struct draw_inspector *inspectors = draw_roster_inspectors(gap->roster);
    uint32_t most = draw_roster_rule(gap->roster)->load_most;
    enum result code = RESULT_OK;
    best->inspector = UINT32_MAX;
    for (uint32_t i = 0; code == RESULT_OK && i < draw_roster_count(gap->roster); i++) {
        if (i == gap->out || (expert && !inspectors[i].expert) || is_among(members, count, i) ||
            (most > 0 && gap->loads[i] >= most) ||
            (best->inspector != UINT32_MAX && gap->loads[i] > best->load) ||
            !draw_inspector_may(&inspectors[i], gap->unit.id, gap->unit.region)) {
            continue;
        }
        uint8_t ticket[DIGEST_SIZE];
        code = ticket_of(key, text, gap->unit.id, inspectors[i].id, ticket, error);
        if (code == RESULT_OK && (best->inspector == UINT32_MAX || gap->loads[i] < best->load ||
                                  memcmp(ticket, best->ticket, DIGEST_SIZE) < 0)) {
            *best = (struct best){.inspector = i, .load = gap->loads[i]};
            memcpy(best->ticket, ticket, DIGEST_SIZE);
        }
    }
    return code;
}

enum result draw_team_fill(const struct draw_team_gap *gap, const char *draw_id, const char *seed,
                           uint32_t members[static TEAM_SIZE_MOST], uint32_t kept,
                           struct error *error) {
    const struct draw_team_rule *rule = draw_roster_rule(gap->roster);
    struct draw_key *key = NULL;
    struct buffer text = BUFFER_INIT;
    enum result code = draw_key_new(&key, draw_id, DRAW_PURPOSE_INSPECTOR, seed, error);
    for (uint32_t seat = kept; code == RESULT_OK && seat < rule->size; seat++) {
        struct best best;
        bool expert =
            rule->expert && seat + 1 == rule->size && !has_expert(gap->roster, members, seat);
        code = find_next(gap, key, &text, members, seat, expert, &best, error);
        if (code == RESULT_OK && best.inspector == UINT32_MAX) {
            code = RESULT_REFUSED;
        }
        members[seat] = best.inspector;
    }
    buffer_free(&text);
    draw_key_free(key);
    return code;
}

bool draw_team_holds(const struct draw_roster *roster, const struct draw_team_unit *unit,
                     const uint32_t *members, uint32_t count) {
    const struct draw_team_rule *rule = draw_roster_rule(roster);
    for (uint32_t i = 0; i < count; i++) {
        if (members[i] >= draw_roster_count(roster) || is_among(members, i, members[i]) ||
            !draw_inspector_may(&draw_roster_inspectors(roster)[members[i]], unit->id,
                                unit->region)) {
            return false;
        }
    }
    return count == rule->size && (!rule->expert || has_expert(roster, members, count));
}

uint32_t draw_roster_find(const struct draw_roster *roster, const char *number) {
    for (uint32_t i = 0; i < draw_roster_count(roster); i++) {
        if (strcmp(draw_roster_inspectors(roster)[i].id, number) == 0) {
            return i;
        }
    }
    return UINT32_MAX;
}
