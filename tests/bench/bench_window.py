#!/usr/bin/env python3
"""How soon the window shows what was asked for, with five million allocations: from the end of the load, after another
grouping, and while an edge of the range is dragged. Input is real; software rendering in a display of its own.

usage: ui-env bench_window.py BUILD_FOLDER GENERATOR|TRACE.etl
"""
import json
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'ui'))
from waiting import wait_for  # noqa: E402
from window_driver import Atspi, Desk, middle, xdotool  # noqa: E402

LOAD_SECONDS = 120
DRAG_STEPS = 300
STEP_SECONDS = 0.008  # a mouse tells of 125 moves a second
TURNS = 3
WIDE_ROWS = 100000


def report(what, value, unit, goal, at_least=False):
    """A line of the table, as bench_report.h says."""
    met = value >= goal if at_least else value <= goal
    print(f'{what:66} {value:9.2f} {unit:3}  goal {"≥" if at_least else "≤"} {goal:7.2f}  {"met" if met else "NOT MET"}',
          flush=True)
    if 'POOLSCOPE_BENCH_LINES' in os.environ:
        line = {'case': what, 'value': value, 'unit': unit, 'goal': goal, 'at_least': at_least, 'met': met}
        with open(os.environ['POOLSCOPE_BENCH_LINES'], 'a', encoding='utf-8') as lines:
            lines.write(json.dumps(line) + '\n')


def get_trace(desk, given):
    if given.endswith('.etl'):
        return given
    path = os.path.join(desk.folder, 'bench.etl')
    subprocess.run([given, path, '--allocations=5000000'], check=True)
    return path


def wait_time(app, pattern, mark=0, seconds=20):
    """When the first event after mark that fits was: the log tells it in microseconds."""
    def find():
        for line in app.lines()[mark:]:
            if line.startswith(pattern):
                return int(line.rpartition(' at=')[2]) / 1e6
        return None
    return wait_for(f'event “{pattern}”', find, seconds)


def measure_regrouping(app, window):
    """From the choice of a preset until its rows are painted."""
    times = []
    for preset in ('By Process', 'By Module', 'By Service'):
        window.key('ctrl+p')
        item = wait_for(f'preset “{preset}”', lambda preset=preset: window.find_menu_item(preset))
        mark, start = app.mark(), time.monotonic()
        Atspi.Action.do_action(item, 0)
        app.wait_line('grouping ', mark)
        n_before = next(i for i, line in enumerate(app.lines()[mark:]) if line.startswith('grouping '))
        times.append(wait_time(app, 'painted', mark + n_before) - start)
        app.settle()
    return max(times)


def measure_wide(desk):
    """A row of very many rows opened, and these sorted by other columns: from the key or the click until painted."""
    app = desk.start(os.path.join(desk.make_traces(str(WIDE_ROWS)), 'wide.etl'), POOLSCOPE_TEST_LOG_TIMES='1')
    app.wait_loaded()
    window = app.window('wide.etl – Poolscope')
    window.press_until('Down', 'cursor AIFO > NonPaged at=')
    app.settle()

    def measure(act):
        mark, start = app.mark(), time.monotonic()
        act()
        seconds = wait_time(app, 'painted', mark) - start
        app.settle()
        return seconds
    opened = measure(lambda: window.key('Right'))
    boxes = [window.header(title) for title in ('Count', 'Size', 'Impacting Size')]
    sorts = [measure(lambda box=box: window.click_at(*middle(box))) for box in boxes]
    app.quit(window)
    return opened, max(sorts)


def measure_drag(app, window):
    """Painted updates of the table in a second."""
    x, y, width, height = window.graph()
    left, top = window.frame_size()
    row = y + height * 0.4
    rates = []
    with window.pressed(x + width * 0.2, row):
        window.glide(x + width * 0.2, row, x + width * 0.5, row)
        app.settle()
        for _turn in range(TURNS):
            moves = []
            for step in range(DRAG_STEPS):
                part = abs(step % 200 - 100) / 100
                place = int(x + width * (0.5 + 0.4 * (1 - part))) + left
                moves += ['mousemove', '--window', window.xid, place, int(row) + top, 'sleep', STEP_SECONDS]
            mark, start = app.mark(), time.monotonic()
            xdotool(*moves)
            seconds = time.monotonic() - start
            rates.append(sum(line.startswith('painted') for line in app.lines()[mark:]) / seconds)
            app.settle()
    return sorted(rates)[len(rates) // 2]


def main():
    desk = Desk(sys.argv[1])
    try:
        opened, sorted_by = measure_wide(desk)
        report('window: a row of 100 000 rows opened and painted', opened * 1e3, 'ms', 150)
        report('window: 100 000 rows sorted and painted, the slowest of three', sorted_by * 1e3, 'ms', 150)
        trace = get_trace(desk, sys.argv[2])
        app = desk.start(trace, POOLSCOPE_TEST_LOG_TIMES='1')
        loaded = wait_time(app, 'loaded ', seconds=LOAD_SECONDS)
        painted = wait_time(app, 'painted')
        report('window: table painted after the end of the load', (painted - loaded) * 1e3, 'ms', 250)
        window = app.window(f'{os.path.basename(trace)} – Poolscope')
        app.settle(2)
        report('window: updates of the table while an edge is dragged', measure_drag(app, window), '/s', 30, True)
        report('window: another grouping painted, the slowest of three', measure_regrouping(app, window) * 1e3, 'ms', 250)
    finally:
        desk.close()


if __name__ == '__main__':
    main()
