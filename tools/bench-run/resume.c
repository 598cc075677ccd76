/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "resume.h"

#include "base/memory.h"
#include "match.h"
#include "record/access.h"
#include "record/reader.h"
#include "source/lines.h"
#include "source/source.h"
#include "tool/place.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CONTINUED_MOST 1e9

struct reading {
    struct resume *resume;
    const struct settings *settings;
    const struct plan *plan;
    const struct machine_facts *facts;
    struct subject *subjects;
    struct arena scratch; /* of one line */
    struct slice run_id;
    struct error *error;
};

static bool is_count(double value, int64_t count)
{
    return count == UNKNOWN_COUNT ? isnan(value) : value == (double)count;
}

static int differs(const struct reading *reading, const char *what)
{
    return error_set(reading->error, ERROR_CONTENT,
        "the run cannot be continued: %s; expected the same as then", what);
}

static int check_machine(const struct reading *reading, const struct report_run *run)
{
    const struct machine_facts *facts = reading->facts;
    if (!match_text(run->cpu_model, facts->cpu_model))
        return differs(reading, "the processor is another one");
    if (!is_count(run->cores_logical, facts->cores_logical))
        return differs(reading, "the machine has another number of processors");
    if (!is_count(run->memory_bytes, facts->memory_bytes))
        return differs(reading, "the machine has another amount of memory");
    if (!match_text(run->kernel, facts->kernel))
        return differs(reading, "the kernel is another one");
    return 0;
}

static int check_commands(struct reading *reading, const struct json_document *document)
{
    uint32_t config = json_get(document, 0, "config");
    uint32_t list = config == JSON_NONE ? JSON_NONE : json_get(document, config, "commands");
    size_t count = 0;
    if (list == JSON_NONE || json_type(document, list) != JSON_ARRAY)
        return differs(reading, "its run line does not name its commands");
    for (uint32_t item = json_first(document, list); item != json_end(document, list);
         item = json_after(document, item), count++)
        if (count >= reading->plan->count || json_type(document, item) != JSON_STRING ||
            !slice_is(json_string(document, item, &reading->scratch),
                reading->plan->cells[count].command))
            return differs(reading, "the commands are others");
    return count == reading->plan->count ? 0 : differs(reading, "the commands are others");
}

/* What is not said is as usual. */
static bool same_word(struct reading *reading, const struct json_document *document,
    const char *name, const char *now, const char *usual)
{
    uint32_t config = access_node(document, ACCESS_ROOT, "config", JSON_OBJECT);
    struct slice then = access_text(document, config, name, &reading->scratch);
    return then.size == 0 ? strcmp(now ? now : usual, usual) == 0
                          : slice_is(then, now ? now : usual);
}

static bool same_processors(
    const struct reading *reading, const struct json_document *document, uint32_t isolation)
{
    uint32_t pin = access_node(document, isolation, "pin", JSON_ARRAY);
    size_t count = 0;
    if (pin == JSON_NONE)
        return !reading->plan->cpus;
    for (uint32_t item = json_first(document, pin); item != json_end(document, pin);
         item = json_after(document, item), count++)
        if (count >= reading->plan->cpu_count ||
            access_number_of(document, item) != (double)reading->plan->cpus[count])
            return false;
    return count == reading->plan->cpu_count;
}

/* What would make other samples of the same command. */
static int check_conditions(struct reading *reading, const struct json_document *document)
{
    const struct settings *settings = reading->settings;
    uint32_t isolation = access_node(document, ACCESS_ROOT, "isolation", JSON_OBJECT);
    double nice = access_number(document, isolation, "nice");
    const char *output = settings->show_output ? "inherit" : settings->command_output;
    if (!same_word(reading, document, "shell", settings->no_shell ? NULL : settings->shell, "none"))
        return differs(reading, "the shell is another one");
    if (!same_word(reading, document, "input", settings->input, "null"))
        return differs(reading, "the input is another one");
    if (!same_word(reading, document, "output", output, "null"))
        return differs(reading, "the output goes elsewhere");
    if (!same_processors(reading, document, isolation))
        return differs(reading, "--pin names other processors");
    if (settings->nice_given ? nice != (double)settings->nice : !isnan(nice))
        return differs(reading, "the nice value is another one");
    if ((access_bool(document, isolation, "aslr") == KNOWN_FALSE) != settings->no_aslr)
        return differs(reading, "addresses are drawn in one, and not in the other");
    if ((access_bool(document, isolation, "drop_caches") == KNOWN_TRUE) != settings->drop_caches)
        return differs(reading, "the caches are dropped in one, and not in the other");
    return 0;
}

