import { defineShortcutsSetup } from '@slidev/types'
import { hurry } from '../components/hurry.ts'

/** While a command is being typed, "next" completes it; the click after that goes on. */
export default defineShortcutsSetup((_, base) => base.map(shortcut => {
  const { name, fn } = shortcut
  return name?.startsWith('next_') && name !== 'next_overview' && fn ? { ...shortcut, fn: () => { if (!hurry()) fn() } } : shortcut
}))
