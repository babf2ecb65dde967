/** The bits of `struct termios` that this kernel knows, with Linux's numbers (asm-generic/termbits.h). */
import type { Termios } from './system-calls.ts'

export const iflag = {
  ISTRIP: 0o40, INLCR: 0o100, IGNCR: 0o200, ICRNL: 0o400, IXON: 0o2000, IXANY: 0o4000, IMAXBEL: 0o20000, IUTF8: 0o40000,
} as const
export const oflag = { OPOST: 1, ONLCR: 4, OCRNL: 8, XTABS: 0o14000 } as const
export const lflag = {
  ISIG: 1, ICANON: 2, ECHO: 0o10, ECHOE: 0o20, ECHOK: 0o40, ECHONL: 0o100, NOFLSH: 0o200, TOSTOP: 0o400, ECHOCTL: 0o1000,
  ECHOKE: 0o4000, IEXTEN: 0o100000,
} as const
export const cc = {
  VINTR: 0, VQUIT: 1, VERASE: 2, VKILL: 3, VEOF: 4, VTIME: 5, VMIN: 6, VSTART: 8, VSTOP: 9, VSUSP: 10, VEOL: 11, VREPRINT: 12,
  VWERASE: 14, VLNEXT: 15, VEOL2: 16,
} as const

/** B38400 | CS8 | CREAD. */
const usualControl = 0o17 | 0o60 | 0o200

/** What a terminal emulator's new pty has: Linux's defaults and IUTF8. */
export const usualTermios = (): Termios => ({
  iflag: iflag.ICRNL | iflag.IXON | iflag.IUTF8,
  oflag: oflag.OPOST | oflag.ONLCR,
  cflag: usualControl,
  lflag: lflag.ISIG | lflag.ICANON | lflag.ECHO | lflag.ECHOE | lflag.ECHOK | lflag.ECHOCTL | lflag.ECHOKE | lflag.IEXTEN,
  // ^C ^\ DEL ^U ^D, VTIME 0, VMIN 1, -, ^Q ^S ^Z, -, ^R ^O ^W ^V, -
  cc: [3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0, 0, 0],
})

/** A control character is switched off by 0 (_POSIX_VDISABLE). */
export const isControlCharacter = (termios: Termios, index: number, byte: number) => byte !== 0 && termios.cc[index] === byte
