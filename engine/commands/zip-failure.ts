/** zip's ends that are no success, with its words for each status. */
const texts: Record<number, string> = {
  3: 'Zip file structure invalid',
  8: 'Zip file invalid, could not spawn unzip, or wrong unzip',
  9: 'Interrupted',
  12: 'Nothing to do!',
  14: 'Output file write failure',
  15: 'Could not create output file',
  16: 'Invalid command arguments',
  18: 'File not found or no read permission',
}

/** Ends zip: `zip error: words (about)`. `reason` is what the system said. */
export class ZipFailure extends Error {
  readonly text: string
  constructor(
    readonly status: number,
    about: string,
    reason?: string,
  ) {
    super(about)
    const joined = status === 12 ? `${texts[status]} (${about})` : `${texts[status] ?? 'Internal logic error'} (${about})`
    this.text = `${reason === undefined ? '' : `zip I/O error: ${reason}`}\nzip error: ${joined}\n`
  }
}
