"""Filters: chips, undo, redo, the entry; the graph and the table show the same blocks."""
import contextlib
import re

import window_driver
from window_driver import Failure, check_equal, extents, wait_for

FILTER = r'filter (.*)'
LEAK = 'Pool Tag = Leak'


class State:
    app = window = None


def wait_filter(expected, mark=0):
    """The last filter that was set, and the numbers that follow it."""
    wait_for(f'filter “{expected}”', lambda: (State.app.find_line(FILTER, mark) or [''] * 2)[1] == expected)
    lines = State.app.lines()
    place = max(index for index, line in enumerate(lines) if line.startswith('filter '))
    State.app.wait_line('values ', place)


def remove_button(text):
    return State.window.wait('push button', re.compile(f'^Remove this filter: {re.escape(text)}$'))


def check_rows(desk, *arguments):
    desk.check_table(State.window, desk.sample, *arguments)


def is_focused(text):
    return window_driver.has_state(remove_button(text), window_driver.Atspi.StateType.FOCUSED)


def opens(desk):
    """Without filters there is no chip, and nothing to undo."""
    State.app, State.window = desk.open_sample()
    State.window.wait('push button', 'Undo range or filter')
    check_equal('chips', list(State.window.find_all('push button', re.compile('^Remove this filter'))), [])


def filters_to_a_tag(desk):
    """Filter To on a tag counts only its blocks: a chip says so, graph and table agree with the command line."""
    window, app = State.window, State.app
    for place in ('AIFO > NonPaged', 'AIFO > NonPaged > Leak'):
        State.window.press_until('Right', f'cursor {place}$')
    row = next(row for row in window.rows() if row.texts['Pool Tag'] == 'Leak')
    x, y, _width, height = extents(row.node)
    window.choose_from((x + 60, y + height / 2), 'Filter To')
    wait_filter('tag=Leak')
    remove_button(LEAK)
    check_rows(desk, '--filter=tag=Leak')
    top = window.rows()[0]
    check_equal('what is left', [row.texts['Type'] for row in window.rows() if row.texts['Type']], ['AIFO'])
    told = re.compile('highest ' + re.escape(top.texts['Peak Size']) + r'\..* Bands: NonPaged Leak$')
    wait_for('the graph of the same blocks',
             lambda: told.search(window.find('image', 'Pool over time').get_description()))
    check_equal('selected row', [row.texts['Pool Tag'] for row in window.selected()], ['Leak'])


def types_conditions(desk):
    """A typed condition is one chip more; what is wrong is told where it is typed, and can be mended there."""
    window = State.window
    State.window.type_filter('size>4XB')
    wait_for('what is wrong', lambda: [text for text in window.labels() if 'character 6' in text and 'MiB' in text])
    window.type('8000B')  # replaces what is wrong
    window.key('Return')
    wait_filter('tag=Leak size>8000B')
    check_rows(desk, '--filter=tag=Leak', '--filter=size>8000B')
    State.window.type_filter('age >= 20s')
    wait_filter('tag=Leak size>8000B age>=20s')
    check_rows(desk, '--filter=tag=Leak', '--filter=size>8000B', '--filter=age>=20s')


def takes_ages_in_the_range(desk):
    """With a range, ages are those at its end; range and filters are undone in one order."""
    window, app = State.window, State.app
    window.key('ctrl+r')
    wait_for('entries', lambda: window.find('label', re.compile('^Seconds, or a number')))
    window.type('10')
    window.key('Tab')
    window.type('40')
    mark = app.mark()
    window.key('Return')
    app.wait_line('values range=10000000000,40000000000 ', mark)
    check_rows(desk, '--range=10,40', '--filter=tag=Leak', '--filter=size>8000B', '--filter=age>=20s')
    State.window.press_until('ctrl+z', 'values range=0,')
    State.window.press_until('ctrl+z', 'filter tag=Leak size>8000B$')
    State.window.press_until('ctrl+shift+z', 'filter tag=Leak size>8000B age>=20s$')
    State.window.press_until('ctrl+shift+z', 'values range=10000000000,40000000000 ')


