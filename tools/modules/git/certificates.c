/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * libgit2 over mbedTLS reads all certificates of the system when it starts, though
 * nothing here ever opens a connection: 54 of the 105 million instructions that a
 * commit takes. The module's own symbol comes before the library's, and reads none;
 * a connection, if one were made, would be refused.
 */
int mbedtls_x509_crt_parse_file(void *chain, const char *path);

int mbedtls_x509_crt_parse_file(void *chain, const char *path)
{
    (void)chain;
    (void)path;
    return 0;
}
