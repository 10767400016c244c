import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp, { type Sharp } from 'sharp'
import { greyOf } from './make-pages.ts'
import { isAlike, likenessOf, turned } from './upload-likeness.ts'
import { drawSample } from './uploads-for-tests.ts'

const pointsOf = async (picture: Sharp) => greyOf(sharp(await picture.jpeg().toBuffer()))

test('a picture shrunk, saved badly and lit differently is the same picture', async () => {
  const first = likenessOf(await pointsOf(drawSample('one')))
  const whole = await drawSample('one').jpeg().toBuffer()
  const worse = await sharp(whole).resize(500).jpeg({ quality: 40 }).toBuffer()
  const again = likenessOf(await pointsOf(drawSample('one').linear(0.8, 20)))
  assert.ok(isAlike(first, likenessOf(await pointsOf(sharp(worse)))))
  assert.ok(isAlike(first, again))
})

test('turned by a quarter it is found by one of its four turns', async () => {
  const first = likenessOf(await pointsOf(drawSample('one')))
  const sideways = sharp(await drawSample('one').png().toBuffer()).rotate(90)
  const alike = turned(await pointsOf(sideways)).map(turn => isAlike(likenessOf(turn), first))
  assert.deepEqual(alike, [false, false, false, true])
})

test('another prescription on the same paper is another picture', async () => {
  const one = likenessOf(await pointsOf(drawSample('one')))
  for (const words of ['another', 'two different words', 'and a third, longer than the others']) {
    assert.ok(!isAlike(one, likenessOf(await pointsOf(drawSample(words)))), words)
  }
})

test('bands are the bits, sixteen by sixteen', async () => {
  const { bits, bands } = likenessOf(await pointsOf(drawSample('bands')))
  assert.equal(bits.length, 64)
  assert.equal(bands.map(band => band.toString(2).padStart(16, '0')).join(''), bits)
})
