#include "draw/strata.h"

#include "base/gettext.h"

#include <stdlib.h>
#include <string.h>

/* A hash table from what makes a stratum to its index, open addressing, never more than half full:
 * a frame has millions of units and few strata. */
struct grouping {
    const struct draw_measures *measures;
    struct draw_stratum *items;
    size_t count;
    size_t room;     /* places in items; the table has twice as many slots, a power of two */
    uint32_t *slots; /* index into items plus 1, 0 for empty */
    uint32_t *of;    /* for each unit of the frame its index into items */
};

static uint64_t mix_text(uint64_t hash, const char *text) {
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3); /* FNV-1a */
    }
    return (hash ^ 0xff) * UINT64_C(0x100000001b3);
}

static size_t slot_of(const struct grouping *grouping, const struct draw_stratum *wanted) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    char kind[] = {wanted->risk_class, wanted->flagged ? '1' : '0', '\0'};
    hash = mix_text(mix_text(mix_text(hash, wanted->region), wanted->grade), kind);
    size_t mask = 2 * grouping->room - 1;
    size_t slot = (size_t)(hash ^ hash >> 32) & mask;
    while (grouping->slots[slot] != 0) {
        const struct draw_stratum *item = &grouping->items[grouping->slots[slot] - 1];
        if (item->risk_class == wanted->risk_class && item->flagged == wanted->flagged &&
            strcmp(item->region, wanted->region) == 0 && strcmp(item->grade, wanted->grade) == 0) {
            break;
        }
        slot = (slot + 1) & mask;
    }
    return slot;
}

/* Doubles the table. */
static enum result grow(struct grouping *grouping, struct error *error) {
    size_t room = grouping->room == 0 ? 64 : 2 * grouping->room;
    struct draw_stratum *items = realloc(grouping->items, room * sizeof(*items));
    if (items == NULL) {
        return error_no_memory(error);
    }
    grouping->items = items;
    uint32_t *slots = calloc(2 * room, sizeof(*slots));
    if (slots == NULL) {
        return error_no_memory(error);
    }
    free(grouping->slots);
    grouping->slots = slots;
    grouping->room = room;
    for (size_t i = 0; i < grouping->count; i++) {
        slots[slot_of(grouping, &items[i])] = (uint32_t)(i + 1);
    }
    return RESULT_OK;
}

/* True when one of the unit's flags takes it with certainty. */
static bool unit_flagged(const struct draw_unit *unit, const struct draw_measures *measures) {
    for (const char *word = unit->flags; *word != '\0';) {
        size_t length = strcspn(word, ",");
        for (size_t i = 0; i < measures->certain_flag_count; i++) {
            const char *flag = measures->certain_flags[i];
            if (strlen(flag) == length && memcmp(flag, word, length) == 0) {
                return true;
            }
        }
        word += length + (word[length] == ',');
    }
    return false;
}

/* Fills what the rule says about a new stratum. */
static enum result apply_rule(const struct draw_measures *measures, struct draw_stratum *stratum,
                              struct error *error) {
    const struct draw_rule *rule =
        draw_measures_rule(measures, stratum->risk_class, stratum->grade);
    if (rule == NULL) {
        return error_set(error, RESULT_USAGE,
                         _("The frame has units of class %c%s%s, but the measures say nothing of "
                           "them; give them a rate or weight, or exclude them before the frame "
                           "is frozen."),
                         stratum->risk_class, stratum->grade[0] == '\0' ? "" : "/", stratum->grade);
    }
    bool rates = measures->mode == DRAW_MODE_RATE;
    stratum->rule = (size_t)(rule - measures->rules);
    stratum->certain =
        stratum->flagged || (rates ? rule->rate.num == rule->rate.den : rule->certain);
    if (stratum->certain) {
        stratum->rate = (struct draw_rate){1, 1};
    } else if (rates) {
        stratum->rate = rule->rate;
    }
    return RESULT_OK;
}

static enum result add_unit(struct grouping *grouping, const struct draw_unit *unit, size_t index,
                            struct error *error) {
    struct draw_stratum wanted = {
        .region = unit->region,
        .grade = grouping->measures->by_grade ? unit->grade : "",
        .risk_class = unit->risk_class,
        .flagged = unit_flagged(unit, grouping->measures),
    };
    if (grouping->count == grouping->room) {
        enum result code = grow(grouping, error);
        if (code != RESULT_OK) {
            return code;
        }
    }
    size_t slot = slot_of(grouping, &wanted);
    if (grouping->slots[slot] == 0) {
        enum result code = apply_rule(grouping->measures, &wanted, error);
        if (code != RESULT_OK) {
            return code;
        }
        grouping->items[grouping->count++] = wanted;
        grouping->slots[slot] = (uint32_t)grouping->count;
    }
    grouping->of[index] = grouping->slots[slot] - 1;
    grouping->items[grouping->of[index]].population++;
    return RESULT_OK;
}

