/* The fields of facts, in the order of kind_facts.fields; each has a place in struct fact or beside
 * it. */
#ifndef XINFENG_INTAKE_KIND_FACT_H
#define XINFENG_INTAKE_KIND_FACT_H

#include "intake/kind.h"

enum fact_field {
    FACT_FIELD_NAME,
    FACT_FIELD_USCC,
    FACT_FIELD_NUMBER,
    FACT_FIELD_TYPE,
    FACT_FIELD_OCCURRED_ON,
    FACT_FIELD_ENDED_ON,
    FACT_FIELD_AMOUNT,
    FACT_FIELD_LEVEL,
    FACT_FIELD_DOCUMENT,
    FACT_FIELD_TITLE,
    FACT_FIELD_AGENCY,
    FACT_FIELD_RECORD,
    FACT_FIELD_STATUS,
};

/* Reads the fields of the binding, but for who the row is about, into reader->mapped, without
 * asking whether they make a fact. */
enum result kind_fact_read_fields(struct cell_reader *reader);

#endif
