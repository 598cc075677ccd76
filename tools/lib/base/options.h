/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_OPTIONS_H
#define BASE_OPTIONS_H

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * One table per tool, beside the variables it fills, gives the parser, --help,
 * the shell completions and the errors. -h, --help and --version belong to every
 * tool and are not in the tables (tool/tool.h answers them).
 *
 *     const struct option options[] = {
 *         OPTION_GROUP("Measuring"),
 *         OPTION_COUNT('r', "runs", "N", &runs, "take N samples of each command"),
 *         OPTION_FLAG(0, "check", &check, "only check; pass nothing through"),
 *         OPTION_END,
 *     };
 *
 * On the command line: --name VALUE, --name=VALUE, -n VALUE, -nVALUE, flags in
 * one word (-ab), --no-name to take a flag back, options and operands in any
 * order, -- ends the options. The last of a repeated option counts, but a list
 * keeps all. Names are never abbreviated: a script must not change its meaning
 * when an option is added.
 */
enum option_kind {
    OPTION_KIND_END,
    OPTION_KIND_GROUP,   /* a heading in --help */
    OPTION_KIND_FLAG,    /* bool */
    OPTION_KIND_TEXT,    /* const char *, borrowed from argv; never empty */
    OPTION_KIND_LIST,    /* struct option_list; none of them empty */
    OPTION_KIND_COUNT,   /* int64_t from low to high */
    OPTION_KIND_SIZE,    /* uint64_t bytes: 64K, 10M, 1G (powers of 1024) */
    OPTION_KIND_NUMBER,  /* double from low to high */
    OPTION_KIND_SECONDS, /* double seconds: 10, 1.5s, 200ms, 2m, 1h */
    OPTION_KIND_CHOICE,  /* int, the index into choices */
    OPTION_KIND_CALL     /* take(context, value): what no other kind says */
};

enum { OPTION_REST = 255 };

struct option_list {
    const char **items; /* borrowed texts; the array goes back with free() */
    size_t count, capacity;
};

struct option {
    enum option_kind kind;
    char letter;          /* 0 for none */
    bool hidden;          /* not in --help */
    unsigned char more;   /* words that belong to it behind the first, for a list: -P VAR MIN MAX;
                             OPTION_REST: all up to the next option, unless it was --name=VALUE */
    const char *name;     /* NULL for none (a letter alone) */
    const char *argument; /* its name in --help; NULL for a flag; "[N]" where it may be left out,
                             and then only --name=VALUE gives it */
    void *value;
    const char *help;           /* one sentence without capital and stop */
    const char *const *choices; /* NULL-terminated */
    double low, high;
    int (*take)(void *context, const char *value, struct error *error); /* value NULL: left out */
    bool *given; /* set when the option is there; may be NULL */
};

#define OPTION_END                                                                                 \
    {                                                                                              \
        .kind = OPTION_KIND_END                                                                    \
    }
#define OPTION_GROUP(heading)                                                                      \
    {                                                                                              \
        .kind = OPTION_KIND_GROUP, .help = (heading)                                               \
    }
#define OPTION_FLAG(short_name, long_name, target, text)                                           \
    {                                                                                              \
        .kind = OPTION_KIND_FLAG, .letter = (short_name), .name = (long_name), .value = (target),  \
        .help = (text)                                                                             \
    }
#define OPTION_TEXT(short_name, long_name, argument_name, target, text)                            \
    {                                                                                              \
        .kind = OPTION_KIND_TEXT, .letter = (short_name), .name = (long_name),                     \
        .argument = (argument_name), .value = (target), .help = (text)                             \
    }
#define OPTION_LIST(short_name, long_name, argument_name, target, text)                            \
    {                                                                                              \
        .kind = OPTION_KIND_LIST, .letter = (short_name), .name = (long_name),                     \
        .argument = (argument_name), .value = (target), .help = (text)                             \
    }
