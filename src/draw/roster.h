/* The frozen roster of a draw: who may be sent to check, and the rule for teams, as one canonical
 * text with a digest, like the frame.
 *
 * The first line is "team", the size of a team, whether an expert is required (0 or 1) and the most
 * units an inspector may get (0: any number). Then one line an inspector: id, name, region, expert
 * (0 or 1), last day of the certificate, units he is recused from (joined by commas, in the order
 * of their bytes). Fields are separated by tabs, lines ended by LF and sorted by the bytes of the
 * id. */
#ifndef XINFENG_DRAW_ROSTER_H
#define XINFENG_DRAW_ROSTER_H

#include "base/digest.h"
#include "base/progress.h"
#include "base/result.h"
#include "draw/team.h"

#include <stdbool.h>
#include <stddef.h>

/* What every unit gets. */
struct draw_team_rule {
    uint32_t size; /* 1 to TEAM_SIZE_MOST */
    bool expert;
    uint32_t load_most; /* 0: any number */
};

/* One inspector. In a roster the texts belong to the roster. */
struct draw_inspector {
    const char *id; /* staff number; never empty */
    const char *name;
    const char *region; /* goes to units whose region begins with it; "": to all */
    bool expert;
    const char *until;    /* YYYY-MM-DD; "": not said */
    const char *recusals; /* ids of units joined by commas, in the order of their bytes; "" */
};

struct draw_roster;

/* Freezes inspectors handed over in any order. Refuses (RESULT_INVALID, naming the inspector) an id
 * that is empty or comes twice, and fields that are not plain text. Copies all it keeps. */
enum result draw_roster_build(struct draw_roster **roster, const struct draw_team_rule *rule,
                              const struct draw_inspector *inspectors, size_t count,
                              struct error *error);

/* Reads a canonical text back. Anything that draw_roster_build would not have written is refused
 * (RESULT_INVALID) with the number of its line. */
enum result draw_roster_parse(struct draw_roster **roster, const char *text, size_t length,
                              struct error *error);

/* What it holds; all owned by the roster. The digest is the SHA-256 of the text. */
const char *draw_roster_text(const struct draw_roster *roster, size_t *length);
const char *draw_roster_digest(const struct draw_roster *roster);
const struct draw_team_rule *draw_roster_rule(const struct draw_roster *roster);
const struct draw_inspector *draw_roster_inspectors(const struct draw_roster *roster);
size_t draw_roster_count(const struct draw_roster *roster);

/* True when an inspector may be sent to a unit. */
bool draw_inspector_may(const struct draw_inspector *inspector, const char *unit,
                        const char *region);

/* A drawn unit, by its id and region in the frame. */
struct draw_team_unit {
    const char *id;
    const char *region;
};

/* Assigns teams to units in the order of their tickets: members are places in the roster. As
 * team_assign; release the result with team_result_clear in any case. */
enum result draw_teams(const struct draw_roster *roster, const struct draw_team_unit *units,
                       size_t count, const char *draw_id, const char *seed,
                       const struct progress *progress, struct team_result *result,
                       struct error *error);

void draw_roster_free(struct draw_roster *roster);

#endif
