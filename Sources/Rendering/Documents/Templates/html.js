(function () {
  "use strict";
  // Buttons are shown where they work.
  document.documentElement.classList.add("scripted");
  function text(statement) { return statement.querySelector("code").textContent; }
  function copyBySelection(words) {
    var area = document.createElement("textarea");
    area.value = words;
    document.body.appendChild(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    return Promise.resolve();
  }
  function copy(button, words) {
    var done = navigator.clipboard ? navigator.clipboard.writeText(words).catch(function () { return copyBySelection(words); }) : copyBySelection(words);
    done.then(function () {
      var usual = button.getAttribute("data-usual") || button.textContent;
      button.setAttribute("data-usual", usual);
      button.textContent = "Copied";
      setTimeout(function () { button.textContent = usual; }, 1200);
    });
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest(".copy");
    if (!button) { return; }
    var statement = button.closest(".statement");
    copy(button, statement ? text(statement) : Array.from(document.querySelectorAll(".statement")).map(text).join("\n") + "\n");
  });
  var contents = document.querySelector("nav details");
  if (contents) { contents.open = matchMedia("(min-width: 72rem)").matches; }
  window.addEventListener("beforeprint", function () { document.querySelectorAll("details").forEach(function (part) { part.open = true; }); });
})();
