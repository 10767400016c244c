import type { photoFaults as english } from '../en/photo-faults.ts'

export const photoFaults: typeof english = {
  nothing_arrived: 'कोई फ़ाइल नहीं पहुँची। फिर से भेजें।',
  too_large: 'फ़ाइल बहुत बड़ी है: ज़्यादा से ज़्यादा दस मेगाबाइट।',
  no_picture: 'यह JPEG, PNG या WebP तस्वीर नहीं है। फ़ोटो लेकर वही भेजें।',
  damaged: 'यह तस्वीर ख़राब है। फिर से लें।',
  too_many_pixels: 'इस तस्वीर में चार करोड़ से ज़्यादा पिक्सेल हैं। छोटे आकार में लें।',
  too_small: 'यह तस्वीर पढ़ने के लिए बहुत छोटी है: हर तरफ़ कम से कम 200 पिक्सेल। पास से लें।',
}
