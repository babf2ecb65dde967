/** Milliseconds: some browsers read the address after the click. */
const KEPT = 60_000

/** Gives a file to the person, as a download of the browser's. */
export function saveFile(name: string, bytes: Uint8Array): void {
  const link = document.createElement('a')
  // Whatever it is, no tab of the deck's origin shows it.
  link.href = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/octet-stream' }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT)
}
