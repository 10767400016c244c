import type { Status } from '@janta/contracts'

type State = Status['state']
type Part = Status['components'][number]['name']

export interface StatusWords {
  readonly pharmacy: string
  readonly headline: Record<State, string>
  readonly meaning: Record<State, string>
  readonly state: Record<State, string>
  readonly part: Record<Part, { readonly name: string } & Record<State, string>>
  readonly looked: (time: string) => string
  readonly again: string
  readonly release: (version: string) => string
  readonly other: { readonly locale: StatusLocale; readonly name: string }
}

export const statusLocales = ['en', 'hi'] as const
export type StatusLocale = (typeof statusLocales)[number]

const notYet = 'Not looked at yet. Look again in a moment.'
const notYetHi = 'अभी नहीं देखा गया। थोड़ी देर में फिर देखें।'

/** What a customer reads who wonders whether it is her or us. */
export const statusWords: Record<StatusLocale, StatusWords> = {
  en: {
    pharmacy: 'Janta Pharmacy',
    headline: {
      ok: 'Everything works',
      late: 'Works, but slowly',
      unreachable: 'Something does not work',
      unknown: 'Looking…',
    },
    meaning: {
      ok: 'You can search, order, pay and send prescriptions.',
      late: 'Nothing is lost. Some things take longer than usual.',
      unreachable: 'What was saved is safe. We are told of this at the same moment as you.',
      unknown: 'The first look takes a few seconds.',
    },
    state: {
      ok: 'Works',
      late: 'Slow',
      unreachable: 'Does not work',
      unknown: 'Not known yet',
    },
    part: {
      database: {
        name: 'Medicines, carts and orders',
        ok: 'The catalogue answers and orders are taken.',
        late: 'Pages answer slowly. An order is placed once, even when the page is slow.',
        unreachable: 'Orders cannot be placed now. Nothing that was saved is lost.',
        unknown: notYet,
      },
      jobs: {
        name: 'Messages and invoices',
        ok: 'Sent and written as they come.',
        late: 'Messages and documents are late. Orders are not.',
        unreachable: 'Whether messages wait cannot be seen.',
        unknown: notYet,
      },
      storage: {
        name: 'Prescriptions and documents',
        ok: 'Photos can be sent and documents opened.',
        late: 'Photos and documents take longer than usual.',
        unreachable: 'Prescriptions cannot be sent or seen now. Everything else works.',
        unknown: notYet,
      },
    },
    looked: time => `Looked at ${time}, Indian time`,
    again: 'Look again',
    release: version => `Release ${version}`,
    other: { locale: 'hi', name: 'हिन्दी' },
  },
  hi: {
    pharmacy: 'जनता फार्मेसी',
    headline: {
      ok: 'सब कुछ चल रहा है',
      late: 'चल रहा है, पर धीरे',
      unreachable: 'कुछ काम नहीं कर रहा',
      unknown: 'देख रहे हैं…',
    },
    meaning: {
      ok: 'आप दवा खोज सकते हैं, ऑर्डर और भुगतान कर सकते हैं और पर्चा भेज सकते हैं।',
      late: 'कुछ भी खोया नहीं है। कुछ कामों में ज़्यादा समय लग रहा है।',
      unreachable: 'जो सहेजा गया वह सुरक्षित है। हमें भी इसी समय सूचना मिली है।',
      unknown: 'पहली बार देखने में कुछ सेकंड लगते हैं।',
    },
    state: {
      ok: 'चालू',
      late: 'धीमा',
      unreachable: 'बंद',
      unknown: 'अभी पता नहीं',
    },
    part: {
      database: {
        name: 'दवाएँ, टोकरी और ऑर्डर',
        ok: 'दवाओं की सूची चल रही है और ऑर्डर लिए जा रहे हैं।',
        late: 'पेज धीरे खुल रहे हैं। पेज धीमा हो तब भी ऑर्डर एक ही बार होता है।',
        unreachable: 'अभी ऑर्डर नहीं हो सकते। जो सहेजा गया था वह सुरक्षित है।',
        unknown: notYetHi,
      },
      jobs: {
        name: 'संदेश और बिल',
        ok: 'समय पर भेजे और बनाए जा रहे हैं।',
        late: 'संदेश और बिल में देरी है। ऑर्डर में नहीं।',
        unreachable: 'संदेश रुके हैं या नहीं, यह पता नहीं चल रहा।',
        unknown: notYetHi,
      },
      storage: {
        name: 'पर्चे और दस्तावेज़',
        ok: 'फ़ोटो भेजी और दस्तावेज़ खोले जा सकते हैं।',
        late: 'फ़ोटो और दस्तावेज़ में ज़्यादा समय लग रहा है।',
        unreachable: 'अभी पर्चे न भेजे जा सकते हैं, न देखे जा सकते हैं। बाकी सब चल रहा है।',
        unknown: notYetHi,
      },
    },
    looked: time => `${time} बजे देखा गया, भारतीय समय`,
    again: 'फिर देखें',
    release: version => `संस्करण ${version}`,
    other: { locale: 'en', name: 'English' },
  },
}
