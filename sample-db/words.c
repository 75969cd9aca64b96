#include "sample-db/words.h"

#include "base/gettext.h"
#include "embedded.h"
#include "registry/division.h"

#include <string.h>

static const char *const kinds[SAMPLE_KINDS] = {"enterprise", "individual", "cooperative"};

const char *sample_kind_code(enum sample_kind kind) {
    return kinds[kind];
}

/* The weights of a column, summed up row by row; NULL when memory is short. */
static uint32_t *sum_weights(const struct sample_table *table, size_t column, struct arena *arena) {
    uint32_t *cumulative = arena_alloc(arena, table->rows * sizeof(*cumulative));
    uint32_t sum = 0;
    for (size_t row = 0; cumulative != NULL && row < table->rows; row++) {
        sum += (uint32_t)sample_table_number(table, row, column);
        cumulative[row] = sum;
    }
    return cumulative;
}

static enum result read_trades(struct sample_words *words, struct error *error) {
    struct sample_table table;
    enum result code = sample_table_read(&table, "sample-trades.tsv", embedded_sample_trades, 9,
                                         words->arena, error);
    if (code != RESULT_OK) {
        return code;
    }
    words->trade_count = table.rows;
    words->trades = arena_alloc(words->arena, table.rows * sizeof(*words->trades));
    words->trade_weights = sum_weights(&table, 1, words->arena);
    if (words->trades == NULL || words->trade_weights == NULL) {
        return error_no_memory(error);
    }
    uint64_t risk = 0;
    for (size_t row = 0; row < table.rows; row++) {
        struct sample_trade *trade = &words->trades[row];
        trade->industry = sample_table_text(&table, row, 0);
        trade->risk = (uint32_t)sample_table_number(&table, row, 2);
        trade->flags = sample_table_flags(&table, row, 3);
        trade->capital = sample_table_number(&table, row, 4);
        trade->scope = sample_table_text(&table, row, 8);
        for (size_t kind = 0; kind < SAMPLE_KINDS; kind++) {
            if (!sample_table_list(&table, row, 5 + kind, words->arena, &trade->words[kind])) {
                return error_no_memory(error);
            }
        }
        risk += (uint64_t)trade->risk * (uint64_t)sample_table_number(&table, row, 1);
    }
    words->usual_risk = (uint32_t)(risk / words->trade_weights[table.rows - 1]);
    return RESULT_OK;
}

static enum result read_places(struct sample_words *words, struct error *error) {
    struct sample_table table;
    enum result code = sample_table_read(&table, "sample-places.tsv", embedded_sample_places, 7,
                                         words->arena, error);
    if (code != RESULT_OK) {
        return code;
    }
    words->place_count = table.rows;
    words->places = arena_alloc(words->arena, table.rows * sizeof(*words->places));
    words->place_weights = sum_weights(&table, 1, words->arena);
    if (words->places == NULL || words->place_weights == NULL) {
        return error_no_memory(error);
    }
    for (size_t row = 0; row < table.rows; row++) {
        struct sample_place *place = &words->places[row];
        place->code = sample_table_text(&table, row, 0);
        place->name = division_label(place->code);
        place->risk = (uint32_t)sample_table_number(&table, row, 2);
        place->station = sample_table_text(&table, row, 3);
        place->short_name = sample_table_text(&table, row, 4);
        if (!sample_table_list(&table, row, 5, words->arena, &place->roads) ||
            !sample_table_list(&table, row, 6, words->arena, &place->villages)) {
            return error_no_memory(error);
        }
    }
    return RESULT_OK;
}

