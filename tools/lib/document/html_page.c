/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/markdown_html.h"

#include "document/mustache.h"

/*
 * Colours keep a contrast of 4.5 and more on their ground (WCAG 2.2, 1.4.3), in
 * both schemes. A table scrolls in a frame of its own, so that the page never
 * does, and so does a drawing that would be too small to read; on paper it has the width it needs.
 */
static const char style[] =
    ":root{color-scheme:light dark;--ground:#fff;--text:#1f2328;--quiet:#59636e;--line:#d1d9e0;"
    "--raised:#f6f8fa;--link:#0550ae;--note:#0550ae;--tip:#116329;--important:#6639ba;"
    "--warning:#7d4e00;--caution:#a40e26}\n"
    "@media (prefers-color-scheme:dark){:root{--ground:#0d1117;--text:#e6edf3;--quiet:#9ba4ae;"
    "--line:#3d444d;--raised:#151b23;--link:#79b8ff;--note:#79b8ff;--tip:#56d364;"
    "--important:#c297ff;--warning:#e3b341;--caution:#ff8e86}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0;background:var(--ground);color:var(--text);"
    "font:16px/1.5 system-ui,-apple-system,'Segoe UI','Noto Sans',Helvetica,Arial,sans-serif;"
    "overflow-wrap:break-word}\n"
    "main{max-width:76rem;margin:0 auto;padding:1.5rem 1rem 4rem}\n"
    "h1,h2,h3,h4,h5,h6{line-height:1.25;margin:1.6em 0 .6em}\n"
    "h1{font-size:2em;margin-top:0}\n"
    "h1,h2{border-bottom:1px solid var(--line);padding-bottom:.3em}\n"
    "h2{font-size:1.5em}\nh3{font-size:1.2em}\n"
    "p,ul,ol,pre,blockquote,details,.table,.figure{margin:0 0 1em}\n"
    "a{color:var(--link)}\n"
    "code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace;"
    "font-size:.875em}\n"
    "code{background:var(--raised);border-radius:.3em;padding:.15em .35em;"
    "overflow-wrap:anywhere}\n"
    "pre{background:var(--raised);border-radius:.4em;padding:.9em;overflow-x:auto}\n"
    "pre code{background:none;padding:0;overflow-wrap:normal}\n"
    ".table{overflow-x:auto;max-width:100%}\n"
    "table{border-collapse:collapse;font-size:.95em}\n"
    "th,td{border:1px solid var(--line);padding:.35em .7em;text-align:left;vertical-align:top}\n"
    "th{background:var(--raised)}\n"
    "td code,th code{overflow-wrap:break-word}\n"
    "td:first-child{min-width:9rem}\ntd:last-child:not(.right,.center){min-width:7rem}\n"
    "@media (max-width:40rem){td:first-child{min-width:11rem}td:first-child "
    "code{overflow-wrap:anywhere}}\n"
    ".right{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\n"
    "th.right{white-space:normal}\n"
    ".center{text-align:center}\n"
    "blockquote{border-left:.25em solid var(--line);color:var(--quiet);padding:0 1em;"
    "margin-left:0}\n"
    ".alert{border-left:.25em solid;padding:.5em 1em;margin:0 0 1em}\n"
    ".alert>:last-child{margin-bottom:0}\n.alert p{color:var(--text)}\n"
    ".alert .alert-title{color:inherit;font-weight:600;margin-bottom:.25em}\n"
    ".note{color:var(--note)}.tip{color:var(--tip)}.important{color:var(--important)}"
    ".warning{color:var(--warning)}.caution{color:var(--caution)}\n"
    "hr{border:0;border-top:1px solid var(--line);margin:2em 0}\n"
    "summary{cursor:pointer}\nimg{max-width:100%;height:auto}\n"
    ".figure{overflow-x:auto;max-width:100%}.figure img{min-width:42rem}\n"
    "a:focus-visible,summary:focus-visible,.table:focus-visible,.figure:focus-visible{outline:2px "
    "solid var(--link);"
    "outline-offset:2px}\n"
    "@media "
    "print{body{font-size:10pt}main{max-width:none;padding:0}.table,.figure{overflow:visible}"
    ".figure img{min-width:0}"
    "td code,th code{white-space:normal;overflow-wrap:anywhere}tr{break-inside:avoid}"
    "h1,h2,h3{break-after:avoid}}\n";

void html_page_begin(struct buffer *out, struct slice title)
{
    buffer_add_text(out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'unsafe-inline'; img-src data:\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<link rel=\"icon\" href=\"data:,\">\n<title>");
    mustache_escape_html(out, title);
    buffer_add_text(out, "</title>\n<style>\n");
    buffer_add_text(out, style);
    buffer_add_text(out, "</style>\n</head>\n<body>\n<main>\n");
}

void html_page_end(struct buffer *out)
{
    buffer_add_text(out, "</main>\n</body>\n</html>\n");
}
