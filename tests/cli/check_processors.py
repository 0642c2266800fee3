#!/usr/bin/env python3
"""A trace that is large enough for work to be divided among processors says the same on one of them and on all.

usage: check_processors.py POOLSCOPE-CLI MAKE-BENCH-TRACE
"""

import os
import subprocess
import sys

from made_traces import report_checks

# More than 400 000 allocations, and nearly all stacks that the maker knows.
ALLOCATIONS = 420000
COMMANDS = (
    ('info', '--format', 'json'),
    ('modules', '--format', 'json'),
    ('table', '--columns', 'count,size,impacting,peak,growth', '--limit', '40'),
    ('table', '--group', 'stack,freestack', '--format', 'csv', '--limit', '2000'),
    ('table', '--group', 'process,thread,sizeclass,age', '--range', '1,4', '--limit', '5'),
)


def run(command, path, processors):
    limit = (lambda: os.sched_setaffinity(0, processors)) if processors else None
    result = subprocess.run([PROGRAM, command[0], path, *command[1:]], capture_output=True, check=True, timeout=200,
                            preexec_fn=limit)
    return result.stdout


def checks(folder):
    """(title, what was got, what is expected)"""
    path = str(folder / 'large.etl')
    subprocess.run([MAKER, path, f'--allocations={ALLOCATIONS}'], check=True)
    one = {min(os.sched_getaffinity(0))}
    for command in COMMANDS:
        on_one, on_all = run(command, path, one), run(command, path, None)
        lines = on_one.count(b'\n')
        yield f'{" ".join(command)}: something is said', lines > 5, True
        yield f'{" ".join(command)}: the same on one processor and on all', on_all == on_one, True


if __name__ == '__main__':
    PROGRAM, MAKER = sys.argv[1:3]
    sys.exit(report_checks(None, checks))
