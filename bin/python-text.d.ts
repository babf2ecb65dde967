/** A Python file as its text (scripts/bundle-pex.ts). */
declare module '*.py' {
  const text: string
  export default text
}
