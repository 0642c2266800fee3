"""Keys of the table: type-ahead, Space for the graph; widths and sort that are remembered.

usage: test_table_keys.py POOLSCOPE POOLSCOPE-CLI SAMPLE-TRACE FOLDER
"""

import os
import sys
import traceback
from pathlib import Path

from driver import Failure, Window, run, wait

PROGRAM, CLI, SAMPLE, FOLDER = sys.argv[1:5]


def open_sample():
    window = Window(PROGRAM, FOLDER, SAMPLE)
    window.expect('loaded sample.etl')
    window.expect('values range=0,')
    window.settle()
    return window


def cursor_is(window, expected):
    wait(f'the cursor on {expected}', lambda: window.last('cursor ') == f'cursor {expected}', 10)


def test_type_ahead():
    """Letters go to the next row that begins with them, else to one that has them, and wrap round."""
    with open_sample() as window:
        cursor_is(window, 'AIFO')
        run('xdotool', 'windowfocus', window.xid)
        run('xdotool', 'key', 'p', 'a')
        cursor_is(window, 'AIFO > Paged')
        window.settle()
        window.key('Escape')
        run('xdotool', 'key', 'a', 'o', 'f', 'i')
        cursor_is(window, 'AOFI')
        window.key('Escape')
        # Nothing begins with this; the way leads round to the first row that has it.
        run('xdotool', 'key', 'o', 'n', 'p')
        cursor_is(window, 'AIFO > NonPaged')
        window.key('Escape')
        run('xdotool', 'key', 'q', 'q', 'q')
        window.settle()
        cursor_is(window, 'AIFO > NonPaged')


def test_show_in_graph():
    """Space switches the line of a row above the bands, and the band of a row that lies in one."""
    with open_sample() as window:
        window.key('space')
        window.expect('graph line AIFO hidden')
        window.key('space')
        window.expect('graph line AIFO shown')
        run('xdotool', 'key', 'n', 'o', 'n')
        cursor_is(window, 'AIFO > NonPaged')
        window.key('Escape', 'Right')
        wait('a tag', lambda: window.last('cursor ').count(' > ') >= 2, 10)
        window.settle()
        tag = window.last('cursor ').split(' > ')[2]
        window.key('space')
        window.expect(f'graph band NonPaged {tag} hidden')
        window.key('space')
        window.expect(f'graph band NonPaged {tag} shown')


def type_counts(window):
    return [int(''.join(c for c in row.split('Count ')[1].split(',')[0] if c.isdigit()))
            for row in window.rows() if row.startswith('Type ')]


def test_memory():
    """Widths and the sort are those of the last window."""
    kept = {'GSETTINGS_BACKEND': 'keyfile'}
    keyfile = Path(os.environ['XDG_CONFIG_HOME']) / 'glib-2.0' / 'settings' / 'keyfile'
    keyfile.parent.mkdir(parents=True, exist_ok=True)
    keyfile.write_text("[io/github/poolscope/Poolscope]\ncolumn-widths={'tag': 150}\n", encoding='utf-8')
    with Window(PROGRAM, FOLDER, SAMPLE, environment=kept) as window:
        window.expect('values range=0,')
        window.settle()
        x, y, w, h = window.header('Count')
        for _ in range(2):
            window.click(x + w / 2, y + h / 2)
            window.expect('values ')
            window.settle()
        counts = type_counts(window)
        assert counts == sorted(counts) and len(counts) > 1, counts
        window.key('ctrl+w')
        wait('the window closes', lambda: window.process.poll() is not None)
    with Window(PROGRAM, FOLDER, SAMPLE, environment=kept) as window:
        window.expect('values range=0,')
        window.settle()
        wait('the sort of the last window', lambda: type_counts(window) == counts)
        widths = {name: place[2] for name, place in window.headers()}
        assert widths['Pool Tag'] == widths['Paged'] + 150 - 92, widths


TESTS = [test_type_ahead, test_show_in_graph, test_memory]


def main():
    wanted = sys.argv[5:]
    tests = [test for test in TESTS if not wanted or test.__name__ in wanted]
    failed = 0
    print(f'1..{len(tests)}', flush=True)
    for number, test in enumerate(tests, 1):
        try:
            test()
            print(f'ok {number} - {test.__name__}', flush=True)
        except Exception as error:  # whatever it was, it is told
            failed += 1
            print(f'# {type(error).__name__}: {error}')
            if not isinstance(error, (Failure, AssertionError)):
                print('\n'.join('# ' + line for line in traceback.format_exc().splitlines()))
            print(f'not ok {number} - {test.__name__}', flush=True)
    sys.exit(1 if failed else 0)


main()