static enum result group_units(struct grouping *grouping, const struct draw_frame *frame,
                               struct error *error) {
    size_t count = draw_frame_count(frame);
    if (count == 0) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("The frame is empty: there is no unit to draw from."));
    }
    if (count > DRAW_NUMBER_LIMIT) {
        return error_set(error, RESULT_USAGE, "%s",
                         _("The frame has more than 1,000,000,000 units."));
    }
    grouping->of = malloc(count * sizeof(*grouping->of));
    if (grouping->of == NULL) {
        return error_no_memory(error);
    }
    const struct draw_unit *units = draw_frame_units(frame);
    enum result code = RESULT_OK;
    for (size_t i = 0; i < count && code == RESULT_OK; i++) {
        code = add_unit(grouping, &units[i], i, error);
    }
    return code;
}

/* Copies the texts of the strata, so that they outlive the frame, and spells their codes. */
static bool copy_texts(struct draw_strata *strata, bool by_grade) {
    for (size_t i = 0; i < strata->count; i++) {
        struct draw_stratum *item = &strata->items[i];
        item->region = arena_strdup(strata->arena, item->region);
        item->grade = arena_strdup(strata->arena, item->grade);
        if (item->region == NULL || item->grade == NULL) {
            return false;
        }
        item->code =
            arena_printf(strata->arena, "%s/%c%s%s%s", item->region, item->risk_class,
                         by_grade ? "/" : "", item->grade, item->flagged ? "/certain" : "");
        if (item->code == NULL) {
            return false;
        }
    }
    return true;
}

static int compare_strata(const void *left, const void *right) {
    const struct draw_stratum *a = left;
    const struct draw_stratum *b = right;
    return strcmp(a->code, b->code);
}

/* Lists the units of each stratum. next[i] is where the next unit of grouping item i goes. */
static bool list_units(struct draw_strata *strata, const struct grouping *grouping, size_t count) {
    uint32_t *members = arena_alloc(strata->arena, count * sizeof(*members));
    uint32_t **next = calloc(strata->count, sizeof(*next));
    if (members == NULL || next == NULL) {
        free(next);
        return false;
    }
    for (size_t i = 0; i < strata->count; i++) {
        struct draw_stratum *item = &strata->items[i];
        item->units = members;
        /* Before the sort `drawn` carried the index in the grouping. */
        next[item->drawn] = members;
        item->drawn = 0;
        members += item->population;
    }
    for (size_t unit = 0; unit < count; unit++) {
        *next[grouping->of[unit]]++ = (uint32_t)unit;
    }
    free(next);
    return true;
}

static struct draw_strata *strata_from(const struct grouping *grouping, size_t unit_count) {
    struct draw_strata *strata = calloc(1, sizeof(*strata));
    if (strata == NULL) {
        return NULL;
    }
    strata->arena = arena_new();
    strata->count = grouping->count;
    if (strata->arena == NULL) {
        free(strata);
        return NULL;
    }
    strata->items = arena_alloc(strata->arena, grouping->count * sizeof(*strata->items));
    if (strata->items == NULL) {
        draw_strata_free(strata);
        return NULL;
    }
    memcpy(strata->items, grouping->items, grouping->count * sizeof(*strata->items));
    for (size_t i = 0; i < strata->count; i++) {
        strata->items[i].drawn = i;
    }
    if (!copy_texts(strata, grouping->measures->by_grade)) {
        draw_strata_free(strata);
        return NULL;
    }
    qsort(strata->items, strata->count, sizeof(*strata->items), compare_strata);
    if (!list_units(strata, grouping, unit_count)) {
        draw_strata_free(strata);
        return NULL;
    }
    return strata;
}

enum result draw_strata_new(struct draw_strata **strata, const struct draw_frame *frame,
                            const struct draw_measures *measures, struct error *error) {
    struct grouping grouping = {.measures = measures};
    enum result code = group_units(&grouping, frame, error);
    if (code == RESULT_OK) {
        *strata = strata_from(&grouping, draw_frame_count(frame));
        if (*strata == NULL) {
            code = error_no_memory(error);
        }
    }
    free(grouping.items);
    free(grouping.slots);
    free(grouping.of);
    return code;
}

static int compare_code(const void *key, const void *member) {
    const struct draw_stratum *stratum = member;
    return strcmp(key, stratum->code);
}

const struct draw_stratum *draw_strata_find(const struct draw_strata *strata, const char *code) {
    return bsearch(code, strata->items, strata->count, sizeof(*strata->items), compare_code);
}

void draw_strata_free(struct draw_strata *strata) {
    if (strata == NULL) {
        return;
    }
    arena_free(strata->arena);
    free(strata);
}
