import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleRow, sampleSearch } from './sample.ts'

const { search, index } = await sampleSearch()
const top = (text: string) => search.search(text).hits[0]?.id
const names = (text: string) => search.search(text).hits.map(hit => hit.id)

test('a brand, a brand with its strength and the full printed name find that medicine', () => {
  assert.match(top('parolex') ?? '', /^Parolex/)
  assert.equal(top('parolex 500'), "Parolex 500mg Tablet 10'S")
  assert.equal(top('PAROLEX 650 TABLET 15S'), "Parolex 650 Tablet 15'S")
  assert.equal(top('vitaphal g 0.5'), 'Vitaphal-G 0.5 Capsule')
})

test('a form chooses among the forms of a brand, and syrup is said for a suspension too', () => {
  assert.equal(top('betnora ointment'), 'Betnora Ointment 15gm')
  assert.equal(top('parolex syp'), 'Parolex Syrup 60ml')
  assert.equal(top('dolpan syrup'), 'Dolpan Suspension 60ml')
  assert.deepEqual(search.search('dolpan syrup').hits[0]?.differs, [])
})

test('a salt with its strength finds the medicines that hold it', () => {
  assert.equal(top('azithromycin 250'), 'Azivora 250 Tablet')
  assert.equal(top('amoxicillin clavulanic acid 625'), 'Amoxiva 625 Tablet')
  assert.deepEqual(new Set(names('telmisartan amlodipine')), new Set(['Telvista AM Tablet']))
})

test('one gram and a thousand milligrams are one strength', () => {
  assert.deepEqual(search.search('ceftriaxone 1000mg').hits[0]?.differs, [])
  assert.deepEqual(search.search('metrolin 1 gm').hits[0]?.differs, [])
  assert.deepEqual(search.search('metrolin 1000').hits[0]?.differs, [])
})

test('the first letters find the best known names that begin with them', () => {
  assert.match(top('tel') ?? '', /^Telvista/)
  assert.match(top('zer') ?? '', /^Zerovan/)
  assert.equal(top('parolex c'), 'Parolex Cold Tablet')
  assert.equal(search.search('tel').corrected, undefined)
})

test('joined and split words are read apart and together', () => {
  assert.equal(top('parolex650'), "Parolex 650 Tablet 15'S")
  assert.equal(top('zerovansp'), "Zerovan SP Tablet 10'S")
  assert.equal(top('combi well'), 'Combiwell Tablet')
  assert.equal(top('betnoraointment'), 'Betnora Ointment 15gm')
  assert.equal(top('liv kayo fifty two'), 'Liv Kayo 52 Tablet')
})

test('a misspelt name is found and the name really used is announced', () => {
  for (const [typed, brand] of [
    ['zerowan', 'zerovan'],
    ['jerovan', 'zerovan'],
    ['azivroa', 'azivora'],
    ['cofanil', 'kofanil'],
    ['parrolex', 'parolex'],
    ['vitafal', 'vitaphal'],
    ['azithromicin', 'azithromycin'],
    ['telmisarten', 'telmisartan'],
  ] as const) {
    const result = search.search(typed)
    assert.equal(result.corrected?.to, brand, typed)
    assert.equal(result.corrected?.from, typed)
    assert.ok(result.hits[0]?.isGuess, typed)
  }
})

test('a name in Devanagari or another Indian script is found by its sound and announced', () => {
  for (const [typed, name] of [
    ['पारोलेक्स ६५०', "Parolex 650 Tablet 15'S"],
    ['ज़ेरोवान एसपी', "Zerovan SP Tablet 10'S"],
    ['कोफानिल टैबलेट', 'Kofanil 10 Tablet'],
    ['এজিভোরা ৫০০', 'Azivora 500 Tablet'],
  ] as const) {
    const result = search.search(typed)
    assert.equal(result.hits[0]?.id, name, typed)
    assert.ok(result.corrected, typed)
  }
})

test('two drugs with near names are never exchanged: the typed one comes first, the other is marked', () => {
  const result = search.search('amicor')
  assert.equal(result.corrected, undefined)
  assert.deepEqual(
    result.hits
      .filter(hit => !hit.isGuess)
      .map(hit => hit.id)
      .sort(),
    ['Amicor 10mg Tablet', 'Amicor 5mg Tablet'],
  )
  const firstGuess = result.hits.findIndex(hit => hit.isGuess)
  assert.ok(firstGuess === -1 || result.hits.slice(firstGuess).every(hit => hit.isGuess))
  assert.deepEqual(result.similar, firstGuess === -1 ? [] : ['amikor'])
  assert.ok(search.search('amikor').hits.every(hit => hit.id.startsWith('Amikor')))
})

