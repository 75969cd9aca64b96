#include "registry/source.h"

#include "store/statement.h"

#include <stdlib.h>

struct source_writer {
    struct store *store;
    struct statement *find;
    struct statement *add;
};

enum result source_writer_new(struct source_writer **writer, struct store *store,
                              struct error *error) {
    *writer = NULL;
    struct source_writer *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    made->store = store;
    const struct statement_wanted wanted[] = {
        {&made->find, "SELECT id FROM source WHERE name = ?"},
        {&made->add, "INSERT INTO source (name) VALUES (?)"},
    };
    enum result code = statements_prepare(store, wanted, sizeof(wanted) / sizeof(wanted[0]), error);
    if (code != RESULT_OK) {
        source_writer_free(made);
        return code;
    }
    *writer = made;
    return RESULT_OK;
}

enum result source_writer_id(struct source_writer *writer, const char *name, int64_t *id,
                             struct error *error) {
    enum result code = statement_fetch_int(writer->find, VALUES(value_text(name)), 0, id, error);
    if (code == RESULT_OK && *id == 0) {
        code = statement_run(writer->add, VALUES(value_text(name)), error);
        *id = store_last_id(writer->store);
    }
    return code;
}

void source_writer_free(struct source_writer *writer) {
    if (writer == NULL) {
        return;
    }
    statement_free(writer->find);
    statement_free(writer->add);
    free(writer);
}
