/** All of a body; what came of it, where it ended early, with the line that says why. `onPart` hears each part as it comes. */
export async function readBody(
  body: ReadableStream<Uint8Array>, onPart: (part: Uint8Array<ArrayBuffer>) => void = () => undefined,
): Promise<{ parts: Uint8Array<ArrayBuffer>[]; problem?: string }> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  const reader = body.getReader()
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return { parts }
      parts.push(value as Uint8Array<ArrayBuffer>)
      onPart(value as Uint8Array<ArrayBuffer>)
    }
  } catch (error) {
    return { parts, problem: error instanceof Error ? error.message : String(error) }
  }
}
