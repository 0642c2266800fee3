"""Presets of the table, the metrics they show, and the trend of a row."""
import re

import window_driver
from window_driver import check_equal, middle, wait_for

USUAL = ['Count', 'Size', 'Impacting Size', 'Peak Size']
GROWTH = ['Growth', 'Recent Growth', 'Steady', 'Verdict', 'Freed %', 'Impacting Size']
GROWTH_COLUMNS = '--columns=growth,recent,steady,verdict,freed,impacting'


class State:
    app = window = None


def wait_titles(expected):
    wait_for(f'columns {expected}', lambda: check_equal('columns', State.window.header_titles(), expected) is None)


def groups_otherwise(desk):
    """Each preset brings its groups and columns, the rows are those of the command line."""
    State.app, State.window = desk.open_sample()
    State.window.resize(1800, 900)
    for label, group, titles in (
            ('By Process', 'paged,tag,process,stack', ['Paged', 'Pool Tag', 'Process', 'Stack']),
            ('By Service', 'service,paged,tag,stack', ['Service', 'Paged', 'Pool Tag', 'Stack']),
            ('By Module', 'module,paged,tag,stack', ['Module', 'Paged', 'Pool Tag', 'Stack']),
            ('Type, Paged, Tag, Stack', 'type,paged,tag,stack', ['Type', 'Paged', 'Pool Tag', 'Stack'])):
        State.window.choose_preset(label)
        wait_titles(titles + [''] + USUAL)
        desk.check_table(State.window, desk.sample, f'--group={group}')


def keeps_widths(desk):
    """A column that was made wider stays so, wherever a preset puts it; the others keep theirs."""
    window, expected = State.window, dict(State.window.headers())
    x, y, _width, height = expected['Stack']
    window.drag(x - 7, y + height / 2, x + 43, y + height / 2)

    def is_kept():
        shown = window.headers()
        for title, box in shown:
            if title in expected and title != 'Stack':  # which takes the room that is left
                check_equal(f'width of {title}', box[2], expected[title][2] + (50 if title == 'Pool Tag' else 0))
        return shown[0][0] == 'Module'
    window.choose_preset('By Module')
    wait_for('its columns', is_kept)


def tells_who_frees(desk):
    """“Who Frees” counts the frees by their stacks."""
    State.window.choose_preset('Who Frees')
    wait_titles(['Paged', 'Pool Tag', 'Free Stack', '', 'Frees', 'Allocs', 'Freed %', 'Size', 'Impacting Size'])
    desk.check_table(State.window, desk.sample, '--group=paged,tag,freestack',
                     '--columns=frees,allocs,freed,size,impacting', '--sort=frees')


def show_growth(desk, *arguments):
    """Without the trend, which the command line does not have."""
    desk.check_table(State.window, desk.sample, '--group=paged,tag,stack', GROWTH_COLUMNS, *arguments)


def shows_growth(desk):
    """“Growth”, from the main menu, has growth and verdicts, what grew the most first."""
    State.window.key('F10')
    State.window.choose('Presets')
    State.window.choose('Growth')
    wait_titles(['Paged', 'Pool Tag', 'Stack', '', 'Trend'] + GROWTH)
    State.app.wait_line('preset growth')


def draws_trends(desk):
    """The trend of a row is that of the timeline in so many parts."""
    window = State.window
    lines = desk.run_cli('timeline', desk.sample, '--filter=paged=NonPaged', '--bins=32').splitlines()[1:]
    lasts = [int(line.split(',')[2]) for line in lines]

    def has_trend():
        row = next(row for row in window.rows() if row.texts['Paged'] == 'NonPaged')
        found = re.fullmatch(r'(\S+ \S+) – (\S+ \S+), at most (\S+ \S+)', row.texts['Trend'])
        return found and [to_bytes(text) for text in found.groups()]
    found = wait_for('the trend', has_trend)
    for text_bytes, expected in zip(found, (lasts[0], lasts[-1], max(lasts))):
        if abs(text_bytes - expected) > expected * 0.006:
            raise window_driver.Failure(f'{text_bytes} is not {expected}')


def to_bytes(text):
    number, unit = text.split()
    return float(number) * 1024 ** ['B', 'KiB', 'MiB', 'GiB'].index(unit)


def compares_growth(desk):
    """Growth and verdicts are those of the command line, also sorted by another column and in a dragged range."""
    window = State.window
    window.choose_from(middle(window.header('Trend')), 'Hide Column')
    wait_titles(['Paged', 'Pool Tag', 'Stack', ''] + GROWTH)
    show_growth(desk, '--sort=growth')
    window.click_at(*middle(window.header('Recent Growth')))
    show_growth(desk, '--sort=recent')
    window.click_at(*middle(window.header('Verdict')))
    show_growth(desk, '--sort=verdict')
    mark = State.app.mark()
    x, y, width, height = window.graph()
    window.drag(x + width * 0.5, y + height * 0.3, x + width * 0.8, y + height * 0.3)
    State.app.settle(2)
    start, end = State.app.wait_line(r'values range=([1-9]\d*),(\d+)', mark).groups()
    show_growth(desk, '--sort=verdict', f'--range={start}ns,{end}ns')


def quits(desk):
    """The program ends well."""
    State.app.quit(State.window)


window_driver.run(groups_otherwise, keeps_widths, tells_who_frees, shows_growth, draws_trends, compares_growth, quits)
