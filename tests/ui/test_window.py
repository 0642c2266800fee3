"""The way from an opened trace to a copied stack, with real input.

usage: test_window.py POOLSCOPE POOLSCOPE-CLI SAMPLE-TRACE FOLDER
"""

import csv
import io
import os
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

from driver import Failure, Window, run, wait

PROGRAM, CLI, SAMPLE, FOLDER = sys.argv[1:5]


def cli_rows(*arguments):
    text = run(CLI, 'table', SAMPLE, '--format', 'csv', *arguments)
    return list(csv.DictReader(io.StringIO(text)))


def open_sample():
    window = Window(PROGRAM, FOLDER, SAMPLE)
    window.expect('loaded sample.etl')
    window.expect('values range=0,')
    window.settle()
    return window


def graph_place(window):
    graph = wait('the graph', lambda: window.find('image', None) or window.find('icon', None))
    return window.place(graph)


def test_first_look():
    """After the load AIFO is current and open, and the numbers are those of the command line."""
    with open_sample() as window:
        assert window.last('cursor ') == 'cursor AIFO', window.last('cursor ')
        sums = {}
        for row in cli_rows('--group', 'type'):
            sums[row['Type']] = row
        def check():
            rows = window.rows()
            return len(rows) >= 5 and rows
        rows = wait('five rows', check)
        for start, key in (('Type AIFO', 'AIFO'), ('Type AIFI', 'AIFI'), ('Type AOFI', 'AOFI')):
            row = next((row for row in rows if row.startswith(start + ',')), None)
            assert row is not None, rows
            count = ''.join(c for c in row.split('Count ')[1].split(',')[0] if c.isdigit())
            assert count == sums[key]['Count'], (row, sums[key])
        assert [row.split(',')[0] for row in rows[:3]] == ['Type AIFO', 'Paged NonPaged', 'Paged Paged'], rows


def test_walk_and_copy():
    """Right leads to the pool allocator's call; the copied stack and the copied row hold what the trace holds."""
    with open_sample() as window:
        heaviest = max((row for row in cli_rows() if row['Type'] == 'AIFO'), key=lambda row: int(row['Impacting Size']))
        frames = heaviest['Stack'].split(';')
        expected = 'cursor ' + ' > '.join(['AIFO', heaviest['Paged'], heaviest['Pool Tag'], *frames])
        for _ in range(8):
            if window.last('cursor ') == expected:
                break
            before = window.last('cursor ')
            window.key('Right')
            wait('Right moves', lambda: window.last('cursor ') != before, 10)
            window.settle()
        assert window.last('cursor ') == expected, window.last('cursor ')
        window.key('Right')
        window.settle()
        assert window.last('cursor ') == expected, 'Right went beyond the end of the stack'

        window.key('ctrl+c')
        window.expect('copied')
        text = window.clipboard()
        lines = text.splitlines()
        assert f"tag {heaviest['Pool Tag']}" in lines[0] and 'not freed' in lines[0], text
        copied = [line[2:] for line in lines if line.startswith('  ')]
        assert [line.partition('+0x')[0] for line in copied] == frames, text
        assert all('+0x' in line for line in copied), text
        assert 'sample.etl' in lines[1] and 'Poolscope' in lines[2], text

        window.key('ctrl+shift+c')
        window.expect('copied')
        header, row = window.clipboard().rstrip('\n').split('\n')
        fields = dict(zip(header.split('\t'), row.split('\t')))
        assert fields['Stack'] == heaviest['Stack'] and fields['Count'] == heaviest['Count'], fields
        assert fields['Impacting Size'] == heaviest['Impacting Size'], fields

        window.key('Left')
        wait('Left goes up', lambda: window.last('cursor ') == expected.rsplit(' > ', 1)[0], 10)


def test_drag_on_graph():
    """The table follows while the pointer moves, and agrees with the command line at the end."""
    with open_sample() as window:
        x, y, width, height = graph_place(window)
        def on_the_way():
            wait('the table follows the pointer', lambda: [line for line in window.log()[window.seen:]
                                                           if line.startswith('values range=')], 10)
        window.drag(x + width * 0.3, y + height * 0.3, x + width * 0.6, y + height * 0.3, on_the_way)
        window.settle()
        start, end = window.last('values ').split('range=')[1].split(' ')[0].split(',')
        assert 0 < int(start) < int(end) < 2 ** 62, window.last('values ')
        expected = {row['Type']: row['Count'] for row in cli_rows('--group', 'type', '--range', f'{start}ns,{end}ns')}
        rows = window.rows()
        for kind, count in expected.items():
            row = next((row for row in rows if row.startswith(f'Type {kind},')), None)
            assert row is not None, (kind, rows)
            shown = ''.join(c for c in row.split('Count ')[1].split(',')[0] if c.isdigit())
            assert shown == count, (row, count)
        window.key('ctrl+z')
        window.expect('values range=0,9223372036854775807')
        window.key('ctrl+shift+z')
        window.expect(f'values range={start},{end}')
        window.key('Escape')
        window.expect('values range=0,9223372036854775807')


