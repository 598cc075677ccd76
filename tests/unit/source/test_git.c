/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files.h"
#include "source/git.h"
#include "source/source.h"

#include <errno.h>
#include <limits.h>

/* The module of the build that this program is of: build/FLAVOUR/tests/source/test_git. */
static char *module_path(void)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    assert_true(length > 0);
    path[length] = '\0';
    for (int i = 0; i < 3; i++)
        *strrchr(path, '/') = '\0';
    return memory_format("%s/lib/benchline/git.so", path);
}

/* libgit2 1.5 loses what it matches the names of extensions with. */
const char *__lsan_default_suppressions(void); /* NOLINT: the sanitizer's name */
const char *__lsan_default_suppressions(void)  /* NOLINT */
{
    return "leak:libpcre2-8";
}

static char *module;

static void shell(const char *commands)
{
    char *line = memory_format("set -e\n%s", commands);
    assert_int_equal(system(line), 0);
    free(line);
}

/* A repository in a folder of its own, and no configuration but the test's. */
static int enter(void **state)
{
    if (folder_enter(state) != 0)
        return -1;
    module = module_path();
    setenv("HOME", *state, 1);
    setenv("XDG_CONFIG_HOME", *state, 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    shell("exec >/dev/null\n"
          "git config --global user.name Tester\n"
          "git config --global user.email tester@example.org\n"
          "git config --global init.defaultBranch main\n"
          "export GIT_COMMITTER_DATE='2026-02-11T09:00:00+01:00'\n"
          "git init -q r\n"
          "cd r\n"
          "mkdir -p reports/deeper\n"
          "echo '{\"n\":1}' > reports/a.jsonl\n"
          "echo '{\"n\":2}' | gzip > reports/b.jsonl.gz\n"
          "echo '{\"n\":3}' > reports/deeper/c.jsonl\n"
          "echo text > reports/notes.txt\n"
          "ln -s a.jsonl reports/latest.jsonl\n"
          "ln -s ../../etc/passwd reports/out\n"
          "ln -s round reports/round\n"
          "git add -A\n"
          "git commit -qm first\n"
          "git tag v1\n"
          "echo '{\"n\":4}' > reports/a.jsonl\n"
          "git commit -qam second\n");
    return chdir("r");
}

static int leave(void **state)
{
    free(module);
    return folder_leave(state);
}

/* What an operand gives, or the message. */
static char *read_operand(const char *operand)
{
    struct source_options options = {.git_module = module};
    struct error error = ERROR_INIT;
    char *text;
    size_t size;
    if (source_read_whole(&text, &size, operand, 1 << 20, &options, &error) == 0)
        return text;
    text = memory_take(2000);
    error_format(&error, text, 2000);
    return text;
}

static void expect(const char *operand, const char *expected)
{
    char *text = read_operand(operand);
    assert_string_equal(text, expected);
    free(text);
}

static void expect_part(const char *operand, const char *part)
{
    char *text = read_operand(operand);
    if (!strstr(text, part))
        assert_string_equal(text, part);
    free(text);
}

static void a_file_is_read_from_any_revision(void **state)
{
    (void)state;
    shell("rm -rf reports");
    expect("git:HEAD:reports/a.jsonl", "{\"n\":4}\n");
    expect("git:main:reports/a.jsonl", "{\"n\":4}\n");
    expect("git:v1:reports/a.jsonl", "{\"n\":1}\n");
    expect("git:HEAD~1:reports/a.jsonl", "{\"n\":1}\n");
    expect("git:v1^{tree}:./reports//a.jsonl", "{\"n\":1}\n");
    expect("git:HEAD:reports/deeper/../a.jsonl", "{\"n\":4}\n");
}

static void a_packed_file_is_unpacked_and_a_link_is_followed(void **state)
{
    (void)state;
    expect("git:HEAD:reports/b.jsonl.gz", "{\"n\":2}\n");
    expect("git:HEAD:reports/latest.jsonl", "{\"n\":4}\n");
    expect_part("git:HEAD:reports/out", "is a symbolic link that leads out of the repository");
    expect_part("git:HEAD:reports/round", "or to itself");
}

/* The names and texts of what an operand stands for. */
static void expect_folder(const char *operand, const char *expected)
{
    struct source_options options = {.git_module = module};
    struct sources *sources = sources_create(&operand, 1, &options);
    struct buffer all = BUFFER_INIT;
    struct error error = ERROR_INIT;
    struct source *source;
    char bytes[100];
    while (sources_next(sources, &source, &error) == 1) {
        ptrdiff_t got;
        buffer_add_format(&all, "%s=", source_name(source));
        while ((got = source_read(source, bytes, sizeof bytes, &error)) > 0)
            buffer_add(&all, bytes, (size_t)got);
        source_close(source);
    }
    assert_string_equal(error.text, "");
    assert_string_equal(buffer_text(&all), expected);
    buffer_release(&all);
    sources_free(sources);
}

static void a_folder_is_its_reports_sorted(void **state)
{
    (void)state;
    expect_folder("git:v1:reports",
        "git:v1:reports/a.jsonl={\"n\":1}\ngit:v1:reports/b.jsonl.gz={\"n\":2}\n"
        "git:v1:reports/latest.jsonl={\"n\":1}\n");
    expect_folder("git:v1:reports/deeper/", "git:v1:reports/deeper/c.jsonl={\"n\":3}\n");
    expect_part("git:HEAD:", "is a folder; expected a file");
    shell("echo '{}' > top.jsonl; git add top.jsonl; git commit -qm top");
    expect_folder("git:HEAD:", "git:HEAD:top.jsonl={}\n");
}

static void an_unknown_revision_or_path_suggests_a_near_name(void **state)
{
    (void)state;
    expect("git:mian:reports", "git:mian:reports: there is no revision mian in the git repository; "
                               "did you mean main?");
    expect("git:nowhere:reports",
        "git:nowhere:reports: there is no revision nowhere in the git repository; git branch -a "
        "and git tag list the names");
    expect("git:HEAD:reports/aa.jsonl",
        "git:HEAD:reports/aa.jsonl: there is no reports/aa.jsonl in HEAD; did you mean "
        "reports/a.jsonl?");
    expect("git:HEAD:results/", "git:HEAD:results/: there is no results/ in HEAD; a path starts at "
                                "the top of the repository");
    expect_part("git:HEAD:../x", "leads out of the repository");
    expect_part("git:a..b:x", "is not a revision");
}

static void another_folder_s_repository_is_read_with_its_name(void **state)
{
    struct source_options options = {.git_module = module, .repository = "../r/reports/deeper"};
    struct error error = ERROR_INIT;
    char *text;
    size_t size;
    (void)state;
    assert_int_equal(chdir("/"), 0);
    options.repository = memory_format("%s/r/reports/deeper", (char *)*state);
    assert_int_equal(
        source_read_whole(&text, &size, "git:v1:reports/a.jsonl", 100, &options, &error), 0);
    assert_string_equal(text, "{\"n\":1}\n");
    free(text);
    free((char *)options.repository);
}

static void a_missing_repository_or_module_can_be_told_by_its_number(void **state)
{
    struct error error = ERROR_INIT;
    struct repository *repository;
    (void)state;
    assert_int_equal(repository_open(&repository, module, "/", &error), -1);
    assert_int_equal(error.number, ENOENT);
    assert_int_equal(error_status(&error), STATUS_INPUT);
    assert_string_equal(
        error.text, "there is no git repository in / or above it; -C DIR names one");
    error_clear(&error);
    assert_int_equal(repository_open(&repository, "/nowhere/git.so", NULL, &error), -1);
    assert_int_equal(error.number, ENOPKG);
    assert_int_equal(error_status(&error), STATUS_MACHINE);
    assert_non_null(strstr(error.text, "apt install libgit2-1.5"));
}

static void a_repository_of_another_user_says_how_to_trust_it(void **state)
{
    (void)state;
    if (geteuid() != 0)
        skip();
    shell("chown -R 12345 .");
    char *top = memory_format("%s/r", (char *)*state);
    char *expected =
        memory_format("git:HEAD:reports/a.jsonl: the git repository belongs to another "
                      "user; if you trust it: git config --global --add "
                      "safe.directory %s",
            top);
    expect("git:HEAD:reports/a.jsonl", expected);
    shell("git config --global --add safe.directory /elsewhere");
    expect("git:HEAD:reports/a.jsonl", expected);
    /* The advice works, and so does git's own word for every folder. */
    char *advice = memory_format("%s", strstr(expected, "git config"));
    shell(advice);
    expect("git:HEAD:reports/a.jsonl", "{\"n\":4}\n");
    shell("git config --global --unset-all safe.directory\n"
          "git config --global --add safe.directory '*'");
    expect("git:HEAD:reports/a.jsonl", "{\"n\":4}\n");
    shell("git config --global --add safe.directory ''");
    expect("git:HEAD:reports/a.jsonl", expected);
    free(advice);
    free(expected);
    free(top);
}

static void repositories_that_libgit2_cannot_read_say_what_to_do(void **state)
{
    (void)state;
    shell("git init -q --object-format=sha256 ../sha256");
    assert_int_equal(chdir("../sha256"), 0);
    expect_part(
        "git:HEAD:x", "SHA-256, which libgit2 1.5 does not know; let git itself read (git show ");
    shell("git init -q ../reftable; cd ../reftable; git config core.repositoryformatversion 1; git "
          "config extensions.refStorage reftable");
    assert_int_equal(chdir("../reftable"), 0);
    expect_part("git:HEAD:x", "git refs migrate --ref-format=files");
}

static void harmless_extensions_are_read(void **state)
{
    (void)state;
    shell("git config core.repositoryformatversion 1; git config extensions.worktreeConfig true; "
          "git config extensions.preciousObjects true");
    expect("git:HEAD:reports/a.jsonl", "{\"n\":4}\n");
}

static void a_shallow_clone_says_so_behind_its_edge(void **state)
{
    (void)state;
    shell("git clone -q --depth 1 \"file://$PWD\" ../shallow");
    assert_int_equal(chdir("../shallow"), 0);
    expect("git:HEAD:reports/a.jsonl", "{\"n\":4}\n");
    expect_part("git:HEAD~1:reports/a.jsonl", "shallow clone; fetch them: git fetch --unshallow");
}

/* The subject of the merge base of two revisions of the current folder, or what is wrong. */
static void expect_base(const char *one, const char *other, const char *expected)
{
    struct repository *repository;
    struct git_id base, wanted;
    struct error error = ERROR_INIT;
    assert_int_equal(repository_open(&repository, module, NULL, &error), 0);
    if (repository_merge_base(repository, &base, one, other, &error) != 0) {
        if (!strstr(error.text, expected))
            fail_msg("\"%s\" does not say \"%s\"", error.text, expected);
    } else {
        assert_int_equal(repository_resolve(repository, &wanted, expected, &error), 0);
        assert_string_equal(base.hex, wanted.hex);
    }
    repository_close(repository);
}

static void the_merge_base_is_what_both_revisions_come_from(void **state)
{
    (void)state;
    shell("git tag fork; git commit -q --allow-empty -m a; git tag a\n"
          "git checkout -q -b side fork; git commit -q --allow-empty -m b; git tag b\n"
          "git checkout -q --orphan alone; git commit -q --allow-empty -m c; git tag c");
    expect_base("a", "b", "fork");
    expect_base("b", "a", "fork");
    expect_base("a", "fork", "fork");
    expect_base("a", "a^{commit}", "a");
    expect_base("a", "c", "a and c have no commit in common");
    expect_base("a", "nowhere", "there is no revision nowhere");
}

static void a_file_that_a_partial_clone_left_out_is_named(void **state)
{
    (void)state;
    shell("git config uploadpack.allowFilter true; git clone -q --filter=blob:none --no-checkout "
          "\"file://$PWD\" ../partial");
    assert_int_equal(chdir("../partial"), 0);
    expect_part("git:HEAD:reports/a.jsonl", "is not in this repository: a partial clone");
}

static void a_git_lfs_pointer_is_no_report(void **state)
{
    (void)state;
    shell("printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:0\\nsize 1\\n' "
          "> l.jsonl; git add l.jsonl; git commit -qm lfs");
    expect_part("git:HEAD:l.jsonl", "kept in Git LFS");
}

/* HEAD of the current folder as one line. */
static char *head(void)
{
    struct repository *repository;
    struct git_head found;
    struct error error = ERROR_INIT;
    assert_int_equal(repository_open(&repository, module, NULL, &error), 0);
    assert_int_equal(repository_head(repository, &found, &error), 0);
    char *text = memory_format("%s %s %s %d %zu", found.branch ? found.branch : "-",
        found.tag ? found.tag : "-", found.committed_at, (int)found.dirty,
        strlen(found.commit.hex));
    git_head_release(&found);
    repository_close(repository);
    return text;
}

static void expect_head(const char *expected)
{
    char *text = head();
    assert_string_equal(text, expected);
    free(text);
}

static void head_is_described(void **state)
{
    (void)state;
    expect_head("main - 2026-02-11T08:00:00Z 1 40");
    shell("touch untracked");
    expect_head("main - 2026-02-11T08:00:00Z 1 40");
    shell("echo more >> reports/a.jsonl");
    expect_head("main - 2026-02-11T08:00:00Z 2 40");
    shell("git add reports/a.jsonl");
    expect_head("main - 2026-02-11T08:00:00Z 2 40");
    shell("git reset -q --hard; rm reports/a.jsonl");
    expect_head("main - 2026-02-11T08:00:00Z 2 40");
    shell("git reset -q --hard; chmod +x reports/notes.txt");
    expect_head("main - 2026-02-11T08:00:00Z 2 40");
    shell("git reset -q --hard; ln -sf b.jsonl reports/latest.jsonl");
    expect_head("main - 2026-02-11T08:00:00Z 2 40");
    shell("git reset -q --hard; touch reports/notes.txt");
    expect_head("main - 2026-02-11T08:00:00Z 1 40");
    shell("git reset -q --hard; git checkout -q v1");
    expect_head("- v1 2026-02-11T08:00:00Z 1 40");
    assert_int_equal(chdir("reports"), 0);
    expect_head("- v1 2026-02-11T08:00:00Z 1 40");
}

/* Of the same size, and with the times that git noted, as far as they can be set. */
static void a_change_that_hides_is_found(void **state)
{
    (void)state;
    shell("touch -d 2026-02-11 reports/notes.txt; git update-index --refresh; "
          "echo TEXT > reports/notes.txt; touch -d 2026-02-11 reports/notes.txt");
    expect_head("main - 2026-02-11T08:00:00Z 2 40");
    shell("git reset -q --hard; echo newer > reports/notes.txt; "
          "GIT_COMMITTER_DATE=2026-02-11T08:00:00Z git commit -qam third; "
          "for i in 1 2 3 4 5 6 7 8 9; do echo newer > reports/notes.txt; "
          "git add reports/notes.txt; echo older > reports/notes.txt; done");
    expect_head("main - 2026-02-11T08:00:00Z 2 40");
    shell("git reset -q --hard; git update-index --skip-worktree reports/notes.txt; "
          "echo mine > reports/notes.txt");
    expect_head("main - 2026-02-11T08:00:00Z 1 40");
}

static void of_several_tags_the_last_version_counts(void **state)
{
    (void)state;
    shell("git checkout -q v1; git tag v1.9; git tag v1.10-rc1; git tag v1.10; git tag a; "
          "git config advice.nestedTag false; git tag -m other other HEAD~0; git tag -d other "
          ">/dev/null");
    expect_head("- v1.10 2026-02-11T08:00:00Z 1 40");
    shell("git tag -m two v1.2; git tag -m nested outer v1.2; git pack-refs --all");
    expect_head("- v1.2 2026-02-11T08:00:00Z 1 40");
    shell("git tag -m loose v1.3");
    expect_head("- v1.3 2026-02-11T08:00:00Z 1 40");
}

static void a_repository_without_commit_has_a_branch_only(void **state)
{
    (void)state;
    shell("git init -q ../empty");
    assert_int_equal(chdir("../empty"), 0);
    expect_head("main -  0 0");
    expect_part("git:HEAD:x", "there is no revision HEAD");
}

static void a_bare_repository_is_neither_clean_nor_dirty(void **state)
{
    (void)state;
    shell("git clone -q --bare . ../bare");
    assert_int_equal(chdir("../bare"), 0);
    expect_head("main - 2026-02-11T08:00:00Z 0 40");
    expect("git:HEAD:reports/a.jsonl", "{\"n\":4}\n");
}

static void a_linked_work_tree_and_a_sparse_one_are_clean(void **state)
{
    (void)state;
    shell("git worktree add -q -b side ../side");
    assert_int_equal(chdir("../side"), 0);
    expect_head("side - 2026-02-11T08:00:00Z 1 40");
    shell("git clone -q ../r ../sparse; cd ../sparse; git sparse-checkout set --no-cone "
          "/reports/deeper/");
    assert_int_equal(chdir("../sparse"), 0);
    assert_int_equal(access("reports/deeper/c.jsonl", F_OK), 0);
    assert_int_equal(access("reports/a.jsonl", F_OK), -1);
    expect_head("main - 2026-02-11T08:00:00Z 1 40");
    shell("rm reports/deeper/c.jsonl");
    expect_head("main - 2026-02-11T08:00:00Z 2 40");
}

#define IN_REPOSITORY(test) cmocka_unit_test_setup_teardown(test, enter, leave)

/* ---- histories ---------------------------------------------------------------------- */

static void make_history(void)
{
    shell("exec >/dev/null 2>&1\n"
          "git init -q ../h\n"
          "cd ../h\n"
          "for n in 1 2 3; do\n"
          "    mkdir -p reports\n"
          "    echo \"{\\\"n\\\":$n}\" >reports/$n.jsonl\n"
          "    ln -sf $n.jsonl reports/latest.jsonl\n"
          "    echo text >reports/notes.txt\n"
          "    git add -A\n"
          "    GIT_COMMITTER_DATE=\"2026-02-1${n}T09:00:00Z\" git commit -qm \"number $n\"\n"
          "    git tag light-$n\n"
          "done\n"
          "git tag -a -m annotated v2 HEAD~1\n"
          "git tag -a -m nested nested v2\n"
          "git tag tree 'HEAD^{tree}'\n");
    assert_int_equal(chdir("../h"), 0);
}

static struct repository *open_history(void)
{
    struct repository *repository;
    make_history();
    assert_int_equal(repository_open(&repository, module, NULL, NULL), 0);
    return repository;
}

static void tags_lead_to_commits_however_they_are_made(void **state)
{
    (void)state;
    static const char *const expected[] = {"light-1: number 1 1770800400",
        "light-2: number 2 1770886800", "light-3: number 3 1770973200",
        "nested: number 2 1770886800", "tree: no commit", "v2: number 2 1770886800"};
    struct repository *repository = open_history();
    for (int packed = 0; packed < 2; packed++) {
        struct git_refs tags = {NULL, 0, 0};
        assert_int_equal(repository_tags(repository, &tags, NULL), 0);
        assert_int_equal(tags.count, 6);
        for (size_t i = 0; i < tags.count; i++) {
            struct git_point point = {.summary = NULL};
            int result = repository_point(repository, &point, &tags.items[i], NULL);
            char *text = result == 1 ? memory_format("%s: no commit", tags.items[i].name)
                                     : memory_format("%s: %s %lld", tags.items[i].name,
                                           point.summary, (long long)point.time);
            assert_string_equal(text, expected[i]);
            free(text);
            free(point.summary);
        }
        git_refs_release(&tags);
        shell("git pack-refs --all");
    }
    repository_close(repository);
}

static bool contains(
    struct repository *repository, const struct git_id *commit, const char *revision)
{
    bool found = false;
    assert_int_equal(repository_contains(repository, &found, commit, revision, NULL), 0);
    return found;
}

static void a_history_is_walked_from_its_oldest_commit(void **state)
{
    (void)state;
    struct repository *repository = open_history();
    struct git_points all = {NULL, 0, 0}, some = {NULL, 0, 0};
    struct error error = ERROR_INIT;
    assert_int_equal(repository_walk(repository, &all, "main", false, NULL), 0);
    assert_int_equal(all.count, 3);
    assert_string_equal(all.items[0].summary, "number 1");
    assert_string_equal(all.items[2].summary, "number 3");
    assert_int_equal(repository_walk(repository, &some, "light-1..HEAD", false, NULL), 0);
    assert_int_equal(some.count, 2);
    assert_true(contains(repository, &all.items[2].commit, "v2"));
    assert_true(contains(repository, &all.items[1].commit, "v2"));
    assert_false(contains(repository, &all.items[0].commit, "v2"));
    assert_false(contains(repository, &all.items[0].commit, "nothing"));
    assert_int_equal(repository_walk(repository, &some, "light-1..lihgt-3", false, &error), -1);
    assert_non_null(strstr(error.text, "there is no revision"));
    git_points_release(&all);
    git_points_release(&some);
    repository_close(repository);
}

static void a_shallow_history_is_not_walked(void **state)
{
    (void)state;
    make_history();
    shell("git clone -q --depth 1 \"file://$PWD\" ../shallow");
    struct repository *repository;
    struct git_points points = {NULL, 0, 0};
    struct error error = ERROR_INIT;
    assert_int_equal(repository_open(&repository, module, "../shallow", NULL), 0);
    assert_int_equal(repository_walk(repository, &points, "HEAD", false, &error), -1);
    assert_non_null(strstr(error.text, "git fetch --unshallow"));
    assert_int_equal(points.count, 0);
    repository_close(repository);
}

static void the_reports_of_a_commit_have_names_and_contents(void **state)
{
    (void)state;
    struct repository *repository = open_history();
    struct git_files files = {.items = NULL};
    struct git_id commit;
    char *bytes;
    size_t size;
    assert_int_equal(repository_resolve(repository, &commit, "v2", NULL), 0);
    assert_int_equal(repository_files(repository, &files, &commit, "reports/", NULL), 0);
    assert_int_equal(files.count, 3); /* no notes.txt; the link is what it points at */
    assert_string_equal(files.items[0].path, "reports/1.jsonl");
    assert_string_equal(files.items[2].path, "reports/latest.jsonl");
    assert_string_equal(files.items[2].id.hex, files.items[1].id.hex);
    assert_int_equal(repository_blob(repository, &bytes, &size, &files.items[1].id, "x", NULL), 0);
    assert_string_equal(bytes, "{\"n\":2}\n");
    free(bytes);
    git_files_release(&files);
    assert_int_equal(repository_files(repository, &files, &commit, "nowhere", NULL), 0);
    assert_int_equal(files.count, 0);
    git_files_release(&files);
    repository_close(repository);
}

UNIT_MAIN(IN_REPOSITORY(a_file_is_read_from_any_revision),
    IN_REPOSITORY(a_packed_file_is_unpacked_and_a_link_is_followed),
    IN_REPOSITORY(a_folder_is_its_reports_sorted),
    IN_REPOSITORY(an_unknown_revision_or_path_suggests_a_near_name),
    IN_REPOSITORY(another_folder_s_repository_is_read_with_its_name),
    IN_REPOSITORY(a_missing_repository_or_module_can_be_told_by_its_number),
    IN_REPOSITORY(a_repository_of_another_user_says_how_to_trust_it),
    IN_REPOSITORY(repositories_that_libgit2_cannot_read_say_what_to_do),
    IN_REPOSITORY(harmless_extensions_are_read),
    IN_REPOSITORY(a_shallow_clone_says_so_behind_its_edge),
    IN_REPOSITORY(the_merge_base_is_what_both_revisions_come_from),
    IN_REPOSITORY(a_file_that_a_partial_clone_left_out_is_named),
    IN_REPOSITORY(a_git_lfs_pointer_is_no_report), IN_REPOSITORY(head_is_described),
    IN_REPOSITORY(of_several_tags_the_last_version_counts),
    IN_REPOSITORY(a_repository_without_commit_has_a_branch_only),
    IN_REPOSITORY(a_change_that_hides_is_found),
    IN_REPOSITORY(a_bare_repository_is_neither_clean_nor_dirty),
    IN_REPOSITORY(a_linked_work_tree_and_a_sparse_one_are_clean),
    IN_REPOSITORY(tags_lead_to_commits_however_they_are_made),
    IN_REPOSITORY(a_history_is_walked_from_its_oldest_commit),
    IN_REPOSITORY(a_shallow_history_is_not_walked),
    IN_REPOSITORY(the_reports_of_a_commit_have_names_and_contents))
