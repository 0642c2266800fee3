#!/usr/bin/env python3
"""Prints the table of the benchmarks and writes it as JSON.

usage: bench_table.py LINES OUTPUT.json

LINES has a line of JSON for each case, as bench_report.c writes them.
"""

import json
import os
import platform
import sys
from pathlib import Path


def main():
    lines, output = Path(sys.argv[1]), Path(sys.argv[2])
    text = lines.read_text(encoding='utf-8') if lines.exists() else ''
    cases = [json.loads(line) for line in text.splitlines()]
    width = max([len('case'), *(len(case['case']) for case in cases)])
    print(f'\n{"case":{width}}  {"this run":>13}  {"goal":>13}')
    for case in cases:
        relation = '≥' if case['at_least'] else '≤'
        print(f'{case["case"]:{width}}  {case["value"]:9.2f} {case["unit"]:3}  {relation} {case["goal"]:7.2f} {case["unit"]:3}'
              f'  {"met" if case["met"] else "NOT MET"}')
    n_met = sum(case['met'] for case in cases)
    print(f'{n_met} of {len(cases)} goals met')
    table = {'processors': len(os.sched_getaffinity(0)), 'machine': platform.machine(), 'cases': cases}
    output.write_text(json.dumps(table, indent=2, ensure_ascii=False) + '\n', encoding='utf-8')
    print(output)


if __name__ == '__main__':
    main()
