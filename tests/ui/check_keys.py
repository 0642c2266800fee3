"""Keys of the table: type-ahead, Space for the graph; the widths and the sort that are remembered."""
import os
import re
from pathlib import Path

import window_driver
from window_driver import check_equal, wait_for, xdotool


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
    for key, expected in (('space', 'hidden'), ('period', 'shown')):
        window.key(key)
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


def shown_range():
    return wait_for('what is shown', lambda: next(text for text in State.window.labels() if text.startswith('Shown: ')))


def press_changes(key, what, read):
    """Presses a key and waits until what read() returns is another."""
    before = read()
    State.window.key(key)
    return wait_for(f'{key} changes {what}', lambda: read() != before and read())


def knows_the_keys_of_wpa(desk):
    """Each key of Windows Performance Analyzer does what it does there."""
    State.app, State.window = app, window = desk.open_sample()
    app.settle()
    whole = shown_range()
    press_changes('ctrl+plus', 'the zoom', shown_range)
    press_changes('ctrl+minus', 'the zoom', shown_range)
    x, y, width, height = window.graph()
    window.drag(x + width * 0.4, y + height / 2, x + width * 0.7, y + height / 2)
    app.settle()
    press_changes('ctrl+period', 'the zoom', shown_range)
    check_equal('after unzooming', press_changes('ctrl+shift+minus', 'the zoom', shown_range), whole)
    for key, pattern in (('ctrl+n', 'view Analysis 2'), ('ctrl+k', 'view Analysis 3'), ('ctrl+w', 'view closed Analysis 3'),
                         ('End', 'cursor AOFI$'), ('Home', 'cursor AIFO$'), ('ctrl+c', 'copied'),
                         ('ctrl+f', 'find ')):
        mark = app.mark()
        window.key(key)
        app.wait_line(pattern, mark)
    window.type('leak')
    app.wait_line(r'find leak: 0 of \d+$')
    for key, pattern in (('F3', 'cursor .* > Leak$'), ('shift+F3', 'find ')):
        mark = app.mark()
        window.key(key)
        app.wait_line(pattern, mark)
    window.key('Escape')
    window.key('ctrl+e')
    editor = wait_for('the view editor', lambda: [title for title in app.window_titles() if 'View Editor' in title])
    app.window(editor[0]).key('Escape')
    app.wait_closed(editor[0])
    window.key('ctrl+o')
    app.window('Open a Trace').key('Escape')
    app.wait_closed('Open a Trace')
    window.key('ctrl+shift+w')
    wait_for('the end', lambda: app.process.poll() is not None)
    check_equal('exit status', app.process.returncode, 0)


def keeps_the_keys_after_a_menu(desk):
    """Right after an entry of a header's menu was chosen, and rows went, keys do what they do."""
    State.app, State.window = app, window = desk.open_sample()
    app.settle()
    mark = app.mark()
    window.choose_from(window_driver.middle(window.header('Pool Tag')), 'Move Left')
    app.wait_line('values ', mark)
    mark = app.mark()
    xdotool('key', 'ctrl+f')
    app.wait_line('find ', mark)
    window.key('Escape')
    app.quit(window)


def counts_fast_presses(desk):
    """Presses that come faster than the window draws each count."""
    State.app, State.window = app, window = desk.open_sample()
    app.settle()
    window.focus()
    xdotool('key', '--delay', 1, 'Right', 'Right', 'Right')
    leaf = wait_for('the leaf', lambda: app.find_line('cursor (.* > .* > .* > .*)$'))[1].split(' > ')
    app.settle()
    # The leaf cannot be closed; every other press closes a row.
    xdotool('key', '--delay', 1, *['Left'] * 5)
    wait_cursor(' > '.join(leaf[:-3]))
    app.quit(window)


window_driver.run(types_ahead, shows_in_the_graph, remembers, knows_the_keys_of_wpa, keeps_the_keys_after_a_menu,
                  counts_fast_presses)
