import type { Transcript } from './transcript.ts'

/**
 * What of a transcript is to be seen after so many clicks: click k plays step k, so steps 1 to k with their output. `lines` counts
 * lines of the displayed text, from its first. Before the first click nothing is; more clicks than steps show everything.
 */
export const transcriptAt = (transcript: Transcript, clicks: number): { lines: number; text: string } => {
  const step = transcript.steps[Math.min(clicks, transcript.steps.length) - 1]
  const lines = step === undefined ? 0 : step.line + step.lines
  return { lines, text: transcript.text.split('\n').slice(0, lines).join('\n') }
}
