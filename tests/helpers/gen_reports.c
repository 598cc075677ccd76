/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gen_reports LINES [BAD]: test report lines of version 0.2.2 with every main
 * section, about 1.3 KB each, from a fixed seed: the same call writes the same
 * bytes. Of each 1000 lines BAD (default 0) are bad, in six kinds by turns: a
 * wrong type, an unknown outcome, a member missing, a name misspelt, a number
 * below its bound, and not JSON at all.
 */
#include "base/buffer.h"
#include "json/writer.h"

#include <stdio.h>
#include <stdlib.h>

enum bad { GOOD, BAD_TYPE, BAD_VALUE, BAD_MISSING, BAD_NAME, BAD_BOUND, BAD_JSON, BAD_KINDS };

struct generator {
    uint64_t random;
    struct json_writer writer;
    enum bad bad;
};

static uint32_t draw(struct generator *generator, uint32_t range)
{
    generator->random = generator->random * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(generator->random >> 33) % range;
}

static const char *one_of(struct generator *generator, const char *const *words, uint32_t count)
{
    return words[draw(generator, count)];
}

/* A number with three decimals, 0 to most. */
static void number(struct generator *generator, const char *name, uint32_t most)
{
    json_member_double(&generator->writer, name, draw(generator, most * 1000) / 1000.0);
}

static void whole(struct generator *generator, const char *name, uint32_t most)
{
    json_member_integer(&generator->writer, name, draw(generator, most));
}

static void open(struct generator *generator, const char *name)
{
    json_member_object(&generator->writer, name);
}

static void close(struct generator *generator)
{
    json_end_object(&generator->writer);
}

static void words(struct generator *generator, const char *name, const char *const *list, int count)
{
    json_member_array(&generator->writer, name);
    for (int i = 0; i < count; i++)
        json_write_text(&generator->writer, list[i]);
    json_end_array(&generator->writer);
}

static void write_head(struct generator *generator, uint32_t line)
{
    static const char *const outcomes[] = {"passed", "passed", "passed", "failed", "skipped"};
    struct json_writer *writer = &generator->writer;
    char text[120];
    double end = 1770000000 + line * 7.25;
    json_member_text(writer, "schema_version", "0.2.2");
    if (generator->bad != BAD_MISSING) {
        snprintf(text, sizeof text, "2026-02-%02uT%02u:%02u:%02u.%06u+00:00",
            1 + draw(generator, 28), draw(generator, 24), draw(generator, 60), draw(generator, 60),
            draw(generator, 1000000));
        json_member_text(writer, "timestamp", text);
    }
    json_member_text(writer, "mlx_knife_version", "2.0.4");
    snprintf(text, sizeof text,
        "tests/live/test_stop_tokens_live.py::TestModels::test_case_%u[model-%02u]",
        draw(generator, 400), draw(generator, 60));
    json_member_text(writer, "test", text);
    json_member_text(writer, generator->bad == BAD_NAME ? "outcme" : "outcome",
        generator->bad == BAD_VALUE ? "pased" : one_of(generator, outcomes, 5));
    if (generator->bad == BAD_NAME)
        json_member_text(writer, "outcome", "passed");
    json_member_double(writer, "duration", draw(generator, 90000) / 1000.0);
    json_member_double(writer, "test_start_ts", end - 5.5);
    json_member_double(writer, "test_end_ts", end);
}

static void write_model(struct generator *generator)
{
    static const char *const families[] = {"llama", "phi-3", "qwen", "mistral", "deepseek"};
    struct json_writer *writer = &generator->writer;
    char text[80];
    const char *family = one_of(generator, families, 5);
    open(generator, "model");
    snprintf(text, sizeof text, "community/%s-%uB-Instruct-4bit", family, 1 + draw(generator, 70));
    json_member_text(writer, "id", text);
    number(generator, "size_gb", 40);
    json_member_text(writer, "family", family);
    json_member_text(writer, "variant", "instruct");
    json_member_text(writer, "framework", "MLX");
    json_member_text(writer, "quantization", "4bit");
    close(generator);
}

