/**
 * The terminals' colours, once for xterm and once for the static transcripts: the sixteen of ANSI on the deck's panel. Every one of them
 * can carry text: contrast 5.4 or more on the panel (palette.css has the same panel and ink).
 */
export interface TerminalPalette {
  background: string
  foreground: string
  cursor: string
  selectionBackground: string
  black: string
  red: string
  green: string
  yellow: string
  blue: string
  magenta: string
  cyan: string
  white: string
  brightBlack: string
  brightRed: string
  brightGreen: string
  brightYellow: string
  brightBlue: string
  brightMagenta: string
  brightCyan: string
  brightWhite: string
}

export const lightTerminal: TerminalPalette = {
  background: '#ffffff',
  foreground: '#1d1b22',
  cursor: '#12724a',
  selectionBackground: '#cfe3d8',
  black: '#1d1b22',
  red: '#b3261e',
  green: '#12724a',
  yellow: '#7d5a00',
  blue: '#1f5fae',
  magenta: '#7d3aa0',
  cyan: '#0b6b78',
  white: '#5d5966',
  brightBlack: '#6a6672',
  brightRed: '#c4302a',
  brightGreen: '#127a4c',
  brightYellow: '#8a6200',
  brightBlue: '#2668bd',
  brightMagenta: '#8c46b2',
  brightCyan: '#0e7482',
  brightWhite: '#1d1b22',
}

export const darkTerminal: TerminalPalette = {
  background: '#1a1a21',
  foreground: '#eceae4',
  cursor: '#6fd3a0',
  selectionBackground: '#2f4a3f',
  black: '#948f9f',
  red: '#ff8d84',
  green: '#6fd3a0',
  yellow: '#f0c062',
  blue: '#8ab8f5',
  magenta: '#d3a4f0',
  cyan: '#6fd0dc',
  white: '#eceae4',
  brightBlack: '#a8a4b2',
  brightRed: '#ffa69f',
  brightGreen: '#8be4b8',
  brightYellow: '#f7d083',
  brightBlue: '#a8cbf9',
  brightMagenta: '#e0bdf6',
  brightCyan: '#93e0ea',
  brightWhite: '#ffffff',
}
