import type { Same } from '@/ui';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  title: 'Statistics', menu: 'Statistics', monthTitle: 'Monthly sheet', monthMenu: 'Monthly sheet', recordsTitle: 'Follow-ups behind a figure',
  month: 'Month', empty: 'Nothing was due in {{month}}', emptyText: 'Follow-ups count in the month their window closes.',
  figure: { due: 'Due', done: 'Done', on_time: 'On time', late: 'Done late', overdue: 'Overdue', open: 'Open', open_late: 'Still open and late', unreachable: 'Unreachable', waived: 'Waived', satisfied: 'Satisfied', dissatisfied: 'Dissatisfied', unqualified: 'Unqualified', rate: 'Rate', satisfaction: 'Satisfaction' },
  tile: { rate: 'Follow-up rate', satisfaction: 'Satisfaction', overdue: 'Overdue', unreachable: 'Unreachable', unhappy: 'Dissatisfied or unqualified', recurrences: 'Recurrences', doneOf: '{{done}} of {{due}}', answered: '{{count}} answered', lateDone: '{{late}} done late, {{open}} still open', ofDue: '{{share}} of those due', undecided: '{{count}} to decide', noneOpen: 'All decided', change: '{{change}} on last month', belowTarget: '{{count}} programs below target', allTargets: 'All targets met', points: '{{sign}}{{points}} points' },
  trend: 'Last twelve months', byProgram: 'By program', byUnit: 'By unit', byStaff: 'By staff', program: 'Program', unit: 'Unit', staff: 'Staff', target: 'Target', notMet: 'Missed', noTarget: 'No target', unassigned: 'Unassigned',
  sheetOpen: 'Monthly sheet', png: 'Save as picture', xlsx: 'Save as Excel', export: 'Export', exportRecords: 'This month’s follow-ups (Excel)', exportRecordsCSV: 'This month’s follow-ups (CSV)', exportSheet: 'Monthly sheet (Excel)', exportShown: 'Tables of this page (CSV)',
  freeze: 'Close the month', freezeTitle: 'Close {{month}}?', freezeText: 'The sheet then stays as it is; later corrections are listed as restatements. A month cannot be closed before its end.', frozenNow: 'Month closed', closed: 'Closed on {{date}}', live: 'Not closed', print: 'Print',
  records: { number: 'Number', customer: 'Customer', program: 'Program', matter: 'Matter', unit: 'Unit', lead: 'Lead', closes: 'Closes', done: 'Done', state: 'State', verdict: 'Verdict', all: 'All units', nobody: 'Unassigned', empty: 'No records',  },
  help: 'Follow-ups count in the month their window closes.\n\n- Due = done + open + unreachable + waived. Rate = done ÷ (due − waived).\n- Satisfaction = satisfied ÷ (satisfied + dissatisfied + unqualified); unreachable is never satisfied.\n- Every figure opens the follow-ups behind it.\n\nWhat you see can be exported at the top right; a chart can be saved as a picture.',
  monthHelp: 'This is the Excel sheet exactly as it is downloaded; its sheets are below. A figure opens the follow-ups behind it.\n\nOnce the head closes the month the figures stay; later corrections are listed as restatements.',
  recordsHelp: 'Each follow-up that the figure counts; its number opens it.',
};
