(function () {
  "use strict";
  var statements = Array.from(document.querySelectorAll(".statement"));
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
    var usual = button.textContent;
    var done = navigator.clipboard ? navigator.clipboard.writeText(words).catch(function () { return copyBySelection(words); }) : copyBySelection(words);
    done.then(function () {
      button.textContent = "Copied";
      setTimeout(function () { button.textContent = usual; }, 1200);
    });
  }
  statements.forEach(function (statement) {
    var button = statement.querySelector(".copy");
    button.hidden = false;
    button.addEventListener("click", function () { copy(button, text(statement)); });
  });
  var all = document.querySelector(".copy.all");
  all.hidden = statements.length === 0;
  all.addEventListener("click", function () { copy(all, statements.map(text).join("\n") + "\n"); });
  var contents = document.querySelector("nav details");
  if (contents) { contents.open = matchMedia("(min-width: 72rem)").matches; }
  window.addEventListener("beforeprint", function () { document.querySelectorAll("details").forEach(function (part) { part.open = true; }); });
})();
