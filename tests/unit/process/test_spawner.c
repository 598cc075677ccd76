/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _DEFAULT_SOURCE /* environ */
#include "../unit.h"
#include "base/arena.h"
#include "process/clock.h"
#include "process/spawner.h"
#include "process/tail.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

static char folder[] = "/tmp/benchline-spawner.XXXXXX";

/* One command of sh, with what a case wants different. */
static struct process_spec shell(const char *script, const char *arguments[4])
{
    arguments[0] = "/bin/sh";
    arguments[1] = "-c";
    arguments[2] = script;
    arguments[3] = NULL;
    return (struct process_spec){
        .arguments = arguments, .environment = environ, .errors = {.kind = PROCESS_PIPE}};
}

struct heard {
    struct process_result result;
    char errors[TAIL_CEILING + 1];
    unsigned long long errors_size;
    char output[1000];
    size_t output_size, output_total;
    unsigned ticks;
};

static void hear(void *context, struct slice bytes)
{
    struct heard *heard = context;
    size_t room = sizeof heard->output - 1 - heard->output_size;
    size_t part = bytes.size < room ? bytes.size : room;
    memcpy(heard->output + heard->output_size, bytes.data, part);
    heard->output_size += part;
    heard->output_total += bytes.size;
}

static void count_tick(void *context, double elapsed_s)
{
    struct heard *heard = context;
    assert_true(elapsed_s >= 0);
    heard->ticks++;
}

static void attend(struct spawner *spawner, size_t index, int stop_fd, struct heard *heard)
{
    struct error error = ERROR_INIT;
    struct process_watch watch = {.stop_fd = stop_fd,
        .context = heard,
        .take_output = hear,
        .tick = count_tick,
        .tick_s = 0.01};
    memset(heard, 0, sizeof *heard);
    assert_int_equal(spawner_run(spawner, index, &watch, &heard->result, &error), 0);
    struct slice errors = spawner_errors(spawner);
    if (errors.size)
        memcpy(heard->errors, errors.data, errors.size);
    heard->errors_size = spawner_errors_size(spawner);
}

static void run_spec(struct process_spec spec, struct heard *heard)
{
    struct error error = ERROR_INIT;
    struct spawner *spawner;
    assert_int_equal(spawner_start(&spawner, &spec, 1, &error), 0);
    attend(spawner, 0, -1, heard);
    spawner_stop(spawner);
}

static void run_script(const char *script, struct heard *heard)
{
    const char *arguments[4];
    run_spec(shell(script, arguments), heard);
}

static void the_exit_status_and_the_errors_are_reported(void **state)
{
    (void)state;
    struct heard heard;
    run_script("echo oops >&2; exit 7", &heard);
    assert_int_equal(heard.result.failed, PROCESS_STARTED);
    assert_int_equal(heard.result.exit_code, 7);
    assert_int_equal(heard.result.signal, 0);
    assert_string_equal(heard.errors, "oops\n");
    assert_false(process_passed(&heard.result));
}

static void a_signal_that_ends_it_is_reported(void **state)
{
    (void)state;
    struct heard heard;
    run_script("kill -SEGV $$", &heard);
    assert_int_equal(heard.result.signal, SIGSEGV);
    assert_int_equal(heard.result.exit_code, -1);
}

static void its_own_127_is_not_a_failed_start(void **state)
{
    (void)state;
    struct heard heard;
    run_script("exit 127", &heard);
    assert_int_equal(heard.result.failed, PROCESS_STARTED);
    assert_int_equal(heard.result.exit_code, 127);
}

static void check_start_fails(struct process_spec spec, enum process_stage stage, const char *text)
{
    struct heard heard;
    char message[400];
    run_spec(spec, &heard);
    assert_int_equal(heard.result.failed, stage);
    process_start_message(&spec, &heard.result, message, sizeof message);
    assert_non_null(strstr(message, text));
}

