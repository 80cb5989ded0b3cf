"use strict";
// Follows the saves: when the server says that something is new, the page is fetched again and what
// has changed in it is exchanged. Focus, marked words and what was opened stay where they are.

const body = document.body;
const parts = ["title", "chosen", "files", "pages", "problem-list", "signature-list",
  "change-list", "source-list", "inline-problems"];
let events = null;
let waiting = false;
let again = false;

function exchange(fresh) {
  for (const id of parts) {
    const old = document.getElementById(id);
    const now = fresh.getElementById(id);
    if (!old || !now || old.innerHTML === now.innerHTML) continue;
    if (id === "chosen" && old.contains(document.activeElement)) continue;
    const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
    const opened = [...old.querySelectorAll("details[open]")].map((one) => one.id);
    old.replaceChildren(...now.childNodes);
    for (const one of opened) {
      const details = document.getElementById(one);
      if (details) details.open = true;
    }
    const back = focused && document.getElementById(focused);
    if (back) back.focus({ preventScroll: true });
  }
  const said = document.getElementById("said");
  const saying = fresh.getElementById("said");
  if (said && saying && said.textContent !== saying.textContent) {
    said.textContent = saying.textContent;
    said.className = saying.className;
  }
  document.title = fresh.title;
  body.dataset.number = fresh.body.dataset.number;
}

// A picture is fetched before its page is exchanged, so that no page is ever blank.
async function ready(fresh) {
  const names = [...fresh.querySelectorAll("svg image")].map((one) => one.getAttribute("href"));
  await Promise.all(names.map((name) => {
    const picture = new Image();
    picture.src = name;
    return picture.decode().catch(() => {});
  }));
}

async function refresh() {
  if (waiting) { again = true; return; }
  waiting = true;
  do {
    again = false;
    try {
      const answer = await fetch(body.dataset.from || location.href, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.statusText);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      await ready(fresh);
      exchange(fresh);
    } catch {
      lost();
    }
  } while (again);
  waiting = false;
}

function lost() {
  const said = document.getElementById("said");
  if (!said) return;
  said.textContent = "The preview doesn’t answer: start “letters preview” again.";
  said.className = "wrong";
}

function listen() {
  if (events || !("number" in body.dataset)) return;
  const query = new URLSearchParams(body.dataset.query);
  query.set("seen", body.dataset.number);
  events = new EventSource(`/news?${query}`);
  events.onmessage = refresh;
  events.onerror = lost;
}

function rest() {
  if (events) events.close();
  events = null;
}

// Browsers hold few connections to one server: a page that nobody sees gives its own back.
document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
listen();

// A paragraph of the letter leads to where its words come from.
document.getElementById("letter")?.addEventListener("click", (event) => {
  const part = event.target.closest("[data-part]");
  if (!part || String(getSelection())) return;
  const details = document.getElementById(`part-${part.dataset.part}`);
  if (!details) return;
  details.open = true;
  details.querySelector("summary").focus();
});

// What is chosen is shown at once; the button is for whoever has no script.
document.getElementById("choices")?.addEventListener("change", (event) => {
  if (event.target.matches("select") && event.target.form.dataset.keys !== "yes") {
    event.target.form.requestSubmit();
  }
});

// With the arrow keys one goes over choices that one doesn't want: then only the button counts.
document.getElementById("choices")?.addEventListener("keydown", (event) => {
  event.currentTarget.dataset.keys = event.key.startsWith("Arrow") ? "yes" : "";
});

// The line of a problem, in the text that is edited.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  const area = document.getElementById("text");
  if (!link || !area) return;
  event.preventDefault();
  const lines = area.value.split("\n");
  const line = Math.min(Number(link.dataset.line), lines.length);
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + lines[line - 1].length);
  area.scrollTop = (area.scrollHeight / lines.length) * Math.max(0, line - 4);
});
