/* What a file is understood to be: its header, and the profile it is taken in by, whether named,
 * known by its columns, or guessed. Shared by taking in and by the preview. */
#ifndef XINFENG_INTAKE_UNDERSTAND_H
#define XINFENG_INTAKE_UNDERSTAND_H

#include "intake/binding.h"
#include "intake/guess.h"
#include "intake/said.h"
#include "store/store.h"

/* A file understood. Everything but the profile lives in the arena. */
struct understanding {
    struct profile *profile; /* what it is taken in by; NULL while something is missing */
    struct binding binding;  /* of the profile, while there is one */
    struct header_row header;
    struct guess guess;  /* the columns, whoever told them */
    const char *base;    /* the document that the profile rests on */
    bool guessed;        /* no profile made for such files was found */
    const char *missing; /* what a person has to say first, a sentence; NULL: nothing */
};

/* Understands the first rows of a file. label is what sentences call the file, name what its own
 * name and sheet are. A file that cannot be taken in as it stands is no failure: *missing tells
 * why. RESULT_INVALID when it has no header at all; RESULT_NOT_FOUND, RESULT_USAGE for what was
 * said wrongly. *understanding is all zero, or its guess is one about the same rows as another
 * kind, in the same arena, which saves half of the work. Release with understanding_clear. */
enum result understand(struct store *store, const struct sample *sample, const char *label,
                       const char *name, enum import_kind kind, const struct said *said,
                       struct arena *arena, struct understanding *understanding,
                       struct error *error);

/* Makes the profile anew after the guess was changed: the columns by a person, or the type. name
 * and title of the profile may be NULL. */
enum result understanding_settle(struct understanding *understanding, const struct sample *sample,
                                 const char *label, const char *name, const char *title,
                                 struct arena *arena, struct error *error);

/* Gives a column (its number) to a field (-1: to none), as a person says; the field's former column
 * becomes free unless the field takes several. */
void understanding_assign(struct understanding *understanding, size_t column, int field);

/* The document of the present mapping, on the heap (free); NULL when memory is short. */
char *understanding_document(const struct understanding *understanding, const char *name,
                             const char *title);

/* Frees the profile. */
void understanding_clear(struct understanding *understanding);

#endif
