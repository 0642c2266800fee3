"""What allocations are put down to: modules and their wrappers, drivers from lists of tags, ages, tooltips."""
import os
import re
import shutil

import window_driver
from window_driver import Failure, check_equal, wait_for

TAGS = 'Leak - mine.sys - Mine\nIrp - other.sys - Other - with a dash\nno line of a tag\n'


class State:
    app = window = preferences = None


def open_preferences():
    State.window.key('ctrl+comma')
    State.preferences = State.app.window('Preferences')
    State.preferences.click(State.preferences.wait(('tab', 'page tab', 'toggle button', 'radio button'), 'Modules and Tags'))


def set_entry(label, text):
    entry = State.preferences.wait('text', label)
    State.preferences.click(entry)
    State.preferences.key('ctrl+a')
    if text:
        State.preferences.type(text)
    else:
        State.preferences.key('Delete')
    State.preferences.key('Return')


def close_preferences():
    State.preferences.key('Escape')
    State.app.wait_closed('Preferences')


def groups_by_module(desk):
    """Grouped by module, the rows are those of the command line."""
    State.folder = desk.new_path('trace')
    os.mkdir(State.folder)
    State.trace = shutil.copy(desk.sample, State.folder)
    State.app = desk.start(State.trace)
    State.app.wait_loaded()
    State.window = State.app.window('sample.etl – Poolscope')
    State.window.resize(1800, 900)
    State.window.choose_preset('By Module')
    desk.check_table(State.window, desk.sample, '--group=module,paged,tag,stack')


def follows_the_wrappers(desk):
    """Another list of wrappers in the preferences changes the modules at once; the usual one comes back."""
    open_preferences()
    set_entry('Modules that allocate for others', 'ntoskrnl, ntfs')
    desk.check_table(State.window, desk.sample, '--group=module,paged,tag,stack', '--wrappers=ntoskrnl,ntfs')
    State.preferences.click(State.preferences.wait('push button', 'Usual List'))
    desk.check_table(State.window, desk.sample, '--group=module,paged,tag,stack')
    close_preferences()


def reads_a_list_of_tags(desk):
    """A list of tags gives drivers; one that is none is told, and nothing changes."""
    path = os.path.join(State.folder, 'my-tags.txt')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(TAGS)
    State.window.choose_preset('Type, Paged, Tag, Stack')
    wait_for('the groups', lambda: State.window.group_titles() == ['Type', 'Paged', 'Pool Tag', 'Stack'])
    State.window.group_also_by('Driver', 'Type')
    with_driver = [title.lower().replace('pool tag', 'tag') for title in State.window.group_titles()]
    grouping = f'--group={",".join(with_driver)}'
    desk.check_table(State.window, desk.sample, grouping)
    open_preferences()
    set_entry('List of pool tags', path)
    State.preferences.wait('label', '2 tags and 0 patterns; 1 other lines are left out')
    desk.check_table(State.window, desk.sample, grouping, f'--pooltags={path}')
    set_entry('List of your own pool tags', State.trace)
    State.preferences.wait('label', re.compile('sample.etl” cannot be used: .*; choose a file such as pooltag.txt'))
    desk.check_table(State.window, desk.sample, grouping, f'--pooltags={path}')
    set_entry('List of your own pool tags', '')
    close_preferences()


def point_at(title, text):
    """What the tooltip of the row with this text in this column tells."""
    row = wait_for(f'row {text}', lambda: next((row for row in State.window.rows() if row.texts[title] == text), None))
    return State.window.point_at(row, title)


def tells_of_a_tag(desk):
    """The pointer on a tag tells how source code writes it, its driver and what it is for."""
    State.window.choose_preset('Type, Paged, Tag, Stack')
    desk.check_table(State.window, desk.sample)
    State.window.key('Home', 'Right', 'Right')
    check_equal('tooltip', point_at('Pool Tag', 'Leak'), ['Leak', "In source code: 'kaeL'", 'Driver: mine.sys', 'Mine'])


def tells_of_a_process(desk):
    """The pointer on a process tells its command line, life, session and services."""
    State.window.choose_preset('By Process')
    desk.check_table(State.window, desk.sample, '--group=paged,tag,process,stack')

    def names():
        State.window.key('Right')
        return [row.texts['Process'] for row in State.window.rows() if row.texts['Process']]
    name = wait_for('a process', names)[0]
    lines = point_at('Process', name)
    check_equal('name', lines[0], name)
    for pattern in (r'(Started before the recording|Started at [\d.]+ s)',
                    r'(Still running at the end|Exited at [\d.]+ s with status \d+(, memory stayed: .*)?)', r'Session \d+'):
        if not any(re.fullmatch(pattern, line) for line in lines):
            raise Failure(f'no line “{pattern}” in {lines}')


def ages_with_the_range(desk):
    """Grouped by age, the rows follow the end of the range."""
    State.window.choose_preset('By Module')
    desk.check_table(State.window, desk.sample, '--group=module,paged,tag,stack')
    State.window.group_also_by('Age', 'Module')
    grouping = f'--group={",".join(title.lower().replace("pool tag", "tag") for title in State.window.group_titles())}'
    desk.check_table(State.window, desk.sample, grouping)
    State.window.key('ctrl+r')
    wait_for('entries', lambda: State.window.find('label', re.compile('^Seconds, or a number')))
    State.window.type('20')
    State.window.key('Tab')
    State.window.type('30')
    State.window.key('Return')
    wait_for('the range', lambda: State.app.find_line(r'values range=20000000000,30000000000 '))
    desk.check_table(State.window, desk.sample, grouping, '--range=20,30')
    State.app.quit(State.window)


def tells_what_values_mean(desk):
    """The pointer tells what a type means in the range, whose the recorder's tags are, what is no stack."""
    State.app, State.window = desk.open_sample()
    window = State.window
    window.press_until('Right', 'cursor AIFO > NonPaged$')
    window.press_until('Right', 'cursor AIFO > NonPaged > Leak$')
    check_equal('type', point_at('Type', 'AIFO')[::3], ['AIFO', 'Range: Whole trace'])
    if not any('not among the suspects' in line for line in point_at('Pool Tag', 'EtwB')):
        raise Failure('nothing tells that EtwB is of the recorder')
    row = next(row for row in window.rows() if row.texts['Type'] == 'AOFI')
    window.click_at(*window_driver.middle(window_driver.extents(row.node)))
    window.press_until('ctrl+Right', r'cursor AOFI > .* > \[Before trace\]$')
    lines = point_at('Stack', '[Before trace]')
    check_equal('stack', [lines[0], len(lines)], ['[Before trace]', 2])
    State.app.quit(window)


window_driver.run(groups_by_module, follows_the_wrappers, reads_a_list_of_tags, tells_of_a_tag, tells_of_a_process,
                  ages_with_the_range, tells_what_values_mean)
