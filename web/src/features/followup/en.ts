import type { Same } from '@/ui';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  menu: { today: 'Today', all: 'All follow-ups' },
  today: {
    title: 'Today',
    help: 'The follow-ups you should do now, the most pressing at the top: overdue ones first, then those due today, then by date.\n\nThe figures above are buttons: show only what is overdue, due today, not open yet, or waiting for review.\n\n- The name opens the follow-up; the telephone calls at once and opens it for you to note the result.\n- Tick several to give them to somebody else or to postpone them together.\n- Filters stand in the address: bookmark them, or keep them as a saved view.\n- Heads see what everybody has under “Workload”, and drag follow-ups from one to another.\n- Keys: j and k move, Enter opens, c calls, ? shows all of them.',
  },
  all: {
    title: 'All follow-ups',
    help: 'Every follow-up, done or not. Narrow it with the filters above: state, program, assignee, unit, month, verdict, review.\n\nWhat is filtered can be exported to Excel or CSV at the top right.',
  },
  work: {
    title: 'Follow-up',
    help: 'On the left: whom you follow up, why, and what was before. On the right: the form. The script opens when you need it.\n\n- Click a number to call, then click how it ended (no answer, busy …); the next try is planned by the rules.\n- The form is kept as you fill it in: closing the page or losing the network loses nothing, and what you sent goes out once the network is back, once.\n- “More” holds signing for the form, postponing, reassigning, waiving and closing as unreachable.\n- “Why” explains why there is this follow-up and how its window was counted.\n- Keys: c calls, l notes the result, f goes to the form, t opens the script, s saves, n saves and goes on, ? shows all of them.',
    up: 'Today', by: 'By', occurrence: 'no. {{n}}', takenBy: 'Signed for by {{name}}, {{at}}', allDone: 'All done. Thank you.',
  },
  parts: { label: 'By window', do: 'To do', overdue: 'Overdue', today: 'Due today', upcoming: 'Not open yet', review: 'To review' },
  who: { label: 'Whose', me: 'Mine', all: 'Everybody', none: 'Nobody', other: 'Somebody' },
  filter: { text: 'Name, number, phone, asset', program: 'Program', state: 'State', assignee: 'Assignee', month: 'Due in', verdict: 'Verdict', review: 'Review', unassigned: 'Nobody assigned' },
  channels: { label: 'First by' },
  groups: { overdue: 'Overdue', today: 'Due today', tomorrow: 'Due tomorrow', week: 'Within seven days', later: 'Later', upcoming: 'Not open yet', done: 'Ended' },
  due: {
    window: '{{from}} to {{to}}', retry: 'again {{at}}', doneOn: 'done {{date}}', lateToday: 'overdue since today', lateDay: '1 day overdue', lateDays: '{{count}} days overdue', opens: 'from {{date}}', today: 'due today', todayBy: 'by {{time}} today', tomorrow: 'due tomorrow', by: 'by {{date}}',
  },
  list: {
    due: 'Window', who: 'Customer', what: 'About', how: 'By', by: 'Assignee', actions: 'Actions', chooseAll: 'Choose all', chooseOne: 'Choose {{name}}', then: 'Then: {{channels}}', tried: 'tried {{count}} times', triedOnce: 'tried once', nobody: 'Nobody assigned', and: ', ', newest: 'Latest first', oldest: 'Earliest first',
  },
  call: { to: 'Call {{name}} {{phone}}', reason: 'Call for follow-up {{number}}' },
  empty: {
    mine: 'Nothing left to do', do: 'Nothing to do', overdue: 'Nothing is overdue', today: 'Nothing is due today', upcoming: 'Nothing is planned for later', review: 'Nothing waits for review', filtered: 'No follow-up matches', clear: 'Clear the filters', hint: 'New follow-ups appear here by themselves.', upcomingOpen: 'See the {{count}} to come', none: 'No follow-ups yet', noneHint: 'They are planned by the programs as events come in or registers are imported.',
  },
  keys: { title: 'Keys', open: 'Keys', down: 'Next one', up: 'One before', enter: 'Open', call: 'Call', choose: 'Choose or not', next: 'Do the next', help: 'Show this', log: 'Note how a try ended', form: 'Go to the form', script: 'Script', save: 'Save', saveNext: 'Save and next', why: 'Why', back: 'Back to the list' },
  views: { open: 'Views', none: 'No saved views yet', save: 'Keep these filters', saveOk: 'Save', name: 'Name', need: 'Give it a name', remove: 'Remove “{{name}}”' },
  bulk: {
    days: 'Days later', daysText: 'Windows close so many days later; overdue ones so many days from today', needDays: 'Say how many days', label: 'With all chosen', chosen: '{{count}} chosen', reassign: 'Reassign', postpone: 'Postpone', clear: 'Choose none', reassignTitle: 'Reassign {{count}} follow-ups', postponeTitle: 'Postpone {{count}} follow-ups', results: 'What became of them', done: '{{count}} done', not: '{{count}} not done:', ok: 'OK',
  },
  load: {
    open: 'Workload', free: 'Nothing open', intro: 'What everybody has open. Drag a card to somebody else to give it to them, or use the arrow on the card.', empty: 'No staff in this unit yet', nobody: 'Nobody assigned', away: 'away until {{until}}, nobody stands in', awaySubstitute: 'away until {{until}}, {{name}} stands in', unknownReturn: 'further notice', standsIn: 'stands in for {{names}}', counts: '{{open}} open, {{overdue}} overdue, {{today}} due today', more: '{{count}} more', give: 'Give {{name}} to', moveTitle: 'Give {{what}} to {{name}}', moved: '{{what}} given to {{name}}',
  },
  people: { pick: 'Choose staff', away: '{{name}} (away)' },
  contact: { title: 'Customer', reach: 'Reach them', noPhone: 'No phone number', nextNumber: 'this time', reveal: 'Show the whole number', more: '{{word}}: details', address: 'Address', email: 'E-mail', quiet: 'Quiet hours', steward: 'Steward', owner: 'Owner' },
  asset: 'Asset',
  warn: { doNotContact: 'Does not want to be contacted', redo: 'To do again: {{opinion}}', checksCase: 'Checks case {{number}}: {{matter}}', unhappyOnce: 'Dissatisfied before: {{date}} {{matter}}', unhappy: 'Dissatisfied {{count}} times, last {{date}} {{matter}}', openCase: 'Open case {{number}} {{matter}}' },
  event: { title: 'Service', department: 'Department', staff: 'Done by', follows: 'Follows', earlier: 'the follow-up before', case: 'Case' },
  earlier: { title: 'Before', none: 'No earlier follow-ups or cases', all: 'All' },
  share: { open: 'Let the customer answer', title: 'To the customer', link: 'Survey link', write: 'Message', linkHint: 'The customer answers on their own phone, and this follow-up is done. The link takes one answer: show the code, or copy the link and pass it on.', make: 'Make link and QR code', code: 'QR code of the survey', copy: 'Copy the link', copied: 'Copied', until: 'Works until {{at}}', active: '{{count}} links were not answered yet.', activeOne: '1 link was not answered yet.', revoke: 'Withdraw all', revoked: 'Withdrawn', how: 'How', template: 'Text', send: 'Send', planned: 'On its way; see the history below', byHand: 'Nothing is set up to send it: please send it by hand, as shown in the history' },
  message: {
    to: 'Message by {{channel}}', due: 'goes out {{at}}', copy: 'Copy the text', copied: 'Copied', mark: 'Sent by hand', retry: 'Send again', cancel: 'Do not send',
    state: { planned: 'Waiting', sending: 'Leaving', sent: 'Sent', delivered: 'Delivered', failed: 'Failed', cancelled: 'Cancelled', manual: 'By hand' },
    why: { message_no_sender: 'Nothing is set up that sends by this channel', message_no_address: 'The customer has no number or address for it', message_no_address_of_ours: 'The organization’s settings name no address for links', message_unknown: 'The connection broke; it may have left. Not sent again, so that nobody gets it twice', message_refused: 'The service refused it', message_tries: 'It failed every time', message_undelivered: 'The service reports that it did not arrive', message_followup_over: 'The follow-up is over', message_by_hand: 'Sent by staff', contact_do_not_contact: 'The customer asked to be left alone' },
  },
  timeline: { title: 'What was done', planned: 'Planned', taken: 'Form signed for', returned: 'Form given back', recorded: 'Completed', corrected: 'Record corrected', reviewed: 'Reviewed', waived: 'Waived', unreachable: 'Closed as unreachable', cancelled: 'Cancelled' },
  attempt: { how: 'How this try ended', channel: 'Channel of the try', note: 'Note (optional)', logged: 'Noted', early: 'Can be done from {{at}}', exhausted: 'Tried {{count}} times: it may be closed as unreachable', next: 'Next: {{at}}, {{channel}}', left: '{{count}} tries left', anyTime: 'any time' },
  ended: {
    call: { answered: 'Answered', no_answer: 'No answer', busy: 'Busy', switched_off: 'Switched off', wrong_number: 'Wrong number', refused: 'Refused', call_back: 'Call back later' },
    visit: { answered: 'Met them', no_answer: 'Nobody there', refused: 'Refused', call_back: 'Come back later' },
    message: { answered: 'They replied', no_answer: 'No reply', wrong_number: 'Not delivered', refused: 'Refused', call_back: 'Get in touch later' },
  },
  callback: { title: 'Call back later', at: 'When the customer asked for', ok: 'Note', need: 'Choose a time', hour: 'In an hour', evening: 'Tonight at 7', morning: 'Tomorrow morning', afternoon: 'Tomorrow afternoon' },
  script: {
    title: 'Script', open: 'Script', close: 'Close the script', none: 'There is no script for this step',
    kinds: { greeting: 'Greeting', welcome: 'Welcome', farewell: 'Farewell', apology: 'Apology', thanks: 'Thanks', reply: 'Reply', enquiry: 'Enquiry', request: 'Request', consultation: 'Consultation', explanation: 'Explanation' },
  },
  why: { open: 'Why', title: 'Why there is this follow-up', intro: 'These rules planned it, and decided when it is due and who does it.' },
  fill: {
    title: 'Record', noForm: 'This follow-up has no form: just save it.', notYours: 'Somebody else does this follow-up', notYoursText: 'You may read it. To do it, have it reassigned to you.', channel: 'Held by', kept: 'Kept on this device', unsaved: 'This device cannot keep drafts any more: save soon.', save: 'Save', saveNext: 'Save and next', restored: 'What you filled in at {{at}} and did not save is back', restoredOlder: 'The follow-up has changed since; you will be asked when you save.', discard: 'Drop it',
  },
  sign: { add: 'Sign', customer: 'Customer signs', staff: 'Staff signs', picture: 'Signature of {{name}}' },
  outcome: { title: 'Completed', score: 'Score {{score}}', review: 'A supervisor will review the record.', case: 'Case {{number}} opened', due: 'due {{date}}', planned: 'Next follow-up planned: {{number}}', nothing: 'Nothing further follows.', next: 'Next', record: 'See the record', back: 'Back to the list' },
  record: { title: 'Record', reason: 'Reason', by: 'By', at: 'When', channel: 'Channel', verdict: 'Verdict', score: 'Score', case: 'Case', before: 'The record before it was corrected' },
  correct: { title: 'Correct the record', reason: 'Why it is corrected', save: 'Save the correction', stop: 'Do not correct' },
  clash: { title: 'This follow-up has just changed', drop: 'Drop mine, use what is there', keep: 'Save mine all the same', mine: 'Filled in by you', theirs: 'There now', state: 'State', toSend: 'About to be saved', window: 'Window' },
  outbox: { waiting: 'No network. What you saved for {{names}} is kept here and sent when it returns.', this: 'No network. It is kept on this device and sent by itself when the network returns.' },
  actions: {
    menu: 'More', next: 'Next', take: 'Sign for the form', return: 'Give the form back', postpone: 'Postpone', reassign: 'Reassign', unreachable: 'Unreachable', waive: 'Waive', correct: 'Correct the record', takenDone: 'Signed for', returnDone: 'Given back',
    needReason: 'Say why', reason: 'Reason', postponed: 'Postponed', postponeOk: 'Postpone', postponeTry: 'Next try', postponeWindow: 'Window', nextTry: 'Next try at', withinWindow: 'Within the window', newWindow: 'New window', reassigned: 'Reassigned', reassignOk: 'Reassign', assignees: 'Assignees', leadFirst: 'The first is the lead: it counts as theirs in statistics', needAssignee: 'Choose who does it',
    waiveText: 'Waived ones leave the follow-up rate; the reason is kept.', unreachableText: 'It does not count as done, and stays among those due.', waiveOk: 'Waive', unreachableOk: 'Close as unreachable', waived: 'Waived', closedUnreachable: 'Closed as unreachable',
  },
  quick: { busy: 'Busy now, asked for another time', away: 'Away', asked: 'Asked for another day', absent: 'The assignee is away', load: 'Spread the load', knows: 'A colleague knows the matter', refused: 'Does not want a follow-up', moved: 'Moved away', twice: 'Already asked about the same matter', noAnswer: 'No answer after several tries', wrong: 'Wrong number, no other way', off: 'Switched off for a long time' },
  export: { open: 'Export', xlsx: 'To Excel', csv: 'To CSV' },
};
