/* The record of the teams of a draw (`*.teams.json`): roster, teams as assigned and every change,
 * beside the record of the draw, from which an outsider who has the frame computes them again. It
 * names persons and whom they are recused from, so it is for inside only. */
#ifndef XINFENG_DRAW_TEAM_RECORD_H
#define XINFENG_DRAW_TEAM_RECORD_H

#include "draw/record.h"
#include "draw/team_history.h"

/* The value of the key "format". */
#define DRAW_TEAM_RECORD_FORMAT "xinfeng-teams/1"

/* Computes teams and writes their record, byte for byte as its file has it; a heap string. The
 * plan's number and the frame's file name go into it. As draw_team_replay. */
enum result draw_team_record_write(char **text, const struct draw_team_source *source,
                                   const char *number, const char *frame_file, struct error *error);

/* The name of the frame's file that a record gives, and the number of teams in it; texts live in
 * the arena. RESULT_INVALID when it is no such record. */
struct draw_team_record_head {
    const char *number;
    const char *draw_id;
    const char *seed;
    const char *frame_file;
    size_t team_count;
};
enum result draw_team_record_read_head(const char *text, size_t length, struct arena *arena,
                                       struct draw_team_record_head *head, struct error *error);

/* Computes the teams of a record again from the frame's text. With the record of the draw, which
 * may be NULL, they must besides be of that draw, and every unit drawn must have one. RESULT_OK, or
 * RESULT_MISMATCH naming the first value that differs; RESULT_INVALID when it cannot be read at
 * all. */
enum result draw_team_record_verify(const char *text, size_t length, const char *frame_text,
                                    size_t frame_length, const struct draw_record *draw,
                                    struct error *error);

#endif