static void a_failed_start_says_what_was_missing(void **state)
{
    (void)state;
    char path[100];
    const char *arguments[4], *absent[] = {"no-such-program-at-all", NULL}, *file[] = {path, NULL};
    struct process_spec spec = {.arguments = absent, .environment = environ};
    check_start_fails(spec, PROCESS_STAGE_EXEC, "no such program in PATH");

    snprintf(path, sizeof path, "%s/file", folder);
    int fd = open(path, O_WRONLY | O_CREAT, 0644);
    assert_int_equal(write(fd, "text", 4), 4);
    close(fd);
    spec.arguments = file;
    check_start_fails(spec, PROCESS_STAGE_EXEC, "not executable");
    assert_int_equal(chmod(path, 0755), 0);
    check_start_fails(spec, PROCESS_STAGE_EXEC, "neither a program nor a script");

    spec = shell("true", arguments);
    spec.directory = "/no/such/folder";
    check_start_fails(spec, PROCESS_STAGE_DIRECTORY, "cannot change to /no/such/folder");
    spec = shell("true", arguments);
    spec.input = (struct process_stream){PROCESS_FILE, "/no/such/input"};
    check_start_fails(spec, PROCESS_STAGE_INPUT, "cannot read /no/such/input");
    spec = shell("true", arguments);
    spec.output = (struct process_stream){PROCESS_FILE, "/no/such/folder/out"};
    check_start_fails(spec, PROCESS_STAGE_OUTPUT, "cannot write its output to /no/such");
}

static void the_program_is_looked_up_in_the_path_that_it_is_given(void **state)
{
    (void)state;
    char path[100], variable[120];
    snprintf(path, sizeof path, "%s/own", folder);
    snprintf(variable, sizeof variable, "PATH=/no/such:%s", folder);
    int fd = open(path, O_WRONLY | O_CREAT, 0755);
    assert_int_equal(write(fd, "#!/bin/sh\nexit 3\n", 17), 17);
    close(fd);
    const char *arguments[] = {"own", NULL};
    char *environment[] = {variable, NULL};
    struct heard heard;
    run_spec((struct process_spec){.arguments = arguments, .environment = environment}, &heard);
    assert_int_equal(heard.result.failed, PROCESS_STARTED);
    assert_int_equal(heard.result.exit_code, 3);
}

/* In the folder of the tests; what the program does is to end with a status. */
static void write_program(const char *name, int status)
{
    char path[100];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "#!/bin/sh\nexit %d\n", status);
    fclose(file);
    assert_int_equal(chmod(path, 0755), 0);
}

static void remove_program(const char *name)
{
    char path[100];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(unlink(path), 0);
}

static int exit_code(struct spawner *spawner, size_t index)
{
    struct heard heard;
    attend(spawner, index, -1, &heard);
    return heard.result.failed == PROCESS_STARTED ? heard.result.exit_code
                                                  : -heard.result.start_error;
}

static void a_program_that_moved_or_that_a_hook_installed_is_found(void **state)
{
    (void)state;
    char path[120], script[200];
    const char *arguments[] = {"found", NULL}, *hook_arguments[4];
    char *environment[] = {path, NULL};
    snprintf(path, sizeof path, "PATH=%s/first:%s/second", folder, folder);
    snprintf(script, sizeof script, "cd %s && mkdir first second && cp found second", folder);
    struct process_spec specs[] = {
        {.arguments = arguments, .environment = environment}, shell(script, hook_arguments)};
    specs[1].keep_children = true;
    struct error error = ERROR_INIT;
    struct spawner *spawner;
    assert_int_equal(spawner_start(&spawner, specs, 2, &error), 0);

    write_program("found", 2);
    assert_int_equal(exit_code(spawner, 0), -ENOENT);
    assert_int_equal(exit_code(spawner, 1), 0);
    assert_int_equal(exit_code(spawner, 0), 2);
    write_program("first/found", 3);
    remove_program("second/found");
    assert_int_equal(exit_code(spawner, 0), 3);
    assert_int_equal(exit_code(spawner, 0), 3);
    remove_program("first/found");
    assert_int_equal(exit_code(spawner, 0), -ENOENT);
    write_program("second/found", 4);
    assert_int_equal(exit_code(spawner, 0), 4);
    write_program("first/found", 5);
    assert_int_equal(exit_code(spawner, 1), 1); /* whatever it did, it is a hook */
    assert_int_equal(exit_code(spawner, 0), 5);
    spawner_stop(spawner);
}