static void write_performance(struct generator *generator)
{
    open(generator, "performance");
    if (generator->bad == BAD_TYPE)
        json_member_text(&generator->writer, "tokens_per_sec", "fast");
    else
        number(generator, "tokens_per_sec", 120);
    if (generator->bad == BAD_BOUND)
        json_member_double(&generator->writer, "ram_peak_mb", -1.5);
    else
        number(generator, "ram_peak_mb", 40000);
    number(generator, "duration_s", 60);
    whole(generator, "prompt_tokens", 500);
    whole(generator, "completion_tokens", 900);
    number(generator, "model_load_time_s", 20);
    number(generator, "time_to_first_token_s", 2);
    number(generator, "cleanup_time_s", 3);
    number(generator, "peak_ram_gb", 40);
    number(generator, "stable_ram_gb", 40);
    close(generator);
}

static void write_stop_tokens(struct generator *generator)
{
    static const char *const tokens[] = {"<|end|>", "<|endoftext|>"};
    open(generator, "stop_tokens");
    words(generator, "configured", tokens, 2);
    words(generator, "detected", tokens, 1);
    json_member_text(&generator->writer, "workaround", "none");
    json_member_bool(&generator->writer, "leaked", false);
    close(generator);
}

static void write_system(struct generator *generator)
{
    static const char *const flags[] = {"clean"};
    struct json_writer *writer = &generator->writer;
    open(generator, "system");
    json_member_text(writer, "platform", "darwin");
    json_member_text(writer, "platform_version", "25.1.0");
    json_member_text(writer, "python_version", "3.12.4");
    json_member_text(writer, "mlx_version", "0.29.3");
    json_member_text(writer, "hardware", "Mac15,9");
    json_member_integer(writer, "ram_total_gb", 64);
    open(generator, "hardware_profile");
    json_member_text(writer, "model_identifier", "Mac15,9");
    json_member_text(writer, "chip", "M3 Max");
    json_member_integer(writer, "chip_cores_performance", 12);
    json_member_integer(writer, "chip_cores_efficiency", 4);
    json_member_integer(writer, "gpu_cores", 40);
    json_member_text(writer, "metal_version", "Metal 3");
    close(generator);
    close(generator);
    open(generator, "system_health");
    number(generator, "swap_gb", 2);
    number(generator, "ram_free_gb", 60);
    whole(generator, "zombies_detected", 2);
    words(generator, "quality_flags", flags, 1);
    close(generator);
}

static void write_timeline(struct generator *generator)
{
    open(generator, "timeline");
    number(generator, "server_start_ms", 50);
    number(generator, "model_load_start_ms", 900);
    number(generator, "model_load_complete_ms", 9000);
    number(generator, "server_ready_ms", 9500);
    number(generator, "request_sent_ms", 9600);
    number(generator, "first_token_ms", 9900);
    number(generator, "stream_complete_ms", 30000);
    number(generator, "shutdown_request_ms", 31000);
    number(generator, "cleanup_complete_ms", 33000);
    close(generator);
    open(generator, "metadata");
    json_member_text(&generator->writer, "inference_modality", "text");
    close(generator);
}

static void write_line(struct generator *generator, struct buffer *line, uint32_t number_of_line)
{
    buffer_reset(line);
    generator->writer = json_writer(line, 0);
    json_begin_object(&generator->writer);
    write_head(generator, number_of_line);
    write_model(generator);
    write_performance(generator);
    write_stop_tokens(generator);
    write_system(generator);
    write_timeline(generator);
    json_end_object(&generator->writer);
    if (generator->bad == BAD_JSON)
        line->size -= 20;
    buffer_add_char(line, '\n');
}

int main(int argc, char **argv)
{
    struct generator generator = {.random = 20260211};
    struct buffer line = BUFFER_INIT;
    uint32_t lines = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 0, kind = 0;
    uint32_t bad = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;
    if (lines == 0 || bad > 1000) {
        fprintf(stderr, "usage: gen_reports LINES [BAD IN 1000]\n");
        return 2;
    }
    for (uint32_t i = 0; i < lines; i++) {
        generator.bad = GOOD;
        if (draw(&generator, 1000) < bad)
            generator.bad = (enum bad)(GOOD + 1 + kind++ % (BAD_KINDS - 1));
        write_line(&generator, &line, i);
        if (fwrite(line.data, 1, line.size, stdout) != line.size)
            return 4;
    }
    buffer_release(&line);
    return fflush(stdout) ? 4 : 0;
}
