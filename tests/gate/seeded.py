"""Pages with one seeded fault each: the canary of the gate. A gate that lets them pass is broken.

The faults are those of the research behind this product (36, each a change to one page that is otherwise clean), and
those kinds that an examination found to pass unseen.
A change that does not fit the page any more raises ValueError, so that no fault can go missing unseen.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Where = Literal["page", "style"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: its name, what is changed, and in which file: the page itself or its style sheet."""

    name: str
    change: Callable[[str], str]
    where: Where = "page"


def swapped(old: str, new: str, times: int = 1) -> Callable[[str], str]:
    """A change of one text to another, as often as is said."""

    def change(source: str) -> str:
        if old not in source:
            raise ValueError(f"the page has no {old!r} to change")
        return source.replace(old, new, times)

    return change


def added(rule: str) -> Callable[[str], str]:
    """A rule at the end of the style sheet."""
    return lambda source: f"{source}\n{rule}"


def before_main(html: str) -> Callable[[str], str]:
    """Something more at the beginning of main."""
    return swapped("<h1", f"{html}<h1")


TILE = '<label for="a-overall-5">'

FAULTS = (
    Fault("F01 no language", swapped('<html lang="en"', "<html")),
    Fault("F02 empty title", lambda page: re.sub("<title>[^<]*", "<title>", page)),
    Fault("F03 radios without a fieldset", lambda page: page.replace("fieldset>", "div>").replace("legend", "p")),
    Fault("F04 a label of nothing", swapped(TILE, '<label for="a-overall-9">')),
    Fault("F05 a picture without alt", before_main('<img src="data:,">')),
    Fault("F06 a picture that repeats its label", swapped(TILE, TILE + '<img src="data:," alt="Very good">')),
    Fault("F07 contrast of 3", added("main p, main li { color: #949494 !important }"), "style"),
    Fault("F08 contrast of 5", added("main p, main li { color: #6d6d6d !important }"), "style"),
    Fault("F09 buttons of 18 px", added("button { font-size: 10px !important; min-height: 0 !important; "
          "height: 18px !important; padding: 0 !important; line-height: 1.3 !important }"), "style"),
    Fault("F10 buttons of 30 px", added("button { min-height: 0 !important; height: 30px !important; "
          "padding: 0 9px !important }"), "style"),
    Fault("F11 an id twice", swapped("<h1", '<p id="survey">twice</p><h1')),
    Fault("F12 no zoom", swapped("initial-scale=1", "initial-scale=1, maximum-scale=1, user-scalable=no")),
    Fault("F13 an order of its own for the keyboard", before_main('<a href="/" tabindex="3">Home page</a>')),
    Fault("F14 described by nothing", swapped(TILE, TILE + '<span aria-describedby="nobody"></span>')),
    Fault("F15 a div as a button", before_main('<div hx-post="/s/x" class="button">Send</div>')),
    Fault("F16 a heading too deep", swapped("</h1>", "</h1><h4>Deep</h4>")),
    Fault("F17 a button without a name", before_main('<button type="button"><svg aria-hidden="true"></svg></button>')),
    Fault("F18 sound that starts by itself", before_main('<audio src="data:," autoplay></audio>')),
    Fault("F19 click here", before_main('<p><a href="/privacy">Click here</a></p>')),
    Fault("F20 a button in a link", before_main('<a href="/"><button type="button">Home page</button></a>')),
    Fault("F21 Arabic that nothing says is Arabic", before_main("<p>مرحبا بكم في الاستبيان</p>")),
    Fault("F22 no ring around the focus", added("* { outline: none !important }"), "style"),
    Fault("F23 900 px wide", added("main { width: 900px !important; max-width: none !important }"), "style"),
    Fault("F24 a page that goes on by itself", swapped("<title>", '<meta http-equiv="refresh" content="60"><title>')),
    Fault("F25 a placeholder for a label", before_main('<form method="get" action="/"><input name="code" '
          'placeholder="Your code"><button type="submit">Go on</button></form>')),
    Fault("F26 a radio of a role alone", before_main('<div role="radio" tabindex="0">Good day</div>')),
    Fault("F27 a name that is not what is seen", swapped('<button type="submit" class="main"',
          '<button aria-label="Proceed" type="submit" class="main"')),
    Fault("F28 an emoji for a label", swapped("<span>Very good</span>", "<span>😀</span>")),
    Fault("F29 sent by choosing", swapped('name="overall" value="5"',
          'name="overall" value="5" onchange="this.form.submit()"')),
    Fault("F30 a legend that comes late", swapped("<fieldset>", "<fieldset><p>First</p>")),
    Fault("F31 justified, lines close together", added("main p, main li { text-align: justify !important; "
          "line-height: 1 !important }"), "style"),
    Fault("F32 an error that its field knows nothing of", swapped('<textarea id="a-',
          '<p class="error">Please make it shorter.</p><textarea id="a-')),
    Fault("F33 an edge of 1.5", added(".tile label, textarea { border-color: #d0d0d0 !important; "
          "background: transparent !important }"), "style"),
    Fault("F34 a form without a button", before_main('<form method="get" action="/"><label>Code '
          '<input name="code"></label></form>')),
    Fault("F35 a picture as the only label", swapped("<span>Very good</span>", "")),
    Fault("F36 a div in a span", swapped("<span>Very good</span>", "<span><div>Very good</div></span>")),
    Fault("F37 no zoom by two fingers", added("html { touch-action: pan-x pan-y }"), "style"),
    Fault("F38 no zoom on the answers", added(".tile label { touch-action: none }"), "style"),
    Fault("F39 focus stolen by script", swapped("</body>", "<script>setTimeout(() => "
          "document.querySelector('textarea').focus(), 300)</script></body>")),
    Fault("F40 blank in landscape", added("@media (orientation: landscape) { main { display: none } }"), "style"),
    Fault("F41 turned back in landscape", added("@media (orientation: landscape) { form { visibility: hidden; "
          "height: 0; overflow: hidden } }"), "style"),
    Fault("F42 links by colour alone", added("a { text-decoration: none !important }"), "style"),
    Fault("F43 a link in a sentence by colour alone", before_main('<p>Read <a class="bare" href="/privacy">what we '
          'keep</a> first.</p><style>.bare { text-decoration: none }</style>')),
    Fault("F44 English that is called Polish", before_main('<p lang="pl" dir="ltr">How was the food and what did you '
          'like?</p>')),
    Fault("F45 English that is called Arabic", before_main('<p lang="ar" dir="rtl">How was the food today?</p>')),
    Fault("F46 Polish that is called English", before_main('<p lang="en" dir="ltr">Jak było i czy jest coś, czego nie '
          'ma?</p>')),
    Fault("F47 a language that is none", before_main('<p lang="english_gb" dir="ltr">Hello again</p>')),
    Fault("F48 a name that leaves the label out", swapped('name="overall" value="5"',
          'name="overall" value="5" aria-labelledby="title"')),
    Fault("F49 a button named otherwise", swapped('name="finish" value="1"',
          'name="finish" value="1" aria-label="Submit form"')),
    Fault("F50 a span as a button", before_main('<span class="button">Send</span>')),
    Fault("F51 a span that can be pressed", before_main('<p><span class="go">Next page</span></p>'
          '<style>.go { cursor: pointer; text-decoration: underline }</style>')),
    Fault("F52 a span with the keyboard", before_main('<span tabindex="0" role="note">Continue</span>')),
    Fault("F53 answers upside down", added("#q-overall fieldset { display: flex !important; "
          "flex-direction: column-reverse !important }"), "style"),
    Fault("F54 one answer put first", added("fieldset { display: flex; flex-direction: column } "
          ".tile:nth-of-type(3) { order: -1 }"), "style"),
    Fault("F55 words cut off", added(".tile label { height: 40px !important; min-height: 0 !important; "
          "overflow: hidden !important; padding-top: 20px !important }"), "style"),
    Fault("F56 words that end in dots", added(".tile label { white-space: nowrap; overflow: hidden; "
          "text-overflow: ellipsis }"), "style"),
    Fault("F57 words out of their box", added(".lines li { height: 20px !important; padding: 0 !important }"), "style"),
    Fault("F58 a box that can't scroll", added("main { height: 300px; overflow: hidden }"), "style"),
    Fault("F59 a page that can't scroll", added("html, body { height: 100vh; overflow: hidden }"), "style"),
    Fault("F60 a box that no key scrolls", added("fieldset { max-height: 200px; overflow-y: auto }"), "style"),
    Fault("F61 a ring that is cut off", added(".tile { overflow: hidden }"), "style"),
    Fault("F62 a ring that is cut off by its form", added("#survey { contain: paint; margin: 0 -4px; padding: 0 }"),
          "style"),
)  # fmt: skip