static void environment_folder_and_streams_are_as_asked(void **state)
{
    (void)state;
    const char *arguments[4];
    char in[100], out[100], word[] = "WORD=given", *environment[] = {word, NULL};
    snprintf(in, sizeof in, "%s/in", folder);
    snprintf(out, sizeof out, "%s/out", folder);
    int fd = open(in, O_WRONLY | O_CREAT, 0644);
    assert_int_equal(write(fd, "line\n", 5), 5);
    close(fd);
    struct process_spec spec = shell("read x; echo $x $WORD; pwd >&2", arguments);
    spec.environment = environment;
    spec.directory = folder;
    spec.input = (struct process_stream){PROCESS_FILE, in};
    spec.output = (struct process_stream){PROCESS_FILE, out};
    struct heard heard;
    for (int i = 0; i < 2; i++) /* the file is emptied each time, the input read anew */
        run_spec(spec, &heard);
    char text[100] = "", where[100];
    fd = open(out, O_RDONLY);
    assert_int_equal(read(fd, text, sizeof text - 1), 11);
    close(fd);
    assert_string_equal(text, "line given\n");
    snprintf(where, sizeof where, "%s\n", folder);
    assert_string_equal(heard.errors, where);
}

static void what_it_prints_into_a_pipe_is_handed_on_and_costs_no_memory(void **state)
{
    (void)state;
    const char *arguments[4];
    struct process_spec spec = shell("echo start; head -c 30000000 /dev/zero", arguments);
    spec.output.kind = PROCESS_PIPE;
    struct heard heard;
    run_spec(spec, &heard);
    assert_int_equal(heard.output_total, 30000006);
    assert_memory_equal(heard.output, "start\n", 6);
}

static void of_many_errors_the_end_is_kept_from_the_start_of_a_line(void **state)
{
    (void)state;
    struct heard heard;
    run_script("i=0; while [ $i -lt 4000 ]; do echo line $i; i=$((i+1)); done >&2", &heard);
    assert_int_equal(heard.errors_size, 38890);
    size_t length = strlen(heard.errors);
    assert_true(length <= TAIL_CEILING && length > TAIL_CEILING - 20);
    assert_memory_equal(heard.errors, "line 3", 6);
    assert_string_equal(heard.errors + length - 10, "line 3999\n");
}

static void after_the_timeout_the_whole_group_is_gone(void **state)
{
    (void)state;
    const char *arguments[4];
    char script[200];
    snprintf(script, sizeof script, "(sleep 30; touch %s/late) & sleep 30", folder);
    struct process_spec spec = shell(script, arguments);
    spec.timeout_s = 0.1;
    struct heard heard;
    int64_t start = clock_monotonic();
    run_spec(spec, &heard);
    assert_true(heard.result.timed_out);
    assert_int_equal(heard.result.signal, SIGTERM);
    assert_true(clock_monotonic() - start < 3000000000);
    assert_true(heard.ticks >= 2);
}

static void who_ignores_sigterm_is_killed(void **state)
{
    (void)state;
    const char *arguments[4];
    struct process_spec spec = shell("trap '' TERM; while :; do sleep 0.05; done", arguments);
    spec.timeout_s = 0.1;
    struct heard heard;
    run_spec(spec, &heard);
    assert_true(heard.result.timed_out);
    assert_int_equal(heard.result.signal, SIGKILL);
}

static void a_stopped_program_ends_too(void **state)
{
    (void)state;
    const char *arguments[4];
    struct process_spec spec = shell("kill -STOP $$; exit 0", arguments);
    spec.timeout_s = 0.1;
    struct heard heard;
    run_spec(spec, &heard);
    assert_true(heard.result.timed_out);
    assert_int_equal(heard.result.signal, SIGTERM);
}

static void the_watch_can_end_it(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "x", 1), 1);
    const char *arguments[4];
    struct process_spec spec = shell("sleep 30", arguments);
    struct error error = ERROR_INIT;
    struct spawner *spawner;
    struct heard heard;
    assert_int_equal(spawner_start(&spawner, &spec, 1, &error), 0);
    attend(spawner, 0, ends[0], &heard);
    assert_true(heard.result.stopped);
    assert_false(heard.result.timed_out);
    spawner_stop(spawner);
    close(ends[0]);
    close(ends[1]);
}

