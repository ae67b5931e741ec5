"""Where a key stands in a TOML text. `tomllib` gives values without lines; this finds the line when one is needed."""

from __future__ import annotations

import re
import tomllib

_BARE = re.compile(r"[A-Za-z0-9_-]{1,200}")
_STRINGS = ('"""', "'''", '"', "'")


def _string_end(text: str, at: int) -> int:
    """The position after the string that starts at `at`; the text's end where it is never closed."""
    quote = next(q for q in _STRINGS if text.startswith(q, at))
    escapes = quote[0] == '"'
    i = at + len(quote)
    while i < len(text):
        if escapes and text[i] == "\\":
            i += 2
        elif text.startswith(quote, i):
            i += len(quote)
            while len(quote) == 3 and text.startswith(quote[0], i):  # a string may end in quotes of its own
                i += 1
            return i
        else:
            i += 1
    return len(text)


def _dotted(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """The dotted key at `at` and the position after it; an empty key where none starts there."""
    parts: list[str] = []
    i = at
    while i < len(text):
        while i < len(text) and text[i] in " \t":
            i += 1
        if i < len(text) and text[i] in "\"'":
            end = _string_end(text, i)
            parts.append(next(iter(tomllib.loads(f"{text[i:end]} = 0"))))
            i = end
        elif match := _BARE.match(text, i):
            parts.append(match[0])
            i = match.end()
        else:
            break
        while i < len(text) and text[i] in " \t":
            i += 1
        if i < len(text) and text[i] == ".":
            i += 1
        else:
            break
    return tuple(parts), i


def key_lines(text: str) -> dict[tuple[str, ...], int]:
    """Each key's path and the line (from 1) it is first written on. `text` must be TOML that `tomllib` accepts.

    Keys of inline tables are found too. A repeated table `[[a]]` has its index in the path: `("a", "0", "b")`.
    """
    lines: dict[tuple[str, ...], int] = {}
    arrays: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    stack: list[tuple[str, tuple[str, ...]]] = []  # open brackets and the path they stand at
    key: tuple[str, ...] = ()
    line, i, expects_key = 1, 0, True

    def note(path: tuple[str, ...]) -> None:
        for n in range(1, len(path) + 1):
            lines.setdefault(path[:n], line)

    while i < len(text):
        c = text[i]
        if c == "\n":
            line += 1
            i += 1
            expects_key = expects_key or not stack
        elif c in " \t\r":
            i += 1
        elif c == "#":
            end = text.find("\n", i)
            i = len(text) if end < 0 else end
        elif expects_key and not stack and c == "[":
            double = text.startswith("[[", i)
            parts, i = _dotted(text, i + (2 if double else 1))
            path: tuple[str, ...] = ()
            for n, part in enumerate(parts, 1):
                path = (*path, part)
                if double and n == len(parts):
                    arrays[path] = arrays.get(path, -1) + 1
                if path in arrays:
                    note(path)
                    path = (*path, str(arrays[path]))
            table = path
            note(table)
            i = text.find("]", i) + (2 if double else 1)
        elif expects_key and c not in "{}[],=":
            base = stack[-1][1] if stack else table
            parts, i = _dotted(text, i)
            key = (*base, *parts)
            note(key)
            expects_key = False
        elif c in "\"'":
            end = _string_end(text, i)
            line += text.count("\n", i, end)
            i = end
        else:
            if c in "{[":
                stack.append((c, key))
                expects_key = c == "{"
            elif c in "}]" and stack:
                key = stack.pop()[1]
                expects_key = False
            elif c == ",":
                expects_key = bool(stack) and stack[-1][0] == "{"
            i += 1
    return lines


class Lines:
    """The lines of a TOML text, worked out on the first question."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: dict[tuple[str, ...], int] | None = None

    def __call__(self, path: tuple[str, ...]) -> int:
        """The line of the key, or of the nearest table around it."""
        if self._lines is None:
            self._lines = key_lines(self._text)
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)
