// What reading does not need but work is quicker with: reviewing by keyboard, words selected for a claim, files dropped.
// Every page works without it.
"use strict";
(() => {
  document.documentElement.classList.add("scripted");
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const said = $("#said");
  const say = (words) => { if (said) said.textContent = words; };
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

  // -- claims: going from one to the next, deciding ---------------------------------------------------------------
  const cards = () => $$(".card");
  let at = -1;
  function go(index) {
    const all = cards();
    if (!all.length) return;
    at = Math.max(0, Math.min(all.length - 1, index));
    all.forEach((card, i) => card.classList.toggle("on", i === at));
    const card = all[at];
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    light(card.dataset.claim);
  }
  function light(claim) {
    $$(".mark.on").forEach((mark) => mark.classList.remove("on"));
    const marks = $$(".mark").filter((mark) => mark.dataset.claims.split(" ").includes(claim));
    marks.forEach((mark) => mark.classList.add("on"));
    if (marks.length && !$(".cards:hover")) marks[0].scrollIntoView({ block: "nearest" });
  }
  function decide(choice) {
    const card = cards()[at];
    const button = card && $(`.decide button[value="${choice}"]`, card);
    if (!button) return;
    sessionStorage.setItem("at", JSON.stringify([location.pathname, choice === "undo" ? card.dataset.claim : "", at]));
    button.form.requestSubmit(button);
  }
  async function edit() {
    const card = cards()[at];
    const link = card && $(".decide a.correct", card);
    if (link) {  // the form stands on the claim's own page
      const answer = await fetch(link.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const form = page.querySelector(".decide");
      if (!answer.ok || !form) { location.href = link.href; return; }
      form.querySelector("[name=back]").value = $(".decide [name=back]", card).value;
      $(".decide", card).replaceWith(document.importNode(form, true));
    }
    const details = card && $(".edit", card);
    if (!details) return;
    details.open = true;
    const first = $("input:not([type=hidden]), select", details);
    if (first) first.focus();
  }
  const keys = {
    j: () => go(at + 1), k: () => go(at - 1), a: () => decide("accept"), x: () => decide("reject"),
    u: () => decide("undo"), e: edit,
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && typing(event.target) && event.target.closest(".edit")) {
      event.target.closest(".edit").open = false;
      go(at);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/" && $("#find")) { event.preventDefault(); $("#find").focus(); return; }
    const act = cards().length ? keys[event.key] : undefined;
    if (act) { event.preventDefault(); act(); }
  });
  document.addEventListener("click", (event) => {
    const correct = event.target.closest("a.correct");
    if (correct && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      go(cards().indexOf(correct.closest(".card")));
      edit();
      return;
    }
    const mark = event.target.closest(".mark");
    const card = mark ? document.getElementById(mark.hash.slice(1)) : event.target.closest(".card");
    if (!card) return;
    const index = cards().indexOf(card);
    if (mark) { event.preventDefault(); history.replaceState(null, "", mark.hash); go(index); } else if (!typing(event.target)) {
      at = index;
      cards().forEach((other, i) => other.classList.toggle("on", i === at));
      light(card.dataset.claim);
    }
  });
  try {  // after a decision the next claim has its place
    const [path, , index] = JSON.parse(sessionStorage.getItem("at") || "[]");
    sessionStorage.removeItem("at");
    const target = location.hash.startsWith("#c-") && document.getElementById(location.hash.slice(1));
    if (target) go(cards().indexOf(target));
    else if (path === location.pathname) go(index);
  } catch { /* nothing was kept */ }

  // -- words selected in the text become the words of a new claim --------------------------------------------------
  const form = $("#add-claim");
  const text = $("#text");
  function offset(node, inner) {
    const piece = (node.nodeType === 3 ? node.parentElement : node).closest("[data-start]");
    if (!piece || !text.contains(piece)) return null;
    const range = document.createRange();
    range.selectNodeContents(piece);
    range.setEnd(node, inner);
    // offsets count characters as the record does, not the halves JavaScript counts
    return Number(piece.dataset.start) + [...range.toString()].length;
  }
  if (form && text) {
    document.addEventListener("selectionchange", () => {
      const chosen = document.getSelection();
      if (!chosen.rangeCount || chosen.isCollapsed) return;
      const range = chosen.getRangeAt(0);
      if (!text.contains(range.commonAncestorContainer)) return;
      const start = offset(range.startContainer, range.startOffset);
      const end = offset(range.endContainer, range.endOffset);
      if (start === null || end === null || end <= start) return;
      $("#a-start").value = start;
      $("#a-end").value = end;
      $("#chosen").textContent = chosen.toString().slice(0, 600);
    });
    const kind = $("#a-kind");
    const show = () => $$(".of-kind").forEach((set) => {
      const on = set.dataset.kind === kind.value;
      set.classList.toggle("shown", on);
      set.disabled = !on;
    });
    kind.addEventListener("change", show);
    show();
  }

  // -- files dropped are sent one by one, each with a line ---------------------------------------------------------
  const drop = $("#drop");
  const adding = $("#add-reports");
  async function send(file) {
    const data = new FormData(adding);
    data.delete("files");
    for (const name of ["text", "urls", "title"]) data.delete(name);
    data.append("files", file, file.name);
    const headers = { accept: "application/json", "x-csrf-token": $("meta[name=csrf]").content };
    const answer = await fetch(adding.action, { method: "POST", body: data, headers });
    const told = await answer.json();
    if (!answer.ok) throw new Error(`${told.error.message} ${told.error.what_to_do}`);
    return told;
  }
  async function follow(href, line, name) {
    for (;;) {
      const told = await (await fetch(href, { headers: { accept: "application/json" } })).json();
      if (told.error) throw new Error(told.error.message);
      const link = document.createElement("a");
      link.href = href;
      link.textContent = name;
      const words = told.fault || told.lines.map((l) => `${l.status}, ${l.claims}${l.why ? `: ${l.why}` : ""}`).join("; ") || "…";
      line.replaceChildren(link, document.createTextNode(` ${words}`));
      if (told.done) return;
      await new Promise((done) => setTimeout(done, 400));
    }
  }
  async function sendAll(files) {
    const list = $("#progress");
    for (const file of files) {
      const line = document.createElement("li");
      line.textContent = `${file.name} …`;
      list.append(line);
      try {
        const told = await send(file);
        await follow(told.href, line, file.name);
      } catch (error) { line.textContent = `${file.name}: ${error.message}`; }
    }
    say(list.textContent);
  }
  if (drop && adding) {
    for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (e) => { e.preventDefault(); drop.classList.add("over"); });
    for (const name of ["dragleave", "drop"]) drop.addEventListener(name, (e) => { e.preventDefault(); drop.classList.remove("over"); });
    drop.addEventListener("drop", (e) => sendAll([...e.dataTransfer.files]));
  }

  // -- printing ----------------------------------------------------------------------------------------------------
  $$("[data-print]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => print()); });
})();
