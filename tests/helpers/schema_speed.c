/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * schema_speed SCHEMA FILE [ROUNDS]: how much checking adds to parsing. The file
 * is read once; each round parses all lines, then parses and checks them, and the
 * fastest round of each counts. Prints bytes a second of both and their ratio.
 */
#include "base/memory.h"
#include "schema/schema.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static char *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    struct buffer text = BUFFER_INIT;
    char *room;
    size_t count;
    if (!file)
        return NULL;
    while ((room = buffer_room(&text, 1 << 20)) && (count = fread(room, 1, 1 << 20, file)) > 0)
        buffer_wrote(&text, count);
    fclose(file);
    *size = text.size;
    for (int i = 0; i < JSON_PADDING; i++)
        buffer_add_char(&text, '\0');
    return buffer_steal(&text);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* One walk over the lines; checker NULL parses only. Returns the seconds. */
static double walk(const char *text, size_t size, struct schema_checker *checker, unsigned *refused)
{
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    double start = now();
    *refused = 0;
    for (const char *at = text, *end = text + size; at < end;) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *next = newline ? newline + 1 : end;
        if (json_parse(&document, at, (size_t)(next - at), NULL, &error))
            ++*refused;
        else if (checker)
            *refused += schema_accepts(checker, &document, &error) >= SCHEMA_REFUSED;
        at = next;
    }
    double seconds = now() - start;
    json_release(&document);
    return seconds;
}

int main(int argc, char **argv)
{
    size_t size, schema_size;
    struct error error = ERROR_INIT;
    struct schema_options options = {.dialect = SCHEMA_2020_12, .formats = SCHEMA_FORMATS_ASSERT};
    struct schema *schema;
    char *schema_text = argc > 2 ? read_file(argv[1], &schema_size) : NULL;
    char *text = argc > 2 ? read_file(argv[2], &size) : NULL;
    int rounds = argc > 3 ? atoi(argv[3]) : 5;
    if (!text || !schema_text) {
        fprintf(stderr, "usage: schema_speed SCHEMA FILE [ROUNDS]\n");
        return 2;
    }
    if (schema_compile(&schema, schema_text, schema_size, &options, &error)) {
        fprintf(stderr, "%s: %s\n", error.pointer, error.text);
        return 1;
    }
    struct schema_checker *checker = schema_checker_create(schema);
    double parse = 1e9, check = 1e9;
    unsigned broken = 0, refused = 0;
    for (int i = 0; i < rounds; i++) {
        double seconds = walk(text, size, NULL, &broken);
        parse = seconds < parse ? seconds : parse;
        seconds = walk(text, size, checker, &refused);
        check = seconds < check ? seconds : check;
    }
    printf("parse %.0f MB/s, parse and check %.0f MB/s, ratio %.2f, refused %u\n",
        (double)size / parse / 1e6, (double)size / check / 1e6, check / parse, refused);
    schema_checker_free(checker);
    schema_free(schema);
    free(text);
    free(schema_text);
    return 0;
}
