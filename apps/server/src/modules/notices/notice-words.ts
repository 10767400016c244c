import type { NoticeOccasion } from '@janta/contracts'

export type NoticeLanguage = 'en' | 'hi'

/**
 * The texts as they are registered, with `{#order#}` and `{#link#}` for what changes. They say that a pharmacist checks,
 * never what: a phone lies open on a table (domain rule 27). English fits one SMS of 160 letters, Hindi three of 67.
 */
const texts: Record<NoticeOccasion, Record<NoticeLanguage, string>> = {
  checking: {
    en: 'Janta Pharmacy: we have your order {#order#}. Our pharmacist is checking it. See {#link#}',
    hi: 'जनता फ़ार्मेसी: आपका ऑर्डर {#order#} मिल गया। हमारे फ़ार्मासिस्ट उसे जाँच रहे हैं। देखें {#link#}',
  },
  checking_again: {
    en: 'Janta Pharmacy: our pharmacist checks order {#order#} once more before it leaves. See {#link#}',
    hi: 'जनता फ़ार्मेसी: ऑर्डर {#order#} भेजने से पहले हमारे फ़ार्मासिस्ट उसे फिर जाँच रहे हैं। देखें {#link#}',
  },
  question: {
    en: 'Janta Pharmacy: our pharmacist has a question about order {#order#}. Please answer at {#link#}',
    hi: 'जनता फ़ार्मेसी: ऑर्डर {#order#} के बारे में हमारे फ़ार्मासिस्ट का एक सवाल है। जवाब यहाँ दें {#link#}',
  },
  choice: {
    en: 'Janta Pharmacy: a part of order {#order#} can come to you. Please choose what we do: {#link#}',
    hi: 'जनता फ़ार्मेसी: ऑर्डर {#order#} का एक हिस्सा मिल सकता है। आगे क्या करें, यहाँ चुनें {#link#}',
  },
  payment: {
    en: 'Janta Pharmacy: order {#order#} was checked. Please pay, then we pack it: {#link#}',
    hi: 'जनता फ़ार्मेसी: ऑर्डर {#order#} जाँच लिया गया। पैसे चुकाएँ, फिर हम पैक करेंगे: {#link#}',
  },
  confirmed: {
    en: 'Janta Pharmacy: order {#order#} is confirmed and will be packed. See {#link#}',
    hi: 'जनता फ़ार्मेसी: ऑर्डर {#order#} पक्का हो गया, अब पैक होगा। देखें {#link#}',
  },
  packed: {
    en: 'Janta Pharmacy: order {#order#} is packed and leaves soon. See {#link#}',
    hi: 'जनता फ़ार्मेसी: ऑर्डर {#order#} पैक हो गया, जल्द निकलेगा। देखें {#link#}',
  },
  ready: {
    en: 'Janta Pharmacy: order {#order#} is ready at the store. Please bring the original papers. {#link#}',
    hi: 'जनता फ़ार्मेसी: ऑर्डर {#order#} दुकान पर तैयार है। असली काग़ज़ साथ लाएँ। {#link#}',
  },
  on_the_way: {
    en: 'Janta Pharmacy: order {#order#} is on its way to you. See {#link#}',
    hi: 'जनता फ़ार्मेसी: ऑर्डर {#order#} आपकी ओर निकल चुका है। देखें {#link#}',
  },
  delivered: {
    en: 'Janta Pharmacy: order {#order#} was handed over. Its bill is at {#link#}',
    hi: 'जनता फ़ार्मेसी: ऑर्डर {#order#} दे दिया गया। बिल यहाँ है {#link#}',
  },
  returned: {
    en: 'Janta Pharmacy: order {#order#} came back to the store. See {#link#}',
    hi: 'जनता फ़ार्मेसी: ऑर्डर {#order#} दुकान पर लौट आया। देखें {#link#}',
  },
  cancelled: {
    en: 'Janta Pharmacy: order {#order#} is cancelled; what you paid comes back to you. Why: {#link#}',
    hi: 'जनता फ़ार्मेसी: ऑर्डर {#order#} रद्द हुआ; चुकाए पैसे लौट आएँगे। कारण: {#link#}',
  },
  refunded: {
    en: 'Janta Pharmacy: the refund of order {#order#} reached your bank. See {#link#}',
    hi: 'जनता फ़ार्मेसी: ऑर्डर {#order#} के पैसे आपके बैंक को लौटा दिए गए। देखें {#link#}',
  },
  recalled: {
    en: 'Janta Pharmacy: a safety notice on order {#order#}. Please call us; our pharmacist will explain. {#link#}',
    hi: 'जनता फ़ार्मेसी: ऑर्डर {#order#} पर सुरक्षा सूचना। हमें फ़ोन करें; फ़ार्मासिस्ट समझाएँगे। {#link#}',
  },
}

/** The text as the telecom operators register it: `{#var#}` where something changes. */
export function registeredText(occasion: NoticeOccasion, language: NoticeLanguage): string {
  return texts[occasion][language].replaceAll(/\{#\w+#\}/g, '{#var#}')
}

/** What is told: an order by its number, and where she finds it after signing in. */
export function noticeText(
  occasion: NoticeOccasion,
  language: NoticeLanguage,
  { orderNumber, publicUrl }: { readonly orderNumber: string; readonly publicUrl: string },
): string {
  const link = `${publicUrl}${language === 'hi' ? '/hi' : ''}/orders`
  return texts[occasion][language].replace('{#order#}', orderNumber).replace('{#link#}', link)
}