/* Whether the process whose number stands in the file is there (a zombie is not). */
static bool alive(const char *name)
{
    char path[100], text[512] = "";
    long pid = 0;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%ld", &pid), 1);
    fclose(file);
    snprintf(path, sizeof path, "/proc/%ld/stat", pid);
    file = fopen(path, "r");
    if (!file)
        return false;
    (void)!fgets(text, sizeof text, file);
    fclose(file);
    return !strstr(text, ") Z ") && !strstr(text, ") X ");
}

static void children_that_stay_behind_are_ended_and_counted(void **state)
{
    (void)state;
    char script[400];
    struct heard heard;
    snprintf(script, sizeof script,
        "sleep 60 & echo $! >%s/a; setsid sh -c 'trap \"\" TERM; echo $$ >%s/b; "
        "while :; do sleep 0.1; done' & while [ ! -s %s/b ]; do sleep 0.01; done",
        folder, folder, folder);
    run_script(script, &heard);
    assert_int_equal(heard.result.exit_code, 0);
    assert_true(heard.result.left_behind >= 2);
    assert_false(alive("a"));
    assert_false(alive("b"));
}

static void a_hook_may_leave_a_server_that_ends_with_the_spawner(void **state)
{
    (void)state;
    const char *hook_arguments[4], *arguments[4];
    char script[200];
    snprintf(script, sizeof script, "sleep 60 & echo $! >%s/server", folder);
    struct process_spec specs[] = {
        shell(script, hook_arguments), shell("sleep 60 & exit 0", arguments)};
    specs[0].keep_children = true;
    struct error error = ERROR_INIT;
    struct spawner *spawner;
    struct heard heard;
    assert_int_equal(spawner_start(&spawner, specs, 2, &error), 0);
    attend(spawner, 0, -1, &heard);
    assert_int_equal(heard.result.left_behind, 0);
    attend(spawner, 1, -1, &heard);
    assert_int_equal(heard.result.left_behind, 1);
    assert_true(alive("server"));
    spawner_stop(spawner);
    assert_false(alive("server"));
}

static void time_memory_faults_and_io_are_counted_for_the_whole_tree(void **state)
{
    (void)state;
    char script[300];
    struct heard heard;
    snprintf(script, sizeof script,
        "sh -c 'i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done'; "
        "head -c 20000000 /dev/zero | tail -c 20000000 >%s/data; sync %s/data",
        folder, folder);
    run_script(script, &heard);
    const struct process_usage *usage = &heard.result.usage;
    double wall = clock_seconds(heard.result.end_ns - heard.result.start_ns);
    assert_true(wall > 0.01 && wall < 60);
    assert_true(usage->user_s > 0.01);
    assert_true(usage->max_rss > 20000000); /* tail holds it */
    assert_true(usage->minor_faults > 4000);
    assert_true(usage->voluntary_switches > 0);
    assert_true(usage->io_known);
}

#ifndef __SANITIZE_ADDRESS__
static void the_memory_of_the_tool_is_not_counted(void **state)
{
    (void)state;
    enum { LARGE = 64 << 20 };
    const char *arguments[] = {"true", NULL};
    struct process_spec spec = {.arguments = arguments, .environment = environ};
    struct error error = ERROR_INIT;
    struct spawner *spawner;
    struct heard heard;
    assert_int_equal(spawner_start(&spawner, &spec, 1, &error), 0);
    char *large = malloc(LARGE);
    assert_non_null(large);
    memset(large, 1, LARGE);
    attend(spawner, 0, -1, &heard);
    assert_in_range(heard.result.usage.max_rss, 100000, 8 << 20);
    free(large);
    spawner_stop(spawner);
}
#endif

static void run_batch(const struct process_spec *specs, size_t count, int stop_fd,
    struct process_result results[static SPAWNER_BATCH], size_t *ran, char *errors)
{
    struct error error = ERROR_INIT;
    struct spawner *spawner;
    struct process_watch watch = PROCESS_WATCH_INIT;
    size_t indices[SPAWNER_BATCH];
    for (size_t i = 0; i < count; i++)
        indices[i] = i;
    watch.stop_fd = stop_fd;
    assert_int_equal(spawner_start(&spawner, specs, count, &error), 0);
    assert_int_equal(spawner_run_batch(spawner, indices, count, &watch, results, ran, &error), 0);
    struct slice text = spawner_errors(spawner);
    assert_true(text.size < 100);
    memcpy(errors, text.size ? text.data : "", text.size);
    errors[text.size] = '\0';
    spawner_stop(spawner);
}

