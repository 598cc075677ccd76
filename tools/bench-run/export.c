/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "export.h"

#include "base/output.h"
#include "document/character.h"
#include "document/markdown.h"
#include "figures.h"
#include "json/writer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct exporting {
    const struct settings *settings;
    const struct subject *subjects;
    const struct figures *figures;
    size_t count;
};

static void member_times(struct json_writer *writer, const struct series *series)
{
    json_member_array(writer, "times");
    for (size_t i = 0; i < series->total; i++)
        json_write_double(writer, series->walls[i]);
    json_end_array(writer);
    json_member_array(writer, "exit_codes");
    for (size_t i = 0; i < series->total; i++)
        if (series->exit_codes[i] >= 0)
            json_write_integer(writer, series->exit_codes[i]);
        else
            json_write_null(writer);
    json_end_array(writer);
}

static void write_result(
    struct json_writer *writer, const struct subject *subject, const struct figures *figures)
{
    const struct bench *bench = subject->cell->bench;
    struct buffer title = BUFFER_INIT;
    figures_add_title(&title, subject);
    json_begin_object(writer);
    json_member_slice(writer, "command", buffer_slice(&title));
    json_member_double(writer, "mean", figures->mean);
    json_member_double(writer, "stddev", figures->sd);
    json_member_double(writer, "median", figures->median);
    json_member_double(writer, "user", figures->user_mean);
    json_member_double(writer, "system", figures->system_mean);
    json_member_double(writer, "min", figures->min);
    json_member_double(writer, "max", figures->max);
    member_times(writer, &subject->series);
    if (bench->parameter_count > 0) {
        json_member_object(writer, "parameters");
        for (size_t i = 0; i < bench->parameter_count; i++)
            json_member_text(writer, bench->parameters[i].name,
                bench->parameters[i].values[subject->cell->chosen[i]]);
        json_end_object(writer);
    }
    json_end_object(writer);
    buffer_release(&title);
}

static void make_json(struct buffer *out, const struct exporting *exporting)
{
    struct json_writer writer = json_writer(out, 2);
    json_begin_object(&writer);
    json_member_array(&writer, "results");
    for (size_t i = 0; i < exporting->count; i++)
        if (exporting->figures[i].n > 0)
            write_result(&writer, &exporting->subjects[i], &exporting->figures[i]);
    json_end_array(&writer);
    json_end_object(&writer);
    buffer_add_char(out, '\n');
}

/* RFC 4180: a field with a comma, a quote or a line break stands in quotes. */
static void add_field(struct buffer *out, const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        buffer_add_text(out, text);
        return;
    }
    buffer_add_char(out, '"');
    for (; *text; text++) {
        if (*text == '"')
            buffer_add_char(out, '"');
        buffer_add_char(out, *text);
    }
    buffer_add_char(out, '"');
}

/* Numbers as JSON writes them: shortest, and with a point in every locale. */
static void add_number(struct buffer *out, double value)
{
    if (isfinite(value)) {
        struct json_writer writer = json_writer(out, 0);
        json_write_double(&writer, value);
    }
}

static void make_csv(struct buffer *out, const struct exporting *exporting)
{
    const struct bench *first = exporting->subjects[0].cell->bench;
    buffer_add_text(out, "command,mean,stddev,median,user,system,min,max");
    for (size_t i = 0; i < first->parameter_count; i++) {
        buffer_add_text(out, ",parameter_");
        add_field(out, first->parameters[i].name);
    }
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < exporting->count; i++) {
        const struct figures *figures = &exporting->figures[i];
        const struct cell *cell = exporting->subjects[i].cell;
        const double numbers[] = {figures->mean, figures->sd, figures->median, figures->user_mean,
            figures->system_mean, figures->min, figures->max};
        struct buffer title = BUFFER_INIT;
        if (figures->n == 0)
            continue;
        figures_add_title(&title, &exporting->subjects[i]);
        add_field(out, buffer_text(&title));
        buffer_release(&title);
        for (size_t j = 0; j < ARRAY_SIZE(numbers); j++) {
            buffer_add_char(out, ',');
            add_number(out, numbers[j]);
        }
        for (size_t j = 0; j < first->parameter_count && j < cell->bench->parameter_count; j++) {
            buffer_add_char(out, ',');
            add_field(out, cell->bench->parameters[j].values[cell->chosen[j]]);
        }
        buffer_add_char(out, '\n');
    }
}

/* How a table of text is marked up. */
struct markup {
    const char *before, *head_start, *head_end, *rule, *row_start, *between, *row_end, *after;
    void (*add_command)(struct buffer *out, struct slice text);
};

static void markdown_command(struct buffer *out, struct slice text)
{
    markdown_code(out, text, true);
}

/* One line, and no bar that would end the cell: neither form has an escape that all readers know.
 */
static void plain_command(struct buffer *out, struct slice text)
{
    while (text.size > 0) {
        struct character character = character_at(text);
        if (character_hidden(character.code))
            character_show(out, character.code);
        else
            character_add(out, character.code == '|' ? 0xa6 : character.code);
        text.data += character.size;
        text.size -= character.size;
    }
}

static const struct markup markdown_markup = {
    "", "| ", " |\n", "|:---|---:|---:|---:|---:|\n", "| ", " | ", " |\n", "", markdown_command};
static const struct markup asciidoc_markup = {"[cols=\"<,>,>,>,>\"]\n|===\n", "| ", "\n", "\n",
    "| ", "\n| ", "\n\n", "|===\n", plain_command};
