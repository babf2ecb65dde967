/** All of a body; what came of it, where it ended early, with the line that says why. `onPart` hears how many bytes came. */
export async function readBody(body: ReadableStream<Uint8Array>, onPart: (count: number) => void = () => undefined): Promise<{ parts: Uint8Array<ArrayBuffer>[]; problem?: string }> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  const reader = body.getReader()
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return { parts }
      parts.push(value as Uint8Array<ArrayBuffer>)
      onPart(value.length)
    }
  } catch (error) {
    return { parts, problem: error instanceof Error ? error.message : String(error) }
  }
}