def removes_by_click(desk):
    """A click on the cross of a chip removes its condition."""
    mark = State.app.mark()
    State.window.click(remove_button('Size of one > 8000B'))
    wait_filter('tag=Leak age>=20s', mark)
    check_rows(desk, '--range=10,40', '--filter=tag=Leak', '--filter=age>=20s')


def removes_by_keyboard(desk):
    """The crosses take the focus; a removed chip hands it to the next, the last one to the entry's button."""
    window = State.window
    window.click(window.wait('push button', 'Undo range or filter'))  # brings the focus into the bar
    wait_filter('tag=Leak size>8000B age>=20s')
    for text in ('Age ≥ 20s', 'Size of one > 8000B', LEAK):
        while not is_focused(text):
            window.key('shift+Tab')
            with contextlib.suppress(Failure):
                wait_for('the focus', lambda: is_focused(text), 1)
    for text, rest in ((LEAK, 'size>8000B age>=20s'), ('Size of one > 8000B', 'age>=20s'), ('Age ≥ 20s', '')):
        wait_for('focus on the next', lambda: is_focused(text))
        State.window.press_until('space', f'filter {rest}$')


def clears(desk):
    """Clear removes range and filters at once; one undo brings both back."""
    window, app = State.window, State.app
    State.window.type_filter('tag!=Leak')
    wait_filter('tag!=Leak')
    mark = app.mark()
    State.window.press_until('ctrl+shift+Delete', 'filter $')
    app.wait_line('values range=0,', mark)
    check_rows(desk)
    mark = app.mark()
    State.window.press_until('ctrl+z', 'filter tag!=Leak$')
    app.wait_line('values range=10000000000,40000000000 ', mark)
    State.window.press_until('ctrl+shift+Delete', 'values range=0,')


def filters_out_and_paths(desk):
    """Filter Out drops the selected rows; the whole path is a condition per column."""
    window, app = State.window, State.app
    x, y, _width, height = extents(window.rows()[0].node)
    window.click_at(x + 60, y + height / 2)
    State.window.press_until('ctrl+Delete', 'filter type!=AIFO$')
    check_rows(desk, '--filter=type!=AIFO')
    State.window.press_until('ctrl+z', 'filter $')
    check_rows(desk)
    x, y, _width, height = extents(window.rows()[0].node)
    window.click_at(x + 60, y + height / 2)
    State.window.press_until('ctrl+Right', 'cursor .*MyfaultDeviceControl')
    match = State.window.press_until('ctrl+shift+Return', FILTER)
    check_equal('columns', [part.split('=')[0] for part in re.findall(r'\w+=', match[1])],
                ['type', 'paged', 'tag', 'stack'])


def tells_that_nothing_passes(desk):
    """When nothing passes, the table says so and offers the way back."""
    window = State.window
    State.window.type_filter('tag=Nope')
    button = window.wait('push button', re.compile('^Remove Range and Filters'))
    mark = State.app.mark()
    window.click(button)
    wait_filter('', mark)
    check_rows(desk)


def wraps_chips(desk):
    """Many chips wrap and scroll; the window keeps its width."""
    window = State.window
    width = window.size()[0]
    for number in range(9):
        State.window.type_filter(f'stack!=*no frame is called like this {number}*')
        wait_for('the chip', lambda: f'{number}*' in State.app.find_line(FILTER)[1])
    check_equal('width', window.size()[0], width)
    bottom = extents(window.frame)[3]
    for button in window.find_all('push button', 'Remove the range and all filters'):
        x, y, button_width, height = extents(button)
        if x + button_width > width or y + height > bottom:
            raise Failure(f'clear is not in sight: {extents(button)} in {width} x {bottom}')


def quits(desk):
    """Ctrl+Q ends the program well."""
    State.app.quit(State.window)


window_driver.run(opens, filters_to_a_tag, types_conditions, takes_ages_in_the_range, removes_by_click,
                  removes_by_keyboard, clears, filters_out_and_paths, tells_that_nothing_passes, wraps_chips, quits)
