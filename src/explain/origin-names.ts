/**
 * The programs that people and agents start other programs from. They carry a session: what runs
 * below them was started by somebody at that session, not by the unit or environment that the
 * session program itself came from.
 */

/** Shells, by the name they are started under. */
export const shells: ReadonlySet<string> = new Set([
  'ash',
  'bash',
  'csh',
  'dash',
  'elvish',
  'fish',
  'ksh',
  'mksh',
  'nu',
  'pwsh',
  'rbash',
  'sh',
  'tcsh',
  'xonsh',
  'zsh',
]);

/** Programs that keep terminals alive without a screen. */
export const multiplexers: ReadonlySet<string> = new Set([
  'byobu',
  'dtach',
  'abduco',
  'screen',
  'tmux',
  'zellij',
]);

/** Servers that a person logs in through from another machine. */
export const remoteLogins: ReadonlySet<string> = new Set([
  'dropbear',
  'etserver',
  'etterminal',
  'mosh-server',
  'sshd',
  'sshd-session',
  'tailscaled',
]);

/** Terminal emulators: process name → what people call it. */
export const terminals: ReadonlyMap<string, string> = new Map([
  ['alacritty', 'Alacritty'],
  ['contour', 'Contour'],
  ['foot', 'foot'],
  ['footclient', 'foot'],
  ['ghostty', 'Ghostty'],
  ['gnome-terminal-server', 'GNOME Terminal'],
  ['guake', 'Guake'],
  ['hyper', 'Hyper'],
  ['iterm2', 'iTerm2'],
  ['kgx', 'GNOME Console'],
  ['kitty', 'kitty'],
  ['konsole', 'Konsole'],
  ['lxterminal', 'LXTerminal'],
  ['mate-terminal', 'MATE Terminal'],
  ['ptyxis', 'Ptyxis'],
  ['ptyxis-agent', 'Ptyxis'],
  ['qterminal', 'QTerminal'],
  ['rio', 'Rio'],
  ['rxvt', 'rxvt'],
  ['tabby', 'Tabby'],
  ['terminal', 'Terminal'],
  ['terminator', 'Terminator'],
  ['tilda', 'Tilda'],
  ['tilix', 'Tilix'],
  ['urxvt', 'rxvt-unicode'],
  ['urxvtd', 'rxvt-unicode'],
  ['warp', 'Warp'],
  ['warp-terminal', 'Warp'],
  ['wezterm-gui', 'WezTerm'],
  ['wezterm-mux-server', 'WezTerm'],
  ['windowsterminal', 'Windows Terminal'],
  ['xfce4-terminal', 'Xfce Terminal'],
  ['xterm', 'xterm'],
  ['yakuake', 'Yakuake'],
]);

/** Shells of desktops, which start programs by a click. */
export const desktops: ReadonlyMap<string, string> = new Map([
  ['cinnamon', 'Cinnamon'],
  ['cinnamon-session', 'Cinnamon'],
  ['gnome-session-binary', 'GNOME'],
  ['gnome-shell', 'GNOME'],
  ['hyprland', 'Hyprland'],
  ['i3', 'i3'],
  ['kded5', 'KDE Plasma'],
  ['kded6', 'KDE Plasma'],
  ['ksmserver', 'KDE Plasma'],
  ['labwc', 'labwc'],
  ['lxqt-session', 'LXQt'],
  ['mate-session', 'MATE'],
  ['niri', 'niri'],
  ['openbox', 'Openbox'],
  ['plasma_session', 'KDE Plasma'],
  ['plasmashell', 'KDE Plasma'],
  ['river', 'river'],
  ['sway', 'Sway'],
  ['xfce4-panel', 'Xfce'],
  ['xfce4-session', 'Xfce'],
]);