static enum result read_forms(struct sample_words *words, struct error *error) {
    struct sample_table table;
    enum result code = sample_table_read(&table, "sample-forms.tsv", embedded_sample_forms, 6,
                                         words->arena, error);
    if (code != RESULT_OK) {
        return code;
    }
    words->form_count = table.rows;
    words->forms = arena_alloc(words->arena, table.rows * sizeof(*words->forms));
    words->form_weights = sum_weights(&table, 1, words->arena);
    if (words->forms == NULL || words->form_weights == NULL) {
        return error_no_memory(error);
    }
    for (size_t row = 0; row < table.rows; row++) {
        struct sample_form *form = &words->forms[row];
        const char *kind = sample_table_text(&table, row, 0);
        for (size_t i = 0; i < SAMPLE_KINDS; i++) {
            if (strcmp(kind, kinds[i]) == 0) {
                form->kind = (enum sample_kind)i;
            }
        }
        form->flags = sample_table_flags(&table, row, 2);
        form->prefix = sample_table_text(&table, row, 3);
        form->ending = sample_table_text(&table, row, 4);
        form->type = sample_table_text(&table, row, 5);
    }
    return RESULT_OK;
}

/* Gathers the words of one pool from all its rows. */
static bool gather_pool(const struct sample_table *table, const char *name, struct arena *arena,
                        struct sample_pool *pool) {
    struct sample_list list;
    size_t most = 0;
    for (size_t row = 0; row < table->rows; row++) {
        if (strcmp(sample_table_text(table, row, 0), name) == 0) {
            if (!sample_table_list(table, row, 2, arena, &list)) {
                return false;
            }
            most += list.count;
        }
    }
    pool->words = arena_alloc(arena, most * sizeof(*pool->words));
    pool->cumulative = arena_alloc(arena, most * sizeof(*pool->cumulative));
    if (pool->words == NULL || pool->cumulative == NULL) {
        return false;
    }
    uint32_t sum = 0;
    for (size_t row = 0; row < table->rows; row++) {
        if (strcmp(sample_table_text(table, row, 0), name) != 0) {
            continue;
        }
        if (!sample_table_list(table, row, 2, arena, &list)) {
            return false;
        }
        for (size_t i = 0; i < list.count; i++) {
            sum += (uint32_t)sample_table_number(table, row, 1);
            pool->words[pool->count] = list.items[i];
            pool->cumulative[pool->count++] = sum;
        }
    }
    return true;
}

static enum result read_pools(struct sample_words *words, struct error *error) {
    struct sample_table people;
    struct sample_table brands;
    enum result code = sample_table_read(&people, "sample-people.tsv", embedded_sample_people, 3,
                                         words->arena, error);
    if (code == RESULT_OK) {
        code = sample_table_read(&brands, "sample-brands.tsv", embedded_sample_brands, 3,
                                 words->arena, error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    const struct {
        const char *name;
        struct sample_pool *pool;
    } pools[] = {
#define POOL_ROW(name) {#name, &words->name},
        SAMPLE_POOLS(POOL_ROW)
#undef POOL_ROW
    };
    for (size_t i = 0; i < sizeof(pools) / sizeof(pools[0]); i++) {
        if (!gather_pool(&people, pools[i].name, words->arena, pools[i].pool)) {
            return error_no_memory(error);
        }
        if (pools[i].pool->count == 0 &&
            !gather_pool(&brands, pools[i].name, words->arena, pools[i].pool)) {
            return error_no_memory(error);
        }
        if (pools[i].pool->count == 0) {
            return error_set(error, RESULT_DAMAGED,
                             _("The word pool %s is empty; this build of the program is broken, "
                               "build it again."),
                             pools[i].name);
        }
    }
    return RESULT_OK;
}

enum result sample_words_read(struct sample_words *words, struct error *error) {
    *words = (struct sample_words){.arena = arena_new()};
    if (words->arena == NULL) {
        return error_no_memory(error);
    }
    enum result code = read_trades(words, error);
    if (code == RESULT_OK) {
        code = read_places(words, error);
    }
    if (code == RESULT_OK) {
        code = read_forms(words, error);
    }
    return code == RESULT_OK ? read_pools(words, error) : code;
}

void sample_words_clear(struct sample_words *words) {
    arena_free(words->arena);
    *words = (struct sample_words){0};
}

const char *sample_pool_pick(const struct sample_pool *pool, struct sample_random *random) {
    return pool->words[sample_random_weighted(random, pool->cumulative, pool->count)];
}

const char *sample_list_pick(const struct sample_list *list, struct sample_random *random) {
    return list->count == 0 ? NULL
                            : list->items[sample_random_below(random, (uint32_t)list->count)];
}
