/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/privacy_parts.h"
#include "base/compiler.h"

#include <string.h>

/*
 * How the tokens of issuers begin, how many bytes follow at least, and whether
 * these are letters and digits alone, without '_' and '-'.
 */
static const struct {
    const char *prefix;
    size_t least;
    bool plain;
} prefixes[] = {
    {"ghp_", 30, true},
    {"gho_", 30, true},
    {"ghu_", 30, true},
    {"ghs_", 30, true},
    {"ghr_", 30, true},
    {"github_pat_", 30, false},
    {"glpat-", 20, false},
    {"hf_", 30, true},
    {"npm_", 30, true},
    {"pypi-", 30, false},
    {"sk-", 20, false},
    {"xoxa-", 20, false},
    {"xoxb-", 20, false},
    {"xoxp-", 20, false},
    {"xoxs-", 20, false},
    {"AIza", 30, false},
    {"AKIA", 16, true},
    {"ASIA", 16, true},
};

/* Behind these on a command line, or in a header, a secret stands. */
static const char *const openers[] = {"--password=", "--password ", "--token=", "--token ",
    "--api-key=", "--api-key ", "--secret=", "--secret ", "--access-token=", "--access-token ",
    "--auth-token=", "--auth-token ", "Bearer ", "Authorization: Basic "};

/* How far a word with such bytes goes. */
static size_t word_end(struct slice text, size_t at, const char *also)
{
    while (at < text.size && (privacy_is_word(text.data[at]) ||
                                 (text.data[at] != '\0' && strchr(also, text.data[at]))))
        at++;
    return at;
}

/* Capitals and something else: names of things that begin in the same way are mostly small. */
static bool is_token(struct slice text, bool plain)
{
    bool capital = false, other = false, between = false;
    for (size_t i = 0; i < text.size; i++) {
        bool is_capital = text.data[i] >= 'A' && text.data[i] <= 'Z';
        capital = capital || is_capital;
        other = other || !is_capital;
        between = between || text.data[i] == '_' || text.data[i] == '-';
    }
    return capital && other && !(plain && between);
}

static bool found(struct private_span *out, size_t start, size_t end)
{
    *out = (struct private_span){PRIVATE_SECRET, start, end - start, PRIVACY_SECRET};
    return true;
}

static bool token_at(struct private_span *out, struct slice text, size_t at)
{
    for (size_t i = 0; i < ARRAY_SIZE(prefixes); i++) {
        if (!privacy_begins(text, at, prefixes[i].prefix))
            continue;
        size_t start = at + strlen(prefixes[i].prefix), end = word_end(text, start, "");
        struct slice rest = {text.data + start, end - start};
        if (rest.size >= prefixes[i].least && is_token(rest, prefixes[i].plain))
            return found(out, at, end);
    }
    return false;
}

/* Three parts of base64, the first two of which are JSON objects: RFC 7519. */
static bool web_token_at(struct private_span *out, struct slice text, size_t at)
{
    size_t first, second, third;
    if (!privacy_begins(text, at, "eyJ"))
        return false;
    first = word_end(text, at, "");
    if (!privacy_begins(text, first, ".eyJ"))
        return false;
    second = word_end(text, first + 1, "");
    if (!privacy_begins(text, second, "."))
        return false;
    third = word_end(text, second + 1, "");
    return found(out, at, third);
}

static bool behind_opener_at(struct private_span *out, struct slice text, size_t at)
{
    for (size_t i = 0; i < ARRAY_SIZE(openers); i++) {
        size_t size = strlen(openers[i]);
        if (at < size || !privacy_begins(text, at - size, openers[i]))
            continue;
        size_t end = word_end(text, at, ".+/=~:");
        if (end - at >= 6 && text.data[at] != '-')
            return found(out, at, end);
    }
    return false;
}

/* Eight bytes or more with a letter and a digit: no word, no number, no name of a variable. */
static bool is_mixed(struct slice text)
{
    bool letter = false, digit = false;
    for (size_t i = 0; i < text.size; i++) {
        letter = letter || privacy_is_letter(text.data[i]);
        digit = digit || privacy_is_digit(text.data[i]);
    }
    return letter && digit && text.size >= 8;
}

/* HF_TOKEN=… before a command, ?api_key=… in an address, password=… in a connection's text. */
static bool assigned_at(struct private_span *out, struct slice text, size_t at)
{
    char before = text.data[at - 1];
    size_t equals = at - 1 - ((before == '\'' || before == '"') && at > 1);
    if (text.data[equals] != '=')
        return false;
    size_t begin = equals, end = word_end(text, at, ".+/=~:");
    while (begin > 0 && privacy_is_word(text.data[begin - 1]))
        begin--;
    return privacy_names_secret((struct slice){text.data + begin, equals - begin}) &&
           is_mixed((struct slice){text.data + at, end - at}) && found(out, at, end);
}

/* scheme://user:password@host */
static bool url_user_at(struct private_span *out, struct slice text, size_t at)
{
    size_t end = at;
    bool colon = false;
    if (at < 3 || !privacy_begins(text, at - 3, "://"))
        return false;
    while (end < text.size && text.data[end] != '@' && text.data[end] != '/' &&
           text.data[end] != ' ') {
        colon = colon || text.data[end] == ':';
        end++;
    }
    return colon && end < text.size && text.data[end] == '@' && found(out, at, end);
}

static bool key_block_at(struct private_span *out, struct slice text, size_t at)
{
    static const char mark[] = "PRIVATE KEY-----";
    if (!privacy_begins(text, at, "-----BEGIN "))
        return false;
    size_t marks = 0;
    for (size_t i = at; i + sizeof mark - 1 <= text.size; i++) {
        if (!privacy_begins(text, i, mark))
            continue;
        if (++marks == 2)
            return found(out, at, i + sizeof mark - 1);
    }
    return marks == 1 && found(out, at, text.size);
}

bool privacy_secret_at(struct private_span *out, struct slice text, size_t at)
{
    char byte = text.data[at], before = at > 0 ? text.data[at - 1] : '\0';
    if ((before == '/' && url_user_at(out, text, at)) ||
        ((before == ' ' || before == '=') && behind_opener_at(out, text, at)) ||
        (at > 0 && strchr("='\"", before) && assigned_at(out, text, at)) ||
        (byte == '-' && key_block_at(out, text, at)))
        return true;
    if (!strchr("ghnpsxAe", byte)) /* how the prefixes begin */
        return false;
    if (at > 0 && (privacy_is_word(before) || before == '.'))
        return false;
    return token_at(out, text, at) || web_token_at(out, text, at);
}
