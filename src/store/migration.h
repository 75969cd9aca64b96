/* The numbered migrations of the schema, from schema-001.sql on. */
#ifndef XINFENG_STORE_MIGRATION_H
#define XINFENG_STORE_MIGRATION_H

/* The newest schema version this program knows. */
int migration_latest(void);

/* The SQL that brings a database from version - 1 to version, 1 <= version <= migration_latest().
 * Static. */
const char *migration_sql(int version);

#endif
