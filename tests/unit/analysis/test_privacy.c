/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "analysis/privacy.h"
#include "base/buffer.h"
#include "base/compiler.h"

/* The text with what is personal in it replaced. */
static void becomes(const char *key, const char *text, const char *expected)
{
    struct slice from = slice_of(text);
    struct buffer out = BUFFER_INIT;
    struct private_span span;
    size_t at = 0;
    while (private_next(&span, slice_of(key), from, at)) {
        assert_true(span.start >= at && span.size > 0 && span.start + span.size <= from.size);
        buffer_add(&out, text + at, span.start - at);
        buffer_add_text(&out, span.instead);
        at = span.start + span.size;
    }
    buffer_add(&out, text + at, from.size - at);
    assert_string_equal(buffer_text(&out), expected);
    /* What was taken out once is not found again. */
    assert_false(private_next(&span, slice_of(key), buffer_slice(&out), 0));
    buffer_release(&out);
}

static void stays(const char *key, const char *text)
{
    becomes(key, text, text);
}

static void homes_become_a_tilde(void **state)
{
    (void)state;
    becomes(NULL, "/home/alice", "~");
    becomes(NULL, "/home/alice/src/x -i /home/bob-2/y", "~/src/x -i ~/y");
    becomes(NULL, "file:///Users/Alice.B/models", "file://~/models");
    becomes(NULL, "\"C:\\Users\\Alice\\x\" c:/Users/Bob/y", "\"~\\x\" ~/y");
    becomes(NULL, "PATH=/usr/bin:/home/alice/bin", "PATH=/usr/bin:~/bin");
    becomes(NULL, "/mnt/c/Users/alice/x", "~/x");
}

static void what_is_nobodys_home_stays(void **state)
{
    (void)state;
    static const char *const texts[] = {"/home/runner/jobs", "/Users/runner/x", "/home/", "/home",
        "https://example.org/home/page", "/srv/home", "/Users/Shared/models", "/root/x",
        "/home/$USER/x", "C:\\Users\\", "C:\\Users\\Public\\x", "~/home/x", "/homes/alice"};
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        stays(NULL, texts[i]);
}

static void accounts_and_hosts_lose_their_names(void **state)
{
    (void)state;
    becomes(NULL, "alice@build-07:/srv", "user@host:/srv");
    becomes(NULL, "ssh://alice@lab.example.edu/x", "ssh://user@host/x");
    becomes(NULL, "mail a.b+c@mail.example.co, please", "mail user@host, please");
    becomes(NULL, "on Alices-MacBook-Pro.local.", "on host.");
    becomes(NULL, "ip-10-0-3-7.eu-west-1.compute.internal", "host");
    becomes(NULL, "DESKTOP-4F2K9QX", "host");
    becomes("hostname", "anything at all", "redacted");
    becomes("USER", "alice", "redacted");
}

static void what_only_looks_like_an_account_stays(void **state)
{
    (void)state;
    static const char *const texts[] = {"git@github.com:a/b.git", "actions/checkout@v4",
        "left-pad@1.3.0", "image@sha256:0a1b", "org/model@main", "x @ y", "a@", "@b",
        "org/model@0a1b2c3d4e", "com.example.internal", "MacBookPro18,3", "Mac14,6",
        "settings.local.json", "~/.local/share", "batch@16", "p@1.5"};
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        stays(NULL, texts[i]);
    stays(NULL, "user@host-0a1b2c3d");
    becomes(NULL, "user@host-0a1b2c3x", "user@host");
    stays("user", "redacted-0a1b2c3d");
    becomes("user", "redacted-name", "redacted");
    stays("hostname", "unknown");
    stays("user_time", "alice");
    stays("contributor", "alice@mail.example.co");
}

static void secrets_are_taken_out(void **state)
{
    (void)state;
    becomes(NULL, "x ghp_0123456789abcdefghijABCDEFGHIJ012345 y", "x [secret] y");
    becomes(NULL, "HF=hf_aBcDeFgHiJkLmNoPqRsTuVwXyZ01234567", "HF=[secret]");
    becomes(NULL, "hf_aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeF", "[secret]");
    becomes(NULL, "AKIAIOSFODNN7EXAMPLE", "[secret]");
    becomes(NULL, "curl --token abc123 -x", "curl --token [secret] -x");
    becomes(NULL, "curl --password=hunter22;", "curl --password=[secret];");
    becomes(NULL, "HF_TOKEN=a1b2c3d4 make", "HF_TOKEN=[secret] make");
    becomes(
        NULL, "AWS_SECRET_ACCESS_KEY='wJalrXUtnFEMI/K7MD+x='", "AWS_SECRET_ACCESS_KEY='[secret]'");
    becomes(NULL, "https://example.org/?n=1&api_key=0a1b2c3d&x=2",
        "https://example.org/?n=1&api_key=[secret]&x=2");
    becomes(NULL, "-H 'Authorization: Bearer abc.def-123'", "-H 'Authorization: Bearer [secret]'");
    becomes(NULL, "https://a:b@mirror.example.org/x", "https://[secret]@mirror.example.org/x");
    becomes(NULL, "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2ln", "[secret]");
    becomes(NULL, "a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nb",
        "a\n[secret]\nb");
    becomes("api_key", "0123456789", "[secret]");
    becomes("HF_TOKEN", "0123456789", "[secret]");
}

static void what_only_looks_like_a_secret_stays(void **state)
{
    (void)state;
    static const char *const texts[] = {"sk-learn-benchmark-suite-of-models", "--token-limit 4096",
        "hf_hub_download", "tokens", "hf_Llama_3_8B_Instruct_quantized_to_4_bits",
        "https://example.org/a:b/c@2", "eyJ.eyJ", "--max-token=4096000000", "HF_TOKEN=$HF_TOKEN_2",
        "eos_token=endoftext", "token=12345678", "max_tokens=a1b2c3d4", "=a1b2c3d4",
        "--token \"$TOKEN\"", "-----BEGIN CERTIFICATE-----", "task-ABC123ABC123ABC123ABC123"};
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        stays(NULL, texts[i]);
    stays("token", "<|endoftext|>");
    stays("stop_tokens", "0123456789");
    stays("prompt_tokens", "0123456789");
    stays("token", "$TOKEN_OF_CI");
}

static void bytes_beyond_the_text_are_not_looked_at(void **state)
{
    (void)state;
    struct private_span span;
    assert_false(private_next(&span, slice_of(NULL), (struct slice){"/home/alice", 6}, 0));
    assert_false(private_next(&span, slice_of(NULL), (struct slice){NULL, 0}, 0));
    assert_true(private_next(&span, slice_of(NULL), (struct slice){"/home/alice", 8}, 0));
    assert_int_equal(span.size, 8);
}

UNIT_MAIN(cmocka_unit_test(homes_become_a_tilde), cmocka_unit_test(what_is_nobodys_home_stays),
    cmocka_unit_test(accounts_and_hosts_lose_their_names),
    cmocka_unit_test(what_only_looks_like_an_account_stays),
    cmocka_unit_test(secrets_are_taken_out), cmocka_unit_test(what_only_looks_like_a_secret_stays),
    cmocka_unit_test(bytes_beyond_the_text_are_not_looked_at))
