import type { Same } from '@/ui';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  product: 'Huifang', tagline: 'Every service is followed up.', skip: 'Skip to the content', menu: 'Menu', mainMenu: 'Main menu', more: 'More', account: 'Account', closeMenu: 'Close the menu',
  groups: { work: 'Follow-up', quality: 'Quality', people: 'Customers', rules: 'Rules', settings: 'Administration' },
  login: {
    title: 'Log in', organization: 'Organization code', login: 'Login', password: 'Password', go: 'Log in', again: 'Your session has ended', againIntro: 'Log in again. What you entered is still here and goes on afterwards.', other: 'Use another account', missing: '{{field}} is missing', hint: 'Your administrator tells you code, login and password.', help: 'Interface and command line', offline: 'The server cannot be reached just now; trying again …',
  },
  account_: { password: 'Change password', logout: 'Log out', language: 'Language', tone: 'Appearance', light: 'Light', dark: 'Dark', system: 'As the system', roles: 'Roles', shortcuts: 'Keyboard shortcuts', api: 'The interface' },
  password: { title: 'Change password', old: 'Current password', fresh: 'New password', repeat: 'New password again', differ: 'The new passwords differ', go: 'Change', done: 'Password changed', rule: 'At least 8 characters, and not one you use elsewhere.' },
  unit: { all: 'All units', switch: 'Switch unit' },
  alerts: { none: 'Alerts, none unread', some: 'Alerts, {{count}} unread' },
  palette: { open: 'Find or go to', placeholder: 'Customer, last digits of a phone, asset, follow-up number, or a page', pages: 'Pages', commands: 'Commands', nothing: 'Nothing found for “{{text}}”', hint: '↑↓ to choose, Enter to open, Esc to close', searching: 'Searching', contact: 'Customer', asset: 'Asset', followup: 'Follow-up', case: 'Case' },
  down: { title: 'The server cannot be reached', text: 'Trying again by itself; nothing you entered is lost.', now: 'Try now' },
  lost: { title: 'There is no such page', text: 'The address “{{path}}” does not exist; it may have been renamed or mistyped.', home: 'To the first page' },
  forbidden: { title: 'You may not open this page', text: 'Ask your administrator if you need it.' },
  crashed: { title: 'This page has failed', text: 'Please reload it. If it happens again, tell the administrator the line below.' },
  help: { shortcuts: 'Keyboard shortcuts', search: 'Find or go to', close: 'Close a dialog', more: 'More to read', api: 'The interface' },
  setup: {
    title: 'Start with Huifang', intro: 'A few questions, and in two minutes you are in.', codeTitle: 'First run', codeText: 'When the server started it showed a link with a code in its terminal. Open that link, or enter the code here.', code: 'Code', next: 'Next', before: 'Back', make: 'Make the organization and log in', pickOne: 'Choose a trade', missing: 'Please fill this in',
    steps: { trade: 'Trade', organization: 'Organization', person: 'Administrator' },
    trade: 'What is your trade?', tradeHint: 'It brings programs, forms and scripts; more can be added and changed later under “Rules”.',
    name: 'Name of the organization', nameHint: 'For example: Qinghe Property Services', organization: 'Organization code', codeRule: 'For logging in: 2 to 32 lower-case letters, digits or hyphens, e.g. qinghe', unit: 'First unit (estate, shop, ward)', unitHint: 'Left empty it is named like the organization; more can follow.', zone: 'Time zone',
    person: 'Your name', login: 'Login', password: 'Password', repeat: 'Password again',
  },
  noPages: { title: 'There is no page for you yet', text: 'None of your roles opens a page; ask your administrator.' },
};
