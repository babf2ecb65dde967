import { expect, test } from 'vitest'
import { bytesAsSource } from '../archive/byte-source.ts'
import { noZip } from './no-zip.ts'

const bytes = (text: string) => Uint8Array.from(text, character => character.charCodeAt(0))

test.each([
  ['', /^is empty$/],
  ['PK\x03\x04\x14\0', /^begins as a zip file does, .* again$/],
  ['#!/usr/bin/env python3\nPK\x03\x04\xff\xfe', /^begins as a \.pex does, .* again$/],
  ['#!/bin/sh\necho\n', /^is a script, or/],
  ['\x1f\x8b\x08\0', /gzip/],
  ['\x7fELF\x02\x01', /^is a program of Linux/],
  ['\xcf\xfa\xed\xfe\0', /^is a program of macOS/],
  ['MZ\x90\0', /^is a program of Windows/],
  ['only text\n', /^is text/],
  // A character that the head cuts in two.
  ['only text \xc3', /^is text/],
  ['\x89PNG\r\n', /^is no zip file/],
  ['text, and \0', /^is no zip file/],
])('%j', async (content, words) => {
  expect(await noZip(bytesAsSource(bytes(content)))).toMatch(words)
})

test('a wheel that is none', async () => {
  expect(await noZip(bytesAsSource(bytes('Not Found\n')), 'a wheel')).toBe('is text: a wheel is a zip file')
})
