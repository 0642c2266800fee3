"""Checks that no function below src and tests is longer than 80 lines.

usage: function_lengths.py SOURCE-ROOT
"""

import re
import sys
from pathlib import Path

from source_text import Tap, blank, c_files

LONGEST_FUNCTION = 80
# A definition has its name at the start of a line, as the style of this tree asks.
START = re.compile(r'^(\w+) \(')


def functions(text):
    """Name, first line and number of lines of each function."""
    name, start, in_body = None, 0, False
    for number, line in enumerate(blank(text).split('\n'), 1):
        match = START.match(line)
        if match and not in_body:
            name, start = match.group(1), number
        elif line.startswith('{') and name:
            in_body = True
        elif line.startswith('}') and in_body:
            yield name, start, number - start + 1
            name, in_body = None, False


def complaints(root):
    for folder in ('src', 'tests', 'data'):
        for path in c_files(root / folder):
            for name, start, length in functions(path.read_text(encoding='utf-8')):
                if length > LONGEST_FUNCTION:
                    yield f'{path}:{start}: {name} has {length} lines, more than {LONGEST_FUNCTION}'


def main():
    tap = Tap()
    tap.check(f'no function is longer than {LONGEST_FUNCTION} lines', complaints(Path(sys.argv[1])))
    return tap.finish()


if __name__ == '__main__':
    sys.exit(main())
