#include "intake/catalog.h"

#include "base/buffer.h"
#include "base/gettext.h"
#include "embedded.h"
#include "intake/profile_store.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    const char *json;
} carried[] = {
    {"enterprises", embedded_enterprises},
    {"facts", embedded_facts},
    {"inspectors", embedded_inspectors},
    {"recusals", embedded_recusals},
    {"matters", embedded_matters},
    {"grades", embedded_grades},
    {"relations", embedded_relations},
    {"results", embedded_results},
    {"classes", embedded_classes},
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

const char *catalog_name(size_t index) {
    return carried[index].name;
}

const char *catalog_document(const char *name) {
    for (size_t i = 0; i < CARRIED; i++) {
        if (strcmp(carried[i].name, name) == 0) {
            return carried[i].json;
        }
    }
    return NULL;
}

bool catalog_general(const char *name) {
    return kind_find(name) != IMPORT_KIND_COUNT;
}

const char *catalog_general_document(enum import_kind kind) {
    return catalog_document(kind_of(kind)->code);
}

/* ---- by name --------------------------------------------------------------------------------- */

/* The names of the profiles of a kind, for sentences. */
static enum result list_names(struct store *store, enum import_kind kind, struct buffer *names,
                              struct error *error) {
    enum result code = profile_store_names(store, kind, names, error);
    for (size_t i = 0; code == RESULT_OK && i < CARRIED; i++) {
        struct profile *profile = NULL;
        code = catalog_read(i, &profile, error);
        if (code == RESULT_OK && profile->kind == kind) {
            buffer_printf(names, "%s%s", names->length == 0 ? "" : ", ", profile->name);
        }
        profile_free(profile);
    }
    return code == RESULT_OK && names->failed ? error_no_memory(error) : code;
}

static enum result not_found(struct store *store, const char *name, enum import_kind kind,
                             struct error *error) {
    struct buffer names = BUFFER_INIT;
    enum result code = list_names(store, kind, &names, error);
    if (code == RESULT_OK) {
        code = error_set(error, RESULT_NOT_FOUND,
                         _("There is no profile \"%s\"; choose one of %s, or name a file of your "
                           "own ending in .json."),
                         name, buffer_text(&names));
    }
    buffer_free(&names);
    return code;
}

bool catalog_is_path(const char *text) {
    size_t length = strlen(text);
    return strchr(text, '/') != NULL || (length > 5 && strcmp(text + length - 5, ".json") == 0);
}

/* The profile of a name: saved, else carried. */
static enum result open_named(struct store *store, const char *name, enum import_kind kind,
                              struct profile **profile, struct error *error) {
    enum result code = profile_store_load(store, name, profile, error);
    if (code != RESULT_OK || *profile != NULL) {
        return code;
    }
    size_t index = 0;
    while (index < CARRIED && strcmp(carried[index].name, name) != 0) {
        index++;
    }
    return index == CARRIED ? not_found(store, name, kind, error)
                            : catalog_read(index, profile, error);
}

enum result catalog_open(struct store *store, const char *name_or_path, enum import_kind kind,
                         struct profile **profile, struct error *error) {
    *profile = NULL;
    enum result code = catalog_is_path(name_or_path)
                           ? profile_load(profile, name_or_path, error)
                           : open_named(store, name_or_path, kind, profile, error);
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

/* ---- by the columns -------------------------------------------------------------------------- */

enum result catalog_bind(const struct sample *sample, const char *label,
                         const struct profile *profile, struct binding *binding,
                         struct arena *arena, struct error *error) {
    const char *lacking = "";
    size_t nearest = 0;
    for (size_t i = 0; i < sample->count && i < HEADER_ROWS_MAX; i++) {
        bool failed = false;
        const char *missing = NULL;
        struct binding made;
        bool fits = binding_make(&made, profile, &sample->rows[i], arena, &missing, &failed);
        if (failed) {
            return error_no_memory(error);
        }
        if (fits) {
            *binding = made;
            return RESULT_OK;
        }
        if (lacking[0] == '\0' || made.matched > nearest) {
            lacking = missing;
            nearest = made.matched;
        }
    }
    return error_set(error, RESULT_INVALID,
                     _("%s has no header row with the columns that the profile \"%s\" reads; "
                       "missing: %s. Check the file, or choose another profile with --map."),
                     label, profile->name, lacking);
}

/* What is known while profiles are tried. */
struct search {
    const struct sample *sample;
    struct arena *arena;
    struct profile *best;
    struct binding binding;
    int rank; /* of the best: 2 saved by a person, 1 particular, 0 general */
    size_t row;
    bool tied;
    struct buffer names; /* of the best, when several */
};

/* The first row that a profile fits; false when none does. */
static bool try_profile(const struct search *search, const struct profile *profile,
                        struct binding *binding, size_t *row, bool *failed) {
    *failed = false;
    for (*row = 0; *row < search->sample->count && *row < HEADER_ROWS_MAX; (*row)++) {
        if (binding_make(binding, profile, &search->sample->rows[*row], search->arena, NULL,
                         failed)) {
            return true;
        }
        if (*failed) {
            return false;
        }
    }
    return false;
}

/* Looks at one profile, which is taken over. */
static enum result consider(struct search *search, struct profile *profile, int rank,
                            struct error *error) {
    struct binding binding;
    size_t row = 0;
    bool failed = false;
    if (!try_profile(search, profile, &binding, &row, &failed)) {
        profile_free(profile);
        return failed ? error_no_memory(error) : RESULT_OK;
    }
    int better = search->best == NULL   ? 1
                 : row != search->row   ? (row < search->row ? 1 : -1)
                 : rank != search->rank ? rank - search->rank
                                        : (binding.matched > search->binding.matched) -
                                              (binding.matched < search->binding.matched);
    if (better > 0) {
        profile_free(search->best);
        search->best = profile;
        search->binding = binding;
        search->row = row;
        search->rank = rank;
        search->tied = false;
        buffer_reset(&search->names);
        buffer_append_text(&search->names, profile->name);
        return RESULT_OK;
    }
    if (better == 0) {
        search->tied = true;
        buffer_printf(&search->names, ", %s", profile->name);
    }
    profile_free(profile);
    return RESULT_OK;
}

static enum result consider_carried(struct search *search, enum import_kind kind,
                                    struct error *error) {
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < CARRIED; i++) {
        struct profile *profile = NULL;
        code = catalog_read(i, &profile, error);
        if (code == RESULT_OK && profile->kind == kind && profile->automatic) {
            code = consider(search, profile, catalog_general(profile->name) ? 0 : 1, error);
        } else {
            profile_free(profile);
        }
    }
    return code;
}

static enum result consider_saved(struct search *search, struct store *store, enum import_kind kind,
                                  struct error *error) {
    struct profile **profiles = NULL;
    size_t count = 0;
    enum result code = profile_store_load_all(store, kind, &profiles, &count, error);
    for (size_t i = 0; i < count; i++) {
        if (code == RESULT_OK) {
            code = consider(search, profiles[i], 2, error);
        } else {
            profile_free(profiles[i]);
        }
    }
    free(profiles);
    return code;
}

enum result catalog_choose(struct store *store, const struct sample *sample, const char *label,
                           enum import_kind kind, struct profile **profile, struct binding *binding,
                           struct arena *arena, struct error *error) {
    struct search search = {.sample = sample, .arena = arena, .names = BUFFER_INIT};
    *profile = NULL;
    enum result code = consider_saved(&search, store, kind, error);
    if (code == RESULT_OK) {
        code = consider_carried(&search, kind, error);
    }
    if (code == RESULT_OK && search.tied) {
        code = error_set(error, RESULT_USAGE,
                         _("Several profiles fit the columns of %s: %s; choose one with --map."),
                         label, buffer_text(&search.names));
    }
    buffer_free(&search.names);
    if (code != RESULT_OK) {
        profile_free(search.best);
        return code;
    }
    *profile = search.best;
    *binding = search.binding;
    return RESULT_OK;
}
