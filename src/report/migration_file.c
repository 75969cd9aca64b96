#include "report/migration_file.h"

#include "base/gettext.h"
#include "report/simulation_file.h"

#include <stdio.h>

/* How many enterprises are written between two looks at the progress. */
#define PROGRESS_STEP 256

const char *migration_side_text(const struct migration_side *side, char text[static 32]) {
    if (side->tried) {
        return date_format(side->day, text);
    }
    if (side->period == 0) {
        snprintf(text, 32, "-");
        return text;
    }
    return period_format(side->period, text);
}

const char *migration_decision_text(const struct migration_decision *decision,
                                    char text[static 64]) {
    switch (decision->kind) {
    case DECIDED_BY_DIRECT:
        snprintf(text, 64, _("rule %s"), decision->rule);
        break;
    case DECIDED_BY_OVERRIDE:
        snprintf(text, 64, _("override %lld"), (long long)decision->override_id);
        break;
    case DECIDED_BY_SCORE:
        snprintf(text, 64, "%s", _("score"));
        break;
    }
    return text;
}

/* The texts of a list's titles, while it is written. */
struct titles {
    char sides[2][32];
    char heading[128];
    char corner[128];
    char classes[2][64];
    char points[2][64];
    char decided[2][64];
};

static void make_titles(const struct migration *migration, struct titles *titles,
                        struct simulation_wording *about) {
    bool tried = migration->sides[MIGRATION_TO].tried;
    for (int i = 0; i < 2; i++) {
        const char *side = migration_side_text(&migration->sides[i], titles->sides[i]);
        snprintf(titles->classes[i], sizeof(titles->classes[i]), _("Class %s"), side);
        snprintf(titles->points[i], sizeof(titles->points[i]), _("Points %s"), side);
        snprintf(titles->decided[i], sizeof(titles->decided[i]), _("Decided %s"), side);
    }
    snprintf(titles->heading, sizeof(titles->heading),
             tried ? _("Period %s, tried for %s") : _("From period %s to %s"), titles->sides[0],
             titles->sides[1]);
    snprintf(titles->corner, sizeof(titles->corner), _("Class %s, down; %s, across"),
             titles->sides[0], titles->sides[1]);
    *about = (struct simulation_wording){
        .title = tried ? _("Whose class would change") : _("Whose class changed"),
        .heading = titles->heading,
        .keywords = "",
        .verification = "",
        .corner = titles->corner,
        .classes = {titles->classes[0], titles->classes[1]},
        .points = {titles->points[0], titles->points[1]},
        .decided = {tried ? NULL : titles->decided[0], tried ? NULL : titles->decided[1]},
    };
}

/* Adds one enterprise. */
static enum result add(struct store *store, const struct migration *migration, int64_t id,
                       struct arena *arena, struct simulation_file *file, struct error *error) {
    struct enterprise enterprise;
    struct simulation_row row = {.enterprise = &enterprise};
    char texts[2][64] = {"", ""};
    enum result code = enterprise_load(store, id, arena, &enterprise, error);
    for (int i = 0; code == RESULT_OK && i < 2; i++) {
        const struct migration_side *side = &migration->sides[i];
        struct migration_decision decision;
        row.classes[i] = (enum risk_class)side->classes[id];
        row.total[i] = side->totals[id];
        if (row.classes[i] != CLASS_COUNT && !side->tried) {
            code = migration_decision(store, side, id, &decision, error);
            migration_decision_text(&decision, texts[i]);
        }
    }
    return code == RESULT_OK
               ? simulation_file_add(file, &row, (const char *const[]){texts[0], texts[1]}, error)
               : code;
}

enum result migration_file_write(struct store *store, const struct migration *migration,
                                 const struct actor *actor, const char *path,
                                 const struct progress *progress, struct error *error) {
    struct titles titles;
    struct simulation_wording about;
    struct simulation_file *file = NULL;
    struct arena *arena = arena_new();
    uint64_t done = 0;
    make_titles(migration, &titles, &about);
    enum result code = arena == NULL ? error_no_memory(error)
                                     : simulation_file_open(&file, &about, actor, path, error);
    for (int64_t id = migration_next(migration, 0); code == RESULT_OK && id != 0;
         id = migration_next(migration, id)) {
        if (done++ % PROGRESS_STEP == 0) {
            code = progress_step(progress, done - 1, (uint64_t)migration->counts.changed, error);
        }
        arena_reset(arena);
        code = code == RESULT_OK ? add(store, migration, id, arena, file, error) : code;
    }
    code = simulation_file_close(file, &migration->counts, code, error);
    arena_free(arena);
    return code;
}
