/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sink/git_commit.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "sink/git_sign.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LONGEST_WAIT_MS = 32 };

/* One reference's way from where it was read to a commit of ours. */
struct attempt {
    struct repository *repository;
    const struct commit_by *by;
    const char *reference;
    const char *why; /* for the reference's log */
    unsigned tries;
    unsigned random;
    struct commit_report *report;
};

static void begin(struct attempt *attempt, struct repository *repository, const char *reference,
    const struct commit_by *by, struct commit_report *report)
{
    *report = (struct commit_report){.unchanged = false};
    *attempt = (struct attempt){.repository = repository,
        .by = by,
        .reference = reference,
        .tries = by->tries ? by->tries : COMMIT_TRIES,
        .random = (unsigned)getpid(),
        .report = report};
}

/* A little longer each time, and not as long as the others who wait. */
static void wait_a_little(struct attempt *attempt)
{
    unsigned shift = attempt->report->retries < 5 ? attempt->report->retries : 5;
    long most = (1000000L << shift) < LONGEST_WAIT_MS * 1000000L ? 1000000L << shift
                                                                 : LONGEST_WAIT_MS * 1000000L;
    attempt->random = attempt->random * 1664525U + 1013904223U;
    struct timespec pause = {0, most / 2 + (long)(attempt->random >> 8) % most};
    nanosleep(&pause, NULL);
}

static int gave_up(const struct attempt *attempt, enum git_move last, struct error *error)
{
    struct repository *repository = attempt->repository;
    char *lock = repository->module->lock_path(repository->repo, attempt->reference);
    struct stat status;
    struct tm parts;
    char since[32] = "";
    if (last == GIT_MOVE_LOCKED && stat(lock, &status) == 0 && gmtime_r(&status.st_mtime, &parts) &&
        strftime(since, sizeof since, "%Y-%m-%dT%H:%M:%SZ", &parts) > 0)
        error_set(error, ERROR_MACHINE,
            "%s is locked since %s by %s; where no git process runs, one was killed there: remove "
            "that file",
            attempt->reference, since, lock);
    else
        error_set(error, ERROR_MACHINE,
            "others moved %s %u times while this commit was made; try again", attempt->reference,
            attempt->tries);
    free(lock);
    return -1;
}

/*
 * Moves the reference: 1 when it did, 0 when somebody else did first and all is to
 * be built anew, -1. A signal that ends the program waits until the lock, which
 * would stay, is gone.
 */
static int move(struct attempt *attempt, const struct git_id *tip, const struct git_id *commit,
    struct error *error)
{
    struct repository *repository = attempt->repository;
    enum git_move moved = GIT_MOVE_LATE;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int result = repository->module->move(
        repository->repo, &moved, attempt->reference, tip, commit, attempt->why, error);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (result != 0)
        return -1;
    if (moved == GIT_MOVE_DONE) {
        attempt->report->commit = *commit;
        attempt->report->new_branch = tip->hex[0] == '\0';
        return 1;
    }
    if (++attempt->report->retries >= attempt->tries)
        return gave_up(attempt, moved, error);
    wait_a_little(attempt);
    return 0;
}

/* text without its line breaks at the end, those within as they are or as spaces. */
static void add_text(struct buffer *out, const char *text, bool one_line)
{
    size_t length = strlen(text);
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
        length--;
    for (size_t i = 0; i < length; i++)
        buffer_add_char(out, one_line && (text[i] == '\n' || text[i] == '\r') ? ' ' : text[i]);
}

static char *message(const struct commit_request *request)
{
    struct buffer out = BUFFER_INIT;
    add_text(&out, request->subject, true);
    buffer_add_char(&out, '\n');
    if (request->body && request->body[0]) {
        buffer_add_char(&out, '\n');
        add_text(&out, request->body, false);
        buffer_add_char(&out, '\n');
    }
    for (size_t i = 0; i < request->trailer_count; i++) {
        buffer_add_format(&out, "%s%s: ", i == 0 ? "\n" : "", request->trailers[i].key);
        add_text(&out, request->trailers[i].value, true);
        buffer_add_char(&out, '\n');
    }
    return buffer_steal(&out);
}