static void a_batch_runs_to_its_end_each_with_a_timeout_of_its_own(void **state)
{
    (void)state;
    enum { COUNT = 4 };
    const char *arguments[COUNT][4];
    struct process_spec specs[COUNT];
    struct process_result results[SPAWNER_BATCH];
    char errors[100];
    size_t ran;
    for (size_t i = 0; i < COUNT; i++) {
        specs[i] = shell("sleep 0.4", arguments[i]);
        specs[i].timeout_s = 1;
    }
    run_batch(specs, COUNT, -1, results, &ran, errors);
    assert_int_equal(ran, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        assert_true(process_passed(&results[i]));
        assert_true(results[i].end_ns - results[i].start_ns > 399000000);
        assert_true(i == 0 || results[i].start_ns > results[i - 1].end_ns);
    }
    specs[2] = shell("sleep 30", arguments[2]);
    specs[2].timeout_s = 0.1;
    run_batch(specs, COUNT, -1, results, &ran, errors);
    assert_int_equal(ran, 3);
    assert_true(process_passed(&results[1]));
    assert_true(results[2].timed_out);
    assert_int_equal(results[2].signal, SIGTERM);
}

static void a_batch_ends_behind_who_fails_or_prints(void **state)
{
    (void)state;
    /* Who prints may end before its errors are read, or long after. */
    static const char *const scripts[] = {
        "exit 3", "echo oops >&2", "echo oops >&2; sleep 0.1", "no-such-program-at-all"};
    for (size_t i = 0; i < ARRAY_SIZE(scripts); i++) {
        const char *arguments[3][4];
        struct process_spec specs[] = {shell("exit 0", arguments[0]),
            shell(scripts[i], arguments[1]), shell("echo last >&2", arguments[2])};
        struct process_result results[SPAWNER_BATCH];
        char errors[100];
        size_t ran;
        if (i == 3) {
            arguments[1][0] = scripts[i];
            specs[1].errors.kind = PROCESS_NULL;
        }
        run_batch(specs, 3, -1, results, &ran, errors);
        assert_int_equal(ran, 2);
        assert_true(process_passed(&results[0]));
        assert_false(process_passed(&results[1]) && i != 1 && i != 2);
        assert_int_equal(results[1].failed, i == 3 ? PROCESS_STAGE_EXEC : PROCESS_STARTED);
        assert_string_equal(errors, i == 1 || i == 2 ? "oops\n" : "");
    }
}

static void the_watch_ends_a_batch(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(fcntl(ends[1], F_SETFD, 0), 0);
    const char *arguments[3][4];
    char script[60], errors[100];
    snprintf(script, sizeof script, "echo >&%d; exec sleep 30", ends[1]);
    struct process_spec specs[] = {shell("exit 0", arguments[0]), shell(script, arguments[1]),
        shell("sleep 30", arguments[2])};
    struct process_result results[SPAWNER_BATCH];
    size_t ran;
    run_batch(specs, 3, ends[0], results, &ran, errors);
    assert_int_equal(ran, 2);
    assert_true(process_passed(&results[0]));
    assert_false(results[0].stop_seen);
    assert_true(results[1].stop_seen && results[1].stopped && !results[1].timed_out);
    close(ends[0]);
    close(ends[1]);
}

static void counters_count_the_program_and_its_children(void **state)
{
    (void)state;
    const char *arguments[4];
    struct process_spec spec =
        shell("sh -c 'i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done'; exit 0", arguments);
    spec.counters = true;
    struct heard heard;
    run_spec(spec, &heard);
    const struct process_usage *usage = &heard.result.usage;
    double clock_s = usage->counters[COUNTER_TASK_CLOCK] / 1e9;
    if (isnan(clock_s)) /* a sandbox may forbid all of them */
        skip();
    assert_true(clock_s > 0.5 * usage->user_s && clock_s < 2 * (usage->user_s + usage->system_s));
    for (int i = 0; i < COUNTERS; i++)
        assert_true(isnan(usage->counters[i]) || usage->counters[i] > 0);
}

