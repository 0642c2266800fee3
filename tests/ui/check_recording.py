"""Recording: the page with its commands, a profile that is saved, one that is opened and mended, a zipped trace."""
import os
import re
import zipfile

import window_driver
from window_driver import check_equal, clipboard, xdotool
from gi.repository import Atspi

BROKEN = '''<?xml version="1.0"?>
<WindowsPerformanceRecorder Version="1.0">
  <Profiles>
    <SystemCollector Id="C" Name="NT Kernel Logger"/>
    <SystemProvider Id="P">
      <Keywords><Keyword Value="Pool"/></Keywords>
    </SystemProvider>
    <Profile Id="N.Verbose.File" Name="N" Description="D" LoggingMode="File" DetailLevel="Verbose">
      <Collectors><SystemCollectorId Value="C"><SystemProviderId Value="P"/></SystemCollectorId></Collectors>
    </Profile>
  </Profiles>
</WindowsPerformanceRecorder>
'''


class State:
    app = main = page = saved = None


def press(node):
    Atspi.Action.do_action(node, 0)


def copy_and_read(app, command):
    """Copies with the button of the command; returns what the clipboard then holds."""
    press(State.page.wait('push button', f'Copy “{command}”'))
    app.wait_line(re.escape(f'copied {command}'))
    return clipboard()


def save_as(app, window, button, title, path):
    """Presses a save button and answers the dialog that it opens with a path of its own."""
    window.click(window.wait('label', button))
    dialog = app.window(title)
    entry = dialog.wait('text')
    Atspi.EditableText.set_text_contents(entry, path)
    dialog.click(dialog.wait('label', 'Save'))
    app.wait_line(re.escape(f'saved profile {path}'))


def shows_the_page(desk):
    """The start page leads to the recording page."""
    State.app = desk.start()
    State.main = State.app.window('Poolscope')
    State.main.click(State.main.wait('label', 'Record a Trace…'))
    State.page = State.app.window('Record a Trace')
    for command in ('wpr -start GeneralProfile -start Pool -filemode', 'wpr -start pool.wprp -filemode',
                    'wpr -cancel', 'wpr -status collectors -details', 'wpr -disablepagingexecutive on'):
        State.page.wait('label', command)


def copies_a_command(desk):
    """A command's button puts it on the clipboard."""
    command = 'wpr -start GeneralProfile -start Pool -filemode'
    check_equal('clipboard', copy_and_read(State.app, command), command)


def types_a_tag(desk):
    """A tag typed with the keyboard changes the commands."""
    State.page.click(State.page.wait('label', re.compile('Only up to four')))
    State.page.wait('label', re.compile('^Type at least one tag'))
    xdotool('type', '--delay', 40, 'Leak')
    State.page.wait('label', 'wpr -start pool-Leak.wprp -filemode')
    State.page.wait_gone('label', re.compile('GeneralProfile'))
    State.page.click(State.page.wait('label', re.compile('Into memory')))
    command = 'wpr -start pool-Leak.wprp'
    check_equal('clipboard', copy_and_read(State.app, command), command)


def saves_the_profile(desk):
    """The saved profile is clean under the check of the command line, and what the command line writes."""
    path = os.path.join(desk.folder, 'mine.wprp')
    save_as(State.app, State.page, 'Save Profile…', 'Save the Recording Profile', path)
    check_equal('findings', desk.run_cli('profile', '--check', path), '')
    with open(path, encoding='utf-8') as saved:
        check_equal('profile', saved.read(), desk.run_cli('profile', '--tag', 'Leak', '--mode', 'memory'))
    State.page.wait('label', 'wpr -start mine.wprp')
    State.page.key('Escape')
    State.app.wait_closed('Record a Trace')
    State.app.quit(State.main)


def mends_a_profile(desk):
    """An opened profile shows its findings, and the mended one has none."""
    path = os.path.join(desk.folder, 'broken.wprp')
    with open(path, 'w', encoding='utf-8') as broken:
        broken.write(BROKEN)
    app = desk.start(path)
    app.wait_line('profile broken.wprp findings=8 left=0')
    window = app.window('broken.wprp')
    window.wait('label', re.compile('keyword ProcessThread is missing'))
    window.wait('label', 'Line 6')
    mended = os.path.join(desk.folder, 'mended.wprp')
    save_as(app, window, 'Save Mended Profile…', 'Save the Mended Profile', mended)
    check_equal('findings', desk.run_cli('profile', '--check', mended), '')
    window.key('Escape')
    app.wait_closed('broken.wprp')
    app.quit(app.window('Poolscope'))


def refuses_a_hostile_one(desk):
    """A profile with entities is refused with file, line and what."""
    path = os.path.join(desk.folder, 'hostile.wprp')
    with open(path, 'w', encoding='utf-8') as hostile:
        hostile.write('<!DOCTYPE x [<!ENTITY a "b">]>\n<WindowsPerformanceRecorder/>')
    app = desk.start(path)
    app.wait_line('failed “hostile.wprp” line 1 has a document type')
    app.window('hostile.wprp').wait('label', re.compile('line 1 has a document type'))
    app.kill()
    desk.apps.remove(app)


def opens_a_zipped_trace(desk):
    """A trace in a zip archive opens as it is."""
    path = os.path.join(desk.folder, 'pool.zip')
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(desk.sample, 'logs/sample.etl')
    app = desk.start(path)
    app.wait_loaded()
    window = app.window('pool.zip/logs/sample.etl – Poolscope')
    desk.check_table(window, desk.sample)
    app.quit(window)


window_driver.run(shows_the_page, copies_a_command, types_a_tag, saves_the_profile, mends_a_profile,
                  refuses_a_hostile_one, opens_a_zipped_trace)
