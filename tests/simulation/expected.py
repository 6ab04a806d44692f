"""What must be true of one person's answers, whatever has happened: the model that an event is held against."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Person:
    """What one person has sent and was told of it; each text that is sent is sent by one person in one version."""

    sent: dict[str, int] = field(default_factory=dict)
    acknowledged: int = 0
    finished: set[str] = field(default_factory=set)
    asks_back: bool = False
    is_withdrawn: bool = False

    def faults(self, sealed: Counter[str], begun: Counter[str]) -> Iterator[str]:
        """Say what is wrong with what is stored, sealed or only begun, by text."""
        if self.is_withdrawn:
            yield from (f"{text} was taken back and is there" for text in self.sent if sealed[text] or begun[text])
            return
        yield from (f"{text} is stored {sealed[text]} times" for text in self.sent if sealed[text] + begun[text] > 1)
        if self.asks_back:  # it may be gone, though nobody has heard so yet
            return
        sealed_last = max((self.sent[text] for text in self.sent if sealed[text]), default=0)
        stored_last = max((self.sent[text] for text in self.sent if begun[text]), default=sealed_last)
        yield from (
            f"{text} was acknowledged and is lost, and nothing newer was sent"
            for text in self.finished
            if self.sent[text] > sealed_last
        )
        if not sealed_last and stored_last < self.acknowledged:
            yield f"version {self.acknowledged} was acknowledged and version {stored_last} is stored"
