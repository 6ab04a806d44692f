"""What a screen reader is given to say, read from Chromium's own accessibility tree (names and roles as computed).

It stands for no real screen reader: each says these things in words and an order of its own. But what is missing,
doubled or nameless here is so for all of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

ROLES = {
    "RootWebArea": "page", "banner": "banner", "main": "main", "contentinfo": "content information",
    "navigation": "navigation", "heading": "heading", "link": "link", "button": "button", "radio": "radio button",
    "checkbox": "tick box", "textbox": "edit text", "spinbutton": "number", "group": "group", "radiogroup": "group",
    "list": "list", "listitem": "", "status": "status", "alert": "alert", "img": "picture", "image": "picture",
    "Audio": "sound player", "combobox": "choice list", "form": "form", "region": "region", "paragraph": "",
    "strong": "", "emphasis": "",
}  # fmt: skip
NAMED_BY_CONTENT = frozenset({"heading", "link", "button", "radio", "checkbox"})
SAID_ELSEWHERE = frozenset({"LabelText", "Legend", "InlineTextBox", "LineBreak", "ListMarker", "MenuListPopup"})
STATES: dict[str, dict[Any, str]] = {
    "checked": {"true": "checked", "false": "not checked"},
    "expanded": {True: "open", False: "closed"},
    "invalid": {"true": "wrong"},
    "disabled": {True: "can't be used"},
}


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the tree: its role, its name, what describes it, its states and what is in it."""

    role: str
    name: str
    description: str
    states: dict[str, Any]
    children: tuple["Node", ...]


def spoken(page: Page) -> str:
    """Everything on the page in its order, a line each."""
    client = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in client.send("Accessibility.getFullAXTree")["nodes"]}
    client.detach()
    root = next(node for node in nodes.values() if "parentId" not in node)
    tree = _nodes(root, nodes)
    return "\n".join(line for part in tree for line in _lines(part, _places(tree))) + "\n"


def arrival(page: Page) -> str:
    """What is said of the part that has the focus: after a step, all that somebody hears before they go on."""
    client = page.context.new_cdp_session(page)
    nodes = client.send("Accessibility.getFullAXTree")["nodes"]
    client.detach()
    focused = [one for one in nodes if {"focused": True}.items() <= _states(one).items()]
    (node,) = _nodes({**focused[-1], "childIds": []}, {})
    return _said(node, {})


def _states(raw: dict[str, Any]) -> dict[str, Any]:
    return {one["name"]: one["value"].get("value") for one in raw.get("properties", ())}


def _nodes(raw: dict[str, Any], known: dict[str, dict[str, Any]]) -> list[Node]:
    """The node, or what is in it where the node itself is left out of the tree."""
    children = tuple(part for name in raw.get("childIds", ()) if name in known for part in _nodes(known[name], known))
    role = raw.get("role", {}).get("value", "")
    if raw.get("ignored"):
        return list(children)
    states = _states(raw)
    name, description = (str(raw.get(part, {}).get("value", "")).strip() for part in ("name", "description"))
    return [Node(role, name, description, states, children)]


def _places(tree: list[Node]) -> dict[int, str]:
    """Radio button → “1 of 6”, counted in its group."""
    places: dict[int, str] = {}
    for node in _walk(tree):
        if node.role in ("group", "radiogroup"):
            radios = [one for one in _walk(list(node.children)) if one.role == "radio"]
            places |= {id(one): f"{number} of {len(radios)}" for number, one in enumerate(radios, start=1)}
    return places


def _walk(tree: list[Node]) -> Iterator[Node]:
    for node in tree:
        yield node
        yield from _walk(list(node.children))


def _lines(node: Node, places: dict[int, str]) -> Iterator[str]:
    if node.role in SAID_ELSEWHERE:
        return
    if node.role == "StaticText":
        if node.name:
            yield node.name
        return
    said = _said(node, places)
    if said:
        yield said
    if node.role not in NAMED_BY_CONTENT:
        for child in node.children:
            yield from _lines(child, places)


def _said(node: Node, places: dict[int, str]) -> str:
    role = ROLES.get(node.role, "" if node.role in ("generic", "none") else node.role)
    if not role:
        return ""
    level = f" {node.states['level']}" if "level" in node.states else ""
    states = [words[node.states[name]] for name, words in STATES.items() if node.states.get(name) in words]
    more = [*states, places.get(id(node), ""), node.description]
    return ", ".join(part for part in (node.name, role + level, *more) if part)