static const struct markup orgmode_markup = {
    "", "| ", " |\n", "|--+--+--+--+--|\n", "| ", " | ", " |\n", "", plain_command};

static enum time_unit choose_unit(const struct exporting *exporting)
{
    if (exporting->settings->unit != UNIT_AUTO)
        return (enum time_unit)exporting->settings->unit;
    double most = 0;
    for (size_t i = 0; i < exporting->count; i++)
        most = fmax(most, exporting->figures[i].n ? exporting->figures[i].mean : 0);
    return most >= 1 ? UNIT_SECOND : UNIT_MILLISECOND;
}

static void add_scaled(struct buffer *out, double seconds, double factor, int decimals)
{
    buffer_add_format(out, "%.*f", decimals, seconds * factor);
}

static void add_table_row(struct buffer *out, const struct exporting *exporting, size_t index,
    const struct markup *markup, enum time_unit unit)
{
    const struct figures *figures = &exporting->figures[index];
    double factor = unit == UNIT_SECOND ? 1 : unit == UNIT_MILLISECOND ? 1e3 : 1e6;
    int decimals = unit == UNIT_SECOND ? 3 : 1;
    struct buffer title = BUFFER_INIT;
    figures_add_title(&title, &exporting->subjects[index]);
    buffer_add_text(out, markup->row_start);
    markup->add_command(out, buffer_slice(&title));
    buffer_release(&title);
    buffer_add_text(out, markup->between);
    add_scaled(out, figures->mean, factor, decimals);
    if (isfinite(figures->sd)) {
        buffer_add_text(out, " \u00b1 ");
        add_scaled(out, figures->sd, factor, decimals);
    }
    buffer_add_text(out, markup->between);
    add_scaled(out, figures->min, factor, decimals);
    buffer_add_text(out, markup->between);
    add_scaled(out, figures->max, factor, decimals);
    buffer_add_text(out, markup->between);
    bool base = figures->base == index || figures->base == FIGURES_ALONE;
    buffer_add_format(out, "%.2f", base ? 1.0 : figures->mean_ratio);
    if (!base && isfinite(figures->mean_ratio_sd))
        buffer_add_format(out, " \u00b1 %.2f", figures->mean_ratio_sd);
    buffer_add_text(out, markup->row_end);
}

static void make_table(
    struct buffer *out, const struct exporting *exporting, const struct markup *markup)
{
    static const char *const names[] = {
        [UNIT_SECOND] = "s", [UNIT_MILLISECOND] = "ms", [UNIT_MICROSECOND] = "\u00b5s"};
    enum time_unit unit = choose_unit(exporting);
    const char *name = names[unit];
    buffer_add_text(out, markup->before);
    buffer_add_format(out, "%sCommand%sMean [%s]%sMin [%s]%sMax [%s]%sRelative%s",
        markup->head_start, markup->between, name, markup->between, name, markup->between, name,
        markup->between, markup->head_end);
    buffer_add_text(out, markup->rule);
    for (size_t i = 0; i < exporting->count; i++)
        if (exporting->figures[i].n > 0)
            add_table_row(out, exporting, i, markup, unit);
    buffer_add_text(out, markup->after);
}

static int write_file(const char *path, const struct buffer *text, struct error *error)
{
    struct output *output;
    if (output_open(&output, path, error) != 0)
        return -1;
    output_write(output, buffer_slice(text), error);
    return output_commit(output, error);
}

enum { EXPORTS = 5 };

static void list_paths(const char *paths[static EXPORTS], const struct settings *settings)
{
    paths[0] = settings->export_json;
    paths[1] = settings->export_csv;
    paths[2] = settings->export_markdown;
    paths[3] = settings->export_asciidoc;
    paths[4] = settings->export_orgmode;
}

int export_check(const struct settings *settings, struct error *error)
{
    const char *paths[EXPORTS];
    list_paths(paths, settings);
    for (size_t i = 0; i < EXPORTS; i++) {
        struct output *output;
        struct stat status;
        /* A pipe's reader would take the opening for all there is. */
        if (!paths[i] || (stat(paths[i], &status) == 0 && !S_ISREG(status.st_mode)))
            continue;
        if (output_open(&output, paths[i], error) != 0)
            return -1;
        output_abandon(output);
    }
    return 0;
}

int export_all(const struct settings *settings, const struct subject *subjects, size_t count,
    struct error *error)
{
    const char *paths[EXPORTS];
    static const struct markup *const markups[EXPORTS] = {
        NULL, NULL, &markdown_markup, &asciidoc_markup, &orgmode_markup};
    struct exporting exporting = {.settings = settings, .subjects = subjects, .count = count};
    struct buffer text = BUFFER_INIT;
    int result = 0;
    if (settings_exports(settings).asked == 0)
        return 0;
    list_paths(paths, settings);
    struct figures *figures = figures_create(subjects, count);
    exporting.figures = figures;
    for (size_t i = 0; i < EXPORTS; i++) {
        if (!paths[i])
            continue;
        buffer_reset(&text);
        if (markups[i])
            make_table(&text, &exporting, markups[i]);
        else if (i == 0)
            make_json(&text, &exporting);
        else
            make_csv(&text, &exporting);
        if (write_file(paths[i], &text, error) != 0)
            result = -1;
    }
    buffer_release(&text);
    free(figures);
    return result;
}
