/* The types of relations between enterprises and those behind them (O5, O9: 关联关系). */
#ifndef XINFENG_REGISTRY_RELATION_TYPE_H
#define XINFENG_REGISTRY_RELATION_TYPE_H

#include <stdint.h>

/* The one table of types of relations: stable code, as stored, and English name. */
#define RELATION_TYPE_TABLE(X)                                                                     \
    X(legal_representative, N_("legal representative"))                                            \
    X(shareholder, N_("shareholder"))                                                              \
    X(officer, N_("officer"))                                                                      \
    X(branch, N_("branch"))                                                                        \
    X(investment, N_("investment"))                                                                \
    X(same_address, N_("same address"))                                                            \
    X(agent, N_("agent"))

enum relation_type {
#define RELATION_TYPE_ENUM(code, name) RELATION_TYPE_##code,
    RELATION_TYPE_TABLE(RELATION_TYPE_ENUM)
#undef RELATION_TYPE_ENUM
        RELATION_TYPE_COUNT
};

/* The type of a code; RELATION_TYPE_COUNT when there is none. */
enum relation_type relation_type_find(const char *code);

/* The stable code of a type. */
const char *relation_type_code(enum relation_type type);

/* The translated name of a type. */
const char *relation_type_name(enum relation_type type);

#endif
