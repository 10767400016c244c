import type { RefusalCode } from '@janta/contracts'

/** What only those who buy and receive goods are told. English shows the API's own sentence. */
export const refusals: Partial<Record<RefusalCode, string>> = {
  supplier_exists: 'इस नाम का सप्लायर पहले से है। सूची में उसे खोलें।',
  supplier_invalid: 'सप्लायर की कुछ जानकारी ठीक नहीं। GSTIN और लाइसेंस फिर पढ़ें।',
  supplier_not_licensed:
    'इस सप्लायर का इस माल का लाइसेंस लागू नहीं है। लाइसेंस देखकर लिखें, या प्रशासक इस बिल की ज़िम्मेदारी लें।',
  bill_total_differs: 'छपा कुल पंक्तियों के जोड़ से मेल नहीं खाता। दर, पैक या कर की ग़लती ढूँढें।',
  batch_short_dated: 'माल की मियाद बहुत कम बची है। लौटा दें, या सप्लायर का वादा लिखें।',
  receipt_repeated: 'यह बिल पहले ही लिया जा चुका है। उसे बिलों में देखें।',
  receipt_invalid: 'बिल की कुछ बातें हो नहीं सकतीं। तारीख़, मियाद, दर और पैक फिर पढ़ें।',
  return_too_much: 'जितना आया और बचा है, उससे ज़्यादा नहीं लौट सकता।',
  claim_window_closed: 'सप्लायर के दावे के दिन अभी नहीं हैं या निकल गए।',
  return_invalid: 'इस वापसी में कुछ पंक्तियाँ इस सप्लायर की नहीं हैं, या दो बार हैं।',
  claim_too_much: 'बिल पर इतना बक़ाया नहीं है। पंक्तियाँ देखें।',
  claim_invalid: 'कुछ पंक्तियाँ नहीं बतातीं कि बिल क्या देना चाहता है। उन्हें फिर भरें।',
  purchase_order_invalid: 'ऑर्डर की कुछ पंक्तियाँ ठीक नहीं। दवा और पैक फिर देखें।',
  level_invalid: 'कम से कम, ज़्यादा से ज़्यादा से बड़ा नहीं हो सकता।',
  bill_file_unreadable: 'यह फ़ाइल बिल की तरह नहीं पढ़ी गई। CSV चुनें, या पंक्तियाँ हाथ से भरें।',
  photo_limit_reached: 'इस बिल की सब तस्वीरें आ चुकी हैं, और नहीं रखी जा सकतीं।',
  photo_state_forbids: 'यह तस्वीर देखी जा चुकी है।',
}
