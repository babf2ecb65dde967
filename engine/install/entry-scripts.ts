/** The two scripts that stand for an entry point: for `module:attributes` and for a module alone. */
export interface EntryScripts {
  callable(module: string, attributes: readonly string[]): string
  module(module: string): string
}
