import { describe, expect, it } from 'vitest'
import { type Condition, fits, holds, type Match } from '../../src/model/match.ts'
import { at } from '../../src/model/path.ts'
import type { Reply } from '../../src/model/request.ts'

const json: Reply = {
  status: 401,
  headers: { 'x-realm': 'EU' },
  kind: 'json',
  body: { error: { code: 'Gone ', list: [{ id: 7 }, { id: 8 }] }, empty: '', none: null, no: false },
}
const xml: Reply = { status: 403, headers: {}, kind: 'xml', body: { $root: 'Error', Code: 'Denied' } }
const text: Reply = { status: 200, headers: {}, kind: 'text', body: 'all is well' }
const html: Reply = { status: 401, headers: {}, kind: 'html', body: undefined }

describe('one condition', () => {
  const table: readonly (readonly [Condition, unknown, boolean])[] = [
    ['present', 'x', true],
    ['present', 0, true],
    ['present', false, true],
    ['present', '', false],
    ['present', null, false],
    ['present', undefined, false],
    ['absent', undefined, true],
    ['absent', null, true],
    ['absent', '', false],
    ['absent', 'absent', false],
    ['Gone', 'gone', true],
    ['gone', ' GONE ', true],
    ['gone', 'gone away', false],
    ['7', 7, false],
    [7, 7, true],
    [7, '7', true],
    [7, '7.0', false],
    [[1, 7], '7', true],
    [0, '', false],
    [true, 'true', false],
    [null, null, true],
    [null, undefined, false],
    [['a', 'B'], 'b', true],
    [[1, null], null, true],
    [['a'], ['a'], false],
    [{ contains: 'WELL' }, 'all is well', true],
    [{ contains: ['no', 'is'] }, 'all is well', true],
    [{ contains: 'well' }, ['well'], false],
    [{ contains: 'one' }, undefined, false],
    [{ starts: 'ALL' }, 'all is well', true],
    [{ starts: ['is', 'al'] }, 'all is well', true],
    [{ starts: 'is' }, 'all is well', false],
    [{ starts: '7' }, 7, false],
    [{ is: 'present' }, 'present', true],
    [{ is: 'absent' }, undefined, false],
    [{ is: 'absent' }, 'ABSENT', true],
  ]
  it.each(table)('%j holds for %j: %s', (condition, found, expected) => expect(holds(condition, found)).toBe(expected))
})

describe('a match', () => {
  const table: readonly (readonly [string, Match, Reply, boolean])[] = [
    [
      'exactly these fields',
      { where: { error: 'present', empty: '', none: null, no: false }, exact: true },
      json,
      true,
    ],
    [
      'exactly these, one of them by a path',
      { where: { 'error.code': 'gone', empty: '', none: null, no: false }, exact: true },
      json,
      true,
    ],
    ['fields beside those that are named', { where: { 'error.code': 'gone' }, exact: true }, json, false],
    ['exact fields of what is no object', { where: { '0': 'present' }, exact: true }, { ...json, body: ['x'] }, false],
    ['exact fields of a text', { where: { '': 'ok' }, exact: true }, { ...json, body: 'ok' }, false],
    ['nothing asked', {}, html, true],
    ['a status', { status: 401 }, json, true],
    ['one of several statuses', { status: [400, 401] }, json, true],
    ['another status', { status: 403 }, json, false],
    ['a type', { type: 'html' }, html, true],
    ['another type', { type: 'json' }, html, false],
    ['a header', { header: { 'x-realm': 'eu' } }, json, true],
    ['a header that is not there', { header: { 'x-other': 'present' } }, json, false],
    ['a path', { where: { 'error.code': 'gone' } }, json, true],
    ['a path from the end of a list', { where: { 'error.list.-1.id': 8 } }, json, true],
    ['a path in what is no JSON', { where: { Code: 'Denied' } }, xml, false],
    ['an absent path in what is no JSON', { where: { 'error.code': 'absent' } }, html, false],
    ['XML', { xml: { Code: 'denied', $root: 'Error' } }, xml, true],
    ['XML in JSON', { xml: { 'error.code': 'gone' } }, json, false],
    ['text', { text: { contains: 'well' } }, text, true],
    ['text in a web page', { text: 'absent' }, html, false],
    ['all of several', { status: 401, where: { 'error.code': 'gone', no: false } }, json, true],
    ['all but one of several', { status: 401, where: { 'error.code': 'gone', no: true } }, json, false],
  ]
  it.each(table)('%s', (_, match, reply, expected) => expect(fits(match, reply)).toBe(expected))
})

describe('a path', () => {
  it.each([
    ['', { a: 1 }, { a: 1 }],
    ['a.b', { a: { b: 2 } }, 2],
    ['a.0', { a: ['x'] }, 'x'],
    ['a.-1', { a: ['x', 'y'] }, 'y'],
    ['a.9', { a: ['x'] }, undefined],
    ['a.b.c', { a: 1 }, undefined],
    ['constructor', {}, undefined],
    ['__proto__.polluted', {}, undefined],
    ['a.length', { a: 'text' }, undefined],
  ])('%j of %j is %j', (path, document, expected) => expect(at(document, path)).toEqual(expected))
})
