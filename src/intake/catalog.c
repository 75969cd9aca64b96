#include "intake/catalog.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "embedded.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    const char *json;
} carried[] = {
    {"enterprises", embedded_enterprises},
    {"facts", embedded_facts},
    {"beijing-registrations", embedded_beijing_registrations},
    {"beijing-listed-companies", embedded_beijing_listed_companies},
    {"beijing-abnormal-operations", embedded_beijing_abnormal_operations},
    {"beijing-culture-inspections", embedded_beijing_culture_inspections},
    {"beijing-tax-penalties", embedded_beijing_tax_penalties},
    {"beijing-environment-penalties", embedded_beijing_environment_penalties},
    {"beijing-legal-person-penalties", embedded_beijing_legal_person_penalties},
    {"beijing-food-retail-inspections", embedded_beijing_food_retail_inspections},
    {"beijing-food-sampling", embedded_beijing_food_sampling},
};

#define CARRIED (sizeof(carried) / sizeof(carried[0]))

size_t catalog_count(void) {
    return CARRIED;
}

enum result catalog_read(size_t index, struct profile **profile, struct error *error) {
    return profile_parse(profile, carried[index].json, carried[index].name, error);
}

/* The names of the carried profiles of a kind, for sentences. */
static enum result list_names(enum import_kind kind, struct buffer *names, struct error *error) {
    for (size_t i = 0; i < CARRIED; i++) {
        struct profile *profile = NULL;
        enum result code = catalog_read(i, &profile, error);
        if (code != RESULT_OK) {
            return code;
        }
        if (profile->kind == kind) {
            buffer_printf(names, "%s%s", names->length == 0 ? "" : ", ", profile->name);
        }
        profile_free(profile);
    }
    return names->failed ? error_no_memory(error) : RESULT_OK;
}

static enum result not_found(const char *name, enum import_kind kind, struct error *error) {
    struct buffer names = BUFFER_INIT;
    enum result code = list_names(kind, &names, error);
    if (code == RESULT_OK) {
        code = error_set(error, RESULT_NOT_FOUND,
                         _("There is no profile \"%s\"; choose one of %s, or name a file of your "
                           "own ending in .json."),
                         name, buffer_text(&names));
    }
    buffer_free(&names);
    return code;
}

static bool is_path(const char *text) {
    size_t length = strlen(text);
    return strchr(text, '/') != NULL || (length > 5 && strcmp(text + length - 5, ".json") == 0);
}

enum result catalog_open(const char *name_or_path, enum import_kind kind, struct profile **profile,
                         struct error *error) {
    *profile = NULL;
    enum result code = RESULT_OK;
    if (is_path(name_or_path)) {
        code = profile_load(profile, name_or_path, error);
    } else {
        size_t index = 0;
        while (index < CARRIED && strcmp(carried[index].name, name_or_path) != 0) {
            index++;
        }
        code = index == CARRIED ? not_found(name_or_path, kind, error)
                                : catalog_read(index, profile, error);
    }
    if (code == RESULT_OK && (*profile)->kind != kind) {
        code = error_set(error, RESULT_USAGE,
                         _("The profile \"%s\" is for %s, not for %s; import the file as %s."),
                         (*profile)->name, kind_of((*profile)->kind)->code, kind_of(kind)->code,
                         kind_of((*profile)->kind)->code);
        profile_free(*profile);
        *profile = NULL;
    }
    return code;
}

/* What is known while the rows at the top are looked at. */
struct search {
    struct profile *profiles[CARRIED + 1];
    size_t count;
    bool named; /* one profile was asked for */
    const struct profile *best;
    size_t ties;
    struct buffer tied;  /* names of the best, when several */
    const char *missing; /* what the named profile lacks in the row that comes nearest */
    size_t nearest;
};

