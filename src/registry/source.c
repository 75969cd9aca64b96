#include "registry/source.h"

#include "store/statement.h"

enum result source_find_or_add(struct store *store, const char *name, int64_t *id,
                               struct error *error) {
    enum result code = store_fetch_int(store, "SELECT id FROM source WHERE name = ?",
                                       VALUES(value_text(name)), 0, id, error);
    if (code != RESULT_OK || *id != 0) {
        return code;
    }
    code = store_execute(store, "INSERT INTO source (name) VALUES (?)", VALUES(value_text(name)),
                         error);
    *id = store_last_id(store);
    return code;
}
