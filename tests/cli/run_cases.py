#!/usr/bin/env python3
"""Runs the commands of cases/*.txt and compares what they say, line by line.

usage: run_cases.py [--update] POOLSCOPE-CLI MAKE-CLI-TRACES

A case is a line "$ poolscope-cli ARGUMENTS", then the expected lines of standard output behind "| ",
those of standard error behind "! ", and "? STATUS" where the exit status is not 0. Lines that begin
with "#" are remarks. --update writes what the program says now into the files, to be reviewed.
"""

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path


def split_cases(text):
    """(command line, remarks before it, expected lines) of each case."""
    cases, remarks = [], []
    for line in text.splitlines():
        if line.startswith('$ '):
            cases.append((line[2:], remarks, []))
            remarks = []
        elif line.startswith('#') or not line:
            remarks.append(line)
        else:
            cases[-1][2].append(line)
    return cases


def show(program, command, folder, version):
    words = shlex.split(command)
    result = subprocess.run([program] + words[1:], cwd=folder, capture_output=True, timeout=60, check=False)
    lines = []
    for mark, output in (('| ', result.stdout), ('! ', result.stderr)):
        text = output.decode()
        for name in ('Poolscope', 'poolscope-cli'):
            text = text.replace(f'{name} {version}', f'{name} VERSION')
        lines += [mark + line for line in text.split('\n')[:-1]]
        if text and not text.endswith('\n'):
            lines.append(mark.strip() + text.split('\n')[-1] + '(no line end)')
    return lines + ([f'? {result.returncode}'] if result.returncode else [])


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != '--update']
    is_updating = len(arguments) + 1 < len(sys.argv)
    program, maker = (str(Path(path).resolve()) for path in arguments)
    version = subprocess.run([program, '--version'], capture_output=True, check=True).stdout.decode().split()[1]
    number = n_failures = 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ['XDG_CACHE_HOME'] = f'{folder}/cache'
        os.environ['XDG_DATA_HOME'] = f'{folder}/data'
        subprocess.run([maker, folder], check=True)
        for path in sorted((Path(__file__).parent / 'cases').glob('*.txt')):
            updated = []
            for command, remarks, expected in split_cases(path.read_text(encoding='utf-8')):
                number += 1
                actual = show(program, command, folder, version)
                updated += remarks + [f'$ {command}'] + actual
                is_right = actual == expected
                n_failures += not is_right
                print(f'{"ok" if is_right else "not ok"} {number} - {path.stem}: {command}')
                if not is_right:
                    print('\n'.join(f'# expected {line}' for line in expected))
                    print('\n'.join(f'# but got  {line}' for line in actual))
            if is_updating:
                path.write_text('\n'.join(updated) + '\n', encoding='utf-8')
    print(f'1..{number}')
    return 1 if n_failures else 0


if __name__ == '__main__':
    sys.exit(main())
