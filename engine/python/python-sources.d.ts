/** The bundlers take .py files as text. */
declare module '*.py' {
  const source: string
  export default source
}
