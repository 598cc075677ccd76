/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/privacy_parts.h"
#include "base/compiler.h"

#include <string.h>

bool privacy_is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

bool privacy_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

bool privacy_is_word(char byte)
{
    return privacy_is_letter(byte) || privacy_is_digit(byte) || byte == '_' || byte == '-';
}

static char small(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

bool privacy_same(struct slice text, const char *word)
{
    for (size_t i = 0; i < text.size; i++)
        if (!word[i] || small(text.data[i]) != small(word[i]))
            return false;
    return word[text.size] == '\0';
}

static bool is_hex(char byte)
{
    return privacy_is_digit(byte) || (small(byte) >= 'a' && small(byte) <= 'f');
}

bool privacy_stands_in(struct slice text, const char *word)
{
    size_t size = strlen(word), digits = 0;
    if (text.size != size + sizeof "-0a1b2c3d" - 1)
        return privacy_same(text, word);
    while (digits < 8 && is_hex(text.data[size + 1 + digits]))
        digits++;
    return digits == 8 && text.data[size] == '-' &&
           privacy_same((struct slice){text.data, size}, word);
}

bool privacy_begins(struct slice text, size_t at, const char *with)
{
    size_t size = strlen(with);
    return text.size - at >= size && memcmp(text.data + at, with, size) == 0;
}

/* ---- homes ---- */
static const char *const homes[] = {
    "/home/", "/Users/", "/var/home/", "/export/home/", "/usr/home/", "/c/Users/", "/mnt/c/Users/"};
/* Accounts that stand for no person. */
static const char *const nobody[] = {"runner", "runneradmin", "vsts", "circleci", "travis",
    "jenkins", "gitlab-runner", "ubuntu", "ec2-user", "vscode", "codespace", "linuxbrew", "user",
    "shared", "public", "root"};

static bool is_nobody(struct slice name)
{
    for (size_t i = 0; i < ARRAY_SIZE(nobody); i++)
        if (privacy_same(name, nobody[i]))
            return true;
    return false;
}

/* The bytes before somebody's name, 0 where none follows. */
static size_t home_prefix(struct slice text, size_t at)
{
    char before = at > 0 ? text.data[at - 1] : ' ';
    if (privacy_is_word(before) || before == '.' || before == '~')
        return 0;
    for (size_t i = 0; i < ARRAY_SIZE(homes); i++)
        if (privacy_begins(text, at, homes[i]))
            return strlen(homes[i]);
    if (!privacy_is_letter(text.data[at]) || text.size - at < sizeof "C:\\Users\\")
        return 0;
    return privacy_begins(text, at + 1, ":\\Users\\") || privacy_begins(text, at + 1, ":/Users/")
               ? sizeof "C:\\Users\\" - 1
               : 0;
}

bool privacy_home_at(struct private_span *out, struct slice text, size_t at)
{
    bool drive = at + 1 < text.size && text.data[at + 1] == ':';
    if (text.data[at] != '/' && !drive)
        return false;
    size_t start = at + home_prefix(text, at), end = start;
    if (start == at)
        return false;
    while (end < text.size && (privacy_is_word(text.data[end]) || text.data[end] == '.'))
        end++;
    if (end == start || is_nobody((struct slice){text.data + start, end - start}))
        return false;
    *out = (struct private_span){PRIVATE_HOME, at, end - at, "~"};
    return true;
}

/* ---- user@host ---- */
/* Nobody's account, and what stands behind an @ that is no host. */
static const char *const services[] = {"git", "hg", "svn", "noreply", "no-reply", "nobody"};
static const char *const no_hosts[] = {"main", "master", "latest", "head", "sha256", "sha512",
    "example.com", "example.org", "example.net"};

static bool is_among(struct slice text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (privacy_same(text, words[i]))
            return true;
    return false;
}

static bool is_local(char byte)
{
    return privacy_is_word(byte) || byte == '.' || byte == '+';
}

static size_t host_end(struct slice text, size_t at)
{
    while (at < text.size && (privacy_is_letter(text.data[at]) || privacy_is_digit(text.data[at]) ||
                                 text.data[at] == '-' || text.data[at] == '.'))
        at++;
    while (at > 0 && (text.data[at - 1] == '.' || text.data[at - 1] == '-'))
        at--;
    return at;
}

/* A revision of something: v4, 1.2.3, 0a1b2c3d. */
static bool is_revision(struct slice host)
{
    if (host.size == 0 || !privacy_is_letter(host.data[0]))
        return true;
    if (host.size > 1 && small(host.data[0]) == 'v' && privacy_is_digit(host.data[1]))
        return true;
    size_t hex = 0;
    while (hex < host.size && (privacy_is_digit(host.data[hex]) ||
                                  (small(host.data[hex]) >= 'a' && small(host.data[hex]) <= 'f')))
        hex++;
    return hex == host.size && hex >= 7;
}

static bool account_at(struct private_span *out, struct slice text, size_t at)
{
    size_t sign = at;
    while (sign < text.size && is_local(text.data[sign]))
        sign++;
    if (sign == at || sign == text.size || text.data[sign] != '@')
        return false;
    size_t end = host_end(text, sign + 1);
    if (end <= sign + 1)
        return false;
    struct slice local = {text.data + at, sign - at};
    struct slice host = {text.data + sign + 1, end - sign - 1};
    bool single = !memchr(host.data, '.', host.size);
    bool in_path = at > 0 && text.data[at - 1] == '/' && !(at > 1 && text.data[at - 2] == '/');
    if (privacy_stands_in(host, "host") || is_revision(host) || (single && in_path) ||
        is_among(local, services, ARRAY_SIZE(services)) ||
        is_among(host, no_hosts, ARRAY_SIZE(no_hosts)))
        return false;
    *out = (struct private_span){PRIVATE_NAME, at, end - at, "user@host"};
    return true;
}

/* ---- hosts ---- */
static const char *const local_ends[] = {
    ".local", ".localdomain", ".lan", ".internal", ".intranet", ".corp"};

/* A machine's name has mostly more to it than two words with a point between. */
static bool is_local_host(struct slice host)
{
    bool telling = false;
    for (size_t i = 0; i < host.size; i++)
        telling = telling || host.data[i] == '-' || privacy_is_digit(host.data[i]);
    for (size_t i = 0; telling && i < ARRAY_SIZE(local_ends); i++) {
        size_t size = strlen(local_ends[i]);
        if (host.size > size &&
            privacy_same((struct slice){host.data + host.size - size, size}, local_ends[i]))
            return true;
    }
    return false;
}

/* The names that systems give by themselves: Somebodys-MacBook-Pro, DESKTOP-0123ABC. */
static bool is_given_host(struct slice host)
{
    for (size_t i = 1; i < host.size; i++)
        if (privacy_begins(host, i, "-MacBook") || privacy_begins(host, i, "-iMac"))
            return true;
    return host.size >= 14 &&
           (privacy_begins(host, 0, "DESKTOP-") || privacy_begins(host, 0, "LAPTOP-"));
}

static bool host_at(struct private_span *out, struct slice text, size_t at)
{
    size_t end = host_end(text, at);
    struct slice host = {text.data + at, end > at ? end - at : 0};
    if (host.size == 0 || host.data[0] == '.' || !(is_local_host(host) || is_given_host(host)))
        return false;
    *out = (struct private_span){PRIVATE_NAME, at, host.size, "host"};
    return true;
}

bool privacy_name_at(struct private_span *out, struct slice text, size_t at)
{
    if (at > 0 && is_local(text.data[at - 1]))
        return false;
    return account_at(out, text, at) || host_at(out, text, at);
}
