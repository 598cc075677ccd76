/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/ecma_read.h"

enum group_kind { GROUP_PLAIN, GROUP_AHEAD, GROUP_BEHIND };

/* What stands before a quantifier. */
enum piece { PIECE_NONE, PIECE_ATOM, PIECE_AHEAD, PIECE_FIXED };

char ecma_peek(const struct ecma *ecma)
{
    return ecma->at < ecma->text.size ? ecma->text.data[ecma->at] : '\0';
}

bool ecma_take(struct ecma *ecma, char byte)
{
    if (ecma->at >= ecma->text.size || ecma->text.data[ecma->at] != byte)
        return false;
    ecma->at++;
    return true;
}

uint32_t ecma_next(struct ecma *ecma)
{
    const unsigned char *bytes = (const unsigned char *)ecma->text.data + ecma->at;
    unsigned more = bytes[0] < 0xc0 ? 0 : bytes[0] < 0xe0 ? 1 : bytes[0] < 0xf0 ? 2 : 3;
    uint32_t point = more ? bytes[0] & (0x3fu >> more) : bytes[0];
    ecma->at++;
    for (unsigned i = 1; i <= more && ecma->at < ecma->text.size; i++, ecma->at++)
        point = point << 6 | (bytes[i] & 0x3f);
    return point;
}

int ecma_fail(const struct ecma *ecma, size_t at, const char *what)
{
    size_t shown = ecma->text.size;
    if (shown > 120)
        for (shown = 120; shown && (ecma->text.data[shown] & 0xc0) == 0x80;)
            shown--;
    error_set(ecma->error, ERROR_CONTENT, "the pattern \"%.*s%s\" is wrong at character %zu: %s",
        (int)shown, ecma->text.data, shown < ecma->text.size ? "..." : "", at + 1, what);
    return -1;
}

void ecma_add_text(struct ecma *ecma, const char *text)
{
    buffer_add_text(ecma->out, text);
}

void ecma_add(struct ecma *ecma, uint32_t point)
{
    bool plain = (point >= '0' && point <= '9') || (point >= 'A' && point <= 'Z') ||
                 (point >= 'a' && point <= 'z') || point == '_' || point == ' ';
    if (plain)
        buffer_add_char(ecma->out, (char)point);
    else
        buffer_add_format(ecma->out, "\\x{%x}", (unsigned)point);
}

/* ---- groups ---- */
/* Moves over what cannot open a group: an escape, a class. */
static void skip_inert(struct ecma *ecma)
{
    char byte = ecma->text.data[ecma->at++];
    if (byte == '\\' && ecma->at < ecma->text.size)
        ecma->at++;
    if (byte != '[')
        return;
    while (ecma->at < ecma->text.size && ecma->text.data[ecma->at] != ']')
        ecma->at += ecma->text.data[ecma->at] == '\\' ? 2 : 1;
}

/* Moves to the next capturing group, after its parenthesis; named where it has a name. */
static bool next_group(struct ecma *ecma, bool *named)
{
    while (ecma->at < ecma->text.size) {
        if (ecma->text.data[ecma->at] != '(') {
            skip_inert(ecma);
            continue;
        }
        ecma->at++;
        const char *rest = ecma->text.data + ecma->at;
        size_t left = ecma->text.size - ecma->at;
        *named = left >= 3 && rest[0] == '?' && rest[1] == '<' && rest[2] != '=' && rest[2] != '!';
        if (*named || left == 0 || rest[0] != '?')
            return true;
    }
    return false;
}

uint32_t ecma_group(const struct ecma *ecma, struct slice name)
{
    struct ecma search = {.text = ecma->text};
    bool named;
    for (uint32_t number = 1; next_group(&search, &named); number++) {
        struct slice other = {NULL, 0};
        if (!named)
            continue;
        search.at++;
        if (ecma_read_name(&search, &other) == 0 && slice_equal(name, other))
            return number;
    }
    return 0;
}

static void count_groups(struct ecma *ecma)
{
    struct ecma search = {.text = ecma->text};
    bool named;
    while (next_group(&search, &named)) {
        ecma->groups++;
        ecma->named = ecma->named || named;
    }
}

static bool is_name_byte(unsigned char byte, bool first)
{
    bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
                  byte == '$' || byte >= 0x80;
    return letter || (!first && byte >= '0' && byte <= '9');
}

