import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Scheme } from '@janta/contracts'
import { addDays } from '#kernel/day'
import { fingerprintOf } from './fingerprint.ts'
import { usualStoreRule, windowReason } from './prescription-window.ts'
import { allowanceOf, type Prescribed, supplyReason, type Use } from './repeat-rule.ts'
import { missingFields, type Stated } from './required-fields.ts'
import { unitsInPacks, wholePacks } from './strip-rounding.ts'
import { type PackIdentity, substitutionReason } from './substitution.ts'
import { teleReason } from './tele-rule.ts'

test('a prescription holds 30 days for a chronic illness and 7 for an acute one, its own day counted apart', () => {
  const cases = [
    ['2026-11-01', 'chronic', '2026-11-01', null],
    ['2026-11-01', 'chronic', '2026-12-01', null],
    ['2026-11-01', 'chronic', '2026-12-02', 'expired_window'],
    ['2026-11-01', 'acute', '2026-11-08', null],
    ['2026-11-01', 'acute', '2026-11-09', 'expired_window'],
    ['2026-11-02', 'acute', '2026-11-01', 'future_date'],
    ['2026-02-31', 'acute', '2026-03-03', 'no_date'],
    ['2028-02-29', 'chronic', '2028-03-30', null],
    [null, 'acute', '2026-11-01', 'no_date'],
  ] as const
  for (const [issuedOn, course, on, reason] of cases) {
    const supply = { on, lane: 'delivery', isRepeat: false } as const
    assert.equal(windowReason({ issuedOn, course }, supply, usualStoreRule), reason, on)
  }
})

test('a repeat may be picked up after the window, but is delivered only inside it', () => {
  const dated = { issuedOn: '2026-11-01', course: 'chronic' } as const
  const on = '2026-12-31'
  const reasonOf = (lane: 'delivery' | 'pickup', isRepeat: boolean) =>
    windowReason(dated, { on, lane, isRepeat }, usualStoreRule)
  assert.equal(reasonOf('delivery', true), 'expired_window')
  assert.equal(reasonOf('pickup', true), null)
  assert.equal(reasonOf('pickup', false), 'expired_window')
})

/** Metformin 500 mg, 1-0-1, 30 days, "repeat x3 monthly". */
const metformin: Prescribed = {
  authority: 'times',
  times: 3,
  intervalDays: 30,
  units: 60,
  basis: 'each',
}
const dayZero = '2026-01-01'
const supplied = (orderId: string, after: number, units = 60): Use => ({
  orderId,
  kind: 'dispensed',
  units,
  on: addDays(dayZero, after),
})
const reasonOn = (uses: Use[], after: number, units = 60, graceDays = 0, of = metformin) =>
  supplyReason(allowanceOf(of, uses, 'now', graceDays), { units, on: addDays(dayZero, after) })

test('the worked example: 60 on days 0, 30 and 60; day 26 is too early, day 90 is refused', () => {
  assert.equal(reasonOn([], 0), null)
  assert.equal(reasonOn([supplied('a', 0)], 26), 'repeat_too_early')
  assert.equal(reasonOn([supplied('a', 0)], 26, 60, 5), null)
  assert.equal(reasonOn([supplied('a', 0)], 24, 60, 5), 'repeat_too_early')
  assert.equal(reasonOn([supplied('a', 0)], 29), 'repeat_too_early')
  assert.equal(reasonOn([supplied('a', 0)], 30), null)
  assert.equal(reasonOn([supplied('a', 0)], 30, 61), 'qty_exceeds')
  assert.equal(reasonOn([supplied('a', 0), supplied('b', 30)], 60), null)
  const three = [supplied('a', 0), supplied('b', 30), supplied('c', 60)]
  assert.equal(reasonOn(three, 90), 'already_dispensed')
})

test('a blank is once; a repeat without a number is once until the prescriber confirmed one', () => {
  const once: Prescribed = { ...metformin, authority: 'once', times: null, basis: 'total' }
  assert.equal(reasonOn([supplied('a', 0, 30)], 1, 10, 0, once), 'already_dispensed')
  const unstated: Prescribed = { ...metformin, authority: 'unstated', times: null }
  assert.equal(reasonOn([supplied('a', 0)], 30, 60, 0, unstated), 'already_dispensed')
  assert.equal(reasonOn([supplied('a', 0)], 30, 60, 0, { ...unstated, times: 2 }), null)
})

test('the owed rest of an order is the same occasion, on any day', () => {
  const once: Prescribed = { ...metformin, authority: 'once', times: null, units: 65 }
  const uses = [{ ...supplied('now', 0), units: 60 }]
  assert.equal(reasonOn(uses, 3, 5, 0, once), null)
  assert.equal(reasonOn(uses, 3, 6, 0, once), 'qty_exceeds')
  assert.equal(allowanceOf(once, uses, 'now', 0).isRepeat, false)
})

test('a return gives back quantity, never an occasion', () => {
  const uses: Use[] = [supplied('a', 0), { ...supplied('a', 2, 20), kind: 'returned' }]
  const allowance = allowanceOf(metformin, uses, 'now', 0)
  assert.deepEqual(
    [allowance.remainingUnits, allowance.occasionsUsed, allowance.nowUnits],
    [140, 1, 60],
  )
  const once: Prescribed = { ...metformin, authority: 'once', times: null }
  const all: Use[] = [supplied('a', 0), { ...supplied('a', 1), kind: 'returned' }]
  assert.equal(allowanceOf(once, all, 'now', 0).remainingUnits, 60)
  assert.equal(reasonOn(all, 5, 10, 0, once), 'already_dispensed')
})

