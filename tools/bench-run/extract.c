/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract.h"

#include "json/document.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int extraction_compile(struct extraction *extraction, struct error *error)
{
    char text[200];
    if (extraction->kind != EXTRACT_REGEX)
        return 0;
    int result = regcomp(&extraction->regex, extraction->text, REG_EXTENDED | REG_NEWLINE);
    if (result == 0)
        return 0;
    regerror(result, &extraction->regex, text, sizeof text);
    return error_set(
        error, ERROR_CONTENT, "the regular expression %s is wrong: %s", extraction->text, text);
}

void extraction_release(const struct extraction *extraction)
{
    if (extraction->kind == EXTRACT_REGEX)
        regfree((regex_t *)&extraction->regex);
}

/* A number at the front of text, which ends in a NUL; *end is behind it. */
static bool read_number(const char *text, double *value, const char **end)
{
    char *after;
    const char *start = text + strspn(text, " \t");
    if (strspn(start, "+-.0123456789") == 0)
        return false;
    *value = strtod(start, &after);
    *end = after;
    return after != start && isfinite(*value);
}

/* The word behind the number, up to a blank or a comma. */
static void read_unit(const char *text, char unit[static EXTRACT_UNIT])
{
    text += strspn(text, " \t");
    size_t length = strcspn(text, " \t\r\n,;");
    if (length >= EXTRACT_UNIT)
        length = 0;
    memcpy(unit, text, length);
    unit[length] = '\0';
}

static int take_line(const struct extraction *extraction, struct slice output, double *value,
    char unit[static EXTRACT_UNIT], struct error *error)
{
    size_t length = strlen(extraction->text);
    for (const char *line = output.data; line && *line; line = strchr(line, '\n')) {
        line += strspn(line, "\n \t");
        const char *at = line + length, *end;
        if (strncmp(line, extraction->text, length) != 0)
            continue;
        at += strspn(at, " \t");
        if ((*at == ':' || *at == '=') && read_number(at + 1, value, &end)) {
            read_unit(end, unit);
            return 0;
        }
    }
    return error_set(error, ERROR_CONTENT, "its output has no line \"%s: NUMBER\" for %s",
        extraction->text, extraction->name);
}

static int take_regex(
    const struct extraction *extraction, struct slice output, double *value, struct error *error)
{
    regmatch_t matches[2];
    char number[64];
    const char *end;
    if (output.size == 0 ||
        regexec(&extraction->regex, output.data, ARRAY_SIZE(matches), matches, 0) != 0)
        return error_set(error, ERROR_CONTENT, "nothing in its output matches %s for %s",
            extraction->text, extraction->name);
    const regmatch_t *match = matches[1].rm_so >= 0 ? &matches[1] : &matches[0];
    size_t length = (size_t)(match->rm_eo - match->rm_so);
    if (length < sizeof number) {
        memcpy(number, output.data + match->rm_so, length);
        number[length] = '\0';
        if (read_number(number, value, &end))
            return 0;
    }
    return error_set(error, ERROR_CONTENT, "what matches %s for %s in its output is no number",
        extraction->text, extraction->name);
}

static int take_pointer(
    const struct extraction *extraction, struct slice output, double *value, struct error *error)
{
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error inner = ERROR_INIT;
    uint32_t node;
    int result = 0;
    if (json_parse_copy(&document, output, NULL, &inner) != 0)
        result = error_set(error, ERROR_CONTENT, "its output is no JSON, for %s: %s",
            extraction->name, inner.text);
    else if (!json_pointer_find(&document, slice_of(extraction->text), &node) ||
             json_type(&document, node) != JSON_NUMBER)
        result = error_set(error, ERROR_CONTENT, "its output has no number at %s for %s",
            extraction->text, extraction->name);
    else
        *value = json_double(&document, node);
    json_release(&document);
    return result;
}

int extraction_take(const struct extraction *extraction, struct slice output, double *value,
    char unit[static EXTRACT_UNIT], struct error *error)
{
    unit[0] = '\0';
    if (extraction->kind == EXTRACT_LINE)
        return take_line(extraction, output, value, unit, error);
    if (extraction->kind == EXTRACT_REGEX)
        return take_regex(extraction, output, value, error);
    return take_pointer(extraction, output, value, error);
}
