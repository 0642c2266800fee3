"""Reads C sources for the tests of the tree: comments and, where asked, strings blanked out."""

import re
import sys
from pathlib import Path

_TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def blank(text, strings=True):
    """The text without comments, and without the contents of strings if strings is true.

    Line numbers and columns stay what they were.
    """
    def replace(match):
        token = match.group()
        if token[0] == '/' or strings:
            blanked = re.sub(r'[^\n]', ' ', token)
            return blanked if token[0] == '/' else token[0] + blanked[1:-1] + token[-1]
        return token
    return _TOKEN.sub(replace, text)


def c_files(folder):
    """All .c and .h files below a folder, in a fixed order."""
    return sorted(path for path in Path(folder).rglob('*') if path.suffix in ('.c', '.h'))


def line_of(text, offset):
    """The line number, from 1, of a character of the text."""
    return text.count('\n', 0, offset) + 1


class Tap:
    """Prints one TAP line per check; a check passes when it has nothing to complain of."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def check(self, name, complaints):
        self.count += 1
        complaints = list(complaints)
        print(('not ok' if complaints else 'ok'), self.count, '-', name)
        for complaint in complaints:
            print(complaint, file=sys.stderr)
        self.failed += bool(complaints)

    def finish(self):
        print(f'1..{self.count}')
        return 1 if self.failed else 0