def test_column_drag():
    """A header dragged to another place regroups at once; the gold bar moves like a header."""
    with open_sample() as window:
        x0, y0, w0, h0 = window.header('Pool Tag')
        x1, y1, w1, h1 = window.header('Type')
        window.drag(x0 + w0 / 2, y0 + h0 / 2, x1 + w1 / 3, y1 + h1 / 2)
        window.expect('grouping tag,type,paged,stack')
        window.settle()
        rows = window.rows()
        assert rows and rows[0].startswith('Pool Tag '), rows
        bar = window.header('Gold bar between groups and values')
        target = window.header('Paged')
        window.drag(bar[0] + 9, bar[1] + bar[3] / 2, target[0] + target[2] / 2, target[1] + target[3] / 2)
        window.expect('grouping tag,type')
        assert window.header('Count')[0] > window.header('Type')[0]


def test_sort():
    """A click on a header sorts, the next one reverses."""
    with open_sample() as window:
        x, y, w, h = window.header('Count')
        window.click(x + w / 2, y + h / 2)
        window.expect('values ')
        window.settle()
        def counts():
            return [int(''.join(c for c in row.split('Count ')[1].split(',')[0] if c.isdigit()))
                    for row in window.rows() if row.startswith('Type ')]
        first = wait('rows by count', lambda: counts())
        assert first == sorted(first, reverse=True), first
        window.click(x + w / 2, y + h / 2)
        window.expect('values ')
        window.settle()
        assert counts() == sorted(first), counts()


def test_bad_files():
    """No trace, an empty file and nothing at all: a message, and the window stays usable."""
    with tempfile.TemporaryDirectory() as folder:
        broken = Path(folder) / 'broken.etl'
        broken.write_bytes(b'this is no trace\n' * 100)
        empty = Path(folder) / 'empty.etl'
        empty.touch()
        for path in (broken, empty, Path(folder) / 'absent.etl', Path(folder)):
            with Window(PROGRAM, FOLDER, path) as window:
                line = window.expect('failed ')
                assert path.name in line, line
                wait('the way out', lambda: window.visible_label('Open Another Trace…'))


def test_cut_trace():
    """What can be read of a trace that is cut short is shown."""
    with tempfile.TemporaryDirectory() as folder:
        cut = Path(folder) / 'cut.etl'
        data = Path(SAMPLE).read_bytes()
        cut.write_bytes(data[:len(data) * 2 // 3 + 77])
        with Window(PROGRAM, FOLDER, cut) as window:
            window.expect('loaded cut.etl')
            window.expect('values ')


def test_cancel():
    """Esc while reading stops at once and leaves an empty window that can open the next trace."""
    with tempfile.TemporaryDirectory() as folder:
        # A pipe that nobody fills would block the reader; a huge sparse tail keeps it busy for a while instead.
        slow = Path(folder) / 'slow.etl'
        data = Path(SAMPLE).read_bytes()
        with open(slow, 'wb') as file:
            file.write(data)
            file.truncate(len(data) + (6 << 30))
        with Window(PROGRAM, FOLDER, slow) as window:
            window.key('Escape')
            line = wait('cancelled or loaded', lambda: window.last('cancelled') or window.last('loaded') or window.last('failed'))
            assert line == 'cancelled', line
            x, y, w, h = wait('the start page', lambda: window.visible_label('Open the Sample Trace'))
            window.click(x + w / 2, y + h / 2)
            window.expect('loaded sample.etl')


TESTS = [test_first_look, test_walk_and_copy, test_drag_on_graph, test_column_drag, test_sort, test_bad_files,
         test_cut_trace, test_cancel]


def main():
    wanted = sys.argv[5:]
    tests = [test for test in TESTS if not wanted or test.__name__ in wanted]
    failed = 0
    print(f'1..{len(tests)}', flush=True)
    for number, test in enumerate(tests, 1):
        for attempt in (1, 2):
            try:
                test()
                print(f'ok {number} - {test.__name__}', flush=True)
                break
            except Exception as error:  # whatever it was, it is told; once more is allowed
                kind = '' if isinstance(error, Failure) else f'{type(error).__name__}: '
                print(f'# attempt {attempt} of {test.__name__}: {kind}{error}')
                if not isinstance(error, (Failure, AssertionError)):
                    print('\n'.join('# ' + line for line in traceback.format_exc().splitlines()))
        else:
            failed += 1
            print(f'not ok {number} - {test.__name__}', flush=True)
    sys.exit(1 if failed else 0)


main()
