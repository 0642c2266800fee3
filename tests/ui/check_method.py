"""The whole method, step by step as a person does it: from the commands that record to the stack in the bug report.

With POOLSCOPE_SCREENSHOTS set to a folder, a picture of each step is saved there.
"""
import contextlib
import os
import re
import shutil
from pathlib import Path

import window_driver
from window_driver import Failure, check_equal, clipboard, extents, middle, text_of, wait_for, xdotool
from gi.repository import Atspi

SHOTS = os.environ.get('POOLSCOPE_SCREENSHOTS')
class State:
    app = window = page = trace = None
    n_shots = 0


def shot(desk, name):
    State.n_shots += 1
    if SHOTS:
        desk.screenshot(os.path.join(SHOTS, f'{State.n_shots:02}-{name}.png'))


def rows_down(desk):
    """The heaviest path, sorted by Size: its texts from AIFO to the call of the allocator, and its last row."""
    rows, path, last = desk.cli_table(desk.sample, '--sort=size')[2], [], None
    rows = [row for row in rows if row.text == 'AIFO']
    while rows:
        last = rows[0]
        path.append(last.text)
        rows = last.rows
    return path, last


def records(desk):
    """Before: the page for recording gives the commands for one tag, ready to copy."""
    State.n_shots = 0
    State.app = app = desk.start()
    main = app.window('Poolscope')
    shot(desk, 'start')
    main.key('ctrl+alt+r')
    page = app.window('Record a Trace')
    page.click(page.wait('label', re.compile('Only up to four')))
    page.wait('label', re.compile('^Type at least one tag'))
    xdotool('type', '--delay', 40, 'Leak')
    page.wait('label', 'wpr -start pool-Leak.wprp -filemode')
    for command in ('wpr -start pool-Leak.wprp -filemode', 'wpr -stop pool.etl "pool leak"', 'wpr -cancel'):
        copy_command(page, command)
    shot(desk, 'wpr')
    page.click(page.wait('label', 'Commands of xperf'))
    copy_command(page, wait_for('xperf', lambda: next(
        (text for text in page.labels() if re.match(r'xperf -on .*POOL .*PoolAlloc.* -PoolTag Leak ', text)), None)))
    shot(desk, 'xperf')
    page.key('Escape')
    app.wait_closed('Record a Trace')
    State.window = main


def copy_command(page, command):
    mark = State.app.mark()
    Atspi.Action.do_action(page.wait('push button', f'Copy “{command}”'), 0)
    State.app.wait_line(re.escape(f'copied {command}'), mark)
    check_equal('clipboard', clipboard(), command)


def opens_the_trace(desk):
    """1a: Ctrl+O opens the .etl."""
    folder = Path(desk.new_path('traces'))
    folder.mkdir()
    State.trace = str(folder / 'pool.etl')
    shutil.copy(desk.sample, State.trace)
    main = State.window
    main.key('ctrl+o')
    dialog = State.app.window('Open a Trace')
    dialog.key('slash')
    entry = dialog.wait('text')
    Atspi.EditableText.set_text_contents(entry, State.trace)
    dialog.key('Return')
    State.app.wait_loaded()
    State.window = State.app.window('pool.etl – Poolscope')
    shot(desk, 'opened')


def loads_symbols(desk):
    """1b: the symbol path is filled in; typed, saved and loaded it names the frames."""
    State.window.key('shift+F7')
    paths = State.app.window('Symbol Paths')
    line = paths.wait('text', 'The same as one line')
    wait_for('the public server', lambda: 'https://msdl.microsoft.com/download/symbols' in text_of(line))
    paths.click(line)
    paths.key('ctrl+a')
    paths.type(str(Path(desk.sample).parent / 'symbols'))
    shot(desk, 'symbol-path')
    mark = State.app.mark()
    paths.click(paths.wait('push button', re.compile('Save and Load$')))
    State.app.wait_closed('Symbol Paths')
    State.app.wait_line('symbols loaded=40 of=40', mark)
    State.app.settle()
    shot(desk, 'symbols')


def shows_a_graph(desk):
    """2: the Graph Explorer puts a graph into a new analysis view; closed for room, the Window menu brings it back."""
    window, app = State.window, State.app
    mark = app.mark()
    window.key('ctrl+n')
    app.wait_line('view Analysis 2', mark)
    app.wait_line('values ', mark)
    window.press_until('ctrl+g', 'explorer opened')
    app.wait_line('thumbnails ', mark)
    shot(desk, 'explorer')
    window.key('Down', 'Down', 'Down', 'Down')
    window.press_until('Return', 'graph added total-size$')
    wait_for('the graph', lambda: window.find_shown('image', 'Total Allocation Size') is not None)
    app.settle()
    shot(desk, 'total-allocation-size')
    window.click(window.wait('push button', 'Close the Graph Explorer'))
    wait_for('closed', lambda: window.find_shown('push button', 'Close the Graph Explorer') is None)
    window.key('F10')
    window.choose('Window')
    window.choose('Graph Explorer')
    wait_for('open', lambda: window.find_shown('push button', 'Close the Graph Explorer') is not None)
    window.press_until('F9', 'explorer closed')
    mark = app.mark()
    window.key('ctrl+w')
    app.wait_line('view Analysis 1', mark)


