/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* How many bytes a UTF-8 character has that begins with first; 0 where none does. */
static size_t announced(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first < 0xc2 || first > 0xf4)
        return 0;
    return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/* The length of the UTF-8 character at text, 0 where it is none. RFC 3629, section 4. */
static size_t character(const char *text)
{
    const unsigned char *byte = (const unsigned char *)text;
    size_t length = announced(byte[0]);
    if ((byte[0] == 0xe0 && byte[1] < 0xa0) || (byte[0] == 0xed && byte[1] > 0x9f) ||
        (byte[0] == 0xf0 && byte[1] < 0x90) || (byte[0] == 0xf4 && byte[1] > 0x8f))
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((byte[i] & 0xc0) != 0x80)
            return 0;
    return length;
}

static bool inside_character(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Keep the end of a text that is too long: of a path the end tells more. */
static void keep_tail(char *out, size_t size, const char *text)
{
    size_t length = strlen(text);
    if (length < size) {
        memcpy(out, text, length + 1);
        return;
    }
    const char *tail = text + length - (size - 4);
    while (inside_character(*tail))
        tail++;
    memset(out, '.', 3);
    memcpy(out + 3, tail, strlen(tail) + 1);
}

/* text ends before `at`, where a character begins, in "...". */
static void cut(char *text, size_t at)
{
    while (at > 0 && inside_character(text[at]))
        at--;
    memcpy(text + at, "...", 4);
}

static void PRINTF_LIKE(4, 0) set(
    struct error *error, enum error_code code, int number, const char *format, va_list arguments)
{
    if (!error || error->code != ERROR_NONE)
        return;
    error->code = code;
    error->number = number;
    int length = vsnprintf(error->text, sizeof error->text, format, arguments);
    if (length < 0)
        error->text[0] = '\0';
    else if ((size_t)length >= sizeof error->text)
        cut(error->text, sizeof error->text - 4);
}

int error_set(struct error *error, enum error_code code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    set(error, code, 0, format, arguments);
    va_end(arguments);
    return -1;
}

/* An input is not to blame where the system has no memory or descriptors left. */
static bool is_exhaustion(int number)
{
    return number == ENOMEM || number == EMFILE || number == ENFILE;
}

int error_system(struct error *error, enum error_code code, int number, const char *format, ...)
{
    if (!error || error->code != ERROR_NONE)
        return -1;
    if (code == ERROR_INPUT && is_exhaustion(number))
        code = ERROR_MACHINE;
    va_list arguments;
    va_start(arguments, format);
    set(error, code, number, format, arguments);
    va_end(arguments);

    char why[128];
    if (strerror_r(number, why, sizeof why) != 0)
        snprintf(why, sizeof why, "error %d", number);
    size_t room = sizeof error->text - strlen(why) - 3;
    if (strlen(error->text) > room)
        cut(error->text, room - 3);
    size_t length = strlen(error->text);
    snprintf(error->text + length, sizeof error->text - length, ": %s", why);
    return -1;
}

void error_place(struct error *error, const char *file, uint64_t line, uint64_t column)
{
    if (!error)
        return;
    if (file && error->file[0] == '\0')
        keep_tail(error->file, sizeof error->file, file);
    if (error->line == 0)
        error->line = line;
    if (error->column == 0)
        error->column = column;
}

void error_pointer(struct error *error, const char *pointer)
{
    if (error && error->pointer[0] == '\0')
        keep_tail(error->pointer, sizeof error->pointer, pointer);
}

void error_clear(struct error *error)
{
    if (error)
        *error = (struct error)ERROR_INIT;
}

struct writer {
    char *out;
    size_t size, length;
    bool full;
};

/* All or nothing; what does not fit ends the text. */
static void put(struct writer *writer, const char *bytes, size_t count)
{
    if (writer->full || count >= writer->size - writer->length) {
        writer->full = true;
        return;
    }
    memcpy(writer->out + writer->length, bytes, count);
    writer->length += count;
}

/* A control character, of ASCII or of Latin-1 (which some terminals obey too). */
static bool is_control(const char *text)
{
    unsigned char first = (unsigned char)text[0], second = (unsigned char)text[1];
    return first < 0x20 || first == 0x7f || (first == 0xc2 && second < 0xa0);
}

static void put_text(struct writer *writer, const char *text)
{
    while (*text) {
        size_t length = character(text);
        if (length > 0 && !is_control(text)) {
            put(writer, text, length);
            text += length;
            continue;
        }
        char shown[8];
        for (size_t i = 0; i < (length ? length : 1); i++) {
            int count = snprintf(shown, sizeof shown, "\\x%02x", (unsigned char)text[i]);
            put(writer, shown, (size_t)count);
        }
        text += length ? length : 1;
    }
}

size_t error_format(const struct error *error, char *out, size_t size)
{
    struct writer writer = {out, size, 0, false};
    char number[24];

    if (size == 0)
        return 0;
    if (error->file[0] != '\0') {
        put_text(&writer, error->file);
        put(&writer, ":", 1);
        if (error->line > 0)
            put(&writer, number,
                (size_t)snprintf(number, sizeof number, "%llu:", (unsigned long long)error->line));
        if (error->line > 0 && error->column > 0)
            put(&writer, number,
                (size_t)snprintf(
                    number, sizeof number, "%llu:", (unsigned long long)error->column));
        put(&writer, " ", 1);
    }
    if (error->pointer[0] != '\0') {
        put_text(&writer, error->pointer);
        put(&writer, ": ", 2);
    }
    put_text(&writer, error->text);
    out[writer.length] = '\0';
    return writer.length;
}

enum exit_status error_status(const struct error *error)
{
    switch (error->code) {
    case ERROR_NONE: return STATUS_DONE;
    case ERROR_USAGE: return STATUS_USAGE;
    case ERROR_INPUT: return STATUS_INPUT;
    case ERROR_CONTENT: return STATUS_INPUT;
    case ERROR_MACHINE: return STATUS_MACHINE;
    }
    return STATUS_MACHINE;
}
