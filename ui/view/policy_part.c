#include "ui/view/views.h"

#include "base/gettext.h"
#include "base/text.h"
#include "policy/policy_diff.h"
#include "policy/policy_edit.h"
#include "policy/policy_life.h"
#include "ui/kit/outline.h"
#include "ui/kit/prompt.h"
#include "ui/view/policy_page.h"
#include "ui/view/workstation.h"

#include <stdlib.h>
#include <string.h>

enum { NEXT = 1, PREVIOUS, UNDO };

static const struct action actions[] = {
    {NEXT,
     "next-entry",
     N_("the next indicator, rule or class"),
     N_("Next"),
     {']', PRESS_TAB},
     ACTION_SHOWN},
    {PREVIOUS,
     "previous-entry",
     N_("the one before"),
     N_("Previous"),
     {'[', PRESS_BACK_TAB},
     ACTION_SHOWN},
    {UNDO, "undo", N_("take the last change back"), N_("Undo"), {'U'}, ACTION_SHOWN},
    {0},
};

/* The values of one item, such as a band with its ends and points, or a single one. */
struct line {
    size_t first;
    size_t count;
};

struct part_page {
    struct workstation *workstation;
    int64_t id;
    struct policy_part part;
    struct arena *arena; /* of all that is shown; reset with each load */
    struct policy_shown shown;
    struct policy_value *values;
    struct line *lines;
    struct outline outline;
    struct policy *undo;           /* owned: as the draft was before the last change, or NULL */
    char changed[DIGEST_HEX_SIZE]; /* the digest that the change gave it */
};

/* ---- loading ----------------------------------------------------------------------------------
 */

static bool same_item(const struct policy_value *one, const struct policy_value *other) {
    return one->list != NULL && other->list != NULL && strcmp(one->list, other->list) == 0 &&
           one->item == other->item;
}

static enum result load(struct part_page *page, struct error *error) {
    size_t count = 0;
    arena_reset(page->arena);
    page->outline.count = 0;
    enum result code = policy_shown_load(&page->shown, page->workstation->store, page->id, error);
    if (code == RESULT_OK) {
        code = policy_values(page->shown.policy, &page->part, page->arena, &page->values, &count,
                             error);
    }
    page->lines =
        code == RESULT_OK ? arena_alloc(page->arena, (count + 1) * sizeof(*page->lines)) : NULL;
    if (code == RESULT_OK && page->lines == NULL) {
        code = error_no_memory(error);
    }
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        if (i > 0 && same_item(&page->values[i - 1], &page->values[i])) {
            page->lines[page->outline.count - 1].count++;
        } else {
            page->lines[page->outline.count++] = (struct line){i, 1};
        }
    }
    return code;
}

static void resume(struct view *view) {
    struct error error = ERROR_INIT;
    if (load(view->data, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    }
}

static void close_view(struct view *view) {
    struct part_page *page = view->data;
    policy_free(page->undo);
    policy_shown_free(&page->shown);
    arena_free(page->arena);
    free(page);
}

static enum result open_view(struct view *view, const void *argument, struct error *error) {
    const struct policy_part_argument *wanted = argument;
    struct part_page *page = calloc(1, sizeof(*page));
    if (page == NULL || (page->arena = arena_new()) == NULL) {
        free(page);
        return error_no_memory(error);
    }
    page->workstation = workstation_of(view);
    page->id = wanted->version;
    page->part = wanted->part;
    view->data = page;
    enum result code = load(page, error);
    if (code != RESULT_OK) {
        close_view(view);
        view->data = NULL;
    }
    return code;
}

/* ---- painting ---------------------------------------------------------------------------------
 */

/* What a line is: the title of its column, or of its item with its name. */
static void label_of(const struct policy_value *value, struct buffer *text) {
    static const char *const words[][2] = {
        {"bands", "band"}, {"codes", "code"}, {"decay", "decay"}};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (value->list != NULL && strcmp(value->list, words[i][0]) == 0) {
            buffer_printf(text, "%s  %s", policy_words_of(POLICY_WORDS_BAND, words[i][1]),
                          value->name);
            if (value->meaning[0] != '\0') {
                buffer_printf(text, " %s", value->meaning);
            }
            return;
        }
    }
    buffer_append_text(text, value->column->title);
}

