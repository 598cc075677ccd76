/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE /* RTLD_NEXT, mkostemp */
/*
 * Makes calls of the program under test fail, each in its turn. Preloaded, with
 *
 *     FAULTS=CALL@N=HOW      the Nth call of its kind
 *     FAULTS=CALL@N+=HOW     that one and all later ones
 *     FAULTS_LOG=FILE        gets a line once a fault came: no file, no fault
 *
 * CALL is alloc (malloc, calloc, realloc), open (open, openat, mkostemp), read,
 * write (not to standard error), sync (fsync, fdatasync), rename, link (and linkat), unlink,
 * mkdir, close, mode (fchmod) or list (readdir), or any, which is all of these but alloc. HOW is
 * the name of an error (ENOSPC, EIO, EINTR, EMFILE, ENOMEM), of a signal that comes just before the
 * call (SIGTERM, SIGKILL), or "short": one byte of those asked for. EINTR with + comes before every
 * other call.
 *
 * Calls are counted from main on. The programs that it starts are left alone.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum call {
    ALLOC,
    OPEN,
    READ,
    WRITE,
    SYNC,
    RENAME,
    LINK,
    UNLINK,
    MKDIR,
    CLOSE,
    MODE,
    LIST,
    ANY,
    CALLS
};

static const char *const names[CALLS] = {"alloc", "open", "read", "write", "sync", "rename", "link",
    "unlink", "mkdir", "close", "mode", "list", "any"};

static const struct {
    const char *name;
    int number;
} errors[] = {{"ENOSPC", ENOSPC}, {"EIO", EIO}, {"EINTR", EINTR}, {"EMFILE", EMFILE},
    {"ENOMEM", ENOMEM}, {"EACCES", EACCES}, {"ENOTSUP", ENOTSUP}},
  signals[] = {{"SIGTERM", SIGTERM}, {"SIGKILL", SIGKILL}, {"SIGINT", SIGINT}};

static struct {
    bool armed, later, is_short, after, logged;
    enum call call;
    long at;
    int error, signal;
    char log[4096];
} plan;

static long counted;
static bool due; /* a signal, when the call that is being made is done */

static void bad_plan(void)
{
    static const char text[] = "faults_preload: FAULTS is not understood\n";
    if (syscall(SYS_write, 2, text, sizeof text - 1) < 0)
        _exit(98);
    _exit(99);
}

static void read_plan(void)
{
    const char *text = getenv("FAULTS"), *log = getenv("FAULTS_LOG");
    char call[16], how_text[24], *how = how_text;
    int end = 0;
    unsetenv("LD_PRELOAD");
    if (!text)
        return;
    if (sscanf(text, "%15[a-z]@%ld%n", call, &plan.at, &end) != 2)
        bad_plan();
    plan.later = text[end] == '+';
    if (sscanf(text + end + plan.later, "=%23s", how_text) != 1)
        bad_plan();
    plan.after = strncmp(how, "after-", 6) == 0;
    if (plan.after)
        how += 6;
    plan.call = CALLS;
    for (int i = 0; i < CALLS; i++)
        if (strcmp(names[i], call) == 0)
            plan.call = (enum call)i;
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
        if (strcmp(errors[i].name, how) == 0)
            plan.error = errors[i].number;
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
        if (strcmp(signals[i].name, how) == 0)
            plan.signal = signals[i].number;
    plan.is_short = strcmp(how, "short") == 0;
    if (plan.call == CALLS || (!plan.error && !plan.signal && !plan.is_short))
        bad_plan();
    snprintf(plan.log, sizeof plan.log, "%s", log ? log : "");
    plan.armed = true;
}

static void say(void)
{
    int fd = plan.logged || !plan.log[0] ? -1
                                         : (int)syscall(SYS_openat, AT_FDCWD, plan.log,
                                               O_WRONLY | O_CREAT | O_APPEND, 0666);
    plan.logged = true;
    if (fd < 0)
        return;
    if (syscall(SYS_write, fd, "fault\n", 6) != 6)
        _exit(98);
    syscall(SYS_close, fd);
}

/* Whether this call is to fail; errno is set, or the signal was sent. */
static bool fails(enum call call)
{
    if (!plan.armed || !(call == plan.call || (plan.call == ANY && call != ALLOC)))
        return false;
    long count = __atomic_add_fetch(&counted, 1, __ATOMIC_RELAXED);
    bool hit = plan.later ? count >= plan.at : count == plan.at;
    if (hit && plan.later && plan.error == EINTR)
        hit = (count - plan.at) % 2 == 0;
    if (!hit)
        return false;
    say();
    if (plan.signal) {
        due = plan.after;
        if (!plan.after)
            kill(getpid(), plan.signal);
        return false;
    }
    errno = plan.error;
    return true;
}

/* The result of a call, which a signal may follow. */
static long done(long result)
{
    if (due) {
        due = false;
        kill(getpid(), plan.signal);
    }
    return result;
}

