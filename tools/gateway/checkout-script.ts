/**
 * The checkout for pages that run scripts: opens the bank's page in a window of its own and hands what it answers to
 * the page's `handler`, as the real script does.
 */
export const checkoutScript = `
(() => {
  const place = new URL('checkout/embedded', document.currentScript.src).href
  window.Razorpay = class {
    constructor(options) {
      this.options = options
      this.listeners = {}
    }
    on(event, listener) {
      this.listeners[event] = listener
    }
    open() {
      const { options } = this
      const fields = {
        key_id: options.key,
        order_id: options.order_id,
        amount: options.amount,
        callback_url: options.callback_url || '',
        opener: location.origin,
      }
      const form = document.createElement('form')
      form.method = 'post'
      form.action = place
      form.target = options.callback_url ? '_self' : 'janta-bank'
      for (const [name, value] of Object.entries(fields)) {
        const input = document.createElement('input')
        Object.assign(input, { type: 'hidden', name, value: String(value) })
        form.append(input)
      }
      document.body.append(form)
      if (!options.callback_url) window.open('', 'janta-bank', 'width=420,height=640')
      form.submit()
      form.remove()
    }
  }
  window.addEventListener('message', event => {
    if (event.origin !== new URL(place).origin) return
    const open = window.Razorpay.last
    if (!open || !event.data || !event.data.razorpay_payment_id) return
    if (event.data.razorpay_signature) open.options.handler(event.data)
    else if (open.listeners['payment.failed']) open.listeners['payment.failed'](event.data)
  })
  const { open } = window.Razorpay.prototype
  window.Razorpay.prototype.open = function () {
    window.Razorpay.last = this
    open.call(this)
  }
})()
`