/* The same with the title of the column: which value of the item. */
static void full_label_of(const struct policy_value *value, struct buffer *text) {
    label_of(value, text);
    if (value->list != NULL) {
        buffer_printf(text, "  %s", value->column->title);
    }
}

/* The value of a line; of an item its last one, the points or percents. */
static const struct policy_value *shown_value(const struct part_page *page, size_t place) {
    const struct line *line = &page->lines[place];
    return &page->values[line->first + line->count - 1];
}

static void paint_line(void *context, size_t place, struct region row, int on_cursor) {
    const struct part_page *page = context;
    const struct policy_value *value = shown_value(page, place);
    bool percent = value->list != NULL && strcmp(value->list, "decay") == 0;
    struct buffer label = BUFFER_INIT;
    int width = row.columns > 90 ? 34 : row.columns * 2 / 5;
    label_of(value, &label);
    paint_cell(row.row, row.column, width, (value->list == NULL ? ROLE_DIM : ROLE_TEXT) | on_cursor,
               buffer_text(&label), ALIGN_LEFT);
    buffer_free(&label);
    paint_text(row.row, row.column + width, 1, ROLE_TEXT | on_cursor, "", ALIGN_LEFT);
    int used = width + 1;
    if (value->text[0] == '\0') {
        paint_cell(row.row, row.column + used, row.columns - used, ROLE_DIM | on_cursor, "-",
                   ALIGN_LEFT);
        return;
    }
    const char *line_end = strchr(value->text, '\n');
    size_t length = line_end == NULL ? strlen(value->text) : (size_t)(line_end - value->text);
    struct buffer text = BUFFER_INIT;
    buffer_append(&text, value->text, length);
    buffer_append_text(&text, percent ? "%" : line_end != NULL ? " ~" : "");
    paint_cell(row.row, row.column + used, row.columns - used,
               (value->list == NULL ? ROLE_TEXT : ROLE_STRONG) | on_cursor, buffer_text(&text),
               ALIGN_LEFT);
    buffer_free(&text);
}

/* Code and name of what is shown. */
static void title_of(const struct part_page *page, struct buffer *text) {
    const struct policy *policy = page->shown.policy;
    size_t index = page->part.index;
    switch (page->part.sheet) {
    case POLICY_SHEET_INDICATORS:
        buffer_printf(text, "%s %s", policy->indicators[index].code,
                      policy->indicators[index].name);
        break;
    case POLICY_SHEET_DIMENSIONS:
        buffer_append_text(text, policy->dimensions[index].name);
        break;
    case POLICY_SHEET_DIRECT:
        buffer_printf(text, "%s %s", policy->direct[index].code, policy->direct[index].name);
        break;
    case POLICY_SHEET_MEASURES:
        buffer_printf(text, "%s %s", policy_sheet_name(POLICY_SHEET_MEASURES),
                      risk_class_letter((enum risk_class)index));
        break;
    default:
        buffer_append_text(text, policy_sheet_name(POLICY_SHEET_GENERAL));
        break;
    }
}

/* The hint of the value under the cursor, where there is room below the values. */
static void paint_hint(const struct part_page *page, struct region row) {
    const struct policy_value *value = shown_value(page, page->outline.cursor);
    paint_rule(row.row, row.column, row.columns, ROLE_CHROME);
    paint_cell(row.row + 1, row.column, row.columns, ROLE_DIM, _(value->column->hint), ALIGN_LEFT);
}

