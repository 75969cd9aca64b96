/* A field that a mapping profile can fill, and how its cells are read. */
#ifndef XINFENG_INTAKE_FIELD_H
#define XINFENG_INTAKE_FIELD_H

/* How a cell of the field is read. */
enum field_shape {
    SHAPE_TEXT,
    SHAPE_NAME, /* of the enterprise */
    SHAPE_CODE, /* any code of the enterprise */
    SHAPE_DATE,
    SHAPE_TERM_END, /* a day, or a term that ends on it */
    SHAPE_MONEY,
    SHAPE_INTEGER,
    SHAPE_RATE,     /* a share, in hundredths of a percent: 5%, 0.05 */
    SHAPE_TIMES,    /* how often: 2, 每年不超过2次 */
    SHAPE_FLAG,     /* 是 or 否 */
    SHAPE_WORD,     /* one of the program's own words, mostly through a map */
    SHAPE_REGION,   /* division code */
    SHAPE_INDUSTRY, /* GB/T 4754 code */
};

/* One field. */
struct field {
    const char *name;  /* as profiles spell it */
    const char *title; /* N_(): what a person calls it */
    enum field_shape shape;
};

#endif