/** Editors with terminals and tasks of their own. */
export const editors: ReadonlyMap<string, string> = new Map([
  ['clion', 'CLion'],
  ['code', 'VS Code'],
  ['code-insiders', 'VS Code Insiders'],
  ['code-oss', 'Code - OSS'],
  ['code-server', 'code-server'],
  ['code-tunnel', 'VS Code'],
  ['codium', 'VSCodium'],
  ['com.intellij.idea.main', 'a JetBrains IDE'],
  ['cursor', 'Cursor'],
  ['emacs', 'Emacs'],
  ['emacs-gtk', 'Emacs'],
  ['fleet', 'Fleet'],
  ['goland', 'GoLand'],
  ['gvim', 'Vim'],
  ['helix', 'Helix'],
  ['hx', 'Helix'],
  ['idea', 'IntelliJ IDEA'],
  ['kate', 'Kate'],
  ['nvim', 'Neovim'],
  ['openvscode-server', 'OpenVSCode Server'],
  ['phpstorm', 'PhpStorm'],
  ['pycharm', 'PyCharm'],
  ['rider', 'Rider'],
  ['rubymine', 'RubyMine'],
  ['rustrover', 'RustRover'],
  ['sublime_text', 'Sublime Text'],
  ['vim', 'Vim'],
  ['vscodium', 'VSCodium'],
  ['webstorm', 'WebStorm'],
  ['windsurf', 'Windsurf'],
  ['zed', 'Zed'],
  ['zed-editor', 'Zed'],
  ['zed-remote-server', 'Zed'],
  ['zeditor', 'Zed'],
]);

/** Folders that an editor's server for remote work runs from. */
const editorFolders: readonly (readonly [string, string])[] = [
  ['/.vscode-server', 'VS Code Server'],
  ['/.vscode-remote/', 'VS Code Server'],
  ['/.cursor-server/', 'Cursor Server'],
  ['/.windsurf-server/', 'Windsurf Server'],
  ['/.vscodium-server/', 'VSCodium Server'],
  ['/.zed_server/', 'Zed'],
  ['/.cache/JetBrains/RemoteDev/', 'JetBrains Gateway'],
];

/** AI agents that run shell commands. */
export const agents: ReadonlyMap<string, string> = new Map([
  ['aider', 'Aider'],
  ['amp', 'Amp'],
  ['claude', 'Claude Code'],
  ['claude-code', 'Claude Code'],
  ['codex', 'Codex'],
  ['copilot', 'GitHub Copilot'],
  ['crush', 'Crush'],
  ['cursor-agent', 'Cursor'],
  ['droid', 'Droid'],
  ['gemini', 'Gemini CLI'],
  ['goose', 'goose'],
  ['goosed', 'goose'],
  ['opencode', 'opencode'],
  ['openhands', 'OpenHands'],
  ['qwen', 'Qwen Code'],
]);

/** Package folders that an agent's script runs from, where its file is named `cli.js` or `index.js`. */
const agentFolders: readonly (readonly [string, string])[] = [
  ['/@anthropic-ai/claude-code/', 'Claude Code'],
  ['/@openai/codex/', 'Codex'],
  ['/@google/gemini-cli/', 'Gemini CLI'],
  ['/@github/copilot/', 'GitHub Copilot'],
  ['/@sourcegraph/amp/', 'Amp'],
  ['/opencode-ai/', 'opencode'],
  ['/cursor-agent/', 'Cursor'],
];

/** The editor that a process is, by its names and command line; null where it is none. */
export const editorName = (names: readonly string[], argv: readonly string[]): string | null =>
  lookUp(editors, names) ?? lookUpFolder(editorFolders, argv);

/** The AI agent that a process is, by its names and command line; null where it is none. */
export const agentName = (names: readonly string[], argv: readonly string[]): string | null =>
  lookUp(agents, names) ?? lookUpFolder(agentFolders, argv);

/** Whether people start programs of their own below it, whoever started this one; editors apart. */
export const isSessionCarrier = (names: readonly string[]): boolean =>
  names.some(
    (name) =>
      multiplexers.has(name) || remoteLogins.has(name) || terminals.has(name) || desktops.has(name),
  );

const lookUp = (table: ReadonlyMap<string, string>, names: readonly string[]): string | null => {
  for (const name of names) {
    const found = table.get(name);
    if (found !== undefined) return found;
  }
  return null;
};

/** Looks at the program and its script only: a later word may be any file's path. */
const lookUpFolder = (
  folders: readonly (readonly [string, string])[],
  [program = '', script = '']: readonly string[],
): string | null => {
  if (!program.includes('/') && !script.includes('/')) return null;
  const found = folders.find(([folder]) => program.includes(folder) || script.includes(folder));
  return found?.[1] ?? null;
};
