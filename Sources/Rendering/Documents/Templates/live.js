(function () {
  "use strict";
  var blocks = document.getElementById("blocks"), notices = document.getElementById("notices");
  var bar = document.getElementById("live"), where = document.getElementById("where"), clock = document.getElementById("clock");
  var header = document.querySelector("header"), headerText = null, contentsText = null;
  // When the statement that is evaluated began, by this page's own clock.
  var began = null, isFirst = true, events = null;

  function element(html) {
    var shell = document.createElement("template");
    shell.innerHTML = html;
    return shell.content;
  }

  function say(words, mood) {
    where.textContent = words;
    bar.setAttribute("data-mood", mood);
  }

  function tick() {
    var seconds = began === null ? 0 : Math.floor((Date.now() - began) / 1000);
    clock.textContent = seconds < 1 ? "" : seconds < 90 ? seconds + " s" : Math.floor(seconds / 60) + " min " + seconds % 60 + " s";
  }
  setInterval(tick, 500);

  // What the reader looks at: the first piece that is seen and will stay, and how far it is from the window's top.
  function place(kept) {
    var seen = Array.from(blocks.children).filter(function (block) { return kept[block.dataset.key]; });
    for (var index = 0; index < seen.length; index++) {
      var box = seen[index].getBoundingClientRect();
      if (box.bottom > 0) { return { block: seen[index], top: box.top }; }
    }
    return null;
  }

  function headWith(change) {
    if (change.header !== headerText) {
      headerText = change.header;
      header.replaceWith(element(change.header));
      header = document.querySelector("header");
    }
    if (change.contents !== contentsText) {
      contentsText = change.contents;
      var old = document.getElementById("contents"), details = old && old.querySelector("details");
      var isOpen = details ? details.open : matchMedia("(min-width: 72rem)").matches;
      if (old) { old.remove(); }
      document.getElementById("main").before(element(change.contents));
      details = document.querySelector("nav details");
      if (details) { details.open = isOpen; }
    }
    document.title = change.title;
  }

  function show(change) {
    var kept = {}, old = {};
    change.blocks.forEach(function (block) { kept[block.key] = true; });
    var anchor = window.scrollY > 0 ? place(kept) : null;
    headWith(change);
    notices.replaceChildren.apply(notices, change.notices.map(function (words) {
      var notice = document.createElement("p");
      notice.className = "notice";
      notice.textContent = words;
      return notice;
    }));
    Array.from(blocks.children).forEach(function (block) {
      if (kept[block.dataset.key]) { old[block.dataset.key] = block; } else { block.remove(); }
    });
    change.blocks.forEach(function (block, index) {
      var node = old[block.key];
      if (!node) {
        node = document.createElement("div");
        node.className = isFirst || block.state === "waiting" ? "block" : "block fresh";
        node.dataset.key = block.key;
        node.append(element(block.html));
      }
      node.dataset.state = block.state || "";
      if (blocks.children[index] !== node) { blocks.insertBefore(node, blocks.children[index] || null); }
    });
    document.querySelectorAll(".progress").forEach(function (line) { if (line.parentNode.dataset.state !== "running") { line.remove(); } });
    if (anchor) { window.scrollBy({ top: anchor.block.getBoundingClientRect().top - anchor.top, behavior: "instant" }); }
    if (isFirst && location.hash) { var target = document.getElementById(location.hash.slice(1)); if (target) { target.scrollIntoView(); } }
    isFirst = false;
    say(change.words, change.mood);
    where.removeAttribute("href");
    var current = blocks.querySelector("[data-state=running], [data-state=failed]");
    if (current) {
      current.id = "now";
      where.href = "#now";
    }
    blocks.querySelectorAll("#now").forEach(function (block) { if (block !== current) { block.removeAttribute("id"); } });
    began = change.seconds === null ? null : Date.now() - change.seconds * 1000;
    tick();
    progress(change.progress);
  }

  function progress(change) {
    var current = blocks.querySelector("[data-state=running]");
    if (!current || !change) { return; }
    var line = current.querySelector(".progress");
    if (!line) {
      line = document.createElement("div");
      line.className = "progress";
      line.append(document.createElement("progress"), document.createElement("span"));
      line.firstChild.max = 1;
      current.append(line);
    }
    line.firstChild.value = change.fraction;
    line.lastChild.textContent = change.words;
  }

  function connect() {
    events = new EventSource("events");
    events.addEventListener("page", function (event) { show(JSON.parse(event.data)); });
    events.addEventListener("progress", function (event) { progress(JSON.parse(event.data)); });
    events.onerror = function () {
      began = null;
      tick();
      if (events.readyState === EventSource.CLOSED) {
        say("This page is no longer served: open the address that segue watch printed last", "lost");
      } else {
        say("Connection lost; trying again", "lost");
      }
    };
  }
  connect();
})();
