import type { ThemeRegistrationRaw } from 'shiki'
import type { TerminalPalette } from '../styles/terminal-palette.ts'

/** A Shiki theme in the terminals' colours, for every block of code and every static transcript of the deck. */
export function codeTheme(name: string, type: 'light' | 'dark', palette: TerminalPalette): ThemeRegistrationRaw {
  const rule = (scope: string[], foreground: string, fontStyle?: string) => ({ scope, settings: { foreground, fontStyle } })
  const settings = [
    rule(['comment', 'punctuation.definition.comment'], palette.brightBlack),
    rule(['string', 'constant.other.symbol'], palette.green),
    rule(['constant.numeric', 'constant.language', 'variable.other.normal.shell'], palette.magenta),
    rule(['keyword', 'storage'], palette.blue, 'bold'),
    rule(['entity.name.function', 'support.function'], palette.cyan),
    rule(['punctuation.prompt.terminal'], palette.green),
    rule(['entity.command.terminal'], palette.foreground, 'bold'),
  ]
  return {
    name,
    type,
    colors: { 'editor.background': palette.background, 'editor.foreground': palette.foreground },
    settings: [{ settings: { background: palette.background, foreground: palette.foreground } }, ...settings],
  }
}
