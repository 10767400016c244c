import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Sharp } from 'sharp'
import { greySide, isAlike, likenessOf, turned } from './upload-likeness.ts'
import { drawSample } from './uploads-for-tests.ts'

const greyOf = async (picture: Sharp) =>
  new Uint8Array(
    await picture
      .flatten({ background: '#fff' })
      .greyscale()
      .resize(greySide, greySide, { fit: 'fill' })
      .raw()
      .toBuffer(),
  )

test('a picture shrunk, saved badly and lit differently is the same picture', async () => {
  const first = likenessOf(await greyOf(drawSample('one')))
  const worse = await drawSample('one').resize(500).jpeg({ quality: 40 }).toBuffer()
  const again = likenessOf(await greyOf(drawSample('one').composite([]).linear(0.8, 20)))
  const { default: sharp } = await import('sharp')
  assert.ok(isAlike(first, likenessOf(await greyOf(sharp(worse)))))
  assert.ok(isAlike(first, again))
})

test('turned by a quarter it is found by one of its four turns', async () => {
  const first = likenessOf(await greyOf(drawSample('one')))
  const { default: sharp } = await import('sharp')
  const sideways = sharp(await drawSample('one').png().toBuffer()).rotate(90)
  const alike = turned(await greyOf(sideways)).map(turn => isAlike(likenessOf(turn), first))
  assert.deepEqual(alike, [false, false, false, true])
})

test('another prescription on the same paper is another picture', async () => {
  const one = likenessOf(await greyOf(drawSample('one')))
  for (const words of ['two different words', 'and a third, longer than the others']) {
    assert.ok(!isAlike(one, likenessOf(await greyOf(drawSample(words)))), words)
  }
})

test('bands are the bits, sixteen by sixteen', async () => {
  const { bits, bands } = likenessOf(await greyOf(drawSample('bands')))
  assert.equal(bits.length, 64)
  assert.equal(bands.map(band => band.toString(2).padStart(16, '0')).join(''), bits)
})
