#include "intake/binding.h"

#include "base/buffer.h"
#include "intake/value_money.h"

#include <stdlib.h>
#include <string.h>

/* The columns that bear one of the headers, the first of each. */
static size_t find_columns(const struct binding *binding, const struct profile_headers *headers,
                           bool only_first, size_t *columns) {
    size_t found = 0;
    for (size_t i = 0; i < headers->count && !(only_first && found > 0); i++) {
        for (size_t j = 0; j < binding->header_count; j++) {
            if (strcmp(headers->items[i].key, binding->keys[j]) == 0) {
                columns[found++] = j;
                break;
            }
        }
    }
    return found;
}

/* What a bare number counts: as the profile says, else as the header does, else yuan. */
static int64_t unit_of(const struct profile_field *field, const char *header_key) {
    if (field->unit != 0) {
        return field->unit;
    }
    return strstr(header_key, "万") != NULL ? MONEY_TEN_THOUSAND_YUAN : MONEY_YUAN;
}

static bool bind_field(struct binding *binding, const struct profile_field *field,
                       struct bound_field *bound, struct arena *arena) {
    size_t most = field->column.count + field->otherwise.count + 1;
    bound->field = field;
    bound->columns = arena_alloc(arena, most * sizeof(*bound->columns));
    bound->units = arena_alloc(arena, most * sizeof(*bound->units));
    bound->currencies = arena_alloc(arena, (field->currency.count + 1) * sizeof(size_t));
    if (bound->columns == NULL || bound->units == NULL || bound->currencies == NULL) {
        return false;
    }
    bound->column_count = find_columns(binding, &field->column, true, bound->columns);
    bound->column_count +=
        find_columns(binding, &field->otherwise, false, bound->columns + bound->column_count);
    bound->currency_count = find_columns(binding, &field->currency, true, bound->currencies);
    for (size_t i = 0; i < bound->column_count; i++) {
        bound->units[i] = unit_of(field, binding->keys[bound->columns[i]]);
    }
    return true;
}

/* Copies the header's texts and keys. */
static bool copy_headers(struct binding *binding, const struct row *row, struct arena *arena) {
    binding->header_count = row->count;
    binding->width = row->width;
    binding->line = row->line;
    binding->headers = arena_alloc(arena, (row->count + 1) * sizeof(*binding->headers));
    binding->keys = arena_alloc(arena, (row->count + 1) * sizeof(*binding->keys));
    if (binding->headers == NULL || binding->keys == NULL) {
        return false;
    }
    for (size_t i = 0; i < row->count; i++) {
        char *key = profile_header_key(row->cells[i]);
        binding->headers[i] = arena_strdup(arena, row->cells[i]);
        binding->keys[i] = key == NULL ? NULL : arena_strdup(arena, key);
        free(key);
        if (binding->headers[i] == NULL || binding->keys[i] == NULL) {
            return false;
        }
    }
    return true;
}

/* How many columns of the file some field reads. */
static size_t count_matched(const struct binding *binding) {
    size_t matched = 0;
    for (size_t column = 0; column < binding->header_count; column++) {
        bool read = false;
        for (size_t i = 0; i < binding->field_count && !read; i++) {
            const struct bound_field *bound = &binding->fields[i];
            for (size_t j = 0; j < bound->column_count && !read; j++) {
                read = bound->columns[j] == column;
            }
        }
        matched += read;
    }
    return matched;
}

bool binding_make(struct binding *binding, const struct profile *profile, const struct row *row,
                  struct arena *arena, const char **missing, bool *failed) {
    *binding = (struct binding){.profile = profile, .field_count = profile->field_count};
    *failed = true;
    if (!copy_headers(binding, row, arena)) {
        return false;
    }
    binding->fields = arena_alloc(arena, (profile->field_count + 1) * sizeof(*binding->fields));
    if (binding->fields == NULL) {
        return false;
    }
    struct buffer lacking = BUFFER_INIT;
    bool fits = true;
    for (size_t i = 0; i < profile->field_count; i++) {
        const struct profile_field *field = &profile->fields[i];
        if (!bind_field(binding, field, &binding->fields[i], arena)) {
            buffer_free(&lacking);
            return false;
        }
        size_t first = 0;
        if (field->required && find_columns(binding, &field->column, true, &first) == 0) {
            buffer_printf(&lacking, "%s%s", fits ? "" : ", ", field->column.items[0].text);
            fits = false;
        }
    }
    if (missing != NULL) {
        *missing = arena_strdup(arena, buffer_text(&lacking));
    }
    *failed = lacking.failed || (missing != NULL && *missing == NULL);
    buffer_free(&lacking);
    binding->matched = count_matched(binding);
    return fits && !*failed;
}

const struct bound_field *binding_field(const struct binding *binding, int index) {
    for (size_t i = 0; i < binding->field_count; i++) {
        if (binding->fields[i].field->index == index) {
            return &binding->fields[i];
        }
    }
    return NULL;
}
