"""Checks that yield what they complain about, reported as TAP."""
import sys


def report_complaints(checks):
    """Runs checks (name, complaints), the complaints to standard error; the exit status."""
    n_checks = n_failures = 0
    for name, complaints in checks:
        complaints = list(complaints)
        n_checks += 1
        n_failures += bool(complaints)
        print('not ok' if complaints else 'ok', n_checks, '-', name, flush=True)
        for complaint in complaints:
            print(complaint, file=sys.stderr)
    print(f'1..{n_checks}')
    return 1 if n_failures else 0
