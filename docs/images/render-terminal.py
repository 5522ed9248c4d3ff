#!/usr/bin/env python3
"""Draws what a command printed on a terminal as SVG: text with ANSI colours on stdin, SVG on stdout.

usage: script -qec './plumb scan examples/kubernetes --color always' /dev/null |
       docs/images/render-terminal.py 'plumb scan examples/kubernetes' [FIRST LAST] | rsvg-convert -o docs/images/scan.png
With FIRST and LAST only so many lines of the start and of the end are drawn, and a line between them says so.
"""
import html, re, sys

COLOURS = {31: "#ff7b72", 32: "#7ee787", 33: "#e3b341", 35: "#d2a8ff", 36: "#79c0ff", 90: "#8b949e", 91: "#ff7b72"}
CELL, LINE, PAD = 8.43, 19, 18


def spans(line, state):
    """Cuts a line into (column, text, style) where the style changes; the style goes on over lines."""
    column = 0
    for part in re.split(r"(\x1b\[[0-9;?]*[A-Za-z=]?)", line):
        if part.startswith("\x1b"):
            for code in re.findall(r"\d+", part) if part.endswith("m") else []:
                code = int(code)
                if code == 0:
                    state.clear()
                elif code == 1:
                    state["bold"] = True
                elif code == 2:
                    state["dim"] = True
                elif code in COLOURS:
                    state["fill"] = COLOURS[code]
        elif part:
            yield column, part, dict(state)
            column += len(part)


def main():
    title, cut = sys.argv[1], [int(a) for a in sys.argv[2:4]]
    text = re.sub(r"\x1b[=>]|\r", "", sys.stdin.read())
    lines = text.rstrip("\n").split("\n")
    if cut and len(lines) > sum(cut):
        left_out = len(lines) - sum(cut)
        lines = lines[: cut[0]] + ["", f"\x1b[90m      ⋮  {left_out} more lines\x1b[0m", ""] + lines[-cut[1] :]
    lines = [f"\x1b[32m$\x1b[0m \x1b[1m{title}\x1b[0m"] + lines
    plain = [re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", l) for l in lines]
    width = max(map(len, plain)) * CELL + 2 * PAD
    height = len(lines) * LINE + 2 * PAD + 22
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}">')
    print(f'<rect width="100%" height="100%" rx="10" fill="#0d1117"/>')
    for i, colour in enumerate(("#ff5f57", "#febc2e", "#28c840")):
        print(f'<circle cx="{PAD + i * 20 + 4}" cy="20" r="6" fill="{colour}"/>')
    print('<g font-family="DejaVu Sans Mono, monospace" font-size="14" xml:space="preserve">')
    state = {}
    for row, line in enumerate(lines):
        y = PAD + 38 + row * LINE
        for column, part, style in spans(line, state):
            fill = style.get("fill", "#8b949e" if style.get("dim") else "#e6edf3")
            weight = ' font-weight="bold"' if style.get("bold") else ""
            print(f'<text x="{PAD + column * CELL:.2f}" y="{y}" fill="{fill}"{weight}>{html.escape(part)}</text>')
    print("</g></svg>")


main()