static bool wants_signature(struct repository *repository, enum commit_signing signing)
{
    static const char *const yes[] = {"true", "yes", "on", "1"};
    bool wanted = signing == COMMIT_SIGN_ALWAYS;
    if (signing != COMMIT_SIGN_AS_CONFIGURED)
        return wanted;
    char *value = repository->module->setting(repository->repo, "commit.gpgsign");
    for (size_t i = 0; value && i < ARRAY_SIZE(yes); i++)
        wanted = wanted || strcasecmp(value, yes[i]) == 0;
    free(value);
    return wanted;
}

static struct git_person person(const struct commit_person *from)
{
    return (struct git_person){from->name, from->email};
}

/* Signs and writes the commit of that text, and moves the branch to it; as move. */
static int finish(struct attempt *attempt, const struct git_draft *draft, const struct git_id *tip,
    const char *text, struct error *error)
{
    struct repository *repository = attempt->repository;
    struct git_id commit;
    char *signature = NULL;
    bool sign = wants_signature(repository, attempt->by->signing);
    int result = 0;
    if (sign)
        result = git_sign(repository, &signature, text, attempt->by->environment, error);
    if (result == 0)
        result =
            repository->module->store(repository->repo, draft, &commit, text, signature, error);
    if (result == 0)
        result = move(attempt, tip, &commit, error);
    attempt->report->is_signed = sign;
    free(signature);
    return result;
}

static int commit_draft(struct attempt *attempt, const struct git_draft *draft, struct error *error)
{
    struct repository *repository = attempt->repository;
    int result = repository->module->guard(repository->repo, attempt->reference, error);
    while (result == 0) {
        struct git_id tip;
        char *text;
        result = repository->module->draft(repository->repo, draft, &tip, &text, error);
        if (result == 0 && text) {
            result = finish(attempt, draft, &tip, text, error);
        } else if (result == 0) {
            attempt->report->commit = tip;
            attempt->report->unchanged = true;
            result = 1;
        }
        free(text);
    }
    return result == 1 ? 0 : -1;
}

int commit_files(struct repository *repository, struct commit_report *out,
    const struct commit_request *request, struct error *error)
{
    struct git_file *files = memory_take(request->file_count * sizeof *files);
    for (size_t i = 0; i < request->file_count; i++) {
        const struct commit_file *file = &request->files[i];
        files[i] = (struct git_file){file->path, file->bytes.data, file->bytes.size, file->fixed};
    }
    char *reference =
        memory_format("refs/heads/%s", request->branch ? request->branch : COMMIT_BRANCH);
    char *text = message(request);
    struct git_draft draft = {reference, files, request->file_count, text,
        person(&request->by.author), person(&request->by.committer), request->by.time};
    struct attempt attempt;
    begin(&attempt, repository, reference, &request->by, out);
    char *why = memory_format("commit: %.*s", (int)strcspn(text, "\n"), text);
    attempt.why = why;
    int result = commit_draft(&attempt, &draft, error);
    free(why);
    free(text);
    free(reference);
    free(files);
    return result;
}

static int commit_note_request(
    struct attempt *attempt, const struct git_note_request *note, struct error *error)
{
    struct repository *repository = attempt->repository;
    int result = repository->module->guard(repository->repo, attempt->reference, error);
    while (result == 0) {
        struct git_id tip, commit;
        result = repository->module->note(repository->repo, note, &tip, &commit, error);
        if (result == 0 && strcmp(tip.hex, commit.hex) == 0) {
            attempt->report->commit = tip;
            attempt->report->unchanged = true;
            result = 1;
        } else if (result == 0) {
            result = move(attempt, &tip, &commit, error);
        }
    }
    return result == 1 ? 0 : -1;
}

int commit_note(struct repository *repository, struct commit_report *out,
    const struct note_request *request, struct error *error)
{
    struct attempt attempt;
    char *reference =
        memory_format("refs/notes/%s", request->notes ? request->notes : COMMIT_NOTES);
    struct git_note_request note = {.reference = reference,
        .text = request->text,
        .author = person(&request->by.author),
        .committer = person(&request->by.committer),
        .time = request->by.time};
    begin(&attempt, repository, reference, &request->by, out);
    attempt.why = "notes: a summary was added";
    int result = repository_resolve(repository, &note.target, request->revision, error);
    if (result == 0)
        result = commit_note_request(&attempt, &note, error);
    free(reference);
    return result;
}
