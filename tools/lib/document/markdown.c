/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/markdown.h"

#include "base/compiler.h"
#include "document/character.h"

#include <string.h>

#define PARTED "&#8203;"

static bool is_digit(int byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_alnum(int byte)
{
    return is_digit(byte) || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool is_letter(int byte)
{
    return is_alnum(byte) && !is_digit(byte);
}

/* The byte at an offset, -1 outside the text. */
static int byte_at(struct slice text, size_t at)
{
    return at < text.size ? (unsigned char)text.data[at] : -1;
}

static int byte_before(struct slice text, size_t at)
{
    return at > 0 ? byte_at(text, at - 1) : -1;
}

static bool follows(struct slice text, size_t at, const char *wanted)
{
    size_t length = strlen(wanted);
    return text.size - at >= length && memcmp(text.data + at, wanted, length) == 0;
}

/* :name:, which GitHub shows as an emoji; without a letter it knows four. */
static bool is_shortcode(struct slice text, size_t colon)
{
    static const char *const numbers[] = {"100", "1234", "+1", "-1"};
    size_t at = colon + 1;
    bool letters = false;
    for (;; at++) {
        int byte = byte_at(text, at);
        if (!is_alnum(byte) && byte != '_' && byte != '+' && byte != '-')
            break;
        letters = letters || (is_alnum(byte) && !is_digit(byte));
    }
    struct slice name = {text.data + colon + 1, at - colon - 1};
    if (byte_at(text, at) != ':')
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++)
        if (slice_is(name, numbers[i]))
            return true;
    return letters;
}

/*
 * A short run of underscores inside a word is plain text; at its edge it may be
 * emphasis. All of one run get the same answer.
 */
static bool is_inner_underscore(struct slice text, size_t at)
{
    enum { LONGEST = 4 };
    size_t start = at, end = at + 1;
    while (byte_before(text, start) == '_' && at - start < LONGEST)
        start--;
    while (byte_at(text, end) == '_' && end - at <= LONGEST)
        end++;
    return end - start <= LONGEST && is_alnum(byte_before(text, start)) &&
           is_alnum(byte_at(text, end));
}

static bool is_entity(struct slice text, size_t ampersand)
{
    int next = byte_at(text, ampersand + 1);
    return next == '#' || is_alnum(next);
}

/* The mark of 1. or 1) at the start, which would begin a list. */
static bool is_list_mark(struct slice text, size_t at)
{
    enum { MOST_DIGITS = 9 };
    int next = byte_at(text, at + 1);
    if (at == 0 || at > MOST_DIGITS || (text.data[at] != '.' && text.data[at] != ')') ||
        (next != -1 && next != ' ' && next != '\t' && next != '\n' && next != '\r'))
        return false;
    for (size_t i = 0; i < at; i++)
        if (!is_digit(byte_at(text, i)))
            return false;
    return true;
}

static bool ends_in(const struct slice text, size_t at, const char *word)
{
    size_t length = strlen(word);
    if (at < length)
        return false;
    for (size_t i = 0; i < length; i++)
        if ((text.data[at - length + i] | 0x20) != word[i])
            return false;
    return !is_alnum(byte_before(text, at - length));
}

/* What must stand before the byte to keep it from meaning something; "" for nothing. */
static const char *guard_of(struct slice text, size_t at)
{
    int previous = byte_before(text, at), next = byte_at(text, at + 1);
    bool edge = previous == -1 || previous == ' ' || next == -1;
    switch (text.data[at]) {
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
    case '<':
    case '~':
    case '|': return "\\";
    case '_': return is_inner_underscore(text, at) ? "" : "\\";
    case '&': return is_entity(text, at) ? "\\" : "";
    case '#': return edge || is_digit(next) ? "\\" : "";
    case '>':
    case '^': /* of a footnote, behind the bracket of a link */
    case '=': return at == 0 ? "\\" : "";
    case '+': /* of a list; a number's sign is none */
    case '-': return at == 0 && !is_digit(next) && !is_letter(next) ? "\\" : "";
    case ':': return at == 0 && next == '-' ? "\\" : "";
    default: return "";
    }
}

/* What GitHub looks for after the Markdown is read. */
static bool is_parted_after(struct slice text, size_t at)
{
    int next = byte_at(text, at + 1);
    switch (text.data[at]) {
    case '@': return is_alnum(next) || next == '_' || next == '.' || next == '-';
    case '#': return is_digit(next);
    case '-': return is_digit(next) && ends_in(text, at, "gh");
    case ':': return follows(text, at + 1, "//") || is_shortcode(text, at);
    default: return false;
    }
}

static void add_blank(struct buffer *out, struct slice text, size_t at)
{
    bool edge = at == 0 || at + 1 == text.size;
    buffer_add_text(out, edge ? "&#32;" : " ");
}

static void add_ascii(struct buffer *out, struct slice text, size_t at)
{
    char byte = text.data[at];
    if (byte == ' ') {
        add_blank(out, text, at);
        return;
    }
    if (byte == '$') {
        buffer_add_text(out, "<span>$</span>");
        return;
    }
    if (byte == '.' && ends_in(text, at, "www"))
        buffer_add_text(out, PARTED);
    buffer_add_text(out, is_list_mark(text, at) ? "\\" : guard_of(text, at));
    buffer_add_char(out, byte);
    if (is_parted_after(text, at))
        buffer_add_text(out, PARTED);
}

/* The size of a line break at the front: \n, \r or \r\n. */
static size_t line_break(struct slice text, size_t at)
{
    if (follows(text, at, "\r\n"))
        return 2;
    return byte_at(text, at) == '\n' || byte_at(text, at) == '\r';
}

void markdown_text(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.size;) {
        size_t broken = line_break(text, i);
        if (broken) {
            /* <br> alone on a line would be a block of HTML. */
            buffer_add_text(out, i == 0 ? "&#10;" : "<br>");
            i += broken;
            continue;
        }
        struct character at = character_at((struct slice){text.data + i, text.size - i});
        if (at.code == '\t')
            buffer_add_text(out, "&#9;");
        else if (character_hidden(at.code))
            character_show(out, at.code);
        else if (at.code < 0x80)
            add_ascii(out, text, i);
        else
            character_add(out, at.code);
        i += at.size;
    }
}

