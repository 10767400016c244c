import type { Translated } from '@janta/ui/i18n.ts'
import type { demand as english } from '../en/demand.ts'

export const demand: Translated<typeof english> = {
  saveReport: what => `${what}: CSV में सहेजें`,
  savedReport: name => `${name} सहेजी गई।`,
  demandTitle: 'क्या बिक रहा है, क्या नहीं है',
  period: 'अवधि',
  lastDays: days => `पिछले ${days} दिन`,
  demandReports: {
    slow_movers: 'धीमे बिकने वाले',
    stock_outs: 'ख़त्म हो चुके',
    lost_demand: 'माँगा पर मिला नहीं',
  },
  demandWhat: {
    slow_movers:
      'पूरी अवधि यहीं रखे रहे और इस चाल से अवधि से ज़्यादा चलेंगे। सबसे महँगा पहले: लौटाएँ, छूट दें या कम मँगाएँ।',
    stock_outs: 'इस अवधि में बिका और अब दिया नहीं जा सकता। सबसे ज़्यादा बिकने वाला पहले।',
    lost_demand: 'किसी ने चाहा पर स्टॉक न होने से नहीं मिला। किसने माँगा, यह नहीं रखा जाता।',
  },
  lyingAtCost: money => `लागत पर ${money}`,
  lyingAtMrp: money => `एमआरपी पर ${money}`,
  soldNone: 'कोई नहीं बिका',
  lasts: days => `${days} दिन चलेगा`,
  outSince: when => `${when} से ख़त्म`,
  soldBefore: packs => `${packs} बिके`,
  refusedSince: (times, n) => (n === 0 ? 'तब से किसी ने नहीं माँगा' : `तब से ${times} बार माँगा गया`),
  wanted: packs => `${packs} पैक`,
  askedWhere: (carts, checkouts) => `कार्ट में ${carts}, चेकआउट पर ${checkouts}`,
  lastAsked: when => `आख़िरी बार ${when}`,
  thereNow: packs => `अभी उपलब्ध: ${packs}`,
  moreRows: 'और दिखाएँ',
  toReorder: 'क्या मँगाना है',
  demandNone: {
    slow_movers: 'कुछ भी ज़्यादा देर से नहीं पड़ा',
    stock_outs: 'जो बिका वह सब उपलब्ध है',
    lost_demand: 'किसी को ख़ाली हाथ नहीं लौटना पड़ा',
  },
  demandNoneText: 'लंबी अवधि देखें।',
}
