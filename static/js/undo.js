/* The bar with Undo: its minutes and its progress follow the clock. Nothing is announced each minute. */
(() => {
  const bar = document.querySelector("[data-goes-in]");
  if (!bar) return;
  const words = bar.querySelector("[data-left]");
  const progress = bar.querySelector("progress");
  const ends = performance.now() + Number(bar.dataset.goesIn) * 1000;

  const show = () => {
    const seconds = Math.max(0, Math.round((ends - performance.now()) / 1000));
    const minutes = Math.ceil(seconds / 60);
    progress.value = seconds;
    words.textContent = minutes > 1 ? `in ${minutes} minutes` : seconds ? "in less than a minute" : "now";
    if (seconds) setTimeout(show, 30000);
  };
  bar.setAttribute("aria-live", "off");
  show();
})();
