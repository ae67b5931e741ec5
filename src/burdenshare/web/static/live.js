// A form marked data-live="ID" asks its own page again while one moves its fields, and takes over that page's part ID.
// Without this script the form's button does the same. Empty fields are left out of the address.
"use strict";
(() => {
  const WAIT = 120;  // milliseconds without a move before the page is asked
  const form = document.querySelector("form[data-live]");
  if (!form) return;
  const said = document.getElementById("said");
  let timer = 0;
  let asked = 0;

  function address() {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== "") query.append(name, value);
    return `${form.getAttribute("action")}?${query}`;
  }
  function takeOver(page) {
    const part = document.getElementById(form.dataset.live);
    const fresh = page.getElementById(form.dataset.live);
    if (!part || !fresh) return;
    part.replaceWith(document.importNode(fresh, true));
    for (const span of page.querySelectorAll("summary span[id]")) {
      const here = document.getElementById(span.id);
      if (here) here.textContent = span.textContent;
    }
    const starts = page.getElementById("starts");
    const old = document.getElementById("starts");
    if (starts && old) { const open = old.open; old.replaceWith(document.importNode(starts, true)); document.getElementById("starts").open = open; }
    for (const range of page.querySelectorAll("input[type=range]")) {  // bounds follow the unit and the currency
      const here = document.getElementById(range.id);
      if (!here || here === document.activeElement) continue;
      for (const name of ["min", "max", "step"]) here.setAttribute(name, range.getAttribute(name));
      here.value = range.value;
    }
    for (const out of page.querySelectorAll("output[id]")) {
      const here = document.getElementById(out.id);
      if (here && !(document.activeElement.dataset && document.activeElement.dataset.share)) here.textContent = out.textContent;
    }
  }
  async function ask() {
    const mine = ++asked;
    const to = address();
    const part = document.getElementById(form.dataset.live);
    part.classList.add("waiting");
    try {
      const answer = await fetch(to, { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== asked) return;
      if (answer.ok) {
        takeOver(page);
        const link = page.querySelector("a[data-link]");  // the shortest address of the same
        history.replaceState(null, "", link ? link.getAttribute("href") : to);
      } else {
        const why = page.querySelector("main p");
        if (said && why) said.textContent = why.textContent;
      }
    } finally {
      const now = document.getElementById(form.dataset.live);
      if (now && mine === asked) now.classList.remove("waiting");
    }
  }
  function choose(field) {  // a figure that is filled in is the one that counts
    const select = field.dataset.choose && document.getElementById(field.dataset.choose);
    if (select && field.value !== "") select.value = field.dataset.choice;
  }
  function compose(field) {
    const group = field.closest("[data-compose]");
    const into = document.getElementById(group.dataset.compose);
    const parts = [...group.querySelectorAll("input[data-share]")];
    const rest = parts.filter((part) => part !== field);
    let room = 100 - Number(field.value);  // the others make way in proportion
    const sum = rest.reduce((all, part) => all + Number(part.value), 0);
    rest.forEach((part, i) => {
      const share = i === rest.length - 1 ? room : Math.round(sum ? (Number(part.value) / sum) * (100 - Number(field.value)) : 0);
      part.value = Math.max(0, Math.min(room, share));
      room -= Number(part.value);
    });
    parts.forEach((part) => { document.getElementById(part.dataset.out).textContent = part.value; });
    into.value = parts.map((part) => `${part.dataset.share}=${part.value}`).join(", ");
  }
  form.addEventListener("input", (event) => {
    const field = event.target;
    if (field.dataset.share) compose(field);
    const target = field.dataset.for && document.getElementById(field.dataset.for);
    if (target) target.value = field.value;
    const slider = field.name && form.querySelector(`[data-for="${field.name}"]`);
    if (slider && field.value !== "") slider.value = field.value;
    choose(field);
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    ask();
  });
})();

// A part marked data-again="MILLISECONDS" is still being worked out: its page is asked again until it is there.
(() => {
  async function again(part) {
    const wait = Number(part.dataset.again);
    await new Promise((done) => setTimeout(done, wait));
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = answer.ok && page.getElementById(part.id);
    if (!fresh) return;
    const taken = document.importNode(fresh, true);
    document.getElementById(part.id).replaceWith(taken);
    if (taken.dataset.again) again(taken);
  }
  for (const part of document.querySelectorAll("[data-again]")) again(part);
})();