test('a total over all occasions is not multiplied', () => {
  const total: Prescribed = { ...metformin, units: 90, basis: 'total', intervalDays: null }
  assert.equal(reasonOn([supplied('a', 0, 60)], 10, 30, 0, total), null)
  assert.equal(reasonOn([supplied('a', 0, 60)], 10, 31, 0, total), 'qty_exceeds')
})

test('strips round down and owe the rest, unless the smallest sealed pack was noted', () => {
  const cases = [
    [60, 15, false, 4, 0, 0, 60],
    [60, 20, false, 3, 0, 0, 60],
    [65, 10, false, 6, 5, 0, 65],
    [65, 10, true, 7, 0, 5, 70],
    [60, 100, false, 0, 60, 0, 60],
    [60, 100, true, 1, 0, 40, 100],
    [0, 10, true, 0, 0, 0, 0],
  ] as const
  for (const [allowed, perPack, isNoted, packs, owedUnits, overUnits, most] of cases) {
    assert.deepEqual(wholePacks(allowed, perPack, isNoted), { packs, owedUnits, overUnits })
    assert.equal(unitsInPacks(allowed, perPack, isNoted), most)
  }
})

const complete: Stated = {
  prescriberName: 'Dr N. Sample',
  prescriberAddress: 'Sample Clinic, Indore',
  prescriberRegistration: null,
  prescriberCouncil: null,
  patientName: 'S. Sample',
  patientAddress: '12 Invented Lane',
  patientAgeYears: null,
  issuedOn: '2026-11-01',
  hasSignature: true,
  isTele: false,
  hasTeleConsent: false,
}
const missing = (stated: Partial<Stated>, ...schemes: Scheme[]) =>
  missingFields({ ...complete, ...stated }, new Set(schemes)).map(one => one.field)

test('what the law asks of the paper is asked by scheme and for a teleconsultation', () => {
  assert.deepEqual(missing({}, 'H'), [])
  assert.deepEqual(missing({}, 'H', 'H1'), ['prescriberRegistration', 'prescriberCouncil'])
  assert.deepEqual(missing({ isTele: true }, 'H'), [
    'prescriberRegistration',
    'prescriberCouncil',
    'patientAgeYears',
    'hasTeleConsent',
  ])
  assert.deepEqual(missing({ isTele: true, patientAgeYears: 0 }).includes('patientAgeYears'), false)
  assert.deepEqual(missing({ hasSignature: false, patientAddress: '', issuedOn: null }), [
    'issuedOn',
    'hasSignature',
    'patientAddress',
  ])
})

const telma: PackIdentity = { medicine: 1, drug: 10, form: 'tablet', substances: ['telmisartan'] }
test('the prescribed preparation and no other: brand, generic name, endorsement', () => {
  const telmilo = { ...telma, medicine: 2 }
  const stronger = { ...telma, medicine: 3, drug: 11 }
  const syrup = { ...telma, medicine: 4, drug: 12, form: 'syrup' }
  const another = { ...telma, medicine: 5, drug: 13, substances: ['metformin'] }
  const unknown = { ...telma, medicine: 6, drug: null, substances: [] }
  assert.equal(substitutionReason('brand', telma, telma, true), null)
  assert.equal(substitutionReason('brand', telma, telmilo, true), 'other_brand')
  assert.equal(substitutionReason('brand', telma, telmilo, false), null)
  assert.equal(substitutionReason('generic', telma, telmilo, true), null)
  assert.equal(substitutionReason('endorsed', telma, telmilo, true), null)
  assert.equal(substitutionReason('generic', telma, stronger, true), 'strength_mismatch')
  assert.equal(substitutionReason('generic', telma, syrup, true), 'form_mismatch')
  assert.equal(substitutionReason('generic', telma, another, true), 'drug_not_on_rx')
  assert.equal(substitutionReason('generic', unknown, telmilo, true), 'drug_not_on_rx')
})

test('a teleconsultation carries list O anyhow, A by video or follow-up, B on a follow-up, nothing of Schedule X', () => {
  const modes = ['text', 'audio', 'video'] as const
  const seen = (['O', 'A', 'B', null] as const).map(list =>
    modes
      .flatMap(mode =>
        (['first', 'follow_up'] as const).map(consultation =>
          teleReason({ mode, consultation }, list, ['H']) === null ? '+' : '-',
        ),
      )
      .join(''),
  )
  assert.deepEqual(seen, ['++++++', '-+-+++', '-+-+-+', '------'])
  const video = { mode: 'video', consultation: 'follow_up' } as const
  for (const scheme of ['X', 'NDPS_NARCOTIC', 'NDPS_PSYCHOTROPIC'] as const) {
    assert.equal(teleReason(video, 'O', ['H', scheme]), 'tele_list_violation')
  }
})

test('one prescription is known again however its names are typed, and another is not', () => {
  const written = {
    prescriberName: 'Dr. N. Sample',
    patientName: 'Sunita  Sample',
    issuedOn: '2026-11-01',
    items: [
      { written: 'Tab. Testine 40', units: 30 },
      { written: 'Testol 500', units: 60 },
    ],
  }
  const same = fingerprintOf(written)
  const again = {
    ...written,
    prescriberName: 'n sample',
    patientName: 'SUNITA SAMPLE',
    items: written.items.toReversed(),
  }
  assert.deepEqual(fingerprintOf(again), same)
  assert.notDeepEqual(fingerprintOf({ ...written, issuedOn: '2026-11-02' }), same)
  assert.notDeepEqual(fingerprintOf({ ...written, items: written.items.slice(1) }), same)
  assert.equal(fingerprintOf({ ...written, issuedOn: null }), null)
})
