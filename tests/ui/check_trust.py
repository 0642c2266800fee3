"""How far a trace can be trusted: health bar and its details, the complete part, doubt, what no trace can show."""
import json
import os
import re

import window_driver
from window_driver import check_equal, wait_for

WRAPPED = 'health-wrapped.etl'
COMPLETE_FROM = '51000000000'
WHOLE_END = '9223372036854775807'


class State:
    app = window = folder = None


def open_trace(desk, name):
    State.app = desk.start(os.path.join(State.folder, name))
    State.app.wait_loaded()
    State.window = State.app.window(f'{name} – Poolscope')


def health_of(desk, name):
    return json.loads(desk.run_cli('info', os.path.join(State.folder, name), '--format=json'))['health']


def sentence(item):
    return item['sentence'][0].upper() + item['sentence'][1:]


def bar_line(desk, name):
    """What the health bar says: all that is worse than a note."""
    return ' · '.join(sentence(item) for item in health_of(desk, name) if item['severity'] != 'note')


def wait_range(start, mark):
    State.app.wait_line(f'values range={start},{WHOLE_END} ', mark)


def wait_whole():
    """Esc takes the range away."""
    State.window.press_until('Escape', f'values range=0,{WHOLE_END} ')


def says_what_is_wrong(desk):
    """A trace that wrapped has a health bar that says so."""
    State.folder = desk.make_traces()
    open_trace(desk, WRAPPED)
    line = bar_line(desk, WRAPPED)
    check_equal('sentence', line, 'The recording wrapped: it is complete only from 51.000 s on')
    State.app.wait_line(f'health {re.escape(line)}$')
    State.window.wait('label', line)
    State.window.wait('label', 'Use the Complete Part')
    desk.check_table(State.window, os.path.join(State.folder, WRAPPED))


def tells_the_details(desk):
    """“Details” tells each finding's consequence and how to record better, notes too."""
    State.window.click(State.window.wait('label', 'Details'))
    window = State.app.window('Diagnostics')
    for item in health_of(desk, WRAPPED):
        for text in (sentence(item), item['consequence'], item['advice']):
            wait_for(f'“{text}”', lambda: [label for label in window.labels() if text in label])
    window.key('Escape')
    State.app.wait_closed('Diagnostics')


def uses_the_complete_part(desk):
    """Ctrl+Shift+R and the button of the bar count the complete part alone; Esc counts all again."""
    trace = os.path.join(State.folder, WRAPPED)
    State.window.press_until('ctrl+shift+r', f'values range={COMPLETE_FROM},{WHOLE_END} ')
    desk.check_table(State.window, trace, '--range=51,')
    wait_whole()
    mark = State.app.mark()
    State.window.click(State.window.wait('label', 'Use the Complete Part'))
    wait_range(COMPLETE_FROM, mark)
    desk.check_table(State.window, trace, '--range=51,')
    wait_whole()
    desk.check_table(State.window, trace)


def tells_doubt(desk):
    """Filtered by doubt, what was allocated before the complete part stands apart."""
    window, trace = State.window, os.path.join(State.folder, WRAPPED)
    for condition in ('doubt=Sure', 'doubt=Before complete part'):
        window.type_filter(condition)
        State.app.wait_line(f'filter {condition}$')
        desk.check_table(window, trace, f'--filter={condition}')
        window.press_until('ctrl+z', 'filter $')


def hides_the_bar(desk):
    """The bar can be hidden; the complete part is still at hand."""
    State.window.click(State.window.wait('push button', 'Hide the health bar'))
    State.window.wait_gone('label', 'Use the Complete Part')
    State.window.press_until('ctrl+shift+r', f'values range={COMPLETE_FROM},{WHOLE_END} ')
    State.app.quit(State.window)


def says_what_was_lost(desk):
    """A trace with a lost buffer says how much of what was not freed predates it; no complete part is offered."""
    open_trace(desk, 'health-buffer-lost.etl')
    line = bar_line(desk, 'health-buffer-lost.etl')
    check_equal('sentence', line, 'Buffers were lost while recording (1) · '
                '4 KiB of the 10 KiB allocated and not freed predate the last loss, at 40.000 s')
    State.window.wait('label', line)
    check_equal('button', State.window.find_shown('label', 'Use the Complete Part'), None)
    State.app.quit(State.window)


def is_silent(desk):
    """A trace without a fault has no bar, and its complete part is all of it."""
    open_trace(desk, 'health-clean.etl')
    State.app.wait_line('health $')
    check_equal('button', State.window.find_shown('push button', 'Hide the health bar'), None)
    mark = State.app.mark()
    State.window.key('ctrl+shift+r')
    State.window.press_until('F4', 'summary (opened|closed)')
    check_equal('range', State.app.find_line('values range=', mark), None)


def tells_the_limits(desk):
    """Shift+F1 tells what no pool trace can show."""
    State.window.key('shift+F1')
    window = State.app.window('What a Pool Trace Cannot Show')
    for text in ('What stood in a lookaside list', 'How large the pool is', 'Who is charged, and what is wasted',
                 'Special pool', 'Memory taken around the pool'):
        window.wait('label', text)
    window.key('Escape')
    State.app.wait_closed('What a Pool Trace Cannot Show')
    State.app.quit(State.window)


window_driver.run(says_what_is_wrong, tells_the_details, uses_the_complete_part, tells_doubt, hides_the_bar,
                  says_what_was_lost, is_silent, tells_the_limits)
