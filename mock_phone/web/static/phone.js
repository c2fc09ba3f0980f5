/* Shows what has arrived without a press of a key. Pages work without it: they then need to be loaded again.
   Asking every two seconds and not holding a connection: an open page must not take a place to wait from those who need it. */
"use strict";

const PAUSE = 2000;

document.addEventListener("DOMContentLoaded", () => {
  const part = document.querySelector("[data-live]");
  if (part) watch(part);
});

async function watch(part) {
  for (;;) {
    await new Promise((resume) => setTimeout(resume, PAUSE));
    try {
      if (!document.hidden) await look(part);
    } catch {
      // The house is away or the world has begun anew: ask again after the pause.
    }
  }
}

async function look(part) {
  const url = new URL(part.dataset.liveUrl, window.location.href);
  url.searchParams.set("after", part.dataset.liveLast);
  const answer = await fetch(url);
  if (!answer.ok) return;
  const news = await answer.json();
  const come = news.messages ?? news.approvals;
  if (come.length > 0) await renew(part, come.at(-1));
}

async function renew(part, message) {
  const answer = await fetch(window.location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-live]");
  if (!fresh) return;
  part.replaceChildren(...fresh.childNodes);
  part.dataset.liveLast = fresh.dataset.liveLast;
  document.querySelector("[data-live-said]").textContent = `Có tin mới từ ${message.from}.`;
}
