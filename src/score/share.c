#include "score/share.h"

#include "base/buffer.h"
#include "base/large_memory.h"
#include "store/statement.h"

#include <stdlib.h>

#define IN_FORCE "coalesce(r.from_day, 0) <= ?1 AND (r.to_day IS NULL OR r.to_day > ?1)"

/* The other side of a relation in force; of several the first by its name. */
#define PARTY(type)                                                                                \
    "(SELECT min(r.party) FROM relation r WHERE r.enterprise = e.id AND r.type = '" type           \
    "' AND " IN_FORCE ")"

const char *share_key(enum policy_share share) {
    static const char *const keys[POLICY_SHARE_COUNT] = {
        [SHARE_ADDRESS] = "nullif(replace(e.address, ' ', ''), '')",
        [SHARE_PHONE] = "nullif(replace(replace(e.phone, ' ', ''), '-', ''), '')",
        [SHARE_LEGAL_PERSON] = "coalesce(" PARTY(
            "legal_representative") ", nullif(replace(e.legal_person, ' ', ''), ''))",
        [SHARE_AGENT] = PARTY("agent"),
    };
    return keys[share];
}

/* How many enterprises have one text; known by 96 bits made of it. */
struct tally {
    uint64_t one;
    uint32_t two;
    uint32_t count; /* 0: free */
};

struct share {
    struct store *store;
    date day;
    bool wanted[POLICY_SHARE_COUNT];
    bool alone; /* one enterprise is asked for: SQL counts */
    struct statement *rows;
    bool row; /* a row stands */
    struct tally *tallies;
    size_t mask;
    size_t count;
};

/* ---- counting all ---------------------------------------------------------------------------- */

static struct tally make_tally(enum policy_share share, const char *text) {
    uint64_t one = UINT64_C(0xCBF29CE484222325) + (uint64_t)share;
    uint64_t two = UINT64_C(0x84222325CBF29CE4) ^ (uint64_t)share;
    for (; *text != '\0'; text++) {
        one = (one ^ (unsigned char)*text) * UINT64_C(0x100000001B3);
        two = (two + (unsigned char)*text) * UINT64_C(0xD6E8FEB86659FD93);
        two ^= two >> 32;
    }
    return (struct tally){.one = one ^ one >> 29, .two = (uint32_t)(two >> 32), .count = 1};
}

static struct tally *find(const struct share *share, const struct tally *wanted) {
    size_t place = (size_t)(wanted->one * UINT64_C(0x9E3779B97F4A7C15) >> 20) & share->mask;
    while (share->tallies[place].count != 0 &&
           (share->tallies[place].one != wanted->one || share->tallies[place].two != wanted->two)) {
        place = (place + 1) & share->mask;
    }
    return &share->tallies[place];
}

static bool widen(struct share *share) {
    struct share wider = {.mask = share->tallies == NULL ? 4095 : share->mask * 2 + 1};
    wider.tallies = large_memory_new((wider.mask + 1) * sizeof(*wider.tallies));
    if (wider.tallies == NULL) {
        return false;
    }
    for (size_t i = 0; share->tallies != NULL && i <= share->mask; i++) {
        if (share->tallies[i].count != 0) {
            *find(&wider, &share->tallies[i]) = share->tallies[i];
        }
    }
    free(share->tallies);
    share->tallies = wider.tallies;
    share->mask = wider.mask;
    return true;
}

static bool add(struct share *share, enum policy_share of, const char *text) {
    if ((share->tallies == NULL || share->count * 4 > share->mask * 3) && !widen(share)) {
        return false;
    }
    struct tally tally = make_tally(of, text);
    struct tally *known = find(share, &tally);
    if (known->count == 0) {
        *known = tally;
        share->count++;
    } else {
        known->count++;
    }
    return true;
}

