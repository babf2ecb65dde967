import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { belongsTo } from '../../engine/index/belongs-to.ts'
import { IndexError } from '../../engine/index/index-error.ts'
import { pipSettings } from '../../engine/index/pip-settings.ts'
import { readPage } from '../../engine/index/read-page.ts'
import { root } from '../root.ts'
import type { FuzzTarget } from './fuzz-target.ts'

interface Recorded {
  cases: { type: string; text: string }[]
}

const recordedPages = (kind: string): Uint8Array[] => {
  const recorded = JSON.parse(gunzipSync(readFileSync(`${root}/test/recorded/index-pages.json.gz`)).toString()) as Recorded
  return recorded.cases.filter(({ type }) => type.includes(kind)).slice(0, 100).map(({ text }) => Buffer.from(text))
}

const pages = (type: string, kind: string, words: string[]): FuzzTarget => ({
  corpus: async () => recordedPages(kind),
  words,
  run(input) {
    for (const { fileName, url, listedBy } of readPage(input, type, 'https://index.example/simple/demo/', 'here')) {
      belongsTo('demo', fileName)
      if (!/^(?:https?|file):/.test(url) || fileName === '' || listedBy !== 'here') throw new Error(`a file that is none: ${fileName} at ${url}`)
    }
  },
  isRefusal: error => error instanceof IndexError,
})

export const htmlPages = pages('text/html', 'html', ['<a href=', '<base href="', '<!--', '-->', '<script>', '</script', "'", '"', '&#', '&#x110000;', '&amp', '=', '/>', '<a', '%zz', '//', 'https://[', '#sha256=', '\0'])
export const jsonPages = pages('application/vnd.pypi.simple.v1+json', 'json', ['{', '}', '[', ']', 'null', '1e999', '"__proto__": {}', '"files":', '"url": "//["', '\\u0000', ','])

export const pipConfiguration: FuzzTarget = {
  corpus: async () => ['[global]\nindex-url = https://a.example/\nextra-index-url =\n    b\n    c\nretries = 1\n', '[DEFAULT]\nno-index: yes\n[download]\ntimeout=2\n# x\n'].map(text => Buffer.from(text)),
  words: ['[', ']', '[global]', '\n', '\r', '  ', '=', ':', '#', 'retries', 'no-index', '[DEFAULT]'],
  run: input => pipSettings({ environment: {}, home: '/h', command: 'download', read: async path => (path.startsWith('/h/.config') ? input : undefined) }),
  isRefusal: error => error instanceof IndexError,
}
