"""Find what is wrong with a page: accessibility violations, boxes that overflow, console messages, words that never come."""

from collections.abc import Iterable, Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
# The same kind is the same elements in the same order, with the same classes, styles and roles, the same other attributes,
# each filled or empty as there, and words in the same places: what axe finds in one of them it finds in the other.
KIND = """const told = new Set(['class', 'style', 'role', 'type', 'scope', 'tabindex', 'lang']);
  const kind = root => JSON.stringify([root, ...root.querySelectorAll('*')].map(element => [
    element.tagName,
    [...element.attributes].map(({name, value}) => [name, told.has(name) ? value : value.trim() === '']),
    [...element.childNodes].map(node => node.nodeType !== 3 ? 'element' : node.data.trim() && 'words'),
  ]));
  const frame = [...document.querySelectorAll('header, nav, footer')].filter(one => !one.parentElement.closest('header, nav, footer, section'));"""
FRAME = f"() => {{ {KIND} return frame.map(kind); }}"
# Of rows of one kind axe is shown two, and what frames the pages only once: it takes seconds over a list, and finds in
# row 50 what it found in row 1. Everything is back before anything else looks.
AXE = f"""async ([rules, known]) => {{
  {KIND}
  const away = [];
  const hide = element => {{
    const place = document.createComment('shown elsewhere');
    element.replaceWith(place);
    away.push([place, element]);
  }};
  for (const place of known) hide(frame[place]);
  for (const list of document.querySelectorAll('tbody, ul, ol, select')) {{
    const times = {{}};
    for (const row of [...list.children]) {{
      const its = kind(row);
      times[its] = (times[its] || 0) + 1;
      if (times[its] > 2) hide(row);
    }}
  }}
  try {{
    return (await axe.run(document, {{...rules, resultTypes: ['violations']}})).violations;
  }} finally {{
    for (const [place, element] of away.reverse()) place.replaceWith(element);
  }}
}}"""
SPILLING = """() => [...document.body.querySelectorAll('*')].filter(element => {
  const style = getComputedStyle(element);
  if (style.display === 'none' || style.visibility === 'hidden' || element.closest('.visually-hidden, .skip-link, svg, .results table')) return false;
  const box = element.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) return false;
  const off = box.right > document.documentElement.clientWidth + 1 || box.left < -1;
  const spills = style.overflowX === 'visible' && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
    && style.display !== 'inline';
  return off || spills;
}).map(element => element.outerHTML.slice(0, 120))"""


# Colours fade when the scheme changes: what moves is brought to its end, and what that set moving, instead of waited for.
SETTLED = """() => {
  for (let round = 0; round < 20; round++) {
    const moving = document.getAnimations().filter(one => Number.isFinite(one.effect.getComputedTiming().endTime));
    if (!moving.length) return;
    for (const one of moving) one.finish();
  }
}"""
HEIGHTS = {320: 640, 1280: 900}
ONLY_CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# Between light and dark only colours differ: one of the two is asked everything. For one page of each kind.
EVERY_WAY = (
    *((320, "light", RULES), (320, "dark", ONLY_CONTRAST)),
    *((1280, "light", RULES), (1280, "dark", ONLY_CONTRAST)),
)
CROSSWISE = ((320, "dark", RULES), (1280, "light", RULES))  # for all the others
Ways = tuple[tuple[int, str, dict], ...]


def looks(page: Page, ways: Ways = CROSSWISE) -> dict[str, list[str]]:
    """What is wrong on a phone and on a laptop, in light and in dark; the page is not asked for again."""
    found = {}
    for width, scheme, rules in ways:
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        look = f"{width} {scheme}"
        found[look] = problems(page, rules, known=_known_frames(page, f"{look} {rules}"))
    return {look: seen for look, seen in found.items() if seen}


def look_at(
    page: Page, paths: Iterable[str], *, answers: frozenset[int] = frozenset({200}), ways: Ways = CROSSWISE
) -> dict[str, object]:
    """What is wrong with each of these pages; what one wrote on the console is read before axe brings styles of its own."""
    heard, found = listen(page), {}
    for path in paths:
        answer = page.goto(path)
        assert answer.status in answers, (path, answer.status)
        written = [text for text in heard if f"status of {answer.status}" not in text]
        found[path] = written or looks(page, ways)
        heard.clear()
    return {path: seen for path, seen in found.items() if seen}


_seen_frames: set[str] = set()


def _known_frames(page: Page, look: str) -> list[int]:
    """Which of the parts around a page's own matter were seen on another page in this look; from now on, those of this page too."""
    kinds = [f"{look} {kind}" for kind in page.evaluate(FRAME)]
    known = [place for place, kind in enumerate(kinds) if kind in _seen_frames]
    _seen_frames.update(kinds)
    return known


def problems(page: Page, rules: dict = RULES, *, known: Sequence[int] = ()) -> list[str]:
    """Everything wrong with the page as it is shown now, but for the `known` frames; empty when all is well."""
    found = [
        f"axe {violation['id']}: {violation['help']}: {[node['html'][:160] for node in violation['nodes']][:3]}"
        for violation in _violations(page, rules, known)
    ]
    found += [f"spills: {html}" for html in page.evaluate(SPILLING)]
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} h1 headings")
    return found


def _violations(page: Page, rules: dict, known: Sequence[int]) -> list[dict]:
    """Axe is brought to a page once and what passed is not sent back: two thirds of the time of a look went there."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    return page.evaluate(AXE, [rules, list(known)])


def listen(page: Page) -> list[str]:
    """Errors that the page writes from now on, blocked styles and scripts among them."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def wait_for_words(page: Page, words: str) -> None:
    """Look again until the page that we came back to says `words`: the bank's message takes its own way."""
    for _ in range(60):
        if words in page.locator("main").inner_text():
            return
        page.wait_for_timeout(250)
        page.reload()
    expect(page.locator("main")).to_contain_text(words)