/* The longest run of a byte. */
static size_t longest_run(struct slice text, char byte)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < text.size; i++) {
        run = text.data[i] == byte ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void add_run(struct buffer *out, char byte, size_t count)
{
    while (count-- > 0)
        buffer_add_char(out, byte);
}

static bool only_blanks(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] != ' ')
            return false;
    return true;
}

/* A span loses a blank at both ends where both have one; a backtick must not touch the fence. */
static bool needs_padding(struct slice text)
{
    int first = byte_at(text, 0), last = byte_before(text, text.size);
    return first == '`' || last == '`' || (first == ' ' && last == ' ' && !only_blanks(text));
}

void markdown_code(struct buffer *out, struct slice text, bool in_cell)
{
    if (text.size == 0)
        return;
    size_t fence = longest_run(text, '`') + 1;
    bool padded = needs_padding(text);
    add_run(out, '`', fence);
    add_run(out, ' ', padded);
    for (size_t i = 0; i < text.size;) {
        struct character at = character_at((struct slice){text.data + i, text.size - i});
        if (at.code == '|' && in_cell)
            buffer_add_text(out, "\\|");
        else if (character_hidden(at.code))
            character_show(out, at.code);
        else
            character_add(out, at.code);
        i += at.size;
    }
    add_run(out, ' ', padded);
    add_run(out, '`', fence);
}

void markdown_sentences(struct buffer *out, struct slice sentences)
{
    size_t from = 0;
    for (size_t at = 0; at < sentences.size; at++) {
        if (sentences.data[at] != '\n')
            continue;
        buffer_add_text(out, "- ");
        markdown_text(out, (struct slice){sentences.data + from, at - from});
        buffer_add_char(out, '\n');
        from = at + 1;
    }
}

void markdown_block(struct buffer *out, struct slice text, const char *language)
{
    size_t fence = longest_run(text, '`') + 1;
    fence = fence < 3 ? 3 : fence;
    add_run(out, '`', fence);
    buffer_add_text(out, language);
    buffer_add_char(out, '\n');
    bool ended = true;
    for (size_t i = 0; i < text.size;) {
        size_t broken = line_break(text, i);
        struct character at = character_at((struct slice){text.data + i, text.size - i});
        if (broken)
            buffer_add_char(out, '\n');
        else if (at.code != '\t' && character_hidden(at.code))
            character_show(out, at.code);
        else
            character_add(out, at.code);
        ended = broken > 0;
        i += broken ? broken : at.size;
    }
    if (!ended)
        buffer_add_char(out, '\n');
    add_run(out, '`', fence);
    buffer_add_char(out, '\n');
}

