/** Bytes as a data: URL: a blob's URL belongs to one origin, and every document in the pane has its own. */
export function bytesAsUrl(bytes: Uint8Array, type: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result as string)
    reader.onerror = () => reject(reader.error ?? new Error('the bytes could not be read'))
    reader.readAsDataURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }))
  })
}
