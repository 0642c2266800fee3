#!/usr/bin/env python3
"""What is said about the health of traces that lack one thing each: the report as text and as JSON, and the warnings.

usage: check_health.py POOLSCOPE-CLI MAKE-CLI-TRACES
"""

import json
import re
import subprocess
import sys
from pathlib import Path

from made_traces import report_checks

RULES = Path(__file__).parents[2] / 'src/export/trace_health_rules.c'

# health-NAME.etl: name, severity and sentence of every finding, in order. Of the 80 blocks of 1 KiB those of the
# seconds 5, 15 … 75 are never freed, nor are the last two.
FINDINGS = {
    'clean': [],
    'no-pool-events': [('no-pool-events', 'serious', 'there are no pool events in this trace')],
    'no-pool-activity': [('no-pool-activity', 'serious', 'pool events were switched on, but none was recorded')],
    'no-allocations': [
        ('no-allocations', 'serious', 'there are frees but no allocations in this trace'),
        ('blocks-of-before', 'note', 'there are frees of blocks allocated before the trace (70)')],
    'no-frees': [('no-frees', 'serious', 'there are no frees in this trace')],
    'event-lost': [
        ('events-lost', 'serious', 'events were lost while recording (1)'),
        ('doubtful-leaks', 'serious', '4 KiB of the 10 KiB allocated and not freed predate the last loss, at 40.500 s')],
    'events-lost-in-a-buffer': [
        ('events-lost', 'serious', 'events were lost while recording (12)'),
        ('doubtful-leaks', 'serious', '5 KiB of the 10 KiB allocated and not freed predate the last loss, at 50.000 s')],
    'buffer-lost': [
        ('buffers-lost', 'serious', 'buffers were lost while recording (1)'),
        ('doubtful-leaks', 'serious', '4 KiB of the 10 KiB allocated and not freed predate the last loss, at 40.000 s')],
    'events-lost-somewhere': [
        ('events-lost', 'serious', 'events were lost while recording (3)'),
        ('loss-at-unknown-time', 'serious', 'nothing in the trace tells when events were lost: '
         'all of the 10 KiB allocated and not freed are in doubt')],
    'buffers-lost-somewhere': [
        ('buffers-lost', 'serious', 'buffers were lost while recording (2)'),
        ('loss-at-unknown-time', 'serious', 'nothing in the trace tells when events were lost: '
         'all of the 10 KiB allocated and not freed are in doubt')],
    'cut-short': [('cut-short', 'serious', 'the file ends in the middle of a buffer, after 256 KiB')],
    'buffer-missing': [('buffers-missing', 'serious', 'the file holds 16 of the 17 buffers that were written')],
    'not-stopped': [('not-stopped', 'warning', 'the recording was not ended properly')],
    # Of 16 buffers the last 6 are left: those of processor 0 begin at 50 s, those of processor 1 a second later.
    'wrapped': [
        ('ragged-start', 'warning', 'the recording wrapped: it is complete only from 51.000 s on'),
        ('blocks-of-before', 'note', 'there are frees of blocks allocated before the trace (2)')],
    'not-wrapped': [],
    'freed-twice': [
        ('frees-of-lost-allocations', 'warning', 'there are frees of blocks whose allocation was lost (1)')],
    'allocated-twice': [
        ('frees-not-seen', 'warning',
         'frees were provably lost: addresses were allocated again without a free between (1)')],
    'freed-unseen': [('blocks-of-before', 'note', 'there are frees of blocks allocated before the trace (1)')],
    'damaged': [
        ('BUFFERS_DAMAGED', 'warning', '1 buffers are damaged; they were read up to the damage'),
        ('blocks-of-before', 'note', 'there are frees of blocks allocated before the trace (1)')],
    'no-stack': [
        ('no-stacks', 'warning', 'there are no stacks in this trace'),
        ('no-free-stacks', 'note', 'frees have no stacks in this trace')],
    'some-stacks': [('stacks-missing', 'warning', 'only 80 % of the bytes allocated and not freed have a stack')],
    'no-free-stacks': [('no-free-stacks', 'note', 'frees have no stacks in this trace')],
    'no-image': [('no-images', 'warning', 'there are no image events in this trace')],
    'unmerged': [
        ('no-image-identities', 'warning', 'there are no image identities in this trace: it was not merged')],
    'no-process': [('no-processes', 'warning', 'there are no process events in this trace')],
    'four-tags': [
        ('few-tags', 'note',
         'only these pool tags were recorded: Tag0, Tag1, Tag2, Tag3; probably a tag filter was set')],
    'short': [('short-trace', 'note', 'the trace is only 59 s long')],
    'verifier': [('verifier', 'note', 'Driver Verifier was on')],
    'recorder': [
        ('recorder-blocks', 'note',
         'the blocks of the recording itself are among the numbers (14 with tags EtwB, EtwD, EtwR)')]}

HEADING = 'What is missing for a good analysis, and how to record it next time:\n'


def run(*arguments):
    result = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=60, check=False)
    return result.returncode, result.stdout, result.stderr


def checks(folder):
    """(title, what was got, what is expected)"""
    for name, findings in FINDINGS.items():
        trace = f'{folder}/health-{name}.etl'
        status, text, errors = run('info', trace)
        health = json.loads(run('info', trace, '--format=json')[1])['health']
        yield f'{name}: findings', [(item['name'], item['severity'], item['sentence']) for item in health], findings
        said = [f'{item["sentence"]}. {item["consequence"]} {item["advice"]}' for item in health]
        lines = [f'  {item["severity"]}: {line}' for item, line in zip(health, said)] or ['  nothing']
        yield f'{name}: the report says the same', text.partition(HEADING)[2].splitlines(), lines
        yield f'{name}: the report is written', (status, errors), (0, '')
        warnings = [f'poolscope-cli: warning: {line}' for item, line in zip(health, said) if item['severity'] != 'note']
        status, text, errors = run('table', trace, '--format=json', '--limit=1')
        yield f'{name}: the table warns, once each', (status, errors.splitlines()), (0, warnings)
        yield f'{name}: the table as JSON has the same', json.loads(text)['health'], health
    shown = {finding[0] for findings in FINDINGS.values() for finding in findings}
    rules = set(re.findall(r'^  { "([a-z-]+)", TRACE_HEALTH_', RULES.read_text(encoding='utf-8'), re.MULTILINE))
    yield 'every rule has a trace', shown - {'BUFFERS_DAMAGED'}, rules
    made = {path.stem.removeprefix('health-') for path in folder.glob('health-*.etl')}
    yield 'every trace has its findings', made, set(FINDINGS)


if __name__ == '__main__':
    PROGRAM = sys.argv[1]
    sys.exit(report_checks(sys.argv[2], checks))