/* A later run of the same file takes the place of an earlier one. */
static int take_run(struct reading *reading, const struct record *record)
{
    struct report_run run;
    struct resume *resume = reading->resume;
    if (report_run_read(&run, record, &reading->scratch, reading->error) != 0)
        return -1;
    error_clear(reading->error);
    resume->run_id = arena_text_n(&resume->arena, run.run_id.data, run.run_id.size);
    resume->lines = 1;
    resume->rounds = 0;
    resume->continued = 0;
    for (size_t i = 0; i < reading->plan->count; i++)
        series_forget(&reading->subjects[i].series);
    if (check_machine(reading, &run) != 0 || check_conditions(reading, record->document) != 0)
        return -1;
    return check_commands(reading, record->document);
}

static struct subject *find_subject(
    const struct reading *reading, const struct report_result *result)
{
    for (size_t i = 0; i < reading->plan->count; i++) {
        const struct cell *cell = &reading->plan->cells[i];
        double repetition = isnan(result->repetition) ? 0 : result->repetition;
        if (match_benchmark(cell, result) && match_text(result->variant, cell->variant) &&
            repetition == (double)cell->repetition)
            return &reading->subjects[i];
    }
    return NULL;
}

static void take_rounds(struct reading *reading, const struct metric *metric)
{
    for (size_t i = 0; metric->pairs && i < metric->count; i++) {
        struct slice text = metric->pairs[i];
        int64_t round = 0;
        for (size_t j = 0; j < text.size && text.data[j] >= '0' && text.data[j] <= '9'; j++)
            round = 10 * round + (text.data[j] - '0');
        if (round >= reading->resume->rounds)
            reading->resume->rounds = round + 1;
    }
}

static int take_result(struct reading *reading, const struct record *record)
{
    struct report_result result;
    if (report_result_read(&result, record, &reading->scratch, reading->error) != 0)
        return -1;
    if (!reading->resume->run_id || !match_text(result.run_id, reading->resume->run_id))
        return 0;
    struct subject *subject = find_subject(reading, &result);
    if (!subject)
        return differs(reading, "it has a benchmark that is not among these");
    const struct metric *walls = report_metric(&result, "wall_time");
    int64_t part = isnan(result.part) ? 0 : (int64_t)result.part;
    if (part >= subject->series.parts)
        subject->series.parts = part + 1;
    for (size_t i = 0; walls && i < walls->count; i++)
        series_add_earlier(&subject->series, walls->samples[i]);
    if (walls)
        take_rounds(reading, walls);
    return 0;
}

/* A later end line of the same run counts all executions before it. */
static void take_end(struct reading *reading, const struct json_document *document)
{
    uint32_t stopping = access_node(document, ACCESS_ROOT, "stopping", JSON_OBJECT);
    double continued = access_number(document, stopping, "continued");
    if (continued > (double)reading->resume->continued && continued < CONTINUED_MOST)
        reading->resume->continued = (int64_t)continued;
}

static int take_record(struct reading *reading, const struct record *record)
{
    arena_reset(&reading->scratch);
    if (record->kind == RECORD_RUN)
        return take_run(reading, record);
    reading->resume->lines++;
    if (record->kind == RECORD_END)
        take_end(reading, record->document);
    return record->kind == RECORD_RESULT ? take_result(reading, record) : 0;
}

static int read_records(struct reading *reading, struct lines *lines)
{
    struct record_reader *reader = record_reader_create(lines, NULL);
    struct record record = {.file = NULL};
    int result = 0, next;
    struct error *error = reading->error;
    while (result == 0 && (next = record_next(reader, &record, error)) != 0) {
        if (next < 0 && error->code == ERROR_CONTENT) {
            /* A crash leaves half a line; what is whole counts. */
            error_clear(error);
            reading->resume->cut = true;
            continue;
        }
        result = next < 0 ? -1 : take_record(reading, &record);
        if (result != 0 && next > 0)
            error_place(error, record.file, record.line, 0);
    }
    record_reader_free(reader);
    return result;
}

int resume_read(struct resume *resume, const char *path, const struct settings *settings,
    const struct plan *plan, const struct machine_facts *facts, struct subject *subjects,
    struct error *error)
{
    const char *const operands[] = {path};
    struct reading reading = {.resume = resume,
        .settings = settings,
        .plan = plan,
        .facts = facts,
        .subjects = subjects,
        .error = error};
    *resume = (struct resume){.run_id = NULL};
    char *module = place_module("git");
    const struct source_options options = {.git_module = module};
    struct sources *sources = sources_create(operands, 1, &options);
    struct lines *lines = lines_create(sources, NULL);
    int result = read_records(&reading, lines);
    lines_free(lines);
    sources_free(sources);
    free(module);
    arena_release(&reading.scratch);
    if (result == 0 && !resume->run_id)
        result = error_set(error, ERROR_CONTENT, "%s has no run to continue", path);
    return result;
}

void resume_release(struct resume *resume)
{
    arena_release(&resume->arena);
}
