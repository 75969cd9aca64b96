/* The workbook of a policy: its sheets, their columns and the words in them. One table says what
 * stands where; writing and reading both go by it. The Chinese titles are the format, the same in
 * whatever language the program speaks. */
#ifndef XINFENG_POLICY_POLICY_LAYOUT_H
#define XINFENG_POLICY_POLICY_LAYOUT_H

#include <stddef.h>

/* The sheets, in the order of their tabs. */
enum policy_sheet {
    POLICY_SHEET_GENERAL, /* one value a row */
    POLICY_SHEET_DIMENSIONS,
    POLICY_SHEET_INDICATORS,
    POLICY_SHEET_BANDS, /* bands, points of codes and steps of decay, by the indicator's code */
    POLICY_SHEET_DIRECT,
    POLICY_SHEET_MEASURES,
    POLICY_SHEET_COUNT
};

/* How a value of the document is written in a cell. An empty cell: the document does not have it.
 */
enum policy_shape {
    POLICY_SHAPE_TEXT,
    POLICY_SHAPE_NUMBER,
    POLICY_SHAPE_YUAN,      /* fen in the document */
    POLICY_SHAPE_WORD,      /* one of the column's words */
    POLICY_SHAPE_WORDS,     /* a list of them */
    POLICY_SHAPE_TEXTS,     /* a list of texts */
    POLICY_SHAPE_DIMENSION, /* by its name, or by its code */
    POLICY_SHAPE_RATE,      /* "5%", "1/5" */
    POLICY_SHAPE_SHOWN,     /* for people only: not read */
};

/* The lists of words that stand for codes. */
enum policy_words {
    POLICY_WORDS_NONE,
    POLICY_WORDS_ENTITY,
    POLICY_WORDS_KIND,
    POLICY_WORDS_ATTRIBUTE,
    POLICY_WORDS_SHARE,
    POLICY_WORDS_FACT,
    POLICY_WORDS_BY,
    POLICY_WORDS_RELATION,
    POLICY_WORDS_CLASS,
    POLICY_WORDS_MEASURE,
    POLICY_WORDS_BAND,
    POLICY_WORDS_MODE,
    POLICY_WORDS_COUNT
};

/* One column; in the general sheet one row. */
struct policy_column {
    const char *title;
    const char *key; /* way to the value in the document, from the row's object: "level.from" */
    enum policy_shape shape;
    enum policy_words words;
    int width;        /* columns of text that it takes at most */
    const char *hint; /* N_(): how it is filled in */
};

/* The name of a sheet. Static. */
const char *policy_sheet_name(enum policy_sheet sheet);

/* Its columns. Static. */
const struct policy_column *policy_sheet_columns(enum policy_sheet sheet, size_t *count);

/* The sheet that gives words beside their codes, for people, for the lists offered in cells, and
 * for readers in another language. */
#define POLICY_WORDS_SHEET "代码表"

/* The title of a list of words. Static. */
const char *policy_words_title(enum policy_words words);

/* The number of words of a list. */
size_t policy_words_count(enum policy_words words);

/* Code and word number index. The names of facts and relations are those of the language spoken.
 * Static. */
const char *policy_words_code(enum policy_words words, size_t index);
const char *policy_words_word(enum policy_words words, size_t index);

/* The word of a code; NULL when there is none. */
const char *policy_words_of(enum policy_words words, const char *code);

/* The code that a word, or the code itself, stands for; NULL when there is none. */
const char *policy_words_find(enum policy_words words, const char *word);

/* Columns of the sheets that code names. */
enum {
    POLICY_BAND_OWNER,
    POLICY_BAND_NAME,
    POLICY_BAND_WHAT,
    POLICY_BAND_FROM,
    POLICY_BAND_TO,
    POLICY_BAND_CODE,
    POLICY_BAND_MEANING,
    POLICY_BAND_POINTS,
    POLICY_BAND_PERCENT
};
enum { POLICY_MEASURE_CLASS };

/* The codes of POLICY_WORDS_BAND, in their order. */
enum { POLICY_BAND_IS_BAND, POLICY_BAND_IS_CODE, POLICY_BAND_IS_STEP };

#endif
