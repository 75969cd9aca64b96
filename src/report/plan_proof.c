#include "report/plan_proof.h"

#include "base/gettext.h"
#include "book/escape.h"
#include "draw/ticket.h"
#include "report/plan_words.h"

#include <string.h>

/* Bytes of the record in one cell; a cell holds 32,767 at most, escapes and all. */
#define CELL_BYTES 16000
_Static_assert(BOOK_ESCAPE_GROWTH(CELL_BYTES) <= 32767, "a cell takes them even if all is escaped");

static const struct sheet_column columns[] = {
    {NULL, 20, 20, SHEET_LABEL},
    {NULL, 118, 118, SHEET_TEXT},
};

#define COLUMN_COUNT (sizeof(columns) / sizeof(columns[0]))

static void put_row(struct sheet *sheet, const char *label, enum sheet_style style,
                    const char *text) {
    SHEET_PUT(sheet, sheet_text(SHEET_LABEL, label), sheet_text(style, text));
}

/* A text as one word of a shell: in quotes, a quote in it as '\\''. */
static const char *shell_word(const char *text, struct arena *arena) {
    char *word = arena_alloc(arena, 4 * strlen(text) + 3);
    if (word == NULL) {
        return "";
    }
    char *end = word;
    *end++ = '\'';
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            end = stpcpy(end, "'\\''");
        } else {
            *end++ = *text;
        }
    }
    *end++ = '\'';
    *end = '\0';
    return word;
}

static void put_digests(struct sheet *sheet, const struct plan_material *material) {
    const struct draw_record *record = material->record;
    sheet_gap(sheet, 6);
    sheet_line(sheet, SHEET_SECTION, _("1. What was fixed, and when"));
    put_row(sheet, _("Draw id"), SHEET_DIGEST, record->draw_id);
    put_row(sheet, _("Frame digest"), SHEET_DIGEST, record->frame_digest);
    put_row(sheet, _("Measures digest"), SHEET_DIGEST, record->measures_digest);
    if (record->roster_digest != NULL) {
        put_row(sheet, _("Roster digest"), SHEET_DIGEST, record->roster_digest);
    }
    put_row(sheet, _("Public seed"), SHEET_DIGEST, record->seed);
    put_row(sheet, _("Source of the seed"), SHEET_TEXT, record->seed_source);
    put_row(sheet, _("Record digest"), SHEET_DIGEST, record->record_digest);
    put_row(sheet, _("Order of events"), SHEET_TEXT,
            arena_printf(material->arena,
                         _("Frame frozen %s; digests committed %s; seed entered %s; drawn %s."),
                         plan_words_moment(material->plan.frozen_at, material->arena),
                         plan_words_moment(material->plan.committed_at, material->arena),
                         plan_words_moment(material->plan.seeded_at, material->arena),
                         plan_words_moment(material->plan.drawn_at, material->arena)));
}

static void put_commands(struct sheet *sheet, const struct plan_material *material) {
    struct arena *arena = material->arena;
    sheet_gap(sheet, 6);
    sheet_line(sheet, SHEET_SECTION, _("2. Compute the whole draw again"));
    put_row(sheet, _("Files of the draw"), SHEET_TEXT,
            arena_printf(arena,
                         _("%s: this workbook. %s: the record of the draw (this workbook carries "
                           "a copy in a hidden sheet). %s: the frame, every unit that could be "
                           "drawn. Keep the three in one folder."),
                         material->workbook_file, material->record_file, material->frame_file));
    put_row(sheet, _("With the program"), SHEET_DIGEST,
            arena_printf(arena, "xinfeng verify %s\nxinfeng verify %s --frame %s",
                         material->workbook_file, material->record_file, material->frame_file));
    put_row(sheet, _("Without it"), SHEET_DIGEST,
            material->teams_text == NULL
                ? arena_printf(arena, "python3 verify_draw.py %s %s", material->record_file,
                               material->frame_file)
                : arena_printf(arena, "python3 verify_draw.py %s %s\npython3 verify_teams.py %s %s",
                               material->record_file, material->frame_file, material->teams_file,
                               material->frame_file));
    put_row(sheet, _("What they answer"), SHEET_TEXT,
            _("Both compute allocation, tickets and list from the frame, the measures and the seed "
              "alone. They answer OK, or name the first thing that differs. The script needs "
              "Python 3 and nothing else, comes with the program, and is short enough to be read "
              "before it is trusted."));
    put_row(sheet, _("The frame alone"), SHEET_DIGEST,
            arena_printf(arena, "sha256sum %s\n%s", material->frame_file,
                         material->record->frame_digest));
}

