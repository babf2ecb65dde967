/** See first-terminals.ts. */
declare module 'virtual:first-terminals' {
  /** By slide number, an encoded block (components/terminal-block.ts) that carries its fixture and has no text. */
  const blocks: Record<string, string>
  export default blocks
}
