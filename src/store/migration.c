#include "store/migration.h"

#include "embedded.h"

static const char *const scripts[] = {
    embedded_schema_001, embedded_schema_002, embedded_schema_003, embedded_schema_004,
    embedded_schema_005, embedded_schema_006, embedded_schema_007, embedded_schema_008,
    embedded_schema_009, embedded_schema_010, embedded_schema_011, embedded_schema_012,
    embedded_schema_013, embedded_schema_014, embedded_schema_015, embedded_schema_016};

int migration_latest(void) {
    return (int)(sizeof(scripts) / sizeof(scripts[0]));
}

const char *migration_sql(int version) {
    return scripts[version - 1];
}
