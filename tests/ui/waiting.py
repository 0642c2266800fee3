"""Waiting for what the program under test is to show."""
import time

from gi.repository import GLib

SECONDS = 20  # that anything may take; the programs under test may be slowed down by sanitizers


class Failure(Exception):
    """A step that did not come true."""


def wait_for(what, condition, seconds=SECONDS):
    """Returns the first true value of condition, which may be a Failure's message to tell why it is not there."""
    end = time.monotonic() + seconds
    reason = ''
    while True:
        try:
            value = condition()
            if value:
                return value
        except Failure as failure:
            reason = f': {failure}'
        except GLib.Error as error:  # a widget that has gone meanwhile
            reason = f': {error.message}'
        if time.monotonic() > end:
            raise Failure(f'{what}{reason}')
        time.sleep(0.02)


def check_equal(what, found, expected):
    if found != expected:
        raise Failure(f'{what}: expected {expected!r}, found {found!r}')