/* The unit to work out by hand: the first that chance chose, as there the cut-off decides. */
static const struct draw_record_unit *example_unit(const struct draw_record *record) {
    for (size_t i = 0; i < record->unit_count; i++) {
        if (record->units[i].method == DRAW_METHOD_RANDOM) {
            return &record->units[i];
        }
    }
    return record->unit_count == 0 ? NULL : &record->units[0];
}

static const struct draw_record_stratum *stratum_of(const struct draw_record *record,
                                                    const char *code) {
    size_t i = 0;
    while (i + 1 < record->stratum_count && strcmp(record->strata[i].code, code) != 0) {
        i++;
    }
    return &record->strata[i];
}

static void put_ticket(struct sheet *sheet, const struct plan_material *material,
                       const struct draw_record_unit *unit, const char *key) {
    const struct draw_record *record = material->record;
    const struct draw_record_stratum *stratum = stratum_of(record, unit->stratum);
    struct arena *arena = material->arena;
    sheet_gap(sheet, 6);
    sheet_line(sheet, SHEET_SECTION, _("3. Work one ticket out by hand"));
    put_row(sheet, _("Unit worked out"), SHEET_TEXT,
            arena_printf(arena, _("%s  %s, rank %llu in stratum %s (%s), %llu drawn of %llu"),
                         unit->id, unit->name, (unsigned long long)unit->rank, stratum->code,
                         plan_words_stratum(stratum, arena), (unsigned long long)stratum->drawn,
                         (unsigned long long)stratum->population));
    put_row(sheet, _("Key of the draw"), SHEET_DIGEST,
            arena_printf(arena,
                         "printf 'draw-ticket/1\\n%%s\\nunit\\n%%s\\n' %s %s | sha256sum\n%s",
                         shell_word(record->draw_id, arena), shell_word(record->seed, arena), key));
    put_row(sheet, _("Its ticket"), SHEET_DIGEST,
            arena_printf(arena, "printf '%%s%%s' %s %s | sha256sum\n%s", key,
                         shell_word(unit->id, arena), unit->ticket));
    put_row(sheet, _("Cut-off ticket"), SHEET_DIGEST, stratum->cutoff_ticket);
    put_row(sheet, _("How to read it"), SHEET_TEXT,
            _("Tickets are compared from the left, digit by digit (0-9 before a-f). Within a "
              "stratum the smallest tickets are drawn; the cut-off is the greatest that was. Work "
              "out any enterprise of the stratum the same way: it is on the list exactly when its "
              "ticket is not greater than the cut-off."));
}

enum result plan_proof_put(struct sheet *sheet, const struct plan_material *material,
                           struct error *error) {
    const struct draw_record *record = material->record;
    struct draw_key *key = NULL;
    enum result code = draw_key_new(&key, record->draw_id, DRAW_PURPOSE_UNIT, record->seed, error);
    if (code != RESULT_OK) {
        return code;
    }
    const struct draw_record_unit *unit = example_unit(record);
    sheet_set_columns(sheet, columns, COLUMN_COUNT);
    sheet_settle(sheet);
    sheet_fit_page(sheet);
    sheet_line(sheet, SHEET_TITLE,
               arena_printf(material->arena, _("%s: verification"), material->plan.title));
    sheet_line(sheet, SHEET_PARAGRAPH,
               _("Who was drawn follows from three things alone: the frozen frame, the measures, "
                 "and a seed that nobody knew when the first two were fixed. Anyone who has the "
                 "files can compute the draw again, on any machine, and has to arrive at the same "
                 "list; a changed name, class, rate or digit shows."));
    put_digests(sheet, material);
    put_commands(sheet, material);
    if (unit != NULL) {
        put_ticket(sheet, material, unit, draw_key_hex(key));
    }
    draw_key_free(key);
    return RESULT_OK;
}

/* Bytes of the next cell: whole lines where they fit, never a part of a character. */
static size_t cell_length(const char *text) {
    size_t length = strnlen(text, CELL_BYTES);
    if (text[length] == '\0') {
        return length;
    }
    const char *end = memrchr(text, '\n', length);
    if (end != NULL) {
        return (size_t)(end - text) + 1;
    }
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80) {
        length--;
    }
    return length;
}

void plan_proof_put_text(struct sheet *sheet, const char *text) {
    static const struct sheet_column column = {NULL, 100, 100, SHEET_CODE};
    char cell[CELL_BYTES + 1];
    sheet_set_columns(sheet, &column, 1);
    sheet_settle(sheet);
    sheet_hide(sheet);
    while (*text != '\0') {
        size_t length = cell_length(text);
        memcpy(cell, text, length);
        cell[length] = '\0';
        SHEET_PUT(sheet, sheet_text(SHEET_CODE, cell));
        text += length;
    }
}
