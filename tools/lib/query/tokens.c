/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "query/tokens.h"

#include "query/query.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int tokens_fail(
    const struct tokens *tokens, size_t at, struct error *error, const char *format, ...)
{
    uint64_t line = 1, column = 1;
    char text[512];
    va_list arguments;
    for (size_t i = 0; i < at; i++) {
        column++;
        if (tokens->text.data[i] == '\n') {
            line++;
            column = 1;
        }
    }
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    error_place(error, tokens->name, line, column);
    return error_set(error, ERROR_USAGE, "%s", text);
}

static int byte_at(const struct tokens *tokens, size_t at)
{
    return at < tokens->text.size ? (unsigned char)tokens->text.data[at] : -1;
}

static bool is_digit(int byte)
{
    return byte >= '0' && byte <= '9';
}

/* Of a name: letters, digits, '_', '-', and every byte beyond ASCII. */
static bool is_name_byte(int byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || is_digit(byte) ||
           byte == '_' || byte == '-' || byte >= 0x80;
}

static struct slice piece(const struct tokens *tokens, size_t from, size_t to)
{
    return (struct slice){tokens->text.data + from, to - from};
}

/* Where a string that begins with its quote at `from` ends, behind its quote; 0 where it does not.
 */
static size_t string_end(const struct tokens *tokens, size_t from)
{
    int quote = byte_at(tokens, from);
    for (size_t at = from + 1; at < tokens->text.size; at++) {
        if (byte_at(tokens, at) == quote)
            return at + 1;
        if (quote == '"' && byte_at(tokens, at) == '\\')
            at++;
    }
    return 0;
}

/* A JSON value on its own, in the arena: for strings in double quotes, and numbers. */
static int read_json(struct tokens *tokens, size_t from, size_t to, struct slice *out,
    const char *what, struct error *error)
{
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error fault = ERROR_INIT;
    int result = json_parse_copy(&document, piece(tokens, from, to), NULL, &fault);
    if (result == 0 && json_type(&document, 0) == JSON_STRING)
        *out = arena_slice(tokens->arena, json_string(&document, 0, tokens->arena));
    else if (result == 0)
        *out = piece(tokens, from, to);
    else
        result = tokens_fail(tokens, from + (fault.column > 0 ? (size_t)fault.column - 1 : 0),
            error, "%s as JSON writes it: %s", what, fault.text);
    json_release(&document);
    return result;
}

/* A string in single quotes holds no escapes, so that patterns are written once. */
static int read_string(struct tokens *tokens, size_t from, struct slice *out, struct error *error)
{
    size_t end = string_end(tokens, from);
    if (end == 0)
        return tokens_fail(tokens, from, error, "the string does not end; expected a closing %c",
            byte_at(tokens, from));
    tokens->at = end;
    if (byte_at(tokens, from) == '\'') {
        *out = arena_slice(tokens->arena, piece(tokens, from + 1, end - 1));
        return 0;
    }
    return read_json(tokens, from, end, out, "expected a string", error);
}

static int add_part(
    struct tokens *tokens, struct path *path, struct slice part, size_t at, struct error *error)
{
    if (path->count == QUERY_PARTS)
        return tokens_fail(
            tokens, at, error, "a field's name has at most %d parts", (int)QUERY_PARTS);
    if (!path->parts)
        path->parts = arena_zero(tokens->arena, QUERY_PARTS, sizeof *path->parts);
    path->parts[path->count++] = part;
    return 0;
}

/* name.name."any name".3.* */
static int read_dotted(struct tokens *tokens, struct path *path, struct error *error)
{
    for (;;) {
        size_t from = tokens->at, end = from;
        struct slice part = {NULL, 0};
        if (byte_at(tokens, from) == '"' || byte_at(tokens, from) == '\'') {
            if (read_string(tokens, from, &part, error) != 0)
                return -1;
            end = tokens->at;
        } else if (byte_at(tokens, from) == '*') {
            end = from + 1;
        } else {
            while (is_name_byte(byte_at(tokens, end)))
                end++;
            if (end == from)
                return tokens_fail(tokens, from, error, "expected a part of a field's name");
            part = piece(tokens, from, end);
        }
        tokens->at = end;
        if (add_part(tokens, path, part, from, error) != 0)
            return -1;
        if (byte_at(tokens, end) != '.')
            return 0;
        tokens->at = end + 1;
    }
}

/* ~1 is a slash, ~0 a tilde. */
static int unescape(
    struct tokens *tokens, size_t from, size_t to, struct slice *out, struct error *error)
{
    char *text = arena_take(tokens->arena, to - from + 1);
    size_t size = 0;
    for (size_t at = from; at < to; at++) {
        int byte = byte_at(tokens, at);
        if (byte == '~') {
            int which = at + 1 < to ? byte_at(tokens, at + 1) : -1;
            if (which != '0' && which != '1')
                return tokens_fail(tokens, at, error, "a pointer has ~0 for ~ and ~1 for /");
            byte = which == '0' ? '~' : '/';
            at++;
        }
        text[size++] = (char)byte;
    }
    *out = (struct slice){text, size};
    return 0;
}

/* /name/3/name, as RFC 6901; it ends at a blank or a parenthesis. */
static int read_pointer(struct tokens *tokens, struct path *path, struct error *error)
{
    while (byte_at(tokens, tokens->at) == '/') {
        size_t from = tokens->at + 1, end = from;
        struct slice part;
        while (end < tokens->text.size && !strchr("/ \t\r\n()", byte_at(tokens, end)))
            end++;
        tokens->at = end;
        if (unescape(tokens, from, end, &part, error) != 0 ||
            add_part(tokens, path, part, from, error) != 0)
            return -1;
    }
    return 0;
}

