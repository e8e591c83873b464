"""Four sets of colours: dark, light, high contrast, and the terminal's own."""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

DARK = Theme(
    name="desk-dark",
    primary="#6ea8d8",
    secondary="#9fb8cc",
    accent="#e0b050",
    warning="#e8b04a",
    error="#ff8a80",
    success="#7fd08f",
    foreground="#e6e6e6",
    background="#14181c",
    surface="#1b2127",
    panel="#232b33",
    boost="#2a343e",
    dark=True,
)
LIGHT = Theme(
    name="desk-light",
    primary="#1f5f99",
    secondary="#40566b",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#a31621",
    success="#1d6b34",
    foreground="#16191c",
    background="#fbfbf8",
    surface="#f1f1ec",
    panel="#e4e6e4",
    boost="#dde3e8",
    dark=False,
)
CONTRAST = Theme(
    name="desk-contrast",
    primary="#ffff00",
    secondary="#ffffff",
    accent="#00ffff",
    warning="#ffff00",
    error="#ff9a9a",
    success="#7dff7d",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    boost="#202020",
    text_alpha=1.0,
    dark=True,
)
_ANSI = BUILTIN_THEMES["ansi-dark"]
PLAIN = Theme(
    name="desk-plain",
    primary=_ANSI.primary,
    secondary=_ANSI.secondary,
    accent=_ANSI.accent,
    warning=_ANSI.warning,
    error=_ANSI.error,
    success=_ANSI.success,
    foreground=_ANSI.foreground,
    background=_ANSI.background,
    surface=_ANSI.surface,
    panel=_ANSI.panel,
    boost=_ANSI.boost,
    dark=True,
    ansi=True,
    variables=dict(_ANSI.variables),
)

THEMES: tuple[Theme, ...] = (DARK, LIGHT, CONTRAST, PLAIN)
DEFAULT_THEME = DARK.name


def after(name: str) -> str:
    """Return the name of the theme that comes after one."""
    names = [theme.name for theme in THEMES]
    return names[(names.index(name) + 1) % len(names)] if name in names else DEFAULT_THEME
