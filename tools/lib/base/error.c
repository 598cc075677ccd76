/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Keep the end of a text that is too long: of a path the end tells more. */
static void keep_tail(char *out, size_t size, const char *text)
{
    size_t length = strlen(text);
    if (length < size) {
        memcpy(out, text, length + 1);
        return;
    }
    snprintf(out, size, "...%s", text + length - (size - 4));
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
        memcpy(error->text + sizeof error->text - 4, "...", 4);
}

int error_set(struct error *error, enum error_code code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    set(error, code, 0, format, arguments);
    va_end(arguments);
    return -1;
}

int error_system(struct error *error, enum error_code code, int number, const char *format, ...)
{
    if (!error || error->code != ERROR_NONE)
        return -1;
    va_list arguments;
    va_start(arguments, format);
    set(error, code, number, format, arguments);
    va_end(arguments);

    char why[128];
    if (strerror_r(number, why, sizeof why) != 0)
        snprintf(why, sizeof why, "error %d", number);
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
};

static void put(struct writer *writer, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count && writer->length + 1 < writer->size; i++)
        writer->out[writer->length++] = bytes[i];
}

static void put_text(struct writer *writer, const char *text)
{
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        char shown[8];
        if (byte >= 0x20 && byte != 0x7f) {
            put(writer, text, 1);
            continue;
        }
        int length = snprintf(shown, sizeof shown, "\\x%02x", byte);
        put(writer, shown, (size_t)length);
    }
}

size_t error_format(const struct error *error, char *out, size_t size)
{
    struct writer writer = {out, size, 0};
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
