/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/options.h"

#include "base/nearest.h"

#include <stdio.h>
#include <string.h>

/* A walk over argv that collects the operands at its front. */
struct walk {
    const struct option *options;
    char **argv;
    int argc, at;
    struct error *error;
};

static bool optional(const struct option *option)
{
    return option->argument && option->argument[0] == '[';
}

/* How an option is called in a message. */
static const char *shown(const struct option *option, char out[static 80])
{
    if (option->name)
        snprintf(out, 80, "--%s", option->name);
    else
        snprintf(out, 80, "-%c", option->letter);
    return out;
}

static int choose(const struct option *option, const char *value, struct error *error)
{
    char names[400];
    size_t length = 0;
    const char *near = NULL;
    size_t nearest = nearest_limit(strlen(value)) + 1;

    for (int i = 0; option->choices[i]; i++) {
        const char *choice = option->choices[i];
        if (strcmp(choice, value) == 0) {
            *(int *)option->value = i;
            return 0;
        }
        size_t distance = nearest_distance(slice_of(value), slice_of(choice), nearest);
        if (distance < nearest) {
            nearest = distance;
            near = choice;
        }
        if (length < sizeof names)
            length += (size_t)snprintf(
                names + length, sizeof names - length, "%s%s", i ? ", " : "", choice);
    }
    if (near)
        return error_set(error, ERROR_USAGE, "\"%s\" is unknown; did you mean %s?", value, near);
    return error_set(error, ERROR_USAGE, "\"%s\" is unknown; expected one of %s", value, names);
}

/* Whole numbers with all their digits: a size of 1e+12 bytes is no help. */
static const char *shown_number(char out[static 32], double value)
{
    bool whole = value > -1e15 && value < 1e15 && value == (double)(int64_t)value;
    snprintf(out, 32, whole ? "%.0f" : "%g", value);
    return out;
}

static int check_range(const struct option *option, double value, struct error *error)
{
    char given[32], low[32], high[32];
    if (value >= option->low && value <= option->high)
        return 0;
    shown_number(given, value);
    shown_number(low, option->low);
    if (option->high >= 1e18)
        return error_set(error, ERROR_USAGE, "%s is out of range; expected %s or more", given, low);
    return error_set(error, ERROR_USAGE, "%s is out of range; expected %s to %s", given, low,
        shown_number(high, option->high));
}

/* An empty text is what a script's unset variable leaves, and names nothing. */
static int store_text(const struct option *option, const char *value, struct error *error)
{
    if (value[0] == '\0')
        return error_set(error, ERROR_USAGE, "the value is empty; expected %s", option->argument);
    if (option->kind == OPTION_KIND_LIST)
        option_list_add(option->value, value);
    else
        *(const char **)option->value = value;
    return 0;
}

static int store(const struct option *option, const char *value, struct error *error)
{
    switch (option->kind) {
    case OPTION_KIND_TEXT:
    case OPTION_KIND_LIST: return store_text(option, value, error);
    case OPTION_KIND_COUNT:
        return option_read_count(option->value, value, option->low, option->high, error);
    case OPTION_KIND_SIZE: {
        uint64_t size;
        if (option_read_size(&size, value, error) != 0)
            return -1;
        *(uint64_t *)option->value = size;
        return check_range(option, (double)size, error);
    }
    case OPTION_KIND_NUMBER:
        if (option_read_number(option->value, value, error) != 0)
            return -1;
        return check_range(option, *(double *)option->value, error);
    case OPTION_KIND_SECONDS:
        if (option_read_seconds(option->value, value, error) != 0)
            return -1;
        return check_range(option, *(double *)option->value, error);
    case OPTION_KIND_CHOICE: return choose(option, value, error);
    case OPTION_KIND_CALL: return option->take(option->value, value, error);
    case OPTION_KIND_FLAG:
    case OPTION_KIND_GROUP:
    case OPTION_KIND_END: break;
    }
    return 0;
}

/* An option with its value, or a flag (value NULL, negated says which way). */
static int apply(const struct option *option, const char *value, bool negated, struct error *error)
{
    struct error inner = ERROR_INIT;
    char name[80];

    if (option->given)
        *option->given = true;
    if (option->kind == OPTION_KIND_FLAG) {
        *(bool *)option->value = !negated;
        return 0;
    }
    if (!value && option->kind != OPTION_KIND_CALL)
        return 0; /* an argument that may be left out was: `given` tells */
    if (store(option, value, &inner) == 0)
        return 0;
    return error_set(error, ERROR_USAGE, "%s: %s", shown(option, name), inner.text);
}

static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0';
}

static int take_rest(struct walk *walk, const struct option *option)
{
    while (walk->at < walk->argc && !is_option(walk->argv[walk->at]))
        if (apply(option, walk->argv[walk->at++], false, walk->error) != 0)
            return -1;
    return 0;
}

