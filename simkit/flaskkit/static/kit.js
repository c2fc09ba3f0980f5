/* Small comforts. Every page works without this file. */
"use strict";

document.documentElement.classList.add("k-script");

document.addEventListener("DOMContentLoaded", () => {
  foldNav();
  revealPasswords();
});

/* The ways of the house fold away on a phone. */
function foldNav() {
  const button = document.querySelector("[data-kit-nav]");
  if (!button) return;
  button.addEventListener("click", () => {
    button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
  });
}

/* A password can be read before it is sent; it is hidden again on sending, so that no browser keeps it as plain text. */
function revealPasswords() {
  for (const input of document.querySelectorAll("input[type=password].form-control")) {
    const frame = document.createElement("div");
    const button = document.createElement("button");
    const show = (shown) => {
      input.type = shown ? "text" : "password";
      button.textContent = shown ? "Ẩn" : "Hiện";
      button.setAttribute("aria-label", `${button.textContent} các ký tự đã nhập`);
    };
    frame.className = "k-reveal";
    button.type = "button";
    button.setAttribute("aria-controls", input.id);
    input.replaceWith(frame);
    frame.append(input, button);
    button.addEventListener("click", () => show(input.type === "password"));
    input.form?.addEventListener("submit", () => show(false));
    show(false);
  }
}

/* A form is sent once: the second press of an impatient finger is refused here. The houses refuse it too. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-kit-once]")) return;
  if (form.dataset.kitSent) {
    event.preventDefault();
    return;
  }
  form.dataset.kitSent = "yes";
  // After this event, because a disabled button would not send its own name and value.
  setTimeout(() => lock(form, true));
});

/* Coming back with the browser's button, the form may be sent again. */
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("[data-kit-sent]")) {
    delete form.dataset.kitSent;
    lock(form, false);
  }
});

function lock(form, locked) {
  for (const button of form.querySelectorAll("button[type=submit]")) {
    button.disabled = locked;
    button.toggleAttribute("aria-busy", locked);
  }
}

/* Menus close by Escape and by a press elsewhere. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("[data-kit-menu][open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("[data-kit-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const copied = event.target.closest("[data-kit-copy]");
  if (copied) copy(copied);
  if (event.target.closest("[data-kit-print]")) window.print();
  const renew = event.target.closest("[data-kit-captcha-renew]");
  if (renew) {
    event.preventDefault();
    renewCaptcha(renew);
  }
});

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.kitCopy);
  button.querySelector("span").textContent = "Đã sao chép";
}

/* A new picture without losing what was typed; whatever goes wrong, the plain link is followed. */
async function renewCaptcha(link) {
  const frame = link.closest("[data-kit-captcha]");
  try {
    const answer = await fetch(link.href, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = await answer.json();
    frame.querySelector("input[type=hidden]").value = fresh.token;
    frame.querySelector("img").src = fresh.picture;
    const audio = frame.querySelector("audio");
    if (audio && fresh.audio) audio.src = fresh.audio;
    const input = frame.querySelector("input:not([type=hidden])");
    input.value = "";
    input.focus();
    frame.querySelector("[data-kit-captcha-said]").textContent = "Đã đổi mã bảo mật.";
  } catch {
    window.location.assign(link.href);
  }
}
