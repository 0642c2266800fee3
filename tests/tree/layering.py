"""Checks which layer knows which: the #includes below src against the table of layers.

usage: layering.py SOURCE-ROOT
"""

import re
import sys
import tempfile
from pathlib import Path

from source_text import Tap, blank, c_files, line_of

# What a folder may include besides itself: whole folders, or single headers.
CORE = ('base', 'etl', 'kernel', 'model', 'symbols', 'analysis', 'profile', 'export', 'chart')
MAY_INCLUDE = {
    'base': (),
    'etl': ('base',),
    'kernel': ('base', 'etl'),
    'model': ('base', 'etl', 'kernel'),
    'symbols': ('base',),
    'analysis': ('base', 'model', 'symbols/symbol_resolver.h'),
    'profile': ('base',),
    'export': ('base', 'model', 'analysis'),
    'chart': ('base', 'analysis'),
    'cli': CORE,
    'app': tuple(folder for folder in CORE if folder not in ('etl', 'kernel')),
}

# Libraries that only these folders know.
LIBRARIES = (
    (r'(gtk|gdk|gsk)/|adwaita\.h', ('app',)),
    (r'cairo', ('chart', 'cli', 'app')),
    (r'pango/', ('chart', 'app')),
    (r'json-glib/', ('export', 'cli', 'app')),
    (r'libxml/', ('profile', 'export')),
    (r'libsoup/', ('symbols',)),
    (r'archive(_entry)?\.h', ('symbols', 'etl')),
    (r'(libintl\.h|locale\.h|glib/gi18n\.h)', ('cli', 'app')),
)

FORBIDDEN_IN_CORE = re.compile(
    r'\b(v?printf|v?fprintf|puts|fputs|putchar|perror|g_print|g_printerr|g_(?:message|warning|debug|info)'
    r'|getenv|secure_getenv|g_getenv|g_get_environ|setenv|g_setenv|setlocale|localeconv|nl_langinfo'
    r'|gettext|dgettext|ngettext|g_dgettext|g_dngettext|_|C_|exit|abort)\s*\(')
# A decimal point follows the locale in these conversions; g_ascii_formatd does not.
LOCALE_CONVERSION = re.compile(r'%[-+0#\']*(?:\d+|\*)?(?:\.(?:\d+|\*))?l?[fFeEgG](?![a-z])')
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^">]+)[">]', re.M)
LONGEST_FILE = 800


def complaints_about_includes(folder, path, text):
    without_comments = blank(text, strings=False)
    for match in INCLUDE.finditer(without_comments):
        mark, name = match.groups()
        where = f'{path}:{line_of(text, match.start())}'
        if mark == '"':
            target = name.split('/')[0]
            if '/' not in name:
                if not (path.parent / name).exists() and name not in ('resources.h',):
                    yield f'{where}: "{name}" is not written "folder/file.h"'
            elif target != folder and target not in MAY_INCLUDE[folder] and name not in MAY_INCLUDE[folder]:
                yield f'{where}: {folder} must not know {target} ("{name}")'
        for pattern, folders in LIBRARIES:
            if mark == '<' and re.match(pattern, name) and folder not in folders:
                yield f'{where}: {folder} must not know the library of <{name}>'


def complaints_about_calls(path, text):
    for match in FORBIDDEN_IN_CORE.finditer(blank(text)):
        yield f'{path}:{line_of(text, match.start())}: the core must not call {match.group(1)}'
    without_comments = blank(text, strings=False)
    for literal in re.finditer(r'"(?:\\.|[^"\\\n])*"', without_comments):
        if LOCALE_CONVERSION.search(literal.group()):
            yield (f'{path}:{line_of(text, literal.start())}: {literal.group()} formats with the '
                   'decimal point of the locale')


def complaints_about_lengths(root):
    for folder in ('src', 'tests'):
        for path in c_files(root / folder):
            lines = path.read_text(encoding='utf-8').count('\n')
            if lines > LONGEST_FILE:
                yield f'{path}: {lines} lines, more than {LONGEST_FILE}: cut it by noun'


def all_complaints(root):
    """The complaints about a tree, by name of the check."""
    found = {'folders': [], 'includes': [], 'calls': [], 'lengths': list(complaints_about_lengths(root))}
    for directory in sorted(path for path in (root / 'src').iterdir() if path.is_dir()):
        folder = directory.name
        if folder not in MAY_INCLUDE:
            found['folders'].append(f'{directory}: no layer of this name')
            continue
        for path in c_files(directory):
            text = path.read_text(encoding='utf-8')
            found['includes'] += complaints_about_includes(folder, path, text)
            if folder in CORE:
                found['calls'] += complaints_about_calls(path, text)
    return found


def complaints_about_this_test():
    """A small wrong tree: each check must complain of it, or the check is blind."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for folder in ('base', 'etl', 'attic'):
            (root / 'src' / folder).mkdir(parents=True)
        (root / 'tests').mkdir()
        (root / 'src/base/wrong.c').write_text(
            '#include "etl/etl_reader.h"\n#include <gtk/gtk.h>\n/* g_print ("no"); */\n'
            'void wrong (void) { g_print ("%s"); g_strdup_printf ("%.2f", 1.0); }\n', encoding='utf-8')
        (root / 'src/etl/right.c').write_text(
            '#include "base/span.h"\n/* #include "kernel/no.h" */\nconst char *text = "printf (100 % free)";\n',
            encoding='utf-8')
        (root / 'tests/long.c').write_text('\n' * (LONGEST_FILE + 1), encoding='utf-8')
        found = all_complaints(root)
    for check, expected in (('folders', 1), ('includes', 2), ('calls', 2), ('lengths', 1)):
        if len(found[check]) != expected:
            yield f'{check}: {len(found[check])} complaints about the wrong tree, not {expected}: {found[check]}'


def main():
    tap = Tap()
    found = all_complaints(Path(sys.argv[1]))
    tap.check('every folder of src is a layer', found['folders'])
    tap.check('includes follow the table of layers', found['includes'])
    tap.check('the core does not print, read the environment or know a locale', found['calls'])
    tap.check(f'no source file is longer than {LONGEST_FILE} lines', found['lengths'])
    tap.check('the checks find what is wrong in a wrong tree', complaints_about_this_test())
    return tap.finish()


if __name__ == '__main__':
    sys.exit(main())
