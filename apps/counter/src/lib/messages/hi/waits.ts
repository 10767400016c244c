import type { Translated } from '@janta/ui/i18n.ts'
import type { waits as english } from '../en/waits.ts'

export const waits: Translated<typeof english> = {
  recall: (name, by) => `${name} का रिकॉल: ${by} तक पूरा करें`,
  lateRecall: (name, by) => `${name} का रिकॉल ${by} तक पूरा होना था`,
  openRecall: 'रिकॉल खोलें',
  excursions: (count, fridge) =>
    count === 1
      ? `${fridge} का तापमान सीमा से बाहर गया: माल का फ़ैसला फ़ार्मासिस्ट करेंगे`
      : `फ़्रिज का तापमान ${count} बार सीमा से बाहर गया: माल का फ़ैसला फ़ार्मासिस्ट करेंगे`,
  openCold: 'अलग रखा माल देखें',
  prescriptions: (count, wait) =>
    count === 1
      ? `1 पर्चा फ़ार्मासिस्ट के लिए ${wait} से रुका है`
      : `${count} पर्चे फ़ार्मासिस्ट के लिए रुके हैं, सबसे पुराना ${wait} से`,
  openDesk: 'पर्चे देखें',
  differences: count => `गिनती के ${count} अंतर पर दूसरे व्यक्ति की मंज़ूरी बाक़ी`,
  openCount: 'गिनती खोलें',
  request: (asking, asked) => `${asking} ने ${asked} से माल माँगा`,
  requests: count => `स्टोरों की ${count} माँगों का जवाब बाक़ी`,
  answer: 'जवाब दें',
  transfer: (to, wait) => `${to} के लिए माल रास्ते में है, ${wait} पहले भेजा`,
  transfers: (count, wait) => `${count} ट्रांसफ़र रास्ते में हैं, सबसे पुराना ${wait} पहले भेजा`,
  openTransfers: 'आने पर दर्ज करें',
  unknown: 'स्टोर में क्या बाक़ी है, यह पता नहीं चला। एक मिनट में फिर पूछा जाएगा।',
}
