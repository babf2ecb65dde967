import { defineShikiSetup } from '@slidev/types'
import { darkTerminal, lightTerminal } from '../styles/terminal-palette.ts'
import { codeTheme } from './code-theme.ts'
import { terminalGrammar } from './terminal-grammar.ts'

export default defineShikiSetup(() => ({
  themes: {
    light: codeTheme('deck-light', 'light', lightTerminal),
    dark: codeTheme('deck-dark', 'dark', darkTerminal),
  },
  langs: [terminalGrammar],
}))
