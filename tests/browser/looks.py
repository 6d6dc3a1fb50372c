"""What a look at a page finds: axe's violations, boxes that spill, words on the console."""

from collections.abc import Iterable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
# Of rows that differ in their words only, axe is shown two: it takes seconds over a list, and finds in row 50 what it
# found in row 1. The same kind is the same elements in the same order, with the same classes, styles and roles, the same
# other attributes, each filled or empty as there, and words in the same places. All rows are back before anything else looks.
AXE = """async rules => {
  const told = new Set(['class', 'style', 'role', 'type', 'scope', 'tabindex', 'lang']);
  const kind = row => JSON.stringify([row, ...row.querySelectorAll('*')].map(element => [
    element.tagName,
    [...element.attributes].map(({name, value}) => [name, told.has(name) ? value : value.trim() === '']),
    [...element.childNodes].map(node => node.nodeType !== 3 ? 'element' : node.data.trim() && 'words'),
  ]));
  const away = [];
  for (const list of document.querySelectorAll('tbody, ul, ol, select')) {
    const times = {};
    for (const row of [...list.children]) {
      const its = kind(row);
      times[its] = (times[its] || 0) + 1;
      if (times[its] > 2) {
        const place = document.createComment('a row of a kind that is shown twice');
        row.replaceWith(place);
        away.push([place, row]);
      }
    }
  }
  try {
    return (await axe.run(document, {...rules, resultTypes: ['violations']})).violations;
  } finally {
    for (const [place, row] of away.reverse()) place.replaceWith(row);
  }
}"""
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
# Between light and dark only colours differ: one of the two is asked everything.
EVERY_WAY = (
    *((320, "light", RULES), (320, "dark", ONLY_CONTRAST)),
    *((1280, "light", RULES), (1280, "dark", ONLY_CONTRAST)),
)
CROSSWISE = ((320, "dark", RULES), (1280, "light", RULES))  # for many pages of one kind
Ways = tuple[tuple[int, str, dict], ...]


def looks(page: Page, ways: Ways = EVERY_WAY) -> dict[str, list[str]]:
    """What is wrong on a phone and on a laptop, in light and in dark; the page is not asked for again."""
    found = {}
    for width, scheme, rules in ways:
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        found[f"{width} {scheme}"] = problems(page, rules)
    return {look: seen for look, seen in found.items() if seen}


def look_at(
    page: Page,
    paths: Iterable[str],
    *,
    answers: frozenset[int] = frozenset({200}),
    ways: Ways = EVERY_WAY,
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


def problems(page: Page, rules: dict = RULES) -> list[str]:
    """Everything wrong with the page as it is shown now; empty when all is well."""
    found = [
        f"axe {violation['id']}: {violation['help']}: {[node['html'][:160] for node in violation['nodes']][:3]}"
        for violation in _violations(page, rules)
    ]
    found += [f"spills: {html}" for html in page.evaluate(SPILLING)]
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} h1 headings")
    return found


def _violations(page: Page, rules: dict) -> list[dict]:
    """Axe is brought to a page once and what passed is not sent back: two thirds of the time of a look went there."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    return page.evaluate(AXE, rules)


def listen(page: Page) -> list[str]:
    """Errors that the page writes from now on, blocked styles and scripts among them."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard
