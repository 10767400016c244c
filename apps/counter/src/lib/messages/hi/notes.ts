import type { Translated } from '@janta/ui/i18n.ts'
import type { notes as english } from '../en/notes.ts'

export const notes: Translated<typeof english> = {
  notesTitle: 'दवा के वाक्य',
  notesText:
    'हर दवा के पन्ने पर तथ्यों के साथ जो लिखा रहता है। बिना स्रोत का वाक्य नहीं दिखता; नया वाक्य पुराने की जगह लेता है, पुराना रिकॉर्ड में रहता है।',
  noteKinds: {
    caution: 'सावधानी',
    storage: 'कैसे रखें',
    side_effects: 'दुष्प्रभाव',
  } as Readonly<Record<string, string>>,
  noteSubjects: {
    G: 'शेड्यूल G',
    H: 'शेड्यूल H',
    H1: 'शेड्यूल H1',
    room: 'कमरे का तापमान',
    cool: 'ठंडी जगह',
    cold: 'फ़्रिज',
    frozen: 'जमा हुआ',
    any: 'हर दवा',
  } as Readonly<Record<string, string>>,
  noteLanguages: { en: 'अंग्रेज़ी', hi: 'हिन्दी' } as Readonly<Record<string, string>>,
  noteNone: 'यहाँ अभी कुछ नहीं लिखा।',
  noteRead: (name: string, day: string) => `${name}, ${day} को जाँचा`,
  noteChange: 'नया लिखें',
  noteChangeOf: (place: string) => `नया लिखें: ${place}`,
  noteBefore: (count: number) => `${count} पुराने वाक्य`,
  noteText: 'वाक्य',
  noteTextHint: 'सीधे शब्दों में तथ्य, 10 से 600 अक्षर। मरीज़ को सलाह या तारीफ़ नहीं।',
  citation: 'स्रोत',
  citationHint: 'राजपत्र संख्या और दिन, नियम, या किसने प्रकाशित किया',
  needCitation: 'बताइए यह कहाँ लिखा है।',
  noteUrl: 'स्रोत का पता',
  optional: 'ख़ाली छोड़ सकते हैं',
  noteReviewed: 'जाँच का दिन',
  noteRecord: 'पन्नों पर लगाएँ',
  noteRecorded: 'अब यह पन्नों पर है।',
  needNoteText: 'कम से कम दस अक्षर लिखें।',
  needNoteUrl: 'पता https:// से शुरू होता है',
}
