/* Names of persons and firms of the sample county. */
#ifndef XINFENG_SAMPLE_NAME_H
#define XINFENG_SAMPLE_NAME_H

#include "sample-db/words.h"

/* A person's name in the arena: Han, Hui, Kazakh or Uyghur, the latter two as a name and the
 * father's behind a point. *surname is the Chinese surname, or NULL. NULL when memory is short. */
const char *sample_person_name(const struct sample_words *words, struct sample_random *random,
                               struct arena *arena, const char **surname);

/* Gives names to firms and remembers them, so that no two are alike. */
struct sample_namer;

/* Room for `firms` names; free with sample_namer_free. NULL when memory is short. */
struct sample_namer *sample_namer_new(const struct sample_words *words, size_t firms);

/* What a name is made for. */
struct sample_name_request {
    const struct sample_trade *trade;
    const struct sample_form *form;
    const struct sample_place *place;
    const char *surname; /* of the owner, or NULL */
};

/* A name in the arena; one firm in some hundreds gets one close to that of the firm before it, as
 * registers have them. NULL when memory is short. */
const char *sample_namer_make(struct sample_namer *namer, const struct sample_name_request *request,
                              struct sample_random *random, struct arena *arena);

/* NULL is harmless. */
void sample_namer_free(struct sample_namer *namer);

#endif