/* The words behind the first of an option that takes several. */
static int take_more(struct walk *walk, const struct option *option)
{
    char name[80];
    if (option->more == OPTION_REST)
        return take_rest(walk, option);
    for (unsigned i = 0; i < option->more; i++) {
        if (walk->at == walk->argc)
            return error_set(walk->error, ERROR_USAGE, "%s needs %u values; expected %s %s",
                shown(option, name), option->more + 1U, name, option->argument);
        if (apply(option, walk->argv[walk->at++], false, walk->error) != 0)
            return -1;
    }
    return 0;
}

static const struct option *find_long(
    const struct option *options, const char *name, size_t length, bool *negated)
{
    *negated = false;
    for (const struct option *option = options; option->kind != OPTION_KIND_END; option++)
        if (option->name && strlen(option->name) == length &&
            strncmp(option->name, name, length) == 0)
            return option;
    if (length > 3 && strncmp(name, "no-", 3) == 0)
        for (const struct option *option = options; option->kind != OPTION_KIND_END; option++)
            if (option->kind == OPTION_KIND_FLAG && option->name &&
                strlen(option->name) == length - 3 &&
                strncmp(option->name, name + 3, length - 3) == 0) {
                *negated = true;
                return option;
            }
    return NULL;
}

static int unknown_long(const struct walk *walk, const char *name, size_t length)
{
    size_t nearest = nearest_limit(length) + 1;
    const char *near = NULL;
    struct slice given = {name, length};

    for (const struct option *option = walk->options; option->kind != OPTION_KIND_END; option++) {
        if (!option->name || option->hidden)
            continue;
        size_t distance = nearest_distance(given, slice_of(option->name), nearest);
        if (distance < nearest) {
            nearest = distance;
            near = option->name;
        }
    }
    int shown_length = length > 200 ? 200 : (int)length;
    if (near)
        return error_set(walk->error, ERROR_USAGE, "unknown option --%.*s; did you mean --%s?",
            shown_length, name, near);
    return error_set(
        walk->error, ERROR_USAGE, "unknown option --%.*s; --help lists them", shown_length, name);
}

static int take_long(struct walk *walk)
{
    const char *name = walk->argv[walk->at++] + 2;
    const char *equals = strchr(name, '=');
    size_t length = equals ? (size_t)(equals - name) : strlen(name);
    bool negated;
    const struct option *option = find_long(walk->options, name, length, &negated);
    const char *value = equals ? equals + 1 : NULL;

    if (!option)
        return unknown_long(walk, name, length);
    if (option->kind == OPTION_KIND_FLAG && value)
        return error_set(walk->error, ERROR_USAGE, "--%s takes no value", option->name);
    if (option->kind != OPTION_KIND_FLAG && option->argument && !value && !optional(option)) {
        if (walk->at == walk->argc)
            return error_set(walk->error, ERROR_USAGE, "--%s needs a value; expected --%s %s",
                option->name, option->name, option->argument);
        value = walk->argv[walk->at++];
    }
    if (apply(option, value, negated, walk->error) != 0)
        return -1;
    return equals && option->more == OPTION_REST ? 0 : take_more(walk, option);
}

static const struct option *find_letter(const struct option *options, char letter)
{
    for (const struct option *option = options; option->kind != OPTION_KIND_END; option++)
        if (option->letter && option->letter == letter)
            return option;
    return NULL;
}

static int take_letters(struct walk *walk)
{
    for (const char *word = walk->argv[walk->at++] + 1; *word; word++) {
        const struct option *option = find_letter(walk->options, *word);
        if (!option)
            return error_set(
                walk->error, ERROR_USAGE, "unknown option -%c; --help lists them", *word);
        if (!option->argument || optional(option)) {
            if (apply(option, NULL, false, walk->error) != 0)
                return -1;
            continue;
        }
        const char *value = word[1] ? word + 1 : NULL;
        if (!value && walk->at < walk->argc)
            value = walk->argv[walk->at++];
        if (!value)
            return error_set(walk->error, ERROR_USAGE, "-%c needs a value; expected -%c %s", *word,
                *word, option->argument);
        if (apply(option, value, false, walk->error) != 0)
            return -1;
        return take_more(walk, option);
    }
    return 0;
}

void options_release(const struct option *options)
{
    for (const struct option *option = options; option->kind != OPTION_KIND_END; option++)
        if (option->kind == OPTION_KIND_LIST)
            option_list_release(option->value);
}

/* After a failure nobody will want what was collected. */
static int give_up(const struct option *options)
{
    options_release(options);
    return -1;
}

int options_parse(const struct option *options, int argc, char **argv, struct operands *operands,
    struct error *error)
{
    struct walk walk = {options, argv, argc, 1, error};
    *operands = (struct operands){argv + 1, 0, 0, false};

    while (walk.at < argc) {
        char *word = argv[walk.at];
        if (strcmp(word, "--") == 0) {
            operands->dashes = true;
            walk.at++;
            break;
        }
        if (!is_option(word)) {
            operands->items[operands->count++] = word;
            walk.at++;
        } else if ((word[1] == '-' ? take_long(&walk) : take_letters(&walk)) != 0) {
            return give_up(options);
        }
    }
    operands->before_dashes = operands->count;
    while (walk.at < argc)
        operands->items[operands->count++] = argv[walk.at++];
    return 0;
}
