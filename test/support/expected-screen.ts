import { promptAfter } from '../../engine/transcript/prompt-after.ts'
import { transcriptAt } from '../../engine/transcript/transcript-at.ts'
import type { Transcript } from '../../engine/transcript/transcript.ts'

/** What a terminal shows after so many steps, with the prompt that waits for the next one. */
export function expectedScreen(transcript: Transcript, steps: number): string {
  const { text } = transcriptAt(transcript, steps)
  if (transcript.steps[steps - 1]?.kind === 'type') return text
  const prompt = (transcript.steps[steps]?.prompt ?? promptAfter(transcript.steps)).trimEnd()
  return `${text}${prompt && `\n${prompt}`}`.trimStart()
}
