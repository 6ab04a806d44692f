"""What every page must hold to, whichever test fetches it: sound HTML, one heading, names for everything.

Rules: WCAG 2.2 1.1.1, 1.3.1, 1.4.2, 2.2.1, 2.4.2, 2.4.4, 2.4.6, 3.1.1, 3.3.1, 3.3.2, 4.1.2, and a
policy that allows nothing inline.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from tests.html_tokens import QuickParser

FIELDS = ("input", "select", "textarea")
NAMELESS = frozenset({"hidden", "submit", "button", "reset", "image"})
REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "for", "form", "list")
INTERACTIVE = frozenset({"a", "button", "input", "select", "textarea", "label"})
BLOCKS = frozenset({"div", "p", "ul", "ol", "section", "h1", "h2", "h3", "fieldset", "form", "table"})
PHRASING_ONLY = frozenset({"span", "p", "button", "label", "h1", "h2", "h3", "h4", "strong", "em", "bdi"})
EMPTY_LINK_WORDS = frozenset({"click here", "here", "more", "read more", "link", "this link", "this page"})
NATIVE = frozenset({"a", "button", "form"})


def parsed(html: str) -> Element:
    """The page as a tree. Raises AssertionError naming the first thing that HTML doesn't allow."""
    parser = QuickParser(namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    assert not parser.errors, f"not sound HTML: {parser.errors[:3]}"
    return tree


def faults(tree: Element) -> list[str]:
    """Everything that is wrong with a page, as sentences."""
    return [fault for rule in RULES for fault in rule(tree)]


def _document(tree: Element) -> Iterator[str]:
    if not tree.get("lang"):
        yield "the page has no lang"
    if not "".join(tree.findtext(".//title") or "").strip():
        yield "the page has no title"
    if len(tree.findall(".//h1")) != 1:
        yield f"the page has {len(tree.findall('.//h1'))} h1"
    if len(tree.findall(".//main")) != 1:
        yield "the page has not one main"
    viewport = tree.find(".//meta[@name='viewport']")
    if viewport is None or "maximum-scale" in viewport.get("content", "") or "user-scalable" in str(viewport.attrib):
        yield "the page forbids zooming, or names no viewport"


def _headings(tree: Element) -> Iterator[str]:
    levels = [int(element.tag[1]) for element in tree.iter() if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6")]
    for above, below in itertools.pairwise(levels):
        if below > above + 1:
            yield f"h{above} is followed by h{below}"


def _identifiers(tree: Element) -> Iterator[str]:
    ids = [element.get("id", "") for element in tree.iter() if element.get("id") is not None]
    yield from (f"id “{name}” stands {times} times" for name, times in Counter(ids).items() if times > 1)
    known = set(ids)
    for element in tree.iter():
        for attribute in REFERENCES:
            for name in (element.get(attribute) or "").split():
                if name not in known:
                    yield f"{element.tag} {attribute} names “{name}”, which isn't there"
        target = element.get("href") or ""
        if element.tag == "a" and target.startswith("#") and target[1:] not in known:
            yield f"a link leads to {target}, which isn't there"


def _names(tree: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in tree.iter("label")}
    wrapped = {id(field) for label in tree.iter("label") for field in label.iter() if field.tag in FIELDS}
    for field in (element for element in tree.iter() if element.tag in FIELDS):
        if field.get("type") in NAMELESS:
            continue
        named = field.get("id") in labelled or id(field) in wrapped or field.get("aria-label")
        if not (named or field.get("aria-labelledby")):
            yield f"{field.tag} “{field.get('name')}” has no label"
    for element in tree.iter():
        if element.tag in ("a", "button") and not _text(element) and not element.get("aria-label"):
            yield f"a {element.tag} says nothing"
        if element.tag == "img" and element.get("alt") is None:
            yield "an img has no alt"


def _groups(tree: Element) -> Iterator[str]:
    inside = {id(field) for fieldset in tree.iter("fieldset") for field in fieldset.iter("input")}
    for field in tree.iter("input"):
        if field.get("type") == "radio" and id(field) not in inside:
            yield f"radio “{field.get('name')}” is in no fieldset"
    for fieldset in tree.iter("fieldset"):
        first = fieldset[0] if len(fieldset) else None
        if first is None or first.tag != "legend" or not _text(first):
            yield "a fieldset does not begin with its legend"


def _forms(tree: Element) -> Iterator[str]:
    for form in tree.iter("form"):
        if form.get("method", "").lower() not in ("get", "post") or not form.get("action"):
            yield "a form names no method and action"
    for element in tree.iter():
        behaves = [name for name in element.attrib if str(name).startswith("hx-")]
        if behaves and element.tag not in NATIVE:
            yield f"{element.tag} has {behaves[0]} and does nothing without script"
        if element.get("hx-post") and element.tag == "form" and element.get("hx-post") != element.get("action"):
            yield "a form's hx-post is not its action"
        if element.get("hx-get") and element.tag == "a" and element.get("hx-get") != element.get("href"):
            yield "a link's hx-get is not its href"
        if element.get("hx-post") and element.tag == "button" and element.get("hx-post") != element.get("formaction"):
            yield "a button's hx-post is not its formaction"


def _nothing_inline(tree: Element) -> Iterator[str]:
    for element in tree.iter():
        if element.tag == "style" or element.get("style") is not None:
            yield f"{element.tag} carries its style inline"
        if element.tag == "script" and (not element.get("src") or _text(element)):
            yield "a script stands in the page"
        yield from (f"{element.tag} carries {name}" for name in element.attrib if str(name).lower().startswith("on"))
        for name in ("href", "src", "action"):
            if str(element.get(name, "")).strip().lower().startswith("javascript:"):
                yield f"{element.tag} runs script by its {name}"


def _nesting(tree: Element) -> Iterator[str]:
    keyed = {one for form in tree.iter() if form.get("data-keys") is not None for one in form.iter("input")}
    for element in tree.iter():
        if element.tag in ("a", "button"):
            yield from (f"{child.tag} stands inside {element.tag}" for child in _below(element, INTERACTIVE))
        if element.tag in PHRASING_ONLY:
            yield from (f"{child.tag} stands inside {element.tag}" for child in _below(element, BLOCKS))
        if int(element.get("tabindex", "0")) > 0:
            yield f"{element.tag} jumps the order of the keyboard"
        takes_keyboard = element.get("autofocus") is not None and element not in keyed  # paper is keyed in by hand
        if takes_keyboard or element.get("accesskey") is not None:
            yield f"{element.tag} takes the keyboard away"


def _errors(tree: Element) -> Iterator[str]:
    """3.3.1, 1.3.1: what is wrong with a field is said at the field."""
    invalid = [element for element in tree.iter() if element.get("aria-invalid") == "true"]
    told = {name for element in invalid for name in (element.get("aria-describedby") or "").split()}
    for element in tree.iter():
        if "error" in (element.get("class") or "").split() and element.get("id") not in told:
            yield f"no field is told of its error “{_text(element)}”"


def _by_itself(tree: Element) -> Iterator[str]:
    """1.4.2, 2.2.1: nothing plays or goes on by itself."""
    for element in tree.iter():
        if element.get("autoplay") is not None:
            yield f"{element.tag} plays by itself"
        if element.tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
            yield "the page goes on by itself"


def _said_once(tree: Element) -> Iterator[str]:
    """2.4.4, 1.1.1: a link says where it leads, and a picture beside words says nothing."""
    for element in tree.iter():
        if element.tag == "a" and _text(element).lower().strip(" .…") in EMPTY_LINK_WORDS:
            yield f"a link says only “{_text(element)}”"
        if element.tag in ("a", "button", "label", "legend"):
            words = "".join(element.itertext()).strip()
            yield from (f"a picture repeats “{words}”" for image in element.iter("img") if words and image.get("alt"))


def _below(element: Element, tags: frozenset[str]) -> list[Element]:
    return [child for child in element.iter() if child is not element and child.tag in tags]


def _text(element: Element) -> str:
    said = "".join(element.itertext()).strip()
    return said or "".join(image.get("alt", "") for image in element.iter("img")).strip()


RULES: tuple[Callable[[Element], Iterator[str]], ...] = (
    _document,
    _headings,
    _identifiers,
    _names,
    _groups,
    _forms,
    _nothing_inline,
    _nesting,
    _errors,
    _by_itself,
    _said_once,
)
