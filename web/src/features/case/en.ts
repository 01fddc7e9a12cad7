import type { Same } from '@/ui';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  title: 'Cases', menu: 'Cases', pageTitle: 'Case', newTitle: 'Open a case', new: 'Open a case',
  list: 'List', board: 'Board', view: 'View',
  number: 'Number', matter: 'Matter', customer: 'Customer', asset: 'About', unit: 'Unit', owner: 'Rectifier', department: 'Department', due: 'Due', state: 'State', severity: 'Severity', opened: 'Opened', resolved: 'Put right', closed: 'Closed',
  overdue: 'Overdue', overdueOnly: 'Overdue only', severityAll: 'Severity', stateAll: 'State', from: 'Opened',
  empty: 'No cases', emptyText: 'A dissatisfied or unqualified follow-up opens a case by itself; it then appears here.', emptyFiltered: 'No case matches',
  column: '{{state}}, {{count}} in all', columnMore: 'There are more: use the list', columnEmpty: 'None', move: 'Drag a card to move it on',
  facts: 'Facts', actions: 'Corrective actions', followups: 'Follow-ups', timeline: 'History',
  resolution: 'What put it right', explained: 'Explained on the spot', nextDate: 'Follow-up promised for',
  noActions: 'No corrective action yet.', noFollowups: 'No follow-ups.',
  openFollowup: 'Opened by',
  do: {
    action: 'Add an action', finish: 'Finish', resolve: 'Put right', explain: 'Not solvable now', close: 'Close directly', reopen: 'Reopen', edit: 'Change', comment: 'Add',
    edited: 'Saved', actionAdded: 'Action added', finished: 'Action finished', resolvedDone: 'Resolution noted', explainedDone: 'Noted, and a follow-up is planned', closedDone: 'Closed', reopenedDone: 'Reopened', commented: 'Added', opened: 'Opened {{number}}',
  },
  ask: {
    action: 'Add a corrective action', measure: 'Measure', measureHint: 'What is done, and how far', actionOwner: 'Responsible', actionOwnerHint: 'Empty: the rectifier', actionDue: 'Due', actionDueHint: 'Empty: as the case',
    finish: 'Finish the action', result: 'What was done', resolve: 'Put right', resolution: 'What put it right', resolveIntro: 'Once this is noted, a follow-up is planned that asks the customer whether it is.', close: 'Close directly', closeIntro: 'The customer will not be asked again: say why.', reason: 'Reason',
    explain: 'Not solvable on the spot', explainIntro: 'Note what the customer was told, the day of the next follow-up, and who puts it right.', explanation: 'What the customer was told', next: 'Next follow-up on', rectifier: 'Rectifier', reopen: 'Reopen', edit: 'Change the case', why: 'Why', comment: 'Write a comment or what is new', required: 'Please fill this in', newIntro: 'A dissatisfied follow-up opens a case by itself. Open one here for what a customer brings up directly.',
  },
  planned: 'Planned: {{numbers}}',
  event: {
    opened: 'Opened', opened_by_hand: 'Opened by hand', updated: 'Changed', explained: 'Explained to the customer', resolved: 'Put right', reopened: 'Reopened', closed: 'Closed', commented: 'Comment', action_added: 'Action added', action_finished: 'Action finished',
  },
  closedSatisfied: 'The customer confirmed it', system: 'System', done: 'Done', pending: 'To do', dueOn: 'Due {{date}}', late: 'Overdue',
  help: 'A dissatisfied or unqualified follow-up opens a case, and its rectifier sees it through.\n\n- Add corrective actions with someone responsible and a day; note what was done when one is finished.\n- When all is done, choose “Put right”: a follow-up is planned that asks the customer. Satisfied closes the case, dissatisfied opens it again.\n- What cannot be solved on the spot: note the explanation, the day of the next follow-up and the rectifier.\n\nOn the board, cards can be dragged to the next column.',
};
