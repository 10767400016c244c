import type { SaleDecision } from '@janta/contracts'
import type { Scheme } from './sale-decision.ts'

export type Language = 'en' | 'hi'

const sentences: Record<SaleDecision, Record<Language, string>> = {
  open: {
    en: 'You can order this without a prescription.',
    hi: 'इसे आप बिना पर्चे के मँगा सकते हैं।',
  },
  prescription: {
    en: 'A doctor’s prescription is needed before we may supply this medicine.',
    hi: 'यह दवा देने से पहले डॉक्टर का पर्चा ज़रूरी है।',
  },
  store_only: {
    en: 'This Schedule H1 medicine is not delivered. Bring the original prescription to our store.',
    hi: 'यह शेड्यूल H1 की दवा घर नहीं भेजी जाती। असली पर्चा लेकर हमारी दुकान पर आइए।',
  },
  blocked: {
    en: 'The law does not allow this medicine to be sold online. Please speak to your doctor.',
    hi: 'क़ानून के अनुसार यह दवा ऑनलाइन नहीं बेची जा सकती। कृपया अपने डॉक्टर से बात करें।',
  },
  unclassified: {
    en: 'Our pharmacist has not yet checked the rules for this medicine, so we cannot sell it. Please call us.',
    hi: 'हमारे फ़ार्मासिस्ट ने अभी इस दवा के नियम नहीं जाँचे हैं, इसलिए हम इसे नहीं बेच सकते। कृपया हमें फ़ोन करें।',
  },
}

// Schedule G makes the maker print this caution; the shop repeats it.
const caution: Record<Language, string> = {
  en: ' Caution: it is dangerous to take this preparation except under medical supervision.',
  hi: ' सावधानी: डॉक्टर की देखरेख के बिना यह दवा लेना ख़तरनाक हो सकता है।',
}

/** Why a pack may or may not be ordered, for the customer; no medicine and no person is named in it. */
export function saleSentence(
  decision: SaleDecision,
  schedules: readonly Scheme[],
  language: Language,
): string {
  const sentence = sentences[decision][language]
  return decision === 'open' && schedules.includes('G') ? sentence + caution[language] : sentence
}
