import type { ZipError } from '../archive/zip-error.ts'

const hint =
  '  (please check that you have transferred or created the zipfile in the\n' +
  '  appropriate BINARY mode and that you have compiled UnZip properly)\n'

const notAnArchive =
  '  End-of-central-directory signature not found.  Either this file is not\n' +
  '  a zipfile, or it constitutes one disk of a multi-part archive.  In the\n' +
  '  latter case the central directory and zipfile comment will be found on\n' +
  '  the last disk(s) of this archive.\n'

/**
 * `missing`: whether a file that is not there, or no archive, is told of by name; `named`: the archive's name stands on the line before.
 */
export interface Saying {
  missing: boolean
  named: boolean
}

/**
 * How Info-ZIP says that an archive cannot be read, and its exit status (9: no archive; 3: a broken one). `given` is the name as it was
 * asked for,
 * `found` the file's. Where Info-ZIP would go on with a structure that contradicts itself, this program says what is wrong, and stops.
 */
export function sayUnreadable(
  error: ZipError,
  program: 'unzip' | 'zipinfo',
  given: string,
  found: string,
  saying: Saying,
): { text: string; status: number } {
  if (error.code === 'not-a-zip') {
    const indent = program === 'zipinfo' ? '  ' : ''
    const searched =
      `${program}:  cannot find zipfile directory in one of ${given} or\n` +
      `        ${indent}${given}.zip, and cannot find ${given}.ZIP, period.\n`
    return { text: `${saying.named ? '' : `[${found}]\n`}${notAnArchive}${saying.missing ? searched : ''}`, status: 9 }
  }
  if (error.code === 'bad-signature') {
    return { text: `error [${found}]:  start of central directory not found;\n  zipfile corrupt.\n${hint}`, status: 3 }
  }
  return { text: `error [${found}]:  ${error.message}\n`, status: 3 }
}
