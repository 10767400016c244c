import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readListRow } from './listed-pack.ts'
import { seenPacks } from './seen-packs.ts'

const row = (pack: string, composition: string, manufacturer = 'Sample Labs') =>
  readListRow({
    name: 'Testavali 650 Tablet',
    manufacturer,
    form: '',
    packLabel: pack,
    composition,
    isCutOff: false,
    mrp: '30',
    isDiscontinued: false,
    popularity: 0,
  })

test('each further row of a medicine is another pack, the same again or a contradiction', () => {
  const seen = seenPacks()
  const lines: [pack: string, composition: string, said: string][] = [
    ['strip of 10 tablets', 'Paracetamol (650mg)', 'stored'],
    ['strip of 15 tablets', 'Paracetamol (650mg)', 'another_pack of line 1'],
    ['strip of 10 tablets', 'Paracetamol (650mg)', 'duplicate of line 1'],
    ['strip of 15 tablets', 'Paracetamol (650mg)', 'duplicate of line 2'],
    // The same pack again is a duplicate whatever it holds; a new pack with other contents was never stored.
    ['strip of 15 tablets', 'Ibuprofen (400mg)', 'duplicate of line 2'],
    ['strip of 20 tablets', 'Ibuprofen (400mg)', 'contents_differ of line 1'],
    ['strip of 20 tablets', 'Paracetamol (650mg)', 'another_pack of line 1'],
  ]
  const said = lines.map(([pack, composition], at) => {
    const found = seen.check(row(pack, composition), at + 1)
    const remark = 'rejected' in found ? found.rejected : found.notices.at(-1)
    return remark ? `${remark.code} of line ${/line (\d+)/i.exec(remark.sentence)?.[1]}` : 'stored'
  })
  assert.deepEqual(
    said,
    lines.map(([, , expected]) => expected),
  )
})

test('another maker, or none, makes another medicine of the same name', () => {
  const seen = seenPacks()
  for (const maker of ['Sample Labs', 'Other Labs', '']) {
    const found = seen.check(row('strip of 10 tablets', `Paracetamol (650mg)`, maker), 1)
    assert('pack' in found, maker)
    assert(!found.notices.some(notice => notice.code === 'another_pack'), maker)
  }
})
