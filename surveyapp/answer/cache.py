"""Small caches of one process: an edition never changes, a card is looked up again after seconds."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Cache(Generic[Value]):
    """The newest values by key, at most `size` of them, each for `seconds` (None = for ever)."""

    def __init__(self, size: int, seconds: float | None = None) -> None:
        self._size = size
        self._seconds = seconds
        self._kept: OrderedDict[Hashable, tuple[float, Value]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The kept value, or a new one; two threads may both make it, and either is right."""
        now = time.monotonic()
        kept = self._kept.get(key)
        if kept is not None and self._is_fresh(kept[0], now):
            return kept[1]
        value = make()
        self._kept[key] = (now, value)
        self._kept.move_to_end(key)
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)
        return value

    def kept(self, key: Hashable) -> Value | None:
        """The kept value, if there is one."""
        kept = self._kept.get(key)
        return kept[1] if kept is not None and self._is_fresh(kept[0], time.monotonic()) else None

    def _is_fresh(self, since: float, now: float) -> bool:
        return self._seconds is None or now - since < self._seconds
