import { pythonRepr as textRepr } from '../packaging/python-text.ts'

/** Strings, booleans and tuples. */
export type PythonValue = string | boolean | readonly PythonValue[]

/** A value as Python's `repr` writes it. */
export const pythonRepr = (value: PythonValue): string => {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') return textRepr(value)
  return value.length === 1 ? `(${pythonRepr(value[0]!)},)` : `(${value.map(pythonRepr).join(', ')})`
}
