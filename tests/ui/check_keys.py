"""Keys of the table: type-ahead, Space for the graph; the widths and the sort that are remembered."""
import os
import re
from pathlib import Path

import window_driver
from window_driver import check_equal, wait_for


class State:
    app = window = None


def wait_cursor(expected):
    wait_for(f'the cursor on {expected}', lambda: State.app.find_line('cursor (.*)')[1] == expected)


def type_ahead(letters, expected):
    """Types at once: letters that come slowly begin a new word."""
    def found():
        State.window.key('Escape', *letters)
        wait_for(f'the cursor on {expected}', lambda: State.app.find_line('cursor (.*)')[1] == expected, 2)
        return True
    wait_for(f'{letters} leads to {expected}', found)


def types_ahead(desk):
    """Letters go to the next row that begins with them, else to one that has them, and wrap round."""
    State.app, State.window = desk.open_sample()
    type_ahead('pa', 'AIFO > Paged')
    type_ahead('aofi', 'AOFI')
    type_ahead('onp', 'AIFO > NonPaged')  # nothing begins so; the way leads round
    State.window.key('Escape', 'q', 'q', 'q')
    State.app.settle()
    wait_cursor('AIFO > NonPaged')


def shows_in_the_graph(desk):
    """Space switches the band of a row that lies in one, and the line of a row above the bands."""
    window, app = State.window, State.app
    for expected in ('hidden', 'shown'):
        window.key('Escape', 'space')
        app.wait_line(f'graph line NonPaged {expected}')
    window.key('Right')
    match = wait_for('a tag', lambda: app.find_line('cursor AIFO > NonPaged > (....)$'))
    for expected in ('hidden', 'shown'):
        window.key('space')
        app.wait_line(f'graph band NonPaged {re.escape(match[1])} {expected}')
    app.quit(window)


def counts(window):
    rows = [row for row in window.rows() if row.texts['Type']]
    return [int(''.join(filter(str.isdigit, row.texts['Count']))) for row in rows]


def remembers(desk):
    """Widths and the sort are those of the last window."""
    kept = {'GSETTINGS_BACKEND': 'keyfile'}
    keyfile = Path(os.environ['XDG_CONFIG_HOME']) / 'glib-2.0' / 'settings' / 'keyfile'
    keyfile.parent.mkdir(parents=True, exist_ok=True)
    keyfile.write_text("[io/github/poolscope/Poolscope]\ncolumn-widths={'tag': 150}\n", encoding='utf-8')
    app, window = desk.open_sample(**kept)
    for is_right in (lambda found: found == sorted(found, reverse=True), lambda found: found == sorted(found)):
        x, y, width, height = window.header('Count')
        window.click_at(x + width / 2, y + height / 2)
        wait_for('rows by count', lambda: len(counts(window)) > 2 and is_right(counts(window)))
    expected = counts(window)
    window.key('ctrl+w')
    wait_for('the end', lambda: app.process.poll() is not None)
    check_equal('exit status', app.process.returncode, 0)
    app, window = desk.open_sample(**kept)
    wait_for('the sort of the last window', lambda: counts(window) == expected)
    check_equal('width beyond that of another', window.header('Pool Tag')[2] - window.header('Paged')[2], 150 - 92)
    app.quit(window)


window_driver.run(types_ahead, shows_in_the_graph, remembers)
