"""Other windows, the place of the graph, dark colours, Spanish."""
import os
import re

import window_driver
from window_driver import Failure, check_equal, wait_for


class State:
    app = window = None


def opens(desk):
    """The sample is opened for the steps to come."""
    State.app, State.window = desk.open_sample()
    State.window.wait('tree table')


def helper(title, key, *texts):
    """A window that a key opens and Escape closes, with texts in it."""
    def step(desk):
        State.window.key(key)
        window = State.app.window(title)
        for text in texts:
            wait_for(f'“{text}”', lambda: [label for label in window.labels() if re.search(text, label)])
        window.key('Escape')
        State.app.wait_closed(title)
    step.__doc__ = f'“{title}” opens and closes.'
    return step


def shows_diagnostics(desk):
    """“Diagnostics” opens from the main menu and closes."""
    State.window.key('F10')
    State.window.choose('Diagnostics')
    window = State.app.window('Diagnostics')
    wait_for('numbers', lambda: [label for label in window.labels() if re.search(r'\d', label)])
    window.key('Escape')
    State.app.wait_closed('Diagnostics')


def is_stacked():
    graph, table = State.window.graph(), window_driver.extents(State.window.table())
    return table[1] >= graph[1] + graph[3] and abs(table[0] - graph[0]) < 20


def stacks_when_narrow(desk):
    """Under 1300 px the graph stands above the table, beside it above that."""
    State.window.resize(1600, 900)
    wait_for('beside', lambda: not is_stacked())
    State.window.resize(1000, 700)
    wait_for('above', is_stacked)
    State.window.resize(1600, 900)
    wait_for('beside again', lambda: not is_stacked())


def stacks_by_menu(desk):
    """“Graph above Table” in the menu puts it there, and back."""
    for expected in (True, False):
        State.window.key('F10')
        State.window.choose('Graph above Table')
        wait_for(f'above: {expected}', lambda: is_stacked() == expected)


def fits_a_small_window(desk):
    """At 1000 by 700 the table shows its main columns and the graph its axis."""
    State.window.resize(1000, 700)
    wait_for('above', is_stacked)
    (x, _y, width, _height), bar = window_driver.extents(State.window.table()), State.window.header('Impacting Size')
    if bar[0] + bar[2] > x + width:
        raise Failure(f'Impacting Size ends at {bar[0] + bar[2]} of {x + width}')


def quits(desk):
    """Ctrl+Q ends the program well."""
    State.app.quit(State.window)


def starts_dark(desk):
    """The dark theme starts, and the middle of its table is dark."""
    app, window = desk.open_sample(GTK_THEME='Adwaita:dark')
    desk.check_table(window, desk.sample)
    picture = desk.new_path('dark') + '.txt'
    x, y, width, height = window_driver.extents(window.table())
    left, top = window.frame_size()
    place = f'1x1+{x + left + width // 2}+{y + top + height - 40}'
    desk.screenshot(picture, '-crop', place)
    with open(picture, encoding='utf-8') as text:
        color = re.search(r'#([0-9A-F]{6})', text.read())[1]
    if max(bytes.fromhex(color)) > 0x60:
        raise Failure(f'the colour is #{color}')
    app.quit(window)


def speaks_spanish(desk):
    """In Spanish no main label is left in English."""
    app, window = desk.open_sample(LANGUAGE='es', POOLSCOPE_LOCALE_DIR=os.path.join(desk.build_folder, 'po'))
    check_equal('groups', window.group_titles(), ['Tipo', 'Paginada', 'Etiqueta', 'Pila'])
    for text in ('Abrir', 'Exportar', 'Toda la traza'):
        window.wait('label', text)
    english = {'Open', 'Export', 'Whole trace', 'Type', 'Paged', 'Pool Tag', 'Stack', 'Count', 'Size',
               'Impacting Size', 'Peak Size', 'Other', 'NonPaged'}
    found = english.intersection(window.labels())
    if found:
        raise Failure(f'English: {found}')
    app.quit(window)


window_driver.run(opens, helper('Trace Properties', 'alt+Return', 'Windows'), shows_diagnostics,
                  helper('Keyboard Shortcuts', 'F1', 'Ctrl'), helper('Preferences', 'ctrl+comma', '.'),
                  stacks_when_narrow, stacks_by_menu, fits_a_small_window, quits, starts_dark, speaks_spanish)
