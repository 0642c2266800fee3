"""The range: dragged on the graph, by keys, typed; undo and redo; zoom."""
import re

import window_driver
from window_driver import Failure, check_equal, wait_for, xdotool

WHOLE = ('0', '9223372036854775807')
VALUES = r'values range=(-?\d+),(\d+) '


class State:
    app = window = None


def range_of(match):
    return match[1], match[2]


def wait_range(condition, mark=0, press=()):
    """The last range that was counted, once it fits. The keys of `press` are pressed until it does: presses that
    come faster than frames are drawn count as one."""
    def find():
        match = State.app.find_line(VALUES, mark)
        if match is None or not condition(range_of(match)):
            if press:
                State.window.key(*press)
            raise Failure(f'range is {match and range_of(match)}')
        return range_of(match)
    return wait_for('the range', find)


def check_range(desk, found):
    start, end = found
    desk.check_table(State.window, desk.sample, f'--range={start}ns,' + ('' if end == WHOLE[1] else f'{end}ns'))


def opens(desk):
    """The whole trace is counted first."""
    State.app, State.window = desk.open_sample()
    wait_range(lambda found: found == WHOLE)
    State.window.wait('push button', 'Whole trace')


def drags(desk):
    """While the button is down on the graph the table follows, and equals the command line's."""
    window, app = State.window, State.app
    x, y, width, height = window.graph()
    row = y + height * 0.4
    with window.pressed(x + width * 0.3, row):
        window.glide(x + width * 0.3, row, x + width * 0.6, row)
        first = wait_range(lambda found: found != WHOLE)
        mark = app.mark()
        window.glide(x + width * 0.6, row, x + width * 0.7, row)
        second = wait_range(lambda found: int(found[1]) > int(first[1]), mark)
        check_equal('start while dragging', second[0], first[0])
        app.settle()
        check_range(desk, range_of(app.find_line(VALUES)))
    State.dragged = range_of(app.find_line(VALUES))


def tells_the_range(desk):
    """The range is told as a chip and in the title bar."""
    chip = State.window.wait('label', re.compile('^Range '))
    times = re.findall(r'[\d.]+', chip.get_name())
    for told, exact in zip(times, State.dragged):
        if abs(float(told) - int(exact) / 1e9) > 0.006:
            raise Failure(f'{chip.get_name()} for {State.dragged}')


def undoes(desk):
    """Ctrl+Z goes back to the whole trace, Ctrl+Shift+Z to the range again."""
    window = State.window
    window.key('ctrl+z')
    wait_range(lambda found: found == WHOLE)
    window.key('ctrl+shift+z')
    wait_range(lambda found: found == State.dragged)


def shown_part():
    """Start and end in seconds, as the status line tells them."""
    text = State.window.find('label', re.compile('^Shown: ')).get_name()
    return [float(number) for number in re.findall(r'[\d.]+', text)]


def zooms(desk):
    """Ctrl+. zooms to the range, which stays; Ctrl+Shift+- shows all again."""
    window = State.window
    window.wait('label', re.compile('^Shown: '))
    whole = shown_part()
    window.key('ctrl+period')
    wait_for('zoomed', lambda: shown_part() != whole)
    if abs(shown_part()[0] - int(State.dragged[0]) / 1e9) > 1:
        raise Failure(f'{shown_part()} for {State.dragged}')
    check_equal('range', range_of(State.app.find_line(VALUES)), State.dragged)
    window.key('ctrl+shift+minus')
    wait_for('all shown', lambda: shown_part() == whole)


def turns_the_wheel(desk):
    """With Ctrl it zooms at the pointer, with Shift it moves what is shown; the range stays."""
    window = State.window
    whole = shown_part()
    x, y, width, height = window.graph()
    xdotool('mousemove', int(x + width * 0.5), int(y + height * 0.4))
    xdotool('keydown', 'ctrl', 'click', 4, 'keyup', 'ctrl')
    start, end = wait_for('zoomed', lambda: shown_part() != whole and shown_part())
    assert whole[0] < start < end < whole[1], (whole, start, end)
    xdotool('keydown', 'shift', 'click', 5, 'keyup', 'shift')
    moved = wait_for('moved', lambda: shown_part()[0] != start and shown_part())
    assert moved[0] > start and abs(moved[1] - moved[0] - (end - start)) < 0.03, (start, end, moved)
    check_equal('range', range_of(State.app.find_line(VALUES)), State.dragged)
    window.key('ctrl+shift+minus')
    wait_for('all shown', lambda: shown_part() == whole)


def clears(desk):
    """Escape counts the whole trace again."""
    State.window.key('Escape')
    wait_range(lambda found: found == WHOLE)
    State.window.wait_gone('label', re.compile('^Range '))


def ranges_by_keys(desk):
    """Arrows on the graph move the start, with Shift the end, with Ctrl both; Home and End widen."""
    window, app = State.window, State.app
    x, y, width, height = window.graph()
    window.click_at(x + width * 0.5, y + height * 0.4)
    wait_range(lambda found: int(found[0]) > 2e9 and found[1] == WHOLE[1], press=['Right'])
    both = wait_range(lambda found: int(found[0]) > 2e9 and found[1] != WHOLE[1] and int(found[1]) < 74.5e9,
                      press=['shift+Left'])
    wait_range(lambda found: int(found[0]) < int(both[0]) and int(found[1]) < int(both[1]), press=['ctrl+Left'])
    wait_range(lambda found: found == WHOLE, press=['Home', 'End'])


def types_a_range(desk):
    """Ctrl+R takes a typed range; one that makes no sense is told."""
    window = State.window
    window.key('ctrl+r')
    wait_for('entries', lambda: window.find('label', re.compile('^Seconds, or a number')))
    window.type('50')
    window.key('Tab')
    window.type('bad')
    window.key('Return')
    wait_for('a message', lambda: [text for text in window.labels() if 'bad' in text])
    window.key('ctrl+a')
    window.type('60')
    window.key('Return')
    found = wait_range(lambda found: found == ('50000000000', '60000000000'))
    check_range(desk, found)


def drags_to_the_end(desk):
    """Dragging to the right edge means to the end, the last event included."""
    window = State.window
    window.key('Escape')
    wait_range(lambda found: found == WHOLE)
    x, y, width, height = window.graph()
    window.drag(x + width * 0.5, y + height * 0.4, x + width + 40, y + height * 0.4)
    wait_range(lambda found: int(found[0]) > 0 and found[1] == WHOLE[1])


def quits(desk):
    """Ctrl+Q ends the program well."""
    State.app.quit(State.window)


window_driver.run(opens, drags, tells_the_range, undoes, zooms, turns_the_wheel, clears, ranges_by_keys, types_a_range,
                  drags_to_the_end, quits)
