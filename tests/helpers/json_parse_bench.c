/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json_parse_bench [FILE]: how fast the lines of FILE (or lines made up here, of
 * the shape of a test report) are parsed, by each way to look at a block and by
 * jansson, in one run. Prints one line for each: name, bytes a second, and the
 * ratio to jansson. The rounds are interleaved and the fastest one of each
 * counts, so that a busy machine hurts all alike.
 *
 * json_parse_bench -w WAY FILE: reads and parses the lines of FILE once, by that
 * path, the fastest one or jansson, as a tool does: for tests/bench.
 */
#include "../fuzz/jansson_beside.h"

#include "source/lines.h"
#include "json/scan.h"
#include "json/writer.h"

#include <stdio.h>
#include <time.h>

enum { LINES = 2000, ROUNDS = 40 };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (uint32_t)(*state >> 33);
}

static double one_of(uint64_t *random, unsigned range)
{
    return (double)(next_random(random) % (range * 1000)) / 1000;
}

static void write_system(struct json_writer *writer, uint64_t *random)
{
    json_member_object(writer, "system");
    json_member_text(writer, "platform", "darwin");
    json_member_text(writer, "hardware_model", "Mac14,13");
    json_member_integer(writer, "memory_total_gb", 64);
    json_member_double(writer, "ram_free_gb", one_of(random, 64));
    json_member_integer(writer, "swap_used_mb", next_random(random) % 4096);
    json_member_integer(writer, "zombie_processes", next_random(random) % 3);
    json_member_text(writer, "quality_flags", next_random(random) % 2 ? "clean" : "degraded");
    json_end_object(writer);
}

static void write_model(struct json_writer *writer, uint64_t *random)
{
    static const char *const models[] = {"mlx-community/Phi-3-mini-4k-instruct-4bit",
        "mlx-community/Qwen2.5-0.5B-Instruct-4bit", "mlx-community/Llama-3.2-3B-Instruct-4bit"};
    json_member_object(writer, "model");
    json_member_text(writer, "id", models[next_random(random) % 3]);
    json_member_double(writer, "size_gb", one_of(random, 40));
    json_member_text(writer, "family", "phi-3");
    json_member_text(writer, "variant", "mini-4k-instruct");
    json_end_object(writer);
    json_member_object(writer, "performance");
    json_member_double(writer, "tokens_per_sec", one_of(random, 100));
    json_member_double(writer, "ram_peak_mb", one_of(random, 8000));
    json_member_integer(writer, "prompt_tokens", next_random(random) % 200);
    json_member_integer(writer, "completion_tokens", next_random(random) % 900);
    json_member_double(writer, "time_to_first_token_sec", one_of(random, 3));
    json_end_object(writer);
}

static void write_tail(struct json_writer *writer, uint64_t *random)
{
    json_member_object(writer, "stop_tokens");
    json_member_array(writer, "configured");
    json_write_text(writer, "<|end|>");
    json_write_text(writer, "<|endoftext|>");
    json_end_array(writer);
    json_member_array(writer, "detected");
    json_write_text(writer, "<|end|>");
    json_end_array(writer);
    json_member_text(writer, "workaround", "phi-3-dual-eos");
    json_member_bool(writer, "leaked", next_random(random) % 50 == 0);
    json_end_object(writer);
    json_member_object(writer, "metadata");
    json_member_text(writer, "host", "bench-host-07.example.org");
    json_member_text(writer, "python", "3.11.9");
    json_member_text(writer, "note", "a line of the size and the shape that reports have, no more");
    json_member_integer(writer, "attempt", next_random(random) % 4);
    json_member_bool(writer, "ci", true);
    json_member_array(writer, "load");
    for (int i = 0; i < 3; i++)
        json_write_double(writer, one_of(random, 8));
    json_end_array(writer);
    json_end_object(writer);
}

static void write_line(struct buffer *out, uint64_t *random)
{
    struct json_writer writer = json_writer(out, 0);
    char test[128], stamp[40];
    snprintf(test, sizeof test, "tests_2.0/live/test_stop_tokens_live.py::test_stop_tokens[%u]",
        next_random(random) % 100000);
    snprintf(stamp, sizeof stamp, "2025-11-%02uT10:%02u:%02uZ", 1 + next_random(random) % 28,
        next_random(random) % 60, next_random(random) % 60);
    json_begin_object(&writer);
    json_member_text(&writer, "schema_version", "0.2.2");
    json_member_text(&writer, "timestamp", stamp);
    json_member_text(&writer, "mlx_knife_version", "2.0.4");
    json_member_text(&writer, "test", test);
    json_member_text(&writer, "outcome", next_random(random) % 9 ? "passed" : "skipped");
    json_member_double(&writer, "duration", one_of(random, 90));
    json_member_double(&writer, "test_start_ts", 1763289000 + one_of(random, 4000));
    json_member_double(&writer, "test_end_ts", 1763293000 + one_of(random, 4000));
    write_model(&writer, random);
    write_tail(&writer, random);
    write_system(&writer, random);
    json_end_object(&writer);
    buffer_add_char(out, '\n');
}

