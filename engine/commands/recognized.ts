/** What `file` says about some bytes: in words, as a media type, and how the text is encoded (`binary` for data). */
export interface Recognized {
  text: string
  mime: string
  charset: string
}

export const binary = (text: string, mime = 'application/octet-stream'): Recognized => ({ text, mime, charset: 'binary' })

/** Bytes as ASCII, one character a byte. */
export const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes.subarray(0, 65536))
