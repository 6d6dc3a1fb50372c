"""A slow 4G line in Chromium, and what a first view over it cost: bytes, layout shift, the largest paint."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page

LATENCY = 150  # milliseconds
BYTES_A_SECOND = 1_600_000 / 8
LINE = {
    "offline": False,
    "latency": LATENCY,
    "downloadThroughput": BYTES_A_SECOND,
    "uploadThroughput": BYTES_A_SECOND / 2,
}
# Both kinds are kept by the browser from the start of the page. A shift after a click is the click's own.
OBSERVED = """() => new Promise(done => {
  let shift = 0, paint = 0;
  new PerformanceObserver(list => list.getEntries().forEach(one => shift += one.hadRecentInput ? 0 : one.value))
    .observe({type: 'layout-shift', buffered: true});
  new PerformanceObserver(list => {
    list.getEntries().forEach(one => paint = one.startTime);
    setTimeout(() => done([shift, paint]), 0);
  }).observe({type: 'largest-contentful-paint', buffered: true});
})"""


@dataclass(frozen=True)
class FirstView:
    """What a page cost somebody who was never here: bytes of the bodies as served, the sum of layout
    shifts, and when its largest part was painted, in milliseconds.
    """

    size: int
    shift: float
    painted_at: float


@contextmanager
def counted_bytes(page: Page) -> Iterator[list[int]]:
    """The bytes of every body of this page from now on, over a slow line and with no cache."""
    devtools, sizes = page.context.new_cdp_session(page), list[int]()
    devtools.on("Network.dataReceived", lambda told: sizes.append(int(told["encodedDataLength"])))
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    devtools.send("Network.emulateNetworkConditions", LINE)
    yield sizes
    devtools.detach()


def first_view(page: Page, path: str) -> FirstView:
    with counted_bytes(page) as sizes:
        page.goto(path, wait_until="networkidle")
        shift, painted_at = page.evaluate(OBSERVED)
        return FirstView(sum(sizes), shift, painted_at)