/* "SELECT e.id" and the keys that are wanted, in the order of the kinds; NULL for the others. */
static enum result query(struct share *share, const char *rest, int64_t first, int64_t last,
                         struct statement **rows, struct error *error) {
    struct buffer sql = BUFFER_INIT;
    buffer_append_text(&sql, "SELECT e.id");
    for (int i = 0; i < POLICY_SHARE_COUNT; i++) {
        buffer_printf(&sql, ", %s", share->wanted[i] ? share_key((enum policy_share)i) : "NULL");
    }
    buffer_printf(&sql, " FROM enterprise e WHERE ?1 > 0 AND e.id BETWEEN ?2 AND ?3 %s", rest);
    enum result code =
        sql.failed
            ? error_no_memory(error)
            : store_query(rows, share->store, sql.data,
                          VALUES(value_date(share->day), value_int(first), value_int(last)), error);
    buffer_free(&sql);
    return code;
}

static enum result count_all(struct share *share, struct error *error) {
    struct statement *rows = NULL;
    bool row = true;
    enum result code = query(share, "", 1, INT64_MAX, &rows, error);
    while (code == RESULT_OK) {
        code = statement_step(rows, &row, error);
        if (code != RESULT_OK || !row) {
            break;
        }
        for (int i = 0; i < POLICY_SHARE_COUNT; i++) {
            const char *text = share->wanted[i] ? statement_text(rows, i + 1) : NULL;
            if (text != NULL && !add(share, (enum policy_share)i, text)) {
                code = error_no_memory(error);
            }
        }
    }
    statement_free(rows);
    return code;
}

/* ---- asking ---------------------------------------------------------------------------------- */

enum result share_new(struct share **share, struct store *store, const struct policy *policy,
                      date day, int64_t first, int64_t last, struct error *error) {
    *share = NULL;
    struct share wanted = {.store = store, .day = day, .alone = first == last};
    bool any = false;
    for (size_t i = 0; i < policy->indicator_count; i++) {
        if (policy->indicators[i].kind == POLICY_SHARE) {
            wanted.wanted[policy->indicators[i].share] = true;
            any = true;
        }
    }
    if (!any) {
        return RESULT_OK;
    }
    struct share *made = malloc(sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    *made = wanted;
    enum result code = made->alone ? RESULT_OK : count_all(made, error);
    if (code == RESULT_OK) {
        code = query(made, "ORDER BY e.id", first, last, &made->rows, error);
    }
    if (code == RESULT_OK) {
        code = statement_step(made->rows, &made->row, error);
    }
    if (code != RESULT_OK) {
        share_free(made);
        return code;
    }
    *share = made;
    return RESULT_OK;
}

/* Counts the others that have a text, by SQL. */
static enum result count_others(const struct share *share, enum policy_share of, const char *text,
                                int64_t enterprise, int64_t *others, struct error *error) {
    struct buffer sql = BUFFER_INIT;
    buffer_printf(&sql, "SELECT count(*) FROM enterprise e WHERE ?1 > 0 AND e.id <> ?2 AND %s = ?3",
                  share_key(of));
    enum result code = sql.failed ? error_no_memory(error)
                                  : store_fetch_int(share->store, sql.data,
                                                    VALUES(value_date(share->day),
                                                           value_int(enterprise), value_text(text)),
                                                    0, others, error);
    buffer_free(&sql);
    return code;
}

enum result share_of(struct share *share, int64_t enterprise,
                     int64_t others[static POLICY_SHARE_COUNT], struct error *error) {
    enum result code = RESULT_OK;
    while (code == RESULT_OK && share->row && statement_int(share->rows, 0) < enterprise) {
        code = statement_step(share->rows, &share->row, error);
    }
    bool stands = code == RESULT_OK && share->row && statement_int(share->rows, 0) == enterprise;
    for (int i = 0; i < POLICY_SHARE_COUNT; i++) {
        const char *text = stands ? statement_text(share->rows, i + 1) : NULL;
        others[i] = -1;
        if (text != NULL && share->alone) {
            code = count_others(share, (enum policy_share)i, text, enterprise, &others[i], error);
        } else if (text != NULL) {
            struct tally tally = make_tally((enum policy_share)i, text);
            others[i] = (int64_t)find(share, &tally)->count - 1;
        }
        if (code != RESULT_OK) {
            break;
        }
    }
    return code;
}

void share_free(struct share *share) {
    if (share == NULL) {
        return;
    }
    statement_free(share->rows);
    free(share->tallies);
    free(share);
}
