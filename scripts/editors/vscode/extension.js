// Starts `segue lsp` and speaks the language server protocol with it. It needs nothing beside VS Code: the usual client library would bring a
// folder of packages, for the few requests that are made here.
const vscode = require("vscode");
const { spawn } = require("child_process");

class Server {
  constructor(program, root, told, ended) {
    this.waiting = new Map();
    this.last = 0;
    this.buffer = Buffer.alloc(0);
    this.told = told;
    this.process = spawn(program, ["lsp"], { cwd: root });
    this.process.on("error", (error) => this.end(ended, `${program} did not start: ${error.message}. The setting segue.program names it.`));
    this.process.on("exit", (code) => this.end(ended, code ? `${program} lsp ended with ${code}.` : ""));
    this.process.stdin.on("error", () => {});
    this.process.stdout.on("data", (bytes) => this.take(bytes));
  }

  end(ended, words) {
    for (const answer of this.waiting.values()) answer(null);
    this.waiting.clear();
    this.isOver = true;
    ended(words);
  }

  take(bytes) {
    this.buffer = Buffer.concat([this.buffer, bytes]);
    for (;;) {
      const end = this.buffer.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/content-length: *(\d+)/i.exec(this.buffer.toString("latin1", 0, end))[1]);
      if (this.buffer.length < end + 4 + length) return;
      const message = JSON.parse(this.buffer.toString("utf8", end + 4, end + 4 + length));
      this.buffer = this.buffer.subarray(end + 4 + length);
      if (message.method) this.told(message.method, message.params);
      else if (this.waiting.has(message.id)) {
        this.waiting.get(message.id)(message.result ?? null);
        this.waiting.delete(message.id);
      }
    }
  }

  send(message) {
    if (this.isOver) return;
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }), "utf8");
    this.process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.process.stdin.write(body);
  }

  say(method, params) { this.send({ method, params }); }

  ask(method, params) {
    if (this.isOver) return Promise.resolve(null);
    const id = ++this.last;
    return new Promise((answer) => {
      this.waiting.set(id, answer);
      this.send({ id, method, params });
    });
  }
}

const range = (r) => new vscode.Range(r.start.line, r.start.character, r.end.line, r.end.character);
const at = (document, position) => ({ textDocument: { uri: document.uri.toString() }, position: { line: position.line, character: position.character } });

function activate(context) {
  const faults = vscode.languages.createDiagnosticCollection("segue");
  const program = vscode.workspace.getConfiguration("segue").get("program") || "segue";
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  const told = (method, params) => {
    if (method !== "textDocument/publishDiagnostics") return;
    faults.set(vscode.Uri.parse(params.uri), params.diagnostics.map((fault) => {
      const shown = new vscode.Diagnostic(range(fault.range), fault.message, fault.severity - 1);
      shown.source = "segue";
      return shown;
    }));
  };
  const server = new Server(program, root?.scheme === "file" ? root.fsPath : undefined, told, (words) => {
    faults.clear();
    if (words) vscode.window.showErrorMessage(`Segue: ${words}`);
  });
  const isOurs = (document) => document.languageId === "segue";
  const opened = (document) => {
    if (isOurs(document)) server.say("textDocument/didOpen", { textDocument: { uri: document.uri.toString(), languageId: "segue", version: document.version, text: document.getText() } });
  };
  server.ask("initialize", { processId: process.pid, rootUri: root ? root.toString() : null, capabilities: {} }).then(() => {
    server.say("initialized", {});
    vscode.workspace.textDocuments.forEach(opened);
    context.subscriptions.push(
      vscode.workspace.onDidOpenTextDocument(opened),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (isOurs(document)) server.say("textDocument/didClose", { textDocument: { uri: document.uri.toString() } });
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isOurs(document)) server.say("textDocument/didChange", { textDocument: { uri: document.uri.toString(), version: document.version }, contentChanges: [{ text: document.getText() }] });
      }),
      vscode.languages.registerCompletionItemProvider("segue", {
        async provideCompletionItems(document, position) {
          const answer = await server.ask("textDocument/completion", at(document, position));
          return (answer?.items ?? []).map((item) => {
            const made = new vscode.CompletionItem({ label: item.label, description: item.detail }, item.kind - 1);
            Object.assign(made, { sortText: item.sortText, filterText: item.filterText, insertText: item.textEdit.newText, range: range(item.textEdit.range) });
            return made;
          });
        },
      }, "=", ".", "@", " "),
      vscode.languages.registerHoverProvider("segue", {
        async provideHover(document, position) {
          const answer = await server.ask("textDocument/hover", at(document, position));
          return answer && new vscode.Hover(new vscode.MarkdownString(answer.contents.value), range(answer.range));
        },
      }),
      vscode.languages.registerDefinitionProvider("segue", {
        async provideDefinition(document, position) {
          const answer = await server.ask("textDocument/definition", at(document, position));
          return answer && new vscode.Location(vscode.Uri.parse(answer.uri), range(answer.range));
        },
      }),
      vscode.languages.registerDocumentFormattingEditProvider("segue", {
        async provideDocumentFormattingEdits(document) {
          const answer = await server.ask("textDocument/formatting", { textDocument: { uri: document.uri.toString() }, options: {} });
          return (answer ?? []).map((edit) => vscode.TextEdit.replace(range(edit.range), edit.newText));
        },
      }),
    );
  });
  context.subscriptions.push(faults, {
    dispose() {
      server.ask("shutdown", {}).then(() => {
        server.say("exit", {});
        server.process.stdin.end();
      });
    },
  });
}

module.exports = { activate, deactivate() {} };
