"""The single allocations under the table: opened by a key, sorted by a click, copied, following the table, closed."""
import csv
import io
import re

import window_driver
from window_driver import Failure, check_equal, wait_for

LIST = 'List of single allocations'
TITLES = ['Address', 'Size', 'Pool Type', 'Pool Tag', 'Type', 'Allocated', 'Freed', 'Age', 'Process', 'Thread', 'CPU',
          'Stack']
LEAK = 'type=AIFO', 'paged=NonPaged', 'tag=Leak'


class State:
    app = window = two = None
    known = {}


def allocations(desk, *conditions):
    """What the command line lists, in the order of the trace."""
    if conditions not in State.known:
        text = desk.run_cli('allocs', desk.sample, *(f'--filter={condition}' for condition in conditions))
        State.known[conditions] = list(csv.DictReader(io.StringIO(text)))
    return State.known[conditions]


def listed():
    """The rows on screen and around it."""
    table = State.window.find_shown('table', LIST)
    if table is None:
        return []
    return [window_driver.Row(node, TITLES) for node in window_driver.children(window_driver.children(table)[1])]


def addresses(rows):
    return [row.texts['Address'] for row in rows]


def wait_listed(what, expected):
    """Waits until the list begins with the addresses of these allocations."""
    def is_equal():
        found = addresses(listed())
        check_equal('addresses', found[:len(expected)], [row['Address'] for row in expected][:len(found)])
        return found
    wait_for(what, is_equal)


def list_line(rows, rest=''):
    size = sum(int(row['Size']) for row in rows)
    return f'allocations n={len(rows)} size={size} {rest}'


def click_header(title):
    """Clicks a header of the list and waits until it is sorted."""
    mark = State.app.mark()
    table = State.window.find_shown('table', LIST)
    button = next(button for button in window_driver.children(window_driver.children(table)[0])
                  if any(node.get_name() == title for node in window_driver.walk(button)))
    State.window.click(button)
    State.app.wait_line(f'allocations n=.* by={TITLES.index(title)}', mark)


def focused():
    return [row for row in listed() if row.is_selected()]


def opens_by_key(desk):
    """Ctrl+I opens the allocations of the row, in the order of the trace, as “allocs” lists them."""
    State.app, State.window = desk.open_sample()
    window = State.window
    window.press_until('Right', 'cursor AIFO > NonPaged$')
    window.press_until('Right', 'cursor AIFO > NonPaged > Leak$')
    window.press_until('ctrl+i', 'allocations opened')
    rows = allocations(desk, *LEAK)
    State.app.wait_line(list_line(rows, 'by=5'))
    window.wait(None, re.compile('^Leak: '))
    wait_listed('the first allocations', rows)
    first = listed()[0].texts
    check_equal('texts', [first['Pool Type'], first['Pool Tag'], first['Type'], first['Freed'], first['Process'],
                          first['Thread'], first['CPU']],
                [rows[0]['Pool Type'], 'Leak', 'AIFO', 'not freed', rows[0]['Process'], rows[0]['Thread'],
                 rows[0]['CPU']])
    check_equal('stack', first['Stack'].split(' ← ')[:6], rows[0]['Stack'].split(';')[:-7:-1])


def follows_the_table(desk):
    """The keys go on in the table, and the list follows: to another row, and to a filter."""
    window = State.window
    window.press_until('Up', 'cursor AIFO > NonPaged$')
    rows = allocations(desk, *LEAK[:2])
    State.app.wait_line(list_line(rows))
    wait_listed('all tags', rows)
    mark = State.app.mark()
    window.press_until('ctrl+Delete', 'filter paged!=NonPaged$')
    State.app.wait_line(list_line(allocations(desk, 'type=AIFO', 'paged!=NonPaged')), mark)
    mark = State.app.mark()
    window.press_until('ctrl+z', 'filter $')
    State.app.wait_line(list_line(allocations(desk, 'type=AIFO')), mark)


def sorts_by_header(desk):
    """A click on Size shows the largest first, another one the smallest; equals stay in the order of the trace."""
    rows = allocations(desk, 'type=AIFO')
    click_header('Size')
    wait_listed('largest first', sorted(rows, key=lambda row: -int(row['Size'])))
    click_header('Size')
    wait_listed('smallest first', sorted(rows, key=lambda row: int(row['Size'])))
    click_header('Address')
    wait_listed('by address', sorted(rows, key=lambda row: int(row['Address'], 16)))