static void paint(struct view *view, struct region body) {
    struct part_page *page = view->data;
    struct buffer title = BUFFER_INIT;
    if (body.rows > 4) {
        struct region row = region_take_top(&body, 1);
        title_of(page, &title);
        paint_cell(row.row, row.column, row.columns, ROLE_STRONG, buffer_text(&title), ALIGN_LEFT);
        buffer_free(&title);
    }
    if (body.rows > 6 && page->outline.cursor < page->outline.count) {
        paint_hint(page, region_take_bottom(&body, 2));
    }
    outline_paint(&page->outline, body, paint_line, page);
}

/* ---- changing ---------------------------------------------------------------------------------
 */

/* Puts another document in place of the draft; the page has it then, with that before for an undo.
 */
static enum result keep(struct view *view, struct policy *edited, struct error *error) {
    struct part_page *page = view->data;
    enum result code =
        policy_draft_change(page->workstation->store, page->id, page->shown.version.digest, edited,
                            &page->workstation->actor, error);
    if (code != RESULT_OK) {
        policy_free(edited);
        return code;
    }
    policy_free(page->undo);
    page->undo = page->shown.policy;
    page->shown.policy = edited;
    memcpy(page->changed, edited->digest, sizeof(page->changed));
    return RESULT_OK;
}

/* Asks for one word of those that the value may be; on the heap, NULL after Esc. */
static char *choose_word(struct view *view, const struct policy_value *value) {
    const char *words[64];
    enum policy_words list = value->column->words;
    size_t count = policy_words_count(list);
    size_t now = 0;
    count = count > 64 ? 64 : count;
    for (size_t i = 0; i < count; i++) {
        words[i] = policy_words_word(list, i);
        now = strcmp(words[i], value->text) == 0 ? i : now;
    }
    int chosen = prompt_choose(view->screen, value->column->title, words, count, now);
    return chosen < 0 ? NULL : strdup(words[chosen]);
}

/* Lets words of a list be marked; those that are marked, a line each, on the heap. NULL after Esc,
 * and when no mark changed: the order of the words stays as it is then. */
static char *mark_words(struct view *view, const struct policy_value *value) {
    const char *words[64];
    enum policy_words list = value->column->words;
    size_t count = policy_words_count(list);
    uint64_t flags = 0;
    struct buffer text = BUFFER_INIT;
    count = count > 64 ? 64 : count;
    for (size_t i = 0; i < count; i++) {
        words[i] = policy_words_word(list, i);
        flags |= policy_value_has(value, policy_words_code(list, i)) ? UINT64_C(1) << i : 0;
    }
    uint64_t before = flags;
    if (!prompt_mark(view->screen, value->column->title, words, count, &flags) || flags == before) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if ((flags >> i & 1) != 0) {
            buffer_printf(&text, "%s\n", words[i]);
        }
    }
    return text.length == 0 ? strdup("") : buffer_take(&text);
}

/* Asks for the value's text; *above is what to say over it. On the heap, NULL after Esc. */
static char *ask(struct view *view, const struct policy_value *value, const char *typed,
                 const char *above) {
    struct buffer label = BUFFER_INIT;
    if (value->column->shape == POLICY_SHAPE_WORD) {
        return choose_word(view, value);
    }
    if (value->column->shape == POLICY_SHAPE_WORDS) {
        return mark_words(view, value);
    }
    full_label_of(value, &label);
    buffer_append_text(&label, _(":"));
    const struct prompt prompt = {.label = buffer_text(&label), .initial = typed, .above = above};
    char *answer = prompt_text(view->screen, &prompt);
    buffer_free(&label);
    return answer;
}

/* What stands over the line while nothing was wrong yet. */
static const char *first_words(const struct part_page *page, const struct policy_value *value) {
    return policy_edit_moves_along(page->shown.policy, value)
               ? _("The border of two bands: the other one moves along.")
               : _(value->column->hint);
}

