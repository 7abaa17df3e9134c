// @ts-check
// The editor's side of `poa lsp`: it finds the program, starts it, and shows what it answers.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');
const { CloseAction, ErrorAction, LanguageClient } = require('vscode-languageclient/node');

/** What a page may load: its own styles and pictures, and nothing from anywhere else. */
const POLICY =
  '<meta http-equiv="Content-Security-Policy" ' +
  `content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`;

/** @typedef {{title?: string, html?: string, message?: string}} Answer a page, or why there is none */
/** @typedef {{uri: vscode.Uri, position: vscode.Position}} Place */

/** @type {vscode.DocumentFilter[]} every file of a plan, as whatever language it is opened */
let files = [];
/** @type {LanguageClient | undefined} */
let client;
/** @type {vscode.WebviewPanel | undefined} */
let changes;
/** @type {vscode.WebviewPanel | undefined} */
let preview;
/** @type {Place | undefined} what the preview shows */
let previewed;
/** Settled when the server has started, or cannot be. */
let started = Promise.resolve();
/** Whether it was said that there is no `poa`. */
let told = false;

/** @param {vscode.ExtensionContext} context */
async function activate(context) {
  const [language] = context.extension.packageJSON.contributes.languages;
  files = language.filenamePatterns.map((/** @type {string} */ pattern) => ({ scheme: 'file', pattern }));
  context.subscriptions.push(
    vscode.commands.registerCommand('poa-plan.build', build),
    vscode.commands.registerCommand('poa-plan.showChanges', showChanges),
    vscode.commands.registerCommand('poa-plan.showPreview', showPreview),
    vscode.commands.registerCommand('poa-plan.restart', restart),
    vscode.workspace.onDidSaveTextDocument((document) => isOfPlan(document) && renewPreview()),
    vscode.window.onDidChangeActiveTextEditor(renewPreview),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('poa.path') && restart()),
  );
  started = start();
  await vscode.commands.executeCommand('setContext', 'poa-plan.isOpen', true);
  await started;
}

async function deactivate() {
  await client?.stop();
}

// --- the program ------------------------------------------------------------------------------

/** The folder of the workspace that the file in front lies in; else the first with a plan, else the first. */
function folder() {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const document = vscode.window.activeTextEditor?.document;
  const inFront = document && isOfPlan(document) && vscode.workspace.getWorkspaceFolder(document.uri);
  const withPlan = folders.find((each) => isFile(path.join(each.uri.fsPath, 'plan', 'plan.yaml')));
  return inFront || withPlan || folders[0];
}

/**
 * The program `poa`: by the setting, else of the folder, else of the PATH. Where there is none, say so once.
 * @param {vscode.WorkspaceFolder} of
 */
function program(of) {
  const chosen = vscode.workspace.getConfiguration('poa', of).get('path', '');
  const windows = process.platform === 'win32';
  const own = windows ? path.join('.venv', 'Scripts', 'poa.exe') : path.join('.venv', 'bin', 'poa');
  const onPath = (process.env.PATH ?? '').split(path.delimiter).filter(path.isAbsolute);
  const candidates = chosen
    ? [path.resolve(of.uri.fsPath, chosen)]
    : [path.join(of.uri.fsPath, own), ...onPath.map((each) => path.join(each, windows ? 'poa.exe' : 'poa'))];
  const found = candidates.find(isFile);
  if (!found && !told) {
    told = true;
    advise(chosen ? `There is no program ${chosen}.` : 'The program poa was not found.');
  }
  return found;
}

/**
 * Say that `poa` does not work, and how to mend it.
 * @param {string} problem
 */
async function advise(problem) {
  const open = 'Open the Setting';
  const cure = "Install it with pip install 'poa-toolkit[lsp]', or say in the settings where it is.";
  if ((await vscode.window.showWarningMessage(`${problem} ${cure}`, open)) === open) {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'poa.path');
  }
}

async function start() {
  const at = folder();
  const command = at && program(at);
  if (!command) {
    return;
  }
  let hasRun = false;
  client = new LanguageClient(
    'poa',
    'Plan of Action',
    { command, args: ['lsp'], options: { cwd: at.uri.fsPath } },
    {
      documentSelector: files,
      diagnosticCollectionName: 'poa', // the owner of the problem matchers too: a file is listed by one of them
      middleware: { executeCommand },
      // A server that ends is started again, some times; one that never ran is not: `advise` says what to do.
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => (hasRun ? usual.closed() : { action: CloseAction.DoNotRestart, handled: true }),
      },
    },
  );
  /** @type {import('vscode-languageclient/node').ErrorHandler} */
  const usual = client.createDefaultErrorHandler();
  try {
    await client.start();
    hasRun = true;
  } catch {
    client.outputChannel.show(true);
    advise(`${command} lsp does not run; the output below says why.`);
  }
}

