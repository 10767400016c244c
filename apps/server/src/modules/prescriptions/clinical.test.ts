import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { Patient } from '@janta/contracts'
import { sql } from 'kysely'
import type { PackIdentityFacts } from '#modules/catalogue'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import {
  addPharmacist,
  addPrescriptionPack,
  openFor,
  paperOf,
  todayIn,
} from '#test/rx-desk-for-tests'
import { type ClinicalRule, findingsOf, type Looked } from './clinical-findings.ts'
import { decideReview } from './decide-review.ts'
import { findClinicalList } from './find-clinical-list.ts'
import { importClinicalList } from './import-clinical-list.ts'
import { loadSampleClinical } from './load-sample-clinical.ts'
import { saveFor } from './review-for-tests.ts'

let own: TestDatabase
let folder: string
before(async () => {
  own = await testDatabase()
  folder = await mkdtemp(path.join(tmpdir(), 'janta-clinical-'))
})
after(async () => {
  await rm(folder, { recursive: true })
  await own.close()
})

const said = { sentence: 'Look at this.', source: 'A document that is named, section 4' }
const rules: ClinicalRule[] = [
  { kind: 'duplicate_salt', ...said },
  { kind: 'allergy', allergyClass: 'penicillins', substance: 'amoxicillin', ...said },
  { kind: 'age', substance: 'nimesulide', belowYears: 12, ...said },
  { kind: 'interaction', substance: 'sildenafil', other: 'nitroglycerin', ...said },
]
const packOf = (medicine: number, ...substances: string[]): PackIdentityFacts => ({
  id: `pack-${medicine}`,
  medicine,
  drug: medicine,
  form: 'tablet',
  substances,
})

function keysOf(
  ordered: PackIdentityFacts[],
  more: Partial<Looked> = {},
  takes: PackIdentityFacts[] = [],
) {
  const found = findingsOf({
    rules,
    lines: ordered.map((pack, at) => ({ line: at + 1, packId: pack.id, verdict: null })),
    identities: new Map([...ordered, ...takes].map(pack => [pack.id, pack])),
    current: takes.map(pack => pack.id),
    patient: null,
    ageYears: null,
    ...more,
  })
  return found.map(one => `${one.key} ${one.lines.join()}`)
}

test('each kind of rule finds what it names and nothing else', () => {
  const allergic = { allergies: [{ class: 'penicillins', words: 'penicillin' }] } satisfies Pick<
    Patient,
    'allergies'
  >
  const [amoxicillin, nimesulide] = [
    packOf(1, 'amoxicillin', 'clavulanic acid'),
    packOf(2, 'nimesulide'),
  ]
  const [sildenafil, nitrate] = [packOf(3, 'sildenafil'), packOf(4, 'nitroglycerin')]
  const metformin = packOf(5, 'metformin')
  const both = packOf(6, 'glimepiride', 'metformin')
  assert.deepEqual(keysOf([amoxicillin, nimesulide, sildenafil, metformin]), [])
  assert.deepEqual(keysOf([amoxicillin], { patient: allergic }), [
    'allergy:penicillins:amoxicillin 1',
  ])
  assert.deepEqual(keysOf([nimesulide], { patient: allergic }), [])
  assert.deepEqual(keysOf([nimesulide], { ageYears: 11 }), ['age:nimesulide 1'])
  assert.deepEqual(keysOf([nimesulide], { ageYears: 12 }), [])
  assert.deepEqual(keysOf([sildenafil, nitrate]), ['interaction:sildenafil:nitroglycerin 1,2'])
  assert.deepEqual(keysOf([sildenafil], {}, [nitrate]), ['interaction:sildenafil:nitroglycerin 1'])
  assert.deepEqual(keysOf([metformin], {}, [nitrate, sildenafil]), [])
  assert.deepEqual(keysOf([metformin, both]), ['duplicate_salt:metformin 1,2'])
  assert.deepEqual(keysOf([both], {}, [metformin]), ['duplicate_salt:metformin 1'])
})

