import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amountInEnglish, amountInHindi } from './amount-in-words.ts'

test('an amount is said in English by lakh and crore', () => {
  assert.equal(amountInEnglish(40209), 'Rupees four hundred two and nine paise only')
  assert.equal(amountInEnglish(0), 'Rupees zero only')
  assert.equal(amountInEnglish(100), 'Rupees one only')
  assert.equal(
    amountInEnglish(12_34_567_89),
    'Rupees twelve lakh thirty-four thousand five hundred sixty-seven and eighty-nine paise only',
  )
  assert.equal(amountInEnglish(1_00_00_000_00), 'Rupees one crore only')
  assert.equal(amountInEnglish(250_00_00_050_00), 'Rupees two hundred fifty crore fifty only')
})

test('and in Hindi, where every number below a hundred has its own word', () => {
  assert.equal(amountInHindi(40209), 'चार सौ दो रुपये नौ पैसे मात्र')
  assert.equal(amountInHindi(100), 'एक रुपया मात्र')
  assert.equal(amountInHindi(47_672_00), 'सैंतालीस हज़ार छह सौ बहत्तर रुपये मात्र')
  assert.equal(amountInHindi(12_34_567_01), 'बारह लाख चौंतीस हज़ार पाँच सौ सड़सठ रुपये एक पैसा मात्र')
})

test('no two numbers below a hundred share a word, in either language', () => {
  for (const say of [amountInEnglish, amountInHindi]) {
    const words = new Set(Array.from({ length: 100 }, (_, rupees) => say(rupees * 100)))
    assert.equal(words.size, 100)
    for (const word of words) assert.ok(!word.includes('undefined'), word)
  }
})
