"""Finding text in the table, in open and closed rows."""
import re

import window_driver
from window_driver import Failure, check_equal, wait_for


MOST_SELECTED = 1000


class State:
    app = window = None
    rows = []  # the text of every row from top to bottom with that of its column, all taken as open


def read_rows(desk):
    """Every row below and beside each other as the command line has them."""
    groups, _values, top = desk.cli_table(desk.sample)
    found = []

    def add(rows):
        for row in rows:
            found.append((row.group, row.text))
            add(row.rows)
    add(top)
    check_equal('groups', groups, ['Type', 'Paged', 'Pool Tag', 'Stack'])
    return found


def hits(text, column=None):
    return [row for group, row in State.rows if text.lower() in row.lower() and column in (None, group)]


def wait_state(text, current, n_hits, mark=0):
    return State.app.wait_line(f'find {re.escape(text)}: {current} of {n_hits}$', mark)


def search(text):
    """Opens the bar and types."""
    def is_open():
        State.window.key('ctrl+f')
        return wait_for('entry', lambda: State.window.find_shown('entry', 'Text to find'), 2)
    wait_for('the bar', is_open)
    State.window.key('ctrl+a')
    State.window.type(text)


def counts(desk):
    """While text is typed the hits in the whole tree are counted, whatever the case of its letters."""
    State.app, State.window = desk.open_sample()
    State.rows = read_rows(desk)
    search('IOFCALLDRIVER')
    wait_state('IOFCALLDRIVER', 0, len(hits('iofcalldriver')))
    if len(hits('iofcalldriver')) < 3:
        raise Failure('too few hits for what follows')
    check_equal('rows that are open', [row.texts['Type'] or row.texts['Paged'] for row in State.window.rows()],
                ['AIFO', 'NonPaged', 'Paged', 'AIFI', 'AOFI'])


def opens_the_way(desk):
    """Enter opens the way to the first hit, F3 goes on, Shift+F3 back; the numbers are told."""
    window = State.window
    n = len(hits('iofcalldriver'))
    State.window.press_until('Return', f'find IOFCALLDRIVER: 1 of {n}$')
    wait_for('the hit', lambda: [row.texts['Stack'] for row in window.selected()] == ['ntoskrnl.exe!IofCallDriver'])
    desk.check_table(window, desk.sample)
    window.wait('status bar', f'1 of {n}')
    State.window.press_until('F3', f'find IOFCALLDRIVER: 2 of {n}$')
    State.window.press_until('shift+F3', f'find IOFCALLDRIVER: 1 of {n}$')


def wraps_round(desk):
    """Above the first hit comes the last, and below the last the first."""
    n = len(hits('iofcalldriver'))
    State.window.press_until('shift+F3', f'find IOFCALLDRIVER: {n} of {n}$')
    State.window.press_until('F3', f'find IOFCALLDRIVER: 1 of {n}$')


def looks_in_one_column(desk):
    """In one column only its texts count."""
    window = State.window
    search('p')
    wait_for('hits in all columns', lambda: State.app.find_line(r'find p: \d+ of ' + str(len(hits('p'))) + '$'))
    window.click(window.wait('combo box', 'The column to look in'))
    State.app.settle()
    window.key('Down', 'Down', 'Down', 'Return')
    wait_for('hits among tags', lambda: State.app.find_line(r'find p: \d+ of ' + str(len(hits('p', 'Pool Tag'))) + '$'))


def finds_nothing(desk):
    """What is nowhere is told; Escape closes the bar and the table has the focus again."""
    window, app = State.window, State.app
    search('no such text')
    wait_state('no such text', 0, 0)
    window.wait('status bar', 'Not found')
    window.key('Escape')
    window.wait_gone('entry', 'Text to find')
    State.window.press_until('Home', 'cursor AIFO$')


def leaves_keys_to_the_text(desk):
    """Keys that edit text do so in the entry, and change no filter."""
    window, app = State.window, State.app
    search('one two')
    wait_state('one two', 0, 0)
    mark = app.mark()
    window.key('Home', 'ctrl+Delete')
    wait_state(' two', 0, 0, mark)
    window.key('Escape')
    window.wait_gone('entry', 'Text to find')
    check_equal('filters', [line for line in app.lines()[mark:] if line.startswith('filter')], [])


def selects_all(desk):
    """Find All opens the way to every hit and selects them."""
    window = State.window
    search('MmSt')
    n = len(hits('MmSt'))
    wait_for('hits', lambda: State.app.find_line(rf'find MmSt: \d+ of {n}$'))
    State.window.press_until('ctrl+F3', f'find MmSt: [1-9] of {n}$')
    wait_for('all selected', lambda: [row.texts['Pool Tag'] for row in window.selected()] == ['MmSt'] * n)


def tells_how_many_it_selects(desk):
    """Of more than a thousand hits the first thousand are selected, and that is told."""
    window = State.window
    window.click(window.wait('combo box', 'The column to look in'))
    State.app.settle()
    window.key('Home', 'Return')
    search('.')
    n = len(hits('.'))
    if n <= MOST_SELECTED:
        raise Failure(f'only {n} hits')
    wait_for('hits', lambda: State.app.find_line(rf'find \.: \d+ of {n}$'))
    window.press_until('ctrl+F3', rf'find \.: [1-9]\d* of {n}$')
    told = window.wait('status bar', re.compile('the first 1.000 selected')).get_name()
    check_equal('hits', re.sub(r'\D', '', told.split(',')[0].split(' of ')[1]), str(n))
    window.press_until('F3', rf'find \.: [1-9]\d* of {n}$')
    window.wait_gone('status bar', re.compile('selected'))


def filters(desk):
    """Filter To keeps what was found, in the letters of the hits."""
    window = State.window
    search('mmst')
    n = len(hits('mmst'))
    wait_for('hits', lambda: State.app.find_line(rf'find mmst: \d+ of {n}$'))
    State.window.press_until('ctrl+shift+F3', r'filter tag=\*MmSt\*$')
    desk.check_table(window, desk.sample, '--filter=tag=*MmSt*')


def quits(desk):
    """Ctrl+Q ends the program well."""
    State.app.quit(State.window)


window_driver.run(counts, opens_the_way, wraps_round, looks_in_one_column, finds_nothing, leaves_keys_to_the_text, selects_all,
                  tells_how_many_it_selects, filters, quits)
