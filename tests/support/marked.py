"""Finding sentences that would reach a screen without going through `_()` or `ngettext()`, by reading the source."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

MARKS = {"_", "ngettext"}
# Methods that show their first argument, whatever object they are called on (st, a column, a form, a tab).
SHOWS_FIRST = {
    "badge", "button", "caption", "checkbox", "chat_input", "date_input", "dialog", "download_button", "error",
    "expander", "feedback", "file_uploader", "form_submit_button", "header", "html", "info", "link_button",
    "markdown", "menu_button", "metric", "multiselect", "navigation", "number_input", "pills", "popover", "radio",
    "segmented_control", "selectbox", "slider", "spinner", "status", "subheader", "success", "tabs", "text",
    "text_area", "text_input", "time_input", "title", "toast", "toggle", "warning", "write",
}  # fmt: skip
SHOWS_SECOND = {"radio", "selectbox", "multiselect", "pills", "segmented_control"}
SHOWS_ALL = {"write"}
SHOWN_KEYWORDS = {
    "body", "captions", "caption", "delta", "help", "label", "message", "options", "page_title", "placeholder", "text",
    "title",
}  # fmt: skip
SHOWN_BY_KEYWORD_ONLY = {"Page", "page_link", "set_page_config"}
RESPONSES = {"HTMLResponse", "PlainTextResponse"}
CHAINED = {"format", "join", "replace", "strip", "lower", "upper", "capitalize", "removesuffix", "removeprefix"}
NOT_WORDS = {"PartnerNET", "Streamlit", "ok"}
TAG = re.compile(
    r"</?(?:a|b|body|button|div|em|form|h[1-6]|head|html|i|iframe|img|input|label|li|link|main|meta|nav|ol|option|p|"
    r"section|select|small|span|strong|table|td|th|title|tr|ul)\b|<!doctype",
    re.IGNORECASE,
)

Names = dict[str, list[ast.expr]]


def unmarked(source: str) -> Iterator[str]:
    """One line for each literal with letters that is shown, or stands between tags, unmarked."""
    tree = ast.parse(source)
    names = _assignments(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for shown in _shown(node):
                yield from (f"line {node.lineno}: {words}" for words in _words(shown, names, frozenset()))
    for text, line in _markup(tree):
        yield f"line {line}: {text}"


def marks(source: str) -> Iterator[str]:
    """The sentence of each mark, the singular where it has a plural; those inside f-strings included, which the
    extraction takes for one string on Python 3.11 and never sees.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS and node.args:
            yield _literal(node.args[0])


def _shown(call: ast.Call) -> Iterator[ast.expr]:
    """The arguments that a person will read."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if isinstance(call.func, ast.Name) and name in MARKS:
        # An f-string is never found in a catalogue: the mark does not count.
        yield from (argument for argument in call.args if isinstance(argument, ast.JoinedStr))
    if name in RESPONSES:
        yield from call.args[:1]
    if not isinstance(call.func, ast.Attribute):
        return
    if name in SHOWS_FIRST or name.endswith("Column"):
        yield from call.args[: None if name in SHOWS_ALL else 2 if name in SHOWS_SECOND else 1]
    if name in SHOWS_FIRST | SHOWN_BY_KEYWORD_ONLY or name.endswith("Column"):
        yield from (keyword.value for keyword in call.keywords if keyword.arg in SHOWN_KEYWORDS)


def _words(node: ast.expr, names: Names, seen: frozenset[str]) -> Iterator[str]:
    """The unmarked literals that the value of an expression is made of."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and _readable(node.value):
            yield node.value
    elif isinstance(node, ast.Name):
        if node.id not in seen:
            for value in names[node.id]:
                yield from _words(value, names, seen | {node.id})
    else:
        if _readable(_literal(node)):
            yield _literal(node)
        for part in _parts(node):
            yield from _words(part, names, seen)


def _parts(node: ast.expr) -> Iterable[ast.expr]:
    match node:
        case ast.JoinedStr(values=parts):
            return [part for part in parts if isinstance(part, ast.FormattedValue)]
        case ast.BoolOp(values=parts):
            return parts
        case ast.FormattedValue(value=part) | ast.Starred(value=part) | ast.NamedExpr(value=part):
            return [part]
        case ast.BinOp(left=left, right=right):
            return [left, right]
        case ast.IfExp(body=body, orelse=orelse):
            return [body, orelse]
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            return parts
        case ast.ListComp(elt=part) | ast.GeneratorExp(elt=part):
            return [part]
        case ast.Dict(keys=keys, values=parts):
            return [key for key in keys if key is not None] + parts
        case ast.Call(func=ast.Attribute(attr=method, value=owner), args=arguments) if method in CHAINED:
            return [owner, *arguments]
    return []


def _assignments(tree: ast.Module) -> Names:
    found: Names = defaultdict(list)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found[target.id].append(node.value)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            found[node.target.id].append(node.value)
    return found


def _markup(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """What stands between tags, or in an attribute that people read, in any literal of the file."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    inside_f_string = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if id(node) in docstrings | inside_f_string:
            continue
        text = _literal(node)
        if TAG.search(text):
            attributes = re.findall(r"""\b(?:alt|title|aria-label|placeholder)=["']([^"']*)["']""", text)
            for words in (_without_tags(text), *attributes):
                if _readable(words):
                    yield words.strip(), getattr(node, "lineno", 0)


def _literal(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "0" for part in node.values)  # type: ignore[misc]
    return ""


def _without_tags(text: str) -> str:
    return re.sub(r"(?s)<!--.*?-->|<(style|script)\b.*?</\1>|<[^>]*>", "", text)


def _readable(text: str) -> bool:
    """Whether a person would read words in it: two letters on end that are no tag, field, entity, icon or name."""
    words = re.sub(r"&\w+;|:material/\w+:|\{\w*\}", " ", _without_tags(text))
    return any(word not in NOT_WORDS for word in re.findall(r"[^\W\d_]{2,}", words))
