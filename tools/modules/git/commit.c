/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "internal.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

char *repo_setting(struct git_repo *repo, const char *name)
{
    git_config *config = NULL;
    git_buf value = GIT_BUF_INIT;
    char *copy = NULL;
    if (git_repository_config_snapshot(&config, repo->git) == 0 &&
        git_config_get_string_buf(&value, config, name) == 0)
        copy = repo->services->memory_text(value.ptr ? value.ptr : "");
    git_buf_dispose(&value);
    git_config_free(config);
    return copy;
}

/* What a person is called: as given, else by its own setting, else by the user's. */
static char *called(struct git_repo *repo, const char *given, const char *own, const char *user)
{
    if (given)
        return repo->services->memory_text(given);
    char *value = repo_setting(repo, own);
    return value ? value : repo_setting(repo, user);
}

int repo_person(struct git_repo *repo, git_signature **out, const struct git_person *person,
    bool author, int64_t time, struct error *error)
{
    char *name = called(repo, person->name, author ? "author.name" : "committer.name", "user.name");
    char *email =
        called(repo, person->email, author ? "author.email" : "committer.email", "user.email");
    int result = -1;
    *out = NULL;
    if (!name || !name[0] || !email || !email[0])
        repo->services->error_set(error, ERROR_INPUT,
            "git does not know who commits; tell it: git config --global user.name \"Your Name\" "
            "and git config --global user.email you@example.org");
    else if (git_signature_new(out, name, email, (git_time_t)time, 0) == 0)
        result = 0;
    else
        repo_failed(repo->services, error, result, "\"%s <%s>\" cannot commit", name, email);
    free(name);
    free(email);
    return result;
}

int repo_tip(struct git_repo *repo, git_commit **out, const char *reference, struct git_id *tip,
    struct error *error)
{
    git_oid id;
    *out = NULL;
    tip->hex[0] = '\0';
    int result = git_reference_name_to_id(&id, repo->git, reference);
    if (result == GIT_ENOTFOUND)
        return 0;
    if (result == 0)
        result = git_commit_lookup(out, repo->git, &id);
    if (result != 0)
        return repo_failed(
            repo->services, error, result, "cannot read the commit of %s", reference);
    repo_id(tip, &id);
    return 0;
}

/* A path that git would take for something else, or that leaves the tree. */
static bool is_good_path(const char *path)
{
    for (;;) {
        size_t part = strcspn(path, "/");
        if (part == 0 || part > NAME_MAX || (part == 1 && path[0] == '.') ||
            (part == 2 && path[0] == '.' && path[1] == '.') ||
            (part == 4 && strncasecmp(path, ".git", part) == 0))
            return false;
        if (path[part] == '\0')
            return true;
        path += part + 1;
    }
}

/* A file where path needs a folder. */
static int check_folders(
    struct git_repo *repo, const git_tree *tree, const char *path, struct error *error)
{
    char *folder = repo->services->memory_text(path);
    git_tree_entry *entry = NULL;
    int result = 0;
    for (char *slash = strchr(folder, '/'); slash && result == 0; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (git_tree_entry_bypath(&entry, tree, folder) == 0 &&
            git_tree_entry_type(entry) != GIT_OBJECT_TREE)
            result = repo->services->error_set(error, ERROR_USAGE,
                "%s is a file on this branch; %s needs it to be a folder", folder, path);
        git_tree_entry_free(entry);
        entry = NULL;
        *slash = '/';
    }
    free(folder);
    return result;
}

/* Whether what stands at path allows the file: a folder does not, nor other bytes a fixed one. */
static int check_present(
    struct git_repo *repo, const git_tree *tree, const struct git_file *file, struct error *error)
{
    const struct git_services *services = repo->services;
    git_tree_entry *entry;
    git_oid id;
    int result = git_tree_entry_bypath(&entry, tree, file->path);
    if (result == GIT_ENOTFOUND)
        return check_folders(repo, tree, file->path, error);
    if (result != 0)
        return repo_failed(services, error, result, "cannot look for %s", file->path);
    if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB)
        result = services->error_set(
            error, ERROR_USAGE, "%s is a folder on this branch; expected a file", file->path);
    else if (file->fixed && (git_odb_hash(&id, file->bytes, file->size, GIT_OBJECT_BLOB) != 0 ||
                                !git_oid_equal(git_tree_entry_id(entry), &id)))
        result = services->error_set(error, ERROR_INPUT,
            "%s is on this branch with other content, and a run's file does not change; give the "
            "run another name",
            file->path);
    git_tree_entry_free(entry);
    return result;
}

