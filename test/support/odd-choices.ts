import type { Described } from './memory-index.ts'

/** Wheels of which a resolver takes some with a warning, and what is asked for. Shared by the recorder of pip's words and the test. */
export const oddChoices: { wheels: readonly Described[]; requirements: readonly (readonly string[])[] } = {
  wheels: [
    { name: 'old', version: '1.0' },
    { name: 'old', version: '2.0', yanked: 'bad <release> & worse', requiresPython: '>=3.8' },
    { name: 'gone', version: '1.0', yanked: '' },
    { name: 'Extra.Things', version: '1.0', extras: ['Known_One'], requires: ['old<2; extra == "known-one"'] },
    { name: 'asks', version: '1.0', requires: ['extra-things[nothing,known.one]', 'gone==1.0'] },
  ],
  requirements: [
    ['old'], ['old==2.0'], ['old===2.0', 'gone==1.0'], ['extra-things[known-one]'], ['Extra_Things[No_Such,known_one]'], ['asks'], ['asks', 'extra-things[other]', 'old==2.0; python_version < "3"'],
  ],
}
