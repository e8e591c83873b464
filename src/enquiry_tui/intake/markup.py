"""HTML reduced to the words it says, in one pass that no markup can make slow."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

# A tag ends at its first `>` outside short quotes; every repeat is possessive and bounded, so that
# no run of `<a "` makes the search start over (the library alone is quadratic on those).
_TOKEN = re.compile(
    r"<!--|<[!?][^<>]*>|"
    r"<[a-zA-Z/](?:[^<>\"']{1,2000}+|\"[^\"]{0,300}+\"|'[^']{0,300}+'){0,24}+>|"
    r"<[a-zA-Z/][^<>]*>"
)
_CLOSERS = {
    name: re.compile(rf"</{name}", re.IGNORECASE) for name in ("script", "style", "title", "svg")
}
_SILENT = re.compile(r"<(script|style|title|svg)(?=[\s>/])[^<>]*(?<!/)>", re.IGNORECASE)
_BARE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})\s?/?>")
_LONG_NUMBER = re.compile(r"&#(?:x[0-9a-fA-F]{7,}|[0-9]{8,});?", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f\xa0]+")
_HIDDEN = re.compile(r"display:none|visibility:hidden|mso-hide:all|font-size:0(?![.\d])")
_LINKS = ("http://", "https://", "mailto:", "tel:")
_BLOCK = re.compile(
    "address|article|aside|body|caption|center|dd|div|dl|dt|fieldset|figure|footer|form|header|li|main"
    "|nav|option|pre|section|tbody|tfoot|thead|tr"
)
_PARAGRAPH = re.compile("p|h[1-6]|blockquote|table|ul|ol")


class _Writer(HTMLParser):
    """Turns tags into line ends, bullets and addresses, and collects the words between them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.fresh = True
        self.blank = True
        self.preformatted = 0
        self.href = ""
        self.link_text: list[str] = []
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, a cell, an item or a link."""
        named = {name: value or "" for name, value in attrs}
        style = re.sub(r"\s+", "", named.get("style", "")[:2000]).lower()
        if "hidden" in named or _HIDDEN.search(style):
            self.hidden = True
        match tag:
            case "br":
                self.line()
            case "hr":
                self.line()
                self.words("----")
                self.line()
            case "td" | "th":
                self.gap()
            case "a":
                self.end_link()
                self.href = named.get("href", "").strip()[:2000]
            case "img" if named.get("alt", "").strip():
                self.words(f"[picture: {named['alt'].strip()}] ")
            case "pre":
                self.preformatted += 1
                self.break_for(tag)
            case _:
                self.break_for(tag)
        if tag == "li":
            self.words("- ")

    def handle_endtag(self, tag: str) -> None:
        """End a line or a link."""
        if tag == "a":
            self.end_link()
        elif tag == "pre":
            self.preformatted = max(0, self.preformatted - 1)
        self.break_for(tag)

    def handle_data(self, data: str) -> None:
        """Keep words that the parser still held."""
        self.words(data)

    def break_for(self, tag: str) -> None:
        """End the line where a block begins or ends; leave one blank line round paragraphs."""
        paragraph = _PARAGRAPH.fullmatch(tag)
        if paragraph or _BLOCK.fullmatch(tag):
            self.line()
        if paragraph and not self.blank:
            self.out.append("\n")
            self.blank = True

    def line(self) -> None:
        """End the present line if anything stands on it."""
        if not self.fresh:
            self.out.append("\n")
            self.fresh = True
            self.blank = False

    def gap(self) -> None:
        """Set two cells of a row apart."""
        if not self.fresh:
            self.out.append("   ")

    def words(self, text: str) -> None:
        """Add text with its white space folded as a browser would."""
        if not self.preformatted:
            text = _SPACE.sub(" ", text)
            if self.fresh:
                text = text.lstrip(" ")
        if not text:
            return
        self.out.append(text)
        self.fresh = self.fresh and not text.strip()
        if self.href:
            self.link_text.append(text)

    def end_link(self) -> None:
        """Put a link's address in brackets after its words, unless the words are the address."""
        href, shown = self.href, "".join(self.link_text).strip()
        self.href = ""
        self.link_text.clear()
        if href.lower().startswith(_LINKS) and shown not in {href, href.split(":", 1)[1]}:
            self.words(f" [{href}]")


def reduce_html(source: str) -> tuple[str, bool]:
    """Give the words of an HTML text, and whether some of them were set to be invisible."""
    writer = _Writer()
    at, comments_end = 0, True
    while token := _TOKEN.search(source, at):
        _write(writer, source[at : token.start()])
        at = token.end()
        tag = token[0]
        if tag == "<!--":
            closed = source.find("-->", at) if comments_end else -1
            comments_end = closed >= 0
            at = closed + 3 if closed >= 0 else at
        elif silent := _SILENT.match(tag):
            closer = _CLOSERS[silent[1].lower()].search(source, at)
            at = closer.start() if closer else len(source)
        elif tag[1] not in "!?":
            _tag(writer, tag)
    _write(writer, source[at:])
    writer.end_link()
    lines = (line.rstrip() for line in "".join(writer.out).split("\n"))
    return "\n".join(lines).strip("\n"), writer.hidden


def _tag(writer: _Writer, tag: str) -> None:
    """Act on one tag; only those with attributes need the library."""
    if bare := _BARE.fullmatch(tag):
        name = bare[2].lower()
        if bare[1]:
            writer.handle_endtag(name)
        else:
            writer.handle_starttag(name, [])
        return
    writer.feed(tag)
    writer.reset()  # nothing is carried over: neither half a tag nor a script's mode


def _write(writer: _Writer, text: str) -> None:
    """Add the text between two tags, its entities resolved."""
    if text:
        # A number of many digits is no character, and the library would choke on it.
        writer.words(html.unescape(_LONG_NUMBER.sub("\ufffd", text)))