#define REAL(result, name, ...)                                                                    \
    static result (*real)(__VA_ARGS__);                                                            \
    if (!real)                                                                                     \
    *(void **)&real = dlsym(RTLD_NEXT, #name)

/* dlsym allocates before the real function is known: from here, never given back. */
static char first_bytes[65536];
static size_t first_used;

static bool is_first(const void *block)
{
    return (const char *)block >= first_bytes &&
           (const char *)block < first_bytes + sizeof first_bytes;
}

static void *first_take(size_t size)
{
    void *block = first_bytes + first_used;
    first_used += (size + 15) / 16 * 16;
    if (first_used > sizeof first_bytes)
        _exit(98);
    return block;
}

static void *(*real_malloc)(size_t);
static void *(*real_calloc)(size_t, size_t);
static void *(*real_realloc)(void *, size_t);
static void (*real_free)(void *);

static bool find_allocator(void)
{
    static bool finding;
    if (finding)
        return real_free != NULL;
    finding = true;
    *(void **)&real_malloc = dlsym(RTLD_NEXT, "malloc");
    *(void **)&real_calloc = dlsym(RTLD_NEXT, "calloc");
    *(void **)&real_realloc = dlsym(RTLD_NEXT, "realloc");
    *(void **)&real_free = dlsym(RTLD_NEXT, "free");
    return true;
}

void *malloc(size_t size)
{
    if (!real_free && !find_allocator())
        return first_take(size);
    return fails(ALLOC) ? NULL : real_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    if (!real_free && !find_allocator())
        return first_take(count * size);
    return fails(ALLOC) ? NULL : real_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    if (!real_free && !find_allocator())
        return NULL;
    return fails(ALLOC) ? NULL : real_realloc(block, size);
}

void free(void *block)
{
    if (block && !is_first(block) && real_free)
        real_free(block);
}

static int open_mode(int flags, va_list arguments)
{
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, int) : 0;
}

int open(const char *path, int flags, ...)
{
    REAL(int, open, const char *, int, ...);
    va_list arguments;
    va_start(arguments, flags);
    int mode = open_mode(flags, arguments);
    va_end(arguments);
    return fails(OPEN) ? -1 : (int)done(real(path, flags, mode));
}

int openat(int folder, const char *path, int flags, ...)
{
    REAL(int, openat, int, const char *, int, ...);
    va_list arguments;
    va_start(arguments, flags);
    int mode = open_mode(flags, arguments);
    va_end(arguments);
    return fails(OPEN) ? -1 : (int)done(real(folder, path, flags, mode));
}

/* What open is called under _FORTIFY_SOURCE. */
int __open_2(const char *path, int flags);
int __open_2(const char *path, int flags)
{
    return open(path, flags);
}

int mkostemp(char *pattern, int flags)
{
    REAL(int, mkostemp, char *, int);
    return fails(OPEN) ? -1 : (int)done(real(pattern, flags));
}

ssize_t read(int fd, void *out, size_t size)
{
    REAL(ssize_t, read, int, void *, size_t);
    if (!fails(READ))
        return done(real(fd, out, size));
    return plan.is_short ? real(fd, out, size > 1 ? 1 : size) : -1;
}

ssize_t __read_chk(int fd, void *out, size_t size, size_t room);
ssize_t __read_chk(int fd, void *out, size_t size, size_t room)
{
    if (size > room)
        abort();
    return read(fd, out, size);
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    REAL(ssize_t, write, int, const void *, size_t);
    if (fd == STDERR_FILENO || !fails(WRITE))
        return done(real(fd, bytes, size));
    return plan.is_short ? real(fd, bytes, size > 1 ? 1 : size) : -1;
}

int fsync(int fd)
{
    REAL(int, fsync, int);
    return fails(SYNC) ? -1 : (int)done(real(fd));
}

int fdatasync(int fd)
{
    REAL(int, fdatasync, int);
    return fails(SYNC) ? -1 : (int)done(real(fd));
}

int rename(const char *from, const char *to)
{
    REAL(int, rename, const char *, const char *);
    return fails(RENAME) ? -1 : (int)done(real(from, to));
}

int link(const char *from, const char *to)
{
    REAL(int, link, const char *, const char *);
    return fails(LINK) ? -1 : (int)done(real(from, to));
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
    REAL(int, linkat, int, const char *, int, const char *, int);
    return fails(LINK) ? -1 : (int)done(real(from_folder, from, to_folder, to, flags));
}

int unlink(const char *path)
{
    REAL(int, unlink, const char *);
    return fails(UNLINK) ? -1 : (int)done(real(path));
}

int mkdir(const char *path, mode_t mode)
{
    REAL(int, mkdir, const char *, mode_t);
    return fails(MKDIR) ? -1 : (int)done(real(path, mode));
}

/* As the kernel does it, the descriptor is gone even when close fails. */
int close(int fd)
{
    REAL(int, close, int);
    if (!fails(CLOSE))
        return (int)done(real(fd));
    int number = errno;
    real(fd);
    errno = number;
    return -1;
}

int fchmod(int fd, mode_t mode)
{
    REAL(int, fchmod, int, mode_t);
    return fails(MODE) ? -1 : (int)done(real(fd, mode));
}

struct dirent *readdir(DIR *folder)
{
    REAL(struct dirent *, readdir, DIR *);
    if (fails(LIST))
        return NULL;
    struct dirent *entry = real(folder);
    done(0);
    return entry;
}

static int (*real_main)(int, char **, char **);

static int armed_main(int argc, char **argv, char **environment)
{
    read_plan();
    return real_main(argc, argv, environment);
}

int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv, void (*init)(void),
    void (*fini)(void), void (*rtld_fini)(void), void *stack_end);

int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv, void (*init)(void),
    void (*fini)(void), void (*rtld_fini)(void), void *stack_end)
{
    REAL(int, __libc_start_main, int (*)(int, char **, char **), int, char **, void (*)(void),
        void (*)(void), void (*)(void), void *);
    real_main = main;
    return real(armed_main, argc, argv, init, fini, rtld_fini, stack_end);
}
