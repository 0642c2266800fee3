"""Frames folded away, modules shown once, and files of stack tags: what the table shows is what the command line says."""
import csv
import os
import re

import window_driver
from window_driver import Atspi, Failure, check_equal, wait_for

STACKS = r'stacks folds=(.*) groups=(.*)$'
TAGS = '''<?xml version="1.0"?>
<Tag Name="">
  <Tag Name="Faults"><Entrypoint Module="myfault.sys"/></Tag>
  <Tag Name="Files" Priority="2"><Entrypoint Module="ntfs.SYS" Method="*"/></Tag>
</Tag>
'''
BUTTONS = ('toggle button', 'push button', 'button')


class State:
    app = window = tags = None
    path = None


def stacks_line(mark):
    return State.app.wait_line(STACKS, mark).groups()


def current_path(mark):
    return State.app.wait_line('cursor (.*)', mark).group(1).split(' > ')


def walk_to_the_end():
    """Goes to the top row and down the heaviest path. Returns: the rows on the way."""
    for tries_left in (3, 2, 1, 0):
        State.window.key('Home')
        State.app.settle()
        try:
            State.window.press_until('ctrl+Right', 'cursor .* > .* > .* > ')
            break
        except Failure:  # the focus was elsewhere: with a window that has just closed
            if tries_left == 0:
                raise
            State.window.key('F6')
    State.app.settle()
    return current_path(0)


def cli_path(desk, *arguments):
    """The heaviest path of AIFO as the command line prints it."""
    output = desk.run_cli('table', desk.sample, '--group=type,paged,tag,stack', '--filter=type=AIFO', '--format=csv',
                          *arguments)
    rows = list(csv.DictReader(output.splitlines()))
    best = max(rows, key=lambda row: int(row['Impacting Size']))
    return [best['Type'], best['Paged'], best['Pool Tag'], *best['Stack'].split(';')]


def opens_the_heaviest_path(desk):
    """The heaviest path as it was recorded."""
    State.app, State.window = desk.open_sample()
    State.app.wait_line('names modules')
    State.app.settle()
    State.path = walk_to_the_end()
    check_equal('path', State.path, cli_path(desk))


def folds_a_module(desk):
    """Ctrl+Shift+D on the last frame folds its module away; a chip tells, and the path is the command line's."""
    mark = State.app.mark()
    State.window.key('ctrl+shift+d')
    module = State.path[-1].split('!')[0]
    check_equal('stacks', stacks_line(mark), (f'{module}!*', ''))
    State.window.wait(BUTTONS, re.compile(f'Folded {re.escape(module)}!'))
    State.app.wait_line('values', mark)
    State.app.settle()
    path = walk_to_the_end()
    check_equal('path', path, cli_path(desk, f'--fold={module}!*'))
    if any(frame.startswith(module + '!') for frame in path):
        raise Failure(f'{module} is in {path}')


def tells_in_the_copied_stack(desk):
    """The copied stack says what it does not show."""
    mark = State.app.mark()
    State.window.key('ctrl+c')
    State.app.wait_line('copied', mark)
    text = wait_for('clipboard', window_driver.clipboard)
    module = State.path[-1].split('!')[0]
    if f'without the frames folded away: {module}!*\n' not in text:
        raise Failure(f'copied {text!r}')


def undoes_and_redoes(desk):
    """Folding is a step of the history."""
    mark = State.app.mark()
    State.window.key('ctrl+z')
    State.window.wait_gone(BUTTONS, re.compile('Folded'))
    State.app.wait_line('values', mark)
    State.app.settle()
    check_equal('path', walk_to_the_end(), State.path)
    State.window.key('ctrl+shift+z')
    chip = State.window.wait(BUTTONS, re.compile('Folded'))
    Atspi.Action.do_action(chip, 0)
    State.window.wait_gone(BUTTONS, re.compile('Folded'))


def groups_modules(desk):
    """Group All Modules of the context menu, then one module alone."""
    State.app.settle()
    mark = State.app.mark()
    State.window.key('ctrl+alt+shift+m')
    check_equal('stacks', stacks_line(mark), ('', '*'))
    State.window.wait(BUTTONS, re.compile('All modules grouped'))
    State.app.wait_line('values', mark)
    State.app.settle()
    check_equal('path', walk_to_the_end(), cli_path(desk, '--group-modules'))
    mark = State.app.mark()
    State.window.key('ctrl+u')
    check_equal('stacks', stacks_line(mark), ('', ''))
    State.app.settle()
    check_equal('path', walk_to_the_end(), State.path)
    mark = State.app.mark()
    State.window.key('ctrl+alt+m')
    module = State.path[-1].split('!')[0]
    check_equal('stacks', stacks_line(mark), ('', module))
    State.app.settle()
    path = walk_to_the_end()
    if path[-1] != f'{module}!*' or any(frame.startswith(module + '!') and frame != f'{module}!*' for frame in path):
        raise Failure(f'grouped: {path}')
    State.window.key('ctrl+u')
    State.app.settle()


