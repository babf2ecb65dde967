import { formatTime } from '../shell/format-time.ts'
import { recognizeElf, recognizeMachO } from './recognize-object.ts'
import { recognizeZip } from './recognize-zip.ts'
import { binary, latin1, type Recognized } from './recognized.ts'

const pythonVersions: readonly [magic: number, version: string][] = [
  [3413, '3.8'], [3425, '3.9'], [3439, '3.10'], [3495, '3.11'], [3531, '3.12'], [3571, '3.13'], [3627, '3.14'],
]
const gzipSystems: Readonly<Record<number, string>> = {
  0: 'FAT filesystem (MS-DOS, OS/2, NT)',
  3: 'Unix',
  7: 'MacOS',
  11: 'NTFS filesystem (NT)',
}

/** Data by its first bytes, in the words of file(1); undefined where it is none of the kinds known here. `size` is the whole file's. */
export function recognizeData(bytes: Uint8Array, size: number): Recognized | undefined {
  const head = latin1(bytes.subarray(0, 600))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const starts = (text: string) => head.startsWith(text)
  if (starts('\0machine\n'))
    return binary(`executable of this machine, program ${head.slice(9).split('\n')[0] ?? ''}`, 'application/x-executable')
  if (starts('\x7fELF')) return recognizeElf(bytes)
  if (bytes.length >= 28 && [0xfeedface, 0xfeedfacf].includes(view.getUint32(0, true))) return recognizeMachO(view)
  if (starts('\0asm') && bytes.length >= 8) {
    const version = view.getUint32(4, true)
    return binary(`WebAssembly (wasm) binary module version 0x${version.toString(16)}${version === 1 ? ' (MVP)' : ''}`, 'application/wasm')
  }
  if (starts('\x89PNG\r\n\x1a\n') && bytes.length >= 29) return recognizePng(view)
  if (/^GIF8[79]a/.test(head) && bytes.length >= 10) {
    return binary(`GIF image data, version ${head.slice(3, 6)}, ${view.getUint16(6, true)} x ${view.getUint16(8, true)}`, 'image/gif')
  }
  if (starts('\xff\xd8\xff')) return recognizeJpeg(view)
  if (starts('%PDF-')) return binary(`PDF document, version ${/^%PDF-(\d+\.\d+)/.exec(head)?.[1] ?? '?'}`, 'application/pdf')
  if (starts('\x1f\x8b')) return recognizeGzip(view, size)
  if (starts('BZh')) return binary(`bzip2 compressed data, block size = ${head.charAt(3)}00k`, 'application/x-bzip2')
  if (starts('\xfd7zXZ\0'))
    return binary(`XZ compressed data, checksum ${['NONE', 'CRC32', , , 'CRC64'][bytes[7] ?? 0] ?? 'SHA-256'}`, 'application/x-xz')
  if (starts('\x28\xb5\x2f\xfd')) return binary('Zstandard compressed data (v0.8+)', 'application/zstd')
  if (starts('SQLite format 3\0')) return binary('SQLite 3.x database', 'application/vnd.sqlite3')
  if (head.slice(257, 262) === 'ustar')
    return binary(`POSIX tar archive${head.slice(262, 264) === '  ' ? ' (GNU)' : ''}`, 'application/x-tar')
  const python =
    bytes.length >= 16 && starts(head.slice(0, 2) + '\r\n')
      ? pythonVersions.find(([magic]) => magic === view.getUint16(0, true))
      : undefined
  if (python) return recognizePyc(view, python[1])
  return recognizeZip(bytes)
}

const dateText = (seconds: number) => formatTime('%a %b %e %H:%M:%S %Y', seconds * 1000, 'UTC')

function recognizePyc(view: DataView, version: string): Recognized {
  const flags = view.getUint32(4, true)
  const how = flags & 1
    ? `hash-based, check-source flag ${flags & 2 ? 'set' : 'unset'}`
    : `timestamp-based, .py timestamp: ${dateText(view.getUint32(8, true))} UTC, .py size: ${view.getUint32(12, true)} bytes`
  return binary(`Byte-compiled Python module for CPython ${version}, ${how}`, 'application/x-bytecode.python')
}

function recognizeGzip(view: DataView, size: number): Recognized {
  if (view.byteLength < 18) return binary('gzip compressed data', 'application/gzip')
  const [flags, time, extra, system] = [view.getUint8(3), view.getUint32(4, true), view.getUint8(8), view.getUint8(9)]
  const parts = ['gzip compressed data']
  if (flags & 8 && !(flags & 4)) {
    let end = 10
    while (end < view.byteLength && view.getUint8(end)) end++
    parts.push(`was "${latin1(new Uint8Array(view.buffer, view.byteOffset + 10, end - 10))}"`)
  }
  if (time) parts.push(`last modified: ${dateText(time)}`)
  if (extra === 2) parts.push('max compression')
  if (extra === 4) parts.push('max speed')
  if (gzipSystems[system]) parts.push(`from ${gzipSystems[system]}`)
  // The size stands in the last four bytes, which are only here where the file is short enough to have been read whole.
  const length = size === view.byteLength ? `, original size modulo 2^32 ${view.getUint32(view.byteLength - 4, true)}` : ''
  return binary(parts.join(', ') + length, 'application/gzip')
}

function recognizePng(view: DataView): Recognized {
  const kinds: Readonly<Record<number, string>> = { 0: ' grayscale', 2: '/color RGB', 3: ' colormap', 4: ' gray+alpha', 6: '/color RGBA' }
  const interlaced = view.getUint8(28) ? 'interlaced' : 'non-interlaced'
  const kind = kinds[view.getUint8(25)] ?? ''
  const depth = `${view.getUint8(24)}-bit${kind}`
  return binary(`PNG image data, ${view.getUint32(16)} x ${view.getUint32(20)}, ${depth}, ${interlaced}`, 'image/png')
}

function recognizeJpeg(view: DataView): Recognized {
  const parts = ['JPEG image data']
  for (let at = 2; at + 9 < view.byteLength && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1)
    const length = view.getUint16(at + 2)
    if (marker === 0xe0 && length >= 16 && at + 18 <= view.byteLength) {
      const unit = ['aspect ratio', 'resolution (DPI)', 'resolution (DPCM)'][view.getUint8(at + 11)] ?? 'aspect ratio'
      parts.push(`JFIF standard ${view.getUint8(at + 9)}.${String(view.getUint8(at + 10)).padStart(2, '0')}`, unit)
      parts.push(`density ${view.getUint16(at + 12)}x${view.getUint16(at + 14)}`, `segment length ${length}`)
    }
    // SOF0 to SOF2 (ITU-T T.81): precision, height, width, components.
    if (marker >= 0xc0 && marker <= 0xc2) {
      parts.push(['baseline', 'extended sequential', 'progressive'][marker - 0xc0] ?? '', `precision ${view.getUint8(at + 4)}`)
      parts.push(`${view.getUint16(at + 7)}x${view.getUint16(at + 5)}`, `components ${view.getUint8(at + 9)}`)
      break
    }
  }
  return binary(parts.join(', '), 'image/jpeg')
}