test('no strength typed makes a near name come before the name that was typed', () => {
  const [first] = search.search('amicor 250').hits
  assert.match(first?.id ?? '', /^Amicor/)
  assert.equal(first?.isGuess, false)
  assert.deepEqual(first?.differs, ['strength'])
  assert.equal(search.search('amicor 250').corrected, undefined)
})

test('a strength kept in the record counts when the label does not print it', async () => {
  const here = await sampleSearch([
    sampleRow('Norvana Tablet', { id: 'a', strengths: '5 mg' }),
    sampleRow('Norvana Tablet', { id: 'b', strengths: '10 mg' }),
  ])
  const [first, second] = here.search.search('norvana 10').hits
  assert.deepEqual([first?.id, first?.differs, second?.differs], ['b', [], ['strength']])
})

test('a strength the brand does not come in is said to differ, never silently replaced', () => {
  const [first] = search.search('parolex 250').hits
  assert.match(first?.id ?? '', /^Parolex/)
  assert.deepEqual(first?.differs, ['strength'])
  const hits = search.search('parolex 500').hits
  assert.deepEqual(hits[0]?.differs, [])
  assert.ok(hits.slice(1).every(hit => hit.differs.includes('strength')))
})

test('a form the brand does not come in is said to differ and comes after those that match', () => {
  assert.deepEqual(search.search('kofanil cream').hits[0]?.differs, ['form'])
  const forms = search.search('betnora cream').hits.map(hit => hit.differs)
  assert.deepEqual(forms, [[], ['form']])
})

test('milligrams typed are not the same number of millilitres', () => {
  const hit = search.search('parolex 60 mg').hits.find(({ id }) => id === 'Parolex Syrup 60ml')
  assert.deepEqual(hit?.differs, ['strength'])
})

test('autocomplete groups name the brands and the salts', () => {
  const { groups } = search.search('par')
  assert.ok(groups.medicines.some(entry => entry.name === 'parolex'))
  const salt = groups.salts.find(entry => entry.name === 'paracetamol')
  assert.equal(salt?.medicines, 6)
})

test('words no medicine has are named and the rest is found', () => {
  const result = search.search('parolex qqqzzq')
  assert.match(result.hits[0]?.id ?? '', /^Parolex/)
  assert.deepEqual(result.ignored, ['qqqzzq'])
})

test('what sells in an area comes first there and nowhere else', async () => {
  const here = await sampleSearch([
    sampleRow('Corvita Tablet', { popularity: 10 }),
    sampleRow('Cordiva Tablet', { popularity: 20 }),
  ])
  here.index.setAreaPopularity('110', 'Corvita Tablet', 100)
  assert.equal(here.search.search('cor', { area: '110' }).hits[0]?.id, 'Corvita Tablet')
  assert.equal(here.search.search('cor', { area: '560' }).hits[0]?.id, 'Cordiva Tablet')
})

test('any input is answered, and nothing to look for finds nothing', () => {
  const inputs = [
    '',
    '   ',
    '%',
    "'; drop table medicine; --",
    '(a+)+$',
    '[',
    '\\',
    '\u0000\u0007\u001b',
    '\ud800',
    '💊',
    '💊 parolex',
    'парацетамол',
    '阿莫西林',
    'पैparolex५००',
    '1e999',
    '9'.repeat(400),
    '.',
    '....',
    "10's",
    '<script>',
    'a'.repeat(10_000),
    'क'.repeat(10_000),
    'parolex '.repeat(2000),
    '1 '.repeat(5000),
    'a b c d e f g h i j k',
    '____',
  ]
  for (const input of inputs) {
    const result = search.search(input, { withFacets: true, limit: 5 })
    assert.ok(result.hits.length <= 5)
    assert.ok(result.total >= result.hits.length)
  }
  assert.match(top('💊 parolex') ?? '', /^Parolex/)
  for (const input of ['', '%', '💊', '\u0000']) assert.equal(search.search(input).total, 0)
})

test('a number alone finds the medicines of that strength', () => {
  assert.deepEqual(names('650'), ["Parolex 650 Tablet 15'S"])
})

test('the limit is kept within its bounds whatever is asked', () => {
  assert.equal(search.search('paracetamol', { limit: 0 }).hits.length, 1)
  assert.equal(search.search('paracetamol', { limit: -4 }).hits.length, 1)
  assert.equal(search.search('paracetamol', { limit: Number.NaN }).hits.length, 1)
  assert.equal(index.count, 23)
})