test('a refill of what is taken already is no duplicate, and a refused line is not looked at', () => {
  const metformin = packOf(5, 'metformin')
  const sameDrug = { ...packOf(7, 'metformin'), drug: 5 }
  assert.deepEqual(keysOf([metformin], {}, [metformin]), [])
  assert.deepEqual(keysOf([metformin], {}, [sameDrug]), [])
  const [sildenafil, nitrate] = [packOf(3, 'sildenafil'), packOf(4, 'nitroglycerin')]
  const lines = [
    { line: 1, packId: 'pack-3', verdict: null },
    { line: 2, packId: 'pack-4', verdict: 'refused' },
  ] as const
  assert.deepEqual(keysOf([sildenafil, nitrate], { lines }), [])
})

const heading = 'kind,substance,other,allergy_class,below_years,sentence,source'
async function importText(text: string, confirmedBy = 'P. Sample, T-1') {
  const file = path.join(folder, 'rules.csv')
  await writeFile(file, text)
  return importClinicalList(own.database, { path: file, confirmedBy })
}

test('a list is taken whole or not at all, each rule with its source, and the last one counts', async () => {
  const row = 'age,Nimesulide,,,12,Not below 12 years.,Notification of the ministry'
  for (const [text, why] of [
    ['', /empty/],
    [heading, /no rule/],
    [`name,${heading}\n${row}`, /first row/],
    [`${heading}\n${row}\nage,nimesulide,,,12,No source.,`, /Row 3: a rule needs its source/],
    [`${heading}\nage,nimesulide,,,abc,Words.,Notification of the ministry`, /below_years/],
    [`${heading}\ninteraction,a,,,,Words.,Notification of the ministry`, /other substance/],
    [`${heading}\nallergy,a,,cats,,Words.,Notification of the ministry`, /allergy class/],
    [`${heading}\nguess,a,,,,Words.,Notification of the ministry`, /kind must be/],
  ] as const) {
    await assert.rejects(importText(text), { message: why })
  }
  assert.equal(await findClinicalList(own.database.db), undefined)
  const first = await importText(`${heading}\n${row}`)
  const same = await importText(`${heading}\n${row}`)
  assert.deepEqual([first.isSame, same.isSame, same.number], [false, true, first.number])
  await importText(`${heading}\n${row.replace('12,Not', '14,Not')}`)
  const list = await findClinicalList(own.database.db)
  assert.deepEqual(
    [list?.rules[0]?.kind, list?.confirmedBy, list?.rules.length],
    ['age', 'P. Sample, T-1', 1],
  )
})

test('the list that comes with the software cites a document for every rule and is confirmed by nobody', async () => {
  await loadSampleClinical(own.database)
  const list = await findClinicalList(own.database.db)
  assert.ok((list?.rules.length ?? 0) > 30)
  assert.match(list?.confirmedBy ?? '', /^SAMPLE/)
  assert.ok(list!.rules.every(rule => rule.source.length > 20))
})

test('a finding stops the decision until the pharmacist gives her reason, which is kept', async () => {
  await importText(`${heading}\nage,atorvastatin,,,60,Look at the age.,A document that is named`)
  const pharmacist = await addPharmacist(own.database)
  const packId = await addPrescriptionPack(own.database)
  const { reviewId } = await openFor(own.database, [{ packId, packs: 6 }])
  const prescriptions = [paperOf(await todayIn(own.database), [packId])]
  const { version, findings } = await saveFor(own.database, pharmacist, reviewId, { prescriptions })
  assert.deepEqual(
    findings.map(one => one.key),
    ['age:atorvastatin'],
  )
  const decide = (overrides: Parameters<typeof decideReview>[2]['overrides']) =>
    decideReview(own.database, pharmacist, { id: reviewId, version, overrides })
  await assert.rejects(decide([]), { code: 'finding_not_answered' })
  const reason = {
    key: 'age:atorvastatin',
    reason: 'prescriber_confirmed',
    words: 'By phone',
  } as const
  await decide([reason, { ...reason, key: 'age:nothing' }])
  const { rows } = await sql<{ finding: string; reason: string }>`
    select finding, reason from prescriptions.review_override where review_id = ${reviewId}`.execute(
    own.database.db,
  )
  assert.deepEqual(rows, [{ finding: 'age:atorvastatin', reason: 'prescriber_confirmed' }])
})
