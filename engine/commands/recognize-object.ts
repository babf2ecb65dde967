import { binary, type Recognized } from './recognized.ts'

const elfMachines: Readonly<Record<number, string>> = { 3: 'Intel 80386', 40: 'ARM', 62: 'x86-64', 183: 'ARM aarch64', 243: 'UCB RISC-V' }
const elfTypes: Readonly<Record<number, string>> = { 1: 'relocatable', 2: 'executable', 3: 'shared object', 4: 'core file' }

/** System V ABI, chapter 4: class, byte order, type, machine, and whether it is linked dynamically. */
export function recognizeElf(bytes: Uint8Array): Recognized {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const wide = bytes[4] === 2
  const little = bytes[5] === 1
  const parts = [`ELF ${wide ? '64' : '32'}-bit ${little ? 'LSB' : 'MSB'}`]
  if (bytes.length < (wide ? 64 : 52)) return binary(parts.join(''))
  const type = view.getUint16(16, little)
  const start = wide ? Number(view.getBigUint64(32, little)) : view.getUint32(28, little)
  const [size, count] = [view.getUint16(wide ? 54 : 42, little), view.getUint16(wide ? 56 : 44, little)]
  const segments = Array.from({ length: count }, (_, at) => start + at * size)
    .filter((at) => at + 4 <= bytes.length)
    .map((at) => view.getUint32(at, little))
  const [dynamic, interpreter] = [segments.includes(2), segments.includes(3)]
  const kind = type === 3 && interpreter ? 'pie executable' : elfTypes[type] ?? 'unknown type'
  const machine = elfMachines[view.getUint16(18, little)] ?? 'unknown machine'
  parts[0] += ` ${kind}`
  parts.push(machine, `version ${view.getUint32(20, little)} (${bytes[7] === 3 ? 'GNU/Linux' : 'SYSV'})`)
  if (type === 2 || type === 3) parts.push(dynamic ? 'dynamically linked' : 'statically linked')
  const mimes: Readonly<Record<string, string>> = {
    'shared object': 'application/x-sharedlib',
    'pie executable': 'application/x-pie-executable',
    relocatable: 'application/x-object',
  }
  return binary(parts.join(', '), mimes[kind] ?? 'application/x-executable')
}

const machTypes: Readonly<Record<number, string>> = { 1: 'object', 2: 'executable', 6: 'dynamically linked shared library', 8: 'bundle' }
const machProcessors: Readonly<Record<number, string>> = { 7: 'i386', 0x01000007: 'x86_64', 12: 'arm', 0x0100000c: 'arm64' }

/** A Mach-O file for one processor, little-endian (Apple's loader.h). */
export function recognizeMachO(view: DataView): Recognized {
  const wide = view.getUint32(0, true) === 0xfeedfacf
  const processor = machProcessors[view.getUint32(4, true)] ?? 'unknown'
  return binary(`Mach-O${wide ? ' 64-bit' : ''} ${processor} ${machTypes[view.getUint32(12, true)] ?? 'file'}`, 'application/x-mach-binary')
}