static const struct {
    const char *text;
    enum token_kind kind;
    enum test test;
    enum value_kind value;
} words[] = {
    {"and", TOKEN_AND, 0, 0},
    {"or", TOKEN_OR, 0, 0},
    {"not", TOKEN_NOT, 0, 0},
    {"has", TOKEN_HAS, 0, 0},
    {"contains", TOKEN_TEST, TEST_CONTAINS, 0},
    {"true", TOKEN_VALUE, 0, VALUE_TRUE},
    {"false", TOKEN_VALUE, 0, VALUE_FALSE},
    {"null", TOKEN_VALUE, 0, VALUE_NULL},
};

/* A longer one stands before one that it begins with. */
static const struct {
    const char *text;
    enum token_kind kind;
    enum test test;
} signs[] = {
    {"(", TOKEN_OPEN, 0},
    {")", TOKEN_CLOSE, 0},
    {"!=", TOKEN_TEST, TEST_NOT_EQUAL},
    {"!~", TOKEN_TEST, TEST_NOT_LIKE},
    {"<=", TOKEN_TEST, TEST_LESS_EQUAL},
    {">=", TOKEN_TEST, TEST_GREATER_EQUAL},
    {"==", TOKEN_TEST, TEST_EQUAL},
    {"=", TOKEN_TEST, TEST_EQUAL},
    {"<", TOKEN_TEST, TEST_LESS},
    {">", TOKEN_TEST, TEST_GREATER},
    {"~", TOKEN_TEST, TEST_LIKE},
};

static bool take_sign(struct tokens *tokens)
{
    for (size_t i = 0; i < ARRAY_SIZE(signs); i++) {
        size_t size = strlen(signs[i].text);
        if (tokens->text.size - tokens->at < size ||
            memcmp(tokens->text.data + tokens->at, signs[i].text, size) != 0)
            continue;
        tokens->at += size;
        tokens->now.kind = signs[i].kind;
        tokens->now.test = signs[i].test;
        return true;
    }
    return false;
}

static bool take_word(struct tokens *tokens)
{
    size_t end = tokens->at;
    while (is_name_byte(byte_at(tokens, end)))
        end++;
    if (byte_at(tokens, end) == '.')
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        if (!slice_is(piece(tokens, tokens->at, end), words[i].text))
            continue;
        tokens->at = end;
        tokens->now.kind = words[i].kind;
        tokens->now.test = words[i].test;
        tokens->now.value.kind = words[i].value;
        return true;
    }
    return false;
}

/* 7B or 4bit, where words may begin so. */
static bool take_digit_word(struct tokens *tokens, size_t from)
{
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error ignored = ERROR_INIT;
    struct slice text = piece(tokens, from, tokens->at);
    bool number = json_parse_copy(&document, text, NULL, &ignored) == 0;
    json_release(&document);
    tokens->now.value.loose = true;
    if (number || text.data[0] == '+')
        return false;
    tokens->now.value.kind = VALUE_TEXT;
    tokens->now.value.text = text;
    return true;
}

static int take_number(struct tokens *tokens, struct error *error)
{
    size_t from = tokens->at;
    while (is_name_byte(byte_at(tokens, tokens->at)) || byte_at(tokens, tokens->at) == '.' ||
           byte_at(tokens, tokens->at) == '+')
        tokens->at++;
    tokens->now.kind = TOKEN_VALUE;
    tokens->now.value.kind = VALUE_NUMBER;
    if (tokens->words && take_digit_word(tokens, from))
        return 0;
    return read_json(tokens, from, tokens->at, &tokens->now.value.text, "expected a number", error);
}

static int take_string(struct tokens *tokens, struct error *error)
{
    size_t end = string_end(tokens, tokens->at);
    /* "any name".name is a field; alone it is a string. */
    if (end > 0 && byte_at(tokens, end) == '.') {
        tokens->now.kind = TOKEN_PATH;
        return read_dotted(tokens, &tokens->now.value.path, error);
    }
    tokens->now.kind = TOKEN_VALUE;
    tokens->now.value.kind = VALUE_TEXT;
    return read_string(tokens, tokens->at, &tokens->now.value.text, error);
}

static int take_token(struct tokens *tokens, struct error *error)
{
    int byte = byte_at(tokens, tokens->at);
    if (byte < 0)
        return 0;
    if (byte == '"' || byte == '\'')
        return take_string(tokens, error);
    if (is_digit(byte) || byte == '-' || byte == '+')
        return take_number(tokens, error);
    if (take_sign(tokens) || (is_name_byte(byte) && take_word(tokens)))
        return 0;
    tokens->now.kind = TOKEN_PATH;
    tokens->now.value.kind = VALUE_PATH;
    if (byte == '/') {
        tokens->now.pointer = true;
        return read_pointer(tokens, &tokens->now.value.path, error);
    }
    if (is_name_byte(byte) || byte == '*')
        return read_dotted(tokens, &tokens->now.value.path, error);
    return tokens_fail(tokens, tokens->at, error,
        byte >= 0x20 && byte < 0x7f ? "'%c' means nothing here" : "byte 0x%02x means nothing here",
        byte);
}

int tokens_next(struct tokens *tokens, struct error *error)
{
    while (tokens->at < tokens->text.size && strchr(" \t\r\n", byte_at(tokens, tokens->at)))
        tokens->at++;
    tokens->now = (struct token){.kind = TOKEN_END, .start = tokens->at};
    if (take_token(tokens, error) != 0)
        return -1;
    tokens->now.end = tokens->at;
    return 0;
}
