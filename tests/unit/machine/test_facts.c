/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "machine/facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena = ARENA_INIT;
static struct machine_facts facts;

static void read_tree(const char *name)
{
    char *root = arena_format(&arena, "tests/data/sysroots/%s", name);
    struct probe probe = {root, &arena};
    machine_facts_read(&facts, &probe);
}

static void a_workstation_is_described(void **state)
{
    (void)state;
    read_tree("clean");
    assert_string_equal(facts.model, "Measuring Desk 3");
    assert_string_equal(facts.os_name, "Debian GNU/Linux");
    assert_string_equal(facts.os_version, "12 (bookworm)");
    assert_string_equal(facts.kernel, "Linux 6.1.0-18-amd64");
    assert_string_equal(facts.cpu_model, "Example Quad 4000");
    assert_string_equal(facts.cpu_architecture, "x86_64");
    assert_int_equal(facts.cpu_sockets, 1);
    assert_int_equal(facts.cores_physical, 2);
    assert_int_equal(facts.cores_logical, 4);
    assert_true(facts.cores_performance == UNKNOWN_COUNT);
    assert_true(facts.cores_efficiency == UNKNOWN_COUNT);
    assert_int_equal(facts.frequency_max_hz, 4200000000);
    assert_int_equal(facts.boost, MACHINE_YES);
    assert_int_equal(facts.memory_bytes, 34359738368);
    assert_int_equal(facts.hugepage_bytes, 2097152);
    assert_int_equal(facts.hugepages_total, 16);
    assert_int_equal(facts.hugepages_free, 12);
    assert_string_equal(facts.transparent_hugepages, "madvise");
    assert_string_equal(facts.governor, "performance");
    assert_int_equal(facts.gpu_count, 0);
    assert_string_equal(facts.container, "none");
    assert_string_equal(facts.vm, "none");
}

static void container_and_virtual_machine_are_named(void **state)
{
    (void)state;
    read_tree("busy");
    assert_string_equal(facts.container, "docker");
    assert_string_equal(facts.vm, "qemu");
}

static void devices_are_listed_without_their_connectors(void **state)
{
    (void)state;
    read_tree("busy");
    assert_int_equal(facts.gpu_count, 2);
    assert_string_equal(facts.gpus[0].id, "card0");
    assert_string_equal(facts.gpus[0].vendor, "AMD");
    assert_string_equal(facts.gpus[0].name, "Example Render 24");
    assert_string_equal(facts.gpus[0].driver, "amdgpu");
    assert_string_equal(facts.gpus[0].pci, "1002:744c");
    assert_int_equal(facts.gpus[0].memory_bytes, 25753026560);
    assert_string_equal(facts.gpus[1].vendor, "NVIDIA");
    assert_string_equal(facts.gpus[1].name, "Example Compute 90");
    assert_string_equal(facts.gpus[1].driver, "nvidia 550.54.14");
    assert_true(facts.gpus[1].memory_bytes == UNKNOWN_COUNT);
    assert_int_equal(facts.accelerator_count, 1);
    assert_string_equal(facts.accelerators[0].vendor, "Intel");
    assert_null(facts.accelerators[0].name);
}

static void cores_of_two_capacities_are_told_apart(void **state)
{
    (void)state;
    read_tree("board");
    assert_string_equal(facts.model, "Example Board 5");
    assert_int_equal(facts.cores_physical, 6);
    assert_int_equal(facts.cores_performance, 2);
    assert_int_equal(facts.cores_efficiency, 4);
    assert_null(facts.cpu_model);
    assert_null(facts.governor);
    assert_null(facts.vm);
    assert_int_equal(facts.boost, MACHINE_UNKNOWN);
}