async function restart() {
  const former = client;
  client = undefined;
  told = false;
  await former?.dispose().catch(() => undefined); // what has not started cannot be stopped
  started = start();
  await started;
}

// --- commands ---------------------------------------------------------------------------------

async function build() {
  const at = folder();
  const command = at && program(at);
  if (command) {
    const execution = new vscode.ProcessExecution(command, ['build'], { cwd: at.uri.fsPath });
    const matchers = ['$poa', '$poa-file'];
    const task = new vscode.Task({ type: 'process' }, at, 'Build the document', 'poa', execution, matchers);
    await vscode.tasks.executeTask(task);
  }
}

/** @param {string} [uri] the file; without it, the one in front */
async function showChanges(uri) {
  const file = uri ? vscode.Uri.parse(uri) : planFile();
  const answer = file && (await ask('poa.changes', asUri(file)));
  if (answer?.html) {
    changes ??= panel('poa.changes', vscode.ViewColumn.Active, () => (changes = undefined));
    changes.reveal();
    show(changes, answer);
  } else if (answer?.message) {
    vscode.window.showInformationMessage(answer.message);
  }
}

async function showPreview() {
  preview ??= panel('poa.preview', vscode.ViewColumn.Beside, () => (preview = undefined));
  await renewPreview();
}

/** Show anew what is at the cursor, or, where no file of a plan is in front, what was shown. */
async function renewPreview() {
  if (!preview) {
    return;
  }
  const editor = vscode.window.activeTextEditor;
  if (editor && isOfPlan(editor.document)) {
    previewed = { uri: editor.document.uri, position: editor.selection.active };
  }
  if (previewed) {
    const { line, character } = previewed.position;
    const answer = await ask('poa.preview', asUri(previewed.uri), { line, character });
    if (preview && answer) {
      show(preview, answer);
    }
  }
}

/**
 * What lenses and cures ask of the server, where the editor has a part in it.
 * @param {string} command
 * @param {any[]} args
 * @param {(command: string, args: any[]) => any} next
 */
async function executeCommand(command, args, next) {
  const [uri, action, reason] = args;
  if (command === 'poa.showChanges') {
    return showChanges(uri);
  }
  if (command === 'poa.withdraw' && typeof reason !== 'string') {
    const given = await askForReason(action);
    return given ? next(command, [uri, action, given]) : undefined;
  }
  return next(command, args);
}

/** @param {string} action */
async function askForReason(action) {
  const given = await vscode.window.showInputBox({
    title: `Withdraw ${action}`,
    prompt: 'Why? The document prints it in the annex of withdrawn actions.',
    validateInput: (text) => (text.trim() ? undefined : 'A reason is needed.'),
  });
  return given?.trim();
}

// --- asking and showing -----------------------------------------------------------------------

/**
 * @param {string} command
 * @param {any[]} args
 * @returns {Promise<Answer | undefined>}
 */
async function ask(command, ...args) {
  await started;
  if (!client?.isRunning()) {
    vscode.window.showInformationMessage('The language server of the plan is not running.');
    return undefined;
  }
  try {
    return await client.sendRequest('workspace/executeCommand', { command, arguments: args });
  } catch (error) {
    return { message: said(error) };
  }
}

/**
 * @param {string} kind
 * @param {vscode.ViewColumn} column
 * @param {() => void} closed
 */
function panel(kind, column, closed) {
  const where = { viewColumn: column, preserveFocus: true };
  const options = { enableScripts: false, enableFindWidget: true, localResourceRoots: [] };
  const made = vscode.window.createWebviewPanel(kind, 'Plan of Action', where, options);
  made.onDidDispose(closed);
  return made;
}

/**
 * @param {vscode.WebviewPanel} at
 * @param {Answer} answer
 */
function show(at, answer) {
  const html = answer.html ?? `<html><head></head><body><p>${escaped(answer.message ?? '')}</p></body></html>`;
  const head = /<head\b[^>]*>/i;
  at.title = answer.title ?? at.title;
  at.webview.html = head.test(html) ? html.replace(head, (tag) => tag + POLICY) : POLICY + html;
}

// --- small things -----------------------------------------------------------------------------

/** The file in front where it is one of a plan, else plan.yaml of the folder. */
function planFile() {
  const document = vscode.window.activeTextEditor?.document;
  const at = folder();
  return document && isOfPlan(document) ? document.uri : at && vscode.Uri.joinPath(at.uri, 'plan', 'plan.yaml');
}

/** @param {vscode.TextDocument} document */
function isOfPlan(document) {
  return vscode.languages.match(files, document) > 0;
}

/** @param {vscode.Uri} uri */
function asUri(uri) {
  return client?.code2ProtocolConverter.asUri(uri) ?? uri.toString();
}

/** @param {string} name */
function isFile(name) {
  return fs.existsSync(name) && fs.statSync(name).isFile();
}

/** @param {unknown} error */
function said(error) {
  return error instanceof Error ? error.message : String(error);
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

module.exports = { activate, deactivate };
