import type { Translated } from '../../i18n.ts'
import type {
  refusals as english,
  refusalsWithValues as englishWithValues,
} from '../en/refusals.ts'

export const refusals: Translated<typeof english> = {
  malformed_request: 'जो लिखा गया वह समझ नहीं आया। जाँच कर फिर कोशिश करें।',
  sign_in_needed: 'आगे बढ़ने के लिए साइन इन करें।',
  not_allowed: 'यह आपके खाते के लिए खुला नहीं है।',
  cross_site_request: 'अनुरोध किसी दूसरे पेज से आया। दुकान फिर खोलकर कोशिश करें।',
  not_found: 'यह नहीं मिला।',
  conflict: 'यह अभी-अभी बदला है। फिर देखकर कोशिश करें।',
  too_many_requests: 'बहुत बार कोशिश हुई। एक मिनट रुककर फिर करें।',
  unavailable: 'दुकान अभी जवाब नहीं दे पा रही। एक मिनट में फिर कोशिश करें।',
  mobile_invalid: '10 अंकों का भारतीय मोबाइल नंबर लिखें।',
  code_wrong: 'कोड सही नहीं है। छह अंक जाँच लें।',
  code_expired: 'कोड पुराना हो गया। नया कोड मँगाएँ।',
  code_used_up: 'कोड बहुत बार डाला गया। नया कोड मँगाएँ।',
  medicine_not_sold_online: 'यह दवा ऑनलाइन नहीं मिलती। दुकान पर पूछें।',
  prescription_needed: 'इस दवा के लिए डॉक्टर का पर्चा चाहिए। चेकआउट पर उसकी फ़ोटो जोड़िए।',
  online_payment_off: 'यहाँ ऑनलाइन भुगतान चालू नहीं है। डिलीवरी पर नक़द चुनिए।',
  medicine_unclassified: 'फार्मासिस्ट ने इस दवा को अभी बिक्री के लिए मंज़ूर नहीं किया है।',
  medicine_not_delivered_here:
    'एक दवा इस पिन कोड पर नहीं भेजी जा सकती। बाक़ी मँगाने के लिए उसे कार्ट से हटाएँ।',
  pin_code_invalid: 'छह अंकों का पिन कोड लिखें।',
  pin_code_not_served: 'इस पिन कोड पर अभी डिलीवरी नहीं है।',
  idempotency_key_missing: 'पेज फिर खोलकर कोशिश करें।',
  idempotency_key_reused: 'पेज फिर खोलकर कोशिश करें।',
  document_not_ready: 'यह दस्तावेज़ छप रहा है। कुछ क्षण बाद फिर कोशिश करें।',
  cart_empty: 'कार्ट ख़ाली है। पहले कोई दवा डालें।',
  cart_changed: 'कार्ट या कोई दाम बदल गया। जाँच कर फिर ऑर्डर करें।',
  quantity_invalid: 'उतने पैक चुनें जितने दुकान देती है।',
  price_changed: 'कोई दाम बदल गया। जाँच कर फिर ऑर्डर करें।',
  out_of_stock: 'इतने पैक नहीं बचे। कम चुनें या दूसरा ब्रांड लें।',
  upload_session_ended: 'भेजने का समय खत्म हो गया। फिर से शुरू करें।',
  upload_limit_reached: 'एक पर्चे में इतनी ही फ़ाइलें आती हैं। बाकी के लिए नया शुरू करें।',
  upload_state_forbids: 'यह फ़ाइल आगे बढ़ चुकी है। उसकी स्थिति देखें।',
  upload_not_ready: 'कोई फ़ाइल अभी जाँच में है या स्वीकार नहीं हुई। थोड़ा रुकें या फिर से भेजें।',
  upload_in_use: 'फार्मासिस्ट इस फ़ाइल पर काम कर रहे हैं, और अब क़ानून इसे रखता है।',
  consent_needed: 'क्या रखा जाता है, वह पढ़ें और सहमति दें।',
  guardian_consent_needed: 'बच्चे के लिए माता-पिता या अभिभावक की सहमति ज़रूरी है।',
  holder_under_age: 'खाता 18 या अधिक उम्र वाले का होता है। माता-पिता से मँगवाने को कहें।',
  birth_month_invalid: 'जन्म का यह महीना नहीं हो सकता। साल जाँचें।',
  patient_limit_reached: 'एक खाते में ज़्यादा से ज़्यादा 12 लोग रहते हैं। पहले किसी को मिटाएँ।',
  patient_self_exists: 'आपकी अपनी प्रोफ़ाइल पहले से है। उसी को बदलें।',
  order_state_forbids: 'ऑर्डर आगे बढ़ चुका है, अब यह नहीं हो सकता।',
  cash_limit_exceeded: 'रक़म नक़द भुगतान की सीमा से ज़्यादा है। कुछ कम करें।',
  cash_not_offered: 'इस ऑर्डर का भुगतान दरवाज़े पर नक़द नहीं हो सकता। ऑनलाइन भुगतान करें।',
  payment_unavailable: 'ऑनलाइन भुगतान अभी नहीं हो सकता। कुछ मिनट बाद फिर कोशिश करें।',
  payment_amount_invalid: 'इस रक़म का ऑनलाइन भुगतान नहीं हो सकता। नक़द चुनें, या दुकान को फ़ोन करें।',
  payment_state_forbids: 'इस ऑर्डर में अब कुछ देना बाक़ी नहीं है। उसकी स्थिति देखें।',
  payment_not_verified:
    'भुगतान की पुष्टि नहीं हो सकी। दोबारा भुगतान न करें: जो मिला वह ऑर्डर में अपने आप दिखेगा।',
  payment_not_captured: 'इस ऑर्डर का कोई भुगतान नहीं मिला, इसलिए लौटाने को कुछ नहीं है।',
  refund_exceeds_payment: 'जितना भुगतान हुआ उससे ज़्यादा नहीं लौट सकता।',
  medicine_name_invalid: 'दवा का नाम अक्षरों में लिखें।',
  address_incomplete: 'पता पूरा नहीं है।',
}

export const refusalsWithValues: Translated<typeof englishWithValues> = {
  out_of_stock: {
    gone: name => `${name} अभी-अभी ख़त्म हो गई। बाक़ी मँगाने के लिए इसे कार्ट से हटाएँ।`,
    left: (left, name) => `${name} के अभी सिर्फ़ ${left} पैक मँगा सकते हैं। मात्रा घटाकर फिर ऑर्डर करें।`,
  },
  cash_limit_exceeded: (limit, total) =>
    `नक़द भुगतान ${limit} तक के ऑर्डर पर है और यह ऑर्डर ${total} का है। कुछ कम करें या दो हिस्सों में मँगाएँ।`,
  pin_code_not_served: pin => `${pin} पर अभी डिलीवरी पर नक़द नहीं लेते। दूसरा पता लिखें।`,
  quantity_invalid: linesMax =>
    `एक कार्ट में ज़्यादा से ज़्यादा ${linesMax} अलग दवाएँ आती हैं। पहले इन्हें मँगा लें।`,
  too_many_requests: {
    seconds: seconds => `${seconds} सेकंड रुककर फिर कोशिश करें।`,
    minutes: minutes => `${minutes} मिनट बाद फिर कोशिश करें।`,
  },
}