static int update(struct git_repo *repo, git_tree_update *out, const struct git_file *file,
    const git_tree *tree, struct error *error)
{
    const struct git_services *services = repo->services;
    if (!is_good_path(file->path))
        return services->error_set(error, ERROR_USAGE,
            "\"%s\" cannot be a path in a repository; expected one below its top, such as "
            "reports/today.md",
            file->path);
    if (tree && check_present(repo, tree, file, error) != 0)
        return -1;
    *out = (git_tree_update){
        .action = GIT_TREE_UPDATE_UPSERT, .filemode = GIT_FILEMODE_BLOB, .path = file->path};
    repo_forget_error();
    int result = git_blob_create_from_buffer(&out->id, repo->git, file->bytes, file->size);
    if (result != 0)
        return repo_not_written(services, error, "cannot write %s into git", file->path);
    return 0;
}

static int build_tree(struct git_repo *repo, git_tree **out, const struct git_draft *draft,
    git_tree *old, struct error *error)
{
    git_oid id;
    git_tree_update *updates = repo->services->memory_take(draft->file_count * sizeof *updates);
    int result = 0;
    for (size_t i = 0; i < draft->file_count && result == 0; i++)
        result = update(repo, &updates[i], &draft->files[i], old, error);
    if (result == 0) {
        repo_forget_error();
        result = git_tree_create_updated(&id, repo->git, old, draft->file_count, updates);
        if (result == 0)
            result = git_tree_lookup(out, repo->git, &id);
        if (result != 0)
            result = repo_not_written(repo->services, error, "cannot write a tree into git");
    }
    free(updates);
    return result;
}

static int write_text(struct git_repo *repo, char **out, const struct git_draft *draft,
    git_commit *parent, git_tree *tree, struct error *error)
{
    const git_commit *parents[] = {parent};
    git_signature *author = NULL, *committer = NULL;
    git_buf text = GIT_BUF_INIT;
    int result = repo_person(repo, &author, &draft->author, true, draft->time, error);
    if (result == 0)
        result = repo_person(repo, &committer, &draft->committer, false, draft->time, error);
    if (result == 0) {
        result = git_commit_create_buffer(&text, repo->git, author, committer, NULL, draft->message,
            tree, parent ? 1 : 0, parents);
        if (result != 0)
            result = repo_not_written(repo->services, error, "cannot write the commit");
        else
            *out = repo->services->memory_text(text.ptr);
        /* The reference's log, which is written when it moves, names the same person. */
        git_repository_set_ident(repo->git, committer->name, committer->email);
    }
    git_buf_dispose(&text);
    git_signature_free(author);
    git_signature_free(committer);
    return result;
}

int repo_draft(struct git_repo *repo, const struct git_draft *draft, struct git_id *tip,
    char **commit, struct error *error)
{
    git_commit *parent = NULL;
    git_tree *old = NULL, *tree = NULL;
    *commit = NULL;
    repo_sync_each(false);
    int result = repo_tip(repo, &parent, draft->reference, tip, error);
    if (result == 0 && parent && (result = git_commit_tree(&old, parent)) != 0)
        result = repo_failed(repo->services, error, result, "cannot read %s", draft->reference);
    if (result == 0)
        result = build_tree(repo, &tree, draft, old, error);
    if (result == 0 && !(old && git_oid_equal(git_tree_id(old), git_tree_id(tree))))
        result = write_text(repo, commit, draft, parent, tree, error);
    git_tree_free(tree);
    git_tree_free(old);
    git_commit_free(parent);
    return result;
}

int repo_store(struct git_repo *repo, const struct git_draft *draft, struct git_id *out,
    const char *commit, const char *signature, struct error *error)
{
    git_odb *odb = NULL;
    git_oid id;
    int result;
    repo_sync_each(false);
    repo_forget_error();
    if (signature) {
        result = git_commit_create_with_signature(&id, repo->git, commit, signature, NULL);
    } else {
        result = git_repository_odb(&odb, repo->git);
        if (result == 0)
            result = git_odb_write(&id, odb, commit, strlen(commit), GIT_OBJECT_COMMIT);
        git_odb_free(odb);
    }
    if (result != 0)
        return repo_not_written(repo->services, error, "cannot write the commit");
    repo_id(out, &id);
    return repo_sync(repo, &id, draft, error);
}