static void the_time_is_that_of_the_program_alone(void **state)
{
    (void)state;
    struct heard heard;
    int64_t start = clock_monotonic();
    run_script("sleep 0.05; sleep 1 & exit 0", &heard);
    int64_t end = clock_monotonic();
    assert_true(start < heard.result.start_ns && heard.result.end_ns < end);
    double wall = clock_seconds(heard.result.end_ns - heard.result.start_ns);
    assert_true(wall >= 0.05 && wall < 1);
}

static void no_terminal_and_no_descriptor_of_the_tool_reaches_it(void **state)
{
    (void)state;
    struct heard heard;
    char script[400];
    snprintf(script, sizeof script,
        "[ \"$(ls /proc/self/fd | tr '\\n' ' ')\" = '0 1 2 3 ' ] || ls -l /proc/self/fd >&2; "
        "read pid name state parent group session terminal rest </proc/$$/stat; "
        "[ $group = $$ ] || echo no group >&2; [ $session != %ld ] || echo no session >&2; "
        "[ $terminal = 0 ] || echo a terminal >&2; read x && echo input >&2; true",
        (long)getsid(0));
    run_script(script, &heard);
    assert_string_equal(heard.errors, "");
}

static void nice_cpus_and_a_fixed_address_space_are_as_asked(void **state)
{
    (void)state;
    const char *arguments[4];
    const unsigned cpus[] = {0};
    struct process_spec spec =
        shell("cut -d' ' -f19 /proc/self/stat; grep Cpus_allowed_list /proc/self/status; "
              "cat /proc/self/personality",
            arguments);
    spec.cpus = cpus;
    spec.cpu_count = 1;
    spec.set_nice = true;
    spec.nice = 5;
    spec.no_aslr = true;
    spec.output.kind = PROCESS_PIPE;
    struct heard heard;
    run_spec(spec, &heard);
    assert_string_equal(heard.output, "5\nCpus_allowed_list:\t0\n00040000\n");
}

static int make_folder(void **state)
{
    (void)state;
    /* What the caller of the tests left open would reach the programs. */
    for (int fd = 3; fd < 1024; fd++)
        fcntl(fd, F_SETFD, FD_CLOEXEC);
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    struct heard heard;
    char script[100];
    snprintf(script, sizeof script, "rm -rf %s", folder);
    run_script(script, &heard);
    return heard.result.exit_code;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_exit_status_and_the_errors_are_reported),
        cmocka_unit_test(a_signal_that_ends_it_is_reported),
        cmocka_unit_test(its_own_127_is_not_a_failed_start),
        cmocka_unit_test(a_failed_start_says_what_was_missing),
        cmocka_unit_test(the_program_is_looked_up_in_the_path_that_it_is_given),
        cmocka_unit_test(a_program_that_moved_or_that_a_hook_installed_is_found),
        cmocka_unit_test(a_batch_runs_to_its_end_each_with_a_timeout_of_its_own),
        cmocka_unit_test(a_batch_ends_behind_who_fails_or_prints),
        cmocka_unit_test(the_watch_ends_a_batch),
        cmocka_unit_test(environment_folder_and_streams_are_as_asked),
        cmocka_unit_test(what_it_prints_into_a_pipe_is_handed_on_and_costs_no_memory),
        cmocka_unit_test(of_many_errors_the_end_is_kept_from_the_start_of_a_line),
        cmocka_unit_test(after_the_timeout_the_whole_group_is_gone),
        cmocka_unit_test(who_ignores_sigterm_is_killed),
        cmocka_unit_test(a_stopped_program_ends_too), cmocka_unit_test(the_watch_can_end_it),
        cmocka_unit_test(children_that_stay_behind_are_ended_and_counted),
        cmocka_unit_test(a_hook_may_leave_a_server_that_ends_with_the_spawner),
        cmocka_unit_test(time_memory_faults_and_io_are_counted_for_the_whole_tree),
#ifndef __SANITIZE_ADDRESS__
        cmocka_unit_test(the_memory_of_the_tool_is_not_counted),
#endif
        cmocka_unit_test(counters_count_the_program_and_its_children),
        cmocka_unit_test(the_time_is_that_of_the_program_alone),
        cmocka_unit_test(no_terminal_and_no_descriptor_of_the_tool_reaches_it),
        cmocka_unit_test(nice_cpus_and_a_fixed_address_space_are_as_asked)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