int ecma_read_name(struct ecma *ecma, struct slice *out)
{
    size_t start = ecma->at + 1, end = start;
    if (!ecma_take(ecma, '<'))
        return ecma_fail(ecma, ecma->at, "expected the name of a group in < and >");
    while (end < ecma->text.size && is_name_byte((unsigned char)ecma->text.data[end], end == start))
        end++;
    if (end == start || end >= ecma->text.size || ecma->text.data[end] != '>')
        return ecma_fail(ecma, start, "expected the name of a group and >");
    *out = (struct slice){ecma->text.data + start, end - start};
    ecma->at = end + 1;
    return 0;
}

static int open_group(struct ecma *ecma)
{
    static const struct {
        const char *open;
        enum group_kind kind;
    } kinds[] = {{"?:", GROUP_PLAIN}, {"?=", GROUP_AHEAD}, {"?!", GROUP_AHEAD},
        {"?<=", GROUP_BEHIND}, {"?<!", GROUP_BEHIND}};
    size_t start = ecma->at - 1;
    enum group_kind kind = GROUP_PLAIN;
    if (ecma->depth == ECMA_GROUPS_DEEP)
        return ecma_fail(ecma, start, "groups nest too deep");
    buffer_add_char(ecma->out, '(');
    if (ecma_peek(ecma) == '?') {
        size_t i = 0, left = ecma->text.size - ecma->at;
        for (; i < ARRAY_SIZE(kinds); i++)
            if (left >= strlen(kinds[i].open) &&
                memcmp(ecma->text.data + ecma->at, kinds[i].open, strlen(kinds[i].open)) == 0)
                break;
        if (i < ARRAY_SIZE(kinds)) {
            ecma_add_text(ecma, kinds[i].open);
            ecma->at += strlen(kinds[i].open);
            kind = kinds[i].kind;
        } else {
            struct slice name;
            ecma->at++;
            if (ecma_peek(ecma) != '<')
                return ecma_fail(ecma, start, "ECMA-262 has no such group");
            /* A name that stands twice is found here at its first place. */
            if (ecma_read_name(ecma, &name))
                return -1;
        }
    }
    ecma->kinds[ecma->depth++] = (uint8_t)kind;
    return 0;
}

static int close_group(struct ecma *ecma, enum piece *piece)
{
    if (ecma->depth == 0)
        return ecma_fail(ecma, ecma->at - 1, "there is no group to close");
    enum group_kind kind = (enum group_kind)ecma->kinds[--ecma->depth];
    buffer_add_char(ecma->out, ')');
    *piece = kind == GROUP_PLAIN ? PIECE_ATOM : kind == GROUP_AHEAD ? PIECE_AHEAD : PIECE_FIXED;
    return 0;
}

/* ---- quantifiers ---- */
static bool read_count(struct ecma *ecma, uint32_t *out)
{
    size_t start = ecma->at;
    uint32_t value = 0;
    while (ecma_peek(ecma) >= '0' && ecma_peek(ecma) <= '9') {
        value = 10 * value + (uint32_t)(ecma->text.data[ecma->at++] - '0');
        if (value > ECMA_COUNT_MOST)
            value = ECMA_COUNT_MOST + 1;
    }
    *out = value;
    return ecma->at > start;
}

/* {n}, {n,}, {n,m} after the brace: 1 where it is one, 0 where it is not, -1 on an error. */
static int read_braces(struct ecma *ecma)
{
    size_t start = ecma->at;
    uint32_t least, most;
    if (!read_count(ecma, &least))
        return 0;
    most = least;
    bool open = false;
    if (ecma_take(ecma, ','))
        open = !read_count(ecma, &most);
    if (!ecma_take(ecma, '}')) {
        ecma->at = start;
        return 0;
    }
    if (least > ECMA_COUNT_MOST || (!open && most > ECMA_COUNT_MOST))
        return ecma_fail(ecma, start, "a count may be at most 65535");
    if (open)
        buffer_add_format(ecma->out, "{%u,}", (unsigned)least);
    else if (most < least)
        return ecma_fail(ecma, start, "the counts are in the wrong order");
    else
        buffer_add_format(ecma->out, "{%u,%u}", (unsigned)least, (unsigned)most);
    return 1;
}

