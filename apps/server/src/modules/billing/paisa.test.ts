import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CartSeen, provePaisa, randomFrom } from '#test/carts-for-tests'

test('two thousand random carts add up to the paisa, and so do their returns', () => {
  const seen: CartSeen[] = []
  for (let seed = 1; seed <= 2_000; seed++) {
    try {
      seen.push(provePaisa(randomFrom(seed)))
    } catch (cause) {
      throw new Error(`the cart of seed ${seed} does not add up`, { cause })
    }
  }
  const share = (of: (one: CartSeen) => boolean) => seen.filter(of).length / seen.length
  assert.ok(share(one => one.isLoose) > 0.2, 'loose tablets were sold')
  assert.ok(share(one => one.hasCoupon) > 0.3, 'coupons were used')
  assert.ok(share(one => one.rates > 1) > 0.3, 'rates were mixed')
  assert.ok(share(one => one.credit === 'partly') > 0.2, 'store credit paid a part')
  assert.ok(share(one => one.credit === 'whole') > 0.1, 'store credit paid it all')
  assert.ok(share(one => one.returns > 2) > 0.3, 'lines came back in parts')
})