static void cores_of_two_kinds_are_counted_without_their_threads(void **state)
{
    (void)state;
    read_tree("hybrid");
    assert_int_equal(facts.cores_physical, 4);
    assert_int_equal(facts.cores_logical, 6);
    assert_int_equal(facts.cores_performance, 2);
    assert_int_equal(facts.cores_efficiency, 2);
    assert_int_equal(facts.cpu_sockets, 2);
    assert_int_equal(facts.boost, MACHINE_NO);
    assert_string_equal(facts.os_name, "Plain");
    assert_string_equal(facts.os_version, "9");
}

static void what_cannot_be_read_is_unknown(void **state)
{
    (void)state;
    read_tree("bare");
    assert_null(facts.model);
    assert_null(facts.os_name);
    assert_null(facts.kernel);
    assert_null(facts.cpu_model);
    assert_null(facts.cpu_architecture);
    assert_null(facts.governor);
    assert_null(facts.container);
    assert_null(facts.vm);
    assert_null(facts.transparent_hugepages);
    assert_true(facts.cores_physical == UNKNOWN_COUNT);
    assert_true(facts.cores_logical == UNKNOWN_COUNT);
    assert_true(facts.cpu_sockets == UNKNOWN_COUNT);
    assert_true(facts.frequency_max_hz == UNKNOWN_COUNT);
    assert_true(facts.memory_bytes == UNKNOWN_COUNT);
    assert_true(facts.hugepages_total == UNKNOWN_COUNT);
    assert_int_equal(facts.boost, MACHINE_UNKNOWN);
}

static void this_machine_has_processors_and_memory(void **state)
{
    (void)state;
    struct probe probe = {"", &arena};
    machine_facts_read(&facts, &probe);
    assert_true(facts.cores_logical >= 1);
    assert_true(facts.memory_bytes > 1000000);
    assert_non_null(facts.kernel);
    assert_non_null(facts.cpu_architecture);
}

static void names_come_in_the_order_of_their_numbers(void **state)
{
    (void)state;
    char root[] = "/tmp/benchline-probe.XXXXXX";
    static const char *const made[] = {"cpu10", "cpu2", "cpu1", "cpufreq", "other"};
    static const char *const expected[] = {"cpu1", "cpu2", "cpu10", "cpufreq"};
    assert_non_null(mkdtemp(root));
    for (size_t i = 0; i < ARRAY_SIZE(made); i++)
        fclose(fopen(arena_format(&arena, "%s/%s", root, made[i]), "w"));
    struct probe probe = {root, &arena};
    size_t count;
    char **names = probe_names(&probe, ".", "cpu", &count);
    assert_int_equal(count, 4);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(names[i], expected[i]);
    for (size_t i = 0; i < ARRAY_SIZE(made); i++)
        remove(arena_format(&arena, "%s/%s", root, made[i]));
    remove(root);
}

static void lists_of_processors_are_counted_and_nonsense_is_unknown(void **state)
{
    (void)state;
    assert_int_equal(probe_list_size("0-3,8"), 5);
    assert_int_equal(probe_list_size("7"), 1);
    static const char *const nonsense[] = {"", "a", "3-1", "0-99999999", "-1", "1-", "1;2"};
    for (size_t i = 0; i < ARRAY_SIZE(nonsense); i++)
        assert_true(probe_list_size(nonsense[i]) == UNKNOWN_COUNT);
}

static int release(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_workstation_is_described),
        cmocka_unit_test(container_and_virtual_machine_are_named),
        cmocka_unit_test(devices_are_listed_without_their_connectors),
        cmocka_unit_test(cores_of_two_capacities_are_told_apart),
        cmocka_unit_test(cores_of_two_kinds_are_counted_without_their_threads),
        cmocka_unit_test(what_cannot_be_read_is_unknown),
        cmocka_unit_test(this_machine_has_processors_and_memory),
        cmocka_unit_test(names_come_in_the_order_of_their_numbers),
        cmocka_unit_test(lists_of_processors_are_counted_and_nonsense_is_unknown)};
    return cmocka_run_group_tests(tests, NULL, release);
}
