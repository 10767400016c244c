import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packInHindi } from './pack-words.ts'

test('a pack is named in Hindi as it is asked for at a counter', () => {
  assert.equal(packInHindi('strip of 15 tablets'), '15 गोली का पत्ता')
  assert.equal(packInHindi('bottle of 60 ml Oral Suspension'), '60 मि.ली. ओरल सस्पेंशन की बोतल')
  assert.equal(packInHindi('packet of 7.5 ml Eye Drop'), '7.5 मि.ली. आँख के ड्रॉप्स का पैकेट')
  assert.equal(packInHindi('vial of 1 Powder for Injection'), '1 इंजेक्शन पाउडर की शीशी')
  assert.equal(packInHindi('cartridge of 3 ml Solution for Injection'), '3 मि.ली. इंजेक्शन का कार्ट्रिज')
  assert.equal(packInHindi('60ml'), '60 मि.ली.')
  assert.equal(packInHindi('15 tablet'), '15 गोली')
  assert.equal(packInHindi('30 g'), '30 ग्राम')
})

test('a label with a word nobody translated stays whole as it was printed', () => {
  assert.equal(packInHindi('strip of 10 odontoids'), null)
  assert.equal(packInHindi('casket of 10 tablets'), null)
  assert.equal(packInHindi('pack size not stated'), null)
  assert.equal(packInHindi(''), null)
})