/* True for a value that is chosen from a list and not typed. */
static bool is_chosen(const struct policy_value *value) {
    return value->column->shape == POLICY_SHAPE_WORD || value->column->shape == POLICY_SHAPE_WORDS;
}

/* Says what a change made of the draft: in the words of the differences where it is one. The end of
 * a band gives the band another name, which would be told as one gone and one come. */
static void tell_change(struct view *view, const struct policy_value *value, const char *typed) {
    const struct part_page *page = view->data;
    struct arena *arena = arena_new();
    struct policy_change *changes = NULL;
    struct error error = ERROR_INIT;
    struct buffer label = BUFFER_INIT;
    size_t count = 0;
    if (arena != NULL &&
        policy_diff(page->undo, page->shown.policy, arena, &changes, &count, &error) == RESULT_OK) {
        full_label_of(value, &label);
        if (count == 1) {
            screen_message(view->screen, MESSAGE_INFO, _("Kept: %s. U takes it back."),
                           policy_change_sentence(&changes[0], arena));
        } else {
            screen_message(view->screen, MESSAGE_INFO, _("Kept: %s is now %s. U takes it back."),
                           buffer_text(&label), typed[0] == '\0' ? "-" : typed);
        }
    }
    buffer_free(&label);
    error_clear(&error);
    arena_free(arena);
}

/* Asks until the value keeps all rules and is kept, or the person gives up. */
static void change_value(struct view *view, const struct policy_value *value) {
    struct part_page *page = view->data;
    struct error error = ERROR_INIT;
    struct policy *edited = NULL;
    char *typed = strdup(value->text);
    while (typed != NULL) {
        char *answer =
            ask(view, value, typed,
                error.sentence == NULL ? first_words(page, value) : error_sentence(&error));
        free(typed);
        typed = answer;
        error_clear(&error);
        if (typed == NULL || strcmp(typed, value->text) == 0) {
            break;
        }
        if (policy_edit(page->shown.policy, value, typed, &edited, &error) == RESULT_OK) {
            if (keep(view, edited, &error) != RESULT_OK) {
                screen_error(view->screen, &error);
            } else {
                tell_change(view, value, typed);
            }
            resume(view); /* as it stands now, whoever changed it */
            break;
        }
        if (is_chosen(value)) { /* a list has no room for the sentence */
            screen_error(view->screen, &error);
            break;
        }
    }
    free(typed);
    error_clear(&error);
}

/* Of a band or a step: its ends or its points. NULL after Esc. */
static const struct policy_value *choose_value(struct view *view, const struct line *line) {
    const struct part_page *page = view->data;
    const struct policy_value *values = &page->values[line->first];
    const char *items[3];
    struct buffer label = BUFFER_INIT;
    if (line->count == 1) {
        return values;
    }
    for (size_t i = 0; i < line->count; i++) {
        items[i] = arena_printf(page->arena, "%s  %s", values[i].column->title,
                                values[i].text[0] == '\0' ? "-" : values[i].text);
        if (items[i] == NULL) {
            return NULL;
        }
    }
    label_of(values, &label);
    int chosen =
        prompt_choose(view->screen, buffer_text(&label), items, line->count, line->count - 1);
    buffer_free(&label);
    return chosen < 0 ? NULL : &values[chosen];
}

/* A change takes a proposal back; that is asked for first. */
static bool confirm_change(struct view *view) {
    const struct part_page *page = view->data;
    return page->shown.version.proposed_by == NULL ||
           prompt_confirm(view->screen,
                          _("The draft is proposed. A change takes the proposal back; "
                            "change it all the same?"));
}

static void show_whole(struct view *view, const struct policy_value *value) {
    prompt_notice(view->screen, value->column->title, value->text);
}

/* True when a value can be changed in one line; a text of several is shown, and where to go said.
 */
static bool fits_a_line(struct view *view, const struct policy_value *value) {
    if (strchr(value->text, '\n') == NULL || is_chosen(value)) {
        return true;
    }
    show_whole(view, value);
    screen_message(view->screen, MESSAGE_WARNING, "%s",
                   _("A text of several lines is changed in a file: export the policy, change it "
                     "there and take it in."));
    return false;
}

