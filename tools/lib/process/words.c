/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "process/words.h"

#include "base/memory.h"

#include <stdbool.h>
#include <string.h>

/* A walk over the text; the words' bytes go to `write`, which never overtakes `at`. */
struct splitter {
    const char *text, *at;
    char *write;
    struct words *words;
    size_t capacity;
    bool in_word; /* also true for an empty "" */
    struct error *error;
};

static void note_special(struct splitter *splitter)
{
    if (splitter->words->special == 0 && strchr("|&;<>$`", *splitter->at))
        splitter->words->special = (size_t)(splitter->at - splitter->text) + 1;
}

static int fail_open(const struct splitter *splitter, const char *opening, const char *what)
{
    error_place(splitter->error, NULL, 0, (size_t)(opening - splitter->text) + 1);
    return error_set(splitter->error, ERROR_USAGE,
        "%s at byte %zu of the command is never closed; expected its end in: %s", what,
        (size_t)(opening - splitter->text) + 1, splitter->text);
}

static int take_single(struct splitter *splitter)
{
    const char *opening = splitter->at++;
    const char *end = strchr(splitter->at, '\'');
    if (!end)
        return fail_open(splitter, opening, "the single quote");
    size_t length = (size_t)(end - splitter->at);
    memmove(splitter->write, splitter->at, length);
    splitter->write += length;
    splitter->at = end + 1;
    return 0;
}

static int take_double(struct splitter *splitter)
{
    const char *opening = splitter->at++;
    while (*splitter->at != '"') {
        if (*splitter->at == '\0')
            return fail_open(splitter, opening, "the double quote");
        if (splitter->at[0] == '\\' && splitter->at[1] == '\n') {
            splitter->at += 2;
            continue;
        }
        if (splitter->at[0] == '\\' && splitter->at[1] != '\0' && strchr("$`\"\\", splitter->at[1]))
            splitter->at++;
        *splitter->write++ = *splitter->at++;
    }
    splitter->at++;
    return 0;
}

static int take_backslash(struct splitter *splitter)
{
    if (splitter->at[1] == '\0')
        return fail_open(splitter, splitter->at, "the backslash");
    if (splitter->at[1] != '\n') {
        *splitter->write++ = splitter->at[1];
        splitter->in_word = true;
    }
    splitter->at += 2;
    return 0;
}

static int take_part(struct splitter *splitter)
{
    switch (*splitter->at) {
    case '\\': return take_backslash(splitter);
    case '\'': splitter->in_word = true; return take_single(splitter);
    case '"': splitter->in_word = true; return take_double(splitter);
    default:
        note_special(splitter);
        splitter->in_word = true;
        *splitter->write++ = *splitter->at++;
        return 0;
    }
}

static void add_word(struct splitter *splitter, char *word)
{
    struct words *words = splitter->words;
    MEMORY_GROW(words->items, words->count, splitter->capacity);
    words->items[words->count++] = word;
}

static int split_all(struct splitter *splitter)
{
    while (*splitter->at) {
        splitter->at += strspn(splitter->at, " \t\n");
        char *word = splitter->write;
        splitter->in_word = false;
        while (*splitter->at && !strchr(" \t\n", *splitter->at))
            if (take_part(splitter) != 0)
                return -1;
        if (splitter->in_word) {
            *splitter->write++ = '\0';
            add_word(splitter, word);
        }
    }
    return 0;
}

int words_split(struct words *words, struct arena *arena, const char *text, struct error *error)
{
    *words = (struct words){NULL, 0, 0};
    /* A word is never longer than its text, and its NUL takes the place of a blank. */
    char *bytes = arena_take(arena, strlen(text) + 1);
    struct splitter splitter = {.text = text, .at = text, .write = bytes, .words = words};
    splitter.error = error;

    int result = split_all(&splitter);
    if (result == 0 && words->count == 0)
        result = error_set(error, ERROR_USAGE, "the command is empty; expected a program's name");
    char **items = words->items;
    if (result == 0) {
        words->items = arena_take(arena, (words->count + 1) * sizeof *items);
        memcpy(words->items, items, words->count * sizeof *items);
        words->items[words->count] = NULL;
    }
    free(items);
    return result;
}

void words_quote(struct buffer *out, struct slice word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "%+,-./:=@_";
    bool bare = word.size > 0;
    for (size_t i = 0; i < word.size; i++)
        bare = bare && word.data[i] != '\0' && strchr(plain, word.data[i]);
    if (bare) {
        buffer_add_slice(out, word);
        return;
    }
    buffer_add_char(out, '\'');
    for (size_t i = 0; i < word.size; i++)
        if (word.data[i] == '\'')
            buffer_add_text(out, "'\\''");
        else
            buffer_add_char(out, word.data[i]);
    buffer_add_char(out, '\'');
}
