#include "intake/preview_state.h"

#include <stdlib.h>

/* A profile and what it points to, in one piece. */
struct stand_in {
    struct profile profile;
    struct profile_field field;
    struct profile_header header;
    size_t column;
};

enum result preview_bind_alone(const struct preview *preview, size_t column, int field,
                               struct arena *arena, struct binding *binding, struct error *error) {
    const struct understanding *understanding = &preview->understanding;
    const struct row *header = &understanding->header.row;
    struct stand_in *made = arena_alloc(arena, sizeof(*made));
    char *key = profile_header_key(row_cell(header, column));
    const char *kept = key == NULL ? NULL : arena_strdup(arena, key);
    bool failed = false;
    free(key);
    if (made == NULL || kept == NULL) {
        return error_no_memory(error);
    }
    made->column = column;
    made->profile = (struct profile){.kind = understanding->guess.kind, .name = ""};
    if (field >= 0) {
        made->header = (struct profile_header){row_cell(header, column), kept};
        made->field = (struct profile_field){.index = field,
                                             .field = kind_of(made->profile.kind)->fields[field],
                                             .column = {&made->header, 1}};
        made->profile.fields = &made->field;
        made->profile.field_count = 1;
    }
    if (!binding_make(binding, &made->profile, header, arena, NULL, &failed)) {
        return error_no_memory(error); /* nothing is required that could be missing */
    }
    if (binding->field_count == 1) {
        binding->fields[0].columns = &made->column; /* of two columns with one header, this one */
        binding->fields[0].column_count = 1;
    }
    return RESULT_OK;
}
