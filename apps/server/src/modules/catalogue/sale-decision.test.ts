import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { saleDecisions } from '@janta/contracts'
import {
  type ComponentRule,
  decideSale as decideBy,
  type DecisionMatrix,
  mayPromote,
  type SaleFacts,
  type Scheme,
} from './sale-decision.ts'
import type { SaleTerms } from './sale-terms.ts'
import { saleSentence } from './sale-sentence.ts'

const rule = (
  component: string,
  scheme: Scheme,
  appliesTo: ComponentRule['appliesTo'] = 'all',
): ComponentRule => ({ component, scheme, appliesTo })

const pack = (rules: ComponentRule[], more: Partial<SaleFacts> = {}): SaleFacts => ({
  kind: 'drug',
  form: 'tablet',
  compositionState: 'stated',
  components: [...new Set(rules.map(one => one.component))],
  rules,
  isBanned: false,
  ...more,
})

const shown: SaleTerms = {
  showsInCatalogue: true,
  showsPrice: true,
  cart: 'yes',
  needsPrescription: false,
  delivery: 'all_served_pins',
  pickup: 'yes',
}
const hidden: SaleTerms = { ...shown, showsInCatalogue: false, showsPrice: false, cart: 'no' }
/** The matrix as it is delivered: prescriptions are delivered, Schedule H1 is not. */
const matrix: DecisionMatrix = new Map([
  ['none', { decision: 'open', ...shown }],
  ['G', { decision: 'open', ...shown }],
  ['C', { decision: 'open', ...shown }],
  ['H', { decision: 'prescription', ...shown }],
  ['H1', { decision: 'store_only', ...shown }],
  ['X', { decision: 'blocked', ...hidden }],
  ['NDPS', { decision: 'blocked', ...hidden }],
  ['MTP', { decision: 'blocked', ...hidden }],
  ['banned', { decision: 'blocked', ...hidden }],
  ['unknown', { decision: 'unclassified', ...hidden }],
])
const decideSale = (facts: SaleFacts) => decideBy(facts, matrix)

describe('what may be done with a pack', () => {
  const cases: [string, SaleFacts, string][] = [
    ['in no schedule is open', pack([rule('a', 'none', 'not_injection')]), 'open'],
    ['Schedule G alone is open with a caution', pack([rule('a', 'G')]), 'open'],
    ['Schedule H needs a prescription', pack([rule('a', 'H')]), 'prescription'],
    ['Schedule H1 stays in the store', pack([rule('a', 'H1', 'not_external')]), 'store_only'],
    [
      'a banned formulation is blocked whatever its schedules',
      pack([rule('a', 'none')], { isBanned: true }),
      'blocked',
    ],
    ['Schedule X is blocked', pack([rule('a', 'X')]), 'blocked'],
    [
      'a psychotropic is blocked though it is in H1 too',
      pack([rule('a', 'H1'), rule('a', 'NDPS_PSYCHOTROPIC')]),
      'blocked',
    ],
    ['a narcotic is blocked', pack([rule('a', 'NDPS_NARCOTIC')]), 'blocked'],
    ['an MTP drug is blocked', pack([rule('a', 'MTP')]), 'blocked'],
    [
      'the strictest component wins',
      pack([rule('a', 'none'), rule('b', 'H'), rule('c', 'G')]),
      'prescription',
    ],
    [
      'one unknown component makes the pack unsellable',
      pack([rule('a', 'none')], { components: ['a', 'b'] }),
      'unclassified',
    ],
    [
      'an unknown component outweighs a known prescription one',
      pack([rule('a', 'H')], { components: ['a', 'b'] }),
      'unclassified',
    ],
    [
      'a blocked component outweighs an unknown one',
      pack([rule('a', 'X')], { components: ['a', 'b'] }),
      'blocked',
    ],
    [
      'a composition that was cut off is unknown',
      pack([rule('a', 'none')], { compositionState: 'incomplete' }),
      'unclassified',
    ],
    [
      'a drug without a composition is unknown',
      pack([], { compositionState: 'absent' }),
      'unclassified',
    ],
    ['Schedule C says nothing of prescriptions', pack([rule('a', 'C1')]), 'unclassified'],
    [
      'everyday items need no substance',
      pack([], { kind: 'device', compositionState: 'absent' }),
      'open',
    ],
  ]
  for (const [name, facts, decision] of cases) {
    test(name, () => assert.equal(decideSale(facts).decision, decision))
  }

  test('H1 spares a cream but not eye drops', () => {
    const h1 = [rule('a', 'H1', 'not_external'), rule('a', 'H')]
    assert.equal(decideSale(pack(h1, { form: 'cream' })).decision, 'prescription')
    assert.equal(decideSale(pack(h1, { form: 'eye_drops' })).decision, 'store_only')
    assert.equal(decideSale(pack(h1, { form: 'nasal' })).decision, 'store_only')
  })

  test('a vitamin that anyone may buy as a tablet is unknown as an injection', () => {
    const vitamin = pack([rule('a', 'none', 'not_injection')], { form: 'injection' })
    assert.equal(decideSale(vitamin).decision, 'unclassified')
  })

  test('the schedules shown leave out "none" and repeat nothing', () => {
    const { schedules } = decideSale(pack([rule('a', 'H'), rule('b', 'H'), rule('c', 'none')]))
    assert.deepEqual(schedules, ['H'])
  })
})

describe('the sentence for the customer', () => {
  test('exists for every decision in both languages', () => {
    for (const decision of saleDecisions) {
      assert.match(saleSentence(decision, [], 'en'), /\.$/)
      assert.match(saleSentence(decision, [], 'hi'), /।$/)
    }
  })

  test('repeats the caution of Schedule G where the pack is open', () => {
    assert.match(saleSentence('open', ['G'], 'en'), /medical supervision/)
    assert.doesNotMatch(saleSentence('prescription', ['G', 'H'], 'en'), /Caution/)
  })
})

describe('what may be put in front of people who did not ask for it', () => {
  const shownIn = (...schedules: Scheme[]) => mayPromote({ decision: 'open', schedules })

  test('what is in no list, and what only carries the caution of Schedule G', () => {
    assert.ok(shownIn())
    assert.ok(shownIn('G', 'C1'))
  })

  test('never Schedule H, H1 or X, nor what may not be ordered freely', () => {
    for (const scheme of ['H', 'H1', 'X'] as const) assert.equal(shownIn(scheme), false, scheme)
    for (const decision of saleDecisions.filter(one => one !== 'open')) {
      assert.equal(mayPromote({ decision, schedules: [] }), false, decision)
    }
  })
})