/* At one of * + ? {: 1 where a quantifier was written, 0 where the brace is itself. */
static int read_quantifier(struct ecma *ecma, enum piece *piece)
{
    size_t start = ecma->at;
    char byte = ecma->text.data[ecma->at++];
    bool wanted = *piece == PIECE_ATOM || (*piece == PIECE_AHEAD && ecma->loose);
    if (byte == '{') {
        size_t written = ecma->out->size;
        int braces = read_braces(ecma);
        if (braces < 0)
            return -1;
        if (!braces && !ecma->loose)
            return ecma_fail(ecma, start, "expected a count as {2}, {2,} or {2,5}, or \\{");
        if (!braces) {
            ecma_add(ecma, '{');
            *piece = PIECE_ATOM;
            return 0;
        }
        if (!wanted)
            ecma->out->size = written;
    } else {
        buffer_add_char(ecma->out, byte);
    }
    if (!wanted)
        return ecma_fail(ecma, start, "there is nothing to repeat");
    if (ecma_take(ecma, '?'))
        buffer_add_char(ecma->out, '?');
    *piece = PIECE_NONE;
    return 1;
}

/* ---- pieces ---- */
static int add_escape(struct ecma *ecma, enum piece *piece)
{
    struct ecma_escaped escaped;
    if (ecma_read_escape(ecma, &escaped, false))
        return -1;
    *piece = PIECE_ATOM;
    switch (escaped.kind) {
    case ECMA_POINT: ecma_add(ecma, escaped.point); break;
    case ECMA_NOTHING: ecma_add_text(ecma, "(?:(?!))"); break;
    case ECMA_SET:
        buffer_add_char(ecma->out, '[');
        ecma_add_text(ecma, escaped.set);
        buffer_add_char(ecma->out, ']');
        break;
    case ECMA_BOUNDARY:
        ecma_add_text(ecma, escaped.point == 'b' ? "\\b" : "\\B");
        *piece = PIECE_FIXED;
        break;
    case ECMA_REFERENCE: buffer_add_format(ecma->out, "\\g{%u}", (unsigned)escaped.group); break;
    }
    return 0;
}

static int add_plain(struct ecma *ecma, enum piece *piece)
{
    size_t start = ecma->at;
    uint32_t point = ecma_next(ecma);
    if ((point == ']' || point == '}') && !ecma->loose)
        return ecma_fail(
            ecma, start, "a closing bracket stands alone; expected a backslash before it");
    ecma_add(ecma, point);
    *piece = PIECE_ATOM;
    return 0;
}

static int add_piece(struct ecma *ecma, enum piece *piece)
{
    switch (ecma_peek(ecma)) {
    case '*':
    case '+':
    case '?':
    case '{': return read_quantifier(ecma, piece) < 0 ? -1 : 0;
    case '(':
        ecma->at++;
        *piece = PIECE_NONE;
        return open_group(ecma);
    case ')': ecma->at++; return close_group(ecma, piece);
    case '[':
        ecma->at++;
        *piece = PIECE_ATOM;
        return ecma_read_class(ecma);
    case '\\': ecma->at++; return add_escape(ecma, piece);
    case '|':
    case '^':
    case '$':
        buffer_add_char(ecma->out, ecma->text.data[ecma->at++]);
        *piece = PIECE_NONE;
        return 0;
    case '.':
        ecma->at++;
        ecma_add_text(ecma, "[^\\n\\r\\x{2028}\\x{2029}]");
        *piece = PIECE_ATOM;
        return 0;
    default: return add_plain(ecma, piece);
    }
}

int ecma_translate(struct buffer *out, struct slice text, enum ecma_mode mode, struct error *error)
{
    struct ecma ecma = {.text = text, .loose = mode == ECMA_LOOSE, .out = out, .error = error};
    enum piece piece = PIECE_NONE;
    if (text.size > ECMA_SIZE_MOST)
        return error_set(error, ERROR_CONTENT, "a pattern is longer than 65536 bytes");
    count_groups(&ecma);
    while (ecma.at < text.size)
        if (add_piece(&ecma, &piece))
            return -1;
    if (ecma.depth)
        return ecma_fail(&ecma, text.size, "a group is not closed; expected )");
    return 0;
}
