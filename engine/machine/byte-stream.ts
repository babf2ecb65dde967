/** Bytes both ways, in order: one side of a connection, for those who hold no descriptor of it. */
export interface ByteStream {
  /** The next bytes, at least one; undefined at the end of what the other side sends. Throws where the connection was reset. */
  receive(): Promise<Uint8Array | undefined>
  /** Resolves when all bytes are taken: a sender that waits for it runs ahead of no reader. Throws where nobody reads any more. */
  send(bytes: Uint8Array): Promise<void>
  close(): Promise<void>
}
