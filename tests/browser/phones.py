"""Phones that can speak, or can't (the Web Speech API, played by `voices.js`); and what waits on one to be sent."""

import json
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


def on_a_phone(make_page: MakePage, **can: Any) -> Page:
    """A page on a phone that can do this; see `voices.js`."""
    page = make_page()
    page.add_init_script(f"window.phone = {json.dumps(can)};\n{VOICES}")
    return page
