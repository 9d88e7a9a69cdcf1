import { describe, expect, it } from 'vitest'
import { foreignAccount } from '../../src/plan/scope.ts'

describe('the account of a key', () => {
  it.each([
    ['is foreign if it is none of the listed', ['123456789012'], [{ account: '210987654321' }], '210987654321'],
    ['is own if it is one of them', ['123456789012'], [{ account: '123456789012' }], undefined],
    ['is own whatever its case', ['Falko'], [{ organization: 'falko' }], undefined],
    ['is own if its id is listed, and not its name', ['T0001'], [{ team: 'Falko', team_id: 'T0001' }], undefined],
    ['is own though YAML took the zero from its number', ['12345678901'], [{ account: '012345678901' }], undefined],
    ['is not told by a person’s name', ['falko'], [{ login: 'daniel', user: 'daniel', id: '7' }], undefined],
    ['is not told by nothing', ['falko'], [{}, undefined], undefined],
    ['is foreign by what its form alone says', ['123456789012'], [{ account: '1' }, undefined], '1'],
    ['is anybody’s where nothing is listed', undefined, [{ account: '1' }], undefined],
  ])('%s', (_, own, known, expected) => expect(foreignAccount(own, ...known)).toBe(expected))
})
