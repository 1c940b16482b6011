"""`python -m benchmarks` runs every benchmark, `python -m benchmarks posting` one; each line is `met` or `missed`."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks

NOT_BENCHMARKS = {"__main__", "measure"}


def main(names: list[str]) -> int:
    """Print the figures of the named benchmarks; 2 when one of them does not exist."""
    known = sorted(
        module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name not in NOT_BENCHMARKS
    )
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.stderr.write(f"No benchmark {', '.join(unknown)}. There are: {', '.join(known)}.\n")
        return 2
    for name in names or known:
        for figure in importlib.import_module(f"benchmarks.{name}").figures():
            print(figure, flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