static void make_lines(struct buffer *text)
{
    uint64_t random = 20251116;
    for (int i = 0; i < LINES; i++)
        write_line(text, &random);
}

static int read_lines(struct buffer *text, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return -1;
    char block[65536];
    size_t count;
    while ((count = fread(block, 1, sizeof block, file)) > 0)
        buffer_add(text, block, count);
    fclose(file);
    return 0;
}

/* run NULL is jansson. Returns whether the line is JSON. */
static bool parse_line(
    struct json_document *document, const char *text, size_t size, scan_function *run)
{
    if (run)
        return json_parse_by(document, text, size, NULL, run, NULL) == 0;
    json_t *value = json_loadb(text, size, JSON_DECODE_ANY, NULL);
    json_decref(value);
    return value != NULL;
}

/* Seconds for all lines. */
static double time_lines(struct json_document *document, struct slice text, scan_function *run)
{
    double start = now();
    const char *at = text.data, *end = at + text.size, *newline;
    while (at < end && (newline = memchr(at, '\n', (size_t)(end - at)))) {
        if (!parse_line(document, at, (size_t)(newline - at), run))
            fprintf(stderr, "a line is not JSON\n");
        at = newline + 1;
    }
    return now() - start;
}

/* The path of this name, the one that ends them for any other. */
static const struct scan_path *path_called(const char *name)
{
    const struct scan_path *path = json_scan_paths();
    if (strcmp(name, "fastest") == 0)
        return path;
    while (path->name && strcmp(path->name, name) != 0)
        path++;
    return path;
}

static int parse_once(const char *way, const char *file)
{
    const struct scan_path *path = path_called(way);
    if (!path->name && strcmp(way, "jansson") != 0) {
        fprintf(stderr, "%s: this machine has no such path\n", way);
        return 1;
    }
    struct source_options options = {.raw = true};
    struct sources *sources = sources_create(&file, 1, &options);
    struct lines *lines = lines_create(sources, NULL);
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    struct line line;
    int more, status = 0;
    while ((more = lines_next(lines, &line, &error)) > 0)
        if (!line.blank && !parse_line(&document, line.text, line.size, path->run))
            status = 1;
    if (more < 0)
        fprintf(stderr, "%s\n", error.text);
    json_release(&document);
    lines_free(lines);
    sources_free(sources);
    return more < 0 ? 1 : status;
}

/* Prints one line for each way. */
static void compare_ways(struct slice text)
{
    enum { MOST = 8 };
    struct json_document document = JSON_DOCUMENT_INIT;
    const struct scan_path *paths = json_scan_paths();
    double best[MOST] = {0};
    int ways = 0;
    while (paths[ways].name)
        ways++;
    for (int round = 0; round < ROUNDS; round++)
        for (int way = 0; way <= ways; way++) {
            if (way == ways && round % 10 != 0)
                continue;
            double took = time_lines(&document, text, paths[way].run);
            if (round == 0 || took < best[way])
                best[way] = took;
        }
    for (int way = 0; way <= ways; way++)
        printf("%-9s %7.1f MB/s %6.2f times jansson\n", way < ways ? paths[way].name : "jansson",
            (double)text.size / best[way] / 1e6, best[ways] / best[way]);
    json_release(&document);
}

int main(int count, char **words)
{
    struct buffer text = BUFFER_INIT;
    if (count == 4 && strcmp(words[1], "-w") == 0)
        return parse_once(words[2], words[3]);
    if (count > 1 && read_lines(&text, words[1]) != 0) {
        perror(words[1]);
        return 1;
    }
    if (count < 2)
        make_lines(&text);
    size_t size = text.size;
    for (int i = 0; i < JSON_PADDING; i++)
        buffer_add_char(&text, '\0');
    compare_ways((struct slice){text.data, size});
    buffer_release(&text);
    return 0;
}
