#include "draw/team_history.h"

#include "base/gettext.h"
#include "draw/team_next.h"
#include "draw/ticket.h"

#include <stdlib.h>
#include <string.h>

struct replay {
    const struct draw_team_source *source;
    struct draw_team_history *history;
    struct arena *arena;
    uint32_t *loads;
};

static int compare(const void *left, const void *right) {
    const struct draw_team_entry *one = left;
    const struct draw_team_entry *other = right;
    int order = strcmp(one->ticket, other->ticket);
    return order != 0 ? order : strcmp(one->unit, other->unit);
}

/* Begins the entry of a unit: what the frame says of it, and its ticket. */
static enum result enter(const struct replay *replay, struct draw_key *key, const char *id,
                         struct draw_team_entry *entry, struct error *error) {
    const struct draw_unit *unit = draw_frame_find(replay->source->frame, id);
    uint8_t ticket[DIGEST_SIZE];
    if (unit == NULL) {
        return error_set(error, RESULT_MISMATCH, _("Unit %s has a team and is not in the frame."),
                         id);
    }
    *entry = (struct draw_team_entry){.unit = unit->id, .region = unit->region};
    enum result code = draw_ticket(key, id, strlen(id), ticket, error);
    digest_to_hex(ticket, DIGEST_SIZE, entry->ticket);
    return code;
}

static struct draw_team_unit asked(const struct draw_team_entry *entry) {
    return (struct draw_team_unit){.id = entry->unit, .region = entry->region};
}

/* Puts the units in the order of their tickets. */
static enum result line_up(struct replay *replay, struct draw_key *key, struct error *error) {
    const struct draw_team_source *source = replay->source;
    struct draw_team_history *history = replay->history;
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < source->unit_count; i++) {
        code = enter(replay, key, source->units[i], &history->assigned[i], error);
    }
    if (code == RESULT_OK) {
        qsort(history->assigned, source->unit_count, sizeof(*history->assigned), compare);
        history->assigned_count = source->unit_count;
    }
    for (size_t i = 1; code == RESULT_OK && i < source->unit_count; i++) {
        if (strcmp(history->assigned[i - 1].unit, history->assigned[i].unit) == 0) {
            code = error_set(error, RESULT_MISMATCH, _("Unit %s is listed twice."),
                             history->assigned[i].unit);
        }
    }
    return code;
}

static enum result assign(struct replay *replay, struct error *error) {
    const struct draw_team_source *source = replay->source;
    struct draw_team_history *history = replay->history;
    struct team_result teams = {0};
    struct draw_team_unit *units =
        arena_alloc(replay->arena, (source->unit_count + 1) * sizeof(*units));
    if (units == NULL) {
        return error_no_memory(error);
    }
    for (size_t i = 0; i < source->unit_count; i++) {
        units[i] = asked(&history->assigned[i]);
    }
    enum result code = draw_teams(source->roster, units, source->unit_count, source->draw_id,
                                  source->seed, NULL, &teams, error);
    if (code == RESULT_REFUSED) {
        code = error_set(error, RESULT_MISMATCH, "%s",
                         _("By this roster these units cannot have teams at all."));
    }
    history->load = teams.load;
    for (size_t i = 0; code == RESULT_OK && i < source->unit_count; i++) {
        for (uint32_t seat = 0; seat < history->size; seat++) {
            history->assigned[i].team[seat] = teams.members[teams.starts[i] + seat];
            replay->loads[history->assigned[i].team[seat]]++;
        }
    }
    team_result_clear(&teams);
    return code;
}

/* The team a unit has before a change; NULL when it has none. */
static const struct draw_team_entry *team_before(const struct replay *replay, const char *unit,
                                                 size_t change) {
    const struct draw_team_history *history = replay->history;
    while (change > 0) {
        if (strcmp(history->changed[--change].unit, unit) == 0) {
            return &history->changed[change];
        }
    }
    for (size_t i = 0; i < history->assigned_count; i++) {
        if (strcmp(history->assigned[i].unit, unit) == 0) {
            return &history->assigned[i];
        }
    }
    return NULL;
}

static enum result impossible(size_t number, const struct draw_team_change *change,
                              struct error *error) {
    return error_set(error, RESULT_MISMATCH,
                     _("Change %zu of the teams, at unit %s, is none that could be made."), number,
                     change->unit);
}

