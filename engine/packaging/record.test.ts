import { describe, expect, it } from 'vitest'
import { recordedPackaging } from '../../test/support/recorded-packaging.ts'
import { parseCsv } from './csv.ts'
import { formatRecord, parseRecord, parseRecordHash, recordEndOfLine, recordHash } from './record.ts'

const records = recordedPackaging('records')

describe('RECORD', () => {
  it('is written as Python writes it, with either end of line', () => {
    const rowsOf = (rows: [string, string, string][]) => rows.map(([path, hash, size]) => ({ path, hash, size }))
    expect(records.filter(([rows, unix]) => formatRecord(rowsOf(rows)) !== unix).slice(0, 3)).toEqual([])
    expect(records.filter(([rows, , dos]) => formatRecord(rowsOf(rows), '\r\n') !== dos).slice(0, 3)).toEqual([])
    expect(records.filter(([rows, unix]) => JSON.stringify(parseRecord(unix)) !== JSON.stringify(rowsOf(rows))).slice(0, 3)).toEqual([])
  })

  it('is read as Python reads it, broken quotes and stray ends of line included', () => {
    expect(records.filter(([, , , text, read]) => JSON.stringify(parseCsv(text)) !== JSON.stringify(read)).slice(0, 3)).toEqual([])
    expect(records.filter(([, , , text]) => text.includes('"')).length).toBeGreaterThan(500)
  })

  it('has the end of line of its first line', () => {
    expect(recordEndOfLine('a,,\r\nb,,\n')).toBe('\r\n')
    expect(['a,,\nb,,\r\n', 'a,,', ''].map(recordEndOfLine)).toEqual(['\n', '\n', '\n'])
  })

  it('refuses rows of another length and sizes that are no number, by row', () => {
    expect(() => parseRecord('a,,\nb,sha256=x\n')).toThrow("RECORD row 2 has 2 fields where path, hash and size are expected: 'b,sha256=x'")
    expect(() => parseRecord('a,,12 bytes\n')).toThrow("RECORD row 1 gives 'a' the size '12 bytes', which is no number of bytes")
  })

  it('hashes are URL-safe base64 without padding', async () => {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array()))
    const text = 'sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU'
    expect(recordHash('sha256', digest)).toBe(text)
    expect(parseRecordHash(text)).toEqual({ algorithm: 'sha256', digest })
    expect(parseRecordHash(`${text}=`)).toEqual({ algorithm: 'sha256', digest })
    expect(['', 'sha256', 'sha256=', 'sha256=a', 'sha256=a+b/', 'sha256=47DE===='].map(parseRecordHash)).toEqual(Array(6).fill(undefined))
  })
})