/* ---- links ---- */
static bool has_scheme(struct slice target, const char *scheme)
{
    size_t length = strlen(scheme);
    if (target.size < length)
        return false;
    for (size_t i = 0; i < length; i++)
        if ((target.data[i] | (is_alnum((unsigned char)target.data[i]) ? 0x20 : 0)) != scheme[i])
            return false;
    return true;
}

static bool is_safe_target(struct slice target)
{
    if (target.size == 0 || has_scheme(target, "//"))
        return false;
    if (has_scheme(target, "http://") || has_scheme(target, "https://") ||
        has_scheme(target, "mailto:"))
        return true;
    /* A colon before any slash would be a scheme. */
    for (size_t i = 0; i < target.size && !strchr("/?#", target.data[i]); i++)
        if (target.data[i] == ':')
            return false;
    return true;
}

static void add_target(struct buffer *out, struct slice target)
{
    for (size_t i = 0; i < target.size; i++) {
        unsigned char byte = (unsigned char)target.data[i];
        if (byte == '&')
            buffer_add_text(out, "&amp;");
        else if (is_alnum(byte) || (byte && strchr("-._~:/?#@!$'*+,;=%", byte)))
            buffer_add_char(out, (char)byte);
        else
            buffer_add_format(out, "%%%02X", byte);
    }
}

void markdown_link(struct buffer *out, struct slice text, struct slice target)
{
    if (!is_safe_target(target)) {
        markdown_text(out, text);
        return;
    }
    buffer_add_char(out, '[');
    markdown_text(out, text);
    buffer_add_text(out, "](");
    add_target(out, target);
    buffer_add_char(out, ')');
}

void markdown_comment(struct buffer *out, struct slice text)
{
    buffer_add_text(out, "<!-- ");
    for (size_t i = 0; i < text.size;) {
        struct character at = character_at((struct slice){text.data + i, text.size - i});
        if (at.code == '-' && byte_before(text, i) == '-')
            buffer_add_char(out, ' ');
        if (character_hidden(at.code))
            character_show(out, at.code);
        else
            character_add(out, at.code);
        i += at.size;
    }
    buffer_add_text(out, " -->");
}

void markdown_anchor(struct buffer *out, struct slice heading)
{
    for (size_t i = 0; i < heading.size; i++) {
        unsigned char byte = (unsigned char)heading.data[i];
        if (byte == ' ')
            buffer_add_char(out, '-');
        else if (byte >= 'A' && byte <= 'Z')
            buffer_add_char(out, (char)(byte | 0x20));
        else if (is_alnum(byte) || byte == '-' || byte == '_' || byte >= 0x80)
            buffer_add_char(out, (char)byte);
    }
}

/* ---- tables ---- */
struct markdown_table markdown_table(
    struct buffer *out, const struct markdown_column *columns, size_t count)
{
    static const char *const rules[] = {":--", "--:", ":-:"};
    struct markdown_table table = {out, count, 0, 0};
    for (size_t i = 0; i < count; i++)
        markdown_cell_text(&table, columns[i].title);
    buffer_add_char(out, '|');
    for (size_t i = 0; i < count; i++) {
        buffer_add_text(out, rules[columns[i].align]);
        buffer_add_char(out, '|');
    }
    buffer_add_char(out, '\n');
    table.rows = 0;
    return table;
}

static void before_cell(struct markdown_table *table)
{
    buffer_add_text(table->out, table->filled == 0 ? "| " : " ");
}

static void after_cell(struct markdown_table *table)
{
    buffer_add_text(table->out, " |");
    if (++table->filled < table->columns)
        return;
    buffer_add_char(table->out, '\n');
    table->filled = 0;
    table->rows++;
}

void markdown_cell(struct markdown_table *table, struct slice cell)
{
    before_cell(table);
    buffer_add_slice(table->out, cell);
    after_cell(table);
}

void markdown_cell_text(struct markdown_table *table, struct slice text)
{
    before_cell(table);
    markdown_text(table->out, text);
    after_cell(table);
}

void markdown_cell_code(struct markdown_table *table, struct slice text)
{
    before_cell(table);
    markdown_code(table->out, text, true);
    after_cell(table);
}

void markdown_table_end(struct markdown_table *table)
{
    while (table->filled > 0)
        markdown_cell(table, slice_of(""));
}