/* Enter changes a value of a draft, and shows another one whole. */
static void open_line(struct view *view) {
    struct part_page *page = view->data;
    if (page->outline.cursor >= page->outline.count) {
        return;
    }
    const struct line *line = &page->lines[page->outline.cursor];
    if (!policy_is_draft(&page->shown.version) || page->values[line->first].fixed) {
        if (page->values[line->first].text[0] != '\0') {
            show_whole(view, shown_value(page, page->outline.cursor));
        }
        return;
    }
    const struct policy_value *value = choose_value(view, line);
    if (value != NULL && fits_a_line(view, value) && confirm_change(view)) {
        change_value(view, value);
    }
}

static void undo(struct view *view) {
    struct part_page *page = view->data;
    struct error error = ERROR_INIT;
    struct policy *before = page->undo;
    if (before == NULL) {
        screen_message(view->screen, MESSAGE_INFO, "%s",
                       _("Nothing was changed since this page was opened."));
        return;
    }
    if (strcmp(page->changed, page->shown.version.digest) != 0) {
        screen_message(view->screen, MESSAGE_WARNING, "%s",
                       _("The draft was changed elsewhere since; change the value itself."));
        return;
    }
    if (!confirm_change(view)) {
        return;
    }
    page->undo = NULL; /* what is put back is kept by the page anew */
    if (keep(view, before, &error) != RESULT_OK) {
        screen_error(view->screen, &error);
    } else {
        screen_message(view->screen, MESSAGE_INFO, "%s",
                       _("Taken back: the draft is as it was before. U changes it again."));
    }
    resume(view);
}

/* ---- the view ---------------------------------------------------------------------------------
 */

/* How many parts of this sheet there are. */
static size_t count_parts(const struct part_page *page) {
    const struct policy *policy = page->shown.policy;
    return page->part.sheet == POLICY_SHEET_INDICATORS   ? policy->indicator_count
           : page->part.sheet == POLICY_SHEET_DIMENSIONS ? policy->dimension_count
           : page->part.sheet == POLICY_SHEET_DIRECT     ? policy->direct_count
           : page->part.sheet == POLICY_SHEET_MEASURES   ? CLASS_COUNT
                                                         : 1;
}

static void go_on(struct view *view, bool forward) {
    struct part_page *page = view->data;
    size_t count = count_parts(page);
    if (forward ? page->part.index + 1 < count : page->part.index > 0) {
        page->part.index += forward ? 1 : (size_t)-1;
        page->outline.cursor = 0;
        resume(view);
    }
}

static enum view_response handle(struct view *view, const struct event *event, int action) {
    struct part_page *page = view->data;
    switch (action) {
    case NEXT:
    case PREVIOUS:
        go_on(view, action == NEXT);
        return VIEW_HANDLED;
    case UNDO:
        undo(view);
        return VIEW_HANDLED;
    default:
        break;
    }
    enum table_response response = outline_handle(&page->outline, event, action);
    if (response == TABLE_ACTIVATED) {
        open_line(view);
    }
    return response == TABLE_IGNORED ? VIEW_IGNORED : VIEW_HANDLED;
}

static void name(const struct view *view, struct buffer *buffer) {
    title_of(view->data, buffer);
}

static void status(struct view *view, struct buffer *left, struct buffer *right) {
    const struct part_page *page = view->data;
    policy_name_append(&page->shown.version, left);
    buffer_printf(right, "%zu / %zu", page->part.index + 1, count_parts(page));
}

const struct view_ops policy_part_view = {
    .title = N_("Part of a policy"),
    .actions = {actions, moving_actions},
    .open = open_view,
    .paint = paint,
    .handle = handle,
    .name = name,
    .status = status,
    .resume = resume,
    .close = close_view,
};
