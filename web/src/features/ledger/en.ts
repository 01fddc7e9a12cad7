import type { Same } from '@/ui';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  title: 'Ledgers', menu: 'Ledgers', oneTitle: 'Ledger', recordsTitle: 'The follow-ups behind a figure',
  empty: 'The active packs keep no ledgers', emptyText: 'Ledgers come with a pack: once one is active under “Programs”, its lists, detail sheets and summaries appear here.',
  period: { day: 'daily', week: 'weekly', month: 'monthly', quarter: 'quarterly', year: 'yearly', all: 'everything' },
  today: 'Today', earlier: 'Earlier', later: 'Later', on: 'Period',
  reveal: 'Whole phone numbers', revealed: 'Phone numbers are shown whole; this is noted in the audit chain', xlsx: 'Download Excel', csv: 'Download CSV', print: 'Print',
  records: { number: 'Number', customer: 'Customer', program: 'Program', matter: 'Matter', unit: 'Unit', lead: 'Lead', closes: 'Due', done: 'Done', state: 'State', verdict: 'Verdict', count: '{{count}} in all', none: 'Nothing recorded' },
  help: 'Ledgers are the sheets this trade keeps and hands in: the lists of the day, the details of the evening, summaries by month and quarter, cards for each customer. They fill themselves from the records.\n\nOpen one, choose a date to change the period; the Excel file is what you see and can be printed and signed.',
  oneHelp: 'Change the date above the sheet and the unit at the top. A number opens its follow-up, a name its customer, a count the follow-ups it counts.\n\nPhone numbers are masked; whoever is permitted may see them whole, which is noted in the audit chain.',
  recordsHelp: 'Every follow-up that this figure of the ledger counts; its number opens it.',
};