def drag_header(title, before):
    """Until it regroups: a menu that is just closing takes the press away."""
    window, mark = State.window, State.app.mark()
    for tries_left in (2, 1, 0):
        State.app.settle()
        left, top, width, height = window.header(before)
        window.drag(*middle(window.header(title)), left + width * 0.2, top + height / 2)
        with contextlib.suppress(*[Failure] * (tries_left > 0)):
            wait_for('another grouping', lambda: State.app.find_line('grouping ', mark), 3)
            return


def arranges_columns(desk):
    """3: columns come by a right click on a header, are dragged left of the gold bar, and Size sorts."""
    window, app = State.window, State.app
    mark = app.mark()
    window.choose_from(middle(window.header('Pool Tag')), 'Do Not Group by This')
    app.wait_line('grouping type,paged,stack', mark)
    window.choose_from(middle(window.header('Stack')), 'Pool Tag')
    app.wait_line('grouping type,paged,stack,tag', mark)
    shot(desk, 'columns-chosen')
    drag_header('Pool Tag', 'Stack')
    wait_for('the four groups', lambda: window.group_titles() == ['Type', 'Paged', 'Pool Tag', 'Stack'])
    window.click_at(*middle(window.header('Size')))
    desk.check_table(window, desk.sample, '--sort=size')
    shot(desk, 'sorted')


def walks_down(desk):
    """4 to 7: from AIFO the right arrow opens pool, tag and stack, and stops at the call of the allocator."""
    window, app = State.window, State.app
    expected, _last = rows_down(desk)
    check_equal('the way', [expected[:3], expected[-1]],
                [['AIFO', 'NonPaged', 'Leak'], 'ntoskrnl.exe!ExAllocatePoolWithTag'])
    row = next(row for row in window.rows() if row.texts['Type'] == 'AIFO')
    x, y, _width, height = extents(row.node)
    window.click_at(x + 40, y + height / 2)
    app.wait_line('cursor AIFO$')
    for depth in (2, 3):
        mark = app.mark()
        window.key('Right')
        wait_for('the next row', lambda: app.wait_line('cursor (.*)', mark)[1] == ' > '.join(expected[:depth]))
        shot(desk, expected[depth - 1].lower())
    # As fast as they come: each counts, and those after the last frame do nothing.
    window.focus()
    xdotool('key', '--delay', 1, *['Right'] * 6)
    wait_for('the call of the allocator', lambda: app.find_line('cursor (.*)')[1] == ' > '.join(expected))
    app.settle()
    mark = app.mark()
    window.key('Right')
    app.settle()
    check_equal('events after the last frame', app.lines()[mark:], [])
    check_equal('selected row', [row.texts['Stack'] for row in window.selected()], expected[-1:])
    shot(desk, 'stack')


def copies_the_stack(desk):
    """8: the copied stack tells the leak in numbers, the frames from the program to the allocator, and the driver's build."""
    window, app = State.window, State.app
    expected, last = rows_down(desk)
    count = desk.run_cli('table', desk.sample, '--format=csv', '--group=tag', '--filter=type=AIFO', '--filter=paged=NonPaged',
                         '--filter=tag=Leak').splitlines()[1].split(',')[1]
    count = f'{int(count):_}'.replace('_', ' ')
    mark = app.mark()
    window.key('ctrl+c')
    app.wait_line('copied', mark)
    shot(desk, 'copied')
    lines = re.sub('[\u00a0\u202f]', ' ', clipboard()).splitlines()
    check_equal('what leaks', lines[0], f'NonPaged pool not freed: tag Leak, 334 MiB in {count} blocks of 8 600 B, 0 of {count} freed')
    check_equal('size of the last row', re.sub('[\u00a0\u202f]', ' ', last.values[1]), '334 MiB')
    check_equal('who and when', lines[1], 'growing 4.44 MiB/s, steady 7/7; NotMyfault.exe (5312) #2; 0.1-75.0 s of pool.etl; '
                '89 % of NonPaged AIFO')
    check_equal('machine', lines[2].partition('; Poolscope ')[0],
                'Windows 10.0.19045 x64, recorded 2024-05-14 10:12 +02:00; no events lost')
    frames = [re.fullmatch(r'  (.*)\+0x[0-9a-f]+( \[(.*)\])?', line) for line in lines[3:-1]]
    check_equal('frames', [frame and frame[1] for frame in frames], expected[3:])
    check_equal('sources', [frame[3].partition(' @ ')[0] for frame in frames if frame[3]],
                ['notmyfault.cpp'] * 4 + ['myfault.c'] * 2)
    check_equal('driver', re.sub('PDB [0-9A-F]{33}$', 'PDB', lines[-1]), 'myfault.sys 4.20, built 2022-12-20, PDB')
    app.quit(window)


window_driver.run(records, opens_the_trace, loads_symbols, shows_a_graph, arranges_columns, walks_down,
                  copies_the_stack)
