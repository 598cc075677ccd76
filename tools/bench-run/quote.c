/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "quote.h"

#include <string.h>

static void quote_word(struct buffer *out, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "%+,-./:=@_";
    if (word[0] != '\0' && word[strspn(word, plain)] == '\0') {
        buffer_add_text(out, word);
        return;
    }
    buffer_add_char(out, '\'');
    for (; *word; word++)
        if (*word == '\'')
            buffer_add_text(out, "'\\''");
        else
            buffer_add_char(out, *word);
    buffer_add_char(out, '\'');
}

void quote_words(struct buffer *out, const char *const *words)
{
    for (size_t i = 0; words[i]; i++) {
        if (i > 0)
            buffer_add_char(out, ' ');
        quote_word(out, words[i]);
    }
}