/* A member goes and another comes. */
static enum result swap(struct replay *replay, size_t number, struct error *error) {
    const struct draw_team_source *source = replay->source;
    const struct draw_team_change *change = &source->changes[number];
    const struct draw_team_entry *before = team_before(replay, change->unit, number);
    struct draw_team_entry *after = &replay->history->changed[number];
    uint32_t size = replay->history->size;
    uint32_t leaves = draw_roster_find(source->roster, change->leaves);
    uint32_t comes =
        change->comes == NULL ? UINT32_MAX : draw_roster_find(source->roster, change->comes);
    uint32_t team[TEAM_SIZE_MOST];
    uint32_t kept = 0;
    uint32_t seat = size;
    for (uint32_t i = 0; before != NULL && i < size; i++) {
        if (before->team[i] == leaves) {
            seat = i;
        } else {
            team[kept++] = before->team[i];
        }
    }
    if (seat == size || kept + 1 != size || comes == UINT32_MAX || comes == leaves) {
        return impossible(number + 1, change, error);
    }
    const struct draw_team_unit unit = asked(before);
    const struct draw_team_gap gap = {source->roster, unit, replay->loads, leaves};
    enum result code = RESULT_OK;
    team[kept] = comes;
    if (!change->by_person) {
        code = draw_team_fill(&gap, source->draw_id, source->seed, team, kept, error);
    }
    if (code == RESULT_REFUSED || team[kept] != comes ||
        !draw_team_holds(source->roster, &unit, team, size)) {
        return impossible(number + 1, change, error);
    }
    *after = *before;
    after->team[seat] = comes;
    replay->loads[leaves]--;
    replay->loads[comes]++;
    return code;
}

/* A unit came in and got its team. */
static enum result add(struct replay *replay, struct draw_key *key, size_t number,
                       struct error *error) {
    const struct draw_team_source *source = replay->source;
    const struct draw_team_change *change = &source->changes[number];
    struct draw_team_entry *after = &replay->history->changed[number];
    if (change->by_person || change->comes != NULL ||
        team_before(replay, change->unit, number) != NULL) {
        return impossible(number + 1, change, error);
    }
    enum result code = enter(replay, key, change->unit, after, error);
    if (code == RESULT_OK) {
        const struct draw_team_gap gap = {source->roster, asked(after), replay->loads, UINT32_MAX};
        code = draw_team_fill(&gap, source->draw_id, source->seed, after->team, 0, error);
        code = code == RESULT_REFUSED ? impossible(number + 1, change, error) : code;
    }
    for (uint32_t seat = 0; code == RESULT_OK && seat < replay->history->size; seat++) {
        replay->loads[after->team[seat]]++;
    }
    return code;
}

static enum result change_all(struct replay *replay, struct draw_key *key, struct error *error) {
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < replay->source->change_count; i++) {
        code = replay->source->changes[i].leaves == NULL ? add(replay, key, i, error)
                                                         : swap(replay, i, error);
        replay->history->changed_count += code == RESULT_OK;
    }
    return code;
}

enum result draw_team_replay(const struct draw_team_source *source, struct arena *arena,
                             struct draw_team_history *history, struct error *error) {
    struct draw_key *key = NULL;
    struct replay replay = {.source = source, .history = history, .arena = arena};
    size_t inspectors = draw_roster_count(source->roster);
    *history = (struct draw_team_history){.size = draw_roster_rule(source->roster)->size};
    history->assigned = arena_alloc(arena, (source->unit_count + 1) * sizeof(*history->assigned));
    history->changed = arena_alloc(arena, (source->change_count + 1) * sizeof(*history->changed));
    replay.loads = arena_alloc(arena, (inspectors + 1) * sizeof(*replay.loads));
    if (history->assigned == NULL || history->changed == NULL || replay.loads == NULL) {
        return error_no_memory(error);
    }
    memset(replay.loads, 0, (inspectors + 1) * sizeof(*replay.loads));
    enum result code = draw_key_new(&key, source->draw_id, DRAW_PURPOSE_UNIT, source->seed, error);
    if (code == RESULT_OK) {
        code = line_up(&replay, key, error);
    }
    if (code == RESULT_OK) {
        code = assign(&replay, error);
    }
    if (code == RESULT_OK) {
        code = change_all(&replay, key, error);
    }
    draw_key_free(key);
    return code;
}
