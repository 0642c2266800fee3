"""The summary: what it says after the load, its keys, the way to a row."""
import json
import os
import re

import window_driver
from window_driver import Failure, check_equal, middle, wait_for

LIST = 'What grew the most'
TITLES = ['Pool Tag', 'Paged', 'Verdict', 'Rate', 'Net', 'Freed %', 'Driver', 'Module', 'Process']


class State:
    app = window = None


def panel():
    return State.window.find_shown('panel', 'Summary of the trace') or State.window.find_shown(None, 'Summary of the trace')


def growers():
    """The rows of the list, each its texts by their titles."""
    table = State.window.find_shown('table', LIST)
    return [window_driver.Row(node, TITLES) for node in window_driver.children(window_driver.children(table)[1])]


def focused():
    """The texts of the grower that has the focus, or of the one around what has it."""
    return [row for row in growers() if row.is_selected()]


def table_has_focus():
    return [row for row in State.window.rows()
            if window_driver.has_state(row.node, window_driver.Atspi.StateType.FOCUSED)
            or any(window_driver.has_state(node, window_driver.Atspi.StateType.FOCUSED)
                   for node in window_driver.children(row.node))]


def format_bytes(number):
    """As the window writes it: binary units, at most three digits."""
    value, units = abs(number), ['B', 'KiB', 'MiB', 'GiB', 'TiB']
    while value >= 1024 and len(units) > 1:
        value, units = value / 1024, units[1:]
    digits = 0 if value >= 100 or units[0] == 'B' else 1 if value >= 10 else 2
    text = f'{value:.{digits}f}'
    if '.' in text:
        text = text.rstrip('0').rstrip('.')
    return ('−' if number < 0 else '') + f'{text} {units[0]}'


def pool_numbers(desk, pool):
    """Start, end, peak and net, from the timeline of the command line."""
    lines = desk.run_cli('timeline', desk.sample, f'--filter=paged={pool}', '--bins=1').splitlines()
    _start, _end, last, _minimum, maximum = map(int, lines[1].split(','))
    rows = json.loads(desk.run_cli('table', desk.sample, '--group=paged', '--format=json'))['rows']
    net = next(row['impacting'] for row in rows if row['text'] == pool)
    return [format_bytes(number) for number in (last - net, last, maximum, net)]


def shows_pools(desk):
    """After the load both pools stand there with start, end, peak and net."""
    State.app, State.window = desk.open_sample()
    State.app.wait_line('summary rows=5')
    for pool in ('NonPaged', 'Paged'):
        texts = pool_numbers(desk, pool)
        wait_for(f'{pool}: {texts}', lambda: re.search(re.escape('\n'.join([pool, *texts]) + '\n'),
                                                       '\n'.join(State.window.labels()) + '\n'))
    State.window.wait('label', re.compile('never the absolute size of a pool'))
    State.window.wait('label', re.compile('^Health: '))


def shows_growers(desk):
    """The growers are those of “leaks”, with everything it tells."""
    found = growers()
    rows = json.loads(desk.run_cli('leaks', desk.sample, '--by=paged,tag', '--format=json'))['rows'][:5]
    check_equal('tags', [row.texts['Pool Tag'] for row in found], [row['key']['tag'] for row in rows])
    for line, row in zip(found, rows):
        texts = line.texts
        check_equal('texts', [texts['Paged'], texts['Verdict'], texts['Net'], texts['Driver'], texts['Module'],
                              texts['Process']],
                    [row['key']['paged'], row['verdict'], format_bytes(row['net']), row['driver'], row['module'],
                     row['process']])
        check_equal('Freed %', float(texts['Freed %'].split()[0]), row['freed'])
        check_equal('Rate', texts['Rate'], format_bytes(round(row['bytes_per_second'])) + '/s')


def leaves_the_focus(desk):
    """The keys go on to the table."""
    wait_for('the focus in the table', table_has_focus)
    State.window.press_until('Right', 'cursor AIFO > NonPaged$')


def goes_to_a_row(desk):
    """F4 goes to the summary, Enter on a line to its row in the table, which is opened."""
    window = State.window
    window.press_until('F4', 'summary opened')
    wait_for('the first line', lambda: [row.texts['Pool Tag'] for row in focused()] == ['Leak'])
    window.key('Down')
    wait_for('the second line', lambda: [row.texts['Pool Tag'] for row in focused()] == ['MmSt'])
    window.press_until('Return', 'cursor AIFO > Paged > MmSt$')
    wait_for('the selected row', lambda: [row.texts['Pool Tag'] for row in window.selected()] == ['MmSt'])
    wait_for('the focus in the table', table_has_focus)
    desk.check_table(window, desk.sample)


def goes_where_groups_differ(desk):
    """The way is found in another grouping too."""
    window = State.window
    window.choose_from(middle(window.header('Type')), 'Do Not Group by This')
    State.app.wait_line('grouping paged,tag,stack')
    window.press_until('F4', 'summary opened')
    window.key('Home')
    wait_for('the first line', lambda: [row.texts['Pool Tag'] for row in focused()] == ['Leak'])
    window.press_until('Return', 'cursor NonPaged > Leak$')


def tells_what_is_missing(desk):
    """Where a filter hides the row it says so."""
    window = State.window
    window.press_until('ctrl+Delete', 'filter ')
    window.press_until('F4', 'summary opened')
    window.key('Return')
    wait_for('a message', lambda: window.find_shown('status bar', re.compile('no such row')))
    window.press_until('ctrl+z', 'filter $')


def closes(desk):
    """Esc in it closes it and leaves the table; F4 brings it back, and closes it too; Esc in the table does."""
    window = State.window
    window.press_until('F4', 'summary (opened|closed)')
    if panel() is None:
        window.press_until('F4', 'summary opened')
    window.press_until('Escape', 'summary closed')
    window.wait_gone('table', LIST)
    wait_for('the focus in the table', table_has_focus)
    window.press_until('F4', 'summary opened')
    window.press_until('F4', 'summary closed')
    window.press_until('F4', 'summary opened')
    window.press_until('Return', 'cursor ')
    window.press_until('Escape', 'summary closed')
    State.app.quit(window)


def fits(desk):
    """At 1000 by 700 every column of the list is seen, and graph and table have room."""
    app, window = desk.open_sample()
    State.window = window
    app.wait_line('summary rows=5')
    window.resize(1000, 700)
    wait_for('narrow', lambda: window.size() == (1000, 700))

    def has_room():
        x, _y, width, _height = window_driver.extents(window.find_shown('table', LIST))
        if x < 0 or x + width > 1000:
            raise Failure(f'the list is at {x}, {width} wide')
        table = window_driver.extents(window.table())
        return table[1] + table[3] <= 700 and table[3] >= 150 and window.graph()[3] >= 140
    wait_for('room', has_room)
    app.quit(window)


def says_when_nothing_grew(desk):
    """A trace without pool events has a summary too, which says that nothing grew."""
    app = desk.start(os.path.join(desk.make_traces(), 'no-pool.etl'))
    app.wait_line('summary rows=0')
    window = app.window('no-pool.etl – Poolscope')
    window.wait('label', 'No tag grew over the trace.')
    check_equal('per hour of a short trace', window.labels().count('–'), 2)
    window.press_until('F4', 'summary opened')
    window.press_until('Escape', 'summary closed')
    app.quit(window)


window_driver.run(shows_pools, shows_growers, leaves_the_focus, goes_to_a_row, goes_where_groups_differ,
                  tells_what_is_missing, closes, fits, says_when_nothing_grew)
