"""How the time of a piece of work grows with its input: asked so that a busy machine doesn't change the answer.

Processor time of this thread, not the clock; the best of several runs; and never how long it takes, only how much
longer for eight times as much. Sizes rise step by step, so that what explodes is caught while it is still small.
"""

from collections.abc import Callable, Sequence
from time import thread_time

SIZES = (8, 16, 20, 24, 32, 64, 128, 256, 512, 1024, 2048)
LARGEST = SIZES[-1]
TIMES_AS_MUCH = 8
MOST_TIMES_AS_LONG = 24  # linear work takes 8 times as long, quadratic work 64 times
SEEN = 0.005  # seconds: less is too little to be compared
RUNS = 5

Prepared = Callable[[], object]


def grows_linearly(work: Callable[[int], Prepared], largest: int = LARGEST, sizes: Sequence[int] = SIZES) -> bool:
    """Whether work on eight times as much takes about eight times as long; `work(size)` prepares it.

    Judged at each of `sizes` whose work can be seen, which are stretched so that LARGEST becomes `largest`; a disturbed
    measurement is made again.
    """
    for size in (one * largest // LARGEST for one in sizes):
        prepared = work(size)
        if _seconds(prepared) > SEEN and not _keeps_pace(prepared, work(size // TIMES_AS_MUCH)):
            return False
    return True


def _keeps_pace(large: Prepared, small: Prepared) -> bool:
    quickest_large = quickest_small = float("inf")
    for _run in range(RUNS):
        quickest_large = min(quickest_large, _seconds(large))
        quickest_small = min(quickest_small, _seconds(small))
        if quickest_large < MOST_TIMES_AS_LONG * quickest_small:
            return True
    return False


def _seconds(work: Prepared) -> float:
    began = thread_time()
    work()
    return thread_time() - began
