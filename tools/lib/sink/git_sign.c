/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sink/git_sign.h"

#include "base/cleanup.h"
#include "base/memory.h"
#include "process/filter.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

/* What signs in one of git's formats; https://git-scm.com/docs/git-config, gpg.* */
struct format {
    const char *name;     /* in gpg.format */
    const char *settings; /* the setting of its program, */
    const char *older;    /* an older name of that, NULL for none */
    const char *program;  /* and what it is without either */
    bool ssh;
};

static const struct format formats[] = {
    {"openpgp", "gpg.openpgp.program", "gpg.program", "gpg", false},
    {"x509", "gpg.x509.program", NULL, "gpgsm", false},
    {"ssh", "gpg.ssh.program", NULL, "ssh-keygen", true},
};

struct signing {
    const struct format *format;
    char *program, *key;
    char *const *environment;
    const char *commit;
};

static char *setting(struct repository *repository, const char *name)
{
    return name ? repository->module->setting(repository->repo, name) : NULL;
}

static const char *variable(char *const *environment, const char *name)
{
    size_t length = strlen(name);
    for (; environment && *environment; environment++)
        if (strncmp(*environment, name, length) == 0 && (*environment)[length] == '=')
            return *environment + length + 1;
    return NULL;
}

static const struct format *find_format(const char *name)
{
    for (size_t i = 0; i < ARRAY_SIZE(formats); i++)
        if (strcmp(formats[i].name, name ? name : "openpgp") == 0)
            return &formats[i];
    return NULL;
}

/* "Name <email>" of the commit's committer: gpg finds the key by it. */
static char *committer(const char *commit)
{
    static const char line[] = "\ncommitter ";
    const char *begin = strstr(commit, line);
    const char *end = begin ? strstr(begin, "> ") : NULL;
    if (!end)
        return memory_text("");
    begin += sizeof line - 1;
    return memory_text_n(begin, (size_t)(end + 1 - begin));
}

/* The last line that a program said, for a message about it. */
static struct slice last_line(const struct buffer *said)
{
    struct slice text = buffer_slice(said);
    while (text.size > 0 && text.data[text.size - 1] == '\n')
        text.size--;
    size_t begin = text.size;
    while (begin > 0 && text.data[begin - 1] != '\n')
        begin--;
    return (struct slice){text.data ? text.data + begin : "", text.size - begin};
}

static int run(const struct signing *signing, const char *const *arguments, const char *proof,
    char **signature, struct error *error)
{
    struct filter filter = {.arguments = arguments,
        .environment = signing->environment,
        .input = slice_of(signing->commit)};
    int result = filter_run(&filter, error);
    bool proven = result == 0 && filter.exit_code == 0 && filter.out.size > 0 &&
                  (!proof || strstr(buffer_text(&filter.errors), proof));
    if (result == 0 && !proven) {
        struct slice said = last_line(&filter.errors);
        result = error_set(error, ERROR_MACHINE, "%s did not sign the commit: %.*s", arguments[0],
            (int)said.size, said.data);
    } else if (result == 0) {
        while (filter.out.size > 0 && filter.out.data[filter.out.size - 1] == '\n')
            filter.out.data[--filter.out.size] = '\0';
        *signature = buffer_steal(&filter.out);
    }
    buffer_release(&filter.out);
    buffer_release(&filter.errors);
    return result;
}

static int sign_pgp(const struct signing *signing, char **signature, struct error *error)
{
    char *person = committer(signing->commit);
    const char *const arguments[] = {
        signing->program, "--status-fd=2", "-bsau", signing->key ? signing->key : person, NULL};
    int result = run(signing, arguments, "[GNUPG:] SIG_CREATED ", signature, error);
    free(person);
    return result;
}

/* A key that stands in the setting itself, for ssh-agent; else the setting is a path. */
static const char *literal_key(const char *key)
{
    if (strncmp(key, "key::", 5) == 0)
        return key + 5;
    return strncmp(key, "ssh-", 4) == 0 ? key : NULL;
}

static int write_key(struct cleanup **entry, char *path, const char *key, struct error *error)
{
    int fd = cleanup_temporary(entry, path);
    size_t length = strlen(key);
    bool written = fd >= 0 && write(fd, key, length) == (ssize_t)length && write(fd, "\n", 1) == 1;
    int number = errno;
    if (fd >= 0)
        close(fd);
    if (!written)
        return error_system(error, ERROR_MACHINE, number, "cannot write the key to %s", path);
    return 0;
}

static int sign_ssh_literal(
    const struct signing *signing, char **signature, const char *key, struct error *error)
{
    const char *folder = variable(signing->environment, "TMPDIR");
    char *path = memory_format("%s/benchline-key.XXXXXX", folder && folder[0] ? folder : "/tmp");
    struct cleanup *entry = NULL;
    const char *const arguments[] = {
        signing->program, "-Y", "sign", "-n", "git", "-f", path, "-U", NULL};
    int result = write_key(&entry, path, key, error);
    if (result == 0)
        result = run(signing, arguments, NULL, signature, error);
    if (entry)
        unlink(path);
    cleanup_drop(entry);
    free(path);
    return result;
}

static int sign_ssh(const struct signing *signing, char **signature, struct error *error)
{
    if (!signing->key)
        return error_set(error, ERROR_INPUT,
            "git does not know with which SSH key to sign; tell it: git config user.signingKey "
            "~/.ssh/id_ed25519.pub");
    const char *literal = literal_key(signing->key);
    if (literal)
        return sign_ssh_literal(signing, signature, literal, error);
    const char *home = variable(signing->environment, "HOME");
    bool at_home = strncmp(signing->key, "~/", 2) == 0 && home;
    char *path =
        at_home ? memory_format("%s%s", home, signing->key + 1) : memory_text(signing->key);
    const char *const arguments[] = {signing->program, "-Y", "sign", "-n", "git", "-f", path, NULL};
    int result = run(signing, arguments, NULL, signature, error);
    free(path);
    return result;
}

int git_sign(struct repository *repository, char **signature, const char *commit,
    char *const *environment, struct error *error)
{
    static char *const nothing[] = {NULL};
    char *name = setting(repository, "gpg.format");
    struct signing signing = {.format = find_format(name),
        .environment = environment ? environment : nothing,
        .commit = commit};
    int result;
    *signature = NULL;
    if (!signing.format) {
        result = error_set(error, ERROR_INPUT,
            "gpg.format is \"%s\"; expected openpgp, x509 or ssh", name ? name : "");
    } else {
        signing.program = setting(repository, signing.format->settings);
        if (!signing.program)
            signing.program = setting(repository, signing.format->older);
        if (!signing.program)
            signing.program = memory_text(signing.format->program);
        signing.key = setting(repository, "user.signingkey");
        result = signing.format->ssh ? sign_ssh(&signing, signature, error)
                                     : sign_pgp(&signing, signature, error);
    }
    free(signing.program);
    free(signing.key);
    free(name);
    return result;
}
