"""Phones that can speak, or can't (the Web Speech API, played by `voices.js`); what waits and is kept on one."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import MakePage

VOICES = Path(__file__).with_name("voices.js").read_text(encoding="utf-8")
ENGLISH = {"voices": ["de-DE", "en-US", "en-GB", "pl-PL"]}
ON_THE_PHONE = """() => new Promise(done => {
  const asking = indexedDB.open('survey', 1)
  asking.onsuccess = () => {
    const all = asking.result.transaction('drafts').objectStore('drafts').getAll()
    all.onsuccess = () => { asking.result.close(); done(all.result) }
  }
})"""
KEPT_PAGES = """async () => {
  const cache = await caches.open('survey')
  const kept = (await cache.keys()).filter(one => /^.s.[^./]+$/i.test(new URL(one.url).pathname))
  return Promise.all(kept.map(async one => [one.url, await (await cache.match(one)).text()]))
}"""


def on_a_phone(make_page: MakePage, **can: Any) -> Page:
    """A page on a phone that can do this; see `voices.js`."""
    page = make_page()
    page.add_init_script(f"window.phone = {json.dumps(can)};\n{VOICES}")
    return page


def wait_until_kept(page: Page, count: int = 1) -> list[Any]:
    """Wait until the worker has kept so many pages; their addresses and texts."""
    for _ in range(300):
        pages: list[Any] = page.evaluate(KEPT_PAGES)
        if len(pages) >= count:
            return pages
        page.wait_for_timeout(100)
    raise AssertionError(f"{len(pages)} pages are kept, not {count}")


def wait_until_only_these_are_kept(page: Page, codes: Sequence[str]) -> list[Any]:
    """Wait until the worker has kept these cards' pages and let go of all others; their addresses and texts."""
    for _ in range(300):
        pages: list[Any] = page.evaluate(KEPT_PAGES)
        if sorted(url.rpartition("/")[2] for url, _text in pages) == sorted(codes):
            return pages
        page.wait_for_timeout(100)
    raise AssertionError(f"{[url for url, _text in pages]} are kept, not {codes}")
