import type { RefusalCode } from '@janta/contracts'

/** What only the desk is told about money; a customer's refusals are the shared ones. English shows the API's own sentence. */
export const refusals: Partial<Record<RefusalCode, string>> = {
  payment_amount_invalid: 'यह रक़म ऑनलाइन नहीं माँगी जा सकती। ऑर्डर का कुल जाँचें।',
  payment_state_forbids: 'भुगतान आगे बढ़ चुका है, अब यह नहीं हो सकता। फिर देखें।',
  payment_unavailable: 'यह भुगतान अभी नहीं हो सकता। नकद लें, और प्रशासक से सेटिंग जाँचने को कहें।',
  payment_not_captured: 'इस ऑर्डर का पैसा अभी नहीं मिला, इसलिए लौटाने को कुछ नहीं है।',
  refund_exceeds_payment: 'जितना मिला उससे ज़्यादा नहीं लौट सकता। बची रक़म देखकर फिर लिखें।',
  refund_state_forbids: 'इस रिफ़ंड का फ़ैसला हो चुका है। उसकी स्थिति देखें।',
  second_check_needed: 'इस दुकान में एक उठाता है और दूसरा जाँचता है। पहले उठाकर जाँचने वाले को दें।',
  own_pick: 'यह ऑर्डर आपने ख़ुद उठाया है। ड्यूटी वाला दूसरा फ़ार्मासिस्ट इसे जाँचे।',
  pick_changed: 'जो जाँचा वह उठाए हुए से मेल नहीं खाता। पत्ते फिर गिनें, या फिर से उठवाएँ।',
  own_refund: 'यह रिफ़ंड आपने माँगा है। दूसरी नज़र किसी और की होनी चाहिए।',
  drawer_open_already: 'गल्ला पहले से खुला है। पहले उसे गिनकर बंद करें।',
  drawer_not_open: 'गल्ला बंद है। पहले शुरुआती नकद लिखकर खोलें।',
  drawer_count_differs: 'गिनती मेल नहीं खाती। फिर गिनें और रक़म जाँचें।',
  claim_invalid: 'कुछ पंक्तियाँ नहीं बतातीं कि बिल में क्या ज़्यादा है। वे पंक्तियाँ देखें।',
  claim_too_much: 'बिल पर इतना बकाया नहीं है। जो पहले माँगा जा चुका है, उसे घटाकर फिर लिखें।',
  last_administrator: 'किसी एक का प्रशासक रहना ज़रूरी है। पहले किसी और को प्रशासक बनाएँ।',
  reason_needed: 'यहाँ कारण ज़रूरी है। फिर जाँचें, या कारण लिखें।',
  bank_reference_used: 'यह बैंक संदर्भ पहले किसी और भुगतान पर लिखा जा चुका है। अपने बैंक विवरण में जाँचें।',
  report_repeated: 'यह रिपोर्ट पहले पढ़ी जा चुकी है। सूची में देखें।',
  report_unreadable: 'यह रिपोर्ट पढ़ी नहीं जा सकी। गेटवे से फिर डाउनलोड करके वैसी ही अपलोड करें।',
}
