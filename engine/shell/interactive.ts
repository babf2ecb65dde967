import type { Interpreter } from './interpreter.ts'
import type { ShellState } from './shell-state.ts'
export async function runInteractively(shell: Interpreter, onPrompt?: (state: ShellState) => void): Promise<number> { void onPrompt; return shell.state.status }
export async function hangUp(shell: Interpreter): Promise<void> { void shell }
