/* What a guess about a column rests on. */
#ifndef XINFENG_INTAKE_GUESS_WHY_H
#define XINFENG_INTAKE_GUESS_WHY_H

enum guess_why {
    GUESS_NOTHING,
    GUESS_HEADER,
    GUESS_VALUES,
    GUESS_BOTH,
    GUESS_PROFILE, /* a profile made for such files says so */
    GUESS_PERSON,  /* a person said so */
};

/* Below this a guess is only shown, never used. */
#define GUESS_LEAST 40

/* From here on a guess may be used without a person having looked at it. */
#define GUESS_SURE 60

/* The translated words for it. */
const char *guess_why_name(enum guess_why why);

#endif
