/** What a customer can do after a line was refused; each screen offers it as one button. */
export const reasonSteps = [
  'send_again',
  'see_doctor',
  'choose_pickup',
  'other_day',
  'take_less',
  'remove_line',
  'answer',
] as const
export type ReasonStep = (typeof reasonSteps)[number]

interface Reason {
  readonly step: ReasonStep
  readonly en: string
  readonly hi: string
}

/**
 * Why a prescription, or a line of it, is not supplied: a stable code, what the customer reads, and what to do next.
 * The sentences name no medicine and no illness, because they also travel in messages.
 */
export const prescriptionReasons = {
  illegible: {
    step: 'send_again',
    en: 'We could not read the prescription. Send a sharper photo in good light, with the whole page in it.',
    hi: 'पर्चा पढ़ा नहीं जा सका। अच्छी रोशनी में पूरे पन्ने की साफ़ फ़ोटो भेजें।',
  },
  no_date: {
    step: 'see_doctor',
    en: 'The prescription has no date. Ask your doctor to write the date, then send it again.',
    hi: 'पर्चे पर तारीख़ नहीं है। डॉक्टर से तारीख़ लिखवाकर फिर भेजें।',
  },
  future_date: {
    step: 'other_day',
    en: 'The prescription is dated in the future. Send it again from that day on.',
    hi: 'पर्चे पर आने वाली तारीख़ लिखी है। उस दिन या उसके बाद फिर भेजें।',
  },
  expired_window: {
    step: 'see_doctor',
    en: 'The prescription is too old to supply from. Ask your doctor for a new one.',
    hi: 'पर्चा अब पुराना हो चुका है। डॉक्टर से नया पर्चा लें।',
  },
  no_signature: {
    step: 'see_doctor',
    en: 'The doctor’s signature is missing or not in the photo. Have it signed, or send the whole page.',
    hi: 'डॉक्टर के दस्तख़त नहीं दिख रहे। दस्तख़त करवाएँ या पूरा पन्ना भेजें।',
  },
  no_prescriber_name: {
    step: 'send_again',
    en: 'The doctor’s name cannot be seen. Send the whole page with its heading.',
    hi: 'डॉक्टर का नाम नहीं दिख रहा। ऊपर के हिस्से के साथ पूरा पन्ना भेजें।',
  },
  no_prescriber_address: {
    step: 'send_again',
    en: 'The clinic’s address cannot be seen. Send the whole page with its heading.',
    hi: 'क्लिनिक का पता नहीं दिख रहा। ऊपर के हिस्से के साथ पूरा पन्ना भेजें।',
  },
  no_reg_no: {
    step: 'see_doctor',
    en: 'This needs the doctor’s registration number. Ask the clinic to write it on the prescription.',
    hi: 'इसके लिए डॉक्टर का रजिस्ट्रेशन नंबर चाहिए। क्लिनिक से पर्चे पर लिखवाएँ।',
  },
  not_rmp: {
    step: 'see_doctor',
    en: 'The signer may not prescribe this kind of medicine. Ask a registered doctor.',
    hi: 'दस्तख़त करने वाले यह दवा नहीं लिख सकते। पंजीकृत डॉक्टर से मिलें।',
  },
  no_patient: {
    step: 'see_doctor',
    en: 'The patient’s name is missing. Ask your doctor to write it, then send it again.',
    hi: 'मरीज़ का नाम नहीं लिखा है। डॉक्टर से लिखवाकर फिर भेजें।',
  },
  patient_mismatch: {
    step: 'answer',
    en: 'The name on the prescription is another than the one ordered for. Choose the right person or send the right prescription.',
    hi: 'पर्चे का नाम और ऑर्डर का नाम अलग हैं। सही व्यक्ति चुनें या सही पर्चा भेजें।',
  },
  drug_not_on_rx: {
    step: 'remove_line',
    en: 'This item is not on the prescription. Remove it, or send a prescription that names it.',
    hi: 'यह दवा पर्चे में नहीं है। इसे हटाएँ या वह पर्चा भेजें जिसमें यह लिखी हो।',
  },
  other_brand: {
    step: 'see_doctor',
    en: 'The doctor named another brand, and the law lets us supply only that one. Order that one, or ask the doctor to change it.',
    hi: 'डॉक्टर ने दूसरा ब्रांड लिखा है और क़ानूनन हम वही दे सकते हैं। वही मँगाएँ या डॉक्टर से बदलवाएँ।',
  },
  strength_mismatch: {
    step: 'remove_line',
    en: 'The strength ordered is another than the one prescribed. Order the strength on the prescription.',
    hi: 'मँगाई गई ताक़त (मात्रा) पर्चे से अलग है। पर्चे वाली ताक़त मँगाएँ।',
  },
  form_mismatch: {
    step: 'remove_line',
    en: 'The form ordered (tablet, syrup ...) is another than the one prescribed. Order that one.',
    hi: 'मँगाया गया रूप (गोली, सिरप ...) पर्चे से अलग है। पर्चे वाला मँगाएँ।',
  },
  qty_exceeds: {
    step: 'take_less',
    en: 'More was ordered than the doctor prescribed. We can supply up to the prescribed quantity.',
    hi: 'डॉक्टर की लिखी मात्रा से ज़्यादा मँगाया गया। हम लिखी मात्रा तक दे सकते हैं।',
  },
  already_dispensed: {
    step: 'see_doctor',
    en: 'This prescription has been supplied in full. Ask your doctor for a new one.',
    hi: 'इस पर्चे की पूरी दवा दी जा चुकी है। डॉक्टर से नया पर्चा लें।',
  },
  repeat_too_early: {
    step: 'other_day',
    en: 'The next supply on this prescription is not due yet. Order again nearer to the day.',
    hi: 'इस पर्चे पर अगली बार दवा देने का दिन अभी नहीं आया। उस दिन के पास फिर मँगाएँ।',
  },
  tampered: {
    step: 'see_doctor',
    en: 'Something on the prescription looks changed. Please bring a new one from your doctor.',
    hi: 'पर्चे पर कुछ बदला हुआ लगता है। डॉक्टर से नया पर्चा लाएँ।',
  },
  duplicate_image: {
    step: 'see_doctor',
    en: 'This prescription was used before. Each one can be used only as often as the doctor wrote.',
    hi: 'यह पर्चा पहले इस्तेमाल हो चुका है। पर्चा उतनी ही बार चलता है जितनी बार डॉक्टर ने लिखा हो।',
  },
  prohibited_drug: {
    step: 'remove_line',
    en: 'The law does not let us supply this item. Remove it and ask your doctor where to get it.',
    hi: 'क़ानूनन हम यह दवा नहीं दे सकते। इसे हटाएँ और डॉक्टर से पूछें कि कहाँ मिलेगी।',
  },
  tele_list_violation: {
    step: 'see_doctor',
    en: 'This may not be prescribed in that kind of online consultation. See the doctor in person or by video.',
    hi: 'यह दवा ऐसी ऑनलाइन सलाह में नहीं लिखी जा सकती। डॉक्टर से मिलकर या वीडियो पर सलाह लें।',
  },
  interaction_query: {
    step: 'answer',
    en: 'The pharmacist has a question about this item. Please answer it before we supply it.',
    hi: 'फार्मासिस्ट को इस दवा पर एक सवाल है। देने से पहले कृपया जवाब दें।',
  },
  pickup_only: {
    step: 'choose_pickup',
    en: 'We may not bring this home. Choose pickup and show the original prescription at the pharmacy.',
    hi: 'यह दवा हम घर नहीं पहुँचा सकते। दुकान से लेना चुनें और असली पर्चा दिखाएँ।',
  },
  out_of_district: {
    step: 'choose_pickup',
    en: 'We may bring this only within our district. Choose pickup at the pharmacy.',
    hi: 'यह दवा हम सिर्फ़ अपने ज़िले में पहुँचा सकते हैं। दुकान से लेना चुनें।',
  },
} as const satisfies Record<string, Reason>