#define OPTION_WORDS(short_name, long_name, argument_name, target, text)                           \
    {                                                                                              \
        .kind = OPTION_KIND_LIST, .letter = (short_name), .name = (long_name),                     \
        .argument = (argument_name), .more = OPTION_REST, .value = (target), .help = (text)        \
    }
#define OPTION_COUNT(short_name, long_name, argument_name, target, least, most, text)              \
    {                                                                                              \
        .kind = OPTION_KIND_COUNT, .letter = (short_name), .name = (long_name),                    \
        .argument = (argument_name), .value = (target), .low = (least), .high = (most),            \
        .help = (text)                                                                             \
    }
#define OPTION_SIZE(short_name, long_name, argument_name, target, least, most, text)               \
    {                                                                                              \
        .kind = OPTION_KIND_SIZE, .letter = (short_name), .name = (long_name),                     \
        .argument = (argument_name), .value = (target), .low = (least), .high = (most),            \
        .help = (text)                                                                             \
    }
#define OPTION_NUMBER(short_name, long_name, argument_name, target, least, most, text)             \
    {                                                                                              \
        .kind = OPTION_KIND_NUMBER, .letter = (short_name), .name = (long_name),                   \
        .argument = (argument_name), .value = (target), .low = (least), .high = (most),            \
        .help = (text)                                                                             \
    }
#define OPTION_SECONDS(short_name, long_name, argument_name, target, text)                         \
    {                                                                                              \
        .kind = OPTION_KIND_SECONDS, .letter = (short_name), .name = (long_name),                  \
        .argument = (argument_name), .value = (target), .low = 0, .high = 1e9, .help = (text)      \
    }
#define OPTION_CHOICE(short_name, long_name, argument_name, target, names, text)                   \
    {                                                                                              \
        .kind = OPTION_KIND_CHOICE, .letter = (short_name), .name = (long_name),                   \
        .argument = (argument_name), .value = (target), .choices = (names), .help = (text)         \
    }
#define OPTION_CALL(short_name, long_name, argument_name, context, function, text)                 \
    {                                                                                              \
        .kind = OPTION_KIND_CALL, .letter = (short_name), .name = (long_name),                     \
        .argument = (argument_name), .value = (context), .take = (function), .help = (text)        \
    }

/* What a tool is, for its help. */
struct command {
    const char *name;         /* bench-run */
    const char *summary;      /* one line, as in the manual's NAME section */
    const char *const *usage; /* each without the name; NULL-terminated */
    const struct option *options;
    const char *notes; /* a paragraph after the options, broken into lines; NULL for none */
};

/* What is left of the command line. */
struct operands {
    char **items; /* in argv's memory, reordered in place */
    size_t count;
    size_t before_dashes; /* how many stood before a first "--"; = count without one */
    bool dashes;          /* there was a "--" */
};

/* argv[0] is skipped. On failure the lists are released, and error says what and, for a near miss,
 * what was meant. */
int options_parse(const struct option *options, int argc, char **argv, struct operands *operands,
    struct error *error) MUST_USE;
/* Releases the lists that the options filled. */
void options_release(const struct option *options);

/* The text of --help. */
void options_help(const struct command *command, struct buffer *out);
/*
 * A line an option for completions, tab-separated: letter, name, argument, the
 * choices separated by spaces, help; "-" for what is missing.
 */
void options_list(const struct option *options, struct buffer *out);

void option_list_add(struct option_list *list, const char *item);
void option_list_release(struct option_list *list);

/* The values themselves, as the options read them; what is said of a bad one names it. */
int option_read_count(int64_t *out, const char *text, double low, double high, struct error *error);
int option_read_size(uint64_t *out, const char *text, struct error *error);
int option_read_number(double *out, const char *text, struct error *error);
int option_read_seconds(double *out, const char *text, struct error *error);
/* A share of less than 10: 2% or 0.02. For OPTION_CALL, share being a double. */
int option_take_share(void *share, const char *text, struct error *error);

#endif
