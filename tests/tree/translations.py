"""Checks that everything translatable is listed and that each translation is complete.

usage: translations.py SOURCE-ROOT
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from source_text import Tap, blank

CALL = re.compile(r'\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2)\s*\(\s*"')
MARKED = re.compile(r'translatable="(?:yes|true|1)"')
# msgcmp says a line for each message.
MOST_LINES = 40
KEYWORDS = ('_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'ngettext:1,2', 'g_dcgettext:2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3')


def potfiles(root):
    lines = (root / 'po/POTFILES').read_text(encoding='utf-8').splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith('#')]


def has_translatable_text(path):
    text = path.read_text(encoding='utf-8')
    if path.suffix == '.ui':
        return bool(MARKED.search(text))
    return bool(CALL.search(blank(text, strings=False)))


def complaints_about_potfiles(root):
    listed = potfiles(root)
    for name in listed:
        if not (root / name).is_file():
            yield f'po/POTFILES: {name} does not exist'
    for name in sorted({name for name in listed if listed.count(name) > 1}):
        yield f'po/POTFILES: {name} is listed twice'
    for folder, suffixes in (('src', ('.c', '.h')), ('ui', ('.ui',)), ('data', ('.c',))):
        for path in sorted((root / folder).rglob('*')):
            name = str(path.relative_to(root))
            if path.suffix in suffixes and name not in listed and has_translatable_text(path):
                yield f'{name} has translatable text and is not in po/POTFILES'


def run(*command):
    result = subprocess.run(command, capture_output=True, text=True, env={'LC_ALL': 'C.UTF-8', 'PATH': '/usr/bin:/bin'})
    return result.returncode, result.stderr.strip().splitlines()


def complaints_about_translation(po, template):
    """What msgfmt, msgattrib and msgcmp say against a translation of the template's messages."""
    code, lines = run('msgfmt', '--check', '--output-file=/dev/null', str(po))
    if code:
        yield from lines
    for option, word in (('--untranslated', 'untranslated'), ('--only-fuzzy', 'fuzzy')):
        result = subprocess.run(['msgattrib', option, '--no-obsolete', '--no-wrap', str(po)],
                                capture_output=True, text=True, check=True)
        messages = [line for line in result.stdout.splitlines() if line.startswith('msgid "') and line != 'msgid ""']
        yield from (f'{po.name}: {word}: {message}' for message in messages)
    code, lines = run('msgcmp', str(po), str(template))
    if code:
        yield from (line for line in lines[:MOST_LINES] if 'warning:' not in line)
        yield lines[-1]


def make_template(root, folder):
    template = Path(folder) / 'poolscope.pot'
    subprocess.run(['xgettext', f'--directory={root}', f'--files-from={root}/po/POTFILES', '--from-code=UTF-8',
                    f'--output={template}', *(f'--keyword={keyword}' for keyword in KEYWORDS)], check=True)
    return template


def main():
    root = Path(sys.argv[1])
    if not shutil.which('xgettext'):
        print('1..0 # SKIP xgettext is not installed')
        return 0
    tap = Tap()
    complaints = list(complaints_about_potfiles(root))
    tap.check('po/POTFILES lists every file with translatable text', complaints)
    with tempfile.TemporaryDirectory() as folder:
        template = make_template(root, folder)
        for language in (root / 'po/LINGUAS').read_text(encoding='utf-8').split():
            tap.check(f'{language}.po is complete', complaints_about_translation(root / 'po' / f'{language}.po', template))
    return tap.finish()


if __name__ == '__main__':
    sys.exit(main())