def folds_a_pattern(desk):
    """The window for a pattern folds what it is given."""
    mark = State.app.mark()
    State.window.key('ctrl+alt+d')
    dialog = State.app.window('Fold by Pattern')
    dialog.key('ctrl+a')
    dialog.type('*!Iop*')
    dialog.key('Return')
    State.app.wait_closed('Fold by Pattern')
    check_equal('stacks', stacks_line(mark), ('*!Iop*', ''))
    State.app.wait_line('values', mark)
    State.app.settle()
    check_equal('path', walk_to_the_end(), cli_path(desk, '--fold=*!Iop*'))
    State.window.key('ctrl+u')
    State.app.settle()


def choose_tags(path):
    window = State.app.window('Stack Tags')
    window.click(window.wait('label', 'Add…'))
    dialog = State.app.window('Choose a File of Stack Tags')
    dialog.key('slash')
    entry = dialog.wait('text')
    Atspi.EditableText.set_text_contents(entry, path)
    dialog.key('Return')


def takes_stack_tags(desk):
    """A file of stack tags fills the column Stack Tag as on the command line."""
    State.tags = desk.new_path('tags') + '.stacktags'
    with open(State.tags, 'w', encoding='utf-8') as file:
        file.write(TAGS)
    State.window.key('alt+F8')
    mark = State.app.mark()
    choose_tags(State.tags)
    State.app.wait_line(rf'stack tags {re.escape(State.tags)} entry-points=2 problem=$', mark)
    State.app.window('Stack Tags').wait('label', re.compile('2 entry points'))
    State.app.window('Stack Tags').key('Escape')
    State.app.wait_closed('Stack Tags')
    output = desk.run_cli('table', desk.sample, '--group=stacktag', f'--stacktags={State.tags}', '--format=csv')
    names = {line.split(',')[0] for line in output.splitlines()[1:]}
    if not {'Faults', 'Files'} <= names:
        raise Failure(f'tags {names}')
    State.window.key('F8')
    State.window.click(State.window.wait('combo box', 'Stacks'))
    mark = State.app.mark()
    State.window.key('Down', 'Down', 'Return')
    State.app.wait_line('flames ', mark)
    State.app.settle()
    mark = State.app.mark()
    State.window.key('ctrl+f')
    State.window.type('Faults')
    wait_for('Faults', lambda: any(re.match(r'flames .*found=[1-9]', line) for line in State.app.lines()[mark:]))


def tells_of_bad_tags(desk):
    """A file with an error is told with its line, in the window and under Diagnostics; without it all is well."""
    bad = desk.new_path('bad') + '.stacktags'
    with open(bad, 'w', encoding='utf-8') as file:
        file.write('<Tag Name="">\n<Tag Name="x">\n</Tagg>\n')
    State.window.key('alt+F8')
    mark = State.app.mark()
    choose_tags(bad)
    State.app.wait_line(rf'stack tags {re.escape(bad)} entry-points=0 problem=.*{re.escape(os.path.basename(bad))}', mark)
    window = State.app.window('Stack Tags')
    window.wait('label', re.compile(r'bad.*stacktags.*3'))
    mark = State.app.mark()
    window.click(window.wait(BUTTONS, 'Let it win over the one above'))
    State.app.wait_line(rf'stack tags files=2', mark)
    mark = State.app.mark()
    window.click(window.wait(BUTTONS, 'Remove from the list'))
    State.app.wait_line(rf'stack tags files=1', mark)
    window.wait_gone('label', re.compile('bad.*stacktags'))
    mark = State.app.mark()
    window.key('F5')
    State.app.wait_line(rf'stack tags files=1', mark)
    window.key('Escape')
    State.app.quit(State.window)


window_driver.run(opens_the_heaviest_path, folds_a_module, tells_in_the_copied_stack, undoes_and_redoes, groups_modules,
                  folds_a_pattern, takes_stack_tags, tells_of_bad_tags)
