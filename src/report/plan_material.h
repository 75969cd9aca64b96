/* All that the files of a drawn plan say, gathered once: the plan, the policy of its period, its
 * frame, the sealed record of its draw, and who took which step. */
#ifndef XINFENG_REPORT_PLAN_MATERIAL_H
#define XINFENG_REPORT_PLAN_MATERIAL_H

#include "base/arena.h"
#include "draw/frame.h"
#include "draw/record.h"
#include "guard/actor.h"
#include "plan/plan.h"
#include "policy/policy.h"
#include "store/store.h"

#include <stddef.h>
#include <stdint.h>

/* A step in the life of a plan, as the journal has it. */
struct plan_step {
    const char *name; /* translated */
    const char *who;
    const char *at; /* "2026-11-22 12:00" */
};

#define PLAN_MOST_STEPS 8

struct plan_material {
    struct arena *arena; /* holds all texts */
    struct plan plan;
    struct policy *policy; /* whose classes and measures the plan goes by */
    struct draw_frame *frame;
    struct draw_record *record;
    char *record_text; /* the bytes of the record's file */
    char *teams_text;  /* those of the record of the teams; NULL when there are none */
    const char *bureau;
    const char *workbook_file; /* names without folder */
    const char *record_file;
    const char *teams_file;
    const char *frame_file;
    int64_t population[CLASS_COUNT]; /* in the frame, by class */
    int64_t drawn[CLASS_COUNT];
    const char *methods[CLASS_COUNT]; /* of inspection, within what the matters allow */
    struct plan_step steps[PLAN_MOST_STEPS];
    size_t step_count;
};

/* Gathers the material of a plan; free with plan_material_free. RESULT_REFUSED when nothing was
 * drawn yet, RESULT_DAMAGED when what is kept of the draw does not agree with itself. */
enum result plan_material_load(struct plan_material **material, struct store *store, int64_t plan,
                               struct error *error);

/* NULL is harmless. */
void plan_material_free(struct plan_material *material);

#endif