def moves_by_keys(desk):
    """F6 reaches the list; End goes to its last row, Home to its first, the arrows on."""
    window = State.window
    rows = sorted(allocations(desk, 'type=AIFO'), key=lambda row: int(row['Address'], 16))
    window.click_at(*window_driver.middle(window_driver.extents(window.selected()[0].node)))
    window.key('F6')
    wait_for('the first row', lambda: addresses(focused()) == [rows[0]['Address']])
    window.key('End')
    wait_for('the last row', lambda: addresses(focused()) == [rows[-1]['Address']])
    window.key('Up')
    wait_for('the row before it', lambda: addresses(focused()) == [rows[-2]['Address']])
    window.key('Home')
    wait_for('the first row', lambda: addresses(focused()) == [rows[0]['Address']])
    window.key('shift+Down')
    wait_for('two rows', lambda: addresses(focused()) == [row['Address'] for row in rows[:2]])
    State.two = rows[:2]


def copies(desk):
    """Ctrl+C copies commands for the debugger, Ctrl+Shift+C fields with headers, Ctrl+Alt+C the addresses."""
    window, two = State.window, State.two
    window.press_until('ctrl+c', 'copied allocations 2$')
    lines = window_driver.clipboard().splitlines()
    check_equal('commands', lines[1::2], [f'!pool {row["Address"]} 2' for row in two])
    for comment, row in zip(lines[::2], two):
        start = f"* '{row['Pool Tag']}' {row['Pool Type']}, {row['Size']} bytes, allocated at "
        if not comment.startswith(start) or not comment.endswith(row['Process']):
            raise Failure(f'comment {comment!r}, expected {start!r}')
    window.press_until('ctrl+shift+c', 'copied allocations 2$')
    lines = [line.split('\t') for line in window_driver.clipboard().splitlines()]
    check_equal('titles', lines[0], TITLES)
    check_equal('fields', [[line[0], line[1], line[3], line[-1]] for line in lines[1:]],
                [[row['Address'], row['Size'], row['Pool Tag'], row['Stack']] for row in two])
    window.press_until('ctrl+alt+c', 'copied allocations 2$')
    check_equal('addresses', window_driver.clipboard().splitlines(), [row['Address'] for row in two])


def limits_what_is_copied(desk):
    """Of all of them only the first are copied, which it says."""
    window = State.window
    window.key('ctrl+a')
    mark = State.app.mark()
    window.press_until('ctrl+c', r'copied allocations \d{4}$')
    n_copied = int(State.app.wait_line(r'copied allocations (\d+)$', mark).group(1))
    check_equal('lines', len(window_driver.clipboard().splitlines()), 2 * n_copied)
    window.wait(None, re.compile(f'^Only the first {n_copied // 1000}\u202f{n_copied % 1000:03} of 58\u202f152 '))


def has_a_menu(desk):
    """A right click offers the same."""
    window = State.window
    window.key('Home')
    row = wait_for('one row', lambda: len(focused()) == 1 and focused()[0])
    mark = State.app.mark()
    x, y, _width, height = window_driver.extents(row.node)
    window.choose_from((x + 60, y + height / 2), 'Copy Address')
    State.app.wait_line('copied allocations 1$', mark)
    check_equal('address', window_driver.clipboard(), row.texts['Address'])


def closes(desk):
    """Esc closes the list and leaves the table; the menu of the row opens it, the cross closes it."""
    window = State.window
    window.press_until('Escape', 'allocations closed')
    window.wait_gone('table', LIST)
    window.press_until('Right', 'cursor AIFO > NonPaged$')
    row = wait_for('the selected row', window.selected)[0]
    x, y, _width, height = window_driver.extents(row.node)
    mark = State.app.mark()
    window.choose_from((x + 60, y + height / 2), 'Single Allocations')
    State.app.wait_line(list_line(allocations(desk, *LEAK[:2])), mark)
    mark = State.app.mark()
    window.click(window.wait('push button', 'Close the single allocations'))
    State.app.wait_line('allocations closed', mark)
    window.press_until('ctrl+i', 'allocations opened')
    State.app.quit(window)


window_driver.run(opens_by_key, follows_the_table, sorts_by_header, moves_by_keys, copies, limits_what_is_copied,
                  has_a_menu, closes)