export type PrescriptionReason = keyof typeof prescriptionReasons
export const prescriptionReasonCodes = Object.keys(prescriptionReasons) as PrescriptionReason[]

/** What the desk asks most, ready in both languages; further words may be added to each. */
export const readyQuestions = {
  clearer_photo: {
    en: 'Please send a sharper photo of the whole prescription.',
    hi: 'कृपया पूरे पर्चे की साफ़ फ़ोटो भेजें।',
  },
  which_patient: {
    en: 'Whom is this prescription for? The name differs from the one you ordered for.',
    hi: 'यह पर्चा किसके लिए है? नाम ऑर्डर वाले नाम से अलग है।',
  },
  patient_address: {
    en: 'What is the patient’s address?',
    hi: 'मरीज़ का पता क्या है?',
  },
  patient_age: {
    en: 'How old is the patient?',
    hi: 'मरीज़ की उम्र कितनी है?',
  },
  doctor_contact: {
    en: 'How can we reach the doctor? Something on the prescription must be confirmed.',
    hi: 'डॉक्टर से कैसे बात हो सकती है? पर्चे की एक बात पक्की करनी है।',
  },
  brand_not_named: {
    en: 'The doctor named another brand. Shall we supply that one, or will you ask the doctor to change it?',
    hi: 'डॉक्टर ने दूसरा ब्रांड लिखा है। क्या वही दे दें, या आप डॉक्टर से बदलवाएँगे?',
  },
  fewer_packs: {
    en: 'The prescription allows fewer packs than you ordered. Shall we supply what it allows?',
    hi: 'पर्चे के हिसाब से कम पैक दिए जा सकते हैं। क्या उतने ही दे दें?',
  },
  other_medicines: {
    en: 'Which other medicines does the patient take at the moment?',
    hi: 'मरीज़ अभी और कौन-सी दवाएँ ले रहे हैं?',
  },
  allergies: {
    en: 'Is the patient allergic to any medicine?',
    hi: 'क्या मरीज़ को किसी दवा से एलर्जी है?',
  },
  other: { en: 'The pharmacist asks:', hi: 'फार्मासिस्ट पूछते हैं:' },
} as const
export type ReadyQuestion = keyof typeof readyQuestions
export const readyQuestionCodes = Object.keys(readyQuestions) as ReadyQuestion[]