/* Tries all profiles on one row; true when one fits. */
static bool try_row(struct search *search, const struct row *row, struct binding *binding,
                    struct arena *arena, bool *failed) {
    for (size_t i = 0; i < search->count; i++) {
        struct binding made;
        const char *missing = NULL;
        bool fits = binding_make(&made, search->profiles[i], row, arena, &missing, failed);
        if (*failed) {
            return false;
        }
        if (search->named && !fits && (search->missing == NULL || made.matched > search->nearest)) {
            search->missing = missing;
            search->nearest = made.matched;
        }
        if (!fits || (search->best != NULL && made.matched < binding->matched)) {
            continue;
        }
        bool better = search->best == NULL || made.matched > binding->matched;
        search->ties = better ? 1 : search->ties + 1;
        if (better) {
            buffer_reset(&search->tied);
            search->best = search->profiles[i];
            *binding = made;
        }
        buffer_printf(&search->tied, "%s%s", better ? "" : ", ", search->profiles[i]->name);
    }
    return search->best != NULL;
}

static enum result find_header(struct search *search, struct row_source *source,
                               struct binding *binding, struct arena *arena, struct error *error) {
    bool more = true;
    bool failed = false;
    for (int i = 0; i < HEADER_ROWS_MAX && search->best == NULL; i++) {
        struct row row;
        enum result code = row_source_next(source, &row, &more, error);
        if (code != RESULT_OK || !more) {
            return code;
        }
        try_row(search, &row, binding, arena, &failed);
        if (failed) {
            return error_no_memory(error);
        }
    }
    return RESULT_OK;
}

/* The sentence when no header was found, or too many profiles fit. */
static enum result judge(const struct search *search, const char *path, enum import_kind kind,
                         struct error *error) {
    if (search->best != NULL && search->ties == 1) {
        return RESULT_OK;
    }
    if (search->best != NULL) {
        return error_set(error, RESULT_USAGE,
                         _("Several profiles fit the columns of %s: %s; choose one with --map."),
                         path, buffer_text(&search->tied));
    }
    if (search->named) {
        return error_set(error, RESULT_INVALID,
                         _("%s has no header row with the columns that the profile \"%s\" reads; "
                           "missing: %s. Check the file, or choose another profile with --map."),
                         path, search->profiles[0]->name,
                         search->missing == NULL ? "" : search->missing);
    }
    struct buffer names = BUFFER_INIT;
    enum result code = list_names(kind, &names, error);
    if (code == RESULT_OK) {
        code = error_set(error, RESULT_USAGE,
                         _("No profile fits the columns of %s; choose one with --map (%s), or "
                           "write one for this file."),
                         path, buffer_text(&names));
    }
    buffer_free(&names);
    return code;
}

/* All carried profiles of the kind that may be chosen unasked. */
static enum result gather(struct search *search, enum import_kind kind, struct error *error) {
    for (size_t i = 0; i < CARRIED; i++) {
        struct profile *profile = NULL;
        enum result code = catalog_read(i, &profile, error);
        if (code != RESULT_OK) {
            return code;
        }
        if (profile->kind == kind && profile->automatic) {
            search->profiles[search->count++] = profile;
        } else {
            profile_free(profile);
        }
    }
    return RESULT_OK;
}

enum result catalog_bind(struct row_source *source, const char *path, enum import_kind kind,
                         struct profile **profile, struct binding *binding, struct arena *arena,
                         struct error *error) {
    struct search search = {.named = *profile != NULL, .tied = BUFFER_INIT};
    enum result code = RESULT_OK;
    if (search.named) {
        search.profiles[search.count++] = *profile;
    } else {
        code = gather(&search, kind, error);
    }
    if (code == RESULT_OK) {
        code = find_header(&search, source, binding, arena, error);
    }
    if (code == RESULT_OK) {
        code = judge(&search, path, kind, error);
    }
    for (size_t i = 0; i < search.count && !search.named; i++) {
        if (code == RESULT_OK && search.profiles[i] == search.best) {
            *profile = search.profiles[i];
        } else {
            profile_free(search.profiles[i]);
        }
    }
    buffer_free(&search.tied);
    return code;
}
